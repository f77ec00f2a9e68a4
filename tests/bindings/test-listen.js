// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// XmlRpc.Server.listen(): where it listens, with TLS, passwords and Unix sockets.

import Gio from 'gi://Gio';
import GLib from 'gi://GLib';
import Soup from 'gi://Soup?version=3.0';
import System from 'system';
import XmlRpc from 'gi://XmlRpc?version=1.0';

import {assertEqual, assertThrows, exit, getError, letHandshakesEnd, run} from './harness.js';

Gio._promisify(Soup.Session.prototype, 'send_and_read_async');

const TLS = GLib.build_filenamev([GLib.getenv('G_TEST_SRCDIR'), 'data', 'tls']);
// It has the key, too.
const CERTIFICATE = GLib.build_filenamev([TLS, 'server.pem']);
const AUTHORITY = GLib.build_filenamev([TLS, 'ca.pem']);

function makeServer() {
    const server = new XmlRpc.Server();

    server.addFunction('who', invocation => [invocation.user, invocation.clientAddress], {passInvocation: true});
    return server;
}

function getPath(name) {
    return GLib.build_filenamev([GLib.dir_make_tmp('xmlrpc-XXXXXX'), name]);
}

function ask(uri, properties = {}) {
    return new XmlRpc.ServerProxy({uri, ...properties}).remote.who();
}

async function getStatus(uri, properties = {}) {
    return (await getError(() => ask(uri, properties))).code;
}

// Accepts the certificates of the tests.
function makeTrustingSession() {
    const session = new Soup.Session();

    session.set_tls_database(Gio.TlsFileDatabase.new(AUTHORITY));
    return session;
}

const refusedOptions = [
    ['8080', TypeError, 'listen: expected a port or an object such as {port: 8080}, got string'],
    [null, TypeError, 'listen: expected a port or an object such as {port: 8080}, got null'],
    [-1, RangeError, 'listen: port: expected a whole number from 0 to 65535, got -1'],
    [65536, RangeError, 'listen: port: expected a whole number from 0 to 65535, got 65536'],
    [80.5, RangeError, 'listen: port: expected a whole number from 0 to 65535, got 80.5'],
    [{port: '80'}, TypeError, 'listen: port: expected a number, got string'],
    [{prot: 80}, TypeError, 'listen: expected the options host, port, tls, auth, unix, path, got prot'],
    [{host: 5}, TypeError, 'listen: host: expected a string, got number'],
    [{host: 'a\0'}, TypeError, 'listen: host: expected text without NUL'],
    [{unix: 's', port: 80}, TypeError, 'listen: expected a host and a port, or the path of a Unix socket, got both'],
    [{unix: 's', tls: {certificate: 'a'}}, TypeError, 'listen: expected tls with a host and a port, not with a Unix socket'],
    [{unix: 5}, TypeError, 'listen: unix: expected a string, got number'],
    [{path: 'RPC2'}, TypeError, 'listen: path: expected a slash first, as in "/RPC2", got "RPC2"'],
    [{path: 5}, TypeError, 'listen: path: expected a string, got number'],
    [{tls: 'server.pem'}, TypeError, 'listen: tls: expected a Gio.TlsCertificate or {certificate, key}, got string'],
    [{tls: {key: 'a'}}, TypeError, 'listen: tls: expected a Gio.TlsCertificate or {certificate, key}, got object'],
    [{auth: 'secret'}, TypeError, 'listen: auth: expected a function, a Map or an object, got string'],
    [{auth: {ada: 5}}, TypeError, 'listen: auth: password of ada: expected a string, got number'],
];

