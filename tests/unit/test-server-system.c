/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The methods that a server has by itself. */

#include <math.h>
#include <string.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "server-caller.h"

/* An invocation that is kept to be answered later. */
typedef struct
{
  XmlRpcInvocation *invocation;
  gboolean          is_called;
} Kept;

static void
keep (XmlRpcServer     *server,
      XmlRpcInvocation *invocation,
      gpointer          user_data)
{
  Kept *kept = user_data;

  kept->invocation = g_object_ref (invocation);
  kept->is_called = TRUE;
}

static void
drop (XmlRpcServer     *server,
      XmlRpcInvocation *invocation,
      gpointer          user_data)
{
}

static void
echo (XmlRpcServer     *server,
      XmlRpcInvocation *invocation,
      gpointer          user_data)
{
  g_autoptr (GVariant) param = g_variant_get_child_value (xml_rpc_invocation_get_params (invocation), 0);

  xml_rpc_invocation_return_value (invocation, param);
}

static void
fail (XmlRpcServer     *server,
      XmlRpcInvocation *invocation,
      gpointer          user_data)
{
  xml_rpc_invocation_return_fault (invocation, 4, "four");
}

static void
fail_with (XmlRpcServer     *server,
           XmlRpcInvocation *invocation,
           gpointer          user_data)
{
  xml_rpc_invocation_return_fault_literal (invocation, 4, user_data);
}

static void
return_nan (XmlRpcServer     *server,
            XmlRpcInvocation *invocation,
            gpointer          user_data)
{
  xml_rpc_invocation_return_value (invocation, g_variant_new_double (NAN));
}

/* As deep as a value can be. */
static void
return_deep (XmlRpcServer     *server,
             XmlRpcInvocation *invocation,
             gpointer          user_data)
{
  GVariant *value = g_variant_new_int32 (1);

  for (guint i = 0; i < 40; i++)
    value = g_variant_new_array (G_VARIANT_TYPE_VARIANT, (GVariant *[]) { g_variant_new_variant (value) }, 1);
  xml_rpc_invocation_return_value (invocation, value);
}

static XmlRpcServer *
new_server (void)
{
  static const char * const echo_signatures[] = { "int,int", "double, double", NULL };
  XmlRpcServer *server = xml_rpc_server_new ();

  xml_rpc_server_add_method (server, "z.echo", echo_signatures, "Returns its parameter.", echo, NULL, NULL, NULL);
  xml_rpc_server_add_method (server, "a.fail", NULL, NULL, fail, NULL, NULL, NULL);

  return server;
}

static void
test_list_methods (void)
{
  g_autoptr (XmlRpcServer) server = new_server ();

  server_caller_assert_returns (server, "system.listMethods", NULL,
                                "[<'a.fail'>, <'system.getCapabilities'>, <'system.listMethods'>, "
                                "<'system.methodHelp'>, <'system.methodSignature'>, "
                                "<'system.multicall'>, <'z.echo'>]");
}

static void
test_method_signature (void)
{
  g_autoptr (XmlRpcServer) server = new_server ();

  server_caller_assert_returns (server, "system.methodSignature", g_variant_new ("(s)", "z.echo"),
                                "[<[<'int'>, <'int'>]>, <[<'double'>, <'double'>]>]");
  server_caller_assert_returns (server, "system.methodSignature", g_variant_new ("(s)", "system.methodHelp"),
                                "[<[<'string'>, <'string'>]>]");
  server_caller_assert_returns (server, "system.methodSignature", g_variant_new ("(s)", "a.fail"), "'undef'");
  server_caller_assert_fault (server, "system.methodSignature", g_variant_new ("(s)", "x"),
                              XML_RPC_FAULT_METHOD_NOT_FOUND, "There is no method x");
}

static void
test_method_help (void)
{
  g_autoptr (XmlRpcServer) server = new_server ();

  server_caller_assert_returns (server, "system.methodHelp", g_variant_new ("(s)", "z.echo"),
                                "'Returns its parameter.'");
  server_caller_assert_returns (server, "system.methodHelp", g_variant_new ("(s)", "a.fail"), "''");
  server_caller_assert_fault (server, "system.methodHelp", g_variant_new ("(s)", "x"),
                              XML_RPC_FAULT_METHOD_NOT_FOUND, "There is no method x");
}

