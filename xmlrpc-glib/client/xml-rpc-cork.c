/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-cork-private.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

struct _XmlRpcCork
{
  GMutex      mutex;
  GHashTable *sockets; /* of the connections, by libsoup's number */
};

XmlRpcCork *
xml_rpc_cork_new (void)
{
#ifdef TCP_CORK
  XmlRpcCork *self = g_new0 (XmlRpcCork, 1);

  g_mutex_init (&self->mutex);
  self->sockets = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);

  return self;
#else
  return NULL;
#endif
}

void
xml_rpc_cork_free (XmlRpcCork *self)
{
  g_hash_table_unref (self->sockets);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static gboolean
is_closed (gpointer number,
           gpointer socket,
           gpointer user_data)
{
  return g_socket_is_closed (socket);
}

void
xml_rpc_cork_add (XmlRpcCork  *self,
                  SoupMessage *message,
                  GIOStream   *connection)
{
  const guint64 number = soup_message_get_connection_id (message);
  GSocket *socket;

  if (!G_IS_SOCKET_CONNECTION (connection))
    return;

  socket = g_socket_connection_get_socket (G_SOCKET_CONNECTION (connection));
  g_mutex_lock (&self->mutex);
  g_hash_table_foreach_remove (self->sockets, is_closed, NULL);
  g_hash_table_replace (self->sockets, g_memdup2 (&number, sizeof number), g_object_ref (socket));
  g_mutex_unlock (&self->mutex);
}

static void
set_corked (XmlRpcCork  *self,
            SoupMessage *message,
            gboolean     corked)
{
#ifdef TCP_CORK
  const guint64 number = soup_message_get_connection_id (message);
  g_autoptr (GSocket) socket = NULL;

  g_mutex_lock (&self->mutex);
  g_set_object (&socket, g_hash_table_lookup (self->sockets, &number));
  g_mutex_unlock (&self->mutex);

  if (socket != NULL)
    g_socket_set_option (socket, IPPROTO_TCP, TCP_CORK, corked, NULL);
#endif
}

void
xml_rpc_cork_hold (XmlRpcCork  *self,
                   SoupMessage *message)
{
  set_corked (self, message, TRUE);
}

void
xml_rpc_cork_release (XmlRpcCork  *self,
                      SoupMessage *message)
{
  set_corked (self, message, FALSE);
}
