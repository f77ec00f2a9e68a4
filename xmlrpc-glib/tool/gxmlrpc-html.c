/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The HTML that servers put into the help of their methods: a few tags, seldom
 * well-formed. What is no tag of HTML's is text, such as <name>. */

#include "gxmlrpc-html.h"

#include <string.h>

#include "gxmlrpc-paragraphs.h"

/* How far lists are set in, and how much of that their items' marks take. */
#define LIST_INDENTATION 2
#define BULLET_WIDTH 2
#define NUMBER_WIDTH 3

#define BLOCK_INDENTATION 4

/* Bytes; what is longer is text. */
#define MAX_TAG 4096
#define MAX_COMMENT 65536
#define MAX_REFERENCE 10

typedef enum {
  INLINE,    /* nothing to see */
  HIDDEN,    /* nor is its content */
  BREAK,     /* a line ends here */
  LINE,      /* a line of its own */
  BLOCK,     /* with empty lines around */
  INDENTED,  /* a block that is set in */
  TERM_TEXT, /* lines that are set in */
  LIST,
  ITEM,
  CELL,
  VERBATIM,
  RULE
} Kind;

static const struct {
  const char *name;
  Kind        kind;
} elements[] = {
  { "a", INLINE }, { "abbr", INLINE }, { "b", INLINE }, { "big", INLINE }, { "blockquote", INDENTED },
  { "body", BLOCK }, { "br", BREAK }, { "cite", INLINE }, { "code", INLINE }, { "dd", TERM_TEXT },
  { "del", INLINE }, { "dfn", INLINE }, { "div", BLOCK }, { "dl", BLOCK }, { "dt", LINE }, { "em", INLINE },
  { "font", INLINE }, { "h1", BLOCK }, { "h2", BLOCK }, { "h3", BLOCK }, { "h4", BLOCK }, { "h5", BLOCK },
  { "h6", BLOCK }, { "head", BLOCK }, { "hr", RULE }, { "html", BLOCK }, { "i", INLINE }, { "img", INLINE },
  { "ins", INLINE }, { "kbd", INLINE }, { "li", ITEM }, { "ol", LIST }, { "p", BLOCK }, { "pre", VERBATIM },
  { "q", INLINE }, { "s", INLINE }, { "samp", INLINE }, { "script", HIDDEN }, { "small", INLINE },
  { "span", INLINE }, { "strike", INLINE }, { "strong", INLINE }, { "style", HIDDEN }, { "sub", INLINE },
  { "sup", INLINE }, { "table", BLOCK }, { "tbody", INLINE }, { "td", CELL }, { "th", CELL }, { "thead", INLINE },
  { "title", HIDDEN }, { "tr", LINE }, { "tt", INLINE }, { "u", INLINE }, { "ul", LIST }, { "var", INLINE },
};

static const struct {
  const char *name;
  const char *text;
} references[] = {
  { "amp", "&" }, { "lt", "<" }, { "gt", ">" }, { "quot", "\"" }, { "apos", "'" }, { "nbsp", "\u00a0" },
  { "copy", "\u00a9" }, { "ndash", "\u2013" }, { "mdash", "\u2014" }, { "hellip", "\u2026" },
  { "lsquo", "\u2018" }, { "rsquo", "\u2019" }, { "ldquo", "\u201c" }, { "rdquo", "\u201d" },
  { "larr", "\u2190" }, { "rarr", "\u2192" }, { "times", "\u00d7" }, { "bull", "\u2022" },
};

typedef struct
{
  Kind        kind;
  const char *name; /* of the table */
  gboolean    is_end;
  gsize       length;
} Tag;

typedef struct
{
  GxmlrpcParagraphs *paragraphs;
  GArray            *numbers; /* of the open lists: the last item's, or -1 without */
  const char        *hidden;  /* the element whose content is not shown */
  GString           *verbatim;
} Renderer;

