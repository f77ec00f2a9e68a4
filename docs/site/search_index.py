# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The index that search.js searches: the sections of all guides, with their texts, and
all symbols. It is a script, so that pages that are opened as files can load it."""

import json
import re
from html.parser import HTMLParser

HEADINGS = ('h1', 'h2', 'h3')
# What a benchmark measured; nobody looks for that.
FIGURE = re.compile(r'[\d.,]+ ?(?:[mµ]?s|[KMG]?B)\b|[\d.]*\d,\d{3}|\d+\.\d+')
WORD = re.compile(r'\w{3,}')
# gi-docgen's links in comments of the sources.
LINK = re.compile(r'\[\w+@([\w.:-]+)\]')
# What others call the subject of a page or section: <!-- keywords: login, sign in -->
KEYWORDS = re.compile(r' keywords: (.*) ', re.DOTALL)
LONGEST_DESCRIPTION = 800
# What a row of a table or a list is about, if it says so in a few words.
MOST_WORDS_OF_TERM = 4


class Section:
    def __init__(self, anchor):
        self.anchor = anchor
        self.heading = []
        self.text = []
        self.code = []
        self.terms = []

    def make_entry(self, page):
        text = join(self.text)
        there = {word.lower() for word in WORD.findall(text)}
        # Of code only the words are kept, each once.
        code = dict.fromkeys(word for word in WORD.findall(' '.join(self.code))
                             if word.lower() not in there)
        return [page, self.anchor, join(self.heading), text, ' '.join(code), ' '.join(self.terms)]


class Reader(HTMLParser):
    """Reads the sections of a page."""

    def __init__(self, html):
        super().__init__()
        self.sections = [Section('')]
        self._target = self.sections[0].text
        self._cell = None
        self._is_term = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag in HEADINGS:
            # The title of a page begins its first section.
            if tag != 'h1':
                self.sections.append(Section(dict(attrs).get('id', '')))
            self._target = self.sections[-1].heading
        elif tag == 'pre':
            self._target = self.sections[-1].code
        elif tag == 'tr':
            self._is_term = True
        elif tag in ('td', 'dt'):
            self._target = self._cell = []
        elif tag in ('p', 'li', 'th', 'dd'):
            self._target.append(' ')

    def handle_endtag(self, tag):
        if tag in ('td', 'dt') and self._cell is not None:
            self._add_cell(join(self._cell), self._is_term or tag == 'dt')
            self._cell, self._is_term = None, False
        if tag in (*HEADINGS, 'pre', 'td', 'dt'):
            self._target = self.sections[-1].text

    def _add_cell(self, text, is_term):
        section = self.sections[-1]
        if not FIGURE.match(text):
            section.text += [' ', text]
            if is_term and len(text.split()) <= MOST_WORDS_OF_TERM:
                section.terms.append(text)

    def handle_data(self, data):
        self._target.append(data)

    def handle_comment(self, data):
        keywords = KEYWORDS.fullmatch(data)
        if keywords:
            self.sections[-1].terms += re.split(r',\s+', keywords[1])


def join(pieces):
    return ' '.join(''.join(pieces).split())


def describe(element):
    """The beginning of what a symbol's comment says."""
    doc = next((child for child in element if child.tag.endswith('}doc')), None)
    text = '' if doc is None or not doc.text else doc.text
    text = ' '.join(LINK.sub(r'\1', text).replace('`', '').split())
    return text if len(text) <= LONGEST_DESCRIPTION else text[:LONGEST_DESCRIPTION].rpartition(' ')[0]


def read_entries(descriptions):
    """Yields the entries of symbols: [name, other name, address, text]."""
    there = set()
    for name, address, element in descriptions:
        if address in there:
            continue
        there.add(address)
        value = element.get('value')
        other = f'= {value}' if value else re.sub(r'^\w+\.|\.html.*$', '', address)
        yield [name, other, address, describe(element)]


def make_index(pages, descriptions):
    """Pages are (address, title, heading of the group, html); descriptions are those of
    symbols.read_descriptions()."""
    sections = [section.make_entry(number) for number, page in enumerate(pages)
                for section in Reader(page[3]).sections]
    index = {'pages': [page[:3] for page in pages], 'sections': sections,
             'symbols': list(read_entries(descriptions))}
    return f'const searchIndex = {json.dumps(index, ensure_ascii=False, separators=(",", ":"))};\n'
