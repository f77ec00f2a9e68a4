/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "client.h"

#include "measure.h"

#include <malloc.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char refusal[256] = "for no reason that it tells";

void
client_refuse (const char *format,
               ...)
{
  va_list arguments;

  va_start (arguments, format);
  vsnprintf (refusal, sizeof refusal, format, arguments);
  va_end (arguments);
  refusal[strcspn (refusal, "\n")] = '\0';
}

static bool
run (const Client *client,
     const char   *method,
     long          n_calls,
     long          n_in_flight)
{
  if (n_in_flight > 0 && client->call_many == NULL)
    {
      client_refuse ("one call at a time");
      return false;
    }

  if (n_in_flight > 0)
    return client->call_many (method, n_calls, n_in_flight);

  for (long i = 0; i < n_calls; i++)
    {
      if (!client->call (method))
        return false;
    }

  return true;
}

static bool
answer_time (const Client *client,
             const char   *method,
             long          n_calls,
             long          n_in_flight)
{
  double cpu = measure_cpu_seconds ();
  double wall = measure_wall_seconds ();

  if (!run (client, method, n_calls, n_in_flight))
    return false;

  printf ("%.9f %.9f\n", measure_cpu_seconds () - cpu, measure_wall_seconds () - wall);
  return true;
}

typedef struct
{
  const Client *client;
  const char   *method;
  long          n_calls;
  int           number;
  bool          is_good;
} Series;

static void *
run_series (void *data)
{
  Series *self = data;

  self->client->select (self->number);
  self->is_good = run (self->client, self->method, self->n_calls, 0);

  return NULL;
}

static bool
run_threads (const Client *client,
             const char   *method,
             long          n_calls,
             long          n_threads,
             bool          is_shared)
{
  Series series[CLIENT_MAX_THREADS];
  pthread_t threads[CLIENT_MAX_THREADS];
  bool is_good = true;

  for (int i = 0; i < n_threads; i++)
    {
      series[i] = (Series) { client, method, n_calls / n_threads, is_shared ? 0 : i, false };
      if (pthread_create (&threads[i], NULL, run_series, &series[i]) != 0)
        abort ();
    }
  for (int i = 0; i < n_threads; i++)
    {
      pthread_join (threads[i], NULL);
      is_good = is_good && series[i].is_good;
    }

  return is_good;
}

static bool
answer_threads (const Client *client,
                const char   *method,
                long          n_calls,
                long          n_threads,
                bool          is_shared)
{
  double cpu = measure_cpu_seconds ();
  double wall = measure_wall_seconds ();

  if (client->select == NULL || n_threads > CLIENT_MAX_THREADS ||
      (is_shared && n_threads > 1 && !client->is_shareable))
    {
      client_refuse ("not so many threads");
      return false;
    }
  if (!run_threads (client, method, n_calls, n_threads, is_shared))
    return false;

  printf ("%.9f %.9f\n", measure_cpu_seconds () - cpu, measure_wall_seconds () - wall);
  return true;
}

static bool
answer_memory (const Client *client,
               const char   *method,
               long          n_calls,
               long          n_in_flight)
{
  /* What happens once a process is not part of what is measured. */
  if (!run (client, CLIENT_ADD, 1, n_in_flight > 0))
    return false;

  malloc_trim (0);
  measure_memory_begin ();
  if (!run (client, method, n_calls, n_in_flight))
    return false;

  printf ("%lld\n", measure_memory_peak ());
  return true;
}

static bool
answer (const Client *client,
        const char   *line)
{
  char command[16], method[64];
  long n_calls, n_in_flight;

  if (sscanf (line, "%15s %63s %ld %ld", command, method, &n_calls, &n_in_flight) == 4)
    {
      if (strcmp (command, "time") == 0)
        return answer_time (client, method, n_calls, n_in_flight);
      if (strcmp (command, "memory") == 0)
        return answer_memory (client, method, n_calls, n_in_flight);
      if (strcmp (command, "shared") == 0 || strcmp (command, "apart") == 0)
        return answer_threads (client, method, n_calls, n_in_flight, strcmp (command, "shared") == 0);
    }

  client_refuse ("there is no %s", line);
  return false;
}

int
client_main (const Client *client,
             int           argc,
             char         *argv[])
{
  char line[256];

  if (argc != 2)
    {
      fprintf (stderr, "Usage: %s URI\n", argv[0]);
      return 2;
    }

  client->open (argv[1]);
  printf ("ready\n");
  fflush (stdout);

  while (fgets (line, sizeof line, stdin) != NULL)
    {
      if (!answer (client, line))
        printf ("refused: %s\n", refusal);
      fflush (stdout);
    }

  return EXIT_SUCCESS;
}
