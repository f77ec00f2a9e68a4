/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* When a call that has done enough goes on. */

#include "client/xml-rpc-pause-private.h"

#define ENOUGH (1024 * 1024)

typedef struct
{
  GMainContext *context;
  XmlRpcPause   pause;
  guint         n_left;    /* times to pause */
  guint        *n_pausing;
} Call;

static void
do_enough (gpointer user_data)
{
  Call *self = user_data;

  g_assert_false (xml_rpc_pause_is_due ());
  xml_rpc_pause_spend (ENOUGH);
  g_assert_true (xml_rpc_pause_is_due ());

  if (self->n_left-- > 0)
    xml_rpc_pause_begin (&self->pause, self->context, do_enough, self);
  else
    (*self->n_pausing)--;
}

static gboolean
count (gpointer user_data)
{
  (*(guint *) user_data)++;

  return G_SOURCE_CONTINUE;
}

static GSource *
add_source (GMainContext *context,
            int           priority,
            guint        *n)
{
  GSource *source = g_idle_source_new ();

  g_source_set_priority (source, priority);
  g_source_set_callback (source, count, n, NULL);
  g_source_attach (source, context);

  return source;
}

/* How often something of this priority had its turn beside two calls that pause ten times
 * each. */
static guint
run_beside (int priority)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  guint n = 0, n_pausing = 2;
  Call calls[] = { { context, .n_left = 10, .n_pausing = &n_pausing }, { context, .n_left = 10, .n_pausing = &n_pausing } };
  g_autoptr (GSource) source = add_source (context, priority, &n);

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    xml_rpc_pause_begin (&calls[i].pause, context, do_enough, &calls[i]);
  while (n_pausing > 0)
    g_main_context_iteration (context, TRUE);
  g_source_destroy (source);

  return n;
}

/* In each pause of each. */
static void
test_less_urgent (void)
{
  g_assert_cmpuint (run_beside (G_PRIORITY_DEFAULT_IDLE - 1), >=, 22);
}

/* It has always more to do, but the calls have an end. */
static void
test_more_urgent (void)
{
  g_assert_cmpuint (run_beside (G_PRIORITY_DEFAULT), >, 0);
}

static void
test_cleared (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  guint n_pausing = 1;
  Call call = { context, .n_pausing = &n_pausing };

  xml_rpc_pause_begin (&call.pause, context, do_enough, &call);
  xml_rpc_pause_clear (&call.pause);
  xml_rpc_pause_clear (&call.pause);
  while (g_main_context_iteration (context, FALSE))
    continue;

  g_assert_cmpuint (n_pausing, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pause/less-urgent", test_less_urgent);
  g_test_add_func ("/pause/more-urgent", test_more_urgent);
  g_test_add_func ("/pause/cleared", test_cleared);

  return g_test_run ();
}
