// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// How a call is answered by a function of a program.
//
// A client waits until its call has been answered, so nothing that such a function does may
// leave it without an answer. Whatever the function throws, whatever cannot be read or sent,
// and also what is thrown by the errors themselves ends up in refuse(): it is the answer,
// unless there is one already, and the log has it.
//
// A function of add_method() answers by itself, and may do so later: then it has kept the
// invocation. If it has returned without an answer and has not kept it, the invocation is
// garbage, and the C library answers as soon as that is collected. Only the garbage
// collector knows, so it is asked soon after such a function has returned.

const {GLib} = imports.gi;
const System = imports.system;
const {cutText, describeBigInt} = imports.overrides._XmlRpc.checks;
const {getZone} = imports.overrides._XmlRpc.dates;
const {toVariant} = imports.overrides._XmlRpc.encoder;
const {Fault, getMembers, isFault, isInteger32, toNative} = imports.overrides._XmlRpc.errors;
const namespace = imports.overrides._XmlRpc.namespace;
const {fromVariant} = imports.overrides._XmlRpc.reader;

// Of a text that is sent, in characters; it is logged even shorter.
const MAX_TEXT = 10000;
const MAX_LOGGED = 1000;

// Milliseconds. Collecting takes one or two of them, more in a large program, which shall
// not do that for more than a fiftieth of its time; but the client waits.
const COLLECT_AFTER = 100;
const COLLECT_AT_LAST_AFTER = 10000;
const PAUSE_FACTOR = 50;

const answered = new WeakSet();

/** Remembers that an invocation has been answered. */
function setAnswered(invocation) {
    answered.add(invocation);
}

function hasAnswered(invocation) {
    return answered.has(invocation);
}

function toText(value) {
    return typeof value === 'bigint' ? describeBigInt(value) : String(value);
}

// A text that XML can carry, of anything that might be one.
function toXmlText(value) {
    const text = toText(value).slice(0, MAX_TEXT);

    return text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
}

// Of anything that can be thrown; asking it may throw again.
function describe(thrown, code) {
    try {
        // What the library says of a value does not need the name of its class.
        return toXmlText(code === namespace.XmlRpc.FaultCode.APPLICATION_ERROR ? thrown : thrown?.message ?? thrown);
    } catch (error) {
        return 'an error that has no text';
    }
}

// An object that can be logged, and is short.
function toLoggable(thrown) {
    const text = toText(thrown);

    if (thrown instanceof Object && text.length <= MAX_LOGGED)
        return thrown;

    const error = new Error(cutText(text, MAX_LOGGED));

    error.stack = thrown?.stack ?? '';
    return error;
}

function report(thrown, place) {
    try {
        logError(toLoggable(thrown), place);
    } catch (error) {
        logError(new Error('an error that cannot be described'), place);
    }
}

function returnFault(invocation, fault, zone) {
    try {
        invocation.return_fault_value(toVariant(getMembers(fault), 'fault', 0, zone));
    } catch (error) {
        const code = isInteger32(fault._codeInC) ? fault._codeInC : namespace.XmlRpc.FaultCode.APPLICATION_ERROR;

        report(error, `In a fault of the method ${invocation.get_method_name()}`);
        invocation.return_fault_literal(code, describe(fault));
    }
}

// FALSE if what was thrown is no fault. Even asking for that runs code of the program.
function tryFault(invocation, thrown, zone) {
    try {
        if (!(thrown instanceof Fault) && !isFault(thrown))
            return false;
        returnFault(invocation, toNative(thrown), zone);
        return true;
    } catch (error) {
        return false;
    }
}

// Does not throw. The fault is not logged: it is what the program says to the client.
function refuse(invocation, thrown, code, zone) {
    if (!answered.has(invocation)) {
        if (tryFault(invocation, thrown, zone))
            return;
        invocation.return_fault_literal(code, describe(thrown, code));
    }
    report(thrown, `In the method ${invocation.get_method_name()}`);
}

// As one array; one by one if the array around them is what nests them too deep.
function readParams(variant, zone) {
    try {
        return fromVariant(variant, zone);
    } catch (error) {
        if (!(error instanceof GLib.Error && error.matches(namespace.XmlRpc.Error, namespace.XmlRpc.Error.LIMIT_EXCEEDED)))
            throw error;
        return Array.from({length: variant.n_children()}, (_, index) => fromVariant(variant.get_child_value(index), zone));
    }
}

function isThenable(value) {
    return typeof value === 'object' && value !== null && typeof value.then === 'function';
}

// What generators return, and whatever else has its items one after another only.
function isStream(value) {
    if (typeof value !== 'object' || value === null)
        return false;

    return Symbol.asyncIterator in value || typeof value.next === 'function' && Symbol.iterator in value;
}

async function collectItems(stream) {
    const items = [];

    for await (const item of stream)
        items.push(item);
    return items;
}

/**
 * Answers with what a function returns, or with what the Promise resolves to that it returns.
 * What generators yield, also asynchronous ones, becomes an array.
 */
async function answer(server, invocation, func) {
    const zone = getZone(server);
    let code = namespace.XmlRpc.FaultCode.INVALID_PARAMS;

    try {
        const params = readParams(invocation.get_params(), zone);

        code = namespace.XmlRpc.FaultCode.APPLICATION_ERROR;
        let result = func(invocation, params);
        if (isThenable(result))
            result = await result;
        if (isStream(result))
            result = await collectItems(result);

        code = namespace.XmlRpc.FaultCode.INTERNAL_ERROR;
        if (result !== undefined || !answered.has(invocation))
            invocation.return_value(toVariant(result ?? null, 'result', 0, zone));
    } catch (error) {
        refuse(invocation, error, code, zone);
    }
}

let pause = COLLECT_AFTER;
let source = 0;

function collect() {
    const begin = GLib.get_monotonic_time();

    source = 0;
    System.gc();
    const milliseconds = Math.ceil((GLib.get_monotonic_time() - begin) / 1000);
    pause = Math.min(Math.max(COLLECT_AFTER, PAUSE_FACTOR * milliseconds), COLLECT_AT_LAST_AFTER);
    return GLib.SOURCE_REMOVE;
}

function collectSoon() {
    if (source === 0)
        source = GLib.timeout_add(GLib.PRIORITY_DEFAULT, pause, collect);
}

function finish(invocation) {
    if (!answered.has(invocation))
        collectSoon();
}

async function finishLater(invocation, promise, zone) {
    try {
        await promise;
    } catch (error) {
        refuse(invocation, error, namespace.XmlRpc.FaultCode.APPLICATION_ERROR, zone);
    }
    finish(invocation);
}

/** Lets a function answer by itself, now or later. */
function handle(server, invocation, func) {
    const zone = getZone(server);

    try {
        const result = func(server, invocation);

        if (isThenable(result)) {
            finishLater(invocation, result, zone);
            return;
        }
    } catch (error) {
        refuse(invocation, error, namespace.XmlRpc.FaultCode.APPLICATION_ERROR, zone);
    }
    finish(invocation);
}
