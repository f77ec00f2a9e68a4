#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Whether the effort of decoding grows linearly with the length of a message.

test-growth.py FEED MEGABYTES [KIND]...: counts what documents of 1, 2, 4 and so on up to
so many MB take that are awkward in one way each, before and after they are handed over
to libxml2. Valgrind counts instructions, and estimates cycles from what misses its
simulated caches: a chain of a hash table that is too long shows there. Growth is
compared, never time.
"""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

MEGABYTE = 1024 * 1024

# How much more each further byte may take in the largest document than in the smallest.
MOST = 1.25

# Caches that the smallest document fills, too: else growth beyond one would be counted.
CACHES = ['--I1=32768,8,64', '--D1=32768,8,64', '--LL=524288,16,64']
# What kcachegrind takes for a miss of the first and of the last cache.
L1_MISS, LL_MISS = 10, 100


def measure(command):
    """Instructions and estimated cycles, for making the document, too."""
    result = subprocess.run(
        ['valgrind', '--tool=cachegrind', '--cachegrind-out-file=/dev/null', '--cache-sim=yes', *CACHES, *command],
        capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise RuntimeError(result.stderr)

    def read(name):
        return int(re.search(rf'{name}: +([\d,]+)', result.stderr)[1].replace(',', ''))

    instructions = read('I +refs')
    first, last = [sum(read(f'{cache} +misses') for cache in caches) for caches in (('I1', 'D1'), ('LLi', 'LLd'))]
    return instructions, instructions + L1_MISS * first + LL_MISS * last


def find_growth(sizes, costs):
    """How many times what a byte takes at first the last ones take."""
    first = (costs[1] - costs[0]) / (sizes[1] - sizes[0])
    last = (costs[-1] - costs[-2]) / (sizes[-1] - sizes[-2])
    return last / first


def main():
    program, largest, *chosen = sys.argv[1:]
    sizes = [2 ** i * MEGABYTE for i in range(int(largest).bit_length())]
    kinds = [line.split() for line in subprocess.run([program], capture_output=True, text=True, check=True).stdout.splitlines()]
    cases = [(kind, where) for kind, *is_plain in kinds if kind in chosen or not chosen
             for where in ([[], ['after']] if is_plain else [['after']])]

    failed = 0
    print(f'1..{len(cases)}', flush=True)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        futures = [[pool.submit(measure, [program, kind, str(size), *where]) for size in sizes] for kind, where in cases]
        for number, ((kind, where), results) in enumerate(zip(cases, futures), 1):
            costs = [future.result() for future in results]
            instructions, cycles = [find_growth(sizes, cost) for cost in zip(*costs)]
            per_byte = (costs[-1][0] - costs[0][0]) / (sizes[-1] - sizes[0])
            is_good = max(instructions, cycles) <= MOST
            failed += not is_good
            print(f'{"ok" if is_good else "not ok"} {number} - {kind}, {"after" if where else "before"} the hand-over: '
                  f'{per_byte:.1f} instructions a byte, {instructions:.2f} times as many at the end, '
                  f'{cycles:.2f} times as many cycles', flush=True)
    sys.exit(failed > 0)


if __name__ == '__main__':
    main()
