/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* One value becomes what a property holds. What is read as what is the same as for a call
 * that names the type it expects; what GVariant has no type for follows from that: a nick is
 * a string, flags are an array of them. */

#include "xml-rpc-object-reader-private.h"

#include <math.h>

#include "../values/xml-rpc-iso8601-private.h"
#include "../values/xml-rpc-natural-form-private.h"
#include "xml-rpc-integer-property-private.h"
#include "xml-rpc-member-name-private.h"

/* How much of a text an error shows. */
#define SHOWN_CHARACTERS 40

typedef gboolean (*Read) (XmlRpcObjectReader       *self,
                          GParamSpec               *pspec,
                          const XmlRpcVariantSpan  *value,
                          const XmlRpcObjectPlace  *place,
                          GValue                   *result,
                          GError                  **error);

/* As decoding it with an expected type would have read it. */
static GVariant *
convert (XmlRpcObjectReader       *self,
         const XmlRpcVariantSpan  *value,
         const GVariantType       *type,
         const XmlRpcObjectPlace  *place,
         GError                  **error)
{
  g_autoptr (GVariant) variant = xml_rpc_object_reader_get_variant (self, value);
  GError *problem = NULL;
  GVariant *converted = xml_rpc_natural_form_convert (variant, type, &problem);

  if (converted == NULL)
    xml_rpc_object_place_propagate (place, error, problem);

  return converted;
}

static gboolean
read_boolean (XmlRpcObjectReader       *self,
              GParamSpec               *pspec,
              const XmlRpcVariantSpan  *value,
              const XmlRpcObjectPlace  *place,
              GValue                   *result,
              GError                  **error)
{
  if (value->layout->kind != 'b')
    return xml_rpc_object_reader_fail (self, xml_rpc_types[XML_RPC_VALUE_BOOLEAN].name, value, place, error);

  g_value_set_boolean (result, *value->data != 0);
  return TRUE;
}

static gboolean
is_integer (const XmlRpcVariantSpan *value)
{
  const XmlRpcType *type = xml_rpc_types_by_variant[(guint8) value->layout->kind];

  return type != NULL && type->form == XML_RPC_FORM_INTEGER;
}

/* A "t" has bits that no integer of XML-RPC has. */
static gboolean
is_integer_within (const XmlRpcVariantSpan *value,
                   XmlRpcIntegerRange       range,
                   gint64                  *number)
{
  *number = xml_rpc_variant_span_get_integer (value);

  return (*number >= 0 || value->layout->kind != 't') && *number >= range.min && *number <= range.max;
}

static gboolean
read_integer (XmlRpcObjectReader       *self,
              GParamSpec               *pspec,
              const XmlRpcVariantSpan  *value,
              const XmlRpcObjectPlace  *place,
              GValue                   *result,
              GError                  **error)
{
  const XmlRpcIntegerRange range = xml_rpc_integer_property_get_range (pspec);
  g_autoptr (GVariant) variant = NULL;
  g_autofree char *shown = NULL;
  gint64 number;

  if (!is_integer (value))
    return xml_rpc_object_reader_fail (self, xml_rpc_types[XML_RPC_VALUE_INT].name, value, place, error);

  if (is_integer_within (value, range, &number))
    {
      xml_rpc_integer_property_set (result, number);
      return TRUE;
    }

  variant = xml_rpc_object_reader_get_variant (self, value);
  shown = g_variant_print (variant, FALSE);
  return xml_rpc_object_place_fail (place, XML_RPC_ERROR_TYPE_MISMATCH, error,
                                    "expected an integer from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT ", got %s",
                                    range.min, range.max, shown);
}

static gboolean
get_double (XmlRpcObjectReader       *self,
            const XmlRpcVariantSpan  *value,
            const XmlRpcObjectPlace  *place,
            double                   *number,
            GError                  **error)
{
  g_autoptr (GVariant) variant = NULL;

  if (value->layout->kind == 'd')
    {
      memcpy (number, value->data, sizeof *number);
      return TRUE;
    }

  variant = convert (self, value, G_VARIANT_TYPE_DOUBLE, place, error);
  if (variant == NULL)
    return FALSE;

  *number = g_variant_get_double (variant);
  return TRUE;
}

