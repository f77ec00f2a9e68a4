/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <xmlrpc-glib/xmlrpc-glib.h>

static void
test_keeps_its_value (void)
{
  g_autoptr (XmlRpcBoolean) yes = xml_rpc_boolean_new (TRUE);
  g_autoptr (XmlRpcBoolean) no = xml_rpc_boolean_new (FALSE);

  g_assert_true (xml_rpc_boolean_get_value (yes));
  g_assert_false (xml_rpc_boolean_get_value (no));
}

static void
test_any_number_but_zero_is_true (void)
{
  g_autoptr (XmlRpcBoolean) yes = xml_rpc_boolean_new (42);

  g_assert_cmpint (xml_rpc_boolean_get_value (yes), ==, TRUE);
}

static void
test_is_a_value (void)
{
  g_autoptr (XmlRpcBoolean) yes = xml_rpc_boolean_new (TRUE);
  GVariant *variant = xml_rpc_value_get_variant (XML_RPC_VALUE (yes));

  g_assert_cmpint (xml_rpc_value_get_kind (XML_RPC_VALUE (yes)), ==, XML_RPC_VALUE_BOOLEAN);
  g_assert_true (g_variant_is_of_type (variant, G_VARIANT_TYPE_BOOLEAN));
  g_assert_true (g_variant_get_boolean (variant));
}

static void
test_has_a_property (void)
{
  g_autoptr (XmlRpcBoolean) yes = g_object_new (XML_RPC_TYPE_BOOLEAN, "value", TRUE, NULL);
  gboolean value = FALSE;

  g_object_get (yes, "value", &value, NULL);

  g_assert_true (value);
}

static void
test_is_false_by_default (void)
{
  g_autoptr (XmlRpcBoolean) no = g_object_new (XML_RPC_TYPE_BOOLEAN, NULL);

  g_assert_false (xml_rpc_boolean_get_value (no));
}

static void
test_variant_outranks_value (void)
{
  g_autoptr (XmlRpcBoolean) a = g_object_new (XML_RPC_TYPE_BOOLEAN,
                                             "value", FALSE,
                                             "variant", g_variant_new_boolean (TRUE),
                                             NULL);
  g_autoptr (XmlRpcBoolean) b = g_object_new (XML_RPC_TYPE_BOOLEAN,
                                             "variant", g_variant_new_boolean (TRUE),
                                             "value", FALSE,
                                             NULL);

  g_assert_true (xml_rpc_boolean_get_value (a));
  g_assert_true (xml_rpc_boolean_get_value (b));
}

static void
test_refuses_another_kind (void)
{
  g_autoptr (XmlRpcBoolean) boolean = NULL;

  g_test_expect_message ("xmlrpc-glib", G_LOG_LEVEL_CRITICAL,
                         "XmlRpcBoolean cannot hold a GVariant of type s");
  boolean = g_object_new (XML_RPC_TYPE_BOOLEAN, "variant", g_variant_new_string ("true"), NULL);
  g_test_assert_expected_messages ();

  g_assert_false (xml_rpc_boolean_get_value (boolean));
}

static void
test_reads_well (void)
{
  g_autoptr (XmlRpcBoolean) yes = xml_rpc_boolean_new (TRUE);
  g_autoptr (XmlRpcBoolean) no = xml_rpc_boolean_new (FALSE);
  g_autofree char *yes_text = xml_rpc_value_to_string (XML_RPC_VALUE (yes));
  g_autofree char *no_text = xml_rpc_value_to_string (XML_RPC_VALUE (no));

  g_assert_cmpstr (yes_text, ==, "true");
  g_assert_cmpstr (no_text, ==, "false");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/boolean/keeps-its-value", test_keeps_its_value);
  g_test_add_func ("/boolean/any-number-but-zero-is-true", test_any_number_but_zero_is_true);
  g_test_add_func ("/boolean/is-a-value", test_is_a_value);
  g_test_add_func ("/boolean/has-a-property", test_has_a_property);
  g_test_add_func ("/boolean/is-false-by-default", test_is_false_by_default);
  g_test_add_func ("/boolean/variant-outranks-value", test_variant_outranks_value);
  g_test_add_func ("/boolean/refuses-another-kind", test_refuses_another_kind);
  g_test_add_func ("/boolean/reads-well", test_reads_well);

  return g_test_run ();
}
