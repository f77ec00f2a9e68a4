#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Uses the library in the ways beside installing it, each of which has to find
the same headers: test-use.py MESON"""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import tap
from installation import SOURCES, run

MESON = sys.argv[1]
PACKAGE = 'xmlrpc-glib-1.0'
PROGRAM = SOURCES / 'tests' / 'bindings' / 'installed.c'
OPTIONS = ['-Doptimization=0', '-Dintrospection=disabled', '-Dtool=false', '-Dtests=false']
UMBRELLA = 'xmlrpc-glib'

SUBPROJECT_USER = """
project('user', 'c')
dep = dependency('xmlrpc-glib-1.0', fallback: 'xmlrpc-glib')
executable('user', 'installed.c', dependencies: dep)
foreach name : ['client', 'direct']
  executable(name, name + '.c', dependencies: dep, build_by_default: false)
endforeach
"""


def setup(build, *options, sources=SOURCES):
    return subprocess.run([MESON, 'setup', build, sources, *options], check=False, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


class TestBuild(unittest.TestCase):
    """A build with both libraries: uninstalled, and its static one installed."""

    @classmethod
    def setUpClass(cls):
        directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(directory.cleanup)
        cls.root = Path(directory.name)
        cls.build = cls.root / 'build'
        setup(cls.build, f'--prefix={cls.root}/prefix', '--default-library=both', *OPTIONS)
        run(MESON, 'install', '-C', cls.build, '--quiet')

    def flags(self, *packages, path):
        environment = os.environ | {'PKG_CONFIG_PATH': str(path)}
        return run('pkg-config', '--cflags', '--libs', PACKAGE, *packages, env=environment).split()

    def installed_flags(self, *packages):
        package, = (self.root / 'prefix').rglob(f'{PACKAGE}.pc')
        return self.flags(*packages, path=package.parent)

    def uninstalled_flags(self):
        return self.flags(path=self.build / 'meson-uninstalled')

    def test_uninstalled(self):
        program = self.root / 'uninstalled'
        run('cc', '-Wall', '-Werror', PROGRAM, '-o', program, *self.uninstalled_flags())
        environment = os.environ | {'LD_LIBRARY_PATH': str(self.build / 'xmlrpc-glib')}
        self.assertEqual(run(program, env=environment), 'installed 1\n')

    def test_static(self):
        """With the libraries that it needs as they come, most of which are shared."""
        program = self.root / 'static'
        archive, = (self.root / 'prefix').rglob('libxmlrpc-glib-1.0.a')
        flags = self.installed_flags('gio-unix-2.0', 'libxml-2.0')
        flags[flags.index('-lxmlrpc-glib-1.0')] = archive
        run('cc', '-Wall', '-Werror', PROGRAM, '-o', program, *flags, '-lm')
        self.assertEqual(run(program), 'installed 1\n')
        self.assertNotIn('libxmlrpc-glib', run('ldd', program))

    def include(self, flags, *headers):
        """Returns what the compiler has against it."""
        source = ''.join(f'#include <xmlrpc-glib/{header}.h>\n' for header in headers)
        return subprocess.run(['cc', '-fsyntax-only', '-xc', '-', *flags], check=False, text=True,
                              input=source, stderr=subprocess.PIPE).stderr

    def test_headers_are_included_by_one(self):
        for flags in self.installed_flags(), self.uninstalled_flags():
            for name in 'server-proxy', 'server', 'value', 'error', 'version', 'version-macros', 'enum-types':
                with self.subTest(name=name):
                    header = f'xml-rpc-{name}'
                    self.assertIn('Only <xmlrpc-glib/xmlrpc-glib.h> can be included directly',
                                  self.include(flags, header))
                    self.assertEqual(self.include(flags, UMBRELLA, header), '')
            self.assertEqual(self.include(flags, UMBRELLA, 'xml-rpc-soup2'), '')

    def test_headers_are_flat(self):
        for flags in self.installed_flags(), self.uninstalled_flags():
            for before in [], [UMBRELLA]:
                self.assertIn('No such file', self.include(flags, *before, 'client/xml-rpc-server-proxy'))


class TestSubproject(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(directory.cleanup)
        root = Path(directory.name)
        cls.build = root / 'build'
        (root / 'subprojects').mkdir()
        (root / 'subprojects' / 'xmlrpc-glib').symlink_to(SOURCES)
        (root / 'meson.build').write_text(SUBPROJECT_USER)
        (root / 'installed.c').write_text(PROGRAM.read_text())
        (root / 'client.c').write_text('#include <xmlrpc-glib/client/xml-rpc-server-proxy.h>\n')
        (root / 'direct.c').write_text('#include <xmlrpc-glib/xml-rpc-server-proxy.h>\n')
        options = [option.replace('-D', '-Dxmlrpc-glib:', 1) for option in OPTIONS[1:]]
        result = setup(cls.build, '-Doptimization=0', '--default-library=static', '--force-fallback-for=xmlrpc-glib-1.0',
                       *options, sources=root)
        assert result.returncode == 0, result.stdout

    def test_program(self):
        run(MESON, 'compile', '-C', self.build, 'user')
        self.assertEqual(run(self.build / 'user'), 'installed 1\n')

    def test_only_the_umbrella_is_included(self):
        for name, message in {'client': 'No such file', 'direct': 'can be included directly'}.items():
            result = subprocess.run([MESON, 'compile', '-C', self.build, name], check=False, text=True,
                                    stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            self.assertNotEqual(result.returncode, 0, name)
            self.assertIn(message, result.stdout)


class TestOptions(unittest.TestCase):
    def assert_refused(self, *options):
        with tempfile.TemporaryDirectory() as build:
            result = setup(build, '-Dtests=false', *options)
        self.assertNotEqual(result.returncode, 0, options)
        return result.stdout

    def test_vapi_needs_introspection(self):
        self.assertIn('it is made from the GIR',
                      self.assert_refused('-Dvapi=enabled', '-Dintrospection=disabled'))

    def test_introspection_needs_a_shared_library(self):
        self.assertIn('a typelib has to have a shared library',
                      self.assert_refused('-Dintrospection=enabled', '--default-library=static'))


if __name__ == '__main__':
    tap.main()
