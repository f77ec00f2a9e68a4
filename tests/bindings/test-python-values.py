#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Values that are not of XML-RPC's own types, and those that come back."""

import array
import collections
import copy
import ctypes
import io
import mmap
import pathlib
import pickle
import types
import unittest
import uuid
import xmlrpc.client
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum, Flag, IntEnum
from fractions import Fraction
from typing import Any, NamedTuple

import gi

gi.require_version('XmlRpc', '1.0')
from gi.repository import GLib, GObject, XmlRpc  # noqa: E402

import peers  # noqa: E402
import tap  # noqa: E402

try:
    import numpy
except ImportError:
    numpy = None

DATE = datetime(1998, 7, 17, 14, 8, 55)


@dataclass
class Author:
    name: str
    born: Any = None


@dataclass
class Post:
    title: str
    author: Author
    tags: list = field(default_factory=list)


@dataclass
class Slotted:
    __slots__ = ('x', 'y')
    x: int
    y: int


class Point(NamedTuple):
    x: int
    y: int


class Plain:
    def __init__(self, **members):
        self.__dict__.update(members)


class Status(Enum):
    DRAFT = 'draft'
    WHEN = DATE


class Level(IntEnum):
    HIGH = 3


class Right(Flag):
    READ = 1
    WRITE = 2


class Index:
    def __index__(self):
        return 7


