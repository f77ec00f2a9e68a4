/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-text-private.h"

#include <string.h>

#define SHOWN_CHARACTERS 64

gboolean
xml_rpc_text_is_blank (const char *text,
                       gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (!xml_rpc_text_is_white (text[i]))
        return FALSE;
    }

  return TRUE;
}

#define HIGH_BITS XML_RPC_TEXT_EACH (0x80)

/* Behind ASCII, several words at a time where it is long. */
static inline gsize
skip_ascii (const char *text,
            gsize       start,
            gsize       length)
{
  gsize i = start;

  for (; length - i >= 32; i += 32)
    {
      const guint64 all = xml_rpc_text_load (text + i) | xml_rpc_text_load (text + i + 8) |
                          xml_rpc_text_load (text + i + 16) | xml_rpc_text_load (text + i + 24);

      if ((all & HIGH_BITS) != 0)
        break;
    }

  for (; length - i >= 8; i += 8)
    {
      const guint64 high_bits = xml_rpc_text_load (text + i) & HIGH_BITS;

      if (high_bits != 0)
        return i + (gsize) __builtin_ctzll (high_bits) / 8;
    }

  while (i < length && (guint8) text[i] < 0x80)
    i++;

  return i;
}

/* What is not ASCII comes in words, between which it is. */
gsize
xml_rpc_text_count_utf8 (const char *text,
                         gsize       length)
{
  gsize i = 0;

  while ((i = skip_ascii (text, i, length)) < length)
    {
      do
        {
          gsize n = xml_rpc_text_get_character_length (text + i, length - i);

          if (n == 0)
            return i;
          i += n;
        }
      while (i < length && (guint8) text[i] >= 0x80);
    }

  return length;
}

guint
xml_rpc_text_count_lines (const char *text,
                          gsize       length)
{
  const char *end = text + length;
  guint n = 0;

  while (text < end && (text = memchr (text, '\n', (gsize) (end - text))) != NULL)
    {
      text++;
      n++;
    }

  return n;
}

static gboolean
is_plain_name (const char *name,
               gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isalnum (name[i]) && name[i] != '_' && name[i] != '-')
        return FALSE;
    }

  return length > 0;
}

void
xml_rpc_text_append_member_name (GString    *place,
                                 const char *name,
                                 gsize       length)
{
  const char *end = name;

  for (guint n = 0; n < SHOWN_CHARACTERS && end < name + length; n++)
    end = g_utf8_next_char (end);

  if (is_plain_name (name, length))
    g_string_append_printf (place, ".%.*s", (int) (end - name), name);
  else
    g_string_append_printf (place, "[\"%.*s\"]", (int) (end - name), name);
}
