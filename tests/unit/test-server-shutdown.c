/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A server ends without harm to its clients. */

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "server/xml-rpc-server-private.h"

#include "raw-client.h"
#include "server-caller.h"
#include "server-fixture.h"
#include "test-table.h"

#define CALL "<methodCall><methodName>%s</methodName></methodCall>"
#define ECHO "<methodCall><methodName>echo</methodName><params><param><value>a</value></param></params></methodCall>"
#define LONG_GRACE (60 * 1000)
/* More than the kernel takes of a response that nobody reads. */
#define LARGE (64 * 1024 * 1024)

typedef struct
{
  ServerFixture     http;
  XmlRpcInvocation *kept;      /* the call of "keep" that has not been answered */
  GMutex            mutex;     /* locked: "wait" waits in its thread */
  gint              n_waits;   /* atomic */
  GAsyncResult     *result;    /* of the shutdown */
} Fixture;

static void
keep (XmlRpcServer     *server,
      XmlRpcInvocation *invocation,
      gpointer          user_data)
{
  Fixture *self = user_data;

  self->kept = g_object_ref (invocation);
}

static void
wait_in_thread (XmlRpcServer     *server,
                XmlRpcInvocation *invocation,
                gpointer          user_data)
{
  Fixture *self = user_data;

  g_atomic_int_inc (&self->n_waits);
  g_mutex_lock (&self->mutex);
  g_mutex_unlock (&self->mutex);
  xml_rpc_invocation_return_value (invocation, g_variant_new_string ("waited"));
}

static void
return_much (XmlRpcServer     *server,
             XmlRpcInvocation *invocation,
             gpointer          user_data)
{
  g_autofree char *text = g_malloc (LARGE + 1);

  memset (text, 'x', LARGE);
  text[LARGE] = '\0';
  xml_rpc_invocation_return_value (invocation, g_variant_new_string (text));
}

static void
fixture_set_up (Fixture       *self,
                gconstpointer  data)
{
  server_fixture_init (&self->http);
  g_mutex_init (&self->mutex);
  xml_rpc_server_add_method (self->http.server, "keep", NULL, NULL, keep, self, NULL, NULL);
  xml_rpc_server_add_method (self->http.server, "much", NULL, NULL, return_much, NULL, NULL, NULL);
  xml_rpc_server_add_method_full (self->http.server, "wait", NULL, NULL, XML_RPC_METHOD_IN_THREAD,
                                  wait_in_thread, self, NULL, NULL);
}

static void
fixture_tear_down (Fixture       *self,
                   gconstpointer  data)
{
  g_clear_object (&self->kept);
  g_clear_object (&self->result);
  server_fixture_clear (&self->http);
  g_mutex_clear (&self->mutex);
}

static void
shut_down (Fixture      *self,
           int           grace_msec,
           GCancellable *cancellable)
{
  g_clear_object (&self->result);
  xml_rpc_server_shutdown_async (self->http.server, grace_msec, cancellable,
                                 server_caller_take_result, &self->result);
}

/* All that there is to do now. */
static void
run_for_now (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
wait_for_end (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  gboolean is_done;

  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);

  is_done = xml_rpc_server_shutdown_finish (self->http.server, self->result, &error);
  g_assert_no_error (error);
  g_assert_true (is_done);
}

static void
assert_not_ended (Fixture *self)
{
  run_for_now ();
  g_assert_null (self->result);
}

static RawClient *
call (Fixture    *self,
      const char *name)
{
  g_autofree char *body = g_strdup_printf (CALL, name);
  RawClient *client = raw_client_new (self->http.port);

  raw_client_post (client, "", body, -1);

  return client;
}

static RawClient *
call_keep (Fixture *self)
{
  RawClient *client = call (self, "keep");

  while (self->kept == NULL)
    g_main_context_iteration (NULL, TRUE);

  return client;
}

static void
assert_connection_closes (RawClient *client,
                          guint      status)
{
  g_autoptr (RawReply) reply = raw_client_receive (client);
  g_autofree char *connection = NULL;

  g_assert_nonnull (reply);
  connection = raw_reply_get_header (reply, "Connection");
  g_assert_cmpuint (reply->status, ==, status);
  g_assert_cmpstr (connection, ==, "close");
  raw_client_wait_for_close (client);
}

static void
assert_closed_without_response (RawClient *client)
{
  g_autoptr (RawReply) reply = raw_client_receive (client);

  g_assert_null (reply);
}

static void
assert_refused (Fixture *self)
{
  g_autoptr (RawClient) client = raw_client_new (self->http.port);
  g_autoptr (RawReply) reply = NULL;

  raw_client_post (client, "", ECHO, -1);
  reply = raw_client_receive (client);
  g_assert_cmpuint (reply->status, ==, 503);
  g_assert_cmpmem ("the server is shutting down; it takes no more calls\n", 52,
                   g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body));
}

