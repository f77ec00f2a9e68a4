// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// JavaScript's values, written as the JSON that XmlRpc.variant_from_json() reads.

const {GLib, XmlRpc} = imports.gi;

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

var Encoder = makeEncoderClass();

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
