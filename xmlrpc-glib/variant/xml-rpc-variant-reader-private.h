/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-variant-layout-private.h"

#include <string.h>

G_BEGIN_DECLS

/* A value where it stands in the serialised form. */
typedef struct
{
  const XmlRpcVariantLayout *layout;
  const guint8              *data;
  gsize                      size;
} XmlRpcVariantSpan;

/* Walks a GVariant's serialised form without allocating anything for its
 * values. The form is a normal one, so that nothing in it needs checking. */
typedef struct
{
  GVariant             *value;
  XmlRpcVariantLayouts  layouts;
  XmlRpcVariantSpan     root;
} XmlRpcVariantReader;

/* The children of a container, in order. */
typedef struct
{
  XmlRpcVariantReader       *reader;
  XmlRpcVariantSpan          container;
  const XmlRpcVariantLayout *child;         /* of the next child */
  gsize                      position;      /* where the last child ended */
  gsize                      offset_width;
  gsize                      n_offsets;     /* read so far */
  gsize                      n_left;        /* children of an array, a maybe, a variant */
} XmlRpcVariantSpanIter;

void     xml_rpc_variant_reader_init    (XmlRpcVariantReader     *self,
                                         GVariant                *value);
void     xml_rpc_variant_reader_clear   (XmlRpcVariantReader     *self);

void     xml_rpc_variant_span_iter_init (XmlRpcVariantSpanIter   *self,
                                         XmlRpcVariantReader     *reader,
                                         const XmlRpcVariantSpan *container);
gboolean xml_rpc_variant_span_iter_next (XmlRpcVariantSpanIter   *self,
                                         XmlRpcVariantSpan       *child);

/* The children of a tuple or a dictionary entry that has two, the first of them a string. */
void     xml_rpc_variant_span_open_pair (const XmlRpcVariantSpan *pair,
                                         XmlRpcVariantSpan       *string,
                                         XmlRpcVariantSpan       *value);

gint64   xml_rpc_variant_span_get_other_integer (const XmlRpcVariantSpan *span);

/* Of any width, with a sign or without; a uint64 as the bits it has. Most are of 32 bits. */
static inline gint64
xml_rpc_variant_span_get_integer (const XmlRpcVariantSpan *span)
{
  gint32 value;

  if (span->layout->kind != 'i')
    return xml_rpc_variant_span_get_other_integer (span);

  memcpy (&value, span->data, sizeof value);
  return value;
}

/* What is in a variant, if its type is a basic one that is known. */
static inline gboolean
xml_rpc_variant_span_open_basic (const XmlRpcVariantSpan *variant,
                                 XmlRpcVariantSpan       *content)
{
  const guint8 *type = variant->data + variant->size - 1;

  if (type[-1] != 0 || xml_rpc_basic_layouts[*type] == NULL)
    return FALSE;

  *content = (XmlRpcVariantSpan) { xml_rpc_basic_layouts[*type], variant->data, variant->size - 2 };
  return TRUE;
}

G_END_DECLS
