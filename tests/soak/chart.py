#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Draws what a soak has measured: chart.py CSV SVG.

One panel each for memory, descriptors and threads, with the curves of the client and of
the server, and one for the time of a call alone and among hostile clients.
"""

import csv
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from charts import draw_panel, get_panel_height, make_svg, text  # noqa: E402

PROCESSES = ('client', 'server')
PANELS = [('Memory in MiB', {name: f'{name} KiB' for name in PROCESSES}, 1024),
          ('Memory that is allocated, in MiB', {name: f'{name} allocated KiB' for name in PROCESSES}, 1024),
          ('Descriptors', {name: f'{name} descriptors' for name in PROCESSES}, 1),
          ('Threads', {name: f'{name} threads' for name in PROCESSES}, 1),
          ('Median time of a small call, in ms', {'alone': 'alone µs', 'among hostile': 'among hostile µs'}, 1000)]


def nice_limit(value):
    """The next of 1, 2, 5, 10, 20, 50, ... that is above a value."""
    limit = 1
    while True:
        for factor in (1, 2, 5):
            if limit * factor >= value:
                return limit * factor
        limit *= 10


def make_axis(limit, shares):
    return lambda value: value / limit, [(limit * share, f'{limit * share:.3g}') for share in shares]


def draw(rows):
    times = [float(row['minutes']) for row in rows]
    minutes = max(times)
    calls = int(rows[-1]['calls'])
    parts = []
    for i, (title, columns, unit) in enumerate(PANELS):
        curves = [(name, [(time, int(row[column]) / unit) for time, row in zip(times, rows)])
                  for name, column in columns.items()]
        limit = nice_limit(max(value for _, points in curves for _, value in points))
        parts += draw_panel(i * get_panel_height(), title, curves, make_axis(minutes, (0, 0.5, 1)),
                            make_axis(limit, (0, 0.5, 1)), lambda value: f'{value:.3g}')
    height = len(PANELS) * get_panel_height() + 24
    parts.append(text(8, height - 8, f'Across: {minutes:.0f} minutes, {calls:,} calls', 'muted'))
    return make_svg('Memory, descriptors, threads and times over the run', height, parts)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], newline='', encoding='utf-8') as source:
        rows = list(csv.DictReader(line for line in source if not line.startswith('#')))
    Path(sys.argv[2]).write_text(draw(rows), 'utf-8')


if __name__ == '__main__':
    main()
