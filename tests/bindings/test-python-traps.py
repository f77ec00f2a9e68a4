#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What looks right and is not raises an exception; it neither hangs nor does
nothing."""

import errno
import json
import math
import socket
import unittest
from datetime import datetime
from decimal import Decimal

import gi

gi.require_version('Soup', '3.0')
gi.require_version('XmlRpc', '1.0')
from gi.repository import Gio, GLib, GObject, Soup, XmlRpc  # noqa: E402

import peers  # noqa: E402
import tap  # noqa: E402


class TrapTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = peers.EchoServer()
        cls.addClassCleanup(cls.server.close)

    def setUp(self):
        self.proxy = XmlRpc.ServerProxy(self.server.uri)


class ProxyTest(TrapTest):
    def test_no_iteration(self):
        def loop(proxy):
            for item in proxy:
                self.fail(item)

        for what in self.proxy, self.proxy.echo, XmlRpc.MultiCall(self.proxy):
            for function in (list, tuple, iter, next, loop, set, sorted, len,
                             lambda what: [*what], lambda what: 'x' in what,
                             reversed, max, zip):
                with self.subTest(what), self.assertRaises(TypeError):
                    function(what)

    def test_keys(self):
        self.assertEqual(self.proxy['echo'](5), 5)
        for key in 0, -1, None, b'echo', slice(1), ('echo',):
            with self.subTest(key), self.assertRaises(TypeError):
                self.proxy[key]

    def test_properties(self):
        """All of them, and those of a server."""
        for instance in self.proxy, XmlRpc.Server():
            for spec in instance.list_properties():
                name = spec.name.replace('-', '_')
                with self.subTest(name), self.assertRaisesRegex(
                        AttributeError, f'set props.{name}'):
                    setattr(instance, name, None)

    def test_properties_of_a_subclass(self):
        class Own(XmlRpc.ServerProxy):
            user = None

        proxy = Own(self.server.uri)
        proxy.user = 'of the program'
        self.assertEqual(proxy.user, 'of the program')

    def test_timeouts(self):
        for timeout in (True, False, '5', b'5', [5], GLib.Variant('i', 5)):
            with self.subTest(timeout), self.assertRaises(TypeError):
                XmlRpc.ServerProxy(self.server.uri, timeout=timeout)
        for timeout in (0.0004, 1e-9, -1, -0.5, math.inf, -math.inf, math.nan,
                        2**32, 1e300):
            with self.subTest(timeout), self.assertRaisesRegex(ValueError,
                                                               '^timeout: '):
                XmlRpc.ServerProxy(self.server.uri, timeout=timeout)
        for timeout, milliseconds in ((0, 0), (0.001, 1), (0.0015, 2), (5, 5000),
                                      (1.5, 1500), (Decimal('2.5'), 2500)):
            proxy = XmlRpc.ServerProxy(self.server.uri, timeout=timeout)
            self.assertEqual(proxy.get_timeout(), milliseconds)

    def test_second_init(self):
        for instance, *args in ((self.proxy, self.server.uri),
                                (XmlRpc.ServerProxy.new(self.server.uri),
                                 self.server.uri),
                                (XmlRpc.Server(),),
                                (XmlRpc.DateTime(), '20200101T00:00:00'),
                                (XmlRpc.Boolean(True), False)):
            with self.subTest(instance), self.assertRaises(RuntimeError):
                instance.__init__(*args)


class FinishTest(TrapTest):
    def get_result(self, start, *args):
        main_loop = GLib.MainLoop()
        results = []

        def done(proxy, result):
            results.append(result)
            main_loop.quit()

        start(*args, None, done)
        main_loop.run()
        return results[0]

    def test_twice(self):
        proxy = self.proxy
        for finish, value, start, *args in (
                (proxy.echo.call_finish, 5, proxy.call_json_async, 'echo',
                 '[5]'),
                (proxy.call_finish, GLib.Variant('i', 5), proxy.call_async,
                 'echo', GLib.Variant('(i)', (5,)), None),
                (proxy.call_full_finish, GLib.Variant('i', 5),
                 proxy.call_full_async, 'echo', GLib.Variant('(i)', (5,)),
                 None, XmlRpc.CallFlags.NONE, -1),
                (proxy.get_method_help_finish, 'Returns its parameter.',
                 proxy.get_method_help_async, 'echo')):
            result = self.get_result(start, *args)
            with self.subTest(finish):
                self.assertEqual(finish(result), value)
                with self.assertRaisesRegex(RuntimeError, 'taken already'):
                    finish(result)

    def test_of_something_else(self):
        for result in None, 5, GObject.Object():
            for finish in self.proxy.echo.call_finish, self.proxy.call_finish:
                with self.subTest(result), self.assertRaises(TypeError):
                    finish(result)


class FaultTest(TrapTest):
    """Faults as they came, from all functions."""

    def assert_whole(self, function, *args):
        with self.assertRaises(XmlRpc.Fault) as caught:
            function(*args)
        self.assertEqual(caught.exception.faultCode, 'NotFound')
        self.assertEqual(caught.exception.value,
                         {'faultCode': 'NotFound', 'faultString': 'No.'})
        self.assertEqual(caught.exception.code, XmlRpc.FaultCode.OTHER_CODE)

    def finish(self, start, finish, *args):
        return finish(FinishTest.get_result(self, start, *args))

    def test_calls(self):
        params = GLib.Variant('(ss)', ('NotFound', 'No.'))
        full = (params, None, XmlRpc.CallFlags.NONE, -1)
        proxy = self.proxy
        self.assert_whole(proxy.call, 'fail', params)
        self.assert_whole(proxy.call_full, 'fail', *full)
        self.assert_whole(self.finish, proxy.call_async, proxy.call_finish,
                          'fail', params, None)
        self.assert_whole(self.finish, proxy.call_full_async,
                          proxy.call_full_finish, 'fail', *full)

    def test_introspection(self):
        def refuse(*args):
            raise XmlRpc.Fault('NotFound', 'No.')

        with peers.Introspected() as server:
            proxy = XmlRpc.ServerProxy(server.uri)
            for function, *args in (
                    (proxy.server.listMethods,),
                    (proxy.server.methodSignature, 'a'),
                    (proxy.server.methodHelp, 'a'),
                    (proxy.list_methods,), (proxy.get_method_help, 'a'),
                    (proxy.get_method_signature, 'a'),
                    (proxy.get_capabilities,),
                    (self.finish, proxy.list_methods_async,
                     proxy.list_methods_finish),
                    (self.finish, proxy.get_method_signature_async,
                     proxy.get_method_signature_finish, 'a'),
                    (self.finish, proxy.get_method_help_async,
                     proxy.get_method_help_finish, 'a'),
                    (self.finish, proxy.get_capabilities_async,
                     proxy.get_capabilities_finish)):
                with self.subTest(function):
                    self.assert_whole(function, *args)

    def test_each_its_own(self):
        """One fault does not get the value of another."""
        for code in 'a', 'b', 5, 'c':
            with self.assertRaises(XmlRpc.Fault) as caught:
                self.proxy.call('fail', GLib.Variant('(vs)', (
                    GLib.Variant('i' if code == 5 else 's', code), 'No.')))
            self.assertEqual(caught.exception.value,
                             {'faultCode': code, 'faultString': 'No.'})

    def test_other_errors(self):
        with self.assertRaises(XmlRpc.TransportError):
            XmlRpc.ServerProxy('http://127.0.0.1:1').call('echo')
        with self.assertRaises(XmlRpc.ProtocolError):
            XmlRpc.ServerProxy(self.server.uri + '/x').list_methods()


class ListenTest(unittest.TestCase):
    def setUp(self):
        self.server = XmlRpc.Server()
        self.addCleanup(self.server.close)

    def test_functions(self):
        for function in 3, None, 'add', [len]:
            for add in (self.server.add_function,
                        lambda function, name: self.server.add_method(
                            name, None, None, function)):
                with self.subTest(function), self.assertRaisesRegex(
                        TypeError, 'x: expected a function'):
                    add(function, 'x')
        with self.assertRaises(TypeError):
            self.server.register_function(3, 'x')
        with self.assertRaises(TypeError):
            self.server.add_function(3)
        self.assertFalse(self.server.remove_method('x'))

    def test_ports(self):
        for port in 70000, 65536, -1:
            for local in True, False:
                with self.subTest(port), self.assertRaises(ValueError):
                    self.server.listen(port, local=local)
        for port in '8080', 8080.0, None, True:
            with self.subTest(port), self.assertRaises(TypeError):
                self.server.listen(port)

    def test_paths(self):
        for path in 'RPC2', '', 'http://localhost/RPC2', '/a\0':
            with self.subTest(path), self.assertRaises(ValueError):
                self.server.listen(path=path)
            with self.subTest(path), self.assertRaises(ValueError):
                self.server.attach(Soup.Server(), path)
        for path in b'/RPC2', 5:
            with self.subTest(path), self.assertRaises(TypeError):
                self.server.listen(path=path)
        self.assertTrue(self.server.listen(path=None).endswith('/'))

    def test_port_in_use(self):
        with socket.create_server(('127.0.0.1', 0)) as other:
            port = other.getsockname()[1]
            with self.assertRaises(OSError) as caught:
                self.server.listen(port)
        self.assertEqual(caught.exception.errno, errno.EADDRINUSE)
        self.assertTrue(caught.exception.matches(
            Gio.io_error_quark(), Gio.IOErrorEnum.ADDRESS_IN_USE))
        self.assertTrue(self.server.listen().startswith('http://'))


class Shouting(Decimal):
    def __format__(self, spec):
        return '1"},{"$i8":"5'

    __str__ = __repr__ = __format__

    def is_finite(self):
        return True

    def as_tuple(self):
        return 0, (), 0


class Disguised(str):
    """Not what it says that it is."""

    def __getitem__(self, index):
        return 'x'

    def __eq__(self, other):
        return False

    def __str__(self):
        return 'x"'

    __repr__ = __format__ = __str__
    __hash__ = str.__hash__

    def startswith(self, *args):
        return False


class OddDict(dict):
    def __iter__(self):
        return iter(('other',))


class NumberTest(TrapTest):
    def test_decimals(self):
        for value in ('NaN', 'sNaN', '-Infinity'):
            with self.subTest(value), self.assertRaises(ValueError):
                self.proxy.echo(Decimal(value))
        for value in ('1E200000000', '1E-200000000', '1E4300', '1E-4301',
                      '0E200000000', '9' * 4301, '0.' + '9' * 4301):
            with self.subTest(value[:20]), self.assertRaises(OverflowError):
                self.proxy.describe(Decimal(value))
        for value in ('1E4299', '-1E-4300', '9' * 4300, '0.' + '9' * 4300,
                      '-0.10', '0E-5', '00.1'):
            params, _ = XmlRpc.loads(XmlRpc.dumps((Decimal(value),), 'm'))
            self.assertEqual(params, (Decimal(value),))

    def test_decimals_that_come(self):
        def load(kind, text):
            return XmlRpc.loads(
                '<methodResponse xmlns:ex="http://ws.apache.org/xmlrpc/'
                'namespaces/extensions"><params><param><value>'
                f'<ex:{kind}>{text}</ex:{kind}></value></param></params>'
                '</methodResponse>')[0][0]

        for kind, text, code in (
                ('bigdecimal', '1E200000000', XmlRpc.Error.INVALID_VALUE),
                ('bigdecimal', 'abc', XmlRpc.Error.INVALID_VALUE),
                ('bigdecimal', 'NaN', XmlRpc.Error.INVALID_VALUE),
                ('bigdecimal', '1_0', XmlRpc.Error.INVALID_VALUE),
                ('bigdecimal', '', XmlRpc.Error.INVALID_VALUE),
                ('biginteger', '9' * 4301, XmlRpc.Error.LIMIT_EXCEEDED),
                ('biginteger', '1_0', XmlRpc.Error.INVALID_VALUE),
                ('biginteger', '٣', XmlRpc.Error.INVALID_VALUE),
                ('biginteger', '1.5', XmlRpc.Error.INVALID_VALUE)):
            with self.subTest(text[:20]), self.assertRaises(
                    XmlRpc.Error) as caught:
                load(kind, text)
            self.assertEqual(caught.exception.code, code)
        self.assertEqual(load('biginteger', '9' * 4300), int('9' * 4300))
        self.assertEqual(load('bigdecimal', '1.5e3'), Decimal('1500'))

    def test_smuggled(self):
        self.assertEqual(self.proxy.describe(Shouting('2.5')),
                         "Decimal('2.5')")
        with self.assertRaises(ValueError):
            self.proxy.describe(Shouting('NaN'))
        with self.assertRaises(OverflowError):
            self.proxy.describe(Shouting('1E200000000'))
        for key in '$i8', '$base64', '$struct', 'a"b':
            for value in ({Disguised(key): '5'}, OddDict({key: '5'})):
                with self.subTest(key):
                    self.assertEqual(self.proxy.echo(value), {key: '5'})
        self.assertEqual(self.proxy.echo(Disguised('a"b')), 'a"b')

    def test_not_json(self):
        """Each of them is one value."""
        class Late(datetime):
            @property
            def year(self):
                return Disguised('1998')

        with self.assertRaises((TypeError, ValueError, XmlRpc.Error)):
            self.proxy.echo(Late(1998, 7, 17))
        self.assertEqual(json.dumps(self.proxy.echo({'a': '"},{'})),
                         json.dumps({'a': '"},{'}))


def nest(levels, make=lambda inner: [inner]):
    return make(nest(levels - 1, make)) if levels else 5


class NestingTest(TrapTest):
    """The tuple of the parameters is no array."""

    def test_client(self):
        for make in (lambda inner: [inner], lambda inner: {'a': inner},
                     lambda inner: {'$a': [inner]}):
            levels = 20 if make(0) == {'$a': [0]} else 40
            value = nest(levels, make)
            self.assertEqual(self.proxy.echo(value), value)
            with self.assertRaises(XmlRpc.Error) as caught:
                self.proxy.echo(make(value))
            self.assertEqual(caught.exception.code,
                             XmlRpc.Error.LIMIT_EXCEEDED)

    def test_messages(self):
        text = XmlRpc.dumps((nest(40), nest(1), {'a': nest(39)}), 'm')
        self.assertEqual(XmlRpc.loads(text),
                         ((nest(40), nest(1), {'a': nest(39)}), 'm'))
        with self.assertRaisesRegex(XmlRpc.Error, r'params\[1\]\[0\].*40 deep'):
            XmlRpc.dumps((5, nest(41)), 'm')

    def test_multicall(self):
        multicall = XmlRpc.MultiCall(self.proxy)
        multicall.echo(nest(37))
        self.assertEqual(list(multicall()), [nest(37)])
        multicall.echo(nest(38))
        with self.assertRaisesRegex(XmlRpc.Error, '40 deep'):
            multicall()

    def test_server(self):
        server = XmlRpc.Server()
        self.addCleanup(server.close)
        server.add_function(lambda value, *more: [value, *more][-1], 'last')
        proxy = XmlRpc.ServerProxy(server.listen(), timeout=60)
        main_loop = GLib.MainLoop()
        results = []

        def done(proxy, result):
            results.append(proxy.last.call_finish(result))
            main_loop.quit()

        for args in ((nest(40),), (1, {'a': nest(39)}), (nest(40), 5)):
            proxy.last.call_async(*args, callback=done)
            main_loop.run()
            self.assertEqual(results.pop(), args[-1])


if __name__ == '__main__':
    tap.main()
