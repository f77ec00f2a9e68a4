#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Calls from Python: XmlRpc beside xmlrpc.client, of the same server.

One reply is 16 MB of 20,000 structs, the other is empty. Both clients take
turns, so that what else the machine does is shared by both; the figures are
medians of their turns, of the time on the clock, and of the processor's time,
user's and system's, that the client takes.
"""

import gc
import os
import subprocess
import sys
import time
import xmlrpc.client
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from statistics import median

N_ITEMS = 20_000


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


class Server(ThreadingHTTPServer):
    """Ends with the process that started it."""

    def service_actions(self):
        if os.getppid() != int(sys.argv[2]):
            os._exit(0)


def serve():
    RequestHandler.replies = [
        xmlrpc.client.dumps((value,), methodresponse=True).encode()
        for value in ('', create_news())]
    server = Server(('127.0.0.1', 0), RequestHandler)
    print(f'http://127.0.0.1:{server.server_address[1]}/RPC2', flush=True)
    print(len(RequestHandler.replies[1]), flush=True)
    server.serve_forever()


def measure_turn(function, calls):
    """The seconds of a call, on the clock and of the processor."""
    start = time.perf_counter(), time.process_time()
    for _ in range(calls):
        function()
    return ((time.perf_counter() - start[0]) / calls,
            (time.process_time() - start[1]) / calls)


def measure(functions, rounds, calls):
    """What all turns of each function took."""
    turns = [[] for _ in functions]
    for function in functions:
        function()
    gc.collect()
    for number in range(rounds):
        order = range(len(functions))
        for index in order if number % 2 else reversed(order):
            turns[index].append(measure_turn(functions[index], calls))
    return turns


def compare(name, turns, most):
    for kind, column in ('clock', 0), ('processor', 1):
        ours, theirs = ([turn[column] for turn in of] for of in turns)
        ratio = median(a / b for a, b in zip(ours, theirs))
        met = 'met' if ratio <= most else 'NOT MET'
        print(f'{name:8} {kind:10} {median(ours) * 1e3:9.3f} ms   '
              f'xmlrpc.client {median(theirs) * 1e3:9.3f} ms   '
              f'{ratio:5.2f} x   {met}: at most {most:.2f} x')


def main():
    import gi
    gi.require_version('XmlRpc', '1.0')
    from gi.repository import XmlRpc

    server = subprocess.Popen([sys.executable, __file__, 'serve',
                               str(os.getpid())],
                              stdout=subprocess.PIPE, text=True)
    uri = server.stdout.readline().strip()
    size = int(server.stdout.readline())
    ours, theirs = (client.ServerProxy(uri, use_builtin_types=True)
                    for client in (XmlRpc, xmlrpc.client))
    try:
        assert ours.getNews() == theirs.getNews() == create_news()
        compare(f'{size / 1e6:.1f} MB',
                measure([ours.getNews, theirs.getNews], 7, 1), 0.2)
        compare('empty', measure([ours.nothing, theirs.nothing], 40, 50), 1)
    finally:
        server.kill()
        server.wait()


if __name__ == '__main__':
    serve() if sys.argv[1:2] == ['serve'] else main()
