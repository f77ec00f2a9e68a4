// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Handlers of authorize-call that return what is not true or false let nobody in.

import GObject from 'gi://GObject';
import XmlRpc from 'gi://XmlRpc?version=1.0';

import {assertEqual, exit, getError, run, serve} from './harness.js';

// What a handler may return by mistake.
const decisions = {
    'a Promise of true': () => Promise.resolve(true),
    'a Promise of false': () => Promise.resolve(false),
    'an async function': async () => true,
    'what has a function then': () => ({then: resolve => resolve(true)}),
    'undefined': () => undefined,
    'null': () => null,
    '1': () => 1,
    'a string': () => 'yes',
    'an object': () => ({}),
    'what throws': () => {
        throw new Error('a');
    },
};

// Calls `secret` and returns the fault; the function has not been called.
async function getRefusal(server) {
    const service = serve(server);
    const {remote} = new XmlRpc.ServerProxy({uri: service.uri});
    let n_calls = 0;

    server.addFunction('secret', () => ++n_calls);
    const fault = await getError(() => remote.secret());
    const faultOfSystem = await getError(() => remote.system.listMethods());

    service.disconnect();
    assertEqual([n_calls, faultOfSystem.faultString], [0, fault.faultString]);
    return [fault.faultCode, fault.faultString];
}

// What is logged meanwhile.
async function record(test) {
    const {logError} = globalThis;
    const lines = [];

    globalThis.logError = (error, place) => lines.push(`${place}: ${error.message}`);
    try {
        await test();
    } finally {
        globalThis.logError = logError;
    }
    return lines;
}

const refused = [-32500, 'not authorized'];

const tests = {
    async handlersThatDoNotDecideLetNobodyIn() {
        for (const signal of ['authorize-call', 'authorize_call']) {
            for (const connect of ['connect', 'connect_after']) {
                for (const [name, handler] of Object.entries(decisions)) {
                    const server = new XmlRpc.Server();

                    server[connect](signal, handler);
                    assertEqual([name, await getRefusal(server)], [name, refused]);
                }
            }
        }
    },

    async classesThatDoNotDecideLetNobodyIn() {
        for (const [name, handler] of Object.entries(decisions)) {
            for (const method of ['vfunc_authorize_call', 'on_authorize_call']) {
                const Guarded = GObject.registerClass(class extends XmlRpc.Server {});
                const Derived = class extends Guarded {};

                Derived.prototype[method] = handler;
                const Registered = GObject.registerClass({GTypeName: `Guarded${method}${name.replace(/\W/g, '')}`}, Derived);

                assertEqual([name, await getRefusal(new Registered())], [name, refused]);
            }
        }
    },

    async saysWhy() {
        const server = new XmlRpc.Server();

        server.connect('authorize-call', async () => true); // eslint-disable-line require-await
        const log = await record(() => getRefusal(server));

        assertEqual(log[0], 'The handler of authorize-call for secret: expected true or false, got a Promise; ' +
            'an async function cannot decide here, but a method can, before it does its work');
        assertEqual(log.length, 2);
    },

    async handlersAnswerByThemselves() {
        const server = new XmlRpc.Server();

        server.connect('authorize-call', (self, invocation) => {
            invocation.return_fault_literal(7, 'Not now.');
        });
        const log = await record(async () => assertEqual(await getRefusal(server), [7, 'Not now.']));

        assertEqual(log, []);
    },

    async handlersDecide() {
        const server = new XmlRpc.Server();
        const service = serve(server);
        const {remote} = new XmlRpc.ServerProxy({uri: service.uri});
        const names = [];
        const id = server.connect('authorize-call', (self, invocation) => {
            names.push([self === server, invocation.get_method_name()]);
            return true;
        });

        server.addFunction('get', () => 5);
        assertEqual(await remote.get(), 5);
        server.disconnect(id);
        assertEqual(await remote.get(), 5);
        assertEqual(names, [[true, 'get']]);
        service.disconnect();
    },

    // Each class asks the one that it is derived from.
    async classesDecide() {
        const Open = GObject.registerClass(class Open extends XmlRpc.Server {
            vfunc_authorize_call(invocation) {
                return invocation.get_method_name() !== 'b' && super.vfunc_authorize_call(invocation);
            }
        });
        const Closed = GObject.registerClass(class Closed extends Open {
            vfunc_authorize_call(invocation) {
                return invocation.get_method_name() !== 'c' && super.vfunc_authorize_call(invocation);
            }
        });
        const server = new Closed();
        const service = serve(server);
        const {remote} = new XmlRpc.ServerProxy({uri: service.uri});

        for (const name of ['a', 'b', 'c'])
            server.addFunction(name, () => name);
        assertEqual(await remote.a(), 'a');
        for (const name of ['b', 'c'])
            assertEqual((await getError(() => remote[name]())).faultString, 'not authorized');
        service.disconnect();
    },
};

exit(await run(tests));
