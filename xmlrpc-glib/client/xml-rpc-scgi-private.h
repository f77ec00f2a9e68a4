/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <libsoup/soup.h>

#include "xml-rpc-uri-private.h"

G_BEGIN_DECLS

/* One request by SCGI, on a connection of its own: what soup_session_send() and a
 * SoupMessage are for HTTP. */
typedef struct _XmlRpcScgi XmlRpcScgi;

/* Borrows @uri; @headers are "a(ss)", or NULL. */
XmlRpcScgi         *xml_rpc_scgi_new              (const XmlRpcUri     *uri,
                                                   GVariant            *headers,
                                                   GBytes              *body);
void                xml_rpc_scgi_free             (XmlRpcScgi          *self);

/* The body of the response, when its head has come. */
GInputStream       *xml_rpc_scgi_send             (XmlRpcScgi          *self,
                                                   GCancellable        *cancellable,
                                                   GError             **error);
/* Borrows what it gets until the callback is called. */
void                xml_rpc_scgi_send_async       (XmlRpcScgi          *self,
                                                   GCancellable        *cancellable,
                                                   GAsyncReadyCallback  callback,
                                                   gpointer             user_data);
GInputStream       *xml_rpc_scgi_send_finish      (XmlRpcScgi          *self,
                                                   GAsyncResult        *result,
                                                   GError             **error);

/* Whether anything was sent, or has come. */
gboolean            xml_rpc_scgi_is_request_begun (const XmlRpcScgi    *self);
gboolean            xml_rpc_scgi_is_reply_begun   (const XmlRpcScgi    *self);
/* Of the response: 0 and NULL before that. */
guint               xml_rpc_scgi_get_status       (const XmlRpcScgi    *self);
const char         *xml_rpc_scgi_get_reason       (const XmlRpcScgi    *self);
SoupMessageHeaders *xml_rpc_scgi_get_headers      (const XmlRpcScgi    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmlRpcScgi, xml_rpc_scgi_free)

G_END_DECLS
