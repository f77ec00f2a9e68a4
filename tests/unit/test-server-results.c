/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What methods return, and what of it is sent. */

#include <math.h>
#include <string.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "server-caller.h"

static void
return_data (XmlRpcServer     *server,
             XmlRpcInvocation *invocation,
             gpointer          user_data)
{
  xml_rpc_invocation_return_value (invocation, user_data);
}

static GVariant *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  GVariant *value = g_variant_parse (NULL, text, NULL, NULL, &error);

  g_assert_no_error (error);

  return value;
}

static void
test_returns_any_type (void)
{
  static const char * const values[] = {
    "1", "int64 1", "true", "1.5", "'text'", "b'bytes'", "[<1>]", "{'a': <1>}", "@mv nothing",
    "(objectpath '/xmlrpc/dateTime', '19980717T14:08:55')",
    "(objectpath '/xmlrpc/biginteger', '123456789012345678901')",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
      g_autoptr (GVariant) expected = parse (values[i]);
      g_autoptr (GVariant) value = NULL;

      xml_rpc_server_add_method (server, "m", NULL, NULL, return_data, expected, NULL, NULL);
      value = server_caller_call (server, "m", NULL, NULL);
      g_assert_cmpvariant (value, expected);
    }
}

static void
test_returns_what_xml_cannot_carry (void)
{
  GVariant *values[] = {
    g_variant_new_double (NAN),
    g_variant_new_double (INFINITY),
    g_variant_new_string ("\001"),
    g_variant_new_uint64 (G_MAXUINT64),
    g_variant_new_handle (1),
    g_variant_new_parsed ("{1: 2}"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
      g_autoptr (GError) error = NULL;

      xml_rpc_server_add_method (server, "m", NULL, NULL, return_data, values[i], NULL, NULL);
      g_assert_null (server_caller_call (server, "m", NULL, &error));
      g_assert_error (error, XML_RPC_FAULT, XML_RPC_FAULT_INTERNAL_ERROR);
      g_assert_true (g_str_has_prefix (error->message, "The method returned what XML-RPC cannot carry: "));
    }
}

/* Which results fit a type. */
static const struct
{
  const char *type;
  const char *value;
  const char *got;   /* NULL: it fits */
} results[] = {
  { "int", "1", NULL },
  { "i4", "int64 -2147483648", NULL },
  { "int", "int64 2147483648", "i8" },
  { "int", "uint32 4294967295", "i8" },
  { "int", "byte 1", NULL },
  { "int", "uint16 1", NULL },
  { "int", "int16 1", NULL },
  { "int", "uint64 1", NULL },
  { "int", "<<1>>", NULL },
  { "int", "@mi 1", NULL },
  { "int", "1.0", "double" },
  { "int", "true", "boolean" },
  { "int", "'1'", "string" },
  { "int", "@mv nothing", "nil" },
  { "i1", "128", "int" },
  { "i2", "-32768", NULL },
  { "i8", "1", NULL },
  { "i8", "int64 1", NULL },
  { "i8", "uint64 1", NULL },
  { "i8", "1.0", "double" },
  { "double", "1.5", NULL },
  { "double", "1", NULL },
  { "double", "int64 9007199254740993", "i8" },
  { "boolean", "true", NULL },
  { "boolean", "1", "int" },
  { "string", "'a'", NULL },
  { "string", "objectpath '/a'", NULL },
  { "string", "b'a'", "base64" },
  { "base64", "b'a'", NULL },
  { "base64", "[<byte 1>]", "array" },
  { "array", "@av []", NULL },
  { "array", "(1, 'a')", NULL },
  { "array", "@as []", NULL },
  { "array", "@a{sv} {}", "struct" },
  { "struct", "{'a': 1}", NULL },
  { "struct", "@a{sv} {}", NULL },
  { "struct", "[{'a': 1}]", "array" },
  { "struct", "@ma{sv} nothing", "nil" },
  { "nil", "@mv nothing", NULL },
  { "nil", "@mi 1", "int" },
  { "dateTime.iso8601", "(objectpath '/xmlrpc/dateTime', '19980717T14:08:55')", NULL },
  { "dateTime.iso8601", "'19980717T14:08:55'", "string" },
  { "array", "(objectpath '/a', 'b')", NULL },
  { "array", "(objectpath '/xmlrpc/dateTime', '19980717T14:08:55')", "dateTime.iso8601" },
  { "ex:biginteger", "(objectpath '/xmlrpc/biginteger', '5')", NULL },
  { "bigdecimal", "(objectpath '/xmlrpc/biginteger', '5')", "biginteger" },
  { "any", "1.5", NULL },
  { "undefined", "@mv nothing", NULL },
};

static void
test_result_fits_signature (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    {
      const char *signatures[] = { results[i].type, NULL };
      g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
      g_autoptr (GVariant) value = parse (results[i].value);
      g_autoptr (GVariant) returned = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s: %s", results[i].type, results[i].value);
      xml_rpc_server_add_method (server, "m", signatures, NULL, return_data, value, NULL, NULL);
      if (results[i].got != NULL)
        g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_WARNING, "m: expected the method to return *");
      returned = server_caller_call (server, "m", NULL, &error);
      g_test_assert_expected_messages ();
      g_assert_true ((returned == NULL) == (results[i].got != NULL));

      if (results[i].got != NULL)
        {
          const char *name = strcmp (results[i].type, "i4") == 0 ? "int" : results[i].type;
          g_autofree char *expected = NULL;

          name = g_str_has_prefix (name, "ex:") ? name + strlen ("ex:") : name;
          expected = g_strdup_printf ("m: expected the method to return %s, got %s", name, results[i].got);
          g_assert_error (error, XML_RPC_FAULT, XML_RPC_FAULT_INTERNAL_ERROR);
          g_assert_cmpstr (error->message, ==, expected);
        }
    }
}

