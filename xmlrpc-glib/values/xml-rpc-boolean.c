/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <xmlrpc-glib/xml-rpc-boolean.h>

#include "xml-rpc-natural-form-private.h"
#include "xml-rpc-value-private.h"

/**
 * XmlRpcBoolean:
 *
 * A truth value, the `boolean` of XML-RPC.
 *
 * The `gboolean` of C is an `int`, and some languages do not have truth values. A value of
 * this class is always sent as `<boolean>`.
 *
 * Since: 1.0
 */

struct _XmlRpcBoolean
{
  XmlRpcValue parent_instance;
};

struct _XmlRpcBooleanClass
{
  XmlRpcValueClass parent_class;
};

G_DEFINE_FINAL_TYPE (XmlRpcBoolean, xml_rpc_boolean, XML_RPC_TYPE_VALUE)

enum
{
  PROP_0,
  PROP_VALUE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
require (XmlRpcBoolean *self,
         gboolean       fallback)
{
  xml_rpc_value_require (XML_RPC_VALUE (self), XML_RPC_VALUE_BOOLEAN,
                         g_variant_new_boolean (fallback));
}

static void
xml_rpc_boolean_constructed (GObject *object)
{
  require (XML_RPC_BOOLEAN (object), FALSE);

  G_OBJECT_CLASS (xml_rpc_boolean_parent_class)->constructed (object);
}

static void
xml_rpc_boolean_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_VALUE:
      g_value_set_boolean (value, xml_rpc_boolean_get_value (XML_RPC_BOOLEAN (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
xml_rpc_boolean_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_VALUE:
      require (XML_RPC_BOOLEAN (object), g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
xml_rpc_boolean_class_init (XmlRpcBooleanClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = xml_rpc_boolean_constructed;
  object_class->get_property = xml_rpc_boolean_get_property;
  object_class->set_property = xml_rpc_boolean_set_property;

  /**
   * XmlRpcBoolean:value:
   *
   * The truth value. A [property@XmlRpc.Value:variant] that is given, too, takes precedence.
   *
   * Since: 1.0
   */
  properties[PROP_VALUE] =
    g_param_spec_boolean ("value", NULL, NULL,
                          FALSE,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
xml_rpc_boolean_init (XmlRpcBoolean *self)
{
}

/**
 * xml_rpc_boolean_new:
 * @value: the truth value
 *
 * Creates a truth value.
 *
 * Returns: (transfer full): a new value
 *
 * Since: 1.0
 */
XmlRpcBoolean *
xml_rpc_boolean_new (gboolean value)
{
  return g_object_new (XML_RPC_TYPE_BOOLEAN, "value", value != FALSE, NULL);
}

/**
 * xml_rpc_boolean_get_value:
 * @self: a truth value
 *
 * Gets the truth value.
 *
 * Returns: the truth value
 *
 * Since: 1.0
 */
gboolean
xml_rpc_boolean_get_value (XmlRpcBoolean *self)
{
  g_return_val_if_fail (XML_RPC_IS_BOOLEAN (self), FALSE);

  return g_variant_get_boolean (xml_rpc_value_get_variant (XML_RPC_VALUE (self)));
}
