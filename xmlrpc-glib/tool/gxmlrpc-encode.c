/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-commands.h"

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "gxmlrpc-arguments.h"
#include "gxmlrpc-error.h"
#include "gxmlrpc-result.h"
#include "gxmlrpc-value.h"

#define DESCRIPTION \
  "Without a VALUE, it is what stands on standard input. Values are written as for\n" \
  "gxmlrpc call."

typedef struct
{
  char    *method_name;
  char    *fault_code;
  gboolean json;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->method_name);
  g_free (options->fault_code);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* The one value of a response or a fault; from standard input if none is given. */
static GVariant *
get_value (GxmlrpcArguments  *arguments,
           gboolean           json,
           GError           **error)
{
  g_autoptr (GVariant) values = NULL;

  if (gxmlrpc_arguments_get_n_values (arguments) == 0)
    return gxmlrpc_value_parse ("-", json, error);

  if (gxmlrpc_arguments_get_n_values (arguments) > 1)
    {
      gxmlrpc_error_usage (error, "there is more than one value, which only --call takes");
      return NULL;
    }

  values = gxmlrpc_arguments_get_values (arguments, json, error);
  return values != NULL ? g_variant_get_child_value (values, 0) : NULL;
}

static GBytes *
encode_fault (const char  *code_text,
              GVariant    *message,
              GError     **error)
{
  gint64 code;

  if (!g_ascii_string_to_signed (code_text, 10, G_MININT32, G_MAXINT32, &code, NULL))
    {
      gxmlrpc_error_usage (error, "--fault: expected an integer of 32 bits, got %s", code_text);
      return NULL;
    }

  if (!g_variant_is_of_type (message, G_VARIANT_TYPE_STRING))
    {
      gxmlrpc_error_usage (error, "--fault: expected a string as the message; use --string");
      return NULL;
    }

  return xml_rpc_encode_fault ((int) code, g_variant_get_string (message, NULL), error);
}

static GBytes *
encode (GxmlrpcArguments  *arguments,
        const Options     *options,
        GError           **error)
{
  g_autoptr (GVariant) value = NULL;

  if (options->method_name != NULL && options->fault_code != NULL)
    {
      gxmlrpc_error_usage (error, "a message is either a call or a fault");
      return NULL;
    }

  value = options->method_name != NULL ? gxmlrpc_arguments_get_values (arguments, options->json, error)
                                       : get_value (arguments, options->json, error);
  if (value == NULL)
    return NULL;

  if (options->method_name != NULL)
    return xml_rpc_encode_call (options->method_name, value, error);
  if (options->fault_code != NULL)
    return encode_fault (options->fault_code, value, error);

  return xml_rpc_encode_response (value, error);
}

gboolean
gxmlrpc_encode (char   **argv,
                GError **error)
{
  g_autoptr (GxmlrpcArguments) arguments = gxmlrpc_arguments_new ("[VALUE...]");
  GOptionContext *context = gxmlrpc_arguments_get_context (arguments);
  g_autoptr (GError) encode_error = NULL;
  g_autoptr (GBytes) message = NULL;
  g_auto (Options) options = { NULL, };
  const GOptionEntry entries[] = {
    { "call", 'c', 0, G_OPTION_ARG_FILENAME, &options.method_name,
      "Write a call of METHOD with the values as its parameters", "METHOD" },
    { "fault", 'f', 0, G_OPTION_ARG_STRING, &options.fault_code,
      "Write a fault with the value as its message", "CODE" },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &options.json,
      "Values are JSON", NULL },
    { NULL }
  };

  g_option_context_set_summary (context, "Writes a value as XML-RPC: a response, if nothing else is said.");
  g_option_context_set_description (context, DESCRIPTION);
  g_option_context_add_main_entries (context, entries, NULL);

  if (!gxmlrpc_arguments_parse (arguments, argv, error))
    return FALSE;

  message = encode (arguments, &options, &encode_error);
  if (message == NULL)
    {
      gxmlrpc_error_usage (error, "%s", encode_error->message);
      return FALSE;
    }

  return gxmlrpc_result_write_xml (message, error);
}
