/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The HTTP of a server: what it takes, what it refuses, and within what limits. */

#include <string.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "raw-client.h"
#include "server-caller.h"
#include "server-fixture.h"

#define ECHO_FORMAT "<methodCall><methodName>echo</methodName>" \
                    "<params><param><value>%s</value></param></params></methodCall>"

static char *
echo_body (const char *text)
{
  return g_strdup_printf (ECHO_FORMAT, text);
}

/* A call of echo with a body of exactly so many bytes. */
static char *
echo_body_of_size (gsize size)
{
  g_autofree char *text = g_strnfill (size - (strlen (ECHO_FORMAT) - strlen ("%s")), 'x');

  return echo_body (text);
}

static GBytes *
convert (GConverter *converter,
         const void *data,
         gsize       length)
{
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, converter);
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (stream, data, length, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (stream, NULL, &error);
  g_assert_no_error (error);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static GBytes *
compress (const char            *text,
          gsize                  length,
          GZlibCompressorFormat  format)
{
  g_autoptr (GConverter) compressor = G_CONVERTER (g_zlib_compressor_new (format, 9));

  return convert (compressor, text, length);
}

static char *
decompress (GBytes *bytes)
{
  g_autoptr (GConverter) decompressor = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GBytes) text = convert (decompressor, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
}

static void
assert_status (RawClient *client,
               guint      status)
{
  g_autoptr (RawReply) reply = raw_client_receive (client);

  g_assert_nonnull (reply);
  g_assert_cmpuint (reply->status, ==, status);
}

static void
assert_header (RawReply   *reply,
               const char *name,
               const char *expected)
{
  g_autofree char *value = raw_reply_get_header (reply, name);

  g_assert_cmpstr (value, ==, expected);
}

static void
assert_echoed (RawClient  *client,
               const char *text)
{
  g_autoptr (RawReply) reply = raw_client_receive (client);
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (reply);
  g_assert_cmpuint (reply->status, ==, 200);
  value = xml_rpc_decode_response (reply->body, G_VARIANT_TYPE_STRING, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_variant_get_string (value, NULL), ==, text);
}

static void
assert_fault (RawClient *client,
              int        code)
{
  g_autoptr (RawReply) reply = raw_client_receive (client);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (reply);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_null (xml_rpc_decode_response (reply->body, NULL, &error));
  g_assert_error (error, XML_RPC_FAULT, code);
}

/* The client goes on as if nothing had been. */
static void
assert_still_served (RawClient *client)
{
  g_autofree char *body = echo_body ("again");

  raw_client_post (client, "", body, -1);
  assert_echoed (client, "again");
}

static void
test_answer (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autoptr (RawReply) reply = NULL;
  g_autofree char *body = echo_body ("hello");

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);
  raw_client_post (client, "Accept-Encoding: gzip\r\n", body, -1);
  reply = raw_client_receive (client);

  g_assert_cmpuint (reply->status, ==, 200);
  assert_header (reply, "Content-Type", "text/xml");
  assert_header (reply, "Content-Encoding", NULL);
  g_assert_cmpuint (g_bytes_get_size (reply->body), >, 0);
}

static void
test_keep_alive (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);
      g_autofree char *body = echo_body (text);

      raw_client_post (client, "", body, -1);
      assert_echoed (client, text);
    }
}

static void
test_connection_close (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = echo_body ("last");

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);
  raw_client_post (client, "Connection: close\r\n", body, -1);
  assert_echoed (client, "last");
  raw_client_wait_for_close (client);
}

static void
test_http_1_0 (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = echo_body ("old");
  g_autofree char *request = g_strdup_printf ("POST /RPC2 HTTP/1.0\r\nContent-Type: text/xml\r\n"
                                              "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                                              strlen (body), body);

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);
  raw_client_send (client, request, -1);
  assert_echoed (client, "old");
  raw_client_wait_for_close (client);
}

