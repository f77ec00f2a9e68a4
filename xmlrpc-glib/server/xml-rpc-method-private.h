/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <xmlrpc-glib/xml-rpc-server.h>

G_BEGIN_DECLS

/* A method of a server. */
typedef struct _XmlRpcMethod XmlRpcMethod;

/* Whether all are types separated by commas, as "array,struct". */
gboolean            xml_rpc_method_check_signatures (const char * const  *signatures);

XmlRpcMethod       *xml_rpc_method_new              (const char * const  *signatures,
                                                     const char          *help,
                                                     XmlRpcMethodFunc     func,
                                                     gpointer             user_data,
                                                     GDestroyNotify       destroy);
XmlRpcMethod       *xml_rpc_method_ref              (XmlRpcMethod        *self);
void                xml_rpc_method_unref            (XmlRpcMethod        *self);

/* May be empty. */
const char * const *xml_rpc_method_get_signatures   (XmlRpcMethod        *self);
/* "" if there is none. */
const char         *xml_rpc_method_get_help         (XmlRpcMethod        *self);

/* The parameters, which are of natural types, in the exact types of the first
 * signature that they fit; not floating. Fails with a fault. */
GVariant           *xml_rpc_method_check_params     (XmlRpcMethod        *self,
                                                     GVariant            *params,
                                                     GError             **error);
void                xml_rpc_method_call             (XmlRpcMethod        *self,
                                                     XmlRpcServer        *server,
                                                     XmlRpcInvocation    *invocation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmlRpcMethod, xml_rpc_method_unref)

G_END_DECLS
