/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-xml-sink-private.h"

G_BEGIN_DECLS

/* Reads one XML-RPC message, handed over piece by piece as it arrives, and
 * writes the value in it as it comes: a GVariant, in its serialised form, or JSON. */
typedef struct _XmlRpcDecoder XmlRpcDecoder;

/* NULL: the natural types; an indefinite type: they, if they fit it. */
XmlRpcDecoder *xml_rpc_decoder_new_call        (const GVariantType  *params_type);
XmlRpcDecoder *xml_rpc_decoder_new_response    (const GVariantType  *type);
/* Of natural types. */
XmlRpcDecoder *xml_rpc_decoder_new_response_to_json (void);
void           xml_rpc_decoder_free            (XmlRpcDecoder       *self);

/* The charset of the Content-Type header, before any data: it outranks the XML
 * declaration (RFC 7303, section 3). NULL is allowed, and does nothing. */
void           xml_rpc_decoder_set_charset     (XmlRpcDecoder       *self,
                                                const char          *charset);

/* Before any data: how many values there may be, those within others included; 0 for
 * any number. */
void           xml_rpc_decoder_set_max_values  (XmlRpcDecoder       *self,
                                                guint                max_values);

/* Before any data: the same comes out, only later. For tests. */
void           xml_rpc_decoder_disable_scanner (XmlRpcDecoder       *self);

/* Once this has failed there is no more to come: it fails in the same way
 * again, and so do the functions that finish. */
gboolean       xml_rpc_decoder_feed            (XmlRpcDecoder       *self,
                                                const void          *data,
                                                gsize                length,
                                                GError             **error);

/* When it has failed. */
XmlRpcFlaw     xml_rpc_decoder_get_flaw        (XmlRpcDecoder       *self);

gboolean       xml_rpc_decoder_finish_call     (XmlRpcDecoder       *self,
                                                char               **method_name,
                                                GVariant           **params,
                                                GError             **error);
/* A fault is an XML_RPC_FAULT error. */
GVariant      *xml_rpc_decoder_finish_response (XmlRpcDecoder       *self,
                                                GError             **error);
/* With a zero byte at the end. */
GBytes        *xml_rpc_decoder_finish_response_to_json (XmlRpcDecoder  *self,
                                                        GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmlRpcDecoder, xml_rpc_decoder_free)

G_END_DECLS
