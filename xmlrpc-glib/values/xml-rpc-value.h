/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib-object.h>

#include <xmlrpc-glib/xml-rpc-version-macros.h>

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
 * The extensions are those of Apache's XML-RPC library, of the name space
 * `http://ws.apache.org/xmlrpc/namespaces/extensions`; `nil` and `i8` are in wide
 * use without it, too. All others are of the XML-RPC specification.
 *
 * Since: 1.0
 */
typedef enum {
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

#define XML_RPC_TYPE_VALUE (xml_rpc_value_get_type ())

XML_RPC_AVAILABLE_IN_1_0
G_DECLARE_DERIVABLE_TYPE (XmlRpcValue, xml_rpc_value, XML_RPC, VALUE, GObject)

struct _XmlRpcValueClass
{
  GObjectClass parent_class;

  /*< private >*/
  gpointer _reserved[8];
};

XML_RPC_AVAILABLE_IN_1_0
XmlRpcValue     *xml_rpc_value_new         (GVariant     *variant,
                                            GError      **error);
XML_RPC_AVAILABLE_IN_1_0
GVariant        *xml_rpc_value_get_variant (XmlRpcValue  *self);
XML_RPC_AVAILABLE_IN_1_0
XmlRpcValueKind  xml_rpc_value_get_kind    (XmlRpcValue  *self);
XML_RPC_AVAILABLE_IN_1_0
gboolean         xml_rpc_value_equal       (XmlRpcValue  *a,
                                            XmlRpcValue  *b);
XML_RPC_AVAILABLE_IN_1_0
char            *xml_rpc_value_to_string   (XmlRpcValue  *self);

G_END_DECLS
