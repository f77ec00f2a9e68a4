/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-service-private.h"
#include "xml-rpc-timeouts-private.h"

G_BEGIN_DECLS

/* A response that waits for its client. Its bytes count for the server's backlog until the
 * last one is written, and a client that takes none of them for too long loses its
 * connection. */

/* Whether the server has room for a response of this size. */
gboolean xml_rpc_delivery_fits  (const XmlRpcService *service,
                                 gsize                size);
/* Whether it has room for none, however small. */
gboolean xml_rpc_delivery_is_full (const XmlRpcService *service);

/* When the response is about to be written. */
void     xml_rpc_delivery_begin (XmlRpcService       *service,
                                 XmlRpcTimeouts      *timeouts,
                                 SoupServerMessage   *message,
                                 gsize                size);
/* When the request of any message has ended, however that was. */
void     xml_rpc_delivery_end   (SoupServerMessage   *message);

G_END_DECLS
