/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-literals.h"

#include <errno.h>
#include <string.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "gxmlrpc-date.h"
#include "gxmlrpc-value.h"

#define DATE "(objectpath '/xmlrpc/dateTime', '"
#define BIG_INTEGER "(objectpath '/xmlrpc/biginteger', '"
#define END "')"
/* What stands for a file until it is read: its number follows. */
#define FILE_PATH "/gxmlrpc/file"
#define FILE_BEGIN "(objectpath '" FILE_PATH "', '"

#define BASE64_NAME "\"$base64\""
#define BLANKS " \t\r\n"
/* What ends a literal. */
#define DELIMITERS BLANKS ",:<>()[]{}"

static gboolean
is_delimiter (char c)
{
  return c == '\0' || strchr (DELIMITERS, c) != NULL;
}

/* Of a string with its quotes. */
static gsize
get_string_length (const char *text)
{
  const char *p = text + 1;

  while (*p != '\0' && *p != *text)
    p += *p == '\\' && p[1] != '\0' ? 2 : 1;

  return (gsize) (p - text) + (*p != '\0');
}

/* An integer that GVariant text takes for too large. */
static gsize
expand_integer (const char *text,
                GString    *expanded)
{
  const gsize sign = *text == '-' || *text == '+';
  const gsize length = sign + strspn (text + sign, "0123456789");
  g_autofree char *number = g_strndup (text, length);
  gint64 value;

  if (length == sign || !is_delimiter (text[length]))
    return 0;

  errno = 0;
  value = g_ascii_strtoll (number, NULL, 10);
  if (errno == ERANGE)
    g_string_append_printf (expanded, BIG_INTEGER "%s" END, number + (*number == '+'));
  else if (value < G_MININT32 || value > G_MAXINT32)
    g_string_append_printf (expanded, "int64 %s", number);
  else
    g_string_append (expanded, number);

  return length;
}

static gsize
expand_date (const char *text,
             GString    *expanded)
{
  const gsize length = gxmlrpc_date_get_length (text);
  g_autofree char *date = NULL;
  g_autofree char *compact = NULL;
  g_autoptr (XmlRpcDateTime) value = NULL;

  if (length == 0 || !is_delimiter (text[length]))
    return 0;

  date = g_strndup (text, length);
  compact = gxmlrpc_date_make_compact (date);
  value = xml_rpc_date_time_new_from_iso8601 (compact, NULL);
  if (value == NULL)
    return 0;

  g_string_append_printf (expanded, DATE "%s" END, compact);
  return length;
}

/* "@as []" is the type of what follows, and no file. */
static gboolean
is_type (const char *text)
{
  const char *end;

  return g_variant_type_string_scan (text + 1, NULL, &end) && *end == ' ' &&
         (!is_delimiter (end[1]) || (end[1] != '\0' && strchr ("[{(<", end[1]) != NULL));
}

static gsize
expand_file (const char *text,
             GString    *expanded,
             GPtrArray  *files)
{
  const gboolean is_quoted = text[1] == '\'' || text[1] == '"';
  const gsize length = is_quoted ? get_string_length (text + 1) : strcspn (text + 1, BLANKS ",>)]}");
  g_autoptr (GVariant) string = NULL;

  if (*text != '@' || length == 0 || is_type (text))
    return 0;

  if (is_quoted)
    {
      g_autofree char *quoted = g_strndup (text + 1, length);

      string = g_variant_parse (G_VARIANT_TYPE_STRING, quoted, NULL, NULL, NULL);
      if (string == NULL)
        return 0;
    }

  g_string_append_printf (expanded, FILE_BEGIN "%u" END, files->len);
  g_ptr_array_add (files, string != NULL ? g_variant_dup_string (string, NULL) : g_strndup (text + 1, length));
  return length + 1;
}

char *
gxmlrpc_literals_expand (const char *text,
                         GPtrArray  *files)
{
  g_autoptr (GString) expanded = g_string_new (NULL);
  char before = ' ';

  while (*text != '\0')
    {
      gsize length = 0;

      if (is_delimiter (before))
        {
          length = files != NULL ? expand_file (text, expanded, files) : 0;
          if (length == 0)
            length = expand_date (text, expanded);
          if (length == 0)
            length = expand_integer (text, expanded);
        }

      if (length == 0)
        {
          length = *text == '\'' || *text == '"' ? get_string_length (text) : 1;
          g_string_append_len (expanded, text, (gssize) length);
        }
      text += length;
      before = text[-1];
    }

  return g_string_free (g_steal_pointer (&expanded), FALSE);
}

static GVariant *replace (GVariant   *value,
                          GPtrArray  *files,
                          GError    **error);

/* An array of files and dates is one of different types now. */
static GVariant *
create_array (GVariant  *old,
              GPtrArray *items)
{
  g_autoptr (GVariant) first = items->len > 0 ? g_variant_ref (g_ptr_array_index (items, 0)) : NULL;

  for (guint i = 1; i < items->len; i++)
    {
      if (!g_variant_is_of_type (g_ptr_array_index (items, i), g_variant_get_type (first)))
        {
          for (guint j = 0; j < items->len; j++)
            {
              g_autoptr (GVariant) item = items->pdata[j];

              items->pdata[j] = g_variant_ref_sink (g_variant_new_variant (item));
            }
          break;
        }
    }

  return g_variant_new_array (first == NULL ? g_variant_type_element (g_variant_get_type (old)) : NULL,
                              (GVariant **) items->pdata, items->len);
}

