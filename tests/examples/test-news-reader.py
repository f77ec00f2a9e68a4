#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The news reader in a window of its own display, used by a module that GIO
loads into it: test-news-reader.py DRIVER PROGRAM [ARGUMENT]...

The server asks for a password, then returns news, a fault, nothing at all, and
news again."""

import base64
import os
import subprocess
import sys
import tempfile
import threading
import unittest
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xmlrpc.client import Fault, dumps, loads

import tap

DRIVER, *COMMAND = sys.argv[1:]
TIMEOUT = 240

NEWS = [{'title': f'Item {number}', 'description': f'Text {number}',
         'date': datetime(1998, 7, 17, 14, 8, 55), 'link': 'ignored'}
        for number in range(30)]

STEPS = """asks for a password
shows that there was none
asks for it at the next call
asks again after a wrong one
shows the news after the right one
shows a fault above the news
waits for a slow server
ends a call that was cancelled
shows the news again
"""


class Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log_message(self, *args):
        pass

    def get_credentials(self):
        header = self.headers.get('Authorization', '')
        return base64.b64decode(header.removeprefix('Basic ')).decode()

    def answer(self, status, body=b''):
        self.send_response(status)
        if status == 401:
            self.send_header('WWW-Authenticate', 'Basic realm="Vault"')
        self.send_header('Content-Type', 'text/xml')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length']))
        credentials = self.get_credentials()
        if credentials != 'ada:lovelace':
            self.server.refused.append(credentials)
            self.answer(401)
            return
        self.server.calls.append(loads(body))
        reply = self.server.replies.pop(0)
        if reply is None:
            # Nothing more comes, but the end of the connection.
            self.server.waiting.touch()
            self.server.seen_end = self.rfile.read(1) == b''
            self.close_connection = True
            return
        self.answer(200, dumps(reply, methodresponse=True).encode())


class Display:
    """An X server, which chooses its number."""

    def __init__(self):
        reading, writing = os.pipe()
        self._process = subprocess.Popen(
            ['Xvfb', '-displayfd', str(writing), '-screen', '0',
             '800x600x24', '-nolisten', 'tcp'],
            pass_fds=[writing], stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            self.name = ':' + pipe.readline().strip()

    def close(self):
        self._process.terminate()
        self._process.wait()


class NewsReaderTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.display = Display()
        self.addCleanup(self.display.close)
        self.server = ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.server.refused = []
        self.server.calls = []
        self.server.seen_end = False
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.server.waiting = Path(directory.name) / 'waiting'
        self.server.replies = [(NEWS,), Fault(7, 'out of news'), None, (NEWS,)]
        self.addCleanup(self.server.server_close)
        threading.Thread(target=self.server.serve_forever).start()
        self.addCleanup(self.server.shutdown)

    def test_use(self):
        environment = os.environ | {
            'DISPLAY': self.display.name,
            'GDK_BACKEND': 'x11',
            'GIO_EXTRA_MODULES': str(Path(DRIVER).resolve().parent),
            'GSETTINGS_BACKEND': 'memory',
            'GSK_RENDERER': 'cairo',
            'GTK_A11Y': 'none',
            'LC_ALL': 'C.UTF-8',
            'NEWS_READER_WAITING': str(self.server.waiting),
            'NO_AT_BRIDGE': '1',
        }
        port = self.server.server_address[1]
        process = subprocess.run(
            [*COMMAND, f'http://127.0.0.1:{port}/RPC2'], env=environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
            timeout=TIMEOUT)
        self.assertEqual(process.stdout, STEPS)
        self.assertEqual(process.returncode, 0)
        # A wrong password arrives once, and nothing is sent unasked.
        self.assertEqual(self.server.refused, ['', '', 'ada:byron'])
        self.assertEqual(self.server.calls,
                         [(({'num_items': 100},), 'meerkat.getItems')] * 4)
        self.assertTrue(self.server.seen_end)


if __name__ == '__main__':
    tap.main()
