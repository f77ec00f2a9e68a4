#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The hostile clients of the soak: hostile.py HOST PORT

Prints their kinds as a line of CSV. With each line of input they begin or, if they are at
work, close all connections and print how often each kind has done what it does. One that
was treated otherwise than it should be ends the program with an error."""

import contextlib
import errno
import gzip
import os
import random
import socket
import struct
import sys
import threading
import time

PATIENCE = 60
# The status for requests that take half a minute, as they can on a busy machine.
TOO_SLOW = 408
# Between two things that a kind does, in seconds.
PAUSE = 0.5

CALL = (b'<?xml version="1.0"?><methodCall><methodName>%s</methodName>'
        b'<params><param>%s</param></params></methodCall>')
NAME = b'other.method0'
ECHO = CALL % (NAME, b'<value><int>1</int></value>')


def head(length, *headers, path=b'/RPC2', host=b'localhost', kind=b'text/xml'):
    lines = [b'POST %s HTTP/1.1' % path, b'Host: ' + host, *headers]
    if kind is not None:
        lines.append(b'Content-Type: ' + kind)
    if length is not None:
        lines.append(b'Content-Length: %d' % length)
    return b'\r\n'.join(lines) + b'\r\n\r\n'


def post(body, *headers, **others):
    return head(len(body), *headers, **others) + body


class Client:
    """One kind of hostile client, in a thread."""

    def __init__(self, function, address):
        self.function = function
        self.address = address
        self.n_done = 0
        self.is_over = threading.Event()
        self.open = []
        self.thread = None

    @property
    def kind(self):
        return self.function.__name__.replace('_', ' ')

    def begin(self):
        self.is_over.clear()
        self.thread = threading.Thread(target=self.work)
        self.thread.start()

    def end(self):
        self.is_over.set()
        self.thread.join()

    def work(self):
        try:
            while not self.is_over.wait(PAUSE):
                self.function(self)
                self.close_all()
                self.n_done += 1
        except BaseException as error:
            print(f'{self.kind}: {error!r}', file=sys.stderr, flush=True)
            os._exit(1)

    def connect(self, send_buffer=None, receive_buffer=None):
        connection = socket.socket()
        if receive_buffer is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        connection.settimeout(PATIENCE)
        connection.connect(self.address)
        self.open.append(connection)
        return connection

    def close_all(self):
        for connection in self.open:
            connection.close()
        self.open.clear()

    def send(self, data, **others):
        """What goes before the server closes the connection."""
        connection = self.connect(**others)
        with contextlib.suppress(ConnectionError):
            connection.sendall(data)
        return connection

    def half_close(self, connection):
        """Waits for a response, too. Where the server has reset the connection, the kernel may
        say that there is none."""
        with contextlib.suppress(ConnectionError):
            try:
                connection.shutdown(socket.SHUT_WR)
            except OSError as error:
                if error.errno != errno.ENOTCONN:
                    raise
            connection.recv(65536)

    def ask(self, data, *statuses):
        """Sends a request; the response has to have one of the statuses. If the server
        has reset the connection, perhaps there is none any more."""
        connection = self.send(data)
        with contextlib.suppress(ConnectionError):
            line = connection.makefile('rb').readline()
            if line and int(line.split()[1]) not in (*statuses, TOO_SLOW):
                raise AssertionError(f'{line!r} in place of {statuses}')

    def wait(self, seconds):
        self.is_over.wait(seconds)


def web_pages(client):
    client.ask(post(ECHO, random.choice((b'Origin: http://evil.example', b'Origin: null',
                                         b'Sec-Fetch-Site: cross-site')), kind=None), 403)
    client.ask(post(ECHO, host=b'evil.example'), 403)


MULTICALL = gzip.compress(CALL % (b'system.multicall', b'<value><array><data>%s</data></array></value>' % (
    b'<value><struct><member><name>methodName</name><value>system.listMethods</value></member><member>'
    b'<name>params</name><value><array><data/></array></value></member></struct></value>' * 1000)))


def slow_readers(client):
    for _ in range(4):
        client.send(post(MULTICALL, b'Content-Encoding: gzip'), receive_buffer=4096)
    client.wait(2)


def one_byte_chunks(client):
    body = CALL % (NAME, b'<value>%s</value>' % (b'x' * 20000))
    client.ask(head(None, b'Transfer-Encoding: chunked') +
               b''.join(b'1\r\n%c\r\n' % byte for byte in body) + b'0\r\n\r\n', 200)


def slow_senders(client):
    connections = [client.send(b'POST /RPC2') for _ in range(8)]
    for byte in random.choice((head(100), head(None, b'Transfer-Encoding: chunked') + b'5\r\n<meth')):
        for connection in connections:
            with contextlib.suppress(ConnectionError):
                connection.send(b'%c' % byte)
        client.wait(0.02)
        if client.is_over.is_set():
            return


FRAMES = [
    head(None, b'Content-Length: 1', b'Content-Length: 2'),
    head(10, b'Transfer-Encoding: chunked'),
    head(None, b'Transfer-Encoding: chunked') + b'0x5e\r\n' + ECHO,
    head(None, b'Transfer-Encoding: chunked') + b'-5e\r\n' + ECHO,
    head(None, b'Transfer-Encoding: chunked') + b'ffffffffffffffffff\r\n' + ECHO,
    head(None, b'Transfer-Encoding: identity, chunked') + b'0\r\n\r\n',
    head(None),
    head(-1),
    b'POST /RPC2 HTTP/1.1\r\nHost: a\r\nHost: b\r\nContent-Length: 0\r\n\r\n',
    b'GET /RPC2 HTTP/1.1\r\nHost: localhost\r\n\r\n',
    b'\0\1\2 no HTTP at all\r\n\r\n',
    b'POST /RPC2 HTTP/1.1\r\nHost: localhost\r\n' + b'A: b\r\n' * 20000,
]


def bad_framing(client):
    client.half_close(client.send(random.choice(FRAMES)))


BOMB = gzip.compress(b' ' * 50000000 + ECHO)


def gzip_bombs(client):
    client.ask(post(BOMB, b'Content-Encoding: gzip'), 413)


def many_values(client):
    number = random.choice((200000, 1000000))
    array = b'<value><array><data>' + b'<value/>' * number + b'</data></array></value>'
    client.ask(post(gzip.compress(CALL % (NAME, array)), b'Content-Encoding: gzip'), 200, 413)


def idle_ones(client):
    for _ in range(50):
        client.connect()
        client.ask(post(ECHO), 200)
    client.wait(1)


def half_closed(client):
    client.half_close(client.send(post(ECHO)))


def aborted(client):
    request = post(random.choice((ECHO, MULTICALL)))
    connection = client.send(request[:random.randrange(len(request) + 1)])
    if random.random() < 0.5:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))


def malformed(client):
    body = bytearray(ECHO)
    for _ in range(random.randrange(1, 5)):
        body[random.randrange(len(body))] = random.randrange(256)
    client.ask(post(bytes(body)), 200)


def deep_nesting(client):
    client.ask(post(CALL % (NAME, b'<value><array><data>' * 20000)), 200)


KINDS = [web_pages, slow_readers, one_byte_chunks, slow_senders, bad_framing, gzip_bombs, many_values,
         idle_ones, half_closed, aborted, malformed, deep_nesting]


def main():
    address = sys.argv[1], int(sys.argv[2])
    clients = [Client(function, address) for function in KINDS]
    # They are other people's computers, which do not take ours.
    os.nice(10)

    print(','.join(client.kind for client in clients), flush=True)
    while sys.stdin.readline():
        for client in clients:
            client.begin()
        sys.stdin.readline()
        for client in clients:
            client.end()
        print(','.join(str(client.n_done) for client in clients), flush=True)


if __name__ == '__main__':
    main()
