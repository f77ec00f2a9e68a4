#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Configures the build that the module for Flatpak describes, as
flatpak-builder does, and looks where things are to be installed; and does what
the manifest of a program says:

    test-flatpak.py PAGE MESON"""

import json
import os
import shutil
import sys
import tempfile
import unittest
from fnmatch import fnmatch
from pathlib import Path

import tap
from installation import SOURCES, run
from page import File, read_page

PAGE, MESON = sys.argv[1:3]


class TestFlatpak(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        steps = read_page(Path(PAGE).read_text('utf-8'))
        texts = {step.name: step.text for step in steps if isinstance(step, File)}
        cls.module = json.loads(texts['xmlrpc-glib.json'])
        cls.program = json.loads(texts['org.example.News.json'])

        directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(directory.cleanup)
        run(MESON, 'setup', directory.name, SOURCES, '--prefix=/app',
            '--libdir=lib', *cls.module['config-opts'])
        installed = run(MESON, 'introspect', '--installed', directory.name)
        cls.installed = list(json.loads(installed).values())

    def test_goes_into_the_application(self):
        self.assertGreater(len(self.installed), 10)
        self.assertEqual(
            [path for path in self.installed if not path.startswith('/app/')],
            [])

    def is_cleaned_up(self, path):
        return any(path.startswith(f'/app{pattern}/')
                   for pattern in self.module['cleanup'])

    def test_cleans_up_what_programs_do_not_need(self):
        for pattern in self.module['cleanup']:
            self.assertTrue(
                any(path.startswith(f'/app{pattern}/')
                    for path in self.installed), pattern)

    def test_keeps_what_programs_need(self):
        for pattern in ('/app/lib/libxmlrpc-glib-1.0.so*',
                        '/app/lib/girepository-1.0/XmlRpc-1.0.typelib',
                        '/app/share/gjs-1.0/overrides/XmlRpc.js',
                        '/app/share/gjs-1.0/overrides/_XmlRpc/client.js',
                        '/app/lib/python3*/gi/overrides/XmlRpc/__init__.py'):
            found = [path for path in self.installed if fnmatch(path, pattern)]
            self.assertTrue(found, pattern)
            self.assertFalse(any(map(self.is_cleaned_up, found)), pattern)

    def test_program(self):
        """Its module finds all files, and installs the command."""
        library, module = self.program['modules']
        self.assertEqual(library, 'xmlrpc-glib.json')
        with tempfile.TemporaryDirectory() as directory:
            for source in module['sources']:
                path = Path(source['path'])
                self.assertEqual(path.parts[0], 'xmlrpc-glib')
                shutil.copy(SOURCES.joinpath(*path.parts[1:]), directory)
            for command in module['build-commands']:
                run(*command.replace('/app', f'{directory}/app').split(), cwd=directory)
            command = Path(directory, 'app', 'bin', self.program['command'])
            self.assertTrue(os.access(command, os.X_OK))


if __name__ == '__main__':
    tap.main()
