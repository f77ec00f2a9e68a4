# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What it was measured on, and of which versions."""

import os
import platform
import re
import subprocess
from datetime import date
from pathlib import Path

from .cases import OURS, PEERS, SEARCHER, TITLES


def describe_machine():
    return {
        'date': date.today().isoformat(),
        'processor': f'{read_processor()}, {os.cpu_count()} of its threads',
        'memory': f'{os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30:.0f} GiB',
        'system': f'{platform.freedesktop_os_release()["PRETTY_NAME"]}, '
                  f'Linux {platform.release()}',
        # Of other programs: with more than there are processors, the time on
        # the wall tells little.
        'load before': f'{os.getloadavg()[0]:.2f}',
    }


def read_processor():
    cpuinfo = Path('/proc/cpuinfo').read_text()
    name = re.search(r'model name\s*: (.*)', cpuinfo)
    return name[1] if name else platform.machine()


def find_versions(programs):
    """By library; None is missing."""
    versions = {
        OURS: ask('pkg-config', '--modversion',
                  programs.build_dir / 'meson-uninstalled/xmlrpc-glib-1.0-uninstalled.pc'),
        'libsoup2': ask('pkg-config', '--modversion', 'libsoup-2.4'),
        'xmlrpc-c': ask('xmlrpc-c-config', '--version'),
        'xmlrpc-epi': ask('dpkg-query', '-W', '-f=${Version}', 'libxmlrpc-epi-dev'),
        'python': platform.python_version(),
        SEARCHER: ask('dpkg-query', '-W', '-f=${Version}', 'libflxmlrpc-dev'),
    }
    for name in [*PEERS, SEARCHER]:
        if programs.find('codec', name) is None:
            versions[name] = None
        elif versions[name] is None:
            versions[name] = 'unknown'
    versions |= {name: ask('pkg-config', '--modversion', module)
                 for name, module in [('libxml2', 'libxml-2.0'), ('libsoup 3', 'libsoup-3.0'),
                                      ('GLib', 'glib-2.0')]}
    return versions


def list_missing(versions):
    return [TITLES[name] for name in [*PEERS, SEARCHER] if versions[name] is None]


def ask(*command):
    try:
        return subprocess.run(command, check=True, capture_output=True,
                              text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None
