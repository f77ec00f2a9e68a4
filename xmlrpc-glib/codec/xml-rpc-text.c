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

/* Most text is ASCII, which is found out eight bytes at a time. */
static gboolean
is_ascii (const char *text,
          gsize       length)
{
  guint64 bits = 0;
  gsize i;

  for (i = 0; i + sizeof bits <= length; i += sizeof bits)
    {
      guint64 word;

      memcpy (&word, text + i, sizeof word);
      bits |= word;
    }
  for (; i < length; i++)
    bits |= (guint8) text[i];

  return (bits & G_GUINT64_CONSTANT (0x8080808080808080)) == 0;
}

gboolean
xml_rpc_text_is_utf8 (const char *text,
                      gsize       length)
{
  return is_ascii (text, length) || g_utf8_validate (text, length, NULL);
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
