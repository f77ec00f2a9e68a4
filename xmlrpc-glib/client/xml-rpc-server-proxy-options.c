/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a program sets for the calls of a proxy, at any time and in any thread, and what it
 * made the proxy with. */

#include "xml-rpc-server-proxy-private.h"

#include <xmlrpc-glib/xml-rpc-error.h>

#include "xml-rpc-headers-private.h"

/* Calls begin in any thread. */
static XmlRpcCallOptions *
lock_options (XmlRpcServerProxy *self)
{
  XmlRpcServerProxyPrivate *priv = xml_rpc_server_proxy_get_private (self);

  g_mutex_lock (&priv->mutex);
  return &priv->options;
}

/* NULL: no property has changed. */
static void
unlock_options (XmlRpcServerProxy *self,
                const char        *changed_property)
{
  g_mutex_unlock (&xml_rpc_server_proxy_get_private (self)->mutex);

  if (changed_property != NULL)
    g_object_notify (G_OBJECT (self), changed_property);
}

/**
 * xml_rpc_server_proxy_get_uri: (get-property uri)
 * @self: a proxy
 *
 * Gets the URI of the server, as the program wrote it, with user name and password
 * if it has them.
 *
 * Returns: (transfer none) (nullable): the URI
 *
 * Since: 1.0
 */
const char *
xml_rpc_server_proxy_get_uri (XmlRpcServerProxy *self)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER_PROXY (self), NULL);

  return xml_rpc_server_proxy_get_private (self)->uri;
}

/**
 * xml_rpc_server_proxy_get_session: (get-property session)
 * @self: a proxy
 *
 * Gets the session that sends the calls: the program's, or the proxy's own.
 *
 * Returns: (transfer none): the session
 *
 * Since: 1.0
 */
SoupSession *
xml_rpc_server_proxy_get_session (XmlRpcServerProxy *self)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER_PROXY (self), NULL);

  return xml_rpc_server_proxy_get_private (self)->channel.session;
}

/**
 * xml_rpc_server_proxy_get_timeout: (get-property timeout)
 * @self: a proxy
 *
 * Gets how long a call may take.
 *
 * Returns: the time in milliseconds, 0 for any time
 *
 * Since: 1.0
 */
guint
xml_rpc_server_proxy_get_timeout (XmlRpcServerProxy *self)
{
  guint timeout;

  g_return_val_if_fail (XML_RPC_IS_SERVER_PROXY (self), 0);

  timeout = lock_options (self)->timeout;
  unlock_options (self, NULL);

  return timeout;
}

/**
 * xml_rpc_server_proxy_set_timeout: (set-property timeout)
 * @self: a proxy
 * @timeout: the time in milliseconds, 0 for any time
 *
 * Sets how long a call may take in all, from the connection to the last byte of
 * the response.
 *
 * Since: 1.0
 */
void
xml_rpc_server_proxy_set_timeout (XmlRpcServerProxy *self,
                                  guint              timeout)
{
  XmlRpcCallOptions *options;
  gboolean changed;

  g_return_if_fail (XML_RPC_IS_SERVER_PROXY (self));

  options = lock_options (self);
  changed = options->timeout != timeout;
  options->timeout = timeout;
  unlock_options (self, changed ? "timeout" : NULL);
}

/**
 * xml_rpc_server_proxy_get_max_response_size: (get-property max-response-size)
 * @self: a proxy
 *
 * Gets how large a response may be.
 *
 * Returns: the size in bytes after decompression, 0 for any size
 *
 * Since: 1.0
 */
guint64
xml_rpc_server_proxy_get_max_response_size (XmlRpcServerProxy *self)
{
  guint64 max_response_size;

  g_return_val_if_fail (XML_RPC_IS_SERVER_PROXY (self), 0);

  max_response_size = lock_options (self)->max_response_size;
  unlock_options (self, NULL);

  return max_response_size;
}

/**
 * xml_rpc_server_proxy_set_max_response_size: (set-property max-response-size)
 * @self: a proxy
 * @max_response_size: the size in bytes after decompression, 0 for any size
 *
 * Sets how large a response may be.
 *
 * Since: 1.0
 */
void
xml_rpc_server_proxy_set_max_response_size (XmlRpcServerProxy *self,
                                            guint64            max_response_size)
{
  XmlRpcCallOptions *options;
  gboolean changed;

  g_return_if_fail (XML_RPC_IS_SERVER_PROXY (self));

  options = lock_options (self);
  changed = options->max_response_size != max_response_size;
  options->max_response_size = max_response_size;
  unlock_options (self, changed ? "max-response-size" : NULL);
}

