/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A message, read by us and by Python's xmlrpc.client: the same, or differently
 * for a reason that docs/reading-liberally.md has. */

#include "fuzz.h"

#include <string.h>
#include <xmlrpc-glib/xmlrpc-glib.h>

#include "python-reader.h"

static char *
describe_error (const GError *error)
{
  return g_strdup_printf ("%s %d %s", error->domain == XML_RPC_FAULT ? "fault" : "error", error->code, error->message);
}

static char *
describe_value (const char *kind,
                GVariant   *value)
{
  g_autofree char *json = xml_rpc_variant_to_json (value, NULL);

  g_assert_nonnull (json);

  return g_strconcat (kind, " ", json, NULL);
}

static char *
read_call (GBytes *document)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *method_name = NULL;
  g_autoptr (GVariant) params = NULL;

  if (!xml_rpc_decode_call (document, NULL, &method_name, &params, &error))
    return describe_error (error);

  return describe_value ("call", g_variant_new ("(s@*)", method_name, params));
}

static char *
read_response (GBytes *document)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = xml_rpc_decode_response (document, NULL, &error);

  if (value == NULL)
    return describe_error (error);

  return describe_value ("value", value);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  FuzzInput input = fuzz_input_begin (data, size);
  g_autoptr (GBytes) document = fuzz_input_take_bytes (&input);
  const char *text = g_bytes_get_data (document, NULL);
  gboolean is_call = text != NULL && g_strstr_len (text, g_bytes_get_size (document), "<methodCall") != NULL;
  g_autofree char *read_by_us = is_call ? read_call (document) : read_response (document);
  g_autofree char *difference = python_reader_compare (document, read_by_us);

  g_assert_cmpstr (difference, ==, NULL);

  return 0;
}
