#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""XmlRpc.Server, called by the client of Python's own library."""

import asyncio
import gc
import io
import logging
import sys
import threading
import unittest
import weakref
import xmlrpc.client
from datetime import datetime
from typing import List, Optional

import gi

gi.require_version('XmlRpc', '1.0')
from gi.repository import GLib, GObject, XmlRpc  # noqa: E402

import glib_loop  # noqa: E402
import tap  # noqa: E402

DATE = datetime(1998, 7, 17, 14, 8, 55)


def add(a: int, b: int = 1) -> int:
    """Adds two numbers.

    The second is 1 by default.
    """
    return a + b


def typed(flag: bool, number: float, text: str, data: bytes, date: datetime,
          items: List[int], members: dict) -> None:
    pass


def half_typed(a: int, b) -> int:
    return a


def optional(a: Optional[int]) -> int:
    return 0


def variable(*numbers: int) -> int:
    return sum(numbers)


def divide(a, b):
    return a / b


def refuse(code, text):
    raise XmlRpc.Fault(code, text)


async def add_slowly(a: int, b: int) -> int:
    """Adds two numbers in its own time."""
    await asyncio.sleep(0.05)
    return a + b


async def fail_slowly(text):
    await asyncio.sleep(0.01)
    raise ValueError(text)


class ServerTestCase(unittest.TestCase):
    """Calls come from a thread, while the main loop runs here."""

    def make_server(self):
        return XmlRpc.Server()

    def setUp(self):
        self.loop = glib_loop.get_loop()
        self.server = self.make_server()
        self.addCleanup(self.server.close)
        self.uri = self.server.listen()
        logging.disable(logging.CRITICAL)
        self.addCleanup(logging.disable, logging.NOTSET)

    def with_proxy(self, function):
        """Runs a function with a proxy in a thread, and the loop till then."""
        def run():
            with xmlrpc.client.ServerProxy(self.uri, allow_none=True,
                                           use_builtin_types=True) as proxy:
                return function(proxy)

        return self.loop.run_until_complete(
            self.loop.run_in_executor(None, run))

    def call(self, name, *args):
        return self.with_proxy(lambda proxy: getattr(proxy, name)(*args))

    def assert_fault(self, code, text, name, *args):
        with self.assertRaises(xmlrpc.client.Fault) as caught:
            self.call(name, *args)
        self.assertEqual(caught.exception.faultCode, code)
        self.assertIn(text, caught.exception.faultString)
        self.assertNotIn('Traceback', caught.exception.faultString)
        self.assertNotIn('.py', caught.exception.faultString)