/* A tag or a comment at the beginning of @text. */
static gboolean
read_tag (const char *text,
          Tag        *tag)
{
  const char *name = text + 1;
  const char *end = *text == '<' ? memchr (text, '>', strnlen (text, MAX_TAG)) : NULL;
  gsize length;

  if (end == NULL)
    return FALSE;

  if (g_str_has_prefix (text, "<!"))
    {
      const char *comment_end = g_str_has_prefix (text, "<!--") ? g_strstr_len (text, MAX_COMMENT, "-->") : NULL;

      *tag = (Tag) { INLINE, "", FALSE, (gsize) ((comment_end != NULL ? comment_end + 3 : end + 1) - text) };
      return TRUE;
    }

  tag->is_end = *name == '/';
  name += tag->is_end;
  length = strspn (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ123456");
  if (strchr (" \t\r\n/>", name[length]) == NULL)
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (elements); i++)
    {
      if (strlen (elements[i].name) == length && g_ascii_strncasecmp (elements[i].name, name, length) == 0)
        {
          tag->kind = elements[i].kind;
          tag->name = elements[i].name;
          tag->length = (gsize) (end + 1 - text);
          return TRUE;
        }
    }

  return FALSE;
}

/* The text of a character reference at the beginning of @html, and its length; 0
 * if there is none. */
static gsize
read_reference (const char *html,
                char        text[8])
{
  const char *end = *html == '&' ? memchr (html, ';', strnlen (html, MAX_REFERENCE)) : NULL;
  const gsize length = end != NULL ? (gsize) (end - html) - 1 : 0;
  const char *name = html + 1;
  gunichar c;

  if (length == 0)
    return 0;

  if (*name == '#')
    {
      const gboolean is_hex = name[1] == 'x' || name[1] == 'X';

      c = (gunichar) g_ascii_strtoull (name + 1 + is_hex, NULL, is_hex ? 16 : 10);
      if (c == 0 || !g_unichar_validate (c))
        return 0;
      text[g_unichar_to_utf8 (c, text)] = '\0';
      return length + 2;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (references); i++)
    {
      if (strlen (references[i].name) == length && memcmp (references[i].name, name, length) == 0)
        {
          g_strlcpy (text, references[i].text, 8);
          return length + 2;
        }
    }

  return 0;
}

gboolean
gxmlrpc_html_is_html (const char *text)
{
  char reference[8];
  Tag tag;

  for (; *text != '\0'; text++)
    {
      if (read_tag (text, &tag) || read_reference (text, reference) > 0)
        return TRUE;
    }

  return FALSE;
}

/* The mark of an item stands before the lines of its text. */
static void
begin_item (Renderer *self)
{
  int *number = self->numbers->len > 0 ? &g_array_index (self->numbers, int, self->numbers->len - 1) : NULL;
  const gboolean is_numbered = number != NULL && *number >= 0;
  g_autofree char *mark = is_numbered ? g_strdup_printf ("%d.", ++*number) : g_strdup ("*");
  const int width = is_numbered ? NUMBER_WIDTH : BULLET_WIDTH;

  gxmlrpc_paragraphs_break (self->paragraphs, FALSE);
  gxmlrpc_paragraphs_indent (self->paragraphs, -width);
  gxmlrpc_paragraphs_add (self->paragraphs, mark, strlen (mark));
  gxmlrpc_paragraphs_add_space (self->paragraphs);
  gxmlrpc_paragraphs_indent (self->paragraphs, width);
}

static void
handle_list (Renderer  *self,
             const Tag *tag)
{
  const gboolean is_numbered = strcmp (tag->name, "ol") == 0;
  const int indentation = LIST_INDENTATION + (is_numbered ? NUMBER_WIDTH : BULLET_WIDTH);
  const int before_first = is_numbered ? 0 : -1;

  if (tag->is_end && self->numbers->len == 0)
    return;

  if (tag->is_end)
    g_array_set_size (self->numbers, self->numbers->len - 1);
  gxmlrpc_paragraphs_break (self->paragraphs, self->numbers->len == 0);
  gxmlrpc_paragraphs_indent (self->paragraphs, tag->is_end ? -indentation : indentation);
  if (!tag->is_end)
    g_array_append_val (self->numbers, before_first);
}

