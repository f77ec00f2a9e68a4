// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// JavaScript's values, written as the JSON that XmlRpc.variant_from_json() reads.

const {GLib} = imports.gi;
const {cutText, describeBigInt} = imports.overrides._XmlRpc.checks;
const {dateToText, ReceivedDate} = imports.overrides._XmlRpc.dates;
const namespace = imports.overrides._XmlRpc.namespace;

// How deep arrays and structs may be within each other, as in C. A system.multicall puts the
// parameters of a call into three more: that of its calls, that of the call, and theirs.
const MAX_NESTING = 40;
var MULTICALL_NESTING = 3;

/** A number that is sent as a double even if it is whole. */
var Double = class Double {
    constructor(value) {
        if (typeof value !== 'number')
            throw new TypeError(`expected a number, got ${typeof value}`);
        this._value = value;
    }

    valueOf() {
        return this._value;
    }
};

// GJS looks up the names of this file, and those beyond, each time that they are
// used. Where that would take longer than the rest, they are in a function.
function makeEncoderClass() {
    const {isArray} = Array;
    const {getPrototypeOf, is: isSame, keys, prototype: plainPrototype} = Object;
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

    function describeClass(object) {
        const name = object.constructor?.name;

        return typeof name === 'string' && name !== '' ? cutText(name) : 'such object';
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

            return this._fail(TypeError, `XML-RPC has no ${describeClass(value)}`);
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

        _encodeItem(step, item) {
            this._path.push(step);
            const text = this.encode(item);
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

        _encodeStruct(object) {
            const names = keys(object);
            const members = names.map(name =>
                `${stringify(name)}:${this._encodeItem(name, object[name])}`);
            const text = `{${members.join(',')}}`;

            return names[0]?.startsWith('$') ? `{"$struct":${text}}` : text;
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
