/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Requests that two readers could take for different ones: what is refused, and that
 * nothing behind one is executed. docs/SECURITY.md has the same table in words. */

#include <string.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "raw-client.h"
#include "raw-echo.h"
#include "server-fixture.h"

#define LINE "POST /RPC2 HTTP/1.1\r\n"
#define HOST "Host: localhost\r\n"
#define TYPE "Content-Type: text/xml\r\n"
#define HEAD LINE HOST TYPE
#define CALL "<methodCall><methodName>echo</methodName><params><param><value/></param></params></methodCall>"
#define LENGTH "Content-Length: 94\r\n"
#define CODING "Transfer-Encoding: chunked\r\n"
#define CHUNK "5e\r\n" CALL "\r\n"
#define CHUNKS CHUNK "0\r\n\r\n"
#define NEXT HEAD LENGTH "\r\n" CALL

G_STATIC_ASSERT (sizeof CALL - 1 == 94);

typedef struct
{
  const char *name;
  const char *text;   /* without what stands in NEXT, which is sent behind it */
} Case;

/* All of them are 400, the connection is closed, and nothing is executed. */
static const Case refused[] = {
  { "chunks in HTTP/1.0", "POST /RPC2 HTTP/1.0\r\n" HOST TYPE CODING "\r\n" CHUNKS },
  { "chunks and a length in HTTP/1.0", "POST /RPC2 HTTP/1.0\r\n" HOST TYPE LENGTH CODING "\r\n" CALL },
  { "a list of hosts", LINE "Host: localhost,localhost\r\n" TYPE LENGTH "\r\n" CALL },
  { "a host with a user", LINE "Host: evil@localhost\r\n" TYPE LENGTH "\r\n" CALL },
  { "a host with a blank", LINE "Host: localhost evil\r\n" TYPE LENGTH "\r\n" CALL },
  { "an absolute form without a host", "POST http://localhost/RPC2 HTTP/1.1\r\n" TYPE LENGTH "\r\n" CALL },
  { "a name that is no token", HEAD LENGTH "Transfer(Encoding): chunked\r\n\r\n" CALL },
  { "a control character in a name", HEAD LENGTH "Transfer-Encoding\v: chunked\r\n\r\n" CALL },
  { "a control character before a name", HEAD LENGTH "\001Transfer-Encoding: chunked\r\n\r\n" CALL },
  { "a name that is not ASCII", HEAD LENGTH "Tr\303\244nsfer-Encoding: chunked\r\n\r\n" CALL },
  { "a length for this connection only", HEAD LENGTH "Connection: Content-Length\r\n\r\n" CALL },
  { "a coding for this connection only", HEAD CODING "Connection: keep-alive, transfer-encoding\r\n\r\n" CHUNKS },
  { "a coding that HTTP/1.0 loses",
    "POST /RPC2 HTTP/1.0\r\n" HOST TYPE LENGTH CODING "Connection: keep-alive, Transfer-Encoding\r\n\r\n" CALL },
  { "a host for this connection only", HEAD LENGTH "Connection: host\r\n\r\n" CALL },
};

static void
test_refused (ServerFixture *fixture,
              gconstpointer  user_data)
{
  const Case *test = user_data;
  g_autofree char *text = g_strconcat (test->text, NEXT, NULL);
  g_autoptr (RawClient) client = raw_client_new (fixture->port);

  raw_client_send_what_goes (client, text, strlen (text));
  raw_echo_assert_status (client, 400);
  raw_client_wait_for_close (client);
  g_assert_cmpuint (fixture->n_calls, ==, 0);
}

/* libsoup 3.8 drops all hosts but the first, and warns. */
static const Case hosts[] = {
  { "two hosts", HEAD HOST LENGTH "\r\n" CALL },
  { "two hosts that differ", HEAD "Host: 127.0.0.1\r\n" LENGTH "\r\n" CALL },
  { "two hosts in HTTP/1.0", "POST /RPC2 HTTP/1.0\r\n" HOST HOST TYPE LENGTH "\r\n" CALL },
  { "two hosts and an absolute form", "POST http://localhost/RPC2 HTTP/1.1\r\n" HOST HOST TYPE LENGTH "\r\n" CALL },
};

