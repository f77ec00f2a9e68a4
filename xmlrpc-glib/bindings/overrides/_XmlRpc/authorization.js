// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Who may call what: handlers of the signal authorize-call.
//
// GJS takes any object for `true`, also the Promise of an async function. So that such a
// handler does not let everybody in, only `true` itself does.

const {GObject} = imports.gi;
const {hasAnswered} = imports.overrides._XmlRpc.answer;
const {describeType} = imports.overrides._XmlRpc.checks;

function describeDecision(decision) {
    if (typeof decision?.then === 'function')
        return 'a Promise; an async function cannot decide here, but a method can, before it does its work';

    return describeType(decision);
}

// A handler that has answered the call has decided, whatever it returns.
function checkDecision(decision, invocation) {
    if (typeof decision !== 'boolean' && !hasAnswered(invocation))
        throw new TypeError(`expected true or false, got ${describeDecision(decision)}`);

    return decision === true;
}

function makeHandler(func, getInvocation) {
    return function (...args) {
        const invocation = getInvocation(args);

        try {
            return checkDecision(func.apply(this, args), invocation);
        } catch (error) {
            logError(error, `The handler of authorize-call for ${invocation.get_method_name()}`);
            return false;
        }
    };
}

function isSignal(name) {
    return typeof name === 'string' && name.replace(/_/g, '-') === 'authorize-call';
}

function extendAuthorization(Server) {
    for (const name of ['connect', 'connect_after', 'connect_object']) {
        const connect = Server.prototype[name];

        if (connect === undefined)
            continue;
        Server.prototype[name] = function (signal, func, ...rest) {
            const handler = isSignal(signal) && typeof func === 'function'
                ? makeHandler(func, ([, invocation]) => invocation) : func;

            return connect.call(this, signal, handler, ...rest);
        };
    }

    // GObject.registerClass() calls it, with a class that is derived.
    Server._classInit = function (klass) {
        for (const name of ['vfunc_authorize_call', 'on_authorize_call']) {
            const func = Object.getOwnPropertyDescriptor(klass.prototype, name)?.value;

            if (typeof func === 'function')
                klass.prototype[name] = makeHandler(func, ([invocation]) => invocation);
        }
        return GObject.Object._classInit.call(this, klass);
    };
}
