/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-sockets-private.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

struct _XmlRpcSockets
{
  GMutex      mutex;
  GHashTable *sockets; /* of the connections, by libsoup's number */
};

XmlRpcSockets *
xml_rpc_sockets_new (void)
{
  XmlRpcSockets *self = g_new0 (XmlRpcSockets, 1);

  g_mutex_init (&self->mutex);
  self->sockets = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);

  return self;
}

void
xml_rpc_sockets_free (XmlRpcSockets *self)
{
  g_hash_table_unref (self->sockets);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* A TLS connection runs on top of the one that has the socket. */
static GSocket *
dup_socket (GIOStream *connection)
{
  g_autoptr (GIOStream) base = NULL;

  if (G_IS_TLS_CONNECTION (connection))
    g_object_get (connection, "base-io-stream", &base, NULL);
  else
    base = g_object_ref (connection);

  if (!G_IS_SOCKET_CONNECTION (base))
    return NULL;
  return g_object_ref (g_socket_connection_get_socket (G_SOCKET_CONNECTION (base)));
}

static gboolean
is_closed (gpointer number,
           gpointer socket,
           gpointer user_data)
{
  return g_socket_is_closed (socket);
}

void
xml_rpc_sockets_add (XmlRpcSockets *self,
                     SoupMessage   *message,
                     GIOStream     *connection)
{
  const guint64 number = soup_message_get_connection_id (message);
  GSocket *socket = dup_socket (connection);

  if (socket == NULL)
    return;

  g_mutex_lock (&self->mutex);
  g_hash_table_foreach_remove (self->sockets, is_closed, NULL);
  g_hash_table_replace (self->sockets, g_memdup2 (&number, sizeof number), socket);
  g_mutex_unlock (&self->mutex);
}

GSocket *
xml_rpc_sockets_dup (XmlRpcSockets *self,
                     SoupMessage   *message)
{
  const guint64 number = soup_message_get_connection_id (message);
  GSocket *socket = NULL;

  g_mutex_lock (&self->mutex);
  g_set_object (&socket, g_hash_table_lookup (self->sockets, &number));
  g_mutex_unlock (&self->mutex);

  return socket;
}

#ifdef TCP_CORK
static void
set_corked (XmlRpcSockets *self,
            SoupMessage   *message,
            gboolean       corked)
{
  g_autoptr (GSocket) socket = xml_rpc_sockets_dup (self, message);

  if (socket != NULL)
    g_socket_set_option (socket, IPPROTO_TCP, TCP_CORK, corked, NULL);
}

gboolean
xml_rpc_sockets_can_cork (void)
{
  return TRUE;
}
#else
static void
set_corked (XmlRpcSockets *self,
            SoupMessage   *message,
            gboolean       corked)
{
}

gboolean
xml_rpc_sockets_can_cork (void)
{
  return FALSE;
}
#endif

void
xml_rpc_sockets_cork (XmlRpcSockets *self,
                      SoupMessage   *message)
{
  set_corked (self, message, TRUE);
}

void
xml_rpc_sockets_uncork (XmlRpcSockets *self,
                        SoupMessage   *message)
{
  set_corked (self, message, FALSE);
}
