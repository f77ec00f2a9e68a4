/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-pause-private.h"

#include <time.h>

/* Of messages that libxml2 reads, a millisecond and a half; of others, some tenths of one. */
#define BUDGET (64 * 1024)

/* In milliseconds: pauses have an end also in a program that always has more to do. They
 * count what this thread computes. While it has to wait for a processor, nothing that is
 * less urgent has had its turn. */
#define MAX_PAUSE 4

/* GTK draws at G_PRIORITY_HIGH_IDLE + 20. */
#define PRIORITY G_PRIORITY_DEFAULT_IDLE

/* What the calls of a thread have done since the main loop had nothing else to do. */
typedef struct
{
  gsize  n_spent;
  gint64 iteration;  /* in which they began anew, by its time */
  gint64 computed;   /* until then, in microseconds */
} Work;

static GPrivate work_of_thread = G_PRIVATE_INIT (g_free);

static gint64
get_computed (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
begin_anew (Work   *work,
            gint64  iteration)
{
  *work = (Work) { .iteration = iteration, .computed = get_computed () };
}

static Work *
get_work (void)
{
  Work *work = g_private_get (&work_of_thread);

  if (work == NULL)
    {
      work = g_new (Work, 1);
      begin_anew (work, 0);
      g_private_set (&work_of_thread, work);
    }

  return work;
}

void
xml_rpc_pause_spend (gsize cost)
{
  get_work ()->n_spent += cost;
}

gboolean
xml_rpc_pause_is_due (void)
{
  return get_work ()->n_spent >= BUDGET;
}

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

void
xml_rpc_pause_clear (XmlRpcPause *self)
{
  clear_source (&self->idle);
  clear_source (&self->limit);
}

static void
end (XmlRpcPause *self)
{
  xml_rpc_pause_clear (self);
  self->func (self->user_data);
}

/* Of several calls whose pauses are over in the same iteration, those that come late may
 * find that it is enough again. They are the first in the next one. */
static gboolean
on_idle (gpointer user_data)
{
  Work *work = get_work ();
  const gint64 iteration = g_source_get_time (g_main_current_source ());

  if (work->iteration != iteration)
    begin_anew (work, iteration);
  if (work->n_spent < BUDGET)
    end (user_data);

  return G_SOURCE_CONTINUE;
}

/* It does not count that this pause was long, but only that none has had its end. */
static gboolean
on_limit (gpointer user_data)
{
  Work *work = get_work ();

  if (get_computed () - work->computed >= MAX_PAUSE * G_TIME_SPAN_MILLISECOND)
    {
      begin_anew (work, g_source_get_time (g_main_current_source ()));
      end (user_data);
    }

  return G_SOURCE_CONTINUE;
}

static void
attach (XmlRpcPause  *self,
        GSource      *source,
        int           priority,
        GSourceFunc   func,
        GMainContext *context)
{
  g_source_set_priority (source, priority);
  g_source_set_static_name (source, "[xmlrpc-glib] pause of a call");
  g_source_set_callback (source, func, self, NULL);
  g_source_attach (source, context);
}

void
xml_rpc_pause_begin (XmlRpcPause     *self,
                     GMainContext    *context,
                     XmlRpcPauseFunc  func,
                     gpointer         user_data)
{
  *self = (XmlRpcPause) {
    .idle = g_idle_source_new (),
    .limit = g_timeout_source_new (MAX_PAUSE),
    .func = func,
    .user_data = user_data,
  };

  attach (self, self->idle, PRIORITY, on_idle, context);
  attach (self, self->limit, G_PRIORITY_DEFAULT, on_limit, context);
}
