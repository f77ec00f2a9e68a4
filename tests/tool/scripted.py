# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""An HTTP server that answers as a test says, for what no good server does."""

import base64
import ssl
import threading
import xmlrpc.client
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length']))
        self.server.requests.append((self.headers, body))
        self.server.answer(self, body)

    def send(self, body=b'', status=200, content_type='text/xml', headers=()):
        if isinstance(body, str):
            body = body.encode()
        self.send_response(status)
        self.send_header('Content-Type', content_type)
        self.send_header('Content-Length', str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class ScriptedServer(ThreadingHTTPServer):
    """`answer` is called with the handler and the request's body."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, answer, certificate=None):
        super().__init__(('127.0.0.1', 0), Handler)
        self.answer = answer
        self.requests = []
        scheme = 'http'
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.socket = context.wrap_socket(self.socket, server_side=True)
            scheme = 'https'
        self.url = f'{scheme}://127.0.0.1:{self.server_address[1]}/RPC2'
        threading.Thread(target=self.serve_forever, args=[0.02], daemon=True).start()

    def __exit__(self, *arguments):
        self.shutdown()
        super().__exit__(*arguments)

    def handle_error(self, request, client_address):
        """That clients break connections is what some tests are for."""


def respond(value):
    """Answers every call with a value."""
    body = xmlrpc.client.dumps((value,), methodresponse=True, allow_none=True)
    return lambda handler, _: handler.send(body)


def fail(code, message):
    body = xmlrpc.client.dumps(xmlrpc.client.Fault(code, message))
    return lambda handler, _: handler.send(body)


def dispatch(**methods):
    """Answers a call with what a function returns; the names have _ for a dot."""
    def answer(handler, body):
        params, name = xmlrpc.client.loads(body)
        try:
            value = methods[name.replace('.', '_')](*params)
            text = xmlrpc.client.dumps((value,), methodresponse=True, allow_none=True)
        except KeyError:
            text = xmlrpc.client.dumps(xmlrpc.client.Fault(1, f'unknown method {name}'))
        handler.send(text)

    return answer


def protect(user, password, answer):
    """Asks for Basic authentication first."""
    expected = 'Basic ' + base64.b64encode(f'{user}:{password}'.encode()).decode()

    def check(handler, body):
        if handler.headers['Authorization'] == expected:
            answer(handler, body)
        else:
            handler.send('who are you?', 401, 'text/plain', [('WWW-Authenticate', 'Basic realm="test"')])

    return check


def pause(body, size, event):
    """Answers with so many bytes of a body, and with the rest after an event."""
    def answer(handler, _):
        handler.send_response(200)
        handler.send_header('Content-Type', 'text/xml')
        handler.send_header('Content-Length', str(len(body)))
        handler.end_headers()
        handler.wfile.write(body[:size])
        handler.wfile.flush()
        event.wait(60)
        handler.wfile.write(body[size:])

    return answer
