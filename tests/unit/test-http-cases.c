/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What servers and clients in the field send around XML-RPC: whole responses, replayed
 * byte by byte, and requests to the server of this library. */

#include <string.h>

#include "both-ways.h"
#include "fake-server.h"
#include "raw-client.h"
#include "server-fixture.h"

#define RESPONSE(text) "<methodResponse><params><param><value>" text "</value></param></params></methodResponse>"
#define CALL(text) "<methodCall><methodName>echo</methodName><params><param><value>" text "</value></param></params></methodCall>"
#define DECLARED(encoding) "<?xml version=\"1.0\" encoding=\"" encoding "\"?>\n"
#define MARK "\xef\xbb\xbf"

/* @expected is a value as text, or a pattern that the message of an error matches. */
typedef struct
{
  const char *name;
  const char *bytes;    /* NULL: those of the file of this name */
  const char *value;
  const char *message;
  GQuark    (*domain)   (void);
  int         code;
} Case;

#define READ(text) .value = text
#define NOT_XML(pattern) .domain = xml_rpc_error_quark, .code = XML_RPC_ERROR_NOT_WELL_FORMED, .message = pattern
#define NOT_XML_RPC(pattern) .domain = xml_rpc_error_quark, .code = XML_RPC_ERROR_INVALID_MESSAGE, .message = pattern
#define STATUS(number, pattern) .domain = xml_rpc_http_error_quark, .code = number, .message = pattern
#define NOT_HTTP .domain = soup_session_error_quark, .code = SOUP_SESSION_ERROR_PARSING, \
  .message = "the response of 127.0.0.1 is not HTTP (is the port right?)*"
#define NO_END(pattern) .domain = soup_session_error_quark, .code = SOUP_SESSION_ERROR_ENCODING, .message = pattern

#define XML_OF(charset) "HTTP/1.1 200 OK\r\nContent-Type: text/xml;" charset "\r\nConnection: close\r\n\r\n"
#define OK(headers) "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nConnection: close\r\n" headers "\r\n"
#define FAILED(status, type) "HTTP/1.1 " status "\r\nContent-Type: " type "\r\nConnection: close\r\n\r\n"

