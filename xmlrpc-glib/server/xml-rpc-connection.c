/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#ifndef _GNU_SOURCE
#define _GNU_SOURCE   /* POLLRDHUP */
#endif

#include "xml-rpc-connection-private.h"

#include <poll.h>
#include <sys/socket.h>

#include "xml-rpc-delivery-private.h"
#include "xml-rpc-exchange-private.h"
#include "xml-rpc-hangups-private.h"

/* SoupServer forgets a connection that its client closes between two requests, and never
 * closes it (libsoup 3.2.3). Where it does, hangups see to it. libsoup 3.6.5 was looked at,
 * and closes such connections; which version was the first is not known. */
#define CLOSES_IDLE_CONNECTIONS 3, 6, 5

/* Elsewhere such connections count until SoupServer has closed them. */
#ifndef POLLRDHUP
#define POLLRDHUP 0
#endif

static G_DEFINE_QUARK (xml-rpc-connection, connection)
static G_DEFINE_QUARK (xml-rpc-connections-watched, watched)

/* All those of a SoupServer. */
typedef struct
{
  GQueue          connections;
  XmlRpcTimeouts *idle;      /* a queue of their own, as idle connections can be thousands */
  XmlRpcTimeouts *emptying;
  XmlRpcHangups  *hangups;   /* NULL if libsoup sees to them */
} Connections;

/* It lives as long as the connection. */
typedef struct
{
  SoupServerMessage *first;      /* its first request, which tells of its end, and gives it away */
  gboolean           is_emptied; /* the first request */
  gboolean           is_idle;    /* between two requests */
  gboolean           is_admitted;
  Connections       *all;
  GList              link;       /* in all->connections */
  XmlRpcHangup       hangup;
  XmlRpcTimeout      timeout;    /* while it is idle */
  XmlRpcTimeout      emptying;   /* until the first request can be emptied */
} Connection;

/* The first request is kept, but neither what was asked and answered nor the server
 * that did, once nobody else can be looking at it. */
static void
empty_first (gpointer user_data)
{
  Connection *self = user_data;

  if (!self->is_idle || g_atomic_int_get (&G_OBJECT (self->first)->ref_count) > 1)
    return;

  xml_rpc_exchange_end (self->first);
  soup_message_body_truncate (soup_server_message_get_request_body (self->first));
  soup_message_body_truncate (soup_server_message_get_response_body (self->first));
  self->is_emptied = TRUE;
}

static void
close_connection (Connection *self)
{
  g_autoptr (SoupServerMessage) message = g_object_ref (self->first);
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  if (stream != NULL)
    g_io_stream_close (stream, NULL, NULL);
}

/* A client that is there may not read, and TLS would wait until it does to say farewell:
 * so the socket goes first. */
static void
end_connection (SoupServerMessage *message,
                gboolean           resets)
{
  GSocket *socket = soup_server_message_get_socket (message);
  g_autoptr (GSocket) owned = socket != NULL ? g_object_ref (socket) : NULL;
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);
  struct linger linger = { 1, 0 };

  if (stream == NULL)
    return;

  if (resets && owned != NULL)
    setsockopt (g_socket_get_fd (owned), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  if (owned != NULL)
    g_socket_close (owned, NULL);
  g_io_stream_close_async (stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

/* SoupServer got a piece of a line, which it does not take for a request, and may
 * have seen the reset since: the descriptor is all that can be saved. */
static void
close_socket (Connection *self)
{
  g_autoptr (GSocket) socket = g_object_ref (soup_server_message_get_socket (self->first));

  g_socket_close (socket, NULL);
  g_object_set_qdata (G_OBJECT (socket), connection_quark (), NULL);
}

static void
on_hangup (gpointer user_data,
           gboolean is_taken)
{
  if (is_taken)
    close_socket (user_data);
  else
    close_connection (user_data);
}

static void
clear_connections (gpointer data)
{
  Connections *all = data;

  xml_rpc_timeouts_unref (all->idle);
  xml_rpc_timeouts_unref (all->emptying);
  xml_rpc_hangups_clear (&all->hangups);
}

static void
connections_unref (gpointer all)
{
  g_rc_box_release_full (all, clear_connections);
}

static void
connection_free (gpointer data)
{
  Connection *self = data;

  xml_rpc_timeout_remove (&self->timeout);
  xml_rpc_timeout_remove (&self->emptying);
  xml_rpc_hangup_clear (&self->hangup);
  g_queue_unlink (&self->all->connections, &self->link);
  connections_unref (self->all);
  g_object_unref (self->first);
  g_free (self);
}

static Connection *
get_connection (SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);

  return socket != NULL ? g_object_get_qdata (G_OBJECT (socket), connection_quark ()) : NULL;
}

static void
on_disconnected (SoupServerMessage *first,
                 GSocket           *socket)
{
  g_object_set_qdata (G_OBJECT (socket), connection_quark (), NULL);
}

static void
add_connection (Connections       *all,
                SoupServerMessage *first,
                GSocket           *socket)
{
  Connection *self = g_new0 (Connection, 1);
  /* libsoup asks for it when a connection is taken from it, and warns if that is
   * too late; the socket remembers. */
  g_autoptr (GSocketAddress) address = g_socket_get_remote_address (socket, NULL);

  self->first = g_object_ref (first);
  self->all = g_rc_box_acquire (all);
  self->link.data = self;
  g_queue_push_tail_link (&all->connections, &self->link);
  if (!soup_check_version (CLOSES_IDLE_CONNECTIONS))
    {
      xml_rpc_hangups_ensure (&all->hangups);
      xml_rpc_hangup_init (&self->hangup, all->hangups, g_socket_get_fd (socket), on_hangup, self);
    }
  g_object_set_qdata_full (G_OBJECT (socket), connection_quark (), self, connection_free);
  g_signal_connect_object (first, "disconnected", G_CALLBACK (on_disconnected), socket, 0);
}

static void
on_request_started (SoupServer        *soup_server,
                    SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);
  Connection *self = get_connection (message);

  if (self != NULL)
    {
      self->is_idle = FALSE;
      xml_rpc_hangup_look_away (&self->hangup);
      xml_rpc_timeout_remove (&self->timeout);
    }
  else if (socket != NULL)
    {
      add_connection (g_object_get_qdata (G_OBJECT (soup_server), watched_quark ()), message, socket);
    }
}

