// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Whatever a function of a server does, its client gets an answer. A client that got none
// would fail by its timeout.

import GLib from 'gi://GLib';
import XmlRpc from 'gi://XmlRpc?version=1.0';

import {assertEqual, exit, getError, run, serve, sleep} from './harness.js';

const TIMEOUT = 60000;
const {APPLICATION_ERROR, INTERNAL_ERROR, INVALID_PARAMS} = XmlRpc.FaultCode;

async function withServer(test, server = new XmlRpc.Server()) {
    const service = serve(server);

    await test(new XmlRpc.ServerProxy({uri: service.uri, timeout: TIMEOUT}), server);
    service.disconnect();
}

// The code and the text of the fault that a call is answered with.
async function getFault(call) {
    const {faultCode, faultString} = await getError(call);

    return [faultCode, faultString];
}

function makeHostile() {
    return new Proxy({}, {
        get() {
            throw new Error('get');
        },
        getPrototypeOf() {
            throw new Error('getPrototypeOf');
        },
    });
}

function makeError(properties) {
    return Object.defineProperties(new Error('a'), properties);
}

function fail() {
    throw new Error('inner');
}

function makeFault(properties) {
    return Object.assign(new XmlRpc.Fault(4, 'a'), properties);
}

const NO_TEXT = 'an error that has no text';

// What is thrown, and what the client gets for it.
const thrown = [
    [() => new Error('b'), APPLICATION_ERROR, 'Error: b'],
    [() => Symbol('s'), APPLICATION_ERROR, 'Symbol(s)'],
    [() => undefined, APPLICATION_ERROR, 'undefined'],
    [() => null, APPLICATION_ERROR, 'null'],
    [() => 5n, APPLICATION_ERROR, '5'],
    [() => 10n ** 100000n, APPLICATION_ERROR, 'a BigInt of more than 128 bits'],
    [() => '', APPLICATION_ERROR, ''],
    [() => ({a: 1}), APPLICATION_ERROR, '[object Object]'],
    [() => Object.create(null), APPLICATION_ERROR, NO_TEXT],
    [() => ({toString: fail}), APPLICATION_ERROR, NO_TEXT],
    [() => ({toString: () => ({})}), APPLICATION_ERROR, NO_TEXT],
    [() => makeError({message: {get: fail}}), APPLICATION_ERROR, NO_TEXT],
    [() => makeError({message: {value: Symbol('s')}}), APPLICATION_ERROR, NO_TEXT],
    [() => makeError({stack: {get: fail}}), APPLICATION_ERROR, 'Error: a'],
    [() => makeHostile(), APPLICATION_ERROR, NO_TEXT],
    [() => new Error('\ud800a\0b\u0001'), APPLICATION_ERROR, 'Error: \ufffda\ufffdb\ufffd'],
    [() => new Error('x'.repeat(1e6)), APPLICATION_ERROR, `Error: ${'x'.repeat(9993)}`],
    [() => new GLib.Error(XmlRpc.Error, XmlRpc.Error.INVALID_VALUE, 'c'), APPLICATION_ERROR, 'XmlRpc.Error: c'],
    [() => new XmlRpc.Fault(4.5, 'a'), APPLICATION_ERROR,
        'RangeError: faultCode: expected an integer of 32 bits, got 4.5'],
    [() => new XmlRpc.Fault(5, {}), APPLICATION_ERROR, 'TypeError: faultString: expected a string, got object'],
    [() => new XmlRpc.Fault(5), 5, ''],
    [() => new XmlRpc.Fault(5, '\ud800a\0'), 5, '\ufffda\ufffd'],
    [() => new XmlRpc.Fault(5, 'a', {page: 2n ** 64n}), 5, 'a'],
    [() => new XmlRpc.Fault(5, 'a', {get page() {
        throw Symbol('s');
    }}), APPLICATION_ERROR, 'Symbol(s)'],
    [() => makeFault({faultString: Symbol('s')}), 4, 'a'],
    [() => makeFault({value: makeHostile()}), 4, 'a'],
    [() => makeFault({value: {a: {get b() {
        return fail();
    }}}}), 4, 'a'],
    [() => makeFault({message: Symbol('s'), value: {a: NaN}}), 4, 'Symbol(s)'],
];

// What is returned that cannot be sent.
const returned = [
    [() => ({get a() {
        throw new Error('b');
    }}), 'b'],
    [() => ({get a() {
        throw Symbol('s');
    }}), 'Symbol(s)'],
    [() => ({get a() {
        throw null; // eslint-disable-line no-throw-literal
    }}), 'null'],
    [() => ({a: [2n ** 64n]}), 'result.a[0]: 18446744073709551616 does not fit 64 bits'],
    [() => 10n ** 100000n, 'result: a BigInt of more than 128 bits does not fit 64 bits'],
    [() => Symbol('s'), 'result: XML-RPC has no symbol'],
    [() => new Proxy({}, {getPrototypeOf: fail}), 'inner'],
    [() => Object.defineProperty(new WeakMap(), 'constructor', {get: fail}), 'inner'],
    [() => new (class extends WeakMap {
        static name = Symbol('s');
    })(), 'result: XML-RPC has no such object'],
    [() => ({['x'.repeat(1000)]: NaN}), `result["${'x'.repeat(100)}… (1000 characters)"]: XML-RPC has no NaN`],
    [() => new WeakMap(), 'result: XML-RPC has no WeakMap'],
];

