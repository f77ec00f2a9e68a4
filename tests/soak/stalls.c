/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#define _GNU_SOURCE /* CPU_SET() */

#include "stalls.h"

#include <sched.h>

#define INTERVAL (5 * 1000)
/* Shorter ones are usual, and not kept. */
#define MIN_KEPT (20 * 1000)
#define N_KEPT 64

typedef struct
{
  gint64 end;
  gint64 length;
} Stall;

/* A thread that stays on one processor, and sleeps there. */
typedef struct
{
  Stalls  *stalls;
  GThread *thread;
  guint    processor;
  gint64   wake_time;     /* when it is to wake next */
  Stall    kept[N_KEPT];
  guint    n_kept;
} Watch;

struct _Stalls
{
  GMutex   mutex;
  gboolean is_over;
  guint    n_watches;
  Watch   *watches;
};

static gboolean
watch_once (Watch *self)
{
  Stalls *stalls = self->stalls;
  gboolean is_over;
  gint64 now;

  g_usleep (INTERVAL);
  now = g_get_monotonic_time ();

  g_mutex_lock (&stalls->mutex);
  if (now - self->wake_time > MIN_KEPT)
    self->kept[self->n_kept++ % N_KEPT] = (Stall) { now, now - self->wake_time };
  self->wake_time = g_get_monotonic_time () + INTERVAL;
  is_over = stalls->is_over;
  g_mutex_unlock (&stalls->mutex);

  return !is_over;
}

static gpointer
watch (gpointer data)
{
  Watch *self = data;
  cpu_set_t set;

  CPU_ZERO (&set);
  CPU_SET (self->processor, &set);
  sched_setaffinity (0, sizeof set, &set);
  while (watch_once (self))
    ;

  return NULL;
}

Stalls *
stalls_watch (void)
{
  Stalls *self = g_new0 (Stalls, 1);

  g_mutex_init (&self->mutex);
  self->n_watches = g_get_num_processors ();
  self->watches = g_new0 (Watch, self->n_watches);
  for (guint i = 0; i < self->n_watches; i++)
    {
      self->watches[i] = (Watch) { .stalls = self, .processor = i, .wake_time = g_get_monotonic_time () + INTERVAL };
      self->watches[i].thread = g_thread_new ("stalls", watch, &self->watches[i]);
    }

  return self;
}

void
stalls_free (Stalls *self)
{
  g_mutex_lock (&self->mutex);
  self->is_over = TRUE;
  g_mutex_unlock (&self->mutex);

  for (guint i = 0; i < self->n_watches; i++)
    g_thread_join (self->watches[i].thread);
  g_mutex_clear (&self->mutex);
  g_free (self->watches);
  g_free (self);
}

gint64
stalls_get_longest (Stalls *self,
                    gint64  since)
{
  gint64 longest = 0;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->n_watches; i++)
    {
      const Watch *one = &self->watches[i];

      /* It may be asleep yet. */
      longest = MAX (longest, g_get_monotonic_time () - one->wake_time);
      for (guint k = 0; k < MIN (one->n_kept, N_KEPT); k++)
        if (one->kept[k].end >= since)
          longest = MAX (longest, one->kept[k].length);
    }
  g_mutex_unlock (&self->mutex);

  return longest;
}
