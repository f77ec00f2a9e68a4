/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

#include "gxmlrpc-terminal.h"

G_BEGIN_DECLS

/* Where results go: to standard output, or to the file of --output. */

/* Opens a file, before a call is made whose result could not be written. What is in the file
 * stays until something is written. Standard output is "-". */
gboolean    gxmlrpc_output_open         (const char    *path,
                                         GError       **error);
/* Removes a file in which nothing was written, if there was none before. */
void        gxmlrpc_output_close        (void);

gboolean    gxmlrpc_output_is_terminal  (void);
/* As gxmlrpc_terminal_style(). */
const char *gxmlrpc_output_style        (GxmlrpcStyle   style);

/* A text, which is made printable on a terminal. */
gboolean    gxmlrpc_output_write        (const char    *text,
                                         GError       **error);
/* A text with styles, and printable already; the second one adds the end of the line. */
gboolean    gxmlrpc_output_write_styled (const char    *text,
                                         GError       **error);
gboolean    gxmlrpc_output_write_line   (const char    *text,
                                         GError       **error);
gboolean    gxmlrpc_output_write_bytes  (const void    *data,
                                         gsize          size,
                                         GError       **error);

G_END_DECLS
