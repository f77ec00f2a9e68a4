// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Which functions of objects become methods of a server.

const {checkString, describeType} = imports.overrides._XmlRpc.checks;
const {isNativePrototype} = imports.overrides._XmlRpc.values;

function checkObject(name, object) {
    if (typeof object !== 'object' || object === null || Array.isArray(object))
        throw new TypeError(`${name}: expected an object with functions, got ${Array.isArray(object) ? 'an array' : describeType(object)}`);
}

function makePrefix(prefix) {
    checkString('prefix', prefix);
    return prefix === '' || prefix.endsWith('.') ? prefix : `${prefix}.`;
}

/** The names and functions that addFunctions() adds. */
function listFunctions(functions, prefix) {
    checkObject('addFunctions', functions);
    const before = makePrefix(prefix);
    const isModule = functions[Symbol.toStringTag] === 'Module';
    const entries = functions instanceof Map ? [...functions] : Object.entries(functions);

    // What else a module exports is none of its functions; in another object it is a mistake.
    return entries
        .filter(([name, func]) => !`${name}`.startsWith('_') && (!isModule || typeof func === 'function'))
        .map(([name, func]) => [before + checkString('method name', name), func]);
}

function isHidden(name) {
    return name === 'constructor' || /^(_|vfunc_|on_)|\./.test(name);
}

function collectMethods(found, object) {
    for (const [name, {value}] of Object.entries(Object.getOwnPropertyDescriptors(object))) {
        if (typeof value === 'function' && !isHidden(name) && !found.has(name))
            found.set(name, value);
    }
}

/** The names and functions that addObject() adds. */
function listMethods(object, prefix) {
    checkObject('addObject', object);
    const before = makePrefix(prefix);
    const found = new Map();

    for (let holder = object; holder !== null; holder = Object.getPrototypeOf(holder)) {
        if (isNativePrototype(holder))
            break;
        collectMethods(found, holder);
    }
    if (found.size === 0)
        throw new TypeError('addObject: the object has no methods that can be added');
    return [...found].map(([name, func]) => [before + name, func]);
}
