/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "../variant/xml-rpc-buffer-private.h"

G_BEGIN_DECLS

/* Base64 (RFC 4648) as it stands in XML: in pieces cut anywhere, with white
 * space anywhere. */
typedef struct
{
  /* The characters of a group of four that has begun, six bits each. */
  guint32 bits;
  guint   n_characters;
  guint   n_padding;
  guint8  wrong;      /* the character that failed */
} XmlRpcBase64Decoder;

/* The room that feeding so many characters needs at most: up to three more may
 * be waiting from before. */
#define XML_RPC_BASE64_DECODED_MAX(length) (((length) + 3) / 4 * 3)

/* The room that finishing needs. */
#define XML_RPC_BASE64_FINISH_MAX 2

/* Exact. */
#define XML_RPC_BASE64_ENCODED_LENGTH(length) (((length) + 2) / 3 * 4)

void     xml_rpc_base64_decoder_init   (XmlRpcBase64Decoder *self);

/* FALSE at the first character that base64 does not have, or that stands where
 * it cannot, such as after the padding. Only whole groups are written, each of three bytes. */
gboolean xml_rpc_base64_decoder_feed   (XmlRpcBase64Decoder *self,
                                        const char          *text,
                                        gsize                length,
                                        guint8              *out,
                                        gsize               *n_written);

/* Only as far as there are characters of the alphabet and white space; returns how
 * many there were. */
gsize    xml_rpc_base64_decoder_feed_plain (XmlRpcBase64Decoder *self,
                                            const char          *text,
                                            gsize                length,
                                            guint8              *out,
                                            gsize               *n_written);

/* Writes the bytes of an incomplete last group. FALSE if the text cannot end
 * here. The padding may be missing, for many encoders leave it out, but not
 * half of it; bits that are left over do not matter. */
gboolean xml_rpc_base64_decoder_finish (XmlRpcBase64Decoder *self,
                                        guint8              *out,
                                        gsize               *n_written);

/* Without line breaks; returns the length. */
gsize    xml_rpc_base64_encode         (const guint8        *data,
                                        gsize                length,
                                        char                *out);

/* The same at the end of a buffer. */
void     xml_rpc_base64_encode_to_buffer (XmlRpcBuffer      *out,
                                          const guint8      *data,
                                          gsize              length);

G_END_DECLS
