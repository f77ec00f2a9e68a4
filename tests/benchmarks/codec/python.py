#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Python's xmlrpc.client, told what to do as codec.h says."""

import sys
import xmlrpc.client
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from measure import Memory, measure_time  # noqa: E402

TINY = xmlrpc.client.dumps(([7],), methodresponse=True).encode()


def decode(document):
    return xmlrpc.client.loads(document)[0][0]


def encode(value):
    # As xmlrpc.client.ServerProxy does.
    return xmlrpc.client.dumps((value,), methodresponse=True, allow_none=True) \
        .encode('utf-8', 'xmlcharrefreplace')


def repeat(function, argument, times):
    for _ in range(times):
        function(argument)


def answer(line, document, function, argument):
    command, *rest = line.split()
    if command == 'time':
        return measure_time(lambda: repeat(function, argument, int(rest[0])))
    if command == 'memory':
        memory = Memory()
        function(argument)
        return memory.peak()
    return Path(rest[0]).write_bytes(encode(decode(document)))


def main():
    document = Path(sys.argv[1]).read_bytes()
    encode(decode(TINY))
    if sys.argv[2] == 'encode':
        function, argument = encode, decode(document)
    else:
        function, argument = decode, document

    print('ready', flush=True)
    for line in sys.stdin:
        try:
            print(answer(line, document, function, argument), flush=True)
        except Exception as error:
            print(f'refused: {error}', flush=True)


if __name__ == '__main__':
    main()
