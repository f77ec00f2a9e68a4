/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A server on a SoupServer that has more to do: paths, other handlers, passwords, TLS,
 * and coming and going. */

#include <string.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "raw-client.h"
#include "raw-echo.h"
#include "server-caller.h"
#include "server-fixture.h"
#include "test-table.h"

static void
test_paths (ServerFixture *fixture,
            gconstpointer  data)
{
  static const struct
  {
    const char *path;
    guint       status;
  } paths[] = {
    { "/RPC2", 200 }, { "/RPC2?query=1", 200 }, { "/other", 200 }, { "/a/b", 200 },
    { "/", 404 }, { "/RPC", 404 }, { "/RPC2/", 404 }, { "/RPC2/below", 404 }, { "/rpc2", 404 }, { "/a", 404 },
  };
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = raw_echo_body ("x");

  xml_rpc_server_attach (fixture->server, fixture->soup_server, "/other");
  xml_rpc_server_attach (fixture->server, fixture->soup_server, "/a/b");

  client = raw_client_new (fixture->port);
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_test_message ("%s", paths[i].path);
      raw_echo_send_to (client, paths[i].path, body);
      raw_echo_assert_status (client, paths[i].status);
    }
}

static void
test_any_path (ServerFixture *fixture,
               gconstpointer  data)
{
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = raw_echo_body ("anywhere");

  xml_rpc_server_attach (fixture->server, fixture->soup_server, NULL);
  client = raw_client_new (fixture->port);
  raw_echo_send_to (client, "/any/where", body);
  raw_echo_assert_echoed (client, "anywhere");
  raw_echo_send_to (client, "/", body);
  raw_echo_assert_echoed (client, "anywhere");
}

static void
return_data (XmlRpcServer     *server,
             XmlRpcInvocation *invocation,
             gpointer          user_data)
{
  xml_rpc_invocation_return_value (invocation, g_variant_new_string (user_data));
}

static void
handle_plainly (SoupServer        *soup_server,
                SoupServerMessage *message,
                const char        *path,
                GHashTable        *query,
                gpointer           user_data)
{
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_STATIC, "plain", 5);
}

/* Several XML-RPC servers and what else there is on one SoupServer. */
static void
test_side_by_side (ServerFixture *fixture,
                   gconstpointer  data)
{
  g_autoptr (XmlRpcServer) other = xml_rpc_server_new ();
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = raw_echo_body ("x");
  g_autoptr (RawReply) plain = NULL;

  xml_rpc_server_add_method (other, "echo", NULL, NULL, return_data, (gpointer) "other", NULL, NULL);
  xml_rpc_server_attach (other, fixture->soup_server, "/other");
  xml_rpc_server_set_request_timeout (other, 100);
  soup_server_add_handler (fixture->soup_server, "/plain", handle_plainly, NULL, NULL);

  client = raw_client_new (fixture->port);
  raw_echo_send_to (client, "/RPC2", body);
  raw_echo_assert_echoed (client, "x");
  raw_echo_send_to (client, "/other", body);
  raw_echo_assert_echoed (client, "other");
  raw_client_send (client, "GET /plain HTTP/1.1\r\nHost: localhost\r\n\r\n", -1);
  plain = raw_client_receive (client);
  g_assert_cmpmem (g_bytes_get_data (plain->body, NULL), g_bytes_get_size (plain->body), "plain", 5);

  xml_rpc_server_detach (other, fixture->soup_server);
}

/* Our limits are those of our requests alone. */
static void
test_others_have_no_limits (ServerFixture *fixture,
                            gconstpointer  data)
{
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = g_strnfill (5000, 'b');

  soup_server_add_handler (fixture->soup_server, "/plain", handle_plainly, NULL, NULL);
  xml_rpc_server_set_max_request_size (fixture->server, 10);
  xml_rpc_server_set_request_timeout (fixture->server, 100);

  client = raw_client_new (fixture->port);
  raw_client_send (client, "POST /plain HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n", -1);
  server_caller_wait (400);
  raw_client_send (client, body, -1);
  raw_echo_assert_status (client, 200);
}

static void
test_authentication (ServerFixture *fixture,
                     gconstpointer  data)
{
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = raw_echo_body ("x");

  server_fixture_protect (fixture, "/RPC2");
  xml_rpc_server_attach (fixture->server, fixture->soup_server, "/open");

  client = raw_client_new (fixture->port);
  raw_client_post (client, "", body, -1);
  raw_echo_assert_status (client, 401);
  raw_client_post (client, SERVER_FIXTURE_WRONG_PASSWORD, body, -1);
  raw_echo_assert_status (client, 401);
  raw_client_post (client, SERVER_FIXTURE_PASSWORD, body, -1);
  raw_echo_assert_echoed (client, "x");
  raw_echo_send_to (client, "/open", body);
  raw_echo_assert_echoed (client, "x");
}

