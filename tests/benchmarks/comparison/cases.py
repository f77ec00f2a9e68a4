# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What is measured, and of whom."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    name: str
    title: str
    # What the decoder can be told to expect.
    type: str | None = None
    # Else it is counted in instructions, and has no memory to speak of.
    is_large: bool = True


CASES = [
    Case('news', '20,000 structs of seven members', 'aa{sv}'),
    Case('integers', '250,000 integers', 'ai'),
    Case('doubles', '150,000 random doubles', 'ad'),
    Case('decimals', '150,000 doubles of at most four decimals', 'ad'),
    Case('strings', '50,000 strings, much to escape, half not ASCII', 'as'),
    Case('binary', 'one binary of 32 MiB'),
    Case('wide', 'one struct of 10,000 members'),
    Case('nested', 'arrays and structs, 40 deep', is_large=False),
    Case('reply', 'a reply of 6 KB', 'aa{sv}', is_large=False),
    Case('short', 'a reply of 200 bytes', is_large=False),
]

OURS = 'xmlrpc-glib'
# What a decoder that left all XML to libxml2 could reach.
PARSER = 'empty-parse'
BARE = 'bare'
BINDINGS = 'bindings'
JAVASCRIPT = 'javascript'
PEERS = ['libsoup2', 'xmlrpc-c', 'xmlrpc-epi', 'python']
# Looks for the tags that it expects instead of parsing XML: shown, but not counted as a peer.
SEARCHER = 'flxmlrpc'

TITLES = {
    OURS: 'xmlrpc-glib',
    PARSER: 'libxml2 alone',
    BARE: 'libsoup 3 alone',
    BINDINGS: 'xmlrpc-glib from Python',
    JAVASCRIPT: 'xmlrpc-glib from JavaScript',
    'libsoup2': 'libsoup 2.4',
    'xmlrpc-c': 'xmlrpc-c',
    'xmlrpc-epi': 'xmlrpc-epi',
    'python': 'Python',
    SEARCHER: 'flxmlrpc',
}
