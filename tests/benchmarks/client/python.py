#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Python's xmlrpc.client, told what to do as client.h says."""

import sys
import xmlrpc.client
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from measure import Memory, measure_time  # noqa: E402


def call(proxy, method, times):
    function = getattr(proxy, method)
    arguments = (2, 3) if method == 'sample.add' else ()
    for _ in range(times):
        if function(*arguments) != 5 and arguments:
            raise ValueError('a wrong reply')


def answer(proxy, line):
    command, method, times, in_flight = line.split()
    if in_flight != '0':
        raise ValueError('one call at a time')
    if command == 'time':
        return measure_time(lambda: call(proxy, method, int(times)))
    call(proxy, 'sample.add', 1)
    memory = Memory()
    call(proxy, method, int(times))
    return memory.peak()


def main(module=xmlrpc.client):
    with module.ServerProxy(sys.argv[1]) as proxy:
        print('ready', flush=True)
        for line in sys.stdin:
            try:
                print(answer(proxy, line), flush=True)
            except Exception as error:
                print(f'refused: {error}', flush=True)


if __name__ == '__main__':
    main()
