// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Which pages may call a server, and by which names, as JavaScript sets it.

import Gio from 'gi://Gio';
import GLib from 'gi://GLib';
import Soup from 'gi://Soup?version=3.0';
import XmlRpc from 'gi://XmlRpc?version=1.0';

import {assertEqual, exit, run, serve} from './harness.js';

Gio._promisify(Soup.Session.prototype, 'send_and_read_async');

const CALL = '<methodCall><methodName>system.listMethods</methodName></methodCall>';

// What a server says to a call with this header: status, text and headers.
async function ask(server, name, value) {
    const service = serve(server);
    const message = Soup.Message.new('POST', service.uri);

    message.set_request_body_from_bytes('text/xml', new GLib.Bytes(new TextEncoder().encode(CALL)));
    message.get_request_headers().replace(name, value);
    const bytes = await new Soup.Session().send_and_read_async(message, GLib.PRIORITY_DEFAULT, null);

    service.disconnect();
    return [message.get_status(), new TextDecoder().decode(bytes.toArray()), message.get_response_headers()];
}

const tests = {
    areSetByConstructor() {
        const server = new XmlRpc.Server({
            allowedHosts: ['a.example', 'b.example'], allowedOrigins: ['https://a.example'],
        });

        assertEqual(server.allowed_hosts, ['a.example', 'b.example']);
        assertEqual(server.get_allowed_origins(), ['https://a.example']);
    },

    areSetLater() {
        const server = new XmlRpc.Server();

        assertEqual([server.get_allowed_hosts(), server.allowedOrigins], [[], []]);
        server.allowedHosts = ['a.example'];
        server.set_allowed_origins(['https://a.example']);
        assertEqual([server.allowedHosts, server.allowedOrigins], [['a.example'], ['https://a.example']]);
        server.set_allowed_hosts(null);
        server.allowedOrigins = [];
        assertEqual([server.get_allowed_hosts(), server.get_allowed_origins()], [[], []]);
    },

    async decideOverHosts() {
        const server = new XmlRpc.Server({allowedHosts: ['*.example.org']});

        assertEqual((await ask(server, 'Host', 'api.example.org'))[0], 200);
        assertEqual((await ask(server, 'Host', 'evil.example')).slice(0, 2),
            [403, 'the host "evil.example" is not in allowed-hosts\n']);
    },

    async decideOverOrigins() {
        const server = new XmlRpc.Server({allowedOrigins: ['https://app.example']});
        const [status,, headers] = await ask(server, 'Origin', 'https://app.example');

        assertEqual([status, headers.get_one('Access-Control-Allow-Origin')], [200, 'https://app.example']);
        assertEqual((await ask(server, 'Origin', 'http://app.example')).slice(0, 2),
            [403, 'the origin "http://app.example" is not in allowed-origins\n']);
    },
};

exit(await run(tests));
