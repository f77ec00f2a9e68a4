/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <stdio.h>

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  GXMLRPC_STYLE_PLAIN,
  GXMLRPC_STYLE_BOLD,
  GXMLRPC_STYLE_ERROR,
  GXMLRPC_STYLE_WARNING
} GxmlrpcStyle;

gboolean    gxmlrpc_terminal_is_one         (FILE          *stream);
/* In characters. */
int         gxmlrpc_terminal_get_width      (FILE          *stream);
/* What begins a style; nothing where there are no colours. */
const char *gxmlrpc_terminal_style          (FILE          *stream,
                                             GxmlrpcStyle   style);
/* Without the control characters that a server could do harm with. */
char       *gxmlrpc_terminal_make_printable (const char    *text);

/* Writes a result on standard output, made printable on a terminal. */
gboolean    gxmlrpc_terminal_write          (const char    *text,
                                             GError       **error);
/* The same with styles, and printable already. */
gboolean    gxmlrpc_terminal_write_styled   (const char    *text,
                                             GError       **error);
void        gxmlrpc_terminal_warn           (const char    *format,
                                             ...) G_GNUC_PRINTF (1, 2);

G_END_DECLS
