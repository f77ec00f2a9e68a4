/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <xmlrpc-glib/xml-rpc-multicall.h>

#include <xmlrpc-glib/xml-rpc-error.h>
#include <xmlrpc-glib/xml-rpc-json.h>

#include "../values/xml-rpc-natural-form-private.h"
#include "../codec/xml-rpc-type-private.h"
#include "../xml-rpc-fault-private.h"

/**
 * XmlRpcMulticall:
 *
 * Many calls to one server in one HTTP request, with `system.multicall`
 * ("system.multicall RFC" of 2001 by Eric Kidd).
 *
 * Calls are collected with [method@XmlRpc.Multicall.add] and sent with
 * [method@XmlRpc.Multicall.execute]. Each then has a result of its own, a value
 * or a fault, which [method@XmlRpc.Multicall.get_result] returns. A call that fails
 * does not affect the others.
 *
 * ```c
 * g_autoptr (XmlRpcMulticall) calls = xml_rpc_multicall_new (proxy);
 * guint sum = xml_rpc_multicall_add (calls, "sample.add", g_variant_new ("(ii)", 2, 3),
 *                                    G_VARIANT_TYPE_INT32);
 * guint name = xml_rpc_multicall_add (calls, "sample.getName", NULL, G_VARIANT_TYPE_STRING);
 *
 * if (xml_rpc_multicall_execute (calls, NULL, &error))
 *   {
 *     g_autoptr (GVariant) five = xml_rpc_multicall_get_result (calls, sum, &sum_error);
 *     g_autoptr (GVariant) text = xml_rpc_multicall_get_result (calls, name, &name_error);
 *   }
 * ```
 *
 * The calls stay: executing a second time sends all of them again, with those
 * added since, and replaces the results. A call that is added while others are
 * in progress is not sent with them.
 *
 * Only one thread at a time may use a multicall.
 *
 * Since: 1.0
 */

typedef struct
{
  char         *method_name;
  GVariant     *params;      /* as they were given, or NULL */
  GVariantType *reply_type;  /* NULL: the natural one */
} Call;

struct _XmlRpcMulticall
{
  GObject            parent_instance;

  XmlRpcServerProxy *proxy;
  GPtrArray         *calls;
  GVariant          *results;  /* av, of natural types; NULL: not executed */
  GVariant          *fault;    /* of all calls in one, or NULL */
};

G_DEFINE_FINAL_TYPE (XmlRpcMulticall, xml_rpc_multicall, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_PROXY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
call_free (gpointer data)
{
  Call *call = data;

  g_free (call->method_name);
  g_clear_pointer (&call->params, g_variant_unref);
  g_clear_pointer (&call->reply_type, g_variant_type_free);
  g_free (call);
}

/* Their array is written out item by item, since a tuple can be the special
 * form of a value. */
static GVariant *
params_to_array (GVariant *params)
{
  g_auto (GVariantBuilder) array = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("av"));
  gsize n_params = params != NULL ? g_variant_n_children (params) : 0;

  for (gsize i = 0; i < n_params; i++)
    {
      g_autoptr (GVariant) param = g_variant_get_child_value (params, i);

      g_variant_builder_add (&array, "v", param);
    }

  return g_variant_builder_end (&array);
}

/* Forgets what came before. NULL with an error if there can be no request. */
static GVariant *
get_request (XmlRpcMulticall  *self,
             GError          **error)
{
  g_auto (GVariantBuilder) calls = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));

  g_clear_pointer (&self->results, g_variant_unref);
  g_clear_pointer (&self->fault, g_variant_unref);
  if (self->proxy == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED, "the multicall has no proxy");
      return NULL;
    }

  for (guint i = 0; i < self->calls->len; i++)
    {
      const Call *call = g_ptr_array_index (self->calls, i);

      if (call->params != NULL && !g_variant_is_of_type (call->params, G_VARIANT_TYPE_TUPLE))
        {
          g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_TYPE_MISMATCH,
                       "call %u, %s: params: expected a tuple, with a child for each parameter, "
                       "got the type \"%s\"", i, call->method_name, g_variant_get_type_string (call->params));
          return NULL;
        }

      g_variant_builder_open (&calls, G_VARIANT_TYPE_VARDICT);
      g_variant_builder_add (&calls, "{sv}", "methodName", g_variant_new_string (call->method_name));
      g_variant_builder_add (&calls, "{sv}", "params", params_to_array (call->params));
      g_variant_builder_close (&calls);
    }

  return g_variant_new ("(aa{sv})", &calls);
}

