#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Whom a call comes from behind proxies, as Python asks for it."""

import unittest

import gi

gi.require_version('XmlRpc', '1.0')
from gi.repository import Gio, GLib, XmlRpc  # noqa: E402

import tap  # noqa: E402


class ProxiesTest(unittest.TestCase):
    def ask(self, server, forwarded):
        """The client that a method of the server sees."""
        seen = []
        server.connect('authorize-call', lambda server, invocation: (
            seen.append(invocation.get_client_address()) or True))
        proxy = XmlRpc.ServerProxy(server.listen(),
                                   headers={'X-Forwarded-For': forwarded})
        loop = GLib.MainLoop()
        proxy.call_async('system.listMethods', None, None, None,
                         lambda proxy, result: loop.quit())
        loop.run()
        server.close()
        return seen[0]

    def test_set(self):
        server = XmlRpc.Server(trusted_proxies=['192.0.2.0/24', 'unix'])
        self.assertEqual(server.props.trusted_proxies,
                         ['192.0.2.0/24', 'unix'])
        server.props.trusted_proxies = ('192.0.2.1',)
        self.assertEqual(server.get_trusted_proxies(), ['192.0.2.1'])
        server.set_trusted_proxies(None)
        self.assertEqual(server.get_trusted_proxies(), [])
        with self.assertRaises(TypeError):
            XmlRpc.Server(trusted_proxies='192.0.2.1')

    def test_trusted(self):
        server = XmlRpc.Server(trusted_proxies=['127.0.0.1'])
        client = self.ask(server, '198.51.100.1, 203.0.113.7')
        self.assertIsInstance(client, Gio.InetAddress)
        self.assertEqual(client.to_string(), '203.0.113.7')

    def test_not_trusted(self):
        client = self.ask(XmlRpc.Server(), '203.0.113.7')
        self.assertEqual(client.to_string(), '127.0.0.1')

    def test_unknown(self):
        server = XmlRpc.Server(trusted_proxies=['127.0.0.1'])
        self.assertIsNone(self.ask(server, 'unknown'))


if __name__ == '__main__':
    tap.main()
