/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "../codec/xml-rpc-type-private.h"
#include "../variant/xml-rpc-variant-reader-private.h"
#include "xml-rpc-mapping-private.h"

G_BEGIN_DECLS

/* The conversion of a GVariant to objects. */
typedef struct
{
  XmlRpcVariantReader reader;
  XmlRpcMappings      mappings;
} XmlRpcObjectReader;

void       xml_rpc_object_reader_init          (XmlRpcObjectReader       *self,
                                                GVariant                 *value);
void       xml_rpc_object_reader_clear         (XmlRpcObjectReader       *self);

/* All of these fail with an error that names the place. */

GObject   *xml_rpc_object_reader_read_object   (XmlRpcObjectReader       *self,
                                                GType                     type,
                                                const XmlRpcVariantSpan  *value,
                                                const XmlRpcObjectPlace  *place,
                                                GError                  **error);
GPtrArray *xml_rpc_object_reader_read_list     (XmlRpcObjectReader       *self,
                                                GType                     item_type,
                                                const XmlRpcVariantSpan  *value,
                                                const XmlRpcObjectPlace  *place,
                                                GError                  **error);

/* What a property is to be set to; @result is initialized with its type. */
gboolean   xml_rpc_object_reader_read_property (XmlRpcObjectReader       *self,
                                                const XmlRpcProperty     *property,
                                                const XmlRpcVariantSpan  *value,
                                                const XmlRpcObjectPlace  *place,
                                                GValue                   *result,
                                                GError                  **error);

/* What is in the variants and maybes around a value; a maybe if there is nothing. */
XmlRpcVariantSpan xml_rpc_object_reader_open    (XmlRpcObjectReader       *self,
                                                 const XmlRpcVariantSpan  *value);
/* The value as a variant of its own. */
GVariant  *xml_rpc_object_reader_get_variant   (XmlRpcObjectReader       *self,
                                                const XmlRpcVariantSpan  *value);
/* Fails with what was expected and what came. */
gboolean   xml_rpc_object_reader_fail          (XmlRpcObjectReader       *self,
                                                const char               *expected,
                                                const XmlRpcVariantSpan  *value,
                                                const XmlRpcObjectPlace  *place,
                                                GError                  **error);

/* Of what GVariant has no type for, with its text; else NULL. */
const XmlRpcType *xml_rpc_object_reader_find_special (const XmlRpcVariantSpan  *value,
                                                      const char              **text);
gboolean          xml_rpc_object_reader_is_array     (const XmlRpcVariantSpan  *value);

G_END_DECLS
