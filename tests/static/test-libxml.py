#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Whether libxml2 is used by its public interface only.

test-libxml.py BUILD: two files may include its headers, one for XML and one for HTML; they
compile without a deprecated symbol of the libxml2 that is installed; and they read no
members of libxml2's structs but those of an error, which are documented to be read.
"""

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[2] / 'xmlrpc-glib'
USERS = ['xml-rpc-html.c', 'xml-rpc-libxml.c']
READABLE = {'xmlError', '_xmlError'}

# In clang's tree the struct is told by the expression below, with its type.
MEMBER = re.compile(r'MemberExpr .*?(?:->|\.)(\w+) 0x[0-9a-f]+\n.*?0x[0-9a-f]+ <[^>]*> (.*)')


def find_command(build, path):
    for entry in json.loads((build / 'compile_commands.json').read_text(encoding='utf-8')):
        if (build / entry['file']).resolve() == path:
            return shlex.split(entry['command'])[1:]
    raise LookupError(path)


def compile_with(compiler, build, path, *options):
    # The compilers need not know each other's warnings.
    known = [option for option in find_command(build, path) if not option.startswith('-W')]
    return subprocess.run([compiler, *known, '-fsyntax-only', *options], cwd=build,
                          capture_output=True, text=True, check=False)


def find_members(tree):
    """The members that are read of structs of libxml2."""
    for name, types in MEMBER.findall(tree):
        for struct in re.findall(r'\b_?xml[A-Z]\w*', types):
            if struct not in READABLE:
                yield f'{struct}.{name}'


def main():
    build = Path(sys.argv[1]).resolve()
    users = sorted(path for path in SOURCES.rglob('*.[ch]') if re.search(r'#\s*include <libxml/', path.read_text(encoding='utf-8')))
    failed = 0

    def report(number, name, problems, skip=''):
        nonlocal failed
        failed += bool(problems)
        print(f'{"not ok" if problems else "ok"} {number} - {name}{" # SKIP " + skip if skip else ""}')
        for problem in problems:
            print(f'# {problem}')

    print('1..3')
    report(1, 'two files include headers of libxml2',
           [str(path) for path in users] if [path.name for path in users] != USERS else [])

    deprecated = [compile_with('cc', build, path, '-Werror=deprecated-declarations') for path in users]
    report(2, 'no symbol that is used is deprecated', [line for run in deprecated for line in run.stderr.splitlines()])

    if shutil.which('clang') is None:
        report(3, 'no members of structs are read', [], 'clang is not installed')
    else:
        trees = [compile_with('clang', build, path, '-w', '-Xclang', '-ast-dump', '-fno-color-diagnostics') for path in users]
        report(3, 'no members of structs are read',
               [line for tree in trees for line in [*tree.stderr.splitlines(), *sorted(set(find_members(tree.stdout)))]])
    sys.exit(failed > 0)


if __name__ == '__main__':
    main()
