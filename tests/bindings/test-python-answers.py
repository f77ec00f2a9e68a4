#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Whatever a method of a Server does, its client is answered."""

import asyncio
import gc
import logging
import signal
import sys
import threading
import unittest
import unittest.mock
import urllib.request
import weakref
from decimal import Decimal

import gi

gi.require_version('XmlRpc', '1.0')
from gi.repository import GLib, XmlRpc  # noqa: E402

import glib_loop  # noqa: E402
import tap  # noqa: E402

# A client that is not answered fails the test in the end.
PATIENCE = 60


class Unspeakable(Exception):
    def __str__(self):
        raise RuntimeError('no text')


class BadDict(dict):
    def items(self):
        raise ZeroDivisionError('no items')


class BadList(list):
    def __iter__(self):
        raise KeyError('no items')


class FaultOfOtherCode(XmlRpc.Fault):
    """A program may set what it likes."""

    def __init__(self):
        super().__init__(4, 'a')
        self.code = 2**40
        self.message = b'bytes'
        self.faultCode = object()


ESCAPED = {
    'exception': (ValueError('no such day'), 'ValueError: no such day'),
    'base': (BaseException('base'), 'BaseException: base'),
    'exit': (SystemExit(3), 'SystemExit: 3'),
    'generator': (GeneratorExit(), 'GeneratorExit: '),
    'cancelled': (asyncio.CancelledError(), 'CancelledError: '),
    'memory': (MemoryError(), 'MemoryError: '),
    'stop': (StopIteration(), 'StopIteration: '),
    'surrogate': (ValueError('a\udc80b'), r'ValueError: a\udc80b'),
    'nul': (ValueError('a\0b'), r'ValueError: a\x00b'),
    'control': (ValueError('a\x1b\ufffe'), r'ValueError: a\x1b\ufffe'),
    'unspeakable': (Unspeakable(), 'Unspeakable: '),
}

UNSENDABLE = {
    'items': (BadDict(a=1), 'result: ZeroDivisionError: no items'),
    'iter': (BadList(), "result: KeyError: 'no items'"),
    'surrogate': ('\ud800', 'result: '),
    'keys': ({'\ud800': 1}, 'result'),
    'object': (object(), 'result: cannot marshal object objects'),
    'nan': (Decimal('NaN'), 'result: XML-RPC has no form for NaN'),
    'huge': (Decimal('1E200000000'), 'result: Decimal of more than 4300'),
    'int': (2**64, 'result: int exceeds'),
}


class AnswerTest(unittest.TestCase):
    def setUp(self):
        self.server = XmlRpc.Server()
        self.addCleanup(self.server.close)
        self.uri = self.server.listen()
        self.main_loop = GLib.MainLoop()
        logging.disable(logging.CRITICAL)
        self.addCleanup(logging.disable, logging.NOTSET)

    def with_loop(self, function):
        """What it returns in a thread, while the main loop runs here."""
        results = []

        def run():
            try:
                results.append(function())
            except Exception as error:
                results.append(error)
            GLib.idle_add(self.main_loop.quit)

        thread = threading.Thread(target=run)
        thread.start()
        self.main_loop.run()
        thread.join()
        if isinstance(results[0], Exception):
            raise results[0]
        return results[0]

    def call(self, name, *args):
        proxy = XmlRpc.ServerProxy(self.uri, timeout=PATIENCE)
        return self.with_loop(lambda: proxy[name](*args))

    def assert_fault(self, code, text, name, *args):
        with self.assertRaises(XmlRpc.Fault) as caught:
            self.call(name, *args)
        self.assertEqual(caught.exception.faultCode, code)
        self.assertTrue(caught.exception.faultString.startswith(text),
                        caught.exception.faultString)

    def add_both(self, name, function):
        """As a function, as a threaded one, and as a callback."""
        self.server.add_function(function, name)
        self.server.add_function(function, f'threaded.{name}', threaded=True)
        self.server.add_method(f'callback.{name}', None, None,
                               lambda server, call: function())
        return name, f'threaded.{name}', f'callback.{name}'


