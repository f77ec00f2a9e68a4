/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The HTTP of a server: what it takes, what it refuses, and within what limits. */

#include <string.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "raw-client.h"
#include "raw-echo.h"
#include "server-caller.h"
#include "server-fixture.h"

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
assert_header (RawReply   *reply,
               const char *name,
               const char *expected)
{
  g_autofree char *value = raw_reply_get_header (reply, name);

  g_assert_cmpstr (value, ==, expected);
}

static void
test_answer (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autoptr (RawReply) reply = NULL;
  g_autofree char *body = raw_echo_body ("hello");

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
      g_autofree char *body = raw_echo_body (text);

      raw_client_post (client, "", body, -1);
      raw_echo_assert_echoed (client, text);
    }
}

static void
test_connection_close (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = raw_echo_body ("last");

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);
  raw_client_post (client, "Connection: close\r\n", body, -1);
  raw_echo_assert_echoed (client, "last");
  raw_client_wait_for_close (client);
}

static void
test_http_1_0 (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = raw_echo_body ("old");
  g_autofree char *request = g_strdup_printf ("POST /RPC2 HTTP/1.0\r\nContent-Type: text/xml\r\n"
                                              "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                                              strlen (body), body);

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);
  raw_client_send (client, request, -1);
  raw_echo_assert_echoed (client, "old");
  raw_client_wait_for_close (client);
}

static void
test_byte_by_byte (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = raw_echo_body ("Z\303\274rich");
  g_autofree char *request = g_strdup_printf ("POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n"
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
  raw_echo_assert_echoed (client, "Z\303\274rich");
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
      g_autofree char *request = g_strdup_printf ("%s /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n", methods[i]);
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
  { "Content-Type: text/xml;", TRUE },
  { "Content-Type:", FALSE },
  { "Content-Type: garbage", FALSE },
  { "Content-Type: */*", FALSE },
  { "Content-Type: text/", FALSE },
  { "Content-Type: text/xml\r\nContent-Type: text/plain", FALSE },
  { "Content-Type: text/plain\r\nContent-Type: text/xml", FALSE },
  { "Content-Type: text/xml\r\nContent-Type: text/xml", FALSE },
  { "Content-Type: text/xml, text/plain", FALSE },
  { "Content-Type: text/plain; a=b, text/xml", FALSE },
  { "Content-Type: text/plain;text/xml", FALSE },
  { "Content-Type: text/xml-external-parsed-entity", FALSE },
  { "Content-Type: text/plain", FALSE },
  { "Content-Type: application/json", FALSE },
  { "Content-Type: application/x-www-form-urlencoded", FALSE },
  { "Content-Type: multipart/form-data; boundary=x", FALSE },
};

static void
test_content_types (void)
{
  g_auto (ServerFixture) fixture;
  g_autofree char *body = raw_echo_body ("x");

  server_fixture_init (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (content_types); i++)
    {
      g_autoptr (RawClient) client = raw_client_new (fixture.port);
      g_autofree char *request = g_strdup_printf ("POST /RPC2 HTTP/1.1\r\nHost: localhost\r\n%s\r\n"
                                                  "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                                                  content_types[i].type, strlen (body), body);

      g_test_message ("%s", content_types[i].type);
      raw_client_send (client, request, -1);
      raw_echo_assert_status (client, content_types[i].is_taken ? 200 : 415);
      raw_echo_assert_still_served (client);
    }
}

static void
test_charset (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = raw_echo_body ("Z\374rich");
  g_autofree char *request = g_strdup_printf ("POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml; charset=iso-8859-1\r\n"
                                              "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                                              strlen (body), body);

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);
  raw_client_send (client, request, -1);
  raw_echo_assert_echoed (client, "Z\303\274rich");
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
      raw_echo_assert_fault (client, bad[i].code);
    }
  raw_echo_assert_still_served (client);
}

static void
test_chunked (void)
{
  g_auto (ServerFixture) fixture;
  g_autofree char *body = raw_echo_body ("in pieces");

  server_fixture_init (&fixture);
  for (gsize chunk_size = 1; chunk_size < strlen (body); chunk_size *= 3)
    {
      g_autoptr (RawClient) client = raw_client_new (fixture.port);

      raw_echo_send_chunked (client, "", body, strlen (body), chunk_size);
      raw_echo_assert_echoed (client, "in pieces");
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
      g_autofree char *body = raw_echo_body_of_size (size);

      g_assert_cmpuint (strlen (body), ==, size);
      raw_client_post (client, "", body, -1);
      raw_echo_assert_status (client, size > LIMIT ? 413 : 200);

      raw_echo_send_chunked (chunked_client, "", body, size, 1000);
      raw_echo_assert_status (chunked_client, size > LIMIT ? 413 : 200);
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
      g_autofree char *body = raw_echo_body_of_size (size);

      raw_echo_send_chunked (client, "", body, size, 64 * 1024);
      raw_echo_assert_status (client, size > limit ? 413 : 200);
    }
}

static void
test_no_max_request_size (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = raw_echo_body_of_size (8 * 1024 * 1024 + 1);

  server_fixture_init (&fixture);
  xml_rpc_server_set_max_request_size (fixture.server, 0);
  client = raw_client_new (fixture.port);
  raw_client_post (client, "", body, -1);
  raw_echo_assert_status (client, 200);
}

/* It does not wait for what it will not take. */
static void
test_too_large_is_not_read (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);
  raw_client_send (client, "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n"
                           "Content-Length: 1000000000000\r\n\r\n<methodCall>", -1);
  raw_echo_assert_status (client, 413);
  raw_client_wait_for_close (client);
}

