#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The server of the demo: news items over XML-RPC, with Python's own library.

    meerkat-server.py [--until-eof] [PORT]

Listens on the loopback interface, at a free port unless told one, prints its
URL, and serves until it gets SIGTERM or SIGINT (Ctrl-C).
"""

import argparse
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


def end_at_eof():
    # Not sys.stdin: its lock would be in the way of the interpreter's end.
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def serve(port, until_eof):
    with SimpleXMLRPCServer(('127.0.0.1', port), logRequests=False,
                            use_builtin_types=True) as server:
        Meerkat(server)
        if until_eof:
            threading.Thread(target=end_at_eof, daemon=True).start()
        print(f'http://127.0.0.1:{server.server_address[1]}/RPC2', flush=True)
        server.serve_forever()


def main():
    parser = argparse.ArgumentParser(description='Serves news over XML-RPC.')
    parser.add_argument('--until-eof', action='store_true',
                        help='also end when standard input ends')
    parser.add_argument('port', metavar='PORT', type=int, nargs='?', default=0,
                        help='where to listen; a free port by default')
    arguments = parser.parse_args()

    # Also in the background of a script, where a shell lets SIGINT be ignored.
    for number in signal.SIGTERM, signal.SIGINT:
        signal.signal(number, signal.default_int_handler)
    try:
        serve(arguments.port, arguments.until_eof)
    except KeyboardInterrupt:
        pass
    except (OSError, OverflowError) as error:
        parser.exit(1, f'meerkat-server.py: {error}\n')


if __name__ == '__main__':
    main()
