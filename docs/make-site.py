#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Builds the documentation with gi-docgen:

    make-site.py GI-DOCGEN CONFIGURATION GIR OUTPUT INDEX PAGE...

A PAGE whose name ends with a digit is a man page; it is listed with the reference.

Fails where a public symbol is not documented, where a link leads nowhere, and
where INDEX does not list a page.

The pages are plain Markdown, with links among them as files have them; what
gi-docgen wants besides is added here. INDEX has the pages in groups: its
headings and lists are also the sidebar of the guides, and their order. It
becomes the first page of the site, and that of gi-docgen reference.html.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from html import escape
from html.parser import HTMLParser
from pathlib import Path

from manpage import convert
from symbols import find_unknown, link_symbols, read_symbols

NAME = 'xmlrpc-glib'
# On narrow screens the sidebar follows the page.
TOP = (f'<nav class="top devhelp-hidden"><a href="index.html">{NAME}</a> '
       '<a href="#menu">Menu</a></nav>')
REFERENCE = ('API reference', 'reference.html')
# gi-docgen writes an index.html of its own.
OVERVIEW = 'overview'
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


def read_groups(index):
    """Returns what a list of pages below each heading of the index links to:
    (heading, [(text, page)])."""
    groups = []
    for heading, text, page in re.findall(
            r'^## (.+)|^- \[([^\]]+)\]\(([\w.-]+\.md)\)',
            index.read_text('utf-8'), re.MULTILINE):
        if heading:
            groups.append((heading, []))
        elif groups:
            groups[-1][1].append((text, page))
    return [group for group in groups if group[1]]


def sort_pages(index, groups, pages):
    """Returns the pages in the order of the index."""
    listed = [page for _, links in groups for _, page in links]
    by_name = {page.name: page for page in pages}
    wrong = set(listed).symmetric_difference(by_name)
    if wrong or len(listed) != len(by_name):
        raise SystemExit(f'{index}: not each page is listed once: '
                         f'{", ".join(sorted(wrong))}')
    return [by_name[name] for name in listed]


def write_page(page, name, end, directory):
    """Writes a page as gi-docgen wants it: with a title, and links to HTML."""
    text = f'{page.read_text("utf-8")}\n\n{end}'
    text = re.sub(r'\]\(([\w.-]+)\.md(#[\w-]+)?\)', r'](\1.html\2)', text)
    (directory / name).write_text(f'Title: {read_title(page)}\n\n{text}',
                                  'utf-8')


def convert_man_pages(man_pages, directory):
    """Writes man pages as pages, and returns these."""
    pages = []
    for man_page in man_pages:
        page = directory / f'{man_page.stem}.md'
        page.write_text(convert(man_page.read_text('utf-8')), 'utf-8')
        pages.append(page)
    return pages


def prepare(configuration, index, pages, man_pages, directory):
    """Writes all pages, and a configuration that has them."""
    text, address = REFERENCE
    write_page(index, f'{OVERVIEW}.md',
               '\n'.join(['## Reference', '',
                          f'- [{text}]({address}): classes, functions, errors',
                          *(f'- [{read_title(page)}]({page.name}): all options'
                            for page in man_pages)]), directory)
    for page, next_page in zip(pages, [*pages[1:], None]):
        end = '---\n\n[All pages](index.html)'
        if next_page:
            end += f' · Next: [{read_title(next_page)}]({next_page.name})'
        write_page(page, page.name, end, directory)
    for page in man_pages:
        write_page(page, page.name, '---\n\n[All pages](index.html)', directory)
    shutil.copy(Path(__file__).with_name(URL_MAP), directory)

    names = ', '.join(f'"{name}"' for name in
                      [f'{OVERVIEW}.md', *(page.name for page in [*pages, *man_pages])])
    text = configuration.read_text('utf-8').replace(
        '[extra]\n', f'[extra]\ncontent_files = [{names}]\n')
    prepared = directory / configuration.name
    prepared.write_text(text, 'utf-8')
    return prepared


def find_gir(name):
    for directory in [*os.environ.get('XDG_DATA_DIRS', '').split(':'),
                      '/usr/local/share', '/usr/share']:
        file = Path(directory, 'gir-1.0', name)
        if directory and file.exists():
            return file
    return None


def read_all_symbols(configuration, gir):
    """Those of the libraries that the configuration names, too."""
    symbols = {}
    for name, address in re.findall(
            r'\[dependencies\."([^"]+)"\][^\[]*\bdocs_url = "([^"]+)"',
            configuration.read_text('utf-8')):
        file = find_gir(f'{name}.gir')
        if file:
            symbols |= read_symbols(file, address)
    return symbols | read_symbols(gir)


def make_links(heading, links, current=None):
    """A section of the sidebar."""
    items = []
    for text, address in links:
        mark = ' class="current"' if address == current else ''
        items.append(f'<a{mark} href="{address}">{escape(text)}</a>')
    return (f'<div class="section"><h5>{escape(heading)}</h5>'
            f'<div class="links">{"".join(items)}</div></div>\n')


