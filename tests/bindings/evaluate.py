#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Prints what expressions with `server`, Python's own proxy, evaluate to:
evaluate.py URI EXPRESSION..."""

import datetime
import sys
from xmlrpc.client import Fault, MultiCall, ServerProxy


def main():
    uri, *expressions = sys.argv[1:]
    with ServerProxy(uri, allow_none=True, use_builtin_types=True) as server:
        names = {'server': server, 'datetime': datetime, 'MultiCall': MultiCall}
        for expression in expressions:
            try:
                print(repr(eval(expression, names)))
            except Fault as fault:
                print(f'Fault {fault.faultCode}: {fault.faultString}')


if __name__ == '__main__':
    main()
