/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the page for people says besides the methods. */

#include "xml-rpc-server-private.h"

/* Behind those of the switches. */
#define FIRST_PROPERTY 300

/**
 * XmlRpcServer:documentation-title: (getter get_documentation_title) (setter set_documentation_title)
 *
 * The title of the page for people that [property@XmlRpc.Server:documentation] turns on;
 * %NULL, the default, for "XML-RPC methods".
 *
 * Since: 1.0
 */
/**
 * XmlRpcServer:documentation-text: (getter get_documentation_text) (setter set_documentation_text)
 *
 * The text before the methods on the page that [property@XmlRpc.Server:documentation] turns
 * on; %NULL, the default, for none. It may have HTML as the help of methods may.
 *
 * Since: 1.0
 */
static const char * const names[XML_RPC_N_TEXTS] = {
  [XML_RPC_TEXT_TITLE] = "documentation-title",
  [XML_RPC_TEXT_INTRODUCTION] = "documentation-text",
};

static GParamSpec *properties[XML_RPC_N_TEXTS];

void
xml_rpc_server_install_texts (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  for (guint i = 0; i < XML_RPC_N_TEXTS; i++)
    {
      properties[i] = g_param_spec_string (names[i], NULL, NULL, NULL, flags);
      g_object_class_install_property (object_class, FIRST_PROPERTY + i, properties[i]);
    }
}

static const char *
get (XmlRpcServer *self,
     XmlRpcText    which)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER (self), NULL);

  return xml_rpc_server_get_private (self)->service.texts[which];
}

static void
set (XmlRpcServer *self,
     XmlRpcText    which,
     const char   *text)
{
  char **place;

  g_return_if_fail (XML_RPC_IS_SERVER (self));

  place = &xml_rpc_server_get_private (self)->service.texts[which];
  if (g_strcmp0 (*place, text) == 0)
    return;

  g_free (*place);
  *place = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[which]);
}

gboolean
xml_rpc_server_get_text (XmlRpcServer *self,
                         guint         property_id,
                         GValue       *value)
{
  guint which = property_id - FIRST_PROPERTY;

  if (which >= XML_RPC_N_TEXTS)
    return FALSE;

  g_value_set_string (value, get (self, which));
  return TRUE;
}

gboolean
xml_rpc_server_set_text (XmlRpcServer *self,
                         guint         property_id,
                         const GValue *value)
{
  guint which = property_id - FIRST_PROPERTY;

  if (which >= XML_RPC_N_TEXTS)
    return FALSE;

  set (self, which, g_value_get_string (value));
  return TRUE;
}

/**
 * xml_rpc_server_get_documentation_title: (get-property documentation-title)
 * @self: a server
 *
 * Gets the title of the page for people.
 *
 * Returns: (nullable): the title; %NULL for the usual one
 *
 * Since: 1.0
 */
const char *
xml_rpc_server_get_documentation_title (XmlRpcServer *self)
{
  return get (self, XML_RPC_TEXT_TITLE);
}

/**
 * xml_rpc_server_set_documentation_title: (set-property documentation-title)
 * @self: a server
 * @documentation_title: (nullable): the title; %NULL for the usual one
 *
 * Sets the title of the page for people.
 *
 * Since: 1.0
 */
void
xml_rpc_server_set_documentation_title (XmlRpcServer *self,
                                        const char   *documentation_title)
{
  set (self, XML_RPC_TEXT_TITLE, documentation_title);
}

/**
 * xml_rpc_server_get_documentation_text: (get-property documentation-text)
 * @self: a server
 *
 * Gets the text before the methods on the page for people.
 *
 * Returns: (nullable): the text; %NULL for none
 *
 * Since: 1.0
 */
const char *
xml_rpc_server_get_documentation_text (XmlRpcServer *self)
{
  return get (self, XML_RPC_TEXT_INTRODUCTION);
}

/**
 * xml_rpc_server_set_documentation_text: (set-property documentation-text)
 * @self: a server
 * @documentation_text: (nullable): the text, or HTML; %NULL for none
 *
 * Sets the text before the methods on the page for people.
 *
 * Since: 1.0
 */
void
xml_rpc_server_set_documentation_text (XmlRpcServer *self,
                                       const char   *documentation_text)
{
  set (self, XML_RPC_TEXT_INTRODUCTION, documentation_text);
}
