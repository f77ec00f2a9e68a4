// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What servers and clients in the field send, as JavaScript reads it.

import GLib from 'gi://GLib';
import Soup from 'gi://Soup?version=3.0';
import XmlRpc from 'gi://XmlRpc?version=1.0';

import {assertEqual, assertThrows, exit, getError, run} from './harness.js';

const answer = {body: '', status: 200, request: ''};
const http = new Soup.Server();

http.listen_local(0, Soup.ServerListenOptions.IPV4_ONLY);
http.add_handler(null, (server, message) => {
    answer.request = new TextDecoder().decode(message.get_request_body().flatten().get_data());
    message.set_status(answer.status, null);
    message.set_response('text/xml', Soup.MemoryUse.COPY, answer.body);
});

const uri = `http://127.0.0.1:${http.get_uris()[0].get_port()}/`;
const proxy = new XmlRpc.ServerProxy({uri});

function readCase(name) {
    const path = GLib.build_filenamev([GLib.getenv('G_TEST_SRCDIR'), 'data', 'cases', `${name}.xml`]);

    return GLib.file_get_contents(path)[1];
}

function value(xml) {
    return `<methodResponse><params><param><value>${xml}</value></param></params></methodResponse>`;
}

function date(text) {
    return value(`<dateTime.iso8601>${text}</dateTime.iso8601>`);
}

function call(body, status = 200, method = proxy.remote.a) {
    answer.body = body;
    answer.status = status;
    return method();
}

// Those with a body are neighbours of the files.
const values = [
    ['int-of-33-bits', null, 4290772992],
    ['i4-of-64-bits', null, 4697620480],
    ['i4-unsigned-in-struct', null, {FreeLo: 4294967295, FreeHi: 3, Paused: false}],
    ['int-below', value('<int>-2147483649</int>'), -2147483649],
    ['i4-in-array', value('<array><data><value><i4>9223372036854775807</i4></value></data></array>'), [2n ** 63n - 1n]],
    ['array-without-data', null, ['a', 2]],
    ['param-without-value', null, {a: 1}],
    ['value-in-params', '<methodResponse><params><value>a</value></params></methodResponse>', 'a'],
    ['int-in-param', '<methodResponse><params><param><int>1</int></param></params></methodResponse>', 1],
    ['several-params', null, [0, 'SUCCESS']],
    ['three-params', '<methodResponse><params><array/><nil/><base64>AAE=</base64></params></methodResponse>',
        [[], null, new Uint8Array([0, 1])]],
    ['bom-utf-8', null, 'Küche'],
    ['two-marks', null, 1],
    ['mark-at-the-end', null, 1],
    ['declared-utf-16-is-utf-8', null, 'Küche'],
    ['marks-at-the-end', `${value('é')}\n\ufeff\ufeff`, 'é'],
    ['mark-behind-comment', `${value('é')}<!-- a -->\ufeff`, 'é'],
    ['ex-serializable', null, new Uint8Array([0xac, 0xed, 0, 5, 0x74, 0, 1, 0x61])],
    ['serializable-without-prefix', value('<serializable>AAE=</serializable>'), new Uint8Array([0, 1])],
    ['big-decimal-word', null, 'abc'],
    ['big-decimal-largest-exponent', value('<bigdecimal>1E+4300</bigdecimal>'), '1E+4300'],
    ['list-methods-struct', null, {}],
    ['date-24-hours', null, new Date(2024, 0, 2)],
    ['date-pretty-printed', null, new Date(2024, 0, 1)],
    ['date-with-zone-without-time', null, new Date(NaN)],
    ['date-fraction-of-minute', null, new Date(NaN)],
    ['date-with-zone', date('2013-04-05t10:00:00,25 +02'), new Date(Date.UTC(2013, 3, 5, 8, 0, 0, 250))],
    ['date-second-60', date('20161231T23:59:60z'), new Date(Date.UTC(2016, 11, 31, 23, 59, 59))],
    ['date-with-blanks', date('1998-07-17   14:08'), new Date(1998, 6, 17, 14, 8)],
    ['date-hour', date('20240101T14'), new Date(NaN)],
    ['date-week', date('2024-W01-1'), new Date(NaN)],
    ['date-that-no-clock-shows', date('20240331T02:30:00'), new Date(Date.UTC(2024, 2, 31, 1))],
];

