#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Tells whether a library was built with what makes attacks harder."""

import re
import subprocess
import sys

PROMISES = {
    'the stack is protected': r'UND __stack_chk_fail\b',
    'buffers of known size are protected': r'UND __(?!stack)\w+_chk\b',
    'what relocations write is read-only then': r'\bGNU_RELRO\b',
    'all symbols are bound at the start': r'\bBIND_NOW\b|\bFlags:.*\bNOW\b',
    'the stack is not executable': r'\bGNU_STACK\b.* RW +0x',
}

text = subprocess.run(['readelf', '--wide', '--program-headers', '--dynamic', '--dyn-syms', sys.argv[1]],
                      check=True, capture_output=True, text=True).stdout
print(f'1..{len(PROMISES)}')
for number, (promise, pattern) in enumerate(PROMISES.items(), 1):
    print(f'{"ok" if re.search(pattern, text) else "not ok"} {number} {promise}')
