/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-sink-private.h"

G_BEGIN_DECLS

/* Writes one value as JSON. */
typedef struct
{
  XmlRpcSink           sink;
  XmlRpcBuffer         out;
  XmlRpcBuffer         room;     /* for bytes that are not encoded yet */
  const XmlRpcType    *type;      /* of the open text */
  guint64              wrapped;   /* bits of the open structs, by their nesting, that are in a "$struct" */
} XmlRpcToJson;

void  xml_rpc_to_json_init  (XmlRpcToJson *self);
void  xml_rpc_to_json_clear (XmlRpcToJson *self);

/* What was written, unless something failed. */
char *xml_rpc_to_json_end   (XmlRpcToJson *self);

G_END_DECLS