class ServerTest(ServerTestCase):
    def setUp(self):
        super().setUp()
        for function in (add, typed, half_typed, optional, variable, divide,
                         refuse, add_slowly, fail_slowly):
            self.server.add_function(function)
        self.server.add_function(lambda value: value, 'sample.echo')
        self.server.add_function(repr, 'describe')

    def test_values(self):
        for value in (True, 0, -2**31, 1.0, -0.5, 'ü🐍\n', b'\0\xff', DATE,
                      [1, ['a']], {'a': {'b': 1}}, None, {'$i8': '5'}):
            with self.subTest(value):
                echoed = self.call('sample.echo', value)
                self.assertEqual(echoed, value)
                self.assertIs(type(echoed), type(value))

    def test_large_integers(self):
        self.server.add_function(lambda: [2**31, -2**63, 2**63 - 1], 'large')
        self.assertEqual(self.call('large'), [2**31, -2**63, 2**63 - 1])

        async def call():
            return await XmlRpc.ServerProxy(self.uri).add.call_async(2**40, 1)
        self.assertEqual(self.loop.run_until_complete(call()), 2**40 + 1)

    def test_as_the_function_sees_them(self):
        """repr() does not tell its parameters."""
        for value in (1, 'a', [1, None], {'a': True}, 1.5):
            self.assertEqual(self.call('describe', value), repr(value))

    def test_defaults(self):
        self.assertEqual(self.call('add', 2, 3), 5)
        self.assertEqual(self.call('add', 2), 3)
        self.assertEqual(self.call('variable', 1, 2, 3), 6)

    def test_introspection(self):
        signatures = {
            'add': [['int', 'int'], ['int', 'i8'], ['int', 'int', 'int'],
                    ['int', 'i8', 'i8']],
            'typed': [['nil', 'boolean', 'double', 'string', 'base64',
                       'dateTime.iso8601', 'array', 'struct']],
            'optional': [['int', 'int'], ['int', 'i8'], ['int', 'nil']],
        }
        for name, expected in signatures.items():
            self.assertEqual(self.call('system.methodSignature', name),
                             expected)
        for name in 'half_typed', 'variable', 'divide', 'describe':
            signature = self.call('system.methodSignature', name)
            self.assertNotIsInstance(signature, list, name)
        self.assertEqual(self.call('system.methodHelp', 'add'),
                         'Adds two numbers.\n\nThe second is 1 by default.')
        self.assertIn('sample.echo', self.call('system.listMethods'))

    def test_wrong_parameters(self):
        self.assert_fault(-32602, 'int', 'add', 'one', 'two')
        self.assert_fault(-32602, '', 'add', 1, 2, 3)
        self.assert_fault(-32602, "missing a required argument: 'b'",
                          'divide', 1)

    def test_exception(self):
        self.assert_fault(-32500, 'ZeroDivisionError: division by zero',
                          'divide', 1, 0)

    def test_fault(self):
        self.assert_fault(4, 'Not today.', 'refuse', 4, 'Not today.')

    def test_fault_of_any_form(self):
        """xmlrpc.client makes its Fault of these members."""
        for code, text in (('NotFound', 'No page.'), (4.5, 'a'),
                           (None, None), (5, {'m': ['oops']})):
            with self.assertRaises(xmlrpc.client.Fault) as caught:
                self.call('refuse', code, text)
            self.assertEqual((caught.exception.faultCode,
                              caught.exception.faultString), (code, text))

    def test_fault_with_more(self):
        def refuse_with_more():
            raise XmlRpc.Fault(4, 'a', detail=[1])
        self.server.add_function(refuse_with_more)

        async def call():
            proxy = XmlRpc.ServerProxy(self.uri)
            await proxy.refuse_with_more.call_async()
        with self.assertRaises(XmlRpc.Fault) as caught:
            self.loop.run_until_complete(call())
        self.assertEqual(caught.exception.value['detail'], [1])

    def test_fault_that_cannot_be_sent(self):
        def refuse_badly():
            raise XmlRpc.Fault(4, 'a', detail=object())
        self.server.add_function(refuse_badly)
        self.assert_fault(4, 'a', 'refuse_badly')

    def test_unmarshallable_result(self):
        self.server.add_function(lambda: {'a': object()}, 'bad')
        self.assert_fault(-32603, 'result.a: cannot marshal object objects',
                          'bad')
        self.server.add_function(lambda: {'a b': {'': object()}}, 'bad')
        self.assert_fault(-32603, 'result["a b"][""]: '
                                  'cannot marshal object objects', 'bad')
        self.server.add_function(lambda: ['\1'], 'worse')
        self.assert_fault(-32603, '', 'worse')

    def test_unknown_method(self):
        self.assert_fault(-32601, '', 'no.such.method')

    def test_coroutine_function(self):
        self.assertEqual(self.call('add_slowly', 2, 3), 5)
        self.assert_fault(-32500, 'ValueError: late', 'fail_slowly', 'late')

    def test_coroutine_functions_at_once(self):
        """None ends before all have begun; a proxy has eight connections."""
        begun = []
        all_begun = asyncio.Event()

        async def meet(number):
            begun.append(number)
            if len(begun) == 8:
                all_begun.set()
            await all_begun.wait()
            return number

        async def call():
            self.server.add_function(meet)
            proxy = XmlRpc.ServerProxy(self.uri)
            return await asyncio.gather(*(proxy.meet.call_async(n)
                                          for n in range(8)))
        self.assertEqual(self.loop.run_until_complete(call()), list(range(8)))

    def test_burst_of_clients(self):
        """Each has a connection of its own, before any is accepted."""
        async def call():
            proxies = [XmlRpc.ServerProxy(self.uri) for _ in range(60)]
            return await asyncio.gather(*(proxy.add.call_async(n)
                                          for n, proxy in enumerate(proxies)))
        self.assertEqual(self.loop.run_until_complete(call()),
                         list(range(1, 61)))

    def test_multicall(self):
        def call(proxy):
            multicall = xmlrpc.client.MultiCall(proxy)
            multicall.add(1, 2)
            multicall.divide(1, 0)
            multicall.add_slowly(3, 4)
            return multicall()
        results = self.with_proxy(call)
        self.assertEqual((results[0], results[2]), (3, 7))
        with self.assertRaises(xmlrpc.client.Fault):
            results[1]

    def test_decorators(self):
        @self.server.register_function
        def one():
            return 1

        @self.server.register_function(name='sample.two')
        def two():
            return 2

        self.assertEqual((one(), two()), (1, 2))
        self.assertEqual((self.call('one'), self.call('sample.two')), (1, 2))

    def test_replaced_function(self):
        self.server.add_function(lambda: 'new', 'add')
        self.assertEqual(self.call('add'), 'new')

    def test_threaded(self):
        """Calls run at once, and the main loop meanwhile."""
        barrier = threading.Barrier(2, timeout=60)
        threads = set()

        @self.server.register_function(threaded=True)
        def meet(number: int) -> int:
            threads.add(threading.current_thread())
            if GLib.get_num_processors() > 1:
                barrier.wait()
            return number

        def call(number):
            with xmlrpc.client.ServerProxy(self.uri) as proxy:
                return proxy.meet(number)

        async def call_both():
            return await asyncio.gather(
                *(self.loop.run_in_executor(None, call, n) for n in (1, 2)))

        self.assertEqual(self.loop.run_until_complete(call_both()), [1, 2])
        self.assertNotIn(threading.current_thread(), threads)

    def test_threaded_errors(self):
        self.server.add_function(divide, 'divide', threaded=True)
        self.server.add_function(refuse, 'refuse', threaded=True)
        self.assert_fault(-32500, 'ZeroDivisionError', 'divide', 1, 0)
        self.assert_fault(7, 'seven', 'refuse', 7, 'seven')
        self.assert_fault(-32602, 'divide: ', 'divide', 1)

    def test_glib_errors(self):
        def fail():
            GLib.file_get_contents('/nowhere')

        self.server.add_function(fail)
        with self.assertRaises(xmlrpc.client.Fault) as caught:
            self.call('fail')
        self.assertEqual(caught.exception.faultCode, -32500)
        self.assertRegex(caught.exception.faultString, '^Error: Failed to ')

    def test_coroutine_function_is_not_threaded(self):
        with self.assertRaisesRegex(TypeError, 'add_slowly: .* threaded'):
            self.server.add_function(add_slowly, threaded=True)

    def test_methods_that_cannot_be_added(self):
        def answer(server, invocation):
            pass

        for name, signatures, help, message in (
                ('', None, None, 'method name'),
                ('a\0b', None, None,
                 "method name: expected text without NUL"),
                ('\1', None, None, 'method name'),
                ('m', None, 'a\0b', 'm: help: expected text without NUL'),
                ('m', ['int\0'], None, 'm: signature: expected text without'),
                ('m', ['int', 'complex'], None,
                 'm: expected a type of XML-RPC in the signature "complex"')):
            with self.subTest(name), self.assertRaises(ValueError) as caught:
                self.server.add_method(name, signatures, help, answer)
            self.assertIn(message, str(caught.exception))
        self.assertFalse(self.server.remove_method('m'))
        with self.assertRaises(ValueError):
            self.server.add_function(add, 'a\0b')

    def test_results_fit_signatures(self):
        """Those that the program wrote; annotations are documentation."""
        self.server.add_method(
            'number', ['int', 'int,string'], None,
            lambda server, call: call.return_value(GLib.Variant('s', 'one')))
        self.assert_fault(-32603, 'number: expected the method to return int,'
                                  ' got string', 'number')

        @self.server.register_function
        def annotated() -> int:
            return 'one'

        self.assertEqual(self.call('annotated'), 'one')

    def test_signals(self):
        log = []

        def authorize(server, invocation):
            self.assertIs(server, self.server)
            if invocation.get_params().n_children() == 2:
                invocation.return_fault_literal(7, 'too many')
                return False
            return invocation.get_method_name() != 'describe'

        def finished(server, invocation, microseconds):
            fault = invocation.get_fault()
            log.append((invocation.get_method_name(),
                        fault and fault.faultString))

        self.server.connect('authorize-call', authorize)
        self.server.connect('call-finished', finished)
        self.assertEqual(self.call('add', 2), 3)
        self.assert_fault(7, 'too many', 'add', 2, 3)
        self.assert_fault(-32500, 'not authorized', 'describe', 1)
        self.assertEqual(log, [('add', None), ('add', 'too many'),
                               ('describe', 'not authorized')])

    def test_close(self):
        with XmlRpc.Server() as server:
            uri = server.listen(path='/elsewhere')
            self.assertTrue(uri.endswith('/elsewhere'))
        with self.assertRaises(OSError):
            xmlrpc.client.ServerProxy(uri).add(1)

    def test_garbage(self):
        """A server goes with its functions, also one that answers calls."""
        def function():
            return 1

        server = XmlRpc.Server()
        server.add_function(function)
        self.uri = server.listen()
        self.assertEqual(self.call('function'), 1)
        server.close()
        references = [weakref.ref(server), weakref.ref(function)]
        del server, function
        for _ in range(3):
            gc.collect()
            while GLib.MainContext.default().iteration(False):
                pass
        self.assertEqual([r() for r in references], [None, None])

    def test_abandoned_coroutine(self):
        """What is cancelled is answered."""
        async def never():
            asyncio.current_task().cancel()
            await asyncio.sleep(60)
        self.server.add_function(never)
        self.assert_fault(-32500, 'CancelledError: ', 'never')


