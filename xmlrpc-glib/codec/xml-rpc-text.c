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
      if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r' && text[i] != '\n')
        return FALSE;
    }

  return TRUE;
}

#define HIGH_BITS G_GUINT64_CONSTANT (0x8080808080808080)

static inline guint64
load_64 (const char *text)
{
  guint64 bytes;

  memcpy (&bytes, text, sizeof bytes);
  return bytes;
}

/* How many of eight bytes are ASCII, up to the first that is not. */
static inline gsize
count_ascii (const char *text)
{
  guint64 high_bits = GUINT64_FROM_LE (load_64 (text)) & HIGH_BITS;

  return high_bits == 0 ? sizeof high_bits : (gsize) __builtin_ctzll (high_bits) / 8;
}

static inline guint64
load_32 (const char *text)
{
  guint32 bytes;

  memcpy (&bytes, text, sizeof bytes);
  return bytes;
}

/* The last bytes are taken with some before them, once more. */
static inline gboolean
is_ascii (const char *text,
          gsize       length)
{
  guint64 all = 0;

  if (length >= 8)
    {
      for (gsize i = 0; i < length - 8; i += 8)
        all |= load_64 (text + i);
      all |= load_64 (text + length - 8);
    }
  else if (length >= 4)
    {
      all = load_32 (text) | load_32 (text + length - 4);
    }
  else
    {
      for (gsize i = 0; i < length; i++)
        all |= (guint8) text[i];
    }

  return (all & HIGH_BITS) == 0;
}

static inline gboolean
is_continuation (guint8 byte)
{
  return byte >= 0x80 && byte < 0xc0;
}

/* Of a character in the shortest form, of Unicode, and no surrogate (table 3-7
 * of the Unicode standard); 0 if it is none. */
static gsize
get_character_length (const char *text,
                      gsize       available)
{
  const guint8 *bytes = (const guint8 *) text;
  guint8 lead = bytes[0];

  if (lead < 0x80)
    return 1;
  if (lead < 0xc2 || lead > 0xf4 || available < 2 || !is_continuation (bytes[1]))
    return 0;
  if (lead < 0xe0)
    return 2;

  if (available < 3 || !is_continuation (bytes[2]))
    return 0;
  if (lead < 0xf0)
    return (lead == 0xe0 && bytes[1] < 0xa0) || (lead == 0xed && bytes[1] >= 0xa0) ? 0 : 3;

  if (available < 4 || !is_continuation (bytes[3]))
    return 0;
  return (lead == 0xf0 && bytes[1] < 0x90) || (lead == 0xf4 && bytes[1] >= 0x90) ? 0 : 4;
}

/* What is not ASCII comes in words, between which it is. */
static gboolean
are_characters (const char *text,
                const char *end)
{
  while (text < end)
    {
      if (end - text >= (gssize) sizeof (guint64))
        {
          gsize n_ascii = count_ascii (text);

          text += n_ascii;
          if (n_ascii == sizeof (guint64))
            continue;
        }

      do
        {
          gsize n = get_character_length (text, end - text);

          if (n == 0)
            return FALSE;
          text += n;
        }
      while (text < end && (guint8) *text >= 0x80);
    }

  return TRUE;
}

/* Most text is ASCII. */
gboolean
xml_rpc_text_is_utf8 (const char *text,
                      gsize       length)
{
  return is_ascii (text, length) || are_characters (text, text + length);
}

void
xml_rpc_text_append_member_name (GString    *place,
                                 const char *name)
{
  g_autofree char *shown = NULL;

  if (*name != '\0' && strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-") == strlen (name))
    {
      g_string_append_printf (place, ".%.*s", SHOWN_CHARACTERS, name);
      return;
    }

  shown = g_utf8_substring (name, 0, MIN (SHOWN_CHARACTERS, g_utf8_strlen (name, -1)));
  g_string_append_printf (place, "[\"%s\"]", shown);
}
