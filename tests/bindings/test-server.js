// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// XmlRpc.Server, as JavaScript has it, called by Python's own client.

import GLib from 'gi://GLib';
import GObject from 'gi://GObject';
import Soup from 'gi://Soup?version=3.0';
import System from 'system';
import XmlRpc from 'gi://XmlRpc?version=1.0';

import {
    assertCollected, assertEqual, assertThrows, evaluateInPython, exit, getError, run, serve, show, sleep,
} from './harness.js';

async function withServer(functions, test, server = new XmlRpc.Server()) {
    const service = serve(server);

    for (const [name, func] of Object.entries(functions))
        server.addFunction(name, func);
    await test(service.uri, server);
    service.disconnect();
}

const Shop = GObject.registerClass({
    Properties: {
        stock: GObject.ParamSpec.int('stock', '', '', GObject.ParamFlags.READWRITE, 0, 100, 0),
    },
}, class Shop extends XmlRpc.Server {
    constructor(properties) {
        super(properties);
        this.addFunction('take', number => {
            this.stock -= number;
            return this.stock;
        });
        this.log = [];
    }

    vfunc_authorize_call(invocation) {
        return invocation.get_method_name() !== 'system.listMethods';
    }

    vfunc_call_finished(invocation, microseconds) {
        this.log.push([invocation.get_method_name(), invocation.get_fault()?.faultCode, microseconds < 60e6]);
    }
});

// What a value is in JavaScript that Python writes so.
const received = [
    ['None', null],
    ['True', true],
    ['-1', -1],
    ['0.5', 0.5],
    ["'ü🐍'", 'ü🐍'],
    ["b'\\x00\\xff'", new Uint8Array([0, 255])],
    ['datetime.datetime(1998, 7, 17, 14, 8, 55)', new Date(1998, 6, 17, 14, 8, 55)],
    ['[1, [], {}]', [1, [], {}]],
    ["{'a': [None], '$i8': 1}", {a: [null], $i8: 1}],
    ["{'$i8': 1}", {$i8: 1}],
];

