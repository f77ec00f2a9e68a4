/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Which web pages may call a server, and by which names. */

#include <string.h>
#include <unistd.h>

#include <gio/gunixsocketaddress.h>
#include <xmlrpc-glib/xmlrpc-glib.h>

#include "raw-client.h"
#include "raw-echo.h"
#include "server-fixture.h"
#include "server/xml-rpc-refusal-private.h"
#include "server/xml-rpc-server-private.h"
#include "test-table.h"

#define CALL "<methodCall><methodName>echo</methodName><params><param><value/></param></params></methodCall>"
#define TYPE "Content-Type: text/xml\r\n"
#define LENGTH "Content-Length: 94\r\n"
#define LOCAL "Host: localhost\r\n"

G_STATIC_ASSERT (sizeof CALL - 1 == 94);

static const char * const allowed_hosts[] = { "example.org", "*.wild.example", "b\303\274cher.example", "", NULL };
static const char * const allowed_origins[] = {
  "http://app.example", "https://SHOP.example:8443/", "chrome-extension://abcdef", "https://default.example:443",
  "null", "*", "bare.example", "http://path.example/path", NULL,
};

static void
fixture_init (ServerFixture *self,
              gconstpointer  user_data)
{
  server_fixture_init (self);
  xml_rpc_server_set_allowed_hosts (self->server, allowed_hosts);
  xml_rpc_server_set_allowed_origins (self->server, allowed_origins);
}

/* The reply to what is sent by a client of its own, and whether it was executed. */
static RawReply *
ask (ServerFixture *fixture,
     const char    *head)
{
  g_autoptr (RawClient) client = raw_client_new (fixture->port);
  g_autofree char *text = g_strconcat (head, "\r\n", CALL, NULL);
  RawReply *reply;

  fixture->n_calls = 0;
  raw_client_send_what_goes (client, text, strlen (text));
  reply = raw_client_receive (client);
  g_assert_nonnull (reply);
  g_assert_cmpuint (fixture->n_calls, ==, reply->status == 200 ? 1 : 0);

  return reply;
}

static RawReply *
post (ServerFixture *fixture,
      const char    *headers)
{
  g_autofree char *head = g_strconcat ("POST /RPC2 HTTP/1.1\r\n" TYPE LENGTH, headers, NULL);

  return ask (fixture, head);
}

/* One line of text that has these words. */
static void
assert_explained (RawReply   *reply,
                  const char *first,
                  const char *second)
{
  gsize length = g_bytes_get_size (reply->body);
  g_autofree char *text = raw_reply_get_text (reply);

  raw_reply_assert_header (reply, "Content-Type", "text/plain; charset=utf-8");
  g_assert_cmpuint (length, >, 1);
  g_assert_true (strchr (text, '\n') == text + length - 1);
  if (first != NULL)
    g_assert_nonnull (strstr (text, first));
  if (second != NULL)
    g_assert_nonnull (strstr (text, second));
}

static const struct
{
  const char *host;
  guint       status;
} hosts[] = {
  { "localhost", 200 },
  { "LocalHost", 200 },
  { "localhost.", 200 },
  { "localhost:1", 200 },
  { "localhost:65535", 200 },
  { "www.localhost", 200 },
  { "a.b.LOCALHOST:80", 200 },
  { "127.0.0.1", 200 },
  { "127.0.0.1:8080", 200 },
  { "192.168.1.2", 200 },
  { "[::1]", 200 },
  { "[::1]:8080", 200 },
  { "example.org", 200 },
  { "EXAMPLE.ORG:443", 200 },
  { "example.org.", 200 },
  { "a.wild.example", 200 },
  { "xn--bcher-kva.example", 200 },
  { "evil.example", 403 },
  { "evil.example:8080", 403 },
  { "localhost.evil.example", 403 },
  { "127.0.0.1.evil.example", 403 },
  { "evillocalhost", 403 },
  { "notexample.org", 403 },
  { "sub.example.org", 403 },
  { "wild.example", 403 },
  { "evilwild.example", 403 },
  { "2130706433", 403 },
  { "0x7f.1", 403 },
  { "127.1", 403 },
  { "h", 403 },
};

