/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "fake-server.h"
#include "server-caller.h"
#include "test-table.h"

/* What the server answers to whom, as GVariant text; a fault to all others. */
static const struct
{
  const char *method_name;
  const char *about;
  const char *reply;
} replies[] = {
  { "system.listMethods", NULL, "['a', 'system.listMethods']" },
  { "system.methodSignature", "one", "[['int', 'string']]" },
  { "system.methodSignature", "two", "[['array'], ['array', 'struct', 'int']]" },
  { "system.methodSignature", "flat", "['array', 'string', 'int']" },
  { "system.methodSignature", "undef", "'undef'" },
  { "system.methodSignature", "nil", "@mv nothing" },
  { "system.methodSignature", "none", "@av []" },
  { "system.methodSignature", "odd", "[<@av []>, <['int']>, <5>, <[<1>]>]" },
  { "system.methodSignature", "number", "5" },
  { "system.methodHelp", "text", "'Adds.'" },
  { "system.methodHelp", "empty", "''" },
  { "system.methodHelp", "nil", "@mv nothing" },
  { "system.methodHelp", "number", "5" },
  { "system.getCapabilities", NULL,
    "{'introspection': <{'specUrl': <'http://example/'>, 'specVersion': <1>}>}" },
};

static const char *
find_reply (const char *method_name,
            GVariant   *params)
{
  const char *about = NULL;

  if (g_variant_n_children (params) > 0)
    g_variant_get_child (params, 0, "&s", &about);

  for (gsize i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      if (strcmp (replies[i].method_name, method_name) == 0 && g_strcmp0 (replies[i].about, about) == 0)
        return replies[i].reply;
    }

  return NULL;
}

static void
answer (FakeConnection *connection,
        gpointer        user_data)
{
  char *text;

  while ((text = fake_connection_read_request (connection)) != NULL)
    {
      g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));
      g_autofree char *method_name = NULL;
      g_autoptr (GVariant) params = NULL;
      const char *reply;
      GError *error = NULL;

      xml_rpc_decode_call (body, NULL, &method_name, &params, &error);
      g_assert_no_error (error);
      reply = find_reply (method_name, params);
      if (reply != NULL)
        {
          fake_connection_return (connection, g_variant_new_parsed (reply));
        }
      else
        {
          g_autoptr (GBytes) fault = xml_rpc_encode_fault (XML_RPC_FAULT_METHOD_NOT_FOUND, "unknown", NULL);

          fake_connection_reply (connection, "200 OK", NULL, fault);
        }
    }
}

typedef struct
{
  FakeServer        *server;
  XmlRpcServerProxy *proxy;
  GAsyncResult      *result;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  GError *error = NULL;

  fixture->server = fake_server_new (answer, NULL);
  fixture->proxy = xml_rpc_server_proxy_new (fake_server_get_uri (fixture->server), &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->result);
  g_object_unref (fixture->proxy);
  fake_server_free (fixture->server);
}

static GAsyncResult *
wait_for_result (Fixture *fixture)
{
  g_clear_object (&fixture->result);
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return fixture->result;
}

static void
assert_strv (GStrv       strv,
             const char *expected)
{
  g_autofree char *joined = strv != NULL ? g_strjoinv (" ", strv) : NULL;

  g_assert_cmpstr (joined, ==, expected);
  g_strfreev (strv);
}

static void
test_list_methods (Fixture       *fixture,
                   gconstpointer  data)
{
  GError *error = NULL;

  assert_strv (xml_rpc_server_proxy_list_methods (fixture->proxy, NULL, &error), "a system.listMethods");
  g_assert_no_error (error);

  xml_rpc_server_proxy_list_methods_async (fixture->proxy, NULL, server_caller_take_result, &fixture->result);
  assert_strv (xml_rpc_server_proxy_list_methods_finish (fixture->proxy, wait_for_result (fixture), &error),
               "a system.listMethods");
  g_assert_no_error (error);
}

