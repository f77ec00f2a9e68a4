// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Calls to a server that speaks SCGI, from JavaScript.

import Gio from 'gi://Gio';
import GLib from 'gi://GLib';
import XmlRpc from 'gi://XmlRpc?version=1.0';

import {assertEqual, assertThrows, exit, getError, run} from './harness.js';

Gio._promisify(Gio.InputStream.prototype, 'read_bytes_async');
Gio._promisify(Gio.OutputStream.prototype, 'write_all_async');

// Answers each connection with a text, and keeps what it was sent.
function serve(text) {
    const service = new Gio.SocketService();
    const port = service.add_any_inet_port(null);
    const result = {uri: `scgi://127.0.0.1:${port}`, request: ''};

    service.connect('incoming', (_service, connection) => {
        answer(connection, text, result).catch(error => logError(error));
        return true;
    });
    service.start();
    return result;
}

async function answer(connection, text, result) {
    result.request = '';
    while (!result.request.endsWith('</methodCall>\n')) {
        const bytes = await connection.get_input_stream().read_bytes_async(4096, GLib.PRIORITY_DEFAULT, null);

        result.request += new TextDecoder().decode(bytes.get_data());
    }
    await connection.get_output_stream().write_all_async(new TextEncoder().encode(text), GLib.PRIORITY_DEFAULT, null);
    connection.close(null);
}

const tests = {
    async calls() {
        const server = serve('Status: 200 OK\r\n\r\n' +
            '<methodResponse><params><param><value><int>5</int></value></param></params></methodResponse>');
        const proxy = new XmlRpc.ServerProxy({uri: server.uri, headers: {'X-Token': 'secret'}});

        assertEqual(await proxy.remote.system.pid(), 5);
        assertEqual(server.request.includes('\0HTTP_X_TOKEN\0secret\0'), true);
        assertEqual(server.request.includes('<methodName>system.pid</methodName>'), true);
    },

    async hasStatusCodes() {
        const proxy = new XmlRpc.ServerProxy({uri: serve('Status: 403 Forbidden\r\n\r\nNot you.').uri});
        const error = await getError(() => proxy.remote.forbidden());

        assertEqual(error.matches(XmlRpc.HttpError, XmlRpc.HttpError.FORBIDDEN), true);
        assertEqual(error.message.includes('Not you.'), true);
    },

    async hasNoAuthentication() {
        const proxy = new XmlRpc.ServerProxy({uri: 'scgi://localhost:5000', user: 'ada'});

        await assertThrows(() => proxy.check_settings(), GLib.Error,
            'user, password: SCGI has no authentication; put a web server in front of the SCGI server, and call that');
    },
};

exit(await run(tests));