const tests = {
    async answersAtAFreePort() {
        const server = makeServer();
        const uri = server.listen();

        assertEqual(/^http:\/\/127\.0\.0\.1:\d+\/RPC2$/.test(uri), true);
        assertEqual(await ask(uri), [null, '127.0.0.1']);
        assertEqual(await ask(uri.replace('/RPC2', '/')), [null, '127.0.0.1']);
        assertEqual(await ask(uri.replace('/RPC2', '')), [null, '127.0.0.1']);
        assertEqual(await getStatus(uri.replace('/RPC2', '/other')), 404);
        assertEqual(await getStatus(`${uri}/more`), 404);
        server.close();
    },

    async answersAtTheGivenPortAndPath() {
        const server = makeServer();
        const [, port] = /:(\d+)/.exec(server.listen());

        server.close();
        assertEqual(server.listen(Number(port)), `http://127.0.0.1:${port}/RPC2`);
        assertEqual(await ask(`http://127.0.0.1:${port}`), [null, '127.0.0.1']);

        const other = server.listen({path: '/api'});
        const every = server.listen({path: null});
        assertEqual([other.endsWith('/api'), every.endsWith('/')], [true, true]);
        assertEqual(await ask(other), [null, '127.0.0.1']);
        assertEqual(await ask(`${every}any/where`), [null, '127.0.0.1']);
        assertEqual(await getStatus(other.replace('api', 'RPC2')), 404);
        server.close();
    },

    async answersAtOtherAddresses() {
        const hosts = [['0.0.0.0', '127.0.0.1'], ['127.0.0.2', '127.0.0.2'], ['localhost', 'localhost']];

        if (GLib.file_test('/proc/net/if_inet6', GLib.FileTest.EXISTS) && GLib.file_get_contents('/proc/net/if_inet6')[1].length > 0)
            hosts.push(['::1', '[::1]'], ['::', '127.0.0.1']);
        for (const [host, shown] of hosts) {
            const server = makeServer();
            const uri = server.listen({host});

            assertEqual(uri.startsWith(`http://${shown}:`), true);
            assertEqual((await ask(uri)).length, 2);
            server.close();
        }
    },

    async letsManyWait() {
        const server = makeServer();
        const uri = server.listen();
        const sockets = Array.from({length: 60}, () => new Gio.SocketClient().connect_to_uri(uri, 80, null));

        assertEqual(await ask(uri), [null, '127.0.0.1']);
        sockets.forEach(socket => socket.close(null));
        server.close();
    },

    async tellsThatAPortIsInUse() {
        const server = makeServer();
        const [, port] = /:(\d+)/.exec(server.listen());
        const error = await getError(() => makeServer().listen(Number(port)));

        assertEqual(error.matches(Gio.IOErrorEnum, Gio.IOErrorEnum.ADDRESS_IN_USE), true);
        server.close();
    },

    async ends() {
        const server = makeServer();
        const uris = [server.listen(), server.listen()];

        assertEqual(await ask(uris[1]), [null, '127.0.0.1']);
        server.close();
        for (const uri of uris) {
            const error = await getError(() => ask(uri));

            assertEqual(error.matches(Gio.IOErrorEnum, Gio.IOErrorEnum.CONNECTION_REFUSED), true);
        }
        server.close();
    },

    // Nothing of the program has the server any more.
    async answersUntilItIsClosed() {
        const uri = makeServer().listen();

        System.gc();
        System.gc();
        assertEqual(await ask(uri), [null, '127.0.0.1']);
    },

    async refusesWrongOptions() {
        for (const [options, ErrorClass, message] of refusedOptions)
            await assertThrows(() => makeServer().listen(options), ErrorClass, message);
        await assertThrows(() => makeServer().listen({unix: `/${'a'.repeat(107)}`}), RangeError,
            `listen: unix: expected a path of at most 107 bytes, got /${'a'.repeat(107)}`);
        const error = await getError(() => makeServer().listen({tls: {certificate: '/nowhere.pem'}}));
        assertEqual(error instanceof GLib.Error, true);
    },

    async speaksTls() {
        const both = Gio.TlsCertificate.new_from_file(CERTIFICATE);
        const [certificate, key] = [getPath('certificate.pem'), getPath('key.pem')];

        GLib.file_set_contents(certificate, both.certificate_pem);
        GLib.file_set_contents(key, both.private_key_pem);
        for (const tls of [both, {certificate: CERTIFICATE}, {certificate, key}]) {
            const server = makeServer();
            const uri = server.listen({tls, host: 'localhost', auth: {ada: 'x'}});
            const session = makeTrustingSession();

            assertEqual(uri.startsWith('https://localhost:'), true);
            assertEqual((await ask(uri, {session, user: 'ada', password: 'x'}))[0], 'ada');
            assertEqual((await getError(() => ask(uri))) instanceof Gio.TlsError, true);
            session.abort();
            letHandshakesEnd();
            server.close();
        }
    },

    async listensAtUnixSockets() {
        const server = makeServer();
        const unix = getPath('a b%.sock');
        const uri = server.listen({unix, auth: {ada: 'x'}});

        assertEqual(uri, `http+unix://${unix.replace('%', '%25').replace(' ', '%20')}:/RPC2`);
        assertEqual(await ask(uri, {user: 'ada', password: 'x'}), ['ada', null]);
        assertEqual(await getStatus(uri), 401);
        const error = await getError(() => makeServer().listen({unix}));
        assertEqual(error.matches(Gio.IOErrorEnum, Gio.IOErrorEnum.ADDRESS_IN_USE), true);
        assertEqual(await ask(uri, {user: 'ada', password: 'x'}), ['ada', null]);
        server.close();
        assertEqual(GLib.file_test(unix, GLib.FileTest.EXISTS), false);
    },

    // One that was left by a program that has ended; other files stay.
    async replacesAbandonedUnixSockets() {
        const unix = getPath('left.sock');
        const left = Gio.Socket.new(Gio.SocketFamily.UNIX, Gio.SocketType.STREAM, Gio.SocketProtocol.DEFAULT);

        left.bind(Gio.UnixSocketAddress.new(unix), true);
        left.close();
        const server = makeServer();
        assertEqual(await ask(server.listen({unix})), [null, null]);
        server.close();

        GLib.file_set_contents(unix, 'precious');
        const error = await getError(() => server.listen({unix}));
        assertEqual(error.matches(Gio.IOErrorEnum, Gio.IOErrorEnum.ADDRESS_IN_USE), true);
        assertEqual(new TextDecoder().decode(GLib.file_get_contents(unix)[1]), 'precious');
    },
};

exit(await run(tests));
