/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A value that was decoded to its natural type, as decoding it with an expected
 * type would have given it, with the same errors. NULL @type: as it is. Returns
 * a reference of the caller's. */
GVariant *xml_rpc_convert (GVariant            *natural,
                           const GVariantType  *type,
                           GError             **error);

G_END_DECLS