/* What holds for others holds for those who were let in, too. */
static void
test_authenticated_max_request_size (ServerFixture *fixture,
                                     gconstpointer  data)
{
  enum { LIMIT = 1000 };

  server_fixture_protect (fixture, "/");
  xml_rpc_server_set_max_request_size (fixture->server, LIMIT);
  xml_rpc_server_attach (fixture->server, fixture->soup_server, "/other");

  for (gsize size = LIMIT; size <= LIMIT + 1; size++)
    {
      g_autoptr (RawClient) client = raw_client_new (fixture->port);
      g_autofree char *body = raw_echo_body_of_size (size);

      raw_echo_send_chunked (client, SERVER_FIXTURE_PASSWORD, body, size, 100);
      raw_echo_assert_status (client, size > LIMIT ? 413 : 200);
    }
}

static void
test_authenticated_timeout (ServerFixture *fixture,
                            gconstpointer  data)
{
  g_autoptr (RawClient) client = NULL;

  server_fixture_protect (fixture, "/");
  xml_rpc_server_set_request_timeout (fixture->server, 100);
  xml_rpc_server_attach (fixture->server, fixture->soup_server, "/other");

  client = raw_client_new (fixture->port);
  raw_client_send (client, "GET /RPC2 HTTP/1.1\r\nHost: localhost\r\n" SERVER_FIXTURE_PASSWORD "\r\n", -1);
  raw_echo_assert_status (client, 405);
  raw_client_send (client, "POST /other HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n" SERVER_FIXTURE_PASSWORD
                           "Content-Length: 100\r\n\r\n", -1);
  raw_echo_assert_status (client, 408);
}

static void
test_authenticated_at_any_path (ServerFixture *fixture,
                                gconstpointer  data)
{
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = raw_echo_body ("x");

  xml_rpc_server_detach (fixture->server, fixture->soup_server);
  server_fixture_protect (fixture, "/");
  xml_rpc_server_attach (fixture->server, fixture->soup_server, NULL);

  client = raw_client_new (fixture->port);
  raw_client_post (client, SERVER_FIXTURE_WRONG_PASSWORD, body, -1);
  raw_echo_assert_status (client, 401);
  raw_client_post (client, SERVER_FIXTURE_PASSWORD, body, -1);
  raw_echo_assert_echoed (client, "x");
  raw_client_send (client, "GET /RPC2 HTTP/1.1\r\nHost: localhost\r\n" SERVER_FIXTURE_PASSWORD "\r\n", -1);
  raw_echo_assert_status (client, 405);
}

static void
return_header (XmlRpcServer     *server,
               XmlRpcInvocation *invocation,
               gpointer          user_data)
{
  SoupServerMessage *message = xml_rpc_invocation_get_message (invocation);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  g_assert_cmpstr (soup_server_message_get_remote_host (message), ==, "127.0.0.1");
  xml_rpc_invocation_return_value (invocation, g_variant_new_string (soup_message_headers_get_one (headers, "X-Test")));
}

static void
test_message (ServerFixture *fixture,
              gconstpointer  data)
{
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = raw_echo_body ("x");

  xml_rpc_server_add_method (fixture->server, "echo", NULL, NULL, return_header, NULL, NULL, NULL);
  client = raw_client_new (fixture->port);
  raw_client_post (client, "X-Test: from the header\r\n", body, -1);
  raw_echo_assert_echoed (client, "from the header");
}

static void
test_detach (ServerFixture *fixture,
             gconstpointer  data)
{
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = raw_echo_body ("x");

  xml_rpc_server_attach (fixture->server, fixture->soup_server, "/other");
  xml_rpc_server_detach (fixture->server, fixture->soup_server);
  client = raw_client_new (fixture->port);
  raw_echo_send_to (client, "/RPC2", body);
  raw_echo_assert_status (client, 404);
  raw_echo_send_to (client, "/other", body);
  raw_echo_assert_status (client, 404);

  xml_rpc_server_attach (fixture->server, fixture->soup_server, "/RPC2");
  raw_echo_send_to (client, "/RPC2", body);
  raw_echo_assert_echoed (client, "x");
}

