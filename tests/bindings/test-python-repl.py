#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What an interactive session of Python shows of a server."""

import asyncio
import inspect
import pydoc
import rlcompleter
import threading
import unittest

import gi

gi.require_version('XmlRpc', '1.0')
from gi.repository import GLib, XmlRpc  # noqa: E402

import peers  # noqa: E402
import tap  # noqa: E402


class ReplTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = peers.EchoServer()
        cls.addClassCleanup(cls.server.close)

    def setUp(self):
        self.proxy = XmlRpc.ServerProxy(self.server.uri)
        self.n_requests = 0
        self.proxy.connect('message', self.count)

    def count(self, proxy, message):
        self.n_requests += 1

    def complete(self, text):
        return rlcompleter.Completer({'proxy': self.proxy}).attr_matches(text)

    def get_help(self, thing):
        return pydoc.plain(pydoc.render_doc(thing))

    def assert_known(self):
        names = dir(self.proxy)
        self.assertLessEqual({'echo', 'a', 'system', 'call', 'props'},
                             set(names))
        self.assertEqual(len(names), len(set(names)))

    def test_dir(self):
        self.assertNotIn('echo', dir(self.proxy))
        self.assertNotIn('b', dir(self.proxy.a))
        self.assertEqual(self.n_requests, 0)
        self.proxy.server.listMethods()
        self.assertEqual(self.n_requests, 1)
        self.assert_known()
        self.assertEqual(dir(self.proxy.a),
                         ['b', 'call_async', 'call_finish', 'into'])
        self.assertIn('d', dir(self.proxy.a.b.c))
        self.assertNotIn('d', dir(self.proxy.a.b.c.d))
        self.assertEqual(self.n_requests, 1)

    def test_all_ways_to_ask(self):
        def ask_later(proxy):
            loop = GLib.MainLoop()

            def done(proxy, result):
                proxy.list_methods_finish(result)
                loop.quit()

            proxy.list_methods_async(None, done)
            loop.run()

        async def wait(proxy):
            await proxy.system.listMethods.call_async()

        for ask in (lambda proxy: proxy.system.listMethods(),
                    lambda proxy: proxy.list_methods(), ask_later,
                    lambda proxy: asyncio.run(wait(proxy))):
            self.proxy = XmlRpc.ServerProxy(self.server.uri)
            ask(self.proxy)
            self.assert_known()

    def test_other_proxies_know_nothing(self):
        self.proxy.server.listMethods()
        self.assertNotIn('echo', dir(XmlRpc.ServerProxy(self.server.uri)))

    def test_system_is_as_any(self):
        self.assertIn('echo', self.proxy.system.listMethods())
        self.assertEqual(self.proxy.system.methodHelp('echo'),
                         'Returns its parameter.')
        self.assertRaises(XmlRpc.Fault, self.proxy.system)
        self.assertRaises(XmlRpc.Fault, self.proxy.system.a.b)

    def test_tab(self):
        self.proxy.server.listMethods()
        n_requests = self.n_requests
        self.assertIn('proxy.echo(', self.complete('proxy.ec'))
        self.assertIn('proxy.a.b(', self.complete('proxy.a.'))
        self.assertIn('proxy.system.multicall(',
                      self.complete('proxy.system.m'))
        self.assertEqual(self.n_requests, n_requests)

    def test_bare_name(self):
        shown = f'<ServerProxy for {self.server.uri.removeprefix("http://")}>'
        self.assertEqual(repr(self.proxy.a.b), f'<method a.b of {shown}>')
        self.proxy.server.listMethods()
        self.assertEqual(repr(self.proxy.a.b),
                         f'<methods a.b.* of {shown}: c.d>')
        self.assertEqual(repr(self.proxy.system),
                         f'<methods system.* of {shown}: listMethods, '
                         'methodHelp, methodSignature, multicall>')
        self.assertEqual(repr(self.proxy.echo), f'<method echo of {shown}>')
        self.assertEqual(self.n_requests, 1)

    def test_help(self):
        text = self.get_help(self.proxy.echo)
        self.assertIn('echo(...)', text)
        self.assertIn('Returns its parameter.', text)
        self.assertEqual(self.n_requests, 2)
        self.assertIn('repeat(string, int) -> string\n',
                      self.get_help(self.proxy.repeat))
        self.assertIn('repeat(base64, int) -> base64',
                      self.get_help(self.proxy.repeat))

    def test_help_of_names_below(self):
        self.proxy.server.listMethods()
        self.assertIn('listMethods\n', self.get_help(self.proxy.system))
        self.assertEqual(self.n_requests, 1)

    def test_help_without_an_answer(self):
        with peers.Introspected() as server:
            proxy = XmlRpc.ServerProxy(server.uri)
            self.assertIn('The server tells nothing about it: ',
                          self.get_help(proxy.echo))

    def test_help_of_classes(self):
        """Asks nobody, and neither do programs that look at a method."""
        method = self.proxy.echo
        self.assertIn('A method of a server', self.get_help(type(method)))
        self.assertEqual(method.__name__, 'echo')
        self.assertIn('(echo)', threading.Thread(target=method).name)
        self.assertIn('A method of a server', inspect.getdoc(method))
        server = XmlRpc.Server()
        server.add_function(method)
        self.assertFalse(server.remove_method('echo.x'))
        self.assertTrue(server.remove_method('echo'))
        self.assertEqual(self.n_requests, 0)


if __name__ == '__main__':
    tap.main()
