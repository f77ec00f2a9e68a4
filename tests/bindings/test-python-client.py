#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""XmlRpc.ServerProxy against the server of Python's own library."""

import copy
import inspect
import pickle
import threading
import time
import unittest
import xmlrpc.client
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum, IntEnum
from xmlrpc.server import SimpleXMLRPCServer

import gi

gi.require_version('Soup', '3.0')
gi.require_version('XmlRpc', '1.0')
from gi.repository import Gio, GLib, Soup, XmlRpc  # noqa: E402

import peers  # noqa: E402
import tap  # noqa: E402


class Colour(IntEnum):
    RED = 1


class Word(str, Enum):
    ONE = 'one'


DATE = datetime(1998, 7, 17, 14, 8, 55)


class ServerTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = peers.EchoServer()
        cls.addClassCleanup(cls.server.close)

    def setUp(self):
        self.proxy = XmlRpc.ServerProxy(self.server.uri)


class ValueTest(ServerTest):
    def test_native_values(self):
        """What Python has comes back the same, and of the same type."""
        for value in (True, False, 0, -5, 2**31 - 1, -2**31, 0.0,
                      1.0, -1.5, 1e300, 5e-324, '', 'text',
                      'ü€🐍 <&>"\\\n\t', [], [1, [2.0, ['three']]], {},
                      {'a': {'b': [None]}, '': 1, 'ü': 2}, None,
                      {'$': 1}, {'$i8': '5'}, {'$struct': {'$i8': 5}},
                      {'$a': {'$b': [{'$c': DATE}]}}, {'$a': 1, 'b': 2}):
            with self.subTest(value):
                echoed = self.proxy.echo(value)
                self.assertEqual(echoed, value)
                self.assertIs(type(echoed), type(value))

    def test_as_the_server_sees_them(self):
        for value, seen in (
                (b'\0\xff', r"b'\x00\xff'"), (bytearray(b'x'), "b'x'"),
                (memoryview(b'xyz')[1:], "b'yz'"), ((1, 2), '[1, 2]'),
                (DATE, 'datetime.datetime(1998, 7, 17, 14, 8, 55)'),
                (DATE.replace(tzinfo=timezone(timedelta(hours=2))),
                 'datetime.datetime(1998, 7, 17, 14, 8, 55)'),
                (XmlRpc.DateTime(DATE),
                 'datetime.datetime(1998, 7, 17, 14, 8, 55)'),
                (XmlRpc.Binary(b'x'), "b'x'"), (XmlRpc.True_, 'True'),
                (XmlRpc.boolean(0), 'False'), (XmlRpc.binary(b''), "b''"),
                (2**31, '2147483648'), (-2**63, str(-2**63)),
                (2**63 - 1, str(2**63 - 1)), ('a\r\n', r"'a\r\n'"),
                (Decimal('0.1'), "Decimal('0.1')"), (Colour.RED, '1'),
                (Word.ONE, "'one'"),
                (GLib.Variant('(syt)', ('a', 7, 2**40)),
                 "['a', 7, 1099511627776]"),
                ([GLib.Variant('ad', [1, 2.5])], '[[1.0, 2.5]]')):
            with self.subTest(value):
                self.assertEqual(self.proxy.describe(value), seen)

    def test_dates_that_come(self):
        date = self.proxy.echo(DATE)
        self.assertEqual(date, DATE)
        self.assertIsInstance(date, datetime)
        self.assertEqual(date.value, '19980717T14:08:55')
        self.assertEqual(pickle.loads(pickle.dumps(date)).value, date.value)
        self.assertIsNone(date.tzinfo)

    def test_bytes_that_come(self):
        data = self.proxy.echo(bytes(range(256)))
        self.assertEqual(data, bytes(range(256)))
        self.assertEqual(data.data, bytes(range(256)))
        self.assertIs(type(data.data), bytes)
        self.assertEqual(pickle.loads(pickle.dumps(data)), data)

    def test_builtin_types(self):
        proxy = XmlRpc.ServerProxy(self.server.uri, use_builtin_types=True)
        self.assertIs(type(proxy.echo(DATE)), datetime)
        self.assertIs(type(proxy.echo(b'x')), bytes)

    def test_wrapper_types(self):
        proxy = XmlRpc.ServerProxy(self.server.uri, use_builtin_types=False)
        self.assertIs(type(proxy.echo(DATE)), XmlRpc.DateTime)
        self.assertEqual(proxy.echo(DATE), DATE)
        self.assertIs(type(proxy.echo(b'x')), XmlRpc.Binary)
        proxy = XmlRpc.ServerProxy(self.server.uri, use_datetime=True)
        self.assertIs(type(proxy.echo(DATE)), datetime)
        self.assertIs(type(proxy.echo(b'x')), XmlRpc.Binary)

    def test_many_parameters(self):
        self.assertEqual(self.proxy.count_parameters(), 0)
        self.assertEqual(self.proxy.count_parameters(*range(100)), 100)