/* A client that stays connected does not keep the server. */
static void
test_let_go (ServerFixture *fixture,
             gconstpointer  data)
{
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = raw_echo_body ("x");
  XmlRpcServer *other = xml_rpc_server_new ();

  xml_rpc_server_add_method (other, "echo", NULL, NULL, server_fixture_echo, NULL, NULL, NULL);
  xml_rpc_server_attach (other, fixture->soup_server, "/other");
  client = raw_client_new (fixture->port);
  raw_echo_send_to (client, "/other", body);
  raw_echo_assert_echoed (client, "x");

  g_object_add_weak_pointer (G_OBJECT (other), (gpointer *) &other);
  g_object_unref (other);
  server_caller_wait (20);
  g_assert_null (other);
  raw_echo_send_to (client, "/other", body);
  raw_echo_assert_status (client, 404);
}

/* In the midst of a request. */
static void
test_detach_and_attach_while_reading (ServerFixture *fixture,
                                      gconstpointer  data)
{
  static const char head[] = "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\nContent-Length: 200\r\n\r\n";
  g_autoptr (RawClient) detached = NULL;
  g_autoptr (RawClient) attached = NULL;
  g_autoptr (RawClient) last = NULL;
  g_autofree char *body = raw_echo_body_of_size (200);

  detached = raw_client_new (fixture->port);
  raw_client_send (detached, head, -1);
  server_caller_wait (20);
  xml_rpc_server_detach (fixture->server, fixture->soup_server);
  raw_client_send (detached, body, -1);
  raw_echo_assert_status (detached, 404);

  attached = raw_client_new (fixture->port);
  raw_client_send (attached, head, -1);
  server_caller_wait (20);
  xml_rpc_server_attach (fixture->server, fixture->soup_server, "/RPC2");
  raw_client_send (attached, body, -1);
  raw_echo_assert_status (attached, 200);

  last = raw_client_new (fixture->port);
  raw_echo_assert_still_served (last);
}

static void
test_tls (void)
{
  g_autofree char *certificate = g_test_build_filename (G_TEST_DIST, "data", "tls", "server.pem", NULL);
  g_autofree char *authority = g_test_build_filename (G_TEST_DIST, "data", "tls", "ca.pem", NULL);
  g_auto (ServerFixture) fixture;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (authority, &error);
  g_autoptr (SoupSession) session = NULL;
  g_autoptr (XmlRpcServerProxy) proxy = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) value = NULL;

  g_assert_no_error (error);
  server_fixture_init_tls (&fixture, certificate);
  session = soup_session_new_with_options ("tls-database", database, NULL);
  proxy = xml_rpc_server_proxy_new_with_session (fixture.uri, session, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (fixture.uri, "https://"));

  xml_rpc_server_proxy_call_async (proxy, "echo", g_variant_new ("(s)", "safe"), G_VARIANT_TYPE_STRING,
                                   NULL, server_caller_take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  value = xml_rpc_server_proxy_call_finish (proxy, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_variant_get_string (value, NULL), ==, "safe");
}

static void
test_many_calls_in_one (ServerFixture *fixture,
                        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XmlRpcServerProxy) proxy = NULL;
  g_autoptr (XmlRpcMulticall) calls = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  proxy = xml_rpc_server_proxy_new (fixture->uri, &error);
  g_assert_no_error (error);

  calls = xml_rpc_multicall_new (proxy);
  for (int i = 0; i < 1000; i++)
    xml_rpc_multicall_add (calls, i % 10 == 9 ? "missing" : "echo", g_variant_new ("(i)", i), G_VARIANT_TYPE_INT64);
  xml_rpc_multicall_execute_async (calls, NULL, server_caller_take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  xml_rpc_multicall_execute_finish (calls, result, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (GError) call_error = NULL;
      g_autoptr (GVariant) value = xml_rpc_multicall_get_result (calls, i, &call_error);

      if (i % 10 == 9)
        g_assert_error (call_error, XML_RPC_FAULT, XML_RPC_FAULT_METHOD_NOT_FOUND);
      else
        g_assert_cmpint (g_variant_get_int64 (value), ==, i);
    }
}

static const TEST_ROW (ServerFixture) tests[] = {
  { "paths", test_paths },
  { "any-path", test_any_path },
  { "side-by-side", test_side_by_side },
  { "others-have-no-limits", test_others_have_no_limits },
  { "authentication", test_authentication },
  { "authenticated-max-request-size", test_authenticated_max_request_size },
  { "authenticated-timeout", test_authenticated_timeout },
  { "authenticated-at-any-path", test_authenticated_at_any_path },
  { "message", test_message },
  { "detach", test_detach },
  { "let-go", test_let_go },
  { "detach-and-attach-while-reading", test_detach_and_attach_while_reading },
  { "many-calls-in-one", test_many_calls_in_one },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  TEST_TABLE_ADD_FIXTURE ("/server-attach", tests, ServerFixture, server_fixture_set_up, server_fixture_tear_down);
  g_test_add_func ("/server-attach/tls", test_tls);

  return g_test_run ();
}
