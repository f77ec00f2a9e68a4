/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-buffer-private.h"
#include "xml-rpc-variant-layout-private.h"

G_BEGIN_DECLS

typedef struct
{
  const XmlRpcVariantLayout *layout;          /* NULL: a tuple whose type is not known yet */
  const XmlRpcVariantLayout *child;           /* the last child written */
  gsize                      start;           /* where it begins in the buffer */
  gsize                      first_end;       /* where its part of the ends begins */
  gboolean                   has_wide_ends;
} XmlRpcVariantWriterFrame;

/* Writes a GVariant's serialised form, as the "GVariant specification" has it,
 * in one pass and one buffer. Containers are opened and closed, and what is
 * written between is their children. It trusts its caller to write children
 * of the container's type. */
typedef struct
{
  XmlRpcBuffer              buffer;
  XmlRpcVariantWriterFrame *frames;
  gsize                     n_frames;
  gsize                     n_frames_allocated;
  guint32                  *ends;             /* of the variable-size children in open containers */
  gsize                     n_ends;
  gsize                     n_ends_allocated;
  GString                  *tuple_type;       /* of the tuple whose type is not known yet */
  gsize                     tuple_alignment;
} XmlRpcVariantWriter;

void      xml_rpc_variant_writer_init        (XmlRpcVariantWriter           *self);
void      xml_rpc_variant_writer_clear       (XmlRpcVariantWriter           *self);

void      xml_rpc_variant_writer_open        (XmlRpcVariantWriter           *self,
                                              const XmlRpcVariantLayout     *layout);
/* A tuple at the root that takes its type from its children. */
void      xml_rpc_variant_writer_open_tuple  (XmlRpcVariantWriter           *self);
void      xml_rpc_variant_writer_close       (XmlRpcVariantWriter           *self);

/* A number or a boolean, in the machine's byte order. */
void      xml_rpc_variant_writer_add         (XmlRpcVariantWriter           *self,
                                              const XmlRpcVariantLayout     *layout,
                                              const void                    *value);
void      xml_rpc_variant_writer_add_string  (XmlRpcVariantWriter           *self,
                                              const XmlRpcVariantLayout     *layout,
                                              const char                    *string,
                                              gsize                          length);

/* The same in a variant of its own; 8 bytes are read from @value, whatever its size. */
void      xml_rpc_variant_writer_add_in_variant (XmlRpcVariantWriter        *self,
                                              const XmlRpcVariantLayout     *variant,
                                              const XmlRpcVariantLayout     *layout,
                                              const void                    *value);

/* A variant whose content is appended to the buffer bit by bit, in its serialised form. */
void      xml_rpc_variant_writer_begin_variant (XmlRpcVariantWriter         *self);
void      xml_rpc_variant_writer_end_variant (XmlRpcVariantWriter           *self,
                                              const XmlRpcVariantLayout     *variant,
                                              const XmlRpcVariantLayout     *content);

/* A string, with its terminating zero, or an array of bytes that was appended
 * to the buffer bit by bit. Neither needs alignment. */
void      xml_rpc_variant_writer_end_bytes   (XmlRpcVariantWriter           *self,
                                              const XmlRpcVariantLayout     *layout);

/* The key of the open dictionary entry, after its value. */
void      xml_rpc_variant_writer_prepend_key (XmlRpcVariantWriter           *self,
                                              const char                    *key,
                                              gsize                          length);

/* The value, when all is closed: not floating. NULL @layout: the tuple. */
GVariant *xml_rpc_variant_writer_end         (XmlRpcVariantWriter           *self,
                                              const XmlRpcVariantLayout     *layout);

G_END_DECLS
