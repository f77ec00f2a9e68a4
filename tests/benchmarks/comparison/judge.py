# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Whether what a library decoded, and wrote again, is still the same.

Python's xmlrpc.client reads both.
"""

import math
import xmlrpc.client

from .worker import Worker


class Judge:
    def __init__(self, document):
        self._document = document
        self._expected = read(document)

    def check(self, arguments):
        written = self._document.with_suffix('.written')
        with Worker(arguments) as worker:
            worker.ask('write', written)
        try:
            if written.read_bytes() == self._document.read_bytes():
                return 'same'
            return compare(self._expected, read(written))
        finally:
            written.unlink()


def read(path):
    return xmlrpc.client.loads(path.read_bytes())[0][0]


def compare(expected, got):
    if expected == got:
        return 'same'
    return 'inexact' if is_close(expected, got) else 'wrong'


def is_close(expected, got):
    """Whether nothing but digits of doubles was lost."""
    if isinstance(expected, float) and isinstance(got, float):
        return math.isclose(expected, got, rel_tol=1e-3, abs_tol=1e-3)
    if isinstance(expected, list) and isinstance(got, list):
        return (len(expected) == len(got)
                and all(map(is_close, expected, got)))
    if isinstance(expected, dict) and isinstance(got, dict):
        return (expected.keys() == got.keys()
                and all(is_close(value, got[key])
                        for key, value in expected.items()))
    return expected == got
