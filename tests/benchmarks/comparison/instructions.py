# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""How many instructions decoding, encoding and calls take, by callgrind.

They hardly depend on the machine, nor on what else it has to do.
"""

import os
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

from .cases import CASES, OURS, PARSER
from .codec import list_programs

# Of the large cases one, in which the document takes more than the rest.
LARGE = 'news'
TIMES = 20
# The difference of two runs; both have more than are in flight.
CALLS = 260, 460


def count_instructions(programs, directory, log):
    """Instructions of one time by case, mode and library."""
    if shutil.which('valgrind') is None:
        return {}

    log('counting instructions')
    jobs = [(case.name, mode, library, command)
            for case in CASES if not case.is_large or case.name == LARGE
            for mode in ('decode', 'encode')
            for library, command in list_programs(
                programs, directory / f'{case.name}.xml', case, mode).items()
            if not case.is_large or library in (OURS, PARSER)]
    results = {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        counts = pool.map(lambda job: count(job[3], 1 if job[0] == LARGE else TIMES), jobs)
        for (case, mode, library, _), instructions in zip(jobs, counts):
            results.setdefault(case, {}).setdefault(mode, {})[library] = instructions
    return results


def count_call_instructions(programs, libraries, in_flights, uri, log):
    """Instructions of the client for one call, by how many are in flight and library."""
    if shutil.which('valgrind') is None:
        return {}

    log('counting instructions of calls')
    jobs = [(in_flight, library, [*programs.find('client', library), uri])
            for in_flight in in_flights
            for library in libraries if programs.find('client', library) is not None]
    results = {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        counts = pool.map(lambda job: count_calls(job[2], job[0]), jobs)
        for (in_flight, library, _), instructions in zip(jobs, counts):
            if instructions is not None:
                results.setdefault(in_flight, {})[library] = instructions
    return results


def count_calls(command, in_flight):
    """What some more calls add, or None if it cannot have so many in flight."""
    fewer = collect(command, f'sample.add {CALLS[0]} {in_flight}')
    if fewer is None:
        return None
    more = collect(command, f'sample.add {CALLS[1]} {in_flight}')
    return (more - fewer) / (CALLS[1] - CALLS[0])


def count(command, times):
    """What some more times add, when it has been done once."""
    return (collect(command, 1 + times) - collect(command, 1)) / times


def collect(command, what):
    """The instructions of a process that does it; None if it refuses."""
    # Without it, Python's dictionaries are others each time.
    environment = {**os.environ, 'PYTHONHASHSEED': '0'}
    result = subprocess.run(
        ['valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null',
         *command], env=environment,
        input=f'time {what}\n', text=True, capture_output=True, check=True)
    if 'refused: ' in result.stdout:
        return None
    return int(re.search(r'Collected : (\d+)', result.stderr)[1])
