/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Values as they are written on the command line: GVariant text with the literals of
 * gxmlrpc-literals.h, a bare word, a file, standard input, JSON. Never a floating reference. */
GVariant *gxmlrpc_value_parse       (const char  *text,
                                     gboolean     json,
                                     GError     **error);

/* All of a file, or of standard input where that is "-". */
GBytes   *gxmlrpc_value_read_bytes  (const char  *path,
                                     GError     **error);
/* The same as a value. */
GVariant *gxmlrpc_value_read_binary (const char  *path,
                                     GError     **error);

G_END_DECLS