static const Case cases[] = {
  { "charset-none", READ ("'Küche'") },
  { "charset-empty", READ ("'Küche'") },
  { "charset-misspelt", READ ("'Küche'") },
  { "charset-latin1-and-mark", READ ("'Küche'") },
  { "charset-latin1-and-mark-ascii", READ ("1") },
  { "charset-utf-16le-and-mark", READ ("1") },
  { "charset-latin1-utf-8-declared", READ ("'KÃ¼che'") },
  { "charset-utf-8-latin1-declared", NOT_XML ("*not valid in its encoding*") },
  { "charset-in-quotes-unknown", XML_OF (" charset=\"utf8mb4\"") DECLARED ("ISO-8859-1") RESPONSE ("K\xfc" "che"),
    READ ("'Küche'") },
  { "charset-blank", XML_OF (" charset=\" \"") RESPONSE ("Küche"), READ ("'Küche'") },
  { "charset-of-a-template", XML_OF (" charset={{charset}}") RESPONSE ("Küche"), READ ("'Küche'") },
  { "charset-big5-and-mark", XML_OF (" charset=Big5") MARK RESPONSE ("Küche"), READ ("'Küche'") },
  { "charset-utf-16be-and-mark-of-utf-8", XML_OF (" charset=utf-16be") MARK DECLARED ("utf-8") RESPONSE ("Küche"),
    READ ("'Küche'") },
  { "charset-windows-1252-utf-8-declared", XML_OF ("charset=windows-1252") DECLARED ("utf-8") RESPONSE ("\x80"),
    READ ("'€'") },
  { "charset-us-ascii", XML_OF ("charset=us-ascii") RESPONSE ("Küche"), READ ("'Küche'") },

  { "content-length-word", NO_END ("the response of 127.0.0.1 has an invalid Content-Length, \"who knows?\"") },
  { "content-length-with-unit", OK ("Content-Length: 12 bytes\r\n") RESPONSE (""),
    NO_END ("*invalid Content-Length, \"12 bytes\"") },
  { "transfer-encoding-word", OK ("Transfer-Encoding: none\r\n") RESPONSE (""),
    NO_END ("*invalid Transfer-Encoding, \"none\"") },
  { "not-http", NOT_HTTP },
  { "not-http-but-mail", "220 mail.example.com ESMTP\r\n", NOT_HTTP },
  { "not-http-but-a-database", "-ERR unknown command 'POST'\r\n", NOT_HTTP },
  { "not-http-but-xml", RESPONSE ("1") "\n\n", NOT_HTTP },

  { "401-without-challenge", STATUS (401, "HTTP 401 Unauthorized from http://*: the server wants a user name and a password") },
  { "403-with-reason",
    STATUS (403, "HTTP 403 Forbidden from http://*/RPC2: the server says \"Forbidden by a security rule.\"") },
  { "403-in-html", FAILED ("403 Forbidden", "text/html; charset=iso-8859-1")
    "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><head>\n<title>403 Forbidden</title>\n"
    "<style>h1 { color: red }</style><script>alert ('no')</script></head><body>\n<h1>Forbidden</h1>\n"
    "<p>You don't have permission\nto <b>access</b> this   resource &amp; others, M\xfcller.</p><p>More</p></body></html>",
    STATUS (403, "*: the server says \"You don't have permission to access this resource & others, Müller.\"") },
  { "404-that-says-nothing-more", FAILED ("404 Not Found", "text/html")
    "<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center></body></html>",
    STATUS (404, "HTTP 404 Not Found from http://127.0.0.1:*/RPC2") },
  { "503-of-a-title", FAILED ("503 Service Unavailable", "text/html") "<title>Down for maintenance</title><img src=\"x\">",
    STATUS (503, "*: the server says \"Down for maintenance\"") },
  { "500-with-controls", FAILED ("500 Internal Server Error", "text/plain") "\r\n\r\n \x1b[31mOut of\tmemory\x07\r\nAt line 5",
    STATUS (500, "*: the server says \"\\u001b[31mOut of memory\\u0007\"") },
  { "500-with-other-order", FAILED ("500 Internal Server Error", "text/plain; charset=utf-8") "a\u202eb\u200fc\u2028d",
    STATUS (500, "*: the server says \"a\\u202eb\\u200fc d\"") },
  { "500-with-a-value", FAILED ("500 Internal Server Error", "text/xml") RESPONSE ("It works"),
    STATUS (500, "HTTP 500 Internal Server Error from http://127.0.0.1:*/RPC2") },
  { "500-with-broken-xml-rpc", FAILED ("500 Internal Server Error", "text/xml") DECLARED ("utf-8") "<methodResponse><fault>",
    STATUS (500, "HTTP 500 Internal Server Error from http://127.0.0.1:*/RPC2") },
  { "500-of-bytes", FAILED ("500 Internal Server Error", "application/octet-stream") "\xff\xfe\xfd",
    STATUS (500, "HTTP 500 Internal Server Error from http://127.0.0.1:*/RPC2") },
  { "500-of-another-encoding", FAILED ("500 Internal Server Error", "text/html") "<meta charset=\"iso-8859-1\">K\xfc" "che zu",
    STATUS (500, "*: the server says \"Küche zu\"") },
  { "500-that-tells-a-wrong-encoding", FAILED ("500 Internal Server Error", "text/html; charset=Shift_JIS")
    "<meta charset=\"utf-16\"><p>\xff\x81 zu", STATUS (500, "*: the server says \"ÿ\\u0081 zu\"") },
  { "302-with-a-page", "HTTP/1.1 302 Found\r\nLocation: /login?next=%2FRPC2\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n"
    "<p>Please log in.</p>",
    STATUS (302, "*: redirected to http://127.0.0.1:*/login?next=%2FRPC2; the server says \"Please log in.\"") },
  { "301-elsewhere", "HTTP/1.1 301 Moved Permanently\r\nLocation: https://me:secret@example.com/RPC2\r\nConnection: close\r\n\r\n",
    STATUS (301, "*: redirected to https://example.com/RPC2") },

  { "php-warning-before", NOT_XML_RPC ("expected <methodResponse>, got <br> (line 1); the server says "
    "\"Warning: Undefined variable $colour in /srv/blog/plugin.php on line 3\"") },
  { "php-notice-without-html", XML_OF ("") "\nNotice: Undefined index: a in /srv/x.php on line 9\n" DECLARED ("utf-8") RESPONSE ("5"),
    .domain = xml_rpc_error_quark, .code = XML_RPC_ERROR_NOT_WELL_FORMED,
    .message = "*; the server says \"Notice: Undefined index: a in /srv/x.php on line 9\"" },
  { "page-instead", FAILED ("200 OK", "text/html") "<html><head><title>Welcome</title><body><h1>It works!</h1>",
    NOT_XML_RPC ("the response is text/html, not XML-RPC: *; the server says \"It works!\"") },
  { "json-instead", FAILED ("200 OK", "application/json") "{\"error\": \"no such service\"}",
    NOT_XML ("the response is application/json, not XML-RPC: *; the server says \"{\"error\": \"no such service\"}\"") },
  { "xml-rpc-that-is-wrong", XML_OF ("") MARK "\n" RESPONSE ("<ant>5</ant>"), NOT_XML_RPC ("*ant*(line 2)") },

  { "gzip-two-members", READ ("'Küche'") },
  { "gzip-capitals", READ ("'Küche'") },
  { "gzip-that-is-none", OK ("Content-Encoding: gzip\r\n") RESPONSE ("plain"), READ ("'plain'") },
  { "gzip-of-nothing", OK ("Content-Encoding: gzip\r\nContent-Length: 0\r\n"), NOT_XML ("the response is empty: *") },
  { "identity", OK ("Content-Encoding: Identity\r\n") RESPONSE ("plain"), READ ("'plain'") },
};

