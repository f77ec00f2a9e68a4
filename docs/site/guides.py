# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The guides: which there are, in which order, and how gi-docgen gets them.

A guide is a file of Markdown, a man page, or NEWS. The index lists them in groups.
Links in them lead to files, as on any renderer of Markdown; on the site they lead to
the page of the file: of a guide, or of a source. Pictures and data are copied.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from manpage import convert as convert_man_page
from news import convert as convert_news

FENCE = re.compile(r'(^```.*?^```$)', re.MULTILINE | re.DOTALL)
LINK = re.compile(r'\]\(([^()\s#:]+)(#[^()\s]*)?\)')
ITEM = re.compile(r'^## (.+)|^- \[([^\]]+)\]\(([\w./-]+)\)', re.MULTILINE)
COPIED = {'.csv', '.json', '.png', '.svg'}

# gi-docgen takes these for marks of gtk-doc, even in code: %NAME, @name, #Name, and name().
# Others stand for them until it is done.
MARK = re.compile(r'(?<!\w)[%@#](?=[A-Z])|(?<!\w)[%@](?=\w)|(?<=\w\()(?=\)[^`\n]*`)')
HIDDEN = {'%': '\ue000', '@': '\ue001', '#': '\ue002', '': '\ue003'}
SHOWN = {ord(hidden): mark for mark, hidden in HIDDEN.items()}


@dataclass
class Guide:
    path: Path
    text: str

    @cached_property
    def address(self):
        return f'{self.path.stem}.html'

    @cached_property
    def title(self):
        title = re.match(r'# (.+)', self.text)
        if not title:
            raise SystemExit(f'{self.path}: the first line is no heading')
        return title[1]

    @property
    def is_man_page(self):
        return self.path.suffix[1:].isdigit()


def read_guide(path, symbols):
    """The Markdown of a file. Symbols are what NEWS may name."""
    guide = Guide(path, path.read_text('utf-8'))
    if guide.is_man_page:
        guide.text = convert_man_page(guide.text)
    elif path.name == 'NEWS':
        guide.text = convert_news(guide.text, symbols)
    return guide


def read_groups(index, guides):
    """The guides in the groups and the order of the index: [(heading, [(text, guide)])].
    Each is listed once."""
    by_path = {guide.path.resolve(): guide for guide in guides}
    groups, listed = [], []
    for heading, text, link in ITEM.findall(index.read_text('utf-8')):
        if heading:
            groups.append((heading, []))
        elif groups:
            path = (index.parent / link).resolve()
            listed.append(path)
            if path in by_path:
                groups[-1][1].append((text, by_path[path]))
    wrong = set(listed).symmetric_difference(by_path)
    if wrong or len(listed) != len(by_path):
        raise SystemExit(f'{index}: not each page is listed once: '
                         f'{", ".join(sorted(path.name for path in wrong))}')
    return [group for group in groups if group[1]]


def hide_marks(text):
    return MARK.sub(lambda match: HIDDEN[match[0]], text)


def show_marks(html):
    return html.translate(SHOWN)


class Links:
    """Leads the links of guides to pages of the site, and remembers the files to copy."""

    def __init__(self, addresses, sources):
        self._addresses = {path.resolve(): address for path, address in addresses.items()}
        self._sources = sources
        self.copied = set()

    def rewrite(self, guide):
        """The Markdown of a guide for gi-docgen, with the links of the site."""
        def lead(match):
            address, fragment = self._find_address(guide.path.parent, match[1]), match[2] or ''
            # The page of a source has no headings.
            is_heading = not (address.startswith('source-') and not re.match(r'#L\d', fragment))
            return f']({address}{fragment if is_heading else ""})'

        # What is between the fences is code.
        parts = FENCE.split(guide.text)
        return ''.join(part if i % 2 else hide_marks(LINK.sub(lead, part)) for i, part in enumerate(parts))

    def _find_address(self, directory, link):
        file = (directory / link).resolve()
        if file in self._addresses:
            return self._addresses[file]
        if not file.exists() or not file.is_relative_to(self._sources.root) and file.suffix not in COPIED:
            # It will be reported.
            return re.sub(r'\.md$', '.html', link)
        if file.suffix in COPIED:
            self.copied.add(file)
            return file.name
        return self._sources.add(file)
