// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// XmlRpc.Invocation: a call, and who makes it.

const {setAnswered} = imports.overrides._XmlRpc.answer;
const {checkString} = imports.overrides._XmlRpc.checks;
const {isInteger32, toNative} = imports.overrides._XmlRpc.errors;

// A property of a request keeps this as long as the one in C.
const USER = Symbol('user');

/** Remembers who has given the right password with a request. */
function setUser(message, user) {
    message[USER] = user;
}

// The headers of a request by their names, in any case.
class Headers extends Map {
    get(name) {
        return super.get(`${name}`.toLowerCase());
    }

    has(name) {
        return super.has(`${name}`.toLowerCase());
    }
}

function readHeaders(message) {
    const headers = new Headers();

    message?.get_request_headers().foreach((name, value) => {
        const values = headers.has(name) ? [headers.get(name), value] : [value];

        headers.set(name.toLowerCase(), values.join(', '));
    });
    return headers;
}

function defineGetters(prototype, getters) {
    for (const [name, get] of Object.entries(getters))
        Object.defineProperty(prototype, name, {get, configurable: true});
}

function extendInvocation({prototype}) {
    const {get_fault, return_fault_literal} = prototype;

    defineGetters(prototype, {
        /** The IP address of the client, also behind trusted proxies; null if it is not known. */
        clientAddress() {
            return this.get_client_address()?.to_string() ?? null;
        },

        /** The user whose password listen() has checked; null if it did not ask for one. */
        user() {
            return this.get_message()?.[USER] ?? null;
        },

        /** A Map of the headers of the request, with names in lower case; get() takes any. */
        headers() {
            return readHeaders(this.get_message());
        },
    });

    /** The XmlRpc.Fault that the call returned; null if that is a value. */
    prototype.get_fault = function () {
        const fault = get_fault.call(this);

        return fault && toNative(fault);
    };

    prototype.return_fault_literal = function (code, message) {
        if (!isInteger32(code))
            throw new RangeError('code: expected an integer of 32 bits');
        return_fault_literal.call(this, code, checkString('message', message));
    };

    for (const name of ['return_value', 'return_fault_literal', 'return_fault_value', 'take_error']) {
        const doReturn = prototype[name];

        prototype[name] = function (...args) {
            doReturn.apply(this, args);
            setAnswered(this);
        };
    }
}