static void
test_byte_by_byte (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = echo_body ("Z\303\274rich");
  g_autofree char *request = g_strdup_printf ("POST /RPC2 HTTP/1.1\r\nHost: h\r\nContent-Type: text/xml\r\n"
                                              "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                                              strlen (body), body);

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);
  for (const char *byte = request; *byte != '\0'; byte++)
    {
      raw_client_send (client, byte, 1);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  assert_echoed (client, "Z\303\274rich");
}

static void
test_only_post (void)
{
  static const char * const methods[] = { "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "post" };
  g_auto (ServerFixture) fixture;

  server_fixture_init (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (RawClient) client = raw_client_new (fixture.port);
      g_autofree char *request = g_strdup_printf ("%s /RPC2 HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n", methods[i]);
      g_autoptr (RawReply) reply = NULL;

      raw_client_send (client, request, -1);
      reply = raw_client_receive (client);
      g_assert_cmpuint (reply->status, ==, 405);
      assert_header (reply, "Allow", "POST");
    }
}

static const struct {
  const char *type;
  gboolean    is_taken;
} content_types[] = {
  { "Content-Type: text/xml", TRUE },
  { "Content-Type: TEXT/XML", TRUE },
  { "Content-Type: text/xml; charset=utf-8", TRUE },
  { "Content-Type: application/xml", TRUE },
  { "X-None: ", TRUE },
  { "Content-Type: text/plain", FALSE },
  { "Content-Type: application/json", FALSE },
  { "Content-Type: application/x-www-form-urlencoded", FALSE },
  { "Content-Type: multipart/form-data; boundary=x", FALSE },
};

static void
test_content_types (void)
{
  g_auto (ServerFixture) fixture;
  g_autofree char *body = echo_body ("x");

  server_fixture_init (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (content_types); i++)
    {
      g_autoptr (RawClient) client = raw_client_new (fixture.port);
      g_autofree char *request = g_strdup_printf ("POST /RPC2 HTTP/1.1\r\nHost: h\r\n%s\r\n"
                                                  "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                                                  content_types[i].type, strlen (body), body);

      g_test_message ("%s", content_types[i].type);
      raw_client_send (client, request, -1);
      assert_status (client, content_types[i].is_taken ? 200 : 415);
      assert_still_served (client);
    }
}

static void
test_charset (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = echo_body ("Z\374rich");
  g_autofree char *request = g_strdup_printf ("POST /RPC2 HTTP/1.1\r\nHost: h\r\nContent-Type: text/xml; charset=iso-8859-1\r\n"
                                              "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                                              strlen (body), body);

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);
  raw_client_send (client, request, -1);
  assert_echoed (client, "Z\303\274rich");
}

static void
test_bad_bodies_are_faults (void)
{
  static const struct {
    const char *body;
    int         code;
  } bad[] = {
    { "", XML_RPC_FAULT_NOT_WELL_FORMED },
    { "not XML", XML_RPC_FAULT_NOT_WELL_FORMED },
    { "<methodCall><methodName>echo", XML_RPC_FAULT_NOT_WELL_FORMED },
    { "<?xml version=\"1.0\"?><a/>", XML_RPC_FAULT_INVALID_XML_RPC },
    { "<methodCall><methodName>none</methodName></methodCall>", XML_RPC_FAULT_METHOD_NOT_FOUND },
  };
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      raw_client_post (client, "", bad[i].body, -1);
      assert_fault (client, bad[i].code);
    }
  assert_still_served (client);
}

static void
send_chunked (RawClient  *client,
              const char *headers,
              const char *body,
              gsize       length,
              gsize       chunk_size)
{
  g_autofree char *head = g_strdup_printf ("POST /RPC2 HTTP/1.1\r\nHost: h\r\nContent-Type: text/xml\r\n"
                                           "%sTransfer-Encoding: chunked\r\n\r\n", headers);

  raw_client_send (client, head, -1);
  for (gsize i = 0; i < length; i += chunk_size)
    {
      gsize size = MIN (chunk_size, length - i);
      g_autofree char *size_line = g_strdup_printf ("%" G_GSIZE_MODIFIER "x\r\n", size);

      raw_client_send_what_goes (client, size_line, strlen (size_line));
      raw_client_send_what_goes (client, body + i, size);
      raw_client_send_what_goes (client, "\r\n", 2);
    }
  raw_client_send_what_goes (client, "0\r\n\r\n", 5);
}

static void
test_chunked (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = echo_body ("in pieces");

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);
  for (gsize chunk_size = 1; chunk_size < strlen (body); chunk_size *= 3)
    {
      send_chunked (client, "", body, strlen (body), chunk_size);
      assert_echoed (client, "in pieces");
    }
}

static void
test_max_request_size (void)
{
  enum { LIMIT = 10000 };
  g_auto (ServerFixture) fixture;

  server_fixture_init (&fixture);
  xml_rpc_server_set_max_request_size (fixture.server, LIMIT);

  for (gsize size = LIMIT - 1; size <= LIMIT + 1; size++)
    {
      g_autoptr (RawClient) client = raw_client_new (fixture.port);
      g_autoptr (RawClient) chunked_client = raw_client_new (fixture.port);
      g_autofree char *body = echo_body_of_size (size);

      g_assert_cmpuint (strlen (body), ==, size);
      raw_client_post (client, "", body, -1);
      assert_status (client, size > LIMIT ? 413 : 200);

      send_chunked (chunked_client, "", body, size, 1000);
      assert_status (chunked_client, size > LIMIT ? 413 : 200);
    }
}

static void
test_default_max_request_size (void)
{
  g_auto (ServerFixture) fixture;
  gsize limit = 8 * 1024 * 1024;

  server_fixture_init (&fixture);
  for (gsize size = limit; size <= limit + 1; size++)
    {
      g_autoptr (RawClient) client = raw_client_new (fixture.port);
      g_autofree char *body = echo_body_of_size (size);

      send_chunked (client, "", body, size, 64 * 1024);
      assert_status (client, size > limit ? 413 : 200);
    }
}

static void
test_no_max_request_size (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = echo_body_of_size (8 * 1024 * 1024 + 1);

  server_fixture_init (&fixture);
  xml_rpc_server_set_max_request_size (fixture.server, 0);
  client = raw_client_new (fixture.port);
  raw_client_post (client, "", body, -1);
  assert_status (client, 200);
}

/* It does not wait for what it will not take. */
static void
test_too_large_is_not_read (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);
  raw_client_send (client, "POST /RPC2 HTTP/1.1\r\nHost: h\r\nContent-Type: text/xml\r\n"
                           "Content-Length: 1000000000000\r\n\r\n<methodCall>", -1);
  assert_status (client, 413);
  raw_client_wait_for_close (client);
}

