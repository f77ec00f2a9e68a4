# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Workers take turns, so that a machine that slows down does so for all."""

import statistics


def take_turns(workers, rounds, measure):
    """The results of measure(name) by name, one a round."""
    results = {name: [] for name in workers}
    order = list(workers)
    for _ in range(rounds):
        for name in order:
            results[name].append(measure(name))
        # Each of them is the first as often.
        order.append(order.pop(0))
    return results


def median(values):
    return statistics.median(values)


def ratio(ours, theirs):
    """The median of how many times theirs ours is, in one round."""
    return statistics.median(a / b for a, b in zip(ours, theirs))