const faults = [
    ['fault-code-word', 'Client', 'Denied access to method (login)'],
    ['fault-code-text-string-empty', 'warning -- UserError\n\nNot enough stock', ''],
    ['fault-code-access-denied', 'AccessDenied', 'Access Denied'],
    ['fault-code-double', 4, 'x'],
    ['fault-code-nil', null, 'x'],
    ['fault-code-unsigned', 4294934528, 'no such method'],
    ['fault-without-code', undefined, 'out of order'],
    ['fault-string-struct', 5, {message: 'oops'}],
    ['fault-without-value', -506, 'no such method'],
];

const errors = [
    ['mismatched-end-tag', null, 'not well-formed XML: expected </data>, got </array> (line 4)'],
    ['big-decimal-exponent', null,
        'params[0]: expected a number with an exponent from -4300 to 4300, got "1E200000000" (line 1)'],
    ['big-decimal-negative-exponent', value('<bigdecimal>1e-99999</bigdecimal>'),
        'params[0]: expected a number with an exponent from -4300 to 4300, got "1e-99999" (line 1)'],
    ['ex-dom', value('<ex:dom><a/></ex:dom>'), 'params[0]: the type ex:dom is not supported (line 1)'],
    ['two-values', '<methodResponse><params><param><int>1</int><int>2</int></param></params></methodResponse>',
        'params[0]: two values in one <param> (line 1)'],
];

// A call that a server of ours answers with what it got.
function handle(request) {
    const server = new XmlRpc.Server();

    server.addFunction('echo', echoed => echoed);
    return server.handle_async(new GLib.Bytes(request), null);
}

function decode(bytes) {
    return new TextDecoder().decode(bytes instanceof GLib.Bytes ? bytes.get_data() : bytes);
}

async function testRequests() {
    for (const [name, body, expected] of values) {
        if (name === 'value-in-params' || name.endsWith('-params'))
            continue;

        const response = body ?? decode(readCase(name));
        const request = response.replaceAll('methodResponse', 'methodCall')
            .replace('<params>', '<methodName>echo</methodName><params>');
        const echoed = await handle(new TextEncoder().encode(request));

        assertEqual([name, await call(decode(echoed))], [name, expected]);
        if (name.startsWith('date-'))
            assertEqual(decode(echoed).includes(/8601>([^<]*)</.exec(response)[1].trim()), true);
    }
}

async function testMulticall() {
    for (const [name, value1, code, text] of [
        ['multicall-fault-code-word', 1, 'Client', 'denied'],
        ['multicall-fault-element', 5, 42, 'no'],
    ]) {
        const calls = XmlRpc.Multicall.new(proxy);

        calls.remote.a();
        calls.remote.b();
        answer.body = readCase(name);
        answer.status = 200;
        const [first, second] = await calls.run();
        assertEqual([first, second.faultCode, second.faultString], [value1, code, text]);
        assertEqual(second instanceof XmlRpc.Fault, true);
    }

    const calls = XmlRpc.Multicall.new(proxy);

    calls.remote.a();
    calls.remote.b();
    answer.body = readCase('multicall-bare-value');
    const [first, second] = await calls.run();
    assertEqual(first.message, 'call 0 (a): expected an array of one value or a fault, got int');
    assertEqual(second.message, 'call 1 (b): expected an array of one value or a fault, got string');
}

