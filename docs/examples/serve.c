/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "serve.h"

#include <glib-unix.h>

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

static gboolean
end_loop (gpointer loop)
{
  g_main_loop_quit (loop);

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

  if (url == NULL)
    return FALSE;

  g_unix_signal_add (SIGTERM, end_loop, loop);
  g_unix_signal_add (SIGINT, end_loop, loop);
  g_print ("%s\n", url);
  g_main_loop_run (loop);
  xml_rpc_server_detach (server, soup_server);

  return TRUE;
}
