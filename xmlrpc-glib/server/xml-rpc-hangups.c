/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-hangups-private.h"

#include <errno.h>
#include <sys/socket.h>

/* Some versions of SoupServer forget a connection that its client closes between two
 * requests, and never close it (see xml-rpc-connection.c): each client that calls and
 * leaves would cost a descriptor. So between two requests we look at the socket, too, and
 * before SoupServer does: once it has seen the end it can be told nothing, and falls
 * over when the connection is taken from it.
 *
 * For that we must wait for what it waits for, G_IO_IN, in the same poll(). POLLRDHUP would
 * spare the look at each request, but comes a moment later, and so may what a descriptor of
 * epoll tells of its sockets. GLib polls once for us and for SoupServer, since the
 * descriptor is the same.
 *
 * One source has all descriptors. A source for each connection would cost as much in each
 * round of the main loop as one of SoupServer's. */

#define TLS_HEADER_SIZE 5
#define TLS_ALERT 21
#define TLS_APPLICATION_DATA 23
/* TLS 1.3 hides that a record is an alert, but not its length: level, description,
 * type, and the tag of 16 bytes. */
#define TLS_HIDDEN_ALERT_SIZE 19

struct _XmlRpcHangups
{
  GSource    source;
  guint      n_users;
  GPtrArray *polled;   /* of XmlRpcHangup */
  GQueue     ended;    /* those that dispatch() tells */
};

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
start_polling (XmlRpcHangup *self)
{
  if (self->is_polled)
    return;

  self->is_polled = TRUE;
  self->position = self->owner->polled->len;
  g_ptr_array_add (self->owner->polled, self);
  g_source_add_poll (&self->owner->source, &self->poll);
}

static void
stop_polling (XmlRpcHangup *self)
{
  GPtrArray *polled = self->owner->polled;

  if (!self->is_polled)
    return;

  self->is_polled = FALSE;
  self->poll.revents = 0;
  /* The main context may have gone before. */
  if (!g_source_is_destroyed (&self->owner->source))
    g_source_remove_poll (&self->owner->source, &self->poll);

  g_ptr_array_remove_index_fast (polled, self->position);
  if (self->position < polled->len)
    ((XmlRpcHangup *) polled->pdata[self->position])->position = self->position;
}

static gboolean
has_ended (XmlRpcHangup *self)
{
  gboolean is_broken = (self->poll.revents & ~G_IO_IN) != 0;

  if (self->poll.events == LOOKING && (is_broken || is_at_end (self->poll.fd)))
    return TRUE;

  /* It is for SoupServer. */
  self->poll.events = NOT_LOOKING;
  if (!is_broken)
    return FALSE;

  /* That would come again at once. */
  stop_polling (self);
  return self->is_idle;
}

static gboolean
hangups_check (GSource *source)
{
  XmlRpcHangups *self = (XmlRpcHangups *) source;

  /* Backwards, since the last one takes the place of one that goes. */
  for (guint i = self->polled->len; i-- > 0;)
    {
      XmlRpcHangup *hangup = self->polled->pdata[i];

      if (hangup->poll.revents == 0 || !has_ended (hangup))
        continue;

      stop_polling (hangup);
      hangup->has_ended = TRUE;
      g_queue_push_tail_link (&self->ended, &hangup->ended);
    }

  return self->ended.length > 0;
}

static gboolean
hangups_dispatch (GSource     *source,
                  GSourceFunc  callback,
                  gpointer     user_data)
{
  XmlRpcHangups *self = (XmlRpcHangups *) source;
  GList *link;

  while ((link = g_queue_pop_head_link (&self->ended)) != NULL)
    {
      XmlRpcHangup *hangup = link->data;

      hangup->has_ended = FALSE;
      /* After which it may be no more. */
      hangup->func (hangup->user_data, xml_rpc_hangup_is_taken (hangup));
    }

  return G_SOURCE_CONTINUE;
}

static void
hangups_finalize (GSource *source)
{
  g_ptr_array_unref (((XmlRpcHangups *) source)->polled);
}

static XmlRpcHangups *
hangups_new (GMainContext *context)
{
  static GSourceFuncs funcs = {
    .check = hangups_check,
    .dispatch = hangups_dispatch,
    .finalize = hangups_finalize,
  };
  GSource *source = g_source_new (&funcs, sizeof (XmlRpcHangups));
  XmlRpcHangups *self = (XmlRpcHangups *) source;

  self->n_users = 1;
  self->polled = g_ptr_array_new ();
  g_queue_init (&self->ended);
  g_source_set_static_name (source, "[xmlrpc-glib] ends of connections");
  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_attach (source, context);

  return self;
}

static gboolean
belongs_to (XmlRpcHangups *self,
            GMainContext  *context)
{
  return !g_source_is_destroyed (&self->source) && g_source_get_context (&self->source) == context;
}

void
xml_rpc_hangups_ensure (XmlRpcHangups **self)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  if (*self != NULL && belongs_to (*self, context))
    return;

  xml_rpc_hangups_clear (self);
  *self = hangups_new (context);
}

void
xml_rpc_hangups_clear (XmlRpcHangups **self)
{
  GSource *source = (GSource *) *self;

  if (*self != NULL && --(*self)->n_users == 0)
    {
      g_source_destroy (source);
      g_source_unref (source);
    }
  *self = NULL;
}

void
xml_rpc_hangup_init (XmlRpcHangup     *self,
                     XmlRpcHangups    *owner,
                     int               descriptor,
                     XmlRpcHangupFunc  func,
                     gpointer          user_data)
{
  *self = (XmlRpcHangup) {
    .owner = owner,
    .poll = { .fd = descriptor, .events = NOT_LOOKING },
    .ended.data = self,
    .func = func,
    .user_data = user_data,
  };
  owner->n_users++;
}

void
xml_rpc_hangup_clear (XmlRpcHangup *self)
{
  if (self->owner == NULL)
    return;

  stop_polling (self);
  if (self->has_ended)
    g_queue_unlink (&self->owner->ended, &self->ended);
  xml_rpc_hangups_clear (&self->owner);
}

void
xml_rpc_hangup_look (XmlRpcHangup *self)
{
  if (self->owner == NULL)
    return;

  self->is_idle = TRUE;
  self->poll.events = LOOKING;
  start_polling (self);
}

void
xml_rpc_hangup_look_away (XmlRpcHangup *self)
{
  self->is_idle = FALSE;
  self->poll.events = NOT_LOOKING;
}

gboolean
xml_rpc_hangup_is_taken (XmlRpcHangup *self)
{
  return self->owner != NULL && self->poll.events == NOT_LOOKING;
}
