# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Makes tables fit on a phone. Those of numbers, with columns that are aligned to the
right, are scrolled; of others each row becomes a list there, whose items have the
heading of their column."""

import re
from html import escape, unescape

TABLE = re.compile(r'<table>\s*<thead>(.*?)</thead>(.*?)</table>', re.DOTALL)
HEADING = re.compile(r'<th\b[^>]*>(.*?)</th>', re.DOTALL)
ROW = re.compile(r'<tr>.*?</tr>', re.DOTALL)
CELL = re.compile(r'<td\b([^>]*)>')
RIGHT = re.compile(r'text-align: *right|align="right"')


def read_text(html):
    return ' '.join(unescape(re.sub(r'<[^>]+>', '', html)).split())


def label_row(row, labels):
    """Writes the heading of its column to each cell."""
    remaining = iter(labels)

    def label(match):
        text = next(remaining, '')
        return f'<td{match[1]} data-label="{escape(text)}">' if text else match[0]

    return CELL.sub(label, row)


def fit_table(match):
    head, body = match.groups()
    labels = [read_text(heading) for heading in HEADING.findall(head)]
    kind = 'numbers' if RIGHT.search(head) else 'rows'
    if kind == 'rows':
        body = ROW.sub(lambda row: label_row(row[0], labels), body)
    head = head.replace('<th', '<th scope="col"')
    return f'<div class="table {kind}"><table>\n<thead>{head}</thead>{body}</table></div>'


def fit_tables(html):
    return TABLE.sub(fit_table, html)
