#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The porting header against libsoup 2.4 itself: a program that prints what they
make of many messages, compiled with each.

test-print-messages.py OUR-PROGRAM... [--libsoup THEIR-PROGRAM]
"""

import os
import re
import subprocess
import sys
import unittest
import xml.etree.ElementTree

import tap

PROGRAMS = sys.argv[1:]
THEIRS = None
if '--libsoup' in PROGRAMS:
    THEIRS = PROGRAMS.pop()
    PROGRAMS.remove('--libsoup')


def normalise(record):
    """The same text for what XML, and XML-RPC, does not tell apart."""
    if not record.startswith('<?xml'):
        return record
    text = xml.etree.ElementTree.canonicalize(record)
    return re.sub('<double>(.*?)</double>',
                  lambda match: f'<double>{float(match[1])}</double>', text)


def run(program):
    result = subprocess.run([program], check=True, text=True, timeout=60, stdout=subprocess.PIPE,
                            stderr=subprocess.DEVNULL if program == THEIRS else None,
                            env=os.environ | {'LC_ALL': 'C.UTF-8'})
    return [normalise(record) for record in result.stdout.split('\f')]


class PrintMessagesTest(unittest.TestCase):
    @unittest.skipUnless(THEIRS, 'libsoup 2.4 is not installed')
    def test_as_libsoup(self):
        theirs = run(THEIRS)
        self.assertGreater(len(theirs), 200)
        for program in PROGRAMS:
            for ours, expected in zip(run(program), theirs, strict=True):
                self.assertEqual(ours, expected, program)

    def test_all_languages_agree(self):
        outputs = [run(program) for program in PROGRAMS]
        self.assertIn('fault 4 Too many <params>.', outputs[0])
        for output in outputs:
            self.assertEqual(output, outputs[0])


if __name__ == '__main__':
    tap.main()
