/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A line with the expected type of the parameters, or an empty one, and a call. */

#include "fuzz.h"

#include <xmlrpc-glib/xmlrpc-glib.h>

/* What has been read can be written, but for numbers that are not finite, and
 * reads as the same. */
static void
assert_comes_back (const char *method_name,
                   GVariant   *params)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = xml_rpc_encode_call (method_name, params, &error);
  g_autoptr (GVariant) params_again = NULL;
  g_autofree char *name_again = NULL;

  if (body == NULL)
    {
      g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE);
      return;
    }

  xml_rpc_decode_call (body, NULL, &name_again, &params_again, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (name_again, ==, method_name);
  fuzz_assert_same (params_again, params);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  FuzzInput input = fuzz_input_begin (data, size);
  g_autoptr (GVariantType) type = fuzz_input_take_type (&input, g_variant_type_is_tuple);
  g_autoptr (GBytes) body = fuzz_input_take_bytes (&input);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) params = NULL;
  g_autofree char *method_name = NULL;

  if (!xml_rpc_decode_call (body, type, &method_name, &params, &error))
    {
      g_assert_null (method_name);
      g_assert_null (params);
      g_assert_cmpint (error->domain, ==, XML_RPC_ERROR);
      fuzz_assert_error (error);
      return 0;
    }

  g_assert_no_error (error);
  g_assert_true (*method_name != '\0' && g_utf8_validate (method_name, -1, NULL));
  fuzz_assert_normal (params);
  if (type == NULL)
    assert_comes_back (method_name, params);
  else
    g_assert_true (g_variant_is_of_type (params, type));

  return 0;
}
