// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What functions and objects of a program are to a server: which are methods, what they know
// of the call, and what becomes of what they yield.

import Gio from 'gi://Gio';
import GLib from 'gi://GLib';
import GObject from 'gi://GObject';
import XmlRpc from 'gi://XmlRpc?version=1.0';

import {assertEqual, assertThrows, exit, getError, run, serve, sleep} from './harness.js';
import * as harness from './harness.js';

async function withServer(add, test, properties = {}) {
    const server = new XmlRpc.Server(properties);
    const service = serve(server);

    await add(server);
    await test(new XmlRpc.ServerProxy({uri: service.uri}), server);
    service.disconnect();
}

async function listOwn(proxy) {
    return (await proxy.server.listMethods()).filter(name => !name.startsWith('system.'));
}

class Base {
    inherited() {
        return ['Base', this.number];
    }
}

class Shop extends Base {
    #hidden = () => 1;
    arrow = () => this.number;
    notAFunction = 5;
    _field = () => 1;

    constructor(number) {
        super();
        this.number = number;
    }

    take(count) {
        this.number -= count;
        return [this.number, this.#hidden()];
    }

    static create() {
        return 1;
    }

    get getter() {
        throw new Error('called');
    }

    _private() {}

    'with.dot'() {}

    ['__proto__']() {}

    [Symbol.iterator]() {}

    who(invocation, a) {
        return [invocation.get_method_name?.() ?? invocation, this.number, a ?? null];
    }
}

const Watched = GObject.registerClass({
    GTypeName: 'FunctionsWatched',
    Properties: {number: GObject.ParamSpec.int('number', null, null, GObject.ParamFlags.READWRITE, 0, 9, 5)},
}, class Watched extends Gio.Application {
    tell() {
        return this.number;
    }

    vfunc_activate() {}

    on_shutdown() {}
});

const tests = {
    async addsFunctions() {
        const functions = {add: (a, b) => a + b, 'text.upper': text => text.toUpperCase(), _hidden: () => 1};

        await withServer(server => {
            server.addFunctions(functions);
            server.addFunctions(new Map([['b', () => 2]]), {prefix: 'in'});
            server.addFunctions({c() {
                return this.get_method_name();
            }}, {prefix: 'in.'});
        }, async proxy => {
            assertEqual(await listOwn(proxy), ['add', 'in.b', 'in.c', 'text.upper']);
            assertEqual(await proxy.remote.add(2, 3), 5);
            assertEqual(await proxy.remote.text.upper('a'), 'A');
            assertEqual(await proxy.remote.in.c(), 'in.c');
        });
    },

    async addsModules() {
        await withServer(server => server.addFunctions(harness, {prefix: 'm'}), async proxy => {
            assertEqual((await listOwn(proxy)).includes('m.show'), true);
            assertEqual(await proxy.remote.m.show('a'), '"a"');
        });
    },

    async addsObjects() {
        const shop = new Shop(10);

        await withServer(server => server.addObject(shop), async proxy => {
            assertEqual(await listOwn(proxy), ['arrow', 'inherited', 'take', 'who']);
            assertEqual(await proxy.remote.take(3), [7, 1]);
            assertEqual(await proxy.remote.arrow(), 7);
            assertEqual(await proxy.remote.inherited(), ['Base', 7]);
            assertEqual(await proxy.remote.who('me'), ['me', 7, null]);
            for (const name of ['_private', 'constructor', 'with.dot', 'getter', 'create', 'toString', 'take.call',
                'hasOwnProperty', '__proto__', 'number', '_field'])
                assertEqual((await getError(() => proxy.remote.method(name)())).faultCode, -32601);
        });
        await withServer(server => server.addObject(shop, {prefix: 'shop', passInvocation: true}), async proxy => {
            assertEqual(await proxy.remote.shop.who(1), ['shop.who', 7, 1]);
        });
    },

    // What GObject and JavaScript have themselves is not of the program.
    async addsNothingThatIsNotOfTheProgram() {
        for (const [object, names] of [
            [new Watched(), ['tell']],
            [new class Own extends Map {
                own() {}
            }(), ['own']],
            [new class Own extends Error {
                own() {}
            }(), ['own']],
            [{own() {}, _other() {}}, ['own']],
            [Object.assign(Object.create(null), {own() {}}), ['own']],
        ]) {
            await withServer(server => server.addObject(object), async proxy => {
                assertEqual(await listOwn(proxy), names);
            });
        }
    },

    async refusesWhatHasNoFunctions() {
        const server = new XmlRpc.Server();

        for (const value of [5, null, undefined, 'a', () => 1]) {
            assertEqual((await getError(() => server.addObject(value))).constructor.name, 'TypeError');
            assertEqual((await getError(() => server.addFunctions(value))).constructor.name, 'TypeError');
        }
        await assertThrows(() => server.addFunctions([() => 1]), TypeError,
            'addFunctions: expected an object with functions, got an array');
        await assertThrows(() => server.addFunctions({a: 5}), TypeError, 'expected a function for a, got number');
        await assertThrows(() => server.addFunctions(new Map([[5, () => 1]])), TypeError,
            'method name: expected a string, got number');
        await assertThrows(() => server.addObject(new Map()), TypeError,
            'addObject: the object has no methods that can be added');
        await assertThrows(() => server.addFunction('a', () => 1, {passInvocation: 1}), TypeError,
            'a: passInvocation: expected true or false, got number');
    },

    async passesInvocations() {
        await withServer(server => {
            server.addFunction('arrow', (invocation, a, b) => [invocation.get_method_name(), a, b], {passInvocation: true});
            server.addFunction('later', async ({headers, clientAddress}, name) => {
                await sleep(1);
                return [headers.get(name) ?? null, headers.has(name.toUpperCase()), clientAddress];
            }, {passInvocation: true});
            server.addFunction('both', function (invocation) {
                return this === invocation;
            }, {passInvocation: true});
            server.addFunction('names', ({headers}) => [...headers.keys()].includes('content-type'), {passInvocation: true});
        }, async proxy => {
            proxy.headers = [['X-A', '1'], ['X-A', '2']];
            assertEqual(await proxy.remote.arrow(1, 2), ['arrow', 1, 2]);
            assertEqual(await proxy.remote.later('x-a'), ['1, 2', true, '127.0.0.1']);
            assertEqual(await proxy.remote.later('X-None'), [null, false, '127.0.0.1']);
            assertEqual([await proxy.remote.both(), await proxy.remote.names()], [true, true]);
        });
    },

    async tellsTheAddressBehindProxies() {
        await withServer(server => {
            server.addFunction('who', ({clientAddress}) => clientAddress, {passInvocation: true});
        }, async proxy => {
            proxy.headers = {'X-Forwarded-For': '203.0.113.7'};
            assertEqual(await proxy.remote.who(), '203.0.113.7');
        }, {trustedProxies: ['127.0.0.1']});
    },

    async invocationsWithoutHttpKnowNobody() {
        const server = new XmlRpc.Server();

        server.addFunction('who', ({clientAddress, user, headers}) => [clientAddress, user, headers.size], {passInvocation: true});
        const response = await server.handle_async(XmlRpc.encode_call('who', null), null);
        assertEqual(XmlRpc.decode_response(response, null).recursiveUnpack(), [null, null, 0]);
    },

    async collectsWhatIsYielded() {
        await withServer(server => {
            server.addFunctions({
                * count(n) {
                    for (let i = 0; i < n; i++)
                        yield i;
                },
                async* slowly(n) {
                    for (let i = 0; i < n; i++) {
                        await sleep(1);
                        yield {i};
                    }
                },
                promised: async () => (await sleep(1), new Set('ab').values()),
                iterable: () => ({async* [Symbol.asyncIterator]() {
                    yield Promise.resolve(1);
                }}),
                empty: async function* () {},
                nested: () => [[1].values()],
            });
        }, async ({remote}) => {
            assertEqual(await remote.count(3), [0, 1, 2]);
            assertEqual(await remote.slowly(2), [{i: 0}, {i: 1}]);
            assertEqual(await remote.promised(), ['a', 'b']);
            assertEqual(await remote.iterable(), [1]);
            assertEqual(await remote.empty(), []);
            assertEqual(await remote.nested(), [[1]]);
        });
    },

    async whatGeneratorsThrowIsAnswered() {
        await withServer(server => {
            server.addFunctions({
                * fault() {
                    yield 1;
                    throw new XmlRpc.Fault(4, 'No more.');
                },
                async* error() {
                    yield 1;
                    throw new RangeError('a');
                },
                * unsendable() {
                    yield NaN;
                },
            });
        }, async ({remote}) => {
            for (const [name, code, text] of [['fault', 4, 'No more.'], ['error', -32500, 'RangeError: a'],
                ['unsendable', -32603, 'result[0]: XML-RPC has no NaN']]) {
                const fault = await getError(() => remote[name]());

                assertEqual([fault.faultCode, fault.faultString], [code, text]);
            }
        });
    },
};

exit(await run(tests));
