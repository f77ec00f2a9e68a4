# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Decoding and encoding: time, memory, and whether the result is right."""

import math
import subprocess

from .cases import CASES, OURS, PARSER, PEERS, SEARCHER
from .judge import Judge
from .turns import take_turns
from .worker import Refused, Worker

MODES = {
    'decode': [OURS, PARSER, *PEERS, SEARCHER],
    # The others cannot be told what to expect.
    'typed': [OURS, 'libsoup2'],
    'encode': [OURS, *PEERS, SEARCHER],
}


def measure_codec(programs, directory, effort, log):
    """Figures by case, mode and library."""
    directory.mkdir(exist_ok=True)
    subprocess.run([programs.get('write-documents'), directory,
                    *[case.name for case in CASES]], check=True)

    return {case.name: measure_case(programs, directory, case, effort, log)
            for case in CASES}


def measure_case(programs, directory, case, effort, log):
    document = directory / f'{case.name}.xml'
    judge = Judge(document)
    modes = {}
    for mode in MODES:
        if mode == 'typed' and case.type is None:
            continue
        log(f'{case.name}: {mode}')
        modes[mode] = measure_mode(
            list_programs(programs, document, case, mode), case,
            # What was decoded is encoded again, to be judged.
            judge if mode != 'encode' else None, effort)
    return {'bytes': document.stat().st_size, 'modes': modes}


def list_programs(programs, document, case, mode):
    """The arguments that start the program of each library that is there."""
    commands = {}
    for library in MODES[mode]:
        command = programs.find('codec', library)
        if command is not None:
            commands[library] = [
                *command, str(document),
                'encode' if mode == 'encode' else 'decode',
                *([case.type] if mode == 'typed' else [])]
    return commands


def measure_mode(commands, case, judge, effort):
    figures = {library: {} for library in commands}
    workers, times = {}, {}

    for library, command in commands.items():
        try:
            if judge is not None and library != PARSER:
                figures[library]['verdict'] = judge.check(command)
            if case.is_large:
                with Worker(command) as worker:
                    figures[library]['memory'] = worker.memory()
            workers[library] = Worker(command)
            times[library] = count_times(workers[library], effort.seconds)
        except Refused as refusal:
            figures[library]['refused'] = str(refusal)

    results = take_turns(workers, effort.rounds,
                         lambda library: workers[library].time(times[library]))
    for library, worker in workers.items():
        worker.stop()
        figures[library]['cpu'] = [cpu / times[library]
                                   for cpu, _ in results[library]]
        figures[library]['wall'] = [wall / times[library]
                                    for _, wall in results[library]]
    return figures


def count_times(worker, seconds):
    """How often to do it for as many seconds; warms up."""
    times = 1
    while (cpu := worker.time(times)[0]) < seconds / 4:
        times *= 4
    return math.ceil(times * seconds / cpu)
