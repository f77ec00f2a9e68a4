/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "codec/xml-rpc-text-private.h"

#define N_TEXTS    20000
#define MAX_LENGTH 40

static const char * const pieces[] = {
  "a", "Z", " ", "\t", "\n", "\r", "&", "<", ">", "\"", "'", ";", "=", "?", "~", "\x7f", "ü", "…", "東", "🐍",
  "\xee\xbf\xbf", "\xef\x80\x80", "\xef\xbf\xbd", "plain text", "plain text of more than one word",
};
static const char * const forbidden_pieces[] = {
  "\x01", "\x08", "\x0b", "\x0c", "\x0e", "\x1f", "\xef\xbf\xbe", "\xef\xbf\xbf",
};

static char *
create_text (guint n_pieces)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_pieces; i++)
    {
      if (g_test_rand_int_range (0, 500) == 0)
        g_string_append (text, forbidden_pieces[g_test_rand_int_range (0, G_N_ELEMENTS (forbidden_pieces))]);
      else
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
    }

  return g_string_free (text, FALSE);
}

/* Character by character. */
static const char *
escape_slowly (GString    *out,
               const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      const gunichar character = g_utf8_get_char (text);

      if (character == '&')
        g_string_append (out, "&amp;");
      else if (character == '<')
        g_string_append (out, "&lt;");
      else if (character == '>')
        g_string_append (out, "&gt;");
      else if (character == '\r')
        g_string_append (out, "&#13;");
      else if ((character < ' ' && character != '\t' && character != '\n') || character == 0xfffe || character == 0xffff)
        return text;
      else
        g_string_append_unichar (out, character);
    }

  return NULL;
}

/* In blocks of their own, for the sanitizers to see what is read beyond. */
static void
assert_same (const char *text)
{
  gsize length = strlen (text);
  XmlRpcBuffer fast = XML_RPC_BUFFER_INIT;
  g_autoptr (GString) slow = g_string_new (NULL);
  const char *forbidden = xml_rpc_text_escape (&fast, text, length);

  g_assert_true (forbidden == escape_slowly (slow, text));
  g_assert_cmpmem (fast.data, fast.length, slow->str, slow->len);

  xml_rpc_buffer_clear (&fast);
}

static void
test_fast_and_slowly (void)
{
  for (guint i = 0; i < N_TEXTS; i++)
    {
      g_autofree char *text = create_text ((guint) g_test_rand_int_range (0, MAX_LENGTH));

      assert_same (text);
    }
}

static void
test_fast_and_slowly_long (void)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *text = create_text ((guint) g_test_rand_int_range (1000, 5000));

      assert_same (text);
    }
}

/* Every byte at every place in a word. */
static void
test_places (void)
{
  for (guint byte = 1; byte < 0x80; byte++)
    {
      for (guint place = 0; place < 20; place++)
        {
          g_autofree char *text = g_strnfill (20, 'x');

          text[place] = (char) byte;
          assert_same (text);
        }
    }
}

/* Where every byte becomes a reference there has to be room for them. */
static void
test_references_only (void)
{
  for (gsize length = 0; length < 5000; length += 97)
    {
      g_autofree char *text = g_strnfill (length, '&');
      XmlRpcBuffer out = XML_RPC_BUFFER_INIT;

      g_assert_null (xml_rpc_text_escape (&out, text, length));
      g_assert_cmpuint (out.length, ==, length * strlen ("&amp;"));
      assert_same (text);
      xml_rpc_buffer_clear (&out);
    }
}

static void
test_references (void)
{
  static const char text[] = "a < b && c > d\r\n\"e\" 'f'\t\xef\xbf\xbd";
  static const char expected[] = "a &lt; b &amp;&amp; c &gt; d&#13;\n\"e\" 'f'\t\xef\xbf\xbd";
  XmlRpcBuffer out = XML_RPC_BUFFER_INIT;

  g_assert_null (xml_rpc_text_escape (&out, text, strlen (text)));
  g_assert_cmpmem (out.data, out.length, expected, strlen (expected));
  xml_rpc_buffer_clear (&out);
}

static void
test_forbidden (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (forbidden_pieces); i++)
    {
      for (guint place = 0; place < 20; place++)
        {
          g_autofree char *before = g_strnfill (place, 'x');
          g_autofree char *text = g_strconcat (before, forbidden_pieces[i], "and more of it", NULL);
          XmlRpcBuffer out = XML_RPC_BUFFER_INIT;

          g_assert_true (xml_rpc_text_escape (&out, text, strlen (text)) == text + place);
          xml_rpc_buffer_clear (&out);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/escape/references", test_references);
  g_test_add_func ("/escape/references-only", test_references_only);
  g_test_add_func ("/escape/forbidden", test_forbidden);
  g_test_add_func ("/escape/places", test_places);
  g_test_add_func ("/escape/fast-and-slowly", test_fast_and_slowly);
  g_test_add_func ("/escape/fast-and-slowly-long", test_fast_and_slowly_long);

  return g_test_run ();
}
