/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The bodies that a server reads and writes: how large they may be, and how they are
 * compressed. */

#include <string.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "census.h"
#include "compressed.h"
#include "raw-client.h"
#include "raw-echo.h"
#include "test-table.h"

static void
test_max_request_size (EchoFixture   *self,
                       gconstpointer  data)
{
  enum { LIMIT = 10000 };

  xml_rpc_server_set_max_request_size (self->base.server, LIMIT);
  for (gsize size = LIMIT - 1; size <= LIMIT + 1; size++)
    {
      g_autoptr (RawClient) client = raw_client_new (self->base.port);
      g_autoptr (RawClient) chunked_client = raw_client_new (self->base.port);
      g_autofree char *body = raw_echo_body_of_size (size);

      g_assert_cmpuint (strlen (body), ==, size);
      raw_client_post (client, "", body, -1);
      raw_echo_assert_status (client, size > LIMIT ? 413 : 200);

      raw_echo_send_chunked (chunked_client, "", body, size, 1000);
      raw_echo_assert_status (chunked_client, size > LIMIT ? 413 : 200);
    }
}

static void
test_default_max_request_size (EchoFixture   *self,
                               gconstpointer  data)
{
  gsize limit = 8 * 1024 * 1024;

  for (gsize size = limit; size <= limit + 1; size++)
    {
      g_autoptr (RawClient) client = raw_client_new (self->base.port);
      g_autofree char *body = raw_echo_body_of_size (size);

      raw_echo_send_chunked (client, "", body, size, 64 * 1024);
      raw_echo_assert_status (client, size > limit ? 413 : 200);
    }
}

static void
test_no_max_request_size (EchoFixture   *self,
                          gconstpointer  data)
{
  g_autofree char *body = raw_echo_body_of_size (8 * 1024 * 1024 + 1);

  xml_rpc_server_set_max_request_size (self->base.server, 0);
  raw_client_post (self->client, "", body, -1);
  raw_echo_assert_status (self->client, 200);
}

/* It does not wait for what it will not take. */
static void
test_too_large_is_not_read (EchoFixture   *self,
                            gconstpointer  data)
{
  raw_client_send (self->client, "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n"
                                 "Content-Length: 1000000000000\r\n\r\n<methodCall>", -1);
  raw_echo_assert_status (self->client, 413);
  raw_client_wait_for_close (self->client);
}

/* Most clients send all before they look for an answer. */
static void
test_too_large_is_answered_after_sending (EchoFixture   *self,
                                          gconstpointer  data)
{
  gsize size = 20 * 1024 * 1024;
  g_autofree char *body = raw_echo_body_of_size (size);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (RawClient) client = raw_client_new (self->base.port);

      if (i == 0)
        raw_client_post (client, "", body, (gssize) size);
      else
        raw_echo_send_chunked (client, "", body, size, 64 * 1024);
      raw_echo_assert_status (client, 413);
    }
}

static void
test_endless_chunks (EchoFixture   *self,
                     gconstpointer  data)
{
  g_autofree char *chunk = g_strnfill (0x10000, 'x');
  gsize n_sent = 0;
  gsize n;

  raw_client_send (self->client, "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n"
                                 "Transfer-Encoding: chunked\r\n\r\n", -1);
  do
    {
      raw_client_send_what_goes (self->client, "10000\r\n", 7);
      n = raw_client_send_what_goes (self->client, chunk, 0x10000);
      raw_client_send_what_goes (self->client, "\r\n", 2);
      n_sent += n;
    }
  while (n == 0x10000 && n_sent < 200 * 1024 * 1024);

  g_assert_cmpuint (n_sent, <, 100 * 1024 * 1024);
}

static void
test_compressed_requests (EchoFixture   *self,
                          gconstpointer  data)
{
  static const struct
  {
    const char            *encoding;
    GZlibCompressorFormat  format;
  } encodings[] = {
    { "gzip", G_ZLIB_COMPRESSOR_FORMAT_GZIP },
    { "x-gzip", G_ZLIB_COMPRESSOR_FORMAT_GZIP },
    { "GZIP", G_ZLIB_COMPRESSOR_FORMAT_GZIP },
    { "deflate", G_ZLIB_COMPRESSOR_FORMAT_ZLIB },
    { "deflate", G_ZLIB_COMPRESSOR_FORMAT_RAW },
  };
  g_autofree char *text = g_strnfill (100000, 'z');
  g_autofree char *body = raw_echo_body (text);

  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      g_autoptr (RawClient) client = raw_client_new (self->base.port);
      g_autoptr (GBytes) compressed = compressed_new (body, strlen (body), encodings[i].format);
      g_autofree char *headers = g_strdup_printf ("Content-Encoding: %s\r\n", encodings[i].encoding);

      raw_client_post (client, headers, g_bytes_get_data (compressed, NULL), g_bytes_get_size (compressed));
      raw_echo_assert_echoed (client, text);
      raw_echo_send_chunked (client, headers, g_bytes_get_data (compressed, NULL), g_bytes_get_size (compressed), 7);
      raw_echo_assert_echoed (client, text);
    }
}

