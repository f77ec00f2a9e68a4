#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The page about the architecture is true: the folders use each other as its table
says, and the files that it names are there.

test-architecture.py PAGE SOURCES"""

import re
import sys
import unittest
from pathlib import Path

import tap

PAGE, SOURCES = Path(sys.argv[1]), Path(sys.argv[2])
INCLUDE = re.compile(r'#include ["<](?:[\w./-]*/)?([\w-]+\.h)[">]')


def find_folders():
    """Returns the folder of each header."""
    return {header.name: header.parent.name for header in SOURCES.glob('*/*.h')}


def find_used(folder, folders):
    files = [*SOURCES.joinpath(folder).glob('*.[ch]')]
    names = {name for file in files for name in INCLUDE.findall(file.read_text('utf-8'))}
    return {folders[name] for name in names if name in folders} - {folder}


class TestArchitecture(unittest.TestCase):
    def setUp(self):
        self.text = PAGE.read_text('utf-8')

    def test_table(self):
        table = {folder: set(re.findall(r'`(\w+)`', used)) for folder, used in
                 re.findall(r'^\| `(\w+)` \|.*\|([^|]*)\|$', self.text, re.MULTILINE)}
        folders = find_folders()
        found = {folder.name: find_used(folder.name, folders)
                 for folder in SOURCES.iterdir() if folder.is_dir() and folder.name != 'include'}
        self.assertGreater(len(found), 5)
        self.assertEqual(table, found)

    def test_files(self):
        names = re.findall(r'`((?:[\w.-]+/)*[\w.-]+\.(?:c|h|js|py|vala|metadata))`', self.text)
        self.assertGreater(len(names), 30)
        known = {str(file.relative_to(SOURCES)) for file in SOURCES.rglob('*')}
        for name in names:
            self.assertTrue(name == '-private.h' or any(
                file == name or file.endswith(f'/{name}') for file in known), name)


if __name__ == '__main__':
    tap.main()
