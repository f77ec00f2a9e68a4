/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Which proxies a server believes, as the program sets it. */

#include "xml-rpc-server-private.h"

/**
 * xml_rpc_server_get_trusted_proxies: (attributes org.gtk.Method.get_property=trusted-proxies)
 * @self: a server
 *
 * Gets the proxies that the server trusts to say who the client is.
 *
 * Returns: (transfer none) (array zero-terminated=1): their addresses and networks
 *
 * Since: 1.0
 */
const char * const *
xml_rpc_server_get_trusted_proxies (XmlRpcServer *self)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER (self), NULL);

  return (const char * const *) xml_rpc_server_get_private (self)->service.proxies.names;
}

/**
 * xml_rpc_server_set_trusted_proxies: (attributes org.gtk.Method.set_property=trusted-proxies)
 * @self: a server
 * @trusted_proxies: (nullable) (array zero-terminated=1): addresses and networks; %NULL for none
 *
 * Sets the proxies that the server trusts to say who the client is. See
 * [property@XmlRpc.Server:trusted-proxies].
 *
 * Since: 1.0
 */
void
xml_rpc_server_set_trusted_proxies (XmlRpcServer       *self,
                                    const char * const *trusted_proxies)
{
  g_return_if_fail (XML_RPC_IS_SERVER (self));

  if (xml_rpc_proxies_set_names (&xml_rpc_server_get_private (self)->service.proxies, trusted_proxies))
    g_object_notify (G_OBJECT (self), "trusted-proxies");
}
