#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Tells whether a library was built with what makes attacks harder.

It is given the library, and a program that was compiled as the library was, and
copies its argument into a buffer of eight bytes.
"""

import re
import signal
import subprocess
import sys

PROMISES = {
    'the stack is protected': r'UND __stack_chk_fail\b',
    'what relocations write is read-only then': r'\bGNU_RELRO\b',
    'all symbols are bound at the start': r'\bBIND_NOW\b|\bFlags:.*\bNOW\b',
    'the stack is not executable': r'\bGNU_STACK\b.* RW +0x',
}


def read_library(path):
    return subprocess.run(['readelf', '--wide', '--program-headers', '--dynamic', '--dyn-syms', path],
                          check=True, capture_output=True, text=True).stdout


def is_checked(program):
    fits = subprocess.run([program, '1234567'], capture_output=True, check=False)
    overflows = subprocess.run([program, '12345678'], capture_output=True, check=False)
    return (fits.returncode == 0 and overflows.returncode == -signal.SIGABRT
            and b'buffer overflow detected' in overflows.stderr)


library, program = sys.argv[1:]
text = read_library(library)
results = [(bool(re.search(pattern, text)), promise) for promise, pattern in PROMISES.items()]
results.append((is_checked(program), 'buffers of known size are protected'))
print(f'1..{len(results)}')
for number, (holds, promise) in enumerate(results, 1):
    print(f'{"ok" if holds else "not ok"} {number} {promise}')
