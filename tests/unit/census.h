/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a process has, as the kernel counts it. */
typedef struct
{
  guint n_descriptors;
  guint n_threads;
  gsize resident;       /* kilobytes of memory */
} Census;

Census census_take       (int           process);
Census census_take_own   (void);
/* The most memory that this process has had so far, in kilobytes. */
gsize  census_get_peak   (void);
/* Waits until this process has no more descriptors and threads than it had, and
 * fails the test if that takes too long. */
void   census_assert_own (const Census *before);

G_END_DECLS
