/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* For a message that has just begun: closes its connection when the client does,
 * after the answer and before a next request. */
void xml_rpc_hang_up_watch (SoupServerMessage *message);

G_END_DECLS
