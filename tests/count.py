#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Counts the results in Meson's test logs, and fails if a test failed.

count.py [--skipped N] LOG...: N more were skipped before they had a log.

A program whose output is TAP counts as the tests it reports, any other as one.
"""

import argparse
import json
import re
import sys
from collections import Counter

RESULT = re.compile(r'(not )?ok\b[^#]*(# *(SKIP|TODO))?', re.IGNORECASE)
WORDS = {'OK': 'passed', 'SKIP': 'skipped', 'EXPECTEDFAIL': 'passed'}


def count_program(program):
    counts = Counter()
    for line in program.get('stdout', '').splitlines():
        match = RESULT.match(line)
        if match:
            negative, comment, word = match.groups()
            skipped = word and word.upper() == 'SKIP'
            counts['skipped' if skipped else
                   'failed' if negative and not comment else 'passed'] += 1

    # A program can fail without a test that does: by crashing, for one.
    word = WORDS.get(program['result'], 'failed')
    if not counts or word == 'failed' and not counts['failed']:
        counts[word] += 1
    return counts


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--skipped', type=int, default=0)
    parser.add_argument('logs', nargs='*')
    arguments = parser.parse_args()

    counts = Counter(skipped=arguments.skipped)
    for name in arguments.logs:
        with open(name, encoding='utf-8') as log:
            for line in log:
                counts += count_program(json.loads(line))

    skipped = f', {counts["skipped"]} skipped' if counts['skipped'] else ''
    print(f'{counts["passed"]} passed, {counts["failed"]} failed{skipped}')
    sys.exit(counts['failed'] > 0 or counts['passed'] == 0)


if __name__ == '__main__':
    main()
