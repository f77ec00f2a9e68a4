# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The servers that the tests call."""

import base64
import os
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xmlrpc.client import Fault, dumps
from xmlrpc.server import SimpleXMLRPCRequestHandler, SimpleXMLRPCServer
from socketserver import ThreadingMixIn


class EchoServer:
    """The server of Python's own library, in a process of its own."""

    def __init__(self):
        self._process = subprocess.Popen([sys.executable, __file__],
                                         stdin=subprocess.PIPE,
                                         stdout=subprocess.PIPE, text=True)
        self.uri = self._process.stdout.readline().strip()

    def close(self):
        self._process.communicate()


class RequestHandler(SimpleXMLRPCRequestHandler):
    protocol_version = 'HTTP/1.1'
    encode_threshold = None

    def do_POST(self):
        Server.local.headers = self.headers
        super().do_POST()

    def report_404(self):
        # Unread, it would be taken for the next request.
        self.rfile.read(int(self.headers['Content-Length']))
        super().report_404()

    def log_message(self, *args):
        """Not in the output of the tests."""


class Server(ThreadingMixIn, SimpleXMLRPCServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    local = threading.local()


class Door:
    """Answers who says who they are, with what they say: user:password, or another
    Authorization as it is."""

    def __init__(self):
        self.n_requests = 0
        door = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'

            def do_POST(self):
                door.n_requests += 1
                self.rfile.read(int(self.headers['Content-Length']))
                text = self.headers['Authorization']
                if text and text.startswith('Basic '):
                    text = base64.b64decode(text[6:]).decode()
                body = dumps((text,), methodresponse=True).encode() if text else b''
                self.send_response(200 if text else 401)
                self.send_header('Content-Type', 'text/xml')
                self.send_header('Content-Length', str(len(body)))
                if not text:
                    self.send_header('WWW-Authenticate', 'Basic realm="door"')
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                """Not in the output of the tests."""

        self._server = ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.uri = f'http://127.0.0.1:{self._server.server_port}/'
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self._server.shutdown()
        self._server.server_close()


class Introspected:
    """Tells nothing of its methods but a fault, whose code is a word."""

    def __init__(self):
        def refuse(*args):
            raise Fault('NotFound', 'No.')

        self._server = Server(('127.0.0.1', 0), RequestHandler, logRequests=False)
        for name in 'listMethods', 'methodSignature', 'methodHelp':
            self._server.register_function(refuse, f'system.{name}')
        self._server.register_function(refuse, 'system.getCapabilities')
        self.uri = f'http://127.0.0.1:{self._server.server_address[1]}/RPC2'
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self._server.shutdown()
        self._server.server_close()


def echo(value):
    """Returns its parameter."""
    return value


def fail(code, message):
    raise Fault(code, message)


def sleep(seconds):
    time.sleep(seconds)
    return seconds


def method_signature(name):
    if name == 'repeat':
        return [['string', 'string', 'int'], ['base64', 'base64', 'int']]
    return 'signatures not supported'  # As Python's own server says.


def main():
    server = Server(('127.0.0.1', 0), RequestHandler, logRequests=False,
                    allow_none=True, use_builtin_types=True)
    for function in (echo, fail, sleep):
        server.register_function(function)
    server.register_function(echo, 'a.b.c.d')
    server.register_function(echo, 'connect')
    server.register_function(lambda a, b: a + b, 'add')
    server.register_function(lambda value: repr(value), 'describe')
    server.register_function(lambda *params: len(params), 'count_parameters')
    server.register_function(lambda name: Server.local.headers[name],
                             'get_header')
    server.register_introspection_functions()
    server.register_multicall_functions()
    server.register_function(method_signature, 'system.methodSignature')

    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f'http://127.0.0.1:{server.server_address[1]}/RPC2', flush=True)
    # Ends with the process that started it.
    os.read(0, 1)


if __name__ == '__main__':
    main()
