# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Marks what site.js makes tabs of: the same in several languages, each as a line with
nothing but its name in bold, and blocks of code below it. Without a script all are shown."""

import re

COMMENTS = r'(?:<!--(?:(?!-->).)*-->\s*)*'
BLOCK = rf'<div class="codehilite">(?:(?!</div>).)*</div>\s*{COMMENTS}'
PANEL = re.compile(rf'<p><strong>(?P<name>[^<]+)</strong></p>\s*(?P<code>{COMMENTS}(?:{BLOCK})+)', re.DOTALL)
ANY_PANEL = re.sub(r'\?P<\w+>', '?:', PANEL.pattern)
GROUP = re.compile(rf'(?:{ANY_PANEL}){{2,}}', re.DOTALL)


def mark_panel(match):
    name, code = match.groups()
    return (f'<section class="panel" data-name="{name}">\n<p class="name">{name}</p>\n'
            f'{code.strip()}\n</section>\n')


def mark_tabs(html):
    return GROUP.sub(lambda match: f'<div class="tabs">\n{PANEL.sub(mark_panel, match[0])}</div>\n', html)
