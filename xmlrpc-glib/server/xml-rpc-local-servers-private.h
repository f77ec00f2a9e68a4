/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <libsoup/soup.h>

#include "../client/xml-rpc-uri-private.h"

G_BEGIN_DECLS

/* The servers of this process, for synchronous calls, which would wait for ever for one
 * that runs in their own thread. Each server that was added is removed once. */
void      xml_rpc_local_servers_add     (SoupServer       *soup_server);
void      xml_rpc_local_servers_remove  (SoupServer       *soup_server);

/* Whether the server of @uri can answer while this thread waits. @timeout is in
 * milliseconds, 0 for any time. */
gboolean  xml_rpc_local_servers_check   (const XmlRpcUri  *uri,
                                         guint             timeout,
                                         GCancellable     *cancellable,
                                         GError          **error);

G_END_DECLS
