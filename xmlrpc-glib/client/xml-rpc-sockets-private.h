/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* The sockets of a session's connections, which libsoup does not show.
 *
 * Corked, a socket lets the head and the body of a request leave together. libsoup
 * writes one after the other, and each would be a packet of its own: twice the work
 * here, and a server that wakes up for a head without a body. */
typedef struct _XmlRpcSockets XmlRpcSockets;

XmlRpcSockets *xml_rpc_sockets_new      (void);
void           xml_rpc_sockets_free     (XmlRpcSockets *self);

/* From a new connection of the message on. */
void           xml_rpc_sockets_add      (XmlRpcSockets *self,
                                         SoupMessage   *message,
                                         GIOStream     *connection);
/* NULL if it was not added. */
GSocket       *xml_rpc_sockets_dup      (XmlRpcSockets *self,
                                         SoupMessage   *message);

/* Around what is written to it. A socket that was not added holds nothing back. */
gboolean       xml_rpc_sockets_can_cork (void);
void           xml_rpc_sockets_cork     (XmlRpcSockets *self,
                                         SoupMessage   *message);
void           xml_rpc_sockets_uncork   (XmlRpcSockets *self,
                                         SoupMessage   *message);

G_END_DECLS
