/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "random-variant.h"

#include "variant/xml-rpc-variant-reader-private.h"

#include <string.h>

/* What GLib shows of @value, be it normal or not, is what the span holds. */
static void
assert_span_shows (XmlRpcVariantReader     *reader,
                   const XmlRpcVariantSpan *span,
                   GVariant                *value,
                   gboolean                 is_normal)
{
  g_autofree char *type = g_strndup (span->layout->type, span->layout->type_length);

  g_assert_cmpstr (type, ==, g_variant_get_type_string (value));
  g_assert_cmpint (span->layout->kind, ==, type[0]);
  g_assert_cmpuint ((span->data - reader->root.data) % span->layout->alignment, ==, 0);

  if (is_normal || !g_variant_is_container (value))
    {
      g_autoptr (GVariant) normal = g_variant_get_normal_form (value);

      g_assert_cmpmem (span->data, span->size, g_variant_get_data (normal), g_variant_get_size (normal));
    }

  if (g_variant_is_container (value))
    {
      XmlRpcVariantSpanIter spans;
      XmlRpcVariantSpan child_span;
      GVariantIter children;
      GVariant *child;

      xml_rpc_variant_span_iter_init (&spans, reader, span);
      g_variant_iter_init (&children, value);
      while ((child = g_variant_iter_next_value (&children)) != NULL)
        {
          g_assert_true (xml_rpc_variant_span_iter_next (&spans, &child_span));
          assert_span_shows (reader, &child_span, child, is_normal);
          g_variant_unref (child);
        }
      g_assert_false (xml_rpc_variant_span_iter_next (&spans, &child_span));
      g_assert_false (xml_rpc_variant_span_iter_next (&spans, &child_span));
    }
}

static void
assert_shows (GVariant *owned,
              gboolean  is_normal)
{
  g_autoptr (GVariant) value = g_variant_take_ref (owned);
  XmlRpcVariantReader reader;

  xml_rpc_variant_reader_init (&reader, value);
  assert_span_shows (&reader, &reader.root, value, is_normal);
  xml_rpc_variant_reader_clear (&reader);
}

static void
assert_reads (GVariant *owned)
{
  assert_shows (owned, TRUE);
}

/* While GLib checks a tuple's padding it may read a little past the end of
 * the data (seen with 2.74.6), so there is a little more. */
static void
assert_reads_untrusted (const GVariantType *type,
                        gconstpointer       data,
                        gsize               size)
{
  gsize spare = sizeof (guint64);
  guint8 *copy = g_malloc0 (size + spare);
  g_autoptr (GBytes) with_spare = g_bytes_new_take (copy, size + spare);
  g_autoptr (GBytes) bytes = g_bytes_new_from_bytes (with_spare, 0, size);

  if (size > 0)
    memcpy (copy, data, size);
  assert_shows (g_variant_new_from_bytes (type, bytes, FALSE), FALSE);
}

static void
test_random_values (void)
{
  for (guint i = 0; i < 2000; i++)
    assert_reads (random_variant (&random_variant_small));
}

static void
test_big_random_values (void)
{
  for (guint i = 0; i < 50; i++)
    assert_reads (random_variant (&random_variant_big));
}

static void
test_small_containers (void)
{
  static const char * const texts[] = {
    "()", "@a() []", "[()]", "[(), (), ()]", "@m() nothing", "@m() just ()", "((), (byte 1, ()), int64 2)",
    "@as []", "['']", "['', '']", "@ay []", "@a{sv} {}", "@aas [[], ['']]", "@ms nothing", "@ms just ''",
    "@mi nothing", "@mi just 0", "@mmi just nothing", "@mmms just just nothing", "<()>", "<<<''>>>",
    "<@mv nothing>", "@mv just <@as []>", "{'': <()>}", "@{sv} {'', <byte 1>}",
    "('', byte 1, '', int16 2, '', 3, '', int64 4, '')", "(byte 1, int64 2, byte 3)", "[(byte 1, 2), (3, 4)]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_reads (g_variant_new_parsed (texts[i]));
}

static void
test_offset_widths (void)
{
  static const gsize borders[] = { G_MAXUINT8, G_MAXUINT16 };

  for (guint i = 0; i < G_N_ELEMENTS (borders); i++)
    {
      for (gsize length = borders[i] - 24; length < borders[i] + 4; length++)
        {
          g_autofree char *text = g_strnfill (length, 'x');

          assert_reads (g_variant_new_parsed ("[%s, '', 'a']", text));
          assert_reads (g_variant_new_parsed ("('a', %s, 1, 'b', byte 2)", text));
          assert_reads (g_variant_new_parsed ("{'a': <%s>}", text));
          assert_reads (g_variant_new_parsed ("@amas [just [%s], nothing]", text));
        }
    }
}

static void
test_thousands_of_elements (void)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < 3000; i++)
    g_variant_builder_add_parsed (&builder, "{'number': <%u>, 'text': <'text'>}", i);

  assert_reads (g_variant_builder_end (&builder));
}

