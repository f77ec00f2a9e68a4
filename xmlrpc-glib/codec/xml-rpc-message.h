/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#if !defined (XML_RPC_INSIDE) && !defined (XML_RPC_COMPILATION)
#error "Only <xmlrpc-glib/xmlrpc-glib.h> can be included directly."
#endif

#include <glib.h>

#include <xmlrpc-glib/xml-rpc-version-macros.h>

G_BEGIN_DECLS

XML_RPC_AVAILABLE_IN_1_0
GBytes   *xml_rpc_encode_call     (const char          *method_name,
                                   GVariant            *params,
                                   GError             **error);
XML_RPC_AVAILABLE_IN_1_0
GBytes   *xml_rpc_encode_response (GVariant            *value,
                                   GError             **error);
XML_RPC_AVAILABLE_IN_1_0
GBytes   *xml_rpc_encode_fault    (int                  code,
                                   const char          *message,
                                   GError             **error);
XML_RPC_AVAILABLE_IN_1_0
GBytes   *xml_rpc_encode_fault_value (GVariant         *value,
                                      GError          **error);
XML_RPC_AVAILABLE_IN_1_0
gboolean  xml_rpc_decode_call     (GBytes              *body,
                                   const GVariantType  *params_type,
                                   char               **method_name,
                                   GVariant           **params,
                                   GError             **error);
XML_RPC_AVAILABLE_IN_1_0
GVariant *xml_rpc_decode_response (GBytes              *body,
                                   const GVariantType  *type,
                                   GError             **error);
XML_RPC_AVAILABLE_IN_1_0
char     *xml_rpc_decode_response_json (GBytes         *body,
                                        char          **fault,
                                        GError        **error);

G_END_DECLS
