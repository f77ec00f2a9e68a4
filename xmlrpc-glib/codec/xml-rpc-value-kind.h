/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#if !defined (XML_RPC_INSIDE) && !defined (XML_RPC_COMPILATION)
#error "Only <xmlrpc-glib/xmlrpc-glib.h> can be included directly."
#endif

#include <glib.h>

G_BEGIN_DECLS

/**
 * XmlRpcValueKind:
 * @XML_RPC_VALUE_INT: `int`, a signed integer of 32 bits
 * @XML_RPC_VALUE_I8: `i8`, a signed integer of 64 bits (an extension)
 * @XML_RPC_VALUE_BOOLEAN: `boolean`
 * @XML_RPC_VALUE_DOUBLE: `double`
 * @XML_RPC_VALUE_STRING: `string`
 * @XML_RPC_VALUE_DATE_TIME: `dateTime.iso8601`
 * @XML_RPC_VALUE_BASE64: `base64`, any bytes
 * @XML_RPC_VALUE_ARRAY: `array`
 * @XML_RPC_VALUE_STRUCT: `struct`
 * @XML_RPC_VALUE_NIL: `nil`, nothing (an extension)
 * @XML_RPC_VALUE_BIG_INTEGER: `ex:biginteger`, an integer of any size (an
 *   extension of Apache's)
 * @XML_RPC_VALUE_BIG_DECIMAL: `ex:bigdecimal`, a decimal number of any size (an
 *   extension of Apache's)
 *
 * The XML-RPC type of a value.
 *
 * The extensions are those of the XML-RPC library of Apache, of the namespace
 * `http://ws.apache.org/xmlrpc/namespaces/extensions`. `nil` and `i8` are also widely
 * used without it. All others are of the XML-RPC specification.
 *
 * Since: 1.0
 */
typedef enum
{
  XML_RPC_VALUE_INT,
  XML_RPC_VALUE_I8,
  XML_RPC_VALUE_BOOLEAN,
  XML_RPC_VALUE_DOUBLE,
  XML_RPC_VALUE_STRING,
  XML_RPC_VALUE_DATE_TIME,
  XML_RPC_VALUE_BASE64,
  XML_RPC_VALUE_ARRAY,
  XML_RPC_VALUE_STRUCT,
  XML_RPC_VALUE_NIL,
  XML_RPC_VALUE_BIG_INTEGER,
  XML_RPC_VALUE_BIG_DECIMAL
} XmlRpcValueKind;

G_END_DECLS