static void
test_hosts (ServerFixture *fixture,
            gconstpointer  user_data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autofree char *header = g_strdup_printf ("Host: %s\r\n", hosts[i].host);
      g_autoptr (RawReply) reply = NULL;

      g_test_message ("%s", hosts[i].host);
      reply = post (fixture, header);
      g_assert_cmpuint (reply->status, ==, hosts[i].status);
      if (reply->status == 403)
        assert_explained (reply, "the host \"", "allowed-hosts");
    }
}

static void
test_own_name (ServerFixture *fixture,
               gconstpointer  user_data)
{
  g_autofree char *header = g_strdup_printf ("Host: %s:8080\r\n", g_get_host_name ());
  g_autoptr (RawReply) reply = post (fixture, header);

  g_assert_cmpuint (reply->status, ==, 200);
}

static const struct
{
  const char *head;
  guint       status;
} authorities[] = {
  { "POST http://localhost/RPC2 HTTP/1.1\r\nHost: evil.example\r\n", 200 },
  { "POST http://evil.example/RPC2 HTTP/1.1\r\nHost: localhost\r\n", 403 },
  { "POST http://evil.example/RPC2 HTTP/1.0\r\n", 403 },
  { "POST http://evil@localhost/RPC2 HTTP/1.1\r\nHost: localhost\r\n", 200 },
  { "POST http://localhost@evil.example/RPC2 HTTP/1.1\r\nHost: localhost\r\n", 403 },
  { "POST /RPC2 HTTP/1.0\r\n", 200 },
  { "POST /RPC2 HTTP/1.0\r\nHost: localhost\r\n", 200 },
  { "POST /RPC2 HTTP/1.0\r\nHost: evil.example\r\n", 403 },
};

static void
test_authorities (ServerFixture *fixture,
                  gconstpointer  user_data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (authorities); i++)
    {
      g_autofree char *head = g_strconcat (authorities[i].head, TYPE LENGTH, NULL);
      g_autoptr (RawReply) reply = NULL;

      g_test_message ("%s", authorities[i].head);
      reply = ask (fixture, head);
      g_assert_cmpuint (reply->status, ==, authorities[i].status);
    }
}

static void
test_every_host (ServerFixture *fixture,
                 gconstpointer  user_data)
{
  static const char * const every[] = { "*", NULL };
  g_autoptr (RawReply) reply = NULL;

  xml_rpc_server_set_allowed_hosts (fixture->server, every);
  reply = post (fixture, "Host: evil.example\r\n");
  g_assert_cmpuint (reply->status, ==, 200);
}

/* The body and the log name the host and the property, and the log once in a while. */
static void
test_log (ServerFixture *fixture,
          gconstpointer  user_data)
{
  g_autoptr (RawReply) first = NULL;
  g_autoptr (RawReply) second = NULL;

  g_test_expect_message ("xmlrpc-glib", G_LOG_LEVEL_MESSAGE,
                         "Refused a request: the host \"evil.example\" is not in allowed-hosts");
  first = post (fixture, "Host: evil.example\r\n");
  g_test_assert_expected_messages ();
  g_assert_cmpuint (first->status, ==, 403);
  assert_explained (first, "\"evil.example\"", "allowed-hosts");

  /* Nothing is logged: that would be unexpected. */
  g_test_expect_message ("xmlrpc-glib", G_LOG_LEVEL_MESSAGE, "The end");
  second = post (fixture, "Host: other.example\r\n");
  g_log ("xmlrpc-glib", G_LOG_LEVEL_MESSAGE, "The end");
  g_test_assert_expected_messages ();
  g_assert_cmpuint (second->status, ==, 403);
}

/* What is shown of what a client sent is short, and on one line. */
static void
test_shown (ServerFixture *fixture,
            gconstpointer  user_data)
{
  g_autofree char *long_name = g_strnfill (10000, 'x');
  g_autofree char *long_host = g_strdup_printf ("Host: %s\r\n", long_name);
  g_autofree char *long_origin = g_strdup_printf (LOCAL "Origin: %s\r\n", long_name);
  g_autoptr (RawReply) host = post (fixture, long_host);
  g_autoptr (RawReply) origin = post (fixture, long_origin);
  g_autoptr (RawReply) quotes = post (fixture, LOCAL "Origin: \"a\"\001\033[31m\r\n");
  /* Newer libraries refuse it themselves. */
  g_autoptr (RawReply) escaped = post (fixture, "Host: ev%0d%0ail.example\r\n");

  g_assert_cmpuint (host->status, ==, 403);
  g_assert_cmpuint (g_bytes_get_size (host->body), <, 400);
  g_assert_cmpuint (origin->status, ==, 403);
  g_assert_cmpuint (g_bytes_get_size (origin->body), <, 400);
  g_assert_cmpuint (quotes->status, ==, 403);
  assert_explained (quotes, "the origin \"\\\"a\\\"\\001\\033[31m\"", NULL);
  if (escaped->status == 403)
    assert_explained (escaped, "\"ev\\r\\nil.example\"", NULL);
  else
    g_assert_cmpuint (escaped->status, ==, 400);
}

