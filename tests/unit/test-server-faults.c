/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Clients that mean no good, or go away: what they leave behind, and whether the
 * others are still served. */

#include <string.h>
#include <sys/socket.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "census.h"
#include "raw-client.h"
#include "raw-echo.h"
#include "server-caller.h"
#include "server-fixture.h"
#include "test-table.h"

#define ECHO_BODY "<methodCall><methodName>echo</methodName><params><param><value>x</value></param></params></methodCall>"

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
      raw_echo_assert_status (client, 200);
    }
  census_assert_own (&before);
}

static void
call_over_tls (ServerFixture *fixture,
               GTlsDatabase  *database)
{
  g_autoptr (SoupSession) session = soup_session_new_with_options ("tls-database", database, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new_with_session (fixture->uri, session, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GError) error = NULL;

  xml_rpc_server_proxy_call_async (proxy, "echo", g_variant_new ("(s)", "safe"), NULL, NULL, server_caller_take_result, &result);
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
  call_over_tls (&fixture, database);
  before = census_take_own ();
  for (guint i = 0; i < 20; i++)
    call_over_tls (&fixture, database);
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
  raw_echo_assert_status (client, 200);
}

/* Nor is anything printed, which would end the test. */
static void
test_reset_before_accepted (void)
{
  static const char * const requests[] = {
    "",
    "P",
    "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8\r\n\r\n<methodC",
    "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\n<methodC",
    "GET /RPC2 HTTP/1.1\r\nHost: localhost\r\n\r\n",
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

static void
count_call (XmlRpcServer     *server,
            XmlRpcInvocation *invocation,
            gpointer          user_data)
{
  guint *n_calls = user_data;

  (*n_calls)++;
  server_fixture_echo (server, invocation, NULL);
}

#define HEAD "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n"
#define CALL "<methodCall><methodName>echo</methodName><params><param><value/></param></params></methodCall>"
#define LENGTH "Content-Length: 94\r\n"
#define CHUNKS "5e\r\n" CALL "\r\n0\r\n\r\n"

G_STATIC_ASSERT (sizeof CALL - 1 == 94);

/* What a client sends in one piece, which statuses it gets for it, and how many
 * calls are executed. Whatever follows what is refused is not a request. */
static const struct
{
  const char *name;
  const char *text;
  guint       statuses[4];
  guint       n_calls;
  guint       n_refused_later; /* of the calls, by a newer libsoup */
} requests[] = {
  { "plain", HEAD LENGTH "\r\n" CALL, { 200 }, 1 },
  { "chunked", HEAD "Transfer-Encoding: chunked\r\n\r\n" CHUNKS, { 200 }, 1 },
  { "pipelined", HEAD LENGTH "\r\n" CALL HEAD LENGTH "\r\n" CALL HEAD "Transfer-Encoding: chunked\r\n\r\n" CHUNKS,
    { 200, 200, 200 }, 3 },
  { "both lengths", HEAD LENGTH "Transfer-Encoding: chunked\r\n\r\n" CHUNKS, { 400 }, 0 },
  { "both lengths, the other way round", HEAD "Transfer-Encoding: chunked\r\n" LENGTH "\r\n" CHUNKS, { 400 }, 0 },
  { "smuggled behind chunks", HEAD "Content-Length: 148\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    HEAD LENGTH "\r\n" CALL, { 400 }, 0 },
  { "smuggled behind a length", HEAD "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    HEAD LENGTH "\r\n" CALL, { 400 }, 0 },
  { "two lengths", HEAD LENGTH "Content-Length: 5\r\n\r\n" CALL, { 400 }, 0 },
  { "two lengths, the other way round", HEAD "Content-Length: 5\r\n" LENGTH "\r\n" CALL, { 400 }, 0 },
  { "one length twice", HEAD LENGTH LENGTH "\r\n" CALL, { 400 }, 0 },
  { "a list of lengths", HEAD "Content-Length: 94, 94\r\n\r\n" CALL, { 400 }, 0 },
  { "a negative length", HEAD "Content-Length: -94\r\n\r\n" CALL, { 400 }, 0 },
  { "a length with a sign", HEAD "Content-Length: +94\r\n\r\n" CALL, { 400 }, 0 },
  { "a length with letters", HEAD "Content-Length: 94x\r\n\r\n" CALL, { 400 }, 0 },
  { "a hexadecimal length", HEAD "Content-Length: 0x5e\r\n\r\n" CALL, { 400 }, 0 },
  { "no number as length", HEAD "Content-Length: \r\n\r\n" CALL, { 400 }, 0 },
  { "a length beyond 64 bits", HEAD "Content-Length: 18446744073709551710\r\n\r\n" CALL, { 400 }, 0 },
  { "chunked twice", HEAD "Transfer-Encoding: chunked, chunked\r\n\r\n" CHUNKS, { 501 }, 0 },
  { "chunked and more", HEAD "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n" CHUNKS, { 400 }, 0 },
  { "another coding", HEAD "Transfer-Encoding: gzip\r\n\r\n" CALL, { 501 }, 0 },
  { "like chunked", HEAD "Transfer-Encoding: xchunked\r\n\r\n" CHUNKS, { 501 }, 0 },
  { "more than announced", HEAD LENGTH "\r\n" CALL "more", { 200 }, 1 },
  { "more than announced, to the end of a line", HEAD LENGTH "\r\n" CALL "more\r\n\r\n", { 200, 400 }, 1 },
  { "less than announced", HEAD "Content-Length: 95\r\n\r\n" CALL, { 0 }, 0 },
  { "no length", HEAD "\r\n", { 411 }, 0 },
  /* libsoup 3.2 takes it for the end of the body; the call is whole, at least. 3.8
   * refuses it. */
  { "an end instead of the last chunk", HEAD "Transfer-Encoding: chunked\r\n\r\n5e\r\n" CALL "\r\n", { 0 }, 1, 1 },
  { "chunks without an end", HEAD "Transfer-Encoding: chunked\r\n\r\n5e\r\n" CALL "\r\n", { 408 }, 0 },
  { "no length that libsoup takes for one", HEAD "Content-Length : 94\r\n\r\n" CALL, { 411 }, 0 },
  { "no request", "EHLO mail.example.org\r\n\r\n", { 400 }, 0 },
  { "no version", "POST /RPC2\r\n\r\n", { 400 }, 0 },
  { "no host", "POST /RPC2 HTTP/1.1\r\n" LENGTH "\r\n" CALL, { 400 }, 0 },
};

static void
test_requests (void)
{
  g_auto (ServerFixture) fixture;
  guint n_calls = 0;
  Census before;

  server_fixture_init (&fixture);
  xml_rpc_server_set_request_timeout (fixture.server, 300);
  xml_rpc_server_add_method (fixture.server, "echo", NULL, NULL, count_call, &n_calls, NULL, NULL);
  assert_still_served (&fixture);
  before = census_take_own ();

  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autoptr (RawClient) client = raw_client_new (fixture.port);

      g_test_message ("%s", requests[i].name);
      n_calls = 0;
      raw_client_send_what_goes (client, requests[i].text, strlen (requests[i].text));
      for (const guint *status = requests[i].statuses; *status != 0; status++)
        raw_echo_assert_status (client, *status);
      g_clear_pointer (&client, raw_client_free);

      assert_still_served (&fixture);
      n_calls--;
      g_assert_cmpuint (n_calls, <=, requests[i].n_calls);
      g_assert_cmpuint (n_calls, >=, requests[i].n_calls - requests[i].n_refused_later);
    }

  census_assert_own (&before);
}

/* Heads that do not end. */
static void
test_endless_heads (void)
{
  static const struct
  {
    const char *beginning;
    const char *more;
  } heads[] = {
    { "POST /", "aaaaaaaaaaaaaaaa" },
    { "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nX-Long: ", "aaaaaaaaaaaaaaaa" },
    { "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\n", "X-More: and more\r\n" },
    { "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n", "1111111111111111" },
  };
  g_auto (ServerFixture) fixture;
  Census before;

  server_fixture_init (&fixture);
  assert_still_served (&fixture);
  before = census_take_own ();
  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr (RawClient) client = raw_client_new (fixture.port);
      g_autoptr (GString) more = g_string_new (NULL);
      gsize n_sent = 0;
      gsize n;

      for (guint j = 0; j < 1000; j++)
        g_string_append (more, heads[i].more);
      raw_client_send (client, heads[i].beginning, -1);
      do
        {
          n = raw_client_send_what_goes (client, more->str, more->len);
          n_sent += n;
        }
      while (n == more->len && n_sent < 100 * 1024 * 1024);

      g_assert_cmpuint (n_sent, <, 20 * 1024 * 1024);
      g_clear_pointer (&client, raw_client_free);
      assert_still_served (&fixture);
    }
  census_assert_own (&before);
}

#define N_CLIENTS 150
#define N_ROUNDS 8

/* Hundreds that each send one byte now and then, or none at all, and one that
 * means it. */
static void
crowd (gboolean is_sending)
{
  static const char request[] = HEAD "Content-Length: 100000\r\n\r\n";
  g_auto (ServerFixture) fixture;
  RawClient *clients[N_CLIENTS];
  Census before;

  server_fixture_init (&fixture);
  xml_rpc_server_set_request_timeout (fixture.server, 500);
  assert_still_served (&fixture);
  before = census_take_own ();

  for (guint i = 0; i < N_CLIENTS; i++)
    {
      clients[i] = raw_client_new (fixture.port);
      while (g_main_context_iteration (NULL, FALSE))
        continue;
    }
  for (gsize n = 0; is_sending && n < 20; n++)
    {
      for (guint i = 0; i < N_CLIENTS; i++)
        raw_client_send_what_goes (clients[i], request + n, 1);
      assert_still_served (&fixture);
    }
  assert_still_served (&fixture);

  /* The server closes them when their time is up. */
  for (guint i = 0; i < N_CLIENTS; i++)
    {
      raw_client_wait_for_close (clients[i]);
      raw_client_free (clients[i]);
    }
  assert_still_served (&fixture);
  census_assert_own (&before);
}

static void
test_slow_senders (void)
{
  crowd (TRUE);
}

static void
test_silent_connections (void)
{
  crowd (FALSE);
}

/* Hundreds at once, and more than a process may have descriptors, in all. */
static void
test_flood (void)
{
  g_auto (ServerFixture) fixture;
  guint n_calls = 0;
  Census before;

  server_fixture_init (&fixture);
  xml_rpc_server_add_method (fixture.server, "echo", NULL, NULL, count_call, &n_calls, NULL, NULL);
  before = census_take_own ();
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      RawClient *clients[N_CLIENTS];

      for (guint i = 0; i < N_CLIENTS; i++)
        {
          clients[i] = raw_client_new (fixture.port);
          raw_client_post (clients[i], "", ECHO_BODY, -1);
          while (g_main_context_iteration (NULL, FALSE))
            continue;
        }
      for (guint i = 0; i < N_CLIENTS; i++)
        {
          raw_echo_assert_status (clients[i], 200);
          raw_client_free (clients[i]);
        }
    }
  g_assert_cmpuint (n_calls, ==, N_ROUNDS * N_CLIENTS);
  census_assert_own (&before);
}

/* Answers that come later, to clients that have gone by then. */
typedef struct
{
  GPtrArray *invocations;
  guint      n_calls;
} Later;

static void
keep (XmlRpcServer     *server,
      XmlRpcInvocation *invocation,
      gpointer          user_data)
{
  Later *later = user_data;

  later->n_calls++;
  g_ptr_array_add (later->invocations, g_object_ref (invocation));
}

static gpointer
answer_all (gpointer data)
{
  GPtrArray *invocations = data;

  for (guint i = 0; i < invocations->len; i++)
    xml_rpc_invocation_return_value (invocations->pdata[i], g_variant_new_string ("too late"));
  g_ptr_array_set_size (invocations, 0);

  return NULL;
}

static gpointer
forget_all (gpointer data)
{
  g_ptr_array_set_size (data, 0);

  return NULL;
}

static void
iterate_until_idle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static const struct
{
  const char *name;
  GThreadFunc end;
  gboolean    in_thread;
  gboolean    before;     /* the client goes before the answer, not after */
  gboolean    reset;
} departures[] = {
  { "closed, then answered", answer_all, FALSE, TRUE, FALSE },
  { "closed, then answered in a thread", answer_all, TRUE, TRUE, FALSE },
  { "closed, then forgotten", forget_all, FALSE, TRUE, FALSE },
  { "reset, then answered", answer_all, FALSE, TRUE, TRUE },
  { "reset, then answered in a thread", answer_all, TRUE, TRUE, TRUE },
  { "reset, then forgotten in a thread", forget_all, TRUE, TRUE, TRUE },
  { "answered, then closed", answer_all, FALSE, FALSE, FALSE },
  { "answered in a thread, then closed", answer_all, TRUE, FALSE, FALSE },
  { "answered, then reset", answer_all, FALSE, FALSE, TRUE },
  { "forgotten in a thread, then reset", forget_all, TRUE, FALSE, TRUE },
};

static void
leave (RawClient *client,
       gboolean   reset)
{
  if (reset)
    raw_client_reset (client);
  raw_client_free (client);
}

/* Clients that break off a request after another: libsoup tells nobody of one that
 * has no whole line. */
static void
test_broken_off (void)
{
  static const char * const beginnings[] = { "", "P", "POST /RPC2 HTTP/1.1", "\r\n", "POST /RPC2 HTTP/1.1\r\n" };
  g_auto (ServerFixture) fixture;
  Census before;

  server_fixture_init (&fixture);
  before = census_take_own ();
  for (guint i = 0; i < G_N_ELEMENTS (beginnings) * 4; i++)
    {
      const char *beginning = beginnings[i / 4];
      gboolean is_seen = (i & 1) != 0, is_reset = (i & 2) != 0;
      RawClient *client = raw_client_new (fixture.port);

      raw_client_post (client, "", ECHO_BODY, -1);
      raw_echo_assert_status (client, 200);
      raw_client_send (client, beginning, strlen (beginning));
      if (is_seen)
        iterate_until_idle ();
      leave (client, is_reset);
      census_assert_own (&before);
    }
}

static void
end_invocations (Later      *later,
                 GThreadFunc end,
                 gboolean    in_thread)
{
  if (in_thread)
    g_thread_join (g_thread_new ("end", end, later->invocations));
  else
    end (later->invocations);
}

static void
test_departures (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (GPtrArray) invocations = g_ptr_array_new_with_free_func (g_object_unref);
  Later later = { invocations };
  Census before;

  server_fixture_init (&fixture);
  xml_rpc_server_add_method (fixture.server, "later", NULL, NULL, keep, &later, NULL, NULL);
  assert_still_served (&fixture);
  before = census_take_own ();

  for (gsize i = 0; i < G_N_ELEMENTS (departures); i++)
    {
      RawClient *client = raw_client_new (fixture.port);

      g_test_message ("%s", departures[i].name);
      later.n_calls = 0;
      raw_client_post (client, "", "<methodCall><methodName>later</methodName></methodCall>", -1);
      while (later.n_calls == 0)
        g_main_context_iteration (NULL, TRUE);

      if (departures[i].before)
        leave (client, departures[i].reset);
      iterate_until_idle ();
      end_invocations (&later, departures[i].end, departures[i].in_thread);
      if (!departures[i].before)
        leave (client, departures[i].reset);

      assert_still_served (&fixture);
      g_assert_cmpuint (later.n_calls, ==, 1);
    }

  census_assert_own (&before);
}

static const TestRow tests[] = {
  { "call-and-leave", test_call_and_leave },
  { "call-and-leave-tls", test_call_and_leave_tls },
  { "reset-before-accepted", test_reset_before_accepted },
  { "requests", test_requests },
  { "endless-heads", test_endless_heads },
  { "slow-senders", test_slow_senders },
  { "silent-connections", test_silent_connections },
  { "flood", test_flood },
  { "broken-off", test_broken_off },
  { "departures", test_departures },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  TEST_TABLE_ADD ("/server-faults", tests);

  return g_test_run ();
}