/* Most clients send all before they look for an answer. */
static void
test_too_large_is_answered_after_sending (void)
{
  g_auto (ServerFixture) fixture;
  gsize size = 20 * 1024 * 1024;
  g_autofree char *body = echo_body_of_size (size);

  server_fixture_init (&fixture);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (RawClient) client = raw_client_new (fixture.port);

      if (i == 0)
        raw_client_post (client, "", body, (gssize) size);
      else
        send_chunked (client, "", body, size, 64 * 1024);
      assert_status (client, 413);
    }
}

static void
test_endless_chunks (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autofree char *chunk = g_strnfill (0x10000, 'x');
  gsize n_sent = 0;
  gsize n;

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);
  raw_client_send (client, "POST /RPC2 HTTP/1.1\r\nHost: h\r\nContent-Type: text/xml\r\n"
                           "Transfer-Encoding: chunked\r\n\r\n", -1);
  do
    {
      raw_client_send_what_goes (client, "10000\r\n", 7);
      n = raw_client_send_what_goes (client, chunk, 0x10000);
      raw_client_send_what_goes (client, "\r\n", 2);
      n_sent += n;
    }
  while (n == 0x10000 && n_sent < 200 * 1024 * 1024);

  g_assert_cmpuint (n_sent, <, 100 * 1024 * 1024);
}

static void
test_compressed_requests (void)
{
  static const struct {
    const char            *encoding;
    GZlibCompressorFormat  format;
  } encodings[] = {
    { "gzip", G_ZLIB_COMPRESSOR_FORMAT_GZIP },
    { "x-gzip", G_ZLIB_COMPRESSOR_FORMAT_GZIP },
    { "GZIP", G_ZLIB_COMPRESSOR_FORMAT_GZIP },
    { "deflate", G_ZLIB_COMPRESSOR_FORMAT_ZLIB },
    { "deflate", G_ZLIB_COMPRESSOR_FORMAT_RAW },
  };
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autofree char *text = g_strnfill (100000, 'z');
  g_autofree char *body = echo_body (text);

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);
  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      g_autoptr (GBytes) compressed = compress (body, strlen (body), encodings[i].format);
      g_autofree char *headers = g_strdup_printf ("Content-Encoding: %s\r\n", encodings[i].encoding);

      raw_client_post (client, headers, g_bytes_get_data (compressed, NULL), g_bytes_get_size (compressed));
      assert_echoed (client, text);
      send_chunked (client, headers, g_bytes_get_data (compressed, NULL), g_bytes_get_size (compressed), 7);
      assert_echoed (client, text);
    }
}

static void
test_identity (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = echo_body ("same");

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);
  raw_client_post (client, "Content-Encoding: identity\r\n", body, -1);
  assert_echoed (client, "same");
}

static void
test_unknown_compression (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autoptr (RawReply) reply = NULL;
  g_autofree char *body = echo_body ("x");

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);
  raw_client_post (client, "Content-Encoding: br\r\n", body, -1);
  reply = raw_client_receive (client);

  g_assert_cmpuint (reply->status, ==, 415);
  assert_header (reply, "Accept-Encoding", "gzip, deflate");
  assert_still_served (client);
}