/* Listens once more, at any address, and asks there. FALSE: there is no such address. */
static gboolean
listen_at (ServerFixture  *fixture,
           GSocketAddress *address)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_STREAM,
                                             G_SOCKET_PROTOCOL_DEFAULT, NULL);

  if (socket == NULL || !g_socket_bind (socket, address, TRUE, NULL) || !g_socket_listen (socket, NULL))
    return FALSE;

  soup_server_listen_socket (fixture->soup_server, socket, 0, &error);
  g_assert_no_error (error);
  if (G_IS_INET_SOCKET_ADDRESS (address))
    {
      g_autoptr (GSocketAddress) bound = g_socket_get_local_address (socket, NULL);

      fixture->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
    }

  return TRUE;
}

/* A listener for both families sees ::ffff:127.0.0.1. */
static void
test_mapped (ServerFixture *fixture,
             gconstpointer  user_data)
{
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("::", 0);
  g_autoptr (RawReply) reply = NULL;

  if (!listen_at (fixture, any))
    {
      g_test_skip ("no IPv6");
      return;
    }

  reply = post (fixture, "Host: evil.example\r\n");
  g_assert_cmpuint (reply->status, ==, 403);
}

/* What a socket of any kind says to a request with these headers. */
static guint
ask_address (GSocketAddress *address,
             const char     *headers)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);
  g_autofree char *text = g_strconcat ("POST /RPC2 HTTP/1.1\r\n" TYPE LENGTH, headers, "\r\n", CALL, NULL);
  GSocket *socket;
  char reply[13] = "";

  g_assert_nonnull (connection);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text, strlen (text),
                             NULL, NULL, NULL);
  socket = g_socket_connection_get_socket (connection);
  while (g_socket_condition_check (socket, G_IO_IN) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), reply, sizeof reply - 1,
                           NULL, NULL, NULL);

  return g_ascii_strtoull (reply + strlen ("HTTP/1.1 "), NULL, 10);
}

