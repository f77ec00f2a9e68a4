/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Methods that are called in other threads than that of the server. */

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "raw-client.h"
#include "server-caller.h"
#include "server-fixture.h"

#define CALL "<methodCall><methodName>%s</methodName></methodCall>"

/* What a method waits for. Those who enter count themselves. */
typedef struct
{
  GMutex   mutex;
  GCond    cond;
  guint    n_entered;
  gboolean is_open;
  GThread *released_in;
} Gate;

static Gate *
gate_new (void)
{
  Gate *self = g_new0 (Gate, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);

  return self;
}

static void
gate_free (Gate *self)
{
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Gate, gate_free)

static void
gate_pass (Gate *self)
{
  g_mutex_lock (&self->mutex);
  self->n_entered++;
  g_cond_broadcast (&self->cond);
  while (!self->is_open)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

static void
gate_wait_for (Gate  *self,
               guint  n)
{
  g_mutex_lock (&self->mutex);
  while (self->n_entered < n)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

static gboolean
gate_has_been_entered (Gate *self)
{
  gboolean has_been;

  g_mutex_lock (&self->mutex);
  has_been = self->n_entered > 0;
  g_mutex_unlock (&self->mutex);

  return has_been;
}

static void
gate_open (Gate *self)
{
  g_mutex_lock (&self->mutex);
  self->is_open = TRUE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

static void
note_release (gpointer user_data)
{
  Gate *gate = user_data;

  gate->released_in = g_thread_self ();
}

static void
pass (XmlRpcServer     *server,
      XmlRpcInvocation *invocation,
      gpointer          user_data)
{
  gate_pass (user_data);
  xml_rpc_invocation_return_value (invocation, g_variant_new_boolean (XML_RPC_IS_SERVER (server)));
}

static GThread *main_thread;

static void
tell_thread (XmlRpcServer     *server,
             XmlRpcInvocation *invocation,
             gpointer          user_data)
{
  xml_rpc_invocation_return_value (invocation, g_variant_new_boolean (g_thread_self () == main_thread));
}

static void
drop (XmlRpcServer     *server,
      XmlRpcInvocation *invocation,
      gpointer          user_data)
{
}

static void
fail (XmlRpcServer     *server,
      XmlRpcInvocation *invocation,
      gpointer          user_data)
{
  xml_rpc_invocation_return_fault (invocation, 7, "seven");
}

static void
add (XmlRpcServer     *server,
     const char       *name,
     XmlRpcMethodFunc  func,
     Gate             *gate)
{
  g_assert_true (xml_rpc_server_add_method_full (server, name, NULL, NULL, XML_RPC_METHOD_IN_THREAD,
                                                 func, gate, gate != NULL ? note_release : NULL, NULL));
}

static void
start (XmlRpcServer  *server,
       const char    *name,
       GAsyncResult **result)
{
  g_autoptr (GBytes) request = xml_rpc_encode_call (name, NULL, NULL);

  xml_rpc_server_handle_async (server, request, NULL, server_caller_take_result, result);
}

static void
wait_for_result (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (result);
}

static void
wait_for_release (Gate *gate)
{
  while (gate->released_in == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (gate->released_in == main_thread);
}

static void
test_answers (void)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();

  add (server, "tell", tell_thread, NULL);
  add (server, "drop", drop, NULL);
  add (server, "fail", fail, NULL);
  g_assert_true (xml_rpc_server_add_method_full (server, "here", NULL, NULL, XML_RPC_METHOD_NONE,
                                                 tell_thread, NULL, NULL, NULL));

  for (int i = 0; i < 100; i++)
    server_caller_assert_returns (server, "tell", NULL, "false");
  server_caller_assert_returns (server, "here", NULL, "true");
  server_caller_assert_fault (server, "drop", NULL, XML_RPC_FAULT_INTERNAL_ERROR, "The method drop did not answer");
  server_caller_assert_fault (server, "fail", NULL, 7, "seven");
}

/* And the main loop runs meanwhile. */
static void
test_many_at_once (void)
{
  g_autoptr (Gate) gate = gate_new ();
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
  guint n_threads = g_get_num_processors ();
  guint n_calls = 3 * n_threads;
  g_autofree GAsyncResult **results = g_new0 (GAsyncResult *, n_calls);

  add (server, "pass", pass, gate);
  for (guint i = 0; i < n_calls; i++)
    start (server, "pass", &results[i]);
  gate_wait_for (gate, n_threads);
  server_caller_assert_returns (server, "system.methodHelp", g_variant_new ("(s)", "pass"), "''");
  for (guint i = 0; i < n_calls; i++)
    g_assert_null (results[i]);

  gate_open (gate);
  for (guint i = 0; i < n_calls; i++)
    wait_for_result (&results[i]);
  g_assert_cmpuint (gate->n_entered, ==, n_calls);
  g_clear_object (&server);
  wait_for_release (gate);
}

static void
test_within_multicall (void)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();

  add (server, "tell", tell_thread, NULL);
  add (server, "fail", fail, NULL);
  server_caller_assert_returns (server, "system.multicall",
                                g_variant_new_parsed ("([{'methodName': <'tell'>}, {'methodName': <'fail'>}],)"),
                                "[<[<false>]>, <{'faultCode': <7>, 'faultString': <'seven'>}>]");
}

static void
test_removed_while_called (void)
{
  g_autoptr (Gate) gate = gate_new ();
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
  g_autoptr (GAsyncResult) result = NULL;

  add (server, "pass", pass, gate);
  start (server, "pass", &result);
  gate_wait_for (gate, 1);
  g_assert_true (xml_rpc_server_remove_method (server, "pass"));
  g_assert_null (gate->released_in);

  gate_open (gate);
  wait_for_result (&result);
  wait_for_release (gate);
}

/* All calls are executed, those that wait for a thread too. */
static void
test_server_goes_while_called (void)
{
  g_autoptr (Gate) gate = gate_new ();
  XmlRpcServer *server = xml_rpc_server_new ();
  guint n_calls = 2 * g_get_num_processors ();
  g_autofree GAsyncResult **results = g_new0 (GAsyncResult *, n_calls);

  add (server, "pass", pass, gate);
  for (guint i = 0; i < n_calls; i++)
    start (server, "pass", &results[i]);
  gate_wait_for (gate, 1);
  g_object_unref (server);

  gate_open (gate);
  for (guint i = 0; i < n_calls; i++)
    wait_for_result (&results[i]);
  wait_for_release (gate);
  g_assert_cmpuint (gate->n_entered, ==, n_calls);
}

static gboolean
authorize (XmlRpcServer     *server,
           XmlRpcInvocation *invocation,
           guint            *n_emissions)
{
  g_assert_true (g_thread_self () == main_thread);
  *n_emissions += 1;

  return strcmp (xml_rpc_invocation_get_method_name (invocation), "fail") != 0;
}

static void
finished (XmlRpcServer     *server,
          XmlRpcInvocation *invocation,
          guint64           microseconds,
          guint            *n_emissions)
{
  g_assert_true (g_thread_self () == main_thread);
  *n_emissions += 1;
}

static void
test_signals_are_not_in_threads (void)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
  guint n_emissions = 0;

  add (server, "tell", tell_thread, NULL);
  add (server, "fail", fail, NULL);
  g_signal_connect (server, "authorize-call", G_CALLBACK (authorize), &n_emissions);
  g_signal_connect (server, "call-finished", G_CALLBACK (finished), &n_emissions);
  server_caller_assert_returns (server, "tell", NULL, "false");
  server_caller_assert_fault (server, "fail", NULL, XML_RPC_FAULT_APPLICATION_ERROR, "not authorized");
  g_assert_cmpuint (n_emissions, ==, 4);
}

static void
test_over_http (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = g_strdup_printf (CALL, "tell");

  server_fixture_init (&fixture);
  add (fixture.server, "tell", tell_thread, NULL);
  client = raw_client_new (fixture.port);

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (RawReply) reply = NULL;
      g_autoptr (GVariant) value = NULL;

      raw_client_post (client, "", body, -1);
      reply = raw_client_receive (client);
      value = xml_rpc_decode_response (reply->body, G_VARIANT_TYPE_BOOLEAN, NULL);
      g_assert_false (g_variant_get_boolean (value));
    }
}

