/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-gate-private.h"

struct _XmlRpcGate
{
  GMutex mutex;
  GQueue waiters; /* the first come first */
  guint  n_places;
  guint  n_entered;
};

typedef struct
{
  XmlRpcGate     *gate;
  GList           link;
  gboolean        waiting;  /* in the queue; then it is decided */
  gboolean        entered;
  gulong          handler;  /* of the cancellable */

  GCond           cond;     /* of one that blocks */

  GMainContext   *context;  /* of one that does not, or NULL */
  XmlRpcGateFunc  func;
  gpointer        user_data;
  GCancellable   *cancellable;
} Waiter;

XmlRpcGate *
xml_rpc_gate_new (guint n_places)
{
  XmlRpcGate *self = g_new0 (XmlRpcGate, 1);

  g_mutex_init (&self->mutex);
  g_queue_init (&self->waiters);
  self->n_places = MAX (n_places, 1);

  return self;
}

void
xml_rpc_gate_free (XmlRpcGate *self)
{
  g_assert (self->n_entered == 0);
  g_assert (g_queue_is_empty (&self->waiters));

  g_mutex_clear (&self->mutex);
  g_free (self);
}

static gboolean
tell (gpointer data)
{
  Waiter *waiter = data;

  /* Not with the mutex locked: it waits for the handler, which takes it. */
  g_cancellable_disconnect (waiter->cancellable, waiter->handler);
  waiter->func (waiter->entered, waiter->user_data);

  g_object_unref (waiter->cancellable);
  g_main_context_unref (waiter->context);
  g_free (waiter);

  return G_SOURCE_REMOVE;
}

/* With the mutex locked. */
static void
decide (XmlRpcGate *self,
        Waiter     *waiter,
        gboolean    entered)
{
  g_queue_unlink (&self->waiters, &waiter->link);
  waiter->waiting = FALSE;
  waiter->entered = entered;

  if (waiter->context != NULL)
    {
      g_autoptr (GSource) source = g_idle_source_new ();

      g_source_set_priority (source, G_PRIORITY_DEFAULT);
      g_source_set_static_name (source, "[xmlrpc-glib] a call's turn");
      g_source_set_callback (source, tell, waiter, NULL);
      g_source_attach (source, waiter->context);
    }
  else
    {
      g_cond_signal (&waiter->cond);
    }
}

/* With the mutex locked. A place is handed over, so that nobody who comes later
 * can be quicker. */
static void
admit (XmlRpcGate *self)
{
  while (self->n_entered < self->n_places && !g_queue_is_empty (&self->waiters))
    {
      self->n_entered++;
      decide (self, g_queue_peek_head (&self->waiters), TRUE);
    }
}

static void
on_cancelled (GCancellable *cancellable,
              Waiter       *waiter)
{
  XmlRpcGate *self = waiter->gate;

  g_mutex_lock (&self->mutex);
  if (waiter->waiting)
    decide (self, waiter, FALSE);
  g_mutex_unlock (&self->mutex);
}

gboolean
xml_rpc_gate_try_enter (XmlRpcGate *self)
{
  gboolean entered;

  g_mutex_lock (&self->mutex);
  entered = self->n_entered < self->n_places && g_queue_is_empty (&self->waiters);
  if (entered)
    self->n_entered++;
  g_mutex_unlock (&self->mutex);

  return entered;
}

static void
line_up (XmlRpcGate   *self,
         Waiter       *waiter,
         GCancellable *cancellable)
{
  waiter->gate = self;
  waiter->link.data = waiter;
  /* Before the waiter is in the queue, as it may be gone at once after that; a
   * cancellation until then is noticed here. */
  waiter->handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), waiter, NULL);

  g_mutex_lock (&self->mutex);
  waiter->waiting = TRUE;
  g_queue_push_tail_link (&self->waiters, &waiter->link);
  if (g_cancellable_is_cancelled (cancellable))
    decide (self, waiter, FALSE);
  else
    admit (self);
  g_mutex_unlock (&self->mutex);
}

gboolean
xml_rpc_gate_enter (XmlRpcGate   *self,
                    GCancellable *cancellable)
{
  Waiter waiter = { NULL, };

  if (xml_rpc_gate_try_enter (self))
    return TRUE;

  g_cond_init (&waiter.cond);
  line_up (self, &waiter, cancellable);

  g_mutex_lock (&self->mutex);
  while (waiter.waiting)
    g_cond_wait (&waiter.cond, &self->mutex);
  g_mutex_unlock (&self->mutex);

  g_cancellable_disconnect (cancellable, waiter.handler);
  g_cond_clear (&waiter.cond);

  return waiter.entered;
}

gboolean
xml_rpc_gate_enter_async (XmlRpcGate     *self,
                          GCancellable   *cancellable,
                          XmlRpcGateFunc  func,
                          gpointer        user_data)
{
  Waiter *waiter;

  if (xml_rpc_gate_try_enter (self))
    return TRUE;

  waiter = g_new0 (Waiter, 1);
  waiter->context = g_main_context_ref_thread_default ();
  waiter->func = func;
  waiter->user_data = user_data;
  waiter->cancellable = g_object_ref (cancellable);
  line_up (self, waiter, cancellable);

  return FALSE;
}

void
xml_rpc_gate_leave (XmlRpcGate *self)
{
  g_mutex_lock (&self->mutex);
  self->n_entered--;
  admit (self);
  g_mutex_unlock (&self->mutex);
}
