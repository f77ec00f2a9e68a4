# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""How many instructions decoding and encoding take, by callgrind.

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


def count(command, times):
    """What some more times add, when it has been done once."""
    return (collect(command, 1 + times) - collect(command, 1)) / times


def collect(command, times):
    # Without it, Python's dictionaries are others each time.
    environment = {**os.environ, 'PYTHONHASHSEED': '0'}
    result = subprocess.run(
        ['valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null',
         *command], env=environment,
        input=f'time {times}\n', text=True, capture_output=True, check=True)
    return int(re.search(r'Collected : (\d+)', result.stderr)[1])
