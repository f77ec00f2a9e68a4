/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <xmlrpc-glib/xml-rpc-json.h>

#include "xml-rpc-stream-private.h"
#include "xml-rpc-to-variant-private.h"

/**
 * xml_rpc_variant_to_json:
 * @value: a value
 * @error: return location for an error
 *
 * Converts a value to JSON (RFC 8259, in UTF-8). A language with a fast parser of JSON then
 * need not read a [type@GLib.Variant] item by item.
 *
 * An int is a number without a point, a double one with a point and without an
 * exponent, nil is `null`, and booleans, strings, arrays and structs are what
 * they are in JSON. Names that a struct has twice are written twice. What JSON
 * lacks is an object with a single member:
 *
 * | XML-RPC | GVariant | JSON |
 * | --- | --- | --- |
 * | i8 | `x` | `{"$i8": "5"}`, a string, for many readers keep 53 bits |
 * | double | `d` | `{"$double": "NaN"}`, `"Infinity"`, `"-Infinity"`; all others are numbers |
 * | base64 | `ay` | `{"$base64": "AAEC"}` |
 * | dateTime.iso8601 | `(os)` | `{"$dateTime": "19980717T14:08:55"}` |
 * | ex:biginteger | `(os)` | `{"$biginteger": "9223372036854775808"}` |
 * | ex:bigdecimal | `(os)` | `{"$bigdecimal": "0.1"}` |
 * | struct | `a{sv}` | `{"$struct": {...}}` if its first name starts with `$` |
 *
 * All types that [func@XmlRpc.encode_response] takes are written, as the type
 * that their element has. [func@XmlRpc.variant_from_json] reads natural types
 * back without loss.
 *
 * If @value is floating, it is consumed.
 *
 * Fails with `XML_RPC_ERROR`: [XML_RPC_ERROR_UNSUPPORTED_TYPE][error@XmlRpc.Error] for a
 * type that XML-RPC has no form for, [XML_RPC_ERROR_INVALID_VALUE][error@XmlRpc.Error] for
 * an integer above 2⁶³ - 1 and a bigdecimal with an exponent beyond 4300, and
 * [XML_RPC_ERROR_LIMIT_EXCEEDED][error@XmlRpc.Error] for arrays and structs nested more than
 * 40 deep. The message says where.
 *
 * Returns: (transfer full): the JSON
 *
 * Since: 1.0
 */
char *
xml_rpc_variant_to_json (GVariant  *value,
                         GError   **error)
{
  G_GNUC_UNUSED g_autoptr (GVariant) sunk = value != NULL ? g_variant_ref_sink (value) : NULL;
  XmlRpcSink sink;
  char *json = NULL;

  g_return_val_if_fail (value != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  xml_rpc_sink_init (&sink, &xml_rpc_to_json_ops);
  xml_rpc_from_variant_tell_value (value, &sink);
  if (xml_rpc_sink_propagate (&sink, "value", error))
    json = xml_rpc_to_json_end (&sink);
  xml_rpc_sink_clear (&sink);

  return json;
}

/**
 * xml_rpc_variant_from_json:
 * @json: a JSON text (RFC 8259)
 * @length: its length in bytes, or -1 if it ends with a zero byte
 * @error: return location for an error
 *
 * Converts JSON, as [func@XmlRpc.variant_to_json] writes it, to a value of natural type.
 *
 * A number without a point and an exponent is an int where it fits 32 bits and
 * an i8 above. A language that has one kind of numbers only writes
 * `{"$i8": 5}` for an i8 that is a smaller number, and `{"$double": 1}` for a double that is
 * a whole number; both take the number as a string, too. Names that an object
 * has twice are kept, in order. The values of a response that has several,
 * `{"$params": [...]}`, are read as an array.
 *
 * Fails with `XML_RPC_ERROR`: [XML_RPC_ERROR_NOT_WELL_FORMED][error@XmlRpc.Error]
 * if @json is not JSON in UTF-8, [XML_RPC_ERROR_INVALID_VALUE][error@XmlRpc.Error]
 * for a whole number beyond 64 bits, a number beyond the largest double, a bigdecimal
 * with an exponent beyond 4300, the
 * character U+0000, half of a surrogate pair, bad base64, or an object whose single
 * name starts with `$` and is none that stands for a type, and
 * [XML_RPC_ERROR_LIMIT_EXCEEDED][error@XmlRpc.Error] for arrays and structs nested
 * more than 40 deep. The message says where.
 *
 * Returns: (transfer full): the value
 *
 * Since: 1.0
 */
GVariant *
xml_rpc_variant_from_json (const char  *json,
                           gssize       length,
                           GError     **error)
{
  XmlRpcToVariant sink;
  GVariant *value = NULL;

  g_return_val_if_fail (json != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  xml_rpc_to_variant_init (&sink);
  xml_rpc_from_json_tell_value (json, length, &sink.sink);
  if (xml_rpc_sink_propagate (&sink.sink, "value", error))
    value = xml_rpc_to_variant_end (&sink, error);
  xml_rpc_to_variant_clear (&sink);

  return value;
}
