# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The figures as Markdown."""

from .cases import BARE, BINDINGS, CASES, OURS, PARSER, PEERS, SEARCHER, TITLES
from .goals import judge_goals
from .turns import median

MODE_TITLES = {
    'decode': 'Decoding, to natural types',
    'typed': 'Decoding, to an expected type',
    'encode': 'Encoding',
}


def write_report(results):
    parts = [*write_machine(results), *write_slower(results), *write_goals(results)]
    for mode, title in MODE_TITLES.items():
        parts += write_times(results, mode, title)
    parts += write_verdicts(results)
    parts += write_memory(results)
    if results['instructions']:
        parts += write_instructions(results)
    parts += write_calls(results)
    if results.get('messages'):
        parts += write_messages(results['messages'])
    parts += write_growth(results)
    return '\n'.join(parts)


def table(header, rows):
    yield '| ' + ' | '.join(header) + ' |'
    yield '| --- |' + ' ---: |' * (len(header) - 1)
    for row in rows:
        yield '| ' + ' | '.join(row) + ' |'
    yield ''


def section(title):
    return [f'### {title}', '']


def write_machine(results):
    yield from section('The machine')
    for name, value in results['machine'].items():
        yield f'- {name}: {value}'
    yield ''
    yield from table(['library', 'version'],
                     [[TITLES.get(name, name), version or 'missing']
                      for name, version in results['versions'].items()])


def write_slower(results):
    """Where another library is faster, the worst first."""
    slower = sorted(find_slower(results), reverse=True)
    yield from section('What is slower')
    if not slower:
        yield 'No other library is faster in anything that is measured here.'
        yield ''
        return
    yield ('Where another library needs less CPU time or fewer instructions, and how many times '
           'as much xmlrpc-glib needs.')
    yield ''
    yield from table(['what', 'xmlrpc-glib', 'the best', 'times as much'],
                     [[what, show(ours), f'{show(best)} ({TITLES[name]})', f'{times:.2f}']
                      for times, what, ours, best, name, show in slower])


def find_slower(results):
    for what, figures, show in list_comparisons(results):
        peers = {name: figure for name, figure in figures.items() if name not in (OURS, PARSER, BARE)}
        if OURS not in figures or not peers:
            continue
        name = min(peers, key=peers.get)
        if peers[name] < figures[OURS]:
            yield figures[OURS] / peers[name], what, figures[OURS], peers[name], name, show


def list_comparisons(results):
    """What is compared, with the figures of the libraries."""
    for case, entry in results['codec'].items():
        for mode, figures in entry['modes'].items():
            yield f'{mode} {case}', find_cpu(figures), show_seconds
    for kind in ('clients', 'servers'):
        for in_flight, figures in results['calls'][kind].items():
            yield f'calls, {kind}, {show_in_flight(in_flight)}', find_cpu(figures), show_seconds
    for share, rows in results['calls'].get('threads', {}).items():
        for threads, figures in rows.items():
            yield f'calls, {show_threads(share, threads)}', find_cpu(figures), show_seconds
    for in_flight, figures in results['calls'].get('instructions', {}).items():
        yield f'instructions of a call, {show_in_flight(in_flight)}', figures, show_count


def find_cpu(figures):
    return {name: median(figure['cpu']) for name, figure in figures.items() if 'cpu' in figure}


def show_count(number):
    return f'{number:,.0f}'


def write_goals(results):
    yield from section('The goals')
    yield from table(['goal', 'measured', ''],
                     [[goal.goal, goal.figure, 'met' if goal.is_met else 'missed']
                      for goal in judge_goals(results)])


def list_libraries(results, mode):
    """Those with a figure, in the order of the tables."""
    there = {name for case in results['codec'].values()
             for name in case['modes'].get(mode, {})}
    return [name for name in [OURS, *PEERS, SEARCHER, PARSER] if name in there]


def write_times(results, mode, title):
    libraries = list_libraries(results, mode)
    rows = []
    for case in CASES:
        figures = results['codec'][case.name]['modes'].get(mode)
        if figures is None:
            continue
        size = results['codec'][case.name]['bytes']
        name = case.name if mode != 'typed' else f'{case.name} (`{case.type}`)'
        rows.append([name, show_bytes(size),
                     *[show_time(figures.get(library, {}), size) for library in libraries]])
    yield from section(title)
    yield 'CPU time, and the XML read or written per second.'
    yield ''
    yield from table(['case', 'XML', *[TITLES[name] for name in libraries]], rows)


