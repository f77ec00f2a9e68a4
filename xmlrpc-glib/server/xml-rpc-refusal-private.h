/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Answers with an HTTP status and closes the connection, wherever in the
 * request the client is: SoupServer itself reads a request to its end before
 * it answers, however long that is. */
void xml_rpc_refuse (SoupServerMessage *message,
                     guint              status);

G_END_DECLS
