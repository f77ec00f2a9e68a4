/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Decompresses what arrives in pieces: GZlibDecompressor turned around. */
typedef struct _XmlRpcInflater XmlRpcInflater;

/* Takes the next decompressed bytes; FALSE stops. */
typedef gboolean (*XmlRpcInflaterFunc) (gpointer      user_data,
                                        const guint8 *data,
                                        gsize         length,
                                        GError      **error);

/* Whether there is one for a Content-Encoding. */
gboolean        xml_rpc_inflater_knows  (const char          *content_encoding);
/* NULL if the Content-Encoding is not known. */
XmlRpcInflater *xml_rpc_inflater_new    (const char          *content_encoding,
                                         XmlRpcInflaterFunc   func,
                                         gpointer             user_data);
void            xml_rpc_inflater_free   (XmlRpcInflater      *self);

gboolean        xml_rpc_inflater_feed   (XmlRpcInflater      *self,
                                         const guint8        *data,
                                         gsize                length,
                                         GError             **error);
/* Whether the end of the compressed data was there. */
gboolean        xml_rpc_inflater_finish (XmlRpcInflater      *self,
                                         GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmlRpcInflater, xml_rpc_inflater_free)

G_END_DECLS
