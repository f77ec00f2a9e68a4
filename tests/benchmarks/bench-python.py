#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Calls from Python: XmlRpc beside xmlrpc.client, of the same server.

One reply is 16 MB of 20,000 structs, the other is empty.
"""

import gc
import os
import subprocess
import sys
import time
import xmlrpc.client
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

N_ITEMS = 20_000
ROUNDS = 7
CALLS = 1000


def create_news():
    return [{'number': n, 'title': f'Release {n} of a library & its bindings',
             'link': f'https://news.example.org/2026/{n:05}?from=feed&id={n}',
             'description': 'Faster parsing, less memory – <b>as ever</b>. '
                            * (2 + n % 3),
             'date': datetime(1998, 7, 17, 14, 8, n % 60), 'score': n / 7,
             'read': n % 3 == 0} for n in range(N_ITEMS)]


class RequestHandler(BaseHTTPRequestHandler):
    """Python's server without the cost of making the same reply again."""

    protocol_version = 'HTTP/1.1'
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_POST(self):
        request = self.rfile.read(int(self.headers['Content-Length']))
        reply = self.replies[b'getNews' in request]
        self.send_response(200)
        self.send_header('Content-Type', 'text/xml')
        self.send_header('Content-Length', str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *args):
        """Not in the output of the benchmark."""


def serve():
    RequestHandler.replies = [
        xmlrpc.client.dumps((value,), methodresponse=True).encode()
        for value in ('', create_news())]
    server = HTTPServer(('127.0.0.1', 0), RequestHandler)
    print(f'http://127.0.0.1:{server.server_address[1]}/RPC2', flush=True)
    print(len(RequestHandler.replies[1]), flush=True)
    while os.getppid() == int(sys.argv[2]):
        server.handle_request()


def measure(function, rounds):
    """The median of the seconds that a call takes."""
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        function()
        seconds.append(time.perf_counter() - start)
    return sorted(seconds)[rounds // 2]


def measure_client(client, uri):
    with client.ServerProxy(uri, use_builtin_types=True) as proxy:
        news = proxy.getNews()
        gc.collect()
        return (news, measure(proxy.getNews, ROUNDS),
                measure(proxy.nothing, CALLS))


def compare(name, ours, theirs, most):
    met = 'met' if ours <= most * theirs else 'NOT MET'
    print(f'{name:12} {ours * 1e3:9.3f} ms   xmlrpc.client '
          f'{theirs * 1e3:9.3f} ms   {ours / theirs:5.2f} x   '
          f'{met}: at most {most:.2f} x')


def main():
    import gi
    gi.require_version('XmlRpc', '1.0')
    from gi.repository import XmlRpc

    server = subprocess.Popen([sys.executable, __file__, 'serve',
                               str(os.getpid())],
                              stdout=subprocess.PIPE, text=True)
    uri = server.stdout.readline().strip()
    size = int(server.stdout.readline())
    try:
        ours = measure_client(XmlRpc, uri)
        theirs = measure_client(xmlrpc.client, uri)
    finally:
        server.kill()
        server.wait()

    assert ours[0] == theirs[0] == create_news()
    compare(f'{size / 1e6:.1f} MB', ours[1], theirs[1], 0.5)
    compare('empty', ours[2], theirs[2], 1)


if __name__ == '__main__':
    serve() if sys.argv[1:2] == ['serve'] else main()