class Shop(XmlRpc.Server):
    """A server with attributes of its own."""

    def __init__(self, stock, **properties):
        super().__init__(**properties)
        self.stock = stock
        self.log = []
        self.add_function(self.take)

    def do_authorize_call(self, invocation):
        return invocation.get_method_name() != 'system.listMethods'

    def do_call_finished(self, invocation, microseconds):
        self.log.append((invocation.get_method_name(),
                         repr(invocation.get_fault())))
        assert 0 <= microseconds < 60e6

    def take(self, number: int) -> int:
        self.stock -= number
        return self.stock


class ServerSubclassTest(ServerTestCase):
    def make_server(self):
        return Shop(10, max_multicall=3)

    def test_derived(self):
        self.assertEqual(self.call('take', 3), 7)
        self.assertEqual(self.server.stock, 7)
        self.assertEqual(self.server.props.max_multicall, 3)

    def test_overridden(self):
        """The class's own handlers of the signals."""
        self.call('take', 3)
        self.assert_fault(-32500, 'not authorized', 'system.listMethods')
        self.assertEqual(self.server.log, [
            ('take', 'None'),
            ('system.listMethods', "<Fault -32500: 'not authorized'>")])

    def test_handler_that_fails(self):
        """A call is not let in because of a mistake."""
        def fail(server, invocation):
            raise KeyError('who')

        self.server.connect('authorize-call', fail)
        stderr, sys.stderr = sys.stderr, io.StringIO()
        self.addCleanup(setattr, sys, 'stderr', stderr)
        self.assert_fault(-32500, 'not authorized', 'take', 3)
        self.assertEqual(self.server.stock, 10)

    def test_own_properties(self):
        class Named(XmlRpc.Server):
            name = GObject.Property(type=str, default='none')

        self.assertEqual(Named(name='shop').name, 'shop')
        self.assertEqual(Named().name, 'none')


