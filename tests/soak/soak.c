/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* soak MINUTES [CSV]: eight threads call a server in all ways there are, with
 * errors and cancellations, for that time. In the second part of each minute hostile clients
 * are at the same server. Then all pause, and it is written down what the client and the server
 * have: memory, what of it is allocated, descriptors and threads. The server is a process of
 * its own, so that one sees whose they are, and so are the hostile clients.
 *
 * It fails if at the end either has more than it had after the first minutes, if the
 * calls take too long among hostile clients, or if one was executed twice or got lost. */

#include <stdlib.h>

#include "heap.h"
#include "hostile.h"
#include "samples.h"
#include "steps.h"

#define N_WORKERS 8
#define N_PROXIES 2

/* Of each interval, without hostile clients. */
#define SHARE_ALONE 0.4
/* Until they are at work. */
#define BEGIN_TIME (G_USEC_PER_SEC / 5)

typedef struct
{
  GSubprocess *subprocess;
  int          process;
  char        *uri;
} Server;

/* All that the workers share. */
typedef struct
{
  GMutex   mutex;
  GCond    cond;
  guint    n_working;
  gboolean is_pause;    /* nobody begins a step */
  gboolean is_over;
  gint     phase;       /* atomic; a Phase */
  Stalls  *stalls;
} Schedule;

typedef struct
{
  Worker    worker;
  Schedule *schedule;
  GThread  *thread;
} Crew;

static Server
start_server (const char *own_path)
{
  g_autofree char *directory = g_path_get_dirname (own_path);
  g_autofree char *path = g_build_filename (directory, "soak-server", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  Server server;

  server.subprocess = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                        &error, path, NULL);
  g_assert_no_error (error);
  server.process = atoi (g_subprocess_get_identifier (server.subprocess));
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server.subprocess));
  server.uri = g_data_input_stream_read_line_utf8 (output, NULL, NULL, &error);
  g_assert_nonnull (server.uri);

  return server;
}

static void
stop_server (Server *self)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_close (g_subprocess_get_stdin_pipe (self->subprocess), NULL, NULL);
  g_subprocess_wait_check (self->subprocess, NULL, &error);
  g_assert_no_error (error);
  g_object_unref (self->subprocess);
  g_free (self->uri);
}

static gboolean
schedule_begin_step (Schedule *self)
{
  gboolean is_over;

  g_mutex_lock (&self->mutex);
  while (self->is_pause)
    g_cond_wait (&self->cond, &self->mutex);
  is_over = self->is_over;
  if (!is_over)
    self->n_working++;
  g_mutex_unlock (&self->mutex);

  return !is_over;
}

