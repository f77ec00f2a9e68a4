#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Asks a news server for the newest items on a subject.

    meerkat.py URL [SEARCH [NUM_ITEMS]]
"""

import sys

import gi

gi.require_version('XmlRpc', '1.0')
from gi.repository import GLib, XmlRpc  # noqa: E402


def main(url, search='Python', num_items='7'):
    if not num_items.isdecimal() or int(num_items) == 0:
        sys.exit(f'meerkat: {num_items} is no number of items')
    query = {'search': search, 'num_items': int(num_items)}
    with XmlRpc.ServerProxy(url) as proxy:
        items = proxy.meerkat.getItems(query)
    if not items:
        print(f'No news on {search}.')
    for number, item in enumerate(items, 1):
        print(f'{number}. {item.get("title", "(no title)")}')
        print(f'   {item.get("link", "")}')
        print(f'   {item.get("description") or "(no description)"}\n')


if __name__ == '__main__':
    if not 2 <= len(sys.argv) <= 4:
        print('Usage: meerkat.py URL [SEARCH [NUM_ITEMS]]', file=sys.stderr)
        sys.exit(2)
    try:
        main(*sys.argv[1:])
    except XmlRpc.Fault as fault:
        sys.exit(f'meerkat: fault {fault.faultCode} from the server: '
                 f'{fault.faultString}')
    except GLib.Error as error:
        sys.exit(f'meerkat: {error.message}')