/* Those of the signatures that the parameters fit, as they came. */
static void
test_result_fits_one_signature (void)
{
  static const char * const signatures[] = { "int,double", "string,int", "array", NULL };
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
  g_autoptr (GVariant) text = parse ("'a'");

  xml_rpc_server_add_method (server, "m", signatures, NULL, return_data, text, NULL, NULL);
  server_caller_assert_returns (server, "m", g_variant_new ("(i)", 1), "'a'");

  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_WARNING, "m: expected the method to return int, got string");
  server_caller_assert_fault (server, "m", g_variant_new ("(d)", 1.0), XML_RPC_FAULT_INTERNAL_ERROR,
                              "m: expected the method to return int, got string");
  g_test_assert_expected_messages ();

  /* There is no other warning. */
  server_caller_assert_fault (server, "m", NULL, XML_RPC_FAULT_INTERNAL_ERROR,
                              "m: expected the method to return array, got string");
  xml_rpc_server_add_method (server, "n", signatures, NULL, return_data, g_variant_ref_sink (g_variant_new_double (1)),
                             (GDestroyNotify) g_variant_unref, NULL);
  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_WARNING,
                         "n: expected the method to return int or string, got double");
  server_caller_assert_fault (server, "n", g_variant_new ("(i)", 1), XML_RPC_FAULT_INTERNAL_ERROR,
                              "n: expected the method to return int or string, got double");
  g_test_assert_expected_messages ();
}

static void
test_unchecked_result (void)
{
  static const char * const signatures[] = { "int", NULL };
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
  g_autoptr (GVariant) text = parse ("'a'");

  xml_rpc_server_add_method_full (server, "m", signatures, NULL, XML_RPC_METHOD_UNCHECKED_RESULT,
                                  return_data, text, NULL, NULL);
  server_caller_assert_returns (server, "m", NULL, "'a'");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/server-results/any-type", test_returns_any_type);
  g_test_add_func ("/server-results/what-xml-cannot-carry", test_returns_what_xml_cannot_carry);
  g_test_add_func ("/server-results/fits-signature", test_result_fits_signature);
  g_test_add_func ("/server-results/fits-one-signature", test_result_fits_one_signature);
  g_test_add_func ("/server-results/unchecked", test_unchecked_result);

  return g_test_run ();
}