static void
test_hosts (ServerFixture *fixture,
            gconstpointer  user_data)
{
  const Case *test = user_data;
  g_autoptr (RawClient) client = raw_client_new (fixture->port);
  g_autoptr (RawReply) reply = NULL;
  const GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);

  raw_client_send_what_goes (client, test->text, strlen (test->text));
  reply = raw_client_receive (client);
  g_log_set_always_fatal (fatal);
  g_assert_nonnull (reply);
  if (!soup_check_version (3, 8, 0))
    g_assert_cmpuint (reply->status, ==, 400);
  g_assert_cmpuint (fixture->n_calls, ==, reply->status == 400 ? 0 : 1);
}

/* libsoup 3.2 does not tell what is wrong with them, and takes some; it is enough that
 * nothing behind them is taken for a request. */
static const Case chunks[] = {
  { "well-formed", CHUNKS },
  { "hexadecimal prefix", "0x5e\r\n" CALL "\r\n0\r\n\r\n" },
  { "sign", "+5e\r\n" CALL "\r\n0\r\n\r\n" },
  { "blank before", " 5e\r\n" CALL "\r\n0\r\n\r\n" },
  { "letters behind", "5exyz\r\n" CALL "\r\n0\r\n\r\n" },
  { "negative", "-5e\r\n" CALL "\r\n0\r\n\r\n" },
  { "beyond 64 bits", "fffffffffffffffff\r\n" CALL "\r\n0\r\n\r\n" },
  { "beyond 64 bits, and 94 more", "1000000000000005e\r\n" CALL "\r\n0\r\n\r\n" },
  { "empty", "\r\n" CALL "\r\n0\r\n\r\n" },
  { "extension", "5e;a=b\r\n" CALL "\r\n0\r\n\r\n" },
  { "last with a sign", CHUNK "-0\r\n\r\n" },
  { "last without a digit", CHUNK "g\r\n\r\n" },
  { "last with letters", CHUNK "0junk\r\n\r\n" },
  { "last empty", CHUNK "\r\n\r\n" },
  { "last missing", CHUNK "\r\n" },
  { "trailer", CHUNK "0\r\nX-Trailer: x\r\n\r\n" },
  { "trailer without an end", CHUNK "0\r\nX-Trailer: x\r\n" },
  { "trailer that is no field", CHUNK "0\r\nx\r\n" },
  { "no end of the trailer", CHUNK "0\r\n" },
  { "LF alone", "5e\n" CALL "\n0\n\n" },
  { "nothing behind the data", "5e\r\n" CALL "0\r\n\r\n" },
  { "longer than it says", "5e\r\n" CALL "more\r\n0\r\n\r\n" },
};

static void
test_behind_chunks (ServerFixture *fixture,
                    gconstpointer  user_data)
{
  const Case *test = user_data;
  g_autofree char *text = g_strconcat (HEAD CODING "\r\n", test->text, NEXT, NULL);
  g_autoptr (RawClient) client = raw_client_new (fixture->port);

  xml_rpc_server_set_request_timeout (fixture->server, 2000);
  raw_client_send_what_goes (client, text, strlen (text));
  raw_client_wait_for_close (client);
  g_test_message ("executed: %u", fixture->n_calls);
  g_assert_cmpuint (fixture->n_calls, <=, 1);
}

static void
answer_plainly (SoupServer        *soup_server,
                SoupServerMessage *message,
                const char        *path,
                GHashTable        *query,
                gpointer           user_data)
{
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_STATIC, "plain", 5);
}

/* Whoever has a request executed that hides behind another chooses the path of the
 * first: that of the program's own pages, too. */
