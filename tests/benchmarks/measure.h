/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

/* Seconds of processor time that this process has used: unlike those on the
 * wall they hardly depend on what else the machine has to do. */
double    measure_cpu_seconds  (void);

double    measure_wall_seconds (void);

/* Starts to watch for the most memory at a time. */
void      measure_memory_begin (void);

/* How much more it was at most since then, in bytes; -1 where the system does
 * not tell. */
long long measure_memory_peak  (void);