/* Takes the reply, which may be NULL with an error, to that many calls. */
static gboolean
take_reply (XmlRpcMulticall  *self,
            GVariant         *reply,
            guint             n_calls,
            GError          **error)
{
  g_clear_pointer (&self->results, g_variant_unref);
  g_clear_pointer (&self->fault, g_variant_unref);

  if (reply == NULL)
    {
      GVariant *fault = xml_rpc_fault_get_value (*error);

      self->fault = fault != NULL ? g_variant_ref (fault) : NULL;
      if (g_error_matches (*error, XML_RPC_FAULT, XML_RPC_FAULT_METHOD_NOT_FOUND))
        g_prefix_error (error, "The server does not have system.multicall: ");
      return FALSE;
    }

  self->results = reply;
  if (g_variant_n_children (reply) == n_calls)
    return TRUE;

  g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_MESSAGE,
               "expected %u results of system.multicall, got %" G_GSIZE_FORMAT,
               n_calls, g_variant_n_children (reply));
  g_clear_pointer (&self->results, g_variant_unref);
  return FALSE;
}

/* A result is an array of one value, or a fault. */
static GVariant *
read_result (GVariant            *result,
             const GVariantType  *reply_type,
             GError             **error)
{
  g_autoptr (GVariant) value = NULL;

  if (xml_rpc_fault_is_usual (result))
    {
      g_propagate_error (error, xml_rpc_fault_new_from_value (result));
      return NULL;
    }

  if (!g_variant_is_of_type (result, G_VARIANT_TYPE ("av")))
    {
      g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_MESSAGE,
                   "expected an array of one value or a fault, got %s", xml_rpc_type_of_natural (result)->name);
      return NULL;
    }

  if (g_variant_n_children (result) != 1)
    {
      g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_MESSAGE,
                   "expected an array of one value, got one of %" G_GSIZE_FORMAT,
                   g_variant_n_children (result));
      return NULL;
    }

  g_variant_get_child (result, 0, "v", &value);
  return xml_rpc_natural_form_convert (value, reply_type, error);
}

