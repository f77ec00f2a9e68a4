# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Charts as SVG, for the pages of the documentation: as wide as a phone, with text that
can be read there, and with colours of their own where the system is dark."""

from html import escape

WIDTH = 420
LEFT, RIGHT = 52, 16
PANEL_HEIGHT, TITLE_HEIGHT, FOOT_HEIGHT = 130, 44, 34
BAR_HEIGHT, BAR_GAP = 13, 5
LABELS = 92

# The series differ in more than colour: the second is dashed.
STYLE = '''<style>
svg { background: #fff; font: 13px sans-serif }
text { fill: #241f31 } .muted { fill: #5e5c64 } .title { font-weight: bold }
.grid { stroke: #deddda } .back { fill: #fff }
.series0 { stroke: #1a5fb4 } .series1 { stroke: #c64600; stroke-dasharray: 7 3 }
.key0, .ours { fill: #1a5fb4 } .key1 { fill: #c64600 } .other { fill: #9a9996 }
.line { fill: none; stroke-width: 2 }
@media (prefers-color-scheme: dark) {
svg { background: #1b1b1f }
text { fill: #f0eff2 } .muted { fill: #b4b2bb }
.grid { stroke: #47474f } .back { fill: #1b1b1f }
.series0 { stroke: #99c1f1 } .series1 { stroke: #ffa348 }
.key0, .ours { fill: #99c1f1 } .key1 { fill: #ffa348 } .other { fill: #77767b }
}
</style>'''


def text(x, y, words, kind='', anchor='start'):
    attributes = f' class="{kind}"' if kind else ''
    if anchor != 'start':
        attributes += f' text-anchor="{anchor}"'
    return f'<text x="{x:g}" y="{y:g}"{attributes}>{escape(words, quote=False)}</text>'


def make_svg(title, height, parts):
    return '\n'.join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:g}" '
        f'viewBox="0 0 {WIDTH} {height:g}" role="img">',
        f'<title>{escape(title)}</title>', STYLE,
        '<rect class="back" width="100%" height="100%"/>', *parts, '</svg>']) + '\n'


def draw_bars(title, direction, groups):
    """Groups are (heading, [(name, value, shown)]); the first of each is ours."""
    largest = max(value for _, bars in groups for _, value, _ in bars)
    room = WIDTH - LABELS - RIGHT - 70
    y, parts = 36, [text(8, 18, title, 'title'), text(8, 36, direction, 'muted')]
    for heading, bars in groups:
        y += 24
        parts.append(text(8, y, heading, 'title'))
        y += 8
        for i, (name, value, shown) in enumerate(bars):
            width = value / largest * room
            parts += [text(LABELS - 8, y + BAR_HEIGHT - 2, name, anchor='end'),
                      f'<rect class="{"other" if i else "ours"}" x="{LABELS}" y="{y}" '
                      f'width="{width:.1f}" height="{BAR_HEIGHT}"/>',
                      text(LABELS + width + 6, y + BAR_HEIGHT - 2, shown, 'muted')]
            y += BAR_HEIGHT + BAR_GAP
    return make_svg(f'{title}: {direction}', y + 8, parts)


def draw_panel(top, title, curves, horizontal, vertical, shown):
    """Curves are [(name, points)]; an axis is (place(value) from 0 to 1, [(value, label)]);
    shown says what the last value of a curve is."""
    bottom = top + TITLE_HEIGHT + PANEL_HEIGHT
    right = WIDTH - RIGHT

    def place(x, y):
        return LEFT + horizontal[0](x) * (right - LEFT), bottom - vertical[0](y) * PANEL_HEIGHT

    yield text(8, top + 16, title, 'title')
    key = LEFT
    for i, (name, points) in enumerate(curves):
        words = f'{name} {shown(points[-1][1])}'.strip()
        yield f'<path class="line series{i}" d="M{key} {top + 32}h24"/>'
        yield text(key + 30, top + 36, words, f'key{i}')
        key += 30 + 7.5 * len(words) + 20
    for value, label in vertical[1]:
        y = bottom - vertical[0](value) * PANEL_HEIGHT
        yield f'<path class="grid" d="M{LEFT} {y:.1f}H{right}"/>'
        yield text(LEFT - 6, y + 4, label, 'muted', 'end')
    for value, label in horizontal[1]:
        x = LEFT + horizontal[0](value) * (right - LEFT)
        yield text(x, bottom + 17, label, 'muted', 'end' if x > right - 20 else 'middle')
    for i, (_, points) in enumerate(curves):
        path = 'L'.join(f'{x:.1f} {y:.1f}' for x, y in (place(*point) for point in points))
        yield f'<path class="line series{i}" d="M{path}"/>'


def get_panel_height():
    return TITLE_HEIGHT + PANEL_HEIGHT + FOOT_HEIGHT
