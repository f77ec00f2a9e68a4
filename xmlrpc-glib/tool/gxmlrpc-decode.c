/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-commands.h"

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "gxmlrpc-arguments.h"
#include "gxmlrpc-error.h"
#include "gxmlrpc-result.h"
#include "gxmlrpc-value.h"

static gboolean
decode_call (GBytes               *message,
             const GxmlrpcFormat  *format,
             GError              **error)
{
  g_autofree char *method_name = NULL;
  g_autoptr (GVariant) params = NULL;

  return xml_rpc_decode_call (message, NULL, &method_name, &params, error) &&
         gxmlrpc_result_write_call (method_name, params, format, error);
}

static gboolean
is_other_message (const GError *error)
{
  return g_error_matches (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_MESSAGE);
}

/* A response, or else a call. */
static gboolean
decode (GBytes               *message,
        const GxmlrpcFormat  *format,
        GError              **error)
{
  GError *response_error = NULL;
  g_autoptr (GError) call_error = NULL;
  g_autoptr (GVariant) value = xml_rpc_decode_response (message, NULL, &response_error);

  if (value != NULL)
    return gxmlrpc_result_write (value, format, error);

  if (is_other_message (response_error))
    {
      if (decode_call (message, format, &call_error))
        {
          g_error_free (response_error);
          return TRUE;
        }

      if (!is_other_message (call_error))
        {
          g_error_free (response_error);
          g_propagate_error (error, g_steal_pointer (&call_error));
          return FALSE;
        }

      gxmlrpc_error_add_hint (response_error, "As a call: %s", call_error->message);
    }

  g_propagate_error (error, response_error);
  return FALSE;
}

gboolean
gxmlrpc_decode (char   **argv,
                GError **error)
{
  g_autoptr (GxmlrpcArguments) arguments = gxmlrpc_arguments_new ("[FILE]");
  GOptionContext *context = gxmlrpc_arguments_get_context (arguments);
  g_autoptr (GBytes) message = NULL;
  g_auto (GxmlrpcFormat) format = { FALSE, };
  const char *path;

  g_option_context_set_summary (context, "Reads an XML-RPC message and writes what is in it.");
  gxmlrpc_format_add_options (&format, context);

  if (!gxmlrpc_arguments_parse (arguments, argv, error) || !gxmlrpc_format_open (&format, error))
    return FALSE;

  path = gxmlrpc_arguments_get_name (arguments, 0);
  message = gxmlrpc_value_read_bytes (path != NULL ? path : "-", error);
  return message != NULL && decode (message, &format, error);
}
