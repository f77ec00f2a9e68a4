# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The figures as charts, with matplotlib."""

from .cases import CASES, OURS, PEERS, TITLES
from .turns import median

COLORS = {
    OURS: '#1a5fb4',
    'libsoup2': '#e66100',
    'xmlrpc-c': '#c64600',
    'xmlrpc-epi': '#986a44',
    'python': '#9a9996',
}


def draw_charts(results, directory):
    """Writes performance.svg and growth.svg, and the same as PNG."""
    import matplotlib
    matplotlib.use('Agg')
    # The same figures make the same file, whose text is text.
    matplotlib.rcParams.update({
        'svg.hashsalt': 'xmlrpc-glib', 'svg.fonttype': 'none',
        'font.size': 9, 'axes.spines.top': False, 'axes.spines.right': False})
    from matplotlib import pyplot

    for name, draw in [('performance', draw_performance), ('growth', draw_growth)]:
        figure = draw(pyplot, results)
        figure.savefig(directory / f'{name}.svg', metadata={'Date': None})
        figure.savefig(directory / f'{name}.png', dpi=110)
        pyplot.close(figure)


def draw_performance(pyplot, results):
    figure, axes = pyplot.subplots(1, 3, figsize=(11, 7.5), sharey=True,
                                   layout='constrained')
    cases = [case.name for case in CASES if case.is_large]
    draw_bars(axes[0], results, cases, 'decode', get_speed)
    draw_bars(axes[1], results, cases, 'encode', get_speed)
    draw_bars(axes[2], results, cases, 'decode', get_memory)
    axes[0].set(title='decoding', xlabel='MB of XML a second')
    axes[1].set(title='encoding', xlabel='MB of XML a second')
    axes[2].set(title='memory for decoding', xlabel='bytes for each of the XML')
    for axis in axes:
        axis.grid(axis='x', color='#deddda')
        axis.set_axisbelow(True)
    axes[0].set_yticks(range(len(cases)), cases)
    axes[0].set_ylim(len(cases) - 0.5, -0.5)
    # Room for the legend, below all of them.
    figure.get_layout_engine().set(rect=(0, 0.05, 1, 0.95))
    figure.legend(*axes[0].get_legend_handles_labels(), loc='lower center',
                  ncols=len(COLORS), frameon=False)
    return figure


def draw_bars(axis, results, cases, mode, get):
    libraries = [library for library in [OURS, *PEERS]
                 if any(library in results['codec'][case]['modes'][mode] for case in cases)]
    height = 0.8 / len(libraries)
    for i, library in enumerate(libraries):
        axis.barh([position - 0.4 + (i + 0.5) * height for position in range(len(cases))],
                  [get(results['codec'][case], mode, library) for case in cases],
                  height, color=COLORS[library], label=TITLES[library])


def get_speed(entry, mode, library):
    figures = entry['modes'][mode].get(library, {})
    return entry['bytes'] / 1e6 / median(figures['cpu']) if 'cpu' in figures else 0


def get_memory(entry, mode, library):
    return entry['modes'][mode].get(library, {}).get('memory', 0) / entry['bytes']


def draw_growth(pyplot, results):
    figure, axes = pyplot.subplots(1, 2, figsize=(9, 3.6), layout='constrained')
    for mode, rows in results['growth'].items():
        sizes = [row['bytes'] for row in rows]
        axes[0].loglog(sizes, [row['cpu'] for row in rows], 'o-', label=f'{mode}')
        axes[1].loglog(sizes, [row['memory'] for row in rows], 'o-', label=f'{mode}')
    axes[0].set(title='time', xlabel='bytes of XML', ylabel='seconds')
    axes[1].set(title='memory', xlabel='bytes of XML', ylabel='bytes')
    for axis in axes:
        axis.grid(color='#deddda')
        axis.legend(frameon=False)
    return figure
