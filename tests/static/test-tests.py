#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""No test in Python hides another one of the same name, which then would never run.

test-tests.py SOURCES"""

import ast
import sys
import unittest
from collections import Counter
from pathlib import Path

import tap

TESTS = Path(sys.argv[1]) / 'tests'


def find_hidden(path):
    for part in ast.walk(ast.parse(path.read_text('utf-8'))):
        if isinstance(part, ast.ClassDef):
            names = Counter(method.name for method in part.body if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef))
            yield from (f'{path.name}: {part.name}.{name}' for name, n in names.items()
                        if n > 1 and name.startswith('test'))


class TestTests(unittest.TestCase):
    def test_names(self):
        paths = [*TESTS.rglob('*.py')]
        self.assertGreater(len(paths), 50)
        self.assertEqual([hidden for path in paths for hidden in find_hidden(path)], [])


if __name__ == '__main__':
    tap.main()
