/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* When and from where a call may be answered. */

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "raw-client.h"
#include "server-caller.h"
#include "server-fixture.h"

#define CALL "<methodCall><methodName>%s</methodName></methodCall>"

static gboolean
answer_from_idle_source (gpointer user_data)
{
  xml_rpc_invocation_return_value (user_data, g_variant_new_string ("later"));

  return G_SOURCE_REMOVE;
}

static void
answer_later (XmlRpcServer     *server,
              XmlRpcInvocation *invocation,
              gpointer          user_data)
{
  g_idle_add_full (G_PRIORITY_LOW, answer_from_idle_source, g_object_ref (invocation), g_object_unref);
}

static void
iterate_until_idle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gpointer
answer_in_thread (gpointer user_data)
{
  g_autoptr (XmlRpcInvocation) invocation = user_data;
  GVariant *params = xml_rpc_invocation_get_params (invocation);

  xml_rpc_invocation_return_value (invocation, g_variant_new_take_string (g_variant_print (params, FALSE)));

  return NULL;
}

static GPtrArray *threads;

static void
answer_from_thread (XmlRpcServer     *server,
                    XmlRpcInvocation *invocation,
                    gpointer          user_data)
{
  g_ptr_array_add (threads, g_thread_new ("answer", answer_in_thread, g_object_ref (invocation)));
}

/* They have a reference to their invocation until they end. */
static void
join_threads (void)
{
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (g_ptr_array_index (threads, i));
  g_ptr_array_set_size (threads, 0);
}

static void
never_answer (XmlRpcServer     *server,
              XmlRpcInvocation *invocation,
              gpointer          user_data)
{
}

static gpointer
release_in_thread (gpointer user_data)
{
  g_object_unref (user_data);

  return NULL;
}

static void
drop_in_thread (XmlRpcServer     *server,
                XmlRpcInvocation *invocation,
                gpointer          user_data)
{
  g_thread_unref (g_thread_new ("drop", release_in_thread, g_object_ref (invocation)));
}

static void
answer_with_all (XmlRpcServer     *server,
                 XmlRpcInvocation *invocation,
                 gpointer          user_data)
{
  xml_rpc_invocation_return_value (invocation, g_variant_new_string ("first"));
  xml_rpc_invocation_return_value (invocation, g_variant_new_string ("second"));
  xml_rpc_invocation_return_fault (invocation, 1, "third");
  xml_rpc_invocation_return_fault_literal (invocation, 1, "fourth");
  xml_rpc_invocation_take_error (invocation, g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "fifth"));
}

/* An invocation that the test answers. */
static void
keep (XmlRpcServer     *server,
      XmlRpcInvocation *invocation,
      gpointer          user_data)
{
  XmlRpcInvocation **kept = user_data;

  g_assert_null (*kept);
  *kept = g_object_ref (invocation);
}

static void
return_nil (XmlRpcServer     *server,
            XmlRpcInvocation *invocation,
            gpointer          user_data)
{
  xml_rpc_invocation_return_value (invocation, NULL);
}

static void
test_answered_later (void)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();

  xml_rpc_server_add_method (server, "m", NULL, NULL, answer_later, NULL, NULL, NULL);
  server_caller_assert_returns (server, "m", NULL, "'later'");
}

static void
test_answered_from_thread (void)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();

  xml_rpc_server_add_method (server, "m", NULL, NULL, answer_from_thread, NULL, NULL, NULL);
  for (int i = 0; i < 200; i++)
    {
      g_autofree char *expected = g_strdup_printf ("'(%d,)'", i);

      server_caller_assert_returns (server, "m", g_variant_new ("(i)", i), expected);
    }
  join_threads ();
}

static void
test_never_answered (void)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();

  xml_rpc_server_add_method (server, "never", NULL, NULL, never_answer, NULL, NULL, NULL);
  xml_rpc_server_add_method (server, "drop", NULL, NULL, drop_in_thread, NULL, NULL, NULL);

  server_caller_assert_fault (server, "never", NULL, XML_RPC_FAULT_INTERNAL_ERROR, "The method never did not respond");
  server_caller_assert_fault (server, "drop", NULL, XML_RPC_FAULT_INTERNAL_ERROR, "The method drop did not respond");
}

static void
test_answered_twice (void)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();

  xml_rpc_server_add_method (server, "m", NULL, NULL, answer_with_all, NULL, NULL, NULL);

  for (int i = 0; i < 4; i++)
    g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_CRITICAL, "*m has already returned*");
  server_caller_assert_returns (server, "m", NULL, "'first'");
  g_test_assert_expected_messages ();
}

static void
test_null_is_nil (void)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();

  xml_rpc_server_add_method (server, "m", NULL, NULL, return_nil, NULL, NULL, NULL);
  server_caller_assert_returns (server, "m", NULL, "@mv nothing");
}

