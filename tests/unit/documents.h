/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "codec/xml-rpc-decoder-private.h"

G_BEGIN_DECLS

/* A message, and what is to be read from it: a value or an error. */
typedef struct
{
  const char *name;
  const char *xml;
  const char *encoding;  /* of the bytes; NULL: UTF-8 */
  const char *charset;   /* of the Content-Type header */
  const char *type;      /* expected; NULL: natural types */
  const char *value;     /* GVariant text, of a call as (method name, params); NULL: an error */
  int         code;
  const char *message;   /* * stands for any text */
  gboolean    is_call;
  gboolean    is_fault;  /* the error is the server's */
} Document;

/* Ends of a message around a <value>, which stands in line 4. */
#define RESPONSE(value) \
  "<?xml version=\"1.0\"?>\n<methodResponse>\n<params>\n<param>" value "</param>\n</params>\n</methodResponse>\n"
#define CALL(params) \
  "<?xml version=\"1.0\"?>\n<methodCall>\n<methodName>a.b</methodName>\n<params>" params "</params>\n</methodCall>\n"
#define VALUE(content) RESPONSE ("<value>" content "</value>")
#define ITEMS(values)  VALUE ("<array><data>" values "</data></array>")
#define MEMBERS(members) VALUE ("<struct>" members "</struct>")
#define MEMBER(name, content) "<member><name>" name "</name><value>" content "</value></member>"
#define INT(number) "<value><int>" number "</int></value>"
#define DATE(text) "<dateTime.iso8601>" text "</dateTime.iso8601>"

extern const Document documents_natural[];  /* what each type is without an expected one */
extern const Document documents_liberal[];  /* what others write, and XML allows */
extern const Document documents_typed[];    /* expected types */
extern const Document documents_broken[];   /* errors */

GBytes        *document_get_bytes   (const Document    *self);
XmlRpcDecoder *document_new_decoder (const Document    *self);
/* Fed in pieces of this size after a first one of its own. */
GVariant      *document_decode      (const Document    *self,
                                     gsize              first,
                                     gsize              others,
                                     GError           **error);
GVariant      *document_decode_without_scanner
                                    (const Document    *self,
                                     gsize              first,
                                     gsize              others,
                                     GError           **error);
void           document_assert      (const Document    *self,
                                     GVariant          *value,
                                     const GError      *error);
void           documents_for_each   (const Document    *table,
                                     const char        *path,
                                     GTestDataFunc      func);
void           document_test        (gconstpointer      document);

/* What has been decoded; a call is (method name, params). */
GVariant      *decoder_finish       (XmlRpcDecoder      *decoder,
                                     gboolean            is_call,
                                     GError            **error);

/* The value of a response that is to be read without an error, and the body of
 * one that is to be written so. */
GVariant      *decode_value         (const char        *xml,
                                     const char        *type);
GVariant      *decode_naturally     (GBytes            *body);
GBytes        *encode_value         (GVariant          *value);

G_END_DECLS