/* Pages do not reach it, but a proxy does, and passes on what it got. */
static void
test_unix_socket (ServerFixture *fixture,
                  gconstpointer  user_data)
{
  g_autofree char *directory = g_dir_make_tmp ("origins-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "socket", NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);

  g_assert_true (listen_at (fixture, address));
  g_assert_cmpuint (ask_address (address, "Host: any.example\r\n"), ==, 200);
  g_assert_cmpuint (ask_address (address, "Host: any.example\r\nOrigin: http://evil.example\r\n"), ==, 403);
  g_assert_cmpuint (ask_address (address, "Host: any.example\r\nSec-Fetch-Site: cross-site\r\n"), ==, 403);

  unlink (path);
  rmdir (directory);
}

static const struct
{
  const char *headers;
  guint       status;
} origins[] = {
  { "", 200 },
  { "Origin: http://app.example\r\n", 200 },
  { "Origin: HTTP://APP.example\r\n", 200 },
  { "Origin: http://app.example:80\r\n", 200 },
  { "Origin: https://shop.example:8443\r\n", 200 },
  { "Origin: https://default.example\r\n", 200 },
  { "Origin: chrome-extension://abcdef\r\n", 200 },
  { "Origin: http://app.example\r\nSec-Fetch-Site: cross-site\r\n", 200 },
  { "Origin: http://evil.example\r\n", 403 },
  { "Origin: https://app.example\r\n", 403 },
  { "Origin: http://app.example:81\r\n", 403 },
  { "Origin: https://shop.example\r\n", 403 },
  { "Origin: http://app.example.evil.example\r\n", 403 },
  { "Origin: http://evilapp.example\r\n", 403 },
  { "Origin: http://app.example@evil.example\r\n", 403 },
  { "Origin: http://evil@app.example\r\n", 403 },
  { "Origin: http://app.example/path\r\n", 403 },
  { "Origin: http://app.example?query\r\n", 403 },
  { "Origin: http://app.example#fragment\r\n", 403 },
  { "Origin: http://path.example\r\n", 403 },
  { "Origin: http://app.example, http://evil.example\r\n", 403 },
  { "Origin: http://app.example http://evil.example\r\n", 403 },
  { "Origin: http://app.example\r\nOrigin: http://app.example\r\n", 403 },
  { "Origin: http://app.example\r\nOrigin: http://evil.example\r\n", 403 },
  { "Origin: null\r\n", 403 },
  { "Origin: *\r\n", 403 },
  { "Origin: bare.example\r\n", 403 },
  { "Origin: http://bare.example\r\n", 403 },
  { "Origin: http://localhost\r\n", 403 },
  { "Origin: file://\r\n", 403 },
  { "Origin:\r\n", 403 },
  { "Origin: http://evil.example\r\nSec-Fetch-Site: same-origin\r\n", 403 },
  { "Origin: null\r\nSec-Fetch-Site: none\r\n", 403 },
  { "Sec-Fetch-Site: none\r\n", 200 },
  { "Sec-Fetch-Site: same-origin\r\n", 200 },
  { "Sec-Fetch-Site: same-site\r\n", 403 },
  { "Sec-Fetch-Site: cross-site\r\n", 403 },
  { "Sec-Fetch-Site: anything\r\n", 403 },
  { "Sec-Fetch-Site:\r\n", 403 },
  { "Sec-Fetch-Site: none\r\nSec-Fetch-Site: cross-site\r\n", 403 },
};

static void
test_origins (ServerFixture *fixture,
              gconstpointer  user_data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (origins); i++)
    {
      g_autofree char *headers = g_strconcat (LOCAL, origins[i].headers, NULL);
      g_autoptr (RawReply) reply = NULL;

      g_test_message ("%s", origins[i].headers);
      reply = post (fixture, headers);
      g_assert_cmpuint (reply->status, ==, origins[i].status);
      if (reply->status == 403)
        {
          assert_explained (reply, "origin", "allowed-origins");
          raw_reply_assert_header (reply, "Access-Control-Allow-Origin", NULL);
        }
    }
}

/* An allowed page does not make up for a name that is not. */
static void
test_host_first (ServerFixture *fixture,
                 gconstpointer  user_data)
{
  g_autoptr (RawReply) reply = post (fixture, "Host: evil.example\r\nOrigin: http://app.example\r\n");

  g_assert_cmpuint (reply->status, ==, 403);
  assert_explained (reply, "evil.example", "allowed-hosts");
}

/* Without a list nobody passes. */
static void
test_default (ServerFixture *fixture,
              gconstpointer  user_data)
{
  g_autofree char *own = g_strdup_printf (LOCAL "Origin: http://localhost:%u\r\n", fixture->port);
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
  g_autoptr (RawReply) page = NULL;
  g_autoptr (RawReply) own_page = NULL;
  g_autoptr (RawReply) host = NULL;

  g_assert_cmpstr (xml_rpc_server_get_allowed_hosts (server)[0], ==, NULL);
  g_assert_cmpstr (xml_rpc_server_get_allowed_origins (server)[0], ==, NULL);

  xml_rpc_server_set_allowed_hosts (fixture->server, NULL);
  xml_rpc_server_set_allowed_origins (fixture->server, NULL);
  page = post (fixture, LOCAL "Origin: http://app.example\r\n");
  own_page = post (fixture, own);
  host = post (fixture, "Host: example.org\r\n");
  g_assert_cmpuint (page->status, ==, 403);
  g_assert_cmpuint (own_page->status, ==, 403);
  g_assert_cmpuint (host->status, ==, 403);
}

