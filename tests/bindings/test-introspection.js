// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a server tells about its methods, and that looking at an object asks no server.

import Gio from 'gi://Gio';
import GLib from 'gi://GLib';
import XmlRpc from 'gi://XmlRpc?version=1.0';

import {assertEqual, exit, getError, run, serve, startEchoServer} from './harness.js';

Gio._promisify(Gio.InputStream.prototype, 'read_bytes_async');

const echoServer = startEchoServer();

// Calls with a server that has two methods, and returns the names of all that was called.
async function record(test) {
    const server = new XmlRpc.Server();
    const names = [];
    const service = serve(server);

    server.addFunction('meerkat.getItems', () => [], {signatures: ['array,struct', 'array'], help: 'Items.'});
    server.addFunction('free', () => 1);
    server.connect('call-finished', (self, invocation) => names.push(invocation.get_method_name()));
    await test(new XmlRpc.ServerProxy({uri: service.uri}));
    service.disconnect();
    return names;
}

// What the console of GJS prints for lines that somebody types. Newer ones want a terminal, and each line
// only when they have asked for it.
async function type(lines, uri) {
    const process = Gio.Subprocess.new(['script', '--quiet', '--command', 'gjs', '/dev/null'],
        Gio.SubprocessFlags.STDIN_PIPE | Gio.SubprocessFlags.STDOUT_PIPE | Gio.SubprocessFlags.STDERR_MERGE);
    const keyboard = process.get_stdin_pipe();
    const screen = process.get_stdout_pipe();
    const typed = [`const {XmlRpc} = imports.gi; const proxy = new XmlRpc.ServerProxy({uri: '${uri}'});`, ...lines];
    const decoder = new TextDecoder();
    let output = '';

    for (;;) {
        const bytes = await screen.read_bytes_async(4096, GLib.PRIORITY_DEFAULT, null);

        if (bytes.get_size() === 0)
            return output;

        output += decoder.decode(bytes.toArray());
        if (!output.endsWith('gjs> '))
            continue;
        if (typed.length > 0)
            keyboard.write_all(`${typed.shift()}\n`, null);
        else if (!keyboard.is_closed())
            keyboard.close(null);
    }
}

const tests = {
    async tellsSignaturesAsText() {
        await record(async ({server}) => {
            assertEqual(await server.methodSignature('meerkat.getItems'), ['array,struct', 'array']);
            assertEqual(await server.methodSignature('free'), null);
            assertEqual(await server.methodHelp('meerkat.getItems'), 'Items.');
            assertEqual((await server.listMethods()).includes('free'), true);
        });
    },

    async waitsOrNot() {
        const {server} = new XmlRpc.ServerProxy({uri: echoServer.uri});

        assertEqual(server.methodSignature.sync('echo'), null);
        assertEqual(await server.methodSignature('echo'), null);
        assertEqual(server.methodHelp.sync('echo'), 'Returns its parameter.');
        assertEqual(server.listMethods.sync().includes('echo'), true);
        assertEqual(server.methodSignature('echo') instanceof Promise, true);
    },

    async theServersOwnStaysAsItIs() {
        await record(async ({remote}) => {
            assertEqual(await remote.system.methodSignature('meerkat.getItems'), [['array', 'struct'], ['array']]);
            assertEqual(await remote.system.methodSignature('free'), 'undef');
        });
    },

    async tellsErrors() {
        await record(async ({server}) => {
            for (const ask of [() => server.methodSignature('none'), () => server.methodHelp('none')]) {
                const error = await getError(ask);

                assertEqual([error.constructor === XmlRpc.Fault, error.faultCode], [true, -32601]);
            }
            for (const name of [5, undefined, null, 'a\0'])
                assertEqual((await getError(() => server.methodSignature(name))).constructor.name, 'TypeError');
        });
    },

    async lookingAsksNobody() {
        const names = await record(async proxy => {
            const {meerkat} = proxy.remote;

            assertEqual(Object.prototype.toString.call(meerkat), '[object RemoteMethod]');
            assertEqual(`${proxy.remote} ${meerkat.getItems}`, '[remote method ] [remote method meerkat.getItems]');
            for (const object of [proxy, proxy.remote, meerkat, proxy.server, proxy.server.listMethods]) {
                console.log(object);
                console.log('%o %O %s', object, object, object);
                console.table?.([object]);
                print(object);
                JSON.stringify([object]);
                for (const name in object)
                    assertEqual(typeof name, 'string');
                Object.getOwnPropertyNames(object);
                Object.getOwnPropertyDescriptors(object);
                object instanceof Object; // eslint-disable-line no-unused-expressions
                object[Symbol.toStringTag]; // eslint-disable-line no-unused-expressions
                await object;
            }
            await proxy.server.listMethods();
        });

        assertEqual(names, ['system.listMethods']);
    },

    // The console of GJS shows the value of each line.
    async theConsoleAsksNobody() {
        let output;
        const names = await record(async proxy => {
            output = await type([
                'proxy.remote',
                'proxy.remote.meerkat',
                'proxy.remote.meerkat.getItems',
                '[proxy.remote.meerkat]',
                '({a: proxy.remote, b: proxy})',
                'proxy',
                'proxy.server',
                'new XmlRpc.Server()',
                "'the end'",
            ], proxy.uri);
            await proxy.server.listMethods();
        });

        assertEqual(names, ['system.listMethods']);
        if (output.includes('failed to create pseudo-terminal'))
            return;
        assertEqual(output.includes('the end'), true);
        assertEqual(output.includes('[remote method meerkat.getItems]'), true);
        assertEqual(/Error/.test(output), false);
    },
};

const isGood = await run(tests);

echoServer.stop();
exit(isGood);
