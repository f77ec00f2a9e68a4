#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A server with Python's own library, for the tests of the client.

Prints its URL when it is ready and ends when its standard input is closed.
Below /gzip it compresses every reply, below /RPC2 none.
"""

import ast
import hashlib
import os
import signal
import threading
from socketserver import ThreadingMixIn
from xmlrpc.client import Fault
from xmlrpc.server import SimpleXMLRPCRequestHandler, SimpleXMLRPCServer


class RequestHandler(SimpleXMLRPCRequestHandler):
    protocol_version = 'HTTP/1.1'
    rpc_paths = ('/RPC2', '/gzip')

    @property
    def encode_threshold(self):
        return 0 if self.path == '/gzip' else None

    def report_404(self):
        # Unread, it would be taken for the next request.
        self.rfile.read(int(self.headers['Content-Length']))
        super().report_404()


class Server(ThreadingMixIn, SimpleXMLRPCServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    connections = 0

    def get_request(self):
        self.connections += 1
        return super().get_request()


def echo(value):
    """Returns its parameter."""
    return value


def describe(value):
    """Returns a parameter as Python writes it."""
    return repr(value)


def evaluate(text):
    """Returns the value that Python writes as `text`."""
    return ast.literal_eval(text)


def repeat(value, count):
    return value * count


def digest(value):
    data = value if isinstance(value, bytes) else value.encode()
    return hashlib.sha256(data).hexdigest()


def count_parameters(*params):
    return len(params)


def fail(code, message):
    raise Fault(code, message)


def method_signature(name):
    if name == 'repeat':
        return [['string', 'string', 'int'], ['base64', 'base64', 'int']]
    return 'signatures not supported'  # As Python's own server says.


def end_with_parent():
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def main():
    server = Server(('127.0.0.1', 0), RequestHandler, logRequests=False,
                    allow_none=True, use_builtin_types=True)
    for function in (echo, describe, evaluate, repeat, digest,
                     count_parameters, fail):
        server.register_function(function)
    server.register_function(lambda: server.connections, 'connections')
    server.register_introspection_functions()
    server.register_multicall_functions()
    server.register_function(method_signature, 'system.methodSignature')

    threading.Thread(target=end_with_parent, daemon=True).start()
    print(f'http://127.0.0.1:{server.server_address[1]}/RPC2', flush=True)
    server.serve_forever()


if __name__ == '__main__':
    main()
