/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The library writes JSON on one line, from which every type can be read again. Here that
 * text is written again in one pass: with lines and colours, or with plain values in place
 * of those objects whose only name begins with $. Since the library writes the text, it is
 * well-formed, and what has such a name is such an object. */

#include "gxmlrpc-json.h"

#include <string.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "gxmlrpc-date.h"
#include "gxmlrpc-output.h"
#include "gxmlrpc-printable.h"

#define INDENTATION 2

typedef struct
{
  const char      *p;
  GString         *text;
  GxmlrpcJsonFlags flags;
  int              depth;
} Writer;

static void write_value     (Writer *self);
static void write_container (Writer *self);

static void
begin_style (Writer       *self,
             GxmlrpcStyle  style)
{
  if (self->flags & GXMLRPC_JSON_TERMINAL)
    g_string_append (self->text, gxmlrpc_output_style (style));
}

static void
break_line (Writer *self)
{
  if (self->flags & GXMLRPC_JSON_TERMINAL)
    g_string_append_printf (self->text, "\n%*s", self->depth * INDENTATION, "");
}

/* As JSON has it, in two halves where one does not suffice. */
static void
append_escaped (GString  *text,
                gunichar  c)
{
  if (c > 0xffff)
    g_string_append_printf (text, "\\u%04x\\u%04x", 0xd7c0 + (c >> 10), 0xdc00 + (c & 0x3ff));
  else
    g_string_append_printf (text, "\\u%04x", c);
}

static void
append_safely (GString    *text,
               const char *string,
               gsize       length)
{
  for (const char *p = string; p < string + length; p = g_utf8_next_char (p))
    {
      const gunichar c = g_utf8_get_char (p);

      if (gxmlrpc_printable_is_safe (c))
        g_string_append_unichar (text, c);
      else
        append_escaped (text, c);
    }
}

/* The length of a string with its quotes. */
static gsize
get_string_length (const char *string)
{
  const char *end = string + 1;

  while (*end != '"')
    end += *end == '\\' ? 2 : 1;

  return (gsize) (end + 1 - string);
}

static void
write_string (Writer       *self,
              GxmlrpcStyle  style)
{
  const gsize length = get_string_length (self->p);

  begin_style (self, style);
  if (self->flags & GXMLRPC_JSON_TERMINAL)
    append_safely (self->text, self->p, length);
  else
    g_string_append_len (self->text, self->p, (gssize) length);
  begin_style (self, GXMLRPC_STYLE_PLAIN);
  self->p += length;
}

static void
write_word (Writer *self)
{
  const gsize length = strcspn (self->p, ",]}");

  begin_style (self, GXMLRPC_STYLE_NUMBER);
  g_string_append_len (self->text, self->p, (gssize) length);
  begin_style (self, GXMLRPC_STYLE_PLAIN);
  self->p += length;
}

/* A decimal may be written as JSON does not have it. */
static gboolean
is_number (const char *text)
{
  return g_regex_match_simple ("^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?$", text, G_REGEX_DOLLAR_ENDONLY, 0);
}

/* An object that stands for a value, whose string has no escapes. */
static void
write_special (Writer *self)
{
  const gsize name_length = get_string_length (self->p + 1);
  const char *value = self->p + 1 + name_length + 1;
  const gboolean is_date = g_str_has_prefix (self->p, "{\"$dateTime\":");
  g_autofree char *string = NULL;
  g_autofree char *readable = NULL;

  self->p = value;
  if (*value != '"')
    {
      /* A struct whose first name may begin with $, too. */
      write_container (self);
      self->p++;
      return;
    }

  string = g_strndup (value + 1, get_string_length (value) - 2);
  readable = is_date ? gxmlrpc_date_make_readable (string) : g_strdup (string);
  if (is_number (string))
    {
      begin_style (self, GXMLRPC_STYLE_NUMBER);
      g_string_append (self->text, string);
    }
  else
    {
      begin_style (self, GXMLRPC_STYLE_STRING);
      g_string_append_printf (self->text, "\"%s\"", readable);
    }
  begin_style (self, GXMLRPC_STYLE_PLAIN);
  self->p = value + get_string_length (value) + 1;
}

static void
write_member (Writer *self)
{
  if (*self->p == '"')
    {
      write_string (self, GXMLRPC_STYLE_NAME);
      self->p++;
      g_string_append (self->text, self->flags & GXMLRPC_JSON_TERMINAL ? ": " : ":");
    }
  write_value (self);
}

/* An array or an object. */
static void
write_container (Writer *self)
{
  const char end = *self->p == '{' ? '}' : ']';

  g_string_append_c (self->text, *self->p++);
  self->depth++;
  for (gboolean is_first = TRUE; *self->p != end; is_first = FALSE)
    {
      if (!is_first)
        g_string_append_c (self->text, *self->p++);
      break_line (self);
      if (end == '}')
        write_member (self);
      else
        write_value (self);
    }
  self->depth--;

  if (self->p[-1] != '{' && self->p[-1] != '[')
    break_line (self);
  g_string_append_c (self->text, *self->p++);
}

static void
write_value (Writer *self)
{
  if (!(self->flags & GXMLRPC_JSON_EXACT) && g_str_has_prefix (self->p, "{\"$"))
    write_special (self);
  else if (*self->p == '{' || *self->p == '[')
    write_container (self);
  else if (*self->p == '"')
    write_string (self, GXMLRPC_STYLE_STRING);
  else
    write_word (self);
}

char *
gxmlrpc_json_print (GVariant          *value,
                    GxmlrpcJsonFlags   flags,
                    GError           **error)
{
  g_autofree char *json = xml_rpc_variant_to_json (value, error);
  Writer writer = { json, NULL, flags, 0 };

  if (json == NULL || flags == GXMLRPC_JSON_EXACT)
    return g_steal_pointer (&json);

  writer.text = g_string_sized_new (strlen (json));
  write_value (&writer);
  return g_string_free (writer.text, FALSE);
}
