/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <xmlrpc-glib/xmlrpc-glib.h>

static const guint8 all_sorts[] = { 0x00, 0xff, 'a', '\r', 0x00, '<', 0x80 };

static void
test_keeps_its_bytes (void)
{
  g_autoptr (XmlRpcBinary) binary = xml_rpc_binary_new_from_data (all_sorts, sizeof all_sorts);
  GBytes *bytes = xml_rpc_binary_get_bytes (binary);

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                   all_sorts, sizeof all_sorts);
}

static void
test_shares_the_bytes (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (all_sorts, sizeof all_sorts);
  g_autoptr (XmlRpcBinary) binary = xml_rpc_binary_new (bytes);
  GVariant *variant = xml_rpc_value_get_variant (XML_RPC_VALUE (binary));

  g_assert_true (g_bytes_get_data (xml_rpc_binary_get_bytes (binary), NULL) == all_sorts);
  g_assert_true (g_variant_get_data (variant) == all_sorts);
}

static void
test_shares_a_part_of_a_large_variant (void)
{
  GVariant *bytes = g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, all_sorts, sizeof all_sorts, 1);
  g_autoptr (GVariant) whole = g_variant_ref_sink (g_variant_new ("(s@ay)", "name", bytes));
  const guint8 *data = g_variant_get_data (whole);
  g_autoptr (GVariant) part = g_variant_get_child_value (whole, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (XmlRpcValue) value = xml_rpc_value_new (part, &error);
  const guint8 *shared = g_bytes_get_data (xml_rpc_binary_get_bytes (XML_RPC_BINARY (value)), NULL);

  g_assert_no_error (error);
  g_assert_true (shared > data && shared < data + g_variant_get_size (whole));
}

static void
test_outlives_the_bytes_it_was_made_from (void)
{
  g_autoptr (XmlRpcBinary) binary = NULL;

  {
    g_autoptr (GBytes) bytes = g_bytes_new (all_sorts, sizeof all_sorts);

    binary = xml_rpc_binary_new (bytes);
  }

  g_assert_cmpmem (g_bytes_get_data (xml_rpc_binary_get_bytes (binary), NULL), sizeof all_sorts,
                   all_sorts, sizeof all_sorts);
}

static void
test_may_be_empty (void)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (XmlRpcBinary) of_null = xml_rpc_binary_new_from_data (NULL, 0);
  g_autoptr (XmlRpcBinary) of_data = xml_rpc_binary_new_from_data (all_sorts, 0);
  g_autoptr (XmlRpcBinary) of_bytes = xml_rpc_binary_new (nothing);
  g_autoptr (XmlRpcBinary) by_default = g_object_new (XML_RPC_TYPE_BINARY, NULL);

  g_assert_cmpuint (g_bytes_get_size (xml_rpc_binary_get_bytes (of_null)), ==, 0);
  g_assert_cmpuint (g_bytes_get_size (xml_rpc_binary_get_bytes (of_data)), ==, 0);
  g_assert_cmpuint (g_bytes_get_size (xml_rpc_binary_get_bytes (of_bytes)), ==, 0);
  g_assert_cmpuint (g_bytes_get_size (xml_rpc_binary_get_bytes (by_default)), ==, 0);
  g_assert_true (xml_rpc_value_equal (XML_RPC_VALUE (of_null), XML_RPC_VALUE (of_bytes)));
}

static void
test_is_a_value (void)
{
  g_autoptr (XmlRpcBinary) binary = xml_rpc_binary_new_from_data (all_sorts, sizeof all_sorts);
  GVariant *variant = xml_rpc_value_get_variant (XML_RPC_VALUE (binary));

  g_assert_cmpint (xml_rpc_value_get_kind (XML_RPC_VALUE (binary)), ==, XML_RPC_VALUE_BASE64);
  g_assert_true (g_variant_is_of_type (variant, G_VARIANT_TYPE_BYTESTRING));
}

static void
test_has_a_property (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (all_sorts, sizeof all_sorts);
  g_autoptr (XmlRpcBinary) binary = g_object_new (XML_RPC_TYPE_BINARY, "bytes", bytes, NULL);
  g_autoptr (GBytes) read = NULL;

  g_object_get (binary, "bytes", &read, NULL);

  g_assert_true (g_bytes_equal (read, bytes));
}

static void
test_refuses_another_kind (void)
{
  g_autoptr (XmlRpcBinary) binary = NULL;

  g_test_expect_message ("xmlrpc-glib", G_LOG_LEVEL_CRITICAL,
                         "XmlRpcBinary cannot hold a GVariant of type av");
  binary = g_object_new (XML_RPC_TYPE_BINARY, "variant", g_variant_new_strv (NULL, 0), NULL);
  g_test_assert_expected_messages ();

  g_assert_cmpuint (g_bytes_get_size (xml_rpc_binary_get_bytes (binary)), ==, 0);
}

static void
test_equality_is_that_of_the_bytes (void)
{
  g_autoptr (XmlRpcBinary) a = xml_rpc_binary_new_from_data (all_sorts, sizeof all_sorts);
  g_autoptr (XmlRpcBinary) b = xml_rpc_binary_new_from_data (all_sorts, sizeof all_sorts);
  g_autoptr (XmlRpcBinary) shorter = xml_rpc_binary_new_from_data (all_sorts, 3);
  g_autoptr (XmlRpcBinary) other = xml_rpc_binary_new_from_data (all_sorts + 1, 3);

  g_assert_true (xml_rpc_value_equal (XML_RPC_VALUE (a), XML_RPC_VALUE (b)));
  g_assert_false (xml_rpc_value_equal (XML_RPC_VALUE (a), XML_RPC_VALUE (shorter)));
  g_assert_false (xml_rpc_value_equal (XML_RPC_VALUE (shorter), XML_RPC_VALUE (other)));
}

static void
test_reads_well (void)
{
  g_autoptr (XmlRpcBinary) binary = xml_rpc_binary_new_from_data (all_sorts, sizeof all_sorts);
  g_autoptr (XmlRpcBinary) single = xml_rpc_binary_new_from_data (all_sorts, 1);
  g_autofree char *text = xml_rpc_value_to_string (XML_RPC_VALUE (binary));
  g_autofree char *single_text = xml_rpc_value_to_string (XML_RPC_VALUE (single));

  g_assert_cmpstr (text, ==, "<7 bytes>");
  g_assert_cmpstr (single_text, ==, "<1 byte>");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/binary/keeps-its-bytes", test_keeps_its_bytes);
  g_test_add_func ("/binary/shares-the-bytes", test_shares_the_bytes);
  g_test_add_func ("/binary/shares-a-part-of-a-large-variant", test_shares_a_part_of_a_large_variant);
  g_test_add_func ("/binary/outlives-the-bytes-it-was-made-from", test_outlives_the_bytes_it_was_made_from);
  g_test_add_func ("/binary/may-be-empty", test_may_be_empty);
  g_test_add_func ("/binary/is-a-value", test_is_a_value);
  g_test_add_func ("/binary/has-a-property", test_has_a_property);
  g_test_add_func ("/binary/refuses-another-kind", test_refuses_another_kind);
  g_test_add_func ("/binary/equality-is-that-of-the-bytes", test_equality_is_that_of_the_bytes);
  g_test_add_func ("/binary/reads-well", test_reads_well);

  return g_test_run ();
}
