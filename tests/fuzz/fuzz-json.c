/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A text in JSON: what is read from it is written, in JSON and in XML, and read
 * back as the same. */

#include "fuzz.h"

#include <xmlrpc-glib/xmlrpc-glib.h>

static void
check_json (GVariant *value)
{
  g_autofree char *json = xml_rpc_variant_to_json (value, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) again = NULL;

  g_assert_nonnull (json);
  g_assert_true (g_utf8_validate (json, -1, NULL));
  again = xml_rpc_variant_from_json (json, -1, &error);
  g_assert_no_error (error);
  fuzz_assert_same (again, value);
}

static void
check_xml (GVariant *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = xml_rpc_encode_response (value, &error);
  g_autoptr (GVariant) again = NULL;

  /* There are characters and numbers that XML-RPC lacks. */
  if (body == NULL)
    {
      g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE);
      return;
    }

  again = xml_rpc_decode_response (body, NULL, &error);
  g_assert_no_error (error);
  fuzz_assert_same (again, value);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  FuzzInput input = fuzz_input_begin (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = xml_rpc_variant_from_json ((const char *) input.data, input.size, &error);

  if (value == NULL)
    {
      g_assert_cmpint (error->domain, ==, XML_RPC_ERROR);
      fuzz_assert_error (error);
      return 0;
    }

  g_assert_no_error (error);
  fuzz_assert_normal (value);
  check_json (value);
  check_xml (value);

  return 0;
}
