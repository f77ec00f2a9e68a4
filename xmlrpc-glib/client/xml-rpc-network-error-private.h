/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Says in an error of GIO or libsoup what the server at @host did wrong, where they do
 * not: FALSE if they do. */
gboolean xml_rpc_network_error_explain (GError      **error,
                                        SoupMessage  *message,
                                        const char   *host);

G_END_DECLS
