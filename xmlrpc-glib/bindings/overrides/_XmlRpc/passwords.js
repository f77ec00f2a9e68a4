// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Users and passwords of XmlRpc.Server.listen().

const {GLib} = imports.gi;
const {checkString, describeType} = imports.overrides._XmlRpc.checks;
const {setUser} = imports.overrides._XmlRpc.invocation;

const REALM = 'XML-RPC';

// As long for a password that begins as the right one as for any other.
function isSame(a, b) {
    const [x, y] = [a, b].map(text => GLib.compute_checksum_for_string(GLib.ChecksumType.SHA256, text, -1));

    return x === y;
}

function toMap(users) {
    const passwords = new Map(users instanceof Map ? users : Object.entries(users));

    for (const [user, password] of passwords) {
        checkString('listen: auth: user', user);
        checkString(`listen: auth: password of ${user}`, password);
    }
    return passwords;
}

function makeCheck(auth) {
    if (typeof auth === 'function')
        return auth;
    if (typeof auth !== 'object')
        throw new TypeError(`listen: auth: expected a function, a Map or an object, got ${describeType(auth)}`);

    const passwords = toMap(auth);

    return (user, password) => passwords.has(user) && isSame(passwords.get(user), password);
}

// Whatever a program's function does that is not `true` lets nobody in.
function isRight(check, user, password) {
    try {
        const result = check(user, password);

        if (typeof result !== 'boolean')
            throw new TypeError(`expected true or false, got ${typeof result?.then === 'function' ? 'a Promise' : describeType(result)}`);
        return result;
    } catch (error) {
        logError(error, 'The function auth of listen()');
        return false;
    }
}

/** HTTP's Basic authentication for all paths. */
function makeAuthDomain(auth) {
    const {Soup} = imports.gi;
    const check = makeCheck(auth);
    const domain = new Soup.AuthDomainBasic({realm: REALM});

    domain.add_path('/');
    // What browsers ask before they send a password; it calls no method.
    domain.set_filter((_, message) => message.get_method() !== 'OPTIONS');
    domain.set_auth_callback((_, message, user, password) => {
        const right = isRight(check, user, password);

        if (right)
            setUser(message, user);
        return right;
    });
    return domain;
}
