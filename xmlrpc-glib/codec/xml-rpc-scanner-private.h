/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "../variant/xml-rpc-buffer-private.h"
#include "xml-rpc-open-elements-private.h"
#include "xml-rpc-xml-sink-private.h"

G_BEGIN_DECLS

typedef enum
{
  XML_RPC_SCANNER_START,    /* nothing has been read */
  XML_RPC_SCANNER_PROLOG,   /* before the root */
  XML_RPC_SCANNER_CONTENT,  /* within it */
  XML_RPC_SCANNER_CDATA,    /* within it, in a CDATA section */
  XML_RPC_SCANNER_EPILOG,   /* behind it */
} XmlRpcScannerState;

/* Reads XML that is plain (the .c file says what that is), and leaves the rest of
 * the message to another parser where it is not. */
typedef struct
{
  XmlRpcXmlSink      *sink;
  XmlRpcScannerState  state;
  gboolean            is_plain;
  XmlRpcOpenElements  open;
  XmlRpcBuffer        held;       /* the beginning of a token, until the rest of it comes */
  XmlRpcBuffer        prefix;     /* the only one that is plain, once there is one */
  XmlRpcBuffer        attributes; /* the same for attributes, as they stand in a tag */
  const char         *counted;    /* lines were counted up to here */
  const char         *position;
  guint               line;       /* that of counted */
} XmlRpcScanner;

void     xml_rpc_scanner_init       (XmlRpcScanner *self,
                                     XmlRpcXmlSink *sink);
void     xml_rpc_scanner_clear      (XmlRpcScanner *self);

/* Returns how many bytes were taken: all, or those before a token that is not
 * plain. What is held is then a part of that token. */
gsize    xml_rpc_scanner_feed       (XmlRpcScanner *self,
                                     const char    *data,
                                     gsize          length);

guint    xml_rpc_scanner_get_line   (XmlRpcScanner *self);

static inline gboolean
xml_rpc_scanner_is_complete (const XmlRpcScanner *self)
{
  return self->state == XML_RPC_SCANNER_EPILOG && self->held.length == 0;
}

G_END_DECLS
