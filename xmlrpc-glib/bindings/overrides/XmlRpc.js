// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What makes the library native in GJS. GJS runs _init() when a program imports
// XmlRpc, with the introspected namespace as `this`:
//
//     const server = new XmlRpc.ServerProxy({uri: 'http://localhost:8080/RPC2'});
//     const sum = await server.remote.sample.add(2, 3);
//     const product = server.remote.sample.multiply.sync(2, 3);
//
// Values, from JavaScript:
//
//     null                      nil
//     boolean                   boolean
//     number, whole             int if it fits 32 bits, i8 up to 2⁵³ - 1
//     number, any other         double; NaN and the infinities are refused
//     XmlRpc.Double             double, also of a whole number
//     BigInt                    i8
//     string                    string
//     Array                     array
//     plain object              struct
//     Date                      dateTime.iso8601, the local wall clock to the
//                               second: XML-RPC's dates have no time zone
//     Uint8Array                base64
//     GLib.Variant              whatever the C library makes of it
//     XmlRpc.Value              its value; so XmlRpc.Binary, Boolean, DateTime
//
// and all else is refused with an error that names the place. To JavaScript:
//
//     i8                        number, BigInt beyond 2⁵³ - 1
//     int, double               number
//     dateTime.iso8601          Date, of local time if the text has no zone; an
//                               invalid one if there is no such day or time
//     base64                    Uint8Array
//     ex:biginteger             BigInt
//     ex:bigdecimal             string, all of its digits
//
// A GVariant crosses the border as JSON, for taking it apart item by item costs
// microseconds an item. XmlRpc.variant_to_json() documents what there is beyond
// plain JSON: objects with a single member whose name starts with `$`.

const {Gio, GLib, GObject} = imports.gi;
const System = imports.system;

let XmlRpc;

/** A number that is sent as a double even if it is whole. */
class Double {
    constructor(value) {
        if (typeof value !== 'number')
            throw new TypeError(`expected a number, got ${typeof value}`);
        this._value = value;
    }

    valueOf() {
        return this._value;
    }
}

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
class Fault extends Error {
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
}

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

function twoDigits(number) {
    return String(number).padStart(2, '0');
}

function dateToText(date) {
    const day = String(date.getFullYear()).padStart(4, '0') +
        twoDigits(date.getMonth() + 1) + twoDigits(date.getDate());
    const time = [date.getHours(), date.getMinutes(), date.getSeconds()];

    return `${day}T${time.map(twoDigits).join(':')}`;
}

