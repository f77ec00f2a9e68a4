/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#if !defined (XML_RPC_INSIDE) && !defined (XML_RPC_COMPILATION)
#error "Only <xmlrpc-glib/xmlrpc-glib.h> can be included directly."
#endif

#include <gio/gio.h>

#include <xmlrpc-glib/xml-rpc-version-macros.h>

G_BEGIN_DECLS

XML_RPC_AVAILABLE_IN_1_0
GObject    *xml_rpc_object_from_struct        (GType       object_type,
                                               GVariant   *value,
                                               GError    **error);
XML_RPC_AVAILABLE_IN_1_0
GVariant   *xml_rpc_object_to_struct          (GObject    *object,
                                               GError    **error);
XML_RPC_AVAILABLE_IN_1_0
GListStore *xml_rpc_list_store_new_from_array (GType       item_type,
                                               GVariant   *array,
                                               GError    **error);

G_END_DECLS
