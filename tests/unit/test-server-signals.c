/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Who may call what, and what is told of calls that are over. */

#include <math.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "raw-client.h"
#include "server-caller.h"
#include "server-fixture.h"

#define CALL "<methodCall><methodName>%s</methodName></methodCall>"

static void
echo (XmlRpcServer     *server,
      XmlRpcInvocation *invocation,
      gpointer          user_data)
{
  xml_rpc_invocation_return_value (invocation, g_variant_new_string ("done"));
}

static void
return_nan (XmlRpcServer     *server,
            XmlRpcInvocation *invocation,
            gpointer          user_data)
{
  xml_rpc_invocation_return_value (invocation, g_variant_new_double (NAN));
}

static void
drop (XmlRpcServer     *server,
      XmlRpcInvocation *invocation,
      gpointer          user_data)
{
}

static void
keep (XmlRpcServer     *server,
      XmlRpcInvocation *invocation,
      gpointer          user_data)
{
  XmlRpcInvocation **kept = user_data;

  *kept = g_object_ref (invocation);
}

static gpointer
answer_in_thread (gpointer user_data)
{
  g_autoptr (XmlRpcInvocation) invocation = user_data;

  xml_rpc_invocation_return_value (invocation, NULL);

  return NULL;
}

static void
answer_from_thread (XmlRpcServer     *server,
                    XmlRpcInvocation *invocation,
                    gpointer          user_data)
{
  g_thread_unref (g_thread_new ("answer", answer_in_thread, g_object_ref (invocation)));
}

static XmlRpcServer *
server_new (void)
{
  static const char * const signatures[] = { "string,int", NULL };
  XmlRpcServer *server = xml_rpc_server_new ();

  xml_rpc_server_add_method (server, "echo", NULL, NULL, echo, NULL, NULL, NULL);
  xml_rpc_server_add_method (server, "typed", signatures, NULL, echo, NULL, NULL, NULL);
  xml_rpc_server_add_method (server, "nan", NULL, NULL, return_nan, NULL, NULL, NULL);
  xml_rpc_server_add_method (server, "drop", NULL, NULL, drop, NULL, NULL, NULL);
  xml_rpc_server_add_method (server, "thread", NULL, NULL, answer_from_thread, NULL, NULL, NULL);

  return server;
}

