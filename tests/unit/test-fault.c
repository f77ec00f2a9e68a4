/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#define MAX_MESSAGE_LENGTH (64 * 1024)

/* Floating. */
static GVariant *
parse (const char *text)
{
  return g_variant_new_parsed (text);
}

/* Through a message, as it comes from a server. */
static GError *
receive (GVariant *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = xml_rpc_encode_fault_value (value, &error);

  g_assert_no_error (error);
  g_assert_null (xml_rpc_decode_response (body, NULL, &error));
  g_assert_nonnull (error);

  return g_steal_pointer (&error);
}

static void
assert_value (const GError *fault,
              const char   *expected)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (parse (expected));

  g_assert_nonnull (xml_rpc_fault_get_value (fault));
  g_assert_cmpvariant (xml_rpc_fault_get_value (fault), value);
}

static void
test_value (void)
{
  static const char * const values[] = {
    "{'faultCode': <4>, 'faultString': <'a'>}",
    "{'faultCode': <'NotFound'>, 'faultString': <'a'>, 'detail': <[<1>, <@mv nothing>]>}",
    "{'faultString': <{'m': <'oops'>}>}",
    "@a{sv} {}",
    "'a'",
    "5",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (GError) received = receive (parse (values[i]));
      g_autoptr (GError) made = xml_rpc_fault_new_from_value (parse (values[i]));

      assert_value (received, values[i]);
      assert_value (made, values[i]);
      g_assert_error (made, XML_RPC_FAULT, received->code);
      g_assert_cmpstr (made->message, ==, received->message);
    }
}

static void
test_value_becomes_natural (void)
{
  g_autoptr (GError) fault =
    xml_rpc_fault_new_from_value (parse ("{'faultCode': <uint16 404>, 'faultString': <'a'>, 'list': <['b']>}"));

  g_assert_error (fault, XML_RPC_FAULT, 404);
  assert_value (fault, "{'faultCode': <404>, 'faultString': <'a'>, 'list': <[<'b'>]>}");
}

static void
test_value_without_form (void)
{
  g_autoptr (GError) fault = xml_rpc_fault_new_from_value (parse ("{1: 'a'}"));

  g_assert_error (fault, XML_RPC_FAULT, XML_RPC_FAULT_OTHER_CODE);
  assert_value (fault, "{1: 'a'}");
}

static void
test_no_value (void)
{
  g_autoptr (GError) fault = g_error_new_literal (XML_RPC_FAULT, 4, "a");
  g_autoptr (GError) copy = g_error_copy (fault);
  g_autoptr (GError) other = g_error_new_literal (XML_RPC_ERROR, 4, "a");

  g_assert_null (xml_rpc_fault_get_value (fault));
  g_assert_null (xml_rpc_fault_get_value (copy));
  g_assert_null (xml_rpc_fault_get_value (other));
}

static void
test_copies (void)
{
  static const char value[] = "{'faultCode': <'a'>, 'faultString': <'b'>}";
  g_autoptr (GError) fault = receive (parse (value));
  g_autoptr (GError) copy = g_error_copy (fault);
  g_autoptr (GError) propagated = NULL;

  g_clear_error (&fault);
  assert_value (copy, value);
  g_assert_error (copy, XML_RPC_FAULT, XML_RPC_FAULT_OTHER_CODE);

  g_propagate_prefixed_error (&propagated, g_steal_pointer (&copy), "while %s: ", "testing");
  assert_value (propagated, value);
  g_assert_cmpstr (propagated->message, ==, "while testing: a: b");
}

/* Of bytes of which four are one character, behind some of one byte. */
static char *
repeat (const char *start,
        gsize       n_characters)
{
  GString *text = g_string_new (start);

  for (gsize i = 0; i < n_characters; i++)
    g_string_append (text, "\360\237\220\215");

  return g_string_free (text, FALSE);
}

static void
test_long_message (void)
{
  static const char * const starts[] = { "", "a", "ab", "abc" };

  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_autofree char *text = repeat (starts[i], 50000);
      g_autoptr (GError) fault = receive (g_variant_new_parsed ("{'faultCode': <4>, 'faultString': <%s>}", text));
      g_autoptr (GVariant) whole = g_variant_lookup_value (xml_rpc_fault_get_value (fault), "faultString", NULL);

      g_assert_cmpuint (strlen (fault->message), ==, MAX_MESSAGE_LENGTH - (4 - i) % 4);
      g_assert_true (g_utf8_validate (fault->message, -1, NULL));
      g_assert_true (g_str_has_prefix (text, fault->message));
      g_assert_cmpstr (g_variant_get_string (whole, NULL), ==, text);
    }
}

