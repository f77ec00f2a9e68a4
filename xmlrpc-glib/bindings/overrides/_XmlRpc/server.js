// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// XmlRpc.Server.

const {Gio, GObject} = imports.gi;
const {answer, handle} = imports.overrides._XmlRpc.answer;
const {extendAuthorization} = imports.overrides._XmlRpc.authorization;
const {
    checkArguments, checkBoolean, checkInteger32, checkInteger53, checkProperties, checkSetters, checkString, checkText,
    cutText, describeType,
} = imports.overrides._XmlRpc.checks;
const {addTimeZone} = imports.overrides._XmlRpc.dates;
const {extendListening} = imports.overrides._XmlRpc.listen;
const {listFunctions, listMethods} = imports.overrides._XmlRpc.methods;
const namespace = imports.overrides._XmlRpc.namespace;

const OPTIONS = {
    max_request_size: checkInteger53,
    request_timeout: checkInteger32,
    max_multicall: checkInteger32,
    max_values: checkInteger32,
    max_response_size: checkInteger53,
    max_response_backlog: checkInteger53,
    max_connections: checkInteger32,
    max_threads: checkInteger32,
    max_queued_calls: checkInteger32,
    write_timeout: checkInteger32,
    idle_timeout: checkInteger32,
    introspection: checkBoolean,
    access_log: checkBoolean,
    status_method: checkBoolean,
    documentation: checkBoolean,
    documentation_title: checkText,
    documentation_text: checkText,
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

function makeCall(func, passInvocation) {
    return passInvocation ? (invocation, params) => func.call(invocation, invocation, ...params)
        : (invocation, params) => func.apply(invocation, params);
}

function extendServer(Server) {
    const {prototype} = Server;
    const {add_method_full, attach} = prototype;

    Gio._promisify(prototype, 'handle_async');
    Gio._promisify(prototype, 'shutdown_async');
    extendAuthorization(Server);
    extendListening(prototype);

    prototype._init = function (properties = {}, ...rest) {
        const {timeZone, ...checked} = checkProperties(properties, OPTIONS, '{maxMulticall: 10}');

        GObject.Object.prototype._init.call(this, checked, ...rest);
        if (timeZone !== undefined)
            this.timeZone = timeZone;
    };
    /**
     * The time zone of dates that clients send without one, and of those that functions
     * return: as XmlRpc.ServerProxy's.
     */
    addTimeZone(prototype);
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
     * What `func` throws, or the Promise that it returns rejects with, becomes a fault as with
     * addFunction(). If `func` returns and neither responds nor keeps the invocation, the
     * client gets XmlRpc.FaultCode.INTERNAL_ERROR soon, mostly after a tenth of a second.
     */
    prototype.add_method_full = function (name, signatures, help, flags, func) {
        checkMethod(name, func);

        return addMethod(this, name, signatures, help, flags, (server, invocation) => {
            handle(server, invocation, func);
        });
    };

    /**
     * Adds a method that responds with what `func` returns, or with what the
     * Promise resolves to that it returns; undefined is sent as nil, and what a
     * generator yields as an array.
     *
     * An XmlRpc.Fault that `func` throws is the response; of any other error the
     * client gets XmlRpc.FaultCode.APPLICATION_ERROR with its name and message,
     * and the log the rest. If a Promise never settles, the client waits.
     *
     * The XmlRpc.Invocation is `this` in a function that is no arrow. With
     * `passInvocation: true` any function gets it as its first argument, before
     * the parameters.
     *
     * `signatures` and `help` are those of XmlRpc.Server.add_method().
     */
    prototype.addFunction = function (name, func, {signatures = null, help = null, passInvocation = false} = {}) {
        checkMethod(name, func);
        checkBoolean(`${name}: passInvocation`, passInvocation);
        const call = makeCall(func, passInvocation);

        addMethod(this, name, signatures, help, namespace.XmlRpc.MethodFlags.NONE, (server, invocation) => {
            answer(server, invocation, call);
        });
    };

    /**
     * Adds each function of an object, or of a module, under its name in there, but for
     * names that begin with `_`. A `prefix` comes before the names, with a dot between.
     */
    prototype.addFunctions = function (functions, {prefix = '', passInvocation = false} = {}) {
        for (const [name, func] of listFunctions(functions, prefix))
            this.addFunction(name, func, {passInvocation});
    };

    /**
     * Adds the methods of an object, of its class and of the classes that this is derived
     * from, as far as they are written in JavaScript. `this` is the object there.
     *
     * Never added are the constructor, names that begin with `_`, names with a dot,
     * accessors, and what GObject calls in a class of its own (`vfunc_*` and `on_*`).
     */
    prototype.addObject = function (object, {prefix = '', passInvocation = false} = {}) {
        for (const [name, func] of listMethods(object, prefix)) {
            this.addFunction(name, passInvocation ? func.bind(object)
                : (...params) => func.apply(object, params), {passInvocation});
        }
    };
}