/**
 * xml_rpc_server_proxy_get_max_values: (get-property max-values)
 * @self: a proxy
 *
 * Gets how many values a response may have.
 *
 * Returns: the number, 0 for any
 *
 * Since: 1.0
 */
guint
xml_rpc_server_proxy_get_max_values (XmlRpcServerProxy *self)
{
  guint max_values;

  g_return_val_if_fail (XML_RPC_IS_SERVER_PROXY (self), 0);

  max_values = lock_options (self)->max_values;
  unlock_options (self, NULL);

  return max_values;
}

/**
 * xml_rpc_server_proxy_set_max_values: (set-property max-values)
 * @self: a proxy
 * @max_values: the number, 0 for any
 *
 * Sets how many values a response may have.
 *
 * Since: 1.0
 */
void
xml_rpc_server_proxy_set_max_values (XmlRpcServerProxy *self,
                                     guint              max_values)
{
  XmlRpcCallOptions *options;
  gboolean changed;

  g_return_if_fail (XML_RPC_IS_SERVER_PROXY (self));

  options = lock_options (self);
  changed = options->max_values != max_values;
  options->max_values = max_values;
  unlock_options (self, changed ? "max-values" : NULL);
}

/**
 * xml_rpc_server_proxy_get_idempotent: (get-property idempotent)
 * @self: a proxy
 *
 * Gets whether it does no harm if the server executes a call twice.
 *
 * Returns: %TRUE if a call may be sent once more
 *
 * Since: 1.0
 */
gboolean
xml_rpc_server_proxy_get_idempotent (XmlRpcServerProxy *self)
{
  gboolean idempotent;

  g_return_val_if_fail (XML_RPC_IS_SERVER_PROXY (self), FALSE);

  idempotent = lock_options (self)->idempotent;
  unlock_options (self, NULL);

  return idempotent;
}

/**
 * xml_rpc_server_proxy_set_idempotent: (set-property idempotent)
 * @self: a proxy
 * @idempotent: %TRUE if a call may be sent once more
 *
 * Sets whether it does no harm if the server executes a call twice.
 *
 * Since: 1.0
 */
void
xml_rpc_server_proxy_set_idempotent (XmlRpcServerProxy *self,
                                     gboolean           idempotent)
{
  XmlRpcCallOptions *options;
  gboolean changed;

  g_return_if_fail (XML_RPC_IS_SERVER_PROXY (self));

  idempotent = !!idempotent;

  options = lock_options (self);
  changed = options->idempotent != idempotent;
  options->idempotent = idempotent;
  unlock_options (self, changed ? "idempotent" : NULL);
}

/**
 * xml_rpc_server_proxy_get_authenticate_on_demand: (get-property authenticate-on-demand)
 * @self: a proxy
 *
 * Gets whether user and password wait until the server asks for them.
 *
 * Returns: %TRUE if they do
 *
 * Since: 1.0
 */
gboolean
xml_rpc_server_proxy_get_authenticate_on_demand (XmlRpcServerProxy *self)
{
  gboolean authenticate_on_demand;

  g_return_val_if_fail (XML_RPC_IS_SERVER_PROXY (self), FALSE);

  authenticate_on_demand = lock_options (self)->authenticates_on_demand;
  unlock_options (self, NULL);

  return authenticate_on_demand;
}

/**
 * xml_rpc_server_proxy_set_authenticate_on_demand: (set-property authenticate-on-demand)
 * @self: a proxy
 * @authenticate_on_demand: %TRUE if they are to wait
 *
 * Sets whether user and password wait until the server asks for them.
 *
 * Since: 1.0
 */
void
xml_rpc_server_proxy_set_authenticate_on_demand (XmlRpcServerProxy *self,
                                                 gboolean           authenticate_on_demand)
{
  XmlRpcCallOptions *options;
  gboolean changed;

  g_return_if_fail (XML_RPC_IS_SERVER_PROXY (self));

  authenticate_on_demand = !!authenticate_on_demand;

  options = lock_options (self);
  changed = options->authenticates_on_demand != authenticate_on_demand;
  options->authenticates_on_demand = authenticate_on_demand;
  unlock_options (self, changed ? "authenticate-on-demand" : NULL);
}

/* A user of the program's does not get the password of another one in the URI. */
static XmlRpcCredentials *
create_credentials (XmlRpcServerProxyPrivate  *priv,
                    GError                   **error)
{
  const XmlRpcUri *uri = priv->channel.uri;

  if (uri != NULL && uri->is_scgi && (priv->user != NULL || priv->password != NULL || uri->user != NULL))
    {
      g_set_error_literal (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE,
                           "user, password: SCGI has no authentication; put a web server in front of the "
                           "SCGI server, and call that");
      return NULL;
    }
  if (priv->user != NULL)
    return xml_rpc_credentials_new (priv->user, priv->password, error);
  if (uri == NULL || uri->user == NULL)
    return NULL;

  return xml_rpc_credentials_new (uri->user, priv->password != NULL ? priv->password : uri->password, error);
}

