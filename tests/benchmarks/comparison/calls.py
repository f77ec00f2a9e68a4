# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Whole calls: the library's client beside others, and its server."""

from dataclasses import replace

from .cases import BARE, BINDINGS, JAVASCRIPT, OURS
from .instructions import count_call_instructions
from .turns import take_turns
from .worker import Refused, Worker

CLIENTS = [OURS, BARE, 'libsoup2', 'xmlrpc-c', 'python']
SERVERS = [OURS, BARE, 'xmlrpc-c', 'python']
# How many at a time; 0: synchronous calls, one after the other.
IN_FLIGHT = [0, 1, 16, 256]
# Each call on a connection of its own.
CONNECTIONS = [1, 16, 256]
MANY = 1000
# Of synchronous calls, each waiting for its own.
THREADS = [1, 4, 16]
# One client for all threads, and one for each.
SHARES = ['shared', 'apart']
# With nothing to send and to return, and with two integers.
FROM_SCRIPTS = ['sample.nothing', 'sample.add']
# Of a script: under asyncio, with promises, and in threads.
TOGETHER = 16


def measure_calls(programs, effort, log):
    return {
        'clients': measure_clients(programs, effort, log),
        'servers': measure_servers(programs, effort, log),
        'validator': measure_validator(programs, effort, log),
        'scripts': measure_scripts(programs, effort, log),
        'together': measure_together(programs, effort, log),
        'threads': measure_threads(programs, effort, log),
        'memory': measure_memory(programs, log),
        'instructions': count_instructions(programs, log) if effort.counts_instructions else {},
    }


def start(programs, kind, libraries, *arguments):
    """Those of them that are there."""
    commands = {library: programs.find(kind, library) for library in libraries}
    return {library: Worker([*command, *arguments])
            for library, command in commands.items() if command is not None}


def stop(workers):
    for worker in workers.values():
        worker.stop()


def per_call(results, effort):
    return {name: {'cpu': [cpu / effort.calls for cpu, _ in turns],
                   'wall': [wall / effort.calls for _, wall in turns]}
            for name, turns in results.items()}


def measure_clients(programs, effort, log):
    """Each client, of a server that takes next to no time."""
    servers = start(programs, 'server', [BARE])
    clients = start(programs, 'client', CLIENTS, servers[BARE].greeting)
    figures = {}
    for in_flight in IN_FLIGHT:
        log(f'clients, {in_flight} calls in flight')
        able = {name: client for name, client in clients.items()
                if can_call(client, effort.calls, in_flight)}
        results = take_turns(
            able, effort.call_rounds,
            lambda name: able[name].time('sample.add', effort.calls, in_flight))
        figures[in_flight] = per_call(results, effort)
    stop(clients)
    stop(servers)
    return figures


def can_call(client, calls, in_flight):
    """Whether it can have so many in flight; warms up."""
    try:
        client.time('sample.add', calls, in_flight)
        return True
    except Refused:
        return False


def measure_servers(programs, effort, log):
    """Our client, of each server."""
    servers = start(programs, 'server', SERVERS)
    clients = {name: start(programs, 'client', [OURS], server.greeting)[OURS]
               for name, server in servers.items()}
    return compare_servers(servers, clients, 'sample.add', IN_FLIGHT, effort, log)


def measure_validator(programs, effort, log):
    """Plain sockets, of the validator server and of the one that has the answer
    ready."""
    servers = {OURS: Worker([programs.validator]), **start(programs, 'server', [BARE])}
    clients = {name: Worker([programs.get('client-sockets'), server.greeting])
               for name, server in servers.items()}
    # Each connection has several of them.
    return compare_servers(servers, clients, 'validator1.easyStructTest', CONNECTIONS,
                           replace(effort, calls=4 * effort.calls), log)


