/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Clients that do not take their responses, or keep connections: what a server holds for
 * them, and for how long. */

#include <string.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "../../xmlrpc-glib/server/xml-rpc-server-private.h"
#include "raw-client.h"
#include "raw-echo.h"
#include "server-caller.h"
#include "server-fixture.h"
#include "test-table.h"

#define PATIENCE_SECONDS 60

/* More than the kernel takes for a client that does not read. */
#define MUCH (24 * 1024 * 1024)
#define CALL(method) "<methodCall><methodName>" method "</methodName></methodCall>"

typedef struct
{
  ServerFixture     base;
  guint             n_calls;
  XmlRpcInvocation *kept;
} Fixture;

static void
return_much (XmlRpcServer     *server,
             XmlRpcInvocation *invocation,
             gpointer          user_data)
{
  Fixture *fixture = user_data;
  g_autofree char *text = g_strnfill (MUCH, 'x');

  fixture->n_calls++;
  xml_rpc_invocation_return_value (invocation, g_variant_new_string (text));
}

static void
keep (XmlRpcServer     *server,
      XmlRpcInvocation *invocation,
      gpointer          user_data)
{
  Fixture *fixture = user_data;

  fixture->kept = g_object_ref (invocation);
}

static void
show_page (SoupServer        *soup_server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_STATIC, "page", 4);
}

