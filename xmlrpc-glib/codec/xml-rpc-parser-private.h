/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* XML that arrives in pieces, turned into events: libxml2's push parser with
 * all closed that XML-RPC does not need (document types and entities, the
 * network, output on stderr). */
typedef struct _XmlRpcParser XmlRpcParser;

/* What the parser calls. Names are as they stand there, with a prefix if they have
 * one. Text comes cut anywhere but within a character. */
typedef struct
{
  void (*start_element) (gpointer    user_data,
                         const char *name);
  void (*end_element)   (gpointer    user_data);
  void (*text)          (gpointer    user_data,
                         const char *text,
                         gsize       length);
  /* Text may be next, before it is parsed: takes what is text for certain, whatever
   * XML may say, from the beginning, and returns how much. */
  gsize (*raw_text)     (gpointer    user_data,
                         const char *data,
                         gsize       length);
} XmlRpcParserEvents;

XmlRpcParser *xml_rpc_parser_new         (const XmlRpcParserEvents  *events,
                                          gpointer                   user_data);
void          xml_rpc_parser_free        (XmlRpcParser              *self);

void          xml_rpc_parser_set_charset (XmlRpcParser              *self,
                                          const char                *charset);
gboolean      xml_rpc_parser_feed        (XmlRpcParser              *self,
                                          const char                *data,
                                          gsize                      length,
                                          GError                   **error);
gboolean      xml_rpc_parser_finish      (XmlRpcParser              *self,
                                          GError                   **error);

guint         xml_rpc_parser_get_line    (XmlRpcParser              *self);
/* For events: no more of them come, and feed returns the error. The first
 * error counts. */
void          xml_rpc_parser_fail        (XmlRpcParser              *self,
                                          GError                    *error);

G_END_DECLS