static void
handle_verbatim (Renderer  *self,
                 const Tag *tag)
{
  gxmlrpc_paragraphs_break (self->paragraphs, TRUE);

  if (!tag->is_end && self->verbatim == NULL)
    {
      self->verbatim = g_string_new (NULL);
    }
  else if (self->verbatim != NULL)
    {
      gxmlrpc_paragraphs_add_lines (self->paragraphs, self->verbatim->str, self->verbatim->len);
      gxmlrpc_paragraphs_break (self->paragraphs, TRUE);
      g_string_free (g_steal_pointer (&self->verbatim), TRUE);
    }
}

static void
handle_tag (Renderer  *self,
            const Tag *tag)
{
  const int change = tag->is_end ? -BLOCK_INDENTATION : BLOCK_INDENTATION;

  switch (tag->kind)
    {
    case HIDDEN:
      self->hidden = tag->is_end ? NULL : tag->name;
      break;
    case BREAK:
    case LINE:
      gxmlrpc_paragraphs_break (self->paragraphs, FALSE);
      break;
    case BLOCK:
    case RULE:
      gxmlrpc_paragraphs_break (self->paragraphs, TRUE);
      break;
    case INDENTED:
    case TERM_TEXT:
      gxmlrpc_paragraphs_break (self->paragraphs, tag->kind == INDENTED);
      gxmlrpc_paragraphs_indent (self->paragraphs, change);
      break;
    case LIST:
      handle_list (self, tag);
      break;
    case ITEM:
      if (!tag->is_end)
        begin_item (self);
      break;
    case CELL:
      gxmlrpc_paragraphs_add_space (self->paragraphs);
      break;
    case VERBATIM:
      handle_verbatim (self, tag);
      break;
    case INLINE:
    default:
      break;
    }
}

static void
handle_text (Renderer   *self,
             const char *text,
             gsize       length)
{
  if (self->hidden != NULL)
    return;

  if (self->verbatim != NULL)
    g_string_append_len (self->verbatim, text, (gssize) length);
  else if (length == 1 && g_ascii_isspace (*text))
    gxmlrpc_paragraphs_add_space (self->paragraphs);
  else
    gxmlrpc_paragraphs_add (self->paragraphs, text, length);
}

/* Tags, character references, and what is neither, a character at a time. */
static void
render (Renderer   *self,
        const char *html)
{
  while (*html != '\0')
    {
      char reference[8];
      gsize length;
      Tag tag;

      if (read_tag (html, &tag))
        {
          if (self->hidden == NULL || (tag.is_end && strcmp (tag.name, self->hidden) == 0))
            handle_tag (self, &tag);
          html += tag.length;
        }
      else if ((length = read_reference (html, reference)) > 0)
        {
          handle_text (self, reference, strlen (reference));
          html += length;
        }
      else
        {
          length = (gsize) (g_utf8_next_char (html) - html);
          handle_text (self, html, length);
          html += length;
        }
    }
}

char *
gxmlrpc_html_to_text (const char *html,
                      int         indentation,
                      int         width)
{
  g_autoptr (GxmlrpcParagraphs) paragraphs = gxmlrpc_paragraphs_new (width);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (int));
  g_autofree char *valid = g_utf8_make_valid (html, -1);
  Renderer renderer = { paragraphs, numbers, NULL, NULL };
  static const Tag verbatim_end = { VERBATIM, "pre", TRUE, 0 };

  gxmlrpc_paragraphs_indent (paragraphs, indentation);
  render (&renderer, valid);
  if (renderer.verbatim != NULL)
    handle_tag (&renderer, &verbatim_end);

  return gxmlrpc_paragraphs_end (paragraphs);
}
