/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <xmlrpc-glib/xml-rpc-serializable.h>

#include "xml-rpc-member-name-private.h"

/**
 * XmlRpcSerializable:
 *
 * The interface of classes whose properties have other names in structs than usual.
 *
 * [func@XmlRpc.object_from_struct] finds the property of a member by its name:
 * `post_title`, `postTitle`, `PostTitle` and `post-title` all become the property
 * `post-title`. [func@XmlRpc.object_to_struct] writes it as `post_title`. A class
 * whose server has other names implements this interface:
 *
 * ```c
 * static char *
 * post_find_property (XmlRpcSerializable *self,
 *                     const char         *member_name)
 * {
 *   return g_str_equal (member_name, "ID") ? g_strdup ("post-id") : NULL;
 * }
 *
 * static void
 * post_serializable_init (gpointer iface,
 *                         gpointer data)
 * {
 *   ((XmlRpcSerializableInterface *) iface)->find_property = post_find_property;
 * }
 *
 * // or G_IMPLEMENT_INTERFACE (XML_RPC_TYPE_SERIALIZABLE, post_serializable_init)
 * const GInterfaceInfo info = { .interface_init = post_serializable_init };
 * ```
 *
 * If a function returns %NULL, the usual rule applies. It also applies if a class does not
 * implement the function.
 *
 * Since: 1.0
 */

G_DEFINE_INTERFACE (XmlRpcSerializable, xml_rpc_serializable, G_TYPE_OBJECT)

static void
xml_rpc_serializable_default_init (XmlRpcSerializableInterface *iface)
{
}

/**
 * xml_rpc_serializable_find_property:
 * @self: an object
 * @member_name: the name of a member of a struct
 *
 * Finds the property that a member of a struct becomes.
 *
 * An implementation may return %NULL for the property that the usual rule finds. Then this
 * function returns that property.
 *
 * Returns: (nullable) (transfer full): the name of the property; an empty string if the
 *   member is ignored, %NULL if the class has no property for it
 *
 * Since: 1.0
 */
char *
xml_rpc_serializable_find_property (XmlRpcSerializable *self,
                                    const char         *member_name)
{
  XmlRpcSerializableInterface *iface;
  GParamSpec *pspec;
  char *name = NULL;

  g_return_val_if_fail (XML_RPC_IS_SERIALIZABLE (self), NULL);
  g_return_val_if_fail (member_name != NULL, NULL);

  iface = XML_RPC_SERIALIZABLE_GET_IFACE (self);
  if (iface->find_property != NULL)
    name = iface->find_property (self, member_name);
  if (name != NULL)
    return name;

  pspec = xml_rpc_member_name_find_property (G_OBJECT_GET_CLASS (self), member_name);

  return pspec != NULL ? g_strdup (pspec->name) : NULL;
}

/**
 * xml_rpc_serializable_get_member_name:
 * @self: an object
 * @property_name: the name of a property of its class
 *
 * Gets the name of the member that a property becomes in a struct.
 *
 * An implementation may return %NULL for the name that the usual rule has. Then this
 * function returns that name.
 *
 * Returns: (nullable) (transfer full): the name; an empty string if the property is not
 *   written
 *
 * Since: 1.0
 */
char *
xml_rpc_serializable_get_member_name (XmlRpcSerializable *self,
                                      const char         *property_name)
{
  XmlRpcSerializableInterface *iface;
  char *name = NULL;

  g_return_val_if_fail (XML_RPC_IS_SERIALIZABLE (self), NULL);
  g_return_val_if_fail (property_name != NULL, NULL);

  iface = XML_RPC_SERIALIZABLE_GET_IFACE (self);
  if (iface->get_member_name != NULL)
    name = iface->get_member_name (self, property_name);

  return name != NULL ? name : xml_rpc_member_name_from_property (property_name);
}
