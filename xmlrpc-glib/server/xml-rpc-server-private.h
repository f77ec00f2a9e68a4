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

XmlRpcServerPrivate *xml_rpc_server_get_private       (XmlRpcServer *self);

/* For the array of attachments. */
void                 xml_rpc_server_attachment_free   (gpointer      attachment);

G_END_DECLS
