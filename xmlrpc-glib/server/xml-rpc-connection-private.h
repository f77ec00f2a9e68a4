/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* From now on, closes each connection of it that its client closes between two
 * requests. May be called more than once. */
void     xml_rpc_connections_watch         (SoupServer        *soup_server);

/* Whether the connection of a message may have requests: it had some before, or there are
 * no more than @max_connections to its SoupServer now. 0: any number. */
gboolean xml_rpc_connection_is_admitted    (SoupServerMessage *message,
                                            guint              max_connections);

/* Ends the connection of a message with a reset, which makes the kernel drop what it still
 * has for the client. */
void     xml_rpc_connection_break          (SoupServerMessage *message);

G_END_DECLS
