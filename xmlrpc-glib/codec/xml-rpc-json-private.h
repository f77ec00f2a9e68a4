/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-json.h"

G_BEGIN_DECLS

/* Reads an array of parameters as a tuple. */
GVariant *xml_rpc_json_read_params (const char  *json,
                                    GError     **error);

G_END_DECLS