/* The rest of what was sent stays the kernel's to deliver. */
static void
on_idle_timeout (gpointer user_data)
{
  Connection *self = user_data;

  if (xml_rpc_hangup_is_taken (&self->hangup))
    close_socket (self);
  else
    end_connection (self->first, FALSE);
}

static void
limit_idle_time (Connection *self,
                 guint       milliseconds)
{
  xml_rpc_timeout_remove (&self->timeout);
  if (milliseconds > 0)
    xml_rpc_timeouts_add (self->all->idle, &self->timeout, milliseconds, on_idle_timeout, self);
}

static void
on_request_ended (SoupServer        *soup_server,
                  SoupServerMessage *message)
{
  Connection *self = get_connection (message);

  xml_rpc_delivery_end (message);
  xml_rpc_exchange_finish (message);

  /* A connection of HTTP/2 has many requests at a time. */
  if (self == NULL || soup_server_message_get_http_version (message) > SOUP_HTTP_1_1)
    return;

  self->is_idle = TRUE;
  xml_rpc_hangup_look (&self->hangup);
  limit_idle_time (self, xml_rpc_exchange_get_idle_timeout (message));
  /* Not now: libsoup, and others who were told, are not done with it. */
  xml_rpc_timeout_remove (&self->emptying);
  if (!self->is_emptied)
    xml_rpc_timeouts_add (self->all->emptying, &self->emptying, 0, empty_first, self);
}

void
xml_rpc_connections_watch (SoupServer *soup_server)
{
  Connections *all;

  if (g_object_get_qdata (G_OBJECT (soup_server), watched_quark ()) != NULL)
    return;

  all = g_rc_box_new0 (Connections);
  g_queue_init (&all->connections);
  all->idle = xml_rpc_timeouts_new ();
  all->emptying = xml_rpc_timeouts_new ();
  g_object_set_qdata_full (G_OBJECT (soup_server), watched_quark (), all, connections_unref);
  g_signal_connect (soup_server, "request-started", G_CALLBACK (on_request_started), NULL);
  g_signal_connect (soup_server, "request-finished", G_CALLBACK (on_request_ended), NULL);
  g_signal_connect (soup_server, "request-aborted", G_CALLBACK (on_request_ended), NULL);
}

/* Idle ones whose clients have hung up. SoupServer may take the requests of new connections
 * before it closes them. */
static guint
count_hung_up (Connections *all)
{
  g_autofree struct pollfd *fds = g_new (struct pollfd, all->connections.length);
  nfds_t n_fds = 0;
  guint n_hung_up = 0;

  for (const GList *link = all->connections.head; link != NULL; link = link->next)
    {
      const Connection *self = link->data;

      if (self->is_idle)
        fds[n_fds++] = (struct pollfd) { g_socket_get_fd (soup_server_message_get_socket (self->first)), POLLRDHUP, 0 };
    }

  if (poll (fds, n_fds, 0) <= 0)
    return 0;

  for (nfds_t i = 0; i < n_fds; i++)
    n_hung_up += fds[i].revents != 0;

  return n_hung_up;
}

static gboolean
has_room (Connections *all,
          guint        max_connections)
{
  guint n = all->connections.length;

  return n <= max_connections || n - count_hung_up (all) <= max_connections;
}

gboolean
xml_rpc_connection_is_admitted (SoupServerMessage *message,
                                guint              max_connections)
{
  Connection *self = get_connection (message);

  if (self == NULL || max_connections == 0)
    return TRUE;

  if (!self->is_admitted)
    self->is_admitted = has_room (self->all, max_connections);
  return self->is_admitted;
}

void
xml_rpc_connection_break (SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);
  g_autoptr (GSocketAddress) address = socket != NULL ? g_socket_get_remote_address (socket, NULL) : NULL;

  /* If the client has reset it, libsoup is about to find out, and warns if it is taken
   * away before. One of HTTP/2 cannot be taken away. */
  if ((socket == NULL || address != NULL) && soup_server_message_get_http_version (message) <= SOUP_HTTP_1_1)
    end_connection (message, TRUE);
}
