#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Keeps the programs of the guides as they are now:

    tests/abi/keep.py VERSION

It writes what is in the blocks of each guide, and nothing else, to a page of the same
name in tests/abi/VERSION, and the names of the pages to pages.txt there, which Meson reads.
From then on later versions have to compile and run these programs. Until a minor version is
released it may be called again, so that its programs are those of the guides that go out
with it; after that, never."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / 'tests' / 'docs'))

from page import write_blocks  # noqa: E402

# The others build the library, are about its tool, or have no program.
PAGES = [
    'async-and-threads.md',
    'authentication.md',
    'errors.md',
    'from-xmlrpc-c.md',
    'from-xmlrpc-client.md',
    'from-xmlrpc-server.md',
    'headers-and-cookies.md',
    'javascript.md',
    'many-calls.md',
    'migrating-from-libsoup-2.4.md',
    'objects.md',
    'python.md',
    'server-access.md',
    'server-limits.md',
    'server-logging.md',
    'server-methods-that-take-time.md',
    'server-page.md',
    'server-shutdown.md',
    'server-signatures.md',
    'server.md',
    'sockets-and-proxies.md',
    'stability.md',
    'testing.md',
    'timeouts.md',
    'tls.md',
    'troubleshooting.md',
    'tutorial-first-call.md',
    'tutorial-not-blocking.md',
    'tutorial-server.md',
    'tutorial-shipping.md',
    'types.md',
    'vala.md',
    'values.md',
]


def main():
    [version] = sys.argv[1:]
    target = ROOT / 'tests' / 'abi' / version
    target.mkdir(exist_ok=True)
    for old in target.glob('*.md'):
        old.unlink()
    for page in PAGES:
        blocks = write_blocks((ROOT / 'docs' / page).read_text('utf-8'))
        (target / page).write_text(blocks, 'utf-8')
    (target / 'pages.txt').write_text('\n'.join(PAGES) + '\n', 'utf-8')


if __name__ == '__main__':
    main()
