/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Takes the body of a response, and returns it as the client wants it to be sent:
 * compressed, or as it is. The headers say which. */
GBytes *xml_rpc_response_encode   (SoupServerMessage *message,
                                   GBytes            *body);
void    xml_rpc_response_set      (SoupServerMessage *message,
                                   GBytes            *body);

/* As many responses wait for their clients as may. */
void    xml_rpc_response_set_busy (SoupServerMessage *message);

G_END_DECLS
