/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-connection-private.h"

#include <sys/socket.h>

#include "xml-rpc-delivery-private.h"
#include "xml-rpc-exchange-private.h"

/* SoupServer forgets a connection that its client closes between two requests,
 * and never closes it (libsoup 3.2.3): each client that calls and leaves would
 * cost a descriptor. So between two requests we look at the socket, too, and
 * before SoupServer does: once it has seen the end it can be told nothing, and falls
 * over when the connection is taken from it. For that we must wait for what it waits
 * for, G_IO_IN: POLLRDHUP would spare the look at each request, but comes a moment
 * later. */

#define TLS_HEADER_SIZE 5
#define TLS_ALERT 21
#define TLS_APPLICATION_DATA 23
/* TLS 1.3 hides that a record is an alert, but not its length: level, description,
 * type, and the tag of 16 bytes. */
#define TLS_HIDDEN_ALERT_SIZE 19

static G_DEFINE_QUARK (xml-rpc-connection, connection)
static G_DEFINE_QUARK (xml-rpc-connections-watched, watched)

/* All those of a SoupServer. */
typedef struct
{
  guint           n_connections;
  XmlRpcTimeouts *idle;    /* a queue of their own, as idle connections can be thousands */
} Connections;

/* A source of the main context, which lives as long as the connection. */
typedef struct
{
  GSource            source;
  GPollFD            poll;       /* of the socket; not g_source_add_unix_fd(), which ignores check() */
  SoupServerMessage *first;      /* its first request, which tells of its end, and gives it away */
  gboolean           is_emptied; /* the first request */
  gboolean           is_idle;    /* between two requests */
  gboolean           is_polled;
  gboolean           is_admitted;
  Connections       *all;
  XmlRpcTimeout      timeout;    /* while it is idle */
} Connection;

/* What poll() is asked for; changing it costs nothing, while a GPollFD that comes or
 * goes wakes the main context up. */
#define LOOKING G_IO_IN
#define NOT_LOOKING 0

static gboolean
is_tls_alert (const guint8 *header)
{
  return header[0] == TLS_ALERT ||
         (header[0] == TLS_APPLICATION_DATA && header[3] == 0 && header[4] == TLS_HIDDEN_ALERT_SIZE);
}

/* Whether there is the end of the connection to read, and not a request. */
static gboolean
is_at_end (int descriptor)
{
  guint8 next[TLS_HEADER_SIZE];
  gssize n;

  do
    n = recv (descriptor, next, sizeof next, MSG_PEEK | MSG_DONTWAIT);
  while (n < 0 && errno == EINTR);

  if (n < 0)
    return errno != EAGAIN && errno != EWOULDBLOCK;

  return n == 0 || (n == TLS_HEADER_SIZE && is_tls_alert (next));
}

static void
set_polled (Connection *self,
            gboolean    is_polled)
{
  if (self->is_polled == is_polled)
    return;

  self->is_polled = is_polled;
  if (is_polled)
    g_source_add_poll (&self->source, &self->poll);
  else
    g_source_remove_poll (&self->source, &self->poll);
  self->poll.revents = 0;
}

/* The first request is kept, but neither what was asked and answered nor the server
 * that did, once nobody else can be looking at it. */
static void
empty_first (Connection *self)
{
  if (g_atomic_int_get (&G_OBJECT (self->first)->ref_count) > 1)
    return;

  xml_rpc_exchange_end (self->first);
  soup_message_body_truncate (soup_server_message_get_request_body (self->first));
  soup_message_body_truncate (soup_server_message_get_response_body (self->first));
  self->is_emptied = TRUE;
}

