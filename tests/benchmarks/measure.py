# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""As measure.h, for the programs in Python."""

import ctypes
import gc
import re
import time
from pathlib import Path


def measure_time(function):
    """The processor's seconds, and those on the wall."""
    cpu, wall = time.process_time(), time.perf_counter()
    function()
    return (f'{time.process_time() - cpu:.9f} '
            f'{time.perf_counter() - wall:.9f}')


class Memory:
    """By how many bytes this process grows at most from now on."""

    def __init__(self):
        gc.collect()
        # Or else what was freed before would hide what is needed now.
        ctypes.CDLL(None).malloc_trim(0)
        Path('/proc/self/clear_refs').write_text('5')
        self._before = self._read('VmRSS')

    def peak(self):
        return max(0, self._read('VmHWM') - self._before)

    @staticmethod
    def _read(field):
        status = Path('/proc/self/status').read_text()
        return int(re.search(field + r':\s*(\d+)', status)[1]) * 1024