/* Each method of the server's own has a signature and a help. */
static void
test_describes_itself (void)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
  g_autoptr (GVariant) names = server_caller_call (server, "system.listMethods", NULL, NULL);

  g_assert_cmpuint (g_variant_n_children (names), ==, 5);
  for (gsize i = 0; i < g_variant_n_children (names); i++)
    {
      g_autoptr (GVariant) name = NULL;
      g_autoptr (GVariant) signatures = NULL;
      g_autoptr (GVariant) help = NULL;

      g_variant_get_child (names, i, "v", &name);
      signatures = server_caller_call (server, "system.methodSignature", g_variant_new_tuple (&name, 1), NULL);
      help = server_caller_call (server, "system.methodHelp", g_variant_new_tuple (&name, 1), NULL);
      g_assert_true (g_variant_is_of_type (signatures, G_VARIANT_TYPE ("av")));
      g_assert_cmpstr (g_variant_get_string (help, NULL), !=, "");
    }
}

static void
assert_capability (GVariant   *capabilities,
                   const char *name,
                   gboolean    is_there)
{
  g_autoptr (GVariant) capability = g_variant_lookup_value (capabilities, name, G_VARIANT_TYPE_VARDICT);
  const char *url;
  int version;

  g_assert_cmpint (capability != NULL, ==, is_there);
  if (!is_there)
    return;

  g_assert_cmpuint (g_variant_n_children (capability), ==, 2);
  g_assert_true (g_variant_lookup (capability, "specUrl", "&s", &url));
  g_assert_true (g_str_has_prefix (url, "http"));
  g_assert_true (g_variant_lookup (capability, "specVersion", "i", &version));
  g_assert_cmpint (version, >, 0);
}

static void
test_get_capabilities (void)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();

  for (int introspection = 0; introspection <= 1; introspection++)
    {
      g_autoptr (GVariant) capabilities = NULL;

      xml_rpc_server_set_introspection (server, introspection);
      capabilities = server_caller_call (server, "system.getCapabilities", NULL, NULL);
      assert_capability (capabilities, "xmlrpc", TRUE);
      assert_capability (capabilities, "faults_interop", TRUE);
      assert_capability (capabilities, "system.multicall", TRUE);
      assert_capability (capabilities, "introspection", introspection);
    }
}

static void
test_without_introspection (void)
{
  static const char * const hidden[] = {
    "system.listMethods", "system.methodSignature", "system.methodHelp",
  };
  g_autoptr (XmlRpcServer) server = new_server ();

  xml_rpc_server_set_introspection (server, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (hidden); i++)
    {
      GVariant *params = i > 0 ? g_variant_new ("(s)", "a.fail") : NULL;
      g_autofree char *message = g_strdup_printf ("There is no method %s", hidden[i]);

      server_caller_assert_fault (server, hidden[i], params, XML_RPC_FAULT_METHOD_NOT_FOUND, message);
    }
  server_caller_assert_returns (server, "system.multicall", g_variant_new_parsed ("(@av [],)"), "@av []");
}

static GVariant *
parse_calls (const char *calls)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) array = g_variant_parse (NULL, calls, NULL, NULL, &error);

  g_assert_no_error (error);

  return g_variant_new_tuple (&array, 1);
}

static void
test_multicall (void)
{
  g_autoptr (XmlRpcServer) server = new_server ();

  server_caller_assert_returns (server, "system.multicall",
                                parse_calls ("[<{'methodName': <'z.echo'>, 'params': <[<1>]>}>,"
                                             " <{'methodName': <'z.echo'>, 'params': <[<2.5>]>}>,"
                                             " <{'methodName': <'system.methodHelp'>, 'params': <[<'a.fail'>]>}>]"),
                                "[<[<1>]>, <[<2.5>]>, <[<''>]>]");
}

static void
test_multicall_of_none (void)
{
  g_autoptr (XmlRpcServer) server = new_server ();

  server_caller_assert_returns (server, "system.multicall", parse_calls ("@av []"), "@av []");
}