const tests = {
    async receivesEveryType() {
        await withServer({show}, async uri => {
            const texts = await evaluateInPython(uri,
                ...received.map(([text]) => `print(server.show(${text})) or 0`));

            assertEqual(texts.filter(text => text !== '0'), received.map(([, value]) => show(value)));
        });
    },

    async returnsEveryType() {
        await withServer({echo: value => value}, async uri => {
            const sent = received.map(([text]) => text);
            const returned = await evaluateInPython(uri, ...sent.map(text => `server.echo(${text}) == ${text}`));

            assertEqual(returned, sent.map(() => 'True'));
        });
    },

    async returnsWhatOnlyJavaScriptHas() {
        const functions = {
            nothing: () => {},
            large: () => 2n ** 40n,
            whole: () => new XmlRpc.Double(2),
            variant: () => new GLib.Variant('(is)', [1, 'a']),
        };

        await withServer(functions, async uri => {
            assertEqual(await evaluateInPython(uri, 'server.nothing()', 'server.large()', 'server.whole()',
                'server.variant()'), ['None', '1099511627776', '2.0', "[1, 'a']"]);
        });
    },

    async takesParameters() {
        await withServer({add: (...terms) => terms.reduce((a, b) => a + b, 0)}, async uri => {
            assertEqual(await evaluateInPython(uri, 'server.add()', 'server.add(1)', 'server.add(1, 2, 3)'),
                ['0', '1', '6']);
        });
    },

    async awaitsAsyncFunctions() {
        const functions = {
            async wait(milliseconds) {
                await sleep(milliseconds);
                return milliseconds;
            },
            async fail() {
                await sleep(1);
                throw new XmlRpc.Fault(7, 'Later.');
            },
        };

        await withServer(functions, async uri => {
            assertEqual(await evaluateInPython(uri, 'server.wait(20)', 'server.fail()'), ['20', 'Fault 7: Later.']);
        });
    },

    async throwsFaults() {
        const functions = {
            fault() {
                throw new XmlRpc.Fault(-7, 'Nö.');
            },
            faultOfTheLibrary() {
                XmlRpc.decode_response(XmlRpc.encode_fault(8, 'Passed on.'), null);
            },
        };

        await withServer(functions, async uri => {
            assertEqual(await evaluateInPython(uri, 'server.fault()', 'server.faultOfTheLibrary()'),
                ['Fault -7: Nö.', 'Fault 8: Passed on.']);
        });
    },

    async throwsFaultsOfAnyForm() {
        const functions = {
            word() {
                throw new XmlRpc.Fault('NotFound', 'No page.', {page: 5});
            },
            unsendable() {
                throw new XmlRpc.Fault(4, 'a', {page: NaN});
            },
            ofTheLibrary() {
                throw XmlRpc.fault_new_from_value(GLib.Variant.new('a{sv}', {
                    faultCode: GLib.Variant.new_string('Gone'),
                    faultString: GLib.Variant.new_string('b'),
                }));
            },
        };

        await withServer(functions, async uri => {
            assertEqual(
                await evaluateInPython(uri, 'server.word()', 'server.unsendable()', 'server.ofTheLibrary()'),
                ['Fault NotFound: No page.', 'Fault 4: a', 'Fault Gone: b']);

            const {remote} = new XmlRpc.ServerProxy({uri});
            const fault = await getError(() => remote.word());
            assertEqual(fault.value, {faultCode: 'NotFound', faultString: 'No page.', page: 5});
        });
    },

    async hidesAllOfErrorsButTheirMessage() {
        const functions = {
            error: () => undefined.a,
            range() {
                throw new RangeError('Too much.');
            },
            gerror() {
                GLib.file_get_contents('/nowhere');
            },
            text() {
                throw 'only text'; // eslint-disable-line no-throw-literal
            },
            unsendable: () => ({a: [NaN]}),
            itself: self => [self, () => {}],
        };

        await withServer(functions, async uri => {
            const answers = await evaluateInPython(uri, 'server.error()', 'server.range()', 'server.gerror()',
                'server.text()', 'server.unsendable()', 'server.itself(1)', 'server.nowhere()');

            assertEqual(answers[0].startsWith('Fault -32500: TypeError: '), true);
            assertEqual(answers[0].includes('test-server'), false);
            assertEqual(answers[1], 'Fault -32500: RangeError: Too much.');
            assertEqual(answers[2].startsWith('Fault -32500: GLib.FileError: Failed to '), true);
            assertEqual(answers[3], 'Fault -32500: only text');
            assertEqual(answers[4], 'Fault -32603: result.a[0]: XML-RPC has no NaN');
            assertEqual(answers[5], 'Fault -32603: result[1]: XML-RPC has no function');
            assertEqual(answers[6].startsWith('Fault -32601: '), true);
        });
    },

    async passesTheInvocation() {
        const functions = {
            tell() {
                return [this.get_method_name(), this.get_message().get_remote_host()];
            },
        };

        await withServer(functions, async uri => {
            assertEqual(await evaluateInPython(uri, 'server.tell()'), ["['tell', '127.0.0.1']"]);
        });
    },

    async tellsSignaturesAndHelp() {
        await withServer({}, async (uri, server) => {
            server.addFunction('sample.add', (a, b) => a + b,
                {signatures: ['int,int,int', 'string,string,string'], help: 'Adds.'});

            assertEqual(await evaluateInPython(uri,
                'server.system.methodSignature("sample.add")',
                'server.system.methodHelp("sample.add")',
                'server.sample.add(1, 2)',
                'server.sample.add("a", "b")'),
            ["[['int', 'int', 'int'], ['string', 'string', 'string']]", "'Adds.'", '3', "'ab'"]);

            const [mismatch] = await evaluateInPython(uri, 'server.sample.add(1, "b")');
            assertEqual(mismatch.startsWith('Fault -32602: '), true);
        });
    },

    async answersMulticall() {
        await withServer({double: x => 2 * x}, async uri => {
            assertEqual(await evaluateInPython(uri,
                '(lambda calls: [calls.double(i) for i in range(3)] and list(calls()))(MultiCall(server))'),
            ['[0, 2, 4]']);
        });
    },

    async refusesWhatIsNoFunction() {
        await withServer({}, async (uri, server) => {
            await assertThrows(() => server.addFunction('a', 1), TypeError, 'expected a function for a, got number');
        });
    },

    async answersWithoutHttp() {
        const server = new XmlRpc.Server();
        const request = XmlRpc.encode_call('add', new GLib.Variant('(ii)', [1, 2]));

        server.addFunction('add', (a, b) => a + b);
        const response = await server.handle_async(request, null);
        assertEqual(XmlRpc.decode_response(response, null).unpack(), 3);
    },

    async shutsDown() {
        let finish = null;

        await withServer({later: () => new Promise(resolve => (finish = resolve))}, async (uri, server) => {
            const call = new XmlRpc.ServerProxy({uri}).remote.later();

            while (finish === null)
                await sleep(1);
            const end = server.shutdown_async(-1, null);
            const {message} = await getError(() => new XmlRpc.ServerProxy({uri}).remote.later());

            assertEqual(message.includes('503'), true);
            finish(7);
            assertEqual(await call, 7);
            assertEqual(await end, true);
        });
    },

    // A Promise that can never be kept is collected with the invocation, which
    // answers in its place.
    async answersForPromisesThatAreCollected() {
        const server = new XmlRpc.Server();
        const finished = [];

        server.connect('call-finished', (self, invocation) => finished.push(invocation.get_method_name()));
        await withServer({never: () => new Promise(() => {})}, async uri => {
            const {remote} = new XmlRpc.ServerProxy({uri});
            const source = GLib.timeout_add(GLib.PRIORITY_DEFAULT, 20, () => {
                System.gc();
                return GLib.SOURCE_CONTINUE;
            });
            const fault = await getError(() => remote.never());

            GLib.Source.remove(source);
            assertEqual([fault.faultCode, fault.faultString], [-32603, 'The method never did not respond']);
        }, server);
        assertEqual(finished, ['never']);
    },

    async asksWhoMayCall() {
        const server = new XmlRpc.Server();
        const log = [];

        server.connect('authorize-call', (self, invocation) => {
            if (invocation.get_method_name() === 'a')
                return true;
            if (invocation.get_method_name() === 'b')
                invocation.return_fault_literal(7, 'Not b.');
            return false;
        });
        server.connect('call-finished', (self, invocation, microseconds) => {
            log.push([invocation.get_method_name(), invocation.get_fault()?.faultString, microseconds < 60e6]);
        });
        await withServer({a: () => 1, b: () => 2, c: () => 3}, async uri => {
            const {remote} = new XmlRpc.ServerProxy({uri});

            assertEqual(await remote.a(), 1);
            await getError(() => remote.b());
            await getError(() => remote.c());
        }, server);
        assertEqual(log, [['a', undefined, true], ['b', 'Not b.', true], ['c', 'not authorized', true]]);
    },

    async checksResults() {
        const server = new XmlRpc.Server();

        server.addFunction('text', () => 'one', {signatures: ['int']});
        server.addFunction('whole', () => 1, {signatures: ['double']});
        await withServer({}, async uri => {
            const {remote} = new XmlRpc.ServerProxy({uri});
            const fault = await getError(() => remote.text());

            assertEqual([fault.faultCode, fault.faultString],
                [-32603, 'text: expected the method to return int, got string']);
            assertEqual(await remote.whole(), 1);
        }, server);
    },

    async refusesWhatCannotBeAdded() {
        const server = new XmlRpc.Server();
        const refused = [
            ['', null, null, /^method name: /],
            ['\u0001', null, null, /^method name: /],
            ['a\0b', null, null, /^method name: expected text without NUL$/],
            ['m', null, 'a\0b', /^m: help: expected text without NUL/],
            ['m', ['int', 'int\0'], null, /^m: signature: expected text without NUL/],
            ['m', ['int,complex'], null, /^m: expected a type of XML-RPC in the signature "int,complex"/],
        ];

        for (const [name, signatures, help, message] of refused) {
            const error = await getError(() => server.add_method(name, signatures, help, () => {}));

            assertEqual([error.constructor.name, message.test(error.message)], ['TypeError', true]);
            System.gc();
        }
        const error = await getError(() => server.add_method_full('m', null, null, XmlRpc.MethodFlags.IN_THREAD,
            () => {}));

        assertEqual([error.constructor.name, error.message],
            ['TypeError', 'm: JavaScript cannot be called in other threads']);
        assertEqual(server.remove_method('m'), false);
    },

    async isDerivedFrom() {
        const shop = new Shop({stock: 10, maxMulticall: 3});

        await withServer({}, async uri => {
            const {remote} = new XmlRpc.ServerProxy({uri});

            assertEqual(await remote.take(3), 7);
            assertEqual((await getError(() => remote.system.listMethods())).message, 'not authorized');
        }, shop);
        assertEqual(shop.log, [['take', undefined, true], ['system.listMethods', -32500, true]]);
        assertEqual([shop.stock, shop.max_multicall], [7, 3]);
    },

    async isCollected() {
        await assertCollected(large => withServer({get: () => large.length}, async uri => {
            assertEqual(await new XmlRpc.ServerProxy({uri}).remote.get(), large.length);
        }));
    },

    async isCollectedUnused() {
        for (let i = 0; i < 20; i++) {
            const server = new XmlRpc.Server();

            server.addFunction('self', () => server);
            server.attach(new Soup.Server(), null);
            System.gc();
        }
        await sleep(20);
        System.gc();
    },
};

exit(await run(tests));
