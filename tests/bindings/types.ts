// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the declarations allow and what they refuse: test-types.py has it compiled, not run.

import Gio from 'gi://Gio';
import GLib from 'gi://GLib';
import GObject from 'gi://GObject';
import Soup from 'gi://Soup?version=3.0';
import XmlRpc from 'gi://XmlRpc?version=1.0';
import type {ListenOptions, ReceivedDate, RemoteCall} from 'gi://XmlRpc?version=1.0';

const proxy = new XmlRpc.ServerProxy({
    uri: 'http://localhost/', timeout: 5000, maxValues: 5, 'max-response-size': 7, user: 'ada', password: null,
    headers: [['A', 'b']], timeZone: 'UTC', session: new Soup.Session(),
});
const {remote} = proxy;

// @ts-expect-error: milliseconds are a number
new XmlRpc.ServerProxy({uri: 'http://localhost/', timeout: '5'});
// @ts-expect-error: no such property
new XmlRpc.ServerProxy({url: 'http://localhost/'});
// @ts-expect-error: an object with properties
new XmlRpc.ServerProxy('http://localhost/');
// @ts-expect-error: only the constructor sets it
proxy.uri = 'http://localhost/';

proxy.timeout = proxy.maxValues + proxy['max-values'];
proxy.headers = {A: 'b'};
proxy.headers = new Map([['A', 'b']]);
proxy.timeZone = GLib.TimeZone.new_local();
proxy.set_header('A', null);
proxy.connect('message', (self: XmlRpc.ServerProxy, message: Soup.Message) => message.get_uri());
// @ts-expect-error: the name of a header is text
proxy.set_header(5, 'a');

async function call(): Promise<number> {
    const result: number = await remote.sample.add(2, [null, {a: new Date()}], 5n, new Uint8Array(1), new Gio.Cancellable());
    const add = remote.method<[number, number], number>('sample.add');
    const sum: number = await add(2, 3);
    const typed: RemoteCall<[string], string[]> = remote.method<[string], string[]>('a');
    const texts: string[] = typed.sync('a');

    // @ts-expect-error: XML-RPC has no undefined
    await remote.a(undefined);
    // @ts-expect-error: nor symbols
    await remote.a(Symbol('a'));
    // @ts-expect-error: two numbers
    await add('a', 3);
    // @ts-expect-error: methods of the server cannot be set
    remote.a = 5;
    await remote.m.call(1);
    await remote.m.apply.bind('a');
    await add(2, 3, new Gio.Cancellable());
    return result + sum + texts.length + remote.a.b.sync(5);
}

async function ask(): Promise<string[]> {
    const signatures = await proxy.server.methodSignature('a');
    const date: ReceivedDate = await remote.now();

    // @ts-expect-error: there may be none
    signatures.length;
    return [...signatures ?? [], proxy.server.methodHelp.sync('a'), date.value, ...await proxy.server.listMethods()];
}

async function callMany(): Promise<any[]> {
    const calls = XmlRpc.Multicall.new(proxy);
    const index: number = calls.remote.a.b(5) + calls.remote.method('a')(1);

    // @ts-expect-error: a multicall has no calls that block
    calls.remote.a.sync(5).length;
    return [index, ...calls.runSync(), ...await calls.run(new Gio.Cancellable())];
}

const server = new XmlRpc.Server({maxMulticall: 5, allowed_hosts: ['a'], timeZone: '+02:00'});
const options: ListenOptions = {port: 8080, host: '::', tls: {certificate: 'a.pem', key: 'b.pem'}, auth: new Map([['ada', 'x']])};
const uris: string[] = [server.listen(), server.listen(8080), server.listen(options), server.listen({
    unix: 'a.sock', auth: (user, password) => user === 'ada' && password.length > 5, path: null,
})];

// @ts-expect-error: a Promise is no decision
server.listen({auth: async () => true});
// @ts-expect-error: no such option
server.listen({prot: 8080});

server.addFunction('a', (a, b) => a + b);
server.addFunction('b', function (name: string) {
    return [this.user, this.headers.get(name), this.clientAddress];
}, {signatures: ['array,string'], help: 'Tells.'});
server.addFunction('c', async ({user, headers}, name) => [user, headers.get(name)], {passInvocation: true});
server.addFunction('d', async function* () {
    yield 1;
});
server.addFunctions({a: (a: number) => a, b: () => {}}, {prefix: 'in'});
server.addFunctions(new Map([['a', () => 1]]));
server.addObject(new class {
    tell() {}
}(), {passInvocation: true});
// @ts-expect-error: signatures are an array
server.addFunction('a', () => 1, {signatures: 'int'});
// @ts-expect-error: a name, then a function
server.addFunction(() => 1, 'a');

server.connect('authorize-call', (self, invocation) => invocation.user === 'ada');
server.connect('call-finished', (self, invocation, microseconds) => print(invocation.get_fault()?.faultCode, microseconds / 1000));
server.add_method('a', ['int'], null, (self, invocation) => invocation.return_value(new GLib.Variant('i', 5)));

class Guarded extends XmlRpc.Server {
    vfunc_authorize_call(invocation: XmlRpc.Invocation): boolean {
        return super.vfunc_authorize_call(invocation) && invocation.clientAddress !== null;
    }
}

class Closed extends XmlRpc.Server {
    // @ts-expect-error: a Promise is no decision
    async vfunc_authorize_call(): Promise<boolean> {
        return true;
    }
}

class Item extends GObject.Object {
    declare title: string;
}

function describe(error: unknown): string {
    if (error instanceof XmlRpc.Fault)
        return `${error.faultCode} ${error.matches(XmlRpc.fault_quark(), XmlRpc.FaultCode.OTHER_CODE)}`;
    if (error instanceof XmlRpc.HttpError && error.code === XmlRpc.HttpError.NOT_FOUND)
        return error.message;
    if (error instanceof XmlRpc.Error && error.matches(XmlRpc.Error, XmlRpc.Error.LIMIT_EXCEEDED))
        return error.message;
    throw new XmlRpc.Fault('Gone', 'a', {page: 5});
}

const items = XmlRpc.list_store_new_from_array(Item, [{title: 'a'}]);
const titles: string[] = [...items].map(item => item.title);
const item: Item = XmlRpc.object_from_struct(Item, {title: 'a'});
const bytes: GLib.Bytes = XmlRpc.encode_call('a', new GLib.Variant('(i)', [5]));
const kinds: XmlRpc.ValueKind[] = [XmlRpc.Boolean.new(true), XmlRpc.DateTime.new_from_iso8601('19980717T14:08:55')].map(value => value.kind);

export {ask, bytes, call, callMany, Closed, describe, Guarded, item, kinds, titles, uris};
