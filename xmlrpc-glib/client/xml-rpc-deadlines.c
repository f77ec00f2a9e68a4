/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-deadlines-private.h"

/* How long the thread stays when there is nothing to watch, so that a program
 * which calls now and then does not start a thread each time. */
#define LINGER (10 * G_USEC_PER_SEC)

struct _XmlRpcDeadlines
{
  GMutex   mutex;
  GCond    cond;
  GQueue   queue;     /* of XmlRpcDeadline, the earliest first */
  GThread *thread;    /* to be joined, even when it has left */
  gboolean running;
  gboolean stopping;
  gint64   wake_time; /* until when the thread sleeps */
};

XmlRpcDeadlines *
xml_rpc_deadlines_new (void)
{
  XmlRpcDeadlines *self = g_new0 (XmlRpcDeadlines, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  g_queue_init (&self->queue);

  return self;
}

void
xml_rpc_deadlines_free (XmlRpcDeadlines *self)
{
  g_assert (g_queue_is_empty (&self->queue));

  g_mutex_lock (&self->mutex);
  self->stopping = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);

  g_clear_pointer (&self->thread, g_thread_join);

  g_cond_clear (&self->cond);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* Handlers of the cancellable may take other locks; and as soon as this one is
 * given back, the call may end, and the deadline be gone. */
static void
cancel_unlocked (XmlRpcDeadlines *self,
                 XmlRpcDeadline  *deadline)
{
  g_autoptr (GCancellable) cancellable = g_object_ref (deadline->cancellable);

  g_mutex_unlock (&self->mutex);
  g_cancellable_cancel (cancellable);
  g_mutex_lock (&self->mutex);
}

/* With the lock, so that nobody closes the socket before, and its number is not
 * that of another file. */
static void
pass (XmlRpcDeadlines *self,
      XmlRpcDeadline  *deadline)
{
  g_queue_unlink (&self->queue, &deadline->link);
  deadline->passed = TRUE;

  if (deadline->socket != NULL)
    g_socket_shutdown (deadline->socket, TRUE, TRUE, NULL);
  else
    cancel_unlocked (self, deadline);
}

static gpointer
watch (gpointer data)
{
  XmlRpcDeadlines *self = data;
  gboolean lingered = FALSE;

  g_mutex_lock (&self->mutex);
  while (!self->stopping)
    {
      XmlRpcDeadline *first = g_queue_peek_head (&self->queue);
      gint64 now = g_get_monotonic_time ();

      if (first != NULL && first->time <= now)
        {
          pass (self, first);
          continue;
        }
      if (first == NULL && lingered)
        break;

      self->wake_time = first != NULL ? first->time : now + LINGER;
      lingered = !g_cond_wait_until (&self->cond, &self->mutex, self->wake_time) && first == NULL;
    }
  self->running = FALSE;
  g_mutex_unlock (&self->mutex);

  return NULL;
}

/* Most deadlines are the latest so far: calls have the same timeout. */
static void
insert (XmlRpcDeadlines *self,
        XmlRpcDeadline  *deadline)
{
  GList *before = self->queue.tail;

  while (before != NULL && ((XmlRpcDeadline *) before->data)->time > deadline->time)
    before = before->prev;

  g_queue_insert_after_link (&self->queue, before, &deadline->link);
}

static void
ensure_watched (XmlRpcDeadlines *self,
                gint64           time)
{
  if (self->running)
    {
      if (time < self->wake_time)
        g_cond_signal (&self->cond);
      return;
    }

  /* The former thread let go of the mutex for good when it left. */
  g_clear_pointer (&self->thread, g_thread_join);
  self->running = TRUE;
  self->wake_time = G_MAXINT64;
  self->thread = g_thread_new ("xml-rpc-timeout", watch, self);
}

static void
add (XmlRpcDeadlines *self,
     XmlRpcDeadline  *deadline)
{
  deadline->link.data = deadline;

  g_mutex_lock (&self->mutex);
  insert (self, deadline);
  ensure_watched (self, deadline->time);
  g_mutex_unlock (&self->mutex);
}

void
xml_rpc_deadlines_add (XmlRpcDeadlines *self,
                       XmlRpcDeadline  *deadline,
                       gint64           time,
                       GCancellable    *cancellable)
{
  *deadline = (XmlRpcDeadline) { .time = time, .cancellable = cancellable };
  add (self, deadline);
}

void
xml_rpc_deadlines_add_socket (XmlRpcDeadlines *self,
                              XmlRpcDeadline  *deadline,
                              gint64           time,
                              GSocket         *socket)
{
  *deadline = (XmlRpcDeadline) { .time = time, .socket = socket };
  add (self, deadline);
}

gboolean
xml_rpc_deadlines_remove (XmlRpcDeadlines *self,
                          XmlRpcDeadline  *deadline)
{
  gboolean passed;

  g_mutex_lock (&self->mutex);
  passed = deadline->passed;
  if (!passed)
    g_queue_unlink (&self->queue, &deadline->link);
  g_mutex_unlock (&self->mutex);

  return passed;
}