class RefusalTest(ServerTest):
    def assert_refused(self, exception, place, *params):
        with self.assertRaises(exception) as caught:
            self.proxy.echo(*params)
        self.assertTrue(str(caught.exception).startswith(place + ': '),
                        caught.exception)

    def test_int_beyond_64_bits(self):
        for number in (2**63, -2**63 - 1, 10**100):
            self.assert_refused(OverflowError, 'params[1].a[2]',
                                0, {'a': [0, 1, number]})

    def test_not_finite(self):
        for number in (float('nan'), float('inf'), -float('inf')):
            self.assert_refused(ValueError, 'params[0][0]', [number])

    def test_recursion(self):
        array = [1]
        array.append({'again': array})
        self.assert_refused(TypeError, 'params[0][1].again', array)

    def test_no_recursion(self):
        """The same list twice is none, if it is not within itself."""
        shared = [1]
        self.assertEqual(self.proxy.echo([shared, shared]), [[1], [1]])

    def test_nesting(self):
        value = 1
        for depth in range(40):
            value = [value]
        self.assertEqual(self.proxy.echo(value), value)
        for depth in (41, 10_000):
            while depth > 0:
                value, depth = [value], depth - 1
            with self.assertRaises((GLib.Error, ValueError)):
                self.proxy.echo(value)

    def test_keys(self):
        for key in (1, None, b'a', ('a',)):
            self.assert_refused(TypeError, f'params[0].a.{key}',
                                {'a': {key: 1}})

    def test_other_types(self):
        for value in (object(), {1, 2}, 1j, lambda: 1):
            self.assert_refused(TypeError, 'params[0].a', {'a': value})
        self.assert_refused(TypeError, 'params[0]', GLib.Variant('h', 1))

    def test_characters(self):
        for text in ('\0', '\ud800'):
            with self.assertRaises(GLib.Error) as caught:
                self.proxy.echo({'a': text})
            self.assertIn('.a: ', caught.exception.message)
        with self.assertRaises(XmlRpc.Error) as caught:
            self.proxy.echo({'a': '\1'})
        self.assertEqual(caught.exception.code, XmlRpc.Error.INVALID_VALUE)


