#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""gxmlrpc's man page says what the command does: no more, no less."""

import re
import shutil
import subprocess
import unittest

import gxmlrpc
import tap

PAGE = gxmlrpc.TESTS.parent / 'xmlrpc-glib' / 'tool' / 'gxmlrpc.1'
COMMANDS = ('call', 'multicall', 'list', 'describe', 'encode', 'decode', 'serve', 'record')
EXIT_STATUSES = (gxmlrpc.OK, gxmlrpc.FAILURE, gxmlrpc.USAGE, gxmlrpc.NETWORK, gxmlrpc.HTTP, gxmlrpc.FAULT,
                 gxmlrpc.BAD_ANSWER)


class TestManPage(gxmlrpc.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.page = PAGE.read_text().replace('\\-', '-')

    def get_section(self, name):
        return self.page.split(f'\n.SH {name}\n')[1].split('\n.SH ')[0]

    def test_options(self):
        help_text = self.run_tool('--help') + ''.join(self.run_tool(command, '--help') for command in COMMANDS)
        option = re.compile(r'(?<![\w-])--[a-z][a-z-]+')
        documented = re.compile(r'^\.BR?I? (?:-\w ", " )?(--[a-z-]+)', re.MULTILINE)
        self.assertEqual(set(documented.findall(self.get_section('OPTIONS'))), set(option.findall(help_text)))

    def test_short_options(self):
        for command in COMMANDS:
            for short, long in re.findall(r'^  (-\w), (--[a-z-]+)', self.run_tool(command, '--help'), re.MULTILINE):
                self.assertIn(f'.BR {short} ", " {long}', self.page)

    def test_commands(self):
        for command in COMMANDS:
            self.assertIn(f'.B gxmlrpc {command}\n', self.get_section('SYNOPSIS'))
            self.assertIn(f'\n.TP\n.B {command}\n', self.get_section('DESCRIPTION'))

    def test_exit_statuses(self):
        self.assertEqual([int(status) for status in re.findall(r'^\.B (\d+)$', self.get_section('EXIT STATUS'),
                                                               re.MULTILINE)], list(EXIT_STATUSES))

    def test_examples(self):
        """Those that need no server."""
        lines = self.get_section('EXAMPLES').replace('\\(dq', '"').splitlines()
        index = lines.index('$ gxmlrpc encode --call sample.add 2 3 | gxmlrpc decode')
        message = self.run_tool('encode', '--call', 'sample.add', '2', '3')
        self.assertEqual(self.run_tool('decode', stdin=message), lines[index + 1] + '\n')

    @unittest.skipUnless(shutil.which('man') and shutil.which('groff'), 'there is no man, or no groff')
    def test_format(self):
        result = subprocess.run(['man', '--warnings', '-E', 'UTF-8', '-l', '-Tutf8', '-Z', PAGE], check=True, text=True,
                                capture_output=True, timeout=gxmlrpc.TIMEOUT)
        self.assertEqual(result.stderr, '')
        self.assertIn('gxmlrpc', result.stdout)


if __name__ == '__main__':
    tap.main()
