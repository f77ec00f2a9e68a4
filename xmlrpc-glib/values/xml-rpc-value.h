/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#if !defined (XML_RPC_INSIDE) && !defined (XML_RPC_COMPILATION)
#error "Only <xmlrpc-glib/xmlrpc-glib.h> can be included directly."
#endif

#include <glib-object.h>

#include <xmlrpc-glib/xml-rpc-value-kind.h>
#include <xmlrpc-glib/xml-rpc-version-macros.h>

G_BEGIN_DECLS

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
