/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-sink-private.h"

G_BEGIN_DECLS

/* Tell a sink a JSON text (RFC 8259): as one value, or each item of an array as a
 * parameter. They end where the sink has failed. */
void xml_rpc_from_json_tell_value  (const char *json,
                                    gssize      length,
                                    XmlRpcSink *sink);
void xml_rpc_from_json_tell_params (const char *json,
                                    XmlRpcSink *sink);

G_END_DECLS