class ErrorTest(ServerTest):
    def test_fault(self):
        with self.assertRaises(XmlRpc.Fault) as caught:
            self.proxy.fail(4, 'Too many parameters.')
        fault = caught.exception
        self.assertEqual((fault.faultCode, fault.faultString),
                         (4, 'Too many parameters.'))
        self.assertEqual(str(fault), "<Fault 4: 'Too many parameters.'>")
        self.assertIsInstance(fault, GLib.Error)
        self.assertIsInstance(fault, XmlRpc.Error)
        self.assertTrue(fault.matches(XmlRpc.fault_quark(), 4))
        self.assertEqual(str(pickle.loads(pickle.dumps(fault))), str(fault))

    def get_faults(self, code, text):
        """The same fault, from all who raise one."""
        with self.assertRaises(XmlRpc.Fault) as caught:
            self.proxy.fail(code, text)
        yield caught.exception
        multicall = XmlRpc.MultiCall(self.proxy)
        multicall.fail(code, text)
        with self.assertRaises(XmlRpc.Fault) as caught:
            list(multicall())
        yield caught.exception
        fault = XmlRpc.Fault(code, text)
        yield fault
        yield pickle.loads(pickle.dumps(fault))
        with self.assertRaises(XmlRpc.Fault) as caught:
            XmlRpc.loads(XmlRpc.dumps(fault))
        yield caught.exception

    def test_fault_as_it_came(self):
        other = XmlRpc.FaultCode.OTHER_CODE
        for code, text, number, message in (
                ('NotFound', 'No page.', other, 'NotFound: No page.'),
                ('404', 'No page.', 404, 'No page.'),
                (4.0, 'a', 4, 'a'), (4.5, 'a', other, '4.5: a'),
                (None, 'out of order', other, 'out of order'),
                (True, 'a', other, 'true: a'),
                ('Only', '', other, 'Only'), (5, None, 5, ''),
                (5, {'m': ['oops']}, 5, '{m: ["oops"]}'),
                (5, {'$': DATE}, 5, '{$: 19980717T14:08:55}')):
            for fault in self.get_faults(code, text):
                with self.subTest(code=code, text=text):
                    self.assertEqual((fault.faultCode, fault.faultString),
                                     (code, text))
                    self.assertEqual(fault.value, {'faultCode': code,
                                                   'faultString': text})
                    self.assertEqual((fault.code, fault.message),
                                     (number, message))
                    self.assertTrue(fault.matches(XmlRpc.fault_quark(),
                                                  number))
                    self.assertEqual(
                        str(fault), f'<Fault {code}: {fault.faultString!r}>')

    def test_fault_of_any_form(self):
        for xml, code, text, value in (
                ('<string>a</string>', None, 'a', 'a'),
                ('<struct><member><name>faultString</name><value>a</value>'
                 '</member></struct>', None, 'a', {'faultString': 'a'}),
                ('<struct><member><name>faultCode</name><value>a</value>'
                 '</member></struct>', 'a', None, {'faultCode': 'a'}),
                ('<nil/>', None, None, None)):
            body = ('<methodResponse><fault><value>' + xml
                    + '</value></fault></methodResponse>')
            with self.subTest(xml), self.assertRaises(XmlRpc.Fault) as caught:
                XmlRpc.loads(body)
            fault = caught.exception
            self.assertEqual((fault.faultCode, fault.faultString),
                             (code, text))
            self.assertEqual(fault.value, value)
            self.assertEqual(fault.code, XmlRpc.FaultCode.OTHER_CODE)
            self.assertTrue(fault.message)

    def test_fault_with_more(self):
        fault = XmlRpc.Fault(4, 'a', detail=[1])
        self.assertEqual(fault.value, {'faultCode': 4, 'faultString': 'a',
                                       'detail': [1]})
        fault.faultCode = 5
        with self.assertRaises(XmlRpc.Fault) as caught:
            XmlRpc.loads(XmlRpc.dumps(fault))
        self.assertEqual(caught.exception.value,
                         {'faultCode': 5, 'faultString': 'a', 'detail': [1]})

    def test_fault_that_cannot_be_sent(self):
        fault = XmlRpc.Fault(object, 'a')
        self.assertEqual(fault.code, XmlRpc.FaultCode.OTHER_CODE)
        self.assertIs(fault.faultCode, object)
        with self.assertRaises(TypeError):
            XmlRpc.dumps(fault)

    def test_fault_of_a_whole_multicall(self):
        def deny(calls):
            raise xmlrpc.client.Fault('Denied', 'too many')

        with SimpleXMLRPCServer(('127.0.0.1', 0), logRequests=False) as server:
            server.register_function(deny, 'system.multicall')
            thread = threading.Thread(target=server.handle_request)
            thread.start()
            multicall = XmlRpc.MultiCall(XmlRpc.ServerProxy(
                f'http://127.0.0.1:{server.server_address[1]}/RPC2'))
            multicall.echo(1)
            with self.assertRaises(XmlRpc.Fault) as caught:
                multicall()
            thread.join()
        self.assertEqual((caught.exception.faultCode,
                          caught.exception.message),
                         ('Denied', 'Denied: too many'))

    def test_protocol_error(self):
        uri = self.server.uri.replace('http://', 'http://user:secret@')
        proxy = XmlRpc.ServerProxy(uri + '/elsewhere')
        with self.assertRaises(XmlRpc.ProtocolError) as caught:
            proxy.echo(1)
        error = caught.exception
        self.assertEqual((error.errcode, error.code), (404, 404))
        self.assertTrue(error.url.endswith('/RPC2/elsewhere'))
        self.assertNotIn('secret', str(error) + repr(proxy))
        self.assertEqual(error.headers['Content-Type'], 'text/plain')
        self.assertTrue(error.matches(XmlRpc.http_error_quark(), 404))

    def test_transport_error(self):
        with self.assertRaises(OSError) as caught:
            XmlRpc.ServerProxy('http://127.0.0.1:1/').echo(1)
        self.assertIsInstance(caught.exception, XmlRpc.TransportError)
        self.assertTrue(caught.exception.matches(
            Gio.io_error_quark(), Gio.IOErrorEnum.CONNECTION_REFUSED))
        self.assertIn('refused', str(caught.exception))

    def test_timeout(self):
        proxy = XmlRpc.ServerProxy(self.server.uri, timeout=0.2)
        self.assertEqual(proxy.get_timeout(), 200)
        with self.assertRaises(XmlRpc.TransportError) as caught:
            proxy.sleep(600)
        self.assertTrue(caught.exception.matches(
            Gio.io_error_quark(), Gio.IOErrorEnum.TIMED_OUT))

    def test_bad_uri(self):
        for uri in 'ftp://example.org/', 'example.org', '':
            with self.assertRaises(OSError) as caught:
                XmlRpc.ServerProxy(uri)
            self.assertIsInstance(caught.exception, GLib.Error)

    def test_transport(self):
        for keywords in {'transport': object()}, {'context': object()}:
            with self.assertRaisesRegex(TypeError, 'session'):
                XmlRpc.ServerProxy(self.server.uri, **keywords)

    def test_bad_timeout(self):
        with self.assertRaises(ValueError):
            XmlRpc.ServerProxy(self.server.uri, timeout=-1)

    def test_no_xml_rpc(self):
        for text, code in (('<', XmlRpc.Error.NOT_WELL_FORMED),
                           ('<html/>', XmlRpc.Error.INVALID_MESSAGE)):
            with self.assertRaises(XmlRpc.ResponseError) as caught:
                XmlRpc.loads(text)
            self.assertEqual(caught.exception.code, code)