static void
replay (FakeConnection *connection,
        gpointer        user_data)
{
  GBytes *response = user_data;
  g_autofree char *request = fake_connection_read_request (connection);

  if (request != NULL)
    fake_connection_write (connection, g_bytes_get_data (response, NULL), (gssize) g_bytes_get_size (response));
}

static GBytes *
load (const char *name)
{
  g_autofree char *file_name = g_strconcat (name, ".http", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "cases", file_name, NULL);
  GError *error = NULL;
  char *contents;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);

  return g_bytes_new_take (contents, length);
}

static void
assert_outcome (const Case   *self,
                GVariant     *value,
                const GError *error)
{
  g_autofree char *text = value != NULL ? g_variant_print (value, FALSE) : NULL;

  if (self->value != NULL)
    {
      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, self->value);
      return;
    }

  if (text != NULL)
    g_error ("%s: expected \"%s\", got the value %s", self->name, self->message, text);
  g_assert_error (error, self->domain (), self->code);
  if (!g_pattern_match_simple (self->message, error->message))
    g_error ("%s: expected \"%s\", got \"%s\"", self->name, self->message, error->message);
}

static XmlRpcServerProxy *
create_proxy (FakeServer *server)
{
  GError *error = NULL;
  XmlRpcServerProxy *proxy = xml_rpc_server_proxy_new (fake_server_get_uri (server), &error);

  g_assert_no_error (error);
  xml_rpc_server_proxy_set_timeout (proxy, 30000);
  return proxy;
}

/* Twice, for a message may be used again. */
static void
assert_responses (CallFunc    call,
                  const Case *self,
                  GBytes     *response)
{
  g_autoptr (FakeServer) server = fake_server_new (replay, response);
  g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server);

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) value = call (proxy, "m", NULL, NULL, NULL, &error);

      assert_outcome (self, value, error);
    }
}

static void
test_responses (CallFunc call)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) response = cases[i].bytes == NULL ? load (cases[i].name)
                                    : g_bytes_new_static (cases[i].bytes, strlen (cases[i].bytes));

      g_test_message ("%s", cases[i].name);
      assert_responses (call, &cases[i], response);
    }
}

/* A line of more than 200 characters is cut, in characters. */
static void
test_long_line (CallFunc call)
{
  static const Case wanted = { "", NULL, STATUS (500, "*") };
  g_autoptr (GString) text = g_string_new (FAILED ("500 Internal Server Error", "text/plain"));
  g_autoptr (GBytes) response = NULL;
  g_autoptr (FakeServer) server = NULL;
  g_autoptr (XmlRpcServerProxy) proxy = NULL;
  g_autoptr (GError) error = NULL;
  const char *says;

  for (int i = 0; i < 100000; i++)
    g_string_append (text, "ü");
  response = g_bytes_new (text->str, text->len);
  server = fake_server_new (replay, response);
  proxy = create_proxy (server);

  g_assert_null (call (proxy, "m", NULL, NULL, NULL, &error));
  assert_outcome (&wanted, NULL, error);
  says = strstr (error->message, "says \"") + strlen ("says \"");
  g_assert_cmpint (g_utf8_strlen (says, -1), ==, 200 + 1);
  g_assert_true (g_str_has_suffix (says, "ü…\""));
}

