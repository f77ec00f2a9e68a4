/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#if !defined (XML_RPC_INSIDE) && !defined (XML_RPC_COMPILATION)
#error "Only <xmlrpc-glib/xmlrpc-glib.h> can be included directly."
#endif

#include <xmlrpc-glib/xml-rpc-value.h>

G_BEGIN_DECLS

#define XML_RPC_TYPE_DATE_TIME (xml_rpc_date_time_get_type ())

XML_RPC_AVAILABLE_IN_1_0
_XML_RPC_DECLARE_VALUE_TYPE (XmlRpcDateTime, xml_rpc_date_time, DATE_TIME)

XML_RPC_AVAILABLE_IN_1_0
XmlRpcDateTime *xml_rpc_date_time_new                 (GDateTime       *date_time);
XML_RPC_AVAILABLE_IN_1_0
XmlRpcDateTime *xml_rpc_date_time_new_from_unix_utc   (gint64           seconds);
XML_RPC_AVAILABLE_IN_1_0
XmlRpcDateTime *xml_rpc_date_time_new_from_unix_local (gint64           seconds);
XML_RPC_AVAILABLE_IN_1_0
XmlRpcDateTime *xml_rpc_date_time_new_from_iso8601    (const char      *text,
                                                       GError         **error);
XML_RPC_AVAILABLE_IN_1_0
const char     *xml_rpc_date_time_get_iso8601         (XmlRpcDateTime  *self);
XML_RPC_AVAILABLE_IN_1_0
gboolean        xml_rpc_date_time_has_time_zone       (XmlRpcDateTime  *self);
XML_RPC_AVAILABLE_IN_1_0
GDateTime      *xml_rpc_date_time_to_date_time        (XmlRpcDateTime  *self,
                                                       GTimeZone       *assumed,
                                                       GError         **error);
XML_RPC_AVAILABLE_IN_1_0
gboolean        xml_rpc_date_time_to_unix             (XmlRpcDateTime  *self,
                                                       GTimeZone       *assumed,
                                                       gint64          *seconds,
                                                       GError         **error);

XML_RPC_AVAILABLE_IN_1_0
char           *xml_rpc_date_time_normalize           (const char      *text,
                                                       GTimeZone       *assumed);

XML_RPC_AVAILABLE_IN_1_0
GDateTime      *xml_rpc_variant_get_date_time         (GVariant        *value,
                                                       GTimeZone       *assumed,
                                                       GError         **error);
XML_RPC_AVAILABLE_IN_1_0
GDateTime      *xml_rpc_variant_lookup_date_time      (GVariant        *dict,
                                                       const char      *name,
                                                       GTimeZone       *assumed,
                                                       GError         **error);

G_END_DECLS