// GJS looks up the names of this file, and those beyond, each time that they are
// used. Where that would take longer than the rest, they are in a function.
function makeEncoderClass() {
    const {from: arrayFrom, isArray} = Array;
    const {getPrototypeOf, keys, prototype: plainPrototype} = Object;
    const {isFinite, isSafeInteger} = Number;
    const {stringify} = JSON;

    function isPlain(object) {
        const prototype = getPrototypeOf(object);

        return prototype === plainPrototype || prototype === null;
    }

    // As the library writes it in the place of an error.
    function describeStep(step) {
        if (typeof step === 'number')
            return `[${step}]`;

        return /^[A-Za-z0-9_-]+$/.test(step) ? `.${step}` : `["${step}"]`;
    }

    function doubleToJson(value) {
        const text = Object.is(value, -0) ? '-0' : String(value);

        return /[.e]/.test(text) ? text : `${text}.0`;
    }

    // Writes one value as JSON; `root` is what errors call it.
    return class {
        constructor(root) {
            this._root = root;
            this._path = [];
            this._holders = [];
        }

        _fail(ErrorClass, message, within = '') {
            const place = this._path.map(describeStep);

            throw new ErrorClass(`${this._root}${place.join('')}${within}: ${message}`);
        }

        encode(value) {
            switch (typeof value) {
            case 'boolean':
                return `${value}`;
            case 'number':
                return this._encodeNumber(value);
            case 'bigint':
                return this._encodeBigInt(value);
            case 'string':
                return stringify(value);
            case 'object':
                return value === null ? 'null' : this._encodeObject(value);
            default:
                return this._fail(TypeError, `XML-RPC has no ${typeof value}`);
            }
        }

        _encodeNumber(value) {
            if (isSafeInteger(value))
                return `${value}`;

            return this._encodeDouble(value);
        }

        _encodeDouble(value) {
            if (!isFinite(value))
                this._fail(RangeError, `XML-RPC has no ${value}`);

            return doubleToJson(value);
        }

        _encodeBigInt(value) {
            if (BigInt.asIntN(64, value) !== value)
                this._fail(RangeError, `${value} does not fit 64 bits`);

            return `{"$i8":"${value}"}`;
        }

        _encodeObject(value) {
            if (isArray(value))
                return this._encodeWithin(value, this._encodeArray);
            if (isPlain(value))
                return this._encodeWithin(value, this._encodeStruct);
            if (value instanceof Date)
                return this._encodeDate(value);
            if (value instanceof Uint8Array)
                return `{"$base64":"${GLib.base64_encode(value)}"}`;
            if (value instanceof Double)
                return this._encodeDouble(value.valueOf());
            if (value instanceof GLib.Variant)
                return this._encodeVariant(value);
            if (value instanceof XmlRpc.Value)
                return this._encodeVariant(value.get_variant());

            return this._fail(TypeError,
                `XML-RPC has no ${value.constructor?.name || 'such object'}`);
        }

        _encodeWithin(holder, encodeItems) {
            if (this._holders.includes(holder))
                this._fail(TypeError, 'is within itself');

            this._holders.push(holder);
            const text = encodeItems.call(this, holder);
            this._holders.pop();
            return text;
        }

        _encodeItem(step, item) {
            this._path.push(step);
            const text = this.encode(item);
            this._path.pop();
            return text;
        }

        _encodeArray(array) {
            // Not array.map(), which leaves out what a sparse array does not have.
            const items = arrayFrom(array, (item, index) => this._encodeItem(index, item));

            return `[${items.join(',')}]`;
        }

        _encodeStruct(object) {
            const names = keys(object);
            const members = names.map(name =>
                `${stringify(name)}:${this._encodeItem(name, object[name])}`);
            const text = `{${members.join(',')}}`;

            return names[0]?.startsWith('$') ? `{"$struct":${text}}` : text;
        }

        _encodeDate(date) {
            const year = date.getFullYear();

            if (isNaN(year))
                this._fail(RangeError, 'an invalid date');
            if (year < 0 || year > 9999)
                this._fail(RangeError, `the year ${year} has no four digits`);

            return `{"$dateTime":"${dateToText(date)}"}`;
        }

        _encodeVariant(variant) {
            try {
                return XmlRpc.variant_to_json(variant);
            } catch (error) {
                const [, within, message] = /^value(.*?): (.*)$/s.exec(error.message);

                return this._fail(TypeError, message, within);
            }
        }
    };
}

const Encoder = makeEncoderClass();

function jsonToVariant(text, root) {
    try {
        return XmlRpc.variant_from_json(text, -1);
    } catch (error) {
        throw new GLib.Error(error.domain, error.code, error.message.replace(/^value/, root));
    }
}

function toVariant(value, root) {
    if (value instanceof GLib.Variant)
        return value;

    return jsonToVariant(new Encoder(root).encode(value), root);
}

function readI8(text) {
    const number = Number(text);

    return Number.isSafeInteger(number) ? number : BigInt(text);
}

function readUnusualDate(text) {
    try {
        const date = XmlRpc.DateTime.new_from_iso8601(text)
            .to_date_time(GLib.TimeZone.new_local());

        return new Date(date.to_unix() * 1000 + date.get_microsecond() / 1000);
    } catch (error) {
        return new Date(NaN);
    }
}

