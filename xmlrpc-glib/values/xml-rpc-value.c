/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <xmlrpc-glib/xml-rpc-binary.h>
#include <xmlrpc-glib/xml-rpc-boolean.h>
#include <xmlrpc-glib/xml-rpc-date-time.h>
#include <xmlrpc-glib/xml-rpc-enum-types.h>

#include "xml-rpc-natural-form-private.h"
#include "xml-rpc-value-private.h"

/**
 * XmlRpcValue:
 *
 * A value of XML-RPC, of any of its types.
 *
 * A value wraps a [struct@GLib.Variant] in *natural form*, the type that each type of
 * XML-RPC is read as:
 *
 * | XML-RPC | [enum@XmlRpc.ValueKind] | natural type | also made from |
 * | --- | --- | --- | --- |
 * | `int`, `i4` | %XML_RPC_VALUE_INT | `i` | `y`, `n`, `q` |
 * | `i8` | %XML_RPC_VALUE_I8 | `x` | `u`, `t` (up to 2⁶³-1) |
 * | `boolean` | %XML_RPC_VALUE_BOOLEAN | `b` | |
 * | `double` | %XML_RPC_VALUE_DOUBLE | `d` | |
 * | `string` | %XML_RPC_VALUE_STRING | `s` | `o`, `g` |
 * | `dateTime.iso8601` | %XML_RPC_VALUE_DATE_TIME | `(os)`: `/xmlrpc/dateTime`, the text | |
 * | `base64` | %XML_RPC_VALUE_BASE64 | `ay` | |
 * | `array` | %XML_RPC_VALUE_ARRAY | `av` | every other array, every other tuple |
 * | `struct` | %XML_RPC_VALUE_STRUCT | `a{sv}` | `a{s*}`, `a{o*}`, `a{g*}`, a single `{s*}`, `{o*}` or `{g*}` |
 * | `nil` | %XML_RPC_VALUE_NIL | `mv`, nothing | every other maybe with nothing in it |
 * | `ex:biginteger` | %XML_RPC_VALUE_BIG_INTEGER | `(os)`: `/xmlrpc/biginteger`, the text | |
 * | `ex:bigdecimal` | %XML_RPC_VALUE_BIG_DECIMAL | `(os)`: `/xmlrpc/bigdecimal`, the text | |
 *
 * A `v` stands for its content, and so does a maybe with something in it.
 *
 * Three types have subclasses: [class@XmlRpc.Boolean], [class@XmlRpc.Binary] and
 * [class@XmlRpc.DateTime]. [ctor@XmlRpc.Value.new] creates the one that fits.
 *
 * Values never change, so any thread may read them.
 *
 * Since: 1.0
 */

typedef struct
{
  GVariant *variant;
} XmlRpcValuePrivate;

