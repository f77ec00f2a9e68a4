/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#if !defined (XML_RPC_INSIDE) && !defined (XML_RPC_COMPILATION)
#error "Only <xmlrpc-glib/xmlrpc-glib.h> can be included directly."
#endif

#include <glib-object.h>

#include <xmlrpc-glib/xml-rpc-version-macros.h>

G_BEGIN_DECLS

#define XML_RPC_TYPE_SERIALIZABLE (xml_rpc_serializable_get_type ())

XML_RPC_AVAILABLE_IN_1_0
G_DECLARE_INTERFACE (XmlRpcSerializable, xml_rpc_serializable, XML_RPC, SERIALIZABLE, GObject)

/**
 * XmlRpcSerializableInterface:
 * @parent_iface: the parent interface
 * @find_property: returns the name of the property that a member of a struct becomes; %NULL
 *   for the one of the usual rule, an empty string if the member is ignored
 * @get_member_name: returns the name of the member that a property becomes; %NULL for
 *   the usual one, an empty string if the property is not written
 *
 * The functions of [iface@XmlRpc.Serializable].
 *
 * Both depend on the class only: they are called for the first object of a class, and the
 * result is used for all.
 *
 * Since: 1.0
 */
struct _XmlRpcSerializableInterface
{
  GTypeInterface parent_iface;

  char * (*find_property)   (XmlRpcSerializable *self,
                             const char         *member_name);
  char * (*get_member_name) (XmlRpcSerializable *self,
                             const char         *property_name);

  /*< private >*/
  gpointer padding[4];
};

XML_RPC_AVAILABLE_IN_1_0
char *xml_rpc_serializable_find_property   (XmlRpcSerializable *self,
                                            const char         *member_name);
XML_RPC_AVAILABLE_IN_1_0
char *xml_rpc_serializable_get_member_name (XmlRpcSerializable *self,
                                            const char         *property_name);

G_END_DECLS