class ProxyTest(ServerTest):
    def test_dotted_names(self):
        self.assertEqual(self.proxy.a.b.c.d(5), 5)
        self.assertEqual(self.proxy['a.b.c.d'](6), 6)

    def test_unknown_method(self):
        with self.assertRaises(XmlRpc.Fault):
            self.proxy.no.such.method()

    def test_names_that_gobject_has(self):
        self.assertEqual(self.proxy['connect'](7), 7)

    def test_properties(self):
        """What looks like setting one is refused; else it would do nothing."""
        for name in ('timeout', 'idempotent', 'max_response_size', 'max_values'):
            with self.assertRaisesRegex(AttributeError, f'props.{name}'):
                setattr(self.proxy, name, 5)
        self.proxy.props.timeout = 5000
        self.assertEqual(self.proxy.get_timeout(), 5000)
        self.proxy.own = 'of a program'
        self.assertEqual(self.proxy.own, 'of a program')

    def test_python_own_names(self):
        """What looks whether an object can do something gets no method."""
        for name in ('__len__', '__fspath__', '__next__'):
            self.assertFalse(hasattr(self.proxy, name))
            self.assertFalse(hasattr(self.proxy.a.b, name))

    def test_introspection(self):
        server = self.proxy.server
        self.assertIn('echo', server.listMethods())
        self.assertEqual(server.listMethods(),
                         self.proxy.system.listMethods())
        self.assertEqual(server.methodHelp('echo'), 'Returns its parameter.')
        self.assertEqual(server.methodSignature('repeat'),
                         ['string,string,int', 'base64,base64,int'])
        self.assertIsNone(server.methodSignature('echo'))
        self.assertEqual(self.proxy.system.methodSignature('repeat'),
                         [['string', 'string', 'int'],
                          ['base64', 'base64', 'int']])
        self.assertEqual(self.proxy.system.methodSignature('echo'),
                         'signatures not supported')

    def test_headers(self):
        for headers in ({'X-Test': 'one'}, [('X-Test', 'one')]):
            proxy = XmlRpc.ServerProxy(self.server.uri, headers=headers)
            self.assertEqual(proxy.get_header('X-Test'), 'one')
            self.assertEqual(proxy.get_header('Content-Type'), 'text/xml')

    def test_session(self):
        session = Soup.Session()
        proxy = XmlRpc.ServerProxy(self.server.uri, session=session)
        self.assertIs(proxy.get_session(), session)
        self.assertEqual(proxy.echo(1), 1)

    def test_close(self):
        with XmlRpc.ServerProxy(self.server.uri) as proxy:
            self.assertEqual(proxy.echo(1), 1)
        self.assertEqual(proxy.echo(1), 1)
        proxy('close')()
        with self.assertRaises(AttributeError):
            proxy('open')

    def test_multicall(self):
        multicall = XmlRpc.MultiCall(self.proxy)
        multicall.echo(DATE)
        multicall.fail(7, 'No.')
        multicall.a.b.c.d({'$': 1})
        results = multicall()
        self.assertEqual(len(results), 3)
        self.assertEqual(results[0], DATE)
        self.assertEqual(results[-1], {'$': 1})
        with self.assertRaises(XmlRpc.Fault) as caught:
            results[1]
        self.assertEqual(caught.exception.faultCode, 7)
        with self.assertRaises(XmlRpc.Fault):
            list(results)
        with self.assertRaises(IndexError):
            results[3]

    def test_c_api(self):
        """The library's own functions are there as well."""
        proxy = XmlRpc.ServerProxy.new(self.server.uri)
        reply = proxy.call('echo', GLib.Variant('(i)', (5,)), None, None)
        self.assertEqual(reply.unpack(), 5)
        self.assertEqual(proxy.echo(DATE), DATE)


