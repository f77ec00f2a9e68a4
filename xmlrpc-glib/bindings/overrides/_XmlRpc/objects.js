// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Structs as objects with properties, and dates as those of GLib: native values wherever
// the functions take a GVariant.

const {checkString} = imports.overrides._XmlRpc.checks;
const {toVariant} = imports.overrides._XmlRpc.encoder;
const gi = imports.overrides._XmlRpc.namespace;
const {fromVariant} = imports.overrides._XmlRpc.reader;

function extendObjects(namespace) {
    const {object_from_struct, object_to_struct, list_store_new_from_array} = namespace;
    const {variant_get_date_time, variant_lookup_date_time} = namespace;

    gi.objectToStruct = object_to_struct;
    namespace.object_from_struct = (objectType, value) => object_from_struct(objectType, toVariant(value, 'value'));

    /** The struct as a plain object, as a remote method takes it. */
    namespace.object_to_struct = object => fromVariant(object_to_struct(object));

    namespace.list_store_new_from_array = (itemType, array) =>
        list_store_new_from_array(itemType, toVariant(array, 'array'));

    namespace.variant_get_date_time = (value, assumed = null) =>
        variant_get_date_time(toVariant(value, 'value'), assumed);

    namespace.variant_lookup_date_time = (dict, name, assumed = null) =>
        variant_lookup_date_time(toVariant(dict, 'dict'), checkString('name', name), assumed);
}
