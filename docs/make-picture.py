#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Draws what a command prints, as a terminal shows it:

    make-picture.py COMMAND < OUTPUT > PICTURE.svg
"""

import re
import sys
import textwrap
import unicodedata
from html import escape

# In pixels; most monospaced fonts are 0.6 as wide as high.
SIZE, LINE, MARGIN, BAR = 14, 20, 16, 28
COLUMN = SIZE * 0.6
# Longer lines are broken between words, or else nobody could read them on a phone.
COLUMNS = 54

HEAD = '''\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">
<title>What {command} prints</title>
<rect width="100%" height="100%" rx="8" fill="#241f31"/>
<rect width="100%" height="{bar}" rx="8" fill="#3d3846"/>
<circle cx="18" cy="14" r="5" fill="#ed333b"/><circle cx="36" cy="14" r="5" fill="#f6d32d"/>\
<circle cx="54" cy="14" r="5" fill="#57e389"/>
<g font-family="monospace" font-size="{size}" fill="#f6f5f4">
'''


def count_columns(text):
    return sum(2 if unicodedata.east_asian_width(character) in 'WF' else 1
               for character in text)


def break_line(line):
    """Continues below the text, behind the number of an item."""
    indent = len(re.match(r'\s*(?:\d+\. )?', line)[0])
    return textwrap.wrap(line, COLUMNS, subsequent_indent=indent * ' ', break_long_words=False,
                         break_on_hyphens=False) or ['']


def draw(command, output):
    lines = [f'$ {command}']
    for line in output.rstrip('\n').split('\n'):
        lines += break_line(line)
    width = round(max(map(count_columns, lines)) * COLUMN) + 2 * MARGIN
    height = BAR + len(lines) * LINE + 2 * MARGIN
    yield HEAD.format(width=width, height=height, bar=BAR, size=SIZE,
                      command=escape(command))
    for number, line in enumerate(lines, 1):
        if line:
            # Not all that show pictures keep spaces at the beginning.
            text = line.lstrip()
            x = MARGIN + (len(line) - len(text)) * COLUMN
            y = BAR + MARGIN + (number - 1) * LINE + SIZE
            color = ' fill="#57e389"' if number == 1 else ''
            yield (f'<text x="{x:g}" y="{y}"{color}>'
                   f'{escape(text, quote=False)}</text>\n')
    yield '</g>\n</svg>\n'


if __name__ == '__main__':
    sys.stdout.writelines(draw(' '.join(sys.argv[1:]), sys.stdin.read()))
