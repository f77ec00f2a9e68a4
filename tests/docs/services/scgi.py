#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Speaks SCGI in front of a server of HTTP, as rTorrent does without one:

    scgi.py PORT URL
"""

import socketserver
import sys
import urllib.request

PORT, URL = int(sys.argv[1]), sys.argv[2]


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        length = b''
        while (character := self.rfile.read(1)) != b':':
            length += character
        items = self.rfile.read(int(length) + 1)[:-2].split(b'\0')
        body = self.rfile.read(int(dict(zip(items[::2], items[1::2]))[b'CONTENT_LENGTH']))
        request = urllib.request.Request(URL, body, {'Content-Type': 'text/xml'})
        with urllib.request.urlopen(request) as response:
            self.wfile.write(b'Status: 200 OK\r\nContent-Type: text/xml\r\n\r\n' + response.read())


with socketserver.ThreadingTCPServer(('127.0.0.1', PORT), Handler) as server:
    print(f'scgi://127.0.0.1:{PORT}', flush=True)
    server.serve_forever()