static void
test_nothing_to_do (Fixture       *self,
                    gconstpointer  data)
{
  shut_down (self, LONG_GRACE, NULL);
  g_assert_null (self->result);
  wait_for_end (self);
  assert_refused (self);
}

/* On connections that have been used, too, and where nothing is in progress any more. */
static void
test_new_calls (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr (RawClient) used = raw_client_new (self->http.port);
  g_autoptr (RawClient) unused = raw_client_new (self->http.port);
  g_autoptr (RawClient) kept = call_keep (self);
  g_autoptr (RawReply) reply = NULL;

  raw_client_post (used, "", ECHO, -1);
  reply = raw_client_receive (used);
  g_assert_cmpuint (reply->status, ==, 200);

  shut_down (self, LONG_GRACE, NULL);
  raw_client_post (used, "", ECHO, -1);
  assert_connection_closes (used, 503);
  raw_client_post (unused, "", ECHO, -1);
  assert_connection_closes (unused, 503);
  assert_not_ended (self);

  xml_rpc_invocation_return_value (self->kept, NULL);
  assert_connection_closes (kept, 200);
  wait_for_end (self);
}

static void
test_new_long_call (Fixture       *self,
                    gconstpointer  data)
{
  g_autoptr (RawClient) client = raw_client_new (self->http.port);

  shut_down (self, LONG_GRACE, NULL);
  raw_client_send (client, "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n"
                           "Content-Length: 1000000\r\n\r\n<methodCall>", -1);
  assert_connection_closes (client, 503);
}

static void
test_methods_finish (Fixture       *self,
                     gconstpointer  data)
{
  g_autoptr (RawClient) client = call_keep (self);

  shut_down (self, LONG_GRACE, NULL);
  assert_not_ended (self);

  xml_rpc_invocation_return_value (self->kept, NULL);
  assert_connection_closes (client, 200);
  wait_for_end (self);
}

static void
test_threads_finish (Fixture       *self,
                     gconstpointer  data)
{
  g_autoptr (RawClient) client = NULL;

  g_mutex_lock (&self->mutex);
  client = call (self, "wait");
  while (g_atomic_int_get (&self->n_waits) == 0)
    g_main_context_iteration (NULL, FALSE);
  shut_down (self, LONG_GRACE, NULL);
  assert_not_ended (self);

  g_mutex_unlock (&self->mutex);
  assert_connection_closes (client, 200);
  wait_for_end (self);
}

/* A client has begun to send its call. */
static void
test_requests_are_read (Fixture       *self,
                        gconstpointer  data)
{
  g_autoptr (RawClient) client = raw_client_new (self->http.port);
  g_autofree char *head = g_strdup_printf ("POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n"
                                           "Content-Length: %zu\r\n\r\n", strlen (ECHO));

  raw_client_send (client, head, -1);
  raw_client_send (client, ECHO, 20);
  while (xml_rpc_server_get_private (self->http.server)->service.ongoing.calls.length == 0)
    g_main_context_iteration (NULL, TRUE);
  shut_down (self, LONG_GRACE, NULL);
  assert_not_ended (self);

  raw_client_send (client, &ECHO[20], -1);
  assert_connection_closes (client, 200);
  wait_for_end (self);
}

/* Waits until the response has been begun, and not a byte of it is read. */
static RawClient *
call_much (Fixture *self)
{
  RawClient *client = call (self, "much");

  while (!raw_client_has_data (client))
    g_main_context_iteration (NULL, TRUE);

  return client;
}

static void
test_responses_are_written (Fixture       *self,
                            gconstpointer  data)
{
  g_autoptr (RawClient) client = call_much (self);
  g_autoptr (RawReply) reply = NULL;

  shut_down (self, LONG_GRACE, NULL);
  assert_not_ended (self);

  reply = raw_client_receive (client);
  g_assert_cmpuint (g_bytes_get_size (reply->body), >, LARGE);
  wait_for_end (self);
}

/* It may do something that has to be done to its end. */
static void
test_method_without_client (Fixture       *self,
                            gconstpointer  data)
{
  RawClient *client = call_keep (self);

  raw_client_free (client);
  run_for_now ();
  shut_down (self, LONG_GRACE, NULL);
  assert_not_ended (self);

  xml_rpc_invocation_return_value (self->kept, NULL);
  wait_for_end (self);
}

static void
test_client_goes (Fixture       *self,
                  gconstpointer  data)
{
  RawClient *client = call_much (self);

  shut_down (self, LONG_GRACE, NULL);
  assert_not_ended (self);
  raw_client_free (client);
  wait_for_end (self);
}