// Returns a function that takes an object of parsed JSON and returns what it stands
// for: itself, changed in place, if that is a struct or an array.
function makeReader() {
    const {isArray} = Array;
    const {keys} = Object;
    const {Date: NativeDate, Number: toNumber} = globalThis;

    // As the specification writes them, for which a call into C would be slow.
    const usualDate =
        /^([1-9]\d{3})(0[1-9]|1[0-2])([0-3]\d)T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)$/;

    function readDate(text) {
        const fields = usualDate.exec(text);
        if (fields === null)
            return readUnusualDate(text);

        const date = new NativeDate(fields[1], fields[2] - 1, fields[3], fields[4], fields[5], fields[6]);

        return date.getDate() === toNumber(fields[3]) ? date : readUnusualDate(text);
    }

    const readers = {
        $i8: readI8,
        $double: toNumber,
        $base64: text => GLib.base64_decode(text),
        $dateTime: readDate,
        $biginteger: text => BigInt(text),
        $bigdecimal: text => text,
        $struct: object => readMembers(object, keys(object)),
    };

    function isObject(value) {
        return typeof value === 'object' && value !== null;
    }

    function readMembers(object, names) {
        for (const name of names) {
            const value = object[name];

            if (isObject(value))
                object[name] = readObject(value);
        }
        return object;
    }

    // What JavaScript has nothing for.
    function readOther(content, name) {
        return XmlRpc.Value.new(XmlRpc.variant_from_json(JSON.stringify({[name]: content}), -1));
    }

    function readItems(array) {
        for (let i = 0; i < array.length; i++) {
            if (isObject(array[i]))
                array[i] = readObject(array[i]);
        }
        return array;
    }

    function readObject(object) {
        if (isArray(object))
            return readItems(object);

        const names = keys(object);

        if (names.length === 1 && names[0].startsWith('$'))
            return (readers[names[0]] ?? readOther)(object[names[0]], names[0]);

        return readMembers(object, names);
    }

    return readObject;
}

const readObject = makeReader();

// Reading this many characters makes the engine begin an incremental collection
// of garbage. GJS 1.74 drops all callbacks until that ends, even those from the
// main loop: a Promise would never be kept. So it is ended at once, which takes
// much less than the reading did.
const COLLECTED_FROM = 1e6;

function fromJson(text) {
    let value = JSON.parse(text);

    if (text.includes('{"$'))
        value = readObject(value);
    if (text.length >= COLLECTED_FROM)
        System.gc();

    return value;
}

function fromVariant(variant) {
    return fromJson(XmlRpc.variant_to_json(variant));
}

// C's strings end where JavaScript's go on, and it would be seen too late.
function checkText(name, text) {
    if (typeof text === 'string' && text.includes('\0'))
        throw new TypeError(`${name}: expected text without NUL`);
    return text;
}

// The parameters of a call as JSON, and the cancellable that may follow them.
function takeArguments(args) {
    const cancellable = args[args.length - 1] instanceof Gio.Cancellable ? args.pop() : null;
    const params = args.map((arg, index) => new Encoder(`params[${index}]`).encode(arg));

    return [`[${params.join(',')}]`, cancellable];
}

async function call(proxy, methodName, args) {
    const [params, cancellable] = takeArguments(args);

    try {
        return readReply(await proxy.call_json_async(methodName, params, cancellable));
    } catch (error) {
        throw toNative(error);
    }
}

function callSync(proxy, methodName, args) {
    const [params, cancellable] = takeArguments(args);

    try {
        return readReply(proxy.call_json(methodName, params, cancellable));
    } catch (error) {
        throw toNative(error);
    }
}

// What `await` and JSON.stringify() look for in any object, by which they would
// call a remote method unseen.
const NOT_REMOTE = ['then', 'toJSON'];

