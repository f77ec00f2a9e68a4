#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Measures the library beside its peers, and writes tables and charts.

They go to BUILD_DIR/performance, and with --update-docs to docs, too.
"""

import argparse
import json
import sys
from pathlib import Path

from comparison.calls import measure_calls
from comparison.chart import draw_charts
from comparison.codec import measure_codec
from comparison.effort import COMPLETE, QUICK
from comparison.goals import judge_goals
from comparison.growth import measure_growth
from comparison.instructions import count_instructions
from comparison.machine import describe_machine, find_versions, list_missing
from comparison.programs import SOURCES, Programs
from comparison.report import write_report

DOCS = SOURCES.parent.parent / 'docs'
START = '<!-- figures: written by ./run bench --update-docs -->\n'
END = '<!-- end of figures -->\n'


def log(message):
    print(message, file=sys.stderr, flush=True)


def measure(programs, directory, effort):
    documents = directory / 'documents'
    results = {
        'machine': describe_machine(),
        'versions': find_versions(programs),
        'calls': measure_calls(programs, effort, log),
        'codec': measure_codec(programs, documents, effort, log),
        'growth': measure_growth(programs, effort.growth, log),
        'instructions': count_instructions(programs, documents, log)
        if effort.counts_instructions else {},
    }
    # As it is when it is read again, so that a report is the same.
    return json.loads(json.dumps(results))


def update_docs(report, directory):
    page = DOCS / 'performance.md'
    text = page.read_text()
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    page.write_text(before + START + '\n' + report + '\n' + END + after)
    for chart in directory.glob('*.svg'):
        (DOCS / chart.name).write_bytes(chart.read_bytes())


def print_goals(results):
    for goal in judge_goals(results):
        print(f'{"met" if goal.is_met else "missed":6}  {goal.goal}: {goal.figure}')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('build_dir', type=Path)
    parser.add_argument('--quick', action='store_true',
                        help='a few rounds, and nothing of 1 GB')
    parser.add_argument('--again', action='store_true',
                        help='report what was measured before')
    parser.add_argument('--update-docs', action='store_true',
                        help='put the figures into docs/performance.md')
    arguments = parser.parse_args()

    programs = Programs(arguments.build_dir)
    directory = arguments.build_dir / 'performance'
    directory.mkdir(exist_ok=True)
    figures = directory / 'figures.json'
    if arguments.again:
        results = json.loads(figures.read_text())
    else:
        results = measure(programs, directory, QUICK if arguments.quick else COMPLETE)
        results['machine']['run'] = 'quick' if arguments.quick else 'complete'
        figures.write_text(json.dumps(results, indent=1))

    report = write_report(results)
    (directory / 'performance.md').write_text(report)
    try:
        draw_charts(results, directory)
    except ImportError:
        log('Without matplotlib there are no charts.')
    if arguments.update_docs:
        update_docs(report, directory)

    print_goals(results)
    for name in list_missing(results['versions']):
        print(f'missing  {name}')
    print(f'Tables and charts are in {directory}')


if __name__ == '__main__':
    main()
