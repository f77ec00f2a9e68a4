// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// XmlRpc.Server and its invocations.

const {Gio, GObject} = imports.gi;
const {answer, handle, setAnswered} = imports.overrides._XmlRpc.answer;
const {extendAuthorization} = imports.overrides._XmlRpc.authorization;
const {
    checkArguments, checkBoolean, checkInteger32, checkInteger53, checkProperties, checkSetters, checkString, checkText,
    cutText, describeType,
} = imports.overrides._XmlRpc.checks;
const {isInteger32, toNative} = imports.overrides._XmlRpc.errors;
const namespace = imports.overrides._XmlRpc.namespace;

function extendInvocation({prototype}) {
    const {get_fault, return_fault_literal} = prototype;

    /** The XmlRpc.Fault that the call was answered with; null if that is a value. */
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

const OPTIONS = {
    max_request_size: checkInteger53,
    request_timeout: checkInteger32,
    max_multicall: checkInteger32,
    introspection: checkBoolean,
};

function checkMethod(name, func) {
    checkString('method name', name);
    if (typeof func !== 'function')
        throw new TypeError(`expected a function for ${cutText(name)}, got ${describeType(func)}`);
}

function checkSignatures(name, signatures) {
    if (signatures === null || signatures === undefined)
        return;
    if (!Array.isArray(signatures))
        throw new TypeError(`${name}: signatures: expected an array of strings, got ${describeType(signatures)}`);
    signatures.forEach(signature => checkString(`${name}: signature`, signature));
}

function checkPath(path) {
    if (checkText('path', path) && !path.startsWith('/') || path === '')
        throw new TypeError(`path: expected a slash first, as in "/RPC2", got "${cutText(path)}"`);
}

function extendServer(Server) {
    const {prototype} = Server;
    const {add_method_full, attach} = prototype;

    Gio._promisify(prototype, 'handle_async');
    Gio._promisify(prototype, 'shutdown_async');
    extendAuthorization(Server);

    prototype._init = function (properties = {}, ...rest) {
        GObject.Object.prototype._init.call(this,
            checkProperties(properties, OPTIONS, '{maxMulticall: 10}'), ...rest);
    };
    checkSetters(prototype, OPTIONS);
    checkArguments(prototype, {remove_method: {0: checkString}});

    /** Throws a TypeError for a path that does not begin with a slash. */
    prototype.attach = function (soupServer, path, ...rest) {
        checkPath(path);
        attach.call(this, soupServer, path, ...rest);
    };

    // `answerCall` gets the server and the invocation, and sees to the answer.
    function addMethod(server, name, signatures, help, flags, answerCall) {
        checkText(`${name}: help`, help);
        checkSignatures(name, signatures);
        if (flags & namespace.XmlRpc.MethodFlags.IN_THREAD)
            throw new TypeError(`${name}: JavaScript cannot be called in other threads`);

        try {
            return add_method_full.call(server, name, signatures, help, flags, answerCall);
        } catch (error) {
            if (error instanceof namespace.XmlRpc.Error)
                throw new TypeError(error.message);
            throw error;
        }
    }

    prototype.add_method = function (name, signatures, help, func) {
        return this.add_method_full(name, signatures, help, namespace.XmlRpc.MethodFlags.NONE, func);
    };

    /**
     * Throws a TypeError for a method that could not be called as it is described.
     *
     * What `func` throws, or the Promise that it returns rejects with, is answered as that of
     * addFunction(). If `func` returns and neither answers nor keeps the invocation, the
     * client gets XmlRpc.FaultCode.INTERNAL_ERROR soon, mostly after a tenth of a second.
     */
    prototype.add_method_full = function (name, signatures, help, flags, func) {
        checkMethod(name, func);

        return addMethod(this, name, signatures, help, flags, (server, invocation) => {
            handle(server, invocation, func);
        });
    };

    /**
     * Adds a method that answers with what `func` returns, or with what the
     * Promise resolves to that it returns; undefined is sent as nil.
     *
     * An XmlRpc.Fault that `func` throws is the answer; of any other error the
     * client gets XmlRpc.FaultCode.APPLICATION_ERROR with its name and message,
     * and the log the rest. If a Promise never settles, the client waits.
     * `this` is the XmlRpc.Invocation in a function that is no arrow.
     *
     * `signatures` and `help` are those of XmlRpc.Server.add_method().
     */
    prototype.addFunction = function (name, func, {signatures = null, help = null} = {}) {
        checkMethod(name, func);

        addMethod(this, name, signatures, help, namespace.XmlRpc.MethodFlags.NONE, (server, invocation) => {
            answer(invocation, func);
        });
    };
}