static void
add_methods (Fixture *fixture)
{
  xml_rpc_server_add_method (fixture->base.server, "much", NULL, NULL, return_much, fixture, NULL, NULL);
  xml_rpc_server_add_method (fixture->base.server, "keep", NULL, NULL, keep, fixture, NULL, NULL);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  server_fixture_init (&fixture->base);
  add_methods (fixture);
  soup_server_add_handler (fixture->base.soup_server, "/page", show_page, NULL, NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  server_fixture_clear (&fixture->base);
}

static guint64
get_backlog (Fixture *fixture)
{
  return xml_rpc_server_get_private (fixture->base.server)->service.response_backlog;
}

static gboolean
give_up (gpointer user_data)
{
  g_critical ("Waited for %d seconds", PATIENCE_SECONDS);
  return G_SOURCE_CONTINUE;
}

/* Until that much waits for its clients. */
static void
wait_for_backlog (Fixture *fixture,
                  guint64  min,
                  guint64  max)
{
  guint patience = g_timeout_add_seconds (PATIENCE_SECONDS, give_up, NULL);

  while (get_backlog (fixture) < min || get_backlog (fixture) > max)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (patience);
}

static RawClient *
call (Fixture    *fixture,
      const char *body)
{
  RawClient *client = raw_client_new (fixture->base.port);

  raw_client_post (client, "", body, -1);
  return client;
}

static void
assert_echoes (RawClient *client)
{
  g_autofree char *body = raw_echo_body ("x");

  raw_client_post (client, "", body, -1);
  raw_echo_assert_status (client, 200);
}

static void
get_page (RawClient *client)
{
  raw_client_send (client, "GET /page HTTP/1.1\r\nHost: localhost\r\n\r\n", -1);
  raw_echo_assert_status (client, 200);
}

static void
assert_busy (RawClient *client)
{
  g_autoptr (RawReply) reply = raw_client_receive (client);

  g_assert_nonnull (reply);
  g_assert_cmpuint (reply->status, ==, 503);
}

/* Nothing is held for it any more, nor its descriptor. */
static void
test_write_timeout (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (RawClient) client = NULL;
  g_autoptr (RawClient) other = raw_client_new (fixture->base.port);

  xml_rpc_server_set_write_timeout (fixture->base.server, 100);
  client = call (fixture, CALL ("much"));
  wait_for_backlog (fixture, MUCH, G_MAXUINT64);
  wait_for_backlog (fixture, 0, 0);
  g_assert_null (raw_client_receive (client));
  assert_echoes (other);
}

/* What comes after it is not executed. */
static void
test_write_timeout_of_pipelined (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autoptr (RawClient) client = NULL;

  xml_rpc_server_set_write_timeout (fixture->base.server, 100);
  client = call (fixture, CALL ("much"));
  raw_client_post (client, "", CALL ("much"), -1);
  wait_for_backlog (fixture, MUCH, G_MAXUINT64);
  wait_for_backlog (fixture, 0, 0);
  g_assert_null (raw_client_receive (client));
  g_assert_cmpuint (fixture->n_calls, ==, 1);
}

static gboolean
accept_any (GTlsConnection       *connection,
            GTlsCertificate      *certificate,
            GTlsCertificateFlags  errors,
            gpointer              user_data)
{
  return TRUE;
}

/* A connection over which nothing is read but what TLS needs. */
static GIOStream *
connect_tls (Fixture *fixture)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", fixture->base.port);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, &error);
  g_autoptr (GAsyncResult) result = NULL;
  GIOStream *tls;

  g_assert_no_error (error);
  tls = g_tls_client_connection_new (G_IO_STREAM (connection), NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (tls, "accept-certificate", G_CALLBACK (accept_any), NULL);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (tls), G_PRIORITY_DEFAULT, NULL, server_caller_take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_tls_connection_handshake_finish (G_TLS_CONNECTION (tls), result, &error);
  g_assert_no_error (error);

  return tls;
}

#define CALL_MUCH "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\nContent-Length: 54\r\n\r\n" CALL ("much")

/* To say farewell would block, and everybody with it. */
static void
test_write_timeout_of_tls (void)
{
  g_autofree char *certificate = g_test_build_filename (G_TEST_DIST, "data", "tls", "server.pem", NULL);
  g_autoptr (GIOStream) connection = NULL;
  Fixture fixture = { .n_calls = 0 };

  G_STATIC_ASSERT (sizeof CALL ("much") - 1 == 54);

  server_fixture_init_tls (&fixture.base, certificate);
  add_methods (&fixture);
  xml_rpc_server_set_write_timeout (fixture.base.server, 100);
  connection = connect_tls (&fixture);
  g_output_stream_write_all (g_io_stream_get_output_stream (connection), CALL_MUCH, sizeof CALL_MUCH - 1, NULL, NULL, NULL);
  wait_for_backlog (&fixture, MUCH, G_MAXUINT64);
  wait_for_backlog (&fixture, 0, 0);
  g_clear_object (&connection);
  server_fixture_clear (&fixture.base);
}

/* Reads in so many steps that all of them take longer than the timeout. Each is long enough
 * for the kernel to take more of the server. FALSE if the machine was too busy. */
static gboolean
read_slowly (Fixture *fixture,
             guint    timeout)
{
  g_autoptr (RawClient) client = NULL;
  gint64 longest = 0;

  xml_rpc_server_set_write_timeout (fixture->base.server, timeout);
  client = call (fixture, CALL ("much"));
  wait_for_backlog (fixture, MUCH, G_MAXUINT64);
  for (guint i = 0; i < 10; i++)
    {
      gint64 before = g_get_monotonic_time ();

      server_caller_wait (timeout / 6);
      raw_client_read_some (client, MUCH / 12);
      longest = MAX (longest, g_get_monotonic_time () - before);
    }
  if (longest > timeout * 1000 / 3)
    return FALSE;

  raw_echo_assert_status (client, 200);
  return TRUE;
}

static void
test_progress (Fixture       *fixture,
               gconstpointer  data)
{
  guint timeout = 600;

  while (!read_slowly (fixture, timeout))
    timeout *= 2;
}

static void
block (XmlRpcServer     *server,
       XmlRpcInvocation *invocation,
       gpointer          user_data)
{
  g_usleep (800 * 1000);
  return_much (server, invocation, user_data);
}

/* The time of the response begins with it, and does not pass while nothing can be written. */
static void
test_write_timeout_of_blocking_method (Fixture       *fixture,
                                       gconstpointer  data)
{
  g_autoptr (RawClient) client = NULL;

  xml_rpc_server_add_method (fixture->base.server, "block", NULL, NULL, block, fixture, NULL, NULL);
  xml_rpc_server_set_write_timeout (fixture->base.server, 400);
  client = call (fixture, CALL ("block"));
  wait_for_backlog (fixture, MUCH, G_MAXUINT64);
  g_usleep (800 * 1000);
  raw_echo_assert_status (client, 200);
}

/* The method takes as long as it likes. */
static void
test_write_timeout_of_later_answer (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autoptr (RawClient) client = NULL;

  xml_rpc_server_set_write_timeout (fixture->base.server, 1);
  xml_rpc_server_set_idle_timeout (fixture->base.server, 1);
  client = call (fixture, CALL ("keep"));
  while (fixture->kept == NULL)
    g_main_context_iteration (NULL, TRUE);
  server_caller_wait (50);
  xml_rpc_server_set_write_timeout (fixture->base.server, 0);
  xml_rpc_server_set_idle_timeout (fixture->base.server, 0);
  xml_rpc_invocation_return_value (fixture->kept, g_variant_new_int32 (1));
  g_clear_object (&fixture->kept);
  raw_echo_assert_status (client, 200);
}

static void
test_backlog (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (RawClient) first = NULL;
  g_autoptr (RawClient) second = NULL;
  g_autoptr (RawReply) reply = NULL;

  xml_rpc_server_set_max_response_backlog (fixture->base.server, MUCH + MUCH / 2);
  first = call (fixture, CALL ("much"));
  wait_for_backlog (fixture, MUCH, G_MAXUINT64);

  /* There is no room for as much again, but for less. */
  second = call (fixture, CALL ("much"));
  assert_busy (second);
  g_assert_cmpuint (fixture->n_calls, ==, 2);
  assert_echoes (second);

  /* And then there is none. */
  xml_rpc_server_set_max_response_backlog (fixture->base.server, MUCH);
  raw_client_post (second, "", CALL ("much"), -1);
  assert_busy (second);
  g_assert_cmpuint (fixture->n_calls, ==, 2);

  reply = raw_client_receive (first);
  g_assert_cmpuint (reply->status, ==, 200);
  wait_for_backlog (fixture, 0, 0);
  assert_echoes (second);
}

static void
note_fault (XmlRpcServer     *server,
            XmlRpcInvocation *invocation,
            guint64           microseconds,
            gpointer          user_data)
{
  GError **fault = user_data;

  g_clear_error (fault);
  if (xml_rpc_invocation_get_fault (invocation) != NULL)
    *fault = g_error_copy (xml_rpc_invocation_get_fault (invocation));
}

/* Whoever watches is told that the client did not get it; and compressed it fits. */
static void
test_backlog_is_reported (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr (RawClient) client = NULL;
  g_autoptr (GError) fault = NULL;

  xml_rpc_server_set_max_response_backlog (fixture->base.server, MUCH / 2);
  g_signal_connect (fixture->base.server, "call-finished", G_CALLBACK (note_fault), &fault);
  client = call (fixture, CALL ("much"));
  assert_busy (client);
  g_assert_error (fault, XML_RPC_FAULT, XML_RPC_FAULT_INTERNAL_ERROR);

  raw_client_post (client, "Accept-Encoding: gzip\r\n", CALL ("much"), -1);
  raw_echo_assert_status (client, 200);
  g_assert_no_error (fault);
}

/* However it ends. */
static void
test_backlog_is_given_back (Fixture       *fixture,
                            gconstpointer  data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (RawClient) client = call (fixture, CALL ("much"));

      wait_for_backlog (fixture, MUCH, G_MAXUINT64);
      if (i == 0)
        raw_client_reset (client);
      else
        soup_server_disconnect (fixture->base.soup_server);
      g_clear_pointer (&client, raw_client_free);
      wait_for_backlog (fixture, 0, 0);
    }
}

