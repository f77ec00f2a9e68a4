/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "server.h"

#include <gio/gunixinputstream.h>
#include <unistd.h>

/* As many as a client may open at once. */
#define BACKLOG 300

static void
listen_locally (SoupServer  *server,
                GError     **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (socket == NULL || !g_socket_bind (socket, address, TRUE, error))
    return;

  g_socket_set_listen_backlog (socket, BACKLOG);
  if (g_socket_listen (socket, error))
    soup_server_listen_socket (server, socket, 0, error);
}

static gboolean
on_end_of_input (GObject  *stream,
                 gpointer  loop)
{
  g_main_loop_quit (loop);

  return G_SOURCE_REMOVE;
}

int
server_run (SoupServer *server)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GSource) source = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (input), NULL);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  listen_locally (server, &error);
  g_assert_no_error (error);

  uris = soup_server_get_uris (server);
  g_print ("http://127.0.0.1:%d/RPC2\n", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  g_source_set_callback (source, G_SOURCE_FUNC (on_end_of_input), loop, NULL);
  g_source_attach (source, NULL);
  g_main_loop_run (loop);

  return 0;
}
