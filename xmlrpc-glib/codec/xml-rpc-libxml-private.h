/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-xml-sink-private.h"

G_BEGIN_DECLS

/* libxml2's push parser, with all closed that XML-RPC does not need (document types
 * and entities, the network, output on stderr). It gets UTF-8 that begins with a byte order
 * mark: without one it may guess another encoding from the first bytes. */
typedef struct _XmlRpcLibxml XmlRpcLibxml;

XmlRpcLibxml *xml_rpc_libxml_new       (XmlRpcXmlSink *sink,
                                        guint          line);
void          xml_rpc_libxml_free      (XmlRpcLibxml  *self);

/* Takes no events of what the first elements are, which somebody else has seen. */
void          xml_rpc_libxml_mute      (XmlRpcLibxml  *self,
                                        guint          n_starts,
                                        guint          n_ends);
void          xml_rpc_libxml_parse     (XmlRpcLibxml  *self,
                                        const char    *data,
                                        gsize          length);
/* No more comes than what is parsed until it is finished: what is wrong with that is
 * that it is not whole. */
void          xml_rpc_libxml_begin_end (XmlRpcLibxml  *self);
void          xml_rpc_libxml_finish    (XmlRpcLibxml  *self);

/* Of what it has got. */
gboolean      xml_rpc_libxml_has_root  (XmlRpcLibxml  *self);
gboolean      xml_rpc_libxml_is_in_root (XmlRpcLibxml *self);

guint         xml_rpc_libxml_get_line  (XmlRpcLibxml  *self);
/* Lines that it does not get to see. */
void          xml_rpc_libxml_add_lines (XmlRpcLibxml  *self,
                                        guint          n);

G_END_DECLS
