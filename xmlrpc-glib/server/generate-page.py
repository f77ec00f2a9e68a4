#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Write the files of the documentation page as the strings of C that
xml-rpc-documentation-private.h declares: generate-page.py OUTPUT FILE..."""

import sys
from pathlib import Path

ESCAPES = {'"': '\\"', '\\': '\\\\', '\n': '\\n'}


def escape(line):
    """As a literal, in which nothing is read as a trigraph."""
    return ''.join(ESCAPES.get(character, character) for character in line).replace('??', '?""?')


def write(out, path):
    name = path.suffix[1:]
    out.write(f'\nconst char xml_rpc_page_{name}[] =\n')
    for line in path.read_text('utf-8').splitlines(keepends=True):
        out.write(f'  "{escape(line)}"\n')
    out.write('  ;\n')


def main(output, *paths):
    with open(output, 'w', encoding='utf-8') as out:
        out.write('/* Written by generate-page.py. */\n\n'
                  '#include "server/xml-rpc-documentation-private.h"\n')
        for path in paths:
            write(out, Path(path))


if __name__ == '__main__':
    main(*sys.argv[1:])
