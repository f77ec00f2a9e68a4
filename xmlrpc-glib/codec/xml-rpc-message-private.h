/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <xmlrpc-glib/xml-rpc-message.h>

G_BEGIN_DECLS

/* Like xml_rpc_encode_call(), with the parameters as an array of JSON, NULL for none. */
GBytes *xml_rpc_encode_call_from_json (const char  *method_name,
                                       const char  *params,
                                       GError     **error);

G_END_DECLS
