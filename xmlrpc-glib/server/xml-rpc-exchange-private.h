/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-service-private.h"
#include "xml-rpc-timeouts-private.h"

G_BEGIN_DECLS

/* One HTTP request and its answer. An exchange belongs to its message. */

/* When the first byte of a request is there, for each path of a server, NULL
 * for any: limits the time for all of it, unless it turns out to be for others
 * than XML-RPC servers. */
void xml_rpc_exchange_watch  (XmlRpcService     *service,
                              XmlRpcTimeouts    *timeouts,
                              SoupServerMessage *message,
                              const char        *path);
/* When the headers are there. */
void xml_rpc_exchange_begin  (XmlRpcService     *service,
                              XmlRpcTimeouts    *timeouts,
                              SoupServerMessage *message);
/* When all is there; @deliveries are for the response. */
void xml_rpc_exchange_answer (XmlRpcService     *service,
                              XmlRpcTimeouts    *deliveries,
                              SoupServerMessage *message);
/* How long the connection may be idle after this one, in milliseconds; 0 for ever, as it
 * may after a message that is no exchange. */
guint xml_rpc_exchange_get_idle_timeout (SoupServerMessage *message);
/* When the request of any message has ended, however that was. */
void xml_rpc_exchange_finish (SoupServerMessage *message);
/* When it is over, and the message is kept for other reasons. */
void xml_rpc_exchange_end    (SoupServerMessage *message);

G_END_DECLS
