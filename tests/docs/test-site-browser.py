#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The site in a real browser: test-site-browser.py SITE

See browse-site.js. Skipped without node, Chromium, or Playwright (the package
playwright-core of npm); with axe-core of npm, the pages are accessible, too."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
# Where `run` installs them.
PACKAGES = HERE.parent.parent / '_build/npm/node_modules'
PLAYWRIGHT, AXE = PACKAGES / 'playwright-core', PACKAGES / 'axe-core/axe.min.js'


def main():
    node, chromium = shutil.which('node'), shutil.which('chromium')
    for there, name in [(node, 'node'), (chromium, 'chromium'), (PLAYWRIGHT.exists(), 'playwright-core')]:
        if not there:
            print(f'1..0 # SKIP no {name}')
            return 0
    # What the tests of the library set makes the browser slow.
    environment = {name: os.environ[name] for name in ('HOME', 'LC_ALL', 'PAGES', 'PATH', 'TMPDIR')
                   if name in os.environ}
    return subprocess.call([node, HERE / 'browse-site.js', PLAYWRIGHT, chromium,
                            AXE if AXE.exists() else '', sys.argv[1]], env=environment)


if __name__ == '__main__':
    sys.exit(main())
