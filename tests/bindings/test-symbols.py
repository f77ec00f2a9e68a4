#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The library exports the public API, all of it and nothing else:
test-symbols.py LIBRARY GIR

symbols.txt has the list. What is added to it has to stay."""

import re
import subprocess
import sys
import unittest
from pathlib import Path
from xml.etree import ElementTree

import tap

LIBRARY, GIR = sys.argv[1:3]
LIST = Path(__file__).with_name('symbols.txt')
GLIB = '{http://www.gtk.org/introspection/glib/1.0}'
# What gcc adds where it counts which lines are reached.
COVERAGE = re.compile('__gcov_|mangle_path$')
C = '{http://www.gtk.org/introspection/c/1.0}'


def read_exported():
    output = subprocess.run(['nm', '-D', '--defined-only', LIBRARY],
                            check=True, text=True, stdout=subprocess.PIPE)
    names = [line.split()[2] for line in output.stdout.splitlines()]
    return sorted(name for name in names if not COVERAGE.match(name))


def read_introspected():
    for element in ElementTree.parse(GIR).iter():
        yield element.get(f'{C}identifier')
        yield element.get(f'{GLIB}get-type')


class TestSymbols(unittest.TestCase):
    def test_are_those_of_the_list(self):
        self.assertEqual(read_exported(), LIST.read_text().split())

    def test_are_in_the_reference(self):
        """The reference is made of the introspection data."""
        self.assertEqual(set(read_exported()) - set(read_introspected()), set())


if __name__ == '__main__':
    tap.main()
