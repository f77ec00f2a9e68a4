/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "documents.h"

typedef GVariant *(*DecodeFunc) (const Document  *document,
                                 gsize            first,
                                 gsize            others,
                                 GError         **error);

/* However a message is cut, the same comes out. */
static void
assert_same_by (DecodeFunc      decode,
                const Document *document,
                gsize           first,
                gsize           others,
                GVariant       *whole,
                const GError   *whole_error)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = decode (document, first, others, &error);

  if (whole != NULL)
    {
      g_assert_no_error (error);
      g_assert_cmpvariant (value, whole);
    }
  else
    {
      g_assert_null (value);
      g_assert_error (error, whole_error->domain, whole_error->code);
    }
}

static void
assert_same (const Document *document,
             gsize           first,
             gsize           others,
             GVariant       *whole,
             const GError   *whole_error)
{
  assert_same_by (document_decode, document, first, others, whole, whole_error);
  assert_same_by (document_decode_without_scanner, document, first, others, whole, whole_error);
}

static void
test_whole (gconstpointer data)
{
  const Document *document = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = document_decode_without_scanner (document, G_MAXSIZE, 0, &error);

  document_assert (document, value, error);
}

static void
test_byte_by_byte (gconstpointer document)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) whole = document_decode (document, G_MAXSIZE, 0, &error);

  assert_same (document, 1, 1, whole, error);
}

static void
test_cut_in_two (gconstpointer document)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) whole = document_decode (document, G_MAXSIZE, 0, &error);
  g_autoptr (GBytes) bytes = document_get_bytes (document);

  for (gsize first = 1; first < g_bytes_get_size (bytes); first++)
    assert_same (document, first, G_MAXSIZE, whole, error);
}

static void
test_pieces_of_any_size (gconstpointer document)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) whole = document_decode (document, G_MAXSIZE, 0, &error);

  for (gsize size = 2; size < 20; size++)
    assert_same (document, size, size, whole, error);
}

static void
add_tests (const char     *path,
           GTestDataFunc   func)
{
  static const struct
  {
    const char     *name;
    const Document *table;
  } tables[] = {
    { "natural", documents_natural },
    { "liberal", documents_liberal },
    { "typed", documents_typed },
    { "broken", documents_broken },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *full_path = g_strconcat (path, "/", tables[i].name, NULL);

      documents_for_each (tables[i].table, full_path, func);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_tests ("/decoder-pieces/without-scanner", test_whole);
  add_tests ("/decoder-pieces/byte-by-byte", test_byte_by_byte);
  add_tests ("/decoder-pieces/cut-in-two", test_cut_in_two);
  add_tests ("/decoder-pieces/any-size", test_pieces_of_any_size);

  return g_test_run ();
}
