#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A server that answers `large` with 16 MB, and all others with a number.

It prints its URI, and ends with its input.
"""

import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

START = b'<?xml version="1.0"?><methodResponse><params><param><value>'
END = b'</value></param></params></methodResponse>'
NEWS = (b'<value><struct><member><name>title</name><value><string>Reform &amp; peace</string></value></member>'
        b'<member><name>number</name><value><int>12345</int></value></member>'
        b'<member><name>content</name><value><string>' + b'A line of news. ' * 8 +
        b'</string></value></member></struct></value>\n')
LARGE = START + b'<array><data>' + NEWS * (16 * 1024 * 1024 // len(NEWS)) + b'</data></array>' + END
SMALL = START + b'<int>5</int>' + END


class Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    disable_nagle_algorithm = True

    def do_POST(self):
        request = self.rfile.read(int(self.headers['Content-Length']))
        answer = LARGE if b'>large<' in request else SMALL
        self.send_response(200)
        self.send_header('Content-Type', 'text/xml')
        self.send_header('Content-Length', str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args):
        """Not in the output of the tests."""


def main():
    server = ThreadingHTTPServer(('127.0.0.1', 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f'http://127.0.0.1:{server.server_port}/RPC2', flush=True)
    sys.stdin.read()


main()
