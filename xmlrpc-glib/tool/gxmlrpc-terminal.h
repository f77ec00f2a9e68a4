/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <stdio.h>

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  GXMLRPC_STYLE_PLAIN,
  GXMLRPC_STYLE_BOLD,
  GXMLRPC_STYLE_ERROR,
  GXMLRPC_STYLE_WARNING,
  GXMLRPC_STYLE_NAME,
  GXMLRPC_STYLE_STRING,
  GXMLRPC_STYLE_NUMBER
} GxmlrpcStyle;

gboolean    gxmlrpc_terminal_is_one         (FILE          *stream);
/* In characters; the width is one in which text can be read, too. */
int         gxmlrpc_terminal_get_columns    (FILE          *stream);
int         gxmlrpc_terminal_get_width      (FILE          *stream);
/* What begins a style; nothing where there are no colours. */
const char *gxmlrpc_terminal_style          (FILE          *stream,
                                             GxmlrpcStyle   style);

void        gxmlrpc_terminal_warn           (const char    *format,
                                             ...) G_GNUC_PRINTF (1, 2);

G_END_DECLS
