// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Messages full of small values: how many there may be, and what they take.

import Gio from 'gi://Gio';
import GLib from 'gi://GLib';
import System from 'system';
import XmlRpc from 'gi://XmlRpc?version=1.0';

import {assertEqual, exit, run} from './harness.js';

const SIZE = 2 * 1024 * 1024;

// Each is repeated until the request is so large.
const values = [
    '<value/>',
    '<value><dateTime.iso8601/></value>',
    '<value><dateTime.iso8601>20260101</dateTime.iso8601></value>',
    '<value><dateTime.iso8601>20260101T00:00:00</dateTime.iso8601></value>',
    '<value><dateTime.iso8601>2026-01-01T00:00:00Z</dateTime.iso8601></value>',
    '<value><base64/></value>',
    '<value><base64>AA==</base64></value>',
    '<value><struct/></value>',
    '<value><array><data/></array></value>',
    '<value><i8>1</i8></value>',
    '<value><ex:biginteger>1</ex:biginteger></value>',
    '<value><struct><member><name>$a</name><value/></member></struct></value>',
];

function writeCall(items) {
    const text = '<methodCall><methodName>take</methodName><params><param><value><array><data>' +
        `${items}</data></array></value></param></params></methodCall>`;

    return GLib.Bytes.new(new TextEncoder().encode(text));
}

let taken;

function createServer(properties) {
    const server = new XmlRpc.Server(properties);

    server.addFunction('take', array => {
        taken = array;
        return array.length;
    });
    return server;
}

async function handle(server, request) {
    const response = await server.handle_async(request, null);

    return new TextDecoder().decode(response.get_data());
}

// What the server makes of these elements.
async function receive(...items) {
    await handle(createServer({max_values: 0}), writeCall(items.map(item => `<value>${item}</value>`).join('')));
    return taken;
}

function readStatus(name) {
    const [, contents] = GLib.file_get_contents('/proc/self/status');

    return 1024 * Number(new RegExp(`${name}:\\s+(\\d+)`).exec(new TextDecoder().decode(contents))[1]);
}

function resetPeak() {
    const stream = Gio.File.new_for_path('/proc/self/clear_refs').append_to(Gio.FileCreateFlags.NONE, null);

    stream.write('5', null);
    stream.close(null);
}

// All that XmlRpc.DateTime reads, and what is next to it.
function* combineDates() {
    const dates = ['19980717', '1998-07-17', '199807-17', '00010102', '00000101', '99991231', '20240229',
        '20230229', '20261301', '20260100', '2026011', '00991231'];
    const times = ['', 'T', 'T14:08:55', 't140855', ' 14:08:55', '\t14:0855', 'T14:08', 'T1408', 'T24:00:00',
        'T24:00', 'T24:00:01', 'T24:00:00.001', 'T23:59:60', 'T23:59:61', 'T23:60:00', 'T25:00', 'T14:08:',
        'T14:08:55.', 'T14:08:55,5', 'T14:08:55.123', 'T14', '  '];
    const zones = ['', 'Z', ' z', '+02:00', '-0200', '+02', '+2', '+14:00', '+14:01', '-1500', '+02:', '+0260',
        ' ', 'X', '+02:0'];

    for (const date of dates) {
        for (const time of times) {
            for (const zone of zones)
                yield date + time + zone;
        }
    }
    yield* ['', ' ', 'x', ' 19980717 ', '\n19980717T14:08:55\n'];
}

function readInC(text) {
    try {
        const date = XmlRpc.DateTime.new_from_iso8601(text).to_date_time(GLib.TimeZone.new_local());

        return date.to_unix() * 1000 + Math.round(date.get_microsecond() / 1000);
    } catch (error) {
        return NaN;
    }
}

const tests = {
    async 'takes less than ten times its bytes'() {
        for (const value of values) {
            const server = createServer({max_values: 0});
            const request = writeCall(value.repeat(SIZE / value.length));

            System.gc();
            await handle(server, writeCall(value));
            const before = readStatus('VmRSS');
            resetPeak();
            await handle(server, request);
            const times = (readStatus('VmHWM') - before) / SIZE;

            print(`# ${times.toFixed(1)} times: ${value}`);
            if (times >= 10)
                throw new Error(`${value} takes ${times} times its bytes`);
        }
    },

    async 'reads dates as C does'() {
        const texts = [...combineDates()];
        const dates = await receive(...texts.map(text => `<dateTime.iso8601>${text}</dateTime.iso8601>`));

        texts.forEach((text, index) => {
            assertEqual(`${text}: ${dates[index].getTime()}`, `${text}: ${readInC(text)}`);
        });
        assertEqual(dates.filter(date => !isNaN(date)).length > 500, true);
    },

    async 'decodes base64 of any length'() {
        const arrays = Array.from({length: 80}, (_, length) =>
            Uint8Array.from({length}, (__, index) => index * 37 + length * 11 & 255));

        assertEqual(await receive(...arrays.map(array => `<base64>${GLib.base64_encode(array)}</base64>`)), arrays);
    },

    async 'limits the values of a request'() {
        const server = createServer({max_values: 3});

        assertEqual((await handle(server, writeCall('<value/>'.repeat(2)))).includes('<int>2</int>'), true);
        assertEqual((await handle(server, writeCall('<value/>'.repeat(3)))).includes('at most 3 values'), true);
    },

    'has properties for all limits'() {
        const server = new XmlRpc.Server({
            max_values: 1, max_response_size: 2, max_response_backlog: 3,
            write_timeout: 4, idle_timeout: 5, max_connections: 6,
        });
        const proxy = new XmlRpc.ServerProxy({uri: 'http://127.0.0.1:9/', max_values: 7});

        assertEqual([
            server.get_max_values(), server.get_max_response_size(), server.get_max_response_backlog(),
            server.get_write_timeout(), server.get_idle_timeout(), server.get_max_connections(),
            proxy.get_max_values(),
        ], [1, 2, 3, 4, 5, 6, 7]);
    },
};

exit(await run(tests));