class WrapperTest(unittest.TestCase):
    def test_date_time(self):
        date = XmlRpc.DateTime('19980717T14:08:55')
        self.assertEqual(date, DATE)
        self.assertEqual(date, XmlRpc.DateTime(DATE))
        self.assertEqual(date, '19980717T14:08:55')
        self.assertEqual(date, XmlRpc.DateTime(DATE.timetuple()))
        self.assertLess(date, DATE + timedelta(seconds=1))
        self.assertGreaterEqual(date, '19980717T14:08:54')
        self.assertNotEqual(date, None)
        self.assertNotEqual(date, 'yesterday')
        with self.assertRaises(TypeError):
            date < 5
        self.assertEqual(date.value, '19980717T14:08:55')
        self.assertEqual(str(date), date.value)
        self.assertIn(repr(date.value), repr(date))
        self.assertEqual(date.timetuple(), DATE.timetuple())
        self.assertEqual(pickle.loads(pickle.dumps(date)), date)
        self.assertEqual({date: 1}[XmlRpc.DateTime(DATE)], 1)

    def test_date_time_of_seconds(self):
        seconds = time.mktime(DATE.timetuple())
        self.assertEqual(XmlRpc.DateTime(seconds), DATE)

    def test_date_time_of_now(self):
        """Also in the first milliseconds of a second."""
        end = int(time.time()) + 1.01
        while time.time() < end:
            before = datetime.now().replace(microsecond=0)
            self.assertGreaterEqual(XmlRpc.DateTime(), before)

    def test_early_year(self):
        self.assertEqual(XmlRpc.DateTime(datetime(33, 4, 3)).value,
                         '00330403T00:00:00')

    def test_binary(self):
        binary = XmlRpc.Binary(b'\0\xff')
        self.assertEqual(binary, b'\0\xff')
        self.assertEqual(binary, XmlRpc.Binary(bytearray(b'\0\xff')))
        self.assertNotEqual(binary, XmlRpc.Binary())
        self.assertNotEqual(binary, '\0\xff')
        self.assertEqual(str(binary), '\0\xff')
        self.assertEqual(bytes(binary), binary.data)
        self.assertEqual(XmlRpc.Binary().data, b'')
        self.assertEqual(pickle.loads(pickle.dumps(binary)), binary)
        self.assertEqual(XmlRpc.Binary.new_from_data(b'\0\xff'), binary)
        with self.assertRaises(TypeError):
            XmlRpc.Binary('text')

    def test_boolean(self):
        self.assertTrue(XmlRpc.True_)
        self.assertFalse(XmlRpc.False_)
        self.assertIs(XmlRpc.boolean([1]), XmlRpc.True_)
        self.assertEqual(XmlRpc.True_, True)
        self.assertEqual(XmlRpc.Boolean(0), XmlRpc.False_)
        self.assertNotEqual(XmlRpc.True_, XmlRpc.False_)
        self.assertEqual(repr(XmlRpc.True_), '<Boolean True>')
        self.assertEqual(pickle.loads(pickle.dumps(XmlRpc.True_)), True)

    def test_copies(self):
        for value in (XmlRpc.DateTime(DATE), XmlRpc.Binary(b'x'),
                      XmlRpc.True_):
            self.assertEqual(copy.deepcopy([value]), [value])
            self.assertEqual(copy.copy(value), value)

    def test_help(self):
        for name in ('ServerProxy', 'Server', 'MultiCall', 'Fault',
                     'ProtocolError', 'DateTime', 'Binary', 'Boolean'):
            item = getattr(XmlRpc, name)
            self.assertTrue(item.__doc__.strip(), name)
            self.assertEqual(item.__module__, 'gi.repository.XmlRpc')
        signature = inspect.signature(XmlRpc.ServerProxy)
        self.assertEqual(list(signature.parameters)[0], 'uri')
        self.assertIn('timeout', signature.parameters)


