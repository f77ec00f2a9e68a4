/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "../variant/xml-rpc-variant-writer-private.h"
#include "xml-rpc-sink-private.h"

G_BEGIN_DECLS

/* Makes a GVariant of values, of their natural types or of an expected one. */
typedef struct
{
  XmlRpcSink                 sink;
  XmlRpcVariantWriter        writer;
  XmlRpcVariantLayouts       layouts;
  const XmlRpcVariantLayout *expected;  /* of the next value at the root; NULL: its natural type */
  const XmlRpcVariantLayout *result;    /* of the last value at the root */
  const XmlRpcVariantLayout *content;   /* of the open text or bytes */
  gsize                      start;     /* where they begin in the buffer */
  guint                      is_special : 1;  /* the open text: it stands in an "(os)" */
  guint                      has_params : 1;  /* the values at the root are those of a tuple */
  guint                      may_have_params : 1;  /* they are, unless the first is an array */
  guint                      is_one_expected : 1;  /* there may be no others */
  GVariantType              *pattern;   /* that the result of its natural type has to fit, or NULL */
  GVariantType              *converted; /* that the result is to be of in the end, or NULL */
  GPtrArray                 *values;    /* the ones before, if there are several; else NULL */
} XmlRpcToVariant;

void      xml_rpc_to_variant_init       (XmlRpcToVariant     *self);
void      xml_rpc_to_variant_clear      (XmlRpcToVariant     *self);

/* FALSE if no value could be read into the type. NULL: natural types; an indefinite one:
 * they, too, but in the end they have to fit it. */
gboolean  xml_rpc_to_variant_expect     (XmlRpcToVariant     *self,
                                         const GVariantType  *type);
/* Likewise, of the values of a response. There may be several: a tuple of their natural types,
 * or of those of an expected tuple. If there is one, that is to be an array then. */
gboolean  xml_rpc_to_variant_expect_response (XmlRpcToVariant *self,
                                         const GVariantType  *type);
/* Another value at the root, where there is no tuple of them. */
void      xml_rpc_to_variant_begin_another (XmlRpcToVariant  *self);
/* Makes a tuple of all values at the root, of the expected type if there is one. Its end
 * checks how many there were. */
void      xml_rpc_to_variant_begin_params (XmlRpcToVariant   *self);
void      xml_rpc_to_variant_end_params   (XmlRpcToVariant   *self);

/* Lifts what was expected. */
void      xml_rpc_to_variant_expect_any (XmlRpcToVariant     *self);
/* What has become of the values, unless something failed before: not floating. */
GVariant *xml_rpc_to_variant_end        (XmlRpcToVariant     *self,
                                         GError             **error);

/* A value of any type as one of another; @root is what errors call it. Not floating. */
GVariant *xml_rpc_to_variant_convert    (GVariant            *value,
                                         const GVariantType  *type,
                                         const char          *root,
                                         GError             **error);

G_END_DECLS