static void
test_idle_timeout (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (RawClient) called = raw_client_new (fixture->base.port);
  g_autoptr (RawClient) elsewhere = raw_client_new (fixture->base.port);
  g_autoptr (RawClient) busy = NULL;

  assert_echoes (elsewhere);
  xml_rpc_server_set_idle_timeout (fixture->base.server, 100);
  get_page (elsewhere);
  busy = call (fixture, CALL ("keep"));
  assert_echoes (called);
  while (fixture->kept == NULL)
    g_main_context_iteration (NULL, TRUE);
  raw_client_wait_for_close (called);

  get_page (elsewhere);
  xml_rpc_invocation_return_value (fixture->kept, g_variant_new_int32 (1));
  g_clear_object (&fixture->kept);
  raw_echo_assert_status (busy, 200);
  raw_client_wait_for_close (busy);
}

/* Something has come, but no request. */
static void
test_idle_timeout_within_line (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr (RawClient) client = raw_client_new (fixture->base.port);

  xml_rpc_server_set_idle_timeout (fixture->base.server, 100);
  xml_rpc_server_set_request_timeout (fixture->base.server, 100);
  assert_echoes (client);
  raw_client_send_what_goes (client, "PO", 2);
  raw_client_wait_for_close (client);
}

/* Nothing of it is left to happen. */
static void
test_idle_timeout_ends_with_server (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autoptr (RawClient) client = raw_client_new (fixture->base.port);

  xml_rpc_server_set_idle_timeout (fixture->base.server, 50);
  assert_echoes (client);
  xml_rpc_server_detach (fixture->base.server, fixture->base.soup_server);
  soup_server_disconnect (fixture->base.soup_server);
  server_caller_wait (100);
}

