/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-response-private.h"

/* Below that an answer fits a network packet as it is. */
#define MIN_COMPRESSED_SIZE 1400

/* GIO's streams and zlib count in ints here and there. */
#define MAX_COMPRESSED_SIZE G_MAXINT

/* The fastest: the compression holds up the other clients. */
#define COMPRESSION_LEVEL 1

static gboolean
accepts_gzip (SoupServerMessage *message)
{
  const char *accepted = soup_message_headers_get_list (soup_server_message_get_request_headers (message),
                                                        "Accept-Encoding");
  GSList *codings;
  gboolean found;

  if (accepted == NULL)
    return FALSE;

  codings = soup_header_parse_quality_list (accepted, NULL);
  found = g_slist_find_custom (codings, "gzip", (GCompareFunc) g_ascii_strcasecmp) != NULL;
  soup_header_free_list (codings);

  return found;
}

static GBytes *
compress (GBytes *body)
{
  g_autoptr (GConverter) compressor = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP,
                                                                          COMPRESSION_LEVEL));

  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, compressor);
  gsize length;
  const void *data = g_bytes_get_data (body, &length);

  /* Neither the compressor nor memory fails. */
  g_output_stream_write_all (stream, data, length, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

GBytes *
xml_rpc_response_encode (SoupServerMessage *message,
                         GBytes            *body)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  GBytes *compressed;

  if (g_bytes_get_size (body) < MIN_COMPRESSED_SIZE || g_bytes_get_size (body) > MAX_COMPRESSED_SIZE)
    return body;

  soup_message_headers_append (headers, "Vary", "Accept-Encoding");
  if (!accepts_gzip (message))
    return body;

  soup_message_headers_replace (headers, "Content-Encoding", "gzip");
  compressed = compress (body);
  g_bytes_unref (body);
  return compressed;
}

void
xml_rpc_response_set (SoupServerMessage *message,
                      GBytes            *body)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_content_type (headers, "text/xml", NULL);
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), body);
  soup_message_body_complete (soup_server_message_get_response_body (message));
}

void
xml_rpc_response_set_busy (SoupServerMessage *message)
{
  static const char text[] = "Too many responses are waiting for their clients; try again later.\n";

  soup_message_headers_remove (soup_server_message_get_response_headers (message), "Content-Encoding");
  soup_server_message_set_status (message, SOUP_STATUS_SERVICE_UNAVAILABLE, NULL);
  soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_STATIC, text, sizeof text - 1);
}
