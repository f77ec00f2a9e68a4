/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#if !defined (XML_RPC_INSIDE) && !defined (XML_RPC_COMPILATION)
#error "Only <xmlrpc-glib/xmlrpc-glib.h> can be included directly."
#endif

#include <xmlrpc-glib/xml-rpc-value.h>

G_BEGIN_DECLS

#define XML_RPC_TYPE_BOOLEAN (xml_rpc_boolean_get_type ())

XML_RPC_AVAILABLE_IN_1_0
_XML_RPC_DECLARE_VALUE_TYPE (XmlRpcBoolean, xml_rpc_boolean, BOOLEAN)

XML_RPC_AVAILABLE_IN_1_0
XmlRpcBoolean *xml_rpc_boolean_new       (gboolean       value);
XML_RPC_AVAILABLE_IN_1_0
gboolean       xml_rpc_boolean_get_value (XmlRpcBoolean *self);

G_END_DECLS
