# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The figures that a glance is for, as Markdown: a chart, six rows, and where the library
is slower. A row or a line without a figure, or that does not hold, is left out."""

from .cases import BARE, BINDINGS, OURS, PEERS, TITLES
from .report import find_cpu, show_bytes, show_seconds, table
from .turns import median

# Of the time: what it is called, the mode, the case, and what is in that.
ROWS = [
    ('read', 'decode', 'news', 'structs'),
    ('read', 'decode', 'integers', 'integers'),
    ('read', 'decode', 'strings', 'strings'),
    ('write', 'encode', 'news', 'structs'),
]
# Ratios that are closer to 1 say nothing.
SLOWER = 1.05


def write_summary(results):
    return '\n'.join(list_lines(results))


def list_lines(results):
    yield '![Megabytes of XML that each library reads per second: higher is better](performance.svg)'
    yield ''
    yield from table(['', 'xmlrpc-glib', 'the best other library', 'how many times as good'],
                     [row for row in list_rows(results) if row])
    yield from write_slower(results)


def list_rows(results):
    for action, mode, case, what in ROWS:
        entry = results['codec'][case]
        yield make_time_row(f'{action} {what}, {show_bytes(entry["bytes"])}', find_cpu(entry['modes'][mode]))
    calls = results['calls']
    yield make_row('memory of a call that returns the structs', calls['memory']['news'], show_bytes)
    yield make_time_row('one small call at a time', find_cpu(calls['clients']['0']))


def make_row(title, figures, show):
    """How many times as good: the figure of the best peer, divided by ours."""
    peers = {name: figures[name] for name in PEERS if name in figures}
    if OURS not in figures or not peers:
        return None
    peer = min(peers, key=peers.get)
    return [title, show(figures[OURS]), f'{show(peers[peer])} ({TITLES[peer]})',
            f'{peers[peer] / figures[OURS]:.1f}']


def make_time_row(title, figures):
    return make_row(title, figures, show_seconds)


def write_slower(results):
    lines = [line for line in [
        tell_calls_in_flight(results['calls']['clients']['16']),
        tell_calls_together(results['calls']['together']),
        tell_call(find_cpu(results['calls']['clients']['0'])),
        tell_typed_strings(results['codec']['strings']['modes']),
        tell_server(results['calls']['validator']),
        tell_dumps(results.get('messages', {})),
    ] if line]
    if lines:
        yield 'It is slower here:'
        yield ''
        yield from lines
        yield ''


def tell_calls_in_flight(clients):
    """Calls per second."""
    walls = {name: median(figures['wall']) for name, figures in clients.items()}
    others = [f'{TITLES[name]} makes {walls[OURS] / walls[name]:.1f}' for name in ('libsoup2', 'xmlrpc-c')
              if walls[OURS] / walls.get(name, float('inf')) > SLOWER]
    return others and ('- **Many calls at a time.** With 16 calls in flight, '
                       f'{" times, and ".join(others)} times as many calls per second.')


def tell_calls_together(clients):
    """Calls per second of scripts."""
    if not clients:
        return None
    ratio = median(clients[BINDINGS]['wall']) / median(clients['python']['wall'])
    return ratio > SLOWER and ('- **Many calls at a time in `asyncio`.** 16 threads with an `xmlrpc.client` each make '
                               f'{ratio:.1f} times as many calls per second as 16 calls in `asyncio`.')


def tell_call(figures):
    ratio = figures[OURS] / figures.get('xmlrpc-c', float('inf'))
    return ratio > SLOWER and (f'- **One small call.** It needs {ratio:.1f} times the CPU time that xmlrpc-c '
                               'needs, which uses libcurl. Nearly all of it is libsoup\'s.')


def tell_typed_strings(modes):
    """Next to natural types, and to the best of the others."""
    typed, natural = find_cpu(modes['typed']), find_cpu(modes['decode'])
    peer = min((name for name in PEERS if name in natural), key=natural.get, default=None)
    if typed[OURS] / natural[OURS] > SLOWER:
        return f'- **Strings of an expected type.** To read them as `as` takes {typed[OURS] / natural[OURS]:.1f} times as long.'
    return peer and typed[OURS] / natural[peer] > SLOWER and (
        '- **Strings of an expected type.** To read them as `as` takes '
        f'{typed[OURS] / natural[peer]:.1f} times as long as {TITLES[peer]} takes to read them.')


def tell_server(validator):
    """A server that always sends the same bytes has nothing to read or write."""
    figures = validator['16']
    ratio = median(figures[BARE]['wall']) / median(figures[OURS]['wall'])
    return ratio < 1 / SLOWER and (f'- **A server.** It handles {ratio * 100:.0f} % of the calls per second that '
                                   'libsoup\'s server alone handles, which always sends the same bytes.')


def tell_dumps(messages):
    if not messages:
        return None
    cpu = find_cpu(messages['dumps-call'])
    ratio = cpu[BINDINGS] / cpu['python']
    return ratio > SLOWER and (f'- **`dumps()` in Python.** For a short call it takes {ratio:.1f} times as long as that '
                               'of `xmlrpc.client`. Your program calls it only if it sends messages itself.')
