/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-server-proxy-private.h"

#include "codec/xml-rpc-message-private.h"
#include "xml-rpc-fault-private.h"

/* The parameters go from JSON to XML, and the answer back, with nothing in between. */
static XmlRpcCall *
create_call (XmlRpcServerProxy  *self,
             const char         *method_name,
             const char         *params,
             XmlRpcCallFlags     flags,
             int                 timeout_msec,
             GCancellable       *cancellable,
             GError            **error)
{
  g_autoptr (GBytes) body = xml_rpc_encode_call_from_json (method_name, params, error);
  XmlRpcCall *call;

  if (body == NULL)
    return NULL;

  call = xml_rpc_server_proxy_create_call (self, body, NULL, flags, timeout_msec, cancellable, error);
  if (call != NULL)
    call->wants_json = TRUE;

  return call;
}

/* The calls of both forms; @tag tells which of them. */
static void
start_call (XmlRpcServerProxy   *self,
            const char          *method_name,
            const char          *params,
            XmlRpcCallFlags      flags,
            int                  timeout_msec,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data,
            gpointer             tag)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  XmlRpcCall *call;

  g_task_set_source_tag (task, tag);
  call = create_call (self, method_name, params, flags, timeout_msec, cancellable, &error);
  xml_rpc_server_proxy_send_async (g_steal_pointer (&task), call, error);
}

/* Takes both. The text is copied only here, where the program asks for it, and not in a turn of
 * the main loop. */
static char *
take_text (GBytes  *json,
           GError  *failure,
           char   **fault,
           GError **error)
{
  gsize size;

  if (json != NULL)
    return g_bytes_unref_to_data (json, &size);

  xml_rpc_fault_propagate (failure, fault, error);
  return NULL;
}

static char *
finish_call (GAsyncResult  *result,
             char         **fault,
             GError       **error)
{
  GError *failure = NULL;
  GBytes *json = g_task_propagate_pointer (G_TASK (result), &failure);

  if (fault != NULL)
    *fault = NULL;

  return take_text (json, failure, fault, error);
}

/**
 * xml_rpc_server_proxy_call_json:
 * @self: a proxy
 * @method_name: the method to call
 * @params: (nullable): the parameters, an array of JSON, or %NULL for none
 * @fault: (out) (optional) (nullable) (transfer full): return location for a fault as JSON,
 *   or %NULL to have it as an error
 * @cancellable: (nullable): a [class@Gio.Cancellable], or %NULL
 * @error: return location for an error, or %NULL
 *
 * Calls @method_name as [method@XmlRpc.ServerProxy.call] does, with parameters
 * and the response in JSON, as [func@XmlRpc.variant_from_json] reads and
 * [func@XmlRpc.variant_to_json] writes it; several values are `{"$params": [...]}`.
 *
 * This is for languages in which each call of a C function is slow, or each access to a
 * [type@GLib.Variant].
 *
 * If the server sends a fault and @fault is not %NULL, then @fault becomes the
 * struct of the fault as the server sent it (see [func@XmlRpc.fault_get_value]), and the
 * function returns %NULL without setting @error. Language bindings need this because not
 * all of them keep the value of an error. In all other cases @fault becomes %NULL.
 * [func@XmlRpc.fault_new_from_value] makes the error with its code and its message.
 *
 * The errors are those of [method@XmlRpc.ServerProxy.call], and for @params those of
 * [func@XmlRpc.variant_from_json], and
 * [XML_RPC_ERROR_TYPE_MISMATCH][error@XmlRpc.Error] if they are not an array.
 *
 * Returns: (transfer full) (nullable): what the method returned, as JSON, or %NULL on error
 *   and for a fault
 *
 * Since: 1.0
 */
char *
xml_rpc_server_proxy_call_json (XmlRpcServerProxy  *self,
                                const char         *method_name,
                                const char         *params,
                                char              **fault,
                                GCancellable       *cancellable,
                                GError            **error)
{
  return xml_rpc_server_proxy_call_json_full (self, method_name, params, XML_RPC_CALL_FLAGS_NONE, -1, fault,
                                              cancellable, error);
}

/**
 * xml_rpc_server_proxy_call_json_async:
 * @self: a proxy
 * @method_name: the method to call
 * @params: (nullable): the parameters, an array of JSON, or %NULL for none
 * @cancellable: (nullable): a [class@Gio.Cancellable], or %NULL
 * @callback: (scope async) (nullable): called when there is a response, in the
 *   thread-default main context of this call
 * @user_data: data for @callback
 *
 * Calls @method_name without waiting for the response. See
 * [method@XmlRpc.ServerProxy.call_json].
 *
 * The proxy stays alive until @callback has run.
 *
 * Since: 1.0
 */
