// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// JavaScript's values, written as the JSON that XmlRpc.variant_from_json() reads.

const {Gio, GLib, GObject} = imports.gi;
const {cutText, describeBigInt, describeType} = imports.overrides._XmlRpc.checks;
const {dateTimeToText, dateToText, ReceivedDate} = imports.overrides._XmlRpc.dates;
const {
    describeClass, Double, getBytes, getHint, isBoxed, isNativePrototype, isOfJavaScript, takeItems,
} = imports.overrides._XmlRpc.values;
const namespace = imports.overrides._XmlRpc.namespace;

// How deep arrays and structs may be within each other, as in C. A system.multicall puts the
// parameters of a call into three more: that of its calls, that of the call, and theirs.
const MAX_NESTING = 40;
var MULTICALL_NESTING = 3;

// GJS looks up the names of this file, and those beyond, each time that they are
// used. Where that would take longer than the rest, they are in a function.
function makeEncoderClass() {
    const {isArray} = Array;
    const {fromEntries, getPrototypeOf, is: isSame, keys, prototype: plainPrototype} = Object;
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

        return /^[A-Za-z0-9_-]{1,100}$/.test(step) ? `.${step}` : `["${cutText(step)}"]`;
    }

    function doubleToJson(value) {
        const text = isSame(value, -0) ? '-0' : String(value);

        return /[.e]/.test(text) ? text : `${text}.0`;
    }

    // Writes one value as JSON; `root` is what errors call it. `nesting` is that of
    // what it will be in, `zone` that of dates.
    return class {
        constructor(root, nesting = 0, zone = null) {
            this._root = root;
            this._nesting = nesting;
            this._zone = zone;
            this._path = [];
            this._holders = [];
        }

        _describePlace() {
            return this._root + this._path.map(describeStep).join('');
        }

        _fail(ErrorClass, message, within = '') {
            throw new ErrorClass(`${this._describePlace()}${within}: ${message}`);
        }

        // Says it before anything is sent, and before the engine's stack ends.
        _failNesting() {
            const max = MAX_NESTING - this._nesting;
            const reason = this._nesting === 0 ? '' : `, for a multicall nests them ${this._nesting} deeper`;

            throw new GLib.Error(namespace.XmlRpc.Error, namespace.XmlRpc.Error.LIMIT_EXCEEDED,
                `${this._describePlace()}: arrays and structs nested more than ${max} deep${reason}`);
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
            if (isSafeInteger(value) && !isSame(value, -0))
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
                this._fail(RangeError, `${describeBigInt(value)} does not fit 64 bits`);

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
            if (value instanceof namespace.XmlRpc.Value)
                return this._encodeVariant(value.get_variant());

            return this._encodeOther(value);
        }

        // In the order of what an object is first of all: a list store has properties, too.
        _encodeOther(value) {
            const bytes = getBytes(value);

            if (bytes !== null)
                return `{"$base64":"${GLib.base64_encode(bytes)}"}`;
            if (ArrayBuffer.isView(value))
                return this._encodeWithin(value, this._encodeNumbers);
            if (value instanceof GLib.DateTime)
                return `{"$dateTime":"${dateTimeToText(value, this._zone)}"}`;
            if (isBoxed(value))
                return this.encode(value.valueOf());
            if (value instanceof Map)
                return this._encodeWithin(value, this._encodeMap);
            if (getHint(value) !== null)
                return this._fail(TypeError, `XML-RPC has no ${describeClass(value)}; ${getHint(value)}`);
            if (typeof value[Symbol.iterator] === 'function')
                return this._encodeWithin(value, iterable => this._encodeArray([...iterable]));
            if (value instanceof Gio.ListModel)
                return this._encodeWithin(value, list => this._encodeArray(takeItems(list)));
            if (value instanceof GObject.Object && !isNativePrototype(getPrototypeOf(value)))
                return this._encodeGObject(value);
            if (isOfJavaScript(value))
                return this._encodeInstance(value);

            return this._fail(TypeError, `XML-RPC has no ${describeClass(value)}`);
        }

        _encodeInstance(object) {
            return this._encodeWithin(object, typeof object.toJSON === 'function'
                ? () => this.encode(object.toJSON()) : this._encodeStruct);
        }

        _encodeWithin(holder, encodeItems) {
            if (this._holders.includes(holder))
                this._fail(TypeError, 'is within itself');
            if (this._holders.length + this._nesting === MAX_NESTING)
                this._failNesting();

            this._holders.push(holder);
            const text = encodeItems.call(this, holder);
            this._holders.pop();
            return text;
        }

        _encodeItem(step, item, encode = this.encode) {
            this._path.push(step);
            const text = encode.call(this, item);
            this._path.pop();
            return text;
        }

        _encodeArray(array) {
            // Not array.map(), which leaves out what a sparse array does not have, nor an
            // iterator, which a program may have given to it.
            const items = [];

            for (let i = 0; i < array.length; i++)
                items.push(this._encodeItem(i, array[i]));

            return `[${items.join(',')}]`;
        }

        // Those of floats stay what they are, also where they are whole.
        _encodeNumbers(array) {
            const encode = /^Float/.test(array[Symbol.toStringTag]) ? this._encodeDouble : this.encode;

            return `[${Array.from(array, (number, i) => this._encodeItem(i, number, encode)).join(',')}]`;
        }

        _encodeStruct(object) {
            const names = keys(object);
            const members = names.map(name =>
                `${stringify(name)}:${this._encodeItem(name, object[name])}`);
            const text = `{${members.join(',')}}`;

            return names[0]?.startsWith('$') ? `{"$struct":${text}}` : text;
        }

        _encodeMap(map) {
            for (const name of map.keys()) {
                if (typeof name !== 'string')
                    this._fail(TypeError, `expected strings as the keys of a Map, got ${describeType(name)}`);
            }
            return this._encodeStruct(fromEntries(map));
        }

        _encodeGObject(object) {
            try {
                return namespace.XmlRpc.variant_to_json(namespace.objectToStruct(object));
            } catch (error) {
                const [, within, message] = /^([\w.[\]-]*): (.*)$/s.exec(error.message) ?? [null, '', error.message];

                return this._fail(TypeError, message, within && !within.startsWith('[') ? `.${within}` : within);
            }
        }

        _encodeDate(date) {
            const text = date instanceof ReceivedDate ? date._getText() : null;
            const year = date.getFullYear();

            if (text !== null)
                return `{"$dateTime":${stringify(text)}}`;
            if (isNaN(year))
                this._fail(RangeError, 'an invalid date');
            if (year < 0 || year > 9999)
                this._fail(RangeError, `the year ${year} has no four digits`);

            return `{"$dateTime":"${dateToText(date, this._zone)}"}`;
        }

        _encodeVariant(variant) {
            try {
                return namespace.XmlRpc.variant_to_json(variant);
            } catch (error) {
                const [, within, message] = /^value(.*?): (.*)$/s.exec(error.message);

                return this._fail(TypeError, message, within);
            }
        }
    };
}

var Encoder = makeEncoderClass();

function jsonToVariant(text, root) {
    try {
        return namespace.XmlRpc.variant_from_json(text, -1);
    } catch (error) {
        throw new GLib.Error(error.domain, error.code, error.message.replace(/^value/, root));
    }
}

function toVariant(value, root, nesting = 0, zone = null) {
    if (value instanceof GLib.Variant)
        return value;

    return jsonToVariant(new Encoder(root, nesting, zone).encode(value), root);
}
