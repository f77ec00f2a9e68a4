/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-date.h"

#include <string.h>

/* Whether the text begins so; 0 is any digit. */
static gboolean
has_form (const char *text,
          const char *form)
{
  for (; *form != '\0'; text++, form++)
    {
      if (*form == '0' ? !g_ascii_isdigit (*text) : *text != *form)
        return FALSE;
    }

  return TRUE;
}

static gsize
get_zone_length (const char *text)
{
  if (*text == 'Z')
    return 1;
  if (*text != '+' && *text != '-')
    return 0;

  return has_form (text + 1, "00:00") ? 6 : has_form (text + 1, "0000") ? 5 : has_form (text + 1, "00") ? 3 : 0;
}

gsize
gxmlrpc_date_get_length (const char *text)
{
  gsize length;

  if (has_form (text, "0000-00-00T00:00:00"))
    length = strlen ("0000-00-00T00:00:00");
  else if (has_form (text, "00000000T00:00:00"))
    length = strlen ("00000000T00:00:00");
  else
    return 0;

  if (text[length] == '.' && g_ascii_isdigit (text[length + 1]))
    length += 1 + strspn (text + length + 1, "0123456789");

  return length + get_zone_length (text + length);
}

char *
gxmlrpc_date_make_compact (const char *date)
{
  return date[4] == '-' ? g_strdup_printf ("%.4s%.2s%s", date, date + 5, date + 8) : g_strdup (date);
}

char *
gxmlrpc_date_make_readable (const char *date)
{
  const gsize length = gxmlrpc_date_get_length (date);

  if (length == 0 || date[length] != '\0' || date[4] == '-')
    return g_strdup (date);

  return g_strdup_printf ("%.4s-%.2s-%s", date, date + 4, date + 6);
}
