/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "gxmlrpc-connection.h"

G_BEGIN_DECLS

/* A method as its server describes it. */
typedef struct
{
  char  *name;
  char **signatures; /* NULL if the server has none */
  char  *help;       /* plain text, or NULL */
} GxmlrpcMethod;

/* Asks about some methods of all that there are. A server that does not have
 * system.methodSignature or system.methodHelp has nothing to say, which is no error. */
GPtrArray *gxmlrpc_methods_ask (GxmlrpcConnection   *connection,
                                const char * const  *names,
                                const char * const  *all_names,
                                GError             **error);

G_END_DECLS
