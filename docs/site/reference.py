# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the site takes of the pages of gi-docgen, and what it changes in them.

gi-docgen 2023.1 to 2026.1 have the same frame around a page: a sidebar, which begins
with the library and has the members of a class; the text, in a section of its own; a
list of headings; and a section for a search.
"""

import re
from html import unescape

TITLE = re.compile(r'<title>(.*?)</title>', re.DOTALL)
SIDEBAR = re.compile(r'<div class="section namespace">.*?</div>(.*?)<div class="section generator">',
                     re.DOTALL)
TEXT = re.compile(r'<section id="main" class="content">(.*)</section>\s*'
                  r'(?:<div id="toc" class="toc">.*)?<section id="search"', re.DOTALL)
MEMBERS = re.compile(r'<h5>(.*?)</h5>\s*<div class="links">(.*?)</div>', re.DOTALL)
LINK = re.compile(r'<a\b[^>]*href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)

DEPENDENCY = re.compile(r'\[dependencies\."([^"]+)"\][^\[]*\bdocs_url = "([^"]+)"')
EXTERNAL = re.compile(r'<a\b(?=[^>]*\bdata-namespace="([^"]*)")(?=[^>]*\bdata-link="([^"]*)")[^>]*>')
# See the configuration.
SOURCE = re.compile(r'\s*<a class="srclink"[^>]*href="https://source\.invalid/([^"#]+)#L(\d+)">'
                    r'[^<]*</a>\s*(</h\d>)')
VALUE = re.compile(r'<code title="Value: (-?\d+)">(\w+)</code></a>')

# Headings by their depth on the page; and what is not well-formed, or not accessible.
CHANGES = [(re.compile(pattern, re.DOTALL), replacement) for pattern, replacement in [
    (r'<h4 id="title".*?</h4>', ''),
    (r'<header>\s*<h3>(.*?)</h3>', r'<header><p class="kind">\1</p>'),
    (r'<(/?)h4\b', r'<\1h2'),
    (r'<(/?)h[56]\b', r'<\1h3'),
    (r' style="display: ?(?:flex|block);"', ''),
    (r'<(/?)summary>', r'<\1section>'),
    (r'</pre></code>', '</code></pre>'),
    (r'<pre><code><div class="highlight"><pre>(?:<span></span>)?(.*?)</pre>\s*</div>\s*</code></pre>',
     r'<div class="codehilite"><pre><code>\1</code></pre></div>'),
    (r'<p><p>', '<p>'),
    (r'</p></p>', '</p>'),
    # The other links to it are those of the site.
    (r'(<h1\b[^>]*>\s*<a href=")index\.html"', r'\1reference.html"'),
    (r'</li><ul class="type">', '<ul class="type">'),
    (r'\s*<a\b[^>]*class="(?:md-)?anchor"[^>]*>\s*</a>', ''),
    # No style makes them smaller.
    (r'<span class="caps">([^<]*)</span>', r'\1'),
    # There are no addresses in them.
    (r'<tr><td><em>\w+</em></td><td><a href=""[^>]*></a></td></tr>', ''),
]]


class Page:
    """The parts of a page that gi-docgen wrote."""

    def __init__(self, html):
        self.title = unescape(TITLE.search(html)[1]).strip()
        self.members = list(read_members(SIDEBAR.search(html)[1]))
        self.text = TEXT.search(html)[1]


def read_members(html):
    """Yields the lists of a sidebar: (heading, [(text, address)])."""
    for heading, links in MEMBERS.findall(html):
        yield unescape(heading), [(unescape(text), address) for address, text in LINK.findall(links)]


def read_libraries(configuration):
    """Where other libraries are documented: their addresses by names such as GLib-2.0."""
    return dict(DEPENDENCY.findall(configuration.read_text('utf-8')))


def lead_out(html, libraries):
    """Gives links to symbols of other libraries an address, as a script of gi-docgen does."""
    addresses = {name.rpartition('-')[0]: address for name, address in libraries.items()}

    def lead(match):
        namespace, link = match.groups()
        if namespace not in addresses:
            raise SystemExit(f'nobody knows where {namespace} is documented')
        return f'<a class="external" href="{addresses[namespace]}{link}">'

    return EXTERNAL.sub(lead, html)


def link_sources(html, sources):
    """Has the place in the sources below the heading that it belongs to."""
    def link(match):
        path, line, end = match.groups()
        file = sources.find(path)
        if file is None:
            return end
        place = f'{file.relative_to(sources.root)}:{line}'
        return f'{end}\n<p class="source"><a href="{sources.add(file)}#L{line}">{place}</a></p>'

    return SOURCE.sub(link, html)


def tidy(html):
    for pattern, replacement in CHANGES:
        html = pattern.sub(replacement, html)
    # Newer versions of gi-docgen show them.
    return VALUE.sub(r'<code>\2</code></a> = <code>\1</code>', html)
