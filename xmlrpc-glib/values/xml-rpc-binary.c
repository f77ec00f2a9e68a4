/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <xmlrpc-glib/xml-rpc-binary.h>

#include "xml-rpc-natural-form-private.h"
#include "xml-rpc-value-private.h"

/**
 * XmlRpcBinary:
 *
 * Bytes, the `base64` of XML-RPC.
 *
 * The value holds the bytes themselves. Only the message has them as base64 (RFC 4648,
 * section 4).
 *
 * Since: 1.0
 */

struct _XmlRpcBinary
{
  XmlRpcValue parent_instance;

  GBytes *bytes;
};

struct _XmlRpcBinaryClass
{
  XmlRpcValueClass parent_class;
};

G_DEFINE_FINAL_TYPE (XmlRpcBinary, xml_rpc_binary, XML_RPC_TYPE_VALUE)

enum
{
  PROP_0,
  PROP_BYTES,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
require (XmlRpcBinary *self,
         GBytes       *fallback)
{
  xml_rpc_value_require (XML_RPC_VALUE (self), XML_RPC_VALUE_BASE64,
                         g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, fallback, TRUE));
}

static void
xml_rpc_binary_constructed (GObject *object)
{
  XmlRpcBinary *self = XML_RPC_BINARY (object);
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);

  require (self, nothing);
  self->bytes = g_variant_get_data_as_bytes (xml_rpc_value_get_variant (XML_RPC_VALUE (self)));

  G_OBJECT_CLASS (xml_rpc_binary_parent_class)->constructed (object);
}

static void
xml_rpc_binary_finalize (GObject *object)
{
  XmlRpcBinary *self = XML_RPC_BINARY (object);

  g_clear_pointer (&self->bytes, g_bytes_unref);

  G_OBJECT_CLASS (xml_rpc_binary_parent_class)->finalize (object);
}

static void
xml_rpc_binary_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_BYTES:
      g_value_set_boxed (value, xml_rpc_binary_get_bytes (XML_RPC_BINARY (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
xml_rpc_binary_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_BYTES:
      if (g_value_get_boxed (value) != NULL)
        require (XML_RPC_BINARY (object), g_value_get_boxed (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
xml_rpc_binary_class_init (XmlRpcBinaryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = xml_rpc_binary_constructed;
  object_class->finalize = xml_rpc_binary_finalize;
  object_class->get_property = xml_rpc_binary_get_property;
  object_class->set_property = xml_rpc_binary_set_property;

  /**
   * XmlRpcBinary:bytes:
   *
   * The bytes of the value. By default there are none. A [property@XmlRpc.Value:variant]
   * that is given, too, takes precedence.
   *
   * Since: 1.0
   */
  properties[PROP_BYTES] =
    g_param_spec_boxed ("bytes", NULL, NULL,
                        G_TYPE_BYTES,
                        G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
xml_rpc_binary_init (XmlRpcBinary *self)
{
}

/**
 * xml_rpc_binary_new:
 * @bytes: the bytes, which are shared, not copied
 *
 * Creates a value from some bytes.
 *
 * Returns: (transfer full): a new value
 *
 * Since: 1.0
 */
XmlRpcBinary *
xml_rpc_binary_new (GBytes *bytes)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  return g_object_new (XML_RPC_TYPE_BINARY, "bytes", bytes, NULL);
}

/**
 * xml_rpc_binary_new_from_data:
 * @data: (array length=length) (nullable): the bytes, which are copied; %NULL is
 *   allowed where @length is 0
 * @length: how many there are, in bytes
 *
 * Creates a value from a copy of some bytes.
 *
 * Returns: (transfer full): a new value
 *
 * Since: 1.0
 */
XmlRpcBinary *
xml_rpc_binary_new_from_data (const guint8 *data,
                              gsize         length)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (data != NULL || length == 0, NULL);

  bytes = g_bytes_new (data, length);

  return xml_rpc_binary_new (bytes);
}

/**
 * xml_rpc_binary_get_bytes:
 * @self: a value of bytes
 *
 * Gets the bytes. They are those of the variant, not a copy.
 *
 * Returns: (transfer none): the bytes
 *
 * Since: 1.0
 */
GBytes *
xml_rpc_binary_get_bytes (XmlRpcBinary *self)
{
  g_return_val_if_fail (XML_RPC_IS_BINARY (self), NULL);

  return self->bytes;
}
