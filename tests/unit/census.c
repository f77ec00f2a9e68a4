/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "census.h"

#include <string.h>
#include <unistd.h>

#define PATIENCE_SECONDS 30

static guint
count_descriptors (int process)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/fd", process);
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (directory != NULL && g_dir_read_name (directory) != NULL)
    n++;

  return n;
}

/* Threads that GLib starts once, when something needs them first, and keeps. */
static gboolean
is_permanent (int         process,
              const char *thread)
{
  static const char * const names[] = { "gmain\n", "gdbus\n", "pool-spawner\n", "dconf worker\n", NULL };
  g_autofree char *path = g_strdup_printf ("/proc/%d/task/%s/comm", process, thread);
  g_autofree char *name = NULL;

  return g_file_get_contents (path, &name, NULL, NULL) && g_strv_contains (names, name);
}

static guint
count_threads (int process)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/task", process);
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *thread;
  guint n = 0;

  while (directory != NULL && (thread = g_dir_read_name (directory)) != NULL)
    n += !is_permanent (process, thread);

  return n;
}

/* A number of kilobytes. */
static gsize
get_memory (int         process,
            const char *name)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", process);
  g_autofree char *status = NULL;
  const char *line = NULL;

  if (g_file_get_contents (path, &status, NULL, NULL))
    line = strstr (status, name);

  return line != NULL ? g_ascii_strtoull (line + strlen (name), NULL, 10) : 0;
}

Census
census_take (int process)
{
  return (Census) {
    .n_descriptors = count_descriptors (process),
    .n_threads = count_threads (process),
    .resident = get_memory (process, "VmRSS:"),
  };
}

gsize
census_get_peak (void)
{
  return get_memory (getpid (), "VmHWM:");
}

Census
census_take_own (void)
{
  /* GLib keeps some for its next task, too. */
  g_thread_pool_set_max_unused_threads (0);
  g_thread_pool_stop_unused_threads ();

  return census_take (getpid ());
}

/* A thread that was joined may still be counted for a moment. */
void
census_assert_own (const Census *before)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE_SECONDS * G_USEC_PER_SEC;
  Census now = census_take_own ();

  while ((now.n_descriptors > before->n_descriptors || now.n_threads > before->n_threads) &&
         g_get_monotonic_time () < deadline)
    {
      while (g_main_context_iteration (NULL, FALSE))
        continue;
      g_usleep (1000);
      now = census_take_own ();
    }

  g_assert_cmpuint (now.n_descriptors, <=, before->n_descriptors);
  g_assert_cmpuint (now.n_threads, <=, before->n_threads);
}