/* A value that belongs to somebody else still does. */
static void
test_value_is_not_taken (void)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
  g_autoptr (XmlRpcInvocation) invocation = NULL;
  g_autoptr (GBytes) request = xml_rpc_encode_call ("m", NULL, NULL);
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_string ("mine"));

  xml_rpc_server_add_method (server, "m", NULL, NULL, keep, &invocation, NULL, NULL);
  xml_rpc_server_handle_async (server, request, NULL, NULL, NULL);
  xml_rpc_invocation_return_value (invocation, value);

  iterate_until_idle ();
  g_assert_cmpstr (g_variant_get_string (value, NULL), ==, "mine");
}

static void
test_what_it_tells (void)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
  g_autoptr (XmlRpcInvocation) invocation = NULL;
  g_autoptr (GBytes) request = xml_rpc_encode_call ("m", g_variant_new ("(i)", 5), NULL);
  g_autofree char *params = NULL;

  xml_rpc_server_add_method (server, "m", NULL, NULL, keep, &invocation, NULL, NULL);
  xml_rpc_server_handle_async (server, request, NULL, NULL, NULL);

  g_assert_cmpstr (xml_rpc_invocation_get_method_name (invocation), ==, "m");
  params = g_variant_print (xml_rpc_invocation_get_params (invocation), TRUE);
  g_assert_cmpstr (params, ==, "(5,)");
  g_assert_null (xml_rpc_invocation_get_message (invocation));
}

static void
cancelled_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean *is_done = user_data;

  g_assert_null (xml_rpc_server_handle_finish (XML_RPC_SERVER (source), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *is_done = TRUE;
}

static void
test_cancelled (void)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
  g_autoptr (XmlRpcInvocation) invocation = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GBytes) request = xml_rpc_encode_call ("m", NULL, NULL);
  gboolean is_done = FALSE;

  xml_rpc_server_add_method (server, "m", NULL, NULL, keep, &invocation, NULL, NULL);
  xml_rpc_server_handle_async (server, request, cancellable, cancelled_cb, &is_done);
  g_cancellable_cancel (cancellable);
  xml_rpc_invocation_return_value (invocation, NULL);

  server_caller_wait_for (&is_done);
}

/* The server may go before its calls are answered. */
static void
test_outlives_server (void)
{
  XmlRpcServer *server = xml_rpc_server_new ();
  g_autoptr (XmlRpcInvocation) invocation = NULL;
  g_autoptr (GBytes) request = xml_rpc_encode_call ("m", NULL, NULL);

  xml_rpc_server_add_method (server, "m", NULL, NULL, keep, &invocation, NULL, NULL);
  xml_rpc_server_handle_async (server, request, NULL, NULL, NULL);
  g_object_unref (server);

  xml_rpc_invocation_return_value (invocation, NULL);
  iterate_until_idle ();
  g_assert_finalize_object (g_steal_pointer (&invocation));
}

static void
call_over_http (ServerFixture    *fixture,
                RawClient        *client,
                XmlRpcMethodFunc  func,
                gpointer          user_data)
{
  g_autofree char *body = g_strdup_printf (CALL, "m");

  xml_rpc_server_add_method (fixture->server, "m", NULL, NULL, func, user_data, NULL, NULL);
  raw_client_post (client, "", body, -1);
}

static void
test_answered_over_http (gconstpointer func)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (RawReply) reply = NULL;
      g_autoptr (GVariant) value = NULL;
      g_autoptr (GError) error = NULL;

      call_over_http (&fixture, client, (XmlRpcMethodFunc) func, NULL);
      reply = raw_client_receive (client);
      g_assert_cmpuint (reply->status, ==, 200);
      value = xml_rpc_decode_response (reply->body, NULL, &error);
      if (func == never_answer)
        g_assert_error (error, XML_RPC_FAULT, XML_RPC_FAULT_INTERNAL_ERROR);
      else
        g_assert_no_error (error);
    }

  join_threads ();
}