class Echo(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = peers.EchoServer()
        cls.addClassCleanup(cls.server.close)

    def setUp(self):
        self.proxy = XmlRpc.ServerProxy(self.server.uri)


class SentTest(Echo):
    def assert_sent(self, value, expected):
        with self.subTest(value):
            echoed = self.proxy.echo(value)
            self.assertEqual(echoed, expected)
            self.assertIs(type(echoed), type(expected))

    def test_classes(self):
        self.assert_sent(Post('T', Author('A', DATE), ['x']),
                         {'title': 'T', 'tags': ['x'],
                          'author': {'name': 'A', 'born': DATE}})
        self.assert_sent(Slotted(1, 2), {'x': 1, 'y': 2})
        self.assert_sent(Point(1, 2), [1, 2])
        self.assert_sent(Plain(a=1, b=[Plain()]), {'a': 1, 'b': [{}]})
        self.assert_sent(types.SimpleNamespace(a=1), {'a': 1})

    def test_names_that_look_like_forms(self):
        self.assert_sent(Plain(**{'$i8': '5'}), {'$i8': '5'})

    def test_enumerations(self):
        self.assert_sent(Status.DRAFT, 'draft')
        self.assert_sent([Status.WHEN], [DATE])
        self.assert_sent(Level.HIGH, 3)
        self.assert_sent(Right.READ | Right.WRITE, 3)
        self.assert_sent(XmlRpc.FaultCode.INTERNAL_ERROR, -32603)

    def test_collections(self):
        self.assert_sent(range(3), [0, 1, 2])
        self.assert_sent(collections.deque([1, 2]), [1, 2])
        self.assert_sent(collections.UserList([1]), [1])
        self.assert_sent(collections.UserDict(a=1), {'a': 1})
        self.assert_sent(collections.ChainMap({'a': 1}, {'b': 2}),
                         {'a': 1, 'b': 2})
        self.assert_sent(types.MappingProxyType({'a': 1}), {'a': 1})
        self.assert_sent(collections.Counter('aab'), {'a': 2, 'b': 1})

    def test_numbers(self):
        self.assert_sent(Index(), 7)
        self.assert_sent(array.array('d', [1.5, 2]), [1.5, 2.0])
        self.assert_sent(array.array('B', [1, 2]), [1, 2])
        self.assert_sent((ctypes.c_int * 2)(1, 2), [1, 2])

    def test_buffers(self):
        with mmap.mmap(-1, 3) as memory:
            memory[:] = b'a\0b'
            self.assertEqual(self.proxy.echo(memory), b'a\0b')
        self.assertEqual(self.proxy.echo((ctypes.c_char * 2)(b'x', b'y')),
                         b'xy')

    def test_glib(self):
        self.assertEqual(self.proxy.echo(GLib.Bytes.new(b'\0x')), b'\0x')
        self.assertEqual(self.proxy.echo(GLib.Bytes.new(b'')), b'')
        zone = GLib.TimeZone.new_offset(7200)
        self.assertEqual(self.proxy.echo(
            GLib.DateTime.new(zone, 1998, 7, 17, 14, 8, 55.5)), DATE)

    def test_paths(self):
        self.assert_sent(pathlib.Path('/tmp/ü'), '/tmp/ü')
        self.assert_sent(pathlib.PureWindowsPath('a\\b'), 'a\\b')

    def test_values_of_xmlrpc_client(self):
        self.assertEqual(self.proxy.echo(
            [xmlrpc.client.DateTime(DATE), xmlrpc.client.Binary(b'x')]),
            [DATE, b'x'])
        self.assert_sent(xmlrpc.client.Fault(1, 'No.'),
                         {'faultCode': 1, 'faultString': 'No.'})
        self.assert_sent(XmlRpc.Fault(1, 'No.', more=2),
                         {'faultCode': 1, 'faultString': 'No.', 'more': 2})

    def test_multicall(self):
        multicall = XmlRpc.MultiCall(self.proxy)
        multicall.echo(Author('A'))
        self.assertEqual(multicall()[0], {'name': 'A', 'born': None})

    def test_subclass_of_a_type_that_is_known(self):
        """The members that a subclass adds are not sent, as before."""
        class Text(str):
            pass

        text = Text('x')
        text.more = 1
        self.assert_sent(text, 'x')

    @unittest.skipIf(numpy is None, 'numpy is not there')
    def test_numpy(self):
        for kind in ('int8', 'uint16', 'int64', '>i4'):
            self.assert_sent(numpy.dtype(kind).type(5), 5)
            self.assert_sent(numpy.array([[1, 2], [3, 4]], kind),
                             [[1, 2], [3, 4]])
        for kind in ('float16', 'float32', 'float64', '>f8'):
            self.assert_sent(numpy.dtype(kind).type(1.5), 1.5)
            self.assert_sent(numpy.array([1.5], kind), [1.5])
        self.assert_sent(numpy.bool_(True), True)
        self.assert_sent({'a': numpy.array(['x', 'y'])}, {'a': ['x', 'y']})
        self.assert_sent(numpy.array(7), 7)
        self.assert_sent(numpy.array([1, 2, 3, 4])[::2], [1, 3])
        self.assert_sent(numpy.str_('x'), 'x')
        for unit in ('s', 'us', 'ns'):
            when = numpy.datetime64('1998-07-17T14:08:55', unit)
            self.assertEqual(self.proxy.echo(when), DATE)
            self.assertEqual(self.proxy.echo(numpy.array([when])), [DATE])


class RefusedTest(Echo):
    def assert_refused(self, value, exception, text):
        with self.subTest(value):
            with self.assertRaises(exception) as caught:
                self.proxy.echo({'a': [value]})
            self.assertEqual(str(caught.exception), f'params[0].a[0]: {text}')

    def test_with_a_hint(self):
        for value, text in (
                ({1}, 'cannot marshal set objects; send a list, such as '
                      'sorted(value)'),
                (frozenset(), 'cannot marshal frozenset objects; send a '
                              'list, such as sorted(value)'),
                ((n for n in ()), 'cannot marshal generator objects; send '
                                  'list(value)'),
                ({}.keys(), 'cannot marshal dict_keys objects; send '
                            'list(value)'),
                (date(2026, 1, 2), 'cannot marshal date objects; send a '
                                   'datetime'),
                (Fraction(1, 3), 'cannot marshal Fraction objects; send '
                                 'float(value)'),
                (ValueError('x'), 'cannot marshal ValueError objects; send '
                                  'str(value)'),
                (uuid.UUID(int=1), 'cannot marshal UUID objects; send '
                                   'str(value)'),
                (GObject.Object(), 'cannot marshal Object objects; send '
                                   'XmlRpc.object_to_struct(value)')):
            self.assert_refused(value, TypeError, text)

    def test_without(self):
        for value in (object(), 1j, len, lambda: 1, Plain, collections,
                      time(1), timedelta(1), self.proxy.echo, self.assertTrue):
            self.assert_refused(
                value, TypeError,
                f'cannot marshal {type(value).__name__} objects')

    def test_within(self):
        with self.assertRaises(TypeError) as caught:
            self.proxy.echo([Post('T', Author({1}))])
        self.assertTrue(str(caught.exception).startswith(
            'params[0][0].author.name: cannot marshal set'))

    def test_recursion(self):
        plain = Plain()
        plain.again = [plain]
        post = Post('T', None)
        post.author = post
        items = collections.deque()
        items.append(items)
        for value, place in ((plain, '.again[0]'), (post, '.author'),
                             (items, '[0]')):
            with self.assertRaises(TypeError) as caught:
                self.proxy.echo(value)
            self.assertEqual(str(caught.exception), f'params[0]{place}: cannot'
                             f' marshal a recursive {type(value).__name__}')

    def test_numbers(self):
        with self.assertRaises(ValueError) as caught:
            self.proxy.echo(array.array('d', [0, float('inf')]))
        self.assertEqual(str(caught.exception),
                         'params[0][1]: XML-RPC has no form for inf')


    @unittest.skipIf(numpy is None, 'numpy is not there')
    def test_numpy(self):
        for value in (numpy.timedelta64(5, 'ns'), numpy.longdouble(1),
                      numpy.complex64(1j), numpy.array([5], 'm8[ns]')):
            with self.assertRaisesRegex(TypeError, 'cannot marshal '):
                self.proxy.echo(value)


class ReceivedTest(Echo):
    """Dates and bytes, where scripts take them for xmlrpc.client's."""

    def test_classes(self):
        when, data = self.proxy.echo([DATE, b'x'])
        for kind in (XmlRpc.DateTime, datetime):
            self.assertIsInstance(when, kind)
        for kind in (XmlRpc.Binary, bytes):
            self.assertIsInstance(data, kind)
        self.assertTrue(issubclass(type(when), XmlRpc.DateTime))
        self.assertTrue(issubclass(type(data), XmlRpc.Binary))

    def test_other_classes(self):
        when, data = self.proxy.echo([DATE, b'x'])
        self.assertNotIsInstance(when, (XmlRpc.Binary, XmlRpc.Value))
        self.assertNotIsInstance(data, (XmlRpc.DateTime, XmlRpc.Value))
        self.assertNotIsInstance(DATE, XmlRpc.DateTime)
        self.assertNotIsInstance(b'x', XmlRpc.Binary)
        self.assertIsInstance(XmlRpc.DateTime(DATE), XmlRpc.Value)

    def test_comparison_with_text(self):
        when = self.proxy.echo(DATE)
        self.assertEqual(when, '19980717T14:08:55')
        self.assertEqual('19980717T14:08:55', when)
        self.assertNotEqual(when, '19980717T14:08:56')
        self.assertLess(when, '19980717T14:08:56')
        self.assertLessEqual(when, '19980717T14:08:55')
        self.assertGreater(when, '19980717T14:08:54')
        self.assertGreater('19980718', when)
        self.assertGreaterEqual(when, '19980717T14:08:55')

    def test_comparison_with_dates(self):
        when = self.proxy.echo(DATE)
        for other in (DATE, XmlRpc.DateTime(DATE), self.proxy.echo(DATE),
                      xmlrpc.client.DateTime(DATE)):
            self.assertEqual(when, other)
            self.assertEqual(other, when)
            self.assertFalse(when != other)
            self.assertTrue(when <= other <= when)
            self.assertFalse(when < other)
        self.assertLess(when, DATE + timedelta(seconds=1))
        self.assertLess(when, XmlRpc.DateTime(DATE + timedelta(seconds=1)))
        self.assertNotEqual(when, 5)
        with self.assertRaises(TypeError):
            when < 5

    def test_still_a_datetime(self):
        when = self.proxy.echo(DATE)
        self.assertEqual(hash(when), hash(DATE))
        self.assertEqual(when - DATE, timedelta(0))
        self.assertEqual(f'{when:%Y}', '1998')
        self.assertEqual(str(when), '1998-07-17 14:08:55')
        self.assertEqual(when.timetuple(), XmlRpc.DateTime(DATE).timetuple())

    def test_comparison_of_bytes(self):
        data = self.proxy.echo(b'x')
        for other in (b'x', bytearray(b'x'), XmlRpc.Binary(b'x'),
                      xmlrpc.client.Binary(b'x')):
            self.assertEqual(data, other)
            self.assertEqual(other, data)

    def test_text_without_builtin_types(self):
        proxy = XmlRpc.ServerProxy(self.server.uri, use_builtin_types=False)
        when, data = proxy.echo([DATE, b'x\xff'])
        self.assertEqual(str(when), '19980717T14:08:55')
        self.assertEqual(str(data), 'x\xff')


class WrapperTest(Echo):
    """DateTime and Binary, as xmlrpc.client has them."""

    def test_decode(self):
        when, data = XmlRpc.DateTime(), XmlRpc.Binary()
        when.decode(' 19980717T14:08:55\n')
        data.decode(b'eA==\n')
        self.assertEqual(when.value, '19980717T14:08:55')
        self.assertEqual(when, DATE)
        self.assertEqual(data.data, b'x')
        self.assertEqual(self.proxy.echo([when, data]), [DATE, b'x'])
        self.assertEqual(when.get_iso8601(), '19980717T14:08:55')
        self.assertEqual(when.timetuple(), DATE.timetuple())
        self.assertEqual(data.get_bytes().get_data(), b'x')
        for value in (when, data):
            for same in (copy.copy(value), copy.deepcopy(value),
                         pickle.loads(pickle.dumps(value))):
                self.assertEqual(same, value)

    def test_a_copy_is_apart(self):
        when, data = XmlRpc.DateTime(DATE), XmlRpc.Binary(b'x')
        copies = copy.copy(when), copy.deepcopy(data)
        when.decode('20000101T00:00:00')
        data.decode(b'')
        self.assertEqual(copies, (DATE, b'x'))

    def test_encode(self):
        for module in XmlRpc, xmlrpc.client:
            out = io.StringIO()
            module.DateTime(DATE).encode(out)
            module.Binary(b'x\xff').encode(out)
            self.assertEqual(
                out.getvalue(),
                '<value><dateTime.iso8601>19980717T14:08:55'
                '</dateTime.iso8601></value>\n'
                '<value><base64>\neP8=\n</base64></value>\n')

    def test_make_comparable(self):
        for module in XmlRpc, xmlrpc.client:
            when = module.DateTime(DATE)
            text = when.value
            self.assertEqual(when.make_comparable(DATE), (text, text))
            self.assertEqual(when.make_comparable('x'), (text, 'x'))
            self.assertEqual(when.make_comparable(module.DateTime('x')),
                             (text, 'x'))
            self.assertEqual(when.make_comparable(date(1998, 7, 17)),
                             (when.timetuple(),
                              date(1998, 7, 17).timetuple()))
            self.assertIs(when.make_comparable(5)[1], NotImplemented)

    def test_value_can_be_set(self):
        when, data = XmlRpc.DateTime(), XmlRpc.Binary()
        when.value = '19980717T14:08:55'
        data.data = b'x'
        self.assertEqual(self.proxy.echo([when, data]), [DATE, b'x'])

    def test_results_of_a_multicall(self):
        multicall = XmlRpc.MultiCall(self.proxy)
        multicall.echo([1])
        multicall.fail(7, 'No.')
        self.assertEqual(multicall().results,
                         [[[1]], {'faultCode': 7, 'faultString': 'No.'}])


class MessageTest(unittest.TestCase):
    """Parts of messages, which xmlrpc.client makes and reads."""

    def test_params_alone(self):
        values = (1, 'ü<&>', [DATE, b'x'], None)
        text = XmlRpc.dumps(values)
        self.assertTrue(text.startswith('<params>'))
        self.assertTrue(text.endswith('</params>\n'))
        self.assertEqual(xmlrpc.client.loads(text, use_builtin_types=True),
                         (values, None))
        for data in (text, text.encode(), f'<?xml version="1.0"?>\n{text}',
                     xmlrpc.client.dumps(values, allow_none=True)):
            self.assertEqual(XmlRpc.loads(data), (values, None))
        self.assertEqual(XmlRpc.loads(XmlRpc.dumps(())), ((), None))

    def test_broken_params(self):
        for text in ('<params>', '<params><param><value><spam/></value>'
                     '</param></params>'):
            with self.assertRaises(XmlRpc.Error):
                XmlRpc.loads(text)

    def test_encoding(self):
        text = XmlRpc.dumps(('ü',), 'a', encoding='iso-8859-1')
        self.assertIn("encoding='iso-8859-1'", text.partition('\n')[0])
        self.assertEqual(XmlRpc.loads(text.encode('iso-8859-1')),
                         (('ü',), 'a'))
        for encoding in ("'", 'ü', 'a b'):
            with self.assertRaises(ValueError):
                XmlRpc.dumps((), 'a', encoding=encoding)


if __name__ == '__main__':
    tap.main()
