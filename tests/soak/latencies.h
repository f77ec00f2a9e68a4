/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LATENCIES_N_STEPS 16384

/* How long calls took, counted in steps of 10 microseconds. It has no pointers. */
typedef struct
{
  guint n[LATENCIES_N_STEPS];
} Latencies;

void  latencies_add        (Latencies       *self,
                            gint64           microseconds);
/* Takes those of another, which has none then. */
void  latencies_take       (Latencies       *self,
                            Latencies       *other);
/* In microseconds; 0 if there are none. */
guint latencies_get_median (const Latencies *self);

G_END_DECLS
