/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

/* Seconds of processor time that this process has used: unlike those on the
 * wall they do not depend on what else the machine has to do. */
double bench_cpu_seconds (void);

/* Sorts the values. */
double bench_median      (double *values,
                          guint   n_values);

/* Starts to watch for the most memory at a time. */
void   bench_memory_mark (void);

/* How much more it was at most since then, in bytes; -1 where the system does
 * not tell. */
gint64 bench_memory_peak (void);

/* One line of verdict. */
void   bench_print_goal  (const char *goal,
                          double      figure,
                          gboolean    is_met);
