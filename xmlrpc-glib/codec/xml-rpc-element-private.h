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

/* @parents: bits of the elements that it may stand in, 1 << element; none when
 * the name is unknown. */
XmlRpcElement  xml_rpc_element_from_name (const char    *name,
                                          guint32       *parents);
/* The same for the names of one document, which libxml2 gives the same address
 * wherever they occur: most are found by that. It puts one name behind the other, so
 * that all of XML-RPC's have places of their own here. */
#define XML_RPC_ELEMENT_CACHE_SIZE 128

typedef struct
{
  struct {
    const char    *name;
    XmlRpcElement  element;
    guint32        parents;
  } entries[XML_RPC_ELEMENT_CACHE_SIZE];
} XmlRpcElementCache;

static inline XmlRpcElement
xml_rpc_element_cache_lookup (XmlRpcElementCache *self,
                              const char         *name,
                              guint32            *parents)
{
  gsize i = GPOINTER_TO_SIZE (name) % XML_RPC_ELEMENT_CACHE_SIZE;

  if (G_UNLIKELY (self->entries[i].name != name))
    {
      self->entries[i].name = name;
      self->entries[i].element = xml_rpc_element_from_name (name, &self->entries[i].parents);
    }

  *parents = self->entries[i].parents;
  return self->entries[i].element;
}

/* The usual name, for messages. */
const char    *xml_rpc_element_get_name  (XmlRpcElement  self);

G_END_DECLS
