// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What programs pass to the library. GJS converts what it gets, or cuts it, without a
// word: `true` is the number 1, -1 is 4294967295, and a text ends at its first NUL.

const {GLib} = imports.gi;

const MAX_QUOTED = 100;

/** The beginning of a text, for a message that is to be read by people. */
function cutText(text, length = MAX_QUOTED) {
    return text.length <= length ? text : `${text.slice(0, length)}… (${text.length} characters)`;
}

// To write all of its digits may take minutes.
function describeBigInt(value) {
    return BigInt.asIntN(128, value) === value ? `${value}` : 'a BigInt of more than 128 bits';
}

function describeType(value) {
    return value === null ? 'null' : typeof value;
}

/** Returns a text that C can take. */
function checkString(name, text) {
    if (typeof text !== 'string')
        throw new TypeError(`${name}: expected a string, got ${describeType(text)}`);
    if (text.includes('\0'))
        throw new TypeError(`${name}: expected text without NUL`);
    if (/\p{Surrogate}/u.test(text))
        throw new TypeError(`${name}: expected whole characters, got half of a surrogate pair`);
    return text;
}

/** Returns such a text, null or undefined. */
function checkText(name, text) {
    return text === null || text === undefined ? text : checkString(name, text);
}

function checkInteger(name, value, max) {
    if (typeof value !== 'number' && typeof value !== 'bigint')
        throw new TypeError(`${name}: expected a number, got ${describeType(value)}`);

    const number = Number(value);

    if (!Number.isInteger(number) || number < 0 || number > max)
        throw new RangeError(`${name}: expected a whole number from 0 to ${max}, got ${number}`);
    return number;
}

/** Milliseconds of one call: -1 stands for those of the proxy. */
function checkTimeout(name, value) {
    return value === -1 ? value : checkInteger(`${name}: timeout`, value, 0x7fffffff);
}

function checkInteger32(name, value) {
    return checkInteger(name, value, 0xffffffff);
}

function checkInteger53(name, value) {
    return checkInteger(name, value, Number.MAX_SAFE_INTEGER);
}

function checkBoolean(name, value) {
    if (typeof value !== 'boolean')
        throw new TypeError(`${name}: expected true or false, got ${describeType(value)}`);
    return value;
}

// Of an object; or of a Map, or an array of pairs where a name comes several times.
function toHeaders(name, headers) {
    if (headers === null || headers instanceof GLib.Variant)
        return headers;

    if (typeof headers !== 'object')
        throw new TypeError(`${name}: expected an object, got ${typeof headers}`);

    const pairs = Symbol.iterator in headers ? [...headers] : Object.entries(headers);

    for (const pair of pairs) {
        if (!Array.isArray(pair) || pair.length !== 2)
            throw new TypeError(`${name}: expected pairs of a name and a value`);
        for (const text of pair)
            checkString(name, text);
    }
    return new GLib.Variant('a(ss)', pairs);
}

function toCamel(name) {
    return name.replace(/_(.)/g, (match, letter) => letter.toUpperCase());
}

function toUnderscores(name) {
    return name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`).replace(/-/g, '_');
}

/** Checks what a constructor gets. `checks` has a function for each property that needs one. */
function checkProperties(properties, checks, example) {
    if (typeof properties !== 'object' || properties === null)
        throw new TypeError(`expected an object with properties, such as ${example}, got ${describeType(properties)}`);

    const checked = {};

    for (const [name, value] of Object.entries(properties)) {
        const check = checks[toUnderscores(name)];

        checked[name] = check ? check(name, value) : value;
    }
    return checked;
}

function defineProperty(prototype, name, get, set) {
    for (const spelling of new Set([name, name.replace(/_/g, '-'), toCamel(name)]))
        Object.defineProperty(prototype, spelling, {get, set, configurable: true, enumerable: true});
}

/**
 * Has functions check their arguments. For the name of each function `checks` has an object
 * with a check for the index of an argument.
 */
function checkArguments(object, checks) {
    for (const [name, ofFunction] of Object.entries(checks)) {
        const func = object[name];

        object[name] = function (...args) {
            for (const [index, check] of Object.entries(ofFunction)) {
                if (index in args)
                    check(name, args[index]);
            }
            return func.apply(this, args);
        };
    }
}

/** Has properties and their setters check what they are set to. */
function checkSetters(prototype, checks) {
    for (const [name, check] of Object.entries(checks)) {
        const set = prototype[`set_${name}`];

        prototype[`set_${name}`] = function (value) {
            set.call(this, check(`set_${name}`, value));
        };
        defineProperty(prototype, name, prototype[`get_${name}`], function (value) {
            set.call(this, check(name, value));
        });
    }
}

/** Has properties of the constructor refuse to be set later. */
function refuseSetters(prototype, names) {
    for (const name of names) {
        defineProperty(prototype, name, prototype[`get_${name}`], () => {
            throw new TypeError(`${name}: only the constructor can set it`);
        });
    }
}