static void
test_identity (EchoFixture   *self,
               gconstpointer  data)
{
  g_autofree char *body = raw_echo_body ("same");

  raw_client_post (self->client, "Content-Encoding: identity\r\n", body, -1);
  raw_echo_assert_echoed (self->client, "same");
}

static void
test_unknown_compression (EchoFixture   *self,
                          gconstpointer  data)
{
  g_autoptr (RawReply) reply = NULL;
  g_autofree char *body = raw_echo_body ("x");

  raw_client_post (self->client, "Content-Encoding: br\r\n", body, -1);
  reply = raw_client_receive (self->client);

  g_assert_cmpuint (reply->status, ==, 415);
  raw_reply_assert_header (reply, "Accept-Encoding", "gzip, deflate");
  raw_echo_assert_still_served (self->client);
}

static void
test_broken_compression (EchoFixture   *self,
                         gconstpointer  data)
{
  g_autofree char *body = raw_echo_body ("x");
  g_autoptr (GBytes) compressed = compressed_new_text (body);
  gsize size = g_bytes_get_size (compressed);

  raw_client_post (self->client, "Content-Encoding: gzip\r\n", body, -1);
  raw_echo_assert_fault (self->client, XML_RPC_FAULT_NOT_WELL_FORMED);
  raw_client_post (self->client, "Content-Encoding: gzip\r\n", "", 0);
  raw_echo_assert_fault (self->client, XML_RPC_FAULT_NOT_WELL_FORMED);
  for (gsize length = 1; length < size; length += 5)
    {
      raw_client_post (self->client, "Content-Encoding: gzip\r\n", g_bytes_get_data (compressed, NULL), length);
      raw_echo_assert_fault (self->client, XML_RPC_FAULT_NOT_WELL_FORMED);
    }
  raw_echo_assert_still_served (self->client);
}

static void
test_max_request_size_decompressed (EchoFixture   *self,
                                    gconstpointer  data)
{
  enum { LIMIT = 100000 };

  xml_rpc_server_set_max_request_size (self->base.server, LIMIT);
  for (gsize size = LIMIT - 1; size <= LIMIT + 1; size++)
    {
      g_autoptr (RawClient) client = raw_client_new (self->base.port);
      g_autofree char *body = raw_echo_body_of_size (size);
      g_autoptr (GBytes) compressed = compressed_new_text (body);

      raw_client_post (client, "Content-Encoding: gzip\r\n",
                       g_bytes_get_data (compressed, NULL), g_bytes_get_size (compressed));
      raw_echo_assert_status (client, size > LIMIT ? 413 : 200);
    }
}

/* 400 MB of spaces in 400 kB. */
static void
test_bomb (EchoFixture   *self,
           gconstpointer  data)
{
  enum { PIECE = 1024 * 1024, N_PIECES = 400 };
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GConverter) compressor = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, compressor);
  g_autofree char *piece = g_strnfill (PIECE, ' ');
  g_autoptr (GBytes) bomb = NULL;
  gsize memory_before;

  g_output_stream_write_all (stream, "<methodCall>", strlen ("<methodCall>"), NULL, NULL, NULL);
  for (guint i = 0; i < N_PIECES; i++)
    g_output_stream_write_all (stream, piece, PIECE, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);
  bomb = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));

  memory_before = census_get_peak ();
  raw_client_post (self->client, "Content-Encoding: gzip\r\n", g_bytes_get_data (bomb, NULL), g_bytes_get_size (bomb));
  raw_echo_assert_status (self->client, 413);
  g_assert_cmpuint (census_get_peak () - memory_before, <, 40 * 1024);
}

static void
test_gzip_reply (EchoFixture   *self,
                 gconstpointer  data)
{
  static const struct
  {
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

  for (gsize i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_autofree char *text = g_strnfill (replies[i].text_length, 't');
      g_autofree char *body = raw_echo_body (text);
      g_autofree char *headers = g_strdup_printf ("Accept-Encoding: %s\r\n", replies[i].accept);
      g_autofree char *answer = NULL;
      g_autoptr (RawReply) reply = NULL;

      g_test_message ("%s", headers);
      raw_client_post (self->client, headers, body, -1);
      reply = raw_client_receive (self->client);
      g_assert_cmpuint (reply->status, ==, 200);
      raw_reply_assert_header (reply, "Content-Encoding", replies[i].is_compressed ? "gzip" : NULL);
      raw_reply_assert_header (reply, "Vary", replies[i].text_length > 1400 ? "Accept-Encoding" : NULL);
      answer = replies[i].is_compressed ? compressed_get_text (reply->body) : raw_reply_get_text (reply);
      g_assert_nonnull (strstr (answer, text));
      if (replies[i].is_compressed)
        g_assert_cmpuint (g_bytes_get_size (reply->body), <, replies[i].text_length);
    }
}

static const TEST_ROW (EchoFixture) tests[] = {
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
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  TEST_TABLE_ADD_FIXTURE ("/server-bodies", tests, EchoFixture, echo_fixture_set_up, echo_fixture_tear_down);

  return g_test_run ();
}