void
xml_rpc_server_proxy_update_credentials (XmlRpcServerProxy *self)
{
  XmlRpcServerProxyPrivate *priv = xml_rpc_server_proxy_get_private (self);
  XmlRpcCallOptions *options = &priv->options;

  if (options->credentials != NULL)
    xml_rpc_credentials_replace (options->credentials);
  g_clear_pointer (&options->credentials, xml_rpc_credentials_unref);
  g_clear_error (&priv->credentials_error);
  options->credentials = create_credentials (priv, &priv->credentials_error);
}

/* FALSE if it is the same. */
static gboolean
replace_text (char       **place,
              const char  *text)
{
  if (g_strcmp0 (*place, text) == 0)
    return FALSE;

  g_free (*place);
  *place = g_strdup (text);
  return TRUE;
}

/* Either or both, so that no call begins in between. */
static void
change_credentials (XmlRpcServerProxy *self,
                    gboolean           sets_user,
                    const char        *user,
                    gboolean           sets_password,
                    const char        *password)
{
  XmlRpcServerProxyPrivate *priv = xml_rpc_server_proxy_get_private (self);
  gboolean changes_user, changes_password;

  lock_options (self);
  changes_user = sets_user && replace_text (&priv->user, user);
  changes_password = sets_password && replace_text (&priv->password, password);
  if (changes_user || changes_password)
    xml_rpc_server_proxy_update_credentials (self);
  unlock_options (self, NULL);

  if (changes_user || changes_password)
    xml_rpc_channel_forget_authentication (&priv->channel);
  if (changes_user)
    g_object_notify (G_OBJECT (self), "user");
  if (changes_password)
    g_object_notify (G_OBJECT (self), "password");
}

/**
 * xml_rpc_server_proxy_get_user: (get-property user)
 * @self: a proxy
 *
 * Gets the name of the user that the program has set. A user that is only in the URI is not
 * returned.
 *
 * Returns: (transfer full) (nullable): the name, or %NULL
 *
 * Since: 1.0
 */
char *
xml_rpc_server_proxy_get_user (XmlRpcServerProxy *self)
{
  char *user;

  g_return_val_if_fail (XML_RPC_IS_SERVER_PROXY (self), NULL);

  lock_options (self);
  user = g_strdup (xml_rpc_server_proxy_get_private (self)->user);
  unlock_options (self, NULL);

  return user;
}

/**
 * xml_rpc_server_proxy_set_user: (set-property user)
 * @self: a proxy
 * @user: (nullable): the name, or %NULL for the one in the URI
 *
 * Sets the name of the user.
 *
 * Since: 1.0
 */
void
xml_rpc_server_proxy_set_user (XmlRpcServerProxy *self,
                               const char        *user)
{
  g_return_if_fail (XML_RPC_IS_SERVER_PROXY (self));

  change_credentials (self, TRUE, user, FALSE, NULL);
}

/**
 * xml_rpc_server_proxy_set_password: (set-property password)
 * @self: a proxy
 * @password: (nullable): the password, or %NULL for the one in the URI
 *
 * Sets the password of the user.
 *
 * Since: 1.0
 */
void
xml_rpc_server_proxy_set_password (XmlRpcServerProxy *self,
                                   const char        *password)
{
  g_return_if_fail (XML_RPC_IS_SERVER_PROXY (self));

  change_credentials (self, FALSE, NULL, TRUE, password);
}

/**
 * xml_rpc_server_proxy_set_credentials:
 * @self: a proxy
 * @user: (nullable): the name, or %NULL for the one in the URI
 * @password: (nullable): the password, or %NULL for the one in the URI
 *
 * Sets user and password in one step, so that no other thread can begin a call with the
 * name of one user and the password of another.
 *
 * Since: 1.0
 */
void
xml_rpc_server_proxy_set_credentials (XmlRpcServerProxy *self,
                                      const char        *user,
                                      const char        *password)
{
  g_return_if_fail (XML_RPC_IS_SERVER_PROXY (self));

  change_credentials (self, TRUE, user, TRUE, password);
}

/**
 * xml_rpc_server_proxy_get_headers: (get-property headers)
 * @self: a proxy
 *
 * Gets the headers that are sent with every call.
 *
 * Returns: (transfer full) (nullable): pairs of a name and a value (`a(ss)`), or %NULL
 *
 * Since: 1.0
 */
