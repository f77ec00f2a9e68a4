/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Starts workers, and another one in the place of each that ends:
 *
 *   journal-workers NUMBER COMMAND [ARGUMENT...]
 *
 * Prints the process of each worker. SIGTERM and SIGINT end all. */

#include <stdlib.h>

#include <gio/gio.h>
#include <glib-unix.h>

/* One that cannot run would otherwise be started all the time. */
#define RESTART_MILLISECONDS 100

typedef struct
{
  const char * const *command;
  GMainLoop          *loop;
  GPtrArray          *running;   /* of GSubprocess */
  gboolean            is_over;
} Workers;

static void start (Workers *self);

static gboolean
restart (gpointer self)
{
  if (!((Workers *) self)->is_over)
    start (self);

  return G_SOURCE_REMOVE;
}

static void
on_end (GObject      *worker,
        GAsyncResult *result,
        gpointer      user_data)
{
  Workers *self = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (worker), result, NULL);
  g_ptr_array_remove_fast (self->running, worker);
  if (!self->is_over)
    g_timeout_add (RESTART_MILLISECONDS, restart, self);
  else if (self->running->len == 0)
    g_main_loop_quit (self->loop);
}

static void
start (Workers *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) worker = g_subprocess_newv (self->command, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);

  if (worker == NULL)
    {
      g_printerr ("journal-workers: %s\n", error->message);
      g_timeout_add (RESTART_MILLISECONDS, restart, self);
      return;
    }

  g_print ("%s\n", g_subprocess_get_identifier (worker));
  g_ptr_array_add (self->running, g_object_ref (worker));
  g_subprocess_wait_async (worker, NULL, on_end, self);
}

static gboolean
end_all (gpointer user_data)
{
  Workers *self = user_data;

  self->is_over = TRUE;
  for (guint i = 0; i < self->running->len; i++)
    g_subprocess_send_signal (self->running->pdata[i], SIGTERM);
  if (self->running->len == 0)
    g_main_loop_quit (self->loop);

  return G_SOURCE_CONTINUE;
}

int
main (int   argc,
      char *argv[])
{
  Workers workers = { .is_over = FALSE };
  int n_workers = argc > 2 ? atoi (argv[1]) : 0;

  if (n_workers <= 0)
    {
      g_printerr ("usage: journal-workers NUMBER COMMAND [ARGUMENT...]\n");
      return 2;
    }

  workers.command = (const char * const *) argv + 2;
  workers.loop = g_main_loop_new (NULL, FALSE);
  workers.running = g_ptr_array_new_with_free_func (g_object_unref);
  g_unix_signal_add (SIGTERM, end_all, &workers);
  g_unix_signal_add (SIGINT, end_all, &workers);
  for (int i = 0; i < n_workers; i++)
    start (&workers);
  g_main_loop_run (workers.loop);

  g_ptr_array_unref (workers.running);
  g_main_loop_unref (workers.loop);
  return EXIT_SUCCESS;
}
