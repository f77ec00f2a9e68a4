#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The server of the demo: news items over XML-RPC, with Python's own library.

    meerkat-server.py [PORT]

Listens on the loopback interface, at a free port unless told one, prints its
URL, and ends on SIGTERM, on Ctrl-C, or when its standard input is closed and
no terminal.
"""

import json
import os
import signal
import sys
import threading
from datetime import datetime
from pathlib import Path
from xmlrpc.server import SimpleXMLRPCServer

NEWS = json.loads(Path(__file__).with_name('news.json').read_text('utf-8'))


class Meerkat:
    """The methods of the server, and what it tells about them."""

    signatures = {
        'meerkat.getItems': [['array', 'struct']],
        'system.listMethods': [['array']],
        'system.methodHelp': [['string', 'string']],
        'system.methodSignature': [['array', 'string']],
    }

    def __init__(self, server):
        server.register_function(self.get_items, 'meerkat.getItems')
        server.register_introspection_functions()
        server.register_function(self.method_signature,
                                 'system.methodSignature')

    @staticmethod
    def get_items(query):
        """Returns the newest items that have all the words of `search`.

        `search` (string) is looked for in titles and descriptions, in any
        case; `num_items` (int) is how many items to return at most (10).
        """
        words = query.get('search', '').casefold().split()
        found = []
        for item in NEWS:
            text = f'{item["title"]} {item["description"]}'.casefold()
            if all(word in text for word in words):
                date = datetime.fromisoformat(item['date'])
                found.append({**item, 'date': date})
        return found[:max(query.get('num_items', 10), 0)]

    def method_signature(self, name):
        """Returns the signatures of a method, the return type first."""
        return self.signatures[name]


def end_with_parent():
    # Not sys.stdin: its lock would be in the way of the interpreter's end.
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def main(port=0):
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # In the background of a terminal, it would be stopped for reading.
    if not sys.stdin.isatty():
        threading.Thread(target=end_with_parent, daemon=True).start()

    with SimpleXMLRPCServer(('127.0.0.1', int(port)), logRequests=False,
                            use_builtin_types=True) as server:
        Meerkat(server)
        print(f'http://127.0.0.1:{server.server_address[1]}/RPC2', flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            pass


if __name__ == '__main__':
    main(*sys.argv[1:])
