/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <xmlrpc-glib/xml-rpc-value-kind.h>

#include "../variant/xml-rpc-variant-layout-private.h"

G_BEGIN_DECLS

/* What there is to write and to read of a type. */
typedef enum
{
  XML_RPC_FORM_INTEGER,
  XML_RPC_FORM_DOUBLE,
  XML_RPC_FORM_BOOLEAN,
  XML_RPC_FORM_TEXT,      /* as it stands in the message */
  XML_RPC_FORM_DECIMAL,   /* likewise, unless it is a number that is too long in full */
  XML_RPC_FORM_BYTES,
  XML_RPC_FORM_ARRAY,
  XML_RPC_FORM_STRUCT,
  XML_RPC_FORM_NIL,
} XmlRpcForm;

#define XML_RPC_TYPE_MAX_NAMES 2

/* All that is to be known of a type of XML-RPC. */
typedef struct
{
  XmlRpcValueKind            kind;
  XmlRpcForm                 form;

  /* Its element, and what signatures and errors call it; then names that mean the
   * same where they are read. */
  const char                *name;
  const char                *other_names[XML_RPC_TYPE_MAX_NAMES];

  /* What a value is written between. The arrays are longer than most of what is in
   * them, to be copied in one step. */
  char                       start[96];
  char                       end[32];
  guint8                     start_length;
  guint8                     end_length;

  /* The GVariant type that it is read into when none is expected; those of types that
   * GVariant lacks are "(os)", of this path and the text. And the basic types that are
   * written as it, by their characters. */
  const XmlRpcVariantLayout *natural;
  const char                *path;
  const char                *variants;

  /* The name of the object that stands for it in JSON, for what JSON lacks, and the
   * beginning of that object. */
  const char                *json_name;
  const char                *json_start;

  /* The range of an integer. */
  gint64                     min;
  gint64                     max;
} XmlRpcType;

/* The type of each kind stands at its number; behind them are those that are read as
 * another kind. */
extern const XmlRpcType xml_rpc_types[];
extern const guint      xml_rpc_n_types;

/* By the character of a basic GVariant type, from xml_rpc_type_init() on. NULL: none. */
extern const XmlRpcType *xml_rpc_types_by_variant[128];

extern gsize xml_rpc_types_are_ready;

void              xml_rpc_type_prepare      (void);

static inline void
xml_rpc_type_init (void)
{
  if (g_once_init_enter (&xml_rpc_types_are_ready))
    xml_rpc_type_prepare ();
}

/* These return NULL if there is none. */
const XmlRpcType *xml_rpc_type_find_by_name (const char *name);
const XmlRpcType *xml_rpc_type_find_by_path (const char *path);
const XmlRpcType *xml_rpc_type_find_by_json (const char *name,
                                             gsize       length);

/* Of a value in natural form. */
const XmlRpcType *xml_rpc_type_of_natural   (GVariant   *natural);

static inline gboolean
xml_rpc_type_is_layout_special (const XmlRpcVariantLayout *layout)
{
  return layout->kind == '(' && layout->type_length == 4 && layout[1].kind == 'o' && layout[2].kind == 's';
}

G_END_DECLS