static void
test_max_connections (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (RawClient) first = raw_client_new (fixture->base.port);
  g_autoptr (RawClient) second = raw_client_new (fixture->base.port);
  g_autoptr (RawClient) third = raw_client_new (fixture->base.port);
  g_autoptr (RawClient) fourth = NULL;

  xml_rpc_server_set_max_connections (fixture->base.server, 2);
  assert_echoes (first);
  get_page (second);
  get_page (third);

  /* Whoever has called may call again. */
  assert_echoes (first);
  raw_client_post (third, "", CALL ("much"), -1);
  assert_busy (third);
  raw_client_wait_for_close (third);
  g_assert_cmpuint (fixture->n_calls, ==, 0);

  assert_echoes (second);
  g_clear_pointer (&first, raw_client_free);
  fourth = raw_client_new (fixture->base.port);
  assert_echoes (fourth);
}

static void
count (XmlRpcServer     *server,
       XmlRpcInvocation *invocation,
       gpointer          user_data)
{
  Fixture *fixture = user_data;
  g_autofree char *text = g_strnfill (10000, '&');

  fixture->n_calls++;
  xml_rpc_invocation_return_value (invocation, g_variant_new_string (text));
}

/* What one system.multicall of that method returns. */
static GBytes *
call_many (Fixture *fixture,
           guint    n_calls)
{
  g_autoptr (RawClient) client = NULL;
  g_autoptr (RawReply) reply = NULL;
  g_autoptr (GBytes) request = NULL;
  GVariantBuilder builder;
  GVariant *calls;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < n_calls; i++)
    g_variant_builder_add_parsed (&builder, "{'methodName': <'count'>, 'params': <@av []>}");
  calls = g_variant_builder_end (&builder);
  request = xml_rpc_encode_call ("system.multicall", g_variant_new_tuple (&calls, 1), NULL);

  xml_rpc_server_add_method (fixture->base.server, "count", NULL, NULL, count, fixture, NULL, NULL);
  client = raw_client_new (fixture->base.port);
  raw_client_post (client, "", g_bytes_get_data (request, NULL), g_bytes_get_size (request));
  reply = raw_client_receive (client);
  g_assert_cmpuint (reply->status, ==, 200);

  return g_bytes_ref (reply->body);
}

