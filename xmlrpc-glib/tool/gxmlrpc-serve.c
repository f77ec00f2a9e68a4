/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-commands.h"

#include <string.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "gxmlrpc-arguments.h"
#include "gxmlrpc-listener.h"
#include "gxmlrpc-recording.h"

#define DESCRIPTION \
  "FILE is an array of {\"method\": NAME, \"params\": [...], \"result\": VALUE}, or with a\n" \
  "\"fault\" instead of the result, as gxmlrpc record writes it. A call without \"params\"\n" \
  "has any. A call that is there several times gets its results in their order."

/* What a multicall has for one of its calls: an array with the result, or a fault. A
 * reference of the caller's. */
static GVariant *
answer_one (GxmlrpcRecording *recording,
            GVariant         *call)
{
  g_autoptr (GVariant) params = NULL;
  g_autoptr (GVariant) result = NULL;
  g_autoptr (GError) error = NULL;
  const char *method_name;

  if (g_variant_is_of_type (call, G_VARIANT_TYPE_VARDICT) && g_variant_lookup (call, "methodName", "&s", &method_name))
    params = g_variant_lookup_value (call, "params", G_VARIANT_TYPE ("av"));
  if (params != NULL)
    result = gxmlrpc_recording_look_up (recording, method_name, params, &error);
  else
    g_set_error (&error, XML_RPC_FAULT, XML_RPC_FAULT_INVALID_PARAMS, "expected methodName and params");

  if (result != NULL)
    return g_variant_ref_sink (g_variant_new_parsed ("[<%*>]", result));
  if (xml_rpc_fault_get_value (error) != NULL)
    return g_variant_ref (xml_rpc_fault_get_value (error));

  return g_variant_ref_sink (g_variant_new_parsed ("{'faultCode': <%i>, 'faultString': <%s>}",
                                                   error->code, error->message));
}

static GVariant *
answer_multicall (GxmlrpcRecording  *recording,
                  GVariant          *params,
                  GError           **error)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("av"));
  g_autoptr (GVariantIter) iter = NULL;
  GVariant *call;

  if (!g_variant_is_of_type (params, G_VARIANT_TYPE ("(av)")))
    {
      g_set_error (error, XML_RPC_FAULT, XML_RPC_FAULT_INVALID_PARAMS, "expected an array of calls");
      return NULL;
    }

  g_variant_get (params, "(av)", &iter);
  while (g_variant_iter_loop (iter, "v", &call))
    {
      g_autoptr (GVariant) answer = answer_one (recording, call);

      g_variant_builder_add (&builder, "v", answer);
    }

  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

static void
on_call (GxmlrpcRequest *request,
         const char     *method_name,
         GVariant       *params,
         gpointer        user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) result = gxmlrpc_recording_look_up (user_data, method_name, params, &error);

  /* One that was not recorded has calls that may be. */
  if (g_error_matches (error, XML_RPC_FAULT, XML_RPC_FAULT_METHOD_NOT_FOUND) &&
      strcmp (method_name, "system.multicall") == 0)
    {
      g_clear_error (&error);
      result = answer_multicall (user_data, params, &error);
    }

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