static void
test_method_outlives_grace (Fixture       *self,
                            gconstpointer  grace)
{
  g_autoptr (RawClient) client = call_keep (self);

  shut_down (self, GPOINTER_TO_INT (grace), NULL);
  wait_for_end (self);
  assert_closed_without_response (client);

  xml_rpc_invocation_return_value (self->kept, NULL);
  run_for_now ();
  assert_refused (self);
}

static void
test_request_outlives_grace (Fixture       *self,
                             gconstpointer  length)
{
  g_autoptr (RawClient) client = raw_client_new (self->http.port);
  g_autofree char *head = g_strdup_printf ("POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n"
                                           "Content-Length: %d\r\n\r\n<methodCall>", GPOINTER_TO_INT (length));

  raw_client_send (client, head, -1);
  while (xml_rpc_server_get_private (self->http.server)->service.ongoing.calls.length == 0)
    g_main_context_iteration (NULL, TRUE);
  shut_down (self, 1, NULL);
  wait_for_end (self);
  assert_closed_without_response (client);
}

static void
test_response_outlives_grace (Fixture       *self,
                              gconstpointer  data)
{
  g_autoptr (RawClient) client = call_much (self);

  shut_down (self, 1, NULL);
  wait_for_end (self);
  assert_closed_without_response (client);
}

static void
test_no_grace_limit (Fixture       *self,
                     gconstpointer  data)
{
  g_autoptr (RawClient) client = call_keep (self);

  shut_down (self, -1, NULL);
  assert_not_ended (self);

  /* Somebody is in a hurry. */
  xml_rpc_server_shutdown_async (self->http.server, 0, NULL, NULL, NULL);
  wait_for_end (self);
  assert_closed_without_response (client);
}

static void
test_cancelled (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RawClient) client = call_keep (self);

  shut_down (self, LONG_GRACE, cancellable);
  assert_not_ended (self);
  g_cancellable_cancel (cancellable);
  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (xml_rpc_server_shutdown_finish (self->http.server, self->result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  assert_refused (self);
  xml_rpc_invocation_return_value (self->kept, NULL);
  assert_connection_closes (client, 200);
}

static void
test_without_http (Fixture       *self,
                   gconstpointer  data)
{
  g_autoptr (GBytes) request = xml_rpc_encode_call ("keep", NULL, NULL);
  g_autoptr (GAsyncResult) response = NULL;

  xml_rpc_server_handle_async (self->http.server, request, NULL, server_caller_take_result, &response);
  shut_down (self, LONG_GRACE, NULL);
  server_caller_assert_fault (self->http.server, "echo", NULL, XML_RPC_FAULT_SYSTEM_ERROR,
                              "the server is shutting down; it takes no more calls");
  assert_not_ended (self);

  xml_rpc_invocation_return_value (self->kept, NULL);
  wait_for_end (self);
  g_assert_nonnull (response);
}

static void
drop_all (GObject      *server,
          GAsyncResult *result,
          gpointer      user_data)
{
  Fixture *self = user_data;

  self->result = g_object_ref (result);
  xml_rpc_server_detach (self->http.server, self->http.soup_server);
  soup_server_disconnect (self->http.soup_server);
}

/* As programs do. */
static void
test_callback_disconnects (Fixture       *self,
                           gconstpointer  data)
{
  g_autoptr (RawClient) client = call_keep (self);
  g_autoptr (RawReply) reply = NULL;

  xml_rpc_server_shutdown_async (self->http.server, LONG_GRACE, NULL, drop_all, self);
  xml_rpc_invocation_return_value (self->kept, NULL);
  wait_for_end (self);
  reply = raw_client_receive (client);
  g_assert_cmpuint (reply->status, ==, 200);
}

static const TEST_ROW (Fixture) tests[] = {
  { "nothing-to-do", test_nothing_to_do },
  { "new-calls", test_new_calls },
  { "new-long-call", test_new_long_call },
  { "methods-finish", test_methods_finish },
  { "threads-finish", test_threads_finish },
  { "requests-are-read", test_requests_are_read },
  { "responses-are-written", test_responses_are_written },
  { "method-without-client", test_method_without_client },
  { "client-goes", test_client_goes },
  { "method-outlives-grace", test_method_outlives_grace, GINT_TO_POINTER (1) },
  { "no-grace", test_method_outlives_grace, GINT_TO_POINTER (0) },
  { "short-request-outlives-grace", test_request_outlives_grace, GINT_TO_POINTER (1000) },
  { "long-request-outlives-grace", test_request_outlives_grace, GINT_TO_POINTER (1000000) },
  { "response-outlives-grace", test_response_outlives_grace },
  { "no-grace-limit", test_no_grace_limit },
  { "cancelled", test_cancelled },
  { "without-http", test_without_http },
  { "callback-disconnects", test_callback_disconnects },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  TEST_TABLE_ADD_FIXTURE ("/server-shutdown", tests, Fixture, fixture_set_up, fixture_tear_down);

  return g_test_run ();
}
