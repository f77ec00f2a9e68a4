/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <xmlrpc-glib/xml-rpc-message.h>

#include "documents.h"
#include "natural-form.h"
#include "random-variant.h"

static void
assert_reads_back (GVariant *floating)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (floating);
  g_autoptr (GVariant) expected = typed_form (value);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = xml_rpc_encode_response (value, &error);
  g_autoptr (GVariant) read = NULL;

  g_assert_no_error (error);
  read = xml_rpc_decode_response (body, g_variant_get_type (value), &error);
  g_assert_no_error (error);
  g_assert_cmpvariant (read, expected);
}

static void
test_random_values_of_their_type (void)
{
  for (guint i = 0; i < 3000; i++)
    assert_reads_back (random_variant (&random_variant_for_xml));
}

static void
test_random_arrays (void)
{
  static const char * const types[] = { "as", "ad", "ax", "ai", "a{si}", "aa{sv}", "a(isd)", "a{sas}", "av", "ami", "ay" };
  const RandomVariantLimits limits = { .depth = 3, .max_children = 100, .max_length = 100, .is_for_xml = TRUE };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      for (guint j = 0; j < 20; j++)
        assert_reads_back (random_variant_of_type (&limits, G_VARIANT_TYPE (types[i])));
    }
}

static void
test_random_params_of_their_type (void)
{
  for (guint i = 0; i < 1000; i++)
    {
      GVariant *members[5];
      gsize n_members = g_test_rand_int_range (0, G_N_ELEMENTS (members));
      g_autoptr (GVariant) params = NULL;
      g_autoptr (GVariant) expected = NULL;
      g_autoptr (GVariant) read = NULL;
      g_autoptr (GBytes) body = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *method_name = NULL;

      for (gsize j = 0; j < n_members; j++)
        members[j] = random_variant (&random_variant_for_xml);
      params = g_variant_ref_sink (g_variant_new_tuple (members, n_members));
      expected = typed_form (params);

      body = xml_rpc_encode_call ("a.b", params, &error);
      g_assert_no_error (error);
      xml_rpc_decode_call (body, g_variant_get_type (params), &method_name, &read, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (method_name, ==, "a.b");
      g_assert_cmpvariant (read, expected);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  documents_for_each (documents_typed, "/decoder-types", document_test);
  g_test_add_func ("/decoder-types/random-values-of-their-type", test_random_values_of_their_type);
  g_test_add_func ("/decoder-types/random-arrays", test_random_arrays);
  g_test_add_func ("/decoder-types/random-params-of-their-type", test_random_params_of_their_type);

  return g_test_run ();
}