/* Most clients send all before they look for an answer. */
static void
test_too_large_is_answered_after_sending (void)
{
  g_auto (ServerFixture) fixture;
  gsize size = 20 * 1024 * 1024;
  g_autofree char *body = raw_echo_body_of_size (size);

  server_fixture_init (&fixture);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (RawClient) client = raw_client_new (fixture.port);

      if (i == 0)
        raw_client_post (client, "", body, (gssize) size);
      else
        raw_echo_send_chunked (client, "", body, size, 64 * 1024);
      raw_echo_assert_status (client, 413);
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
  raw_client_send (client, "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n"
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
  g_autofree char *text = g_strnfill (100000, 'z');
  g_autofree char *body = raw_echo_body (text);

  server_fixture_init (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      g_autoptr (RawClient) client = raw_client_new (fixture.port);
      g_autoptr (GBytes) compressed = compress (body, strlen (body), encodings[i].format);
      g_autofree char *headers = g_strdup_printf ("Content-Encoding: %s\r\n", encodings[i].encoding);

      raw_client_post (client, headers, g_bytes_get_data (compressed, NULL), g_bytes_get_size (compressed));
      raw_echo_assert_echoed (client, text);
      raw_echo_send_chunked (client, headers, g_bytes_get_data (compressed, NULL), g_bytes_get_size (compressed), 7);
      raw_echo_assert_echoed (client, text);
    }
}

static void
test_identity (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = raw_echo_body ("same");

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);
  raw_client_post (client, "Content-Encoding: identity\r\n", body, -1);
  raw_echo_assert_echoed (client, "same");
}

static void
test_unknown_compression (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autoptr (RawReply) reply = NULL;
  g_autofree char *body = raw_echo_body ("x");

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);
  raw_client_post (client, "Content-Encoding: br\r\n", body, -1);
  reply = raw_client_receive (client);

  g_assert_cmpuint (reply->status, ==, 415);
  assert_header (reply, "Accept-Encoding", "gzip, deflate");
  raw_echo_assert_still_served (client);
}

static void
test_broken_compression (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = raw_echo_body ("x");
  g_autoptr (GBytes) compressed = compress (body, strlen (body), G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  gsize size = g_bytes_get_size (compressed);

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);
  raw_client_post (client, "Content-Encoding: gzip\r\n", body, -1);
  raw_echo_assert_fault (client, XML_RPC_FAULT_NOT_WELL_FORMED);
  raw_client_post (client, "Content-Encoding: gzip\r\n", "", 0);
  raw_echo_assert_fault (client, XML_RPC_FAULT_NOT_WELL_FORMED);
  for (gsize length = 1; length < size; length += 5)
    {
      raw_client_post (client, "Content-Encoding: gzip\r\n", g_bytes_get_data (compressed, NULL), length);
      raw_echo_assert_fault (client, XML_RPC_FAULT_NOT_WELL_FORMED);
    }
  raw_echo_assert_still_served (client);
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
      g_autofree char *body = raw_echo_body_of_size (size);
      g_autoptr (GBytes) compressed = compress (body, size, G_ZLIB_COMPRESSOR_FORMAT_GZIP);

      raw_client_post (client, "Content-Encoding: gzip\r\n",
                       g_bytes_get_data (compressed, NULL), g_bytes_get_size (compressed));
      raw_echo_assert_status (client, size > LIMIT ? 413 : 200);
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
  raw_echo_assert_status (client, 413);
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
      g_autofree char *body = raw_echo_body (text);
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
  g_autofree char *body = raw_echo_body ("go on");
  g_autofree char *head = g_strdup_printf ("POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n"
                                           "Expect: 100-continue\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                                           strlen (body));

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);
  raw_client_send (client, head, -1);
  raw_echo_assert_status (client, 100);
  raw_client_send (client, body, -1);
  raw_echo_assert_echoed (client, "go on");
  raw_echo_assert_still_served (client);
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
      g_autofree char *head = g_strdup_printf ("POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n%s\r\n\r\n",
                                               refused[i].headers);

      raw_client_send (client, head, -1);
      raw_echo_assert_status (client, refused[i].status);
    }
}

/* Each sends a part of a request and no more. */
static void
test_request_timeout (void)
{
  static const char * const parts[] = {
    "P",
    "POST /RPC2 HTTP/1.1\r\nHo",
    "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\nContent-Length: 100\r\n\r\n",
    "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\nContent-Length: 100\r\n\r\n<methodCall>",
    "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\nc\r\n<methodCall>\r\n",
    "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\nExpect: 100-continue\r\nContent-Length: 100\r\n\r\n",
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

/* The time counts from a request's first byte: a connection may be idle. */
static void
test_idle_is_no_timeout (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;

  server_fixture_init (&fixture);
  xml_rpc_server_set_request_timeout (fixture.server, 100);
  client = raw_client_new (fixture.port);
  raw_echo_assert_still_served (client);
  server_caller_wait (400);
  raw_echo_assert_still_served (client);
}

static void
answer_after_timeout (XmlRpcServer     *server,
                      XmlRpcInvocation *invocation,
                      gpointer          user_data)
{
  server_caller_wait (400);
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
  xml_rpc_server_add_method (fixture.server, "echo", NULL, NULL, answer_after_timeout, NULL, NULL, NULL);
  client = raw_client_new (fixture.port);
  raw_echo_assert_still_served (client);
}

static void
test_hang_up_anywhere (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) last = NULL;
  g_autofree char *body = raw_echo_body ("x");
  g_autofree char *request = g_strdup_printf ("POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n"
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
  raw_echo_assert_still_served (last);
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
  raw_client_send (client, "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\nContent-Length: 100\r\n\r\n", -1);
  server_caller_wait (20);
  g_assert_nonnull (message);
  soup_server_disconnect (fixture.soup_server);
  raw_client_wait_for_close (client);
  server_caller_wait (200);
  g_clear_object (&message);
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
