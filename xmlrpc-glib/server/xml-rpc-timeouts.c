/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-timeouts-private.h"

struct _XmlRpcTimeouts
{
  guint    ref_count;   /* the owner's, and one of each timeout */
  GQueue   queue;       /* of XmlRpcTimeout, the earliest first */
  GSource *source;
};

typedef struct
{
  GSource         source;
  XmlRpcTimeouts *timeouts;
} TimeoutsSource;

static void
forget (XmlRpcTimeout *timeout)
{
  XmlRpcTimeouts *self = g_steal_pointer (&timeout->owner);

  g_queue_unlink (&self->queue, &timeout->link);
  xml_rpc_timeouts_unref (self);
}

static gboolean
dispatch (GSource     *source,
          GSourceFunc  callback,
          gpointer     user_data)
{
  XmlRpcTimeouts *self = ((TimeoutsSource *) source)->timeouts;
  XmlRpcTimeout *first;

  xml_rpc_timeouts_ref (self);
  while ((first = g_queue_peek_head (&self->queue)) != NULL && first->time <= g_source_get_time (source))
    {
      forget (first);
      /* After which it may be no more. */
      first->func (first->user_data);
    }
  g_source_set_ready_time (source, first != NULL ? first->time : -1);
  xml_rpc_timeouts_unref (self);

  return G_SOURCE_CONTINUE;
}

XmlRpcTimeouts *
xml_rpc_timeouts_new (void)
{
  XmlRpcTimeouts *self = g_new0 (XmlRpcTimeouts, 1);

  self->ref_count = 1;
  g_queue_init (&self->queue);

  return self;
}

XmlRpcTimeouts *
xml_rpc_timeouts_ref (XmlRpcTimeouts *self)
{
  self->ref_count++;

  return self;
}

void
xml_rpc_timeouts_unref (XmlRpcTimeouts *self)
{
  if (--self->ref_count > 0)
    return;

  if (self->source != NULL)
    {
      g_source_destroy (self->source);
      g_source_unref (self->source);
    }
  g_free (self);
}

static void
ensure_source (XmlRpcTimeouts *self)
{
  static GSourceFuncs funcs = { .dispatch = dispatch };

  if (self->source != NULL)
    return;

  self->source = g_source_new (&funcs, sizeof (TimeoutsSource));
  ((TimeoutsSource *) self->source)->timeouts = self;
  g_source_set_static_name (self->source, "xml-rpc-timeouts");
  g_source_attach (self->source, g_main_context_get_thread_default ());
}

/* Most are the latest so far: requests have the same timeout. */
static void
insert (XmlRpcTimeouts *self,
        XmlRpcTimeout  *timeout)
{
  GList *before = self->queue.tail;

  while (before != NULL && ((XmlRpcTimeout *) before->data)->time > timeout->time)
    before = before->prev;

  g_queue_insert_after_link (&self->queue, before, &timeout->link);
}

void
xml_rpc_timeouts_add (XmlRpcTimeouts    *self,
                      XmlRpcTimeout     *timeout,
                      guint              milliseconds,
                      XmlRpcTimeoutFunc  func,
                      gpointer           user_data)
{
  gint64 ready_time;

  ensure_source (self);
  *timeout = (XmlRpcTimeout) {
    .link.data = timeout,
    /* Not the time of the source, which a method may have made old. */
    .time = g_get_monotonic_time () + (gint64) milliseconds * 1000,
    .owner = xml_rpc_timeouts_ref (self),
    .func = func,
    .user_data = user_data,
  };
  insert (self, timeout);

  /* To wake once too often after a long time is cheaper than to follow each
   * that is removed. */
  ready_time = g_source_get_ready_time (self->source);
  if (ready_time < 0 || ready_time > timeout->time)
    g_source_set_ready_time (self->source, timeout->time);
}

void
xml_rpc_timeout_remove (XmlRpcTimeout *timeout)
{
  if (timeout->owner != NULL)
    forget (timeout);
}
