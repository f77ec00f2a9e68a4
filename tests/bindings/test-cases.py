#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What servers and clients in the field send, as Python reads it."""

import copy
import pickle
import threading
import unittest
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import gi

gi.require_version('XmlRpc', '1.0')
from gi.repository import GLib, XmlRpc  # noqa: E402

import tap  # noqa: E402

CASES = Path(__file__).parent.parent / 'data' / 'cases'
EAST = timezone(timedelta(hours=2))


def value(xml):
    return (f'<methodResponse><params><param><value>{xml}</value></param>'
            '</params></methodResponse>').encode()


def date(text):
    return value(f'<dateTime.iso8601>{text}</dateTime.iso8601>')


def get_body(name, body):
    return body or (CASES / f'{name}.xml').read_bytes()


# Those with a body are neighbours of the files.
VALUES = (
    ('int-of-33-bits', None, 4290772992),
    ('i4-of-64-bits', None, 4697620480),
    ('i4-unsigned-in-struct', None,
     {'FreeLo': 4294967295, 'FreeHi': 3, 'Paused': False}),
    ('int-below', value('<int>-2147483649</int>'), -2147483649),
    ('i4-in-array', value('<array><data><value><i4>9223372036854775807</i4>'
                          '</value></data></array>'), [2**63 - 1]),
    ('array-without-data', None, ['a', 2]),
    ('param-without-value', None, {'a': 1}),
    ('value-in-params', b'<methodResponse><params><value>a</value></params>'
     b'</methodResponse>', 'a'),
    ('int-in-param', b'<methodResponse><params><param><int>1</int></param>'
     b'</params></methodResponse>', 1),
    ('several-params', None, (0, 'SUCCESS')),
    ('three-params', b'<methodResponse><params><param><value><array><data/>'
     b'</array></value></param><param><value><nil/></value></param><param>'
     b'<value><struct><member><name>$a</name><value><array><data/></array>'
     b'</value></member></struct></value></param></params></methodResponse>',
     ([], None, {'$a': []})),
    ('several-values', b'<methodResponse><params><value>a</value><value>b'
     b'</value></params></methodResponse>', ('a', 'b')),
    ('bom-utf-8', None, 'Küche'),
    ('two-marks', None, 1),
    ('mark-at-the-end', None, 1),
    ('declared-utf-16-is-utf-8', None, 'Küche'),
    ('marks-at-the-end', value('é') + '\n\ufeff\ufeff'.encode(), 'é'),
    ('mark-behind-comment', value('é') + '<!-- a -->\ufeff'.encode(), 'é'),
    ('ex-serializable', None, b'\xac\xed\0\5t\0\1a'),
    ('serializable-without-prefix',
     value('<serializable>AAE=</serializable>'), b'\0\1'),
    ('list-methods-struct', None, {}),
    ('date-24-hours', None, datetime(2024, 1, 2)),
    ('date-pretty-printed', None, datetime(2024, 1, 1)),
    ('date-with-zone-without-time', None,
     XmlRpc.DateTime('2013-04-05+02:00')),
    ('date-fraction-of-minute', None, XmlRpc.DateTime('20240101T14:08.5')),
    ('date-with-zone', date('2013-04-05t10:00:00,25 +02'),
     datetime(2013, 4, 5, 10, 0, 0, 250000, EAST)),
    ('date-second-60', date('20161231T23:59:60z'),
     datetime(2016, 12, 31, 23, 59, 59, tzinfo=timezone.utc)),
    ('date-with-blanks', date('1998-07-17   14:08'),
     datetime(1998, 7, 17, 14, 8)),
    ('date-hour', date('20240101T14'), XmlRpc.DateTime('20240101T14')),
    ('date-week', date('2024-W01-1'), XmlRpc.DateTime('2024-W01-1')),
)

FAULTS = (
    ('fault-code-word', 'Client', 'Denied access to method (login)'),
    ('fault-code-text-string-empty',
     'warning -- UserError\n\nNot enough stock', ''),
    ('fault-code-access-denied', 'AccessDenied', 'Access Denied'),
    ('fault-code-double', 4.0, 'x'),
    ('fault-code-nil', None, 'x'),
    ('fault-code-unsigned', 4294934528, 'no such method'),
    ('fault-without-code', None, 'out of order'),
    ('fault-string-struct', 5, {'message': 'oops'}),
    ('fault-without-value', -506, 'no such method'),
)