static void
schedule_end_step (Schedule *self)
{
  g_mutex_lock (&self->mutex);
  self->n_working--;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

static void
schedule_pause (Schedule *self)
{
  g_mutex_lock (&self->mutex);
  self->is_pause = TRUE;
  while (self->n_working > 0)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

static void
schedule_go_on (Schedule *self,
                gboolean  is_over)
{
  g_mutex_lock (&self->mutex);
  self->is_pause = FALSE;
  self->is_over = is_over;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

static gpointer
work (gpointer data)
{
  Crew *self = data;
  g_autoptr (GMainContext) context = g_main_context_new ();

  g_main_context_push_thread_default (context);
  self->worker.own_proxy = xml_rpc_server_proxy_new (self->worker.uri, NULL);
  while (schedule_begin_step (self->schedule))
    {
      steps_do_any (&self->worker);
      schedule_end_step (self->schedule);
    }
  g_clear_object (&self->worker.own_proxy);
  g_main_context_pop_thread_default (context);

  return NULL;
}

static void
start_workers (Crew               *crew,
               Schedule           *schedule,
               XmlRpcServerProxy **proxies,
               const char         *uri)
{
  for (guint i = 0; i < N_WORKERS; i++)
    {
      crew[i] = (Crew) {
        .worker = {
          .uri = uri,
          .call = i % 2 == 0 ? xml_rpc_server_proxy_call : both_ways_call_async,
          .proxy = proxies[i / 2 % N_PROXIES],
          .rand = g_rand_new_with_seed (i),
          .phase = &schedule->phase,
          .stalls = schedule->stalls,
          .latencies = g_new0 (Latencies, N_TIMED_PHASES),
        },
        .schedule = schedule,
      };
      crew[i].thread = g_thread_new ("worker", work, &crew[i]);
    }
}

static void
stop_workers (Crew     *crew,
              Schedule *schedule)
{
  schedule_go_on (schedule, TRUE);
  for (guint i = 0; i < N_WORKERS; i++)
    {
      g_thread_join (crew[i].thread);
      g_rand_free (crew[i].worker.rand);
      g_free (crew[i].worker.latencies);
    }
}

static guint64
ask_server (XmlRpcServerProxy *proxy,
            const char        *method_name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = xml_rpc_server_proxy_call (proxy, method_name, NULL, G_VARIANT_TYPE_UINT64, NULL, &error);

  g_assert_no_error (error);
  return g_variant_get_uint64 (value);
}

/* The median of one phase since the last time. */
static guint
take_median (Crew  *crew,
             Phase  phase)
{
  g_autofree Latencies *all = g_new0 (Latencies, 1);

  for (guint i = 0; i < N_WORKERS; i++)
    latencies_take (all, &crew[i].worker.latencies[phase]);

  return latencies_get_median (all);
}

/* While all pause. */
static Sample
take_sample (Crew     *crew,
             Server   *server,
             double    minutes)
{
  Sample sample = { .minutes = minutes };

  for (guint i = 0; i < N_WORKERS; i++)
    sample.n_sent += crew[i].worker.n_sent;
  sample.alone = take_median (crew, PHASE_ALONE);
  sample.among = take_median (crew, PHASE_AMONG_HOSTILE);

  /* What the server has still to do for clients that have hung up. */
  g_usleep (G_USEC_PER_SEC);
  sample.client.allocated = heap_get_allocated ();
  sample.server.allocated = ask_server (crew[0].worker.proxy, "allocated");
  sample.client.census = census_take_own ();
  sample.server.census = census_take (server->process);

  return sample;
}

static void
sleep_until (gint64 time)
{
  g_usleep (MAX (time - g_get_monotonic_time (), 0));
}

/* Calls without hostile clients, calls with them, and a pause. */
static Sample
run_interval (Crew     *crew,
              Schedule *schedule,
              Server   *server,
              Hostile  *hostile,
              gint64    start,
              gint64    end)
{
  g_autofree char *counts = NULL;
  gint64 now = g_get_monotonic_time ();
  Sample sample;

  g_atomic_int_set (&schedule->phase, PHASE_ALONE);
  sleep_until (now + (gint64) ((end - now) * SHARE_ALONE));

  g_atomic_int_set (&schedule->phase, PHASE_OTHER);
  hostile_begin (hostile);
  g_usleep (BEGIN_TIME);
  g_atomic_int_set (&schedule->phase, PHASE_AMONG_HOSTILE);
  sleep_until (end);

  g_atomic_int_set (&schedule->phase, PHASE_OTHER);
  counts = hostile_end (hostile);
  schedule_pause (schedule);
  sample = take_sample (crew, server, (g_get_monotonic_time () - start) / 60.0 / G_USEC_PER_SEC);
  sample.hostile = g_steal_pointer (&counts);
  schedule_go_on (schedule, FALSE);

  return sample;
}

static GArray *
take_samples (Crew     *crew,
              Schedule *schedule,
              Server   *server,
              FILE     *csv,
              double    minutes)
{
  GArray *samples = samples_new ();
  double interval = MIN (1.0, minutes / 10);
  Hostile hostile;
  gint64 start;

  hostile_init (&hostile, server->uri);
  samples_write_head (csv, hostile.kinds);

  start = g_get_monotonic_time ();
  for (double next = interval; next <= minutes + interval / 2; next += interval)
    {
      Sample sample = run_interval (crew, schedule, server, &hostile, start,
                                    start + (gint64) (next * 60 * G_USEC_PER_SEC));

      samples_write (csv, &sample);
      g_array_append_val (samples, sample);
    }
  hostile_clear (&hostile);

  return samples;
}

/* Each call that was answered was executed, and none was executed twice. */
static gboolean
is_sum_wrong (Crew              *crew,
              XmlRpcServerProxy *proxy)
{
  guint64 n_sent = 0, n_answered = 0, n_executed;

  for (guint i = 0; i < N_WORKERS; i++)
    {
      n_sent += crew[i].worker.n_sent;
      n_answered += crew[i].worker.n_answered;
    }

  n_executed = ask_server (proxy, "executed");
  printf ("%" G_GUINT64_FORMAT " calls sent, %" G_GUINT64_FORMAT " executed, %" G_GUINT64_FORMAT " answered\n",
          n_sent, n_executed, n_answered);

  return n_answered > n_executed || n_executed > n_sent;
}

static gboolean
soak (const char *own_path,
      double      minutes,
      FILE       *csv)
{
  Crew crew[N_WORKERS];
  Schedule schedule = { .phase = PHASE_OTHER, .stalls = stalls_watch () };
  Server server = start_server (own_path);
  XmlRpcServerProxy *proxies[N_PROXIES];
  g_autoptr (GArray) samples = NULL;
  gboolean is_wrong;

  g_mutex_init (&schedule.mutex);
  g_cond_init (&schedule.cond);
  for (guint i = 0; i < N_PROXIES; i++)
    proxies[i] = xml_rpc_server_proxy_new (server.uri, NULL);

  start_workers (crew, &schedule, proxies, server.uri);
  samples = take_samples (crew, &schedule, &server, csv, minutes);
  stop_workers (crew, &schedule);

  is_wrong = is_sum_wrong (crew, proxies[0]);
  is_wrong = !samples_are_good (samples) || is_wrong;

  for (guint i = 0; i < N_PROXIES; i++)
    g_object_unref (proxies[i]);
  g_mutex_clear (&schedule.mutex);
  g_cond_clear (&schedule.cond);
  stalls_free (schedule.stalls);
  stop_server (&server);

  return !is_wrong;
}

int
main (int   argc,
      char *argv[])
{
  double minutes = argc > 1 ? g_ascii_strtod (argv[1], NULL) : 0;
  FILE *csv = NULL;
  gboolean is_good;

  if (minutes <= 0 || argc > 3)
    {
      fprintf (stderr, "usage: soak MINUTES [CSV]\n");
      return 2;
    }
  if (argc > 2 && (csv = fopen (argv[2], "w")) == NULL)
    {
      perror (argv[2]);
      return 2;
    }

  heap_share_arena ();
  is_good = soak (argv[0], minutes, csv);
  if (csv != NULL)
    fclose (csv);

  return is_good ? EXIT_SUCCESS : EXIT_FAILURE;
}
