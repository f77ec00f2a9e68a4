// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The option `auth` of XmlRpc.Server.listen(): who is let in.

import GLib from 'gi://GLib';
import Gio from 'gi://Gio';
import Soup from 'gi://Soup?version=3.0';
import XmlRpc from 'gi://XmlRpc?version=1.0';

import {assertEqual, exit, getError, run} from './harness.js';

Gio._promisify(Soup.Session.prototype, 'send_and_read_async');

async function withServer(auth, test, properties = {}) {
    const server = new XmlRpc.Server(properties);

    server.addFunction('who', function () {
        return this.user;
    });
    try {
        await test(server.listen({auth}), server);
    } finally {
        server.close();
    }
}

async function ask(uri, user, password) {
    try {
        return await new XmlRpc.ServerProxy({uri, user, password}).remote.who();
    } catch (error) {
        return error.code;
    }
}

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

const passwords = [
    {ada: 'x', 'ü': 'ö🐍', '': 'empty'},
    new Map([['ada', 'x'], ['ü', 'ö🐍'], ['', 'empty']]),
    (user, password) => [['ada', 'x'], ['ü', 'ö🐍'], ['', 'empty']].some(pair => `${pair}` === `${[user, password]}`),
];

const tests = {
    async knowsUsers() {
        for (const auth of passwords) {
            await withServer(auth, async uri => {
                assertEqual(await ask(uri, 'ada', 'x'), 'ada');
                assertEqual(await ask(uri, 'ü', 'ö🐍'), 'ü');
                assertEqual(await ask(uri.replace('/RPC2', '/'), 'ada', 'x'), 'ada');
                for (const [user, password] of [['ada', 'y'], ['ada', 'xx'], ['ada', ''], ['bob', 'x'], ['x', 'ada'],
                    ['ADA', 'x'], ['ada', 'X'], [null, null]])
                    assertEqual([user, password, await ask(uri, user, password)], [user, password, 401]);
            });
        }
    },

    // What every object has is not a password.
    async doesNotTakeNamesOfJavaScript() {
        for (const auth of [{}, new Map(), Object.create({ada: 'x'})]) {
            await withServer(auth, async uri => {
                for (const name of ['constructor', '__proto__', 'toString', 'valueOf', 'hasOwnProperty', 'ada', 'size', 'get']) {
                    for (const password of ['x', 'undefined', '', 'function Object() { [native code] }'])
                        assertEqual(await ask(uri, name, password), 401);
                }
            });
        }
    },

    async onlyTrueLetsIn() {
        for (const auth of [() => Promise.resolve(true), async () => true, () => 1, () => 'yes', () => ({}), () => {}, () => {
            throw new Error('No database.');
        }]) {
            const log = await record(() => withServer(auth, async uri => {
                assertEqual(await ask(uri, 'ada', 'x'), 401);
            }));

            assertEqual(log.length > 0, true);
            assertEqual(/^The function auth of listen\(\): (expected true or false, got |No database\.$)/.test(log[0]), true);
        }
    },

    // A browser asks so before it sends what a page of another origin sends, without a password.
    async letsBrowsersAskFirst() {
        await withServer({ada: 'x'}, async uri => {
            const message = Soup.Message.new('OPTIONS', uri);

            message.get_request_headers().append('Origin', 'https://a.example');
            message.get_request_headers().append('Access-Control-Request-Method', 'POST');
            message.get_request_headers().append('Access-Control-Request-Headers', 'authorization');
            await new Soup.Session().send_and_read_async(message, GLib.PRIORITY_DEFAULT, null);
            assertEqual(Math.floor(message.get_status() / 100), 2);
            assertEqual(message.get_response_headers().get_one('Access-Control-Allow-Origin'), 'https://a.example');
            assertEqual(await ask(uri, 'ada', 'y'), 401);
        }, {allowedOrigins: ['https://a.example']});
    },

    async tellsHandlersWhoCalls() {
        await withServer({ada: 'x', bob: 'y'}, async (uri, server) => {
            const users = [];

            server.connect('authorize-call', (self, invocation) => invocation.user === 'ada');
            server.connect('call-finished', (self, invocation) => users.push(invocation.user));
            assertEqual(await ask(uri, 'ada', 'x'), 'ada');
            assertEqual(await ask(uri, 'bob', 'y'), -32500);
            assertEqual(users, ['ada', 'bob']);
        });
    },

    async tellsTheUserInMulticalls() {
        await withServer({ada: 'x'}, async uri => {
            const multicall = XmlRpc.Multicall.new(new XmlRpc.ServerProxy({uri, user: 'ada', password: 'x'}));

            multicall.remote.who();
            multicall.remote.who();
            assertEqual(await multicall.run(), ['ada', 'ada']);
        });
    },

    // What a request says of its user is nothing that has been checked.
    async believesNoRequestWithoutPasswords() {
        await withServer(null, async uri => {
            assertEqual(await ask(uri, 'ada', 'x'), null);
        });
        assertEqual(await getError(() => withServer(5, () => {})) instanceof TypeError, true);
    },
};

exit(await run(tests));
