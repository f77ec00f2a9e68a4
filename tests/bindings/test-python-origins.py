#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Which pages may call a server, and by which names, as Python sets it."""

import http.client
import threading
import unittest
from urllib.parse import urlsplit

import gi

gi.require_version('XmlRpc', '1.0')
from gi.repository import GLib, XmlRpc  # noqa: E402

import tap  # noqa: E402

CALL = '<methodCall><methodName>system.listMethods</methodName></methodCall>'


class OriginsTest(unittest.TestCase):
    def ask(self, server, **headers):
        """What a server says to a call with these headers: status and text."""
        address = urlsplit(server.listen()).netloc
        context = GLib.MainContext.default()
        replies = []

        def send():
            connection = http.client.HTTPConnection(address, timeout=60)
            try:
                connection.request('POST', '/RPC2', CALL, {
                    'Content-Type': 'text/xml', **headers})
                response = connection.getresponse()
                replies.append((response.status, response.read().decode(),
                                response.headers))
            finally:
                connection.close()
                done.set()
                context.wakeup()

        done = threading.Event()
        thread = threading.Thread(target=send)
        thread.start()
        while not done.is_set():
            context.iteration(True)
        thread.join()
        server.close()
        return replies[0]

    def test_constructor(self):
        server = XmlRpc.Server(allowed_hosts=['a.example', 'b.example'],
                               allowed_origins=('https://a.example',))
        self.assertEqual(server.props.allowed_hosts,
                         ['a.example', 'b.example'])
        self.assertEqual(server.get_allowed_origins(), ['https://a.example'])

    def test_default(self):
        server = XmlRpc.Server()
        self.assertEqual(server.get_allowed_hosts(), [])
        self.assertEqual(server.props.allowed_origins, [])

    def test_set(self):
        server = XmlRpc.Server()
        server.set_allowed_hosts(['a.example'])
        server.props.allowed_origins = ['https://a.example']
        self.assertEqual(server.props.allowed_hosts, ['a.example'])
        self.assertEqual(server.get_allowed_origins(), ['https://a.example'])
        server.set_allowed_hosts(None)
        server.props.allowed_origins = []
        self.assertEqual(server.get_allowed_hosts(), [])
        self.assertEqual(server.get_allowed_origins(), [])

    def test_one_string(self):
        """A name in place of a list is refused, not taken for its letters."""
        with self.assertRaises(TypeError):
            XmlRpc.Server(allowed_hosts='example.org')
        with self.assertRaises(TypeError):
            XmlRpc.Server(allowed_origins='https://example.org')

    def test_hosts(self):
        server = XmlRpc.Server(allowed_hosts=['*.example.org'])
        self.assertEqual(self.ask(server, Host='api.example.org')[0], 200)
        status, text, _ = self.ask(server, Host='evil.example')
        self.assertEqual(status, 403)
        self.assertEqual(text, 'the host "evil.example" is not in '
                               'allowed-hosts\n')

    def test_origins(self):
        server = XmlRpc.Server(allowed_origins=['https://app.example'])
        status, _, headers = self.ask(server, Origin='https://app.example')
        self.assertEqual(status, 200)
        self.assertEqual(headers['Access-Control-Allow-Origin'],
                         'https://app.example')
        status, text, headers = self.ask(server, Origin='http://app.example')
        self.assertEqual(status, 403)
        self.assertEqual(text, 'the origin "http://app.example" is not in '
                               'allowed-origins\n')
        self.assertNotIn('Access-Control-Allow-Origin', headers)


if __name__ == '__main__':
    tap.main()
