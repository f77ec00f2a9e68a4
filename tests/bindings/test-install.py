#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Builds and installs as a user does, into an empty prefix, and uses what is
there from every language: test-install.py C-DEMO MESON PYTHON-WITH-GI"""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import tap
from installation import SOURCES, PrefixInstallation, run

DEMO, MESON, PYTHON_WITH_GI = sys.argv[1:4]
EXAMPLES = SOURCES / 'docs' / 'examples'
PACKAGE = 'xmlrpc-glib-1.0'


class TestInstall(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(directory.cleanup)
        installation = PrefixInstallation(directory.name, MESON)
        cls.root = installation.root
        cls.find = installation.find
        cls.run_installed = installation.run

        server = subprocess.Popen(
            [os.environ['PYTHON'], EXAMPLES / 'meerkat-server.py', '--until-eof'],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        cls.addClassCleanup(server.communicate)
        cls.uri = server.stdout.readline().strip()

    def assert_demo(self, *command):
        output = self.run_installed(*command, self.uri)
        self.assertEqual(output, run(DEMO, self.uri))

    def test_c(self):
        program = self.root / 'installed'
        flags = self.run_installed('pkg-config', '--cflags', '--libs', PACKAGE)
        source = SOURCES / 'tests' / 'bindings' / 'installed.c'
        self.run_installed('cc', '-Wall', '-Werror', source, '-o', program,
                           *flags.split())
        self.assertEqual(self.run_installed(program), 'installed 1\n')

    def test_c_with_porting_header(self):
        program = self.root / 'porting'
        flags = self.run_installed('pkg-config', '--cflags', '--libs', PACKAGE)
        source = SOURCES / 'tests' / 'porting' / 'print-messages.c'
        self.run_installed('cc', '-Wall', '-Wextra', '-Werror', source, '-o',
                           program, *flags.split())
        self.assertIn('fault 4 Too many <params>.', self.run_installed(program))

    def test_tool(self):
        output = self.run_installed(self.root / 'bin' / 'gxmlrpc', 'list',
                                    self.uri)
        self.assertIn('meerkat.getItems\n', output)
        self.assertEqual(self.find('gxmlrpc.1').name, 'man1')
        completions = self.root / 'share' / 'bash-completion' / 'completions'
        self.run_installed('bash', '-n', completions / 'gxmlrpc')

    def test_types_for_javascript(self):
        self.assertEqual(self.find('XmlRpc.d.ts'), self.find('gi.d.ts'))
        self.assertEqual(self.find('gi.d.ts').parts[-2:],
                         ('xmlrpc-glib-1.0', 'types'))

    def test_c_finds_only_public_headers(self):
        headers = [path.name for path in self.root.rglob('*.h')]
        self.assertIn('xmlrpc-glib.h', headers)
        self.assertEqual([h for h in headers if 'private' in h], [])

    def test_package_requires_what_headers_include(self):
        required = self.run_installed('pkg-config', '--print-requires', PACKAGE)
        self.assertEqual([line.split()[0] for line in required.splitlines()],
                         ['glib-2.0', 'gobject-2.0', 'gio-2.0', 'libsoup-3.0'])

    def test_package_keeps_private_dependencies(self):
        """libxml2 need not be there to compile and link a program."""
        described = self.run_installed(
            'pkg-config', '--print-requires-private', PACKAGE)
        self.assertEqual(described, '')
        flags = self.run_installed('pkg-config', '--cflags', '--libs', PACKAGE)
        self.assertIn('-lxmlrpc-glib-1.0', flags.split())
        for private in 'xml2', 'gio-unix', 'json-glib':
            self.assertNotIn(private, flags)

    @unittest.skipUnless(shutil.which('gjs'), 'there is no gjs')
    def test_javascript_module(self):
        self.assert_demo('gjs', '-m', EXAMPLES / 'meerkat.js')

    @unittest.skipUnless(shutil.which('gjs'), 'there is no gjs')
    def test_javascript_script(self):
        script = '''
            imports.gi.versions.XmlRpc = '1.0';
            const {XmlRpc} = imports.gi;
            const server = new XmlRpc.ServerProxy({uri: ARGV[0]});
            print(server.remote.system.listMethods.sync().length);
        '''
        output = self.run_installed('gjs', '-c', script, self.uri)
        self.assertGreater(int(output), 3)

    @unittest.skipUnless(PYTHON_WITH_GI, 'there is no PyGObject')
    def test_python(self):
        self.assert_demo(PYTHON_WITH_GI, EXAMPLES / 'meerkat.py')

    @unittest.skipUnless(PYTHON_WITH_GI, 'there is no PyGObject')
    def test_python_takes_what_is_installed(self):
        script = """
import gi
gi.require_version('XmlRpc', '1.0')
from gi.repository import XmlRpc
print(XmlRpc.ServerProxy.__init__.__code__.co_filename)
print(XmlRpc.MultiCall, open('/proc/self/maps').read())
"""
        file, uses = self.run_installed(PYTHON_WITH_GI, '-c',
                                        script).split('\n', 1)
        self.assertEqual(Path(file).parent, self.find('_client.py'))
        self.assertIn(str(self.find('libxmlrpc-glib-1.0.so')), uses)

    @unittest.skipUnless(PYTHON_WITH_GI, 'there is no PyGObject')
    def test_python_stub(self):
        """Where type checkers look for it."""
        self.assertEqual(self.find('XmlRpc.pyi'),
                         self.find('gi') / 'gi-stubs' / 'repository')

    @unittest.skipUnless(shutil.which('valac'), 'there is no valac')
    def test_vala(self):
        program = self.root / 'meerkat'
        vapis = self.find('xmlrpc-glib-1.0.vapi')
        self.run_installed('valac', '--fatal-warnings', '--vapidir', vapis,
                           '--pkg', 'xmlrpc-glib-1.0', '-o', program,
                           EXAMPLES / 'meerkat.vala')
        self.assert_demo(program)


if __name__ == '__main__':
    tap.main()
