# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Servers that answer with given bytes, whatever they are asked.

replay.py WHAT...: prints the URI of a server for each, until the standard input ends. WHAT
is a file, a whole response as Latin-1, or "head", which answers with the head of the request.
"""

import socket
import sys
import threading
from pathlib import Path
from xmlrpc.client import dumps

HEAD = ('HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nConnection: close\r\n'
        'Set-Cookie: session=s3cret; HttpOnly\r\n\r\n')


def show_head(head):
    """The response with the head of a request."""
    text = head.decode('latin-1').replace('\r\n', '\n')
    return HEAD.encode() + dumps((text,), methodresponse=True).encode()


class Replay:
    """The response to each request is bytes, or made by a function of its head."""

    def __init__(self, response, host='127.0.0.1'):
        self._response = response
        family = socket.AF_INET6 if ':' in host else socket.AF_INET
        self._socket = socket.create_server((host, 0), family=family, backlog=64)
        self.port = self._socket.getsockname()[1]
        self.uri = f'http://{host}:{self.port}/RPC2'
        threading.Thread(target=self._run, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self._socket.close()

    def _run(self):
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection):
        with connection, connection.makefile('rb') as file:
            head = b''
            while not head.endswith(b'\r\n\r\n'):
                line = file.readline()
                if not line:
                    return
                head += line
            length = [line.split(b':')[1] for line in head.lower().split(b'\r\n')
                      if line.startswith(b'content-length:')]
            file.read(int(length[0]))
            response = self._response
            connection.sendall(response(head) if callable(response) else response)
            connection.shutdown(socket.SHUT_WR)
            # What is unread would reset the connection.
            file.read()


def main():
    for what in sys.argv[1:]:
        if what == 'head':
            response = show_head
        elif '\n' in what:
            response = what.encode('latin-1')
        else:
            response = Path(what).read_bytes()
        print(Replay(response).uri, flush=True)
    sys.stdin.read()


if __name__ == '__main__':
    main()