static gboolean
read_double (XmlRpcObjectReader       *self,
             GParamSpec               *pspec,
             const XmlRpcVariantSpan  *value,
             const XmlRpcObjectPlace  *place,
             GValue                   *result,
             GError                  **error)
{
  double number;

  if (!get_double (self, value, place, &number, error))
    return FALSE;

  if (G_VALUE_HOLDS_DOUBLE (result))
    g_value_set_double (result, number);
  /* What a float cannot hold becomes infinite, which the property has to allow. */
  else if (number < -G_MAXFLOAT || number > G_MAXFLOAT)
    g_value_set_float (result, number < 0 ? (float) -INFINITY : (float) INFINITY);
  else
    g_value_set_float (result, (float) number);

  return TRUE;
}

/* A date and a number of any size are read as their text. */
static const char *
get_text (const XmlRpcVariantSpan *value)
{
  const char *text;

  if (xml_rpc_variant_layout_is_string (value->layout))
    return (const char *) value->data;

  return xml_rpc_object_reader_find_special (value, &text) != NULL ? text : NULL;
}

static gboolean
read_string (XmlRpcObjectReader       *self,
             GParamSpec               *pspec,
             const XmlRpcVariantSpan  *value,
             const XmlRpcObjectPlace  *place,
             GValue                   *result,
             GError                  **error)
{
  const char *text = get_text (value);

  if (text == NULL)
    return xml_rpc_object_reader_fail (self, xml_rpc_types[XML_RPC_VALUE_STRING].name, value, place, error);

  g_value_set_string (result, text);
  return TRUE;
}

static gboolean
fail_text (const char               *expected,
           const char               *text,
           const XmlRpcObjectPlace  *place,
           GError                  **error)
{
  const gboolean is_long = g_utf8_strlen (text, -1) > SHOWN_CHARACTERS;
  g_autofree char *shown = g_utf8_substring (text, 0, is_long ? SHOWN_CHARACTERS : g_utf8_strlen (text, -1));

  return xml_rpc_object_place_fail (place, XML_RPC_ERROR_TYPE_MISMATCH, error, "expected %s, got \"%s\"%s",
                                    expected, shown, is_long ? "..." : "");
}

static gboolean
fail_nick (GType                     type,
           const char               *text,
           const XmlRpcObjectPlace  *place,
           GError                  **error)
{
  g_autofree char *expected = g_strdup_printf ("the nick of a %s", g_type_name (type));

  return fail_text (expected, text, place, error);
}

static gboolean
fail_number (GType                     type,
             gint64                    number,
             const XmlRpcObjectPlace  *place,
             GError                  **error)
{
  return xml_rpc_object_place_fail (place, XML_RPC_ERROR_TYPE_MISMATCH, error,
                                    "expected a value of %s, got %" G_GINT64_FORMAT, g_type_name (type), number);
}

static gboolean
read_enum (XmlRpcObjectReader       *self,
           GParamSpec               *pspec,
           const XmlRpcVariantSpan  *value,
           const XmlRpcObjectPlace  *place,
           GValue                   *result,
           GError                  **error)
{
  GEnumClass *klass = G_PARAM_SPEC_ENUM (pspec)->enum_class;
  const char *nick = get_text (value);
  g_autofree char *folded = NULL;
  const GEnumValue *found;
  gint64 number;

  if (is_integer (value))
    {
      number = xml_rpc_variant_span_get_integer (value);
      found = number == (int) number ? g_enum_get_value (klass, (int) number) : NULL;
      if (found == NULL)
        return fail_number (pspec->value_type, number, place, error);
    }
  else if (nick != NULL)
    {
      folded = xml_rpc_member_name_fold (nick);
      found = g_enum_get_value_by_nick (klass, nick);
      if (found == NULL)
        found = g_enum_get_value_by_nick (klass, folded);
      if (found == NULL)
        return fail_nick (pspec->value_type, nick, place, error);
    }
  else
    {
      return xml_rpc_object_reader_fail (self, xml_rpc_types[XML_RPC_VALUE_STRING].name, value, place, error);
    }

  g_value_set_enum (result, found->value);
  return TRUE;
}

