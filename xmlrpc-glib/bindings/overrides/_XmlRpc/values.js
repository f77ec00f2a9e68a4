// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What objects are that are not plain: what stands for them in XML-RPC, and what to do
// where nothing does.

const {GLib} = imports.gi;
const {cutText} = imports.overrides._XmlRpc.checks;

/** A number that is sent as a double even if it is whole. */
var Double = class Double {
    constructor(value) {
        if (typeof value !== 'number')
            throw new TypeError(`expected a number, got ${typeof value}`);
        this._value = value;
    }

    valueOf() {
        return this._value;
    }
};

const HINTS = [
    [Set, 'pass an array, as in [...set]'],
    [Promise, 'await it first'],
];

function describeClass(object) {
    const name = object.constructor?.name;

    return typeof name === 'string' && name !== '' ? cutText(name) : 'such object';
}

/** What to do with an object that cannot be sent; null if that is not known. */
function getHint(object) {
    const [, hint] = HINTS.find(([Class]) => object instanceof Class) ?? [];

    if (hint === undefined && typeof object[Symbol.asyncIterator] === 'function')
        return 'collect its items in an array first';
    return hint ?? null;
}

/** Those of an object that is nothing but bytes; else null. */
function getBytes(object) {
    if (object instanceof GLib.Bytes)
        return object.toArray();
    if (object instanceof Uint8ClampedArray || object instanceof DataView)
        return new Uint8Array(object.buffer, object.byteOffset, object.byteLength);
    return object instanceof ArrayBuffer ? new Uint8Array(object) : null;
}

/** Whether an object is a number, a string or the like, as `new Number(1)`. */
function isBoxed(object) {
    return object instanceof Number || object instanceof String || object instanceof Boolean ||
        object instanceof BigInt;
}

const natives = new WeakMap();

// A class of C or of JavaScript itself, of which the source cannot be read.
function isNativeClass(constructor) {
    return typeof constructor === 'function' &&
        /\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(constructor));
}

/** Whether no program has written the class that has this prototype. */
function isNativePrototype(prototype) {
    if (!natives.has(prototype))
        natives.set(prototype, isNativeClass(Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value));
    return natives.get(prototype);
}

/** The objects in a Gio.ListModel. */
function takeItems(list) {
    return Array.from({length: list.get_n_items()}, (_, i) => list.get_item(i));
}

/** Whether all that an object is comes from classes that are written in JavaScript. */
function isOfJavaScript(object) {
    let prototype = Object.getPrototypeOf(object);

    while (prototype !== null && !isNativePrototype(prototype))
        prototype = Object.getPrototypeOf(prototype);
    return prototype === null || prototype === Object.prototype;
}
