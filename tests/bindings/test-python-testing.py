#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""XmlRpc.testing, a server for the tests of a client."""

import asyncio
import io
import socket
import threading
import types
import unittest
from urllib.parse import urlsplit

import gi

gi.require_version('XmlRpc', '1.0')
from gi.repository import GLib, XmlRpc  # noqa: E402

import tap  # noqa: E402


def add(a: int, b: int) -> int:
    return a + b


class TestingTest(unittest.TestCase):
    def assert_ended(self, uri):
        with self.assertRaises(ConnectionRefusedError):
            XmlRpc.ServerProxy(uri).add(1, 2)
        self.assertNotIn('XmlRpc.testing.server',
                         [thread.name for thread in threading.enumerate()])

    def test_call(self):
        with XmlRpc.testing.server({'add': add}) as uri:
            self.assertRegex(uri, r'^http://127\.0\.0\.1:[0-9]+/RPC2$')
            self.assertEqual(XmlRpc.ServerProxy(uri).add(1, 2), 3)
        self.assert_ended(uri)

    def test_functions(self):
        """Whatever register_functions() takes."""
        module = types.ModuleType('shop')
        exec('def add(a, b): return a + b', module.__dict__)
        for functions in [add], {'add': add}, module:
            with self.subTest(functions), \
                    XmlRpc.testing.server(functions) as uri:
                self.assertEqual(XmlRpc.ServerProxy(uri).add(1, 2), 3)
        with self.assertRaisesRegex(TypeError, 'got int'):
            with XmlRpc.testing.server(3):
                self.fail()

    def test_exception(self):
        """It comes out, and the server has ended."""
        with self.assertRaisesRegex(KeyError, 'mine'):
            with XmlRpc.testing.server([add]) as uri:
                raise KeyError('mine')
        self.assert_ended(uri)

    def test_faults(self):
        def refuse():
            raise XmlRpc.Fault(4, 'four')

        with XmlRpc.testing.server([refuse]) as uri:
            with self.assertRaises(XmlRpc.Fault) as caught:
                XmlRpc.ServerProxy(uri).refuse()
        self.assertEqual(caught.exception.faultCode, 4)

    def test_several_at_once(self):
        with XmlRpc.testing.server([add]) as one, \
                XmlRpc.testing.server({'add': lambda a, b: 'two'}) as two:
            self.assertEqual(XmlRpc.ServerProxy(one).add(1, 2), 3)
            self.assertEqual(XmlRpc.ServerProxy(two).add(1, 2), 'two')
            proxy = XmlRpc.ServerProxy(one)
        with XmlRpc.testing.server([add]) as again:
            self.assertEqual(XmlRpc.ServerProxy(again).add(1, 2), 3)
        self.assert_ended(one)
        with self.assertRaises(OSError):
            proxy.add(1, 2)

    def test_asynchronous_clients(self):
        """In a loop of asyncio, and in GLib's main loop."""
        with XmlRpc.testing.server([add]) as uri:
            async def call():
                return await XmlRpc.ServerProxy(uri).add.call_async(1, 2)

            self.assertEqual(asyncio.run(call()), 3)

            loop = GLib.MainLoop()
            results = []

            def done(proxy, result):
                results.append(proxy.call_finish(result).unpack())
                loop.quit()

            XmlRpc.ServerProxy(uri).call_async(
                'add', GLib.Variant('(ii)', (2, 2)), None, None, done)
            loop.run()
            self.assertEqual(results, [4])

    def test_call_that_nobody_waits_for(self):
        """It does not hold up the end."""
        go_on = threading.Event()
        with XmlRpc.testing.server({'wait': go_on.wait}, threaded=True) as uri:
            with self.assertRaises(TimeoutError):
                XmlRpc.ServerProxy(uri, timeout=0.1).wait(60)
        self.assert_ended(uri)
        go_on.set()

    def test_options(self):
        with XmlRpc.testing.server([add], auth={'ada': 'secret'},
                                   path='/x') as uri:
            self.assertEqual(urlsplit(uri).path, '/x')
            with self.assertRaises(XmlRpc.ProtocolError):
                XmlRpc.ServerProxy(uri).add(1, 2)
            proxy = XmlRpc.ServerProxy(uri, user='ada', password='secret')
            self.assertEqual(proxy.add(1, 2), 3)

    def test_port_in_use(self):
        with socket.create_server(('127.0.0.1', 0)) as other:
            with self.assertRaises(OSError):
                with XmlRpc.testing.server([add],
                                           port=other.getsockname()[1]):
                    self.fail()
        self.assertNotIn('XmlRpc.testing.server',
                         [thread.name for thread in threading.enumerate()])

    def test_in_a_thread(self):
        """As test runners that use several have it."""
        results = []

        def run():
            with XmlRpc.testing.server([add]) as uri:
                results.append(XmlRpc.ServerProxy(uri).add(1, 2))

        threads = [threading.Thread(target=run) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(results, [3] * 4)

    def test_in_tests(self):
        """Under unittest, in a test that fails."""
        class Inner(unittest.TestCase):
            def setUp(self):
                context = XmlRpc.testing.server([add])
                self.uri = context.__enter__()
                self.addCleanup(context.__exit__, None, None, None)

            def test_right(self):
                self.assertEqual(XmlRpc.ServerProxy(self.uri).add(1, 2), 3)

            def test_wrong(self):
                self.assertEqual(XmlRpc.ServerProxy(self.uri).add(1, 2), 4)

        suite = unittest.defaultTestLoader.loadTestsFromTestCase(Inner)
        result = unittest.TextTestRunner(io.StringIO()).run(suite)
        self.assertEqual((result.testsRun, len(result.failures),
                          len(result.errors)), (2, 1, 0))
        self.assertNotIn('XmlRpc.testing.server',
                         [thread.name for thread in threading.enumerate()])


if __name__ == '__main__':
    tap.main()