static gboolean
read_flag (XmlRpcObjectReader       *self,
           GFlagsClass              *klass,
           const XmlRpcVariantSpan  *value,
           const XmlRpcObjectPlace  *place,
           guint                    *flags,
           GError                  **error)
{
  const XmlRpcVariantSpan content = xml_rpc_object_reader_open (self, value);
  const char *nick = get_text (&content);
  g_autofree char *folded = NULL;
  const GFlagsValue *found;

  if (nick == NULL)
    return xml_rpc_object_reader_fail (self, xml_rpc_types[XML_RPC_VALUE_STRING].name, &content, place, error);

  folded = xml_rpc_member_name_fold (nick);
  found = g_flags_get_value_by_nick (klass, nick);
  if (found == NULL)
    found = g_flags_get_value_by_nick (klass, folded);
  if (found == NULL)
    return fail_nick (G_FLAGS_CLASS_TYPE (klass), nick, place, error);

  *flags |= found->value;
  return TRUE;
}

static gboolean
read_flags (XmlRpcObjectReader       *self,
            GParamSpec               *pspec,
            const XmlRpcVariantSpan  *value,
            const XmlRpcObjectPlace  *outer,
            GValue                   *result,
            GError                  **error)
{
  GFlagsClass *klass = G_PARAM_SPEC_FLAGS (pspec)->flags_class;
  XmlRpcObjectPlace place = { .outer = outer };
  XmlRpcVariantSpanIter iter;
  XmlRpcVariantSpan item;
  guint flags = 0;
  gint64 number;

  if (is_integer (value))
    {
      number = xml_rpc_variant_span_get_integer (value);
      if ((number & ~(gint64) klass->mask) != 0)
        return fail_number (pspec->value_type, number, outer, error);
      g_value_set_flags (result, (guint) number);
      return TRUE;
    }
  if (!xml_rpc_object_reader_is_array (value))
    return xml_rpc_object_reader_fail (self, xml_rpc_types[XML_RPC_VALUE_ARRAY].name, value, outer, error);

  xml_rpc_variant_span_iter_init (&iter, &self->reader, value);
  for (; xml_rpc_variant_span_iter_next (&iter, &item); place.index++)
    {
      if (!read_flag (self, klass, &item, &place, &flags, error))
        return FALSE;
    }

  g_value_set_flags (result, flags);
  return TRUE;
}

static gboolean
read_strv (XmlRpcObjectReader       *self,
           GParamSpec               *pspec,
           const XmlRpcVariantSpan  *value,
           const XmlRpcObjectPlace  *place,
           GValue                   *result,
           GError                  **error)
{
  g_autoptr (GVariant) strings = convert (self, value, G_VARIANT_TYPE_STRING_ARRAY, place, error);

  if (strings == NULL)
    return FALSE;

  g_value_take_boxed (result, g_variant_dup_strv (strings, NULL));
  return TRUE;
}

static gboolean
read_date_time (XmlRpcObjectReader       *self,
                GParamSpec               *pspec,
                const XmlRpcVariantSpan  *value,
                const XmlRpcObjectPlace  *place,
                GValue                   *result,
                GError                  **error)
{
  const XmlRpcType *type;
  GDateTime *date_time;
  GError *problem = NULL;
  const char *text;

  type = xml_rpc_object_reader_find_special (value, &text);
  if (value->layout->kind == 's')
    text = (const char *) value->data;
  else if (type == NULL || type->kind != XML_RPC_VALUE_DATE_TIME)
    return xml_rpc_object_reader_fail (self, xml_rpc_types[XML_RPC_VALUE_DATE_TIME].name, value, place, error);

  date_time = xml_rpc_iso8601_to_date_time (text, NULL, &problem);
  if (date_time == NULL)
    return xml_rpc_object_place_propagate (place, error, problem);

  g_value_take_boxed (result, date_time);
  return TRUE;
}

static gboolean
read_bytes (XmlRpcObjectReader       *self,
            GParamSpec               *pspec,
            const XmlRpcVariantSpan  *value,
            const XmlRpcObjectPlace  *place,
            GValue                   *result,
            GError                  **error)
{
  if (value->layout->kind != 'a' || value->layout[1].kind != 'y')
    return xml_rpc_object_reader_fail (self, xml_rpc_types[XML_RPC_VALUE_BASE64].name, value, place, error);

  g_value_take_boxed (result, g_bytes_new (value->data, value->size));
  return TRUE;
}

