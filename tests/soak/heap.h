/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Kibibytes that this process has allocated and not freed, as malloc() counts them; 0 where
 * it does not tell. What the kernel counts is more: malloc() keeps what was freed. Here it
 * gives back what it can, so that the resident memory is then what the process needs. */
gsize heap_get_allocated (void);

/* Before there are threads: has all of them share one arena, so that the two figures are not
 * far apart. */
void  heap_share_arena   (void);

G_END_DECLS
