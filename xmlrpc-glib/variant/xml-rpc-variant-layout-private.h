/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the serialised form of a type looks like. A layout is an array of
 * these, one for each type within the type, in the order of the type string:
 * the type itself, then its first child with all below it, then the next. */
typedef struct
{
  const char *type;        /* where this type begins; not terminated where it ends */
  guint32     type_length;
  guint32     n_layouts;   /* this one and all below it */
  gsize       fixed_size;  /* in bytes; 0 where it depends on the value */
  guint8      alignment;   /* 1, 2, 4 or 8 */
  char        kind;        /* the first character of the type */
} XmlRpcVariantLayout;

/* The layouts of one encoding or decoding, each made once. */
typedef struct
{
  GHashTable *by_type;
} XmlRpcVariantLayouts;

static inline void
xml_rpc_variant_layouts_init (XmlRpcVariantLayouts *self)
{
  self->by_type = NULL;
}

static inline void
xml_rpc_variant_layouts_clear (XmlRpcVariantLayouts *self)
{
  g_clear_pointer (&self->by_type, g_hash_table_unref);
}

const XmlRpcVariantLayout *xml_rpc_variant_layouts_lookup (XmlRpcVariantLayouts *self,
                                                           const char           *type,
                                                           gsize                 length);

/* The layouts that decoding without an expected type needs. */
extern const XmlRpcVariantLayout xml_rpc_layout_boolean[];
extern const XmlRpcVariantLayout xml_rpc_layout_int32[];
extern const XmlRpcVariantLayout xml_rpc_layout_int64[];
extern const XmlRpcVariantLayout xml_rpc_layout_double[];
extern const XmlRpcVariantLayout xml_rpc_layout_string[];
extern const XmlRpcVariantLayout xml_rpc_layout_bytes[];    /* ay */
extern const XmlRpcVariantLayout xml_rpc_layout_variant[];  /* v */
extern const XmlRpcVariantLayout xml_rpc_layout_array[];    /* av */
extern const XmlRpcVariantLayout xml_rpc_layout_struct[];   /* a{sv} */
extern const XmlRpcVariantLayout xml_rpc_layout_nothing[];  /* mv */
extern const XmlRpcVariantLayout xml_rpc_layout_special[];  /* (os) */

/* Those of types without another in them, which most are, by their character; else NULL. */
extern const XmlRpcVariantLayout * const xml_rpc_basic_layouts[128];

static inline const XmlRpcVariantLayout *
xml_rpc_variant_layout_first (const XmlRpcVariantLayout *self)
{
  return self + 1;
}

static inline const XmlRpcVariantLayout *
xml_rpc_variant_layout_next (const XmlRpcVariantLayout *self)
{
  return self + self->n_layouts;
}

static inline gboolean
xml_rpc_variant_layout_is_string (const XmlRpcVariantLayout *self)
{
  return self->kind == 's' || self->kind == 'o' || self->kind == 'g';
}

/* How many children a tuple has. */
guint                      xml_rpc_variant_layout_count_members (const XmlRpcVariantLayout *tuple);

static inline gsize
xml_rpc_variant_align (gsize offset,
                       gsize alignment)
{
  return (offset + alignment - 1) & ~(alignment - 1);
}

G_END_DECLS