def compare_servers(servers, clients, method, in_flights, effort, log):
    """Stops them all."""
    def measure(name):
        before = servers[name].cpu_seconds()
        _, wall = clients[name].time(method, effort.calls, in_flight)
        return servers[name].cpu_seconds() - before, wall

    figures = {}
    for in_flight in in_flights:
        log(f'servers, {in_flight} calls of {method} in flight')
        for client in clients.values():
            client.time(method, effort.calls, in_flight)
        results = take_turns(servers, effort.call_rounds, measure)
        figures[in_flight] = per_call(results, effort)
    stop(clients)
    stop(servers)
    return figures


def start_scripts(programs, uri):
    """The two clients in Python, and the one in JavaScript, or none."""
    commands = {BINDINGS: programs.find_from_python(BINDINGS),
                JAVASCRIPT: programs.find_in_javascript('client/bindings.js'),
                'python': programs.find_from_python('python')}
    if commands[BINDINGS] is None:
        return {}
    return {name: Worker([*command, uri]) for name, command in commands.items() if command is not None}


def measure_scripts(programs, effort, log):
    """Beside libsoup alone, of a server that is a program in C and of one in Python."""
    servers = start(programs, 'server', [BARE, 'python'])
    figures = {}
    for title, server in servers.items():
        log(f'calls from Python and JavaScript, server: {title}')
        clients = start_scripts(programs, server.greeting)
        if clients:
            clients.update(start(programs, 'client', [BARE], server.greeting))
            figures[title] = {method: compare_clients(clients, method, effort)
                              for method in FROM_SCRIPTS}
        stop(clients)
    stop(servers)
    return figures


def measure_together(programs, effort, log):
    """Several calls at a time; xmlrpc.client, which can only wait, waits in threads."""
    log(f'calls from Python and JavaScript, {TOGETHER} at a time')
    servers = start(programs, 'server', [BARE])
    clients = start_scripts(programs, servers[BARE].greeting)

    def measure(name):
        time = clients[name].time_apart if name == 'python' else clients[name].time
        return time('sample.add', effort.calls, TOGETHER)

    for name in clients:
        measure(name)
    figures = per_call(take_turns(clients, effort.call_rounds, measure), effort)
    stop(clients)
    stop(servers)
    return figures


def compare_clients(clients, method, effort):
    for client in clients.values():
        client.time(method, effort.calls, 0)
    results = take_turns(clients, effort.call_rounds,
                         lambda name: clients[name].time(method, effort.calls, 0))
    return per_call(results, effort)


def measure_threads(programs, effort, log):
    """Synchronous calls from several threads."""
    servers = start(programs, 'server', [BARE])
    clients = start(programs, 'client', CLIENTS, servers[BARE].greeting)
    figures = {}
    for share in SHARES:
        for threads in THREADS:
            log(f'calls from {threads} threads, {share}')
            figures.setdefault(share, {})[threads] = measure_thread_calls(clients, effort, share, threads)
    stop(clients)
    stop(servers)
    return figures


def measure_thread_calls(clients, effort, share, threads):
    def measure(name):
        cpu, wall = clients[name].ask(share, 'sample.add', effort.calls, threads).split()
        return float(cpu), float(wall)

    able = []
    for name in clients:
        try:
            measure(name)
            able.append(name)
        except Refused:
            pass
    return per_call(take_turns(able, effort.call_rounds, measure), effort)


def count_instructions(programs, log):
    servers = start(programs, 'server', [BARE])
    counts = count_call_instructions(programs, CLIENTS, IN_FLIGHT, servers[BARE].greeting, log)
    stop(servers)
    return counts


def measure_memory(programs, log):
    """Of each client: while a large reply comes, and with many in flight."""
    log('memory of calls')
    servers = start(programs, 'server', [BARE])
    figures = {'news': {}, 'many': {}}
    for what, question in [('news', ('sample.news', 1, 0)),
                           ('many', ('sample.add', MANY, MANY))]:
        for library in CLIENTS:
            clients = start(programs, 'client', [library], servers[BARE].greeting)
            for client in clients.values():
                try:
                    figures[what][library] = client.memory(*question)
                except Refused:
                    pass
            stop(clients)
    stop(servers)
    return figures
