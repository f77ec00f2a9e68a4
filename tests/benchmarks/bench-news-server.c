/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Answers every POST with the same reply: below /news with 20,000 structs in
 * 16 MB, elsewhere with nil. Prints its URL, and ends with its standard input. */

#include <gio/gunixinputstream.h>
#include <unistd.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "bench-documents.h"

static GBytes *
encode (GVariant *value)
{
  g_autoptr (GError) error = NULL;
  GBytes *body = xml_rpc_encode_response (value, &error);

  g_assert_no_error (error);
  return body;
}

static void
answer (SoupServer        *server,
        SoupServerMessage *message,
        const char        *path,
        GHashTable        *query,
        gpointer           reply)
{
  gsize length;
  const char *data = g_bytes_get_data (reply, &length);

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "text/xml", SOUP_MEMORY_STATIC, data, length);
}

static gboolean
on_end_of_input (GObject  *stream,
                 gpointer  loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

int
main (void)
{
  g_autoptr (GVariant) news = bench_create_news ();
  g_autoptr (GVariant) nil = g_variant_ref_sink (g_variant_new_maybe (G_VARIANT_TYPE_VARIANT, NULL));
  g_autoptr (GBytes) news_reply = encode (news);
  g_autoptr (GBytes) nil_reply = encode (nil);
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GSource) source = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (input), NULL);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  soup_server_add_handler (server, NULL, answer, nil_reply, NULL);
  soup_server_add_handler (server, "/news", answer, news_reply, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);

  uris = soup_server_get_uris (server);
  g_print ("http://127.0.0.1:%d/\n", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  g_source_set_callback (source, G_SOURCE_FUNC (on_end_of_input), loop, NULL);
  g_source_attach (source, NULL);
  g_main_loop_run (loop);

  return 0;
}
