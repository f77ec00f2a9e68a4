/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <xmlrpc-glib/xml-rpc-server.h>

#include "xml-rpc-signatures-private.h"

G_BEGIN_DECLS

/* A method of a server. */
typedef struct _XmlRpcMethod XmlRpcMethod;

/* Fails where a client could not call it, or not read what there is to know of it. Then
 * @user_data has been released. */
XmlRpcMethod      *xml_rpc_method_new            (const char          *name,
                                                  const char * const  *signatures,
                                                  const char          *help,
                                                  XmlRpcMethodFlags    flags,
                                                  XmlRpcMethodFunc     func,
                                                  gpointer             user_data,
                                                  GDestroyNotify       destroy,
                                                  GError             **error);
/* References belong to the thread of the server. */
XmlRpcMethod      *xml_rpc_method_ref            (XmlRpcMethod        *self);
void               xml_rpc_method_unref          (XmlRpcMethod        *self);

XmlRpcSignatures  *xml_rpc_method_get_signatures (XmlRpcMethod        *self);
/* "" if there is none. */
const char        *xml_rpc_method_get_help       (XmlRpcMethod        *self);
XmlRpcMethodFlags  xml_rpc_method_get_flags      (XmlRpcMethod        *self);

/* From any thread. */
void               xml_rpc_method_call           (XmlRpcMethod        *self,
                                                  XmlRpcServer        *server,
                                                  XmlRpcInvocation    *invocation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmlRpcMethod, xml_rpc_method_unref)

G_END_DECLS