static void
call (XmlRpcServer *server,
      const char   *method_name,
      const char   *params)
{
  g_autoptr (GVariant) parsed = g_variant_parse (NULL, params, NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = server_caller_call (server, method_name, parsed, &error);
}

static gboolean
note_name (XmlRpcServer     *server,
           XmlRpcInvocation *invocation,
           GString          *names)
{
  g_string_append_printf (names, "%s ", xml_rpc_invocation_get_method_name (invocation));

  return TRUE;
}

static gboolean
refuse (XmlRpcServer     *server,
        XmlRpcInvocation *invocation,
        gpointer          user_data)
{
  return FALSE;
}

static gboolean
refuse_in_its_own_words (XmlRpcServer     *server,
                         XmlRpcInvocation *invocation,
                         gpointer          returned)
{
  xml_rpc_invocation_return_fault (invocation, 7, "Not today.");

  return GPOINTER_TO_INT (returned);
}

static void
test_all_methods_are_asked_about (void)
{
  g_autoptr (XmlRpcServer) server = server_new ();
  g_autoptr (GString) names = g_string_new (NULL);

  g_signal_connect (server, "authorize-call", G_CALLBACK (note_name), names);
  call (server, "echo", "()");
  call (server, "system.listMethods", "()");
  call (server, "system.multicall", "([{'methodName': <'typed'>, 'params': <[<1>]>}, {'methodName': <'echo'>},"
                                    "  {'methodName': <'nowhere'>}, {'methodName': <'typed'>}, {'a': <1>},"
                                    "  {'methodName': <'system.multicall'>}],)");
  call (server, "nowhere", "()");
  call (server, "typed", "('one',)");

  g_assert_cmpstr (names->str, ==, "echo system.listMethods system.multicall typed echo ");
}

/* In the types of the signature. */
static gboolean
expect_double (XmlRpcServer     *server,
               XmlRpcInvocation *invocation,
               gpointer          user_data)
{
  return g_variant_is_of_type (xml_rpc_invocation_get_params (invocation), G_VARIANT_TYPE ("(d)"));
}

static void
test_parameters_are_checked_before (void)
{
  static const char * const signatures[] = { "string,double", NULL };
  g_autoptr (XmlRpcServer) server = server_new ();

  xml_rpc_server_add_method (server, "typed", signatures, NULL, echo, NULL, NULL, NULL);
  g_signal_connect (server, "authorize-call", G_CALLBACK (expect_double), NULL);
  server_caller_assert_returns (server, "typed", g_variant_new ("(i)", 1), "'done'");
}

static void
test_refused (void)
{
  g_autoptr (XmlRpcServer) server = server_new ();

  g_signal_connect (server, "authorize-call", G_CALLBACK (refuse), NULL);
  server_caller_assert_fault (server, "echo", NULL, XML_RPC_FAULT_APPLICATION_ERROR, "not authorized");
  server_caller_assert_fault (server, "system.listMethods", NULL, XML_RPC_FAULT_APPLICATION_ERROR, "not authorized");
  server_caller_assert_fault (server, "nowhere", NULL, XML_RPC_FAULT_METHOD_NOT_FOUND, "There is no method nowhere");

  g_signal_handlers_disconnect_by_func (server, refuse, NULL);
  server_caller_assert_returns (server, "echo", NULL, "'done'");
}

/* Also when it lets the call pass, by mistake. */
static void
test_refused_in_its_own_words (gconstpointer returned)
{
  g_autoptr (XmlRpcServer) server = server_new ();

  g_signal_connect (server, "authorize-call", G_CALLBACK (refuse_in_its_own_words), (gpointer) returned);
  server_caller_assert_fault (server, "echo", NULL, 7, "Not today.");
}

static void
test_first_refusal_wins (void)
{
  g_autoptr (XmlRpcServer) server = server_new ();
  g_autoptr (GString) before = g_string_new (NULL);
  g_autoptr (GString) after = g_string_new (NULL);

  g_signal_connect (server, "authorize-call", G_CALLBACK (note_name), before);
  g_signal_connect (server, "authorize-call", G_CALLBACK (refuse), NULL);
  g_signal_connect (server, "authorize-call", G_CALLBACK (note_name), after);
  server_caller_assert_fault (server, "echo", NULL, XML_RPC_FAULT_APPLICATION_ERROR, "not authorized");

  g_assert_cmpstr (before->str, ==, "echo ");
  g_assert_cmpstr (after->str, ==, "");
}

static void
append_call (GString          *log,
             XmlRpcInvocation *invocation)
{
  const GError *fault = xml_rpc_invocation_get_fault (invocation);

  g_string_append (log, xml_rpc_invocation_get_method_name (invocation));
  if (fault != NULL)
    {
      g_assert_error (fault, XML_RPC_FAULT, fault->code);
      g_string_append_printf (log, "=%d", fault->code);
    }
  g_string_append_c (log, ' ');
}

static void
note_end (XmlRpcServer     *server,
          XmlRpcInvocation *invocation,
          guint64           microseconds,
          gpointer          user_data)
{
  g_assert_cmpuint (microseconds, <, G_USEC_PER_SEC * 60);
  append_call (user_data, invocation);
}

static void
test_finished (void)
{
  g_autoptr (XmlRpcServer) server = server_new ();
  g_autoptr (GString) log = g_string_new (NULL);

  g_signal_connect (server, "call-finished", G_CALLBACK (note_end), log);
  call (server, "echo", "()");
  call (server, "nowhere", "()");
  call (server, "typed", "('one',)");
  call (server, "nan", "()");
  call (server, "drop", "()");
  call (server, "thread", "()");
  g_signal_connect (server, "authorize-call", G_CALLBACK (refuse), NULL);
  call (server, "echo", "()");

  g_assert_cmpstr (log->str, ==, "echo nowhere=-32601 typed=-32602 nan=-32603 drop=-32603 thread echo=-32500 ");
}

/* Nothing is told of what is no call. */
static void
test_no_call (void)
{
  g_autoptr (XmlRpcServer) server = server_new ();
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GBytes) request = g_bytes_new_static ("<methodCall/>", strlen ("<methodCall/>"));
  g_autoptr (GBytes) answer = NULL;

  g_signal_connect (server, "call-finished", G_CALLBACK (note_end), log);
  answer = server_caller_handle (server, request);
  g_assert_cmpstr (log->str, ==, "");
}

static void
test_finished_within_multicall (void)
{
  g_autoptr (XmlRpcServer) server = server_new ();
  g_autoptr (XmlRpcInvocation) kept = NULL;
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) request =
    xml_rpc_encode_call ("system.multicall",
                         g_variant_new_parsed ("([{'methodName': <'keep'>}, {'methodName': <'nan'>},"
                                               "  {'methodName': <'nowhere'>}, {'methodName': <'system.multicall'>},"
                                               "  {'methodName': <'echo'>, 'params': <1>}, {'a': <1>}],)"), NULL);

  xml_rpc_server_add_method (server, "keep", NULL, NULL, keep, &kept, NULL, NULL);
  g_signal_connect (server, "call-finished", G_CALLBACK (note_end), log);
  xml_rpc_server_handle_async (server, request, NULL, server_caller_take_result, &result);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpstr (log->str, ==, "");

  xml_rpc_invocation_return_value (kept, NULL);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (log->str, ==, "nan=-32603 nowhere=-32601 system.multicall=-32602 echo=-32602 keep system.multicall ");
}

