/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The types of parameters and replies that a program can get wrong, or leave open. */

#include <string.h>

#include "both-ways.h"
#include "fake-server.h"

static void
return_text (FakeConnection *connection,
             gpointer        user_data)
{
  char *request;

  while ((request = fake_connection_read_request (connection)) != NULL)
    {
      fake_connection_return (connection, g_variant_new_parsed (user_data));
      g_free (request);
    }
}

static const char * const no_tuples[] = { "1", "'a'", "[1, 2]", "<(1, 2)>", "{'a': 1}", "@mi nothing" };

static void
test_params_are_a_tuple (CallFunc call)
{
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new ("http://127.0.0.1:1/", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (no_tuples); i++)
    {
      g_autoptr (GVariant) params = g_variant_ref_sink (g_variant_new_parsed (no_tuples[i]));
      g_autofree char *message = g_strdup_printf ("params: expected a tuple, with a child for each parameter, "
                                                  "got the type \"%s\"", g_variant_get_type_string (params));
      g_autoptr (GError) error = NULL;

      g_assert_null (call (proxy, "m", params, NULL, NULL, &error));
      g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_TYPE_MISMATCH);
      g_assert_cmpstr (error->message, ==, message);
    }
}

static void
test_params_of_multicall (void)
{
  g_autoptr (FakeServer) server = fake_server_new (return_text, (gpointer) "[<[<1>]>]");
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (fake_server_get_uri (server), NULL);
  g_autoptr (XmlRpcMulticall) multicall = xml_rpc_multicall_new (proxy);
  g_autoptr (XmlRpcMulticall) good = xml_rpc_multicall_new (proxy);
  g_autoptr (GVariant) result = NULL;
  GError *error = NULL;

  xml_rpc_multicall_add (multicall, "a.b", g_variant_new ("(i)", 1), NULL);
  xml_rpc_multicall_add (multicall, "c.d", g_variant_new_int32 (1), NULL);
  g_assert_false (xml_rpc_multicall_execute (multicall, NULL, &error));
  g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_TYPE_MISMATCH);
  g_assert_cmpstr (error->message, ==, "call 1, c.d: params: expected a tuple, with a child for each parameter, "
                                       "got the type \"i\"");
  g_clear_error (&error);
  g_assert_cmpuint (fake_server_get_n_requests (server), ==, 0);

  g_assert_null (xml_rpc_multicall_get_fault (multicall));
  xml_rpc_multicall_add (good, "a", NULL, G_VARIANT_TYPE_ANY);
  g_assert_true (xml_rpc_multicall_execute (good, NULL, &error));
  result = xml_rpc_multicall_get_result (good, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_variant_get_int32 (result), ==, 1);
}

static const struct
{
  const char *value;
  const char *type;
  const char *got;    /* NULL: it fits */
} replies[] = {
  { "1", "*", NULL },
  { "1", "?", NULL },
  { "[<1>, <'a'>]", "a*", NULL },
  { "[<1>, <'a'>]", "*", NULL },
  { "{'a': <1>}", "a{s*}", NULL },
  { "{'a': <1>}", "a*", NULL },
  { "{'a': <1>}", "a{?*}", NULL },
  { "@mv nothing", "m*", NULL },
  { "1", "a*", "i" },
  { "'a'", "a{s*}", "s" },
  { "[<1>]", "a{s*}", "av" },
  { "[<1>]", "r", "av" },
  { "[<1>]", "(i*)", "av" },
  { "[<1>]", "?", "av" },
  { "1", "m*", "i" },
};

static void
test_indefinite_replies (CallFunc call)
{
  for (gsize i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_autoptr (FakeServer) server = fake_server_new (return_text, (gpointer) replies[i].value);
      g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (fake_server_get_uri (server), NULL);
      g_autoptr (GVariant) expected = g_variant_ref_sink (g_variant_new_parsed (replies[i].value));
      g_autoptr (GVariant) value = NULL;
      g_autoptr (GError) error = NULL;

      value = call (proxy, "m", NULL, G_VARIANT_TYPE (replies[i].type), NULL, &error);
      if (replies[i].got == NULL)
        {
          g_assert_no_error (error);
          g_assert_cmpvariant (value, expected);
        }
      else
        {
          g_autofree char *message = g_strdup_printf ("expected a value of the type \"%s\", got one of the type \"%s\"",
                                                      replies[i].type, replies[i].got);

          g_assert_null (value);
          g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_TYPE_MISMATCH);
          g_assert_cmpstr (error->message, ==, message);
        }
    }
}

static void
test_multicall_without_proxy (void)
{
  g_autoptr (XmlRpcMulticall) multicall = g_object_new (XML_RPC_TYPE_MULTICALL, NULL);
  g_autoptr (GError) error = NULL;

  xml_rpc_multicall_add (multicall, "a", NULL, NULL);
  g_assert_false (xml_rpc_multicall_execute (multicall, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED);
}

/* It is one whatever was expected of a value. */
static void
test_fault (void)
{
  g_autoptr (GBytes) body = xml_rpc_encode_fault (4, "no", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (xml_rpc_decode_response (body, G_VARIANT_TYPE ("a*"), &error));
  g_assert_error (error, XML_RPC_FAULT, 4);
}

static void
test_indefinite_params (void)
{
  g_autoptr (GBytes) body = xml_rpc_encode_call ("m", g_variant_new ("(is)", 1, "a"), NULL);
  g_autoptr (GVariant) params = NULL;
  g_autofree char *name = NULL;
  GError *error = NULL;

  g_assert_true (xml_rpc_decode_call (body, G_VARIANT_TYPE ("(i*)"), &name, &params, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (name, ==, "m");
  g_assert_cmpstr (g_variant_get_type_string (params), ==, "(is)");
  g_clear_pointer (&name, g_free);
  g_clear_pointer (&params, g_variant_unref);

  g_assert_false (xml_rpc_decode_call (body, G_VARIANT_TYPE ("(i*i)"), &name, &params, &error));
  g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_TYPE_MISMATCH);
  g_assert_null (name);
  g_clear_error (&error);
}

static const BothWaysTest both_ways[] = {
  { "params-are-a-tuple", test_params_are_a_tuple },
  { "indefinite-replies", test_indefinite_replies },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  both_ways_add ("/server-proxy-types", both_ways, G_N_ELEMENTS (both_ways));
  g_test_add_func ("/server-proxy-types/params-of-multicall", test_params_of_multicall);
  g_test_add_func ("/server-proxy-types/multicall-without-proxy", test_multicall_without_proxy);
  g_test_add_func ("/server-proxy-types/fault", test_fault);
  g_test_add_func ("/server-proxy-types/indefinite-params", test_indefinite_params);

  return g_test_run ();
}
