#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What exceptions say of what a server has sent: printable, and no more than
fits. Data stay as they came."""

import pickle
import socket
import threading
import unittest
from xmlrpc.client import Fault, dumps

import gi

gi.require_version('XmlRpc', '1.0')
from gi.repository import XmlRpc  # noqa: E402

import tap  # noqa: E402

LIMIT = 64 * 1024
ODD = '\x9b2J\u202ex'


class OneAnswer:
    """Sends the same bytes to whoever asks."""

    def __init__(self, status, body, headers=''):
        self._answer = (f'HTTP/1.1 {status}\r\nConnection: close\r\n'
                        f'Content-Length: {len(body)}\r\n{headers}\r\n'
                        ).encode() + body
        self._socket = socket.create_server(('127.0.0.1', 0))
        port = self._socket.getsockname()[1]
        self.uri = f'http://127.0.0.1:{port}/'
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self):
        while True:
            connection, _ = self._socket.accept()
            with connection, connection.makefile('rb') as file:
                length = 0
                for line in iter(file.readline, b'\r\n'):
                    name, _, value = line.partition(b':')
                    if name.lower() == b'content-length':
                        length = int(value)
                file.read(length)
                connection.sendall(self._answer)


class ErrorTextTest(unittest.TestCase):
    def fail_with(self, *answer):
        """The errors of a call and of what a multicall is."""
        proxy = XmlRpc.ServerProxy(OneAnswer(*answer).uri)
        multicall = XmlRpc.MultiCall(proxy)
        multicall.m()
        for function in proxy.m, multicall, lambda: proxy.call('m'):
            with self.assertRaises(XmlRpc.Error) as caught:
                function()
            yield caught.exception

    def fail_with_fault(self, code, text):
        return self.fail_with('200 OK', dumps(Fault(code, text)).encode())

    def test_reason(self):
        for error in self.fail_with(f'500 B\x1b[1m{ODD}', b''):
            self.assertTrue(str(error).isprintable(), str(error))
            self.assertTrue(error.message.isprintable(), error.message)
            self.assertIn(r'500 B\u001b[1m\u009b2J\u202ex', str(error))
            self.assertEqual(str(pickle.loads(pickle.dumps(error))),
                             str(error))

    def test_page(self):
        for error in self.fail_with('500 Bad', f'Oh {ODD}'.encode(),
                                    'Content-Type: text/plain\r\n'):
            self.assertIn(r'500 Bad: the server says "Oh \u009b2J\u202ex"',
                          str(error))

    def test_type(self):
        for error in self.fail_with('200 OK', b'Hello',
                                    f'Content-Type: a/{ODD}\r\n'):
            self.assertIsInstance(error, XmlRpc.ResponseError)
            self.assertTrue(str(error).isprintable(), str(error))

    def test_fault(self):
        for error in self.fail_with_fault(4, ODD):
            self.assertEqual((error.faultString, error.message), (ODD, ODD))
            self.assertEqual(str(error), f'<Fault 4: {ODD!r}>')
        for error in self.fail_with_fault(ODD, 'a'):
            self.assertEqual(error.faultCode, ODD)
            self.assertTrue(str(error).isprintable(), str(error))

    def assert_cut(self, error, text):
        self.assertEqual(error.faultString, text)
        self.assertEqual(error.value['faultString'], text)
        message = error.message.encode()
        self.assertLessEqual(len(message), LIMIT)
        self.assertGreater(len(message), LIMIT - 4)
        self.assertTrue(text.startswith(error.message.rpartition(': ')[2]))
        self.assertLess(len(str(error).encode()), LIMIT + 100)
        self.assertTrue(str(error).endswith('>'))

    def test_long_fault(self):
        for character in 'a', 'é', '€', '😀':
            text = character * 300_000
            for code in 4, 'word':
                for error in self.fail_with_fault(code, text):
                    self.assert_cut(error, text)
                self.assert_cut(XmlRpc.Fault(code, text), text)

    def test_fault_that_fits(self):
        for length in 16384, 16385, LIMIT - 1, LIMIT:
            text = 'a' * length
            self.assertEqual(XmlRpc.Fault(4, text).message, text)
        for text in '\ud800', '\ud800' * LIMIT, 'é' * (LIMIT // 2):
            self.assertLessEqual(len(XmlRpc.Fault(4, text).message), LIMIT)
            str(XmlRpc.Fault(4, text))


if __name__ == '__main__':
    tap.main()