def show_time(figures, size):
    if 'cpu' not in figures:
        return 'refused' if 'refused' in figures else ''
    seconds = median(figures['cpu'])
    return f'{show_seconds(seconds)}, {size / seconds / 1e6:.0f} MB/s'


def show_seconds(seconds):
    unit, factor = ('ms', 1e3) if seconds >= 1e-3 else ('µs', 1e6)
    value = seconds * factor
    return f'{value:.0f} {unit}' if value >= 100 else f'{value:.3g} {unit}'


def show_bytes(size):
    for unit, factor in [('GB', 1e9), ('MB', 1e6), ('KB', 1e3)]:
        if size >= factor:
            value = size / factor
            return f'{value:.0f} {unit}' if value >= 100 else f'{value:.3g} {unit}'
    return f'{size} B'


def write_verdicts(results):
    """What is wrong with which library's results, if anything."""
    notes = {}
    for case, entry in results['codec'].items():
        for figures in entry['modes'].values():
            for library, figure in figures.items():
                if 'refused' in figure:
                    note = f'refuses {{}}: {figure["refused"]}'
                elif figure.get('verdict') == 'inexact':
                    note = 'loses digits of doubles in {}'
                elif figure.get('verdict') == 'wrong':
                    note = 'returns something else in {}'
                else:
                    continue
                notes.setdefault((library, note), {})[case] = None
    if notes:
        for (library, note), cases in notes.items():
            yield f'- {TITLES[library]} ' + note.format(', '.join(cases)) + '.'
        yield ''


def write_memory(results):
    yield from section('Peak memory')
    yield ('By how much the process grows at most, beyond the document that it reads, '
           'or the value that it writes.')
    yield ''
    libraries = [OURS, *PEERS, SEARCHER]
    rows = []
    for case in CASES:
        if not case.is_large:
            continue
        for mode, figures in results['codec'][case.name]['modes'].items():
            rows.append([f'{case.name}, {mode}',
                         show_bytes(results['codec'][case.name]['bytes']),
                         *[show_memory(figures.get(library, {})) for library in libraries]])
    yield from table(['case', 'XML', *[TITLES[name] for name in libraries]], rows)


def show_memory(figures):
    return show_bytes(figures['memory']) if 'memory' in figures else ''


def write_instructions(results):
    yield from section('Instructions')
    yield 'Of one message, by callgrind.'
    yield ''
    libraries = [OURS, *PEERS, SEARCHER, PARSER]
    yield from table(['case', *[TITLES[name] for name in libraries]],
                     [[f'{case}, {mode}',
                       *[f'{figures[library]:,.0f}' if library in figures else ''
                         for library in libraries]]
                      for case, modes in results['instructions'].items()
                      for mode, figures in modes.items()])


def write_messages(figures):
    yield from section('Messages in Python')
    yield ('CPU time of `dumps()` and `loads()`: of a call with three parameters, and of a response with '
           'a list of 1,000 structs.')
    yield ''
    names = [name for name in (BINDINGS, 'python') if name in next(iter(figures.values()))]
    yield from table(['', *[TITLES[name] for name in names]],
                     [[show_action(action), *[show_seconds(median(turns[name]['cpu'])) for name in names]]
                      for action, turns in figures.items()])


def show_action(action):
    function, _, message = action.partition('-')
    return f'`{function}()`, {message}'


def write_calls_from_scripts(figures):
    yield from section('Calls: clients in Python and JavaScript')
    yield ('Sequential calls of a method that takes and returns nothing, and of the one above. '
           "The servers are the one above, in C, and Python's, which sends header and body of a "
           'response in one packet.')
    yield ''
    columns = {f'{TITLES[server]}, `{method}`': clients
               for server, methods in figures.items() for method, clients in methods.items()}
    yield from table(['client', *columns],
                     [[TITLES[name], *[show_rate(clients[name]) for clients in columns.values()]]
                      for name in next(iter(columns.values()))])


