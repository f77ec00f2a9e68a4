/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A server without HTTP. */

#include "xml-rpc-server-private.h"

#include <xmlrpc-glib/xml-rpc-error.h>

#include "../codec/xml-rpc-decoder-private.h"
#include "xml-rpc-invocation-private.h"

typedef struct
{
  XmlRpcOngoingCall ongoing;
  XmlRpcServer     *server;    /* GTask lets go of its own before its data */
} Call;

/* There is no connection that could be closed. */
static void
break_off (gpointer user_data)
{
}

/* After the callback of the task. */
static void
on_completed (GTask *task)
{
  Call *self = g_task_get_task_data (task);

  xml_rpc_ongoing_call_end (&self->ongoing);
}

static void
call_free (gpointer data)
{
  Call *self = data;

  xml_rpc_ongoing_call_end (&self->ongoing);
  g_object_unref (self->server);
  g_free (self);
}

static void
begin_call (XmlRpcService *service,
            GTask         *task)
{
  Call *self = g_new (Call, 1);

  self->server = g_object_ref (service->server);
  xml_rpc_ongoing_call_begin (&self->ongoing, &service->ongoing, break_off, NULL);
  g_task_set_task_data (task, self, call_free);
  g_signal_connect (task, "notify::completed", G_CALLBACK (on_completed), NULL);
}

static void
on_answer (XmlRpcInvocation  *invocation,
           GVariant          *value,
           GError           **fault,
           gpointer           user_data)
{
  GTask *task = user_data;

  g_task_return_pointer (task, xml_rpc_answer_encode (value, fault), (GDestroyNotify) g_bytes_unref);
  xml_rpc_invocation_report (invocation);
}

static void
return_fault (GTask  *task,
              GError *fault)
{
  g_autoptr (GError) owned = fault;

  g_task_return_pointer (task, xml_rpc_answer_encode (NULL, &owned), (GDestroyNotify) g_bytes_unref);
}

static gboolean
decode (XmlRpcDecoder  *decoder,
        GBytes         *request,
        char          **method_name,
        GVariant      **params,
        GError        **error)
{
  gsize length;
  const void *data = g_bytes_get_data (request, &length);

  return xml_rpc_decoder_feed (decoder, data, length, error) &&
         xml_rpc_decoder_finish_call (decoder, method_name, params, error);
}

/**
 * xml_rpc_server_handle_async:
 * @self: a server
 * @request: the body of a request
 * @cancellable: (nullable): a [class@Gio.Cancellable]; it does not stop a method that runs,
 *   but its result is dropped
 * @callback: (scope async): called when there is a response
 * @user_data: data for @callback
 *
 * Handles a request that did not come over HTTP, with the methods of @self.
 *
 * @callback runs in the thread-default main context of this call. The limits on size
 * and time of requests do not apply here. [property@XmlRpc.Server:max-values] and
 * [property@XmlRpc.Server:max-multicall] do.
 *
 * Since: 1.0
 */
void
xml_rpc_server_handle_async (XmlRpcServer        *self,
                             GBytes              *request,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (XmlRpcDecoder) decoder = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *method_name = NULL;
  g_autoptr (GVariant) params = NULL;
  XmlRpcService *service;

  g_return_if_fail (XML_RPC_IS_SERVER (self));
  g_return_if_fail (request != NULL);

  service = &xml_rpc_server_get_private (self)->service;

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, xml_rpc_server_handle_async);

  if (service->ongoing.is_closed)
    {
      return_fault (task, g_error_new_literal (XML_RPC_FAULT, XML_RPC_FAULT_SYSTEM_ERROR,
                                               "the server is shutting down; it takes no more calls"));
      return;
    }

  begin_call (service, task);
  decoder = xml_rpc_decoder_new_call (NULL);
  xml_rpc_decoder_set_max_values (decoder, (guint) service->limits[XML_RPC_LIMIT_VALUES]);
  if (decode (decoder, request, &method_name, &params, &error))
    {
      xml_rpc_service_dispatch (service,
                                xml_rpc_invocation_new (self, method_name, params, NULL, on_answer,
                                                        g_object_ref (task), g_object_unref));
    }
  else
    {
      return_fault (task, xml_rpc_answer_fault_of_error (error, xml_rpc_decoder_get_flaw (decoder)));
    }
}

/**
 * xml_rpc_server_handle_finish:
 * @self: a server
 * @result: what the callback got
 * @error: return location for an error
 *
 * Gets the response to a request of [method@XmlRpc.Server.handle_async].
 *
 * Whatever is wrong with the request is in the response, as a fault. The only error
 * is [G_IO_ERROR_CANCELLED][error@Gio.IOErrorEnum].
 *
 * Returns: (transfer full): the body of the response
 *
 * Since: 1.0
 */
GBytes *
xml_rpc_server_handle_finish (XmlRpcServer  *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
