/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Lets the head and the body of a request leave together. libsoup writes one after
 * the other, and each would be a packet of its own: twice the work here, and a
 * server that wakes up for a head without a body. */
typedef struct _XmlRpcCork XmlRpcCork;

/* NULL where sockets cannot be corked. */
XmlRpcCork *xml_rpc_cork_new     (void);
void        xml_rpc_cork_free    (XmlRpcCork  *self);

/* From a new connection of the message on, and around what is written to it. Of a
 * connection that was not added, nothing is held back. */
void        xml_rpc_cork_add     (XmlRpcCork  *self,
                                  SoupMessage *message,
                                  GIOStream   *connection);
void        xml_rpc_cork_hold    (XmlRpcCork  *self,
                                  SoupMessage *message);
void        xml_rpc_cork_release (XmlRpcCork  *self,
                                  SoupMessage *message);

G_END_DECLS
