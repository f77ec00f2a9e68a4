/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "codec/xml-rpc-text-private.h"

#include <string.h>

#define N_TEXTS 100000

/* GLib, which validates character by character, does not allow zero bytes. */
static void
assert_same (const char *bytes,
             gsize       length)
{
  /* A block of its own, for the sanitizers to see what is read beyond. */
  g_autofree char *text = g_memdup2 (bytes, length);
  gboolean expected = g_utf8_validate (text, (gssize) length, NULL);

  if ((xml_rpc_text_count_utf8 (text, length) == length) != expected)
    {
      g_autofree char *escaped = g_strescape (bytes, NULL);

      g_error ("\"%s\" of %" G_GSIZE_FORMAT " bytes is %s", escaped, length, expected ? "UTF-8" : "no UTF-8");
    }
}

/* All of two bytes, and of those of three and four that begin beyond ASCII all
 * with the last ones at the bounds. */
static void
test_sequences (void)
{
  static const guint8 bounds[] = { 0x01, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbd, 0xbe, 0xbf, 0xc0, 0xff };

  for (guint first = 1; first < 256; first++)
    {
      for (guint second = 1; second < 256; second++)
        {
          for (guint i = 0; i < G_N_ELEMENTS (bounds) * G_N_ELEMENTS (bounds); i++)
            {
              char text[] = { (char) first, (char) second, (char) bounds[i % G_N_ELEMENTS (bounds)],
                              (char) bounds[i / G_N_ELEMENTS (bounds)], '\0' };

              assert_same (text, strlen (text));
              if (first < 0x80)
                break;
            }
          assert_same ((char[]) { (char) first, (char) second, '\0' }, 2);
        }
    }
}

/* Characters, whole and cut, at all places in a word. */
static void
test_mixed (void)
{
  static const char * const pieces[] = {
    "a", "plain", "eight of", "nine of it", "ü", "東", "🐍", "\xef\xbf\xbf", "\xf4\x8f\xbf\xbf", "größer", "новости",
  };
  static const char * const broken[] = {
    "\x80", "\xc3", "\xe6\x9d", "\xf0\x9f\x90", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xff",
  };

  for (guint i = 0; i < N_TEXTS; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      gint n_pieces = g_test_rand_int_range (0, 12);

      for (gint j = 0; j < n_pieces; j++)
        {
          if (g_test_rand_int_range (0, 12) == 0)
            g_string_append (text, broken[g_test_rand_int_range (0, G_N_ELEMENTS (broken))]);
          else
            g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
        }
      assert_same (text->str, text->len);
    }
}

static void
test_blank (void)
{
  g_assert_true (xml_rpc_text_is_blank ("", 0));
  g_assert_true (xml_rpc_text_is_blank (" \t\r\nx", 4));
  g_assert_false (xml_rpc_text_is_blank (" \t\r\nx", 5));
  g_assert_false (xml_rpc_text_is_blank ("\v", 1));
}

static void
test_empty (void)
{
  g_assert_cmpuint (xml_rpc_text_count_utf8 (NULL, 0), ==, 0);
  g_assert_cmpuint (xml_rpc_text_count_utf8 ("\xff", 0), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text/utf8/sequences", test_sequences);
  g_test_add_func ("/text/utf8/mixed", test_mixed);
  g_test_add_func ("/text/utf8/empty", test_empty);
  g_test_add_func ("/text/blank", test_blank);

  return g_test_run ();
}
