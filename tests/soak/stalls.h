/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether each processor wakes sleeping threads in time. A virtual machine can lose one
 * for half a second while the others run on: a deadline that is due there passes late,
 * though nobody forgot it. */
typedef struct _Stalls Stalls;

Stalls *stalls_watch       (void);
void    stalls_free        (Stalls *self);

/* How long a processor let a thread sleep that was to wake, since then; in microseconds. */
gint64  stalls_get_longest (Stalls *self,
                            gint64  since);

G_END_DECLS