class ExceptionTest(AnswerTest):
    def test_whatever_is_raised(self):
        for key, (error, text) in ESCAPED.items():
            def fail(error=error):
                raise error
            for name in self.add_both(key, fail):
                with self.subTest(name):
                    self.assert_fault(-32500, text, name)

    def test_nothing_is_kept(self):
        """Python keeps the last exception that nobody has caught."""
        references = []

        def fail(server, call):
            references.append(weakref.ref(call))
            raise ValueError

        self.server.add_method('fail', None, None, fail)
        self.assert_fault(-32500, 'ValueError: ', 'fail')
        self.assertFalse(hasattr(sys, 'last_traceback'))
        gc.disable()
        self.addCleanup(gc.enable)
        while GLib.MainContext.default().iteration(False):
            pass
        self.assertIsNone(references[0]())

    def test_log(self):
        logging.disable(logging.NOTSET)
        self.server.add_method('fail', None, None, lambda *args: 1 / 0)
        with self.assertLogs('XmlRpc', logging.ERROR) as caught:
            self.assert_fault(-32500, 'ZeroDivisionError: ', 'fail')
        self.assertIs(caught.records[0].exc_info[0], ZeroDivisionError)

    def test_fault_of_a_callback(self):
        def fail(server, call):
            raise XmlRpc.Fault(7, 'seven', more=[1])
        self.server.add_method('fail', None, None, fail)
        with self.assertRaises(XmlRpc.Fault) as caught:
            self.call('fail')
        self.assertEqual(caught.exception.value['more'], [1])

    def test_bad_faults(self):
        for fault, code, text in (
                (XmlRpc.Fault(2**40, 'a'), 2**40, 'a'),
                (XmlRpc.Fault(4, b'\xff'), 4, b'\xff'),
                (XmlRpc.Fault(4, '\ud800'), 4, r'\ud800'),
                (XmlRpc.Fault(4, 'a', more=object()), 4, 'a'),
                (FaultOfOtherCode(), -2**31, 'FaultOfOtherCode: ')):
            def fail(fault=fault):
                raise fault
            for name in self.add_both('fail', fail):
                with self.subTest(name), self.assertRaises(
                        XmlRpc.Fault) as caught:
                    self.call(name)
                self.assertEqual(caught.exception.faultCode, code)
                self.assertEqual(caught.exception.faultString[:len(text)],
                                 text)

    def test_after_the_answer(self):
        """The first answer stands, without a warning in C."""
        def fail(server, call):
            call.return_value(GLib.Variant('i', 5))
            raise ValueError

        self.server.add_method('fail', None, None, fail)
        with unittest.mock.patch.object(
                XmlRpc.Invocation, 'return_fault_literal') as refuse:
            self.assertEqual(self.call('fail'), 5)
        refuse.assert_not_called()

    def test_interrupt(self):
        """First the client is answered, then the program is interrupted."""
        def fail():
            raise KeyboardInterrupt

        for name in self.add_both('fail', fail):
            results = []

            def call():
                try:
                    XmlRpc.ServerProxy(self.uri, timeout=PATIENCE)[name]()
                except XmlRpc.Fault as fault:
                    results.append(fault)

            thread = threading.Thread(target=call)
            thread.start()
            with self.subTest(name), self.assertRaises(KeyboardInterrupt):
                self.main_loop.run()
            self.run_until_dead(thread)
            self.assertEqual(results[0].faultString, 'KeyboardInterrupt: ')

    def run_until_dead(self, thread):
        while thread.is_alive():
            GLib.MainContext.default().iteration(False)
        thread.join()


class ForgetfulTest(AnswerTest):
    def test_forgotten(self):
        for name, function in (
                ('nothing', lambda server, call: None),
                ('params', lambda server, call: call.get_params())):
            self.server.add_method(name, None, None, function)
            self.assert_fault(-32603, f'The method {name} did not respond',
                              name)

    def test_forgotten_in_a_cycle(self):
        def forget(server, call):
            cycle = [call]
            cycle.append(cycle)

        gc.disable()
        self.addCleanup(gc.enable)
        self.server.add_method('forget', None, None, forget)
        self.assert_fault(-32603, 'The method forget did not respond', 'forget')

    def test_kept(self):
        """Who keeps the call answers later."""
        def wait(server, call):
            GLib.timeout_add(20, call.return_value, GLib.Variant('i', 5))
        self.server.add_method('wait', None, None, wait)
        self.assertEqual(self.call('wait'), 5)


