/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A line with a type, and the bytes of a GVariant, which may be none of its
 * type: GLib then shows another value, and that is to be written. */

#include "fuzz.h"

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "natural-form.h"

static guint
count_levels (GVariant *value)
{
  guint n_levels = 0;

  if (!g_variant_is_container (value))
    return 1;

  for (gsize i = 0; i < g_variant_n_children (value); i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (value, i);
      const guint n_within = count_levels (child);

      n_levels = MAX (n_levels, n_within);
    }

  return 1 + n_levels;
}

/* GVariant has 128 levels, and the library keeps three for what may be within a value. */
static gboolean
is_too_deep (const GError *error,
             GVariant     *expected)
{
  return g_error_matches (error, XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED) && count_levels (expected) > 125;
}

static void
assert_reads_as (GBytes             *body,
                 const GVariantType *type,
                 GVariant           *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) read = xml_rpc_decode_response (body, type, &error);

  /* What there is none of may be of a type that XML-RPC lacks. */
  if (g_error_matches (error, XML_RPC_ERROR, XML_RPC_ERROR_UNSUPPORTED_TYPE))
    {
      g_assert_nonnull (type);
      return;
    }

  if (is_too_deep (error, expected))
    return;

  g_assert_no_error (error);
  fuzz_assert_normal (read);
  g_assert_cmpvariant (read, expected);
}

static void
check_xml (GVariant *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = xml_rpc_encode_response (value, &error);
  g_autoptr (GVariant) natural = NULL;
  g_autoptr (GVariant) typed = NULL;

  if (body == NULL)
    {
      fuzz_assert_error (error);
      return;
    }

  natural = natural_form (value);
  assert_reads_as (body, NULL, natural);
  typed = typed_form (value);
  assert_reads_as (body, g_variant_get_type (value), typed);
}

static void
check_json (GVariant *value)
{
  g_autofree char *json = xml_rpc_variant_to_json (value, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) natural = NULL;
  g_autoptr (GVariant) read = NULL;
  g_autofree char *again = NULL;

  if (json == NULL)
    return;

  g_assert_true (g_utf8_validate (json, -1, NULL));
  natural = natural_form (value);
  read = xml_rpc_variant_from_json (json, -1, &error);
  g_assert_no_error (error);
  fuzz_assert_normal (read);

  /* Of a number that is none JSON keeps no bits. */
  again = xml_rpc_variant_to_json (read, NULL);
  g_assert_cmpstr (again, ==, json);
  if (!g_variant_equal (read, natural))
    g_assert_nonnull (strstr (json, "{\"$double\":\"NaN\"}"));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  FuzzInput input = fuzz_input_begin (data, size);
  g_autoptr (GVariantType) type = fuzz_input_take_type (&input, NULL);
  g_autoptr (GBytes) bytes = fuzz_input_take_bytes (&input);
  g_autoptr (GVariant) value = NULL;

  if (type == NULL)
    return 0;

  value = g_variant_ref_sink (g_variant_new_from_bytes (type, bytes, FALSE));
  check_xml (value);
  check_json (value);

  return 0;
}
