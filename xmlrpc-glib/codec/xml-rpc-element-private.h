/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

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
  XML_RPC_ELEMENT_ARRAY,
  XML_RPC_ELEMENT_DATA,
  XML_RPC_ELEMENT_STRUCT,
  XML_RPC_ELEMENT_MEMBER,
  XML_RPC_ELEMENT_NAME,
  XML_RPC_ELEMENT_I1,
  XML_RPC_ELEMENT_I2,
  XML_RPC_ELEMENT_INT,
  XML_RPC_ELEMENT_I8,
  XML_RPC_ELEMENT_BOOLEAN,
  XML_RPC_ELEMENT_DOUBLE,
  XML_RPC_ELEMENT_STRING,
  XML_RPC_ELEMENT_BASE64,
  XML_RPC_ELEMENT_DATE_TIME,
  XML_RPC_ELEMENT_NIL,
  XML_RPC_ELEMENT_BIG_INTEGER,
  XML_RPC_ELEMENT_BIG_DECIMAL,
} XmlRpcElement;

typedef struct
{
  const char    *name;
  XmlRpcElement  element;
  guint32        parents;  /* bits of the elements that it may stand in, 1 << element */
} XmlRpcElementName;

/* Names by what is made of their first eight bytes, with a multiplier for which no two of
 * the frequent ones share a place. */
#define XML_RPC_ELEMENT_N_PLACES 64

typedef struct
{
  guint64                  word;
  gsize                    length;
  const XmlRpcElementName *name;
} XmlRpcElementPlace;

extern XmlRpcElementPlace xml_rpc_element_places[XML_RPC_ELEMENT_N_PLACES];

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
  const XmlRpcElementPlace *place = &xml_rpc_element_places[xml_rpc_element_get_place (word)];

  if (G_LIKELY (place->word == word && place->length == length && length <= sizeof word))
    return place->name;

  return xml_rpc_element_search (name, length, word);
}

/* The usual name, for messages. */
const char    *xml_rpc_element_get_name  (XmlRpcElement  self);

G_END_DECLS