class ValueTest(AnswerTest):
    def test_results(self):
        for name, (value, text) in UNSENDABLE.items():
            self.server.add_function(lambda value=value: value, name)
            with self.subTest(name):
                self.assert_fault(-32603, text, name)

    def post(self, value):
        body = ('<methodCall xmlns:ex="http://ws.apache.org/xmlrpc/'
                'namespaces/extensions"><methodName>take</methodName>'
                f'<params><param><value>{value}</value></param></params>'
                '</methodCall>')
        request = urllib.request.Request(self.uri, body.encode(),
                                         {'Content-Type': 'text/xml'})

        def send():
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return answer.read()
        return XmlRpc.loads(self.with_loop(send))

    def test_parameters(self):
        """What cannot be read reaches no method."""
        calls = []
        self.server.add_function(calls.append, 'take')
        for kind, text, message in (
                ('biginteger', 'abc', 'expected a number as biginteger'),
                ('biginteger', '9' * 4301, 'biginteger of more than 4300'),
                ('biginteger', '9' * 1000000, 'biginteger of more than 4300'),
                ('biginteger', '1' * 8000 + 'x', 'expected a number'),
                ('bigdecimal', 'abc', 'expected a number as bigdecimal'),
                ('bigdecimal', 'NaN', 'expected a number as bigdecimal'),
                ('bigdecimal', '1' * 8000, 'bigdecimal of more than 4300'),
                ('bigdecimal', '1' * 8000 + 'x', 'expected a number')):
            with self.subTest(f'{kind} {text[:20]}'):
                with self.assertRaises(XmlRpc.Fault) as caught:
                    self.post(f'<ex:{kind}>{text}</ex:{kind}>')
                self.assertEqual(caught.exception.faultCode, -32602)
                self.assertIn(message, caught.exception.faultString)
                self.assertLess(len(caught.exception.faultString), 200)
        self.assertEqual(calls, [])

    def test_exponents(self):
        """The library refuses them, before anything is written out."""
        calls = []
        self.server.add_function(calls.append, 'take')
        for text in '1E200000000', '1E-200000000', '1E99999999999999999999':
            with self.subTest(text):
                with self.assertRaises(XmlRpc.Fault) as caught:
                    self.post(f'<ex:bigdecimal>{text}</ex:bigdecimal>')
                self.assertEqual(caught.exception.faultCode, -32600)
                self.assertIn('exponent', caught.exception.faultString)
        self.assertEqual(calls, [])

    def test_parameters_that_fit(self):
        calls = []
        self.server.add_function(lambda value: calls.append(value), 'take')
        for kind, text, value in (
                ('biginteger', '9' * 4300, int('9' * 4300)),
                ('biginteger', '-5', -5),
                ('bigdecimal', '1E4299', Decimal('1E4299')),
                ('bigdecimal', '-0.10', Decimal('-0.10'))):
            self.post(f'<ex:{kind}>{text}</ex:{kind}>')
            self.assertEqual(calls.pop(), value)


class CoroutineTest(AnswerTest):
    def call(self, name, *args):
        loop = glib_loop.get_loop()
        proxy = XmlRpc.ServerProxy(self.uri, timeout=PATIENCE)

        async def call():
            return await proxy[name].call_async(*args)
        return loop.run_until_complete(call())

    def test_whatever_is_raised(self):
        for name, (error, text) in ESCAPED.items():
            if isinstance(error, StopIteration):
                continue  # Python itself makes a RuntimeError of it.

            async def fail(error=error):
                await asyncio.sleep(0)
                raise error
            self.server.add_function(fail, name)
            with self.subTest(name):
                self.assert_fault(-32500, text, name)

    def test_results(self):
        for name, (value, text) in UNSENDABLE.items():
            async def give(value=value):
                return value
            self.server.add_function(give, name)
            with self.subTest(name):
                self.assert_fault(-32603, text, name)


if __name__ == '__main__':
    signal.signal(signal.SIGINT, signal.default_int_handler)
    tap.main()
