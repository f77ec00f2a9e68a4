/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#if !defined (XML_RPC_INSIDE) && !defined (XML_RPC_COMPILATION)
#error "Only <xmlrpc-glib/xmlrpc-glib.h> can be included directly."
#endif

#include <xmlrpc-glib/xml-rpc-server-proxy.h>

G_BEGIN_DECLS

#define XML_RPC_TYPE_MULTICALL (xml_rpc_multicall_get_type ())

XML_RPC_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (XmlRpcMulticall, xml_rpc_multicall, XML_RPC, MULTICALL, GObject)

XML_RPC_AVAILABLE_IN_1_0
XmlRpcMulticall *xml_rpc_multicall_new                 (XmlRpcServerProxy    *proxy);
XML_RPC_AVAILABLE_IN_1_0
guint            xml_rpc_multicall_add                 (XmlRpcMulticall      *self,
                                                        const char           *method_name,
                                                        GVariant             *params,
                                                        const GVariantType   *reply_type);
XML_RPC_AVAILABLE_IN_1_0
guint            xml_rpc_multicall_get_n_calls         (XmlRpcMulticall      *self);
XML_RPC_AVAILABLE_IN_1_0
gboolean         xml_rpc_multicall_execute             (XmlRpcMulticall      *self,
                                                        GCancellable         *cancellable,
                                                        GError              **error);
XML_RPC_AVAILABLE_IN_1_0
void             xml_rpc_multicall_execute_async       (XmlRpcMulticall      *self,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
XML_RPC_AVAILABLE_IN_1_0
gboolean         xml_rpc_multicall_execute_finish      (XmlRpcMulticall      *self,
                                                        GAsyncResult         *result,
                                                        GError              **error);
XML_RPC_AVAILABLE_IN_1_0
gboolean         xml_rpc_multicall_execute_full        (XmlRpcMulticall      *self,
                                                        XmlRpcCallFlags       flags,
                                                        int                   timeout_msec,
                                                        GCancellable         *cancellable,
                                                        GError              **error);
XML_RPC_AVAILABLE_IN_1_0
void             xml_rpc_multicall_execute_full_async  (XmlRpcMulticall      *self,
                                                        XmlRpcCallFlags       flags,
                                                        int                   timeout_msec,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
XML_RPC_AVAILABLE_IN_1_0
gboolean         xml_rpc_multicall_execute_full_finish (XmlRpcMulticall      *self,
                                                        GAsyncResult         *result,
                                                        GError              **error);

XML_RPC_AVAILABLE_IN_1_0
GVariant        *xml_rpc_multicall_get_result          (XmlRpcMulticall      *self,
                                                        guint                 index,
                                                        GError              **error);
XML_RPC_AVAILABLE_IN_1_0
char            *xml_rpc_multicall_get_result_json     (XmlRpcMulticall      *self,
                                                        guint                 index,
                                                        char                **fault,
                                                        GError              **error);
XML_RPC_AVAILABLE_IN_1_0
GVariant        *xml_rpc_multicall_get_fault           (XmlRpcMulticall      *self);

G_END_DECLS
