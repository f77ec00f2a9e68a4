/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* From now on, closes each connection of it that its client closes between two
 * requests. May be called more than once. */
void xml_rpc_connections_watch (SoupServer *soup_server);

G_END_DECLS