static void
test_method_signature (Fixture       *fixture,
                       gconstpointer  data)
{
  static const struct
  {
    const char *about;
    const char *signatures;
  } cases[] = {
    { "one", "int,string" },
    { "two", "array array,struct,int" },
    { "flat", "array,string,int" },
    { "undef", "" },
    { "nil", "" },
    { "none", "" },
    { "odd", "int" },
    { "number", "" },
    { "unknown", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) async_error = NULL;

      assert_strv (xml_rpc_server_proxy_get_method_signature (fixture->proxy, cases[i].about, NULL, &error),
                   cases[i].signatures);

      xml_rpc_server_proxy_get_method_signature_async (fixture->proxy, cases[i].about, NULL,
                                                       server_caller_take_result, &fixture->result);
      assert_strv (xml_rpc_server_proxy_get_method_signature_finish (fixture->proxy, wait_for_result (fixture),
                                                                     &async_error),
                   cases[i].signatures);

      if (cases[i].signatures == NULL)
        {
          g_assert_error (error, XML_RPC_FAULT, XML_RPC_FAULT_METHOD_NOT_FOUND);
          g_assert_error (async_error, XML_RPC_FAULT, XML_RPC_FAULT_METHOD_NOT_FOUND);
        }
    }
}

static void
test_method_help (Fixture       *fixture,
                  gconstpointer  data)
{
  static const struct
  {
    const char *about;
    const char *help;
  } cases[] = {
    { "text", "Adds." },
    { "empty", "" },
    { "nil", "" },
    { "number", NULL },
    { "unknown", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) async_error = NULL;
      g_autofree char *help = xml_rpc_server_proxy_get_method_help (fixture->proxy, cases[i].about, NULL, &error);
      g_autofree char *async_help = NULL;

      xml_rpc_server_proxy_get_method_help_async (fixture->proxy, cases[i].about, NULL,
                                                  server_caller_take_result, &fixture->result);
      async_help = xml_rpc_server_proxy_get_method_help_finish (fixture->proxy, wait_for_result (fixture),
                                                                &async_error);

      g_assert_cmpstr (help, ==, cases[i].help);
      g_assert_cmpstr (async_help, ==, cases[i].help);
      g_assert_true ((error == NULL) == (help != NULL));
      g_assert_true ((async_error == NULL) == (help != NULL));
      if (strcmp (cases[i].about, "number") == 0)
        g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_TYPE_MISMATCH);
    }
}

static void
assert_capabilities (GVariant *capabilities)
{
  g_autoptr (GVariant) owned = capabilities;
  g_autoptr (GVariant) introspection = NULL;
  int version;

  g_assert_cmpstr (g_variant_get_type_string (owned), ==, "a{sv}");
  introspection = g_variant_lookup_value (owned, "introspection", G_VARIANT_TYPE_VARDICT);
  g_assert_true (g_variant_lookup (introspection, "specVersion", "i", &version));
  g_assert_cmpint (version, ==, 1);
}

static void
test_get_capabilities (Fixture       *fixture,
                       gconstpointer  data)
{
  GError *error = NULL;

  assert_capabilities (xml_rpc_server_proxy_get_capabilities (fixture->proxy, NULL, &error));
  xml_rpc_server_proxy_get_capabilities_async (fixture->proxy, NULL, server_caller_take_result, &fixture->result);
  assert_capabilities (xml_rpc_server_proxy_get_capabilities_finish (fixture->proxy,
                                                                     wait_for_result (fixture), &error));
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (xml_rpc_server_proxy_list_methods (fixture->proxy, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  xml_rpc_server_proxy_list_methods_async (fixture->proxy, cancellable, server_caller_take_result, &fixture->result);
  g_assert_null (xml_rpc_server_proxy_list_methods_finish (fixture->proxy, wait_for_result (fixture), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static const TEST_ROW (Fixture) tests[] = {
  { "list-methods", test_list_methods },
  { "method-signature", test_method_signature },
  { "method-help", test_method_help },
  { "get-capabilities", test_get_capabilities },
  { "cancelled", test_cancelled },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  TEST_TABLE_ADD_FIXTURE ("/server-proxy-introspection", tests, Fixture, set_up, tear_down);

  return g_test_run ();
}
