/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <xmlrpc-glib/xmlrpc-glib.h>

static void
test_header_and_library_agree (void)
{
  g_autofree char *version = g_strdup_printf ("%u.%u.%u",
                                              xml_rpc_get_major_version (),
                                              xml_rpc_get_minor_version (),
                                              xml_rpc_get_micro_version ());

  g_assert_cmpstr (version, ==, XML_RPC_VERSION_S);
}

static void
test_check_version (void)
{
  g_assert_true (XML_RPC_CHECK_VERSION (1, 0, 0));
  g_assert_true (xml_rpc_check_version (1, 0, 0));
  g_assert_true (xml_rpc_check_version (0, 99, 99));
  g_assert_false (xml_rpc_check_version (1, 99, 0));
  g_assert_false (xml_rpc_check_version (2, 0, 0));
  g_assert_false (XML_RPC_CHECK_VERSION (2, 0, 0));
}

static void
test_error_domains (void)
{
  g_assert_cmpstr (g_quark_to_string (XML_RPC_ERROR), ==, "xml-rpc-error-quark");
  g_assert_cmpstr (g_quark_to_string (XML_RPC_FAULT), ==, "xml-rpc-fault-quark");
  g_assert_cmpstr (g_quark_to_string (XML_RPC_HTTP_ERROR), ==, "xml-rpc-http-error-quark");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/version/header-and-library-agree", test_header_and_library_agree);
  g_test_add_func ("/version/check-version", test_check_version);
  g_test_add_func ("/version/error-domains", test_error_domains);

  return g_test_run ();
}