const tests = {
    async answersWhatIsThrown() {
        await withServer(async ({remote}, server) => {
            for (const [make, code, text] of thrown) {
                const throwIt = () => {
                    throw make();
                };
                const functions = {
                    a: throwIt,
                    b: async () => throwIt(),
                    c: () => ({then: throwIt}),
                    d: () => new Promise(resolve => GLib.idle_add(GLib.PRIORITY_DEFAULT, () => {
                        resolve(Promise.resolve().then(throwIt));
                        return GLib.SOURCE_REMOVE;
                    })),
                };

                for (const [name, func] of Object.entries(functions)) {
                    server.addFunction(name, func);
                    assertEqual(await getFault(() => remote[name]()), [code, text]);
                    server.add_method(name, null, null, () => func());
                    assertEqual(await getFault(() => remote[name]()), [code, text]);
                    server.add_method_full(name, null, null, XmlRpc.MethodFlags.NONE, () => func());
                    assertEqual(await getFault(() => remote[name]()), [code, text]);
                }
            }
        });
    },

    async answersWhatCannotBeSent() {
        await withServer(async ({remote}, server) => {
            for (const [make, text] of returned) {
                server.addFunction('a', make);
                server.addFunction('b', async () => make());
                assertEqual(await getFault(() => remote.a()), [INTERNAL_ERROR, text]);
                assertEqual(await getFault(() => remote.b()), [INTERNAL_ERROR, text]);
            }
            server.addFunction('a', () => '\ud800');
            assertEqual((await getFault(() => remote.a()))[0], INTERNAL_ERROR);
        });
    },

    async answersThenables() {
        await withServer(async ({remote}, server) => {
            server.addFunction('resolves', () => ({then: resolve => resolve([1])}));
            server.addFunction('rejects', () => ({then: (resolve, reject) => reject(new XmlRpc.Fault(3, 'c'))}));
            server.addFunction('getter', () => ({
                get then() {
                    return fail();
                },
            }));
            server.addFunction('member', () => ({then: 5}));

            assertEqual(await remote.resolves(), [1]);
            assertEqual(await getFault(() => remote.rejects()), [3, 'c']);
            assertEqual(await getFault(() => remote.getter()), [APPLICATION_ERROR, 'Error: inner']);
            assertEqual(await remote.member(), {then: 5});
        });
    },

    // An array is not asked for an iterator of its own, which might never end.
    async doesNotIterate() {
        await withServer(async ({remote}, server) => {
            server.addFunction('a', () => Object.assign([1, 2], {
                *[Symbol.iterator]() {
                    for (let i = 0; i < 5; i++)
                        yield i;
                },
            }));
            assertEqual(await remote.a(), [1, 2]);
        });
    },

    async answersOnce() {
        await withServer(async ({remote}, server) => {
            server.add_method('a', null, null, (self, invocation) => {
                invocation.return_value(new GLib.Variant('i', 1));
                throw new Error('after');
            });
            server.addFunction('b', function () {
                this.return_value(new GLib.Variant('i', 2));
                throw new Error('after');
            });
            server.addFunction('c', function () {
                this.return_fault_literal(3, 'c');
            });

            assertEqual(await remote.a(), 1);
            assertEqual(await remote.b(), 2);
            assertEqual(await getFault(() => remote.c()), [3, 'c']);
        });
    },

    // Nothing else happens in this process that would make it collect garbage.
    async answersForThoseThatForget() {
        const server = new XmlRpc.Server();
        const finished = [];

        server.connect('call-finished', (self, invocation) => finished.push(invocation.get_method_name()));
        await withServer(async ({remote}) => {
            server.add_method('a', null, null, () => 5);
            server.add_method('b', null, null, async () => {
                await sleep(1);
            });
            server.add_method('c', null, null, (self, invocation) => {
                invocation.note = () => invocation;
            });
            for (const name of ['a', 'b', 'c']) {
                assertEqual(await getFault(() => remote[name]()),
                    [INTERNAL_ERROR, `The method ${name} did not respond`]);
            }
        }, server);
        assertEqual(finished, ['a', 'b', 'c']);
    },

    async letsMethodsAnswerLater() {
        await withServer(async ({remote}, server) => {
            const kept = [];

            server.add_method('forget', null, null, () => {});
            server.add_method('keep', null, null, (self, invocation) => {
                kept.push(invocation);
            });

            const call = remote.keep();
            // By the answer to this one, garbage has been collected.
            await getError(() => remote.forget());
            kept.pop().return_value(new GLib.Variant('s', 'later'));
            assertEqual(await call, 'later');
        });
    },

    async checksAnswers() {
        const refused = [
            [i => i.return_fault_literal(2 ** 32 + 5, 'a'), 'RangeError: code: expected an integer of 32 bits'],
            [i => i.return_fault_literal(1.5, 'a'), 'RangeError: code: expected an integer of 32 bits'],
            [i => i.return_fault_literal(true, 'a'), 'RangeError: code: expected an integer of 32 bits'],
            [i => i.return_fault_literal(5, 'a\0b'), 'TypeError: message: expected text without NUL'],
            [i => i.return_fault_literal(5, 6), 'TypeError: message: expected a string, got number'],
        ];

        await withServer(async ({remote}, server) => {
            for (const [func, text] of refused) {
                server.add_method('a', null, null, (self, invocation) => func(invocation));
                assertEqual(await getFault(() => remote.a()), [APPLICATION_ERROR, text]);
            }
            server.add_method('a', null, null, (self, invocation) => invocation.return_value(5));
            assertEqual((await getFault(() => remote.a()))[0], APPLICATION_ERROR);
        });
    },

    async answersWithoutHttp() {
        const server = new XmlRpc.Server();

        server.add_method('a', null, null, fail);
        const response = await server.handle_async(XmlRpc.encode_call('a', new GLib.Variant('()', [])), null);
        const error = await getError(() => XmlRpc.decode_response(response, null));
        assertEqual(error.message, 'Error: inner');
    },

    // Each of these numbers would take seconds or minutes if it was read.
    async limitsBigIntegers() {
        const cases = [
            ['0', null],
            ['-123456789012345678901234567890', null],
            ...[99, 100, 101, 200, 201, 999, 3200, 3201, 4300].map(n => [`${'9876543210'.repeat(430).slice(0, n)}`, null]),
            [`-${'1'.repeat(4300)}`, null],
            ['1'.repeat(4301), 'expected a biginteger of at most 4300 digits, got 4301'],
            ['1'.repeat(200000), 'expected a biginteger of at most 4300 digits, got 200000'],
            ['1'.repeat(2000000), 'expected a biginteger of at most 4300 digits, got 2000000'],
            ['', 'expected a biginteger, got ""'],
            ['0x10', 'expected a biginteger, got "0x10"'],
            ['1e9', 'expected a biginteger, got "1e9"'],
            ['x'.repeat(1000), `expected a biginteger, got "${'x'.repeat(100)}… (1000 characters)"`],
        ];

        await withServer(async (proxy, server) => {
            let called = 0;

            server.addFunction('a', number => {
                called++;
                return `${[number].flat()[0]}`;
            });
            server.add_method('echo', null, null, (self, invocation) => {
                invocation.return_value(invocation.get_params().get_child_value(0));
            });
            for (const [text, message] of cases) {
                const number = new GLib.Variant('(os)', ['/xmlrpc/biginteger', text]);

                called = 0;
                for (const param of [number, [number]]) {
                    if (message === null) {
                        assertEqual(await proxy.remote.a(param), text);
                        assertEqual([await proxy.remote.echo(param)].flat(), [BigInt(text)]);
                    } else {
                        assertEqual(await getFault(() => proxy.remote.a(param)), [INVALID_PARAMS, message]);
                        assertEqual((await getError(() => proxy.remote.echo(param))).message, message);
                    }
                }
                assertEqual(called, message === null ? 2 : 0);
            }
        });
    },

    // The array of the parameters does not count.
    async nestsParametersToTheLimit() {
        const nest = levels => levels === 0 ? 5 : [nest(levels - 1)];
        const nestStructs = levels => levels === 0 ? 5 : {a: nestStructs(levels - 1)};

        await withServer(async (proxy, server) => {
            server.addFunction('a', (...values) => values);
            server.addFunction('b', (...values) => values.length);
            for (const make of [nest, nestStructs]) {
                assertEqual(await proxy.remote.b(make(40)), 1);
                assertEqual(await proxy.remote.b(make(39), make(40), 7), 3);
                assertEqual(await proxy.remote.a(make(39)), [make(39)]);
                assertEqual((await getFault(() => proxy.remote.a(make(40))))[0], INTERNAL_ERROR);
            }
        });
    },

    async tellsTheLimitOfMulticalls() {
        const nest = levels => levels === 0 ? 5 : [nest(levels - 1)];

        await withServer(async (proxy, server) => {
            const multicall = XmlRpc.Multicall.new(proxy);
            const error = await getError(() => multicall.remote.a(1, nest(38)));

            assertEqual(error.matches(XmlRpc.Error, XmlRpc.Error.LIMIT_EXCEEDED), true);
            assertEqual(error.message, `params[1]${'[0]'.repeat(37)}: arrays and structs nested ` +
                'more than 37 deep, for a multicall nests them 3 deeper');
            assertEqual(multicall.get_n_calls(), 0);

            server.addFunction('a', value => JSON.stringify(value));
            multicall.remote.a(nest(37));
            assertEqual(await multicall.run(), [JSON.stringify(nest(37))]);
        });
    },
};

exit(await run(tests));
