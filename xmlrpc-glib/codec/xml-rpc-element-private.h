/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-type-private.h"

G_BEGIN_DECLS

/* What an element of a message means; several names may mean the same. */
typedef enum
{
  XML_RPC_ELEMENT_UNKNOWN,
  XML_RPC_ELEMENT_DOCUMENT,      /* what the root is in */
  XML_RPC_ELEMENT_METHOD_CALL,
  XML_RPC_ELEMENT_METHOD_NAME,
  XML_RPC_ELEMENT_METHOD_RESPONSE,
  XML_RPC_ELEMENT_FAULT,
  XML_RPC_ELEMENT_PARAMS,
  XML_RPC_ELEMENT_PARAM,
  XML_RPC_ELEMENT_VALUE,
  XML_RPC_ELEMENT_DATA,
  XML_RPC_ELEMENT_MEMBER,
  XML_RPC_ELEMENT_NAME,
  XML_RPC_ELEMENT_FIRST_TYPE,    /* that of xml_rpc_types[0]; the others follow */
} XmlRpcElement;

/* Names by what is made of their first eight bytes, with a multiplier for which no two of
 * the frequent ones share a place. */
#define XML_RPC_ELEMENT_N_PLACES 64

/* A name, and what it means. */
typedef struct
{
  guint64        word;
  gsize          length;
  const char    *name;     /* NULL: the place is free */
  XmlRpcElement  element;
  guint32        parents;  /* bits of the elements that it may stand in, 1 << element */
} XmlRpcElementName;

extern XmlRpcElementName xml_rpc_element_names[XML_RPC_ELEMENT_N_PLACES];

static inline gsize
xml_rpc_element_get_place (guint64 word)
{
  return (gsize) (word * G_GUINT64_CONSTANT (0x99f86c8df845aed9) >> 58);
}

/* Before the first name is looked up. */
void                     xml_rpc_element_init   (void);

const XmlRpcElementName *xml_rpc_element_search (const char *name,
                                                 gsize       length,
                                                 guint64     word);

/* Of a name with or without a prefix, as XML events have them. NULL: it is unknown. */
static inline const XmlRpcElementName *
xml_rpc_element_find (const char *name,
                      gsize       length,
                      guint64     word)
{
  const XmlRpcElementName *found = &xml_rpc_element_names[xml_rpc_element_get_place (word)];

  if (G_LIKELY (found->word == word && found->length == length && length <= sizeof word))
    return found;

  return xml_rpc_element_search (name, length, word);
}

/* The usual name, for messages. */
const char *xml_rpc_element_get_name (XmlRpcElement self);

/* What some servers leave out between this element and one that cannot stand in it, such as
 * the <value> around a type: nothing else could be meant. UNKNOWN: there is none. */
XmlRpcElement xml_rpc_element_get_implied (XmlRpcElement self);

static inline XmlRpcElement
xml_rpc_element_of_kind (XmlRpcValueKind kind)
{
  return XML_RPC_ELEMENT_FIRST_TYPE + (XmlRpcElement) kind;
}

/* Of an element that tells a type. */
static inline const XmlRpcType *
xml_rpc_element_get_type (XmlRpcElement self)
{
  return &xml_rpc_types[self - XML_RPC_ELEMENT_FIRST_TYPE];
}

G_END_DECLS