static const struct
{
  const char *headers;
  guint       status;
} own_origins[] = {
  { "Host: localhost:8080\r\nOrigin: http://localhost:8080\r\n", 200 },
  { "Host: localhost:8080\r\nOrigin: https://localhost:8080\r\n", 200 },
  { "Host: localhost\r\nOrigin: http://localhost\r\n", 200 },
  { "Host: localhost\r\nOrigin: https://localhost\r\n", 200 },
  { "Host: localhost:443\r\nOrigin: https://localhost\r\n", 200 },
  { "Host: example.org\r\nOrigin: https://example.org\r\n", 200 },
  { "Host: [::1]:8080\r\nOrigin: http://[::1]:8080\r\n", 200 },
  { "Host: localhost:8080\r\nOrigin: http://app.example\r\n", 200 },
  { "Host: localhost:8080\r\nOrigin: http://localhost\r\n", 403 },
  { "Host: localhost:8080\r\nOrigin: http://localhost:8081\r\n", 403 },
  { "Host: localhost:8080\r\nOrigin: http://127.0.0.1:8080\r\n", 403 },
  { "Host: evil.example:8080\r\nOrigin: http://evil.example:8080\r\n", 403 },
  { "Host: localhost:8080\r\nOrigin: null\r\n", 403 },
};

/* A server with pages, whose own may call it. */
static void
test_own_origin (ServerFixture *fixture,
                 gconstpointer  user_data)
{
  xml_rpc_server_get_private (fixture->server)->service.origins.serves_pages = TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (own_origins); i++)
    {
      g_autoptr (RawReply) reply = NULL;

      g_test_message ("%s", own_origins[i].headers);
      reply = post (fixture, own_origins[i].headers);
      g_assert_cmpuint (reply->status, ==, own_origins[i].status);
    }
}

#define ORIGIN "Origin: http://app.example\r\n"
#define PREFLIGHT "OPTIONS /RPC2 HTTP/1.1\r\n" LOCAL "Access-Control-Request-Method: POST\r\n" \
                  "Access-Control-Request-Headers: authorization,content-type\r\n"

static RawReply *
ask_preflight (RawClient  *client,
               const char *origin)
{
  g_autofree char *text = g_strconcat (PREFLIGHT, origin, "\r\n", NULL);
  RawReply *reply;

  raw_client_send (client, text, -1);
  reply = raw_client_receive (client);
  g_assert_nonnull (reply);

  return reply;
}

static void
assert_preflight (RawReply *reply)
{
  g_assert_cmpuint (reply->status, ==, 200);
  raw_reply_assert_header (reply, "Access-Control-Allow-Origin", "http://app.example");
  raw_reply_assert_header (reply, "Access-Control-Allow-Methods", "POST");
  raw_reply_assert_header (reply, "Access-Control-Allow-Headers", "authorization,content-type");
  raw_reply_assert_header (reply, "Access-Control-Allow-Credentials", NULL);
  raw_reply_assert_header (reply, "Vary", "Origin");
  raw_reply_assert_header (reply, "WWW-Authenticate", NULL);
}

static void
test_preflight (ServerFixture *fixture,
                gconstpointer  user_data)
{
  g_autoptr (RawClient) client = raw_client_new (fixture->port);
  g_autoptr (RawReply) allowed = ask_preflight (client, ORIGIN);
  g_autoptr (RawReply) other = ask_preflight (client, "Origin: http://evil.example\r\n");
  g_autoptr (RawReply) none = ask_preflight (client, "");

  assert_preflight (allowed);
  g_assert_cmpuint (other->status, ==, 403);
  raw_reply_assert_header (other, "Access-Control-Allow-Origin", NULL);
  raw_reply_assert_header (other, "Access-Control-Allow-Methods", NULL);
  g_assert_cmpuint (none->status, ==, 405);
  raw_echo_assert_still_served (client);
}

/* Browsers send no password with a preflight. */
static void
test_preflight_without_password (ServerFixture *fixture,
                                 gconstpointer  user_data)
{
  g_autoptr (RawClient) client = raw_client_new (fixture->port);
  g_autoptr (RawReply) preflight = NULL;
  g_autoptr (RawReply) other = NULL;
  g_autoptr (RawReply) without = NULL;
  g_autoptr (RawReply) with = NULL;

  server_fixture_protect (fixture, "/RPC2");

  preflight = ask_preflight (client, ORIGIN);
  assert_preflight (preflight);
  other = ask_preflight (client, "Origin: http://evil.example\r\n");
  g_assert_cmpuint (other->status, ==, 403);
  without = post (fixture, LOCAL ORIGIN);
  g_assert_cmpuint (without->status, ==, 401);
  with = post (fixture, LOCAL ORIGIN SERVER_FIXTURE_PASSWORD);
  g_assert_cmpuint (with->status, ==, 200);
  raw_reply_assert_header (with, "Access-Control-Allow-Origin", "http://app.example");
}

