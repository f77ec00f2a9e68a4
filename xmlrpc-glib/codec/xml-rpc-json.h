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
char     *xml_rpc_variant_to_json   (GVariant    *value,
                                     GError     **error);
XML_RPC_AVAILABLE_IN_1_0
GVariant *xml_rpc_variant_from_json (const char  *json,
                                     gssize       length,
                                     GError     **error);

G_END_DECLS
