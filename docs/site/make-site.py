#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Builds the documentation with gi-docgen:

    make-site.py GI-DOCGEN CONFIGURATION GIR OUTPUT INDEX PAGE...

A PAGE whose name ends with a digit is a man page; it is listed with the reference.

Fails where a public symbol is not documented, where a link leads nowhere, and
where INDEX does not list a page.

gi-docgen makes HTML of the pages and of the comments in the sources. What is around
the text on each page is ours (frame.py), and so are the search (search.js, and its
index), the style and the script. INDEX has the pages in groups: its headings and
lists are also the sidebar, and the order of the guides. It becomes the first page of
the site, and that of gi-docgen reference.html.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from frame import HOME, NAME, Frame
from guides import Guide, Links, read_groups, read_guide, show_marks
from links import find_broken_links
from reference import Page, lead_out, link_sources, read_libraries, tidy
from search_index import make_index
from sources import Sources
from symbols import find_unknown, link_symbols, read_descriptions, read_symbols
from tables import fit_tables
from tabs import mark_tabs

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
ASSETS = ['search.js', 'site.css', 'site.js']
# What gi-docgen's own pages need.
REMOVED = ['*.css', 'fzy.js', 'main.js', 'search.js', 'go-up-symbolic.png']

REFERENCE = ('API reference', 'reference.html')
# gi-docgen writes an index.html of its own.
OVERVIEW = 'overview'


def find_gir(name):
    for directory in [*os.environ.get('XDG_DATA_DIRS', '').split(':'),
                      '/usr/local/share', '/usr/share']:
        file = Path(directory, 'gir-1.0', name)
        if directory and file.exists():
            return file
    return None


def read_all_symbols(libraries, gir):
    """Those of the libraries that the configuration names, too."""
    symbols = {}
    for name, address in libraries.items():
        file = find_gir(f'{name}.gir')
        if file:
            symbols |= read_symbols(file, address)
    return symbols | read_symbols(gir)


def write_page(directory, name, title, text):
    """Writes a page as gi-docgen wants it, with a title."""
    (directory / f'{name}.md').write_text(f'Title: {title}\n\n{text}\n', 'utf-8')


def prepare(configuration, home, guides, links, directory):
    """Writes all pages, and a configuration that has them."""
    man_pages = [guide for guide in guides if guide.is_man_page]
    text, address = REFERENCE
    reference = '\n'.join(['', '## Reference', '',
                           f'- [{text}]({address}): classes, functions, errors',
                           *(f'- [{guide.title}]({guide.address}): all options' for guide in man_pages)])
    write_page(directory, OVERVIEW, home.title, links.rewrite(home) + reference)
    for guide in guides:
        write_page(directory, guide.path.stem, guide.title, links.rewrite(guide))

    names = ', '.join(f'"{name}.md"' for name in [OVERVIEW, *(guide.path.stem for guide in guides)])
    text = configuration.read_text('utf-8') + f'\n[extra]\ncontent_files = [{names}]\n'
    prepared = directory / configuration.name
    prepared.write_text(text, 'utf-8')
    return prepared


def run_gidocgen(gidocgen, configuration, gir, directory, output):
    subprocess.run([gidocgen, 'check', '--quiet', '--config', configuration, gir], check=True)
    subprocess.run([gidocgen, 'generate', '--quiet', '--fatal-warnings',
                    '--no-namespace-dir', '--config', configuration,
                    '--output-dir', output, '--content-dir', directory, gir], check=True)
    for pattern in REMOVED:
        for file in output.glob(pattern):
            file.unlink()


def rename_pages(output):
    (output / 'index.html').rename(output / REFERENCE[1])
    (output / f'{OVERVIEW}.html').rename(output / HOME[1])
    for file in output.glob('*.devhelp2'):
        text = file.read_text('utf-8').replace('index.html#', f'{REFERENCE[1]}#')
        file.write_text(text.replace(f'{OVERVIEW}.html', HOME[1]), 'utf-8')


