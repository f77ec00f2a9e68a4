/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The tokens of JSON (RFC 8259), one by one as the caller asks for them: the text is UTF-8
 * and all there, so that a token is where it stands in the text, and only a string with an
 * escape has to be copied. */

#include "xml-rpc-json-scanner-private.h"

char
xml_rpc_json_scanner_peek (XmlRpcJsonScanner *self)
{
  while (self->position < self->end && xml_rpc_text_is_white (*self->position))
    self->position++;

  return self->position < self->end ? *self->position : '\0';
}

gboolean
xml_rpc_json_scanner_skip_word (XmlRpcJsonScanner *self,
                                const char        *word)
{
  gsize length = strlen (word);

  if ((gsize) (self->end - self->position) < length || memcmp (self->position, word, length) != 0)
    return FALSE;

  self->position += length;
  return TRUE;
}

gboolean
xml_rpc_json_scanner_fail (XmlRpcJsonScanner *self,
                           const char        *expected)
{
  if (xml_rpc_json_scanner_peek (self) == '\0')
    {
      xml_rpc_sink_fail (self->sink, XML_RPC_ERROR_NOT_WELL_FORMED,
                     "expected %s, got the end of the text", expected);
      return FALSE;
    }

  xml_rpc_sink_fail (self->sink, XML_RPC_ERROR_NOT_WELL_FORMED,
                     "expected %s, got U+%04X (byte %" G_GSIZE_FORMAT " of the text)",
                     expected, g_utf8_get_char (self->position), (gsize) (self->position - self->start));
  return FALSE;
}

static gboolean
skip_digits (XmlRpcJsonScanner *self)
{
  const char *start = self->position;

  while (self->position < self->end && g_ascii_isdigit (*self->position))
    self->position++;

  return self->position > start;
}

static gboolean
skip_one_of (XmlRpcJsonScanner *self,
             const char        *characters)
{
  if (self->position == self->end || strchr (characters, *self->position) == NULL)
    return FALSE;

  self->position++;
  return TRUE;
}

gboolean
xml_rpc_json_scanner_read_number (XmlRpcJsonScanner *self,
                                  XmlRpcJsonNumber  *number)
{
  gboolean is_complete;

  number->start = self->position;
  number->is_whole = TRUE;

  skip_one_of (self, "-");
  is_complete = skip_one_of (self, "0") || skip_digits (self);

  if (is_complete && skip_one_of (self, "."))
    {
      number->is_whole = FALSE;
      is_complete = skip_digits (self);
    }
  if (is_complete && skip_one_of (self, "eE"))
    {
      number->is_whole = FALSE;
      skip_one_of (self, "+-");
      is_complete = skip_digits (self);
    }
  number->length = self->position - number->start;

  return is_complete || xml_rpc_json_scanner_fail (self, "a digit");
}

/* One UTF-16 code unit: the four hexadecimal digits behind "\u". */
static gboolean
read_code_unit (XmlRpcJsonScanner *self,
                gunichar          *unit)
{
  *unit = 0;

  for (guint i = 0; i < 4; i++)
    {
      if (self->position == self->end || !g_ascii_isxdigit (*self->position))
        return xml_rpc_json_scanner_fail (self, "a hexadecimal digit");

      *unit = *unit << 4 | g_ascii_xdigit_value (*self->position++);
    }

  return TRUE;
}

/* What follows "\u". */
static gboolean
read_code_point (XmlRpcJsonScanner *self,
                 gunichar          *character)
{
  gunichar low;

  if (!read_code_unit (self, character))
    return FALSE;

  if (*character >= 0xd800 && *character < 0xdc00 && xml_rpc_json_scanner_skip_word (self, "\\u"))
    {
      if (!read_code_unit (self, &low))
        return FALSE;
      if (low >= 0xdc00 && low < 0xe000)
        *character = 0x10000 + ((*character - 0xd800) << 10) + (low - 0xdc00);
    }

  if (*character != 0 && g_unichar_validate (*character))
    return TRUE;

  xml_rpc_sink_fail (self->sink, XML_RPC_ERROR_INVALID_VALUE,
                     "a string with U+%04X, which %s", *character,
                     *character == 0 ? "XML cannot carry" : "is half of a character");
  return FALSE;
}