/* Each result is 50 kB when it is written. */
static void
test_max_response_size (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (GBytes) response = NULL;
  g_autoptr (GVariant) results = NULL;
  g_autoptr (GError) error = NULL;

  xml_rpc_server_set_max_response_size (fixture->base.server, 1000 * 1000);
  response = call_many (fixture, 1000);
  g_assert_cmpuint (g_bytes_get_size (response), <, 1500 * 1000);
  g_assert_cmpuint (fixture->n_calls, ==, 20);

  results = xml_rpc_decode_response (response, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (GVariant) item = g_variant_get_child_value (results, i);
      g_autoptr (GVariant) result = g_variant_get_variant (item);
      int code = 0;

      if (i < 19)
        g_assert_true (g_variant_is_of_type (result, G_VARIANT_TYPE ("av")));
      else
        g_assert_true (g_variant_lookup (result, "faultCode", "i", &code) && code == XML_RPC_FAULT_INTERNAL_ERROR);
    }
}

static void
test_no_max_response_size (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr (GBytes) response = NULL;

  xml_rpc_server_set_max_response_size (fixture->base.server, 0);
  response = call_many (fixture, 300);
  g_assert_cmpuint (g_bytes_get_size (response), >, 300 * 50000);
  g_assert_cmpuint (fixture->n_calls, ==, 300);
}

static void
test_properties (Fixture       *fixture,
                 gconstpointer  data)
{
  static const struct
  {
    const char *name;
    guint64     default_value;
    gboolean    is_wide;
  } properties[] = {
    { "max-values", 250000, FALSE },
    { "max-response-size", 8 * 1024 * 1024, TRUE },
    { "max-response-backlog", 256 * 1024 * 1024, TRUE },
    { "write-timeout", 30000, FALSE },
    { "idle-timeout", 300000, FALSE },
    { "max-connections", 1000, FALSE },
  };
  GObject *server = G_OBJECT (fixture->base.server);

  for (gsize i = 0; i < G_N_ELEMENTS (properties); i++)
    {
      guint narrow = 0;
      guint64 wide = 0;

      g_object_get (server, properties[i].name, properties[i].is_wide ? (gpointer) &wide : &narrow, NULL);
      g_assert_cmpuint (wide + narrow, ==, properties[i].default_value);
      if (properties[i].is_wide)
        g_object_set (server, properties[i].name, G_MAXUINT64 - i, NULL);
      else
        g_object_set (server, properties[i].name, G_MAXUINT - (guint) i, NULL);
    }

  g_assert_cmpuint (xml_rpc_server_get_max_values (fixture->base.server), ==, G_MAXUINT);
  g_assert_cmpuint (xml_rpc_server_get_max_response_size (fixture->base.server), ==, G_MAXUINT64 - 1);
  g_assert_cmpuint (xml_rpc_server_get_max_response_backlog (fixture->base.server), ==, G_MAXUINT64 - 2);
  g_assert_cmpuint (xml_rpc_server_get_write_timeout (fixture->base.server), ==, G_MAXUINT - 3);
  g_assert_cmpuint (xml_rpc_server_get_idle_timeout (fixture->base.server), ==, G_MAXUINT - 4);
  g_assert_cmpuint (xml_rpc_server_get_max_connections (fixture->base.server), ==, G_MAXUINT - 5);
}

static const TEST_ROW (Fixture) tests[] = {
  { "write-timeout", test_write_timeout },
  { "write-timeout-of-pipelined", test_write_timeout_of_pipelined },
  { "write-timeout-of-later-answer", test_write_timeout_of_later_answer },
  { "write-timeout-of-blocking-method", test_write_timeout_of_blocking_method },
  { "progress", test_progress },
  { "backlog", test_backlog },
  { "backlog-is-reported", test_backlog_is_reported },
  { "backlog-is-given-back", test_backlog_is_given_back },
  { "idle-timeout", test_idle_timeout },
  { "idle-timeout-within-line", test_idle_timeout_within_line },
  { "idle-timeout-ends-with-server", test_idle_timeout_ends_with_server },
  { "max-connections", test_max_connections },
  { "max-response-size", test_max_response_size },
  { "no-max-response-size", test_no_max_response_size },
  { "properties", test_properties },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  TEST_TABLE_ADD_FIXTURE ("/server-slow", tests, Fixture, set_up, tear_down);
  g_test_add_func ("/server-slow/write-timeout-of-tls", test_write_timeout_of_tls);

  return g_test_run ();
}
