/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "latencies.h"

#include <string.h>

#define STEP 10   /* microseconds */

void
latencies_add (Latencies *self,
               gint64     microseconds)
{
  self->n[CLAMP (microseconds / STEP, 0, LATENCIES_N_STEPS - 1)]++;
}

void
latencies_take (Latencies *self,
                Latencies *other)
{
  for (gsize i = 0; i < LATENCIES_N_STEPS; i++)
    self->n[i] += other->n[i];
  memset (other, 0, sizeof *other);
}

guint
latencies_get_median (const Latencies *self)
{
  guint64 n = 0, n_below = 0;
  guint i;

  for (i = 0; i < LATENCIES_N_STEPS; i++)
    n += self->n[i];
  if (n == 0)
    return 0;

  for (i = 0; n_below * 2 < n; i++)
    n_below += self->n[i];
  return i * STEP;
}
