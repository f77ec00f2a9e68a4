#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Structs as objects of Python's own classes, and dates."""

import unittest
from datetime import datetime

import gi

gi.require_version('XmlRpc', '1.0')
from gi.repository import Gio, GLib, GObject, XmlRpc  # noqa: E402

import tap  # noqa: E402

DATE = datetime(1998, 7, 17, 14, 8, 55)


class Author(GObject.Object):
    name = GObject.Property(type=str)
    age = GObject.Property(type=int, minimum=0, maximum=150)


class Post(GObject.Object):
    post_title = GObject.Property(type=str)
    author = GObject.Property(type=Author)
    comments = GObject.Property(type=Gio.ListStore)
    date = GObject.Property(type=GLib.DateTime)
    data = GObject.Property(type=GLib.Bytes)
    tags = GObject.Property(type=GObject.TYPE_STRV)
    rating = GObject.Property(type=float)
    sticky = GObject.Property(type=bool, default=False)
    kind = GObject.Property(type=XmlRpc.ValueKind,
                            default=XmlRpc.ValueKind.INT)
    number = GObject.Property(
        type=GObject.TYPE_INT64, minimum=GLib.MININT64, maximum=GLib.MAXINT64,
        flags=GObject.ParamFlags.READWRITE | GObject.ParamFlags.CONSTRUCT_ONLY)

    def __init__(self, **properties):
        super().__init__(**properties)
        self.comments = Gio.ListStore.new(Author)


class Named(GObject.Object, XmlRpc.Serializable):
    ident = GObject.Property(type=int)
    title = GObject.Property(type=str)
    secret = GObject.Property(type=str)

    def do_find_property(self, name):
        return 'ident' if name == 'ID' else None

    def do_get_member_name(self, name):
        return {'ident': 'ID', 'secret': ''}.get(name)


STRUCT = {
    'post_title': 'Ü', 'author': {'name': 'Ada', 'age': 36},
    'comments': [{'name': 'Bob', 'age': 0}], 'date': DATE, 'data': b'\0\xff',
    'tags': ['a', 'b'], 'rating': 4.5, 'sticky': True, 'kind': 'date-time',
    'number': 2**40,
}


