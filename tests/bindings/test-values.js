// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What becomes of objects that are not plain, as parameters and as results.

import Gio from 'gi://Gio';
import GLib from 'gi://GLib';
import GObject from 'gi://GObject';
import System from 'system';
import XmlRpc from 'gi://XmlRpc?version=1.0';

import {assertEqual, assertThrows, evaluateInPython, exit, run, serve, startEchoServer} from './harness.js';

const {READWRITE} = GObject.ParamFlags;
const echoServer = startEchoServer();
const proxy = new XmlRpc.ServerProxy({uri: echoServer.uri});
const {remote} = proxy;

class Point {
    #hidden = 5;

    constructor(x, y) {
        this.x = x;
        this.y = y;
        Object.defineProperty(this, 'unseen', {value: 1, enumerable: false});
    }

    get sum() {
        return this.x + this.y + this.#hidden;
    }

    move() {}
}

class Point3 extends Point {
    z = [new Point(1, 2)];
}

class Temperature {
    constructor(degrees) {
        this.degrees = degrees;
    }

    toJSON() {
        return {celsius: this.degrees};
    }
}

class Book extends Map {}

const Author = GObject.registerClass({
    GTypeName: 'ValuesAuthor',
    Properties: {
        'full-name': GObject.ParamSpec.string('full-name', null, null, READWRITE, null),
        'born': GObject.ParamSpec.boxed('born', null, null, READWRITE, GLib.DateTime),
    },
}, class extends GObject.Object {});

const Closed = GObject.registerClass({
    GTypeName: 'ValuesClosed',
    Properties: {
        'variant-type': GObject.ParamSpec.boxed('variant-type', null, null, READWRITE, GLib.VariantType),
    },
}, class extends GObject.Object {});

// A list that is not iterable by itself.
const List = GObject.registerClass({
    GTypeName: 'ValuesList',
    Implements: [Gio.ListModel],
}, class extends GObject.Object {
    vfunc_get_item_type() {
        return Author.$gtype;
    }

    vfunc_get_n_items() {
        return 1;
    }

    vfunc_get_item() {
        return author;
    }
});

const author = new Author({full_name: 'Ada', born: GLib.DateTime.new_utc(1815, 12, 10, 0, 0, 0)});
const authors = new Gio.ListStore();

authors.append(author);
authors.append(new Author());

function* count(n) {
    for (let i = 0; i < n; i++)
        yield i;
}

const bytes = new Uint8Array([9, 0, 255, 9]);

// What each is the same as.
const sent = [
    [new GLib.Bytes([0, 255]), new Uint8Array([0, 255])],
    [new GLib.Bytes([]), new Uint8Array([])],
    [bytes.subarray(1, 3), new Uint8Array([0, 255])],
    [new Uint8ClampedArray([0, 300]), new Uint8Array([0, 255])],
    [bytes.buffer, bytes],
    [new DataView(bytes.buffer, 1, 2), new Uint8Array([0, 255])],
    [new Int8Array([-1, 127]), [-1, 127]],
    [new Int16Array([-1]), [-1]],
    [new Uint16Array([65535]), [65535]],
    [new Uint32Array([2 ** 31 - 1]), [2 ** 31 - 1]],
    [new Int32Array([]), []],
    [new BigInt64Array([5n, -5n]), [5n, -5n]],
    [new Float64Array([1, 0.5]), [new XmlRpc.Double(1), 0.5]],
    [new Float32Array([2]), [new XmlRpc.Double(2)]],
    [new Map([['a', 1], ['$b', new Map()]]), {a: 1, $b: {}}],
    [new Map([['$i8', 1]]), {$i8: 1}],
    [new Book([['a', [new Map()]]]), {a: [{}]}],
    [count(3), [0, 1, 2]],
    [new Set('ab').values(), ['a', 'b']],
    [new Point(1, 2), {x: 1, y: 2}],
    [new Point3(1, 2), {x: 1, y: 2, z: [{x: 1, y: 2}]}],
    [Object.create(new Point(1, 2), {own: {value: 5, enumerable: true}}), {own: 5}],
    [new class {}(), {}],
    [new Temperature(20), {celsius: 20}],
    [{a: [new Temperature(-1)]}, {a: [{celsius: -1}]}],
    [new Number(5), 5],
    [new String('a'), 'a'],
    [new Boolean(false), false],
    [Object(5n), 5n],
    [GLib.DateTime.new_utc(1998, 7, 17, 14, 8, 55.9), new GLib.Variant('(os)', ['/xmlrpc/dateTime', '19980717T14:08:55'])],
    [GLib.DateTime.new_from_iso8601('1998-07-17T14:08:55+09:00', null),
        new GLib.Variant('(os)', ['/xmlrpc/dateTime', '19980717T14:08:55'])],
    [author, {full_name: 'Ada', born: new Date(1815, 11, 10)}],
    [new List(), [{full_name: 'Ada', born: new Date(1815, 11, 10)}]],
    [authors, [{full_name: 'Ada', born: new Date(1815, 11, 10)}, {}]],
    [[new GLib.Bytes([1]), author], [new Uint8Array([1]), {full_name: 'Ada', born: new Date(1815, 11, 10)}]],
];

const cycle = new Point(1, 2);

cycle.x = [cycle];

