/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-printable.h"

#include <string.h>

/* What Unicode calls ignorable: there, and not to be seen. Its formatting characters have
 * a type of their own. */
static const struct
{
  gunichar first;
  gunichar last;
} ignorable[] = {
  { 0x034f, 0x034f }, { 0x115f, 0x1160 }, { 0x17b4, 0x17b5 }, { 0x180b, 0x180f }, { 0x2800, 0x2800 },
  { 0x3164, 0x3164 }, { 0xfe00, 0xfe0f }, { 0xffa0, 0xffa0 }, { 0xe0000, 0xe0fff },
};

gboolean
gxmlrpc_printable_is_safe (gunichar c)
{
  /* Most are. */
  if (c < 0x7f)
    return c >= ' ';

  switch ((int) g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return FALSE;
    default:
      break;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (ignorable); i++)
    {
      if (c >= ignorable[i].first && c <= ignorable[i].last)
        return FALSE;
    }

  return TRUE;
}

static char *
make_printable (const char *text,
                gboolean    has_lines)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) printable = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      const gunichar c = g_utf8_get_char (p);

      if (gxmlrpc_printable_is_safe (c) || c == '\t' || (c == '\n' && has_lines))
        g_string_append_unichar (printable, c);
      else if (c == '\n')
        g_string_append (printable, "\\n");
      else
        g_string_append_printf (printable, c > 0xffff ? "\\U%08x" : "\\u%04x", c);
    }

  return g_string_free (g_steal_pointer (&printable), FALSE);
}

char *
gxmlrpc_printable_from_text (const char *text)
{
  return make_printable (text, TRUE);
}

char *
gxmlrpc_printable_from_line (const char *text)
{
  return make_printable (text, FALSE);
}
