// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What programs pass to the library.

const {GLib} = imports.gi;

// C's strings end where JavaScript's go on, and it would be seen too late.
function checkText(name, text) {
    if (typeof text === 'string' && text.includes('\0'))
        throw new TypeError(`${name}: expected text without NUL`);
    return text;
}

// Of an object; or of a Map, or an array of pairs where a name comes several times.
function toHeaders(headers) {
    if (!headers || headers instanceof GLib.Variant)
        return headers;

    if (typeof headers !== 'object')
        throw new TypeError(`headers: expected an object, got ${typeof headers}`);

    const pairs = Symbol.iterator in headers ? [...headers] : Object.entries(headers);

    for (const pair of pairs) {
        if (!Array.isArray(pair) || pair.length !== 2)
            throw new TypeError('headers: expected pairs of a name and a value');
        for (const text of pair) {
            if (typeof text !== 'string')
                throw new TypeError(`headers: expected a string, got ${typeof text}`);
            checkText('headers', text);
        }
    }
    return new GLib.Variant('a(ss)', pairs);
}
