/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <stdio.h>

#include "../unit/census.h"

G_BEGIN_DECLS

/* What a process has. */
typedef struct
{
  Census census;
  gsize  allocated;   /* kibibytes */
} Stock;

typedef struct
{
  double   minutes;
  guint64  n_sent;
  Stock    client;
  Stock    server;
  gsize    alone;     /* the median of an honest call without hostile clients, in microseconds */
  gsize    among;     /* the same with them */
  char    *hostile;   /* what these did since the last sample, as CSV */
} Sample;

/* @csv may be NULL. */
void     samples_write_head (FILE         *csv,
                             const char   *kinds);
void     samples_write      (FILE         *csv,
                             const Sample *sample);

/* An array of Sample. */
GArray  *samples_new        (void);
/* Whether it goes on like this for ever; else it is printed why not. */
gboolean samples_are_good   (GArray       *samples);

G_END_DECLS