async function testDatesGoBack() {
    for (const text of ['2013-04-05T10:00:00.25+02:00', '2013-04-05+02:00', 'yesterday', '  19980717T14:08:55', '']) {
        const read = await call(date(text));

        assertEqual(read.value, text);
        await proxy.remote.a([read]);
        assertEqual(answer.request.includes(`<dateTime.iso8601>${text}</dateTime.iso8601>`), true);
    }

    const read = await call(date('20240101T24:00:00'));

    read.setHours(1);
    assertEqual(read.value, '20240102T01:00:00');
    await proxy.remote.a(read);
    assertEqual(answer.request.includes('>20240102T01:00:00<'), true);
    assertEqual(Object.keys(read), []);
    assertEqual(JSON.stringify(read), JSON.stringify(new Date(2024, 0, 2, 1)));
}

// Of dates that have none.
async function testTimeZones() {
    for (const [timeZone, hours] of [['UTC', 0], ['America/New_York', 5], ['+02:00', -2], ['local', -1],
        [GLib.TimeZone.new_identifier('Asia/Tokyo'), -9]]) {
        const other = new XmlRpc.ServerProxy({uri, timeZone});
        const expected = new Date(Date.UTC(2024, 0, 1, 12 + hours));

        assertEqual(other.timeZone, timeZone);
        assertEqual(await call(date('20240101T12:00:00'), 200, other.remote.a), expected);
        assertEqual(await call(date('20240101T12:00:00Z'), 200, other.remote.a), new Date(Date.UTC(2024, 0, 1, 12)));
        await other.remote.a(expected);
        assertEqual(answer.request.includes('>20240101T12:00:00<'), true);

        const calls = XmlRpc.Multicall.new(other);

        calls.remote.a(expected);
        answer.body = value('<array><array><dateTime.iso8601>20240101T12:00:00</dateTime.iso8601></array></array>');
        assertEqual(await calls.run(), [expected]);
        assertEqual(answer.request.includes('>20240101T12:00:00<'), true);
    }

    proxy.timeZone = 'UTC';
    assertEqual(proxy.timeZone, 'UTC');
    assertEqual(await call(date('20240101T12:00:00')), new Date(Date.UTC(2024, 0, 1, 12)));
    const late = await call(date('00010101T00:00:00'));
    late.setUTCHours(1);
    assertEqual(late.value, '00010101T01:00:00');
    proxy.timeZone = 'local';
    assertEqual(await call(date('20240101T12:00:00')), new Date(2024, 0, 1, 12));

    await assertThrows(() => new XmlRpc.ServerProxy({uri, timeZone: 'Mars/Olympus'}), RangeError,
        'timeZone: there is no time zone Mars/Olympus');
    await assertThrows(() => new XmlRpc.ServerProxy({uri, timeZone: 2}), TypeError,
        'timeZone: expected a string or a GLib.TimeZone, got number');
}

exit(await run({
    async 'values are read'() {
        for (const [name, body, expected] of values)
            assertEqual([name, await call(body ?? readCase(name))], [name, expected]);
    },

    async 'faults are read, whatever the status is'() {
        for (const [name, code, text] of faults) {
            for (const status of [200, 500]) {
                const fault = await getError(() => call(readCase(name), status));

                assertEqual(fault instanceof XmlRpc.Fault, true);
                assertEqual([name, fault.faultCode, fault.faultString], [name, code, text]);
            }
        }
    },

    async 'errors say what is wrong'() {
        for (const [name, body, message] of errors)
            assertEqual((await getError(() => call(body ?? readCase(name)))).message, message);
    },

    async 'a list of methods is no struct'() {
        answer.body = readCase('list-methods-struct');
        answer.status = 200;
        const error = await getError(() => proxy.list_methods_async(null));
        assertEqual(error.message, 'expected a list of methods, got struct');
    },

    'results of a multicall are read': testMulticall,
    'requests are read, and answered with what they had': testRequests,
    'dates go back as they came': testDatesGoBack,
    'a program chooses the time zone': testTimeZones,
}));