void
xml_rpc_server_proxy_call_json_async (XmlRpcServerProxy   *self,
                                      const char          *method_name,
                                      const char          *params,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  g_return_if_fail (XML_RPC_IS_SERVER_PROXY (self));
  g_return_if_fail (method_name != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  start_call (self, method_name, params, XML_RPC_CALL_FLAGS_NONE, -1, cancellable, callback, user_data,
              xml_rpc_server_proxy_call_json_async);
}

/**
 * xml_rpc_server_proxy_call_json_finish:
 * @self: a proxy
 * @result: what the callback was given
 * @fault: (out) (optional) (nullable) (transfer full): return location for a fault as JSON,
 *   or %NULL to have it as an error
 * @error: return location for an error, or %NULL
 *
 * Gets the result of a call of [method@XmlRpc.ServerProxy.call_json_async]. The
 * errors are those of [method@XmlRpc.ServerProxy.call], and @fault is that of
 * [method@XmlRpc.ServerProxy.call_json].
 *
 * Returns: (transfer full) (nullable): what the method returned, as JSON, or %NULL on error
 *   and for a fault
 *
 * Since: 1.0
 */
char *
xml_rpc_server_proxy_call_json_finish (XmlRpcServerProxy  *self,
                                       GAsyncResult       *result,
                                       char              **fault,
                                       GError            **error)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER_PROXY (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, xml_rpc_server_proxy_call_json_async), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return finish_call (result, fault, error);
}

/**
 * xml_rpc_server_proxy_call_json_full:
 * @self: a proxy
 * @method_name: the method to call
 * @params: (nullable): the parameters, an array of JSON, or %NULL for none
 * @flags: flags of this call
 * @timeout_msec: how long this call may take in all, in milliseconds: 0 for any time, -1
 *   for [property@XmlRpc.ServerProxy:timeout]
 * @fault: (out) (optional) (nullable) (transfer full): return location for a fault as JSON,
 *   or %NULL to have it as an error
 * @cancellable: (nullable): a [class@Gio.Cancellable], or %NULL
 * @error: return location for an error, or %NULL
 *
 * Calls @method_name as [method@XmlRpc.ServerProxy.call_json] does, with limits of its
 * own.
 *
 * Returns: (transfer full) (nullable): what the method returned, as JSON, or %NULL on error
 *   and for a fault
 *
 * Since: 1.0
 */
char *
xml_rpc_server_proxy_call_json_full (XmlRpcServerProxy  *self,
                                     const char         *method_name,
                                     const char         *params,
                                     XmlRpcCallFlags     flags,
                                     int                 timeout_msec,
                                     char              **fault,
                                     GCancellable       *cancellable,
                                     GError            **error)
{
  g_autoptr (XmlRpcCall) call = NULL;
  GError *failure = NULL;
  GBytes *json;

  g_return_val_if_fail (XML_RPC_IS_SERVER_PROXY (self), NULL);
  g_return_val_if_fail (method_name != NULL, NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (fault != NULL)
    *fault = NULL;

  call = create_call (self, method_name, params, flags, timeout_msec, cancellable, error);
  if (call == NULL)
    return NULL;

  json = xml_rpc_call_send (call, &failure);

  return take_text (json, failure, fault, error);
}

/**
 * xml_rpc_server_proxy_call_json_full_async:
 * @self: a proxy
 * @method_name: the method to call
 * @params: (nullable): the parameters, an array of JSON, or %NULL for none
 * @flags: flags of this call
 * @timeout_msec: how long this call may take in all, in milliseconds: 0 for any time, -1
 *   for [property@XmlRpc.ServerProxy:timeout]
 * @cancellable: (nullable): a [class@Gio.Cancellable], or %NULL
 * @callback: (scope async) (nullable): called when there is a response, in the
 *   thread-default main context of this call
 * @user_data: data for @callback
 *
 * Calls @method_name as [method@XmlRpc.ServerProxy.call_json_async] does, with limits of
 * its own.
 *
 * Since: 1.0
 */
void
xml_rpc_server_proxy_call_json_full_async (XmlRpcServerProxy   *self,
                                           const char          *method_name,
                                           const char          *params,
                                           XmlRpcCallFlags      flags,
                                           int                  timeout_msec,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data)
{
  g_return_if_fail (XML_RPC_IS_SERVER_PROXY (self));
  g_return_if_fail (method_name != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  start_call (self, method_name, params, flags, timeout_msec, cancellable, callback, user_data,
              xml_rpc_server_proxy_call_json_full_async);
}

/**
 * xml_rpc_server_proxy_call_json_full_finish:
 * @self: a proxy
 * @result: what the callback was given
 * @fault: (out) (optional) (nullable) (transfer full): return location for a fault as JSON,
 *   or %NULL to have it as an error
 * @error: return location for an error, or %NULL
 *
 * Gets the result of a call of [method@XmlRpc.ServerProxy.call_json_full_async]. The
 * errors are those of [method@XmlRpc.ServerProxy.call], and @fault is that of
 * [method@XmlRpc.ServerProxy.call_json].
 *
 * Returns: (transfer full) (nullable): what the method returned, as JSON, or %NULL on error
 *   and for a fault
 *
 * Since: 1.0
 */
char *
xml_rpc_server_proxy_call_json_full_finish (XmlRpcServerProxy  *self,
                                            GAsyncResult       *result,
                                            char              **fault,
                                            GError            **error)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER_PROXY (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, xml_rpc_server_proxy_call_json_full_async), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return finish_call (result, fault, error);
}