class Blog(XmlRpc.ServerProxy):
    """With attributes before and after those of its parent, and methods."""

    def __init__(self, uri, name, **options):
        self.messages = []
        super().__init__(uri, timeout=30, **options)
        self.name = name

    def echo_name(self):
        return self.echo(self.name)

    def do_message(self, message):
        self.messages.append(message)
        message.get_request_headers().append('X-Blog', self.name)

    def do_http_error(self, message):
        self.status = message.get_status()


class SubclassTest(ServerTest):
    def test_own_init(self):
        blog = Blog(self.server.uri, 'cats')
        self.assertEqual(blog.echo_name(), 'cats')
        self.assertEqual(blog.echo(5), 5)
        self.assertEqual(blog.props.timeout, 30000)
        self.assertEqual(len(blog.messages), 2)
        self.assertIsNot(blog.messages[0], blog.messages[1])
        self.assertIn('echo', blog.server.listMethods())

    def test_slots(self):
        blog = Blog(self.server.uri + '/nowhere', 'cats')
        with self.assertRaises(XmlRpc.ProtocolError):
            blog.echo(1)
        self.assertEqual(blog.status, 404)

    def test_is_a_proxy(self):
        blog = Blog(self.server.uri, 'cats', headers={'X-A': 'b'})
        self.assertIsInstance(blog, XmlRpc.ServerProxy)
        with blog:
            multicall = XmlRpc.MultiCall(blog)
            multicall.echo(1)
            self.assertEqual(list(multicall()), [1])
        with self.assertRaises(XmlRpc.TransportError):
            Blog('gopher://localhost', 'cats')

    def test_without_init(self):
        class Plain(XmlRpc.ServerProxy):
            pass

        self.assertEqual(Plain(self.server.uri).echo('a'), 'a')
        self.assertEqual(XmlRpc.ServerProxy.new(self.server.uri).echo('a'), 'a')


