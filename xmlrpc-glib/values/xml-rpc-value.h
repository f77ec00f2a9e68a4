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

/* As G_DECLARE_FINAL_TYPE(), for types that have subclasses, but only in the library: what
 * they consist of is nowhere in its headers. */
#define _XML_RPC_DECLARE_VALUE_TYPE(TypeName, type_name, TYPE_NAME)                                 \
  GType type_name##_get_type (void);                                                              \
  typedef struct _##TypeName TypeName;                                                            \
  typedef struct _##TypeName##Class TypeName##Class;                                              \
  G_DEFINE_AUTOPTR_CLEANUP_FUNC (TypeName, g_object_unref)                                        \
  G_GNUC_UNUSED static inline TypeName *                                                          \
  XML_RPC_##TYPE_NAME (gpointer instance)                                                         \
  { return G_TYPE_CHECK_INSTANCE_CAST (instance, type_name##_get_type (), TypeName); }            \
  G_GNUC_UNUSED static inline gboolean                                                            \
  XML_RPC_IS_##TYPE_NAME (gpointer instance)                                                      \
  { return G_TYPE_CHECK_INSTANCE_TYPE (instance, type_name##_get_type ()); }

#define XML_RPC_TYPE_VALUE (xml_rpc_value_get_type ())

XML_RPC_AVAILABLE_IN_1_0
_XML_RPC_DECLARE_VALUE_TYPE (XmlRpcValue, xml_rpc_value, VALUE)

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
