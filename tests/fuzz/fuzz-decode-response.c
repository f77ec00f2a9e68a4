/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A line with the expected type, or an empty one, and a response. */

#include "fuzz.h"

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "values/xml-rpc-natural-form-private.h"

/* What has been read can be written, but for numbers that are not finite, and
 * reads as the same. */
static void
assert_comes_back (GVariant *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = xml_rpc_encode_response (value, &error);
  g_autoptr (GVariant) again = NULL;

  if (body == NULL)
    {
      g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE);
      return;
    }

  again = xml_rpc_decode_response (body, NULL, &error);
  g_assert_no_error (error);
  fuzz_assert_same (again, value);
}

/* Reading a value of an expected type is the same as reading it first, and
 * giving it that type after. */
static void
assert_converts (GVariant           *natural,
                 const GVariantType *type,
                 GVariant           *typed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) converted = xml_rpc_natural_form_convert (natural, type, &error);

  if (typed == NULL)
    {
      g_assert_null (converted);
      fuzz_assert_error (error);
      return;
    }

  g_assert_no_error (error);
  fuzz_assert_same (converted, typed);
}

static GVariant *
decode (GBytes             *body,
        const GVariantType *type)
{
  g_autoptr (GError) error = NULL;
  GVariant *value = xml_rpc_decode_response (body, type, &error);

  if (value == NULL)
    {
      fuzz_assert_error (error);
      return NULL;
    }

  g_assert_no_error (error);
  fuzz_assert_normal (value);
  g_assert_true (type == NULL || g_variant_is_of_type (value, type));

  return value;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  FuzzInput input = fuzz_input_begin (data, size);
  g_autoptr (GVariantType) type = fuzz_input_take_type (&input, NULL);
  g_autoptr (GBytes) body = fuzz_input_take_bytes (&input);
  g_autoptr (GVariant) natural = decode (body, NULL);

  if (natural != NULL)
    assert_comes_back (natural);

  if (type != NULL)
    {
      g_autoptr (GVariant) typed = decode (body, type);

      if (natural != NULL)
        assert_converts (natural, type, typed);
    }

  return 0;
}
