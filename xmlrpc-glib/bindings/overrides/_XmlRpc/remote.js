// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The methods of a server, as properties of an object.

const {checkText} = imports.overrides._XmlRpc.checks;

// What `await` and JSON.stringify() look for in any object, by which they would
// call a remote method unseen.
const NOT_REMOTE = ['then', 'toJSON'];

/**
 * Makes `remote`, whose properties, and theirs in turn, are functions: `call` is
 * called with the dotted name and the array of arguments. Where there is a
 * `callSync`, it is that of the functions' own function `sync`.
 *
 * `remote['any.name']` is the way to methods of the names `then`, `toJSON`,
 * `toString` and `sync` somewhere in their own.
 */
function makeRemote(call, callSync = null, methodName = '') {
    const own = {toString: () => `[remote method ${methodName}]`};

    if (methodName && callSync)
        own.sync = (...args) => callSync(checkText('method', methodName), args);

    return new Proxy(() => {}, {
        get(target, name) {
            if (Object.hasOwn(own, name))
                return own[name];
            if (typeof name === 'symbol' || NOT_REMOTE.includes(name))
                return undefined;
            return makeRemote(call, callSync, methodName ? `${methodName}.${name}` : name);
        },

        apply(target, self, args) {
            if (!methodName)
                throw new TypeError('remote is not a method: its properties are');
            checkText('method', methodName);
            return call(methodName, args);
        },
    });
}
