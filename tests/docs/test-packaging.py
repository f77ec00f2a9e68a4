#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the page says to packagers holds: each file that is installed is in one of its
packages, the versions are those that the build asks for, and Meson gets the library with
the wrap file:

    test-packaging.py PAGE MESON"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from fnmatch import fnmatchcase
from pathlib import Path

import tap
from installation import SOURCES, run
from page import File, read_page

PAGE, MESON = sys.argv[1:3]
TEXT = Path(PAGE).read_text('utf-8')
PYTHON_DIR = '/usr/lib/python3/dist-packages'


def read_table(first_heading):
    """The rows of the table that begins so, each as a list of its cells."""
    lines = TEXT.split(f'\n| {first_heading} |')[1].split('\n\n')[0].splitlines()
    return [[cell.strip() for cell in line.strip('|').split('|')] for line in lines[2:]]


def is_below(file, pattern):
    """Of a folder that is installed as a whole the name alone is known."""
    return fnmatchcase(file, pattern) or fnmatchcase(f'{file}/', pattern)


def take_file(name):
    text, = (step.text for step in read_page(TEXT) if isinstance(step, File) and step.name == name)
    return text


class TestPackages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.packages = {row[0]: re.findall('`([^`]+)`', row[1]) for row in read_table('package')}
        has_docs = shutil.which('gi-docgen') is not None
        if not has_docs:
            del cls.packages['documentation']

        directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(directory.cleanup)
        run(MESON, 'setup', directory.name, SOURCES, '--prefix=/usr', '--libdir=lib',
            '-Dintrospection=enabled', '-Dvapi=enabled', '-Dtests=false',
            f'-Dpython_dir={PYTHON_DIR}', f'-Ddocs={str(has_docs).lower()}')
        installed = json.loads(run(MESON, 'introspect', '--installed', directory.name))
        cls.files = [os.path.relpath(path, '/usr') for path in installed.values()]
        # Meson does not list what links to the library.
        cls.files += ['lib/libxmlrpc-glib-1.0.so', 'lib/libxmlrpc-glib-1.0.so.0']

    def test_each_file_is_in_one_package(self):
        for file in set(self.files):
            found = [name for name, patterns in self.packages.items()
                     if any(is_below(file, pattern) for pattern in patterns)]
            self.assertEqual(len(found), 1, f'{file}: {found}')

    def test_no_pattern_is_for_nothing(self):
        for patterns in self.packages.values():
            for pattern in patterns:
                self.assertTrue(any(is_below(file, pattern) for file in self.files), pattern)


class TestVersions(unittest.TestCase):
    def test_versions(self):
        build = ''.join((SOURCES / name).read_text('utf-8') for name in ('meson.build', 'docs/meson.build'))
        needs = ' '.join(cell for row in read_table('for') for cell in row)
        versions = re.findall(r">= ([\d.]+)'", build)
        self.assertGreater(len(versions), 4)
        for version in versions:
            self.assertIn(f' {version.removesuffix(".0")}', needs)


@unittest.skipUnless(shutil.which('git'), 'there is no git')
class TestWrap(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.root = Path(directory.name)
        self.wrap = take_file('newsreader/subprojects/xmlrpc-glib.wrap')
        self.url = re.search('^url = (.*)$', self.wrap, re.MULTILINE)[1]
        # Nobody's settings, and another place for the address of the page.
        self.environment = os.environ | {
            'GIT_CONFIG_GLOBAL': os.devnull, 'GIT_CONFIG_SYSTEM': os.devnull,
            'GIT_CONFIG_COUNT': '1', 'GIT_CONFIG_KEY_0': f'url.file://{self.root}/origin.insteadOf',
            'GIT_CONFIG_VALUE_0': self.url,
        }

    def git(self, *command):
        subprocess.run(['git', '-c', 'user.name=A', '-c', 'user.email=a@example.org', *command],
                       cwd=self.root / 'origin', env=self.environment, check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def test_address_is_a_placeholder(self):
        self.assertRegex(self.url, r'^https://[\w-]+\.example/')

    def test_download(self):
        (self.root / 'origin').mkdir()
        shutil.copy(SOURCES / 'meson.build', self.root / 'origin')
        self.git('init')
        self.git('add', '.')
        self.git('commit', '-m', 'Release')
        self.git('tag', re.search('^revision = (.*)$', self.wrap, re.MULTILINE)[1])

        wraps = self.root / 'newsreader' / 'subprojects'
        wraps.mkdir(parents=True)
        (wraps / 'xmlrpc-glib.wrap').write_text(self.wrap)
        (self.root / 'newsreader' / 'meson.build').write_text(take_file('newsreader/meson.build'))
        run(MESON, 'subprojects', 'download', cwd=self.root / 'newsreader', env=self.environment)
        self.assertTrue((wraps / 'xmlrpc-glib' / 'meson.build').exists())


if __name__ == '__main__':
    tap.main()