/* What follows a backslash. */
static gboolean
read_escape (XmlRpcJsonScanner *self,
             XmlRpcBuffer      *out)
{
  static const char escaped[] = "\"\\/bfnrt";
  static const char meant[] = "\"\\/\b\f\n\r\t";
  const char *found;
  gunichar character;

  if (xml_rpc_json_scanner_skip_word (self, "u"))
    {
      if (!read_code_point (self, &character))
        return FALSE;

      out->length += g_unichar_to_utf8 (character, (char *) xml_rpc_buffer_reserve (out, 6));
      return TRUE;
    }

  found = self->position < self->end ? strchr (escaped, *self->position) : NULL;
  if (found == NULL)
    return xml_rpc_json_scanner_fail (self, "an escaped character");

  xml_rpc_buffer_append_byte (out, meant[found - escaped]);
  self->position++;
  return TRUE;
}

static void
skip_plain (XmlRpcJsonScanner *self)
{
  self->position = xml_rpc_text_skip_json_plain (self->position, self->end);
}

/* Where there is no escape the string is where it stands in the text. */
const char *
xml_rpc_json_scanner_read_string (XmlRpcJsonScanner *self,
                                  XmlRpcBuffer      *room,
                                  gsize             *length)
{
  gboolean is_whole = xml_rpc_json_scanner_skip (self, '"') || xml_rpc_json_scanner_fail (self, "a string");

  room->length = 0;
  while (is_whole)
    {
      const char *plain = self->position;

      skip_plain (self);
      *length = (gsize) (self->position - plain);
      if (room->length == 0 && xml_rpc_json_scanner_skip_word (self, "\""))
        return plain;

      xml_rpc_buffer_append (room, plain, *length);
      *length = room->length;
      if (xml_rpc_json_scanner_skip_word (self, "\""))
        return (const char *) room->data;

      is_whole = (xml_rpc_json_scanner_skip_word (self, "\\") || xml_rpc_json_scanner_fail (self, "the end of a string")) &&
                 read_escape (self, room);
    }

  return NULL;
}

/* To the quotation mark that ends it. */
static void
skip_string (XmlRpcJsonScanner *self)
{
  gboolean is_escaped = FALSE;

  for (self->position++; self->position < self->end; self->position++)
    {
      if (*self->position == '"' && !is_escaped)
        break;
      is_escaped = *self->position == '\\' && !is_escaped;
    }
}

/* To the comma or the bracket behind it. */
static void
skip_value (XmlRpcJsonScanner *self)
{
  gsize nesting = 0;

  for (; self->position < self->end; self->position++)
    {
      switch (*self->position)
        {
        case '"':
          skip_string (self);
          break;

        case '[':
        case '{':
          nesting++;
          break;

        case ']':
        case '}':
          if (nesting-- == 0)
            return;
          break;

        case ',':
          if (nesting == 0)
            return;
          break;

        default:
          break;
        }

      if (self->position == self->end)
        return;
    }
}

/* This looks through the whole object, and through those within again: as many
 * times as they may be nested, at most. */
gboolean
xml_rpc_json_scanner_is_at_form (XmlRpcJsonScanner *self)
{
  XmlRpcJsonScanner ahead;

  if (xml_rpc_json_scanner_peek (self) != '"')
    return FALSE;

  ahead = *self;
  ahead.position++;
  if (!xml_rpc_json_scanner_skip_word (&ahead, "$") &&
      !xml_rpc_json_scanner_skip_word (&ahead, "\\u0024"))
    return FALSE;

  ahead.position = self->position;
  skip_value (&ahead);

  return xml_rpc_json_scanner_peek (&ahead) == '}';
}
