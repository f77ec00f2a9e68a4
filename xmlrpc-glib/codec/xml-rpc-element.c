/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-element-private.h"

#include "xml-rpc-xml-sink-private.h"

#include <string.h>

#define IN(element) (1u << XML_RPC_ELEMENT_##element)

/* Of several names for one element the first is the usual one. Beyond the XML-RPC
 * specification there are nil and i8 of its extensions, and Apache's ex: types. */
static const XmlRpcElementName element_names[] = {
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

XmlRpcElementPlace xml_rpc_element_places[XML_RPC_ELEMENT_N_PLACES];

/* Where two would have the same place, the later one has the next that is free. */
static void
fill_places (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (element_names); i++)
    {
      const char *name = element_names[i].name;
      const gsize length = strlen (name);
      guint64 word = xml_rpc_xml_name_to_word (name, length);
      gsize place = xml_rpc_element_get_place (word);

      while (xml_rpc_element_places[place].name != NULL)
        place = (place + 1) % XML_RPC_ELEMENT_N_PLACES;
      xml_rpc_element_places[place] = (XmlRpcElementPlace) { word, length, &element_names[i] };
    }
}

void
xml_rpc_element_init (void)
{
  static gsize is_initialized;

  if (g_once_init_enter (&is_initialized))
    {
      fill_places ();
      g_once_init_leave (&is_initialized, TRUE);
    }
}

static const XmlRpcElementName *
find_exactly (const char *name,
              gsize       length,
              guint64     word)
{
  const XmlRpcElementPlace *place;

  for (gsize i = xml_rpc_element_get_place (word);; i = (i + 1) % XML_RPC_ELEMENT_N_PLACES)
    {
      place = &xml_rpc_element_places[i];
      if (place->name == NULL ||
          (place->word == word && place->length == length && memcmp (place->name->name, name, length) == 0))
        return place->name;
    }
}

/* The prefix of a namespace says nothing: Apache's are not declared by all. */
const XmlRpcElementName *
xml_rpc_element_search (const char *name,
                        gsize       length,
                        guint64     word)
{
  const XmlRpcElementName *found = find_exactly (name, length, word);
  const char *colon = memchr (name, ':', length);

  if (found != NULL || colon == NULL)
    return found;

  length -= (gsize) (colon + 1 - name);
  return find_exactly (colon + 1, length, xml_rpc_xml_name_to_word (colon + 1, length));
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