static void
test_length_that_fits (void)
{
  g_autofree char *text = repeat ("", MAX_MESSAGE_LENGTH / 4);
  g_autoptr (GError) fault = receive (g_variant_new_parsed ("{'faultCode': <4>, 'faultString': <%s>}", text));

  g_assert_cmpstr (fault->message, ==, text);
}

static void
test_long_code (void)
{
  g_autofree char *code = repeat ("", 50000);
  g_autoptr (GError) fault = receive (g_variant_new_parsed ("{'faultCode': <%s>, 'faultString': <'a'>}", code));

  g_assert_cmpuint (strlen (fault->message), ==, MAX_MESSAGE_LENGTH);
  g_assert_true (g_str_has_prefix (code, fault->message));
}

static void
test_decode_to_json (void)
{
  g_autoptr (GBytes) fault_body = xml_rpc_encode_fault_value (parse ("{'faultCode': <'a'>}"), NULL);
  g_autoptr (GBytes) value_body = xml_rpc_encode_response (parse ("[1, 2]"), NULL);
  g_autoptr (GBytes) broken = g_bytes_new_static ("<", 1);
  g_autofree char *json = NULL;
  g_autofree char *fault = NULL;
  g_autoptr (GError) error = NULL;

  json = xml_rpc_decode_response_json (value_body, &fault, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json, ==, "[1,2]");
  g_assert_null (fault);

  g_assert_null (xml_rpc_decode_response_json (fault_body, &fault, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (fault, ==, "{\"faultCode\":\"a\"}");
  g_clear_pointer (&fault, g_free);

  g_assert_null (xml_rpc_decode_response_json (fault_body, NULL, &error));
  g_assert_error (error, XML_RPC_FAULT, XML_RPC_FAULT_OTHER_CODE);
  assert_value (error, "{'faultCode': <'a'>}");
  g_clear_error (&error);

  g_assert_null (xml_rpc_decode_response_json (broken, &fault, &error));
  g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_NOT_WELL_FORMED);
  g_assert_null (fault);
}

static void
test_value_that_cannot_be_written (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (xml_rpc_encode_fault_value (parse ("{'faultCode': <'\\u0001'>}"), &error));
  g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE);
  g_assert_true (g_str_has_prefix (error->message, "fault.faultCode: "));
}

/* Of the last one that was freed, once somebody has asked. */
static void
test_last_value (void)
{
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GVariant) expected = g_variant_ref_sink (parse ("{'faultCode': <'b'>}"));

  g_error_free (xml_rpc_fault_new_from_value (parse ("{'faultCode': <'before'>}")));
  g_assert_null (xml_rpc_fault_take_last_value ());

  g_error_free (xml_rpc_fault_new_from_value (parse ("{'faultCode': <'a'>}")));
  g_error_free (xml_rpc_fault_new_from_value (parse ("{'faultCode': <'b'>}")));
  g_error_free (g_error_new_literal (XML_RPC_FAULT, 5, "a fault that came from no message"));
  value = xml_rpc_fault_take_last_value ();
  g_assert_cmpvariant (value, expected);
  g_assert_null (xml_rpc_fault_take_last_value ());
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fault/value", test_value);
  g_test_add_func ("/fault/value-becomes-natural", test_value_becomes_natural);
  g_test_add_func ("/fault/value-without-form", test_value_without_form);
  g_test_add_func ("/fault/no-value", test_no_value);
  g_test_add_func ("/fault/copies", test_copies);
  g_test_add_func ("/fault/long-message", test_long_message);
  g_test_add_func ("/fault/length-that-fits", test_length_that_fits);
  g_test_add_func ("/fault/long-code", test_long_code);
  g_test_add_func ("/fault/decode-to-json", test_decode_to_json);
  g_test_add_func ("/fault/value-that-cannot-be-written", test_value_that_cannot_be_written);
  g_test_add_func ("/fault/last-value", test_last_value);

  return g_test_run ();
}
