#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Messages full of small values: how many there may be, and what they take."""

import os
import pickle
import unittest
from datetime import datetime

import gi

gi.require_version('XmlRpc', '1.0')
from gi.repository import GLib, XmlRpc  # noqa: E402

import tap  # noqa: E402

SIZE = 2 * 1024 * 1024

# Each is repeated until the request is so large.
VALUES = [
    '<value/>',
    '<value><dateTime.iso8601/></value>',
    '<value><dateTime.iso8601>{}</dateTime.iso8601></value>',
    '<value><dateTime.iso8601>20260101T00:00:00</dateTime.iso8601></value>',
    '<value><dateTime.iso8601>20260101T0000</dateTime.iso8601></value>',
    '<value><base64/></value>',
    '<value><struct/></value>',
    '<value><array><data/></array></value>',
    '<value><ex:biginteger>1</ex:biginteger></value>',
    '<value><ex:bigdecimal>1</ex:bigdecimal></value>',
    '<value><struct><member><name/><value/></member></struct></value>',
]

# With it nothing can be read before what is around it.
UNUSUAL = '<value><struct><member><name>$a</name><value/></member></struct></value>'


def write_call(value, prefix='', size=SIZE):
    """A call with one array."""
    values = []
    length = 0
    while length < size:
        # In their tens of thousands no two are the same.
        values.append(value.replace('{}', f'{len(values) % 2**18:x}'))
        length += len(values[-1])
    return ('<methodCall><methodName>take</methodName><params><param><value>'
            f'<array><data>{prefix}{"".join(values)}</data></array></value>'
            '</param></params></methodCall>')


def handle(server, request):
    loop = GLib.MainLoop()
    results = []

    def done(server, result):
        results.append(server.handle_finish(result))
        loop.quit()

    server.handle_async(GLib.Bytes.new(request.encode()), None, done)
    loop.run()
    return results[0].get_data().decode()


def read_status(name):
    with open('/proc/self/status', encoding='ascii') as status:
        for line in status:
            if line.startswith(name):
                return int(line.split()[1]) * 1024
    raise unittest.SkipTest(f'the system does not tell {name}')


def reset_peak():
    try:
        with open('/proc/self/clear_refs', 'w', encoding='ascii') as target:
            target.write('5')
    except OSError as error:
        raise unittest.SkipTest(str(error))


class ManyValuesTest(unittest.TestCase):
    def setUp(self):
        self.taken = []
        self.server = XmlRpc.Server(max_values=0)
        self.server.add_function(self.take, 'take')

    def take(self, values):
        self.taken = values
        return len(values)

    @unittest.skipUnless(os.path.exists('/proc/self/clear_refs'), 'no /proc')
    def test_memory(self):
        for value in VALUES:
            for prefix in ('', UNUSUAL):
                with self.subTest(value=value, prefix=prefix):
                    request = write_call(value, prefix)
                    handle(self.server, write_call(value, prefix, 1))
                    before = read_status('VmRSS')
                    reset_peak()
                    handle(self.server, request)
                    times = (read_status('VmHWM') - before) / len(request)
                    print(f'# {times:.1f} times: {prefix[:9]}{value}')
                    self.assertGreater(len(self.taken), 1000)
                    self.assertLess(times, 10)

    def test_values_of_the_same_text(self):
        handle(self.server, write_call(
            '<value><dateTime.iso8601>{}</dateTime.iso8601></value>', UNUSUAL, 1000))
        self.assertEqual(self.taken[0], {'$a': ''})
        self.assertEqual([date.value for date in self.taken[1:12]],
                         [f'{number:x}' for number in range(11)])

    def test_nested_forms_that_look_like_forms(self):
        date = '<value><dateTime.iso8601>20260101T00:00:00</dateTime.iso8601></value>'
        member = f'<member><name>$dateTime</name><value><array><data>{date}</data></array></value></member>'
        handle(self.server, write_call(f'<value><struct>{member}</struct></value>', UNUSUAL, 1))
        self.assertEqual(self.taken, [{'$a': ''}, {'$dateTime': [datetime(2026, 1, 1)]}])

    def test_dates(self):
        for text in ('20260102T03:04:05', '2026-01-02T03:04:05', '20260102T030405'):
            with self.subTest(text=text):
                handle(self.server, write_call(
                    f'<value><dateTime.iso8601>{text}</dateTime.iso8601></value>', '', 1))
                date, = self.taken
                self.assertEqual(date, datetime(2026, 1, 2, 3, 4, 5))
                self.assertEqual(date.value, text)
                self.assertEqual(pickle.loads(pickle.dumps(date)), date)

    def test_max_values_of_server(self):
        server = XmlRpc.Server(max_values=3)
        server.add_function(len, 'take')
        self.assertIn('<int>2</int>', handle(server, write_call('<value/>', '', 16)))
        self.assertIn('at most 3 values', handle(server, write_call('<value/>', '', 24)))

    def test_max_values_of_proxy(self):
        server = XmlRpc.Server()
        server.add_function(lambda count: [0] * count, 'repeat')
        uri = server.listen()
        proxy = XmlRpc.ServerProxy(uri)
        self.assertEqual(proxy.get_max_values(), 10_000_000)
        proxy.set_max_values(3)
        loop = GLib.MainLoop()
        results = []

        def done(proxy, result):
            try:
                results.append(proxy.repeat.call_finish(result))
            except XmlRpc.Error as error:
                results.append(error.message)
            loop.quit()

        for count in (2, 3):
            proxy.repeat.call_async(count, callback=done)
            loop.run()
        server.close()
        self.assertEqual(results[0], [0, 0])
        self.assertIn('at most 3 values', results[1])

    def test_attribute_is_no_property(self):
        proxy = XmlRpc.ServerProxy('http://127.0.0.1:9/')
        with self.assertRaises(AttributeError):
            proxy.max_values = 3

    def test_limits_of_server(self):
        limits = {'max_values': 1, 'max_response_size': 2,
                  'max_response_backlog': 3, 'write_timeout': 4,
                  'idle_timeout': 5, 'max_connections': 6}
        server = XmlRpc.Server(**limits)
        for name, value in limits.items():
            self.assertEqual(getattr(server, f'get_{name}')(), value)
            self.assertEqual(getattr(server.props, name), value)


if __name__ == '__main__':
    tap.main()
