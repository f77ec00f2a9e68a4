/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Clients that mean no good, or go away: what they leave behind, and whether the
 * others are still served. */

#include <string.h>
#include <sys/socket.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "census.h"
#include "raw-client.h"
#include "server-caller.h"
#include "server-fixture.h"

#define ECHO_BODY "<methodCall><methodName>echo</methodName><params><param><value>x</value></param></params></methodCall>"

static void
assert_status (RawClient *client,
               guint      status)
{
  g_autoptr (RawReply) reply = raw_client_receive (client);

  g_assert_nonnull (reply);
  g_assert_cmpuint (reply->status, ==, status);
}

/* Each calls once and leaves, over a connection that could be used again. */
static void
test_call_and_leave (void)
{
  g_auto (ServerFixture) fixture;
  Census before;

  server_fixture_init (&fixture);
  before = census_take_own ();
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (RawClient) client = raw_client_new (fixture.port);

      raw_client_post (client, "", ECHO_BODY, -1);
      assert_status (client, 200);
    }
  census_assert_own (&before);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GAsyncResult **slot = user_data;

  *slot = g_object_ref (result);
}

static void
call_once (ServerFixture *fixture,
           GTlsDatabase  *database)
{
  g_autoptr (SoupSession) session = soup_session_new_with_options ("tls-database", database, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new_with_session (fixture->uri, session, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GError) error = NULL;

  xml_rpc_server_proxy_call_async (proxy, "echo", g_variant_new ("(s)", "safe"), NULL, NULL, done_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  value = xml_rpc_server_proxy_call_finish (proxy, result, &error);
  g_assert_no_error (error);
}

/* The end of a TLS connection is something to read. */
static void
test_call_and_leave_tls (void)
{
  g_autofree char *certificate = g_test_build_filename (G_TEST_DIST, "data", "tls", "server.pem", NULL);
  g_autofree char *authority = g_test_build_filename (G_TEST_DIST, "data", "tls", "ca.pem", NULL);
  g_auto (ServerFixture) fixture;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (authority, &error);
  Census before;

  g_assert_no_error (error);
  server_fixture_init_tls (&fixture, certificate);
  call_once (&fixture, database);
  before = census_take_own ();
  for (guint i = 0; i < 20; i++)
    call_once (&fixture, database);
  census_assert_own (&before);
}

/* All that a client does before the server has even accepted it. */
static void
send_and_reset (guint       port,
                const char *text,
                gsize       length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  struct linger linger = { 1, 0 };

  g_socket_connect (socket, address, NULL, &error);
  g_assert_no_error (error);
  if (length > 0)
    g_socket_send (socket, text, length, NULL, &error);
  g_assert_no_error (error);
  setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  g_socket_close (socket, &error);
  g_assert_no_error (error);
}

static void
assert_still_served (ServerFixture *fixture)
{
  g_autoptr (RawClient) client = raw_client_new (fixture->port);

  raw_client_post (client, "", ECHO_BODY, -1);
  assert_status (client, 200);
}

/* Nor is anything printed, which would end the test. */
static void
test_reset_before_accepted (void)
{
  static const char * const requests[] = {
    "",
    "P",
    "POST /RPC2 HTTP/1.1\r\nHost: h\r\nContent-Length: 8\r\n\r\n<methodC",
    "POST /RPC2 HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000000\r\n\r\n<methodC",
    "GET /RPC2 HTTP/1.1\r\nHost: h\r\n\r\n",
  };
  g_auto (ServerFixture) fixture;
  Census before;

  server_fixture_init (&fixture);
  assert_still_served (&fixture);
  before = census_take_own ();
  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      send_and_reset (fixture.port, requests[i], strlen (requests[i]));
      assert_still_served (&fixture);
    }
  census_assert_own (&before);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/server-faults/call-and-leave", test_call_and_leave);
  g_test_add_func ("/server-faults/call-and-leave-tls", test_call_and_leave_tls);
  g_test_add_func ("/server-faults/reset-before-accepted", test_reset_before_accepted);

  return g_test_run ();
}