G_DEFINE_TYPE_WITH_PRIVATE (XmlRpcValue, xml_rpc_value, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_VARIANT,
  PROP_KIND,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
take_variant (XmlRpcValue *self,
              GVariant    *variant)
{
  XmlRpcValuePrivate *priv = xml_rpc_value_get_instance_private (self);

  g_clear_pointer (&priv->variant, g_variant_unref);
  priv->variant = g_variant_take_ref (variant);
}

void
xml_rpc_value_require (XmlRpcValue     *self,
                       XmlRpcValueKind  kind,
                       GVariant        *fallback)
{
  XmlRpcValuePrivate *priv = xml_rpc_value_get_instance_private (self);
  g_autoptr (GVariant) sunk = g_variant_ref_sink (fallback);

  if (priv->variant != NULL && xml_rpc_natural_form_get_kind (priv->variant) == kind)
    return;

  if (priv->variant != NULL)
    g_critical ("%s cannot hold a GVariant of type %s",
                G_OBJECT_TYPE_NAME (self), g_variant_get_type_string (priv->variant));

  take_variant (self, g_steal_pointer (&sunk));
}

static void
set_variant (XmlRpcValue *self,
             GVariant    *variant)
{
  g_autoptr (GError) error = NULL;
  GVariant *natural;

  if (variant == NULL)
    return;

  natural = xml_rpc_natural_form (variant, &error);
  if (natural != NULL)
    take_variant (self, natural);
  else
    g_critical ("%s: %s", G_OBJECT_TYPE_NAME (self), error->message);
}

static void
xml_rpc_value_constructed (GObject *object)
{
  XmlRpcValue *self = XML_RPC_VALUE (object);
  XmlRpcValuePrivate *priv = xml_rpc_value_get_instance_private (self);

  if (priv->variant == NULL)
    take_variant (self, g_variant_new_maybe (G_VARIANT_TYPE_VARIANT, NULL));

  G_OBJECT_CLASS (xml_rpc_value_parent_class)->constructed (object);
}

static void
xml_rpc_value_finalize (GObject *object)
{
  XmlRpcValuePrivate *priv = xml_rpc_value_get_instance_private (XML_RPC_VALUE (object));

  g_clear_pointer (&priv->variant, g_variant_unref);

  G_OBJECT_CLASS (xml_rpc_value_parent_class)->finalize (object);
}

static void
xml_rpc_value_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  XmlRpcValue *self = XML_RPC_VALUE (object);

  switch (prop_id)
    {
    case PROP_VARIANT:
      g_value_set_variant (value, xml_rpc_value_get_variant (self));
      break;

    case PROP_KIND:
      g_value_set_enum (value, xml_rpc_value_get_kind (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
xml_rpc_value_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_VARIANT:
      set_variant (XML_RPC_VALUE (object), g_value_get_variant (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
xml_rpc_value_class_init (XmlRpcValueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = xml_rpc_value_constructed;
  object_class->finalize = xml_rpc_value_finalize;
  object_class->get_property = xml_rpc_value_get_property;
  object_class->set_property = xml_rpc_value_set_property;

  /**
   * XmlRpcValue:variant:
   *
   * The value as a [struct@GLib.Variant] in natural form.
   *
   * You may set any variant that XML-RPC has a form for. It is converted to natural form.
   * Without one the value is the default of its class: `nil`, false, no bytes, the start of
   * 1970. A variant that XML-RPC has no form for, or of another kind than the subclass, is a
   * mistake of the program: it is reported as a critical warning, and the value is the
   * default. [ctor@XmlRpc.Value.new] returns an error instead.
   *
   * Since: 1.0
   */
  properties[PROP_VARIANT] =
    g_param_spec_variant ("variant", NULL, NULL,
                          G_VARIANT_TYPE_ANY,
                          NULL,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  /**
   * XmlRpcValue:kind:
   *
   * The XML-RPC type of the value.
   *
   * Since: 1.0
   */
  properties[PROP_KIND] =
    g_param_spec_enum ("kind", NULL, NULL,
                       XML_RPC_TYPE_VALUE_KIND,
                       XML_RPC_VALUE_NIL,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
xml_rpc_value_init (XmlRpcValue *self)
{
}

/**
 * xml_rpc_value_new:
 * @variant: any [struct@GLib.Variant] that XML-RPC has a form for; a floating reference is
 *   sunk
 * @error: return location for an error
 *
 * Creates a value, of the subclass that fits: [class@XmlRpc.Boolean] for a `b`,
 * [class@XmlRpc.Binary] for an `ay`, [class@XmlRpc.DateTime] for a date, a plain
 * [class@XmlRpc.Value] for all others.
 *
 * The variant is converted to natural form (see [class@XmlRpc.Value]). If it already has
 * that form, it is shared, not copied.
 *
 * A date in an unknown form is still a date: it becomes an
 * [class@XmlRpc.DateTime] that keeps its text, and only
 * [method@XmlRpc.DateTime.to_date_time] and [method@XmlRpc.DateTime.to_unix]
 * fail.
 *
 * This fails, with a message that names the place in the variant, with
 *
 * - [XML_RPC_ERROR_UNSUPPORTED_TYPE][error@XmlRpc.Error] for a type that XML-RPC
 *   has no form for: `h`, and dictionaries whose keys are not strings;
 * - [XML_RPC_ERROR_INVALID_VALUE][error@XmlRpc.Error] for a `t` above 2⁶³-1;
 * - [XML_RPC_ERROR_LIMIT_EXCEEDED][error@XmlRpc.Error] for more than 40 arrays and
 *   structs in each other, or more than 128 variants and maybes around each other.
 *
 * Returns: (transfer full): a new value
 *
 * Since: 1.0
 */
XmlRpcValue *
xml_rpc_value_new (GVariant  *variant,
                   GError   **error)
{
  g_autoptr (GVariant) sunk = NULL;
  g_autoptr (GVariant) natural = NULL;
  XmlRpcValue *self;

  g_return_val_if_fail (variant != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  sunk = g_variant_ref_sink (variant);
  natural = xml_rpc_natural_form (sunk, error);
  if (natural == NULL)
    return NULL;

  switch ((int) xml_rpc_natural_form_get_kind (natural))
    {
    case XML_RPC_VALUE_BOOLEAN:
      return g_object_new (XML_RPC_TYPE_BOOLEAN, "variant", natural, NULL);
    case XML_RPC_VALUE_BASE64:
      return g_object_new (XML_RPC_TYPE_BINARY, "variant", natural, NULL);
    case XML_RPC_VALUE_DATE_TIME:
      return g_object_new (XML_RPC_TYPE_DATE_TIME, "variant", natural, NULL);
    default:
      /* Not through the property, which would walk a large value once more. */
      self = g_object_new (XML_RPC_TYPE_VALUE, NULL);
      take_variant (self, g_steal_pointer (&natural));
      return self;
    }
}

/**
 * xml_rpc_value_get_variant:
 * @self: a value
 *
 * Gets the value as a [struct@GLib.Variant] in natural form. [class@XmlRpc.Value] lists the
 * types.
 *
 * Returns: (transfer none): the variant
 *
 * Since: 1.0
 */
GVariant *
xml_rpc_value_get_variant (XmlRpcValue *self)
{
  XmlRpcValuePrivate *priv;

  g_return_val_if_fail (XML_RPC_IS_VALUE (self), NULL);

  priv = xml_rpc_value_get_instance_private (self);

  return priv->variant;
}

/**
 * xml_rpc_value_get_kind:
 * @self: a value
 *
 * Gets the XML-RPC type of the value.
 *
 * Returns: the kind
 *
 * Since: 1.0
 */
XmlRpcValueKind
xml_rpc_value_get_kind (XmlRpcValue *self)
{
  g_return_val_if_fail (XML_RPC_IS_VALUE (self), XML_RPC_VALUE_NIL);

  return xml_rpc_natural_form_get_kind (xml_rpc_value_get_variant (self));
}

/**
 * xml_rpc_value_equal:
 * @a: a value
 * @b: another value
 *
 * Checks whether two values are of the same kind and have the same content.
 *
 * An `int` and an `i8` are never equal, whatever their numbers. Doubles are equal
 * when they compare as equal (0 and -0 do), or have the same bits (so a NaN is equal
 * to itself). Arrays are equal item by item. Structs are equal whatever the
 * order of their members, as the XML-RPC specification gives it no meaning; of
 * members with the same name, the order counts. Dates are equal when they stand
 * for the same instant (where both have a time zone) or the same wall clock (where
 * neither has one), to the microsecond; dates of an unknown form, big integers
 * and big decimals when they have the same text.
 *
 * Returns: %TRUE if they are equal
 *
 * Since: 1.0
 */
gboolean
xml_rpc_value_equal (XmlRpcValue *a,
                     XmlRpcValue *b)
{
  g_return_val_if_fail (XML_RPC_IS_VALUE (a), FALSE);
  g_return_val_if_fail (XML_RPC_IS_VALUE (b), FALSE);

  return xml_rpc_natural_form_equal (xml_rpc_value_get_variant (a), xml_rpc_value_get_variant (b));
}

/**
 * xml_rpc_value_to_string:
 * @self: a value
 *
 * Converts the value to a text for people: for messages, logs and tables. It cannot be
 * read back.
 *
 * | kind | text |
 * | --- | --- |
 * | `int`, `i8`, big integer, big decimal | `5` |
 * | `boolean` | `true`, `false` |
 * | `double` | `3.14`, `1.0`, `1e+300`, `inf`, `nan`: with the fewest digits that tell it from every other double |
 * | `string` | the string; in quotation marks within an array or a struct |
 * | `dateTime.iso8601` | the text as it is in the message |
 * | `base64` | `<12 bytes>` |
 * | `array` | `[1, "two"]` |
 * | `struct` | `{a: 1, b: "two"}` |
 * | `nil` | `nil` |
 *
 * Returns: (transfer full): the text, in UTF-8
 *
 * Since: 1.0
 */
char *
xml_rpc_value_to_string (XmlRpcValue *self)
{
  g_return_val_if_fail (XML_RPC_IS_VALUE (self), NULL);

  return xml_rpc_natural_form_to_string (xml_rpc_value_get_variant (self));
}
