/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Shows what a session sends and receives on standard error, without passwords. */
void gxmlrpc_trace_begin (SoupSession *session);
/* The same for one message, of which the session does not tell all in time. */
void gxmlrpc_trace_watch (SoupMessage *message);

G_END_DECLS
