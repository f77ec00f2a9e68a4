/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double
read_clock (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);

  return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

double
measure_cpu_seconds (void)
{
  return read_clock (CLOCK_PROCESS_CPUTIME_ID);
}

double
measure_wall_seconds (void)
{
  return read_clock (CLOCK_MONOTONIC);
}

/* A line such as "VmHWM:    5240 kB", in bytes. */
static long long
read_status (const char *field)
{
  FILE *status = fopen ("/proc/self/status", "r");
  char line[256];
  long long bytes = -1;

  if (status == NULL)
    return -1;

  while (bytes < 0 && fgets (line, sizeof line, status) != NULL)
    {
      if (strncmp (line, field, strlen (field)) == 0)
        bytes = atoll (line + strlen (field)) * 1024;
    }
  fclose (status);

  return bytes;
}

static long long memory_before = -1;

void
measure_memory_begin (void)
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

long long
measure_memory_peak (void)
{
  long long peak = read_status ("VmHWM:");

  if (memory_before < 0 || peak < 0)
    return -1;

  return peak > memory_before ? peak - memory_before : 0;
}
