#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The pages about performance and their charts have the figures that were measured:

    test-performance.py BENCHMARKS DOCS"""

import copy
import json
import sys
import tempfile
import unittest
from pathlib import Path

import tap

BENCHMARKS, DOCS = map(Path, sys.argv[1:3])
MOST_WORDS = 600
sys.path.insert(0, str(BENCHMARKS))

import compare  # noqa: E402


class TestPerformance(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.results = json.loads((DOCS / compare.FIGURES).read_text('utf-8'))

    def test_pages_and_charts_are_of_the_figures(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        written = Path(directory.name)
        for name in 'performance.md', 'performance-data.md':
            (written / name).write_text((DOCS / name).read_text('utf-8'), 'utf-8')
        compare.update_docs(self.results, written)
        for file in written.iterdir():
            self.assertEqual(file.read_text('utf-8'), (DOCS / file.name).read_text('utf-8'), file.name)

    def test_figures_without_peers(self):
        """Where the other libraries are not installed, pages and charts have less."""
        results = copy.deepcopy(self.results)
        for library in 'libsoup2', 'xmlrpc-c', 'xmlrpc-epi':
            remove(results, library)
        summary = compare.write_summary(results)
        self.assertIn('| read structs, ', summary)
        self.assertIn('(Python)', summary)
        self.assertNotIn('xmlrpc-epi', summary)
        self.assertIn('### Encoding', compare.write_report(results))

    def test_length(self):
        """One page for those who want to know what it means."""
        text = (DOCS / 'performance.md').read_text('utf-8')
        self.assertLessEqual(len(text.split()), MOST_WORDS)


def remove(value, name):
    """Of the dictionaries in a value."""
    if isinstance(value, dict):
        value.pop(name, None)
        for item in value.values():
            remove(item, name)


if __name__ == '__main__':
    tap.main()
