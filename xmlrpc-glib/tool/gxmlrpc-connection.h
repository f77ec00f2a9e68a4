/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <xmlrpc-glib/xmlrpc-glib.h>

G_BEGIN_DECLS

/* A server, and how to reach it: the options that all commands have which call
 * one. */
typedef struct _GxmlrpcConnection GxmlrpcConnection;

GxmlrpcConnection *gxmlrpc_connection_new         (void);
void               gxmlrpc_connection_free        (GxmlrpcConnection    *self);

/* The options are read into the connection. */
void               gxmlrpc_connection_add_options (GxmlrpcConnection    *self,
                                                   GOptionContext       *context);
/* Before values are read from standard input: a password may stand there. */
gboolean           gxmlrpc_connection_read_input  (GxmlrpcConnection    *self,
                                                   GError              **error);
gboolean           gxmlrpc_connection_open        (GxmlrpcConnection    *self,
                                                   const char           *uri,
                                                   GError              **error);
XmlRpcServerProxy *gxmlrpc_connection_get_proxy   (GxmlrpcConnection    *self);
/* Then calls follow each other, so that what is shown can be read. */
gboolean           gxmlrpc_connection_is_verbose  (GxmlrpcConnection    *self);

/* The end of an asynchronous call: what its callback puts into its user data, and
 * the wait for it, with a progress bar. */
void               gxmlrpc_connection_on_answer   (GObject              *proxy,
                                                   GAsyncResult         *result,
                                                   gpointer              location);
GAsyncResult      *gxmlrpc_connection_wait        (GxmlrpcConnection    *self,
                                                   GAsyncResult        **location);

GVariant          *gxmlrpc_connection_call        (GxmlrpcConnection    *self,
                                                   const char           *method_name,
                                                   GVariant             *params,
                                                   GError              **error);
char             **gxmlrpc_connection_list        (GxmlrpcConnection    *self,
                                                   GError              **error);
char             **gxmlrpc_connection_signatures  (GxmlrpcConnection    *self,
                                                   const char           *method_name,
                                                   GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxmlrpcConnection, gxmlrpc_connection_free)

G_END_DECLS