static void
test_broken_compression (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = echo_body ("x");
  g_autoptr (GBytes) compressed = compress (body, strlen (body), G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  gsize size = g_bytes_get_size (compressed);

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);
  raw_client_post (client, "Content-Encoding: gzip\r\n", body, -1);
  assert_fault (client, XML_RPC_FAULT_NOT_WELL_FORMED);
  raw_client_post (client, "Content-Encoding: gzip\r\n", "", 0);
  assert_fault (client, XML_RPC_FAULT_NOT_WELL_FORMED);
  for (gsize length = 1; length < size; length += 5)
    {
      raw_client_post (client, "Content-Encoding: gzip\r\n", g_bytes_get_data (compressed, NULL), length);
      assert_fault (client, XML_RPC_FAULT_NOT_WELL_FORMED);
    }
  assert_still_served (client);
}

static void
test_max_request_size_decompressed (void)
{
  enum { LIMIT = 100000 };
  g_auto (ServerFixture) fixture;

  server_fixture_init (&fixture);
  xml_rpc_server_set_max_request_size (fixture.server, LIMIT);
  for (gsize size = LIMIT - 1; size <= LIMIT + 1; size++)
    {
      g_autoptr (RawClient) client = raw_client_new (fixture.port);
      g_autofree char *body = echo_body_of_size (size);
      g_autoptr (GBytes) compressed = compress (body, size, G_ZLIB_COMPRESSOR_FORMAT_GZIP);

      raw_client_post (client, "Content-Encoding: gzip\r\n",
                       g_bytes_get_data (compressed, NULL), g_bytes_get_size (compressed));
      assert_status (client, size > LIMIT ? 413 : 200);
    }
}

/* What this process has used at most, in kilobytes. */
static gsize
get_peak_memory (void)
{
  g_autofree char *status = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  line = status != NULL ? strstr (status, "VmHWM:") : NULL;

  return line != NULL ? g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10) : 0;
}

/* 400 MB of spaces in 400 kB. */
static void
test_bomb (void)
{
  enum { PIECE = 1024 * 1024, N_PIECES = 400 };
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GConverter) compressor = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, compressor);
  g_autofree char *piece = g_strnfill (PIECE, ' ');
  g_autoptr (GBytes) bomb = NULL;
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  gsize memory_before;

  g_output_stream_write_all (stream, "<methodCall>", strlen ("<methodCall>"), NULL, NULL, NULL);
  for (guint i = 0; i < N_PIECES; i++)
    g_output_stream_write_all (stream, piece, PIECE, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);
  bomb = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);
  memory_before = get_peak_memory ();
  raw_client_post (client, "Content-Encoding: gzip\r\n", g_bytes_get_data (bomb, NULL), g_bytes_get_size (bomb));
  assert_status (client, 413);
  g_assert_cmpuint (get_peak_memory () - memory_before, <, 40 * 1024);
}

static void
test_gzip_reply (void)
{
  static const struct {
    const char *accept;
    gsize       text_length;
    gboolean    is_compressed;
  } replies[] = {
    { "gzip", 100000, TRUE },
    { "deflate, gzip", 100000, TRUE },
    { "gzip;q=0.1", 100000, TRUE },
    { "GZIP", 100000, TRUE },
    { "gzip;q=0", 100000, FALSE },
    { "identity", 100000, FALSE },
    { "br", 100000, FALSE },
    { "", 100000, FALSE },
    { "gzip", 2000, TRUE },
    { "gzip", 100, FALSE },
  };
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);
  for (gsize i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_autofree char *text = g_strnfill (replies[i].text_length, 't');
      g_autofree char *body = echo_body (text);
      g_autofree char *headers = g_strdup_printf ("Accept-Encoding: %s\r\n", replies[i].accept);
      g_autofree char *answer = NULL;
      g_autoptr (RawReply) reply = NULL;

      g_test_message ("%s", headers);
      raw_client_post (client, headers, body, -1);
      reply = raw_client_receive (client);
      g_assert_cmpuint (reply->status, ==, 200);
      assert_header (reply, "Content-Encoding", replies[i].is_compressed ? "gzip" : NULL);
      assert_header (reply, "Vary", replies[i].text_length > 1400 ? "Accept-Encoding" : NULL);
      answer = replies[i].is_compressed ? decompress (reply->body)
                                        : g_strndup (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body));
      g_assert_nonnull (strstr (answer, text));
      if (replies[i].is_compressed)
        g_assert_cmpuint (g_bytes_get_size (reply->body), <, replies[i].text_length);
    }
}

