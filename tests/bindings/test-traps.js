// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What programs in JavaScript write by mistake, or expect to do something else.

import Gio from 'gi://Gio';
import Soup from 'gi://Soup?version=3.0';
import XmlRpc from 'gi://XmlRpc?version=1.0';

import {assertEqual, assertThrows, exit, getError, run, serve} from './harness.js';

const URI = 'http://127.0.0.1:1/';

// Calls whatever the test calls, and returns the names.
async function recordCalls(test) {
    const server = new XmlRpc.Server();
    const names = [];

    for (const name of ['m', 'call', 'm.call', 'm.apply', 'm.bind', 'm.valueOf', 'm.toString', 'm.sync', 'm.then',
        'm.method', 'valueOf', 'then', 'toJSON', 'method', 'sync', 'toString', '__proto__', 'constructor']) {
        server.addFunction(name, (...params) => {
            names.push(`${name}(${params})`);
            return name;
        });
    }
    const service = serve(server);
    const proxy = new XmlRpc.ServerProxy({uri: service.uri, timeout: 60000});

    await test(proxy);
    // What was called unseen has arrived before this one.
    await proxy.remote.m('end');
    service.disconnect();
    return names.slice(0, -1);
}

const refusedProperties = [
    ['timeout', [true, '5', null, undefined, {}], TypeError],
    ['timeout', [1.5, -1, NaN, Infinity, 2 ** 32, 2n ** 64n], RangeError],
    ['max_response_size', [true, '5', null], TypeError],
    ['max_response_size', [0.5, -1, 2 ** 53], RangeError],
    ['max_values', [true, '5', null], TypeError],
    ['max_values', [0.5, -1, 2 ** 32], RangeError],
    ['idempotent', [1, 'true', null, undefined], TypeError],
    ['authenticate_on_demand', [0, ''], TypeError],
    ['user', [5, true, 'a\0b', '\ud800'], TypeError],
    ['password', [5, 'a\0', 'a\udc00'], TypeError],
    ['headers', [5, 'a', ['ab'], [['a']], {a: 5}, {a: 'b\0'}, {a: null}], TypeError],
];

const refusedServerProperties = [
    ['max_request_size', [true, '5'], TypeError],
    ['request_timeout', [1.5, -1, 2 ** 32], RangeError],
    ['max_multicall', [true, null], TypeError],
    ...['max_values', 'max_connections', 'max_threads', 'max_queued_calls', 'write_timeout', 'idle_timeout', 'max_response_size', 'max_response_backlog'].flatMap(name => [
        [name, [true, '5', null], TypeError],
        [name, [0.5, -1, NaN, 2 ** 53], RangeError],
    ]),
    ...['introspection', 'access_log', 'status_method', 'documentation'].map(name => [name, [1, 'yes', null], TypeError]),
    ...['documentation_title', 'documentation_text'].map(name => [name, [5, 'a\0b'], TypeError]),
];

function toCamel(name) {
    return name.replace(/_(.)/g, (match, letter) => letter.toUpperCase());
}

async function checkRefused(Class, properties, cases) {
    for (const [name, values, ErrorClass] of cases) {
        for (const value of values) {
            for (const spelling of [name, toCamel(name), name.replace(/_/g, '-')]) {
                const object = new Class(properties);

                for (const func of [
                    () => new Class({...properties, [spelling]: value}),
                    () => {
                        object[spelling] = value;
                    },
                    () => object[`set_${name}`](value),
                ]) {
                    const error = await getError(func);

                    assertEqual([name, value, error.constructor.name], [name, value, ErrorClass.name]);
                    assertEqual(error.message.includes(': expected '), true);
                }
            }
        }
    }
}