static void
test_multicall_isolates_faults (void)
{
  g_autoptr (XmlRpcServer) server = new_server ();

  xml_rpc_server_add_method (server, "drop", NULL, NULL, drop, NULL, NULL, NULL);
  server_caller_assert_returns (server, "system.multicall",
                                parse_calls ("[<{'methodName': <'a.fail'>, 'params': <@av []>}>,"
                                             " <{'methodName': <'z.echo'>, 'params': <[<1>]>}>,"
                                             " <{'methodName': <'z.echo'>, 'params': <[<'x'>]>}>,"
                                             " <{'methodName': <'missing'>, 'params': <@av []>}>,"
                                             " <{'methodName': <'drop'>, 'params': <@av []>}>,"
                                             " <{'methodName': <'z.echo'>, 'params': <[<2>]>}>]"),
                                "[<{'faultCode': <4>, 'faultString': <'four'>}>,"
                                " <[<1>]>,"
                                " <{'faultCode': <-32602>, 'faultString': <'z.echo: expected the parameters (int) or (double), got (string)'>}>,"
                                " <{'faultCode': <-32601>, 'faultString': <'There is no method missing'>}>,"
                                " <{'faultCode': <-32603>, 'faultString': <'The method drop did not respond'>}>,"
                                " <[<2>]>]");
}

static void
assert_only_first_fails (XmlRpcServer *server,
                         int           code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) results = server_caller_call (server, "system.multicall",
                                                     parse_calls ("[<{'methodName': <'bad'>, 'params': <@av []>}>,"
                                                                  " <{'methodName': <'z.echo'>, 'params': <[<1>]>}>]"),
                                                     &error);
  g_autoptr (GVariant) fault = NULL;
  g_autoptr (GVariant) result = NULL;
  g_autofree char *text = NULL;
  int fault_code;

  g_assert_no_error (error);
  g_variant_get_child (results, 0, "v", &fault);
  g_assert_true (g_variant_lookup (fault, "faultCode", "i", &fault_code));
  g_assert_cmpint (fault_code, ==, code);
  g_variant_get_child (results, 1, "v", &result);
  text = g_variant_print (result, FALSE);
  g_assert_cmpstr (text, ==, "[<1>]");
}

static void
test_multicall_isolates_what_xml_cannot_carry (void)
{
  g_autoptr (XmlRpcServer) server = new_server ();

  xml_rpc_server_add_method (server, "bad", NULL, NULL, return_nan, NULL, NULL, NULL);
  assert_only_first_fails (server, XML_RPC_FAULT_INTERNAL_ERROR);

  xml_rpc_server_add_method (server, "bad", NULL, NULL, return_deep, NULL, NULL, NULL);
  assert_only_first_fails (server, XML_RPC_FAULT_INTERNAL_ERROR);

  xml_rpc_server_add_method (server, "bad", NULL, NULL, fail_with, (gpointer) "\001", NULL, NULL);
  assert_only_first_fails (server, 4);

  xml_rpc_server_add_method (server, "bad", NULL, NULL, fail_with, (gpointer) "\377", NULL, NULL);
  assert_only_first_fails (server, 4);
}

static void
test_multicall_does_not_recur (void)
{
  g_autoptr (XmlRpcServer) server = new_server ();

  server_caller_assert_returns (server, "system.multicall",
                                parse_calls ("[<{'methodName': <'system.multicall'>, 'params': <[<@av []>]>}>,"
                                             " <{'methodName': <'z.echo'>, 'params': <[<1>]>}>]"),
                                "[<{'faultCode': <-32602>,"
                                " 'faultString': <'system.multicall within system.multicall is not allowed'>}>,"
                                " <[<1>]>]");
}

static void
test_multicall_of_no_calls (void)
{
  static const char * const calls[] = {
    "[<1>]", "[<'z.echo'>]", "[<@a{sv} {}>]", "[<{'methodName': <1>}>]",
    "[<{'methodName': <'z.echo'>, 'params': <1>}>]", "[<{'methodName': <'z.echo'>, 'params': <{'a': <1>}>}>]",
  };
  g_autoptr (XmlRpcServer) server = new_server ();

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (GVariant) results = server_caller_call (server, "system.multicall", parse_calls (calls[i]), NULL);
      g_autoptr (GVariant) fault = NULL;
      int code;

      g_variant_get_child (results, 0, "v", &fault);
      g_assert_true (g_variant_lookup (fault, "faultCode", "i", &code));
      g_assert_cmpint (code, ==, XML_RPC_FAULT_INVALID_PARAMS);
    }
}

