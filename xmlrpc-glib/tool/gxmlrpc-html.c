/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Turns the HTML of a method's help into text. Such help has a few tags and is seldom well-formed,
 * so a list of replacements is enough. Whatever no rule knows is text, such as <name>.
 * No rule looks far ahead: the help may come from a hostile server. They work on bytes, as GRegex
 * checks all of a text in UTF-8 for each match. */

#include "gxmlrpc-html.h"

#define START(names) "<(?:" names ")(?![\\w-])[^<>]{0,999}>"
#define TAG(names) "</?(?:" names ")(?![\\w-])[^<>]{0,999}>"
#define INLINE "a|abbr|b|big|cite|code|em|font|i|kbd|s|samp|small|span|strong|sub|sup|tt|u|var"
#define BLOCKS "blockquote|body|center|div|dl|h[1-6]|head|hr|html|ol|p|table|tbody|ul"
#define LINES "br|dd|dt|li|td|th|tr"
#define HIDDEN "<!--[^>]{0,999}>|<(?:script|style|title)\\b[^<]{0,999}</\\w{1,9}>"
#define FLAGS (G_REGEX_CASELESS | G_REGEX_RAW)
#define CHARACTER "&(amp|#\\d{1,7}|#x[0-9a-f]{1,6});"

/* Applied in this order. CHARACTER comes last, as it can make an "&". */
static const char * const rules[][2] = {
  { HIDDEN "|" TAG (INLINE) "|</(?:" LINES ")\\s*>", "" },
  { " ?" START ("td|th") " ?", " " },
  { " ?" START ("br|dt|tr") " ?", "\n" },
  { " ?" START ("li") " ?", "\n* " },
  { " ?" START ("dd") " ?", "\n    " },
  { " ?" TAG (BLOCKS) " ?", "\n\n" },
  { "\n{3,}", "\n\n" },
  { "&lt;", "<" },
  { "&gt;", ">" },
  { "&quot;", "\"" },
  { "&apos;", "'" },
  { "&nbsp;", "\u00a0" },
  { CHARACTER, NULL },
};

static gboolean
append_character (const GMatchInfo *match,
                  GString          *text,
                  gpointer          user_data)
{
  g_autofree char *name = g_match_info_fetch (match, 1);
  const gboolean is_hex = g_ascii_tolower (name[1]) == 'x';
  const guint64 number = *name == '#' ? g_ascii_strtoull (name + 1 + is_hex, NULL, is_hex ? 16 : 10) : '&';

  g_string_append_unichar (text, number > 0 && g_unichar_validate ((gunichar) number) ? (gunichar) number : 0xfffd);
  return FALSE;
}

/* Frees the text. */
static char *
replace (char       *text,
         const char *pattern,
         const char *replacement)
{
  g_autofree char *old = text;
  g_autoptr (GRegex) regex = g_regex_new (pattern, FLAGS, 0, NULL);

  return replacement != NULL ? g_regex_replace_literal (regex, old, -1, 0, replacement, 0, NULL)
                             : g_regex_replace_eval (regex, old, -1, 0, 0, append_character, NULL, NULL);
}

char *
gxmlrpc_html_to_text (const char *help)
{
  g_autofree char *valid = g_utf8_make_valid (help, -1);
  g_auto (GStrv) parts = g_regex_split_simple (TAG ("pre"), valid, FLAGS, 0);
  const gsize n_parts = g_strv_length (parts);
  char *text;

  if (!g_regex_match_simple (TAG (INLINE "|" BLOCKS "|" LINES "|pre") "|<!--|&#?\\w{1,9};", valid, FLAGS, 0))
    return g_steal_pointer (&valid);

  /* Every second part is preformatted. */
  for (gsize i = 0; i < n_parts; i += 2)
    parts[i] = replace (parts[i], "\\s+", " ");

  text = g_strjoinv ("\n\n", parts);
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    text = replace (text, rules[i][0], rules[i][1]);

  return g_strchomp (text);
}
