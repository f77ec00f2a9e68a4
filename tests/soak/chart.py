#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Draws what a soak has measured: chart.py CSV SVG.

One panel each for memory, descriptors and threads, with the curves of the client and of
the server, and one for the time of a call alone and among hostile clients.
"""

import csv
import sys

WIDTH, PANEL_HEIGHT, GAP = 760, 150, 46
LEFT, RIGHT, TOP = 64, 130, 34
COLOURS = ('#1a5fb4', '#c64600')
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


def text(x, y, words, **attributes):
    described = ''.join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<text x="{x:.0f}" y="{y:.0f}"{described}>{words}</text>'


def draw_axes(top, title, limit, minutes):
    right, bottom = WIDTH - RIGHT, top + PANEL_HEIGHT
    yield text(LEFT, top - 10, title, font_weight='bold')
    for share in (0, 0.5, 1):
        y = bottom - share * PANEL_HEIGHT
        yield f'<path d="M{LEFT} {y:.1f}H{right}" stroke="#ccc"/>'
        yield text(LEFT - 8, y + 4, f'{limit * share:g}', text_anchor='end')
    for share in (0, 1 / 3, 2 / 3, 1):
        x = LEFT + share * (right - LEFT)
        yield text(x, bottom + 16, f'{minutes * share:.0f}', text_anchor='middle')


def draw_curve(top, name, colour, points, limit, minutes):
    scaled = [(LEFT + time / minutes * (WIDTH - RIGHT - LEFT),
               top + PANEL_HEIGHT * (1 - value / limit)) for time, value in points]
    path = 'L'.join(f'{x:.1f} {y:.1f}' for x, y in scaled)
    yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    x, y = scaled[-1]
    yield text(x + 8, y + 4, f'{name} {points[-1][1]:.3g}', fill=colour)


def draw(rows):
    times = [float(row['minutes']) for row in rows]
    minutes = max(times)
    calls = int(rows[-1]['calls'])
    height = TOP + len(PANELS) * (PANEL_HEIGHT + GAP) + 20

    yield (f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
           f'viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="12">')
    yield '<rect width="100%" height="100%" fill="white"/>'
    for i, (title, columns, unit) in enumerate(PANELS):
        top = TOP + i * (PANEL_HEIGHT + GAP)
        curves = {name: [(time, int(row[column]) / unit) for time, row in zip(times, rows)]
                  for name, column in columns.items()}
        limit = nice_limit(max(value for points in curves.values() for _, value in points))
        yield from draw_axes(top, title, limit, minutes)
        for colour, (name, points) in zip(COLOURS, curves.items()):
            yield from draw_curve(top, name, colour, points, limit, minutes)
    yield text(LEFT, height - 14, f'{minutes:.0f} minutes, {calls:,} calls')
    yield '</svg>'


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], newline='', encoding='utf-8') as source:
        rows = list(csv.DictReader(line for line in source if not line.startswith('#')))
    with open(sys.argv[2], 'w', encoding='utf-8') as target:
        target.write('\n'.join(draw(rows)) + '\n')


if __name__ == '__main__':
    main()