/* Each is said in a line, and an allowed page can read it. */
static const struct
{
  const char *name;
  const char *head;
  guint       status;
} statuses[] = {
  { "name", "POST /RPC2 HTTP/1.1\r\n" LOCAL TYPE LENGTH "X(y): z\r\n", 400 },
  { "origin", "POST /RPC2 HTTP/1.1\r\n" LOCAL TYPE LENGTH "Origin: http://evil.example\r\n", 403 },
  { "host", "POST /RPC2 HTTP/1.1\r\nHost: evil.example\r\n" TYPE LENGTH, 403 },
  { "method", "GET /RPC2 HTTP/1.1\r\n" LOCAL ORIGIN, 405 },
  { "time", "POST /RPC2 HTTP/1.1\r\n" LOCAL TYPE ORIGIN "Content-Length: 95\r\n", 408 },
  { "no length", "POST /RPC2 HTTP/1.1\r\n" LOCAL TYPE ORIGIN, 411 },
  { "length", "POST /RPC2 HTTP/1.1\r\n" LOCAL TYPE ORIGIN "Content-Length: 100000000\r\n", 413 },
  { "type", "POST /RPC2 HTTP/1.1\r\n" LOCAL LENGTH ORIGIN "Content-Type: text/plain\r\n", 415 },
  { "coding", "POST /RPC2 HTTP/1.1\r\n" LOCAL TYPE LENGTH ORIGIN "Content-Encoding: br\r\n", 415 },
  { "busy", "POST /busy HTTP/1.1\r\n" LOCAL TYPE LENGTH, 503 },
};

static void
refuse_busily (SoupServer        *soup_server,
               SoupServerMessage *message,
               const char        *path,
               GHashTable        *query,
               gpointer           user_data)
{
  xml_rpc_refuse (message, SOUP_STATUS_SERVICE_UNAVAILABLE);
}

static void
test_explained (ServerFixture *fixture,
                gconstpointer  user_data)
{
  soup_server_add_early_handler (fixture->soup_server, "/busy", refuse_busily, NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (RawReply) reply = NULL;

      g_test_message ("%s", statuses[i].name);
      xml_rpc_server_set_request_timeout (fixture->server, statuses[i].status == 408 ? 50 : 30000);
      reply = ask (fixture, statuses[i].head);
      g_assert_cmpuint (reply->status, ==, statuses[i].status);
      assert_explained (reply, NULL, NULL);
    }
}

static const struct
{
  const char *head;
  guint       status;
} readable[] = {
  { "POST /RPC2 HTTP/1.1\r\n" LOCAL TYPE LENGTH ORIGIN, 200 },
  { "GET /RPC2 HTTP/1.1\r\n" LOCAL ORIGIN, 405 },
  { "POST /RPC2 HTTP/1.1\r\n" LOCAL TYPE ORIGIN "Content-Length: 100000000\r\n", 413 },
  { "POST /RPC2 HTTP/1.1\r\n" LOCAL LENGTH ORIGIN "Content-Type: text/plain\r\n", 415 },
};

static void
test_readable (ServerFixture *fixture,
               gconstpointer  user_data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (readable); i++)
    {
      g_autoptr (RawReply) reply = ask (fixture, readable[i].head);

      g_assert_cmpuint (reply->status, ==, readable[i].status);
      raw_reply_assert_header (reply, "Access-Control-Allow-Origin", "http://app.example");
      raw_reply_assert_header (reply, "Access-Control-Allow-Credentials", NULL);
      raw_reply_assert_header (reply, "Vary", "Origin");
    }
}

static const TEST_ROW (ServerFixture) tests[] = {
  { "hosts", test_hosts },
  { "own-name", test_own_name },
  { "authorities", test_authorities },
  { "every-host", test_every_host },
  { "log", test_log },
  { "shown", test_shown },
  { "mapped", test_mapped },
  { "unix-socket", test_unix_socket },
  { "origins", test_origins },
  { "host-first", test_host_first },
  { "default", test_default },
  { "own-origin", test_own_origin },
  { "preflight", test_preflight },
  { "preflight-without-password", test_preflight_without_password },
  { "explained", test_explained },
  { "readable", test_readable },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  TEST_TABLE_ADD_FIXTURE ("/server-origins", tests, ServerFixture, fixture_init, server_fixture_tear_down);

  return g_test_run ();
}