class MainLoopTest(unittest.TestCase):
    """Coroutine functions where the program runs a GLib.MainLoop."""

    def call_coroutine_function(self):
        server = XmlRpc.Server()
        server.add_function(add_slowly)
        uri = server.listen()
        main_loop = GLib.MainLoop()
        results = []

        def call():
            try:
                results.append(xmlrpc.client.ServerProxy(uri).add_slowly(1, 2))
            except xmlrpc.client.Fault as fault:
                results.append(fault.faultString)
            GLib.idle_add(main_loop.quit)

        thread = threading.Thread(target=call)
        thread.start()
        logging.disable(logging.CRITICAL)
        main_loop.run()
        logging.disable(logging.NOTSET)
        thread.join()
        server.close()
        return results[0]

    # In this order: from PyGObject 3.58 on a loop of asyncio that was made once
    # stays with its GLib.MainContext.
    def test_without_and_with_asyncio(self):
        self.assertIn('no running event loop', self.call_coroutine_function())
        try:
            from gi.events import GLibEventLoopPolicy
        except ImportError:
            self.skipTest('asyncio and GLib have no loop in common')
        asyncio.set_event_loop_policy(GLibEventLoopPolicy())
        self.addCleanup(asyncio.set_event_loop_policy, None)
        self.assertEqual(self.call_coroutine_function(), 3)


if __name__ == '__main__':
    tap.main()
