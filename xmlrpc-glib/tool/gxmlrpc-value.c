/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-value.h"

#include <string.h>

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <unistd.h>
#include <xmlrpc-glib/xmlrpc-glib.h>

#include "gxmlrpc-error.h"
#include "gxmlrpc-literals.h"

GBytes *
gxmlrpc_value_read_bytes (const char  *path,
                          GError     **error)
{
  g_autoptr (GOutputStream) buffer = g_memory_output_stream_new_resizable ();
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) local_error = NULL;

  if (strcmp (path, "-") == 0)
    {
      stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);
    }
  else
    {
      file = g_file_new_for_path (path);
      stream = G_INPUT_STREAM (g_file_read (file, NULL, &local_error));
    }

  if (stream == NULL ||
      g_output_stream_splice (buffer, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &local_error) < 0)
    {
      gxmlrpc_error_usage (error, "cannot read \"%s\": %s", path, local_error->message);
      return NULL;
    }

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (buffer));
}

GVariant *
gxmlrpc_value_read_binary (const char  *path,
                           GError     **error)
{
  g_autoptr (GBytes) bytes = gxmlrpc_value_read_bytes (path, error);

  if (bytes == NULL)
    return NULL;

  return g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes, TRUE));
}

static gboolean
is_parse_error (const GError *error,
                int           code)
{
  return g_error_matches (error, G_VARIANT_PARSE_ERROR, code);
}

/* GVariant text, liberal with what has no type of its own: an empty array, an
 * empty dictionary, nothing. */
static GVariant *
parse_strictly (const char  *text,
                GError     **error)
{
  static const char * const types[] = { "av", "a{sv}", "mv" };
  g_autoptr (GError) first_error = NULL;
  GVariant *value = g_variant_parse (NULL, text, NULL, NULL, &first_error);

  if (is_parse_error (first_error, G_VARIANT_PARSE_ERROR_CANNOT_INFER_TYPE))
    {
      for (gsize i = 0; value == NULL && i < G_N_ELEMENTS (types); i++)
        value = g_variant_parse (G_VARIANT_TYPE (types[i]), text, NULL, NULL, NULL);
    }

  if (value == NULL)
    g_propagate_error (error, g_steal_pointer (&first_error));
  return value;
}

/* The same with the command's literals. *@parse_error is about the syntax, and then no file
 * was read. */
static GVariant *
parse_variant (const char  *text,
               gboolean     with_files,
               GError     **parse_error,
               GError     **error)
{
  g_autoptr (GVariant) value = parse_strictly (text, parse_error);
  g_autoptr (GPtrArray) files = NULL;
  g_autofree char *expanded = NULL;

  if (value != NULL)
    return g_steal_pointer (&value);

  files = g_ptr_array_new_with_free_func (g_free);
  expanded = gxmlrpc_literals_expand (text, with_files ? files : NULL);
  if (strcmp (expanded, text) == 0)
    return NULL;

  g_clear_error (parse_error);
  value = parse_strictly (expanded, parse_error);
  return value != NULL ? gxmlrpc_literals_read_files (value, files, error) : NULL;
}

/* Whether text that is not GVariant text was meant to be: no word begins so. */
static gboolean
is_variant_meant (const char   *text,
                  const GError *parse_error)
{
  static const char * const keywords[] = {
    "byte ", "int16 ", "uint16 ", "int32 ", "uint32 ", "int64 ", "uint64 ", "double ", "handle ",
  };

  if (strchr ("[({<'\"@", *text) != NULL ||
      is_parse_error (parse_error, G_VARIANT_PARSE_ERROR_NUMBER_OUT_OF_RANGE) ||
      is_parse_error (parse_error, G_VARIANT_PARSE_ERROR_NUMBER_TOO_BIG))
    return TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (keywords); i++)
    {
      const char *operand = text + strlen (keywords[i]);

      if (g_str_has_prefix (text, keywords[i]) &&
          (g_ascii_isdigit (*operand) || strchr ("+-.", *operand) != NULL))
        return TRUE;
    }

  return FALSE;
}

