/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-html-private.h"

#include <libxml/HTMLparser.h>

#ifdef LIBXML_HTML_ENABLED

/* It is UTF-8, whatever it says. libxml2 would print what it cannot convert. */
#define OPTIONS (HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_IGNORE_ENC)

typedef struct
{
  GString *text;
  GString *title;
  gboolean is_title;
  guint    n_hidden;  /* elements around that are not shown */
} Page;

static gboolean
is_one_of (const xmlChar      *name,
           const char * const *names)
{
  return g_strv_contains (names, (const char *) name);
}

static gboolean
is_hidden (const xmlChar *name)
{
  static const char * const names[] = { "script", "style", "template", NULL };

  return is_one_of (name, names);
}

/* Whether the text goes on in the same line. */
static gboolean
is_inline (const xmlChar *name)
{
  static const char * const names[] = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr", NULL
  };

  return is_one_of (name, names);
}

static void
note_tag (Page          *self,
          const xmlChar *name,
          gboolean       is_start)
{
  static const char * const title[] = { "title", NULL };

  if (is_hidden (name) && is_start)
    self->n_hidden++;
  else if (is_hidden (name) && self->n_hidden > 0)
    self->n_hidden--;
  if (is_one_of (name, title))
    self->is_title = is_start;
  if (!is_inline (name))
    g_string_append_c (self->text, '\n');
}

static void
on_start (void           *user_data,
          const xmlChar  *name,
          const xmlChar **attributes)
{
  note_tag (user_data, name, TRUE);
}

static void
on_end (void          *user_data,
        const xmlChar *name)
{
  note_tag (user_data, name, FALSE);
}

/* A line feed of the source is a space. */
static void
on_text (void          *user_data,
         const xmlChar *text,
         int            length)
{
  Page *self = user_data;
  GString *out = self->is_title ? self->title : self->text;
  const gsize start = out->len;

  if (self->n_hidden > 0)
    return;

  g_string_append_len (out, (const char *) text, length);
  for (gsize i = start; i < out->len; i++)
    {
      if (out->str[i] == '\n' || out->str[i] == '\r')
        out->str[i] = ' ';
    }
}

char *
xml_rpc_html_to_text (const char *html,
                      gsize       length)
{
  static htmlSAXHandler sax = {
    .startElement = on_start,
    .endElement = on_end,
    .characters = on_text,
    .ignorableWhitespace = on_text,
  };
  Page page = { g_string_new (NULL), g_string_new (NULL), FALSE, 0 };
  htmlParserCtxt *context = htmlCreatePushParserCtxt (&sax, &page, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);

  if (context == NULL)
    g_error ("no memory for an HTML parser");
  htmlCtxtUseOptions (context, OPTIONS);
  htmlParseChunk (context, html, (int) length, FALSE);
  htmlParseChunk (context, NULL, 0, TRUE);
  htmlFreeParserCtxt (context);

  g_string_append_c (page.text, '\n');
  g_string_append_len (page.text, page.title->str, (gssize) page.title->len);
  g_string_free (page.title, TRUE);
  return g_string_free (page.text, FALSE);
}

#else

char *
xml_rpc_html_to_text (const char *html,
                      gsize       length)
{
  return NULL;
}

#endif
