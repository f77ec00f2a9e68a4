// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The time zone of dates that have none, in servers: as that of clients.

import GLib from 'gi://GLib';
import XmlRpc from 'gi://XmlRpc?version=1.0';

import {assertEqual, assertThrows, exit, getError, run, serve} from './harness.js';

const URI = 'http://127.0.0.1:1/';
const TEXT = '19980717T14:08:55';
const moment = offset => Date.parse(`1998-07-17T14:08:55${offset}`);

// What comes without a zone, and the moment that it is in each zone; the tests run in Berlin.
const zones = [
    [undefined, '+02:00'], ['local', '+02:00'], [null, '+02:00'], ['UTC', 'Z'], ['America/New_York', '-04:00'], ['+05:30', '+05:30'],
    [GLib.TimeZone.new_offset(3600), '+01:00'],
];

const date = text => new GLib.Variant('(os)', ['/xmlrpc/dateTime', text]);

async function withServer(server, test) {
    const service = serve(server);
    const proxy = new XmlRpc.ServerProxy({uri: service.uri, timeZone: 'UTC'});

    server.addFunction('read', value => value.getTime() / 1000);
    server.addFunction('later', async value => (await value).a[0].getTime() / 1000);
    server.addFunction('make', milliseconds => [new Date(milliseconds * 1000)]);
    server.addFunction('echo', value => value);
    server.addFunction('change', value => {
        value.setSeconds(56);
        return [value, value.value];
    });
    await test(proxy.remote);
    service.disconnect();
}

const tests = {
    async serversHaveOne() {
        for (const [timeZone, offset] of zones) {
            const expected = moment(offset) / 1000;
            const server = new XmlRpc.Server(timeZone === undefined ? {} : {timeZone});

            assertEqual(server.timeZone === (timeZone ?? 'local'), true);
            await withServer(server, async remote => {
                assertEqual(await remote.read(date(TEXT)), expected);
                assertEqual(await remote.later({a: [date(TEXT)]}), expected);
                assertEqual((await remote.make(expected))[0].value, TEXT);
                assertEqual((await remote.echo(date(TEXT))).value, TEXT);
                const [changed, text] = await remote.change(date(TEXT));
                assertEqual([changed.value, text], ['19980717T14:08:56', '19980717T14:08:56']);
                // One that has a zone is what it says.
                assertEqual(await remote.read(date(`${TEXT}+09:00`)), moment('+09:00') / 1000);
            });
        }
    },

    async canBeChanged() {
        const server = new XmlRpc.Server();

        await withServer(server, async remote => {
            server.timeZone = 'UTC';
            assertEqual(await remote.read(date(TEXT)), moment('Z') / 1000);
            server.timeZone = 'local';
            assertEqual(await remote.read(date(TEXT)), moment('+02:00') / 1000);
        });
    },

    async faultsHaveIt() {
        const server = new XmlRpc.Server({timeZone: 'UTC'});

        server.addFunction('fail', () => {
            throw new XmlRpc.Fault(4, 'a', {when: new Date(moment('Z'))});
        });
        await withServer(server, async remote => {
            assertEqual((await getError(() => remote.fail())).value.when.value, TEXT);
        });
    },

    async refusesWhatIsNoZone() {
        for (const make of [timeZone => new XmlRpc.Server({timeZone}), timeZone => new XmlRpc.ServerProxy({uri: URI, timeZone})]) {
            await assertThrows(() => make('Nowhere/Land'), RangeError, 'timeZone: there is no time zone Nowhere/Land');
            await assertThrows(() => make(5), TypeError, 'timeZone: expected a string or a GLib.TimeZone, got number');
            assertEqual((await getError(() => make('UTC\0'))).constructor.name, 'TypeError');
        }
    },
};

exit(await run(tests));