GVariant *
xml_rpc_server_proxy_get_headers (XmlRpcServerProxy *self)
{
  GVariant *headers;

  g_return_val_if_fail (XML_RPC_IS_SERVER_PROXY (self), NULL);

  headers = lock_options (self)->headers;
  if (headers != NULL)
    g_variant_ref (headers);
  unlock_options (self, NULL);

  return headers;
}

/* Takes them, if any, while the options are locked. Those that are the same stay, and with
 * them the message that is kept for the next call. FALSE if nothing has changed. */
static gboolean
take_headers (XmlRpcServerProxyPrivate *priv,
              GVariant                 *headers)
{
  XmlRpcCallOptions *options = &priv->options;

  if (headers != NULL && g_variant_n_children (headers) == 0)
    g_clear_pointer (&headers, g_variant_unref);

  if (headers == options->headers ||
      (headers != NULL && options->headers != NULL && g_variant_equal (headers, options->headers)))
    {
      g_clear_pointer (&headers, g_variant_unref);
      return FALSE;
    }

  g_clear_pointer (&options->headers, g_variant_unref);
  options->headers = headers;
  return TRUE;
}

/**
 * xml_rpc_server_proxy_set_headers: (set-property headers)
 * @self: a proxy
 * @headers: (nullable): pairs of a name and a value (`a(ss)`), or %NULL for none; a
 *   floating reference is consumed
 *
 * Sets the headers that are sent with every call; see
 * [property@XmlRpc.ServerProxy:headers].
 *
 * Since: 1.0
 */
void
xml_rpc_server_proxy_set_headers (XmlRpcServerProxy *self,
                                  GVariant          *headers)
{
  g_autoptr (GVariant) owned = headers != NULL ? g_variant_ref_sink (headers) : NULL;
  XmlRpcServerProxyPrivate *priv;
  gboolean changed;

  g_return_if_fail (XML_RPC_IS_SERVER_PROXY (self));

  priv = xml_rpc_server_proxy_get_private (self);
  lock_options (self);
  g_clear_error (&priv->headers_error);
  if (!xml_rpc_headers_check (owned, &priv->headers_error))
    g_clear_pointer (&owned, g_variant_unref);
  changed = take_headers (priv, g_steal_pointer (&owned));
  unlock_options (self, changed ? "headers" : NULL);
}

/* One more, or instead of those of its name. Nothing has changed if there is an error. */
static gboolean
change_header (XmlRpcServerProxy  *self,
               const char         *name,
               const char         *value,
               gboolean            replaces,
               GError            **error)
{
  XmlRpcServerProxyPrivate *priv = xml_rpc_server_proxy_get_private (self);
  g_autoptr (GVariant) one = value != NULL ? xml_rpc_headers_add (NULL, name, value) : NULL;
  GVariant *old;
  gboolean changed;

  if (!xml_rpc_channel_check_process (&priv->channel, error) || !xml_rpc_headers_check (one, error))
    return FALSE;

  old = lock_options (self)->headers;
  changed = take_headers (priv, replaces ? xml_rpc_headers_set (old, name, value)
                                         : xml_rpc_headers_add (old, name, value));
  unlock_options (self, changed ? "headers" : NULL);
  return TRUE;
}

/**
 * xml_rpc_server_proxy_set_header:
 * @self: a proxy
 * @name: the name of a header, in any case
 * @value: (nullable): its value, or %NULL to send none of that name
 * @error: return location for an error, or %NULL
 *
 * Sets a header that is sent with every call, in the place of all that had its name in
 * [property@XmlRpc.ServerProxy:headers].
 *
 * Fails with [XML_RPC_ERROR_INVALID_VALUE][error@XmlRpc.Error] if HTTP sets that header
 * itself (see the property), or if the name or the value is not valid.
 *
 * Returns: %TRUE, or %FALSE with @error set
 *
 * Since: 1.0
 */
gboolean
xml_rpc_server_proxy_set_header (XmlRpcServerProxy  *self,
                                 const char         *name,
                                 const char         *value,
                                 GError            **error)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER_PROXY (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return change_header (self, name, value, TRUE, error);
}

/**
 * xml_rpc_server_proxy_add_header:
 * @self: a proxy
 * @name: the name of a header, in any case
 * @value: its value
 * @error: return location for an error, or %NULL
 *
 * Adds a header that is sent with every call, to those that have its name already.
 *
 * Fails as [method@XmlRpc.ServerProxy.set_header].
 *
 * Returns: %TRUE, or %FALSE with @error set
 *
 * Since: 1.0
 */
gboolean
xml_rpc_server_proxy_add_header (XmlRpcServerProxy  *self,
                                 const char         *name,
                                 const char         *value,
                                 GError            **error)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER_PROXY (self), FALSE);
  g_return_val_if_fail (name != NULL && value != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return change_header (self, name, value, FALSE, error);
}