static void
test_client_hangs_up (void)
{
  g_autoptr (Gate) gate = gate_new ();
  g_auto (ServerFixture) fixture;
  g_autofree char *body = g_strdup_printf (CALL, "pass");
  RawClient *client;
  guint n_emissions = 0;

  server_fixture_init (&fixture);
  add (fixture.server, "pass", pass, gate);
  g_signal_connect (fixture.server, "call-finished", G_CALLBACK (finished), &n_emissions);
  client = raw_client_new (fixture.port);
  raw_client_post (client, "", body, -1);
  while (!gate_has_been_entered (gate))
    g_main_context_iteration (NULL, FALSE);

  raw_client_free (client);
  gate_open (gate);
  while (n_emissions == 0)
    g_main_context_iteration (NULL, TRUE);
  xml_rpc_server_remove_method (fixture.server, "pass");
  wait_for_release (gate);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  main_thread = g_thread_self ();

  g_test_add_func ("/server-workers/answers", test_answers);
  g_test_add_func ("/server-workers/many-at-once", test_many_at_once);
  g_test_add_func ("/server-workers/within-multicall", test_within_multicall);
  g_test_add_func ("/server-workers/removed-while-called", test_removed_while_called);
  g_test_add_func ("/server-workers/server-goes-while-called", test_server_goes_while_called);
  g_test_add_func ("/server-workers/signals-are-not-in-threads", test_signals_are_not_in_threads);
  g_test_add_func ("/server-workers/over-http", test_over_http);
  g_test_add_func ("/server-workers/client-hangs-up", test_client_hangs_up);

  return g_test_run ();
}