/* A value from elsewhere, in a form that GLib reads but would not write. */
static void
test_damaged_values (void)
{
  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (GVariant) value = g_variant_ref_sink (random_variant (&random_variant_small));
      gsize size = g_variant_get_size (value);
      g_autofree guint8 *data = g_memdup2 (g_variant_get_data (value), size);

      for (guint n = g_test_rand_int_range (0, 4); n > 0 && size > 0; n--)
        data[g_test_rand_int_range (0, size)] = g_test_rand_int ();
      if (random_variant_chance (4))
        size = g_test_rand_int_range (0, size + 1);

      assert_reads_untrusted (g_variant_get_type (value), data, size);
    }
}

static void
test_garbage (void)
{
  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (GVariantType) type = random_variant_type (&random_variant_small);
      guint8 garbage[64];

      for (guint j = 0; j < sizeof garbage; j++)
        garbage[j] = random_variant_chance (2) ? g_test_rand_int_range (0, sizeof garbage) : g_test_rand_int ();

      assert_reads_untrusted (type, garbage, g_test_rand_int_range (0, sizeof garbage + 1));
    }
}

/* GLib takes these for normal, though it would write them with an offset. */
static void
test_tuples_in_no_bytes (void)
{
  assert_reads_untrusted (G_VARIANT_TYPE ("(asas)"), NULL, 0);
  assert_reads_untrusted (G_VARIANT_TYPE ("(a{sv}mimvay)"), NULL, 0);
  assert_reads_untrusted (G_VARIANT_TYPE ("(i(ayay))"), "\1\0\0\0", 4);
  assert_reads_untrusted (G_VARIANT_TYPE ("a(ayay)"), "\0\0", 2);
}

/* A D-Bus message or a file may come in the other byte order. */
static void
test_byteswapped_values (void)
{
  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (GVariant) value = g_variant_ref_sink (random_variant (&random_variant_small));

      assert_reads (g_variant_byteswap (value));
    }
}

/* A part of a larger value stands in the larger one's memory. */
static void
test_part_of_value (void)
{
  g_autoptr (GVariant) whole = g_variant_ref_sink (g_variant_new_parsed ("('a', ['b', 'c'], <{'d': int64 5}>)"));

  g_assert_cmpuint (g_variant_get_size (whole), >, 0);
  for (gsize i = 0; i < g_variant_n_children (whole); i++)
    assert_reads (g_variant_get_child_value (whole, i));
}

static void
test_value_lives_as_long_as_the_reader (void)
{
  XmlRpcVariantReader reader;

  xml_rpc_variant_reader_init (&reader, g_variant_new_parsed ("['a', 'b']"));
  g_assert_cmpmem (reader.root.data, reader.root.size, "a\0b\0\2\4", 6);
  g_variant_unref (reader.value);
  g_assert_cmpmem (reader.root.data, reader.root.size, "a\0b\0\2\4", 6);
  xml_rpc_variant_reader_clear (&reader);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/variant-reader/random-values", test_random_values);
  g_test_add_func ("/variant-reader/big-random-values", test_big_random_values);
  g_test_add_func ("/variant-reader/small-containers", test_small_containers);
  g_test_add_func ("/variant-reader/offset-widths", test_offset_widths);
  g_test_add_func ("/variant-reader/thousands-of-elements", test_thousands_of_elements);
  g_test_add_func ("/variant-reader/damaged-values", test_damaged_values);
  g_test_add_func ("/variant-reader/garbage", test_garbage);
  g_test_add_func ("/variant-reader/tuples-in-no-bytes", test_tuples_in_no_bytes);
  g_test_add_func ("/variant-reader/byteswapped-values", test_byteswapped_values);
  g_test_add_func ("/variant-reader/part-of-value", test_part_of_value);
  g_test_add_func ("/variant-reader/value-lives-as-long-as-the-reader", test_value_lives_as_long_as_the_reader);

  return g_test_run ();
}
