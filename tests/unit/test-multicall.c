/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "fake-server.h"

/* Each test is run with the synchronous and with the asynchronous function. */
typedef gboolean (*ExecuteFunc) (XmlRpcMulticall  *calls,
                                 GCancellable     *cancellable,
                                 GError          **error);

/* A server that answers each request with the same, and keeps the last. */
typedef struct
{
  GBytes            *answer;
  char              *request;
  FakeServer        *server;
  XmlRpcServerProxy *proxy;
  XmlRpcMulticall   *calls;
} Fixture;

static void
answer_all (FakeConnection *connection,
            gpointer        user_data)
{
  Fixture *fixture = user_data;
  char *request;

  while ((request = fake_connection_read_request (connection)) != NULL)
    {
      g_free (fixture->request);
      fixture->request = request;
      if (!fake_connection_reply (connection, "200 OK", NULL, fixture->answer))
        return;
    }
}

static void
fixture_init_with_answer (Fixture *fixture,
                          GBytes  *answer)
{
  g_autoptr (GError) error = NULL;

  *fixture = (Fixture) { .answer = answer };
  fixture->server = fake_server_new (answer_all, fixture);
  fixture->proxy = xml_rpc_server_proxy_new (fake_server_get_uri (fixture->server), &error);
  g_assert_no_error (error);
  fixture->calls = xml_rpc_multicall_new (fixture->proxy);
}

/* @results: as g_variant_parse() reads them. */
static void
fixture_init (Fixture    *fixture,
              const char *results)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = g_variant_parse (NULL, results, NULL, NULL, &error);

  g_assert_no_error (error);
  fixture_init_with_answer (fixture, xml_rpc_encode_response (value, NULL));
}

static void
fixture_clear (Fixture *fixture)
{
  g_object_unref (fixture->calls);
  g_object_unref (fixture->proxy);
  fake_server_free (fixture->server);
  g_bytes_unref (fixture->answer);
  g_free (fixture->request);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GAsyncResult **slot = user_data;

  *slot = g_object_ref (result);
}

