/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define XML_RPC_TYPE_SCGI_STREAM (xml_rpc_scgi_stream_get_type ())
G_DECLARE_FINAL_TYPE (XmlRpcScgiStream, xml_rpc_scgi_stream, XML_RPC, SCGI_STREAM, GInputStream)

/* The body of a response, which can be polled as those of libsoup can. It begins with what
 * was read behind the head, and ends after @length bytes, or with the connection if @length
 * is negative. Closed, it closes the connection. */
GInputStream *xml_rpc_scgi_stream_new (GIOStream *connection,
                                       GBytes    *begin,
                                       goffset    length);

G_END_DECLS
