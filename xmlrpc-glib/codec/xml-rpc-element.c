/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-element-private.h"

#include <string.h>

#define IN(element) (1u << XML_RPC_ELEMENT_##element)

typedef struct
{
  const char    *name;
  XmlRpcElement  element;
  guint32        parents;
} ElementName;

/* Those of each message first, then the frequent ones: they are looked for in this
 * order. Of several names for one element the first is the usual one. Beyond the
 * XML-RPC specification there are nil and i8 of its extensions, and Apache's ex:
 * types. */
static const ElementName element_names[] = {
  { "value",            XML_RPC_ELEMENT_VALUE,           IN (MEMBER) | IN (DATA) | IN (PARAM) | IN (FAULT) },
  { "param",            XML_RPC_ELEMENT_PARAM,           IN (PARAMS) },
  { "params",           XML_RPC_ELEMENT_PARAMS,          IN (METHOD_CALL) | IN (METHOD_RESPONSE) },
  { "methodResponse",   XML_RPC_ELEMENT_METHOD_RESPONSE, IN (DOCUMENT) },
  { "methodCall",       XML_RPC_ELEMENT_METHOD_CALL,     IN (DOCUMENT) },
  { "methodName",       XML_RPC_ELEMENT_METHOD_NAME,     IN (METHOD_CALL) },
  { "string",           XML_RPC_ELEMENT_STRING,          IN (VALUE) },
  { "member",           XML_RPC_ELEMENT_MEMBER,          IN (STRUCT) },
  { "name",             XML_RPC_ELEMENT_NAME,            IN (MEMBER) },
  { "int",              XML_RPC_ELEMENT_INT,             IN (VALUE) },
  { "i4",               XML_RPC_ELEMENT_INT,             IN (VALUE) },
  { "boolean",          XML_RPC_ELEMENT_BOOLEAN,         IN (VALUE) },
  { "double",           XML_RPC_ELEMENT_DOUBLE,          IN (VALUE) },
  { "struct",           XML_RPC_ELEMENT_STRUCT,          IN (VALUE) },
  { "array",            XML_RPC_ELEMENT_ARRAY,           IN (VALUE) },
  { "data",             XML_RPC_ELEMENT_DATA,            IN (ARRAY) },
  { "dateTime.iso8601", XML_RPC_ELEMENT_DATE_TIME,       IN (VALUE) },
  { "base64",           XML_RPC_ELEMENT_BASE64,          IN (VALUE) },
  { "nil",              XML_RPC_ELEMENT_NIL,             IN (VALUE) },
  { "i8",               XML_RPC_ELEMENT_I8,              IN (VALUE) },
  { "fault",            XML_RPC_ELEMENT_FAULT,           IN (METHOD_RESPONSE) },
  { "i1",               XML_RPC_ELEMENT_I1,              IN (VALUE) },
  { "i2",               XML_RPC_ELEMENT_I2,              IN (VALUE) },
  { "float",            XML_RPC_ELEMENT_DOUBLE,          IN (VALUE) },
  { "dateTime",         XML_RPC_ELEMENT_DATE_TIME,       IN (VALUE) },
  { "biginteger",       XML_RPC_ELEMENT_BIG_INTEGER,     IN (VALUE) },
  { "bigdecimal",       XML_RPC_ELEMENT_BIG_DECIMAL,     IN (VALUE) },
};

/* The prefix of a namespace says nothing: Apache's are not declared by all. */
static const char *
skip_prefix (const char *name)
{
  const char *colon = strchr (name, ':');

  return colon != NULL ? colon + 1 : name;
}

XmlRpcElement
xml_rpc_element_from_name (const char *name,
                           guint32    *parents)
{
  name = skip_prefix (name);
  for (gsize i = 0; i < G_N_ELEMENTS (element_names); i++)
    {
      if (element_names[i].name[0] == name[0] && strcmp (element_names[i].name, name) == 0)
        {
          *parents = element_names[i].parents;
          return element_names[i].element;
        }
    }

  *parents = 0;
  return XML_RPC_ELEMENT_UNKNOWN;
}

const char *
xml_rpc_element_get_name (XmlRpcElement self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (element_names); i++)
    {
      if (element_names[i].element == self)
        return element_names[i].name;
    }

  g_assert_not_reached ();
}
