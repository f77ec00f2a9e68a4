/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "bench-measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

double
bench_cpu_seconds (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);

  return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double difference = *(const double *) a - *(const double *) b;

  return (difference > 0) - (difference < 0);
}

double
bench_median (double *values,
              guint   n_values)
{
  qsort (values, n_values, sizeof *values, compare_doubles);

  return n_values % 2 == 1
       ? values[n_values / 2]
       : (values[n_values / 2 - 1] + values[n_values / 2]) / 2;
}

/* A line such as "VmHWM:    5240 kB", in bytes. */
static gint64
read_status (const char *field)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return -1;

  line = strstr (status, field);

  return line != NULL ? g_ascii_strtoll (line + strlen (field), NULL, 10) * 1024 : -1;
}

static gint64 memory_before = -1;

void
bench_memory_mark (void)
{
  /* "5" makes the kernel forget the peak so far. */
  FILE *clear_refs = fopen ("/proc/self/clear_refs", "w");

  if (clear_refs != NULL)
    {
      fputs ("5", clear_refs);
      fclose (clear_refs);
    }

  memory_before = read_status ("VmRSS:");
}

gint64
bench_memory_peak (void)
{
  gint64 peak = read_status ("VmHWM:");

  return memory_before < 0 || peak < 0 ? -1 : MAX (peak - memory_before, 0);
}

void
bench_print_goal (const char *goal,
                  double      figure,
                  gboolean    is_met)
{
  g_print ("%-6s  %s: %.2f\n", is_met ? "met" : "missed", goal, figure);
}
