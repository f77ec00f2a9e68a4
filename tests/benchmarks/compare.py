#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Measures the library beside its peers, and writes tables and charts.

They go to BUILD_DIR/performance, and with --update-docs to docs, too. --again writes
what was measured before.
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
from comparison.messages import measure_messages
from comparison.programs import SOURCES, Programs
from comparison.report import write_report
from comparison.summary import write_summary

DOCS = SOURCES.parent.parent / 'docs'
# The figures, so that the tests and others can write pages and charts again.
FIGURES = 'performance.json'
START = '<!-- figures: written by ./run bench --update-docs -->\n'
END = '<!-- end of figures -->\n'


def log(message):
    print(message, file=sys.stderr, flush=True)


def measure(programs, directory, effort):
    documents = directory / 'documents'
    return {
        'machine': describe_machine(),
        'versions': find_versions(programs),
        'calls': measure_calls(programs, effort, log),
        'messages': measure_messages(programs, effort, log),
        'codec': measure_codec(programs, documents, effort, log),
        'growth': measure_growth(programs, effort.growth, log),
        'instructions': count_instructions(programs, documents, log)
        if effort.counts_instructions else {},
    }


def round_figures(value):
    """Four digits of each time, which are more than there is to know."""
    if isinstance(value, dict):
        return {str(name): round_figures(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [round_figures(item) for item in value]
    return float(f'{value:.4g}') if isinstance(value, float) else value


def fill_page(page, text):
    """Returns the page with other figures."""
    before, _, rest = page.read_text('utf-8').partition(START)
    _, _, after = rest.partition(END)
    return before + START + '\n' + text.rstrip('\n') + '\n\n' + END + after


def update_docs(results, docs):
    (docs / FIGURES).write_text(json.dumps(results, separators=(',', ':')) + '\n', 'utf-8')
    for name, write in ('performance', write_summary), ('performance-data', write_report):
        page = docs / f'{name}.md'
        page.write_text(fill_page(page, write(results)), 'utf-8')
    draw_charts(results, docs)


def write_results(results, directory):
    (directory / 'figures.json').write_text(json.dumps(results, indent=1), 'utf-8')
    (directory / 'performance.md').write_text(write_summary(results) + '\n' + write_report(results), 'utf-8')
    draw_charts(results, directory)


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
                        help='put the figures into docs/performance.md and performance-data.md')
    arguments = parser.parse_args()

    directory = arguments.build_dir / 'performance'
    directory.mkdir(exist_ok=True)
    if arguments.again:
        results = json.loads((directory / 'figures.json').read_text('utf-8'))
    else:
        results = measure(Programs(arguments.build_dir), directory, QUICK if arguments.quick else COMPLETE)
        results['machine']['run'] = 'quick' if arguments.quick else 'complete'
    results = round_figures(results)

    write_results(results, directory)
    if arguments.update_docs:
        update_docs(results, DOCS)

    print_goals(results)
    for name in list_missing(results['versions']):
        print(f'missing  {name}')
    print(f'Tables and charts are in {directory}')


if __name__ == '__main__':
    main()
