// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// XmlRpc.ServerProxy and XmlRpc.Multicall, as JavaScript has them, against
// Python's own server.

import Gio from 'gi://Gio';
import GLib from 'gi://GLib';
import GObject from 'gi://GObject';
import Soup from 'gi://Soup?version=3.0';
import System from 'system';
import XmlRpc from 'gi://XmlRpc?version=1.0';

import {
    assertCollected, assertEqual, assertThrows, exit, getError, run, serve, sleep, startEchoServer,
} from './harness.js';

const echoServer = startEchoServer();
const {remote} = new XmlRpc.ServerProxy({uri: echoServer.uri});

// A server that answers everything with the same.
function serveBody(body) {
    const http = new Soup.Server();

    http.listen_local(0, Soup.ServerListenOptions.IPV4_ONLY);
    http.add_handler(null, (server, message) => {
        message.set_status(200, null);
        message.set_response('text/xml', Soup.MemoryUse.COPY, body);
    });
    return {
        uri: `http://127.0.0.1:${http.get_uris()[0].get_port()}/`,
        disconnect: () => http.disconnect(),
    };
}

function makeCycle() {
    const cycle = {a: [1]};

    cycle.a.push({cycle});
    return cycle;
}

function nest(levels) {
    return levels === 0 ? 0 : [nest(levels - 1)];
}

// What every type is in Python.
const sent = [
    [null, 'None'],
    [true, 'True'],
    [false, 'False'],
    [0, '0'],
    [-0, '-0.0'],
    [2147483647, '2147483647'],
    [-2147483648, '-2147483648'],
    [2147483648, '2147483648'],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
    [Number.MIN_SAFE_INTEGER, '-9007199254740991'],
    [2n ** 63n - 1n, '9223372036854775807'],
    [-(2n ** 63n), '-9223372036854775808'],
    [0.1, '0.1'],
    [-1.5e-7, '-1.5e-07'],
    [2 ** 53, '9007199254740992.0'],
    [1e300, '1e+300'],
    [Number.MIN_VALUE, '5e-324'],
    [new XmlRpc.Double(1), '1.0'],
    [new XmlRpc.Double(-0), '-0.0'],
    [new XmlRpc.Double(0.5), '0.5'],
    ['', "''"],
    ['ü🐍 <&>\r\n"', "'ü🐍 <&>\\r\\n\"'"],
    [[], '[]'],
    [[1, 'a', [null]], "[1, 'a', [None]]"],
    [{}, '{}'],
    [{a: 1, 'b c': {}}, "{'a': 1, 'b c': {}}"],
    [{$i8: '5'}, "{'$i8': '5'}"],
    [{$: {$struct: 1}}, "{'$': {'$struct': 1}}"],
    [Object.assign(Object.create(null), {a: 1}), "{'a': 1}"],
    [new Date(1998, 6, 17, 14, 8, 55, 999), 'datetime.datetime(1998, 7, 17, 14, 8, 55)'],
    [new Date(-1e13), 'datetime.datetime(1653, 2, 10, 7, 6, 48)'],
    [new Uint8Array([0, 255]), "b'\\x00\\xff'"],
    [new Uint8Array(), "b''"],
    [new GLib.Variant('as', ['a', 'b']), "['a', 'b']"],
    [[new GLib.Variant('as', ['a', 'b'])], "[['a', 'b']]"],
    [[new GLib.Variant('d', 1)], '[1.0]'],
    [XmlRpc.Boolean.new(true), 'True'],
    [XmlRpc.Binary.new_from_data([0, 255]), "b'\\x00\\xff'"],
    [XmlRpc.DateTime.new_from_iso8601('19980717T14:08:55'), 'datetime.datetime(1998, 7, 17, 14, 8, 55)'],
];

const echoed = [
    null, true, false, 0, -0, -2147483648, 0.1, 1e300, '', 'ü🐍', '\u2028', [], [[1, [null]]], {}, {a: {b: [1.5]}},
    {$struct: {a: 1}}, {$i8: '5'}, [{$double: 'NaN'}], JSON.parse('{"__proto__": {"a": 1}, "toJSON": 1}'),
    new Date(2024, 1, 29, 23, 59, 59), new Uint8Array([1, 2, 3]), new Uint8Array(),
];

