#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Calls that wait: for Ctrl-C, in any loop of asyncio, for their own thread."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import types
import unittest
import unittest.mock
import weakref

import gi

gi.require_version('XmlRpc', '1.0')
from gi.repository import Gio, GLib, XmlRpc  # noqa: E402

import glib_loop  # noqa: E402
import peers  # noqa: E402
import tap  # noqa: E402

PATIENCE = 60


class WaitingTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = peers.EchoServer()
        cls.addClassCleanup(cls.server.close)

    def setUp(self):
        self.proxy = XmlRpc.ServerProxy(self.server.uri)


class Silent:
    """A server that never answers, and tells when it has been asked."""

    def __init__(self):
        self._socket = socket.create_server(('127.0.0.1', 0))
        self.uri = f'http://127.0.0.1:{self._socket.getsockname()[1]}/'
        self._connections = []

    def wait_for_request(self):
        connection, _ = self._socket.accept()
        connection.settimeout(PATIENCE)
        connection.recv(1)
        self._connections.append(connection)

    def close(self):
        for each in (self._socket, *self._connections):
            each.close()


class InterruptTest(WaitingTest):
    """Without a time-out, so that what is not interrupted never ends: the
    test's own time-out tells."""

    def setUp(self):
        super().setUp()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self.silent = Silent()
        self.addCleanup(self.silent.close)
        self.silent_proxy = XmlRpc.ServerProxy(self.silent.uri, timeout=0)

    def interrupt(self, times=1):
        self.silent.wait_for_request()
        for _ in range(times):
            os.kill(os.getpid(), signal.SIGINT)

    def with_interrupt(self, function, *args):
        thread = threading.Thread(target=self.interrupt)
        thread.start()
        try:
            return function(*args)
        finally:
            thread.join()

    def assert_interrupted(self, function, *args):
        with self.assertRaises(KeyboardInterrupt):
            self.with_interrupt(function, *args)
        # It ends one call only, and nothing stays behind.
        self.assertEqual([self.proxy.echo(n) for n in range(3)], [0, 1, 2])
        self.assertEqual(signal.set_wakeup_fd(-1), -1)

    def test_calls(self):
        multicall = XmlRpc.MultiCall(self.silent_proxy)
        multicall.echo(1)
        for function, *args in (
                (self.silent_proxy.echo, 1),
                (multicall,),
                (self.silent_proxy.server.listMethods,),
                (self.silent_proxy.server.methodHelp, 'echo'),
                (self.silent_proxy.get_capabilities,),
                (self.silent_proxy.call, 'echo'),
                (self.silent_proxy.call_full, 'echo', None, None,
                 XmlRpc.CallFlags.NONE, 0)):
            with self.subTest(function):
                self.assert_interrupted(function, *args)

    def test_own_cancellable(self):
        cancellable = Gio.Cancellable()
        self.assert_interrupted(self.silent_proxy.call, 'echo', None, None,
                                cancellable)
        self.assertFalse(cancellable.is_cancelled())

    def test_nothing_is_kept(self):
        def call():
            thing = weakref.WeakSet.__new__(weakref.WeakSet)
            references.append(weakref.ref(thing))
            self.silent_proxy.echo()

        references = []
        self.assert_interrupted(call)
        self.assertFalse(hasattr(sys, 'last_traceback'))
        self.assertIsNone(references[0]())

    def test_in_the_main_loop(self):
        """PyGObject's own handler quits the loop."""
        main_loop = GLib.MainLoop()
        results = []

        def call():
            try:
                self.silent_proxy.echo()
            except KeyboardInterrupt:
                results.append('interrupted')

        GLib.idle_add(call)
        self.assert_interrupted(main_loop.run)
        self.assertEqual(results, ['interrupted'])

    def test_in_asyncio(self):
        async def call():
            self.silent_proxy.echo()
        self.assert_interrupted(lambda: asyncio.run(call()))

    def test_other_handlers(self):
        """They run when the call has ended, and the call is not cancelled."""
        seen = []
        for number in signal.SIGINT, signal.SIGUSR1:
            old = signal.signal(number, lambda *args: seen.append(args[0]))
            self.addCleanup(signal.signal, number, old)
            threading.Timer(0.1, os.kill, (os.getpid(), number)).start()
            self.assertEqual(self.proxy.sleep(0.5), 0.5)
        self.assertEqual(seen, [signal.SIGINT, signal.SIGUSR1])

    def test_signals_of_others(self):
        """Whoever waits for signals learns of those that a call has seen."""
        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        old = signal.signal(signal.SIGUSR1, lambda *args: None)
        self.addCleanup(signal.signal, signal.SIGUSR1, old)
        signal.set_wakeup_fd(writer)
        try:
            threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGUSR1)
                            ).start()
            self.proxy.sleep(0.5)
            self.assertEqual(os.read(reader, 10), bytes([signal.SIGUSR1]))
        finally:
            self.assertEqual(signal.set_wakeup_fd(-1), writer)
            os.close(reader)
            os.close(writer)

    def test_traceback(self):
        """Nothing else is printed than the traceback of KeyboardInterrupt."""
        code = ('import gi; gi.require_version("XmlRpc", "1.0")\n'
                'from gi.repository import XmlRpc\n'
                f'XmlRpc.ServerProxy("{self.silent.uri}", timeout=0).echo()')
        process = subprocess.Popen([sys.executable, '-c', code],
                                   stderr=subprocess.PIPE, text=True)
        self.silent.wait_for_request()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=PATIENCE)
        self.assertEqual(errors.count('Traceback'), 1, errors)
        self.assertTrue(errors.endswith('KeyboardInterrupt\n'), errors)

    def test_status(self):
        """A program that goes on after an interrupt ends as it wants to."""
        code = ('import gi; gi.require_version("XmlRpc", "1.0")\n'
                'from gi.repository import XmlRpc\n'
                'try:\n'
                f'    XmlRpc.ServerProxy("{self.silent.uri}", timeout=0).m()\n'
                'except KeyboardInterrupt:\n'
                '    print("caught")\n'
                'raise SystemExit(5)')
        process = subprocess.Popen([sys.executable, '-c', code], text=True,
                                   stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        self.silent.wait_for_request()
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.communicate(timeout=PATIENCE),
                         ('caught\n', ''))
        self.assertEqual(process.returncode, 5)

    def test_in_a_handler(self):
        """A call within another one ends with it, which is interrupted."""
        def call(*args):
            try:
                self.silent_proxy.echo(1)
            except XmlRpc.TransportError as error:
                errors.append(error)

        errors = []
        outer = XmlRpc.ServerProxy(self.silent.uri, timeout=0)
        outer.get_session().set_timeout(0)
        outer.connect('message', call)
        self.assert_interrupted(outer.echo, 1)
        self.assertEqual(len(errors), 1)
        self.assertTrue(errors[0].matches(Gio.io_error_quark(),
                                          Gio.IOErrorEnum.CANCELLED))


