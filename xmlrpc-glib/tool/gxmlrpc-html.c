/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The HTML that servers put into the help of their methods: a few tags, seldom well-formed.
 * What is none of these is text, such as <name>. */

#include "gxmlrpc-html.h"

#include <string.h>

#define LINES "br|dd|dt|li|tr"
#define BLOCKS "blockquote|body|center|div|dl|h[1-6]|head|hr|html|ol|p|pre|table|tbody|ul"
#define OTHERS "a|abbr|b|big|cite|code|em|font|i|kbd|s|samp|small|span|strong|sub|sup|td|th|tt|u|var"
/* All that is not text. No part looks far ahead: help comes from servers that may mean harm. */
#define MARKUP \
  "<!--[^>]{0,999}>|<(?:script|style|title)\\b[^<]{0,999}</\\w{1,9}>|" \
  "<(/?(?:" LINES "|" BLOCKS "|" OTHERS "))(?![\\w-])[^<>]{0,999}>|" \
  "&(amp|lt|gt|quot|apos|nbsp|#\\d{1,7}|#x[0-9a-f]{1,6});|\\s+"

typedef struct
{
  gboolean is_html;
  gboolean is_verbatim;
} State;

static void
end_lines (GString *text,
           gsize    n_ends)
{
  while (text->len > 0 && text->str[text->len - 1] == ' ')
    g_string_truncate (text, text->len - 1);

  while (text->len > 0 && !g_str_has_suffix (text->str, n_ends > 1 ? "\n\n" : "\n"))
    g_string_append_c (text, '\n');
}

static void
add_space (GString *text)
{
  if (text->len > 0 && strchr (" \n", text->str[text->len - 1]) == NULL)
    g_string_append_c (text, ' ');
}

static void
append_reference (GString    *text,
                  const char *name)
{
  static const char * const names[] = { "amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", "\u00a0" };
  const gboolean is_hex = g_ascii_tolower (name[1]) == 'x';
  const guint64 c = *name == '#' ? g_ascii_strtoull (name + 1 + is_hex, NULL, is_hex ? 16 : 10) : 0;

  if (*name == '#')
    g_string_append_unichar (text, c > 0 && c <= 0x10ffff && g_unichar_validate ((gunichar) c) ? (gunichar) c : 0xfffd);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i += 2)
    g_string_append (text, g_ascii_strcasecmp (name, names[i]) == 0 ? names[i + 1] : "");
}

static void
handle_tag (State      *self,
            GString    *text,
            const char *tag)
{
  const char *name = tag + (*tag == '/');

  if (g_regex_match_simple ("^(" BLOCKS ")$", name, G_REGEX_CASELESS, 0))
    end_lines (text, 2);
  else if (g_regex_match_simple ("^(" LINES ")$", name, G_REGEX_CASELESS, 0))
    end_lines (text, 1);
  else if (g_ascii_strcasecmp (tag, "td") == 0 || g_ascii_strcasecmp (tag, "th") == 0)
    add_space (text);

  if (g_ascii_strcasecmp (tag, "li") == 0 || g_ascii_strcasecmp (tag, "dd") == 0)
    g_string_append (text, g_ascii_strcasecmp (tag, "li") == 0 ? "* " : "    ");
  if (g_ascii_strcasecmp (name, "pre") == 0)
    self->is_verbatim = *tag != '/';
}

static gboolean
replace (const GMatchInfo *match,
         GString          *text,
         gpointer          user_data)
{
  State *self = user_data;
  g_autofree char *markup = g_match_info_fetch (match, 0);
  g_autofree char *tag = g_match_info_fetch (match, 1);
  g_autofree char *reference = g_match_info_fetch (match, 2);

  self->is_html = self->is_html || *markup == '<' || *markup == '&';
  if (tag != NULL && *tag != '\0')
    handle_tag (self, text, tag);
  else if (reference != NULL && *reference != '\0')
    append_reference (text, reference);
  else if (*markup != '<' && self->is_verbatim)
    g_string_append (text, markup);
  else if (*markup != '<')
    add_space (text);

  return FALSE;
}

char *
gxmlrpc_html_to_text (const char *help)
{
  g_autofree char *valid = g_utf8_make_valid (help, -1);
  g_autoptr (GRegex) regex = g_regex_new (MARKUP, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
  State state = { FALSE, FALSE };
  g_autofree char *text = g_regex_replace_eval (regex, valid, -1, 0, 0, replace, &state, NULL);

  return text != NULL && state.is_html ? g_strchomp (g_steal_pointer (&text)) : g_steal_pointer (&valid);
}