static void
test_expect_continue (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = echo_body ("go on");
  g_autofree char *head = g_strdup_printf ("POST /RPC2 HTTP/1.1\r\nHost: h\r\nContent-Type: text/xml\r\n"
                                           "Expect: 100-continue\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                                           strlen (body));

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);
  raw_client_send (client, head, -1);
  assert_status (client, 100);
  raw_client_send (client, body, -1);
  assert_echoed (client, "go on");
  assert_still_served (client);
}

static void
test_expect_continue_refused (void)
{
  static const struct {
    const char *headers;
    guint       status;
  } refused[] = {
    { "Content-Type: text/xml\r\nContent-Length: 10000000000", 413 },
    { "Content-Type: text/xml\r\nContent-Length: 8388609", 413 },
    { "Content-Type: text/plain\r\nContent-Length: 100", 415 },
    { "Content-Type: text/xml\r\nContent-Encoding: br\r\nContent-Length: 100", 415 },
  };
  g_auto (ServerFixture) fixture;

  server_fixture_init (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (RawClient) client = raw_client_new (fixture.port);
      g_autofree char *head = g_strdup_printf ("POST /RPC2 HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n%s\r\n\r\n",
                                               refused[i].headers);

      raw_client_send (client, head, -1);
      assert_status (client, refused[i].status);
    }
}

/* Each sends a part of a request and no more. */
static void
test_request_timeout (void)
{
  static const char * const parts[] = {
    "P",
    "POST /RPC2 HTTP/1.1\r\nHo",
    "POST /RPC2 HTTP/1.1\r\nHost: h\r\nContent-Type: text/xml\r\nContent-Length: 100\r\n\r\n",
    "POST /RPC2 HTTP/1.1\r\nHost: h\r\nContent-Type: text/xml\r\nContent-Length: 100\r\n\r\n<methodCall>",
    "POST /RPC2 HTTP/1.1\r\nHost: h\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\nc\r\n<methodCall>\r\n",
    "POST /RPC2 HTTP/1.1\r\nHost: h\r\nContent-Type: text/xml\r\nExpect: 100-continue\r\nContent-Length: 100\r\n\r\n",
  };
  g_auto (ServerFixture) fixture;

  server_fixture_init (&fixture);
  xml_rpc_server_set_request_timeout (fixture.server, 100);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (RawClient) client = raw_client_new (fixture.port);
      g_autoptr (RawReply) reply = NULL;

      g_test_message ("%s", parts[i]);
      raw_client_send (client, parts[i], -1);
      reply = raw_client_receive (client);
      if (reply != NULL && reply->status == 100)
        {
          raw_reply_free (reply);
          reply = raw_client_receive (client);
        }
      g_assert_true (reply == NULL || reply->status == 408);
      raw_client_wait_for_close (client);
    }
}

static gboolean
set_true (gpointer user_data)
{
  gboolean *is_set = user_data;

  *is_set = TRUE;

  return G_SOURCE_REMOVE;
}

static void
wait_milliseconds (guint milliseconds)
{
  gboolean is_over = FALSE;

  g_timeout_add (milliseconds, set_true, &is_over);
  server_caller_wait_for (&is_over);
}

/* The time counts from a request's first byte: a connection may be idle. */
static void
test_idle_is_no_timeout (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;

  server_fixture_init (&fixture);
  xml_rpc_server_set_request_timeout (fixture.server, 100);
  client = raw_client_new (fixture.port);
  assert_still_served (client);
  wait_milliseconds (400);
  assert_still_served (client);
}

static void
answer_after_timeout (XmlRpcServer     *server,
                      XmlRpcInvocation *invocation,
                      gpointer          user_data)
{
  wait_milliseconds (400);
  server_fixture_echo (server, invocation, NULL);
}

/* The time is the client's, not the method's. */
static void
test_method_may_take_longer (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;

  server_fixture_init (&fixture);
  xml_rpc_server_set_request_timeout (fixture.server, 100);
  xml_rpc_server_add_method (fixture.server, "echo", NULL, NULL, answer_after_timeout, NULL, NULL);
  client = raw_client_new (fixture.port);
  assert_still_served (client);
}

static void
test_hang_up_anywhere (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) last = NULL;
  g_autofree char *body = echo_body ("x");
  g_autofree char *request = g_strdup_printf ("POST /RPC2 HTTP/1.1\r\nHost: h\r\nContent-Type: text/xml\r\n"
                                              "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s", strlen (body), body);

  server_fixture_init (&fixture);
  for (gsize length = 0; length <= strlen (request); length++)
    {
      g_autoptr (RawClient) client = raw_client_new (fixture.port);

      raw_client_send (client, request, length);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }

  last = raw_client_new (fixture.port);
  assert_still_served (last);
}

