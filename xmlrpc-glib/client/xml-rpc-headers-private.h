/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Headers that a program wants to be sent: a GVariant "a(ss)" of names and values, or
 * NULL for none. Names are the same in any case. */

/* Fails if one cannot be sent, or is not a program's to send. */
gboolean    xml_rpc_headers_check  (GVariant     *headers,
                                    GError      **error);
/* The same without all of a name, and with it once if there is a value; NULL if none is
 * left. A reference of the caller's. */
GVariant   *xml_rpc_headers_set    (GVariant     *headers,
                                    const char   *name,
                                    const char   *value);
GVariant   *xml_rpc_headers_add    (GVariant     *headers,
                                    const char   *name,
                                    const char   *value);
/* The first of a name, or NULL. */
const char *xml_rpc_headers_lookup (GVariant     *headers,
                                    const char   *name);
/* In place of what a message had under these names. */
void        xml_rpc_headers_apply  (GVariant     *headers,
                                    SoupMessage  *message);

G_END_DECLS