static GVariant *
repeat_call (guint n_calls)
{
  g_autoptr (GVariantBuilder) builder = g_variant_builder_new (G_VARIANT_TYPE ("av"));

  for (guint i = 0; i < n_calls; i++)
    g_variant_builder_add (builder, "v",
                           g_variant_new_parsed ("{'methodName': <'z.echo'>, 'params': <[<%i>]>}", (gint32) i));

  return g_variant_new ("(av)", builder);
}

static void
assert_multicall (XmlRpcServer *server,
                  guint         n_calls)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) results = server_caller_call (server, "system.multicall", repeat_call (n_calls), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_variant_n_children (results), ==, n_calls);
}

static void
test_multicall_limit (void)
{
  g_autoptr (XmlRpcServer) server = new_server ();

  assert_multicall (server, 1000);
  server_caller_assert_fault (server, "system.multicall", repeat_call (1001), XML_RPC_FAULT_INVALID_PARAMS,
                              "expected at most 1000 calls, got 1001");

  xml_rpc_server_set_max_multicall (server, 2);
  assert_multicall (server, 1);
  assert_multicall (server, 2);
  server_caller_assert_fault (server, "system.multicall", repeat_call (3), XML_RPC_FAULT_INVALID_PARAMS,
                              "expected at most 2 calls, got 3");

  xml_rpc_server_set_max_multicall (server, 0);
  assert_multicall (server, 1001);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GBytes **answer = user_data;
  g_autoptr (GError) error = NULL;

  *answer = xml_rpc_server_handle_finish (XML_RPC_SERVER (source), result, &error);
  g_assert_no_error (error);
}

static void
iterate_until_idle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
release (Kept *kept)
{
  xml_rpc_invocation_return_value (kept->invocation,
                                   g_variant_new_string (xml_rpc_invocation_get_method_name (kept->invocation)));
  g_clear_object (&kept->invocation);
}

static void
test_multicall_waits (void)
{
  g_autoptr (XmlRpcServer) server = new_server ();
  g_autoptr (GVariant) params = g_variant_ref_sink (parse_calls ("[<{'methodName': <'one'>, 'params': <@av []>}>,"
                                                                 " <{'methodName': <'z.echo'>, 'params': <[<1>]>}>,"
                                                                 " <{'methodName': <'two'>}>]"));
  g_autoptr (GBytes) request = xml_rpc_encode_call ("system.multicall", params, NULL);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GVariant) results = NULL;
  g_autofree char *text = NULL;
  Kept one = { NULL }, two = { NULL };

  xml_rpc_server_add_method (server, "one", NULL, NULL, keep, &one, NULL, NULL);
  xml_rpc_server_add_method (server, "two", NULL, NULL, keep, &two, NULL, NULL);
  xml_rpc_server_handle_async (server, request, NULL, answered_cb, &answer);

  /* All have begun before any is answered. */
  g_assert_true (one.is_called && two.is_called);
  release (&two);
  iterate_until_idle ();
  g_assert_null (answer);

  release (&one);
  iterate_until_idle ();
  results = xml_rpc_decode_response (answer, NULL, NULL);
  text = g_variant_print (results, FALSE);
  g_assert_cmpstr (text, ==, "[<[<'one'>]>, <[<1>]>, <[<'two'>]>]");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/server-system/list-methods", test_list_methods);
  g_test_add_func ("/server-system/method-signature", test_method_signature);
  g_test_add_func ("/server-system/method-help", test_method_help);
  g_test_add_func ("/server-system/describes-itself", test_describes_itself);
  g_test_add_func ("/server-system/get-capabilities", test_get_capabilities);
  g_test_add_func ("/server-system/without-introspection", test_without_introspection);
  g_test_add_func ("/server-system/multicall", test_multicall);
  g_test_add_func ("/server-system/multicall-of-none", test_multicall_of_none);
  g_test_add_func ("/server-system/multicall-isolates-faults", test_multicall_isolates_faults);
  g_test_add_func ("/server-system/multicall-isolates-what-xml-cannot-carry",
                   test_multicall_isolates_what_xml_cannot_carry);
  g_test_add_func ("/server-system/multicall-does-not-recur", test_multicall_does_not_recur);
  g_test_add_func ("/server-system/multicall-of-no-calls", test_multicall_of_no_calls);
  g_test_add_func ("/server-system/multicall-limit", test_multicall_limit);
  g_test_add_func ("/server-system/multicall-waits", test_multicall_waits);

  return g_test_run ();
}
