/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-sink-private.h"

G_BEGIN_DECLS

/* Tell a sink a GVariant of any type that XML-RPC has a form for: as one value, or each
 * child of a tuple as a parameter. They end where the sink has failed. */
void xml_rpc_from_variant_tell_value  (GVariant   *value,
                                       XmlRpcSink *sink);
void xml_rpc_from_variant_tell_params (GVariant   *params,
                                       XmlRpcSink *sink);

G_END_DECLS