class ObjectsTest(unittest.TestCase):
    def test_struct_to_object(self):
        post = XmlRpc.object_from_struct(Post, STRUCT)
        self.assertIs(type(post), Post)
        self.assertEqual(post.post_title, 'Ü')
        self.assertEqual((post.author.name, post.author.age), ('Ada', 36))
        self.assertEqual([author.name for author in post.comments], ['Bob'])
        self.assertEqual(post.date.format_iso8601(), '1998-07-17T14:08:55Z')
        self.assertEqual(post.data.get_data(), b'\0\xff')
        self.assertEqual(post.tags, ['a', 'b'])
        self.assertEqual((post.rating, post.sticky), (4.5, True))
        self.assertEqual(post.kind, XmlRpc.ValueKind.DATE_TIME)
        self.assertEqual(post.number, 2**40)

    def test_object_to_struct(self):
        """What it returns is Python's own, and can be sent."""
        post = XmlRpc.object_from_struct(Post, STRUCT)
        struct = XmlRpc.object_to_struct(post)
        self.assertEqual(struct, STRUCT)
        self.assertIs(type(struct), dict)

    def test_names(self):
        for name in ('post_title', 'postTitle', 'PostTitle', 'post-title'):
            with self.subTest(name):
                post = XmlRpc.object_from_struct(Post, {name: 'a', 'x': 1})
                self.assertEqual(post.post_title, 'a')
        self.assert_fails(
            'postTitle: a second member for the property "post-title" of ',
            XmlRpc.object_from_struct, Post,
            {'post_title': 'a', 'postTitle': 'b'})

    def test_other_names(self):
        named = XmlRpc.object_from_struct(
            Named, {'ID': 5, 'Title': 'a', 'secret': 's'})
        self.assertEqual((named.ident, named.title, named.secret),
                         (5, 'a', 's'))
        self.assertEqual(XmlRpc.object_to_struct(named),
                         {'ID': 5, 'title': 'a'})
        self.assertEqual(named.get_member_name('title'), 'title')

    def test_none(self):
        """None is NULL, and NULL is left out."""
        post = XmlRpc.object_from_struct(
            Post, {'post_title': None, 'author': None, 'tags': None})
        self.assertIsNone(post.author)
        struct = XmlRpc.object_to_struct(post)
        self.assertNotIn('author', struct)
        # A str of Python's has the default ''.
        self.assertIsNone(struct['post_title'])

    def test_list_store(self):
        array = [{'post_title': str(number)} for number in range(1000)]
        store = XmlRpc.list_store_new_from_array(Post, array)
        self.assertIsInstance(store, Gio.ListStore)
        self.assertEqual([post.post_title for post in store],
                         [str(number) for number in range(1000)])

    def test_variants(self):
        """A GVariant is taken as it is."""
        struct = GLib.Variant('a{sv}', {'name': GLib.Variant('s', 'Ada')})
        self.assertEqual(XmlRpc.object_from_struct(Author, struct).name, 'Ada')
        array = GLib.Variant('aa{ss}', [{'name': 'Ada'}])
        store = XmlRpc.list_store_new_from_array(Author, array)
        self.assertEqual(store[0].name, 'Ada')
        self.assertEqual(XmlRpc.object_from_struct(
            XmlRpc.Value, XmlRpc.Boolean(True)).get_value(), True)

    def assert_fails(self, message, function, *args):
        with self.assertRaises(XmlRpc.Error) as caught:
            function(*args)
        self.assertTrue(caught.exception.message.startswith(message),
                        caught.exception.message)
        return caught.exception

    def test_errors(self):
        error = self.assert_fails(
            '[3].author.name: expected string, got int',
            XmlRpc.list_store_new_from_array, Post,
            [{}, {}, {}, {'author': {'name': 5}}])
        self.assertEqual(error.code, XmlRpc.Error.TYPE_MISMATCH)
        self.assert_fails('author.age: expected an integer from 0 to 150, '
                          'got 200', XmlRpc.object_from_struct, Post,
                          {'author': {'age': 200}})
        self.assert_fails('expected struct, got array',
                          XmlRpc.object_from_struct, Post, [])
        self.assert_fails('expected a class to make objects of, got gint',
                          XmlRpc.object_from_struct, int, {})
        with self.assertRaises(TypeError) as caught:
            XmlRpc.object_from_struct(Post, {'author': {'name': object()}})
        self.assertEqual(str(caught.exception),
                         'value.author.name: cannot marshal object objects')

    def test_cycle(self):
        class Ring(GObject.Object):
            other = GObject.Property(type=GObject.Object)

        ring = Ring()
        ring.other = Ring(other=ring)
        self.assert_fails('other.other: the ', XmlRpc.object_to_struct, ring)
        ring.other = None

    def test_python_objects(self):
        """A property of no type may be anything, which C cannot tell."""
        class Untyped(GObject.Object):
            anything = GObject.Property()

        self.assert_fails('anything: XML-RPC has no form for the property ',
                          XmlRpc.object_from_struct, Untyped, {'anything': 1})

    def test_dates(self):
        zone = GLib.TimeZone.new_offset(3600)
        text = '1998-07-17T14:08:55+01'
        variant = XmlRpc.DateTime(DATE).get_variant()
        for value in (DATE, '19980717T14:08:55', variant):
            with self.subTest(value):
                date = XmlRpc.variant_get_date_time(value, zone)
                self.assertEqual(date.format_iso8601(), text)
                date = XmlRpc.variant_lookup_date_time({'date': value}, 'date',
                                                       zone)
                self.assertEqual(date.format_iso8601(), text)
        self.assertEqual(XmlRpc.variant_get_date_time(DATE).format_iso8601(),
                         '1998-07-17T14:08:55Z')
        self.assert_fails('date: expected dateTime.iso8601, got int',
                          XmlRpc.variant_lookup_date_time, {'date': 1}, 'date')


if __name__ == '__main__':
    tap.main()
