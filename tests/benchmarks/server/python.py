#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Python's xmlrpc.server, with connections that stay open and a thread each.

Prints its URL, and serves until its standard input ends.
"""

import sys
import threading
from socketserver import ThreadingMixIn
from xmlrpc.server import SimpleXMLRPCRequestHandler, SimpleXMLRPCServer


class RequestHandler(SimpleXMLRPCRequestHandler):
    # Without it there is a connection for each call.
    protocol_version = 'HTTP/1.1'


class Server(ThreadingMixIn, SimpleXMLRPCServer):
    daemon_threads = True
    request_queue_size = 300


def main():
    with Server(('127.0.0.1', 0), RequestHandler, logRequests=False) as server:
        server.register_function(lambda a, b: a + b, 'sample.add')
        server.register_function(lambda: '', 'sample.nothing')
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f'http://127.0.0.1:{server.server_address[1]}/RPC2', flush=True)
        sys.stdin.read()


if __name__ == '__main__':
    main()
