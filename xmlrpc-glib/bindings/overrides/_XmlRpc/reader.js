// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The JSON of XmlRpc.variant_to_json(), read as JavaScript's values.

const {GLib} = imports.gi;
const {readBase64} = imports.overrides._XmlRpc.base64;
const {cutText} = imports.overrides._XmlRpc.checks;
const {ReceivedDate, readTime} = imports.overrides._XmlRpc.dates;
const namespace = imports.overrides._XmlRpc.namespace;
const System = imports.system;

function readI8(text) {
    const number = Number(text);

    return Number.isSafeInteger(number) ? number : BigInt(text);
}

// As many as Python reads. The time that a BigInt takes grows with the square of its digits.
const MAX_DIGITS = 4300;

// Returns a function that makes a BigInt of digits, half by half: for thousands of them that
// takes a tenth of the time of BigInt(), and a request may have thousands of numbers.
function makeDigitsReader() {
    const atOnce = 100;
    const {BigInt: toBigInt} = globalThis;
    const lengths = [];
    const powers = [];

    for (let length = atOnce; length < MAX_DIGITS; length *= 2) {
        lengths.push(length);
        powers.push(10n ** toBigInt(length));
    }

    function readDigits(digits, i) {
        if (digits.length <= atOnce)
            return toBigInt(digits);
        while (lengths[i] >= digits.length)
            i--;

        const middle = digits.length - lengths[i];

        return readDigits(digits.slice(0, middle), i) * powers[i] + readDigits(digits.slice(middle), i);
    }

    return digits => readDigits(digits, lengths.length - 1);
}

const readDigits = makeDigitsReader();

function readBigInteger(text) {
    const [, sign, digits] = /^([+-]?)(\d+)$/.exec(text.trim()) ?? [];

    if (digits === undefined)
        throw new GLib.Error(namespace.XmlRpc.Error, namespace.XmlRpc.Error.INVALID_VALUE, `expected a biginteger, got "${cutText(text)}"`);
    if (digits.length > MAX_DIGITS)
        throw new GLib.Error(namespace.XmlRpc.Error, namespace.XmlRpc.Error.LIMIT_EXCEEDED, `expected a biginteger of at most ${MAX_DIGITS} digits, got ${digits.length}`);

    return sign === '-' ? -readDigits(digits) : readDigits(digits);
}

// Returns a function that takes an object of parsed JSON and returns what it stands
// for: itself, changed in place, if that is a struct or an array.
function makeReader() {
    const {isArray} = Array;
    const {keys} = Object;
    const {Number: toNumber} = globalThis;
    let zone, clock;

    function readDate(text) {
        clock ??= zone ?? GLib.TimeZone.new_local();
        return new ReceivedDate(readTime(text, clock), text, zone);
    }

    const readers = {
        $i8: readI8,
        $double: toNumber,
        $base64: readBase64,
        $dateTime: readDate,
        $biginteger: readBigInteger,
        $bigdecimal: text => text,
        $params: array => readItems(array),
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
        return namespace.XmlRpc.Value.new(namespace.XmlRpc.variant_from_json(JSON.stringify({[name]: content}), -1));
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

    return (object, zoneOfDates) => {
        zone = zoneOfDates;
        clock = null;
        return readObject(object);
    };
}

const readObject = makeReader();

// Reading this many characters makes the engine begin an incremental collection
// of garbage. GJS 1.74 drops all callbacks until that ends, even those from the
// main loop: a Promise would never be kept. So it is ended at once, which takes
// much less than the reading did.
const COLLECTED_FROM = 1e6;

function fromJson(text, zone = null) {
    let value = JSON.parse(text);

    if (text.includes('{"$'))
        value = readObject(value, zone);
    if (text.length >= COLLECTED_FROM)
        System.gc();

    return value;
}

function fromVariant(variant, zone = null) {
    return fromJson(namespace.XmlRpc.variant_to_json(variant), zone);
}
