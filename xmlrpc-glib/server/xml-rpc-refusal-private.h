/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Responses that are no XML-RPC: an HTTP status, and one line of text that says why, for
 * the person who looks for the reason. */

/* Sets that line. Where none was set, the status has one of its own. */
void xml_rpc_explain (SoupServerMessage *message,
                      const char        *format,
                      ...) G_GNUC_PRINTF (2, 3);

/* Answers with an HTTP status when SoupServer has read the request to its end. The
 * connection stays open. */
void xml_rpc_decline (SoupServerMessage *message,
                      guint              status);

/* Answers with an HTTP status and closes the connection, wherever in the
 * request the client is: SoupServer itself reads a request to its end before
 * it answers, however long that is. */
void xml_rpc_refuse  (SoupServerMessage *message,
                      guint              status);

G_END_DECLS
