/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-result.h"

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "gxmlrpc-terminal.h"

void
gxmlrpc_format_add_options (GxmlrpcFormat  *self,
                            GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "json", 'j', 0, G_OPTION_ARG_NONE, &self->json,
      "Values and results are JSON", NULL },
    { "xml", 'x', 0, G_OPTION_ARG_NONE, &self->xml,
      "The result is XML", NULL },
    { NULL }
  };

  g_option_context_add_main_entries (context, entries, NULL);
}

static gboolean
write_line (const char  *text,
            GError     **error)
{
  g_autofree char *line = g_strconcat (text, "\n", NULL);

  return gxmlrpc_terminal_write (line, error);
}

gboolean
gxmlrpc_result_write_xml (GBytes  *message,
                          GError **error)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (message, NULL), g_bytes_get_size (message));

  return gxmlrpc_terminal_write (text, error);
}

static gboolean
write_json (GVariant  *value,
            GError   **error)
{
  g_autofree char *text = xml_rpc_variant_to_json (value, error);

  return text != NULL && write_line (text, error);
}

gboolean
gxmlrpc_result_write (GVariant             *value,
                      const GxmlrpcFormat  *format,
                      GError              **error)
{
  g_autofree char *text = NULL;

  if (format->xml)
    {
      g_autoptr (GBytes) message = xml_rpc_encode_response (value, error);

      return message != NULL && gxmlrpc_result_write_xml (message, error);
    }

  if (format->json)
    return write_json (value, error);

  text = g_variant_print (value, TRUE);
  return write_line (text, error);
}

gboolean
gxmlrpc_result_write_call (const char           *method_name,
                           GVariant             *params,
                           const GxmlrpcFormat  *format,
                           GError              **error)
{
  g_autofree char *printed = NULL;
  g_autofree char *text = NULL;

  if (format->xml)
    {
      g_autoptr (GBytes) message = xml_rpc_encode_call (method_name, params, error);

      return message != NULL && gxmlrpc_result_write_xml (message, error);
    }

  if (format->json)
    {
      g_autoptr (GVariant) call = g_variant_ref_sink (g_variant_new_parsed ("{'methodName': <%s>, 'params': <%@*>}",
                                                                            method_name, params));

      return write_json (call, error);
    }

  printed = g_variant_print (params, TRUE);
  text = g_strdup_printf ("%s %s", method_name, printed);
  return write_line (text, error);
}
