/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the command ends with, by the kind of failure; gxmlrpc.1 lists them. */
typedef enum
{
  GXMLRPC_EXIT_SUCCESS,
  GXMLRPC_EXIT_FAILURE,
  GXMLRPC_EXIT_USAGE,
  GXMLRPC_EXIT_NETWORK,
  GXMLRPC_EXIT_HTTP,
  GXMLRPC_EXIT_FAULT,
  GXMLRPC_EXIT_BAD_ANSWER
} GxmlrpcExit;

/* The errors of the command itself; their code is what it ends with. */
#define GXMLRPC_ERROR (gxmlrpc_error_quark ())

GQuark      gxmlrpc_error_quark    (void);

void        gxmlrpc_error_usage    (GError       **error,
                                    const char    *format,
                                    ...) G_GNUC_PRINTF (2, 3);
/* Something to try, on a line of its own; nothing if there is no error. */
void        gxmlrpc_error_add_hint (GError        *error,
                                    const char    *format,
                                    ...) G_GNUC_PRINTF (2, 3);

GxmlrpcExit gxmlrpc_error_get_exit (const GError  *error);
void        gxmlrpc_error_print    (const GError  *error);

G_END_DECLS