/**
 * Makes `remote`, whose properties, and theirs in turn, are functions: `call` is
 * called with the dotted name and the array of arguments. Where there is a
 * `callSync`, it is that of the functions' own function `sync`.
 *
 * `remote['any.name']` is the way to methods of the names `then`, `toJSON`,
 * `toString` and `sync` somewhere in their own.
 */
function makeRemote(call, callSync = null, methodName = '') {
    const own = {toString: () => `[remote method ${methodName}]`};

    if (methodName && callSync)
        own.sync = (...args) => callSync(checkText('method', methodName), args);

    return new Proxy(() => {}, {
        get(target, name) {
            if (Object.hasOwn(own, name))
                return own[name];
            if (typeof name === 'symbol' || NOT_REMOTE.includes(name))
                return undefined;
            return makeRemote(call, callSync, methodName ? `${methodName}.${name}` : name);
        },

        apply(target, self, args) {
            if (!methodName)
                throw new TypeError('remote is not a method: its properties are');
            checkText('method', methodName);
            return call(methodName, args);
        },
    });
}

function addGetter(prototype, name, get) {
    Object.defineProperty(prototype, name, {get, configurable: true});
}

// Of an object; or of a Map, or an array of pairs where a name comes several times.
function toHeaders(headers) {
    if (!headers || headers instanceof GLib.Variant)
        return headers;

    if (typeof headers !== 'object')
        throw new TypeError(`headers: expected an object, got ${typeof headers}`);

    const pairs = Symbol.iterator in headers ? [...headers] : Object.entries(headers);

    for (const pair of pairs) {
        if (!Array.isArray(pair) || pair.length !== 2)
            throw new TypeError('headers: expected pairs of a name and a value');
        for (const text of pair) {
            if (typeof text !== 'string')
                throw new TypeError(`headers: expected a string, got ${typeof text}`);
            checkText('headers', text);
        }
    }
    return new GLib.Variant('a(ss)', pairs);
}

function extendServerProxy({prototype}) {
    // What a program gives to the constructor, and an object of a subclass, too.
    prototype._init = function (properties = {}, ...rest) {
        if (typeof properties !== 'object' || properties === null)
            throw new TypeError(`expected an object with properties, such as {uri: '...'}, got ${properties === null ? 'null' : typeof properties}`);
        for (const name of ['uri', 'user', 'password'])
            checkText(name, properties[name]);
        if ('headers' in properties)
            properties = {...properties, headers: toHeaders(properties.headers)};

        GObject.Object.prototype._init.call(this, properties, ...rest);
    };

    for (const name of ['set_user', 'set_password', 'set_credentials', 'set_header', 'add_header']) {
        const set = prototype[name];

        prototype[name] = function (...texts) {
            texts.forEach(text => checkText(name, text));
            return set.call(this, ...texts);
        };
    }

    for (const name of ['call', 'call_json', 'list_methods', 'get_method_signature', 'get_method_help', 'get_capabilities'])
        Gio._promisify(prototype, `${name}_async`);

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
}

function takeResult(multicall, index) {
    try {
        return readReply(multicall.get_result_json(index));
    } catch (error) {
        return toNative(error);
    }
}

function takeResults(multicall) {
    return Array.from({length: multicall.get_n_calls()}, (_, index) => takeResult(multicall, index));
}

function extendMulticall({prototype}) {
    Gio._promisify(prototype, 'execute_async');

    /** `remote.a.b(...)` adds a call, and returns its index in the results. */
    addGetter(prototype, 'remote', function () {
        return makeRemote((methodName, args) => {
            const params = args.map((arg, index) => toVariant(arg, `params[${index}]`));

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

function _init() {
    XmlRpc = this;

    XmlRpc.Double = Double;
    XmlRpc.Fault = Fault;
    extendServerProxy(XmlRpc.ServerProxy);
    extendMulticall(XmlRpc.Multicall);
    extendInvocation(XmlRpc.Invocation);
    extendServer(XmlRpc.Server);
}