class ConstructorTest(ServerTest):
    def test_credentials(self):
        """Sent at once, or when the server has asked."""
        with peers.Door() as door:
            proxy = XmlRpc.ServerProxy(door.uri, user='ada', password='love lace')
            self.assertEqual(proxy.greet(), 'ada:love lace')
            self.assertEqual(door.n_requests, 1)
            proxy = XmlRpc.ServerProxy(door.uri, user='ada', password='x',
                                       authenticate_on_demand=True)
            self.assertEqual(proxy.greet(), 'ada:x')
            self.assertEqual(door.n_requests, 3)
            proxy = XmlRpc.ServerProxy(door.uri)
            with self.assertRaises(XmlRpc.ProtocolError) as caught:
                proxy.greet()
            self.assertEqual(caught.exception.errcode, 401)
            proxy.props.user = 'bob'
            self.assertEqual(proxy.greet(), 'bob:')

    def test_headers(self):
        with peers.Door() as door:
            for headers in {'Authorization': 'Token 5'}, [('Authorization', 'Token 5')]:
                proxy = XmlRpc.ServerProxy(door.uri, headers=headers, user='ada')
                self.assertEqual(proxy.greet(), 'Token 5')
                proxy.set_header('Authorization', 'Token 6')
                self.assertEqual(proxy.greet(), 'Token 6')
                proxy.set_header('Authorization', None)
                self.assertEqual(proxy.greet(), 'ada:')

    def test_no_headers(self):
        for headers in None, (), {}:
            proxy = XmlRpc.ServerProxy(self.server.uri, headers=headers)
            self.assertIsNone(proxy.get_headers())

    def test_wrong_calls(self):
        """Neither is cut off, nor warned of where nobody looks."""
        multicall = XmlRpc.MultiCall(self.proxy)
        for call in self.proxy['echo\0'], self.proxy['echo\0'].call_async, getattr(multicall, 'echo\0'):
            with self.assertRaises(ValueError):
                call(1)
        with self.assertRaises(GLib.Error) as caught:
            self.proxy.call('echo', GLib.Variant('i', 1), None, None)
        self.assertTrue(caught.exception.matches(XmlRpc.Error.quark(), XmlRpc.Error.TYPE_MISMATCH))
        value = self.proxy.call('echo', GLib.Variant('(s)', ('a',)), GLib.VariantType('*'), None)
        self.assertEqual(value.unpack(), 'a')

    def test_wrong_settings(self):
        for options in (dict(user='a:b'), dict(user='a\0'), dict(password='\0'),
                        dict(headers={'Host': 'x'}), dict(headers={'X': 'a\nb'}),
                        dict(headers=[('', 'x')]), dict(headers={'X': 'a\0'})):
            with self.subTest(options), self.assertRaises(ValueError):
                XmlRpc.ServerProxy(self.server.uri, **options)
        for options in (dict(user=5), dict(password=b'x'), dict(headers={'X': 1}), dict(headers={'X': None}),
                        dict(headers=['ab', 'cd']), dict(headers=[('a', 'b', 'c')])):
            with self.subTest(options), self.assertRaises(TypeError):
                XmlRpc.ServerProxy(self.server.uri, **options)
        for set_text in (lambda: self.proxy.set_user('a\0'), lambda: self.proxy.set_password('a\0'),
                         lambda: self.proxy.set_credentials('a', 'b\0'), lambda: self.proxy.set_header('A', 'b\0'),
                         lambda: self.proxy.add_header('A\0', 'b')):
            with self.assertRaises(ValueError):
                set_text()
        self.assertIsNone(self.proxy.get_headers())
        for name in 'user', 'password', 'headers', 'authenticate_on_demand':
            with self.subTest(name), self.assertRaises(AttributeError):
                setattr(self.proxy, name, None)

    def test_wrong_uris(self):
        for uri in 'gopher://localhost/', 'localhost', '', 'http://':
            with self.subTest(uri), self.assertRaises(XmlRpc.TransportError):
                XmlRpc.ServerProxy(uri)
        with self.assertRaises(ValueError):
            XmlRpc.ServerProxy('http://localhost/\0RPC2')
        for uri in None, b'http://localhost', 5:
            with self.subTest(uri), self.assertRaises(TypeError):
                XmlRpc.ServerProxy(uri)


if __name__ == '__main__':
    tap.main()
