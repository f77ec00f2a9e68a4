#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""xmlrpc-c: a server with Abyss, its web server, and its command xmlrpc."""

import subprocess

from echo import ClientTest, ServerTest
from real import PATIENCE, XmlRpc, main


class AbyssTest(ServerTest):
    program = 'xmlrpc-c, with Abyss'
    package = 'libxmlrpc-core-c3-dev'
    needs = ['xmlrpc-c-config', 'cc']
    command = ['cc', 'servers/abyss.c']
    otherwise = {'emoji': XmlRpc.Fault}
    fault_text = 'zo\u00eb <&> \u2603'
    notes = ['It refuses characters above U+FFFF, such as emojis, with a fault.']

    @classmethod
    def make_command(cls):
        flags = cls.run_once('xmlrpc-c-config', 'abyss-server', '--cflags', '--libs').split()
        program = cls.folder / 'abyss'
        cls.run_once('cc', '-o', program, cls.copy(cls.command[-1]), *flags)
        return [program]


class CommandTest(ClientTest):
    program = 'xmlrpc-c, its command xmlrpc'
    package = 'libxmlrpc-core-c3-dev'
    needs = ['xmlrpc']

    def call(self, *arguments):
        return subprocess.run(['xmlrpc', self.url, *arguments], env=self.make_environment(),
                              text=True, capture_output=True, timeout=PATIENCE, check=False)

    def test_client(self):
        """values of most types to our server and back, and a fault"""
        for argument, printed in (('i/-5', 'Integer: -5'), ('I/5000000000', '64-bit integer: 5000000000'),
                                  ('d/-1.5', 'Floating Point: -1.5'), ('b/t', 'Boolean: TRUE'), ('n/', 'Nil'),
                                  ('s/zoo <&>', "String: 'zoo <&>'")):
            result = self.call('echo', argument)
            self.assertIn(printed, result.stdout, result.stderr)
        self.assertIn('Integer: 5', self.call('add', 'i/2', 'i/3').stdout)
        self.assertIn('zoo <&>', self.call('fail', 'i/4', 's/zoo <&>').stderr)


if __name__ == '__main__':
    main()
