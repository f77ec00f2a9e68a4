#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The picture in the README shows what the demo prints:

    test-picture.py MAKE-PICTURE OUTPUT PICTURE"""

import subprocess
import sys
import unittest
from pathlib import Path

import tap

MAKE_PICTURE, OUTPUT, PICTURE = map(Path, sys.argv[1:4])


class TestPicture(unittest.TestCase):
    def test_is_of_the_output(self):
        drawn = subprocess.run(
            [sys.executable, MAKE_PICTURE, './run', 'demo'], check=True,
            text=True, encoding='utf-8', input=OUTPUT.read_text('utf-8'),
            stdout=subprocess.PIPE)
        self.assertEqual(drawn.stdout, PICTURE.read_text('utf-8'))

    def test_has_letters_that_fonts_have(self):
        """Latin, Greek and Cyrillic ones, and some that are not ASCII."""
        letters = set(PICTURE.read_text('utf-8'))
        self.assertLess(ord(max(letters)), 0x530)
        self.assertGreater(ord(max(letters)), 0x7f)


if __name__ == '__main__':
    tap.main()