class AnyLoopTest(WaitingTest):
    """asyncio's own loop, which knows nothing of GLib."""

    def run_in_loop(self, coroutine):
        return asyncio.run(asyncio.wait_for(coroutine, PATIENCE))

    def test_await(self):
        async def call():
            return await self.proxy.echo.call_async({'a': [1, b'x']})
        self.assertEqual(self.run_in_loop(call()), {'a': [1, b'x']})

    def test_errors(self):
        async def fail():
            await self.proxy.fail.call_async('NotFound', None)

        async def call_elsewhere():
            proxy = XmlRpc.ServerProxy(self.server.uri + '/elsewhere')
            await proxy.echo.call_async(1)

        async def send_too_much():
            await self.proxy.echo.call_async(2**64)

        with self.assertRaises(XmlRpc.Fault) as caught:
            self.run_in_loop(fail())
        self.assertEqual(caught.exception.value['faultCode'], 'NotFound')
        with self.assertRaises(XmlRpc.ProtocolError):
            self.run_in_loop(call_elsewhere())
        with self.assertRaises(OverflowError):
            self.run_in_loop(send_too_much())

    def test_at_once(self):
        async def call():
            return await asyncio.gather(*(self.proxy.echo.call_async(n)
                                          for n in range(100)))
        self.assertEqual(self.run_in_loop(call()), list(range(100)))

    def test_tasks(self):
        async def call():
            task = asyncio.create_task(self.proxy.echo.call_async(1))
            done, _ = await asyncio.wait([task])
            return await task, len(done)
        self.assertEqual(self.run_in_loop(call()), (1, 1))

    def test_failed_task(self):
        async def call():
            await asyncio.create_task(self.proxy.fail.call_async(4, 'No.'))
        with self.assertRaises(XmlRpc.Fault):
            self.run_in_loop(call())

    @unittest.skipUnless(hasattr(asyncio, 'TaskGroup'), 'Python 3.11')
    def test_task_group(self):
        async def call():
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(self.proxy.echo.call_async(n))
                         for n in range(5)]
            return [task.result() for task in tasks]
        self.assertEqual(self.run_in_loop(call()), list(range(5)))

    @unittest.skipUnless(hasattr(asyncio, 'TaskGroup'), 'Python 3.11')
    def test_task_group_that_fails(self):
        """What fails cancels the others."""
        async def call():
            async with asyncio.TaskGroup() as group:
                slow = group.create_task(self.proxy.sleep.call_async(PATIENCE))
                group.create_task(self.proxy.fail.call_async(4, 'No.'))
            return slow
        with self.assertRaises(ExceptionGroup) as caught:  # noqa: F821
            self.run_in_loop(call())
        self.assertIsInstance(caught.exception.exceptions[0], XmlRpc.Fault)

    def test_wait_for(self):
        async def call():
            await asyncio.wait_for(self.proxy.sleep.call_async(PATIENCE), 0.1)
        with self.assertRaises(asyncio.TimeoutError):
            self.run_in_loop(call())

    def test_cancelled(self):
        cancellable = Gio.Cancellable()

        async def call(n_steps):
            task = asyncio.create_task(self.proxy.sleep.call_async(
                PATIENCE, cancellable=cancellable))
            for _ in range(n_steps):
                await asyncio.sleep(0)
            task.cancel()
            await task

        for n_steps in 0, 1, 5:
            cancellable.reset()
            with self.assertRaises(asyncio.CancelledError):
                self.run_in_loop(call(n_steps))
            self.assertTrue(cancellable.is_cancelled())

    def test_cancelled_cancellable(self):
        cancellable = Gio.Cancellable()

        async def call():
            asyncio.get_running_loop().call_later(0.1, cancellable.cancel)
            await self.proxy.sleep.call_async(PATIENCE,
                                              cancellable=cancellable)
        with self.assertRaises(XmlRpc.TransportError) as caught:
            self.run_in_loop(call())
        self.assertTrue(caught.exception.matches(Gio.io_error_quark(),
                                                 Gio.IOErrorEnum.CANCELLED))

    def test_async_with(self):
        async def call():
            async with XmlRpc.ServerProxy(self.server.uri) as proxy:
                return await proxy.echo.call_async(5)
        self.assertEqual(self.run_in_loop(call()), 5)

    def test_multicall(self):
        async def call():
            multicall = XmlRpc.MultiCall(self.proxy)
            multicall.add(1, 2)
            multicall.echo('x')
            return list(await multicall.call_async())
        self.assertEqual(self.run_in_loop(call()), [3, 'x'])

    def test_loops_of_threads(self):
        async def call(number):
            return await self.proxy.echo.call_async(number)

        results = []
        threads = [threading.Thread(target=lambda number=number: results.append(
            self.run_in_loop(call(number)))) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(results), list(range(4)))

    def test_loop_that_has_been_closed(self):
        """Nobody waits for the answer, and nobody minds."""
        async def call():
            self.proxy.sleep.call_async(0.2)
        self.run_in_loop(call())
        self.assertEqual(self.proxy.sleep(0.5), 0.5)

    def test_wakes_up_once_for_many_calls(self):
        """What has ended while the loop did something else."""
        async def call():
            loop = asyncio.get_running_loop()
            calls = [self.proxy.echo.call_async(n) for n in range(50)]
            with unittest.mock.patch.object(
                    loop, 'call_soon_threadsafe',
                    wraps=loop.call_soon_threadsafe) as wake:
                # A slow machine may be in the middle of them afterwards.
                time.sleep(1)
                return await asyncio.gather(*calls), wake.call_count

        values, n_wake_ups = self.run_in_loop(call())
        self.assertEqual(values, list(range(50)))
        self.assertLess(n_wake_ups, 25)

    def test_anyio(self):
        try:
            import anyio
        except ImportError:
            self.skipTest('there is no anyio')

        async def call(results):
            results.append(await self.proxy.echo.call_async(5))

        async def call_all():
            results = []
            async with anyio.create_task_group() as group:
                group.start_soon(call, results)
                group.start_soon(call, results)
            with anyio.move_on_after(0.1):
                await self.proxy.sleep.call_async(PATIENCE)
            return results
        self.assertEqual(anyio.run(call_all), [5, 5])

    def test_trio(self):
        try:
            import trio
        except ImportError:
            self.skipTest('trio is not installed')

        async def call():
            with self.assertRaisesRegex(RuntimeError, r'trio\.to_thread'):
                self.proxy.echo.call_async(1)
            return await trio.to_thread.run_sync(self.proxy.echo, 5)
        self.assertEqual(trio.run(call), 5)

    def test_anyio_on_trio(self):
        try:
            import anyio
            import trio  # noqa: F401
        except ImportError:
            self.skipTest('there is no anyio, or no trio')

        async def call():
            with self.assertRaisesRegex(RuntimeError, r'trio\.to_thread'):
                self.proxy.echo.call_async(1)
            return await anyio.to_thread.run_sync(self.proxy.echo, 5)
        self.assertEqual(anyio.run(call, backend='trio'), 5)

    def test_task_of_trio(self):
        """A module that says what trio says in its tasks."""
        trio = types.SimpleNamespace(
            lowlevel=types.SimpleNamespace(current_task=lambda: 'a task'))
        with unittest.mock.patch.dict(sys.modules, trio=trio):
            with self.assertRaisesRegex(RuntimeError, r'trio\.to_thread'):
                self.proxy.echo.call_async(1)

    def test_no_loop(self):
        with self.assertRaisesRegex(RuntimeError, 'asyncio'):
            self.proxy.echo.call_async(1)