static void
keep_message (SoupServer        *soup_server,
              SoupServerMessage *message,
              gpointer           user_data)
{
  SoupServerMessage **kept = user_data;

  g_set_object (kept, message);
}

/* Somebody else may hold the message longer than there is a connection. */
static void
test_disconnected_before_timeout (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (SoupServerMessage) message = NULL;
  g_autoptr (RawClient) client = NULL;

  server_fixture_init (&fixture);
  xml_rpc_server_set_request_timeout (fixture.server, 100);
  g_signal_connect (fixture.soup_server, "request-started", G_CALLBACK (keep_message), &message);
  client = raw_client_new (fixture.port);
  raw_client_send (client, "POST /RPC2 HTTP/1.1\r\nHost: h\r\nContent-Type: text/xml\r\nContent-Length: 100\r\n\r\n", -1);
  wait_milliseconds (20);
  g_assert_nonnull (message);
  soup_server_disconnect (fixture.soup_server);
  raw_client_wait_for_close (client);
  wait_milliseconds (200);
  g_clear_object (&message);
}

static void
send_to (RawClient  *client,
         const char *path,
         const char *body)
{
  g_autofree char *request = g_strdup_printf ("POST %s HTTP/1.1\r\nHost: h\r\nContent-Type: text/xml\r\n"
                                              "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                                              path, strlen (body), body);

  raw_client_send (client, request, -1);
}

static void
test_paths (void)
{
  static const struct {
    const char *path;
    guint       status;
  } paths[] = {
    { "/RPC2", 200 }, { "/RPC2?query=1", 200 }, { "/other", 200 }, { "/a/b", 200 },
    { "/", 404 }, { "/RPC", 404 }, { "/RPC2/", 404 }, { "/RPC2/below", 404 }, { "/rpc2", 404 }, { "/a", 404 },
  };
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = echo_body ("x");

  server_fixture_init (&fixture);
  xml_rpc_server_attach (fixture.server, fixture.soup_server, "/other");
  xml_rpc_server_attach (fixture.server, fixture.soup_server, "/a/b");

  client = raw_client_new (fixture.port);
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_test_message ("%s", paths[i].path);
      send_to (client, paths[i].path, body);
      assert_status (client, paths[i].status);
    }
}

