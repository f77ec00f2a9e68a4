/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#if !defined (XML_RPC_INSIDE) && !defined (XML_RPC_COMPILATION)
#error "Only <xmlrpc-glib/xmlrpc-glib.h> can be included directly."
#endif

#include <libsoup/soup.h>

#include <xmlrpc-glib/xml-rpc-version-macros.h>

G_BEGIN_DECLS

#define XML_RPC_TYPE_INVOCATION (xml_rpc_invocation_get_type ())

XML_RPC_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (XmlRpcInvocation, xml_rpc_invocation, XML_RPC, INVOCATION, GObject)

XML_RPC_AVAILABLE_IN_1_0
const char        *xml_rpc_invocation_get_method_name      (XmlRpcInvocation *self);
XML_RPC_AVAILABLE_IN_1_0
GVariant          *xml_rpc_invocation_get_params           (XmlRpcInvocation *self);
XML_RPC_AVAILABLE_IN_1_0
SoupServerMessage *xml_rpc_invocation_get_message          (XmlRpcInvocation *self);
XML_RPC_AVAILABLE_IN_1_0
GInetAddress      *xml_rpc_invocation_get_client_address   (XmlRpcInvocation *self);
XML_RPC_AVAILABLE_IN_1_0
const GError      *xml_rpc_invocation_get_fault            (XmlRpcInvocation *self);
XML_RPC_AVAILABLE_IN_1_0
void               xml_rpc_invocation_return_value         (XmlRpcInvocation *self,
                                                            GVariant         *value);
XML_RPC_AVAILABLE_IN_1_0
void               xml_rpc_invocation_return_fault         (XmlRpcInvocation *self,
                                                            int               code,
                                                            const char       *format,
                                                            ...) G_GNUC_PRINTF (3, 4);
XML_RPC_AVAILABLE_IN_1_0
void               xml_rpc_invocation_return_fault_literal (XmlRpcInvocation *self,
                                                            int               code,
                                                            const char       *message);
XML_RPC_AVAILABLE_IN_1_0
void               xml_rpc_invocation_return_fault_value   (XmlRpcInvocation *self,
                                                            GVariant         *value);
XML_RPC_AVAILABLE_IN_1_0
void               xml_rpc_invocation_take_error           (XmlRpcInvocation *self,
                                                            GError           *error);

G_END_DECLS
