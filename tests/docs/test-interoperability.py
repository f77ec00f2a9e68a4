#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The tables of real programs have all that are tested, and nothing that failed.

test-interoperability.py PAGE FOLDER
"""

import ast
import re
import sys
import unittest
from pathlib import Path

import tap

PAGE = Path(sys.argv[1]).read_text('utf-8')


class TablesTest(unittest.TestCase):
    def test_complete(self):
        programs = {ast.literal_eval(text) for file in Path(sys.argv[2]).glob('*.py')
                    for text in re.findall(r"^    program = (?:package = )?('.*')$", file.read_text('utf-8'), re.M)}
        listed = set(re.findall(r'^\| (.+?) \| \S+ \| ', PAGE, re.M))
        self.assertGreater(len(programs), 10)
        self.assertEqual(programs - listed, set())

    def test_nothing_failed(self):
        self.assertNotIn('| fails', PAGE)


if __name__ == '__main__':
    tap.main()
