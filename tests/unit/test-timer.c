/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The timers of a main context, which share one source. */

#include "client/xml-rpc-timer-private.h"

typedef struct
{
  XmlRpcTimer  timer;
  XmlRpcTimer *other;   /* that it stops, or NULL */
  GString     *log;
  char         name;
} Named;

static void
note (gpointer user_data)
{
  Named *self = user_data;

  g_string_append_c (self->log, self->name);
  if (self->other != NULL)
    xml_rpc_timer_stop (self->other);
}

static void
start (Named        *self,
       GMainContext *context,
       gint64        time)
{
  xml_rpc_timer_start (&self->timer, context, time, note, self);
}

/* Until that many have gone off. */
static void
run (GMainContext *context,
     GString      *log,
     gsize         n)
{
  while (log->len < n)
    g_main_context_iteration (context, TRUE);
}

static void
test_order (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GString) log = g_string_new (NULL);
  const gint64 now = g_get_monotonic_time ();
  Named timers[] = { { .log = log, .name = 'a' }, { .log = log, .name = 'b' }, { .log = log, .name = 'c' } };

  start (&timers[0], context, now + 2000);
  start (&timers[2], context, now + 3000);
  start (&timers[1], context, now + 2500);
  run (context, log, 3);

  g_assert_cmpstr (log->str, ==, "abc");
  g_assert_cmpint (g_get_monotonic_time (), >=, now + 3000);
}

static void
test_stopped (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GString) log = g_string_new (NULL);
  Named timers[] = { { .log = log, .name = 'a' }, { .log = log, .name = 'b' }, { .log = log, .name = 'c' } };

  for (gsize i = 0; i < G_N_ELEMENTS (timers); i++)
    start (&timers[i], context, 0);
  timers[0].other = &timers[1].timer;
  run (context, log, 2);
  xml_rpc_timer_stop (&timers[0].timer);

  g_assert_cmpstr (log->str, ==, "ac");
}

/* The source has gone with the last timer, or waits for nothing: a new one goes off. */
static void
test_again (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GString) log = g_string_new (NULL);
  Named timer = { .log = log, .name = 'a' };

  for (gsize i = 1; i <= 3; i++)
    {
      start (&timer, context, 0);
      run (context, log, i);
      while (g_main_context_iteration (context, FALSE))
        continue;
      start (&timer, context, g_get_monotonic_time () + 60 * G_USEC_PER_SEC);
      xml_rpc_timer_stop (&timer.timer);
    }
}

static void
test_contexts (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  GMainContext *other = g_main_context_new ();
  g_autoptr (GString) log = g_string_new (NULL);
  Named timers[] = { { .log = log, .name = 'a' }, { .log = log, .name = 'b' } };

  start (&timers[0], other, 0);
  start (&timers[1], context, 0);
  run (context, log, 1);
  g_assert_cmpstr (log->str, ==, "b");

  /* Before the timer has gone off. */
  g_main_context_unref (other);
  xml_rpc_timer_stop (&timers[0].timer);
  g_assert_cmpstr (log->str, ==, "b");
}

static gpointer
start_many (gpointer context)
{
  Named timers[100];

  for (guint i = 0; i < 10000; i++)
    {
      Named *timer = &timers[i % G_N_ELEMENTS (timers)];

      if (i >= G_N_ELEMENTS (timers))
        xml_rpc_timer_stop (&timer->timer);
      *timer = (Named) { .name = 'x' };
      start (timer, context, g_get_monotonic_time () + 60 * G_USEC_PER_SEC);
    }
  for (guint i = 0; i < G_N_ELEMENTS (timers); i++)
    xml_rpc_timer_stop (&timers[i].timer);

  return NULL;
}

/* For a context that this thread runs. */
static void
test_threads (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GString) log = g_string_new (NULL);
  Named timer = { .log = log, .name = 'a' };
  GThread *thread = g_thread_new ("timers", start_many, context);

  for (gsize i = 1; i <= 1000; i++)
    {
      start (&timer, context, 0);
      run (context, log, i);
    }
  g_thread_join (thread);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/timer/order", test_order);
  g_test_add_func ("/timer/stopped", test_stopped);
  g_test_add_func ("/timer/again", test_again);
  g_test_add_func ("/timer/contexts", test_contexts);
  g_test_add_func ("/timer/threads", test_threads);

  return g_test_run ();
}
