#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The tests that the page about security names for each promise are there:

    test-security.py PAGE TESTS

A cell has `program/case`, and then cases of the same program. `*` stands for anything.
"""

import re
import sys
import unittest
from pathlib import Path

import tap

PAGE, TESTS = Path(sys.argv[1]), Path(sys.argv[2])
# Where the tests are that have no program of their own name.
ELSEWHERE = {'scaling': 'scaling', 'documentation-page': 'bindings'}


def read_rows():
    """Yields the promise and the cell with its tests."""
    for table in re.findall(r'^\| Promise \| Test \|\n.*\n((?:\|.*\n)+)',
                            PAGE.read_text('utf-8'), re.MULTILINE):
        for row in table.splitlines():
            promise, tests = row.strip('|').rsplit('|', 1)
            yield promise.strip(), tests


def find_sources(program):
    """Returns the files of a test, without those that it shares with others."""
    if program in ELSEWHERE:
        return [*TESTS.joinpath(ELSEWHERE[program]).glob('*')]
    if program.startswith('fuzz-'):
        return [*TESTS.joinpath('fuzz').glob(f'{program}.c')]
    python = re.sub(r'^Python-|-Python$', '', program)
    if python != program:
        return [file for name in (f'test-python-{python}.py', f'test-{python}.py')
                for file in TESTS.joinpath('bindings').glob(name)]
    if program.endswith('-JavaScript'):
        return [*TESTS.joinpath('bindings').glob(f'test-{program.removesuffix("-JavaScript")}.js')]
    return [*TESTS.joinpath('unit').glob(f'test-{program}.c')]


class TestSecurity(unittest.TestCase):
    def setUp(self):
        self.shared = '\n'.join(file.read_text('utf-8') for file in
                                sorted(TESTS.joinpath('unit').glob('*.c')))
        self.rows = list(read_rows())

    def test_there_are_promises(self):
        self.assertGreater(len(self.rows), 50)

    def test_each_has_a_test(self):
        for promise, tests in self.rows:
            names = [name for name in re.findall(r'`([^`]+)`', tests)
                     if ' ' not in name and not name.startswith('-')]
            self.assertTrue(names or './run' in tests or 'meson test' in tests, promise)
            program = None
            for name in names:
                if '/' in name or program is None or find_sources(name):
                    program, _, name = name.partition('/')
                    self.assertTrue(find_sources(program), f'{promise}: {program}')
                case = name.rpartition('/')[2].strip('*')
                self.assertIn(case, self.shared, f'{promise}: {program}/{name}')


if __name__ == '__main__':
    tap.main()
