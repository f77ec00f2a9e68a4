/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-commands.h"

#include "gxmlrpc-arguments.h"
#include "gxmlrpc-listener.h"
#include "gxmlrpc-recording.h"

#define DESCRIPTION \
  "FILE is an array of {\"method\": NAME, \"params\": [...], \"result\": VALUE}, or with a\n" \
  "\"fault\" instead of the result, as gxmlrpc record writes it. A call without \"params\"\n" \
  "has any. A call that is there several times gets its results in their order."

static void
on_call (GxmlrpcRequest *request,
         const char     *method_name,
         GVariant       *params,
         gpointer        user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) result = gxmlrpc_recording_look_up (user_data, method_name, params, &error);

  gxmlrpc_request_answer (request, result, error);
}

gboolean
gxmlrpc_serve (char   **argv,
               GError **error)
{
  g_autoptr (GxmlrpcListener) listener = gxmlrpc_listener_new ();
  g_autoptr (GxmlrpcArguments) arguments = gxmlrpc_arguments_new ("FILE");
  GOptionContext *context = gxmlrpc_arguments_get_context (arguments);
  g_autoptr (GxmlrpcRecording) recording = NULL;

  g_option_context_set_summary (context, "Answers calls with what is recorded in a file, for tests and demos.");
  g_option_context_set_description (context, DESCRIPTION);
  gxmlrpc_listener_add_options (listener, context);

  if (!gxmlrpc_arguments_parse (arguments, argv, error))
    return FALSE;

  recording = gxmlrpc_recording_read (gxmlrpc_arguments_get_name (arguments, 0), error);
  return recording != NULL && gxmlrpc_listener_run (listener, on_call, recording, error);
}
