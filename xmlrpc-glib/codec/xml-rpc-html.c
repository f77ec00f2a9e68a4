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

static void
parse (htmlSAXHandler *sax,
       void           *user_data,
       const char     *html,
       gsize           length)
{
  htmlParserCtxt *context = htmlCreatePushParserCtxt (sax, user_data, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);

  if (context == NULL)
    g_error ("no memory for an HTML parser");
  htmlCtxtUseOptions (context, OPTIONS);
  htmlParseChunk (context, html, (int) length, FALSE);
  htmlParseChunk (context, NULL, 0, TRUE);
  htmlFreeParserCtxt (context);
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

  parse (&sax, &page, html, length);

  g_string_append_c (page.text, '\n');
  g_string_append_len (page.text, page.title->str, (gssize) page.title->len);
  g_string_free (page.title, TRUE);
  return g_string_free (page.text, FALSE);
}

/* Elements whose text is not for reading, or not of the page. */
static gboolean
is_without_content (const xmlChar *name)
{
  static const char * const names[] = {
    "applet", "audio", "canvas", "embed", "frameset", "iframe", "math", "noembed", "noframes", "noscript", "object",
    "script", "select", "style", "svg", "template", "textarea", "title", "video", NULL
  };

  return is_one_of (name, names);
}

/* What is written, and the elements that are open in it. */
typedef struct
{
  GString   *html;
  GPtrArray *open;       /* names, in lower case */
  guint      n_hidden;
} Clean;

static gboolean
is_void (const char *name)
{
  return strcmp (name, "br") == 0 || strcmp (name, "hr") == 0;
}

static const char *
find_link (const xmlChar **attributes)
{
  for (; attributes != NULL && attributes[0] != NULL; attributes += 2)
    {
      const char *value = (const char *) attributes[1];

      if (g_ascii_strcasecmp ((const char *) attributes[0], "href") == 0 && value != NULL &&
          (g_ascii_strncasecmp (value, "http://", 7) == 0 || g_ascii_strncasecmp (value, "https://", 8) == 0))
        return value;
    }

  return NULL;
}

static void
on_clean_start (void           *user_data,
                const xmlChar  *name,
                const xmlChar **attributes)
{
  Clean *self = user_data;
  g_autofree char *lower = g_ascii_strdown ((const char *) name, -1);
  const char *link = strcmp (lower, "a") == 0 ? find_link (attributes) : NULL;
  g_autofree char *escaped = link != NULL ? g_markup_escape_text (link, -1) : NULL;

  if (is_without_content ((const xmlChar *) lower))
    self->n_hidden++;
  if (self->n_hidden > 0 || !xml_rpc_html_is_markup (lower, strlen (lower)))
    return;

  if (escaped != NULL)
    g_string_append_printf (self->html, "<a href=\"%s\">", escaped);
  else
    g_string_append_printf (self->html, "<%s>", lower);
  if (!is_void (lower))
    g_ptr_array_add (self->open, g_steal_pointer (&lower));
}

static void
close_last (Clean *self)
{
  g_string_append_printf (self->html, "</%s>", (char *) self->open->pdata[self->open->len - 1]);
  g_ptr_array_remove_index (self->open, self->open->len - 1);
}

/* With those within it that are still open. */
static void
on_clean_end (void          *user_data,
              const xmlChar *name)
{
  Clean *self = user_data;
  g_autofree char *lower = g_ascii_strdown ((const char *) name, -1);
  guint index;

  if (is_without_content ((const xmlChar *) lower) && self->n_hidden > 0)
    self->n_hidden--;
  if (self->n_hidden > 0 || !g_ptr_array_find_with_equal_func (self->open, lower, g_str_equal, &index))
    return;

  for (guint i = self->open->len; i > 0; i--)
    {
      gboolean is_it = strcmp (self->open->pdata[i - 1], lower) == 0;

      close_last (self);
      if (is_it)
        break;
    }
}

static void
on_clean_text (void          *user_data,
               const xmlChar *text,
               int            length)
{
  Clean *self = user_data;
  g_autofree char *escaped = g_markup_escape_text ((const char *) text, length);

  if (self->n_hidden == 0)
    g_string_append (self->html, escaped);
}

char *
xml_rpc_html_sanitize (const char *html)
{
  static htmlSAXHandler sax = {
    .startElement = on_clean_start,
    .endElement = on_clean_end,
    .characters = on_clean_text,
    .ignorableWhitespace = on_clean_text,
  };
  Clean clean = { g_string_new (NULL), g_ptr_array_new_with_free_func (g_free), 0 };

  parse (&sax, &clean, html, strlen (html));
  while (clean.open->len > 0)
    close_last (&clean);
  g_ptr_array_unref (clean.open);

  return g_string_free (clean.html, FALSE);
}

#else

char *
xml_rpc_html_to_text (const char *html,
                      gsize       length)
{
  return NULL;
}

char *
xml_rpc_html_sanitize (const char *html)
{
  return NULL;
}

#endif

gboolean
xml_rpc_html_is_markup (const char *name,
                        gsize       length)
{
  static const char * const names[] = {
    "a", "abbr", "b", "blockquote", "br", "cite", "code", "dd", "del", "dfn", "div", "dl", "dt", "em", "h1", "h2", "h3",
    "h4", "h5", "h6", "hr", "i", "ins", "kbd", "li", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strong",
    "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var", NULL
  };
  g_autofree char *lower = g_ascii_strdown (name, (gssize) length);

  return g_strv_contains (names, lower);
}
