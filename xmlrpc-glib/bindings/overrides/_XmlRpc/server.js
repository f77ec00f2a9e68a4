// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// XmlRpc.Server and its invocations.

const {Gio, XmlRpc} = imports.gi;
const {checkText} = imports.overrides._XmlRpc.checks;
const {toVariant} = imports.overrides._XmlRpc.encoder;
const {Fault, getMembers, isFault, toNative} = imports.overrides._XmlRpc.errors;
const {fromVariant} = imports.overrides._XmlRpc.reader;

function answerFault(invocation, fault) {
    try {
        invocation.return_fault_value(toVariant(getMembers(fault), 'fault'));
    } catch (error) {
        logError(error, `In a fault of the method ${invocation.get_method_name()}`);
        invocation.return_fault_literal(fault._codeInC, fault.message);
    }
}

function answerError(invocation, thrown) {
    // Anything can be thrown, but only objects logged.
    const error = thrown instanceof Object ? thrown : new Error(thrown);

    if (error instanceof Fault || isFault(error)) {
        answerFault(invocation, toNative(error));
        return;
    }

    logError(error, `In the method ${invocation.get_method_name()}`);
    invocation.return_fault_literal(XmlRpc.FaultCode.APPLICATION_ERROR,
        error === thrown ? String(error) : error.message);
}

function returnValue(invocation, value) {
    try {
        invocation.return_value(toVariant(value ?? null, 'result'));
    } catch (error) {
        logError(error, `In the method ${invocation.get_method_name()}`);
        invocation.return_fault_literal(XmlRpc.FaultCode.INTERNAL_ERROR, error.message);
    }
}

async function answer(invocation, func) {
    let value;

    try {
        const params = fromVariant(invocation.get_params());
        const result = func.apply(invocation, params);

        value = result instanceof Promise ? await result : result;
    } catch (error) {
        answerError(invocation, error);
        return;
    }
    returnValue(invocation, value);
}

function extendInvocation({prototype}) {
    const {get_fault} = prototype;

    /** The XmlRpc.Fault that the call was answered with; null if that is a value. */
    prototype.get_fault = function () {
        const fault = get_fault.call(this);

        return fault && toNative(fault);
    };
}

function extendServer({prototype}) {
    const {add_method_full} = prototype;

    Gio._promisify(prototype, 'handle_async');

    prototype.add_method = function (name, signatures, help, func) {
        return this.add_method_full(name, signatures, help, XmlRpc.MethodFlags.NONE, func);
    };

    /** Throws a TypeError for a method that could not be called as it is described. */
    prototype.add_method_full = function (name, signatures, help, flags, func) {
        checkText('method name', name);
        checkText(`${name}: help`, help);
        signatures?.forEach(signature => checkText(`${name}: signature`, signature));
        if (flags & XmlRpc.MethodFlags.IN_THREAD)
            throw new TypeError(`${name}: JavaScript cannot be called in other threads`);

        try {
            return add_method_full.call(this, name, signatures, help, flags, func);
        } catch (error) {
            if (error instanceof XmlRpc.Error)
                throw new TypeError(error.message);
            throw error;
        }
    };

    /**
     * Adds a method that answers with what `func` returns, or with what the
     * Promise resolves to that it returns; undefined is sent as nil.
     *
     * An XmlRpc.Fault that `func` throws is the answer; of any other error the
     * client gets XmlRpc.FaultCode.APPLICATION_ERROR with its name and message,
     * and the log the rest. `this` is the XmlRpc.Invocation in a function that is no arrow.
     *
     * `signatures` and `help` are those of XmlRpc.Server.add_method().
     */
    prototype.addFunction = function (name, func, {signatures = null, help = null} = {}) {
        if (typeof func !== 'function')
            throw new TypeError(`expected a function for ${name}, got ${typeof func}`);

        this.add_method(name, signatures, help, (server, invocation) => {
            answer(invocation, func);
        });
    };
}