def write_calls_together(figures):
    yield from section('Calls: 16 at a time in Python and JavaScript')
    yield ('Of the method that adds two numbers: awaited in `asyncio` and in JavaScript, and from 16 threads '
           'with an `xmlrpc.client` each.')
    yield ''
    yield from table(['client', '16 at a time'],
                     [[TITLES[name], show_rate(times)] for name, times in figures.items()])


def write_call_instructions(figures):
    yield from section('Calls: instructions')
    yield 'Of the client, for one of the same calls, by callgrind.'
    yield ''
    yield from table(['client', *map(show_in_flight, figures)],
                     [[TITLES[name], *[show_count(counts[name]) if name in counts else ''
                                       for counts in figures.values()]]
                      for name in figures['0']])


def write_threads(figures):
    yield from section('Calls: threads')
    yield ('Synchronous calls of the same method from several threads: all with one client, and '
           'each with its own.')
    yield ''
    columns = {show_threads(share, threads): clients
               for share, rows in figures.items() for threads, clients in rows.items()}
    names = next(iter(columns.values()))
    yield from table(['client', *columns],
                     [[TITLES[name], *[show_rate(clients.get(name)) for clients in columns.values()]]
                      for name in names])


def show_threads(share, threads):
    return f'threads: {threads}, ' + ('one client' if share == 'shared' else 'a client each')


def write_calls(results):
    calls = results['calls']
    yield from section('Calls: clients')
    yield ("Calls per second of a method that adds two numbers, and the client's CPU time for "
           "each. The server is libsoup 3's and always sends the same response.")
    yield ''
    yield from table(['client', *map(show_in_flight, calls['clients'])],
                     [[TITLES[name], *[show_rate(figures.get(name))
                                       for figures in calls['clients'].values()]]
                      for name in calls['clients']['0']])

    if calls.get('instructions'):
        yield from write_call_instructions(calls['instructions'])
    if calls.get('threads'):
        yield from write_threads(calls['threads'])
    if calls['scripts']:
        yield from write_calls_from_scripts(calls['scripts'])
    if calls.get('together'):
        yield from write_calls_together(calls['together'])

    yield from section('Calls: servers')
    yield "The same calls from this library's client, and the server's CPU time for each."
    yield ''
    yield from table(['server', *map(show_in_flight, calls['servers'])],
                     [[TITLES[name], *[show_rate(figures.get(name))
                                       for figures in calls['servers'].values()]]
                      for name in calls['servers']['0']])

    yield from section('Calls: the validator server')
    yield ('Calls per second of `validator1.easyStructTest` by plain sockets, one call at a '
           "time on each connection, and the server's CPU time for each. libsoup alone always "
           'sends the same bytes.')
    yield ''
    yield from table(['server', *[f'connections: {number}' for number in calls['validator']]],
                     [[TITLES[name], *[show_rate(figures[name])
                                       for figures in calls['validator'].values()]]
                      for name in calls['validator']['1']])

    yield from section('Calls: memory')
    yield ('By how much the client grows at most: while it gets the news, 16 MB, from a '
           'socket, and with 1,000 calls in flight.')
    yield ''
    memory = calls['memory']
    yield from table(['client', 'news', '1,000 calls'],
                     [[TITLES[name], *[show_bytes(memory[what][name])
                                       if name in memory[what] else ''
                                       for what in ('news', 'many')]]
                      for name in memory['news']])


def show_in_flight(in_flight):
    return 'sequential' if in_flight == '0' else f'{in_flight} in flight'


def show_rate(figures):
    if figures is None:
        return ''
    return f'{1 / median(figures["wall"]):,.0f}/s, {show_seconds(median(figures["cpu"]))}'


def write_growth(results):
    yield from section('Growth')
    yield 'Messages of structs as in the news, read from a pipe.'
    yield ''
    growth = results['growth']
    yield from table(['XML', 'decoding', 'a MB', 'memory', 'of the XML',
                      'encoding', 'a MB', 'memory', 'of the XML'],
                     [[show_bytes(decode['bytes']), *show_growth(decode), *show_growth(encode)]
                      for decode, encode in zip(growth['decode'], growth['encode'])])


def show_growth(row):
    return [show_seconds(row['cpu']),
            show_seconds(row['cpu'] / row['bytes'] * 1e6),
            show_bytes(row['memory']),
            f'{row["memory"] / row["bytes"]:.2f}']
