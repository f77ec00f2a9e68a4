// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What servers in the field send around XML-RPC, what is sent to them, and the errors of
// the network, in JavaScript.

import Gio from 'gi://Gio';
import GLib from 'gi://GLib';
import Soup from 'gi://Soup?version=3.0';
import XmlRpc from 'gi://XmlRpc?version=1.0';

import {assertEqual, assertThrows, exit, getError, letHandshakesEnd, run} from './harness.js';

const SOURCES = GLib.getenv('G_TEST_SRCDIR');
const XML = text => `<methodResponse><params><param><value>${text}</value></param></params></methodResponse>`;

// What there is of UTF-8 in a response that is written as Latin-1.
const UTF8 = text => String.fromCharCode(...new TextEncoder().encode(text));
const KITCHEN = UTF8(XML('Küche'));

function create(body, headers = [], status = '200 OK') {
    return [`HTTP/1.1 ${status}`, 'Connection: close', ...headers, '', body].join('\r\n');
}

function typed(parameters, body) {
    return create(body, [`Content-Type: text/xml;${parameters}`]);
}

const READ = {
    'charset-none': 'Küche',
    'charset-empty': 'Küche',
    'charset-misspelt': 'Küche',
    'charset-latin1-and-mark': 'Küche',
    'charset-latin1-and-mark-ascii': 1,
    'charset-utf-16le-and-mark': 1,
    'charset-latin1-utf-8-declared': 'KÃ¼che',
    'gzip-two-members': 'Küche',
    'gzip-capitals': 'Küche',
    [typed('charset="utf8mb4"', KITCHEN)]: 'Küche',
    [typed('charset=%CHARSET%', KITCHEN)]: 'Küche',
    [typed('charset=Big5', UTF8('\ufeff') + KITCHEN)]: 'Küche',
    [create(KITCHEN, ['Content-Encoding: GZIP'])]: 'Küche',
};