static gboolean
read_variant (XmlRpcObjectReader       *self,
              GParamSpec               *pspec,
              const XmlRpcVariantSpan  *value,
              const XmlRpcObjectPlace  *place,
              GValue                   *result,
              GError                  **error)
{
  GVariant *variant = convert (self, value, G_PARAM_SPEC_VARIANT (pspec)->type, place, error);

  if (variant == NULL)
    return FALSE;

  g_value_take_variant (result, variant);
  return TRUE;
}

static gboolean
read_object (XmlRpcObjectReader       *self,
             GParamSpec               *pspec,
             const XmlRpcVariantSpan  *value,
             const XmlRpcObjectPlace  *place,
             GValue                   *result,
             GError                  **error)
{
  GObject *object = xml_rpc_object_reader_read_object (self, pspec->value_type, value, place, error);

  if (object == NULL)
    return FALSE;

  g_value_take_object (result, object);
  return TRUE;
}

static gboolean
fail_unsupported (XmlRpcObjectReader       *self,
                  GParamSpec               *pspec,
                  const XmlRpcVariantSpan  *value,
                  const XmlRpcObjectPlace  *place,
                  GValue                   *result,
                  GError                  **error)
{
  return xml_rpc_object_place_fail (place, XML_RPC_ERROR_UNSUPPORTED_TYPE, error,
                                    "XML-RPC has no form for the property \"%s\" of the type %s",
                                    pspec->name, g_type_name (pspec->value_type));
}

static const struct
{
  Read     read;
  gboolean is_nullable;
} readers[XML_RPC_N_PROPERTY_KINDS] = {
  [XML_RPC_PROPERTY_UNSUPPORTED] = { fail_unsupported, FALSE },
  [XML_RPC_PROPERTY_BOOLEAN]     = { read_boolean, FALSE },
  [XML_RPC_PROPERTY_INTEGER]     = { read_integer, FALSE },
  [XML_RPC_PROPERTY_DOUBLE]      = { read_double, FALSE },
  [XML_RPC_PROPERTY_STRING]      = { read_string, TRUE },
  [XML_RPC_PROPERTY_ENUM]        = { read_enum, FALSE },
  [XML_RPC_PROPERTY_FLAGS]       = { read_flags, FALSE },
  [XML_RPC_PROPERTY_STRV]        = { read_strv, TRUE },
  [XML_RPC_PROPERTY_DATE_TIME]   = { read_date_time, TRUE },
  [XML_RPC_PROPERTY_BYTES]       = { read_bytes, TRUE },
  [XML_RPC_PROPERTY_VARIANT]     = { read_variant, TRUE },
  [XML_RPC_PROPERTY_VALUE]       = { read_object, TRUE },
  [XML_RPC_PROPERTY_LIST]        = { fail_unsupported, FALSE },
  [XML_RPC_PROPERTY_OBJECT]      = { read_object, TRUE },
};

/* Validation changes what is not allowed. Not g_param_value_is_valid(), which in GLib 2.74
 * refuses large doubles and NULL for an object. */
static gboolean
check_allowed (XmlRpcObjectReader       *self,
               GParamSpec               *pspec,
               const XmlRpcVariantSpan  *value,
               const XmlRpcObjectPlace  *place,
               GValue                   *result,
               GError                  **error)
{
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (GVariant) natural = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *expected = NULL;

  if (G_LIKELY (!g_param_value_validate (pspec, result)))
    return TRUE;

  variant = xml_rpc_object_reader_get_variant (self, value);
  natural = xml_rpc_natural_form (variant, NULL);
  shown = natural != NULL ? xml_rpc_natural_form_to_string (natural) : g_variant_print (variant, FALSE);
  expected = g_strdup_printf ("a value that the property \"%s\" allows", pspec->name);

  return fail_text (expected, shown, place, error);
}

gboolean
xml_rpc_object_reader_read_property (XmlRpcObjectReader       *self,
                                     const XmlRpcProperty     *property,
                                     const XmlRpcVariantSpan  *value,
                                     const XmlRpcObjectPlace  *place,
                                     GValue                   *result,
                                     GError                  **error)
{
  const XmlRpcVariantSpan content = xml_rpc_object_reader_open (self, value);
  GParamSpec *pspec = property->pspec;

  /* What was initialized is NULL already. */
  if (content.layout->kind == 'm' && readers[property->kind].is_nullable)
    return check_allowed (self, pspec, &content, place, result, error);

  return readers[property->kind].read (self, pspec, &content, place, result, error) &&
         check_allowed (self, pspec, &content, place, result, error);
}
