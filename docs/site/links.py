# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Finds links of the site that lead nowhere."""

import re
from html.parser import HTMLParser


class Anchors(HTMLParser):
    """What a page links to, and what can be linked to in it."""

    def __init__(self, file):
        super().__init__()
        self.links = []
        self.ids = set()
        self.feed(file.read_text('utf-8'))

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.ids.add(attributes.get('id'))
        if tag in ('a', 'link') and 'href' in attributes:
            self.links.append(attributes['href'])
        elif tag in ('img', 'script') and 'src' in attributes:
            self.links.append(attributes['src'])


def find_broken_links(output):
    pages = {file.name: Anchors(file) for file in output.glob('*.html')}
    for name, page in pages.items():
        for link in dict.fromkeys(page.links):
            file, _, fragment = link.partition('#')
            if re.match(r'[a-z]+:', link):
                continue
            if file and not (output / file).exists():
                yield f'{name}: there is no {file}'
            elif fragment and fragment not in pages[file or name].ids:
                yield f'{name}: there is no {link}'
