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

/* What is not ASCII comes in words, between which it is. */
static gsize
count_characters (const char *text,
                  gsize       length)
{
  gsize i = 0;

  while (i < length)
    {
      if (length - i >= sizeof (guint64))
        {
          gsize n_ascii = count_ascii (text + i);

          i += n_ascii;
          if (n_ascii == sizeof (guint64))
            continue;
        }

      do
        {
          gsize n = xml_rpc_text_get_character_length (text + i, length - i);

          if (n == 0)
            return i;
          i += n;
        }
      while (i < length && (guint8) text[i] >= 0x80);
    }

  return i;
}

/* Most text is ASCII. */
gsize
xml_rpc_text_count_utf8 (const char *text,
                         gsize       length)
{
  return is_ascii (text, length) ? length : count_characters (text, length);
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
