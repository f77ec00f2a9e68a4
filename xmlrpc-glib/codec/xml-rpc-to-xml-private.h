/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-sink-private.h"

G_BEGIN_DECLS

/* Writes a <value> for each value, within a <param> if it is a parameter. */
typedef struct
{
  XmlRpcSink           sink;
  XmlRpcBuffer         out;
  const XmlRpcType    *type;     /* of the open text */
  XmlRpcBuffer         room;     /* for bytes that are not encoded yet */
} XmlRpcToXml;

void xml_rpc_to_xml_init       (XmlRpcToXml *self);
void xml_rpc_to_xml_clear      (XmlRpcToXml *self);

/* Text outside of values, which need not be UTF-8. */
void xml_rpc_to_xml_add_string (XmlRpcToXml *self,
                                const char  *text);

/* What is XML already. */
#define xml_rpc_to_xml_add_literal(self, literal) \
  xml_rpc_buffer_append (&(self)->out, (literal), sizeof (literal) - 1)

G_END_DECLS