const tests = {
    async refusesPropertiesOfOtherTypes() {
        await checkRefused(XmlRpc.ServerProxy, {uri: URI}, refusedProperties);
        await checkRefused(XmlRpc.Server, {}, refusedServerProperties);
        for (const value of [5, 'a\0b', '\ud800'])
            await assertThrowsType(() => new XmlRpc.ServerProxy({uri: value}));
        for (const value of [5, 'a', null]) {
            await assertThrowsType(() => new XmlRpc.ServerProxy(value));
            await assertThrowsType(() => new XmlRpc.Server(value));
        }
        assertEqual((await getError(() => new XmlRpc.ServerProxy({url: URI}))).message,
            'No property url on XmlRpcServerProxy');
    },

    takesPropertiesInAnySpelling() {
        for (const name of ['max_response_size', 'maxResponseSize', 'max-response-size']) {
            const proxy = new XmlRpc.ServerProxy({uri: URI, [name]: 5});

            assertEqual([proxy.max_response_size, proxy.maxResponseSize, proxy['max-response-size']], [5, 5, 5]);
            proxy[name] = 7;
            assertEqual(proxy.get_max_response_size(), 7);
        }
    },

    takesPropertiesAsTheyAre() {
        const proxy = new XmlRpc.ServerProxy({uri: URI, timeout: 0, user: 'a', idempotent: true, headers: null});
        const notified = [];

        proxy.connect('notify::timeout', () => notified.push(proxy.timeout));
        proxy.timeout = 5;
        proxy.set_timeout(6);
        proxy.set_property('timeout', 7);
        assertEqual(notified, [5, 6, 7]);

        assertEqual([proxy.user, proxy.idempotent, proxy.uri], ['a', true, URI]);
        proxy.user = null;
        proxy.headers = {A: '1'};
        assertEqual([proxy.user, proxy.headers.deepUnpack()], [null, [['A', '1']]]);
        proxy.headers = null;
        assertEqual(proxy.headers, null);

        const server = new XmlRpc.Server({maxMulticall: 3, introspection: false, requestTimeout: 9});
        assertEqual([server.max_multicall, server.introspection, server.request_timeout], [3, false, 9]);

        const shown = new XmlRpc.Server({maxThreads: 2, statusMethod: true, documentation: true, documentationTitle: 'a'});
        assertEqual([shown.max_threads, shown.status_method, shown.access_log, shown.documentation,
            shown.documentation_title, shown.documentation_text], [2, true, false, true, 'a', null]);
        assertEqual(shown.get_status().recursiveUnpack().calls, 0);
    },

    async refusesWhatOnlyTheConstructorSets() {
        const proxy = new XmlRpc.ServerProxy({uri: URI});

        await assertThrows(() => {
            proxy.uri = 'http://127.0.0.1:2/';
        }, TypeError, 'uri: only the constructor can set it');
        await assertThrows(() => {
            proxy.session = new Soup.Session();
        }, TypeError, 'session: only the constructor can set it');
    },

    async hasRemoteMethodsOfAnyName() {
        const names = await recordCalls(async ({remote}) => {
            assertEqual(await remote.m.call(1), 'm.call');
            assertEqual(await remote.m.apply(null, [1]), 'm.apply');
            assertEqual(await remote.m.bind(), 'm.bind');
            assertEqual(await remote.m.method(), 'm.method');
            for (const name of ['call', 'm.call', 'm.then', 'm.sync', 'm.toString', 'm.valueOf', 'then', 'toJSON',
                'method', 'sync', 'toString', '__proto__', 'constructor']) {
                assertEqual(await remote.method(name)(1), name);
                assertEqual(remote.method(name).toString(), `[remote method ${name}]`);
            }
        });

        assertEqual(names, ['m.call(1)', 'm.apply(,1)', 'm.bind()', 'm.method()', 'call(1)', 'm.call(1)',
            'm.then(1)', 'm.sync(1)', 'm.toString(1)', 'm.valueOf(1)', 'then(1)', 'toJSON(1)', 'method(1)', 'sync(1)',
            'toString(1)', '__proto__(1)', 'constructor(1)']);
    },

    async hasRemoteMethodsOfMulticalls() {
        assertEqual(await recordCalls(async proxy => {
            const multicall = XmlRpc.Multicall.new(proxy);

            assertEqual(multicall.remote.method('then')(1), 0);
            assertEqual(multicall.remote.m.call(2), 1);
            assertEqual(await multicall.run(), ['then', 'm.call']);
        }), ['then(1)', 'm.call(2)']);
    },

    async refusesNamesOfOtherTypes() {
        const {remote} = new XmlRpc.ServerProxy({uri: URI});

        for (const [name, got] of [[5, 'number'], [undefined, 'undefined'], [Symbol('s'), 'symbol'], ['', 'an empty string']]) {
            await assertThrows(() => remote.method(name), TypeError,
                `remote.method(): expected the name of a method, got ${got}`);
        }
        assertEqual((await getError(() => remote[Symbol('s')]())).constructor.name, 'TypeError');
        for (const name of ['a\0', '\ud800']) {
            await assertThrowsType(() => remote.method(name));
            await assertThrowsType(() => remote[name]());
            await assertThrowsType(() => remote[name].sync());
        }
        await assertThrows(() => {
            remote.m.call = 5;
        }, TypeError, 'remote: cannot set call, for its properties are the methods of the server');
    },

    async callsNothingUnseen() {
        assertEqual(await recordCalls(async ({remote}) => {
            assertEqual(`${remote.m}${remote}`, '[remote method m][remote method ]');
            assertEqual(remote.m + '', '[remote method m]');
            assertEqual(String(remote.m), '[remote method m]');
            assertEqual(Number(remote.m), NaN);
            assertEqual(remote.m == 'a', false); // eslint-disable-line eqeqeq
            assertEqual(remote.m < 5, false);
            assertEqual(JSON.stringify({a: remote, b: remote.m, c: [remote.m]}), '{"c":[null]}');
            assertEqual(Object.keys(remote.m), []);
            assertEqual(remote.m instanceof Promise, false);
            await remote;
            await remote.m;
            await Promise.all([remote.m]);
            console.log(remote.m);
            assertEqual((await getError(() => [...remote.m])).constructor.name, 'TypeError');
            assertEqual((await getError(() => new remote.m())).constructor.name, 'TypeError');
            assertEqual(await Reflect.apply(remote.m, null, [1, 2]), 'm');
        }), ['m(1,2)']);
    },

    async refusesWrongServers() {
        const server = new XmlRpc.Server();
        const http = new Soup.Server();

        await assertThrows(() => server.attach(http, 'RPC2'), TypeError,
            'path: expected a slash first, as in "/RPC2", got "RPC2"');
        for (const path of ['', 5, '/a\0b', undefined])
            assertEqual((await getError(() => server.attach(http, path))) instanceof Error, true);
        await assertThrows(() => server.addFunction(() => 1, 'a'), TypeError,
            'method name: expected a string, got function');
        for (const func of ['a', null, undefined, {}]) {
            for (const add of [() => server.addFunction('a', func), () => server.add_method('a', null, null, func),
                () => server.add_method_full('a', null, null, 0, func)])
                await assertThrowsType(add);
        }
        await assertThrows(() => server.addFunction('a', () => 1, {signatures: 'int,int'}), TypeError,
            'a: signatures: expected an array of strings, got string');
        await assertThrows(() => server.addFunction('a', () => 1, {signatures: [5]}), TypeError,
            'a: signature: expected a string, got number');
        await assertThrows(() => server.addFunction('a', () => 1, {help: 5}), TypeError,
            'a: help: expected a string, got number');
        assertEqual(server.remove_method('a'), false);
    },

    // GJS would pass the text up to its NUL.
    async refusesTextsThatWouldBeCut() {
        const proxy = new XmlRpc.ServerProxy({uri: URI});
        const multicall = XmlRpc.Multicall.new(proxy);
        const server = new XmlRpc.Server();

        server.addFunction('a', () => 1);
        for (const name of ['a\0b', 'a\ud800', 5, null]) {
            for (const call of [
                () => proxy.call(name, null, null, null),
                () => proxy.call_async(name, null, null, null),
                () => proxy.call_full(name, null, null, 0, -1, null),
                () => proxy.call_full_async(name, null, null, 0, -1, null),
                () => proxy.call_json(name, '[]', null),
                () => proxy.call_json_full_async(name, '[]', 0, -1, null),
                () => proxy.get_method_help(name, null),
                () => proxy.get_method_signature_async(name, null),
                () => multicall.add(name, null),
                () => server.remove_method(name),
                () => XmlRpc.encode_call(name, null),
                () => XmlRpc.encode_fault(5, name),
            ])
                await assertThrowsType(call);
        }
        assertEqual([multicall.get_n_calls(), server.remove_method('a')], [0, true]);
    },

    async checksTheTimeoutOfOneCall() {
        const proxy = new XmlRpc.ServerProxy({uri: URI});
        const multicall = XmlRpc.Multicall.new(proxy);

        multicall.remote.a();
        for (const [timeout, ErrorClass] of [[true, TypeError], ['5', TypeError], [undefined, TypeError],
            [1.5, RangeError], [-2, RangeError], [2 ** 31, RangeError], [NaN, RangeError]]) {
            for (const call of [
                () => proxy.call_full('a', null, null, 0, timeout, null),
                () => proxy.call_full_async('a', null, null, 0, timeout, null),
                () => proxy.call_json_full('a', '[]', 0, timeout, null),
                () => proxy.call_json_full_async('a', '[]', 0, timeout, null),
                () => multicall.execute_full(0, timeout, null),
                () => multicall.execute_full_async(0, timeout, null),
            ])
                assertEqual((await getError(call)).constructor.name, ErrorClass.name);
        }
        for (const timeout of [-1, 0, 60000]) {
            for (const call of [
                () => proxy.call_full_async('a', null, null, 0, timeout, null),
                () => proxy.call_json_full_async('a', '[]', 0, timeout, null),
                () => multicall.execute_full_async(0, timeout, null),
            ])
                assertEqual((await getError(call)).matches(Gio.IOErrorEnum, Gio.IOErrorEnum.CONNECTION_REFUSED), true);
        }
    },

    // The same as libsoup's, which a program in JavaScript uses to listen.
    async tellsThatAPortIsInUse() {
        const [first, second] = [new Soup.Server(), new Soup.Server()];

        first.listen_local(0, Soup.ServerListenOptions.IPV4_ONLY);
        const port = first.get_uris()[0].get_port();
        const error = await getError(() => second.listen_local(port, Soup.ServerListenOptions.IPV4_ONLY));

        assertEqual(error.matches(Gio.IOErrorEnum, Gio.IOErrorEnum.ADDRESS_IN_USE), true);
        first.disconnect();
    },

    async checksFaultsWhenMade() {
        for (const code of [4.5, NaN, Infinity, 2 ** 31, -(2 ** 31) - 1, 5n, null, undefined, true, {}, Symbol('s')])
            assertEqual((await getError(() => new XmlRpc.Fault(code, 'a'))).constructor.name, 'RangeError');
        for (const text of [5, null, {}, [], Symbol('s'), 5n]) {
            const error = await getError(() => new XmlRpc.Fault(1, text));

            assertEqual(error.constructor.name, 'TypeError');
            assertEqual(error.message.startsWith('faultString: expected a string, got '), true);
        }
        for (const [code, inC] of [[5, 5], [-(2 ** 31), -(2 ** 31)], [2 ** 31 - 1, 2 ** 31 - 1], ['404', 404],
            ['Gone', XmlRpc.FaultCode.OTHER_CODE], ['\ud800', XmlRpc.FaultCode.OTHER_CODE]]) {
            const fault = new XmlRpc.Fault(code, 'a');

            assertEqual([fault.faultCode, fault.faultString, fault.value], [code, 'a', {faultCode: code, faultString: 'a'}]);
            assertEqual(fault.matches(XmlRpc.fault_quark(), inC), true);
        }
        assertEqual(new XmlRpc.Fault(5).faultString, '');
    },

    // Depths that would end the engine's stack, and numbers whose digits would take minutes.
    async refusesWhatIsTooLarge() {
        const {remote} = new XmlRpc.ServerProxy({uri: URI});
        let deep = [];

        for (let i = 0; i < 100000; i++)
            deep = i % 2 ? [deep] : {a: deep};
        const error = await getError(() => remote.m(deep));

        assertEqual(error.matches(XmlRpc.Error, XmlRpc.Error.LIMIT_EXCEEDED), true);
        assertEqual(error.message.endsWith(': arrays and structs nested more than 40 deep'), true);
        await assertThrows(() => remote.m({a: 10n ** 100000n}), RangeError,
            'params[0].a: a BigInt of more than 128 bits does not fit 64 bits');
        await assertThrows(() => remote.m({['a'.repeat(1e6)]: NaN}), RangeError,
            `params[0]["${'a'.repeat(100)}… (1000000 characters)"]: XML-RPC has no NaN`);
    },
};

async function assertThrowsType(func) {
    const error = await getError(func);

    assertEqual([error.constructor.name, error.message.includes('expected ')], ['TypeError', true]);
}

exit(await run(tests));
