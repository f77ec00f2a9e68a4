#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs libFuzzer's targets of a build, one after the other, and prints figures.

What they find is kept in the build's fuzzing/NAME, and is where the next run
goes on. With --minimise it replaces the corpora in the source, by as few inputs
as reach as much; those that have a name stay.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
DICTIONARIES = {'date': 'date', 'encode': 'types', 'json': 'json', 'number': 'number',
                'object': 'json'}
HASH = re.compile(r'[0-9a-f]{40}')
ENVIRONMENT = {
    # Up to gcc 13 and clang 17, LeakSanitizer can crash on other threads' variables.
    'ASAN_OPTIONS': 'detect_leaks=1:intercept_tls_get_addr=0',
    'UBSAN_OPTIONS': 'halt_on_error=1:print_stacktrace=1',
    'G_SLICE': 'always-malloc',
}


class Target:
    def __init__(self, build, name, max_length):
        work = build / 'fuzzing' / name
        self.name = name
        self.program = build / 'tests' / 'fuzz' / f'fuzz-{name}'
        self.corpus = HERE / 'corpus' / name
        self.found = work / 'corpus'
        self.failed = work / 'failed'
        self.log = work / 'log'
        self.options = [f'-max_len={max_length}', '-timeout=60', '-rss_limit_mb=2048']
        self.found.mkdir(parents=True, exist_ok=True)
        self.failed.mkdir(exist_ok=True)

    def run(self, *arguments, **options):
        return subprocess.run([self.program, *self.options, *map(str, arguments)], env=os.environ | ENVIRONMENT,
                              stdin=subprocess.DEVNULL, check=False, **options)

    def fuzz(self, seconds, seed, runs):
        """Prints figures, and returns whether nothing failed."""
        dictionary = HERE / f'{DICTIONARIES.get(self.name, "xml")}.dict'
        before = set(self.failed.iterdir())
        started = time.monotonic()
        with self.log.open('w') as log:
            result = self.run(f'-max_total_time={seconds}', f'-seed={seed}', f'-runs={runs}', f'-dict={dictionary}', f'-artifact_prefix={self.failed}/',
                              '-print_final_stats=1', self.found, self.corpus, stdout=log, stderr=log)
        elapsed = time.monotonic() - started

        text = self.log.read_text(encoding='utf-8', errors='replace')
        failures = sorted(set(self.failed.iterdir()) - before)
        print(f'{self.name:<16}{elapsed:7.0f} s{last_number("stat::number_of_executed_units: +", text):>11} runs'
              f'{last_number(" cov: ", text):>7} edges{last_number(" corp: ", text):>6} inputs'
              f'{len(failures):>4} failed', flush=True)
        if result.returncode != 0:
            print('\n'.join(text.splitlines()[-60:]), file=sys.stderr)
        for path in failures:
            print(f'To see it again: {self.program} {path}', file=sys.stderr)
        return result.returncode == 0

    def minimise(self):
        with tempfile.TemporaryDirectory() as least:
            self.run('-set_cover_merge=1', '-use_counters=0', '-use_cmp=0', least, self.corpus, self.found, stderr=subprocess.DEVNULL)
            kept = {path.name: path.read_bytes() for path in Path(least).iterdir()}

        for path in self.corpus.iterdir():
            if HASH.fullmatch(path.name):
                path.unlink()
        named = {path.read_bytes() for path in self.corpus.iterdir()}
        for name, data in kept.items():
            if data not in named:
                (self.corpus / name).write_bytes(data)
        print(f'{self.name:<16}{len(list(self.corpus.iterdir())):>6} inputs')


def last_number(before, text):
    numbers = re.findall(before + r'(\d+)', text)
    return numbers[-1] if numbers else '?'


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('build', type=Path, help='the build directory')
    parser.add_argument('targets', nargs='*', help='all if there are none')
    parser.add_argument('--seconds', type=int, default=10, help='for each target')
    parser.add_argument('--seed', type=int, default=0, help='of the random numbers; 0: another one each time')
    parser.add_argument('--runs', type=int, default=-1, help='for each target, at most; -1: as many as there is time for')
    parser.add_argument('--max-length', type=int, default=4096, help='of an input, in bytes')
    parser.add_argument('--minimise', action='store_true', help='the corpora, instead of fuzzing')
    options = parser.parse_intermixed_args()

    names = options.targets or sorted(path.name for path in (HERE / 'corpus').iterdir())
    targets = [Target(options.build.resolve(), name, options.max_length) for name in names]
    if options.minimise:
        for target in targets:
            target.minimise()
    else:
        sys.exit(not all([target.fuzz(options.seconds, options.seed, options.runs) for target in targets]))


if __name__ == '__main__':
    main()
