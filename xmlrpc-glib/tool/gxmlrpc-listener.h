/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A small server of XML-RPC at this machine, for any method: serve and record are ones. */
typedef struct _GxmlrpcListener GxmlrpcListener;
/* A call that waits for its answer. */
typedef struct _GxmlrpcRequest  GxmlrpcRequest;

/* Has to see to it that the request is answered once. */
typedef void (*GxmlrpcListenerFunc) (GxmlrpcRequest *request,
                                     const char     *method_name,
                                     GVariant       *params,
                                     gpointer        user_data);

GxmlrpcListener *gxmlrpc_listener_new         (void);
void             gxmlrpc_listener_free        (GxmlrpcListener      *self);
void             gxmlrpc_listener_add_options (GxmlrpcListener      *self,
                                               GOptionContext       *context);

/* Writes its address on standard output and answers until SIGINT or SIGTERM. */
gboolean         gxmlrpc_listener_run         (GxmlrpcListener      *self,
                                               GxmlrpcListenerFunc   func,
                                               gpointer              user_data,
                                               GError              **error);

/* Answers with a value; or else with the error, which is a fault, or that of a server behind
 * this one. */
void             gxmlrpc_request_answer       (GxmlrpcRequest       *self,
                                               GVariant             *value,
                                               const GError         *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxmlrpcListener, gxmlrpc_listener_free)

G_END_DECLS
