/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "../variant/xml-rpc-variant-writer-private.h"
#include "../xml-rpc-limits-private.h"
#include "xml-rpc-base64-private.h"
#include "xml-rpc-element-private.h"

G_BEGIN_DECLS

/* What to do with text, by the innermost open element. */
typedef enum
{
  XML_RPC_TEXT_IS_BLANK,     /* white space between elements */
  XML_RPC_TEXT_IS_VALUE,     /* a value without a type: a string unless an element follows */
  XML_RPC_TEXT_IS_STRING,    /* goes straight to its place in the result */
  XML_RPC_TEXT_IS_BASE64,    /* goes there decoded */
  XML_RPC_TEXT_IS_COLLECTED, /* until the element ends */
} XmlRpcTextMode;

/* An open element, <value> or within one. */
typedef struct
{
  XmlRpcElement              element;
  XmlRpcTextMode             text_mode;
  /* Of a value, or of the next child of an array, a struct, a member. NULL:
   * natural types. */
  const XmlRpcVariantLayout *layout;
  const XmlRpcVariantLayout *end;           /* a tuple's: behind the layout of its last child */
  const XmlRpcVariantLayout *key;           /* a member's: of its name */
  const XmlRpcVariantLayout *content;       /* a value's: within maybes and variants */
  guint                      n_wrappers;    /* these maybes and variants, while they are open */
  guint                      is_container : 1; /* a struct: it is an array of entries, not one entry */
  guint                      has_value : 1; /* a value: its type; a member: its value; an array: its data */
  guint                      has_text : 1;  /* a value */
  guint                      has_name : 1;  /* a member */
  guint                      index;         /* children so far */
  gsize                      start;         /* in the buffer: of text, of a member's name */
  XmlRpcVariantWriterMark    mark;          /* before a value; set for that only */
} XmlRpcValueDecoderFrame;

/* An array or a struct has three elements (value, array, data), and within the
 * innermost stand a value and its type. */
#define XML_RPC_VALUE_DECODER_MAX_FRAMES (3 * XML_RPC_MAX_NESTING + 2)

/* Writes what <value> elements stand for. The elements and the text within one
 * are handed over in the order of the document; the caller has seen to it that
 * each element belongs in the one around it. */
typedef struct
{
  XmlRpcVariantWriter        writer;
  const XmlRpcVariantLayout *result;   /* of the last value that nothing was open around */
  GError                    *error;    /* once set there is no more to do; says what, not where */
  XmlRpcBuffer               text;     /* collected */
  XmlRpcBase64Decoder        base64;
  guint                      nesting;
  XmlRpcValueDecoderFrame   *top;      /* the innermost open element; the first frame if there is none */
  XmlRpcValueDecoderFrame    frames[1 + XML_RPC_VALUE_DECODER_MAX_FRAMES];
} XmlRpcValueDecoder;

void          xml_rpc_value_decoder_init          (XmlRpcValueDecoder        *self);
void          xml_rpc_value_decoder_clear         (XmlRpcValueDecoder        *self);

/* FALSE if no value could be read into the type, which callers find out first. */
gboolean      xml_rpc_value_decoder_check_type    (const XmlRpcVariantLayout *type,
                                                   GError                   **error);

/* A <value> of its own, of any natural type if @layout is NULL. */
void          xml_rpc_value_decoder_begin         (XmlRpcValueDecoder        *self,
                                                   const XmlRpcVariantLayout *layout);
/* A value of its own that is not there: nil. */
void          xml_rpc_value_decoder_add_nothing   (XmlRpcValueDecoder        *self,
                                                   const XmlRpcVariantLayout *layout);

void          xml_rpc_value_decoder_start_element (XmlRpcValueDecoder        *self,
                                                   XmlRpcElement              element);
void          xml_rpc_value_decoder_end_element   (XmlRpcValueDecoder        *self);
void          xml_rpc_value_decoder_add_text      (XmlRpcValueDecoder        *self,
                                                   const char                *text,
                                                   gsize                      length);

/* Takes text that is not parsed as far as it can have no markup: only of binaries.
 * Returns how much. */
gsize         xml_rpc_value_decoder_add_raw_text  (XmlRpcValueDecoder        *self,
                                                   const char                *text,
                                                   gsize                      length);

static inline gboolean
xml_rpc_value_decoder_is_open (const XmlRpcValueDecoder *self)
{
  return self->top > self->frames;
}

/* The innermost open element. */
static inline XmlRpcElement
xml_rpc_value_decoder_get_element (const XmlRpcValueDecoder *self)
{
  return self->top->element;
}

/* Where in the value that is, such as "[3].date". */
void          xml_rpc_value_decoder_append_place  (XmlRpcValueDecoder        *self,
                                                   GString                   *path);

G_END_DECLS
