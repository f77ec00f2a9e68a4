/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A server holds its responses back until a test opens its barrier. */

#pragma once

#include <glib.h>

typedef struct
{
  GMutex   mutex;
  GCond    cond;
  gboolean is_open;
} Barrier;

void barrier_wait (Barrier *self);
void barrier_open (Barrier *self);
