/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A container above 4 GiB is too much for a test that runs every time. So
 * this one has a writer of its own that takes 20 bytes for 4 GiB: its ends
 * widen there, while the width of framing offsets, which the limit decides
 * above 65,535 bytes only, stays what GLib has for the small values below. */
#include <glib.h>

#define REAL_MAXUINT32 0xffffffffu
#undef G_MAXUINT32
#define G_MAXUINT32 20u
#include "variant/xml-rpc-variant-writer.c"
#undef G_MAXUINT32
#define G_MAXUINT32 REAL_MAXUINT32

#include "random-variant.h"
#include "replay-variant.h"

static void
test_random_values (void)
{
  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (GVariant) value = g_variant_ref_sink (random_variant (&random_variant_small));
      g_autoptr (GVariant) written = replay (value);

      assert_written_alike (value, written);
    }
}

static void
test_ends_widen_in_their_container_only (void)
{
  g_autofree char *text = g_strnfill (30, 'x');
  XmlRpcVariantLayouts layouts;
  XmlRpcVariantWriter writer;

  xml_rpc_variant_layouts_init (&layouts);
  xml_rpc_variant_writer_init (&writer);

  xml_rpc_variant_writer_open (&writer, xml_rpc_variant_layouts_lookup (&layouts, "aas", 3));
  xml_rpc_variant_writer_open (&writer, xml_rpc_variant_layouts_lookup (&layouts, "as", 2));
  xml_rpc_variant_writer_add_string (&writer, xml_rpc_layout_string, "", 0);
  g_assert_false (top_frame (&writer)->has_wide_ends);
  g_assert_cmpuint (writer.n_ends, ==, 1);

  xml_rpc_variant_writer_add_string (&writer, xml_rpc_layout_string, text, strlen (text));
  g_assert_true (top_frame (&writer)->has_wide_ends);
  g_assert_cmpuint (writer.n_ends, ==, 4);
  g_assert_cmpuint (nth_end (&writer, top_frame (&writer), 0), ==, 1);
  g_assert_cmpuint (nth_end (&writer, top_frame (&writer), 1), ==, 32);
  g_assert_false (writer.frames[0].has_wide_ends);

  xml_rpc_variant_writer_clear (&writer);
  xml_rpc_variant_layouts_clear (&layouts);
}

static void
test_key_after_long_value (void)
{
  g_autofree char *text = g_strnfill (30, 'x');
  g_autoptr (GVariant) expected = g_variant_ref_sink (g_variant_new_parsed ("@{sv} {'key', <%s>}", text));
  g_autoptr (GVariant) written = NULL;
  const XmlRpcVariantLayout *entry = xml_rpc_variant_layout_first (xml_rpc_layout_struct);
  XmlRpcVariantWriter writer;

  xml_rpc_variant_writer_init (&writer);
  xml_rpc_variant_writer_open (&writer, entry);
  xml_rpc_variant_writer_open (&writer, xml_rpc_layout_variant);
  xml_rpc_variant_writer_add_string (&writer, xml_rpc_layout_string, text, strlen (text));
  xml_rpc_variant_writer_close (&writer);
  g_assert_true (top_frame (&writer)->has_wide_ends);
  xml_rpc_variant_writer_prepend_key (&writer, "key", 3);
  g_assert_true (top_frame (&writer)->has_wide_ends);
  xml_rpc_variant_writer_close (&writer);
  written = xml_rpc_variant_writer_end (&writer, entry);
  assert_written_alike (expected, written);

  xml_rpc_variant_writer_clear (&writer);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/variant-writer-wide/random-values", test_random_values);
  g_test_add_func ("/variant-writer-wide/ends-widen-in-their-container-only", test_ends_widen_in_their_container_only);
  g_test_add_func ("/variant-writer-wide/key-after-long-value", test_key_after_long_value);

  return g_test_run ();
}
