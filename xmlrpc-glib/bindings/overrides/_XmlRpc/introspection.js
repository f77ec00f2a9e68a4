// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What servers tell about their methods: XmlRpc.ServerProxy.server.

const {toNative} = imports.overrides._XmlRpc.errors;

// The name in JavaScript, that in C, and what becomes of the result.
const QUESTIONS = [
    ['listMethods', 'list_methods', names => names],
    ['methodSignature', 'get_method_signature', signatures => signatures.length > 0 ? signatures : null],
    ['methodHelp', 'get_method_help', help => help],
];

// Each function waits for a Promise, as those of `remote`, and its `sync` blocks.
function makeQuestion(proxy, name, convert) {
    const ask = async (...args) => {
        try {
            return convert(await proxy[`${name}_async`](...args, null));
        } catch (error) {
            throw toNative(error);
        }
    };

    ask.sync = (...args) => {
        try {
            return convert(proxy[name](...args, null));
        } catch (error) {
            throw toNative(error);
        }
    };
    return ask;
}

/** Makes `server` of a proxy. */
function makeIntrospection(proxy) {
    const questions = QUESTIONS.map(([name, nameInC, convert]) => [name, makeQuestion(proxy, nameInC, convert)]);

    return Object.fromEntries(questions);
}
