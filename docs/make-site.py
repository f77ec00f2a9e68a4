#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Builds the documentation with gi-docgen:

    make-site.py GI-DOCGEN CONFIGURATION GIR OUTPUT PAGE...

Fails where a public symbol is not documented, and where a link leads nowhere.
The pages are plain Markdown, with links among them as files have them; what
gi-docgen wants besides is added here.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path

URL_MAP = 'urlmap.js'


class Anchors(HTMLParser):
    """What a page links to, and what can be linked to in it."""

    def __init__(self, file):
        super().__init__()
        self.links = []
        self.ids = set()
        self.namespaces = set()
        self.feed(file.read_text('utf-8'))

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.ids.add(attributes.get('id'))
        if 'data-namespace' in attributes:
            self.namespaces.add(attributes['data-namespace'])
        elif tag == 'a' and 'href' in attributes:
            self.links.append(attributes['href'])
        elif tag == 'img':
            self.links.append(attributes['src'])


def read_title(page):
    title = re.match(r'# (.+)', page.read_text('utf-8'))
    if not title:
        raise SystemExit(f'{page}: the first line is no heading')
    return title[1]


def find_files(page):
    """Yields the pictures and the like that a page shows or links to."""
    for name in re.findall(r'\]\(([\w.-]+)\)', page.read_text('utf-8')):
        file = page.with_name(name)
        if file.suffix != '.md' and file.exists():
            yield file


def prepare_page(page, next_page, directory):
    """Writes a page as gi-docgen wants it: with a title, and links to HTML."""
    text = page.read_text('utf-8')
    text += '\n\n---\n\n[All pages](index.html#extra)'
    if next_page:
        text += f' · Next: [{read_title(next_page)}]({next_page.name})'
    text = re.sub(r'\]\(([\w.-]+)\.md(#[\w-]+)?\)', r'](\1.html\2)', text)
    (directory / page.name).write_text(f'Title: {read_title(page)}\n\n{text}',
                                       'utf-8')


def prepare(configuration, pages, directory):
    for page, next_page in zip(pages, [*pages[1:], None]):
        prepare_page(page, next_page, directory)
    shutil.copy(Path(__file__).with_name(URL_MAP), directory)

    names = ', '.join(f'"{page.name}"' for page in pages)
    text = configuration.read_text('utf-8').replace(
        '[extra]\n', f'[extra]\ncontent_files = [{names}]\n')
    prepared = directory / configuration.name
    prepared.write_text(text, 'utf-8')
    return prepared


def find_broken_links(output):
    pages = {file.name: Anchors(file) for file in output.glob('*.html')}
    url_map = (output / URL_MAP).read_text('utf-8')
    for name, page in pages.items():
        for namespace in page.namespaces:
            if f"'{namespace}'" not in url_map:
                yield f'{name}: nobody knows where {namespace} is documented'
        for link in page.links:
            file, _, fragment = link.partition('#')
            if re.match(r'[a-z]+:', link) or link == '#':
                continue
            if file and not (output / file).exists():
                yield f'{name}: there is no {file}'
            elif fragment and fragment not in pages[file or name].ids:
                yield f'{name}: there is no {link}'


def main(gidocgen, configuration, gir, output, *pages):
    output = Path(output)
    with tempfile.TemporaryDirectory() as directory:
        directory = Path(directory)
        configuration = prepare(Path(configuration),
                                [Path(page) for page in pages], directory)
        subprocess.run([gidocgen, 'check', '--quiet',
                        '--config', configuration, gir], check=True)
        shutil.rmtree(output, ignore_errors=True)
        subprocess.run([gidocgen, 'generate', '--quiet', '--fatal-warnings',
                        '--no-namespace-dir', '--config', configuration,
                        '--output-dir', output, '--content-dir', directory,
                        gir], check=True)
    for page in pages:
        for file in find_files(Path(page)):
            shutil.copy(file, output)
    with open(output / 'style.css', 'a', encoding='utf-8') as style:
        style.write(Path(__file__).with_name('site.css').read_text('utf-8'))

    broken = sorted(set(find_broken_links(output)))
    if broken:
        # Ninja would take what is there for complete.
        shutil.rmtree(output)
        raise SystemExit('\n'.join(broken))


if __name__ == '__main__':
    try:
        main(*sys.argv[1:])
    except subprocess.CalledProcessError as error:
        sys.exit(f'{os.path.basename(error.cmd[0])} {error.cmd[1]} failed')