def replace_once(text, old, new):
    if text.count(old) != 1:
        raise SystemExit(f'gi-docgen writes {old} {text.count(old)} times')
    return text.replace(old, new)


def finish_page(text, title, sidebar):
    """Gives a page of gi-docgen the project's name, and a part of the sidebar."""
    text = re.sub(r'<title>.*?</title>', lambda _: f'<title>{title}</title>',
                  text, count=1, flags=re.DOTALL)
    text = replace_once(text, '<h3><a href="index.html">XmlRpc</a></h3>',
                        f'<h3><a href="index.html">{NAME}</a></h3>')
    # The other links to it are those of the reference.
    text = re.sub(r'(<h1\b[^>]*><a href=")index\.html"', rf'\1{REFERENCE[1]}"',
                  text)
    text = replace_once(text, '<nav class="sidebar devhelp-hidden">',
                        f'{TOP}\n<nav id="menu" class="sidebar devhelp-hidden">')
    return replace_once(text, '<div class="section generator">',
                        f'{sidebar}<div class="section generator">')


def finish(output, groups, titles, reference, symbols):
    """Makes a site of what gi-docgen wrote. Yields what is wrong in it."""
    (output / 'index.html').rename(output / REFERENCE[1])
    (output / f'{OVERVIEW}.html').rename(output / 'index.html')
    for file in output.glob('*.devhelp2'):
        text = file.read_text('utf-8').replace('index.html#', f'{REFERENCE[1]}#')
        file.write_text(text.replace(f'{OVERVIEW}.html', 'index.html'), 'utf-8')

    guides = [(heading, [(text, page.removesuffix('.md') + '.html')
                         for text, page in links]) for heading, links in groups]
    guides.append(('Reference', reference))
    titles['index.html'] = 'XML-RPC for GLib'
    listed = {*titles, f'{OVERVIEW}.html'}
    for file in output.glob('*.html'):
        text = file.read_text('utf-8')
        if file.name in titles:
            title = titles[file.name]
            sidebar = ''.join(make_links(heading, links, file.name)
                              for heading, links in guides)
            for name in find_unknown(text, symbols):
                yield f'{file.name}: there is no {name}'
            text = link_symbols(text, symbols)
        else:
            title = (REFERENCE[0] if file.name == REFERENCE[1] else
                     re.search(r'<title>(.*?)</title>', text, re.DOTALL)[1].strip())
            sidebar = make_links('Documentation',
                                 [('Overview and guides', 'index.html'), REFERENCE])
            # All guides are in the index.
            text = re.sub(r'<li><a href="([\w.-]+)">.*?</a></li>\n?', lambda match:
                          '' if match[1] in listed else match[0], text)
        file.write_text(finish_page(text, f'{title} – {NAME}', sidebar), 'utf-8')


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


def main(gidocgen, configuration, gir, output, index, *pages):
    configuration, output, index = Path(configuration), Path(output), Path(index)
    groups = read_groups(index)
    pages = [Path(page) for page in pages]
    man_pages = [page for page in pages if page.suffix[1:].isdigit()]
    pages = sort_pages(index, groups, [page for page in pages if page not in man_pages])
    with tempfile.TemporaryDirectory() as directory:
        directory = Path(directory)
        man_pages = convert_man_pages(man_pages, directory)
        titles = {page.with_suffix('.html').name: read_title(page)
                  for page in [*pages, *man_pages]}
        reference = [REFERENCE, *((read_title(page), f'{page.stem}.html')
                                  for page in man_pages)]
        prepared = prepare(configuration, index, pages, man_pages, directory)
        subprocess.run([gidocgen, 'check', '--quiet', '--config', prepared, gir],
                       check=True)
        shutil.rmtree(output, ignore_errors=True)
        subprocess.run([gidocgen, 'generate', '--quiet', '--fatal-warnings',
                        '--no-namespace-dir', '--config', prepared,
                        '--output-dir', output, '--content-dir', directory,
                        gir], check=True)
    broken = list(finish(output, groups, titles, reference,
                         read_all_symbols(configuration, gir)))
    for page in [index, *pages]:
        for file in find_files(page):
            shutil.copy(file, output)
    with open(output / 'style.css', 'a', encoding='utf-8') as style:
        style.write(Path(__file__).with_name('site.css').read_text('utf-8'))

    broken = sorted({*broken, *find_broken_links(output)})
    if broken:
        # Ninja would take what is there for complete.
        shutil.rmtree(output)
        raise SystemExit('\n'.join(broken))


if __name__ == '__main__':
    try:
        main(*sys.argv[1:])
    except subprocess.CalledProcessError as error:
        sys.exit(f'{os.path.basename(error.cmd[0])} {error.cmd[1]} failed')
