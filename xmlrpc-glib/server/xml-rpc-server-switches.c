/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a server can have besides, which is all off by default. */

#include "xml-rpc-server-private.h"

#include "xml-rpc-system-methods-private.h"

/* Behind those of the limits. */
#define FIRST_PROPERTY 200

/**
 * XmlRpcServer:access-log: (getter get_access_log) (setter set_access_log)
 *
 * Whether each call is logged when it has finished. The default is %FALSE.
 *
 * A call is one line, a message of GLib's structured log with the domain
 * `xmlrpc-glib-access` and the level %G_LOG_LEVEL_MESSAGE:
 *
 *     127.0.0.1 sample.add ok 180 141 0.000153
 *
 * The parts are the address of the client, the method, the result, the bytes of the request and
 * of the response, and the seconds from when the request had been read until the response
 * was handed to the [class@Soup.Server]. The result is `ok` or the `faultCode`. What is
 * not known is `-`: the address of a client at a Unix socket, and the bytes of calls within
 * a `system.multicall`. Names of methods come from clients: backslashes and characters
 * other than visible ASCII are written as in C, and names are cut after 200 bytes.
 *
 * The same is in the fields `XMLRPC_CLIENT`, `XMLRPC_METHOD`, `XMLRPC_RESULT`,
 * `XMLRPC_BYTES_RECEIVED`, `XMLRPC_BYTES_SENT` and `XMLRPC_SECONDS`.
 *
 * Since: 1.0
 */
/**
 * XmlRpcServer:status-method: (getter get_status_method) (setter set_status_method)
 *
 * Whether clients can ask for the status of the server, with the method `system.status`. It
 * returns what [method@XmlRpc.Server.get_status] does. The default is %FALSE.
 *
 * Since: 1.0
 */
/**
 * XmlRpcServer:documentation: (getter get_documentation) (setter set_documentation)
 *
 * Whether the server has a page for people. The default is %FALSE.
 *
 * A browser that opens the address of the server then shows its methods, with their
 * signatures and their help, and lets people call each. See also
 * [property@XmlRpc.Server:documentation-title] and
 * [property@XmlRpc.Server:documentation-text]. Who may call which
 * methods is the same as for programs. The page loads nothing from elsewhere.
 *
 * Help that has HTML in it is shown as HTML, without scripts, styles, images and
 * forms. Links to `http` and `https` stay. If libxml2 was built without HTML,
 * help is shown as text.
 *
 * While the page is on, pages of the server's own origin may call it, as if they were in
 * [property@XmlRpc.Server:allowed-origins]; no other pages may.
 *
 * Since: 1.0
 */
static const char * const names[XML_RPC_N_SWITCHES] = {
  [XML_RPC_SWITCH_ACCESS_LOG] = "access-log",
  [XML_RPC_SWITCH_STATUS_METHOD] = "status-method",
  [XML_RPC_SWITCH_DOCUMENTATION] = "documentation",
};

static GParamSpec *properties[XML_RPC_N_SWITCHES];

void
xml_rpc_server_install_switches (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  for (guint i = 0; i < XML_RPC_N_SWITCHES; i++)
    {
      properties[i] = g_param_spec_boolean (names[i], NULL, NULL, FALSE, flags);
      g_object_class_install_property (object_class, FIRST_PROPERTY + i, properties[i]);
    }
}

static gboolean
get (XmlRpcServer *self,
     XmlRpcSwitch  which)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER (self), FALSE);

  return xml_rpc_server_get_private (self)->switches[which];
}

static void
set (XmlRpcServer *self,
     XmlRpcSwitch  which,
     gboolean      is_on)
{
  XmlRpcServerPrivate *priv;

  g_return_if_fail (XML_RPC_IS_SERVER (self));

  priv = xml_rpc_server_get_private (self);
  is_on = !!is_on;
  if (priv->switches[which] == is_on)
    return;

  priv->switches[which] = is_on;
  if (which == XML_RPC_SWITCH_STATUS_METHOD)
    xml_rpc_system_methods_set_status (&priv->service, is_on);
  else if (which == XML_RPC_SWITCH_DOCUMENTATION)
    priv->service.origins.serves_pages = is_on;
  g_object_notify_by_pspec (G_OBJECT (self), properties[which]);
}

gboolean
xml_rpc_server_get_switch (XmlRpcServer *self,
                           guint         property_id,
                           GValue       *value)
{
  guint which = property_id - FIRST_PROPERTY;

  if (which >= XML_RPC_N_SWITCHES)
    return FALSE;

  g_value_set_boolean (value, get (self, which));
  return TRUE;
}

gboolean
xml_rpc_server_set_switch (XmlRpcServer *self,
                           guint         property_id,
                           const GValue *value)
{
  guint which = property_id - FIRST_PROPERTY;

  if (which >= XML_RPC_N_SWITCHES)
    return FALSE;

  set (self, which, g_value_get_boolean (value));
  return TRUE;
}

/**
 * xml_rpc_server_get_access_log: (get-property access-log)
 * @self: a server
 *
 * Gets whether each call is logged when it has finished.
 *
 * Returns: %TRUE if it is
 *
 * Since: 1.0
 */
gboolean
xml_rpc_server_get_access_log (XmlRpcServer *self)
{
  return get (self, XML_RPC_SWITCH_ACCESS_LOG);
}

/**
 * xml_rpc_server_set_access_log: (set-property access-log)
 * @self: a server
 * @access_log: %TRUE if it is
 *
 * Sets whether each call is logged when it has finished.
 *
 * Since: 1.0
 */
void
xml_rpc_server_set_access_log (XmlRpcServer *self,
                               gboolean      access_log)
{
  set (self, XML_RPC_SWITCH_ACCESS_LOG, access_log);
}

/**
 * xml_rpc_server_get_status_method: (get-property status-method)
 * @self: a server
 *
 * Gets whether there is the method `system.status`.
 *
 * Returns: %TRUE if there is
 *
 * Since: 1.0
 */
gboolean
xml_rpc_server_get_status_method (XmlRpcServer *self)
{
  return get (self, XML_RPC_SWITCH_STATUS_METHOD);
}

/**
 * xml_rpc_server_set_status_method: (set-property status-method)
 * @self: a server
 * @status_method: %TRUE if there is
 *
 * Sets whether there is the method `system.status`.
 *
 * Since: 1.0
 */
void
xml_rpc_server_set_status_method (XmlRpcServer *self,
                                  gboolean      status_method)
{
  set (self, XML_RPC_SWITCH_STATUS_METHOD, status_method);
}

/**
 * xml_rpc_server_get_documentation: (get-property documentation)
 * @self: a server
 *
 * Gets whether the server has a page for people.
 *
 * Returns: %TRUE if it has
 *
 * Since: 1.0
 */
gboolean
xml_rpc_server_get_documentation (XmlRpcServer *self)
{
  return get (self, XML_RPC_SWITCH_DOCUMENTATION);
}

/**
 * xml_rpc_server_set_documentation: (set-property documentation)
 * @self: a server
 * @documentation: %TRUE if it has
 *
 * Sets whether the server has a page for people.
 *
 * Since: 1.0
 */
void
xml_rpc_server_set_documentation (XmlRpcServer *self,
                                  gboolean      documentation)
{
  set (self, XML_RPC_SWITCH_DOCUMENTATION, documentation);
}
