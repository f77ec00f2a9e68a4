# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Where the programs are that measure, and which of them there are."""

import shutil
import subprocess
import sys
from pathlib import Path

SOURCES = Path(__file__).resolve().parent.parent
BINDINGS = SOURCES.parent.parent / 'xmlrpc-glib' / 'bindings'


def find_python():
    """The one that has PyGObject, or None."""
    for python in sys.executable, '/usr/bin/python3':
        found = subprocess.run([python, '-c', 'import gi'], stderr=subprocess.DEVNULL, check=False)
        if found.returncode == 0:
            return python
    return None


class Programs:
    def __init__(self, build_dir):
        self.build_dir = Path(build_dir)
        self.validator = self.build_dir / 'docs' / 'examples' / 'validator-server'
        self._programs = self.build_dir / 'tests' / 'benchmarks'

    def find(self, kind, library):
        """The arguments that start one, or None if it was not built."""
        script = SOURCES / kind / f'{library}.py'
        if script.exists():
            return [sys.executable, str(script)]
        program = self.get(f'{kind}-{library}')
        return [str(program)] if program.exists() else None

    def find_from_python(self, client):
        """The same for a client in Python, which finds this library there."""
        return self.find_in_python(f'client/{client}.py')

    def find_in_python(self, script, *arguments):
        """The arguments that start a script which may use this library, or None."""
        python = find_python()
        return python and [*self._introspected(), f'PYTHONPATH={BINDINGS / "python"}', 'PYTHONDONTWRITEBYTECODE=1',
                           python, str(SOURCES / script), *arguments]

    def find_in_javascript(self, script):
        """The same for a script of GJS."""
        gjs = shutil.which('gjs')
        return gjs and [*self._introspected(), f'GJS_PATH={BINDINGS}', gjs, '-m', str(SOURCES / script)]

    def _introspected(self):
        library = self.build_dir.resolve() / 'xmlrpc-glib'
        return ['env', f'GI_TYPELIB_PATH={library}', f'LD_LIBRARY_PATH={library}']

    def get(self, name):
        return self._programs / name
