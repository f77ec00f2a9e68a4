// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Faults, which are errors of JavaScript.

const {GLib, XmlRpc} = imports.gi;
const {toVariant} = imports.overrides._XmlRpc.encoder;
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

// What a fault of these members is in C, with a code that is an integer.
function describeFault({faultCode, faultString, value}) {
    if (typeof faultString === 'string' && (faultCode | 0) === faultCode)
        return {code: faultCode, message: faultString};

    try {
        return XmlRpc.fault_new_from_value(toVariant(value, 'fault'));
    } catch (error) {
        return {code: XmlRpc.FaultCode.OTHER_CODE, message: `${faultCode}: ${faultString}`};
    }
}

/**
 * What a server answers instead of a value, and what a function of a server
 * throws to answer so. It has what a GLib.Error has, but is an Error.
 *
 * `faultCode` and `faultString` are what the server sent, as it came: usually a
 * number and a string, undefined if the server left it out. `value` is the whole
 * fault, an object with these two and with whatever else there was; `members` are
 * such others to send.
 *
 * `code` is the `faultCode`. matches() takes the integer that stands for it in C,
 * too: that of digits in a string, and XmlRpc.FaultCode.OTHER_CODE for all that is
 * no integer of 32 bits. `message` begins with such a code.
 */
var Fault = class Fault extends Error {
    constructor(faultCode, faultString, members = {}) {
        const value = getMembers({faultCode, faultString, value: members});
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
        return XmlRpc.fault_quark();
    }

    get code() {
        return this.faultCode;
    }

    matches(domain, code) {
        return domain === this.domain && (code === this.code || code === this._codeInC);
    }
};

function isFault(error) {
    return error instanceof GLib.Error && error.domain === XmlRpc.fault_quark();
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

    const variant = XmlRpc.fault_get_value(error);
    const fault = variant ? createFault(error, fromVariant(variant)) : new Fault(error.code, error.message);

    fault.stack = error.stack;
    return fault;
}

// What a function of C returned that tells a fault in JSON.
function readReply([text, fault]) {
    if (fault === null)
        return fromJson(text);

    throw createFault(XmlRpc.fault_new_from_value(XmlRpc.variant_from_json(fault, -1)), fromJson(fault));
}
