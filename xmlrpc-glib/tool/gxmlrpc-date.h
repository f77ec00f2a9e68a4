/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many bytes of the text are a date with its time, 0 if it does not begin with one:
 * 2026-11-23T08:40:00 or 20261123T08:40:00, maybe with a fraction and a time zone. */
gsize gxmlrpc_date_get_length    (const char *text);
/* As XML-RPC has it, without dashes. */
char *gxmlrpc_date_make_compact  (const char *date);
/* As people read it; what is no such date stays as it is. */
char *gxmlrpc_date_make_readable (const char *date);

G_END_DECLS
