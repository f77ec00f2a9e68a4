/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "serve.h"

#include <glib-unix.h>

/* What calls in progress get at the end. */
#define GRACE_MSEC 10000

char *
serve_begin (XmlRpcServer  *server,
             SoupServer    *soup_server,
             guint          port,
             GError       **error)
{
  GSList *uris;
  char *url;

  if (!soup_server_listen_local (soup_server, port, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return NULL;

  xml_rpc_server_attach (server, soup_server, "/RPC2");

  uris = soup_server_get_uris (soup_server);
  url = g_strdup_printf ("http://127.0.0.1:%d/RPC2", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return url;
}

typedef struct
{
  XmlRpcServer *server;
  GMainLoop    *loop;
  gboolean      is_ending;
} Serving;

static void
on_shut_down (GObject      *server,
              GAsyncResult *result,
              gpointer      loop)
{
  xml_rpc_server_shutdown_finish (XML_RPC_SERVER (server), result, NULL);
  g_main_loop_quit (loop);
}

/* Lets the calls in progress finish, unless somebody asks a second time. */
static gboolean
on_signal (gpointer user_data)
{
  Serving *self = user_data;

  xml_rpc_server_shutdown_async (self->server, self->is_ending ? 0 : GRACE_MSEC, NULL, on_shut_down, self->loop);
  self->is_ending = TRUE;

  return G_SOURCE_CONTINUE;
}

gboolean
serve_until_signal (XmlRpcServer  *server,
                    guint          port,
                    GError       **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (SoupServer) soup_server = soup_server_new (NULL, NULL);
  g_autofree char *url = serve_begin (server, soup_server, port, error);
  Serving serving = { server, loop, FALSE };

  if (url == NULL)
    return FALSE;

  g_unix_signal_add (SIGTERM, on_signal, &serving);
  g_unix_signal_add (SIGINT, on_signal, &serving);
  g_print ("%s\n", url);
  g_main_loop_run (loop);
  xml_rpc_server_detach (server, soup_server);

  return TRUE;
}
