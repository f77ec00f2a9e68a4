/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#if !defined (XML_RPC_INSIDE) && !defined (XML_RPC_COMPILATION)
#error "Only <xmlrpc-glib/xmlrpc-glib.h> can be included directly."
#endif

#include <xmlrpc-glib/xml-rpc-value.h>

G_BEGIN_DECLS

#define XML_RPC_TYPE_BINARY (xml_rpc_binary_get_type ())

XML_RPC_AVAILABLE_IN_1_0
_XML_RPC_DECLARE_VALUE_TYPE (XmlRpcBinary, xml_rpc_binary, BINARY)

XML_RPC_AVAILABLE_IN_1_0
XmlRpcBinary *xml_rpc_binary_new           (GBytes       *bytes);
XML_RPC_AVAILABLE_IN_1_0
XmlRpcBinary *xml_rpc_binary_new_from_data (const guint8 *data,
                                            gsize         length);
XML_RPC_AVAILABLE_IN_1_0
GBytes       *xml_rpc_binary_get_bytes     (XmlRpcBinary *self);

G_END_DECLS
