/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-sink-private.h"

G_BEGIN_DECLS

/* The sources and the sinks that need nothing beside an XmlRpcSink. XmlRpcFromXml and
 * XmlRpcToVariant have types, and headers, of their own. */

/* Tell a sink one value, or each child of a tuple and each item of a JSON array as a
 * parameter. They end where the sink has failed. */
void  xml_rpc_from_variant_tell_value  (GVariant   *value,
                                        XmlRpcSink *sink);
void  xml_rpc_from_variant_tell_params (GVariant   *params,
                                        XmlRpcSink *sink);
void  xml_rpc_from_json_tell_value     (const char *json,
                                        gssize      length,
                                        XmlRpcSink *sink);
void  xml_rpc_from_json_tell_params    (const char *json,
                                        XmlRpcSink *sink);

/* A sink that writes a <value> for each value, within a <param> if it is a parameter. */
extern const XmlRpcSinkOps xml_rpc_to_xml_ops;
/* Text outside of values, which need not be UTF-8. */
void  xml_rpc_to_xml_add_string        (XmlRpcSink *self,
                                        const char *text);

/* The name of the object that stands for the values of a response that has several. */
#define XML_RPC_JSON_VALUES "$params"

/* A sink that writes one value as JSON. */
extern const XmlRpcSinkOps xml_rpc_to_json_ops;
/* What was written, unless something failed. */
char   *xml_rpc_to_json_end            (XmlRpcSink *self);
/* The same without copying it, which takes long for a large text; ends with a zero byte. */
GBytes *xml_rpc_to_json_end_as_bytes   (XmlRpcSink *self);
/* Several values in one object; ends with a zero byte, too. */
GBytes *xml_rpc_to_json_end_values     (XmlRpcSink *self);

G_END_DECLS
