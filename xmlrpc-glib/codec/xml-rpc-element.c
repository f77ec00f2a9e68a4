/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-element-private.h"

#include "xml-rpc-xml-sink-private.h"

#include <string.h>

#define IN(element)   (1u << XML_RPC_ELEMENT_##element)
#define IN_KIND(kind) (1u << (XML_RPC_ELEMENT_FIRST_TYPE + XML_RPC_VALUE_##kind))

/* The frame of a message; the types stand in their table. A <param> in a <fault> stands in no
 * specification, but in messages. */
static const struct
{
  const char    *name;
  XmlRpcElement  element;
  guint32        parents;
} frame[] = {
  { "value",          XML_RPC_ELEMENT_VALUE,           IN (MEMBER) | IN (DATA) | IN (PARAM) | IN (FAULT) },
  { "param",          XML_RPC_ELEMENT_PARAM,           IN (PARAMS) | IN (FAULT) },
  { "params",         XML_RPC_ELEMENT_PARAMS,          IN (METHOD_CALL) | IN (METHOD_RESPONSE) },
  { "methodResponse", XML_RPC_ELEMENT_METHOD_RESPONSE, IN (DOCUMENT) },
  { "methodCall",     XML_RPC_ELEMENT_METHOD_CALL,     IN (DOCUMENT) },
  { "methodName",     XML_RPC_ELEMENT_METHOD_NAME,     IN (METHOD_CALL) },
  { "member",         XML_RPC_ELEMENT_MEMBER,          IN_KIND (STRUCT) },
  { "name",           XML_RPC_ELEMENT_NAME,            IN (MEMBER) },
  { "data",           XML_RPC_ELEMENT_DATA,            IN_KIND (ARRAY) },
  { "fault",          XML_RPC_ELEMENT_FAULT,           IN (METHOD_RESPONSE) },
};

XmlRpcElementName xml_rpc_element_names[XML_RPC_ELEMENT_N_PLACES];

/* Where two would have the same place, the later one has the next that is free. */
static void
add_name (const char    *name,
          XmlRpcElement  element,
          guint32        parents)
{
  const gsize length = strlen (name);
  const guint64 word = xml_rpc_xml_name_to_word (name, length);
  gsize place = xml_rpc_element_get_place (word);

  while (xml_rpc_element_names[place].name != NULL)
    place = (place + 1) % XML_RPC_ELEMENT_N_PLACES;
  xml_rpc_element_names[place] = (XmlRpcElementName) { word, length, name, element, parents };
}

static void
add_all_names (void)
{
  /* A set of elements is 32 bits. */
  g_assert (XML_RPC_ELEMENT_FIRST_TYPE + xml_rpc_n_types <= 32);

  for (gsize i = 0; i < G_N_ELEMENTS (frame); i++)
    add_name (frame[i].name, frame[i].element, frame[i].parents);

  for (guint i = 0; i < xml_rpc_n_types; i++)
    {
      const XmlRpcType *type = &xml_rpc_types[i];

      add_name (type->name, XML_RPC_ELEMENT_FIRST_TYPE + i, IN (VALUE));
      for (gsize j = 0; j < XML_RPC_TYPE_MAX_NAMES && type->other_names[j] != NULL; j++)
        add_name (type->other_names[j], XML_RPC_ELEMENT_FIRST_TYPE + i, IN (VALUE));
    }
}

void
xml_rpc_element_init (void)
{
  static gsize is_initialized;

  if (g_once_init_enter (&is_initialized))
    {
      add_all_names ();
      g_once_init_leave (&is_initialized, TRUE);
    }
}

static const XmlRpcElementName *
find_exactly (const char *name,
              gsize       length,
              guint64     word)
{
  for (gsize i = xml_rpc_element_get_place (word);; i = (i + 1) % XML_RPC_ELEMENT_N_PLACES)
    {
      const XmlRpcElementName *found = &xml_rpc_element_names[i];

      if (found->name == NULL)
        return NULL;
      if (found->word == word && found->length == length && memcmp (found->name, name, length) == 0)
        return found;
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

XmlRpcElement
xml_rpc_element_get_implied (XmlRpcElement self)
{
  switch ((int) self)
    {
    case XML_RPC_ELEMENT_METHOD_CALL:
    case XML_RPC_ELEMENT_METHOD_RESPONSE:
      return XML_RPC_ELEMENT_PARAMS;
    case XML_RPC_ELEMENT_PARAMS:
      return XML_RPC_ELEMENT_PARAM;
    case XML_RPC_ELEMENT_PARAM:
    case XML_RPC_ELEMENT_FAULT:
    case XML_RPC_ELEMENT_DATA:
    case XML_RPC_ELEMENT_MEMBER:
      return XML_RPC_ELEMENT_VALUE;
    default:
      return self == xml_rpc_element_of_kind (XML_RPC_VALUE_ARRAY) ? XML_RPC_ELEMENT_DATA : XML_RPC_ELEMENT_UNKNOWN;
    }
}

const char *
xml_rpc_element_get_name (XmlRpcElement self)
{
  if (self >= XML_RPC_ELEMENT_FIRST_TYPE)
    return xml_rpc_element_get_type (self)->name;

  for (gsize i = 0; i < G_N_ELEMENTS (frame); i++)
    {
      if (frame[i].element == self)
        return frame[i].name;
    }

  g_assert_not_reached ();
}
