/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The HTML that servers put into the help of their methods: a few tags, seldom well-formed.
 * What is no tag of these is text, such as <name>. One pass, which looks ahead a bounded way:
 * help comes from servers that may mean harm. */

#include "gxmlrpc-html.h"

#include <string.h>

/* Bytes; what is longer is text. */
#define MAX_TAG 1024
#define MAX_REFERENCE 10

typedef enum { INLINE, HIDDEN, SPACE, LINE, BLOCK, VERBATIM } Kind;

static const struct {
  Kind        kind;
  const char *names;
} elements[] = {
  { INLINE, " a abbr b big cite code em font i kbd samp small span strong sub sup tt u var " },
  { HIDDEN, " script style title " },
  { SPACE, " td th " },
  { LINE, " br dd dt li tr " },
  { BLOCK, " blockquote body center div dl h1 h2 h3 h4 h5 h6 head hr html ol p table tbody ul " },
  { VERBATIM, " pre " },
};

static const char * const references[][2] = {
  { "amp;", "&" }, { "lt;", "<" }, { "gt;", ">" }, { "quot;", "\"" }, { "apos;", "'" }, { "nbsp;", "\u00a0" },
};

typedef struct
{
  GString *text;
  guint    breaks; /* ends of lines before what comes next */
  gboolean space;  /* or a space */
  gboolean is_verbatim;
  gboolean is_hidden;
  gboolean is_html;
  gboolean has_comment_end; /* there may be one */
} Renderer;

static void
add (Renderer   *self,
     const char *text,
     gsize       length)
{
  if (self->is_hidden)
    return;

  if (!self->is_verbatim && length == 1 && g_ascii_isspace (*text))
    {
      self->space = TRUE;
      return;
    }

  if (self->text->len > 0 && self->breaks > 0)
    g_string_append (self->text, self->breaks > 1 ? "\n\n" : "\n");
  else if (self->text->len > 0 && self->space)
    g_string_append_c (self->text, ' ');
  self->breaks = 0;
  self->space = FALSE;
  g_string_append_len (self->text, text, (gssize) length);
}

/* The length of a comment or declaration, 0 if there is none. */
static gsize
read_comment (Renderer   *self,
              const char *html)
{
  const char *end = NULL;

  if (!g_str_has_prefix (html, "<!"))
    return 0;

  if (html[2] == '-' && html[3] == '-' && self->has_comment_end)
    {
      end = strstr (html + 4, "-->");
      self->has_comment_end = end != NULL;
      if (end != NULL)
        return (gsize) (end - html) + 3;
    }

  end = memchr (html, '>', strnlen (html, MAX_TAG));
  return end != NULL ? (gsize) (end - html) + 1 : 0;
}

static void
handle_tag (Renderer   *self,
            const char *name,
            Kind        kind,
            gboolean    is_end)
{
  self->is_html = TRUE;

  if (kind == HIDDEN)
    self->is_hidden = !is_end;
  else if (kind == VERBATIM)
    self->is_verbatim = !is_end;

  if (kind == SPACE)
    self->space = TRUE;
  else if (kind >= LINE)
    self->breaks = MAX (self->breaks, kind == LINE ? 1 : 2);

  if (!is_end && strcmp (name, " li ") == 0)
    add (self, "* ", 2);
  else if (!is_end && strcmp (name, " dd ") == 0)
    add (self, "    ", 4);
}

static gsize
read_tag (Renderer   *self,
          const char *html)
{
  const gboolean is_end = html[1] == '/';
  const char *begin = html + 1 + is_end;
  const gsize length = strspn (begin, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ123456");
  const char *end = length > 0 ? memchr (begin, '>', strnlen (begin, MAX_TAG)) : NULL;
  g_autofree char *word = NULL;
  g_autofree char *name = NULL;

  if (end == NULL || length > strlen ("blockquote") || strchr (" \t\r\n/>", begin[length]) == NULL)
    return 0;

  word = g_strdup_printf (" %.*s ", (int) length, begin);
  name = g_ascii_strdown (word, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (elements); i++)
    {
      if (strstr (elements[i].names, name) != NULL)
        {
          handle_tag (self, name, elements[i].kind, is_end);
          return (gsize) (end - html) + 1;
        }
    }

  return 0;
}

/* The length of a character reference, which is added. */
static gsize
read_reference (Renderer   *self,
                const char *html)
{
  const gboolean is_hex = g_ascii_strncasecmp (html, "&#x", 3) == 0;
  char *end;
  char text[8];
  guint64 c;

  for (gsize i = 0; i < G_N_ELEMENTS (references); i++)
    {
      if (g_str_has_prefix (html + 1, references[i][0]))
        {
          add (self, references[i][1], strlen (references[i][1]));
          return 1 + strlen (references[i][0]);
        }
    }

  if (html[1] != '#' || !g_ascii_isxdigit (html[2 + is_hex]))
    return 0;

  c = g_ascii_strtoull (html + 2 + is_hex, &end, is_hex ? 16 : 10);
  if (*end != ';' || end - html > MAX_REFERENCE || c == 0 || c > 0x10ffff || !g_unichar_validate ((gunichar) c))
    return 0;

  add (self, text, (gsize) g_unichar_to_utf8 ((gunichar) c, text));
  return (gsize) (end + 1 - html);
}

char *
gxmlrpc_html_to_text (const char *help)
{
  g_autofree char *valid = g_utf8_make_valid (help, -1);
  g_autoptr (GString) text = g_string_new (NULL);
  Renderer renderer = { .text = text, .has_comment_end = TRUE };
  gsize length;

  for (const char *p = valid; *p != '\0'; p += length)
    {
      length = *p == '<' ? read_comment (&renderer, p) : 0;
      if (length == 0 && *p == '<')
        length = read_tag (&renderer, p);
      if (length == 0 && *p == '&')
        {
          length = read_reference (&renderer, p);
          renderer.is_html = renderer.is_html || length > 0;
        }
      if (length == 0)
        {
          length = (gsize) (g_utf8_next_char (p) - p);
          add (&renderer, p, length);
        }
    }

  return renderer.is_html ? g_string_free (g_steal_pointer (&text), FALSE) : g_steal_pointer (&valid);
}