static GBytes *
compress (const char *text,
          gsize       n_members)
{
  g_autoptr (GConverter) compressor = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1));
  const gsize length = strlen (text);
  GByteArray *compressed = g_byte_array_new ();

  for (gsize i = 0; i < n_members; i++)
    {
      const gsize start = length * i / n_members;
      guint8 member[4096];
      gsize n_read, n_written;

      g_converter_reset (compressor);
      g_assert_cmpint (g_converter_convert (compressor, text + start, length * (i + 1) / n_members - start, member,
                                            sizeof member, G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL),
                       ==, G_CONVERTER_FINISHED);
      g_byte_array_append (compressed, member, (guint) n_written);
    }

  return g_byte_array_free_to_bytes (compressed);
}

static void
test_compressed_responses (CallFunc call)
{
  static const char * const codings[] = { "gzip", "X-GZIP", "GZip" };
  static const Case wanted = { "compressed", NULL, READ ("'Küche'") };

  for (gsize i = 0; i < G_N_ELEMENTS (codings); i++)
    for (gsize n_members = 1; n_members <= 5; n_members++)
      {
        g_autofree char *head = g_strdup_printf (OK ("Content-Encoding: %s\r\n"), codings[i]);
        g_autoptr (GBytes) body = compress (RESPONSE ("Küche"), n_members);
        g_autoptr (GByteArray) whole = g_byte_array_new ();
        g_autoptr (GBytes) response = NULL;

        g_byte_array_append (whole, (const guint8 *) head, (guint) strlen (head));
        g_byte_array_append (whole, g_bytes_get_data (body, NULL), (guint) g_bytes_get_size (body));
        response = g_bytes_new (whole->data, whole->len);
        assert_responses (call, &wanted, response);
      }
}

/* What a compressed page says counts as well. */
static void
test_compressed_page (CallFunc call)
{
  static const Case wanted = { "compressed-page", NULL, STATUS (401, "*; the server says \"Ask Ada.\"") };
  g_autoptr (GBytes) body = compress ("<h1>Unauthorized</h1>Ask Ada.", 2);
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  g_autoptr (GBytes) response = NULL;
  static const char head[] = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Encoding: GZIP\r\n"
                             "Connection: close\r\n\r\n";

  g_byte_array_append (whole, (const guint8 *) head, sizeof head - 1);
  g_byte_array_append (whole, g_bytes_get_data (body, NULL), (guint) g_bytes_get_size (body));
  response = g_bytes_new (whole->data, whole->len);
  assert_responses (call, &wanted, response);
}

/* A bomb, and one that has nothing in it but headers of gzip. */
static void
test_compressed_too_much (CallFunc call)
{
  g_autofree char *blanks = g_strnfill (4000, ' ');
  g_autofree char *bomb = g_strconcat (blanks, RESPONSE ("1"), NULL);
  const char * const texts[] = { bomb, "" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) member = compress (texts[i], 1);
      g_autoptr (GByteArray) whole = g_byte_array_new ();
      g_autoptr (GBytes) response = NULL;
      g_autoptr (FakeServer) server = NULL;
      g_autoptr (XmlRpcServerProxy) proxy = NULL;
      g_autoptr (GError) error = NULL;

      g_byte_array_append (whole, (const guint8 *) OK ("Content-Encoding: GZIP\r\n"), strlen (OK ("Content-Encoding: GZIP\r\n")));
      for (int n = 0; n < 1000; n++)
        g_byte_array_append (whole, g_bytes_get_data (member, NULL), (guint) g_bytes_get_size (member));
      response = g_bytes_new (whole->data, whole->len);
      server = fake_server_new (replay, response);
      proxy = create_proxy (server);
      xml_rpc_server_proxy_set_max_response_size (proxy, 1000);

      g_assert_null (call (proxy, "m", NULL, NULL, NULL, &error));
      g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED);
    }
}

/* Whether it says that a password was refused only where one was sent. */
static void
test_unauthorized (CallFunc call)
{
  static const struct
  {
    const char *user;
    gboolean    on_demand;
    const char *message;
  } settings[] = {
    { NULL, FALSE, "*: the server wants a user name and a password" },
    { "ada", FALSE, "*: the server does not accept this user name and password" },
    { "ada", TRUE, "*: the server wants a user name and a password, but has not asked for them as HTTP does, *" },
  };
  g_autoptr (GBytes) response = load ("401-without-challenge");
  g_autoptr (FakeServer) server = fake_server_new (replay, response);

  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      const Case wanted = { "unauthorized", NULL, STATUS (401, settings[i].message) };
      g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server);
      g_autoptr (GError) error = NULL;

      g_object_set (proxy, "user", settings[i].user, "password", "lovelace",
                    "authenticate-on-demand", settings[i].on_demand, NULL);
      g_assert_null (call (proxy, "m", NULL, NULL, NULL, &error));
      assert_outcome (&wanted, NULL, error);
    }
}

