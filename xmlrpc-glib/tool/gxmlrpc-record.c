/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-commands.h"

#include "gxmlrpc-arguments.h"
#include "gxmlrpc-connection.h"
#include "gxmlrpc-listener.h"
#include "gxmlrpc-recording.h"
#include "gxmlrpc-terminal.h"

#define DESCRIPTION \
  "Clients call the address that it prints; the calls go on to URL, and FILE gets them with\n" \
  "their results, as gxmlrpc serve reads them. What was in FILE before is lost."

typedef struct
{
  XmlRpcServerProxy *proxy;
  GxmlrpcRecording  *recording;
} Recorder;

/* A call on its way. */
typedef struct
{
  Recorder       *recorder;
  GxmlrpcRequest *request;
  char           *method_name;
  GVariant       *params;
} Call;

static void
call_free (Call *call)
{
  g_free (call->method_name);
  g_variant_unref (call->params);
  g_free (call);
}

static void
on_result (GObject      *proxy,
           GAsyncResult *async_result,
           gpointer      user_data)
{
  Call *call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) write_error = NULL;
  g_autoptr (GVariant) result = xml_rpc_server_proxy_call_finish (XML_RPC_SERVER_PROXY (proxy), async_result, &error);

  /* Only what the server said is recorded, not that it is not there. */
  if (result == NULL && error->domain != XML_RPC_FAULT)
    gxmlrpc_terminal_warn ("%s: %s", call->method_name, error->message);
  else if (!gxmlrpc_recording_add (call->recorder->recording, call->method_name, call->params, result, error,
                                   &write_error))
    gxmlrpc_terminal_warn ("%s: %s", call->method_name, write_error->message);

  gxmlrpc_request_answer (call->request, result, error);
  call_free (call);
}

static void
on_call (GxmlrpcRequest *request,
         const char     *method_name,
         GVariant       *params,
         gpointer        user_data)
{
  Recorder *self = user_data;
  Call *call = g_new0 (Call, 1);

  call->recorder = self;
  call->request = request;
  call->method_name = g_strdup (method_name);
  call->params = g_variant_ref (params);
  xml_rpc_server_proxy_call_async (self->proxy, method_name, params, NULL, NULL, on_result, call);
}

gboolean
gxmlrpc_record (char   **argv,
                GError **error)
{
  g_autoptr (GxmlrpcConnection) connection = gxmlrpc_connection_new ();
  g_autoptr (GxmlrpcListener) listener = gxmlrpc_listener_new ();
  g_autoptr (GxmlrpcArguments) arguments = gxmlrpc_arguments_new ("URL FILE");
  GOptionContext *context = gxmlrpc_arguments_get_context (arguments);
  g_autoptr (GxmlrpcRecording) recording = NULL;
  Recorder recorder;

  g_option_context_set_summary (context, "Stands between clients and a server, and records what they say.");
  g_option_context_set_description (context, DESCRIPTION);
  gxmlrpc_listener_add_options (listener, context);
  gxmlrpc_connection_add_options (connection, context);

  if (!gxmlrpc_arguments_parse (arguments, argv, error) ||
      !gxmlrpc_connection_read_input (connection, error) ||
      !gxmlrpc_connection_open (connection, gxmlrpc_arguments_get_name (arguments, 0), error))
    return FALSE;

  recording = gxmlrpc_recording_create (gxmlrpc_arguments_get_name (arguments, 1), error);
  if (recording == NULL)
    return FALSE;

  recorder = (Recorder) { gxmlrpc_connection_get_proxy (connection), recording };
  return gxmlrpc_listener_run (listener, on_call, &recorder, error);
}