static void
report_variant (const char    *text,
                const GError  *parse_error,
                GError       **error)
{
  const gboolean is_mixed = is_parse_error (parse_error, G_VARIANT_PARSE_ERROR_NO_COMMON_TYPE) ||
                            (is_parse_error (parse_error, G_VARIANT_PARSE_ERROR_TYPE_ERROR) &&
                             strchr ("[{(", *text) != NULL);

  gxmlrpc_error_usage (error, "%s is not GVariant text: %s\n%s"
                       "If it is a string, use --string; if it is JSON, use --json.",
                       text, parse_error->message,
                       is_mixed ? "Put values of different types into <...>: {'a': <1>, 'b': <'x'>}, [<1>, <'x'>].\n"
                                : "");
}

/* What is GVariant text, or else a string. */
static GVariant *
parse_word (const char  *text,
            gboolean     with_files,
            GError     **error)
{
  g_autoptr (GError) parse_error = NULL;
  g_autoptr (GError) file_error = NULL;
  /* GLib reads a minus as 0. */
  const gboolean is_string = *text == '\0' || strcmp (text, "-") == 0;
  GVariant *value = !is_string ? parse_variant (text, with_files, &parse_error, &file_error) : NULL;

  if (value != NULL)
    return value;

  if (file_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&file_error));
      return NULL;
    }

  if (is_string || !is_variant_meant (text, parse_error))
    return g_variant_ref_sink (g_variant_new_string (text));

  report_variant (text, parse_error, error);
  return NULL;
}

static GVariant *
parse_json_or_word (const char  *text,
                    gboolean     with_files,
                    GError     **error)
{
  g_autoptr (GError) json_error = NULL;
  g_autofree char *json = with_files ? gxmlrpc_literals_read_json (text, error) : g_strdup (text);
  GVariant *value;

  if (json == NULL)
    return NULL;

  value = xml_rpc_variant_from_json (json, -1, &json_error);
  if (value != NULL)
    return value;

  value = parse_word (text, with_files, NULL);
  if (value == NULL)
    gxmlrpc_error_usage (error, "%s is not JSON: %s", text, json_error->message);
  return value;
}

static GVariant *
parse_text (const char  *text,
            gboolean     json,
            gboolean     with_files,
            GError     **error)
{
  return json ? parse_json_or_word (text, with_files, error) : parse_word (text, with_files, error);
}

/* What standard input has, as if it were on the command line; but it may come from anywhere,
 * such as another server, and names no files to send. */
static GVariant *
read_text (gboolean   json,
           GError   **error)
{
  g_autoptr (GBytes) bytes = gxmlrpc_value_read_bytes ("-", error);
  g_autofree char *text = NULL;
  gsize length;

  if (bytes == NULL)
    return NULL;

  length = g_bytes_get_size (bytes);
  text = g_strndup (length > 0 ? g_bytes_get_data (bytes, NULL) : "", length);
  if (!g_utf8_validate_len (text, length, NULL))
    {
      gxmlrpc_error_usage (error, "standard input is not text in UTF-8: for binary data use @-");
      return NULL;
    }
  if (g_str_has_suffix (text, "\n"))
    text[length - 1] = '\0';

  return parse_text (text, json, FALSE, error);
}

GVariant *
gxmlrpc_value_parse (const char  *text,
                     gboolean     json,
                     GError     **error)
{
  GVariant *value;

  if (!g_utf8_validate (text, -1, NULL))
    {
      gxmlrpc_error_usage (error, "an argument is not UTF-8: for binary data use @FILE");
      return NULL;
    }

  if (strcmp (text, "-") == 0)
    return read_text (json, error);

  /* "@as []" is GVariant text with a type. */
  if (*text == '@' && text[1] != '\0')
    {
      value = parse_strictly (text, NULL);
      return value != NULL ? value : gxmlrpc_value_read_binary (text + 1, error);
    }

  return parse_text (text, json, TRUE, error);
}
