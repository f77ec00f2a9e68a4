#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Each file tells its copyright and licence, as https://reuse.software describes: in two
lines at its beginning, or by a pattern of REUSE.toml.

test-reuse.py SOURCES"""

import re
import subprocess
import sys
import tomllib
import unittest
from pathlib import Path

import tap

SOURCES = Path(sys.argv[1])
LICENCES = SOURCES / 'LICENSES'
HEAD_SIZE = 1000

# REUSE-IgnoreStart
COPYRIGHT = re.compile(rb'SPDX-FileCopyrightText: \S')
LICENCE = re.compile(rb'SPDX-License-Identifier: ([\w.-]+)')
# REUSE-IgnoreEnd


def list_files():
    """Those of the repository, if this is one."""
    try:
        output = subprocess.run(['git', '-c', f'safe.directory={SOURCES}', 'ls-files', '-z'], cwd=SOURCES,
                                check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return []
    return [name for name in output.split('\0') if (SOURCES / name).is_file()]


def is_licence(name):
    return name == 'COPYING' or name.startswith('LICENSES/')


def compile_pattern(pattern):
    """A star does not match a slash, two stars do."""
    return re.compile(''.join({'**': '.*', '*': '[^/]*'}.get(part, re.escape(part))
                              for part in re.split(r'(\*\*|\*)', pattern)))


def read_annotations():
    """Yields each pattern of REUSE.toml with its table."""
    for table in tomllib.loads((SOURCES / 'REUSE.toml').read_text('utf-8'))['annotations']:
        paths = table['path'] if isinstance(table['path'], list) else [table['path']]
        yield from ((compile_pattern(path), table) for path in paths)


@unittest.skipUnless((SOURCES / '.git').exists() and list_files(), 'this is no git repository')
class TestReuse(unittest.TestCase):
    def setUp(self):
        self.files = [name for name in list_files() if not is_licence(name)]
        self.annotations = [*read_annotations()]

    def find_licences(self, name):
        """What the file says, or REUSE.toml says of it."""
        head = (SOURCES / name).read_bytes()[:HEAD_SIZE]
        licence = LICENCE.search(head)
        if licence and COPYRIGHT.search(head):
            return {licence[1].decode()}
        return {table['SPDX-License-Identifier'] for pattern, table in self.annotations
                if pattern.fullmatch(name) and table['SPDX-FileCopyrightText']}

    def test_files(self):
        without = [name for name in self.files if not self.find_licences(name)]
        self.assertEqual(without, [])

    def test_licences(self):
        used = {licence for name in self.files for licence in self.find_licences(name)}
        self.assertEqual({path.stem for path in LICENCES.glob('*.txt')}, used)
        self.assertEqual((LICENCES / 'LGPL-2.1-or-later.txt').read_bytes(), (SOURCES / 'COPYING').read_bytes())

    def test_patterns(self):
        """REUSE.toml lists nothing that is not there."""
        for pattern, _ in self.annotations:
            self.assertTrue(any(map(pattern.fullmatch, self.files)), pattern.pattern)


if __name__ == '__main__':
    tap.main()
