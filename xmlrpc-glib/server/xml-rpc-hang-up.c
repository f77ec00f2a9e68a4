/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-hang-up-private.h"

#include <sys/socket.h>

/* SoupServer forgets a connection that its client closes between two requests,
 * and never closes it (libsoup 3.2.3): each client that calls and leaves would
 * cost a descriptor. So between two requests we look at the socket, too, and
 * before SoupServer does: once it has seen the end it can be told nothing. */

#define TLS_HEADER_SIZE 5
#define TLS_ALERT 21
#define TLS_APPLICATION_DATA 23
/* TLS 1.3 hides that a record is an alert, but not its length: level, description,
 * type, and the tag of 16 bytes. */
#define TLS_HIDDEN_ALERT_SIZE 19

static G_DEFINE_QUARK (xml-rpc-hang-up-source, source)
static G_DEFINE_QUARK (xml-rpc-hang-up-watched, watched)

typedef struct
{
  GSource            source;
  GPollFD            poll;     /* of the socket; not g_source_add_unix_fd(), which ignores check() */
  SoupServerMessage *message;  /* the last one */
  gboolean           is_empty; /* the message */
} HangUpSource;

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

/* In the round of the main loop after the answer: what it was is of no use any
 * more, and the next request may be long in coming. */
static gboolean
hang_up_source_prepare (GSource *source,
                        int     *timeout)
{
  HangUpSource *self = (HangUpSource *) source;

  if (!self->is_empty)
    soup_message_body_truncate (soup_server_message_get_response_body (self->message));
  self->is_empty = TRUE;
  *timeout = -1;

  return FALSE;
}

static gboolean
hang_up_source_check (GSource *source)
{
  HangUpSource *self = (HangUpSource *) source;

  if (self->poll.revents == 0)
    return FALSE;
  if (is_at_end (self->poll.fd))
    return TRUE;

  /* It is for SoupServer; we are not in its way. */
  g_source_remove_poll (source, &self->poll);
  self->poll.revents = 0;
  return FALSE;
}

static gboolean
hang_up_source_dispatch (GSource     *source,
                         GSourceFunc  callback,
                         gpointer     user_data)
{
  g_autoptr (SoupServerMessage) message = g_object_ref (((HangUpSource *) source)->message);
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  if (stream != NULL)
    g_io_stream_close (stream, NULL, NULL);

  return G_SOURCE_REMOVE;
}

static void
hang_up_source_finalize (GSource *source)
{
  HangUpSource *self = (HangUpSource *) source;

  g_object_unref (self->message);
}

static GSourceFuncs hang_up_source_funcs = {
  .prepare = hang_up_source_prepare,
  .check = hang_up_source_check,
  .dispatch = hang_up_source_dispatch,
  .finalize = hang_up_source_finalize,
};

static void
destroy_source (gpointer source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

static void
forget (GSocket *socket)
{
  g_object_set_qdata (G_OBJECT (socket), source_quark (), NULL);
}

static void
on_disconnected (SoupServerMessage *message,
                 GSocket           *socket)
{
  forget (socket);
}

static void
on_finished (SoupServerMessage *message,
             GSocket           *socket)
{
  GSource *source;
  HangUpSource *self;

  if (soup_server_message_get_http_version (message) > SOUP_HTTP_1_1)
    return;

  source = g_source_new (&hang_up_source_funcs, sizeof (HangUpSource));
  self = (HangUpSource *) source;
  self->poll = (GPollFD) { .fd = g_socket_get_fd (socket), .events = G_IO_IN };
  self->message = g_object_ref (message);
  g_source_add_poll (source, &self->poll);
  g_source_set_static_name (source, "[xmlrpc-glib] end of a connection");
  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_attach (source, g_main_context_get_thread_default ());
  g_object_set_qdata_full (G_OBJECT (socket), source_quark (), source, destroy_source);
}

/* There may be several XML-RPC servers on one SoupServer. */
void
xml_rpc_hang_up_watch (SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);
  g_autoptr (GSocketAddress) address = NULL;

  if (socket == NULL || g_object_get_qdata (G_OBJECT (message), watched_quark ()) != NULL)
    return;

  /* libsoup asks for it when a connection is taken from it, and warns if that is
   * too late; the socket remembers. */
  address = g_socket_get_remote_address (socket, NULL);

  forget (socket);
  g_object_set_qdata (G_OBJECT (message), watched_quark (), message);
  g_signal_connect_object (message, "finished", G_CALLBACK (on_finished), socket, 0);
  g_signal_connect_object (message, "disconnected", G_CALLBACK (on_disconnected), socket, 0);
}
