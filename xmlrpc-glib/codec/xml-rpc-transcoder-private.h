/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "../variant/xml-rpc-buffer-private.h"
#include "xml-rpc-xml-sink-private.h"

G_BEGIN_DECLS

/* Takes a part of the document in UTF-8. */
typedef void (*XmlRpcTranscoderFunc) (gpointer    user_data,
                                      const char *text,
                                      gsize       length);

/* Finds out the encoding of a document that arrives in pieces, and makes UTF-8 of it.
 * What is said to be UTF-8 is passed on as it is. */
typedef struct
{
  XmlRpcTranscoderFunc  func;
  gpointer              user_data;
  char                 *charset;     /* of the Content-Type header; NULL: none that is known */
  gboolean              has_begun;   /* the first bytes are known */
  gboolean              has_blanks;  /* before the declaration */
  gboolean              is_decided;
  XmlRpcFlaw            flaw;        /* of the last error */
  GIConv                converter;   /* NULL: none is needed */
  XmlRpcBuffer          held;        /* until the encoding is known, or a character is whole */
} XmlRpcTranscoder;

void     xml_rpc_transcoder_init        (XmlRpcTranscoder      *self,
                                         XmlRpcTranscoderFunc   func,
                                         gpointer               user_data);
void     xml_rpc_transcoder_clear       (XmlRpcTranscoder      *self);

/* Before any data. A name that is not known counts as none. */
void     xml_rpc_transcoder_set_charset (XmlRpcTranscoder      *self,
                                         const char            *charset);

/* Errors do not say where. */
gboolean xml_rpc_transcoder_feed        (XmlRpcTranscoder      *self,
                                         const char            *data,
                                         gsize                  length,
                                         GError               **error);
gboolean xml_rpc_transcoder_finish      (XmlRpcTranscoder      *self,
                                         GError               **error);

G_END_DECLS
