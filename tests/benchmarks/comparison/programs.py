# SPDX-License-Identifier: LGPL-2.1-or-later
"""Where the programs are that measure, and which of them there are."""

import sys
from pathlib import Path

SOURCES = Path(__file__).resolve().parent.parent


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

    def get(self, name):
        return self._programs / name
