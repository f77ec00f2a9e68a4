#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Configures the build that the module for Flatpak describes, as
flatpak-builder does, and looks where things are to be installed:

    test-flatpak.py PAGE MESON"""

import json
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
        text, = (step.text for step in steps
                 if isinstance(step, File) and step.name == 'xmlrpc-glib.json')
        cls.module = json.loads(text)

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


if __name__ == '__main__':
    tap.main()
