// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Dates, and the time zone of those that have none.

const {GLib} = imports.gi;
const {checkString} = imports.overrides._XmlRpc.checks;
const namespace = imports.overrides._XmlRpc.namespace;

function twoDigits(number) {
    return String(number).padStart(2, '0');
}

function fieldsToText(year, month, day, ...time) {
    return `${String(year).padStart(4, '0')}${twoDigits(month)}${twoDigits(day)}T${time.map(twoDigits).join(':')}`;
}

/** What a clock of the zone shows; null is the local one. */
function dateToText(date, zone = null) {
    if (zone === null) {
        return fieldsToText(date.getFullYear(), date.getMonth() + 1, date.getDate(),
            date.getHours(), date.getMinutes(), date.getSeconds());
    }

    return dateTimeToText(GLib.DateTime.new_from_unix_utc(Math.floor(date.getTime() / 1000)), zone);
}

/** The same of GLib's, which has a zone of its own: null stands for that. */
function dateTimeToText(dateTime, zone = null) {
    const shown = zone === null ? dateTime : dateTime.to_timezone(zone);

    return fieldsToText(...shown.get_ymd(), shown.get_hour(), shown.get_minute(), shown.get_second());
}

/**
 * A Date that came from a server: `value` is its text, as it came, until the date
 * is changed.
 */
var ReceivedDate = class ReceivedDate extends Date {
    #text;
    #time;
    #zone;

    constructor(time, text, zone) {
        super(time);
        this.#text = text;
        this.#time = this.getTime();
        this.#zone = zone;
    }

    get value() {
        return this._getText() ?? dateToText(this, this.#zone);
    }

    // Null if it was changed.
    _getText() {
        return Object.is(this.getTime(), this.#time) ? this.#text : null;
    }
};

/**
 * Returns what JavaScript calls the moment of a date, NaN for a text that is none.
 *
 * The library reads dates, in all languages, and what it makes of them has an
 * offset from UTC: JavaScript would read other texts, and the same otherwise.
 */
function readTime(text, clock) {
    const normal = namespace.XmlRpc.DateTime.normalize(text, clock);

    return normal === null ? NaN : Date.parse(normal);
}

// Null for the local zone.
function toZone(zone) {
    if (zone === 'local' || zone === null || zone === undefined)
        return null;
    if (zone instanceof GLib.TimeZone)
        return zone;
    if (typeof zone !== 'string')
        throw new TypeError(`timeZone: expected a string or a GLib.TimeZone, got ${typeof zone}`);

    const found = GLib.TimeZone.new_identifier(checkString('timeZone', zone));

    if (found === null)
        throw new RangeError(`timeZone: there is no time zone ${zone}`);
    return found;
}

// A property of the object keeps this as long as the one in C.
const ZONE = Symbol('time zone');

/** The zone of a proxy's dates; null for the local one. */
function getZone(proxy) {
    return proxy[ZONE]?.zone ?? null;
}

/** Gives proxies their property `timeZone`. */
function addTimeZone(prototype) {
    Object.defineProperty(prototype, 'timeZone', {
        get() {
            return this[ZONE]?.timeZone ?? 'local';
        },
        set(timeZone) {
            this[ZONE] = {timeZone: timeZone ?? 'local', zone: toZone(timeZone)};
        },
        configurable: true,
    });
}
