#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Replies as values of the types that a program names."""

from __future__ import annotations

import asyncio
import unittest
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, IntEnum
from pathlib import Path
from typing import (Annotated, Any, Literal, NamedTuple, NewType, Optional,
                    TypedDict, Union)

import gi

gi.require_version('XmlRpc', '1.0')
from gi.repository import GLib, GObject, XmlRpc  # noqa: E402
from gi.overrides.XmlRpc._into import get_converter  # noqa: E402

import peers  # noqa: E402
import tap  # noqa: E402

DATE = datetime(1998, 7, 17, 14, 8, 55)


class Status(Enum):
    DRAFT = 'draft'
    PUBLISHED = 'publish'


class Level(IntEnum):
    LOW = 1


@dataclass
class Author:
    name: str
    email: Optional[str] = None


@dataclass
class Post:
    post_title: str
    post_date: datetime
    author: Author
    status: Status = Status.DRAFT
    tags: list[str] = field(default_factory=list)
    meta: dict[str, int] = field(default_factory=dict)
    picture: bytes | None = None
    shown: str = field(default='', init=False)


@dataclass
class Comment:
    text: str
    replies: list[Comment] = field(default_factory=list)


@dataclass
class Even:
    number: int

    def __post_init__(self):
        if self.number % 2:
            raise ValueError('an odd number')


class Point(NamedTuple):
    x: int
    y: float = 0.5


class Options(TypedDict, total=False):
    name: str
    size: int


class Row(GObject.Object):
    title = GObject.Property(type=str)
    count = GObject.Property(type=int)


UserId = NewType('UserId', int)

POST = {'post_title': 'T', 'post_date': DATE, 'author': {'name': 'A'}}


class IntoTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = peers.EchoServer()
        cls.addClassCleanup(cls.server.close)

    def setUp(self):
        self.proxy = XmlRpc.ServerProxy(self.server.uri)

    def assert_read(self, kind, value, expected):
        with self.subTest(kind):
            read = self.proxy.echo.into(kind)(value)
            self.assertEqual(read, expected)
            self.assertIs(type(read), type(expected))

    def assert_error(self, kind, value, message):
        with self.subTest(message):
            with self.assertRaises(XmlRpc.Error) as caught:
                self.proxy.echo.into(kind)(value)
            self.assertEqual(caught.exception.message, message)
            self.assertEqual(caught.exception.code,
                             XmlRpc.Error.TYPE_MISMATCH)

    def test_dataclass(self):
        self.assert_read(list[Post], [POST],
                         [Post('T', DATE, Author('A'))])
        self.assert_read(Post, {**POST, 'status': 'publish', 'tags': ['x'],
                                'meta': {'a': 1}, 'picture': b'p',
                                'author': {'name': 'A', 'email': 'e'},
                                'further': 5, 'shown': 'x'},
                         Post('T', DATE, Author('A', 'e'), Status.PUBLISHED,
                              ['x'], {'a': 1}, b'p'))

    def test_what_is_sent_is_read(self):
        post = Post('T', DATE, Author('A'), tags=['x'])
        self.assert_read(Post, post, post)
        self.assert_read(Point, Point(1, 2.0), Point(1, 2.0))

    def test_names_of_the_same_words(self):
        self.assert_read(Post, {'postTitle': 'T', 'post-date': DATE,
                                'Author': {'name': 'A'}},
                         Post('T', DATE, Author('A')))
        self.assert_read(Author, {'name': 'A', 'Name': 5}, Author('A'))
        self.assert_error(Post, {**POST, 'postMeta': 1, 'Tags': [],
                                 'TAGS': []}, 'TAGS: a second member for tags')

    def test_classes_within_themselves(self):
        self.assert_read(Comment, {'text': 'a', 'replies': [
            {'text': 'b', 'replies': [{'text': 'c'}]}]},
            Comment('a', [Comment('b', [Comment('c')])]))
        self.assert_error(Comment, {'text': 'a', 'replies': [{'text': 1}]},
                          'replies[0].text: expected str, got int 1')

    def test_simple_types(self):
        for kind, value, expected in (
                (Any, [1], [1]), (None, None, None), (bool, True, True),
                (int, 5, 5), (float, 5, 5.0), (float, 0.5, 0.5),
                (str, 'x', 'x'), (bytearray, b'x', bytearray(b'x')),
                (date, DATE, DATE.date()),
                (Decimal, 5, Decimal(5)), (Path, '/tmp', Path('/tmp')),
                (XmlRpc.DateTime, DATE, XmlRpc.DateTime(DATE)),
                (XmlRpc.Binary, b'x', XmlRpc.Binary(b'x')),
                (Status, 'draft', Status.DRAFT), (Level, 1, Level.LOW),
                (UserId, 7, 7), (list, [1], [1]), (dict, {'a': 1}, {'a': 1}),
                (Annotated[int, 'x'], 5, 5)):
            self.assert_read(kind, value, expected)
        self.assertEqual(self.proxy.echo.into(datetime)(DATE), DATE)
        self.assertEqual(self.proxy.echo.into(bytes)(b'x'), b'x')

    def test_compound_types(self):
        for kind, value, expected in (
                (list[list[int]], [[1], []], [[1], []]),
                (dict[str, list[int]], {'a': [1]}, {'a': [1]}),
                (tuple[int, str], [1, 'x'], (1, 'x')),
                (tuple[int, ...], [1, 2], (1, 2)),
                (Optional[int], None, None), (Optional[int], 5, 5),
                (int | None, None, None),
                (Union[float, int], 5, 5), (Union[int, float], 0.5, 0.5),
                (Union[Author, bool], False, False),
                (Union[Author, bool], {'name': 'A'}, Author('A')),
                (Literal['a', 1], 1, 1), (Point, [1, 2], Point(1, 2.0)),
                (Point, {'x': 1}, Point(1)),
                (Options, {'name': 'x', 'more': 1}, {'name': 'x'})):
            self.assert_read(kind, value, expected)

    def test_objects_of_gobject(self):
        row, = self.proxy.echo.into(list[Row])([{'title': 'T', 'count': 2}])
        self.assertEqual((row.title, row.count), ('T', 2))
        self.assert_error(list[Row], [{'title': 5}],
                          '[0].title: expected string, got int')

    def test_places(self):
        posts = [POST, POST, POST, {**POST, 'post_date': 'x'}]
        self.assert_error(list[Post], posts,
                          '[3].post_date: expected datetime, got string "x"')
        self.assert_error(list[Post], [{**POST, 'author': {'name': None}}],
                          '[0].author.name: expected str, got nil')
        self.assert_error(dict[str, list[int]], {'a b': [1, 2.5]},
                          '["a b"][1]: expected int, got double 2.5')
        self.assert_error(Post, {**POST, 'tags': 'x'},
                          'tags: expected list, got string "x"')
        self.assert_error(list[Post], POST,
                          'value: expected list, got struct')
        self.assert_error(Author, [], 'value: expected Author, got array')
        self.assert_error(Author, {},
                          'value: expected a member "name", got none')
        self.assert_error(list[Status], ['new'],
                          "[0]: expected one of 'draft', 'publish', "
                          'got string "new"')
        self.assert_error(tuple[int, str], [1],
                          'value: expected 2 items, got 1')
        self.assert_error(list[Even], [{'number': 1}],
                          '[0]: ValueError: an odd number')

    def test_more_mismatches(self):
        for kind, value, message in (
                (int, True, 'expected int, got boolean True'),
                (bool, 1, 'expected bool, got int 1'),
                (str, b'x', 'expected str, got base64'),
                (bytes, 'x' * 50, f'expected bytes, got string '
                                  f'"{"x" * 40}..."'),
                (date, 'x', 'expected date, got string "x"'),
                (str, DATE, 'expected str, got dateTime.iso8601 '
                            '"19980717T14:08:55"'),
                (int | str, [], 'expected int or str, got array'),
                (Literal['a'], 'b', "expected one of 'a', got string \"b\"")):
            self.assert_error(kind, value, f'value: {message}')
        self.assert_error(Union[Author, int], {'name': 1},
                          'name: expected str, got int 1')

    def test_values_that_other_servers_send(self):
        self.assertEqual(get_converter(Decimal)(Decimal('0.1')),
                         Decimal('0.1'))
        for kind, value, message in (
                (float, 2**60 + 1, f'expected float, got int {2**60 + 1}'),
                (float, 10**400, f'expected float, got int {10**400}'),
                (datetime, XmlRpc.DateTime('x'),
                 'expected datetime, got dateTime.iso8601 "x"')):
            with self.assertRaises(XmlRpc.Error) as caught:
                get_converter(kind)(value)
            self.assertEqual(caught.exception.message, f'value: {message}')

    def test_types_that_nothing_is_made_into(self):
        for kind in (set[int], complex, object(), dict[int, str], list['X']):
            with self.subTest(kind):
                with self.assertRaisesRegex(TypeError, 'into: '):
                    self.proxy.echo.into(kind)

    def test_other_readers(self):
        proxy = XmlRpc.ServerProxy(self.server.uri, use_builtin_types=False)
        post = proxy.echo.into(Post)({**POST, 'picture': b'x'})
        self.assertEqual((post.post_date, post.picture), (DATE, b'x'))
        self.assertIs(type(post.post_date), datetime)

    def test_faults(self):
        with self.assertRaises(XmlRpc.Fault):
            self.proxy.fail.into(int)(7, 'No.')

    def test_only_at_the_end(self):
        with self.assertRaisesRegex(AttributeError, 'comes last'):
            self.proxy.a.into(int).b
        self.assertEqual(self.proxy['a.b.c.d'].into(float)(1), 1.0)

    def test_asyncio(self):
        async def call():
            author = await self.proxy.echo.into(Author).call_async(
                {'name': 'A'})
            with self.assertRaisesRegex(XmlRpc.Error, 'name: expected'):
                await self.proxy.echo.into(Author).call_async({'name': 1})
            return author

        self.assertEqual(asyncio.run(call()), Author('A'))

    def test_callback(self):
        method = self.proxy.echo.into(Author)
        loop = GLib.MainLoop()
        read = []

        def done(proxy, result):
            read.append(method.call_finish(result))
            loop.quit()

        method.call_async({'name': 'A'}, callback=done)
        loop.run()
        self.assertEqual(read, [Author('A')])


if __name__ == '__main__':
    tap.main()
