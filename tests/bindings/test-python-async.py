#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Asynchronous calls: with asyncio over GLib, and with GLib alone."""

import asyncio
import gc
import unittest
import weakref

import gi

gi.require_version('XmlRpc', '1.0')
from gi.repository import Gio, GLib, XmlRpc  # noqa: E402

import glib_loop  # noqa: E402
import peers  # noqa: E402
import tap  # noqa: E402


class AsyncTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = peers.EchoServer()
        cls.addClassCleanup(cls.server.close)

    def setUp(self):
        self.proxy = XmlRpc.ServerProxy(self.server.uri)


class AsyncioTest(AsyncTest):
    def run_in_loop(self, coroutine):
        return glib_loop.get_loop().run_until_complete(coroutine)

    def test_await(self):
        async def call():
            return await self.proxy.a.b.c.d.call_async({'$': [1, b'x']})
        self.assertEqual(self.run_in_loop(call()), {'$': [1, b'x']})

    def test_fault(self):
        async def call():
            await self.proxy.fail.call_async(4, 'No.')
        with self.assertRaises(XmlRpc.Fault) as caught:
            self.run_in_loop(call())
        self.assertEqual(caught.exception.faultCode, 4)

    def test_fault_as_it_came(self):
        async def call():
            await self.proxy.fail.call_async('NotFound', None)

        async def call_many():
            multicall = XmlRpc.MultiCall(self.proxy)
            multicall.fail('NotFound', None)
            list(await multicall.call_async())

        for function in (call, call_many):
            with self.assertRaises(XmlRpc.Fault) as caught:
                self.run_in_loop(function())
            self.assertEqual(caught.exception.value, {'faultCode': 'NotFound',
                                                      'faultString': None})
            self.assertEqual(caught.exception.code,
                             XmlRpc.FaultCode.OTHER_CODE)

    def test_protocol_error(self):
        async def call():
            proxy = XmlRpc.ServerProxy(self.server.uri + '/elsewhere')
            await proxy.echo.call_async(1)
        with self.assertRaises(XmlRpc.ProtocolError) as caught:
            self.run_in_loop(call())
        self.assertEqual(caught.exception.errcode, 404)

    def test_bad_parameter(self):
        async def call():
            await self.proxy.echo.call_async(2**64)
        with self.assertRaises(OverflowError):
            self.run_in_loop(call())

    def test_timer_ticks(self):
        """A slow call does not block the loop."""
        async def call():
            ticks = 0
            slow = self.proxy.sleep.call_async(1)
            while not slow.done():
                await asyncio.sleep(0.01)
                ticks += 1
            return await slow, ticks
        result, ticks = self.run_in_loop(call())
        self.assertEqual(result, 1)
        self.assertGreater(ticks, 2)

    def test_hundred_calls(self):
        async def call():
            return await asyncio.gather(*(self.proxy.echo.call_async([n])
                                          for n in range(100)))
        self.assertEqual(self.run_in_loop(call()), [[n] for n in range(100)])

    def test_cancelled_task(self):
        cancellable = Gio.Cancellable()

        async def call():
            await self.proxy.sleep.call_async(30, cancellable=cancellable)

        async def cancel():
            task = asyncio.ensure_future(call())
            await asyncio.sleep(0.1)
            task.cancel()
            await task
        with self.assertRaises(asyncio.CancelledError):
            self.run_in_loop(cancel())
        self.assertTrue(cancellable.is_cancelled())

    def test_cancelled_cancellable(self):
        cancellable = Gio.Cancellable()

        async def call():
            GLib.timeout_add(100, cancellable.cancel)
            await self.proxy.sleep.call_async(30, cancellable=cancellable)
        with self.assertRaises(GLib.Error) as caught:
            self.run_in_loop(call())
        self.assertTrue(caught.exception.matches(Gio.io_error_quark(),
                                                 Gio.IOErrorEnum.CANCELLED))

    def test_wait_for(self):
        async def call():
            await asyncio.wait_for(self.proxy.sleep.call_async(30), 0.1)
        with self.assertRaises(asyncio.TimeoutError):
            self.run_in_loop(call())

    def test_multicall(self):
        async def call():
            multicall = XmlRpc.MultiCall(self.proxy)
            multicall.add(1, 2)
            multicall.echo('x')
            return list(await multicall.call_async())
        self.assertEqual(self.run_in_loop(call()), [3, 'x'])


class CallbackTest(AsyncTest):
    def test_callback(self):
        main_loop = GLib.MainLoop()
        seen = []

        def done(proxy, result):
            self.assertIs(proxy, self.proxy)
            seen.append(proxy.add.call_finish(result))
            main_loop.quit()

        started = self.proxy.add.call_async(2, 3, callback=done)
        self.assertIsNone(started)
        main_loop.run()
        self.assertEqual(seen, [5])

    def test_callback_of_a_fault(self):
        main_loop = GLib.MainLoop()
        seen = []

        def done(proxy, result):
            try:
                proxy.fail.call_finish(result)
            except XmlRpc.Fault as fault:
                seen.append(fault.faultString)
            main_loop.quit()

        self.proxy.fail.call_async(4, 'No.', callback=done)
        main_loop.run()
        self.assertEqual(seen, ['No.'])

    def test_neither(self):
        with self.assertRaises(RuntimeError):
            self.proxy.add.call_async(2, 3)

    def assert_collected(self, *references):
        for _ in range(5):
            gc.collect()
            while GLib.MainContext.default().iteration(False):
                pass
        self.assertEqual([r() for r in references], [None] * len(references))

    def test_garbage(self):
        proxy = XmlRpc.ServerProxy(self.server.uri, headers={'X-Test': 'a'})
        proxy.echo(1)
        multicall = XmlRpc.MultiCall(proxy)
        multicall.echo(1)
        results = multicall()
        reference = weakref.ref(proxy)
        del proxy, multicall, results
        self.assert_collected(reference)

    def test_garbage_after_asynchronous_call(self):
        """The call keeps the proxy, and then nothing does."""
        main_loop = GLib.MainLoop()
        proxy = XmlRpc.ServerProxy(self.server.uri)
        reference = weakref.ref(proxy)

        def done(source, result):
            self.assertEqual(source.add.call_finish(result), 5)
            main_loop.quit()

        proxy.add.call_async(2, 3, callback=done)
        del proxy
        gc.collect()
        main_loop.run()
        self.assert_collected(reference)


if __name__ == '__main__':
    tap.main()
