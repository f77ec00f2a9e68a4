// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The methods of a server, as properties of an object.

const {checkString} = imports.overrides._XmlRpc.checks;

// What `await` and JSON.stringify() look for in any object, by which they would
// call a remote method unseen.
const NOT_REMOTE = ['then', 'toJSON'];

function makeOwn(call, callSync, methodName) {
    const toString = () => `[remote method ${methodName}]`;
    // Without it, an operator would call the remote method `valueOf`.
    const own = {toString, [Symbol.toPrimitive]: toString, [Symbol.toStringTag]: 'RemoteMethod'};

    if (methodName && callSync)
        own.sync = (...args) => callSync(checkString('method', methodName), args);
    if (!methodName)
        own.method = name => makeNamed(call, callSync, name);
    return own;
}

function makeNamed(call, callSync, name) {
    if (typeof name !== 'string' || name === '')
        throw new TypeError(`remote.method(): expected the name of a method, got ${name === '' ? 'an empty string' : typeof name}`);

    return makeRemote(call, callSync, checkString('method', name));
}

/**
 * Makes `remote`, whose properties, and theirs in turn, are functions: `call` is
 * called with the dotted name and the array of arguments. Where there is a
 * `callSync`, it is that of the functions' own function `sync`.
 *
 * All names are those of remote methods, also `call`, `apply` and `bind`, but for `then`,
 * `toJSON`, `toString` and `sync`. `remote.method('any.name')` is the way to these.
 */
function makeRemote(call, callSync = null, methodName = '') {
    const own = makeOwn(call, callSync, methodName);

    return new Proxy(() => {}, {
        get(target, name) {
            if (Object.hasOwn(own, name))
                return own[name];
            if (typeof name === 'symbol' || NOT_REMOTE.includes(name))
                return undefined;
            return makeRemote(call, callSync, methodName ? `${methodName}.${name}` : name);
        },

        set(target, name) {
            throw new TypeError(`remote: cannot set ${String(name)}, for its properties are the methods of the server`);
        },

        apply(target, self, args) {
            if (!methodName)
                throw new TypeError('remote is not a method: its properties are');
            checkString('method', methodName);
            return call(methodName, args);
        },
    });
}