const refused = [
    [new Set([1]), 'params[0]: XML-RPC has no Set; pass an array, as in [...set]'],
    [{a: [new Set()]}, 'params[0].a[0]: XML-RPC has no Set; pass an array, as in [...set]'],
    [Promise.resolve(1), 'params[0]: XML-RPC has no Promise; await it first'],
    [(async function* () {})(), 'params[0]: XML-RPC has no such object; collect its items in an array first'],
    [new Map([['a', 1], [2, 3]]), 'params[0]: expected strings as the keys of a Map, got number'],
    [new Map([[undefined, 3]]), 'params[0]: expected strings as the keys of a Map, got undefined'],
    [new Map([['a', NaN]]), 'params[0].a: XML-RPC has no NaN', RangeError],
    [new Float64Array([1, NaN]), 'params[0][1]: XML-RPC has no NaN', RangeError],
    [new BigUint64Array([2n ** 63n]), 'params[0][0]: 9223372036854775808 does not fit 64 bits', RangeError],
    [new Error('a'), 'params[0]: XML-RPC has no Error'],
    [new class Own extends Error {}(), 'params[0]: XML-RPC has no Own'],
    [/a/, 'params[0]: XML-RPC has no RegExp'],
    [new WeakMap(), 'params[0]: XML-RPC has no WeakMap'],
    [Object(Symbol('s')), 'params[0]: XML-RPC has no Symbol'],
    [{a: GLib.TimeZone.new_utc()}, 'params[0].a: XML-RPC has no GLib_TimeZone'],
    [GLib.Uri.parse('http://a/', 0), 'params[0]: XML-RPC has no GLib_Uri'],
    [cycle, 'params[0].x[0]: is within itself'],
    [new Point(1, undefined), 'params[0].y: XML-RPC has no undefined'],
    [new Temperature(NaN), 'params[0].celsius: XML-RPC has no NaN', RangeError],
    [new Gio.Cancellable(), 'params[0]: XML-RPC has no Gio_Cancellable'],
    // Nobody sends the user of a proxy by mistake, nor its headers.
    [proxy, 'params[0]: XML-RPC has no XmlRpc_ServerProxy'],
    [{a: new Gio.Application()}, 'params[0].a: XML-RPC has no Gio_Application'],
];

// A server whose method `get` returns what makeValue() makes.
async function withServer(makeValue, test, properties = {}) {
    const server = new XmlRpc.Server(properties);
    const service = serve(server);

    server.addFunction('get', makeValue);
    await test(service.uri, new XmlRpc.ServerProxy({uri: service.uri}).remote);
    service.disconnect();
}

const tests = {
    async sendsObjects() {
        for (const [value, same] of sent) {
            if (typeof value.next !== 'function')
                assertEqual(await remote.describe(value), await remote.describe(same));
            assertEqual(await remote.echo([value]), await remote.echo([same]));
        }
    },

    async sendsObjectsInMulticalls() {
        const multicall = XmlRpc.Multicall.new(proxy);

        multicall.remote.echo(new Map([['a', new Float64Array([0.5])]]));
        multicall.remote.echo(author);
        assertEqual(await multicall.run(), [{a: [0.5]}, {full_name: 'Ada', born: new Date(1815, 11, 10)}]);
    },

    async refusesObjects() {
        for (const [value, message, ErrorClass = TypeError] of refused) {
            await assertThrows(() => remote.echo(value, 1), ErrorClass, message);
            await assertThrows(() => remote.echo.sync(value, 1), ErrorClass, message);
        }
        await assertThrows(() => remote.echo({a: new Closed({variant_type: new GLib.VariantType('i')})}), TypeError,
            'params[0].a.variant_type: XML-RPC has no form for the property "variant-type" of the type GVariantType');
    },

    async iteratorsOfPlainObjectsAreNotUsed() {
        assertEqual(await remote.echo({a: 1, [Symbol.iterator]: () => [1, 2].values()}), {a: 1});
    },

    // The names come from classes of the program only once.
    async manyInstancesAreQuick() {
        const points = Array.from({length: 2000}, (_, i) => new Point(i, i));

        assertEqual((await remote.echo(points)).length, 2000);
    },

    async returnsObjects() {
        for (const [value, same] of sent) {
            if (typeof value.next !== 'function') {
                await withServer(() => value, async (uri, {get}) => {
                    const result = await get();

                    assertEqual(result, same instanceof GLib.Variant ? new Date(1998, 6, 17, 14, 8, 55)
                        : await remote.echo(same));
                });
            }
        }
        await withServer(() => [new Set()], async uri => {
            assertEqual(await evaluateInPython(uri, 'server.get()'),
                ['Fault -32603: result[0]: XML-RPC has no Set; pass an array, as in [...set]']);
        });
    },

    async dateTimesGoByTheZone() {
        const there = new XmlRpc.ServerProxy({uri: echoServer.uri, timeZone: 'UTC'});
        const dateTime = GLib.DateTime.new_from_iso8601('1998-07-17T14:08:55+09:00', null);

        assertEqual((await there.remote.echo(dateTime)).value, '19980717T05:08:55');
        assertEqual((await remote.echo(dateTime)).value, '19980717T14:08:55');
    },
};

const isGood = await run(tests);

echoServer.stop();
System.gc();
exit(isGood);