const refused = [
    [[NaN], RangeError, 'params[0]: XML-RPC has no NaN'],
    [[1, {a: [0, -Infinity]}], RangeError, 'params[1].a[1]: XML-RPC has no -Infinity'],
    [[new XmlRpc.Double(NaN)], RangeError, 'params[0]: XML-RPC has no NaN'],
    [[undefined], TypeError, 'params[0]: XML-RPC has no undefined'],
    [[{a: undefined}], TypeError, 'params[0].a: XML-RPC has no undefined'],
    [[{'a b': [undefined]}], TypeError, 'params[0]["a b"][0]: XML-RPC has no undefined'],
    // eslint-disable-next-line no-sparse-arrays
    [[[1, , 2]], TypeError, 'params[0][1]: XML-RPC has no undefined'],
    [[[() => {}]], TypeError, 'params[0][0]: XML-RPC has no function'],
    [[Symbol('s')], TypeError, 'params[0]: XML-RPC has no symbol'],
    [[{m: new Set()}], TypeError, 'params[0].m: XML-RPC has no Set; pass an array, as in [...set]'],
    [[remote], TypeError, 'params[0]: XML-RPC has no function'],
    [[2n ** 63n], RangeError, 'params[0]: 9223372036854775808 does not fit 64 bits'],
    [[new Date(NaN)], RangeError, 'params[0]: an invalid date'],
    [[new Date(10000, 0)], RangeError, 'params[0]: the year 10000 has no four digits'],
    [[new Date(-1, 0)], RangeError, 'params[0]: the year -1 has no four digits'],
    [[makeCycle()], TypeError, 'params[0].a[1].cycle: is within itself'],
    [[[new GLib.Variant('a{is}', {1: 'a'})]], TypeError,
        'params[0][0]: XML-RPC has no form for the type "a{is}"'],
    [[{'': new GLib.Variant('a{sh}', {'c d': 0})}], TypeError,
        'params[0][""]["c d"]: XML-RPC has no form for the type "h"'],
];

