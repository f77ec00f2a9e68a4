#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Looks for mistakes in the library with clang's analyzer and with cppcheck.

Both read how a build directory compiles it. What they find is printed and makes
this fail, but for what suppressions.txt lists, with the reasons.
"""

import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCES = HERE.parent.parent / 'xmlrpc-glib'

CHECKS = ','.join([
    '-*',
    'clang-analyzer-*',
    # It wants memcpy_s(), which the C library does not have.
    '-clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling',
])
FINDING = re.compile(r'^(?P<path>[^:\s]+):(?P<line>\d+):\d+: (?P<text>(warning|error|style|performance|portability): .*)$',
                     re.MULTILINE)


def list_sources(build):
    with open(build / 'compile_commands.json', encoding='utf-8') as file:
        paths = {(build / entry['file']).resolve() for entry in json.load(file)}
    return sorted(path for path in paths if path.is_relative_to(SOURCES))


def run(*command):
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        sys.exit(f'{command[0]} failed:\n{result.stdout}{result.stderr}')
    return result


def run_clang(build, path):
    return run('clang-tidy', '--quiet', '-p', build, f'--checks={CHECKS}', path).stdout


def run_cppcheck(build, sources):
    folders = [SOURCES, build / 'xmlrpc-glib' / 'include']
    # It does not read GLib's headers, but has a list of what is in them, nor libxml2's;
    # and it does not know that what checks an assertion ends there.
    defined = ['XML_RPC_COMPILATION', 'G_DISABLE_ASSERT', 'G_LOG_DOMAIN=""', 'G_DEFINE_QUARK(name,prefix)=',
               '__linux__', '__x86_64__', '__LP64__']
    return run('cppcheck', '-j', str(os.cpu_count()), '--quiet', '--library=gtk', '--library=posix',
               '--enable=warning,performance,portability',
               '--template={file}:{line}:{column}: {severity}: {message} [{id}]',
               *[f'-I{folder}' for folder in folders], *[f'-D{name}' for name in defined], *sources).stderr


def read_suppressions():
    lines = (HERE / 'suppressions.txt').read_text(encoding='utf-8').splitlines()
    return [line for line in lines if line and not line.startswith('#')]


def main():
    build = Path(sys.argv[1]).resolve()
    sources = list_sources(build)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        outputs = list(pool.map(lambda path: run_clang(build, path), sources))
    outputs.append(run_cppcheck(build, sources))

    findings = {(os.path.basename(match['path']), match['line'], match['text'])
                for output in outputs for match in FINDING.finditer(output)}
    unused = read_suppressions()
    left = 0
    for name, line, text in sorted(findings):
        known = [entry for entry in read_suppressions() if f'{name}: {text}'.startswith(entry)]
        unused = [entry for entry in unused if entry not in known]
        if not known:
            print(f'{name}:{line}: {text}')
            left += 1
    for entry in unused:
        print(f'suppressions.txt: nothing to suppress for "{entry}"')

    print(f'{len(sources)} files, {left} findings, {len(findings) - left} suppressed')
    sys.exit(left > 0 or not sources)


if __name__ == '__main__':
    main()