ERRORS = (
    ('mismatched-end-tag', None, XmlRpc.ResponseError,
     'expected </data>, got </array> (line 4)'),
    ('big-decimal-exponent', None, XmlRpc.Error,
     'expected a number with an exponent from -4300 to 4300'),
    ('big-decimal-word', None, XmlRpc.Error,
     'expected a number as bigdecimal, got "abc"'),
    ('big-decimal-negative-exponent',
     value('<bigdecimal>1e-9999999999999999999</bigdecimal>'), XmlRpc.Error,
     'expected a number with an exponent from -4300 to 4300'),
    ('ex-dom', value('<ex:dom><a/></ex:dom>'), XmlRpc.Error,
     'the type ex:dom is not supported'),
    ('int-of-65-bits', value('<int>18446744073709551616</int>'), XmlRpc.Error,
     'expected an integer from -9223372036854775808'),
    ('two-values', b'<methodResponse><params><param><int>1</int><int>2</int>'
     b'</param></params></methodResponse>', XmlRpc.ResponseError,
     'two values in one <param>'),
)


class Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def do_POST(self):
        self.rfile.read(int(self.headers['Content-Length']))
        self.send_response(self.server.status)
        self.send_header('Content-Type', 'text/xml')
        self.send_header('Content-Length', str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *args):
        pass


class CasesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        cls.server.daemon_threads = True
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        port = cls.server.server_address[1]
        cls.proxy = XmlRpc.ServerProxy(f'http://127.0.0.1:{port}/')

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.server.server_close()

    def call(self, body, status=200):
        self.server.body = body
        self.server.status = status
        return self.proxy.a()

    def test_values(self):
        for name, body, expected in VALUES:
            with self.subTest(name):
                body = get_body(name, body)
                read = self.call(body)
                self.assertEqual(read, expected)
                self.assertIs(type(read), type(expected)
                              if not isinstance(expected, (datetime, bytes))
                              else type(read))
                loaded, method = XmlRpc.loads(body)
                self.assertEqual(loaded if isinstance(expected, tuple)
                                 else loaded[0], expected)
                self.assertIsNone(method)

    def test_faults(self):
        for name, code, text in FAULTS:
            for status in 200, 500:
                with self.subTest(f'{name} {status}'):
                    with self.assertRaises(XmlRpc.Fault) as caught:
                        self.call(get_body(name, None), status)
                    fault = caught.exception
                    self.assertEqual((fault.faultCode, fault.faultString),
                                     (code, text))

    def test_errors(self):
        for name, body, exception, message in ERRORS:
            with self.subTest(name):
                with self.assertRaises(exception) as caught:
                    self.call(get_body(name, body))
                self.assertIs(type(caught.exception), exception)
                self.assertIn(message, str(caught.exception))
                self.assertNotIn('line 0', str(caught.exception))

    def test_multicall(self):
        for name, results in (
                ('multicall-fault-code-word', (1, ('Client', 'denied'))),
                ('multicall-fault-element', (5, (42, 'no')))):
            with self.subTest(name):
                self.server.body = get_body(name, None)
                self.server.status = 200
                calls = XmlRpc.MultiCall(self.proxy)
                calls.a()
                calls.b()
                answers = calls()
                self.assertEqual(answers[0], results[0])
                with self.assertRaises(XmlRpc.Fault) as caught:
                    answers[1]
                self.assertEqual((caught.exception.faultCode,
                                  caught.exception.faultString), results[1])

    def test_multicall_with_bare_values(self):
        self.server.body = get_body('multicall-bare-value', None)
        self.server.status = 200
        calls = XmlRpc.MultiCall(self.proxy)
        calls.a()
        calls.b()
        with self.assertRaises(XmlRpc.ResponseError) as caught:
            list(calls())
        self.assertIn('expected an array of one value or a fault, got int',
                      str(caught.exception))

    def test_list_methods(self):
        self.server.body = get_body('list-methods-struct', None)
        self.server.status = 200
        with self.assertRaises(GLib.Error) as caught:
            self.proxy.list_methods()
        self.assertIn('expected a list of methods, got struct',
                      str(caught.exception))


