// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A program that asks a person for the password while calls wait.

import Gio from 'gi://Gio';
import GLib from 'gi://GLib';
import Soup from 'gi://Soup?version=3.0';
import XmlRpc from 'gi://XmlRpc?version=1.0';

import {assertEqual, exit, getError, run, sleep} from './harness.js';

const TIMEOUT = 1500;
const THINKING = 2500;

const http = new Soup.Server();
const server = new XmlRpc.Server();
const domain = new Soup.AuthDomainBasic({realm: 'x'});

domain.add_path('/RPC2');
domain.set_auth_callback((_domain, _message, user, password) => user === 'ada' && password === 'lovelace');
http.add_auth_domain(domain);
http.listen_local(0, Soup.ServerListenOptions.IPV4_ONLY);
server.attach(http, '/RPC2');
server.addFunction('known', () => 'known');

const uri = `http://127.0.0.1:${http.get_uris()[0].get_port()}/RPC2`;

// The proxy, and how often a person is asked.
function openDesk(answer) {
    const proxy = new XmlRpc.ServerProxy({uri, timeout: TIMEOUT});
    const desk = {proxy, nQuestions: 0};

    proxy.connect('message', (_proxy, message) => {
        message.connect('authenticate', (_message, auth) => {
            desk.nQuestions++;
            sleep(THINKING).then(() => answer(auth));
            return true;
        });
    });
    return desk;
}

const tests = {
    async waitsForThePerson() {
        const desk = openDesk(auth => auth.authenticate('ada', 'lovelace'));

        assertEqual(await Promise.all([1, 2, 3].map(() => desk.proxy.remote.known())),
            ['known', 'known', 'known']);
        assertEqual(desk.nQuestions, 1);
    },

    async closesTheDialogForAll() {
        const desk = openDesk(auth => auth.cancel());
        const errors = await Promise.all([1, 2, 3].map(() => getError(() => desk.proxy.remote.known())));

        assertEqual(errors.map(error => error.code), [401, 401, 401]);
        assertEqual(desk.nQuestions, 1);
    },

    async cancelsACallThatAsks() {
        const desk = openDesk(auth => auth.cancel());
        const cancellable = new Gio.Cancellable();
        const result = getError(() => desk.proxy.remote.known(cancellable));

        while (desk.nQuestions === 0)
            await sleep(10);
        cancellable.cancel();
        assertEqual((await result).matches(Gio.IOErrorEnum, Gio.IOErrorEnum.CANCELLED), true);
    },
};

GLib.setenv('GIO_USE_PROXY_RESOLVER', 'dummy', true);
exit(await run(tests));
