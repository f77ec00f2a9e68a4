/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The end of a server. */

#include "xml-rpc-server-private.h"

/**
 * xml_rpc_server_shutdown_async:
 * @self: a server
 * @grace_msec: how long calls in progress may take, in milliseconds; -1 for no limit
 * @cancellable: (nullable): a [class@Gio.Cancellable], which ends the waiting
 * @callback: (scope async): called when no call is in progress any more
 * @user_data: data for @callback
 *
 * Ends the work of a server after the calls in progress.
 *
 * From now on each new call gets the HTTP status 503 and `Connection: close`, and is not
 * executed. Calls in progress go on: requests of which the headers have come are read,
 * methods return, and responses are written. When all of that is done, or after
 * @grace_msec at the latest, @callback is called. The connections of calls that are still
 * in progress then are closed, so that their clients get an error and do not wait.
 *
 * The sockets that the SoupServer listens at stay open, and so do idle connections. Close
 * them in @callback, for example with [method@Soup.Server.disconnect], or end the program.
 * The guide about servers has a program that ends in this way on `SIGTERM`.
 *
 * Calls that came by [method@XmlRpc.Server.handle_async] are waited for, too; new ones get
 * the fault [XML_RPC_FAULT_SYSTEM_ERROR][enum@XmlRpc.FaultCode]. Methods in other threads
 * cannot be ended: when the time is over they go on, and their results are dropped.
 *
 * If @cancellable is cancelled, the waiting ends, and no call is ended. In any case the
 * server never takes another call. The function may be called again, for example with a
 * shorter time.
 *
 * Since: 1.0
 */
void
xml_rpc_server_shutdown_async (XmlRpcServer        *self,
                               int                  grace_msec,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (XML_RPC_IS_SERVER (self));
  g_return_if_fail (grace_msec >= -1);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, xml_rpc_server_shutdown_async);
  xml_rpc_ongoing_close (&xml_rpc_server_get_private (self)->service.ongoing, task, grace_msec);
}

/**
 * xml_rpc_server_shutdown_finish:
 * @self: a server
 * @result: what the callback got
 * @error: return location for an error
 *
 * Gets the result of [method@XmlRpc.Server.shutdown_async].
 *
 * The only error is [G_IO_ERROR_CANCELLED][error@Gio.IOErrorEnum].
 *
 * Returns: %TRUE if no call is in progress any more
 *
 * Since: 1.0
 */
gboolean
xml_rpc_server_shutdown_finish (XmlRpcServer  *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
