/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* soak MINUTES [CSV]: eight threads call a server in all ways there are, with
 * errors and cancellations, for that time. Each minute they pause, and it is
 * written down what both have: memory, what of it is allocated, descriptors and threads. The server is a
 * process of its own, so that one sees whose they are.
 *
 * It fails if at the end either has more than it had after the first minutes, or
 * if a call was executed twice or got lost. */

#include <stdio.h>
#include <stdlib.h>

#include "../unit/census.h"
#include "heap.h"
#include "steps.h"

#define N_WORKERS 8
#define N_PROXIES 2

/* What the first minutes may still add to: heaps of new threads, caches. */
#define WARM_UP_SHARE 0.2
#define TOLERATED_GROWTH 1.1
#define TOLERATED_KIBIBYTES 2048
#define TOLERATED_ALLOCATED_KIBIBYTES 1024
#define TOLERATED_COUNT 8

typedef struct
{
  GSubprocess *subprocess;
  int          process;
  char        *uri;
} Server;

typedef struct
{
  double  minutes;
  guint64 n_sent;
  Census  client;
  Census  server;
  gsize   client_allocated;   /* kibibytes */
  gsize   server_allocated;
} Sample;

/* All that the workers share. */
typedef struct
{
  GMutex   mutex;
  GCond    cond;
  guint    n_working;
  gboolean is_pause;    /* nobody begins a step */
  gboolean is_over;
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

static Sample
take_sample (Crew     *crew,
             Schedule *schedule,
             Server   *server,
             double    minutes)
{
  Sample sample = { .minutes = minutes };

  schedule_pause (schedule);
  for (guint i = 0; i < N_WORKERS; i++)
    sample.n_sent += crew[i].worker.n_sent;
  /* What the server has still to do for clients that have hung up. */
  g_usleep (G_USEC_PER_SEC);
  sample.client = census_take_own ();
  sample.server = census_take (server->process);
  sample.client_allocated = heap_get_allocated ();
  sample.server_allocated = ask_server (crew[0].worker.proxy, "allocated");
  schedule_go_on (schedule, FALSE);

  return sample;
}

static void
write_sample (FILE         *csv,
              const Sample *sample)
{
  printf ("%7.1f %10" G_GUINT64_FORMAT " %10" G_GSIZE_FORMAT " %9" G_GSIZE_FORMAT " %6u %6u"
          " %10" G_GSIZE_FORMAT " %9" G_GSIZE_FORMAT " %6u %6u\n",
          sample->minutes, sample->n_sent,
          sample->client.resident, sample->client_allocated,
          sample->client.n_descriptors, sample->client.n_threads,
          sample->server.resident, sample->server_allocated,
          sample->server.n_descriptors, sample->server.n_threads);
  fflush (stdout);

  if (csv == NULL)
    return;

  fprintf (csv, "%.1f,%" G_GUINT64_FORMAT ",%" G_GSIZE_FORMAT ",%u,%u,%" G_GSIZE_FORMAT ",%u,%u,%" G_GSIZE_FORMAT ",%" G_GSIZE_FORMAT "\n",
           sample->minutes, sample->n_sent,
           sample->client.resident, sample->client.n_descriptors, sample->client.n_threads,
           sample->server.resident, sample->server.n_descriptors, sample->server.n_threads,
           sample->client_allocated, sample->server_allocated);
  fflush (csv);
}

static GArray *
take_samples (Crew     *crew,
              Schedule *schedule,
              Server   *server,
              FILE     *csv,
              double    minutes)
{
  GArray *samples = g_array_new (FALSE, FALSE, sizeof (Sample));
  gint64 start = g_get_monotonic_time ();
  double interval = MIN (1.0, minutes / 10);

  printf ("                              client                             server\n"
          "minutes      calls memory KiB allocated  files threads memory KiB allocated  files threads\n");
  if (csv != NULL)
    fprintf (csv, "minutes,calls,client KiB,client descriptors,client threads,"
             "server KiB,server descriptors,server threads,client allocated KiB,server allocated KiB\n");

  for (double next = interval; next <= minutes + interval / 2; next += interval)
    {
      gint64 left = start + (gint64) (next * 60 * G_USEC_PER_SEC) - g_get_monotonic_time ();
      Sample sample;

      g_usleep (MAX (left, 0));
      sample = take_sample (crew, schedule, server, (g_get_monotonic_time () - start) / 60.0 / G_USEC_PER_SEC);
      write_sample (csv, &sample);
      g_array_append_val (samples, sample);
    }

  return samples;
}

static gboolean
has_grown (const char   *who,
           const Census *before,
           const Census *after,
           gsize         allocated_before,
           gsize         allocated_after)
{
  if (allocated_after <= allocated_before * TOLERATED_GROWTH + TOLERATED_ALLOCATED_KIBIBYTES &&
      after->resident <= before->resident * TOLERATED_GROWTH + TOLERATED_KIBIBYTES &&
      after->n_descriptors <= before->n_descriptors + TOLERATED_COUNT &&
      after->n_threads <= before->n_threads + TOLERATED_COUNT)
    return FALSE;

  printf ("The %s has grown.\n", who);
  return TRUE;
}

static gboolean
has_any_grown (GArray *samples)
{
  const Sample *warm = &g_array_index (samples, Sample, (guint) (samples->len * WARM_UP_SHARE));
  const Sample *last = &g_array_index (samples, Sample, samples->len - 1);
  gboolean client_has_grown = has_grown ("client", &warm->client, &last->client,
                                         warm->client_allocated, last->client_allocated);

  return has_grown ("server", &warm->server, &last->server,
                    warm->server_allocated, last->server_allocated) || client_has_grown;
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
  Schedule schedule = { .is_over = FALSE };
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
  is_wrong = has_any_grown (samples) || is_wrong;

  for (guint i = 0; i < N_PROXIES; i++)
    g_object_unref (proxies[i]);
  g_mutex_clear (&schedule.mutex);
  g_cond_clear (&schedule.cond);
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
