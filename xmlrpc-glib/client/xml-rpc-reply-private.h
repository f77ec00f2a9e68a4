/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-call-options-private.h"
#include "xml-rpc-head-private.h"
#include "xml-rpc-uri-private.h"

G_BEGIN_DECLS

/* The answer to one call, as it comes in: what HTTP says, what the XML says, and
 * which of the two wins. */
typedef struct _XmlRpcReply XmlRpcReply;

/* Borrows what is in @head. With @wants_json there is no @type. */
XmlRpcReply *xml_rpc_reply_new    (const XmlRpcHead         *head,
                                   const XmlRpcUri          *uri,
                                   const GVariantType       *type,
                                   gboolean                  wants_json,
                                   const XmlRpcCallOptions  *options);
void         xml_rpc_reply_free   (XmlRpcReply              *self);

/* FALSE once the outcome is known and the rest of the body is of no use. */
gboolean     xml_rpc_reply_feed   (XmlRpcReply              *self,
                                   const void               *data,
                                   gsize                     length);
/* How many bytes to feed at most, so that they do not become too many when they are
 * decompressed; and how many there have been, decompressed. */
gsize        xml_rpc_reply_get_step (XmlRpcReply            *self);
guint64      xml_rpc_reply_get_size (XmlRpcReply            *self);
/* Whether more is read only to be quoted: then an error of reading does not count. */
gboolean     xml_rpc_reply_has_failed (XmlRpcReply          *self);
/* A GVariant, or a string of JSON if that was wanted. */
gpointer     xml_rpc_reply_finish (XmlRpcReply              *self,
                                   GError                  **error);

GError      *xml_rpc_reply_error_too_large (guint64          max_size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmlRpcReply, xml_rpc_reply_free)

G_END_DECLS
