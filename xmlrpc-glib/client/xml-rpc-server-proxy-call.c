/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-server-proxy-private.h"

#include <xmlrpc-glib/xml-rpc-message.h>

/* Tells why there can be no calls, if so, while the options are locked. */
static gboolean
check_options (const XmlRpcServerProxyPrivate  *priv,
               GError                         **error)
{
  const GError *found = priv->uri_error;

  if (found == NULL)
    found = priv->credentials_error != NULL ? priv->credentials_error : priv->headers_error;
  if (found == NULL)
    return TRUE;

  g_propagate_error (error, g_error_copy (found));
  return FALSE;
}

/**
 * xml_rpc_server_proxy_check_settings:
 * @self: a proxy
 * @error: return location for an error, or %NULL
 *
 * Checks that the proxy can make calls with its URI, its user and password, and its
 * headers.
 *
 * [ctor@XmlRpc.ServerProxy.new] does that itself. An object of a subclass, or one
 * that was made by its properties, would report the error at its first call. Call this
 * in a constructor that reports the error at once. Nothing is sent.
 *
 * Returns: %TRUE, or %FALSE with the error that each call would fail with
 *
 * Since: 1.0
 */
gboolean
xml_rpc_server_proxy_check_settings (XmlRpcServerProxy  *self,
                                     GError            **error)
{
  XmlRpcServerProxyPrivate *priv;
  gboolean is_good;

  g_return_val_if_fail (XML_RPC_IS_SERVER_PROXY (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  priv = xml_rpc_server_proxy_get_private (self);
  if (!xml_rpc_channel_check_process (&priv->channel, error))
    return FALSE;

  g_mutex_lock (&priv->mutex);
  is_good = check_options (priv, error);
  g_mutex_unlock (&priv->mutex);

  return is_good;
}

/* The errors are those of what the program has set. */
XmlRpcCall *
xml_rpc_server_proxy_create_call (XmlRpcServerProxy   *self,
                                  GBytes              *body,
                                  const GVariantType  *reply_type,
                                  XmlRpcCallFlags      flags,
                                  int                  timeout_msec,
                                  GCancellable        *cancellable,
                                  GError             **error)
{
  XmlRpcServerProxyPrivate *priv = xml_rpc_server_proxy_get_private (self);
  XmlRpcCall *call = NULL;

  if (!xml_rpc_channel_check_process (&priv->channel, error))
    return NULL;

  g_mutex_lock (&priv->mutex);
  if (check_options (priv, error))
    call = xml_rpc_call_new (G_OBJECT (self), &priv->channel, &priv->options, body, reply_type, cancellable);
  g_mutex_unlock (&priv->mutex);

  if (call == NULL)
    return NULL;
  if (timeout_msec >= 0)
    call->options.timeout = (guint) timeout_msec;
  if (flags & XML_RPC_CALL_FLAGS_IDEMPOTENT)
    call->options.idempotent = TRUE;

  return call;
}

/* Takes all: the call, or if there is none, the error why. */
void
xml_rpc_server_proxy_send_async (GTask      *task,
                                 XmlRpcCall *call,
                                 GError     *error)
{
  if (call == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  g_task_set_task_data (task, call, (GDestroyNotify) xml_rpc_call_free);
  xml_rpc_call_send_async (call, task);
}

static XmlRpcCall *
create_call (XmlRpcServerProxy   *self,
             const char          *method_name,
             GVariant            *params,
             const GVariantType  *reply_type,
             XmlRpcCallFlags      flags,
             int                  timeout_msec,
             GCancellable        *cancellable,
             GError             **error)
{
  g_autoptr (GBytes) body = xml_rpc_encode_call (method_name, params, error);

  if (body == NULL)
    return NULL;

  return xml_rpc_server_proxy_create_call (self, body, reply_type, flags, timeout_msec, cancellable, error);
}

/* The calls of both forms; @tag tells which of them. */
static void
start_call (XmlRpcServerProxy   *self,
            const char          *method_name,
            GVariant            *params,
            const GVariantType  *reply_type,
            XmlRpcCallFlags      flags,
            int                  timeout_msec,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data,
            gpointer             tag)
{
  G_GNUC_UNUSED g_autoptr (GVariant) owned_params = params != NULL ? g_variant_ref_sink (params) : NULL;
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  XmlRpcCall *call;

  g_task_set_source_tag (task, tag);
  call = create_call (self, method_name, params, reply_type, flags, timeout_msec, cancellable, &error);
  xml_rpc_server_proxy_send_async (g_steal_pointer (&task), call, error);
}

/**
 * xml_rpc_server_proxy_call:
 * @self: a proxy
 * @method_name: the method to call
 * @params: (nullable): the parameters, a tuple, or %NULL for none; a floating
 *   reference is consumed
 * @reply_type: (nullable): the type to read the response as, or %NULL for the natural
 *   types; an indefinite type, such as `a{s*}`, is a pattern that they have to match
 * @cancellable: (nullable): a [class@Gio.Cancellable], or %NULL
 * @error: return location for an error, or %NULL
 *
 * Calls @method_name and waits for the response. May be called from any thread.
 *
 * A response that does not fit @reply_type is an
 * [XML_RPC_ERROR_TYPE_MISMATCH][error@XmlRpc.Error] error. For all others see the
 * description of [class@XmlRpc.ServerProxy].
 *
 * Returns: (transfer full): what the method returned, or %NULL on error
 *
 * Since: 1.0
 */
GVariant *
xml_rpc_server_proxy_call (XmlRpcServerProxy   *self,
                           const char          *method_name,
                           GVariant            *params,
                           const GVariantType  *reply_type,
                           GCancellable        *cancellable,
                           GError             **error)
{
  return xml_rpc_server_proxy_call_full (self, method_name, params, reply_type, XML_RPC_CALL_FLAGS_NONE, -1,
                                         cancellable, error);
}

/**
 * xml_rpc_server_proxy_call_async:
 * @self: a proxy
 * @method_name: the method to call
 * @params: (nullable): the parameters, a tuple, or %NULL for none; a floating
 *   reference is consumed
 * @reply_type: (nullable): the type to read the response as, or %NULL for the natural
 *   types; an indefinite type, such as `a{s*}`, is a pattern that they have to match
 * @cancellable: (nullable): a [class@Gio.Cancellable], or %NULL
 * @callback: (scope async) (nullable): called when there is a response, in the
 *   thread-default main context of this call
 * @user_data: data for @callback
 *
 * Calls @method_name without waiting for the response.
 *
 * The proxy stays alive until @callback has run.
 *
 * Since: 1.0
 */
void
xml_rpc_server_proxy_call_async (XmlRpcServerProxy   *self,
                                 const char          *method_name,
                                 GVariant            *params,
                                 const GVariantType  *reply_type,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (XML_RPC_IS_SERVER_PROXY (self));
  g_return_if_fail (method_name != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  start_call (self, method_name, params, reply_type, XML_RPC_CALL_FLAGS_NONE, -1, cancellable, callback, user_data,
              xml_rpc_server_proxy_call_async);
}

/**
 * xml_rpc_server_proxy_call_finish:
 * @self: a proxy
 * @result: what the callback was given
 * @error: return location for an error, or %NULL
 *
 * Gets the result of a call of [method@XmlRpc.ServerProxy.call_async]. The errors
 * are those of [method@XmlRpc.ServerProxy.call].
 *
 * Returns: (transfer full): what the method returned, or %NULL on error
 *
 * Since: 1.0
 */
GVariant *
xml_rpc_server_proxy_call_finish (XmlRpcServerProxy  *self,
                                  GAsyncResult       *result,
                                  GError            **error)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER_PROXY (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, xml_rpc_server_proxy_call_async), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * xml_rpc_server_proxy_call_full:
 * @self: a proxy
 * @method_name: the method to call
 * @params: (nullable): the parameters, a tuple, or %NULL for none; a floating
 *   reference is consumed
 * @reply_type: (nullable): the type to read the response as, or %NULL for the natural
 *   types; an indefinite type, such as `a{s*}`, is a pattern that they have to match
 * @flags: flags of this call
 * @timeout_msec: how long this call may take in all, in milliseconds: 0 for any time, -1
 *   for [property@XmlRpc.ServerProxy:timeout]
 * @cancellable: (nullable): a [class@Gio.Cancellable], or %NULL
 * @error: return location for an error, or %NULL
 *
 * Calls @method_name with limits of its own, and waits for the response. May be called from
 * any thread.
 *
 * For all else see [method@XmlRpc.ServerProxy.call].
 *
 * Returns: (transfer full): what the method returned, or %NULL on error
 *
 * Since: 1.0
 */
GVariant *
xml_rpc_server_proxy_call_full (XmlRpcServerProxy   *self,
                                const char          *method_name,
                                GVariant            *params,
                                const GVariantType  *reply_type,
                                XmlRpcCallFlags      flags,
                                int                  timeout_msec,
                                GCancellable        *cancellable,
                                GError             **error)
{
  g_autoptr (GVariant) owned_params = params != NULL ? g_variant_ref_sink (params) : NULL;
  g_autoptr (XmlRpcCall) call = NULL;

  g_return_val_if_fail (XML_RPC_IS_SERVER_PROXY (self), NULL);
  g_return_val_if_fail (method_name != NULL, NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  call = create_call (self, method_name, owned_params, reply_type, flags, timeout_msec, cancellable, error);

  return call != NULL ? xml_rpc_call_send (call, error) : NULL;
}

/**
 * xml_rpc_server_proxy_call_full_async:
 * @self: a proxy
 * @method_name: the method to call
 * @params: (nullable): the parameters, a tuple, or %NULL for none; a floating
 *   reference is consumed
 * @reply_type: (nullable): the type to read the response as, or %NULL for the natural
 *   types; an indefinite type, such as `a{s*}`, is a pattern that they have to match
 * @flags: flags of this call
 * @timeout_msec: how long this call may take in all, in milliseconds: 0 for any time, -1
 *   for [property@XmlRpc.ServerProxy:timeout]
 * @cancellable: (nullable): a [class@Gio.Cancellable], or %NULL
 * @callback: (scope async) (nullable): called when there is a response, in the
 *   thread-default main context of this call
 * @user_data: data for @callback
 *
 * Calls @method_name with limits of its own, without waiting for the response. See
 * [method@XmlRpc.ServerProxy.call_full].
 *
 * Since: 1.0
 */
void
xml_rpc_server_proxy_call_full_async (XmlRpcServerProxy   *self,
                                      const char          *method_name,
                                      GVariant            *params,
                                      const GVariantType  *reply_type,
                                      XmlRpcCallFlags      flags,
                                      int                  timeout_msec,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  g_return_if_fail (XML_RPC_IS_SERVER_PROXY (self));
  g_return_if_fail (method_name != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  start_call (self, method_name, params, reply_type, flags, timeout_msec, cancellable, callback, user_data,
              xml_rpc_server_proxy_call_full_async);
}

/**
 * xml_rpc_server_proxy_call_full_finish:
 * @self: a proxy
 * @result: what the callback was given
 * @error: return location for an error, or %NULL
 *
 * Gets the result of a call of [method@XmlRpc.ServerProxy.call_full_async].
 *
 * Returns: (transfer full): what the method returned, or %NULL on error
 *
 * Since: 1.0
 */
GVariant *
xml_rpc_server_proxy_call_full_finish (XmlRpcServerProxy  *self,
                                       GAsyncResult       *result,
                                       GError            **error)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER_PROXY (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, xml_rpc_server_proxy_call_full_async), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
