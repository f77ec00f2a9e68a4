# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The figures as charts."""

import math
import sys
from pathlib import Path

from .cases import OURS, PEERS, TITLES
from .turns import median

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from charts import draw_bars, draw_panel, get_panel_height, make_svg  # noqa: E402

# What of the cases a glance is for.
DRAWN = {'news': 'Structs', 'integers': 'Integers', 'doubles': 'Doubles', 'strings': 'Strings'}


def draw_charts(results, directory):
    """Writes performance.svg and growth.svg."""
    (directory / 'performance.svg').write_text(draw_performance(results), 'utf-8')
    (directory / 'growth.svg').write_text(draw_growth(results), 'utf-8')


def draw_performance(results):
    groups = []
    for case, title in DRAWN.items():
        bars = [(TITLES[library], speed, f'{speed:.0f}')
                for library in [OURS, *PEERS] if (speed := find_speed(results, case, library))]
        groups.append((title, bars))
    return draw_bars('Megabytes of XML that are read per second', 'higher is better', groups)


def find_speed(results, case, library):
    entry = results['codec'][case]
    figures = entry['modes']['decode'].get(library, {})
    return entry['bytes'] / 1e6 / median(figures['cpu']) if 'cpu' in figures else None


def draw_growth(results):
    parts = []
    for i, (what, title, show) in enumerate([('cpu', 'Time', show_time), ('memory', 'Memory', show_size)]):
        curves = [(name, [(row['bytes'], row[what]) for row in results['growth'][mode]])
                  for mode, name in (('decode', 'decoding'), ('encode', 'encoding'))]
        parts += draw_panel(i * get_panel_height(), f'{title} by the length of the message', curves,
                            make_axis([row['bytes'] for row in results['growth']['decode']], show_size),
                            make_axis([value for _, points in curves for _, value in points], show), lambda _: '')
    return make_svg('Time and memory by the length of the message, on logarithmic axes',
                    2 * get_panel_height() + 4, parts)


def make_axis(values, show):
    """Logarithmic, from one power of ten to another."""
    first, last = math.floor(math.log10(min(values)) + 0.06), math.ceil(math.log10(max(values)) - 0.06)
    exponents = range(first, last + 1, 2)
    return (lambda value: (math.log10(value) - first) / (last - first),
            [(10.0 ** exponent, show(exponent)) for exponent in exponents])


def show_unit(exponent, units):
    """A power of ten, in the unit that fits: units are names by exponents."""
    base = max(unit for unit in units if unit <= exponent)
    return f'{10 ** (exponent - base)} {units[base]}'


def show_time(exponent):
    return show_unit(exponent, {-9: 'ns', -6: 'µs', -3: 'ms', 0: 's'})


def show_size(exponent):
    return show_unit(exponent, {0: 'B', 3: 'KB', 6: 'MB', 9: 'GB'})
