// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Structs as objects of JavaScript's own classes, and dates.

import Gio from 'gi://Gio';
import GLib from 'gi://GLib';
import GObject from 'gi://GObject';
import XmlRpc from 'gi://XmlRpc?version=1.0';

import {assertEqual, assertThrows, exit, run} from './harness.js';

const {READWRITE} = GObject.ParamFlags;

const Author = GObject.registerClass({
    GTypeName: 'Author',
    Properties: {
        'name': GObject.ParamSpec.string('name', null, null, READWRITE, null),
        'age': GObject.ParamSpec.int('age', null, null, READWRITE, 0, 150, 0),
    },
}, class extends GObject.Object {});

const Post = GObject.registerClass({
    GTypeName: 'Post',
    Properties: {
        'post-title': GObject.ParamSpec.string('post-title', null, null, READWRITE, null),
        'author': GObject.ParamSpec.object('author', null, null, READWRITE, Author),
        'comments': GObject.ParamSpec.object('comments', null, null, GObject.ParamFlags.READABLE, Gio.ListStore),
        'date': GObject.ParamSpec.boxed('date', null, null, READWRITE, GLib.DateTime),
        'data': GObject.ParamSpec.boxed('data', null, null, READWRITE, GLib.Bytes),
        'tags': GObject.ParamSpec.boxed('tags', null, null, READWRITE, GLib.strv_get_type()),
        'rating': GObject.ParamSpec.double('rating', null, null, READWRITE, 0, 5, 0),
        'sticky': GObject.ParamSpec.boolean('sticky', null, null, READWRITE, false),
    },
}, class extends GObject.Object {
    get comments() {
        this._comments ??= Gio.ListStore.new(Author);
        return this._comments;
    }
});

const Named = GObject.registerClass({
    GTypeName: 'Named',
    Implements: [XmlRpc.Serializable],
    Properties: {
        'ident': GObject.ParamSpec.int('ident', null, null, READWRITE, 0, 100, 0),
        'title': GObject.ParamSpec.string('title', null, null, READWRITE, null),
        'secret': GObject.ParamSpec.string('secret', null, null, READWRITE, null),
    },
}, class extends GObject.Object {
    vfunc_find_property(name) {
        return name === 'ID' ? 'ident' : null;
    }

    vfunc_get_member_name(name) {
        return {ident: 'ID', secret: ''}[name] ?? null;
    }
});

const date = new Date(1998, 6, 17, 14, 8, 55);

const struct = {
    post_title: 'Ü', author: {name: 'Ada', age: 36}, comments: [{name: 'Bob', age: 0}], date,
    data: new Uint8Array([0, 255]), tags: ['a', 'b'], rating: 4.5, sticky: true,
};

const tests = {
    structToObject() {
        const post = XmlRpc.object_from_struct(Post, struct);

        assertEqual(post instanceof Post, true);
        assertEqual(post.post_title, 'Ü');
        assertEqual([post.author.name, post.author.age], ['Ada', 36]);
        assertEqual([...post.comments].map(author => author.name), ['Bob']);
        assertEqual(post.date.format_iso8601(), '1998-07-17T14:08:55Z');
        assertEqual(post.data.toArray(), new Uint8Array([0, 255]));
        assertEqual(post.tags, ['a', 'b']);
        assertEqual([post.rating, post.sticky], [4.5, true]);
    },

    objectToStruct() {
        assertEqual(XmlRpc.object_to_struct(XmlRpc.object_from_struct(Post, struct)), struct);
    },

    async names() {
        for (const name of ['post_title', 'postTitle', 'PostTitle', 'post-title'])
            assertEqual(XmlRpc.object_from_struct(Post, {[name]: 'a', x: 1}).post_title, 'a');

        await assertThrows(() => XmlRpc.object_from_struct(Post, {post_title: 'a', postTitle: 'b'}),
            XmlRpc.Error, 'postTitle: a second member for the property "post-title" of Post');
    },

    otherNames() {
        const named = XmlRpc.object_from_struct(Named, {ID: 5, Title: 'a', secret: 's'});

        assertEqual([named.ident, named.title, named.secret], [5, 'a', 's']);
        assertEqual(XmlRpc.object_to_struct(named), {ID: 5, title: 'a'});
    },

    nulls() {
        const post = XmlRpc.object_from_struct(Post, {post_title: null, author: null, tags: []});

        assertEqual(post.author, null);
        assertEqual(XmlRpc.object_to_struct(post), {comments: [], tags: [], rating: 0, sticky: false});
    },

    listStore() {
        const titles = Array.from({length: 1000}, (_, number) => `${number}`);
        const store = XmlRpc.list_store_new_from_array(Post, titles.map(title => ({postTitle: title})));

        assertEqual(store instanceof Gio.ListStore, true);
        assertEqual([...store].map(post => post.post_title), titles);
    },

    variants() {
        const author = new GLib.Variant('a{sv}', {name: new GLib.Variant('s', 'Ada')});

        assertEqual(XmlRpc.object_from_struct(Author, author).name, 'Ada');
        assertEqual(XmlRpc.object_from_struct(XmlRpc.Value, true).get_value(), true);
    },

    async errors() {
        await assertThrows(() => XmlRpc.list_store_new_from_array(Post, [{}, {}, {}, {author: {name: 5}}]),
            XmlRpc.Error, '[3].author.name: expected string, got int');
        await assertThrows(() => XmlRpc.object_from_struct(Post, {author: {age: 200}}),
            XmlRpc.Error, 'author.age: expected an integer from 0 to 150, got 200');
        await assertThrows(() => XmlRpc.object_from_struct(GObject.TYPE_INT, {}),
            XmlRpc.Error, 'expected a class to make objects of, got gint, which is not derived from GObject');
        await assertThrows(() => XmlRpc.object_from_struct(Post, {author: {name: Symbol.iterator}}),
            TypeError, 'value.author.name: XML-RPC has no symbol');
    },

    async dates() {
        const zone = GLib.TimeZone.new_offset(3600);

        for (const value of [date, '19980717T14:08:55']) {
            assertEqual(XmlRpc.variant_get_date_time(value, zone).format_iso8601(), '1998-07-17T14:08:55+01');
            assertEqual(XmlRpc.variant_lookup_date_time({date: value}, 'date').format_iso8601(),
                '1998-07-17T14:08:55Z');
        }
        await assertThrows(() => XmlRpc.variant_lookup_date_time({date: 1}, 'date'),
            XmlRpc.Error, 'date: expected dateTime.iso8601, got int');
    },
};

exit(await run(tests));
