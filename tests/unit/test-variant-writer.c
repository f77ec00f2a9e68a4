/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "random-variant.h"
#include "replay-variant.h"

#include "variant/xml-rpc-variant-reader-private.h"

static void
assert_replays (GVariant *floating)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (floating);
  g_autoptr (GVariant) written = replay (value);

  assert_written_alike (value, written);
}

static void
test_random_values (void)
{
  for (guint i = 0; i < 3000; i++)
    assert_replays (random_variant (&random_variant_small));
}

static void
test_big_random_values (void)
{
  for (guint i = 0; i < 200; i++)
    assert_replays (random_variant (&random_variant_big));
}

static void
test_small_containers (void)
{
  static const char * const texts[] = {
    "()", "@a() []", "[()]", "[(), (), ()]", "@m() nothing", "@m() just ()", "((), (byte 1, ()), int64 2)",
    "@as []", "['']", "['', '']", "@ay []", "@ad []", "@a{sv} {}", "@a{is} {}", "@aas [[], ['']]",
    "@ms nothing", "@ms just ''", "@mi nothing", "@mi just 0", "@mmi just nothing", "@mmms just just nothing",
    "<()>", "<<<''>>>", "<@mv nothing>", "@mv just <@mv nothing>", "{'': <()>}", "@{sv} {'', <byte 1>}",
    "('', byte 1, '', int16 2, '', 3, '', int64 4, '')", "(byte 1, int64 2, byte 3)", "[(byte 1, 2), (3, 4)]",
    "('', '')", "('', '', 1)", "(objectpath '/', signature '', handle 7)", "(@ms nothing, @mi nothing, @as [])",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_replays (g_variant_new_parsed (texts[i]));
}

/* A container grown byte by byte over the sizes where its framing offsets
 * widen. */
static void
assert_widens (gsize from,
               gsize to)
{
  for (gsize length = from; length <= to; length++)
    {
      g_autofree char *text = g_strnfill (length, 'x');

      assert_replays (g_variant_new_parsed ("[%s]", text));
      assert_replays (g_variant_new_parsed ("[%s, '', 'a']", text));
      assert_replays (g_variant_new_parsed ("(%s, 'a')", text));
      assert_replays (g_variant_new_parsed ("('a', %s, 1, 'b', byte 2)", text));
      assert_replays (g_variant_new_parsed ("{%s: 1}", text));
      assert_replays (g_variant_new_parsed ("{'a': <%s>}", text));
      assert_replays (g_variant_new_parsed ("@amas [just [%s], nothing]", text));
    }
}

static void
test_offsets_of_one_and_two_bytes (void)
{
  assert_widens (G_MAXUINT8 - 24, G_MAXUINT8 + 4);
}

static void
test_offsets_of_two_and_four_bytes (void)
{
  assert_widens (G_MAXUINT16 - 24, G_MAXUINT16 + 4);
}

static void
test_thousands_of_elements (void)
{
  GVariantBuilder strings, structs;

  g_variant_builder_init (&strings, G_VARIANT_TYPE_STRING_ARRAY);
  g_variant_builder_init (&structs, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i * i);

      g_variant_builder_add (&strings, "s", text);
      g_variant_builder_add_parsed (&structs, "{'n': <%u>, %s: <'text'>}", i, text);
    }

  assert_replays (g_variant_builder_end (&strings));
  assert_replays (g_variant_builder_end (&structs));
}

static void
assert_glib_and_reader_see (GVariant   *array,
                            gsize       second_length,
                            const char *fourth)
{
  XmlRpcVariantReader reader;
  XmlRpcVariantSpanIter iter;
  XmlRpcVariantSpan span;
  g_autoptr (GVariant) child = NULL;

  g_assert_cmpuint (g_variant_n_children (array), ==, 4);
  child = g_variant_get_child_value (array, 3);
  g_assert_cmpstr (g_variant_get_string (child, NULL), ==, fourth);

  xml_rpc_variant_reader_init (&reader, array);
  xml_rpc_variant_span_iter_init (&iter, &reader, &reader.root);
  g_assert_true (xml_rpc_variant_span_iter_next (&iter, &span));
  g_assert_true (xml_rpc_variant_span_iter_next (&iter, &span));
  g_assert_cmpuint (span.size, ==, second_length + 1);
  g_assert_true (xml_rpc_variant_span_iter_next (&iter, &span));
  g_assert_true (xml_rpc_variant_span_iter_next (&iter, &span));
  g_assert_cmpmem (span.data, span.size, fourth, strlen (fourth) + 1);
  g_assert_false (xml_rpc_variant_span_iter_next (&iter, &span));
  xml_rpc_variant_reader_clear (&reader);
}