class Site:
    """Makes the pages of a site of those that gi-docgen wrote."""

    def __init__(self, output, groups, man_pages, symbols, libraries, sources):
        self._output, self._symbols, self._libraries, self._sources = output, symbols, libraries, sources
        sidebar = [(heading, [(text, guide.address) for text, guide in guides]) for heading, guides in groups]
        sidebar.append(('Reference', [REFERENCE, *((guide.title, guide.address) for guide in man_pages)]))
        guides = [(guide, heading) for heading, listed in groups for _, guide in listed]
        self._frame = Frame(sidebar, [HOME, *((guide.title, guide.address) for guide, _ in guides)])
        guides += [(guide, 'Reference') for guide in man_pages]
        self._guides = {guide.address: (guide.title, heading) for guide, heading in guides}
        self._guides[HOME[1]] = HOME[0], NAME
        # CONTRIBUTING tells of symbols that there may be.
        self._unchecked = {guide.address for guide, _ in guides if guide.path.name == 'CONTRIBUTING.md'}
        self.wrong = []

    def finish(self):
        """Writes all pages. Returns the guides for the search."""
        found = []
        for file in sorted(self._output.glob('*.html')):
            page = Page(show_marks(file.read_text('utf-8')))
            text = link_sources(tidy(lead_out(page.text, self._libraries)), self._sources)
            text = fit_tables(mark_tabs(text))
            if file.name in self._guides:
                page.title, heading = self._guides[file.name]
                if file.name not in self._unchecked:
                    self.wrong += [f'{file.name}: there is no {name}' for name in find_unknown(text, self._symbols)]
                text = link_symbols(text, self._symbols)
                found.append((file.name, page.title, heading, text))
            elif file.name == REFERENCE[1]:
                page.title, page.members = REFERENCE[0], []
                text = self._leave_guides_out(text)
            self._write(file.name, page.title, text, page.members)
        for address, title, text in self._sources.write():
            self._write(address, title, text)
        return found

    def _leave_guides_out(self, text):
        """gi-docgen lists them with the reference, too."""
        for address in [*self._guides, f'{OVERVIEW}.html']:
            head, _, rest = text.partition(f'<li><a href="{address}">')
            text = head + rest.partition('</li>')[2] if rest else text
        return text

    def _write(self, address, title, text, members=()):
        html = self._frame.make_page(address, title, text, members)
        (self._output / address).write_text(html, 'utf-8')


def main(gidocgen, configuration, gir, output, index, *pages):
    configuration, output, index = Path(configuration), Path(output), Path(index)
    libraries, own = read_libraries(configuration), read_symbols(gir)
    home = Guide(index, index.read_text('utf-8'))
    guides = [read_guide(Path(page), own) for page in pages]
    man_pages = [guide for guide in guides if guide.is_man_page]
    groups = read_groups(index, [guide for guide in guides if not guide.is_man_page])
    sources = Sources(ROOT)
    addresses = {guide.path: guide.address for guide in guides}
    links = Links(addresses | {index: HOME[1], ROOT / 'README.md': HOME[1]}, sources)
    ordered = [guide for _, listed in groups for _, guide in listed] + man_pages

    with tempfile.TemporaryDirectory() as directory:
        pages, made = Path(directory, 'pages'), Path(directory, 'site')
        pages.mkdir()
        prepared = prepare(configuration, home, ordered, links, pages)
        run_gidocgen(gidocgen, prepared, gir, pages, made)
        rename_pages(made)
        site = Site(made, groups, man_pages, read_all_symbols(libraries, gir), libraries, sources)
        found = site.finish()
        (made / 'search-index.js').write_text(make_index(found, read_descriptions(gir)), 'utf-8')
        for file in [*(HERE / name for name in ASSETS), *links.copied]:
            shutil.copy(file, made)
        # What is at the output, Ninja takes for complete.
        shutil.rmtree(output, ignore_errors=True)
        wrong = sorted({*site.wrong, *find_broken_links(made)})
        if wrong:
            raise SystemExit('\n'.join(wrong))
        shutil.copytree(made, output)


if __name__ == '__main__':
    try:
        main(*sys.argv[1:])
    except subprocess.CalledProcessError as error:
        sys.exit(f'{os.path.basename(error.cmd[0])} {error.cmd[1]} failed')
