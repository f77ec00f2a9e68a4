/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-paragraphs.h"

#include <string.h>

#define MIN_WIDTH 20
#define BULLET "* "

/* How far all lines of a text are set in, but for the first: as in a docstring. */
static gsize
get_common_indentation (char **lines)
{
  gsize common = G_MAXSIZE;

  for (char **line = lines + 1; *lines != NULL && *line != NULL; line++)
    {
      const gsize indentation = strspn (*line, " \t");

      if ((*line)[indentation] != '\0')
        common = MIN (common, indentation);
    }

  return common;
}

static void
append_indented (GString    *text,
                 gsize       indentation,
                 const char *line)
{
  g_string_append_printf (text, "%*s%s", (int) indentation, "", line);
}

/* The words of a line that is too long; what it is set in by is so little that words have
 * room behind it. */
static void
append_words (GString    *text,
              const char *line,
              gsize       indentation,
              gsize       width)
{
  const gsize own = MIN (strspn (line, " \t"), width / 4);
  g_auto (GStrv) words = g_strsplit_set (line + strspn (line, " \t"), " \t", -1);
  const gsize hanging = g_str_has_prefix (line, BULLET) ? strlen (BULLET) : 0;
  gsize column = 0;

  for (char **word = words; *word != NULL; word++)
    {
      const gsize length = (gsize) g_utf8_strlen (*word, -1);

      if (length == 0)
        continue;

      if (column > 0 && column + 1 + length <= width)
        {
          g_string_append_printf (text, " %s", *word);
          column += 1 + length;
        }
      else
        {
          const gsize set_in = indentation + own + (column > 0 ? hanging : 0);

          g_string_append (text, column > 0 ? "\n" : "");
          append_indented (text, set_in, *word);
          column = set_in + length;
        }
    }
  g_string_append_c (text, '\n');
}

char *
gxmlrpc_paragraphs_set_in (const char *text,
                           gsize       indentation,
                           gsize       width)
{
  g_autofree char *copy = g_strstrip (g_strdup (text));
  g_auto (GStrv) lines = g_strsplit (copy, "\n", -1);
  const gsize common = get_common_indentation (lines);
  g_autoptr (GString) set = g_string_new (NULL);
  gboolean is_separate = FALSE;

  width = MAX (width, MIN_WIDTH);
  for (char **item = lines; *item != NULL; item++)
    {
      const char *line = g_strchomp (*item);

      line += item == lines ? 0 : MIN (common, strlen (line));
      if (*line == '\0')
        {
          is_separate = TRUE;
          continue;
        }

      if (is_separate)
        g_string_append_c (set, '\n');
      is_separate = FALSE;
      if (indentation + (gsize) g_utf8_strlen (line, -1) > width)
        {
          append_words (set, line, indentation, width);
        }
      else
        {
          append_indented (set, indentation, line);
          g_string_append_c (set, '\n');
        }
    }

  return g_string_free (g_steal_pointer (&set), FALSE);
}
