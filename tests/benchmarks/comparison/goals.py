# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the library is to reach, as ratios in one run."""

import math
from dataclasses import dataclass

from .cases import BARE, BINDINGS, OURS, PARSER, PEERS, TITLES
from .turns import median, ratio


@dataclass
class Verdict:
    goal: str
    figure: str
    is_met: bool


def judge_goals(results):
    """The goals of which there are figures."""
    goals = []
    for check in CHECKS:
        try:
            goals.append(check(results))
        except KeyError:
            # Of a peer that is not there, or a figure that was not asked for.
            pass
    return goals


def fastest(figures):
    """The peer that takes the least time."""
    able = {name: figures[name] for name in PEERS if 'cpu' in figures.get(name, {})}
    if not able:
        raise KeyError('peers')
    return min(able, key=lambda name: median(able[name]['cpu']))


def faster(mode, case, least):
    """At least so many times as fast as the fastest peer."""
    def check(results):
        figures = results['codec'][case]['modes'][mode]
        peer = fastest(figures)
        times = ratio(figures[peer]['cpu'], figures[OURS]['cpu'])
        return Verdict(f'{mode} {case}: at least {least:g} times the fastest peer',
                       f'{times:.2f} ({peer})', times >= least)
    return check


def below_parser(results):
    figures = results['codec']['news']['modes']['decode']
    times = ratio(figures[OURS]['cpu'], figures[PARSER]['cpu'])
    return Verdict(f'decode news: at most 0.55 times the time of {TITLES[PARSER]}',
                   f'{times:.2f}', times <= 0.55)


def typed_time(results):
    modes = results['codec']['integers']['modes']
    # They do not take turns in one round.
    times = (median(modes['typed'][OURS]['cpu'])
             / median(modes['decode'][OURS]['cpu']))
    return Verdict('decode integers as `ai`: at most the time of natural types',
                   f'{times:.2f}', times <= 1.02)


def typed_memory(results):
    times = (results['codec']['integers']['modes']['typed'][OURS]['memory']
             / (4 * 500_000))
    return Verdict('decode integers as `ai`: at most 1.2 times the memory of the array',
                   f'{times:.2f}', times <= 1.2)


def few_instructions(what, case):
    def check(results):
        figures = results['instructions'][case][what]
        peers = {name: figures[name] for name in PEERS if name in figures}
        peer = min(peers, key=peers.get)
        times = figures[OURS] / peers[peer]
        return Verdict(f'{what} {case}: at most a fifth of the instructions of the best peer',
                       f'{times:.2f} ({peer})', times <= 0.2)
    return check


def little_memory(results):
    figures = results['calls']['memory']['news']
    peers = {name: figures[name] for name in PEERS if name in figures}
    peer = min(peers, key=peers.get)
    times = figures[OURS] / peers[peer]
    return Verdict('memory of a call that returns the news: at most a tenth of the best peer\'s',
                   f'{times:.2f} ({peer})', times <= 0.1)


def cheap_call(results):
    figures = results['calls']['clients']['0']
    times = ratio(figures[OURS]['wall'], figures[BARE]['wall'])
    return Verdict('sequential call: at most 1.05 times the time of libsoup alone',
                   f'{times:.2f}', times <= 1.05)


def faster_than_python(results):
    figures = results['calls']['clients']['0']
    times = ratio(figures[OURS]['wall'], figures['python']['wall'])
    return Verdict('sequential call: less than the time of Python\'s client',
                   f'{times:.2f}', times < 1)


def cheap_from_python(server):
    def check(results):
        figures = results['calls']['scripts'][server]['sample.nothing']
        cpu, wall = [ratio(figures[BINDINGS][what], figures['python'][what])
                     for what in ('cpu', 'wall')]
        return Verdict(f'an empty call from Python, server: {TITLES[server]}: at most 0.95 of the '
                       'time of xmlrpc.client', f'{cpu:.2f}, wall-clock {wall:.2f}', max(cpu, wall) <= 0.95)
    return check


def many_from_python(results):
    figures = results['calls']['together']
    times = ratio(figures['python']['wall'], figures[BINDINGS]['wall'])
    return Verdict('16 calls at a time in asyncio: at least twice the calls per second of '
                   'xmlrpc.client in 16 threads', f'{times:.2f}', times >= 2)


def quick_server(connections):
    def check(results):
        figures = results['calls']['validator'][str(connections)]
        times = ratio(figures[BARE]['wall'], figures[OURS]['wall'])
        return Verdict(f'calls per second of the validator server, connections: {connections}: '
                       'at least 0.8 of libsoup\'s server alone', f'{times:.2f}', times >= 0.8)
    return check


def linear(mode):
    """The exponents with which time and memory grow, from 1 MB on.

    Below, what a message takes whatever its length is more than the rest.
    """
    def check(results):
        rows = [row for row in results['growth'][mode] if row['bytes'] > 900_000]
        first, last = rows[0], rows[-1]
        decades = math.log(last['bytes'] / first['bytes'])
        time, memory = [math.log(last[what] / first[what]) / decades
                        for what in ('cpu', 'memory')]
        return Verdict(f'{mode}: time and memory grow linearly from 1 MB to '
                       f'{last["bytes"] / 1e6:,.0f} MB (exponents of at most 1.1)',
                       f'{time:.2f} and {memory:.2f}', max(time, memory) <= 1.1)
    return check


CHECKS = [
    faster('decode', 'news', 10),
    below_parser,
    faster('decode', 'binary', 7),
    faster('decode', 'integers', 6),
    faster('decode', 'doubles', 6),
    faster('decode', 'decimals', 5),
    faster('decode', 'strings', 3),
    typed_time,
    typed_memory,
    few_instructions('decode', 'reply'),
    few_instructions('decode', 'short'),
    few_instructions('encode', 'short'),
    faster('encode', 'news', 3),
    faster('encode', 'integers', 2.5),
    faster('encode', 'strings', 2.5),
    faster('encode', 'doubles', 1),
    faster('encode', 'decimals', 1),
    little_memory,
    cheap_call,
    faster_than_python,
    cheap_from_python(BARE),
    cheap_from_python('python'),
    many_from_python,
    quick_server(1),
    quick_server(16),
    quick_server(256),
    linear('decode'),
    linear('encode'),
]
