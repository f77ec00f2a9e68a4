#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Installs into an empty directory, and uses what is there from every
language: test-install.py BUILD-DIRECTORY C-DEMO MESON"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import tap

BUILD, DEMO, MESON = sys.argv[1:4]
SOURCES = Path(os.environ['G_TEST_SRCDIR']).parent
EXAMPLES = SOURCES / 'docs' / 'examples'


def run(*command, **options):
    result = subprocess.run(command, check=False, text=True, timeout=60,
                            stdout=subprocess.PIPE, **options)
    assert result.returncode == 0, f'{command} ended with {result.returncode}'
    return result.stdout


class TestInstall(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(directory.cleanup)
        cls.root = Path(directory.name)
        run(MESON, 'install', '-C', BUILD, '--no-rebuild', '--quiet',
            '--destdir', cls.root)
        cls.relocate_package()
        cls.set_environment()

        server = subprocess.Popen(
            [os.environ['PYTHON'], EXAMPLES / 'meerkat-server.py'],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        cls.addClassCleanup(server.communicate)
        cls.uri = server.stdout.readline().strip()

    @classmethod
    def find(cls, name):
        """Returns the directory of what is installed under a name."""
        found = list(cls.root.rglob(name))
        assert len(found) == 1, f'{name}: {found}'
        return found[0].parent

    @classmethod
    def relocate_package(cls):
        """Lets the package know that it is below another root."""
        file = cls.find('xmlrpc-glib-1.0.pc') / 'xmlrpc-glib-1.0.pc'
        file.write_text(re.sub(r'^prefix=', f'prefix={cls.root}',
                               file.read_text(), flags=re.MULTILINE))

    @classmethod
    def set_environment(cls):
        """Points to what is installed, and no longer to what is built."""
        libraries = cls.find('libxmlrpc-glib-1.0.so')
        cls.environment = {
            name: ':'.join(path for path in value.split(':')
                           if not path.startswith((BUILD, str(SOURCES))))
            for name, value in os.environ.items()
        }
        cls.environment |= {
            'LD_LIBRARY_PATH': str(libraries),
            'GI_TYPELIB_PATH': str(cls.find('XmlRpc-1.0.typelib')),
            'PKG_CONFIG_PATH': str(cls.find('xmlrpc-glib-1.0.pc')),
            'XDG_DATA_DIRS': f'{cls.find("gjs-1.0")}:/usr/local/share:/usr/share',
        }

    def run_installed(self, *command):
        return run(*command, env=self.environment, cwd=self.root)

    def assert_demo(self, *command):
        output = self.run_installed(*command, self.uri)
        self.assertEqual(output, run(DEMO, self.uri))

    def test_c(self):
        program = self.root / 'installed'
        flags = self.run_installed('pkg-config', '--cflags', '--libs',
                                   'xmlrpc-glib-1.0')
        source = SOURCES / 'tests' / 'bindings' / 'installed.c'
        self.run_installed('cc', '-Wall', '-Werror', source, '-o', program,
                           *flags.split())
        self.assertEqual(self.run_installed(program), 'installed 1\n')

    def test_c_finds_only_public_headers(self):
        headers = [path.name for path in self.root.rglob('*.h')]
        self.assertIn('xmlrpc-glib.h', headers)
        self.assertEqual([h for h in headers if 'private' in h], [])

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
