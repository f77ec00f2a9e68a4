/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-paragraphs.h"

#include <string.h>

#define MIN_WIDTH 20

struct _GxmlrpcParagraphs
{
  GString *text;
  GString *word;        /* not yet in the text */
  int      width;
  int      indentation;
  int      column;      /* 0 at the beginning of a line */
  gboolean is_spaced;   /* there is a space before the word */
  gboolean is_separate; /* there is an empty line before what comes next */
};

GxmlrpcParagraphs *
gxmlrpc_paragraphs_new (int width)
{
  GxmlrpcParagraphs *self = g_new0 (GxmlrpcParagraphs, 1);

  self->text = g_string_new (NULL);
  self->word = g_string_new (NULL);
  self->width = MAX (width, MIN_WIDTH);

  return self;
}

void
gxmlrpc_paragraphs_free (GxmlrpcParagraphs *self)
{
  g_string_free (self->text, TRUE);
  g_string_free (self->word, TRUE);
  g_free (self);
}

static void
begin_line (GxmlrpcParagraphs *self)
{
  if (self->is_separate && self->text->len > 0)
    g_string_append_c (self->text, '\n');
  self->is_separate = FALSE;

  g_string_append_printf (self->text, "%*s", self->indentation, "");
  self->column = self->indentation;
}

static void
end_line (GxmlrpcParagraphs *self)
{
  if (self->column > 0)
    g_string_append_c (self->text, '\n');
  self->column = 0;
}

static void
flush_word (GxmlrpcParagraphs *self)
{
  const int length = (int) g_utf8_strlen (self->word->str, (gssize) self->word->len);

  if (length == 0)
    return;

  if (self->column > self->indentation && self->column + self->is_spaced + length > self->width)
    end_line (self);

  if (self->column == 0)
    {
      begin_line (self);
    }
  else if (self->is_spaced)
    {
      g_string_append_c (self->text, ' ');
      self->column++;
    }

  g_string_append_len (self->text, self->word->str, (gssize) self->word->len);
  self->column += length;
  g_string_truncate (self->word, 0);
  self->is_spaced = FALSE;
}

void
gxmlrpc_paragraphs_add (GxmlrpcParagraphs *self,
                        const char        *text,
                        gsize              length)
{
  g_string_append_len (self->word, text, (gssize) length);
}

void
gxmlrpc_paragraphs_add_space (GxmlrpcParagraphs *self)
{
  flush_word (self);
  self->is_spaced = TRUE;
}

void
gxmlrpc_paragraphs_break (GxmlrpcParagraphs *self,
                          gboolean           with_empty_line)
{
  flush_word (self);
  end_line (self);
  self->is_spaced = FALSE;
  self->is_separate = self->is_separate || with_empty_line;
}

static void
add_words (GxmlrpcParagraphs *self,
           const char        *line)
{
  const int indentation = (int) strspn (line, " ");
  g_auto (GStrv) words = g_strsplit (line + indentation, " ", -1);

  gxmlrpc_paragraphs_indent (self, indentation);
  for (char **word = words; *word != NULL; word++)
    {
      g_string_append (self->word, *word);
      gxmlrpc_paragraphs_add_space (self);
    }
  gxmlrpc_paragraphs_break (self, FALSE);
  gxmlrpc_paragraphs_indent (self, -indentation);
}

static void
add_line (GxmlrpcParagraphs *self,
          const char        *line)
{
  if (*line == '\0')
    {
      self->is_separate = TRUE;
    }
  else if (self->indentation + g_utf8_strlen (line, -1) > self->width)
    {
      add_words (self, line);
    }
  else
    {
      begin_line (self);
      g_string_append_printf (self->text, "%s\n", line);
      self->column = 0;
    }
}

void
gxmlrpc_paragraphs_add_lines (GxmlrpcParagraphs *self,
                              const char        *text,
                              gsize              length)
{
  g_autofree char *copy = g_strndup (text, length);
  g_auto (GStrv) lines = g_strsplit (copy, "\n", -1);

  gxmlrpc_paragraphs_break (self, FALSE);
  for (char **line = lines; *line != NULL; line++)
    add_line (self, g_strchomp (*line));
}

void
gxmlrpc_paragraphs_indent (GxmlrpcParagraphs *self,
                           int                change)
{
  self->indentation = MAX (self->indentation + change, 0);
}

char *
gxmlrpc_paragraphs_end (GxmlrpcParagraphs *self)
{
  gxmlrpc_paragraphs_break (self, FALSE);

  return g_strdup (self->text->str);
}
