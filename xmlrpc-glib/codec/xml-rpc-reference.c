/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-reference-private.h"

#include <string.h>

/* A character of XML: section 2.2. */
static gboolean
is_character (gunichar character)
{
  if (character < 0x20)
    return character == '\t' || character == '\n' || character == '\r';

  return character < 0xd800 || (character > 0xdfff && character < 0xfffe) ||
         (character > 0xffff && character < 0x110000);
}

/* Parses the few bytes between "&#" and ";". Returns 0 if they are not a
 * number, or one beyond Unicode. */
static gunichar
parse_number (const char *digits,
              const char *end)
{
  const gboolean is_hexadecimal = *digits == 'x';
  guint64 number = 0;

  digits += is_hexadecimal;
  if (digits == end)
    return 0;

  for (; digits < end; digits++)
    {
      const int digit = is_hexadecimal ? g_ascii_xdigit_value (*digits) : g_ascii_digit_value (*digits);

      if (digit < 0)
        return 0;
      number = number * (is_hexadecimal ? 16 : 10) + (guint64) digit;
    }

  return number < 0x110000 ? (gunichar) number : 0;
}

/* Of what stands between "&" and ";"; 0 if it is not known. */
static gunichar
parse_entity (const char *name,
              const char *end)
{
  static const struct {
    const char *name;
    gunichar    character;
  } entities[] = {
    { "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "quot", '"' }, { "apos", '\'' },
  };
  gsize length = (gsize) (end - name);

  for (gsize i = 0; i < G_N_ELEMENTS (entities); i++)
    {
      if (strlen (entities[i].name) == length && memcmp (entities[i].name, name, length) == 0)
        return entities[i].character;
    }

  return 0;
}

gunichar
xml_rpc_reference_parse (const char *reference,
                         const char *semicolon)
{
  const gunichar character = reference[1] == '#' ? parse_number (reference + 2, semicolon)
                                                 : parse_entity (reference + 1, semicolon);

  return is_character (character) ? character : 0;
}
