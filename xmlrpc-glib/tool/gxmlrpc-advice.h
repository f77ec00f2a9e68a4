/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "gxmlrpc-connection.h"

G_BEGIN_DECLS

/* Adds to an error what one could do about it. */
void gxmlrpc_advice_add        (GError            *error,
                                GxmlrpcConnection *connection);
/* The same after a call; the server is asked what it has. */
void gxmlrpc_advice_add_call   (GError            *error,
                                GxmlrpcConnection *connection,
                                const char        *method_name,
                                gsize              n_params);

/* The name out of @names that may have been meant, or NULL. */
const char *gxmlrpc_advice_find_similar (const char          *name,
                                         const char * const  *names);

/* The names of the server's methods; what fails comes with advice. */
char       **gxmlrpc_advice_list         (GxmlrpcConnection   *connection,
                                          GError             **error);

G_END_DECLS