class RequestTest(unittest.TestCase):
    def handle(self, request):
        answers = []
        server = XmlRpc.Server()
        server.add_function(lambda value: value, 'echo')
        server.handle_async(GLib.Bytes.new(request), None,
                            lambda source, result: answers.append(result))
        while not answers:
            GLib.MainContext.default().iteration(True)
        return server.handle_finish(answers[0]).get_data()

    def test_values(self):
        """What is sent to a server comes back as it is, dates included."""
        for name, body, expected in VALUES:
            if isinstance(expected, tuple) or name == 'value-in-params':
                continue
            with self.subTest(name):
                request = get_body(name, body).replace(
                    b'methodResponse', b'methodCall').replace(
                    b'<params>', b'<methodName>echo</methodName><params>')
                (echoed,), _ = XmlRpc.loads(self.handle(request))
                self.assertEqual(echoed, expected)
                if name.startswith('date-'):
                    self.assertEqual(echoed.value,
                                     XmlRpc.loads(get_body(name, body))[0][0]
                                     .value)


class DateTest(unittest.TestCase):
    TEXT = '2013-04-05T10:00:00.25+02:00'

    def read(self):
        return XmlRpc.loads(date(self.TEXT))[0][0]

    def test_goes_back_as_it_came(self):
        for same in (self.read(), copy.copy(self.read()),
                     copy.deepcopy(self.read()),
                     pickle.loads(pickle.dumps(self.read()))):
            self.assertEqual(same, self.read())
            self.assertEqual(same.value, self.TEXT)
            self.assertIn(f'>{self.TEXT}<', XmlRpc.dumps(([same],), 'a'))

    def test_another_date(self):
        later = self.read() + timedelta(days=1)
        self.assertEqual(later.value, '20130406T10:00:00')
        self.assertIn('>20130406T10:00:00<', XmlRpc.dumps((later,), 'a'))
        self.assertEqual(self.read().replace(year=2014).value,
                         '20140405T10:00:00')

    def test_builtin_types(self):
        loaded, = XmlRpc.loads(date('20240101T24:00:00'),
                               use_builtin_types=True)[0]
        self.assertIs(type(loaded), datetime)
        self.assertEqual(loaded, datetime(2024, 1, 2))
        loaded, = XmlRpc.loads(date('2013-04-05+02:00'), use_datetime=True)[0]
        self.assertEqual(loaded, XmlRpc.DateTime('2013-04-05+02:00'))

    def test_normalize(self):
        for text, normal in (('19980717T14:08:55', '1998-07-17T14:08:55'),
                             ('1998-07-17', '1998-07-17T00:00:00'),
                             (' 19980717t1408,5z', None),
                             ('19980717T140855.5z',
                              '1998-07-17T14:08:55.500000+00:00')):
            with self.subTest(text):
                self.assertEqual(XmlRpc.DateTime.normalize(text, None), normal)


class LoadsTest(unittest.TestCase):
    def test_declared_encoding_of_text(self):
        for encoding in 'ISO-8859-1', 'UTF-16', 'x-klingon', 'UTF-8':
            with self.subTest(encoding):
                text = (f'<?xml version="1.0" encoding="{encoding}"?>'
                        + value('Küche€').decode())
                self.assertEqual(XmlRpc.loads(text), (('Küche€',), None))

    def test_broken_calls(self):
        call = '<methodCall><methodName>a</methodName>{}</methodCall>'
        for params, message in (
                ('<params><param/></params>',
                 'params[0]: a <param> without a <value>'),
                ('<params/><params/>', '<params> a second time'),
                ('<fault/>', 'unexpected element <fault> in <methodCall>'),
                ('<params><param><value><x/></value></param></params>',
                 'params[0]: unexpected element <x> in <value>')):
            with self.subTest(params):
                with self.assertRaises(XmlRpc.ResponseError) as caught:
                    XmlRpc.loads(call.format(params))
                self.assertIn(message, str(caught.exception))

    def test_neither_call_nor_response(self):
        with self.assertRaises(XmlRpc.ResponseError) as caught:
            XmlRpc.loads('<rss/>')
        self.assertIn('got <rss>', str(caught.exception))


if __name__ == '__main__':
    tap.main()