static void
test_any_path (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = echo_body ("anywhere");

  server_fixture_init (&fixture);
  xml_rpc_server_attach (fixture.server, fixture.soup_server, NULL);
  client = raw_client_new (fixture.port);
  send_to (client, "/any/where", body);
  assert_echoed (client, "anywhere");
  send_to (client, "/", body);
  assert_echoed (client, "anywhere");
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
test_side_by_side (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (XmlRpcServer) other = xml_rpc_server_new ();
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = echo_body ("x");
  g_autoptr (RawReply) plain = NULL;

  server_fixture_init (&fixture);
  xml_rpc_server_add_method (other, "echo", NULL, NULL, return_data, (gpointer) "other", NULL);
  xml_rpc_server_attach (other, fixture.soup_server, "/other");
  xml_rpc_server_set_request_timeout (other, 100);
  soup_server_add_handler (fixture.soup_server, "/plain", handle_plainly, NULL, NULL);

  client = raw_client_new (fixture.port);
  send_to (client, "/RPC2", body);
  assert_echoed (client, "x");
  send_to (client, "/other", body);
  assert_echoed (client, "other");
  raw_client_send (client, "GET /plain HTTP/1.1\r\nHost: h\r\n\r\n", -1);
  plain = raw_client_receive (client);
  g_assert_cmpmem (g_bytes_get_data (plain->body, NULL), g_bytes_get_size (plain->body), "plain", 5);

  xml_rpc_server_detach (other, fixture.soup_server);
}

/* Our limits are those of our requests alone. */
static void
test_others_have_no_limits (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = g_strnfill (5000, 'b');

  server_fixture_init (&fixture);
  soup_server_add_handler (fixture.soup_server, "/plain", handle_plainly, NULL, NULL);
  xml_rpc_server_set_max_request_size (fixture.server, 10);
  xml_rpc_server_set_request_timeout (fixture.server, 100);

  client = raw_client_new (fixture.port);
  raw_client_send (client, "POST /plain HTTP/1.1\r\nHost: h\r\nContent-Length: 5000\r\n\r\n", -1);
  wait_milliseconds (400);
  raw_client_send (client, body, -1);
  assert_status (client, 200);
}

static gboolean
check_password (SoupAuthDomain    *domain,
                SoupServerMessage *message,
                const char        *username,
                const char        *password,
                gpointer           user_data)
{
  return strcmp (username, "mole") == 0 && strcmp (password, "secret") == 0;
}

#define WRONG_PASSWORD "Authorization: Basic bW9sZTp3cm9uZw==\r\n"
#define RIGHT_PASSWORD "Authorization: Basic bW9sZTpzZWNyZXQ=\r\n"

static void
protect (ServerFixture *fixture,
         const char    *path)
{
  g_autoptr (SoupAuthDomain) domain = soup_auth_domain_basic_new ("realm", "test", NULL);

  soup_auth_domain_basic_set_auth_callback (domain, check_password, NULL, NULL);
  soup_auth_domain_add_path (domain, path);
  soup_server_add_auth_domain (fixture->soup_server, domain);
}

static void
test_authentication (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = echo_body ("x");

  server_fixture_init (&fixture);
  protect (&fixture, "/RPC2");
  xml_rpc_server_attach (fixture.server, fixture.soup_server, "/open");

  client = raw_client_new (fixture.port);
  raw_client_post (client, "", body, -1);
  assert_status (client, 401);
  raw_client_post (client, WRONG_PASSWORD, body, -1);
  assert_status (client, 401);
  raw_client_post (client, RIGHT_PASSWORD, body, -1);
  assert_echoed (client, "x");
  send_to (client, "/open", body);
  assert_echoed (client, "x");
}

/* What holds for others holds for those who were let in, too. */
static void
test_authenticated_max_request_size (void)
{
  enum { LIMIT = 1000 };
  g_auto (ServerFixture) fixture;

  server_fixture_init (&fixture);
  protect (&fixture, "/");
  xml_rpc_server_set_max_request_size (fixture.server, LIMIT);
  xml_rpc_server_attach (fixture.server, fixture.soup_server, "/other");

  for (gsize size = LIMIT; size <= LIMIT + 1; size++)
    {
      g_autoptr (RawClient) client = raw_client_new (fixture.port);
      g_autofree char *body = echo_body_of_size (size);

      send_chunked (client, RIGHT_PASSWORD, body, size, 100);
      assert_status (client, size > LIMIT ? 413 : 200);
    }
}

static void
test_authenticated_timeout (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;

  server_fixture_init (&fixture);
  protect (&fixture, "/");
  xml_rpc_server_set_request_timeout (fixture.server, 100);
  xml_rpc_server_attach (fixture.server, fixture.soup_server, "/other");

  client = raw_client_new (fixture.port);
  raw_client_send (client, "GET /RPC2 HTTP/1.1\r\nHost: h\r\n" RIGHT_PASSWORD "\r\n", -1);
  assert_status (client, 405);
  raw_client_send (client, "POST /other HTTP/1.1\r\nHost: h\r\nContent-Type: text/xml\r\n" RIGHT_PASSWORD
                           "Content-Length: 100\r\n\r\n", -1);
  assert_status (client, 408);
}

static void
test_authenticated_at_any_path (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = echo_body ("x");

  server_fixture_init (&fixture);
  xml_rpc_server_detach (fixture.server, fixture.soup_server);
  protect (&fixture, "/");
  xml_rpc_server_attach (fixture.server, fixture.soup_server, NULL);

  client = raw_client_new (fixture.port);
  raw_client_post (client, WRONG_PASSWORD, body, -1);
  assert_status (client, 401);
  raw_client_post (client, RIGHT_PASSWORD, body, -1);
  assert_echoed (client, "x");
  raw_client_send (client, "GET /RPC2 HTTP/1.1\r\nHost: h\r\n" RIGHT_PASSWORD "\r\n", -1);
  assert_status (client, 405);
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
test_message (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = echo_body ("x");

  server_fixture_init (&fixture);
  xml_rpc_server_add_method (fixture.server, "echo", NULL, NULL, return_header, NULL, NULL);
  client = raw_client_new (fixture.port);
  raw_client_post (client, "X-Test: from the header\r\n", body, -1);
  assert_echoed (client, "from the header");
}

static void
test_detach (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = echo_body ("x");

  server_fixture_init (&fixture);
  xml_rpc_server_attach (fixture.server, fixture.soup_server, "/other");
  xml_rpc_server_detach (fixture.server, fixture.soup_server);
  client = raw_client_new (fixture.port);
  send_to (client, "/RPC2", body);
  assert_status (client, 404);
  send_to (client, "/other", body);
  assert_status (client, 404);

  xml_rpc_server_attach (fixture.server, fixture.soup_server, "/RPC2");
  send_to (client, "/RPC2", body);
  assert_echoed (client, "x");
}

/* A client that stays connected does not keep the server. */
static void
test_let_go (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = echo_body ("x");
  XmlRpcServer *other = xml_rpc_server_new ();

  server_fixture_init (&fixture);
  xml_rpc_server_add_method (other, "echo", NULL, NULL, server_fixture_echo, NULL, NULL);
  xml_rpc_server_attach (other, fixture.soup_server, "/other");
  client = raw_client_new (fixture.port);
  send_to (client, "/other", body);
  assert_echoed (client, "x");

  g_object_add_weak_pointer (G_OBJECT (other), (gpointer *) &other);
  g_object_unref (other);
  wait_milliseconds (20);
  g_assert_null (other);
  send_to (client, "/other", body);
  assert_status (client, 404);
}

/* In the midst of a request. */
static void
test_detach_and_attach_while_reading (void)
{
  static const char head[] = "POST /RPC2 HTTP/1.1\r\nHost: h\r\nContent-Type: text/xml\r\nContent-Length: 200\r\n\r\n";
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) detached = NULL;
  g_autoptr (RawClient) attached = NULL;
  g_autoptr (RawClient) last = NULL;
  g_autofree char *body = echo_body_of_size (200);

  server_fixture_init (&fixture);
  detached = raw_client_new (fixture.port);
  raw_client_send (detached, head, -1);
  wait_milliseconds (20);
  xml_rpc_server_detach (fixture.server, fixture.soup_server);
  raw_client_send (detached, body, -1);
  assert_status (detached, 404);

  attached = raw_client_new (fixture.port);
  raw_client_send (attached, head, -1);
  wait_milliseconds (20);
  xml_rpc_server_attach (fixture.server, fixture.soup_server, "/RPC2");
  raw_client_send (attached, body, -1);
  assert_status (attached, 200);

  last = raw_client_new (fixture.port);
  assert_still_served (last);
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
                                   NULL, done_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  value = xml_rpc_server_proxy_call_finish (proxy, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_variant_get_string (value, NULL), ==, "safe");
}

static void
test_many_calls_in_one (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (GError) error = NULL;
  g_autoptr (XmlRpcServerProxy) proxy = NULL;
  g_autoptr (XmlRpcMulticall) calls = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  server_fixture_init (&fixture);
  proxy = xml_rpc_server_proxy_new (fixture.uri, &error);
  g_assert_no_error (error);

  calls = xml_rpc_multicall_new (proxy);
  for (int i = 0; i < 1000; i++)
    xml_rpc_multicall_add (calls, i % 10 == 9 ? "missing" : "echo", g_variant_new ("(i)", i), G_VARIANT_TYPE_INT64);
  xml_rpc_multicall_execute_async (calls, NULL, done_cb, &result);
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

static const struct {
  const char *name;
  GTestFunc   func;
} tests[] = {
  { "answer", test_answer },
  { "keep-alive", test_keep_alive },
  { "connection-close", test_connection_close },
  { "http-1.0", test_http_1_0 },
  { "byte-by-byte", test_byte_by_byte },
  { "only-post", test_only_post },
  { "content-types", test_content_types },
  { "charset", test_charset },
  { "bad-bodies-are-faults", test_bad_bodies_are_faults },
  { "chunked", test_chunked },
  { "max-request-size", test_max_request_size },
  { "default-max-request-size", test_default_max_request_size },
  { "no-max-request-size", test_no_max_request_size },
  { "too-large-is-not-read", test_too_large_is_not_read },
  { "too-large-is-answered-after-sending", test_too_large_is_answered_after_sending },
  { "endless-chunks", test_endless_chunks },
  { "compressed-requests", test_compressed_requests },
  { "identity", test_identity },
  { "unknown-compression", test_unknown_compression },
  { "broken-compression", test_broken_compression },
  { "max-request-size-decompressed", test_max_request_size_decompressed },
  { "bomb", test_bomb },
  { "gzip-reply", test_gzip_reply },
  { "expect-continue", test_expect_continue },
  { "expect-continue-refused", test_expect_continue_refused },
  { "request-timeout", test_request_timeout },
  { "disconnected-before-timeout", test_disconnected_before_timeout },
  { "idle-is-no-timeout", test_idle_is_no_timeout },
  { "method-may-take-longer", test_method_may_take_longer },
  { "hang-up-anywhere", test_hang_up_anywhere },
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
  { "tls", test_tls },
  { "many-calls-in-one", test_many_calls_in_one },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strdup_printf ("/server-http/%s", tests[i].name);

      g_test_add_func (path, tests[i].func);
    }

  return g_test_run ();
}
