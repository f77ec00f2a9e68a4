# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""dumps() and loads() in Python, of this library and of xmlrpc.client."""

from .cases import BINDINGS
from .codec import count_times
from .turns import take_turns
from .worker import Worker

ACTIONS = ['dumps-call', 'loads-call', 'dumps-response', 'loads-response']


class Action:
    """One of what a worker does."""

    def __init__(self, worker, name):
        self._worker = worker
        self._name = name

    def time(self, times):
        return self._worker.time(self._name, times)


def measure_messages(programs, effort, log):
    """The times of each by library."""
    commands = {name: programs.find_in_python('codec/messages.py', name) for name in (BINDINGS, 'python')}
    if commands[BINDINGS] is None:
        return {}
    workers = {name: Worker(command) for name, command in commands.items()}
    figures = {}
    for name in ACTIONS:
        log(f'messages in Python: {name}')
        actions = {library: Action(worker, name) for library, worker in workers.items()}
        times = {library: count_times(action, effort.seconds) for library, action in actions.items()}
        results = take_turns(actions, effort.rounds, lambda library: actions[library].time(times[library]))
        figures[name] = {library: {'cpu': [cpu / times[library] for cpu, _ in turns],
                                   'wall': [wall / times[library] for _, wall in turns]}
                         for library, turns in results.items()}
    for worker in workers.values():
        worker.stop()
    return figures
