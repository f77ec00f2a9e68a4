#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The charts and the tables of the long runs have the figures that were measured:

    test-long-runs.py CHART-PROGRAM REPORT-PROGRAM PAGE"""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import tap

CHART, REPORT, PAGE = map(Path, sys.argv[1:4])


class TestLongRuns(unittest.TestCase):
    def test_charts(self):
        figures = list(PAGE.parent.glob('soak*.csv'))
        self.assertTrue(figures)
        for path in figures:
            with tempfile.NamedTemporaryFile() as drawn:
                subprocess.run([sys.executable, CHART, path, drawn.name], check=True)
                self.assertEqual(Path(drawn.name).read_text('utf-8'),
                                 path.with_suffix('.svg').read_text('utf-8'))

    def test_page(self):
        written = subprocess.run([sys.executable, REPORT, PAGE, '--print'], check=True,
                                 stdout=subprocess.PIPE, encoding='utf-8')
        self.assertEqual(written.stdout, PAGE.read_text('utf-8'))


if __name__ == '__main__':
    tap.main()
