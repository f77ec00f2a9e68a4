// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Whom a call comes from behind proxies, as JavaScript asks for it.

import XmlRpc from 'gi://XmlRpc?version=1.0';

import {assertEqual, exit, run, serve} from './harness.js';

// The client that a server sees.
async function ask(server, forwarded) {
    const service = serve(server);
    const proxy = new XmlRpc.ServerProxy({uri: service.uri, headers: {'X-Forwarded-For': forwarded}});
    let address;

    server.connect('authorize-call', (_server, invocation) => {
        address = invocation.get_client_address();
        return true;
    });
    await proxy.remote.system.listMethods();
    service.disconnect();
    return address?.to_string() ?? null;
}

const tests = {
    areSet() {
        const server = new XmlRpc.Server({trustedProxies: ['192.0.2.0/24', 'unix']});

        assertEqual(server.trusted_proxies, ['192.0.2.0/24', 'unix']);
        server.trustedProxies = ['192.0.2.1'];
        assertEqual(server.get_trusted_proxies(), ['192.0.2.1']);
        server.set_trusted_proxies(null);
        assertEqual(server.trustedProxies, []);
    },

    async areBelieved() {
        const server = new XmlRpc.Server({trustedProxies: ['127.0.0.1']});

        assertEqual(await ask(server, '198.51.100.1, 203.0.113.7'), '203.0.113.7');
        assertEqual(await ask(server, 'unknown'), null);
        assertEqual(await ask(new XmlRpc.Server(), '203.0.113.7'), '127.0.0.1');
    },
};

exit(await run(tests));
