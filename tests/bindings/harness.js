// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the tests in JavaScript share: they are modules that run functions.

import Gio from 'gi://Gio';
import GLib from 'gi://GLib';
import Soup from 'gi://Soup?version=3.0';
import System from 'system';

Gio._promisify(Gio.Subprocess.prototype, 'communicate_utf8_async');

// Writes a value so that those of different types or contents differ.
export function show(value) {
    if (Array.isArray(value))
        return `[${value.map(show).join(', ')}]`;
    if (value instanceof Date)
        return `Date(${value.getTime()})`;
    if (value instanceof Uint8Array)
        return `Uint8Array(${Array.from(value).join(' ')})`;
    if (typeof value === 'bigint')
        return `${value}n`;
    if (Object.is(value, -0))
        return '-0';
    if (typeof value !== 'object' || value === null)
        return typeof value === 'string' ? JSON.stringify(value) : String(value);

    return `{${Object.keys(value).map(name => `${name}: ${show(value[name])}`).join(', ')}}`;
}

export function assertEqual(actual, expected) {
    const [a, b] = [show(actual), show(expected)];

    if (a !== b)
        throw new Error(`expected ${b}, got ${a}`);
}

// Awaits what is thrown by a function, or by the Promise that it returns.
export async function getError(func) {
    try {
        await func();
    } catch (error) {
        return error;
    }
    throw new Error('no error');
}

export async function assertThrows(func, ErrorClass, message) {
    const error = await getError(func);

    if (!(error instanceof ErrorClass))
        throw error;
    assertEqual(error.message, message);
}

export function sleep(milliseconds) {
    return new Promise(resolve => {
        GLib.timeout_add(GLib.PRIORITY_DEFAULT, milliseconds, () => {
            resolve();
            return GLib.SOURCE_REMOVE;
        });
    });
}

function getResidentBytes() {
    const [, contents] = GLib.file_get_contents('/proc/self/statm');

    return Number(new TextDecoder().decode(contents).split(' ')[1]) * 4096;
}

// Calls a function twenty times with a large object. If what it makes of that
// object is not collected, the process grows.
export async function assertCollected(func) {
    const size = 8 * 1024 * 1024;
    const before = getResidentBytes();

    for (let i = 0; i < 20; i++) {
        await func(new Uint8Array(size).fill(1));
        System.gc();
    }
    await sleep(50);
    System.gc();

    assertEqual(getResidentBytes() - before < 10 * size, true);
}

// A free port where more clients can connect at once than the ten that GIO lets.
function listen() {
    const socket = Gio.Socket.new(Gio.SocketFamily.IPV4, Gio.SocketType.STREAM, Gio.SocketProtocol.DEFAULT);
    const address = Gio.InetAddress.new_loopback(Gio.SocketFamily.IPV4);

    socket.bind(Gio.InetSocketAddress.new(address, 0), true);
    socket.set_listen_backlog(128);
    socket.listen();
    return socket;
}

// Lets an XmlRpc.Server answer; it does so until disconnect() of what returns.
export function serve(server) {
    const http = new Soup.Server();

    http.listen_socket(listen(), 0);
    server.attach(http, '/RPC2');

    return {
        uri: `http://127.0.0.1:${http.get_uris()[0].get_port()}/RPC2`,
        disconnect() {
            server.detach(http);
            http.disconnect();
        },
    };
}

function findTestFile(...names) {
    return GLib.build_filenamev([GLib.getenv('G_TEST_SRCDIR'), ...names]);
}

export function startEchoServer() {
    const process = Gio.Subprocess.new(
        [GLib.getenv('PYTHON'), findTestFile('interop', 'echo-server.py')],
        Gio.SubprocessFlags.STDIN_PIPE | Gio.SubprocessFlags.STDOUT_PIPE);
    const output = Gio.DataInputStream.new(process.get_stdout_pipe());

    return {
        uri: output.read_line_utf8(null)[0],
        stop() {
            process.get_stdin_pipe().close(null);
            process.wait(null);
        },
    };
}

// What Python's xmlrpc.client makes of expressions, written in Python.
export async function evaluateInPython(uri, ...expressions) {
    const process = Gio.Subprocess.new(
        [GLib.getenv('PYTHON'), findTestFile('bindings', 'evaluate.py'), uri, ...expressions],
        Gio.SubprocessFlags.STDOUT_PIPE);
    const [output] = await process.communicate_utf8_async(null, null);

    return output.trimEnd().split('\n');
}

async function runOne(name, test, number) {
    try {
        await test();
        print(`ok ${number} ${name}`);
        return true;
    } catch (error) {
        logError(error, name);
        print(`not ok ${number} ${name}`);
        return false;
    }
}

export async function run(tests) {
    let isGood = true;
    let number = 0;

    print(`1..${Object.keys(tests).length}`);
    for (const [name, test] of Object.entries(tests))
        isGood = await runOne(name, test, ++number) && isGood;

    return isGood;
}

export function exit(isGood) {
    System.exit(isGood ? 0 : 1);
}

// libsoup 3.6 uses a connection after it was freed whose handshake fails while its server ends.
export function letHandshakesEnd() {
    while (GLib.MainContext.default().iteration(false));
}