static void
wait_for_invocation (XmlRpcInvocation **invocation)
{
  while (*invocation == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* The answer goes to the thread of the server, even while nobody runs the main
 * loop there. */
static void
test_thread_does_not_touch_message (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autoptr (RawReply) reply = NULL;
  XmlRpcInvocation *invocation = NULL;
  g_autoptr (SoupServerMessage) message = NULL;

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);
  call_over_http (&fixture, client, keep, &invocation);
  wait_for_invocation (&invocation);
  message = g_object_ref (xml_rpc_invocation_get_message (invocation));

  g_thread_join (g_thread_new ("answer", answer_in_thread, g_steal_pointer (&invocation)));
  g_assert_cmpuint (soup_server_message_get_status (message), ==, 0);

  reply = raw_client_receive (client);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpuint (soup_server_message_get_status (message), ==, 200);
}

static void
note_thread (gpointer  user_data,
             GObject  *where_the_object_was)
{
  GThread **thread = user_data;

  *thread = g_thread_self ();
}

/* Nor does it take the message, and all that goes with it, to its own end. */
static void
test_thread_does_not_end_message (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autoptr (RawReply) reply = NULL;
  XmlRpcInvocation *invocation = NULL;
  GThread *thread = NULL;

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);
  call_over_http (&fixture, client, keep, &invocation);
  wait_for_invocation (&invocation);
  g_object_weak_ref (G_OBJECT (xml_rpc_invocation_get_message (invocation)), note_thread, &thread);
  xml_rpc_invocation_return_value (invocation, NULL);
  reply = raw_client_receive (client);
  iterate_until_idle ();

  g_thread_join (g_thread_new ("release", release_in_thread, invocation));
  g_assert_null (thread);
  g_clear_pointer (&client, raw_client_free);
  while (thread == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (thread == g_thread_self ());
}

static void
set_true (gpointer  user_data,
          GObject  *where_the_object_was)
{
  gboolean *is_set = user_data;

  *is_set = TRUE;
}

/* The server notices when it answers, and forgets the request. */
static void
test_client_hangs_up (gconstpointer answers)
{
  g_auto (ServerFixture) fixture;
  XmlRpcInvocation *invocation = NULL;
  RawClient *client;
  gboolean is_gone = FALSE;

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);
  call_over_http (&fixture, client, keep, &invocation);
  wait_for_invocation (&invocation);
  g_object_weak_ref (G_OBJECT (xml_rpc_invocation_get_message (invocation)), set_true, &is_gone);

  raw_client_free (client);
  iterate_until_idle ();
  g_assert_false (is_gone);

  if (answers)
    xml_rpc_invocation_return_value (invocation, NULL);
  g_object_unref (invocation);
  server_caller_wait_for (&is_gone);
}

static void
test_server_disconnects (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  XmlRpcInvocation *invocation = NULL;
  gboolean is_gone = FALSE;

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);
  call_over_http (&fixture, client, keep, &invocation);
  wait_for_invocation (&invocation);
  g_object_weak_ref (G_OBJECT (xml_rpc_invocation_get_message (invocation)), set_true, &is_gone);

  soup_server_disconnect (fixture.soup_server);
  g_assert_null (raw_client_receive (client));

  xml_rpc_invocation_return_value (invocation, NULL);
  g_object_unref (invocation);
  server_caller_wait_for (&is_gone);
}

/* Two clients: the second is answered while the first waits. */
static void
test_others_do_not_wait (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) slow = NULL;
  g_autoptr (RawClient) quick = NULL;
  g_autoptr (RawReply) slow_reply = NULL;
  g_autoptr (RawReply) quick_reply = NULL;
  g_autoptr (XmlRpcInvocation) invocation = NULL;
  g_autofree char *body = g_strdup_printf (CALL, "system.listMethods");

  server_fixture_init (&fixture);
  slow = raw_client_new (fixture.port);
  call_over_http (&fixture, slow, keep, &invocation);
  wait_for_invocation (&invocation);

  quick = raw_client_new (fixture.port);
  raw_client_post (quick, "", body, -1);
  quick_reply = raw_client_receive (quick);
  g_assert_cmpuint (quick_reply->status, ==, 200);
  g_assert_false (raw_client_has_data (slow));

  xml_rpc_invocation_return_value (invocation, NULL);
  slow_reply = raw_client_receive (slow);
  g_assert_cmpuint (slow_reply->status, ==, 200);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GPtrArray) all_threads = g_ptr_array_new ();

  g_test_init (&argc, &argv, NULL);
  threads = all_threads;

  g_test_add_func ("/invocation/answered-later", test_answered_later);
  g_test_add_func ("/invocation/answered-from-thread", test_answered_from_thread);
  g_test_add_func ("/invocation/never-answered", test_never_answered);
  g_test_add_func ("/invocation/answered-twice", test_answered_twice);
  g_test_add_func ("/invocation/null-is-nil", test_null_is_nil);
  g_test_add_func ("/invocation/value-is-not-taken", test_value_is_not_taken);
  g_test_add_func ("/invocation/what-it-tells", test_what_it_tells);
  g_test_add_func ("/invocation/cancelled", test_cancelled);
  g_test_add_func ("/invocation/outlives-server", test_outlives_server);
  g_test_add_data_func ("/invocation/http/later", answer_later, test_answered_over_http);
  g_test_add_data_func ("/invocation/http/from-thread", answer_from_thread, test_answered_over_http);
  g_test_add_data_func ("/invocation/http/never", never_answer, test_answered_over_http);
  g_test_add_func ("/invocation/http/thread-does-not-touch-message", test_thread_does_not_touch_message);
  g_test_add_func ("/invocation/http/thread-does-not-end-message", test_thread_does_not_end_message);
  g_test_add_data_func ("/invocation/http/hangs-up", GINT_TO_POINTER (TRUE), test_client_hangs_up);
  g_test_add_data_func ("/invocation/http/hangs-up-never-answered", NULL, test_client_hangs_up);
  g_test_add_func ("/invocation/http/server-disconnects", test_server_disconnects);
  g_test_add_func ("/invocation/http/others-do-not-wait", test_others_do_not_wait);

  return g_test_run ();
}