static void
authorize (XmlRpcServerProxy *proxy,
           SoupMessage       *message,
           const char        *value)
{
  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", value);
}

/* A token is no password, whoever has put it there. */
static void
test_token_refused (CallFunc call)
{
  static const Case wanted = { "token", NULL, STATUS (401, "*: the server does not accept this Authorization") };
  g_autoptr (GBytes) response = load ("401-without-challenge");
  g_autoptr (FakeServer) server = fake_server_new (replay, response);
  g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other_error = NULL;

  g_signal_connect (proxy, "message", G_CALLBACK (authorize), (gpointer) "Bearer t0ken");
  g_assert_null (call (proxy, "m", NULL, NULL, NULL, &error));
  assert_outcome (&wanted, NULL, error);

  g_signal_handlers_disconnect_by_func (proxy, authorize, (gpointer) "Bearer t0ken");
  g_assert_true (xml_rpc_server_proxy_set_header (proxy, "Authorization", "Basic YTpi", NULL));
  g_assert_null (call (proxy, "m", NULL, NULL, NULL, &other_error));
  assert_outcome (&wanted, NULL, other_error);
}

/* The server of this library, and a body that it is to echo. */
static void
assert_echo (const char *headers,
             const void *body,
             gssize      length,
             const char *expected)
{
  g_autofree char *head = g_strdup_printf ("POST /RPC2 HTTP/1.1\r\nHost: localhost\r\n%sContent-Length: %" G_GSSIZE_FORMAT
                                           "\r\n\r\n", headers, length);
  g_auto (ServerFixture) fixture = { NULL, };
  g_autoptr (RawClient) client = NULL;
  g_autoptr (RawReply) reply = NULL;

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);
  raw_client_send (client, head, -1);
  raw_client_send (client, body, length);
  reply = raw_client_receive (client);

  g_assert_nonnull (reply);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (reply->body, NULL), (gssize) g_bytes_get_size (reply->body), expected));
}

static void
test_requests (void)
{
  static const struct
  {
    const char *content_type;
    const char *body;
    const char *echo;
  } requests[] = {
    { "text/xml;charset=none", CALL ("Küche"), ">Küche<" },
    { "text/xml; charset=", CALL ("Küche"), ">Küche<" },
    { "text/xml; charset=\"\"", CALL ("Küche"), ">Küche<" },
    { "text/xml; charset=iso-8559-1", DECLARED ("ISO-8859-1") CALL ("K\xfc" "che"), ">Küche<" },
    { "text/xml; charset=ISO-8859-1", MARK CALL ("Küche"), ">Küche<" },
    { "text/xml; charset=UTF-16LE", MARK CALL ("Küche"), ">Küche<" },
    { "text/xml; charset=ISO-8859-1", DECLARED ("UTF-8") CALL ("Küche"), ">KÃ¼che<" },
    { "text/xml; charset=UTF-8", DECLARED ("ISO-8859-1") CALL ("K\xfc" "che"), "<fault>" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autofree char *headers = g_strdup_printf ("Content-Type: %s\r\n", requests[i].content_type);

      assert_echo (headers, requests[i].body, (gssize) strlen (requests[i].body), requests[i].echo);
    }
}

static void
test_compressed_requests (void)
{
  static const char * const codings[] = { "gzip", "GZIP", "X-GZip" };

  for (gsize i = 0; i < G_N_ELEMENTS (codings); i++)
    for (gsize n_members = 1; n_members <= 3; n_members++)
      {
        g_autofree char *headers = g_strdup_printf ("Content-Type: text/xml\r\nContent-Encoding: %s\r\n", codings[i]);
        g_autoptr (GBytes) body = compress (CALL ("Küche"), n_members);

        assert_echo (headers, g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body), ">Küche<");
      }
}

int
main (int   argc,
      char *argv[])
{
  static const BothWaysTest tests[] = {
    { "responses", test_responses },
    { "long-line", test_long_line },
    { "compressed-responses", test_compressed_responses },
    { "compressed-page", test_compressed_page },
    { "compressed-too-much", test_compressed_too_much },
    { "unauthorized", test_unauthorized },
    { "token-refused", test_token_refused },
  };

  g_test_init (&argc, &argv, NULL);
  both_ways_add ("/http-cases", tests, G_N_ELEMENTS (tests));
  g_test_add_func ("/http-cases/requests", test_requests);
  g_test_add_func ("/http-cases/compressed-requests", test_compressed_requests);

  return g_test_run ();
}
