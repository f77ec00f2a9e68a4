/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-excerpt-private.h"

#include <string.h>

#include "../codec/xml-rpc-html-private.h"
#include "../codec/xml-rpc-text-private.h"

/* Characters of an excerpt. */
#define MAX_CHARACTERS 200

#define ELLIPSIS "…"
#define MARK "\xef\xbb\xbf"

static const char *
get_content_type (const XmlRpcHead  *head,
                  GHashTable  **params)
{
  return soup_message_headers_get_content_type (head->headers, params);
}

static char *
get_charset (const XmlRpcHead *head)
{
  g_autoptr (GHashTable) params = NULL;

  get_content_type (head, &params);

  return params != NULL ? g_strdup (g_hash_table_lookup (params, "charset")) : NULL;
}

static gboolean
is_text (const XmlRpcHead *head)
{
  const char *content_type = get_content_type (head, NULL);

  return content_type == NULL || g_ascii_strncasecmp (content_type, "text/", strlen ("text/")) == 0 ||
         strstr (content_type, "ml") != NULL || strstr (content_type, "json") != NULL;
}

/* It may end within a character. */
static gboolean
is_utf8 (const char *begin,
         gsize       length)
{
  const gsize n = xml_rpc_text_count_utf8 (begin, length);

  return n == length || xml_rpc_text_is_cut (begin + n, length - n);
}

/* What is not UTF-8, and does not tell what else it is, is most often Windows' form of
 * Latin-1. NULL: it is no text. */
static char *
decode (const XmlRpcHead *head,
        const char  *begin,
        gsize        length)
{
  g_autofree char *charset = get_charset (head);
  const char * const names[] = { charset, "WINDOWS-1252", "ISO-8859-1" };
  const gsize n_names = is_text (head) ? G_N_ELEMENTS (names) : 1;
  char *text = NULL;

  if (memchr (begin, '\0', length) == NULL && is_utf8 (begin, length))
    return g_strndup (begin, xml_rpc_text_count_utf8 (begin, length));

  for (gsize i = 0; text == NULL && i < n_names; i++)
    {
      gsize n_read, n_written;

      if (names[i] != NULL)
        text = g_convert (begin, (gssize) length, "UTF-8", names[i], &n_read, &n_written, NULL);
      if (text != NULL && strlen (text) != n_written)
        g_clear_pointer (&text, g_free);
    }

  return text;
}

static gboolean
is_markup (const XmlRpcHead *head,
           const char  *text)
{
  const char *content_type = get_content_type (head, NULL);

  return text[strspn (text, " \t\r\n")] == '<' ||
         (strchr (text, '<') != NULL && (content_type == NULL || strstr (content_type, "ml") != NULL));
}

static gsize
find (const char *begin,
      gsize       length,
      const char *start)
{
  const char *found = g_strstr_len (begin, (gssize) length, start);

  return found != NULL ? (gsize) (found - begin) : length;
}

/* What is before the XML-RPC, which scripts print when something is wrong. */
static gsize
count_before_xml_rpc (const char *begin,
                      gsize       length)
{
  const gsize declaration = find (begin, length, "<?xml");

  return find (begin, declaration > 0 ? declaration : length, "<methodResponse");
}

static char *
get_text (const XmlRpcHead *head,
          const char  *begin,
          gsize        length)
{
  g_autofree char *text = decode (head, begin, length);

  if (text == NULL || !is_markup (head, text))
    return g_steal_pointer (&text);

  return xml_rpc_html_to_text (text, strlen (text));
}

/* The words of a line without case. */
static char **
split_words (const char *line)
{
  return g_str_tokenize_and_fold (line, "C", NULL);
}

/* Whether a line has a word that is not of the status: "Error 403 - Forbidden" has none. */
static gboolean
says_more (const XmlRpcHead *head,
           const char  *line)
{
  static const char * const vain[] = { "error", "http", "status", "code", "1", "0", NULL };
  const guint status = head->status;
  const char *reason = head->reason;
  g_autofree char *known = g_strdup_printf ("%u %s %s", status, soup_status_get_phrase (status),
                                            reason != NULL ? reason : "");
  g_auto (GStrv) known_words = split_words (known);
  g_auto (GStrv) words = split_words (line);

  for (gsize i = 0; words[i] != NULL; i++)
    {
      if (!g_strv_contains (vain, words[i]) && !g_strv_contains ((const char * const *) known_words, words[i]))
        return TRUE;
    }

  return FALSE;
}

/* One space for all that is white, and none at the ends. */
static char *
make_printable (const char *line)
{
  GString *out = g_string_new (NULL);
  gboolean has_space = FALSE;

  for (const char *p = line; *p != '\0'; p = g_utf8_next_char (p))
    {
      const gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) && !(c < ' ' && c != '\t'))
        {
          has_space = out->len > 0;
          continue;
        }
      if (has_space)
        g_string_append_c (out, ' ');
      has_space = FALSE;
      xml_rpc_text_append_printable (out, c);
    }

  return g_string_free (out, FALSE);
}

/* Takes the text. */
static char *
shorten (char *text)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (text, -1) <= MAX_CHARACTERS)
    return text;

  start = g_utf8_substring (text, 0, MAX_CHARACTERS - 1);
  g_free (text);
  return g_strconcat (start, ELLIPSIS, NULL);
}

char *
xml_rpc_excerpt_create (const XmlRpcHead *head,
                        const char  *begin,
                        gsize        length)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (length >= strlen (MARK) && memcmp (begin, MARK, strlen (MARK)) == 0)
    {
      begin += strlen (MARK);
      length -= strlen (MARK);
    }

  text = get_text (head, begin, count_before_xml_rpc (begin, length));
  if (text == NULL)
    return NULL;

  g_strdelimit (text, "\r", '\n');
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      if (says_more (head, lines[i]))
        return shorten (make_printable (lines[i]));
    }

  return NULL;
}
