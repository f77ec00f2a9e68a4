/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a program sets for the calls of a proxy, at any time and in any thread. */

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
 * the answer.
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
 * Gets how large an answer may be.
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
 * Sets how large an answer may be.
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

  if (priv->user != NULL)
    return xml_rpc_credentials_new (priv->user, priv->password, error);
  if (uri == NULL || uri->user == NULL)
    return NULL;

  return xml_rpc_credentials_new (uri->user, priv->password != NULL ? priv->password : uri->password, error);
}

/* What the session knows of the old ones is of no use. */
static void
forget_credentials (XmlRpcChannel *channel)
{
  SoupSessionFeature *manager;

  if (!channel->has_own_session)
    return;

  manager = soup_session_get_feature (channel->session, SOUP_TYPE_AUTH_MANAGER);
  if (manager != NULL)
    soup_auth_manager_clear_cached_credentials (SOUP_AUTH_MANAGER (manager));
}

void
xml_rpc_server_proxy_update_credentials (XmlRpcServerProxy *self)
{
  XmlRpcServerProxyPrivate *priv = xml_rpc_server_proxy_get_private (self);
  XmlRpcCallOptions *options = lock_options (self);

  if (options->credentials != NULL)
    forget_credentials (&priv->channel);

  g_clear_pointer (&options->credentials, xml_rpc_credentials_unref);
  g_clear_error (&priv->credentials_error);
  options->credentials = create_credentials (priv, &priv->credentials_error);
  unlock_options (self, NULL);
}

/* In the place of a user or a password. FALSE if it is the same. */
static gboolean
set_text (XmlRpcServerProxy  *self,
          char              **place,
          const char         *text)
{
  gboolean changed;

  lock_options (self);
  changed = g_strcmp0 (*place, text) != 0;
  if (changed)
    {
      g_free (*place);
      *place = g_strdup (text);
    }
  unlock_options (self, NULL);

  if (changed)
    xml_rpc_server_proxy_update_credentials (self);
  return changed;
}

/**
 * xml_rpc_server_proxy_get_user: (get-property user)
 * @self: a proxy
 *
 * Gets the name of the user that the program has set. One that is in the URI only is not
 * meant.
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

  if (set_text (self, &xml_rpc_server_proxy_get_private (self)->user, user))
    g_object_notify (G_OBJECT (self), "user");
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

  if (set_text (self, &xml_rpc_server_proxy_get_private (self)->password, password))
    g_object_notify (G_OBJECT (self), "password");
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

/* Takes them, if any. */
static void
take_headers (XmlRpcServerProxy *self,
              GVariant          *headers)
{
  XmlRpcServerProxyPrivate *priv = xml_rpc_server_proxy_get_private (self);
  XmlRpcCallOptions *options = lock_options (self);

  g_clear_pointer (&options->headers, g_variant_unref);
  g_clear_error (&priv->headers_error);
  options->headers = headers;
  xml_rpc_headers_check (headers, &priv->headers_error);
  unlock_options (self, "headers");
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
  g_return_if_fail (XML_RPC_IS_SERVER_PROXY (self));
  g_return_if_fail (headers == NULL || g_variant_is_of_type (headers, G_VARIANT_TYPE ("a(ss)")));

  take_headers (self, headers != NULL ? g_variant_ref_sink (headers) : NULL);
}

/* One more, or instead of those of its name. Nothing has changed if there is an error. */
static gboolean
change_header (XmlRpcServerProxy  *self,
               const char         *name,
               const char         *value,
               gboolean            replaces,
               GError            **error)
{
  g_autoptr (GVariant) old = xml_rpc_server_proxy_get_headers (self);
  g_autoptr (GVariant) one = value != NULL ? xml_rpc_headers_add (NULL, name, value) : NULL;

  if (!xml_rpc_headers_check (one, error))
    return FALSE;

  take_headers (self, replaces ? xml_rpc_headers_set (old, name, value) : xml_rpc_headers_add (old, name, value));
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
 * Fails with [XML_RPC_ERROR_INVALID_VALUE][error@XmlRpc.Error] if that is a header that
 * the property tells to be HTTP's own, or none at all.
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
