# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""How time and memory grow with a message, which comes from a pipe."""

import subprocess


def measure_growth(programs, largest, log):
    """Rows of figures by mode, from 1 KB on."""
    rows = {'decode': [], 'encode': []}
    size = 1000
    while size <= largest:
        for mode in rows:
            log(f'growth: {mode} {size:,} bytes')
            rows[mode].append(measure(programs, mode, size))
        size *= 10
    return rows


def measure(programs, mode, size):
    # As much altogether for the small ones as for one of 100 MB.
    times = min(2000, max(1, 10**8 // size))
    output = subprocess.run(
        [programs.get('growth'), mode, str(size), str(times)],
        check=True, capture_output=True, text=True).stdout
    length, value_length, seconds, memory = output.split()
    return {'bytes': int(length), 'value': int(value_length),
            'cpu': float(seconds), 'memory': int(memory)}