const FAILS = [
    ['charset-utf-8-latin1-declared', XmlRpc.Error, /not valid in its encoding/],
    ['content-length-word', Soup.SessionError, /has an invalid Content-Length, "who knows\?"$/],
    [create('', ['Content-Length: 5 bytes']), Soup.SessionError, /invalid Content-Length, "5 bytes"$/],
    [create('', ['Transfer-Encoding: none']), Soup.SessionError, /invalid Transfer-Encoding, "none"$/],
    ['not-http', Soup.SessionError, /is not HTTP/],
    ['220 mail.example.com ESMTP\r\n', Soup.SessionError, /is not HTTP/],
    ['-ERR unknown command\r\n', Soup.SessionError, /is not HTTP/],
    ['401-without-challenge', XmlRpc.HttpError, /: the server wants a user name and a password$/],
    ['403-with-reason', XmlRpc.HttpError, /: the server says "Forbidden by a security rule\."$/],
    [create('<h1>Forbidden</h1><p>Not\n<b>here</b>.', ['Content-Type: text/html'], '403 Forbidden'),
        XmlRpc.HttpError, /: the server says "Not here\."$/],
    [create('\x1b[2J\nno', [], '500 Oh dear'), XmlRpc.HttpError, /says "\\u001b\[2J"$/],
    [create('', ['Location: https://me:s3cret@example.com/'], '308 Permanent Redirect'),
        XmlRpc.HttpError, /: redirected to https:\/\/example.com\/$/],
    ['php-warning-before', XmlRpc.Error, /says "Warning: Undefined variable \$colour in \/srv\/blog\/plugin\.php/],
    [typed('', `Notice: a in b.php\n${KITCHEN}`), XmlRpc.Error, /says "Notice: a in b\.php"$/],
    [create('<title>Hi</title>', ['Content-Type: text/html']), XmlRpc.Error, /text\/html, not XML-RPC.*says "Hi"$/],
];

// Servers that answer as they are told; see replay.py.
function replay(...what) {
    const paths = what.map(name =>
        name.includes('\n') || name === 'head' ? name : `${SOURCES}/data/cases/${name}.http`);
    const process = Gio.Subprocess.new(
        [GLib.getenv('PYTHON') ?? 'python3', `${SOURCES}/bindings/replay.py`, ...paths],
        Gio.SubprocessFlags.STDIN_PIPE | Gio.SubprocessFlags.STDOUT_PIPE);
    const output = Gio.DataInputStream.new(process.get_stdout_pipe());

    return {
        uris: what.map(() => output.read_line_utf8(null)[0]),
        stop() {
            process.get_stdin_pipe().close(null);
            process.wait(null);
        },
    };
}

async function withServers(what, func) {
    const {uris, stop} = replay(...what);

    try {
        await func(uris);
    } finally {
        stop();
    }
}

function assertMatches(error, ErrorClass, pattern) {
    if (!(error instanceof ErrorClass) || !pattern.test(error.message))
        throw new Error(`expected ${ErrorClass.name} ${pattern}, got ${error.constructor.name} ${error.message}`);
}

async function getHead(properties) {
    return (await new XmlRpc.ServerProxy({timeout: 30000, ...properties}).remote.m()).split('\n');
}

const isGood = await run({
    async everyFileIsHere() {
        const names = Gio.File.new_for_path(`${SOURCES}/data/cases`).enumerate_children('standard::name', 0, null);
        const known = new Set([...Object.keys(READ), ...FAILS.map(([name]) => name), 'http-500-fault-code-word']);

        for (const info of names) {
            const name = info.get_name();

            if (name.endsWith('.http') && !known.has(name.slice(0, -5)))
                throw new Error(name);
        }
    },

    read: () => withServers(Object.keys(READ), async uris => {
        for (const [index, value] of Object.values(READ).entries()) {
            const {remote} = new XmlRpc.ServerProxy({uri: uris[index], timeout: 30000});

            assertEqual([await remote.m(), remote.m.sync()], [value, value]);
        }
    }),

    fails: () => withServers(FAILS.map(([what]) => what), async uris => {
        for (const [index, [, ErrorClass, pattern]] of FAILS.entries()) {
            const {remote} = new XmlRpc.ServerProxy({uri: uris[index], timeout: 30000});

            assertMatches(await getError(() => remote.m()), ErrorClass, pattern);
            assertMatches(await getError(() => remote.m.sync()), ErrorClass, pattern);
        }
    }),

    passwordThatWasNeverSent: () => withServers(['401-without-challenge'], async ([uri]) => {
        const login = {uri, user: 'ada', password: 'x'};

        assertMatches(await getError(() => new XmlRpc.ServerProxy(login).remote.m()),
            XmlRpc.HttpError, /does not accept this user name and password$/);
        assertMatches(await getError(() => new XmlRpc.ServerProxy({...login, authenticate_on_demand: true}).remote.m()),
            XmlRpc.HttpError, /has not asked for them as HTTP does, so they were not sent/);
    }),

    async network() {
        const listener = new Gio.SocketListener();
        const port = listener.add_any_inet_port(null);

        listener.close();
        for (const [uri, ErrorClass, code] of [
            [`http://127.0.0.1:${port}/`, Gio.IOErrorEnum, Gio.IOErrorEnum.CONNECTION_REFUSED],
            ['http+unix:///nowhere/at/all.sock:/RPC2', Gio.IOErrorEnum, Gio.IOErrorEnum.NOT_FOUND],
            ['ftp://127.0.0.1/', GLib.UriError, GLib.UriError.BAD_SCHEME],
        ]) {
            const error = await getError(() => new XmlRpc.ServerProxy({uri}).remote.m());

            assertMatches(error, ErrorClass, /./);
            assertEqual(error.code, code);
        }
        assertMatches(await getError(() => new XmlRpc.ServerProxy({uri: 'http://host..invalid/'}).remote.m()),
            Gio.ResolverError, /host\.\.invalid/);
    },

    async certificates() {
        const file = name => `${SOURCES}/data/tls/${name}.pem`;
        const trusting = new Soup.Session({tls_database: Gio.TlsFileDatabase.new(file('ca'))});

        for (const [name, session, host, reason] of [
            ['self-signed', null, 'localhost', 'it is self-signed'],
            ['server', null, 'localhost', 'its authority is unknown'],
            ['expired', trusting, 'localhost', 'it has expired'],
            ['server', trusting, 'other.localhost', 'it is not for other.localhost'],
        ]) {
            const http = new Soup.Server({tls_certificate: Gio.TlsCertificate.new_from_file(file(name))});

            http.listen_local(0, Soup.ServerListenOptions.HTTPS | Soup.ServerListenOptions.IPV4_ONLY);
            const uri = `https://${host}:${http.get_uris()[0].get_port()}/`;
            const error = await getError(() => new XmlRpc.ServerProxy({uri, session}).remote.m());

            assertMatches(error, Gio.TlsError, /./);
            assertEqual(error.message, `the certificate of ${host} is not accepted: ${reason}`);
            letHandshakesEnd();
            http.disconnect();
        }
    },

    uris: () => withServers(['head'], async ([uri]) => {
        const start = uri.replace('/RPC2', '');
        const {port} = /:(?<port>\d+)$/.exec(start).groups;
        const address = Gio.InetSocketAddress.new_from_string('127.0.0.1', Number(port));

        for (const [rest, asked] of [
            ['', '/RPC2'], ['/', '/'], ['/a%2Fb%20c', '/a%2Fb%20c'], ['?x=1&y=%26', '/RPC2?x=1&y=%26'], ['/a?', '/a?'],
            ['/a?b?c=/', '/a?b?c=/'], ['/a#part', '/a'], ['/?q#part', '/?q'], ['/ä?ü', '/%C3%A4?%C3%BC'],
        ])
            assertEqual((await getHead({uri: start + rest}))[0], `POST ${asked} HTTP/1.1`);

        for (const [host, shown] of [
            ['bücher.example', 'xn--bcher-kva.example'], ['例え.テスト', 'xn--r8jz45g.xn--zckzah'],
            ['[fe80::1%25eth0]', '[fe80::1]'], ['[::1]', '[::1]'], ['example.com:80', 'example.com'],
        ]) {
            const session = new Soup.Session({remote_connectable: address});

            assertEqual((await getHead({uri: `http://${host}/`, session})).includes(`Host: ${shown}`), true);
        }
    }),

    headers: () => withServers(['head'], async ([uri]) => {
        const head = await getHead({uri, headers: [['X-A', '1'], ['X-B', ''], ['X-A', '2']]});

        assertEqual(head.filter(line => line.startsWith('X-')), ['X-A: 1', 'X-B: ', 'X-A: 2']);
    }),

    async headersThatCannotBeSent() {
        const uri = 'http://127.0.0.1/';
        const proxy = new XmlRpc.ServerProxy({uri});

        for (const [name, value] of [
            ['X-A', new Uint8Array([97])], ['X-A', null], ['X-A', undefined], ['X-A', 1], ['X-A', ['a', 'b']],
            ['X-A', 'a\r\nX-B: b'], ['X-A', 'a\nb'], ['X-A', 'a\rb'], ['X-A', 'a\0b'], ['X A', 'a'], ['X-A ', 'a'],
            ['', 'a'], ['X-A:', 'a'], ['X-Ä', 'a'], ['X\0', 'a'], ['Content-Length', '5'], ['content-length', '5'],
            ['Host', 'a'], ['Transfer-Encoding', 'chunked'], ['Connection', 'close'],
        ]) {
            for (const headers of [{[name]: value}, [[name, value]], new Map([[name, value]])]) {
                const error = await getError(() => new XmlRpc.ServerProxy({uri, headers}));

                assertMatches(error, TypeError, /^headers: /);
            }
            await getError(() => proxy.add_header(name, value));
            assertEqual(proxy.get_headers(), null);
        }
        await assertThrows(() => new XmlRpc.ServerProxy({uri, headers: {'X A': 'b'}}), TypeError,
            'headers: expected the name of a header, got "X A"');
    },

    cookie: () => withServers(['head'], async ([uri]) => {
        const proxy = new XmlRpc.ServerProxy({uri, timeout: 30000});
        const hasCookie = async () => /\nCookie: session=s3cret\n/.test(await proxy.remote.m());

        assertEqual([await hasCookie(), await hasCookie()], [false, false]);
        proxy.get_session().add_feature(new Soup.CookieJar());
        assertEqual([await hasCookie(), await hasCookie(), await hasCookie()], [false, true, true]);
    }),
});

exit(isGood);
