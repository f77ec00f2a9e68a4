/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Whether every reader sees the same request: 0, or an HTTP status, and then @why says
 * what is wrong. */
guint xml_rpc_framing_check (SoupServerMessage  *message,
                             const char        **why);

/* Of a request that is not ours: closes the connection behind the response if the end of
 * the request is not certain. */
void  xml_rpc_framing_guard (SoupServerMessage  *message);

G_END_DECLS