static void
check_status (XmlRpcServer     *server,
              XmlRpcInvocation *invocation,
              guint64           microseconds,
              gpointer          user_data)
{
  guint *status = user_data;

  *status = soup_server_message_get_status (xml_rpc_invocation_get_message (invocation));
}

static void
test_response_is_handed_over (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  const char * const names[] = { "echo", "thread", "drop", "nowhere" };

  server_fixture_init (&fixture);
  xml_rpc_server_add_method (fixture.server, "thread", NULL, NULL, answer_from_thread, NULL, NULL, NULL);
  xml_rpc_server_add_method (fixture.server, "drop", NULL, NULL, drop, NULL, NULL, NULL);
  xml_rpc_server_add_method (fixture.server, "echo", NULL, NULL, echo, NULL, NULL, NULL);
  client = raw_client_new (fixture.port);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *body = g_strdup_printf (CALL, names[i]);
      g_autoptr (RawReply) reply = NULL;
      guint status = 0;
      gulong handler = g_signal_connect (fixture.server, "call-finished", G_CALLBACK (check_status), &status);

      raw_client_post (client, "", body, -1);
      reply = raw_client_receive (client);
      while (status == 0)
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpuint (status, ==, 200);
      g_signal_handler_disconnect (fixture.server, handler);
    }
}

static void
set_true (gpointer  user_data,
          GObject  *where_the_object_was)
{
  gboolean *is_set = user_data;

  *is_set = TRUE;
}

static void
test_client_has_hung_up (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (XmlRpcInvocation) kept = NULL;
  g_autoptr (GString) log = g_string_new (NULL);
  g_autofree char *body = g_strdup_printf (CALL, "keep");
  RawClient *client;
  gboolean is_gone = FALSE;

  server_fixture_init (&fixture);
  xml_rpc_server_add_method (fixture.server, "keep", NULL, NULL, keep, &kept, NULL, NULL);
  g_signal_connect (fixture.server, "call-finished", G_CALLBACK (note_end), log);
  client = raw_client_new (fixture.port);
  raw_client_post (client, "", body, -1);
  while (kept == NULL)
    g_main_context_iteration (NULL, TRUE);
  raw_client_free (client);

  g_object_weak_ref (G_OBJECT (xml_rpc_invocation_get_message (kept)), set_true, &is_gone);
  xml_rpc_invocation_return_value (kept, NULL);
  g_clear_object (&kept);
  server_caller_wait_for (&is_gone);
  g_assert_cmpstr (log->str, ==, "keep ");
}

static void
drop_server (XmlRpcServer     *server,
             XmlRpcInvocation *invocation,
             guint64           microseconds,
             gpointer          user_data)
{
  g_clear_object ((XmlRpcServer **) user_data);
}

static void
test_watcher_drops_server (void)
{
  XmlRpcServer *server = server_new ();
  g_autoptr (GBytes) request = xml_rpc_encode_call ("echo", NULL, NULL);

  g_signal_connect (server, "call-finished", G_CALLBACK (drop_server), &server);
  xml_rpc_server_handle_async (server, request, NULL, NULL, NULL);
  while (server != NULL || g_main_context_pending (NULL))
    g_main_context_iteration (NULL, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/server-signals/authorize/all-methods", test_all_methods_are_asked_about);
  g_test_add_func ("/server-signals/authorize/parameters-are-checked-before", test_parameters_are_checked_before);
  g_test_add_func ("/server-signals/authorize/refused", test_refused);
  g_test_add_data_func ("/server-signals/authorize/own-words", GINT_TO_POINTER (FALSE), test_refused_in_its_own_words);
  g_test_add_data_func ("/server-signals/authorize/own-words-twice", GINT_TO_POINTER (TRUE),
                        test_refused_in_its_own_words);
  g_test_add_func ("/server-signals/authorize/first-refusal-wins", test_first_refusal_wins);
  g_test_add_func ("/server-signals/finished/all-calls", test_finished);
  g_test_add_func ("/server-signals/finished/no-call", test_no_call);
  g_test_add_func ("/server-signals/finished/multicall", test_finished_within_multicall);
  g_test_add_func ("/server-signals/finished/response-is-handed-over", test_response_is_handed_over);
  g_test_add_func ("/server-signals/finished/client-has-hung-up", test_client_has_hung_up);
  g_test_add_func ("/server-signals/finished/watcher-drops-server", test_watcher_drops_server);

  return g_test_run ();
}