static gboolean
connection_check (GSource *source)
{
  Connection *self = (Connection *) source;
  gboolean is_broken = (self->poll.revents & ~G_IO_IN) != 0;

  if (self->poll.revents == 0)
    return FALSE;
  if (self->poll.events == LOOKING && (is_broken || is_at_end (self->poll.fd)))
    return TRUE;

  /* It is for SoupServer. */
  self->poll.events = NOT_LOOKING;
  if (!is_broken)
    return FALSE;

  /* That would come again at once. */
  set_polled (self, FALSE);
  return self->is_idle;
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

static gboolean
connection_dispatch (GSource     *source,
                     GSourceFunc  callback,
                     gpointer     user_data)
{
  Connection *self = (Connection *) source;

  if (g_source_get_ready_time (source) < 0)
    {
      if (self->poll.events == LOOKING)
        close_connection (self);
      else
        close_socket (self);
      return G_SOURCE_REMOVE;
    }

  g_source_set_ready_time (source, -1);
  if (self->is_idle)
    empty_first (self);

  return G_SOURCE_CONTINUE;
}

static void
connection_finalize (GSource *source)
{
  Connection *self = (Connection *) source;

  g_object_unref (self->first);
}

static void
clear_connections (gpointer data)
{
  Connections *all = data;

  xml_rpc_timeouts_unref (all->idle);
}

static void
connections_unref (gpointer all)
{
  g_rc_box_release_full (all, clear_connections);
}

static void
destroy_source (gpointer source)
{
  Connection *self = source;

  xml_rpc_timeout_remove (&self->timeout);
  self->all->n_connections--;
  connections_unref (self->all);
  g_source_destroy (source);
  g_source_unref (source);
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
  static GSourceFuncs funcs = {
    .check = connection_check,
    .dispatch = connection_dispatch,
    .finalize = connection_finalize,
  };
  GSource *source = g_source_new (&funcs, sizeof (Connection));
  Connection *self = (Connection *) source;
  /* libsoup asks for it when a connection is taken from it, and warns if that is
   * too late; the socket remembers. */
  g_autoptr (GSocketAddress) address = g_socket_get_remote_address (socket, NULL);

  self->poll = (GPollFD) { .fd = g_socket_get_fd (socket), .events = NOT_LOOKING };
  self->first = g_object_ref (first);
  self->all = g_rc_box_acquire (all);
  all->n_connections++;
  g_source_set_static_name (source, "[xmlrpc-glib] end of a connection");
  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_attach (source, g_main_context_get_thread_default ());
  g_object_set_qdata_full (G_OBJECT (socket), connection_quark (), source, destroy_source);
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
      self->poll.events = NOT_LOOKING;
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

  if (self->poll.events == LOOKING)
    end_connection (self->first, FALSE);
  else
    close_socket (self);
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
  self->poll.events = LOOKING;
  set_polled (self, TRUE);
  limit_idle_time (self, xml_rpc_exchange_get_idle_timeout (message));
  /* Not now: libsoup, and others who were told, are not done with it. */
  if (!self->is_emptied)
    g_source_set_ready_time (&self->source, 0);
}

void
xml_rpc_connections_watch (SoupServer *soup_server)
{
  Connections *all;

  if (g_object_get_qdata (G_OBJECT (soup_server), watched_quark ()) != NULL)
    return;

  all = g_rc_box_new0 (Connections);
  all->idle = xml_rpc_timeouts_new ();
  g_object_set_qdata_full (G_OBJECT (soup_server), watched_quark (), all, connections_unref);
  g_signal_connect (soup_server, "request-started", G_CALLBACK (on_request_started), NULL);
  g_signal_connect (soup_server, "request-finished", G_CALLBACK (on_request_ended), NULL);
  g_signal_connect (soup_server, "request-aborted", G_CALLBACK (on_request_ended), NULL);
}

gboolean
xml_rpc_connection_is_admitted (SoupServerMessage *message,
                                guint              max_connections)
{
  Connection *self = get_connection (message);

  if (self == NULL || max_connections == 0)
    return TRUE;

  if (!self->is_admitted)
    self->is_admitted = self->all->n_connections <= max_connections;
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