class GLibLoopTest(AnyLoopTest):
    """The same where the loop runs on GLib's."""

    def run_in_loop(self, coroutine):
        if threading.current_thread() is not threading.main_thread():
            coroutine.close()
            self.skipTest('the loop of the main context')
        return glib_loop.get_loop().run_until_complete(
            asyncio.wait_for(coroutine, PATIENCE))

    test_loops_of_threads = None
    test_wakes_up_once_for_many_calls = None
    test_anyio = None
    test_anyio_on_trio = None
    test_trio = None
    test_loop_that_has_been_closed = None


class OwnThreadTest(unittest.TestCase):
    """A server that runs in the thread which waits for it."""

    def setUp(self):
        self.server = XmlRpc.Server()
        self.addCleanup(self.server.close)
        self.uri = self.server.listen()
        self.proxy = XmlRpc.ServerProxy(self.uri, timeout=0)
        self.server.add_function(lambda: 5, 'five')

    def assert_refused(self, function):
        with self.assertRaisesRegex(XmlRpc.TransportError,
                                    "runs in this thread's main loop"):
            function()

    def test_in_a_method(self):
        def call():
            self.assert_refused(self.proxy.five)
            return 'refused'

        async def call_it():
            return await self.proxy.call_five.call_async()

        self.server.add_function(call, 'call_five')
        self.assertEqual(glib_loop.get_loop().run_until_complete(call_it()),
                         'refused')

    def test_without_a_loop(self):
        multicall = XmlRpc.MultiCall(self.proxy)
        multicall.five()
        for function in self.proxy.five, multicall:
            self.assert_refused(function)

    def test_loop_of_another_thread(self):
        main_loop = GLib.MainLoop()
        thread = threading.Thread(target=main_loop.run)
        thread.start()
        self.assertEqual([self.proxy.five() for _ in range(5)], [5] * 5)
        main_loop.quit()
        thread.join()


if __name__ == '__main__':
    tap.main()
