/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-result.h"

#include <string.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "gxmlrpc-arguments.h"
#include "gxmlrpc-date.h"
#include "gxmlrpc-error.h"
#include "gxmlrpc-json.h"
#include "gxmlrpc-literals.h"
#include "gxmlrpc-output.h"
#include "gxmlrpc-printable.h"
#include "gxmlrpc-table.h"

void
gxmlrpc_format_add_line_options (GxmlrpcFormat  *self,
                                 GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "json", 'j', 0, G_OPTION_ARG_NONE, &self->json,
      "Values and results are JSON; --json=exact keeps all types", NULL },
    { GXMLRPC_JSON_EXACT_OPTION, 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &self->exact, NULL, NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output,
      "Write to FILE instead of standard output", "FILE" },
    { NULL }
  };

  g_option_context_add_main_entries (context, entries, NULL);
}

void
gxmlrpc_format_add_options (GxmlrpcFormat  *self,
                            GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "xml", 'x', 0, G_OPTION_ARG_NONE, &self->xml,
      "The result is XML", NULL },
    { "raw", 'r', 0, G_OPTION_ARG_NONE, &self->raw,
      "The result is the text or the bytes themselves", NULL },
    { "table", 'T', 0, G_OPTION_ARG_NONE, &self->table,
      "The result is a table", NULL },
    { NULL }
  };

  gxmlrpc_format_add_line_options (self, context);
  g_option_context_add_main_entries (context, entries, NULL);
}

void
gxmlrpc_format_clear (GxmlrpcFormat *self)
{
  g_free (self->output);
}

gboolean
gxmlrpc_format_open (GxmlrpcFormat  *self,
                     GError        **error)
{
  if (self->xml + self->raw + self->table > 1)
    {
      gxmlrpc_error_usage (error, "--xml, --raw and --table exclude each other");
      return FALSE;
    }

  return gxmlrpc_output_open (self->output, error);
}

gboolean
gxmlrpc_result_write_json (GVariant  *value,
                           gboolean   exact,
                           GError   **error)
{
  const GxmlrpcJsonFlags flags = (exact ? GXMLRPC_JSON_EXACT : 0) |
                                 (gxmlrpc_output_is_terminal () ? GXMLRPC_JSON_TERMINAL : 0);
  g_autofree char *text = gxmlrpc_json_print (value, flags, error);

  return text != NULL && gxmlrpc_output_write_line (text, error);
}

/* What is not safe on a terminal is a reference of XML there: that means the same. */
static char *
make_printable_xml (const char *xml)
{
  g_autofree char *valid = g_utf8_make_valid (xml, -1);
  g_autoptr (GString) text = g_string_sized_new (strlen (valid));
  const char *last = "";

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      const gunichar c = g_utf8_get_char (p);

      /* Between elements there are ends of lines, too. */
      if (gxmlrpc_printable_is_safe (c) || (c == '\n' && *last == '>'))
        g_string_append_unichar (text, c);
      else
        g_string_append_printf (text, "&#x%x;", c);
      last = p;
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
gxmlrpc_result_write_xml (GBytes  *message,
                          GError **error)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (message, NULL), g_bytes_get_size (message));
  g_autofree char *printable = gxmlrpc_output_is_terminal () ? make_printable_xml (text) : NULL;

  return gxmlrpc_output_write_styled (printable != NULL ? printable : text, error);
}

/* A terminal gets what it can show, with a line that ends. */
static gboolean
write_raw_bytes (const char  *data,
                 gsize        size,
                 GError     **error)
{
  g_autofree char *text = NULL;

  if (!gxmlrpc_output_is_terminal ())
    return gxmlrpc_output_write_bytes (data, size, error);

  if (!g_utf8_validate (data, (gssize) size, NULL))
    {
      g_set_error (error, GXMLRPC_ERROR, GXMLRPC_EXIT_FAILURE,
                   "the result is binary, %" G_GSIZE_FORMAT " bytes: use --output FILE", size);
      return FALSE;
    }

  text = g_strdup_printf ("%.*s%s", (int) size, data, size > 0 && data[size - 1] == '\n' ? "" : "\n");
  return gxmlrpc_output_write (text, error);
}

static gboolean
write_raw (GVariant  *value,
           GError   **error)
{
  gsize size;

  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BYTESTRING))
    {
      const char *data = g_variant_get_fixed_array (value, &size, 1);

      return write_raw_bytes (data, size, error);
    }

  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    {
      const char *data = g_variant_get_string (value, &size);

      return write_raw_bytes (data, size, error);
    }

  if (g_variant_is_of_type (value, G_VARIANT_TYPE ("(os)")))
    {
      g_autoptr (GVariant) text = g_variant_get_child_value (value, 1);
      g_autofree char *readable = gxmlrpc_date_make_readable (g_variant_get_string (text, NULL));

      return gxmlrpc_output_write_line (readable, error);
    }

  return gxmlrpc_result_write_json (value, FALSE, error);
}

static gboolean
write_text (const char  *text,
            GError     **error)
{
  g_autofree char *line = g_strconcat (text, "\n", NULL);

  return gxmlrpc_output_write (line, error);
}

static char *
print (GVariant *value)
{
  g_autofree char *text = g_variant_print (value, TRUE);

  return gxmlrpc_literals_abbreviate (text);
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

  if (format->raw)
    return write_raw (value, error);

  if (format->table)
    text = gxmlrpc_table_print (value);
  if (text != NULL)
    return gxmlrpc_output_write_styled (text, error);

  if (format->json)
    return gxmlrpc_result_write_json (value, format->exact, error);

  text = print (value);
  return write_text (text, error);
}

gboolean
gxmlrpc_result_write_call (const char           *method_name,
                           GVariant             *params,
                           const GxmlrpcFormat  *format,
                           GError              **error)
{
  g_autofree char *name = NULL;
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

      return gxmlrpc_result_write_json (call, format->exact, error);
    }

  name = gxmlrpc_printable_from_line (method_name);
  printed = print (params);
  text = g_strdup_printf ("%s %s", name, printed);
  return write_text (text, error);
}
