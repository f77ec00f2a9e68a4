#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The introspected API as it is, from Python."""

import os
import subprocess
import sys
import unittest

import gi

gi.require_version('XmlRpc', '1.0')
from gi.repository import Gio, GLib, XmlRpc  # noqa: E402

import tap  # noqa: E402


class PlainTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        script = os.path.join(os.environ['G_TEST_SRCDIR'],
                              'interop', 'echo-server.py')
        cls.server = subprocess.Popen([sys.executable, script],
                                      stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE, text=True)
        cls.uri = cls.server.stdout.readline().strip()

    @classmethod
    def tearDownClass(cls):
        cls.server.communicate()

    def setUp(self):
        self.proxy = XmlRpc.ServerProxy.new(self.uri)

    def call(self, method, signature, *params, reply_type=None):
        if reply_type is not None:
            reply_type = GLib.VariantType.new(reply_type)
        return self.proxy.call(method, GLib.Variant(signature, params),
                               reply_type, None).unpack()

    def wait_for(self, start, *args):
        """Calls an asynchronous function and returns the result for finish."""
        loop = GLib.MainLoop()
        results = []

        def done(proxy, result):
            results.append(result)
            loop.quit()

        start(*args, None, done)
        loop.run()
        return results[0]

    def test_natural_types(self):
        for text, value in ((None, None), ('1', 1), ('1.5', 1.5),
                            ("'ü🐍'", 'ü🐍'), ("{'a': [True, 'x']}",
                                               {'a': [True, 'x']})):
            with self.subTest(text):
                self.assertEqual(self.call('evaluate', '(s)', str(text)),
                                 value)

    def test_expected_type(self):
        reply = self.call('echo', '(aa{sv})', [{'n': GLib.Variant('i', 1)}],
                          reply_type='aa{sv}')
        self.assertEqual(reply, [{'n': 1}])

    def test_no_parameters(self):
        self.assertEqual(self.proxy.call('count_parameters', None, None,
                                         None).unpack(), 0)

    def test_asynchronous(self):
        result = self.wait_for(self.proxy.call_async, 'echo',
                               GLib.Variant('(as)', (['a', 'b'],)),
                               GLib.VariantType.new('as'))
        self.assertEqual(self.proxy.call_finish(result).unpack(), ['a', 'b'])

    def test_fault(self):
        with self.assertRaises(GLib.Error) as caught:
            self.call('fail', '(is)', 4, 'Too many parameters.')
        self.assertTrue(caught.exception.matches(XmlRpc.fault_quark(), 4))
        self.assertEqual(caught.exception.message, 'Too many parameters.')

    def test_asynchronous_fault(self):
        result = self.wait_for(self.proxy.call_async, 'fail',
                               GLib.Variant('(is)', (-7, 'No.')), None)
        with self.assertRaises(GLib.Error) as caught:
            self.proxy.call_finish(result)
        self.assertTrue(caught.exception.matches(XmlRpc.fault_quark(), -7))

    def test_type_mismatch(self):
        with self.assertRaises(GLib.Error) as caught:
            self.call('echo', '(s)', 'x', reply_type='ai')
        self.assertTrue(caught.exception.matches(XmlRpc.Error.quark(),
                                                 XmlRpc.Error.TYPE_MISMATCH))

    def test_http_error(self):
        proxy = XmlRpc.ServerProxy.new(self.uri + '/elsewhere')
        with self.assertRaises(GLib.Error) as caught:
            proxy.call('echo', None, None, None)
        self.assertTrue(caught.exception.matches(XmlRpc.HttpError.quark(),
                                                 XmlRpc.HttpError.NOT_FOUND))

    def test_cancelled(self):
        cancellable = Gio.Cancellable()
        cancellable.cancel()
        with self.assertRaises(GLib.Error) as caught:
            self.proxy.call('echo', None, None, cancellable)
        self.assertTrue(caught.exception.matches(Gio.io_error_quark(),
                                                 Gio.IOErrorEnum.CANCELLED))

    def test_bad_uri(self):
        for uri in ('', 'no uri', 'ftp://example.org/'):
            with self.subTest(uri), self.assertRaises(GLib.Error):
                XmlRpc.ServerProxy.new(uri)

    def test_properties(self):
        self.assertEqual(self.proxy.props.uri, self.uri)
        self.assertEqual(self.proxy.props.timeout, 60000)
        self.proxy.props.timeout = 5000
        self.assertEqual(self.proxy.get_timeout(), 5000)

    def test_message_signal(self):
        seen = []
        self.proxy.connect('message', lambda proxy, message:
                           seen.append(message.get_method()))
        self.call('echo', '(i)', 1)
        self.assertEqual(seen, ['POST'])

    def test_introspection(self):
        self.assertIn('echo', self.proxy.list_methods(None))
        self.assertEqual(self.proxy.get_method_signature('repeat', None),
                         ['string,string,int', 'base64,base64,int'])
        self.assertEqual(self.proxy.get_method_signature('echo', None), [])
        self.assertEqual(self.proxy.get_method_help('echo', None),
                         'Returns its parameter.')

    def test_asynchronous_introspection(self):
        proxy = self.proxy
        self.assertIn('echo', proxy.list_methods_finish(
            self.wait_for(proxy.list_methods_async)))
        self.assertEqual(proxy.get_method_signature_finish(
            self.wait_for(proxy.get_method_signature_async, 'echo')), [])
        self.assertEqual(proxy.get_method_help_finish(
            self.wait_for(proxy.get_method_help_async, 'repeat')), '')

    def test_values(self):
        date = GLib.DateTime.new_utc(1998, 7, 17, 14, 8, 55)
        for value, text in (
                (XmlRpc.Boolean.new(True), 'True'),
                (XmlRpc.Binary.new(GLib.Bytes.new(b'\0\xff')), "b'\\x00\\xff'"),
                (XmlRpc.Binary.new_from_data(b'\0\xff'), "b'\\x00\\xff'"),
                (XmlRpc.DateTime.new(date),
                 'datetime.datetime(1998, 7, 17, 14, 8, 55)')):
            with self.subTest(text):
                params = GLib.Variant.new_tuple(value.get_variant())
                self.assertEqual(self.proxy.call('describe', params, None,
                                                 None).unpack(), text)
                reply = self.proxy.call('echo', params, None, None)
                echoed = XmlRpc.Value.new(reply)
                self.assertIs(type(echoed), type(value))
                self.assertTrue(echoed.equal(value))

    def test_value_contents(self):
        self.assertIs(XmlRpc.Boolean.new(True).get_value(), True)
        self.assertEqual(XmlRpc.Binary.new_from_data(b'\0\xff').get_bytes()
                         .get_data(), b'\0\xff')
        date = XmlRpc.DateTime.new_from_iso8601('19980717T14:08:55')
        self.assertEqual(date.to_unix(None), (True, 900684535))
        self.assertEqual(date.to_date_time(None).format('%F %T'),
                         '1998-07-17 14:08:55')

    def test_messages(self):
        body = XmlRpc.encode_call('sample.add', GLib.Variant('(ii)', (2, 3)))
        decoded, method, params = XmlRpc.decode_call(body, None)
        self.assertTrue(decoded)
        self.assertEqual((method, params.unpack()), ('sample.add', (2, 3)))
        body = XmlRpc.encode_response(GLib.Variant('i', 5))
        self.assertEqual(XmlRpc.decode_response(body, None).unpack(), 5)


if __name__ == '__main__':
    tap.main()