/* Takes as much memory and some seconds: only with -m slow. */
static void
test_offsets_of_eight_bytes (void)
{
  const gsize length = G_MAXINT32;
  const XmlRpcVariantLayout *layout;
  g_autofree char *text = NULL;
  g_autoptr (GVariant) written = NULL;
  XmlRpcVariantLayouts layouts;
  XmlRpcVariantWriter writer;

  if (!g_test_slow () || sizeof (gsize) < 8)
    {
      g_test_skip ("a container above 4 GiB is for -m slow on a 64-bit machine");
      return;
    }

  text = g_strnfill (length, 'x');
  xml_rpc_variant_layouts_init (&layouts);
  xml_rpc_variant_writer_init (&writer);
  layout = xml_rpc_variant_layouts_lookup (&layouts, "as", 2);

  xml_rpc_variant_writer_open (&writer, layout);
  xml_rpc_variant_writer_add_string (&writer, xml_rpc_layout_string, "first", 5);
  xml_rpc_variant_writer_add_string (&writer, xml_rpc_layout_string, text, length);
  xml_rpc_variant_writer_add_string (&writer, xml_rpc_layout_string, text, length);
  xml_rpc_variant_writer_add_string (&writer, xml_rpc_layout_string, "last", 4);
  xml_rpc_variant_writer_close (&writer);
  written = xml_rpc_variant_writer_end (&writer, layout);
  assert_glib_and_reader_see (written, length, "last");

  xml_rpc_variant_writer_clear (&writer);
  xml_rpc_variant_layouts_clear (&layouts);
}

static void
assert_unknown_tuple_replays (GVariant *floating)
{
  g_autoptr (GVariant) tuple = g_variant_ref_sink (floating);
  g_autoptr (GVariant) written = NULL;
  XmlRpcVariantLayouts layouts;
  XmlRpcVariantWriter writer;

  xml_rpc_variant_layouts_init (&layouts);
  xml_rpc_variant_writer_init (&writer);

  xml_rpc_variant_writer_open_tuple (&writer);
  replay_children (&writer, &layouts, tuple);
  xml_rpc_variant_writer_close (&writer);
  written = xml_rpc_variant_writer_end (&writer, NULL);
  assert_written_alike (tuple, written);

  xml_rpc_variant_writer_clear (&writer);
  xml_rpc_variant_layouts_clear (&layouts);
}

static void
test_tuple_of_unknown_type (void)
{
  assert_unknown_tuple_replays (g_variant_new ("()"));
  assert_unknown_tuple_replays (g_variant_new_parsed ("(byte 1, int64 2, byte 3)"));
  assert_unknown_tuple_replays (g_variant_new_parsed ("('', byte 1, @a{sv} {}, 5)"));

  for (guint i = 0; i < 2000; i++)
    {
      GVariant *members[8];
      guint n_members = g_test_rand_int_range (0, G_N_ELEMENTS (members));

      for (guint j = 0; j < n_members; j++)
        members[j] = random_variant (&random_variant_small);
      assert_unknown_tuple_replays (g_variant_new_tuple (members, n_members));
    }
}

/* Writes an array of dictionary entries, each with its value first. */
static GVariant *
write_values_before_keys (GVariant *dictionary)
{
  const char *type = g_variant_get_type_string (dictionary);
  const XmlRpcVariantLayout *layout;
  XmlRpcVariantLayouts layouts;
  XmlRpcVariantWriter writer;
  GVariant *written;

  xml_rpc_variant_layouts_init (&layouts);
  xml_rpc_variant_writer_init (&writer);
  layout = xml_rpc_variant_layouts_lookup (&layouts, type, strlen (type));

  xml_rpc_variant_writer_open (&writer, layout);
  for (gsize i = 0; i < g_variant_n_children (dictionary); i++)
    {
      g_autoptr (GVariant) entry = g_variant_get_child_value (dictionary, i);
      g_autoptr (GVariant) key = g_variant_get_child_value (entry, 0);
      g_autoptr (GVariant) value = g_variant_get_child_value (entry, 1);

      xml_rpc_variant_writer_open (&writer, xml_rpc_variant_layout_first (layout));
      replay_value (&writer, &layouts, value);
      xml_rpc_variant_writer_prepend_key (&writer, g_variant_get_data (key), g_variant_get_size (key) - 1);
      xml_rpc_variant_writer_close (&writer);
    }
  xml_rpc_variant_writer_close (&writer);
  written = xml_rpc_variant_writer_end (&writer, layout);

  xml_rpc_variant_writer_clear (&writer);
  xml_rpc_variant_layouts_clear (&layouts);

  return written;
}

static void
assert_key_may_come_last (const RandomVariantLimits *limits,
                          const char                *value_type)
{
  static const char key_kinds[] = { 's', 'o', 'g' };

  for (guint i = 0; i < G_N_ELEMENTS (key_kinds); i++)
    {
      g_autofree char *type = g_strdup_printf ("a{%c%s}", key_kinds[i], value_type);
      g_autoptr (GVariant) dictionary = g_variant_ref_sink (random_variant_of_type (limits, G_VARIANT_TYPE (type)));
      g_autoptr (GVariant) written = write_values_before_keys (dictionary);

      assert_written_alike (dictionary, written);
    }
}

