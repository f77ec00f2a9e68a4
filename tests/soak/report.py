#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Puts the figures of soaks into a page: report.py PAGE

They are read from beside the page: soak.csv, idle.csv and soak.svg of the system where it
was measured, and soak-NAME.csv and so on of others. The first line of soak.csv is what the
system is. --print writes the page to standard output instead."""

import csv
import sys
from pathlib import Path

START = '<!-- figures: written by ./run soak MINUTES --update-docs -->\n'
END = '<!-- end of figures -->\n'
N_ROWS = 6
# As in samples.c.
WARM_UP_SHARE = 0.2
COMPARED_SHARE = 1 / 3

PROCESSES = ['client', 'server']


def read(path):
    with open(path, newline='', encoding='utf-8') as file:
        lines = [line for line in file if not line.startswith('#')]
    return list(csv.DictReader(lines))


def read_title(path):
    return path.read_text('utf-8').splitlines()[0].removeprefix('#').strip()


def mebibytes(kibibytes):
    return f'{int(kibibytes) / 1024:.2f}'


def table(header, rows):
    yield '| ' + ' | '.join(header) + ' |'
    yield '|' + ' ---: |' * len(header)
    for row in rows:
        yield '| ' + ' | '.join(row) + ' |'
    yield ''


def choose(rows):
    """Some of all minutes, the first and the last among them."""
    last = len(rows) - 1
    number = min(N_ROWS, len(rows))
    return [rows[round(i * last / max(number - 1, 1))] for i in range(number)]


def compare(rows, column):
    """Two medians: at the beginning, after the first minutes, and at the end."""
    first = int(len(rows) * WARM_UP_SHARE)
    number = max(1, int((len(rows) - first) * COMPARED_SHARE))
    return (sorted(int(row[column]) for row in part)[number // 2]
            for part in (rows[first:first + number], rows[-number:]))


def write_memory(rows):
    yield from table(
        ['minute', 'calls', *(f'{process}, {what}, MiB' for process in PROCESSES for what in ('resident', 'allocated'))],
        [[row['minutes'], f'{int(row["calls"]):,}',
          *(mebibytes(row[f'{process} {column}']) for process in PROCESSES for column in ('KiB', 'allocated KiB'))]
         for row in choose(rows)])
    yield 'From the beginning, without the first fifth, to the end (medians of a third of the rest):'
    yield ''
    for process in PROCESSES:
        before, after = compare(rows, f'{process} KiB')
        allocated_before, allocated_after = compare(rows, f'{process} allocated KiB')
        yield (f'- {process}: resident {mebibytes(before)} MiB, then {mebibytes(after)} MiB '
               f'({(after - before) / before * 100:+.1f} %); allocated {mebibytes(allocated_before)} MiB, '
               f'then {mebibytes(allocated_after)} MiB')
    yield ''


def write_times(rows):
    timed = [(int(row['alone µs']), int(row['among hostile µs'])) for row in rows]
    timed = [(alone, among) for alone, among in timed if alone and among]
    alone = sorted(alone for alone, _ in timed)[len(timed) // 2]
    among = sorted(among for _, among in timed)[len(timed) // 2]
    yield f'Half of the small calls took less than {alone / 1000:.2f} ms without hostile clients, and less'
    yield f'than {among / 1000:.2f} ms among them: {among / alone:.2f} times as long (medians of all minutes).'
    yield ''


def write_hostile(rows):
    kinds = list(rows[0])[list(rows[0]).index('among hostile µs') + 1:]
    yield 'The hostile clients did this so many times:'
    yield ''
    yield from table(['kind', 'times'], [[kind, f'{int(rows[-1][kind]):,}'] for kind in kinds])


def write_idle(rows):
    yield 'Idle connections, in a run of their own:'
    yield ''
    nothing = int(rows[0]['server KiB'])
    yield from table(
        ['connections', 'server, MiB', 'for each', 'a call', 'CPU time of it'],
        [[f'{int(row["connections"]):,}', mebibytes(row['server KiB']),
          f'{(int(row["server KiB"]) - nothing) / int(row["connections"]):.1f} KiB' if int(row['connections']) else '',
          f'{int(row["call µs"]) / 1000:.2f} ms', f'{int(row["processor µs"]) / 1000:.2f} ms'] for row in rows])


def write_report(directory):
    for soak in sorted(directory.glob('soak*.csv')):
        rows = read(soak)
        yield f'### {read_title(soak)}'
        yield ''
        yield f'![Memory, descriptors, threads and times over the run]({soak.stem}.svg)'
        yield ''
        yield from write_memory(rows)
        yield from write_times(rows)
        yield from write_hostile(rows)
        idle = directory / soak.name.replace('soak', 'idle')
        if idle.exists():
            yield from write_idle(read(idle))
        yield f'The figures of all minutes are in [{soak.name}]({soak.name}).'
        yield ''


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != '--print']
    page = Path(arguments[0])
    before, _, rest = page.read_text('utf-8').partition(START)
    _, _, after = rest.partition(END)
    text = before + START + '\n' + '\n'.join(write_report(page.parent)) + '\n' + END + after
    if '--print' in sys.argv:
        sys.stdout.write(text)
    else:
        page.write_text(text, 'utf-8')


if __name__ == '__main__':
    main()
