/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Python's xmlrpc.client, in a process that lives on from input to input, and
 * is started again when it has died. */

/* What we have read from a document, against what Python reads: NULL if that is
 * the same or differs as decided, else a description of the difference. */
char *python_reader_compare (GBytes     *document,
                             const char *read_by_us);

G_END_DECLS
