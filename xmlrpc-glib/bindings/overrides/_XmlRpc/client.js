// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// XmlRpc.ServerProxy and XmlRpc.Multicall.

const {Gio, GLib, GObject} = imports.gi;
const {
    checkArguments, checkBoolean, checkInteger32, checkInteger53, checkProperties, checkSetters, checkString, checkText,
    checkTimeout, refuseSetters, toHeaders,
} = imports.overrides._XmlRpc.checks;
const {addTimeZone, getZone} = imports.overrides._XmlRpc.dates;
const {Encoder, MULTICALL_NESTING, toVariant} = imports.overrides._XmlRpc.encoder;
const {readReply, toNative} = imports.overrides._XmlRpc.errors;
const {makeIntrospection} = imports.overrides._XmlRpc.introspection;
const {makeRemote} = imports.overrides._XmlRpc.remote;

// The parameters of a call as JSON, and the cancellable that may follow them.
function takeArguments(args, zone) {
    const cancellable = args[args.length - 1] instanceof Gio.Cancellable ? args.pop() : null;
    const params = args.map((arg, index) => new Encoder(`params[${index}]`, 0, zone).encode(arg));

    return [`[${params.join(',')}]`, cancellable];
}

async function call(proxy, methodName, args) {
    const zone = getZone(proxy);
    const [params, cancellable] = takeArguments(args, zone);

    try {
        return readReply(await proxy.call_json_async(methodName, params, cancellable), zone);
    } catch (error) {
        throw toNative(error);
    }
}

function callSync(proxy, methodName, args) {
    const zone = getZone(proxy);
    const [params, cancellable] = takeArguments(args, zone);

    try {
        return readReply(proxy.call_json(methodName, params, cancellable), zone);
    } catch (error) {
        throw toNative(error);
    }
}

function addGetter(prototype, name, get) {
    Object.defineProperty(prototype, name, {get, configurable: true});
}

const OPTIONS = {
    timeout: checkInteger32,
    max_response_size: checkInteger53,
    max_values: checkInteger32,
    idempotent: checkBoolean,
    authenticate_on_demand: checkBoolean,
    headers: toHeaders,
    user: checkText,
    password: checkText,
};

const ARGUMENTS = {
    call: {0: checkString},
    call_full: {0: checkString, 4: checkTimeout},
    call_json: {0: checkString},
    call_json_full: {0: checkString, 3: checkTimeout},
    get_method_signature: {0: checkString},
    get_method_help: {0: checkString},
};

function withAsync(checks) {
    const pairs = Object.entries(checks).map(([name, ofFunction]) => [`${name}_async`, ofFunction]);

    return {...checks, ...Object.fromEntries(pairs)};
}

// What C would say at the first call only.
function checkHeaders(proxy) {
    try {
        proxy.check_settings();
    } catch (error) {
        if (error.message.startsWith('headers:'))
            throw new TypeError(error.message);
    }
}

function extendServerProxy({prototype}) {
    // What a program gives to the constructor, and an object of a subclass, too.
    prototype._init = function (properties = {}, ...rest) {
        const {timeZone, ...checked} = checkProperties(properties,
            {...OPTIONS, uri: checkText}, "{uri: '...'}");

        GObject.Object.prototype._init.call(this, checked, ...rest);
        if (properties.headers)
            checkHeaders(this);
        if (timeZone !== undefined)
            this.timeZone = timeZone;
    };
    /**
     * The time zone of dates that come without one, and of those that are sent:
     * 'local', 'UTC', another name as 'Europe/Berlin' or '+02:00', or a
     * GLib.TimeZone.
     */
    addTimeZone(prototype);
    checkSetters(prototype, OPTIONS);
    refuseSetters(prototype, ['uri', 'session']);

    for (const name of ['set_credentials', 'set_header', 'add_header']) {
        const set = prototype[name];

        prototype[name] = function (...texts) {
            texts.forEach(text => checkText(name, text));
            return set.call(this, ...texts);
        };
    }

    for (const name of ['call', 'call_full', 'call_json', 'call_json_full', 'list_methods', 'get_method_signature',
        'get_method_help', 'get_capabilities'])
        Gio._promisify(prototype, `${name}_async`);
    checkArguments(prototype, withAsync(ARGUMENTS));

    /**
     * The methods of the server: `remote.a.b(...)` returns a Promise of what the
     * method a.b returns, `remote.a.b.sync(...)` blocks. A Gio.Cancellable may
     * follow the parameters. A fault is thrown as XmlRpc.Fault, another HTTP
     * status as XmlRpc.HttpError with the status as `code`, whatever else as the
     * GLib.Error of the C library.
     */
    addGetter(prototype, 'remote', function () {
        return makeRemote(
            (methodName, args) => call(this, methodName, args),
            (methodName, args) => callSync(this, methodName, args));
    });

    /**
     * What the server tells about its methods: listMethods(), methodSignature(name), which
     * gives strings such as 'array,struct', or null where there are none, and
     * methodHelp(name). Each returns a Promise, and its function sync() blocks.
     */
    addGetter(prototype, 'server', function () {
        return makeIntrospection(this);
    });
}

function takeResult(multicall, index) {
    try {
        return readReply(multicall.get_result_json(index), getZone(multicall.proxy));
    } catch (error) {
        return toNative(error);
    }
}

function takeResults(multicall) {
    return Array.from({length: multicall.get_n_calls()}, (_, index) => takeResult(multicall, index));
}

function extendMulticall({prototype}) {
    Gio._promisify(prototype, 'execute_async');
    Gio._promisify(prototype, 'execute_full_async');
    checkArguments(prototype, {add: {0: checkString}, ...withAsync({execute_full: {1: checkTimeout}})});

    /** `remote.a.b(...)` adds a call, and returns its index in the results. */
    addGetter(prototype, 'remote', function () {
        return makeRemote((methodName, args) => {
            const params = args.map((arg, index) => toVariant(arg, `params[${index}]`, MULTICALL_NESTING, getZone(this.proxy)));

            return this.add(methodName, GLib.Variant.new_tuple(params), null);
        });
    });

    /**
     * Sends the calls. Returns a Promise of the array of the results, with an
     * XmlRpc.Fault in place of that of a call that failed.
     */
    prototype.run = async function (cancellable = null) {
        await this.execute_async(cancellable).catch(error => {
            throw toNative(error);
        });
        return takeResults(this);
    };

    /** Does as run() does, but blocks, and returns the results themselves. */
    prototype.runSync = function (cancellable = null) {
        try {
            this.execute(cancellable);
        } catch (error) {
            throw toNative(error);
        }
        return takeResults(this);
    };
}
