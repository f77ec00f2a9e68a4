#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The examples, run as a user runs them."""

import os
import subprocess
import sys
import unittest
from pathlib import Path

import tap

EXAMPLES = Path(os.environ['XMLRPC_GLIB_EXAMPLES'])


class MeerkatTest(unittest.TestCase):
    def setUp(self):
        script = EXAMPLES / 'meerkat-server.py'
        self.server = subprocess.Popen([sys.executable, script],
                                       stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.server.communicate)
        self.uri = self.server.stdout.readline().strip()

    def run_meerkat(self, *args):
        return subprocess.run([sys.executable, EXAMPLES / 'meerkat.py', *args],
                              capture_output=True, text=True, check=False)

    def test_as_from_c(self):
        """Prints what the example in C prints."""
        expected = Path(os.environ['G_TEST_SRCDIR'], 'interop',
                        'demo-output.txt').read_text('utf-8')
        finished = self.run_meerkat(self.uri)
        self.assertEqual(finished.stderr, '')
        self.assertEqual(finished.stdout, expected)
        self.assertEqual(finished.returncode, 0)

    def test_number_of_items(self):
        finished = self.run_meerkat(self.uri, 'Python', '2')
        self.assertEqual(finished.stdout.count('\n\n'), 2)

    def test_nothing_found(self):
        finished = self.run_meerkat(self.uri, 'no such subject')
        self.assertEqual(finished.stdout, 'No news on no such subject.\n')

    def test_error(self):
        finished = self.run_meerkat('http://127.0.0.1:1/RPC2')
        self.assertEqual(finished.returncode, 1)
        self.assertTrue(finished.stderr.startswith('meerkat: '))
        self.assertNotIn('Traceback', finished.stderr)

    def test_usage(self):
        finished = self.run_meerkat()
        self.assertTrue(finished.stderr.startswith('Usage: '))


if __name__ == '__main__':
    tap.main()
