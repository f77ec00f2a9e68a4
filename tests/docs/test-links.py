#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The pages read well without the site, where Markdown is shown as it is: their
links lead to files and headings, and nothing else looks like a link.

test-links.py SOURCES"""

import re
import sys
import unittest
from pathlib import Path

import tap
from page import FENCE

SOURCES = Path(sys.argv[1])
PAGES = sorted([*SOURCES.glob('*.md'), *SOURCES.glob('docs/*.md')])

LINK = re.compile(r'\]\(([^)\s]+)\)')
CODE_SPAN = re.compile(r'`[^`\n]*`')
HEADING = re.compile(r'^#+ (.+)$', re.MULTILINE)
# Such as [method@XmlRpc.Server.attach], which gi-docgen alone understands.
GI_DOCGEN_LINK = re.compile(r'\[`?\w+@[\w:.-]+`?\]')


def read_text(page):
    """The text without its code blocks."""
    return FENCE.sub('', page.read_text('utf-8'))


def read_anchors(page):
    """What can be linked to, by the rules of GitHub and GitLab."""
    return {re.sub(r'[^\w -]', '', heading.lower()).replace(' ', '-')
            for heading in HEADING.findall(read_text(page))}


class TestLinks(unittest.TestCase):
    def read_links(self):
        """Yields the page and the parts of each link to a file or a heading."""
        for page in PAGES:
            for link in LINK.findall(CODE_SPAN.sub('', read_text(page))):
                if not re.match(r'[a-z]+:', link):
                    path, _, anchor = link.partition('#')
                    yield page, page.parent / path if path else page, anchor

    def test_there_are_links(self):
        self.assertGreater(len(list(self.read_links())), 50)

    def test_files(self):
        for page, file, _ in self.read_links():
            self.assertTrue(file.exists(), f'{page.name}: {file}')
            self.assertTrue(file.resolve().is_relative_to(SOURCES.resolve()),
                            f'{page.name}: {file}')

    def test_headings(self):
        for page, file, anchor in self.read_links():
            if anchor:
                self.assertIn(anchor, read_anchors(file), f'{page.name}: {file}')

    def test_no_links_for_gi_docgen(self):
        for page in PAGES:
            self.assertEqual(GI_DOCGEN_LINK.findall(page.read_text('utf-8')), [],
                             page.name)


if __name__ == '__main__':
    tap.main()
