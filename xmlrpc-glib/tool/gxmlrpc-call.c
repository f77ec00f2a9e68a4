/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-commands.h"

#include "gxmlrpc-advice.h"
#include "gxmlrpc-arguments.h"
#include "gxmlrpc-connection.h"
#include "gxmlrpc-error.h"
#include "gxmlrpc-result.h"

#define DESCRIPTION \
  "A VALUE is GVariant text, such as 5, true, \"['a', 'b']\" or \"{'key': <5>}\"; a date is\n" \
  "2026-11-23T08:40:00; a bare word is a string; @FILE is the bytes of a file, @- those\n" \
  "of standard input, also within <...>; - is what stands on standard input. With\n" \
  "--json, it may be JSON."

/* What cannot be sent is the command line's fault, not that of an answer. */
static gboolean
check_call (const char  *method_name,
            GVariant    *params,
            GError     **error)
{
  g_autoptr (GError) encode_error = NULL;
  g_autoptr (GBytes) body = xml_rpc_encode_call (method_name, params, &encode_error);

  if (body == NULL)
    gxmlrpc_error_usage (error, "XML-RPC cannot carry this: %s", encode_error->message);

  return body != NULL;
}

static GVariant *
call (GxmlrpcConnection  *connection,
      GxmlrpcArguments   *arguments,
      gboolean            json,
      GError            **error)
{
  const char *method_name = gxmlrpc_arguments_get_name (arguments, 1);
  g_autoptr (GVariant) params = gxmlrpc_arguments_get_values (arguments, json, error);
  GError *call_error = NULL;
  GVariant *result;

  if (params == NULL ||
      !check_call (method_name, params, error) ||
      !gxmlrpc_connection_open (connection, gxmlrpc_arguments_get_name (arguments, 0), error))
    return NULL;

  result = gxmlrpc_connection_call (connection, method_name, params, &call_error);
  if (result != NULL)
    return result;

  gxmlrpc_advice_add_call (call_error, connection, method_name, g_variant_n_children (params));
  g_propagate_error (error, call_error);
  return NULL;
}

gboolean
gxmlrpc_call (char   **argv,
              GError **error)
{
  g_autoptr (GxmlrpcConnection) connection = gxmlrpc_connection_new ();
  g_autoptr (GxmlrpcArguments) arguments = gxmlrpc_arguments_new ("URL METHOD [VALUE...]");
  GOptionContext *context = gxmlrpc_arguments_get_context (arguments);
  g_autoptr (GVariant) result = NULL;
  g_auto (GxmlrpcFormat) format = { FALSE, };

  g_option_context_set_summary (context, "Calls a method and writes what it returns.");
  g_option_context_set_description (context, DESCRIPTION);
  gxmlrpc_format_add_options (&format, context);
  gxmlrpc_connection_add_options (connection, context);

  if (!gxmlrpc_arguments_parse (arguments, argv, error) || !gxmlrpc_format_open (&format, error) ||
      !gxmlrpc_connection_read_input (connection, error))
    return FALSE;

  result = call (connection, arguments, format.json, error);
  return result != NULL && gxmlrpc_result_write (result, &format, error);
}
