/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-feeder-private.h"
#include "xml-rpc-scanner-private.h"
#include "xml-rpc-transcoder-private.h"

G_BEGIN_DECLS

/* How far the beginning of a document is known. */
typedef enum
{
  XML_RPC_PARSER_HAS_NOTHING,
  XML_RPC_PARSER_HAS_MARK,     /* of the byte order, and nothing else */
  XML_RPC_PARSER_HAS_BEGUN,
} XmlRpcParserProgress;

/* XML of any encoding that arrives in pieces, turned into events: plain XML by a
 * scanner of our own, and any other by libxml2. */
typedef struct
{
  XmlRpcXmlSink         sink;
  XmlRpcTranscoder      transcoder;
  XmlRpcScanner         scanner;
  XmlRpcFeeder         *feeder;      /* from where it is not plain */
  XmlRpcParserProgress  progress;
  guint                 n_mark;      /* bytes of a mark that is not whole */
} XmlRpcParser;

void     xml_rpc_parser_init            (XmlRpcParser           *self,
                                         const XmlRpcXmlEvents  *events,
                                         gpointer                user_data);
void     xml_rpc_parser_clear           (XmlRpcParser           *self);

/* Before any data. */
void     xml_rpc_parser_set_charset     (XmlRpcParser           *self,
                                         const char             *charset);
/* Likewise: all is read by libxml2, to compare. */
void     xml_rpc_parser_disable_scanner (XmlRpcParser           *self);

gboolean xml_rpc_parser_feed            (XmlRpcParser           *self,
                                         const char             *data,
                                         gsize                   length,
                                         GError                **error);
gboolean xml_rpc_parser_finish          (XmlRpcParser           *self,
                                         GError                **error);

guint    xml_rpc_parser_get_line        (XmlRpcParser           *self);
/* For events: no more of them come, and feed returns the error. The first
 * error counts. */
void     xml_rpc_parser_fail            (XmlRpcParser           *self,
                                         GError                 *error);

G_END_DECLS
