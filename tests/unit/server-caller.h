/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <xmlrpc-glib/xmlrpc-glib.h>

G_BEGIN_DECLS

/* Calls of a server without HTTP. Both wait for the answer and iterate the
 * default main context meanwhile. */

/* The body of an answer to the body of a request. */
GBytes   *server_caller_handle (XmlRpcServer  *server,
                                GBytes        *request);
GVariant *server_caller_call   (XmlRpcServer  *server,
                                const char    *method_name,
                                GVariant      *params,
                                GError       **error);

/* The value, as g_variant_print() writes it. */
void      server_caller_assert_returns (XmlRpcServer *server,
                                        const char   *method_name,
                                        GVariant     *params,
                                        const char   *expected);
void      server_caller_assert_fault   (XmlRpcServer *server,
                                        const char   *method_name,
                                        GVariant     *params,
                                        int           code,
                                        const char   *message);

/* The callback of something asynchronous, for which a GAsyncResult ** waits. */
void      server_caller_take_result    (GObject        *source,
                                        GAsyncResult   *result,
                                        gpointer        user_data);

/* Iterates the default main context until *condition is set. */
void      server_caller_wait_for       (const gboolean *condition);
/* Iterates it for so long. */
void      server_caller_wait           (guint           milliseconds);

G_END_DECLS
