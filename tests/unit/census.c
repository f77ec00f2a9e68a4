/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "census.h"

#include <string.h>
#include <unistd.h>

#define PATIENCE_SECONDS 30

static guint
count_entries (int         process,
               const char *name)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/%s", process, name);
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (directory != NULL && g_dir_read_name (directory) != NULL)
    n++;

  return n;
}

static gsize
get_resident (int process)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", process);
  g_autofree char *status = NULL;
  const char *line = NULL;

  if (g_file_get_contents (path, &status, NULL, NULL))
    line = strstr (status, "VmRSS:");

  return line != NULL ? g_ascii_strtoull (line + strlen ("VmRSS:"), NULL, 10) : 0;
}

Census
census_take (int process)
{
  return (Census) {
    .n_descriptors = count_entries (process, "fd"),
    .n_threads = count_entries (process, "task"),
    .resident = get_resident (process),
  };
}

static void
do_nothing (gpointer data,
            gpointer user_data)
{
}

/* GLib has a thread that starts those of its pools, from the first one on. */
static void
start_pools (void)
{
  GThreadPool *pool = g_thread_pool_new (do_nothing, NULL, 1, FALSE, NULL);

  g_thread_pool_push (pool, pool, NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
}

Census
census_take_own (void)
{
  start_pools ();
  /* And it keeps some for its next task. */
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