static void
xml_rpc_multicall_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  XmlRpcMulticall *self = XML_RPC_MULTICALL (object);

  switch (prop_id)
    {
    case PROP_PROXY:
      g_value_set_object (value, self->proxy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
xml_rpc_multicall_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  XmlRpcMulticall *self = XML_RPC_MULTICALL (object);

  switch (prop_id)
    {
    case PROP_PROXY:
      self->proxy = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
xml_rpc_multicall_finalize (GObject *object)
{
  XmlRpcMulticall *self = XML_RPC_MULTICALL (object);

  g_clear_object (&self->proxy);
  g_clear_pointer (&self->calls, g_ptr_array_unref);
  g_clear_pointer (&self->results, g_variant_unref);
  g_clear_pointer (&self->fault, g_variant_unref);

  G_OBJECT_CLASS (xml_rpc_multicall_parent_class)->finalize (object);
}

static void
xml_rpc_multicall_class_init (XmlRpcMulticallClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = xml_rpc_multicall_get_property;
  object_class->set_property = xml_rpc_multicall_set_property;
  object_class->finalize = xml_rpc_multicall_finalize;

  /**
   * XmlRpcMulticall:proxy:
   *
   * The server that is called.
   *
   * Since: 1.0
   */
  properties[PROP_PROXY] =
    g_param_spec_object ("proxy", NULL, NULL, XML_RPC_TYPE_SERVER_PROXY,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
xml_rpc_multicall_init (XmlRpcMulticall *self)
{
  self->calls = g_ptr_array_new_with_free_func (call_free);
}

/**
 * xml_rpc_multicall_new:
 * @proxy: the server to call
 *
 * Creates a multicall without any calls yet.
 *
 * Returns: (transfer full): the multicall
 *
 * Since: 1.0
 */
XmlRpcMulticall *
xml_rpc_multicall_new (XmlRpcServerProxy *proxy)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER_PROXY (proxy), NULL);

  return g_object_new (XML_RPC_TYPE_MULTICALL, "proxy", proxy, NULL);
}

/**
 * xml_rpc_multicall_add:
 * @self: a multicall
 * @method_name: the method to call
 * @params: (nullable): the parameters, a tuple; %NULL for none. A floating
 *   reference is sunk
 * @reply_type: (nullable): the expected type of the result; %NULL for the natural
 *   type of what comes; an indefinite type is a pattern that this has to match
 *
 * Adds a call. Whether its parameters can be sent is checked when the calls are
 * executed.
 *
 * Returns: the index of the call, for [method@XmlRpc.Multicall.get_result]; the
 *   first is 0
 *
 * Since: 1.0
 */
guint
xml_rpc_multicall_add (XmlRpcMulticall    *self,
                       const char         *method_name,
                       GVariant           *params,
                       const GVariantType *reply_type)
{
  Call *call;

  g_return_val_if_fail (XML_RPC_IS_MULTICALL (self), 0);
  g_return_val_if_fail (method_name != NULL, 0);

  call = g_new (Call, 1);
  call->method_name = g_strdup (method_name);
  call->params = params != NULL ? g_variant_ref_sink (params) : NULL;
  call->reply_type = reply_type != NULL ? g_variant_type_copy (reply_type) : NULL;
  g_ptr_array_add (self->calls, call);

  return self->calls->len - 1;
}

/**
 * xml_rpc_multicall_get_n_calls:
 * @self: a multicall
 *
 * Gets how many calls were added.
 *
 * Returns: the number of calls
 *
 * Since: 1.0
 */
guint
xml_rpc_multicall_get_n_calls (XmlRpcMulticall *self)
{
  g_return_val_if_fail (XML_RPC_IS_MULTICALL (self), 0);

  return self->calls->len;
}

/**
 * xml_rpc_multicall_execute_full:
 * @self: a multicall
 * @flags: flags of the call
 * @timeout_msec: how long it may take in all, in milliseconds: 0 for any time, -1 for
 *   [property@XmlRpc.ServerProxy:timeout]
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Sends all calls in one request as [method@XmlRpc.Multicall.execute] does, with limits
 * of its own.
 *
 * Returns: %TRUE, or %FALSE with @error set
 *
 * Since: 1.0
 */
gboolean
xml_rpc_multicall_execute_full (XmlRpcMulticall  *self,
                                XmlRpcCallFlags   flags,
                                int               timeout_msec,
                                GCancellable     *cancellable,
                                GError          **error)
{
  /* A handler of the proxy may drop the last reference. */
  g_autoptr (XmlRpcMulticall) kept = NULL;
  g_autoptr (GError) call_error = NULL;
  GVariant *request;
  GVariant *reply;

  g_return_val_if_fail (XML_RPC_IS_MULTICALL (self), FALSE);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  request = get_request (self, error);
  if (request == NULL)
    return FALSE;

  kept = g_object_ref (self);
  reply = xml_rpc_server_proxy_call_full (self->proxy, "system.multicall", request, G_VARIANT_TYPE ("av"),
                                          flags, timeout_msec, cancellable, &call_error);
  if (take_reply (self, reply, self->calls->len, &call_error))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&call_error));
  return FALSE;
}

/**
 * xml_rpc_multicall_execute:
 * @self: a multicall
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Sends all calls in one request, and waits for their results.
 *
 * Fails as [method@XmlRpc.ServerProxy.call] if the request as a whole fails. Then there
 * are no results. Fails with [XML_RPC_ERROR_INVALID_MESSAGE][error@XmlRpc.Error] if the
 * number of results is not that of the calls. A server without `system.multicall` sends a
 * fault; if that is [XML_RPC_FAULT_METHOD_NOT_FOUND][enum@XmlRpc.FaultCode], the message
 * says so.
 *
 * A call that failed on the server is not an error here. The fault is its result.
 *
 * Returns: %TRUE, or %FALSE with @error set
 *
 * Since: 1.0
 */
gboolean
xml_rpc_multicall_execute (XmlRpcMulticall  *self,
                           GCancellable     *cancellable,
                           GError          **error)
{
  return xml_rpc_multicall_execute_full (self, XML_RPC_CALL_FLAGS_NONE, -1, cancellable, error);
}

static void
called_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  guint n_calls = GPOINTER_TO_UINT (g_task_get_task_data (task));
  GVariant *reply = xml_rpc_server_proxy_call_full_finish (XML_RPC_SERVER_PROXY (source), result, &error);

  if (take_reply (g_task_get_source_object (task), reply, n_calls, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Of both forms; @tag tells which of them. */
static void
start (XmlRpcMulticall     *self,
       XmlRpcCallFlags      flags,
       int                  timeout_msec,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data,
       gpointer             tag)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  GVariant *request = get_request (self, &error);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, GUINT_TO_POINTER (self->calls->len), NULL);

  if (request == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  xml_rpc_server_proxy_call_full_async (self->proxy, "system.multicall", request, G_VARIANT_TYPE ("av"),
                                        flags, timeout_msec, cancellable, called_cb, task);
}

/**
 * xml_rpc_multicall_execute_async:
 * @self: a multicall
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (nullable): called when the results are there
 * @user_data: data for @callback
 *
 * Sends all calls in one request, as [method@XmlRpc.Multicall.execute] but without
 * blocking. @callback runs in the thread-default main context of this call.
 *
 * Since: 1.0
 */
void
xml_rpc_multicall_execute_async (XmlRpcMulticall     *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (XML_RPC_IS_MULTICALL (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  start (self, XML_RPC_CALL_FLAGS_NONE, -1, cancellable, callback, user_data, xml_rpc_multicall_execute_async);
}

/**
 * xml_rpc_multicall_execute_finish:
 * @self: a multicall
 * @result: the result that the callback was given
 * @error: return location for an error
 *
 * Gets the outcome of [method@XmlRpc.Multicall.execute_async]. The errors are those of
 * [method@XmlRpc.Multicall.execute].
 *
 * Returns: %TRUE, or %FALSE with @error set
 *
 * Since: 1.0
 */
gboolean
xml_rpc_multicall_execute_finish (XmlRpcMulticall  *self,
                                  GAsyncResult     *result,
                                  GError          **error)
{
  g_return_val_if_fail (XML_RPC_IS_MULTICALL (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, xml_rpc_multicall_execute_async), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * xml_rpc_multicall_execute_full_async:
 * @self: a multicall
 * @flags: flags of the call
 * @timeout_msec: how long it may take in all, in milliseconds: 0 for any time, -1 for
 *   [property@XmlRpc.ServerProxy:timeout]
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (nullable): called when the results are there
 * @user_data: data for @callback
 *
 * Sends all calls in one request as [method@XmlRpc.Multicall.execute_async] does, with
 * limits of its own.
 *
 * Since: 1.0
 */
void
xml_rpc_multicall_execute_full_async (XmlRpcMulticall     *self,
                                      XmlRpcCallFlags      flags,
                                      int                  timeout_msec,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  g_return_if_fail (XML_RPC_IS_MULTICALL (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  start (self, flags, timeout_msec, cancellable, callback, user_data, xml_rpc_multicall_execute_full_async);
}

/**
 * xml_rpc_multicall_execute_full_finish:
 * @self: a multicall
 * @result: the result that the callback was given
 * @error: return location for an error
 *
 * Gets the outcome of [method@XmlRpc.Multicall.execute_full_async]. The errors are those
 * of [method@XmlRpc.Multicall.execute].
 *
 * Returns: %TRUE, or %FALSE with @error set
 *
 * Since: 1.0
 */
gboolean
xml_rpc_multicall_execute_full_finish (XmlRpcMulticall  *self,
                                       GAsyncResult     *result,
                                       GError          **error)
{
  g_return_val_if_fail (XML_RPC_IS_MULTICALL (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, xml_rpc_multicall_execute_full_async), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * xml_rpc_multicall_get_result:
 * @self: a multicall
 * @index: the index of a call, as [method@XmlRpc.Multicall.add] returned it
 * @error: return location for an error
 *
 * Gets the result of one call.
 *
 * Fails with
 *
 * - `XML_RPC_FAULT` if the call failed on the server. The code and the message are those
 *   of its fault, and [func@XmlRpc.fault_get_value] has the rest.
 * - [XML_RPC_ERROR_TYPE_MISMATCH][error@XmlRpc.Error] if the value has another type.
 * - [XML_RPC_ERROR_UNSUPPORTED_TYPE][error@XmlRpc.Error] if XML-RPC has no such type.
 * - [XML_RPC_ERROR_INVALID_MESSAGE][error@XmlRpc.Error] if neither value nor fault came.
 * - [G_IO_ERROR_NOT_INITIALIZED][error@Gio.IOErrorEnum] if the calls were not
 *   executed yet, or that failed.
 *
 * The messages of `XML_RPC_ERROR` name the call.
 *
 * Returns: (transfer full): the value
 *
 * Since: 1.0
 */
GVariant *
xml_rpc_multicall_get_result (XmlRpcMulticall  *self,
                              guint             index,
                              GError          **error)
{
  g_autoptr (GVariant) result = NULL;
  GError *result_error = NULL;
  GVariant *value;
  const Call *call;

  g_return_val_if_fail (XML_RPC_IS_MULTICALL (self), NULL);
  g_return_val_if_fail (index < self->calls->len, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  call = g_ptr_array_index (self->calls, index);
  if (self->results == NULL || index >= g_variant_n_children (self->results))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED,
                   "call %u (%s) has not been executed", index, call->method_name);
      return NULL;
    }

  g_variant_get_child (self->results, index, "v", &result);
  value = read_result (result, call->reply_type, &result_error);
  if (value == NULL && result_error->domain == XML_RPC_FAULT)
    g_propagate_error (error, result_error);
  else if (value == NULL)
    g_propagate_prefixed_error (error, result_error, "call %u (%s): ", index, call->method_name);

  return value;
}

/**
 * xml_rpc_multicall_get_result_json:
 * @self: a multicall
 * @index: the index of a call, as [method@XmlRpc.Multicall.add] returned it
 * @fault: (out) (optional) (nullable) (transfer full): return location for a fault as JSON,
 *   or %NULL to have it as an error
 * @error: return location for an error
 *
 * Gets the result of one call, as [func@XmlRpc.variant_to_json] writes it.
 *
 * If the call failed on the server and @fault is not %NULL, then @fault becomes its fault
 * as [method@XmlRpc.ServerProxy.call_json] tells one, and the function returns %NULL
 * without setting @error. In all other cases @fault becomes %NULL. The errors are those of
 * [method@XmlRpc.Multicall.get_result].
 *
 * Returns: (transfer full) (nullable): the value, as JSON, or %NULL on error and for a fault
 *
 * Since: 1.0
 */
char *
xml_rpc_multicall_get_result_json (XmlRpcMulticall  *self,
                                   guint             index,
                                   char            **fault,
                                   GError          **error)
{
  g_autoptr (GVariant) value = NULL;
  GError *failure = NULL;

  g_return_val_if_fail (XML_RPC_IS_MULTICALL (self), NULL);
  g_return_val_if_fail (index < self->calls->len, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (fault != NULL)
    *fault = NULL;

  value = xml_rpc_multicall_get_result (self, index, &failure);
  if (value != NULL)
    return xml_rpc_variant_to_json (value, error);

  xml_rpc_fault_propagate (failure, fault, error);
  return NULL;
}

/**
 * xml_rpc_multicall_get_fault:
 * @self: a multicall
 *
 * Gets the fault that was the response to all calls together when they were executed last.
 *
 * [method@XmlRpc.Multicall.execute] fails with this fault, and
 * [func@XmlRpc.fault_get_value] returns the same value for that error. This function is for
 * languages whose errors do not keep it.
 *
 * Returns: (transfer none) (nullable): the fault as the server sent it, or %NULL if there
 *   was none
 *
 * Since: 1.0
 */
GVariant *
xml_rpc_multicall_get_fault (XmlRpcMulticall *self)
{
  g_return_val_if_fail (XML_RPC_IS_MULTICALL (self), NULL);

  return self->fault;
}
