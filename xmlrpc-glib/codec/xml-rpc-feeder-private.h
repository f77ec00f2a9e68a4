/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-xml-sink-private.h"

G_BEGIN_DECLS

/* Any XML in UTF-8, read by libxml2. */
typedef struct _XmlRpcFeeder XmlRpcFeeder;

XmlRpcFeeder *xml_rpc_feeder_new           (XmlRpcXmlSink *sink,
                                            guint          line);
void          xml_rpc_feeder_free          (XmlRpcFeeder  *self);

/* The beginning of the document, of which there are events already. */
void          xml_rpc_feeder_resume        (XmlRpcFeeder  *self,
                                            const char    *xml,
                                            guint          n_starts,
                                            guint          n_ends,
                                            gboolean       is_cdata);
void          xml_rpc_feeder_feed          (XmlRpcFeeder  *self,
                                            const char    *data,
                                            gsize          length);
/* Gives all events of what has been fed, if it is not followed by more than an error:
 * libxml2 keeps a text until it sees what is behind it. */
void          xml_rpc_feeder_flush         (XmlRpcFeeder  *self);
void          xml_rpc_feeder_finish        (XmlRpcFeeder  *self);

guint         xml_rpc_feeder_get_line      (XmlRpcFeeder  *self);

G_END_DECLS
