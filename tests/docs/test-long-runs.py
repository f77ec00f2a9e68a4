#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The chart and the table of the long run have the figures that were measured:

    test-long-runs.py CHART-PROGRAM PAGE CSV CHART"""

import csv
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import tap

PROGRAM, PAGE, CSV, CHART = map(Path, sys.argv[1:5])
ROW = re.compile(r'^\| (\d+) \| ([\d,]+) \| ([\d.]+) \| ([\d.]+) \|$', re.MULTILINE)


def show_mebibytes(kibibytes):
    return f'{int(kibibytes) / 1024:.1f}'


class TestLongRuns(unittest.TestCase):
    def test_chart(self):
        with tempfile.NamedTemporaryFile() as drawn:
            subprocess.run([sys.executable, PROGRAM, CSV, drawn.name], check=True)
            self.assertEqual(Path(drawn.name).read_text('utf-8'),
                             CHART.read_text('utf-8'))

    def test_table(self):
        with open(CSV, newline='', encoding='utf-8') as file:
            samples = {float(row['minutes']): row for row in csv.DictReader(file)}
        rows = ROW.findall(PAGE.read_text('utf-8'))
        self.assertGreater(len(rows), 2)
        self.assertEqual(float(rows[-1][0]), max(samples))
        for minute, *figures in rows:
            sample = samples[float(minute)]
            self.assertEqual(figures, [f'{int(sample["calls"]):,}',
                                       show_mebibytes(sample['client KiB']),
                                       show_mebibytes(sample['server KiB'])])


if __name__ == '__main__':
    tap.main()
