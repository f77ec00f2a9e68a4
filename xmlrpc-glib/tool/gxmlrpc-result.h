/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How results are written. */
typedef struct
{
  gboolean json;
  gboolean xml;
} GxmlrpcFormat;

void     gxmlrpc_format_add_options (GxmlrpcFormat        *self,
                                     GOptionContext       *context);

/* Writes a value on standard output. */
gboolean gxmlrpc_result_write       (GVariant             *value,
                                     const GxmlrpcFormat  *format,
                                     GError              **error);
/* Writes a call. */
gboolean gxmlrpc_result_write_call  (const char           *method_name,
                                     GVariant             *params,
                                     const GxmlrpcFormat  *format,
                                     GError              **error);
/* Writes a message. */
gboolean gxmlrpc_result_write_xml   (GBytes               *message,
                                     GError              **error);

G_END_DECLS