// What is sent by a server of this library, in types that Python's does not have.
const received = [
    ['x', 5, 5],
    ['x', Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    ['d', 1, 1],
    ['d', -0, -0],
    ['(os)', ['/xmlrpc/biginteger', '123456789012345678901234567890'], 123456789012345678901234567890n],
    ['(os)', ['/xmlrpc/bigdecimal', '0.10'], '0.10'],
    ['(os)', ['/xmlrpc/dateTime', '19980717T14:08:55'], new Date(1998, 6, 17, 14, 8, 55)],
    ['(os)', ['/xmlrpc/dateTime', '1998-07-17 14:08:55'], new Date(1998, 6, 17, 14, 8, 55)],
    ['(os)', ['/xmlrpc/dateTime', '19980717T14:08:55.25Z'], new Date(Date.UTC(1998, 6, 17, 14, 8, 55, 250))],
    ['(os)', ['/xmlrpc/dateTime', '19980717T14:08:55+0200'], new Date(Date.UTC(1998, 6, 17, 12, 8, 55))],
    ['(os)', ['/xmlrpc/dateTime', '19980717T24:00:00'], new Date(1998, 6, 18)],
    ['(os)', ['/xmlrpc/dateTime', '19980229T00:00:00'], new Date(NaN)],
    ['(os)', ['/xmlrpc/dateTime', '00000000T00:00:00'], new Date(NaN)],
];

// A server in this process whose method `wait` answers after so much time, and
// `never` not at all.
function startSlowServer() {
    const server = new XmlRpc.Server();
    const unkept = []; // What could never be kept would be collected and so answered.

    server.addFunction('wait', async milliseconds => {
        await sleep(milliseconds);
        return 'done';
    });
    server.addFunction('never', () => new Promise(resolve => unkept.push(resolve)));

    const service = serve(server);
    return {...service, remote: new XmlRpc.ServerProxy({uri: service.uri}).remote};
}

const tests = {
    async sendsEveryType() {
        for (const [value, text] of sent)
            assertEqual([value, await remote.describe(value)], [value, text]);
    },

    async receivesWhatItSent() {
        for (const value of echoed)
            assertEqual(await remote.echo(value), value);
    },

    async receivesWhatPythonLacks() {
        const server = new XmlRpc.Server();
        const service = serve(server);
        const proxy = new XmlRpc.ServerProxy({uri: service.uri});

        for (const [type, content, expected] of received) {
            server.addFunction('get', () => [new GLib.Variant(type, content)]);
            assertEqual(await proxy.remote.get(), [expected]);
        }
        service.disconnect();
    },

    async receivesLargeIntegers() {
        const server = new XmlRpc.Server();
        const service = serve(server);
        const proxy = new XmlRpc.ServerProxy({uri: service.uri});

        server.addFunction('echo', value => value);
        for (const value of [2n ** 53n, 2n ** 63n - 1n, -(2n ** 63n)])
            assertEqual(await proxy.remote.echo([value]), [value]);
        service.disconnect();
    },

    async refusesWhatXmlRpcLacks() {
        for (const [params, ErrorClass, message] of refused) {
            await assertThrows(() => remote.echo(...params), ErrorClass, message);
            await assertThrows(() => remote.echo.sync(...params), ErrorClass, message);
        }
    },

    async refusesWhatXmlCannotCarry() {
        for (const text of ['a\0', '\ud800', '\u0001']) {
            const error = await getError(() => remote.echo({a: [text]}));

            assertEqual(error.matches(XmlRpc.Error, XmlRpc.Error.INVALID_VALUE), true);
            assertEqual(error.message.startsWith('params[0].a[0]: '), true);
        }
    },

    async nestsToTheLimit() {
        assertEqual(await remote.echo(nest(40)), nest(40));

        const error = await getError(() => remote.echo(nest(41)));
        assertEqual(error.matches(XmlRpc.Error, XmlRpc.Error.LIMIT_EXCEEDED), true);
    },

    async sharesAnObject() {
        const shared = {a: 1};

        assertEqual(await remote.echo([shared, shared]), [{a: 1}, {a: 1}]);
    },

    async takesAnyNumberOfParameters() {
        assertEqual(await remote.count_parameters(), 0);
        assertEqual(await remote.count_parameters(1, 'a', []), 3);
    },

    async callsDottedNames() {
        assertEqual((await remote.system.listMethods()).includes('echo'), true);
        assertEqual(remote.system.methodHelp.sync('echo'), 'Returns its parameter.');
        assertEqual(await remote['system.methodHelp']('echo'), 'Returns its parameter.');
    },

    async callsAnyName() {
        const server = new XmlRpc.Server();
        const service = serve(server);
        const proxy = new XmlRpc.ServerProxy({uri: service.uri});
        const names = ['call', 'bind', 'name', 'length', 'prototype', 'constructor', 'sync',
            'a.call', 'a.hasOwnProperty', 'a.then', 'a.sync', 'a.toString', '__proto__', 'ü b'];

        for (const name of names) {
            server.addFunction(name, () => name);
            assertEqual(await proxy.remote[name](), name);
        }
        assertEqual(await proxy.remote.a.call(), 'a.call');
        assertEqual(await proxy.remote.a.hasOwnProperty(), 'a.hasOwnProperty');
        service.disconnect();
    },

    async isNoPromise() {
        const server = new XmlRpc.Server();
        const service = serve(server);
        const {remote: objects} = new XmlRpc.ServerProxy({uri: service.uri});
        const called = [];

        for (const name of ['a.then', 'a.toJSON', 'a.toString', 'then', 'toJSON'])
            server.addFunction(name, () => called.push(name));

        await objects;
        await objects.a;
        JSON.stringify([objects, objects.a]);
        assertEqual(`${objects.a.b}`, '[remote method a.b]');
        assertEqual(objects.a.then, undefined);
        await sleep(50);
        assertEqual(called, []);
        service.disconnect();
    },

    async isNoMethodItself() {
        await assertThrows(() => remote(), TypeError, 'remote is not a method: its properties are');
    },

    async throwsFaults() {
        for (const func of [remote.fail, remote.fail.sync]) {
            const fault = await getError(() => func(-7, 'Nö.'));

            assertEqual(fault instanceof XmlRpc.Fault, true);
            assertEqual(fault instanceof Error, true);
            assertEqual([fault.faultCode, fault.faultString], [-7, 'Nö.']);
            assertEqual([fault.code, fault.message, fault.domain], [-7, 'Nö.', XmlRpc.fault_quark()]);
            assertEqual(fault.matches(XmlRpc.fault_quark(), -7), true);
            assertEqual(fault.matches(XmlRpc.fault_quark(), 7), false);
            assertEqual(fault.matches(Gio.io_error_quark(), -7), false);
            assertEqual(String(fault), 'XmlRpc.Fault: Nö.');
            assertEqual(fault.stack.includes('throwsFaults'), true);
        }
    },

    async throwsFaultsAsTheyCame() {
        const cases = [
            ['NotFound', 'No page.', XmlRpc.FaultCode.OTHER_CODE, 'NotFound: No page.'],
            ['404', 'No page.', 404, 'No page.'],
            [4.5, 'a', XmlRpc.FaultCode.OTHER_CODE, '4.5: a'],
            [null, 'out of order', XmlRpc.FaultCode.OTHER_CODE, 'out of order'],
            [5, {message: 'oops', $: [new Date(2000, 0)]}, 5, /^\{message: "oops", /],
            [5, null, 5, ''],
        ];

        for (const [faultCode, faultString, code, message] of cases) {
            const multicall = new XmlRpc.Multicall({proxy: new XmlRpc.ServerProxy({uri: echoServer.uri})});

            multicall.remote.fail(faultCode, faultString);
            for (const fault of [
                await getError(() => remote.fail(faultCode, faultString)),
                await getError(() => remote.fail.sync(faultCode, faultString)),
                (await multicall.run())[0],
            ]) {
                assertEqual(fault instanceof XmlRpc.Fault, true);
                assertEqual([fault.faultCode, fault.faultString], [faultCode, faultString]);
                assertEqual(fault.value, {faultCode, faultString});
                assertEqual(fault.code, faultCode);
                assertEqual(fault.matches(XmlRpc.fault_quark(), faultCode), true);
                assertEqual(fault.matches(XmlRpc.fault_quark(), code), true);
                assertEqual(fault.matches(XmlRpc.fault_quark(), 7), false);
                if (message instanceof RegExp)
                    assertEqual(message.test(fault.message), true);
                else
                    assertEqual(fault.message, message);
            }
        }
    },

    async readsFaultsOfAnyForm() {
        const bodies = {
            'missing': ['<struct><member><name>faultString</name><value>a</value></member></struct>',
                [undefined, 'a', {faultString: 'a'}]],
            'text': ['<string>a</string>', [undefined, 'a', 'a']],
            'array': ['<array><data><value>a</value></data></array>', [undefined, ['a'], ['a']]],
        };

        for (const [xml, expected] of Object.values(bodies)) {
            const body = new TextEncoder().encode(
                `<methodResponse><fault><value>${xml}</value></fault></methodResponse>`);
            const service = serveBody(body);
            const proxy = new XmlRpc.ServerProxy({uri: service.uri});
            const fault = await getError(() => proxy.remote.any());
            const multicall = new XmlRpc.Multicall({proxy});

            multicall.remote.any();
            const whole = await getError(() => multicall.run());
            for (const error of [fault, whole])
                assertEqual([error.faultCode, error.faultString, error.value], expected);
            service.disconnect();
        }
    },

    // The error of the C library keeps the fault in JavaScript.
    async errorsOfTheLibraryHaveTheValue() {
        const proxy = new XmlRpc.ServerProxy({uri: echoServer.uri});
        const params = GLib.Variant.new('(ss)', ['NotFound', 'a']);
        const error = await getError(() => proxy.call_async('fail', params, null, null));

        assertEqual(error.code, XmlRpc.FaultCode.OTHER_CODE);
        assertEqual(XmlRpc.fault_get_value(error).recursiveUnpack(), {faultCode: 'NotFound', faultString: 'a'});
        assertEqual(XmlRpc.fault_get_value(new GLib.Error(XmlRpc.fault_quark(), 1, 'a')), null);
    },

    async throwsHttpErrors() {
        const elsewhere = new XmlRpc.ServerProxy({uri: `${echoServer.uri}/elsewhere`}).remote;

        for (const func of [elsewhere.echo, elsewhere.echo.sync]) {
            const error = await getError(func);

            assertEqual(error instanceof XmlRpc.HttpError, true);
            assertEqual(error.code, 404);
            assertEqual(error.matches(XmlRpc.HttpError, XmlRpc.HttpError.NOT_FOUND), true);
        }
    },

    async throwsErrorsOfTheNetwork() {
        const nobody = new XmlRpc.ServerProxy({uri: 'http://127.0.0.1:1/'});
        const error = await getError(() => nobody.remote.echo(1));

        assertEqual(error.matches(Gio.IOErrorEnum, Gio.IOErrorEnum.CONNECTION_REFUSED), true);
    },

    async leavesTheLoopAlone() {
        const slow = startSlowServer();
        let ticks = 0;
        const source = GLib.timeout_add(GLib.PRIORITY_DEFAULT, 10, () => {
            ticks++;
            return GLib.SOURCE_CONTINUE;
        });

        assertEqual(await slow.remote.wait(1000), 'done');
        GLib.Source.remove(source);
        assertEqual(ticks > 2, true);
        slow.disconnect();
    },

    async callsManyAtOnce() {
        const numbers = Array.from({length: 100}, (_, i) => i);

        assertEqual(await Promise.all(numbers.map(n => remote.echo(n))), numbers);
    },

    async keepsPromisesAfterLargeReplies() {
        const item = {number: new GLib.Variant('i', 5), text: new GLib.Variant('s', 'ü'.repeat(300))};
        const items = new GLib.Variant('aa{sv}', Array.from({length: 20000}, () => item));
        const server = new XmlRpc.Server();
        const service = serve(server);
        const proxy = new XmlRpc.ServerProxy({uri: service.uri});

        server.addFunction('get', () => items);
        for (let i = 0; i < 20; i++)
            assertEqual((await proxy.remote.get()).length, 20000);
        service.disconnect();
    },

    async isCancelled() {
        const slow = startSlowServer();
        const cancellable = new Gio.Cancellable();

        GLib.timeout_add(GLib.PRIORITY_DEFAULT, 20, () => cancellable.cancel());
        const error = await getError(() => slow.remote.never(1, cancellable));

        assertEqual(error.matches(Gio.IOErrorEnum, Gio.IOErrorEnum.CANCELLED), true);
        slow.disconnect();
    },

    async isCancelledBefore() {
        const cancellable = new Gio.Cancellable();

        cancellable.cancel();
        for (const func of [remote.echo, remote.echo.sync]) {
            const error = await getError(() => func(1, cancellable));

            assertEqual(error.matches(Gio.IOErrorEnum, Gio.IOErrorEnum.CANCELLED), true);
        }
    },

    async cancellableIsNoParameter() {
        assertEqual(await remote.count_parameters(1, new Gio.Cancellable()), 1);
        await assertThrows(() => remote.count_parameters(new Gio.Cancellable(), 1),
            TypeError, 'params[0]: XML-RPC has no Gio_Cancellable');
    },

    async plainApiReturnsPromises() {
        const proxy = new XmlRpc.ServerProxy({uri: echoServer.uri});
        const params = new GLib.Variant('(s)', ['a']);
        const reply = await proxy.call_async('echo', params, new GLib.VariantType('s'), null);

        assertEqual(reply.deepUnpack(), 'a');
        assertEqual((await proxy.list_methods_async(null)).includes('echo'), true);
        assertEqual(await proxy.get_method_signature_async('echo', null), []);
        assertEqual(await proxy.get_method_help_async('echo', null), 'Returns its parameter.');
    },

    async multicall() {
        const multicall = new XmlRpc.Multicall({proxy: new XmlRpc.ServerProxy({uri: echoServer.uri})});

        assertEqual(multicall.remote.echo([new Date(2000, 0)]), 0);
        assertEqual(multicall.remote.fail(4, 'No.'), 1);
        assertEqual(multicall.remote.system.methodHelp('echo'), 2);

        for (const results of [await multicall.run(), multicall.runSync()]) {
            const fault = results[1];

            assertEqual(results.length, 3);
            assertEqual(results[0], [new Date(2000, 0)]);
            assertEqual(fault instanceof XmlRpc.Fault, true);
            assertEqual([fault.faultCode, fault.faultString], [4, 'No.']);
            assertEqual(results[2], 'Returns its parameter.');
        }
    },

    async multicallFails() {
        const uri = `${echoServer.uri}/elsewhere`;
        const multicall = new XmlRpc.Multicall({proxy: new XmlRpc.ServerProxy({uri})});

        await assertThrows(() => multicall.remote.echo(NaN), RangeError, 'params[0]: XML-RPC has no NaN');
        assertEqual(multicall.get_n_calls(), 0);

        multicall.remote.echo(1);
        for (const func of [() => multicall.run(), () => multicall.runSync()])
            assertEqual((await getError(func)).code, 404);
    },

    async multicallIsNotThere() {
        const server = new XmlRpc.Server();
        const service = serve(server);
        const multicall = new XmlRpc.Multicall({proxy: new XmlRpc.ServerProxy({uri: service.uri})});
        const cancellable = new Gio.Cancellable();

        server.max_multicall = 1;
        multicall.remote.a();
        multicall.remote.b();
        assertEqual(await getError(() => multicall.run()) instanceof XmlRpc.Fault, true);

        cancellable.cancel();
        const error = await getError(() => multicall.run(cancellable));
        assertEqual(error.matches(Gio.IOErrorEnum, Gio.IOErrorEnum.CANCELLED), true);
        service.disconnect();
    },

    async isCollected() {
        await assertCollected(async large => {
            const proxy = new XmlRpc.ServerProxy({uri: echoServer.uri});

            proxy.connect('message', () => large.length);
            assertEqual(await proxy.remote.echo(large.length), large.length);
        });
    },

    async isCollectedAtWork() {
        const slow = startSlowServer();
        const replies = [];

        for (let i = 0; i < 5; i++) {
            replies.push(new XmlRpc.ServerProxy({uri: slow.uri}).remote.wait(20));
            new XmlRpc.ServerProxy({uri: slow.uri}).remote.never().catch(() => {});
            new XmlRpc.Multicall({proxy: new XmlRpc.ServerProxy({uri: slow.uri})}).remote.wait(1);
            System.gc();
        }
        assertEqual(await Promise.all(replies), replies.map(() => 'done'));
        slow.disconnect();
    },

    async doubleTakesNumbers() {
        await assertThrows(() => new XmlRpc.Double('1'), TypeError, 'expected a number, got string');
        assertEqual(new XmlRpc.Double(1) + 1, 2);
    },

    async refusesWrongCalls() {
        const proxy = new XmlRpc.ServerProxy({uri: echoServer.uri});
        const message = 'method: expected text without NUL';

        await assertThrows(() => proxy.remote['echo\0'](1), TypeError, message);
        await assertThrows(() => proxy.remote['echo\0'].sync(1), TypeError, message);
        await assertThrows(() => new XmlRpc.Multicall({proxy}).remote['echo\0'](1), TypeError, message);
        await assertThrows(() => proxy.call('echo', new GLib.Variant('i', 1), null, null), GLib.Error,
            'params: expected a tuple, with a child for each parameter, got the type "i"');
        assertEqual(proxy.call('echo', new GLib.Variant('(s)', ['a']), new GLib.VariantType('*'), null).unpack(), 'a');
    },

    async sendsHeadersAndCredentials() {
        const uri = 'http://localhost/';
        const proxy = new XmlRpc.ServerProxy({
            uri: echoServer.uri, user: 'ada', password: 'x', headers: {'X-A': 'b', 'X-C': 'd'},
        });
        const heads = [];

        proxy.connect('message', (self, message) => {
            message.connect('wrote-headers', () => {
                heads.push(['X-A', 'X-C', 'Authorization'].map(name => message.request_headers.get_list(name)));
            });
        });
        assertEqual(await proxy.remote.echo(1), 1);
        proxy.add_header('X-A', 'e');
        proxy.set_header('X-C', null);
        proxy.set_property('user', 'bob');
        assertEqual(await proxy.remote.echo(1), 1);
        assertEqual(heads, [['b', 'd', 'Basic YWRhOng='], ['b, e', null, 'Basic Ym9iOng=']]);

        assertEqual(new XmlRpc.ServerProxy({uri, headers: [['A', '1'], ['A', '2']]}).get_headers().deepUnpack(),
            [['A', '1'], ['A', '2']]);
        await assertThrows(() => new XmlRpc.ServerProxy({uri, user: 'a:b'}).check_settings(), GLib.Error,
            'user: expected a name without a colon, which separates it from the password in HTTP');
        await assertThrows(() => proxy.set_header('Host', 'x'), GLib.Error, 'headers: Host is set by HTTP itself');
        await assertThrows(() => new XmlRpc.ServerProxy(uri), TypeError,
            "expected an object with properties, such as {uri: '...'}, got string");
        await assertThrows(() => new XmlRpc.ServerProxy({uri: 'http://a/\0'}), TypeError,
            'uri: expected text without NUL');
        await assertThrows(() => new XmlRpc.ServerProxy({uri, headers: {A: 5}}), TypeError,
            'headers: expected a string, got number');
        for (const headers of [['ab'], [['a', 'b', 'c']], [['a']], 'ab'])
            assertEqual((await getError(() => new XmlRpc.ServerProxy({uri, headers}))) instanceof TypeError, true);
        assertEqual(new XmlRpc.ServerProxy({uri, headers: new Map([['A', '1']])}).get_headers().deepUnpack(), [['A', '1']]);
        await assertThrows(() => proxy.set_password('a\0'), TypeError, 'set_password: expected text without NUL');
    },

    async classesCanBeDerived() {
        const Blog = GObject.registerClass(class Blog extends XmlRpc.ServerProxy {
            constructor(name, properties) {
                super(properties);
                this.blogName = name;
                this.methods = [];
            }

            vfunc_message(message) {
                this.methods.push(message.get_method());
            }

            vfunc_http_error(message) {
                this.status = message.get_status();
            }

            echoName() {
                return this.remote.echo(this.blogName);
            }
        });
        const blog = new Blog('cats', {uri: echoServer.uri, timeout: 30000});
        const lost = new Blog('cats', {uri: `${echoServer.uri}/nowhere`});

        assertEqual(await blog.echoName(), 'cats');
        assertEqual(blog.remote.echo.sync(5), 5);
        assertEqual(blog.methods, ['POST', 'POST']);
        assertEqual((await getError(() => lost.echoName())).code, 404);
        assertEqual(lost.status, 404);

        const Plain = GObject.registerClass(class Plain extends XmlRpc.ServerProxy {});

        assertEqual(await new Plain({uri: echoServer.uri}).remote.echo('a'), 'a');
        await assertThrows(() => new Plain({uri: 'gopher://localhost'}).check_settings(), GLib.Error,
            'invalid URI: expected http, https, http+unix, scgi or scgi+unix, got "gopher"');
    },

    isTheSameImportedEitherWay() {
        assertEqual(imports.gi.XmlRpc.Fault === XmlRpc.Fault, true);
        assertEqual(Object.hasOwn(imports.gi.XmlRpc.ServerProxy.prototype, 'remote'), true);
    },
};

const isGood = await run(tests);

echoServer.stop();
exit(isGood);
