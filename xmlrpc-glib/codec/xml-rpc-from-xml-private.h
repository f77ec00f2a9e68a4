/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-base64-private.h"
#include "xml-rpc-element-private.h"
#include "xml-rpc-sink-private.h"

G_BEGIN_DECLS

/* What to do with text, by the innermost open element. */
typedef enum
{
  XML_RPC_TEXT_IS_BLANK,     /* white space between elements */
  XML_RPC_TEXT_IS_IMPLIED,   /* likewise, in an element that was left out */
  XML_RPC_TEXT_IS_VALUE,     /* a value without a type: a string unless an element follows */
  XML_RPC_TEXT_IS_TEXT,      /* the sink's, as it comes */
  XML_RPC_TEXT_IS_BASE64,    /* the sink's, decoded */
  XML_RPC_TEXT_IS_NAME,      /* a member's */
  XML_RPC_TEXT_IS_COLLECTED, /* until the element ends */
} XmlRpcTextMode;

/* An open element, <value> or within one. */
typedef struct
{
  guint8 element;
  guint8 text_mode;
  guint8 has_value;   /* a value: its type; a member: its value; an array: its data */
  guint8 has_text;    /* a value: text other than white space; a member: its name */
} XmlRpcFromXmlFrame;

/* An array or a struct has three elements (value, array, data), and within the
 * innermost stand a value and its type. A fault, in one place, has up to three more. */
#define XML_RPC_FROM_XML_MAX_FRAMES (3 * XML_RPC_MAX_NESTING + 2 + 3)

/* Tells a sink what <value> elements stand for. The elements and the text within one
 * are handed over in the order of the document; the caller has seen to it that each
 * element belongs in the one around it, and stops when the sink has failed. */
typedef struct
{
  XmlRpcSink          *sink;
  XmlRpcBuffer         text;       /* collected; of a value, the white space it begins with */
  XmlRpcBase64Decoder  base64;
  gsize                n_values;   /* so far, in all */
  gsize                max_values; /* how many there may be */
  XmlRpcFromXmlFrame  *top;        /* the innermost open element; the first frame if there is none */
  XmlRpcFromXmlFrame   frames[1 + XML_RPC_FROM_XML_MAX_FRAMES];
} XmlRpcFromXml;

/* The sink is set before each value of its own. */
void  xml_rpc_from_xml_init          (XmlRpcFromXml *self);
void  xml_rpc_from_xml_clear         (XmlRpcFromXml *self);

/* A <value> of its own. */
void  xml_rpc_from_xml_begin         (XmlRpcFromXml *self);
void  xml_rpc_from_xml_start_element (XmlRpcFromXml *self,
                                      XmlRpcElement  element);
void  xml_rpc_from_xml_end_element   (XmlRpcFromXml *self);
/* An element that was left out: <data>; or a <value> that the element is in that began last,
 * and that ends with this. */
void  xml_rpc_from_xml_imply_data    (XmlRpcFromXml *self);
void  xml_rpc_from_xml_imply_value   (XmlRpcFromXml *self);
/* Whether a <fault> may begin: in an item of an array that is not in another, which the
 * result of system.multicall is. */
gboolean xml_rpc_from_xml_takes_fault (XmlRpcFromXml *self);
void  xml_rpc_from_xml_add_text      (XmlRpcFromXml *self,
                                      const char    *text,
                                      gsize          length);
/* Takes text that is not parsed as far as it can have no markup: only of binaries.
 * Returns how much. */
gsize xml_rpc_from_xml_add_raw_text  (XmlRpcFromXml *self,
                                      const char    *text,
                                      gsize          length);

static inline gboolean
xml_rpc_from_xml_is_open (const XmlRpcFromXml *self)
{
  return self->top > self->frames;
}

/* The innermost open element. */
static inline XmlRpcElement
xml_rpc_from_xml_get_element (const XmlRpcFromXml *self)
{
  return (XmlRpcElement) self->top->element;
}

G_END_DECLS
