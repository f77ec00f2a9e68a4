/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "random-variant.h"

#include "variant/xml-rpc-variant-layout-private.h"

#include <string.h>

/* GLib keeps alignment and fixed size to itself, but they show. */

/* Bytes of the wrong size stand for a zeroed value where the size is fixed,
 * and for themselves otherwise. */
static gsize
fixed_size_in_glib (const GVariantType *type)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static (NULL, 0);
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_from_bytes (type, nothing, FALSE));

  return g_variant_get_size (value);
}

/* Behind a byte, a value stands at the first place that suits it. */
static gsize
alignment_in_glib (const GVariantType *type)
{
  static const RandomVariantLimits never_empty = { .depth = 4, .min_children = 1, .max_children = 1, .max_length = 2 };
  g_autoptr (GVariant) value = g_variant_ref_sink (random_variant_of_type (&never_empty, type));
  g_autoptr (GVariant) pair = g_variant_ref_sink (g_variant_new ("(y@*)", 1, value));
  g_autoptr (GVariant) second = NULL;
  const guint8 *start = g_variant_get_data (pair);

  second = g_variant_get_child_value (pair, 1);

  return (const guint8 *) g_variant_get_data (second) - start;
}

static const XmlRpcVariantLayout *
assert_layout_describes (const XmlRpcVariantLayout *layout,
                         const GVariantType        *type)
{
  g_autofree char *type_string = g_variant_type_dup_string (type);
  const XmlRpcVariantLayout *child = layout + 1;

  g_assert_cmpmem (layout->type, layout->type_length, type_string, strlen (type_string));
  g_assert_cmpint (layout->kind, ==, type_string[0]);
  g_assert_cmpuint (layout->fixed_size, ==, fixed_size_in_glib (type));
  g_assert_cmpuint (layout->alignment, ==, alignment_in_glib (type));

  if (g_variant_type_is_array (type) || g_variant_type_is_maybe (type))
    {
      child = assert_layout_describes (child, g_variant_type_element (type));
    }
  else if (g_variant_type_is_tuple (type) || g_variant_type_is_dict_entry (type))
    {
      const GVariantType *member = g_variant_type_first (type);

      for (; member != NULL; member = g_variant_type_next (member))
        child = assert_layout_describes (child, member);
    }

  g_assert_true (child == layout + layout->n_layouts);
  g_assert_true (child == xml_rpc_variant_layout_next (layout));

  return child;
}

static void
assert_type_is_described (const char *type)
{
  XmlRpcVariantLayouts layouts;

  xml_rpc_variant_layouts_init (&layouts);
  assert_layout_describes (xml_rpc_variant_layouts_lookup (&layouts, type, strlen (type)), G_VARIANT_TYPE (type));
  xml_rpc_variant_layouts_clear (&layouts);
}

static void
test_random_types (void)
{
  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (GVariantType) type = random_variant_type (&random_variant_small);
      g_autofree char *type_string = g_variant_type_dup_string (type);

      assert_type_is_described (type_string);
    }
}

static void
test_chosen_types (void)
{
  static const char * const types[] = {
    "b", "y", "n", "q", "i", "u", "x", "t", "d", "s", "o", "g", "h", "v", "()", "a()", "m()", "(())", "((y)())",
    "(yx)", "(xy)", "(yny)", "(y(yx)y)", "(ys)", "{yx}", "{xy}", "{sy}", "{ys}", "{bb}", "mx", "my", "mmx", "may", "ax",
    "av", "a{sv}", "ay", "mv", "(os)", "aay", "(((((y)n)i)x)y)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    assert_type_is_described (types[i]);
}

static void
test_layouts_at_hand (void)
{
  assert_layout_describes (xml_rpc_layout_boolean, G_VARIANT_TYPE_BOOLEAN);
  assert_layout_describes (xml_rpc_layout_int32, G_VARIANT_TYPE_INT32);
  assert_layout_describes (xml_rpc_layout_int64, G_VARIANT_TYPE_INT64);
  assert_layout_describes (xml_rpc_layout_double, G_VARIANT_TYPE_DOUBLE);
  assert_layout_describes (xml_rpc_layout_string, G_VARIANT_TYPE_STRING);
  assert_layout_describes (xml_rpc_layout_bytes, G_VARIANT_TYPE_BYTESTRING);
  assert_layout_describes (xml_rpc_layout_variant, G_VARIANT_TYPE_VARIANT);
  assert_layout_describes (xml_rpc_layout_array, G_VARIANT_TYPE ("av"));
  assert_layout_describes (xml_rpc_layout_struct, G_VARIANT_TYPE_VARDICT);
  assert_layout_describes (xml_rpc_layout_nothing, G_VARIANT_TYPE ("mv"));
  assert_layout_describes (xml_rpc_layout_special, G_VARIANT_TYPE ("(os)"));
}

static void
test_each_is_made_once (void)
{
  const XmlRpcVariantLayout *layout;
  XmlRpcVariantLayouts layouts;

  xml_rpc_variant_layouts_init (&layouts);
  layout = xml_rpc_variant_layouts_lookup (&layouts, "(isd) and more", 5);
  g_assert_cmpmem (layout->type, layout->type_length, "(isd)", 5);
  g_assert_true (xml_rpc_variant_layouts_lookup (&layouts, "(isd)", 5) == layout);
  g_assert_true (xml_rpc_variant_layouts_lookup (&layouts, "(iss)", 5) != layout);
  g_assert_true (xml_rpc_variant_layouts_lookup (&layouts, "a{sv}", 5) == xml_rpc_layout_struct);
  xml_rpc_variant_layouts_clear (&layouts);
}

/* A type may come from the network, inside of a variant. */
static void
test_deep_type (void)
{
  g_autofree char *arrays = g_strnfill (100, 'a');
  g_autofree char *type = g_strconcat (arrays, "y", NULL);

  assert_type_is_described (type);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/variant-layout/random-types", test_random_types);
  g_test_add_func ("/variant-layout/chosen-types", test_chosen_types);
  g_test_add_func ("/variant-layout/layouts-at-hand", test_layouts_at_hand);
  g_test_add_func ("/variant-layout/each-is-made-once", test_each_is_made_once);
  g_test_add_func ("/variant-layout/deep-type", test_deep_type);

  return g_test_run ();
}
