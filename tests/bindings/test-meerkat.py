#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The demo in another language prints what that in C prints:
test-meerkat.py C-PROGRAM COMMAND..."""

import os
import subprocess
import sys
import unittest

import tap

PROGRAM, COMMAND = sys.argv[1:2], sys.argv[2:]
SOURCES = os.environ['G_TEST_SRCDIR']


def start_server(*path, options=()):
    server = subprocess.Popen(
        [os.environ['PYTHON'], os.path.join(SOURCES, *path), *options],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    return server, server.stdout.readline().strip()


def run(command, *arguments):
    result = subprocess.run([*command, *arguments], capture_output=True,
                            text=True, timeout=30, check=False)
    return result.returncode, result.stdout, result.stderr


class TestMeerkat(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server, cls.uri = start_server('..', 'docs', 'examples',
                                           'meerkat-server.py',
                                           options=['--until-eof'])

    @classmethod
    def tearDownClass(cls):
        cls.server.communicate()

    def assert_same(self, *arguments):
        result = run(COMMAND, *arguments)
        self.assertEqual(result, run(PROGRAM, *arguments))
        return result

    def test_seven_items(self):
        status, output, _ = self.assert_same(self.uri)
        self.assertEqual((status, output.count('\n\n')), (0, 7))

    def test_arguments(self):
        self.assert_same(self.uri, 'GTK')
        self.assert_same(self.uri, 'zoo', '1')
        self.assert_same(self.uri, 'COBOL', '7')

    def test_fault(self):
        server, uri = start_server('interop', 'echo-server.py')
        self.addCleanup(server.communicate)
        status, output, errors = self.assert_same(uri)
        self.assertEqual((status, output), (1, ''))
        self.assertIn('fault 1 from the server: ', errors)

    def test_errors(self):
        self.assert_same('http://127.0.0.1:1/RPC2')
        self.assert_same('no URI')
        for number in '0', 'seven', '-1':
            status, output, errors = run(COMMAND, self.uri, 'Python', number)
            self.assertEqual((status, output), (1, ''))
            self.assertTrue(errors.startswith('meerkat: '))

    def test_usage(self):
        too_many = [self.uri, 'Python', '7', 'more']
        # Without arguments, that in C asks a server of its own.
        for command, arguments in ((COMMAND, []), (COMMAND, too_many),
                                   (PROGRAM, too_many)):
            status, output, errors = run(command, *arguments)
            self.assertEqual((status, output), (2, ''))
            self.assertTrue(errors.startswith('Usage: meerkat'))


if __name__ == '__main__':
    tap.main()
