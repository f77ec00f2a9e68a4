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
//     number, any other, and -0 double; NaN and the infinities are refused
//     XmlRpc.Double             double, also of a whole number
//     BigInt                    i8; refused beyond 64 bits
//     string                    string
//     Array                     array
//     plain object              struct
//     Date                      dateTime.iso8601, the local wall clock to the
//                               second: XML-RPC's dates have no time zone; one
//                               that was read, and not changed, as it came
//     GLib.DateTime             dateTime.iso8601, the clock of its own zone
//     Uint8Array, ArrayBuffer, Uint8ClampedArray, DataView, GLib.Bytes: base64
//     other typed arrays        array; of those of floats, of doubles
//     Map with strings as keys  struct
//     generator, iterable       array
//     GObject                   struct of its properties; a Gio.ListModel an array
//     object of any other class that a program has written: struct of its own
//                               properties, or what its toJSON() returns
//     GLib.Variant              whatever the C library makes of it
//     XmlRpc.Value              its value; so XmlRpc.Binary, Boolean, DateTime
//
// and all else is refused with an error that names the place. To JavaScript:
//
//     i8                        number, BigInt beyond 2⁵³ - 1
//     int, double               number
//     dateTime.iso8601          Date, of local time if the text has no zone; an
//                               invalid one if there is no such day or time;
//                               `value` is the text
//     base64                    Uint8Array
//     ex:biginteger             BigInt of at most 4,300 digits, more are refused
//     ex:bigdecimal             string, all of its digits
//
// A GVariant crosses the border as JSON, for taking it apart item by item costs
// microseconds an item. XmlRpc.variant_to_json() documents what there is beyond
// plain JSON: objects with a single member whose name starts with `$`.

// GJS imports each file of overrides/_XmlRpc once, from where it has this one. What they share
// is declared by `var` or is a function.

const {checkArguments, checkString} = imports.overrides._XmlRpc.checks;
const {Double} = imports.overrides._XmlRpc.values;
const {Fault} = imports.overrides._XmlRpc.errors;
const {extendInvocation} = imports.overrides._XmlRpc.invocation;
const {extendMulticall, extendServerProxy} = imports.overrides._XmlRpc.client;
const namespace = imports.overrides._XmlRpc.namespace;
const {extendObjects} = imports.overrides._XmlRpc.objects;
const {extendServer} = imports.overrides._XmlRpc.server;

function _init() {
    namespace.XmlRpc = this;
    this.Double = Double;
    this.Fault = Fault;
    checkArguments(this, {encode_call: {0: checkString}, encode_fault: {1: checkString}});
    extendServerProxy(this.ServerProxy);
    extendMulticall(this.Multicall);
    extendInvocation(this.Invocation);
    extendServer(this.Server);
    extendObjects(this);
}
