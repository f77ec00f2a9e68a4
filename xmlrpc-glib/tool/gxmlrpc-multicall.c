/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-commands.h"

#include <string.h>

#include "gxmlrpc-advice.h"
#include "gxmlrpc-arguments.h"
#include "gxmlrpc-connection.h"
#include "gxmlrpc-error.h"
#include "gxmlrpc-output.h"
#include "gxmlrpc-printable.h"
#include "gxmlrpc-result.h"
#include "gxmlrpc-value.h"

#define DESCRIPTION \
  "Standard input has a call in each line: METHOD [VALUE...], with quotes as in a shell.\n" \
  "Empty lines, and those that begin with #, are left out. Each result is a line, in the\n" \
  "order of the calls; so is a fault, and then the command ends with status 5."

/* The parameters of a call, as gxmlrpc call has them. */
static GVariant *
parse_values (char     **values,
              gboolean   json,
              GError   **error)
{
  g_autoptr (GPtrArray) params = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);

  for (; *values != NULL; values++)
    {
      GVariant *value;

      if (strcmp (*values, "-") == 0 || strcmp (*values, "@-") == 0)
        {
          gxmlrpc_error_usage (error, "standard input has the calls: \"%s\" cannot stand for it", *values);
          return NULL;
        }

      value = gxmlrpc_value_parse (*values, json, error);
      if (value == NULL)
        return NULL;
      g_ptr_array_add (params, value);
    }

  return g_variant_ref_sink (g_variant_new_tuple ((GVariant **) params->pdata, params->len));
}

static gboolean
add_line (XmlRpcMulticall  *multicall,
          const char       *line,
          gboolean          json,
          GError          **error)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GVariant) params = NULL;
  g_autoptr (GBytes) body = NULL;

  if (!g_shell_parse_argv (line, NULL, &words, error))
    return FALSE;

  params = parse_values (words + 1, json, error);
  if (params == NULL)
    return FALSE;

  /* What cannot be sent is the fault of its line. */
  body = xml_rpc_encode_call (*words, params, error);
  if (body == NULL)
    return FALSE;

  xml_rpc_multicall_add (multicall, *words, params, NULL);
  return TRUE;
}

static gboolean
read_calls (XmlRpcMulticall  *multicall,
            gboolean          json,
            GError          **error)
{
  g_autoptr (GBytes) bytes = gxmlrpc_value_read_bytes ("-", error);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (bytes == NULL)
    return FALSE;

  text = g_bytes_get_size (bytes) > 0 ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes))
                                      : g_strdup ("");
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      g_autoptr (GError) line_error = NULL;

      g_strstrip (*line);
      if (**line != '\0' && **line != '#' && !add_line (multicall, *line, json, &line_error))
        {
          gxmlrpc_error_usage (error, "line %u: %s", (guint) (line - lines) + 1, line_error->message);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
execute (GxmlrpcConnection  *connection,
         XmlRpcMulticall    *multicall,
         GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *call_error = NULL;

  xml_rpc_multicall_execute_async (multicall, NULL, gxmlrpc_connection_on_answer, &result);
  if (xml_rpc_multicall_execute_finish (multicall, gxmlrpc_connection_wait (connection, &result), &call_error))
    return TRUE;

  gxmlrpc_advice_add (call_error, connection);
  g_propagate_error (error, call_error);
  return FALSE;
}

static gboolean
write_fault (const GError         *fault,
             const GxmlrpcFormat  *format,
             GError              **error)
{
  GVariant *value = xml_rpc_fault_get_value (fault);
  g_autofree char *message = gxmlrpc_printable_from_line (fault->message);
  g_autofree char *line = NULL;

  if (format->json && value != NULL)
    return gxmlrpc_result_write_json (value, format->exact, error);

  line = fault->domain == XML_RPC_FAULT && fault->code != XML_RPC_FAULT_OTHER_CODE
         ? g_strdup_printf ("fault %d: %s", fault->code, message) : g_strdup_printf ("fault: %s", message);
  return gxmlrpc_output_write_line (line, error);
}

/* One after another, so that a pipe gets them at once. */
static gboolean
write_results (XmlRpcMulticall      *multicall,
               const GxmlrpcFormat  *format,
               GError              **error)
{
  const guint n_calls = xml_rpc_multicall_get_n_calls (multicall);
  guint n_failed = 0;

  for (guint i = 0; i < n_calls; i++)
    {
      g_autoptr (GError) fault = NULL;
      g_autoptr (GVariant) value = xml_rpc_multicall_get_result (multicall, i, &fault);

      n_failed += value == NULL;
      if (!(value != NULL ? gxmlrpc_result_write (value, format, error) : write_fault (fault, format, error)))
        return FALSE;
    }

  if (n_failed > 0)
    g_set_error (error, GXMLRPC_ERROR, GXMLRPC_EXIT_FAULT, "%u of %u calls failed", n_failed, n_calls);
  return n_failed == 0;
}

gboolean
gxmlrpc_multicall (char   **argv,
                   GError **error)
{
  g_autoptr (GxmlrpcConnection) connection = gxmlrpc_connection_new ();
  g_autoptr (GxmlrpcArguments) arguments = gxmlrpc_arguments_new ("URL");
  GOptionContext *context = gxmlrpc_arguments_get_context (arguments);
  g_auto (GxmlrpcFormat) format = { FALSE, };
  g_autoptr (XmlRpcMulticall) multicall = NULL;

  g_option_context_set_summary (context, "Sends the calls of standard input in one request.");
  g_option_context_set_description (context, DESCRIPTION);
  gxmlrpc_format_add_line_options (&format, context);
  gxmlrpc_connection_add_options (connection, context);

  if (!gxmlrpc_arguments_parse (arguments, argv, error) || !gxmlrpc_format_open (&format, error) ||
      !gxmlrpc_connection_read_input (connection, error) ||
      !gxmlrpc_connection_open (connection, gxmlrpc_arguments_get_name (arguments, 0), error))
    return FALSE;

  multicall = xml_rpc_multicall_new (gxmlrpc_connection_get_proxy (connection));
  return read_calls (multicall, format.json, error) &&
         (xml_rpc_multicall_get_n_calls (multicall) == 0 ||
          (execute (connection, multicall, error) && write_results (multicall, &format, error)));
}