static void
test_key_after_value (void)
{
  static const char * const types[] = {
    "b", "y", "n", "q", "i", "u", "x", "t", "d", "h", "s", "o", "g", "v", "as", "av", "ay", "ad", "a{sv}",
    "mi", "ms", "mv", "mmy", "()", "(yx)", "(sx)", "(os)", "{sv}", "{yx}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      assert_key_may_come_last (&random_variant_small, types[i]);
      assert_key_may_come_last (&random_variant_big, types[i]);
    }
}

static void
test_key_after_random_value (void)
{
  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (GVariantType) type = random_variant_type (&random_variant_small);
      g_autofree char *type_string = g_variant_type_dup_string (type);

      assert_key_may_come_last (&random_variant_small, type_string);
    }
}

/* Variants that are written in one step, between others of any kind. */
static void
write_item (XmlRpcVariantWriter  *writer,
            XmlRpcVariantLayouts *layouts,
            GVariant             *content)
{
  const XmlRpcVariantLayout *layout = xml_rpc_basic_layouts[(guint8) *g_variant_get_type_string (content)];
  guint64 fixed = 0;
  gsize size = g_variant_get_size (content);

  if (layout == NULL || g_variant_get_type_string (content)[1] != '\0')
    {
      xml_rpc_variant_writer_open (writer, xml_rpc_layout_variant);
      replay_value (writer, layouts, content);
      xml_rpc_variant_writer_close (writer);
    }
  else if (layout->kind == 's')
    {
      xml_rpc_variant_writer_begin_variant (writer);
      xml_rpc_buffer_append (&writer->buffer, g_variant_get_data (content), size);
      xml_rpc_variant_writer_end_variant (writer, xml_rpc_layout_variant, layout);
    }
  else
    {
      memcpy (&fixed, g_variant_get_data (content), size);
      xml_rpc_variant_writer_add_in_variant (writer, xml_rpc_layout_variant, layout, &fixed);
    }
}

static void
test_variants_in_one_step (void)
{
  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (GVariant) array = g_variant_ref_sink (random_variant_of_type (&random_variant_small,
                                                                               G_VARIANT_TYPE ("av")));
      g_autoptr (GVariant) written = NULL;
      XmlRpcVariantLayouts layouts;
      XmlRpcVariantWriter writer;

      xml_rpc_variant_layouts_init (&layouts);
      xml_rpc_variant_writer_init (&writer);
      xml_rpc_variant_writer_open (&writer, xml_rpc_layout_array);
      for (gsize j = 0; j < g_variant_n_children (array); j++)
        {
          g_autoptr (GVariant) content = NULL;

          g_variant_get_child (array, j, "v", &content);
          write_item (&writer, &layouts, content);
        }
      xml_rpc_variant_writer_close (&writer);
      written = xml_rpc_variant_writer_end (&writer, xml_rpc_layout_array);
      assert_written_alike (array, written);

      xml_rpc_variant_writer_clear (&writer);
      xml_rpc_variant_layouts_clear (&layouts);
    }
}

static void
test_clear_with_all_open (void)
{
  XmlRpcVariantWriter writer;

  xml_rpc_variant_writer_init (&writer);
  xml_rpc_variant_writer_open_tuple (&writer);
  xml_rpc_variant_writer_open (&writer, xml_rpc_layout_array);
  xml_rpc_variant_writer_open (&writer, xml_rpc_layout_variant);
  xml_rpc_variant_writer_add_string (&writer, xml_rpc_layout_string, "text", 4);
  xml_rpc_variant_writer_clear (&writer);

  g_assert_null (writer.buffer.data);
  g_assert_null (writer.tuple_type);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/variant-writer/random-values", test_random_values);
  g_test_add_func ("/variant-writer/big-random-values", test_big_random_values);
  g_test_add_func ("/variant-writer/small-containers", test_small_containers);
  g_test_add_func ("/variant-writer/offsets-of-one-and-two-bytes", test_offsets_of_one_and_two_bytes);
  g_test_add_func ("/variant-writer/offsets-of-two-and-four-bytes", test_offsets_of_two_and_four_bytes);
  g_test_add_func ("/variant-writer/offsets-of-eight-bytes", test_offsets_of_eight_bytes);
  g_test_add_func ("/variant-writer/thousands-of-elements", test_thousands_of_elements);
  g_test_add_func ("/variant-writer/tuple-of-unknown-type", test_tuple_of_unknown_type);
  g_test_add_func ("/variant-writer/key-after-value", test_key_after_value);
  g_test_add_func ("/variant-writer/key-after-random-value", test_key_after_random_value);
  g_test_add_func ("/variant-writer/variants-in-one-step", test_variants_in_one_step);
  g_test_add_func ("/variant-writer/clear-with-all-open", test_clear_with_all_open);

  return g_test_run ();
}
