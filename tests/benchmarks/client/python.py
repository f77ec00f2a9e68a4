#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Python's xmlrpc.client, told what to do as client.h says."""

import sys
import threading
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


def call_apart(module, method, times, n_threads):
    """Each thread has a client of its own."""
    def run():
        with module.ServerProxy(sys.argv[1]) as proxy:
            call(proxy, method, times // n_threads)

    threads = [threading.Thread(target=run) for _ in range(n_threads)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def answer(module, proxy, call_many, line):
    command, method, times, number = line.split()
    if command == 'apart':
        return measure_time(lambda: call_apart(module, method, int(times), int(number)))
    if number != '0':
        if call_many is None:
            raise ValueError('one call at a time')
        return measure_time(lambda: call_many(proxy, method, int(times), int(number)))
    if command == 'time':
        return measure_time(lambda: call(proxy, method, int(times)))
    call(proxy, 'sample.add', 1)
    memory = Memory()
    call(proxy, method, int(times))
    return memory.peak()


def main(module=xmlrpc.client, call_many=None):
    with module.ServerProxy(sys.argv[1]) as proxy:
        print('ready', flush=True)
        for line in sys.stdin:
            try:
                print(answer(module, proxy, call_many, line), flush=True)
            except Exception as error:
                print(f'refused: {error}', flush=True)


if __name__ == '__main__':
    main()
