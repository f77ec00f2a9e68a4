#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes what the tests against real programs found as tables:

    table.py [--update-docs] RESULTS

They go to RESULTS/interoperability.md, and with --update-docs to docs, too.
"""

import argparse
import json
import platform
from pathlib import Path

PAGE = Path(__file__).parents[2] / 'docs' / 'interoperability.md'
START = '<!-- results: written by ./run tests --real --update-docs -->\n'
END = '<!-- end of results -->\n'
# Its users call it, too, but no package brings it.
ROUNDUP = {'kind': 'Programs', 'program': 'Roundup', 'version': '', 'missing': [],
           'done': [], 'failed': [], 'skipped': [], 'verdict': 'not tested: Debian has no package of it', 'notes': []}
KINDS = {
    'Programs': 'Called with this library:',
    'Servers of other libraries': 'Called with this library. Each of them has a method that returns its parameter:',
    'Clients of other libraries': 'Calling a server of this library:',
}


def tell_result(row):
    if row['missing']:
        return 'not tested: it could not be installed'
    words = [f'fails: {text}' for text in row['failed']] or [row['verdict']]
    words += [f'not tested: {text}' for text in row['skipped']]
    return '. '.join(['; '.join(words), *(note.rstrip('.') for note in row['notes'])])


def tell_what_was_done(row):
    if row['missing']:
        return ''
    return '. '.join(text[:1].upper() + text[1:] for text in row['done'] + row['failed'])


def write_table(kind, rows):
    yield f'## {kind}\n\n{KINDS[kind]}\n\n'
    yield '| Program | Version | What was done | Result |\n| --- | --- | --- | --- |\n'
    for row in sorted(rows, key=lambda row: row['program'].lower()):
        yield f'| {row["program"]} | {row["version"]} | {tell_what_was_done(row)} | {tell_result(row)} |\n'
    yield '\n'


def write_tables(folder):
    rows = [ROUNDUP, *(row for file in folder.glob('*.json') for row in json.loads(file.read_text('utf-8')))]
    system = platform.freedesktop_os_release()['PRETTY_NAME']
    yield f'The programs are those of {system}; npm\u2019s is from its registry.\n\n'
    for kind in KINDS:
        yield from write_table(kind, [row for row in rows if row['kind'] == kind])


def update_docs(tables):
    text = PAGE.read_text('utf-8')
    before, rest = text.split(START)
    PAGE.write_text(f'{before}{START}{tables}{END}{rest.split(END)[1]}', 'utf-8')


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--update-docs', action='store_true')
    parser.add_argument('results', type=Path)
    arguments = parser.parse_args()

    tables = ''.join(write_tables(arguments.results))
    (arguments.results / 'interoperability.md').write_text(tables, 'utf-8')
    if arguments.update_docs:
        update_docs(tables)


if __name__ == '__main__':
    main()
