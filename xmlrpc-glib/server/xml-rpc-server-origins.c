/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* From where a server may be called, as the program sets it. */

#include "xml-rpc-server-private.h"

static XmlRpcOrigins *
get_origins (XmlRpcServer *self)
{
  return &xml_rpc_server_get_private (self)->service.origins;
}

/* NULL is as good as nothing. */
static void
set_list (XmlRpcServer         *self,
          char               ***list,
          const char * const   *names,
          const char           *property)
{
  static const char * const none[] = { NULL };

  if (names == NULL)
    names = none;
  if (g_strv_equal ((const char * const *) *list, names))
    return;

  g_strfreev (*list);
  *list = g_strdupv ((char **) names);
  g_object_notify (G_OBJECT (self), property);
}

/**
 * xml_rpc_server_get_allowed_hosts: (attributes org.gtk.Method.get_property=allowed-hosts)
 * @self: a server
 *
 * Gets the names by which clients may call the server at a loopback address.
 *
 * Returns: (transfer none) (array zero-terminated=1): the names
 *
 * Since: 1.0
 */
const char * const *
xml_rpc_server_get_allowed_hosts (XmlRpcServer *self)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER (self), NULL);

  return (const char * const *) get_origins (self)->allowed_hosts;
}

/**
 * xml_rpc_server_set_allowed_hosts: (attributes org.gtk.Method.set_property=allowed-hosts)
 * @self: a server
 * @allowed_hosts: (nullable) (array zero-terminated=1): the names; %NULL for none
 *
 * Sets the names by which clients may call the server at a loopback address. See
 * [property@XmlRpc.Server:allowed-hosts].
 *
 * Since: 1.0
 */
void
xml_rpc_server_set_allowed_hosts (XmlRpcServer       *self,
                                  const char * const *allowed_hosts)
{
  g_return_if_fail (XML_RPC_IS_SERVER (self));

  set_list (self, &get_origins (self)->allowed_hosts, allowed_hosts, "allowed-hosts");
}

/**
 * xml_rpc_server_get_allowed_origins: (attributes org.gtk.Method.get_property=allowed-origins)
 * @self: a server
 *
 * Gets the origins whose web pages may call the server.
 *
 * Returns: (transfer none) (array zero-terminated=1): the origins
 *
 * Since: 1.0
 */
const char * const *
xml_rpc_server_get_allowed_origins (XmlRpcServer *self)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER (self), NULL);

  return (const char * const *) get_origins (self)->allowed_origins;
}

/**
 * xml_rpc_server_set_allowed_origins: (attributes org.gtk.Method.set_property=allowed-origins)
 * @self: a server
 * @allowed_origins: (nullable) (array zero-terminated=1): the origins; %NULL for none
 *
 * Sets the origins whose web pages may call the server. See
 * [property@XmlRpc.Server:allowed-origins].
 *
 * Since: 1.0
 */
void
xml_rpc_server_set_allowed_origins (XmlRpcServer       *self,
                                    const char * const *allowed_origins)
{
  g_return_if_fail (XML_RPC_IS_SERVER (self));

  set_list (self, &get_origins (self)->allowed_origins, allowed_origins, "allowed-origins");
}
