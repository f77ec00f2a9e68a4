/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Compiled and run by test-install.py with what is installed. */

#include <stdlib.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

int
main (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = xml_rpc_encode_response (g_variant_new_string ("installed"), &error);
  g_autoptr (GVariant) value = NULL;

  g_assert_no_error (error);
  value = xml_rpc_decode_response (body, G_VARIANT_TYPE_STRING, &error);
  g_assert_no_error (error);
  g_assert_true (XML_RPC_CHECK_VERSION (1, 0, 0));
  g_print ("%s %u\n", g_variant_get_string (value, NULL), xml_rpc_get_major_version ());

  return EXIT_SUCCESS;
}
