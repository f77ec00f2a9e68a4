/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-timer-private.h"

/* That of a context stays for a while without timers, as the next call comes soon. */
typedef struct
{
  GSource source;
  GQueue  queue;   /* of XmlRpcTimer, the earliest first */
} TimersSource;

/* A thread may start a call for a context that another one runs. */
static GMutex mutex;

/* With the mutex locked. */
static void
forget (XmlRpcTimer *timer)
{
  g_queue_unlink (timer->queue, &timer->link);
  timer->queue = NULL;
}

/* With the mutex locked; afterwards the timer may be no more. */
static void
go_off (XmlRpcTimer *timer)
{
  forget (timer);

  g_mutex_unlock (&mutex);
  timer->func (timer->user_data);
  g_mutex_lock (&mutex);
}

static gboolean
dispatch (GSource     *source,
          GSourceFunc  callback,
          gpointer     user_data)
{
  GQueue *queue = &((TimersSource *) source)->queue;
  XmlRpcTimer *first;

  g_mutex_lock (&mutex);
  while ((first = g_queue_peek_head (queue)) != NULL && first->time <= g_source_get_time (source))
    go_off (first);
  if (first != NULL)
    g_source_set_ready_time (source, first->time);
  else
    g_source_destroy (source); /* Here, where nobody can find it yet. */
  g_mutex_unlock (&mutex);

  return G_SOURCE_CONTINUE;
}

/* The context goes before its calls have an end. */
static void
finalize (GSource *source)
{
  GQueue *queue = &((TimersSource *) source)->queue;

  g_mutex_lock (&mutex);
  while (!g_queue_is_empty (queue))
    forget (g_queue_peek_head (queue));
  g_mutex_unlock (&mutex);
}

static GSourceFuncs funcs = { .dispatch = dispatch, .finalize = finalize };

/* A source without a callback is not found. */
static gboolean
do_nothing (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* With the mutex locked. */
static GSource *
ensure_source (GMainContext *context)
{
  GSource *source = g_main_context_find_source_by_funcs_user_data (context, &funcs, NULL);

  if (source != NULL)
    return source;

  source = g_source_new (&funcs, sizeof (TimersSource));
  g_source_set_static_name (source, "[xmlrpc-glib] timeouts of calls");
  g_source_set_callback (source, do_nothing, NULL, NULL);
  g_source_attach (source, context);
  g_source_unref (source);

  return source;
}

/* Most are the latest so far: calls have the same timeout. */
static void
insert (GQueue      *queue,
        XmlRpcTimer *timer)
{
  GList *before = queue->tail;

  while (before != NULL && ((XmlRpcTimer *) before->data)->time > timer->time)
    before = before->prev;

  g_queue_insert_after_link (queue, before, &timer->link);
}

void
xml_rpc_timer_start (XmlRpcTimer     *self,
                     GMainContext    *context,
                     gint64           time,
                     XmlRpcTimerFunc  func,
                     gpointer         user_data)
{
  GSource *source;
  gint64 ready_time;

  g_mutex_lock (&mutex);
  source = ensure_source (context);
  *self = (XmlRpcTimer) {
    .link.data = self,
    .time = time,
    .queue = &((TimersSource *) source)->queue,
    .func = func,
    .user_data = user_data,
  };
  insert (self->queue, self);

  /* To wake once too often after a long time is cheaper than to follow each that is stopped. */
  ready_time = g_source_get_ready_time (source);
  if (ready_time < 0 || ready_time > time)
    g_source_set_ready_time (source, time);
  g_mutex_unlock (&mutex);
}

void
xml_rpc_timer_stop (XmlRpcTimer *self)
{
  g_mutex_lock (&mutex);
  if (self->queue != NULL)
    forget (self);
  g_mutex_unlock (&mutex);
}
