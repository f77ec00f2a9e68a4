/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-service-private.h"

G_BEGIN_DECLS

typedef struct
{
  XmlRpcService  service;
  GPtrArray     *attachments;     /* of xml-rpc-server-attach.c */
  gboolean       introspection;
} XmlRpcServerPrivate;

XmlRpcServerPrivate *xml_rpc_server_get_private       (XmlRpcServer     *self);

/* For the array of attachments. */
void                 xml_rpc_server_attachment_free   (gpointer          attachment);

/* Whether the program lets the call be executed. */
gboolean             xml_rpc_server_authorize         (XmlRpcServer     *self,
                                                       XmlRpcInvocation *invocation);

/* Whether anybody wants to know of calls that have been answered. */
gboolean             xml_rpc_server_has_watcher       (XmlRpcServer     *self);
void                 xml_rpc_server_tell_finished     (XmlRpcServer     *self,
                                                       XmlRpcInvocation *invocation,
                                                       guint64           microseconds);

G_END_DECLS