static gboolean
execute_async (XmlRpcMulticall  *calls,
               GCancellable     *cancellable,
               GError          **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  xml_rpc_multicall_execute_async (calls, cancellable, done_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return xml_rpc_multicall_execute_finish (calls, result, error);
}

static void
execute_ok (ExecuteFunc      execute,
            XmlRpcMulticall *calls)
{
  g_autoptr (GError) error = NULL;
  gboolean executed = execute (calls, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (executed);
}

static void
assert_prints (GVariant   *value,
               const char *expected)
{
  g_autofree char *text = g_variant_print (value, TRUE);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_result (XmlRpcMulticall *calls,
               guint            index,
               const char      *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = xml_rpc_multicall_get_result (calls, index, &error);

  g_assert_no_error (error);
  assert_prints (value, expected);
}

static void
assert_no_result (XmlRpcMulticall *calls,
                  guint            index,
                  GQuark           domain,
                  int              code,
                  const char      *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (xml_rpc_multicall_get_result (calls, index, &error));
  g_assert_error (error, domain, code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_add_counts (void)
{
  g_auto (Fixture) fixture;

  fixture_init (&fixture, "@av []");

  g_assert_cmpuint (xml_rpc_multicall_get_n_calls (fixture.calls), ==, 0);
  g_assert_cmpuint (xml_rpc_multicall_add (fixture.calls, "a", NULL, NULL), ==, 0);
  g_assert_cmpuint (xml_rpc_multicall_add (fixture.calls, "a", NULL, NULL), ==, 1);
  g_assert_cmpuint (xml_rpc_multicall_add (fixture.calls, "b", NULL, NULL), ==, 2);
  g_assert_cmpuint (xml_rpc_multicall_get_n_calls (fixture.calls), ==, 3);
}

static void
test_proxy_property (void)
{
  g_auto (Fixture) fixture;
  g_autoptr (XmlRpcServerProxy) proxy = NULL;

  fixture_init (&fixture, "@av []");
  g_object_get (fixture.calls, "proxy", &proxy, NULL);

  g_assert_true (proxy == fixture.proxy);
}

static void
test_is_one_request (ExecuteFunc execute)
{
  g_auto (Fixture) fixture;
  g_autofree char *method_name = NULL;
  g_autoptr (GVariant) params = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  fixture_init (&fixture, "[<[<1>]>, <[<2>]>, <[<3>]>]");
  xml_rpc_multicall_add (fixture.calls, "none", NULL, NULL);
  xml_rpc_multicall_add (fixture.calls, "two", g_variant_new ("(ias)", 5, NULL), NULL);
  /* These are two strings, and not the date-time that such a value would be. */
  xml_rpc_multicall_add (fixture.calls, "special", g_variant_new ("(os)", "/xmlrpc/dateTime", "x"), NULL);
  execute_ok (execute, fixture.calls);

  g_assert_cmpuint (fake_server_get_n_requests (fixture.server), ==, 1);
  body = g_bytes_new (fixture.request, strlen (fixture.request));
  xml_rpc_decode_call (body, NULL, &method_name, &params, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (method_name, ==, "system.multicall");
  assert_prints (params, "([<{'methodName': <'none'>, 'params': <@av []>}>, "
                         "<{'methodName': <'two'>, 'params': <[<5>, <@av []>]>}>, "
                         "<{'methodName': <'special'>, 'params': <[<'/xmlrpc/dateTime'>, <'x'>]>}>],)");
}

static void
test_results_have_their_types (ExecuteFunc execute)
{
  g_auto (Fixture) fixture;

  fixture_init (&fixture, "[<[<1>]>, <[<1>]>, <[<[<'a'>, <'b'>]>]>, <[<{'n': <1>}>]>, <[<@mv nothing>]>]");
  xml_rpc_multicall_add (fixture.calls, "a", NULL, NULL);
  xml_rpc_multicall_add (fixture.calls, "b", NULL, G_VARIANT_TYPE_DOUBLE);
  xml_rpc_multicall_add (fixture.calls, "c", NULL, G_VARIANT_TYPE_STRING_ARRAY);
  xml_rpc_multicall_add (fixture.calls, "d", NULL, G_VARIANT_TYPE ("a{sx}"));
  xml_rpc_multicall_add (fixture.calls, "e", NULL, G_VARIANT_TYPE ("ms"));
  execute_ok (execute, fixture.calls);

  assert_result (fixture.calls, 0, "1");
  assert_result (fixture.calls, 1, "1.0");
  assert_result (fixture.calls, 2, "['a', 'b']");
  assert_result (fixture.calls, 3, "{'n': int64 1}");
  assert_result (fixture.calls, 4, "@ms nothing");
}

static void
test_fault_is_of_one_call (ExecuteFunc execute)
{
  g_auto (Fixture) fixture;

  fixture_init (&fixture, "[<[<1>]>, <{'faultCode': <4>, 'faultString': <'no'>}>, <[<3>]>]");
  xml_rpc_multicall_add (fixture.calls, "a", NULL, G_VARIANT_TYPE_INT32);
  xml_rpc_multicall_add (fixture.calls, "b", NULL, G_VARIANT_TYPE_INT32);
  xml_rpc_multicall_add (fixture.calls, "c", NULL, G_VARIANT_TYPE_INT32);
  execute_ok (execute, fixture.calls);

  assert_result (fixture.calls, 0, "1");
  assert_no_result (fixture.calls, 1, XML_RPC_FAULT, 4, "no");
  assert_result (fixture.calls, 2, "3");
}

static void
test_faults_of_any_form (ExecuteFunc execute)
{
  g_auto (Fixture) fixture;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  g_autofree char *fault = NULL;

  fixture_init (&fixture, "[<[<1>]>, <{'faultCode': <'Client'>, 'faultString': <'denied'>}>, "
                          "<{'faultString': <@mv nothing>}>]");
  for (guint i = 0; i < 3; i++)
    xml_rpc_multicall_add (fixture.calls, "m", NULL, G_VARIANT_TYPE_INT32);
  execute_ok (execute, fixture.calls);

  assert_no_result (fixture.calls, 1, XML_RPC_FAULT, XML_RPC_FAULT_OTHER_CODE, "Client: denied");
  assert_no_result (fixture.calls, 2, XML_RPC_FAULT, XML_RPC_FAULT_OTHER_CODE, "{faultString: nil}");

  g_assert_null (xml_rpc_multicall_get_result (fixture.calls, 1, &error));
  assert_prints (xml_rpc_fault_get_value (error), "{'faultCode': <'Client'>, 'faultString': <'denied'>}");
  g_clear_error (&error);

  json = xml_rpc_multicall_get_result_json (fixture.calls, 0, &fault, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json, ==, "1");
  g_assert_null (fault);
  g_assert_null (xml_rpc_multicall_get_result_json (fixture.calls, 1, &fault, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (fault, ==, "{\"faultCode\":\"Client\",\"faultString\":\"denied\"}");
  g_assert_null (xml_rpc_multicall_get_result_json (fixture.calls, 1, NULL, &error));
  g_assert_error (error, XML_RPC_FAULT, XML_RPC_FAULT_OTHER_CODE);
  g_assert_null (xml_rpc_multicall_get_fault (fixture.calls));
}

static void
test_mismatch_is_of_one_call (ExecuteFunc execute)
{
  g_auto (Fixture) fixture;

  fixture_init (&fixture, "[<[<[<1>, <'two'>]>]>, <[<2>]>, <[<3>]>]");
  xml_rpc_multicall_add (fixture.calls, "a.b", NULL, G_VARIANT_TYPE ("ai"));
  xml_rpc_multicall_add (fixture.calls, "c", NULL, G_VARIANT_TYPE ("a{is}"));
  xml_rpc_multicall_add (fixture.calls, "d", NULL, NULL);
  execute_ok (execute, fixture.calls);

  assert_no_result (fixture.calls, 0, XML_RPC_ERROR, XML_RPC_ERROR_TYPE_MISMATCH,
                    "call 0 (a.b): [1]: expected int, got string");
  assert_no_result (fixture.calls, 1, XML_RPC_ERROR, XML_RPC_ERROR_UNSUPPORTED_TYPE,
                    "call 1 (c): XML-RPC has no form for the expected type \"{is}\"");
  assert_result (fixture.calls, 2, "3");
}

static void
test_no_result_at_all (ExecuteFunc execute)
{
  g_auto (Fixture) fixture;

  fixture_init (&fixture, "[<'a'>, <@av []>, <[<1>, <2>]>, <{'code': <1>}>]");
  for (guint i = 0; i < 4; i++)
    xml_rpc_multicall_add (fixture.calls, "m", NULL, NULL);
  execute_ok (execute, fixture.calls);

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *call = g_strdup_printf ("call %u (m): expected ", i);

      g_assert_null (xml_rpc_multicall_get_result (fixture.calls, i, &error));
      g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_MESSAGE);
      g_assert_true (g_str_has_prefix (error->message, call));
      if (i == 0)
        g_assert_true (g_str_has_suffix (error->message, "an array of one value or a fault, got string"));
    }
}

static void
test_wrong_number_of_results (ExecuteFunc execute)
{
  for (guint n_calls = 0; n_calls <= 3; n_calls++)
    {
      g_auto (Fixture) fixture;
      g_autoptr (GError) error = NULL;

      fixture_init (&fixture, "[<[<1>]>, <[<2>]>]");
      for (guint i = 0; i < n_calls; i++)
        xml_rpc_multicall_add (fixture.calls, "m", NULL, NULL);

      g_assert_cmpint (execute (fixture.calls, NULL, &error), ==, n_calls == 2);
      if (n_calls == 2)
        continue;
      g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_MESSAGE);
      if (n_calls > 0)
        assert_no_result (fixture.calls, 0, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED,
                          "call 0 (m) has not been executed");
    }
}

static void
test_server_without_multicall (ExecuteFunc execute)
{
  g_auto (Fixture) fixture;
  g_autoptr (GError) error = NULL;

  fixture_init_with_answer (&fixture, xml_rpc_encode_fault (XML_RPC_FAULT_METHOD_NOT_FOUND, "unknown", NULL));
  xml_rpc_multicall_add (fixture.calls, "m", NULL, NULL);

  g_assert_false (execute (fixture.calls, NULL, &error));
  g_assert_error (error, XML_RPC_FAULT, XML_RPC_FAULT_METHOD_NOT_FOUND);
  g_assert_cmpstr (error->message, ==, "The server does not have system.multicall: unknown");
}

static void
test_other_fault (ExecuteFunc execute)
{
  g_auto (Fixture) fixture;
  g_autoptr (GError) error = NULL;

  fixture_init_with_answer (&fixture, xml_rpc_encode_fault (4, "too many", NULL));
  xml_rpc_multicall_add (fixture.calls, "m", NULL, NULL);

  g_assert_false (execute (fixture.calls, NULL, &error));
  g_assert_error (error, XML_RPC_FAULT, 4);
  g_assert_cmpstr (error->message, ==, "too many");
  g_assert_true (xml_rpc_multicall_get_fault (fixture.calls) == xml_rpc_fault_get_value (error));
  assert_prints (xml_rpc_multicall_get_fault (fixture.calls), "{'faultCode': <4>, 'faultString': <'too many'>}");
}

static void
test_executes_again (ExecuteFunc execute)
{
  g_auto (Fixture) fixture;

  fixture_init (&fixture, "[<[<1>]>, <[<2>]>]");
  xml_rpc_multicall_add (fixture.calls, "m", NULL, NULL);
  g_assert_false (execute (fixture.calls, NULL, NULL));
  xml_rpc_multicall_add (fixture.calls, "m", NULL, NULL);
  execute_ok (execute, fixture.calls);
  execute_ok (execute, fixture.calls);
  xml_rpc_multicall_add (fixture.calls, "late", NULL, NULL);

  g_assert_cmpuint (fake_server_get_n_requests (fixture.server), ==, 3);
  assert_result (fixture.calls, 1, "2");
  assert_no_result (fixture.calls, 2, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED,
                    "call 2 (late) has not been executed");
}

static void
test_failure_drops_old_results (ExecuteFunc execute)
{
  g_auto (Fixture) fixture;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  fixture_init (&fixture, "[<[<1>]>]");
  xml_rpc_multicall_add (fixture.calls, "m", NULL, NULL);
  execute_ok (execute, fixture.calls);

  g_cancellable_cancel (cancellable);
  g_assert_false (execute (fixture.calls, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_no_result (fixture.calls, 0, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED,
                    "call 0 (m) has not been executed");
}

static void
test_add_while_executing (void)
{
  g_auto (Fixture) fixture;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture_init (&fixture, "[<[<1>]>]");
  xml_rpc_multicall_add (fixture.calls, "m", NULL, NULL);
  xml_rpc_multicall_execute_async (fixture.calls, NULL, done_cb, &result);
  xml_rpc_multicall_add (fixture.calls, "late", NULL, NULL);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  xml_rpc_multicall_execute_finish (fixture.calls, result, &error);

  g_assert_no_error (error);
  assert_result (fixture.calls, 0, "1");
  assert_no_result (fixture.calls, 1, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED,
                    "call 1 (late) has not been executed");
}

static const struct
{
  const char *name;
  void      (*test) (ExecuteFunc execute);
} tests[] = {
  { "is-one-request", test_is_one_request },
  { "results-have-their-types", test_results_have_their_types },
  { "fault-is-of-one-call", test_fault_is_of_one_call },
  { "faults-of-any-form", test_faults_of_any_form },
  { "mismatch-is-of-one-call", test_mismatch_is_of_one_call },
  { "no-result-at-all", test_no_result_at_all },
  { "wrong-number-of-results", test_wrong_number_of_results },
  { "server-without-multicall", test_server_without_multicall },
  { "other-fault", test_other_fault },
  { "executes-again", test_executes_again },
  { "failure-drops-old-results", test_failure_drops_old_results },
};

static void
run_sync (gconstpointer index)
{
  tests[GPOINTER_TO_SIZE (index)].test (xml_rpc_multicall_execute);
}

static void
run_async (gconstpointer index)
{
  tests[GPOINTER_TO_SIZE (index)].test (execute_async);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/multicall/add-counts", test_add_counts);
  g_test_add_func ("/multicall/proxy-property", test_proxy_property);
  g_test_add_func ("/multicall/add-while-executing", test_add_while_executing);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *sync_path = g_strdup_printf ("/multicall/sync/%s", tests[i].name);
      g_autofree char *async_path = g_strdup_printf ("/multicall/async/%s", tests[i].name);

      g_test_add_data_func (sync_path, GSIZE_TO_POINTER (i), run_sync);
      g_test_add_data_func (async_path, GSIZE_TO_POINTER (i), run_async);
    }

  return g_test_run ();
}
