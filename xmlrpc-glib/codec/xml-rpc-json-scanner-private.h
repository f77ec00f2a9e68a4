/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-sink-private.h"
#include "xml-rpc-text-private.h"

G_BEGIN_DECLS

/* The tokens of a JSON text (RFC 8259), which is UTF-8. What is wrong with it is told to the
 * sink. */
typedef struct
{
  XmlRpcSink *sink;
  const char *start;
  const char *position;
  const char *end;
} XmlRpcJsonScanner;

typedef struct
{
  const char *start;
  gsize       length;
  gboolean    is_whole;   /* without a point and an exponent */
} XmlRpcJsonNumber;

/* The next character behind white space; '\0' at the end. */
char     xml_rpc_json_scanner_peek        (XmlRpcJsonScanner  *self);
gboolean xml_rpc_json_scanner_skip_word   (XmlRpcJsonScanner  *self,
                                           const char         *word);
/* Always FALSE: what is next is not what was expected. */
gboolean xml_rpc_json_scanner_fail        (XmlRpcJsonScanner  *self,
                                           const char         *expected);
gboolean xml_rpc_json_scanner_read_number (XmlRpcJsonScanner  *self,
                                           XmlRpcJsonNumber   *number);
/* What a string stands for, in the text or in @room; NULL if there is none. */
const char *xml_rpc_json_scanner_read_string (XmlRpcJsonScanner *self,
                                              XmlRpcBuffer      *room,
                                              gsize             *length);
/* Whether an object whose brace is behind has one member, and the name of that
 * starts with '$'. Where the text is not JSON the answer does not matter. */
gboolean xml_rpc_json_scanner_is_at_form  (XmlRpcJsonScanner  *self);

/* Whether the next character was this one, which then is behind. */
static inline gboolean
xml_rpc_json_scanner_skip (XmlRpcJsonScanner *self,
                           char               character)
{
  if (self->position < self->end && xml_rpc_text_is_white (*self->position))
    xml_rpc_json_scanner_peek (self);
  if (self->position == self->end || *self->position != character)
    return FALSE;

  self->position++;
  return TRUE;
}

G_END_DECLS