static const Case elsewhere[] = {
  { "chunks", "POST /plain HTTP/1.1\r\n" HOST CODING "\r\n5e\r\n" CALL "\r\ng\r\n\r\n" },
  { "chunks at no path", "POST /none HTTP/1.1\r\n" HOST CODING "\r\n5e\r\n" CALL "\r\ng\r\n\r\n" },
  { "a length and chunks", "POST /plain HTTP/1.1\r\n" HOST LENGTH CODING "\r\n0\r\n\r\n" },
  { "two lengths", "POST /plain HTTP/1.1\r\n" HOST "Content-Length: 4\r\nContent-Length: 0\r\n\r\n" },
  { "HTTP/1.0", "POST /plain HTTP/1.0\r\n" HOST "Connection: keep-alive\r\n" CODING "\r\n0\r\n\r\n" },
};

static void
test_elsewhere (ServerFixture *fixture,
                gconstpointer  user_data)
{
  const Case *test = user_data;
  g_autofree char *text = g_strconcat (test->text, NEXT, NULL);
  g_autoptr (RawClient) client = raw_client_new (fixture->port);

  soup_server_add_handler (fixture->soup_server, "/plain", answer_plainly, NULL, NULL);
  raw_client_send_what_goes (client, text, strlen (text));
  raw_client_wait_for_close (client);
  g_assert_cmpuint (fixture->n_calls, ==, 0);
}

/* What libsoup 3.2 leaves out of the head without a word: what remains is a request with a
 * length. A newer one may refuse it. */
static const Case hidden[] = {
  { "blank before the colon", HEAD LENGTH "Transfer-Encoding : chunked\r\n\r\n" CALL },
  { "tab before the colon", HEAD LENGTH "Transfer-Encoding\t: chunked\r\n\r\n" CALL },
  { "CR before the name", HEAD LENGTH "\rTransfer-Encoding: chunked\r\n\r\n" CALL },
  { "CR within the name", HEAD LENGTH "Transfer-\rEncoding: chunked\r\n\r\n" CALL },
  { "CR for the end of a line", HEAD LENGTH "X: y\rTransfer-Encoding: chunked\r\n\r\n" CALL },
  { "blank before the first field", LINE " Transfer-Encoding: chunked\r\n" HOST TYPE LENGTH "\r\n" CALL },
  { "continued line", HEAD LENGTH "X: y\r\n Transfer-Encoding: chunked\r\n\r\n" CALL },
  { "no colon", HEAD LENGTH "Transfer-Encoding\r\n\r\n" CALL },
  { "LF alone", "POST /RPC2 HTTP/1.1\nHost: localhost\nContent-Type: text/xml\nContent-Length: 94\n\n" CALL },
};

static void
test_hidden (ServerFixture *fixture,
             gconstpointer  user_data)
{
  const Case *test = user_data;
  g_autoptr (RawClient) client = raw_client_new (fixture->port);
  g_autoptr (RawReply) reply = NULL;

  raw_client_send_what_goes (client, test->text, strlen (test->text));
  reply = raw_client_receive (client);
  g_assert_nonnull (reply);
  g_test_message ("status: %u", reply->status);
  g_assert_true (reply->status == 200 || reply->status == 400);
  g_assert_cmpuint (fixture->n_calls, ==, reply->status == 200 ? 1 : 0);
}

static void
add_tests (const char  *group,
           const Case  *cases,
           gsize        n_cases,
           void       (*func) (ServerFixture *, gconstpointer))
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_autofree char *name = g_strdelimit (g_strdup (cases[i].name), " /", '-');
      g_autofree char *path = g_strdup_printf ("/server-framing/%s/%s", group, name);

      g_test_add (path, ServerFixture, &cases[i], server_fixture_set_up, func, server_fixture_tear_down);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_tests ("refused", refused, G_N_ELEMENTS (refused), test_refused);
  add_tests ("hosts", hosts, G_N_ELEMENTS (hosts), test_hosts);
  add_tests ("behind-chunks", chunks, G_N_ELEMENTS (chunks), test_behind_chunks);
  add_tests ("elsewhere", elsewhere, G_N_ELEMENTS (elsewhere), test_elsewhere);
  add_tests ("hidden", hidden, G_N_ELEMENTS (hidden), test_hidden);

  return g_test_run ();
}