/* Floating, or @value itself. */
static GVariant *
rebuild (GVariant  *value,
         GPtrArray *items)
{
  switch ((int) g_variant_classify (value))
    {
    case G_VARIANT_CLASS_VARIANT:
      return g_variant_new_variant (items->pdata[0]);
    case G_VARIANT_CLASS_DICT_ENTRY:
      return g_variant_new_dict_entry (items->pdata[0], items->pdata[1]);
    case G_VARIANT_CLASS_MAYBE:
      return items->len > 0 ? g_variant_new_maybe (NULL, items->pdata[0]) : value;
    case G_VARIANT_CLASS_ARRAY:
      return create_array (value, items);
    default:
      return g_variant_new_tuple ((GVariant **) items->pdata, items->len);
    }
}

static GVariant *
replace_in (GVariant   *value,
            GPtrArray  *files,
            GError    **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);

  for (gsize i = 0; i < g_variant_n_children (value); i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (value, i);
      GVariant *item = replace (child, files, error);

      if (item == NULL)
        return NULL;
      g_ptr_array_add (items, item);
    }

  return g_variant_ref_sink (rebuild (value, items));
}

/* A reference of the caller's. */
static GVariant *
replace (GVariant   *value,
         GPtrArray  *files,
         GError    **error)
{
  if (g_variant_is_of_type (value, G_VARIANT_TYPE ("(os)")))
    {
      const char *path, *number;

      g_variant_get (value, "(&o&s)", &path, &number);
      if (strcmp (path, FILE_PATH) == 0)
        return gxmlrpc_value_read_binary (g_ptr_array_index (files, g_ascii_strtoull (number, NULL, 10)), error);
    }

  return g_variant_is_container (value) ? replace_in (value, files, error) : g_variant_ref (value);
}

GVariant *
gxmlrpc_literals_read_files (GVariant   *value,
                             GPtrArray  *files,
                             GError    **error)
{
  return files->len > 0 ? replace (value, files, error) : g_variant_ref (value);
}

/* Where the string begins that "$base64" is followed by, if that is the name of a file. In
 * a "$struct" it is a name like others. */
static const char *
find_file (const char *json,
           const char *before)
{
  const char *p = json + strlen (BASE64_NAME);

  if (!g_str_has_prefix (json, BASE64_NAME) || g_str_has_suffix (before, "\"$struct\":{"))
    return NULL;

  p += strspn (p, BLANKS);
  if (*p++ != ':')
    return NULL;
  p += strspn (p, BLANKS);

  return p[0] == '"' && p[1] == '@' ? p : NULL;
}

char *
gxmlrpc_literals_read_json (const char  *json,
                            GError     **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  while (*json != '\0')
    {
      const char *file = find_file (json, text->str);
      const gsize length = file == NULL && *json == '"' ? get_string_length (json) : 1;
      const gsize name_length = file != NULL ? get_string_length (file) : 0;
      g_autoptr (GVariant) name = file != NULL ? xml_rpc_variant_from_json (file, (gssize) name_length, NULL) : NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char *base64 = NULL;

      if (name == NULL)
        {
          g_string_append_len (text, json, (gssize) length);
          json += length;
          continue;
        }

      bytes = gxmlrpc_value_read_bytes (g_variant_get_string (name, NULL) + 1, error);
      if (bytes == NULL)
        return NULL;
      base64 = g_base64_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      g_string_append_printf (text, BASE64_NAME ":\"%s\"", base64);
      json = file + name_length;
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Appends what such a value is abbreviated to. */
static gsize
abbreviate_special (const char *text,
                    GString    *abbreviated)
{
  const gboolean is_date = g_str_has_prefix (text, DATE);
  const char *value = text + (is_date ? strlen (DATE) : strlen (BIG_INTEGER));
  const char *end;
  g_autofree char *string = NULL;
  g_autofree char *readable = NULL;

  if (!is_date && !g_str_has_prefix (text, BIG_INTEGER))
    return 0;

  end = strstr (value, END);
  string = g_strndup (value, end != NULL ? (gsize) (end - value) : 0);
  if (is_date && gxmlrpc_date_get_length (string) != strlen (string))
    return 0;

  /* What fits 64 bits would be another type. */
  errno = 0;
  if (*string == '\0' || (!is_date && (g_ascii_strtoll (string, NULL, 10) == 0 || errno != ERANGE)))
    return 0;

  readable = is_date ? gxmlrpc_date_make_readable (string) : g_strdup (string);
  g_string_append (abbreviated, readable);
  return (gsize) (end - text) + strlen (END);
}

char *
gxmlrpc_literals_abbreviate (const char *text)
{
  g_autoptr (GString) abbreviated = g_string_sized_new (strlen (text));

  while (*text != '\0')
    {
      gsize length = *text == '(' ? abbreviate_special (text, abbreviated) : 0;

      if (length == 0)
        {
          length = *text == '\'' || *text == '"' ? get_string_length (text) : 1;
          g_string_append_len (abbreviated, text, (gssize) length);
        }
      text += length;
    }

  return g_string_free (g_steal_pointer (&abbreviated), FALSE);
}
