// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What errors say of what a server has sent: printable, and no more than fits.

import Gio from 'gi://Gio';
import GLib from 'gi://GLib';
import XmlRpc from 'gi://XmlRpc?version=1.0';

import {assertEqual, exit, getError, run} from './harness.js';

Gio._promisify(Gio.InputStream.prototype, 'read_bytes_async');
Gio._promisify(Gio.OutputStream.prototype, 'write_all_async');

const LIMIT = 64 * 1024;
const ODD = '\u009b2J\u202ex';

// Answers each connection by SCGI with a text; returns where.
function serve(text) {
    const service = new Gio.SocketService();
    const port = service.add_any_inet_port(null);

    service.connect('incoming', (_service, connection) => {
        answer(connection, text).catch(error => logError(error));
        return true;
    });
    service.start();
    return `scgi://127.0.0.1:${port}`;
}

async function answer(connection, text) {
    let request = '';

    while (!request.endsWith('</methodCall>\n')) {
        const bytes = await connection.get_input_stream().read_bytes_async(4096, GLib.PRIORITY_DEFAULT, null);

        request += new TextDecoder().decode(bytes.get_data());
    }
    await connection.get_output_stream().write_all_async(new TextEncoder().encode(text), GLib.PRIORITY_DEFAULT, null);
    connection.close(null);
}

function describeFault(code, text) {
    const type = typeof code === 'string' ? 'string' : 'int';

    return 'Status: 200 OK\r\n\r\n<methodResponse><fault><value><struct>' +
        `<member><name>faultCode</name><value><${type}>${code}</${type}></value></member>` +
        `<member><name>faultString</name><value>${text}</value></member>` +
        '</struct></value></fault></methodResponse>';
}

function failWith(text) {
    const proxy = new XmlRpc.ServerProxy({uri: serve(text)});

    return getError(() => proxy.remote.m());
}

function countBytes(text) {
    return new TextEncoder().encode(text).length;
}

function assertCut(error, text) {
    const length = countBytes(error.message);

    assertEqual(error.faultString === text && error.value.faultString === text, true);
    assertEqual(length <= LIMIT && length > LIMIT - 4, true);
    assertEqual(text.startsWith(error.message.replace('word: ', '')), true);
}

const tests = {
    async escapes() {
        for (const response of [
            `Status: 500 B\x1b[1m${ODD}\r\n\r\n`,
            `Status: 500 Bad\r\nContent-Type: text/plain\r\n\r\nOh ${ODD}`,
            `Status: 200 OK\r\nContent-Type: a/${ODD}\r\n\r\nHello`,
            `Status: 302 Found\r\nLocation: http://[${ODD}\r\n\r\n`,
        ]) {
            const {message} = await failWith(response);

            assertEqual(/[\p{Cc}\p{Cf}]/u.test(message), false);
            assertEqual(message.includes('\\u009b2J\\u202ex'), true);
        }
    },

    async keepsFaults() {
        const error = await failWith(describeFault(4, ODD));

        assertEqual([error.faultString, error.message], [ODD, ODD]);
    },

    async cutsFaults() {
        for (const character of ['a', 'é', '€', '😀']) {
            const text = character.repeat(100000);

            for (const code of [4, 'word']) {
                assertCut(await failWith(describeFault(code, text)), text);
                assertCut(new XmlRpc.Fault(code, text), text);
            }
        }
    },

    cutsNothingThatFits() {
        for (const length of [16384, 16385, LIMIT - 1, LIMIT])
            assertEqual(new XmlRpc.Fault(4, 'a'.repeat(length)).message.length, length);
        assertEqual(new XmlRpc.Fault(4, '\ud800'.repeat(LIMIT)).code, 4);
    },
};

exit(await run(tests));
