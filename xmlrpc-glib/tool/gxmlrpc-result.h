/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How results are written, and where. */
typedef struct
{
  gboolean json;  /* values are JSON, too */
  gboolean exact;
  gboolean xml;
  gboolean raw;
  gboolean table;
  char    *output;
} GxmlrpcFormat;

/* The options are read into @self: all, or those for results of one line each. */
void     gxmlrpc_format_add_options      (GxmlrpcFormat        *self,
                                          GOptionContext       *context);
void     gxmlrpc_format_add_line_options (GxmlrpcFormat        *self,
                                          GOptionContext       *context);
void     gxmlrpc_format_clear            (GxmlrpcFormat        *self);
/* Refuses what contradicts itself, and opens the output. */
gboolean gxmlrpc_format_open             (GxmlrpcFormat        *self,
                                          GError              **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GxmlrpcFormat, gxmlrpc_format_clear)

/* Writes a value. */
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
/* Writes a value as JSON. */
gboolean gxmlrpc_result_write_json  (GVariant             *value,
                                     gboolean              exact,
                                     GError              **error);

G_END_DECLS
