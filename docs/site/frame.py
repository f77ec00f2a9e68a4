# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What is around the text of each page: the search, the sidebar with all pages, the
headings of the page, and the way to the pages before and after it."""

import re
from html import escape

NAME = 'xmlrpc-glib'
HOME = ('XML-RPC for GLib', 'index.html')
HEADING = re.compile(r'<(h[123])\b([^>]*)\bid="([^"]+)"([^>]*)>(.*?)</\1>', re.DOTALL)
FEWEST_HEADINGS = 3

HTML = '''\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title} – {name}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="site.css">
<script src="site.js" defer></script>
<script src="search.js" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to the text</a>
<header class="top devhelp-hidden">
<a class="name" href="index.html">{name}</a>
<form role="search" hidden><input id="search" type="search" placeholder="Search all pages" \
aria-label="Search all pages" autocomplete="off" spellcheck="false"></form>
<a class="menu" href="#menu">Menu</a>
</header>
<div class="columns">
<nav id="menu" class="devhelp-hidden" aria-label="All pages">
<a class="menu" href="#main">Close</a>
{sidebar}</nav>
<section id="results" aria-label="Search results" hidden></section>
<main id="main">
{text}
{around}</main>
{contents}</div>
</body>
</html>
'''


def make_list(links, current):
    items = []
    for text, address in links:
        mark = ' aria-current="page"' if address == current else ''
        items.append(f'<li><a{mark} href="{escape(address)}">{escape(text)}</a></li>')
    return f'<ul>{"".join(items)}</ul>'


def make_sidebar(groups, members, current):
    """Members are those of the class that a page of the reference is about."""
    parts = [f'<p class="members">{escape(heading)}</p>{make_list(links, current)}\n'
             for heading, links in members]
    # Pages that are not listed are of the reference, the last one.
    opened = groups[0 if current == HOME[1] else -1][0]
    for heading, links in groups:
        if current in [address for _, address in links]:
            opened = heading
    for heading, links in groups:
        parts.append(f'<details{" open" if heading == opened else ""}><summary>{escape(heading)}</summary>'
                     f'{make_list(links, current)}</details>\n')
    return ''.join(parts)


def read_headings(html):
    """Yields the tag, the anchor and the HTML of each heading."""
    for tag, _, anchor, _, content in HEADING.findall(html):
        yield tag, anchor, ' '.join(re.sub(r'</?a\b[^>]*>', '', content).split())


def make_contents(html):
    headings = [heading for heading in read_headings(html) if heading[0] != 'h1']
    if len(headings) < FEWEST_HEADINGS:
        return ''
    items = ''.join(f'<li class="{tag}"><a href="#{anchor}">{content}</a></li>'
                    for tag, anchor, content in headings)
    return (f'<nav class="contents devhelp-hidden" aria-label="On this page"><p>On this page</p>'
            f'<ul>{items}</ul></nav>\n')


def make_around(before, after):
    if not before and not after:
        return ''
    links = ''.join(f'<a rel="{relation}" href="{page[1]}"><span>{label}</span> {escape(page[0])}</a>'
                    for relation, label, page in [('prev', 'Previous', before), ('next', 'Next', after)] if page)
    return f'<nav class="around" aria-label="Previous and next page">{links}</nav>\n'


def add_anchors(html):
    return HEADING.sub(
        lambda match: f'<{match[1]}{match[2]}id="{match[3]}"{match[4]}>{match[5].strip()} <a class="anchor" '
                      f'href="#{match[3]}" aria-hidden="true" tabindex="-1">#</a></{match[1]}>', html)


class Frame:
    """Groups are those of the sidebar: [(heading, [(text, address)])]; order is that of
    the guides: [(title, address)]."""

    def __init__(self, groups, order):
        self._groups = groups
        addresses = [address for _, address in order]
        self._around = {address: (before, after) for address, before, after in
                        zip(addresses, [None, *order], [*order[1:], None])}

    def make_page(self, address, title, text, members=()):
        return HTML.format(
            name=NAME, title=escape(title), text=add_anchors(text),
            sidebar=make_sidebar(self._groups, members, address),
            contents=make_contents(text),
            around=make_around(*self._around.get(address, (None, None))))
