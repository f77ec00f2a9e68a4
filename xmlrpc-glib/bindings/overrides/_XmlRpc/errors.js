// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Faults, which are errors of JavaScript.

const {GLib} = imports.gi;
const {describeType} = imports.overrides._XmlRpc.checks;
const {toVariant} = imports.overrides._XmlRpc.encoder;
const namespace = imports.overrides._XmlRpc.namespace;
const {fromJson, fromVariant} = imports.overrides._XmlRpc.reader;

function isStruct(value) {
    return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

// What is sent of a fault; what is undefined is not.
function getMembers({faultCode, faultString, value}) {
    const own = {faultCode, faultString};
    const members = {...own, ...isStruct(value) ? value : {}, ...own};

    for (const name of Object.keys(own)) {
        if (own[name] === undefined)
            delete members[name];
    }
    return members;
}

function isInteger32(value) {
    return typeof value === 'number' && (value | 0) === value;
}

// Returns what clients can read as a faultCode: an integer of 32 bits. A string is sent as it
// is, for servers that are known for words.
function checkCode(faultCode) {
    if (typeof faultCode === 'string' || isInteger32(faultCode))
        return faultCode;

    const described = typeof faultCode === 'number' ? faultCode : describeType(faultCode);

    throw new RangeError(`faultCode: expected an integer of 32 bits, got ${described}`);
}

// Half a surrogate pair is let pass: to complain of it is too late where an error is told.
function checkFaultString(faultString) {
    if (typeof faultString !== 'string')
        throw new TypeError(`faultString: expected a string, got ${describeType(faultString)}`);
    return faultString;
}

// A message has 64 KiB at most, in C as here. A character has 4 bytes at most.
const MAX_CHARACTERS = 64 * 1024 / 4;

// What a fault of these members is in C, with a code that is an integer.
function describeFault({faultCode, faultString, value}) {
    if (isInteger32(faultCode) && faultString.length <= MAX_CHARACTERS)
        return {code: faultCode, message: faultString};

    try {
        return namespace.XmlRpc.fault_new_from_value(toVariant(value, 'fault'));
    } catch (error) {
        const code = isInteger32(faultCode) ? faultCode : namespace.XmlRpc.FaultCode.OTHER_CODE;
        const message = isInteger32(faultCode) ? faultString : `${faultCode}: ${faultString}`;

        return {code, message: message.slice(0, MAX_CHARACTERS)};
    }
}

/**
 * What a server sends instead of a value, and what a function of a server
 * throws to send it. It has what a GLib.Error has, but is an Error.
 *
 * `faultCode` and `faultString` are what the server sent, as it came: usually a
 * number and a string, undefined if the server left it out. `value` is the whole
 * fault, an object with these two and with whatever else there was; `members` are
 * such others to send. Only what a server sent may have a code that is not an integer of
 * 32 bits or a string, or a text that is not a string: the constructor throws a RangeError
 * or a TypeError.
 *
 * `code` is the `faultCode`. matches() takes the integer that stands for it in C,
 * too: that of digits in a string, and XmlRpc.FaultCode.OTHER_CODE for all that is
 * no integer of 32 bits. `message` begins with such a code. It has at most 64 KiB of the
 * text; `faultString` and `value` are whole.
 */
var Fault = class Fault extends Error {
    constructor(faultCode, faultString = '', members = {}) {
        const own = {faultCode: checkCode(faultCode), faultString: checkFaultString(faultString)};
        const value = getMembers({...own, value: members});
        const {code, message} = describeFault({faultCode, faultString, value});

        super(message);
        this._take(code, value);
    }

    // A fault that is not a struct is its own text.
    _take(codeInC, value) {
        const {faultCode, faultString} = isStruct(value) ? value : {faultString: value};

        Object.defineProperty(this, '_codeInC', {value: codeInC});
        this.faultCode = faultCode;
        this.faultString = faultString;
        this.value = value;
    }

    get name() {
        return 'XmlRpc.Fault';
    }

    get domain() {
        return namespace.XmlRpc.fault_quark();
    }

    get code() {
        return this.faultCode;
    }

    matches(domain, code) {
        return domain === this.domain && (code === this.code || code === this._codeInC);
    }
};

function isFault(error) {
    return error instanceof GLib.Error && error.domain === namespace.XmlRpc.fault_quark();
}

// A Fault with the message that C has for it; it need not have a code and a text.
function createFault({code, message}, value) {
    const fault = new Fault(code, message);

    fault._take(code, value);
    return fault;
}

// The same error, as a Fault if it is one in C.
function toNative(error) {
    if (!isFault(error))
        return error;

    const variant = namespace.XmlRpc.fault_get_value(error);
    const fault = variant ? createFault(error, fromVariant(variant)) : new Fault(error.code, error.message);

    fault.stack = error.stack;
    return fault;
}

// What a function of C returned that tells a fault in JSON.
function readReply([text, fault], zone = null) {
    if (fault === null)
        return fromJson(text, zone);

    throw createFault(namespace.XmlRpc.fault_new_from_value(namespace.XmlRpc.variant_from_json(fault, -1)), fromJson(fault, zone));
}
