/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a property holds becomes one value, which the property can be read from. */

#include "xml-rpc-object-writer-private.h"

#include <gio/gio.h>
#include <xmlrpc-glib/xml-rpc-date-time.h>

#include "../values/xml-rpc-natural-form-private.h"
#include "xml-rpc-integer-property-private.h"

/* NULL with an error; else a reference of the caller's, which may be floating. */
typedef GVariant * (*Write) (XmlRpcMappings           *mappings,
                             GParamSpec               *pspec,
                             const GValue             *value,
                             const XmlRpcObjectPlace  *place,
                             GError                  **error);

static GVariant *
write_boolean (XmlRpcMappings           *mappings,
               GParamSpec               *pspec,
               const GValue             *value,
               const XmlRpcObjectPlace  *place,
               GError                  **error)
{
  return g_variant_new_boolean (g_value_get_boolean (value));
}

/* Not every server knows the larger one. */
static GVariant *
new_integer (gint64 number)
{
  return number == (gint32) number ? g_variant_new_int32 ((gint32) number) : g_variant_new_int64 (number);
}

static GVariant *
write_integer (XmlRpcMappings           *mappings,
               GParamSpec               *pspec,
               const GValue             *value,
               const XmlRpcObjectPlace  *place,
               GError                  **error)
{
  gint64 number;

  if (xml_rpc_integer_property_get (value, &number))
    return new_integer (number);

  xml_rpc_object_place_fail (place, XML_RPC_ERROR_INVALID_VALUE, error,
                             "expected an integer up to %" G_GINT64_FORMAT ", got %" G_GUINT64_FORMAT,
                             G_MAXINT64, (guint64) number);
  return NULL;
}

static GVariant *
write_double (XmlRpcMappings           *mappings,
              GParamSpec               *pspec,
              const GValue             *value,
              const XmlRpcObjectPlace  *place,
              GError                  **error)
{
  return g_variant_new_double (G_VALUE_HOLDS_FLOAT (value) ? (double) g_value_get_float (value)
                                                           : g_value_get_double (value));
}

static GVariant *
new_string (const char               *text,
            const XmlRpcObjectPlace  *place,
            GError                  **error)
{
  if (g_utf8_validate (text, -1, NULL))
    return g_variant_new_string (text);

  xml_rpc_object_place_fail (place, XML_RPC_ERROR_INVALID_VALUE, error, "a string that is not UTF-8");
  return NULL;
}

static GVariant *
write_string (XmlRpcMappings           *mappings,
              GParamSpec               *pspec,
              const GValue             *value,
              const XmlRpcObjectPlace  *place,
              GError                  **error)
{
  return new_string (g_value_get_string (value), place, error);
}

static GVariant *
write_enum (XmlRpcMappings           *mappings,
            GParamSpec               *pspec,
            const GValue             *value,
            const XmlRpcObjectPlace  *place,
            GError                  **error)
{
  const GEnumValue *found = g_enum_get_value (G_PARAM_SPEC_ENUM (pspec)->enum_class, g_value_get_enum (value));

  if (found != NULL)
    return g_variant_new_string (found->value_nick);

  xml_rpc_object_place_fail (place, XML_RPC_ERROR_INVALID_VALUE, error, "expected a value of %s, got %d",
                             g_type_name (pspec->value_type), g_value_get_enum (value));
  return NULL;
}

static GVariant *
write_flags (XmlRpcMappings           *mappings,
             GParamSpec               *pspec,
             const GValue             *value,
             const XmlRpcObjectPlace  *place,
             GError                  **error)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("av"));
  GFlagsClass *klass = G_PARAM_SPEC_FLAGS (pspec)->flags_class;
  guint rest = g_value_get_flags (value);

  while (rest != 0)
    {
      const GFlagsValue *found = g_flags_get_first_value (klass, rest);

      if (found == NULL)
        {
          xml_rpc_object_place_fail (place, XML_RPC_ERROR_INVALID_VALUE, error, "expected flags of %s, got 0x%x",
                                     g_type_name (pspec->value_type), rest);
          return NULL;
        }
      g_variant_builder_add (&builder, "v", g_variant_new_string (found->value_nick));
      rest &= ~found->value;
    }

  return g_variant_builder_end (&builder);
}

static GVariant *
write_strv (XmlRpcMappings           *mappings,
            GParamSpec               *pspec,
            const GValue             *value,
            const XmlRpcObjectPlace  *outer,
            GError                  **error)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("av"));
  XmlRpcObjectPlace place = { .outer = outer };
  char **strings = g_value_get_boxed (value);

  for (; strings[place.index] != NULL; place.index++)
    {
      GVariant *string = new_string (strings[place.index], &place, error);

      if (string == NULL)
        return NULL;
      g_variant_builder_add (&builder, "v", string);
    }

  return g_variant_builder_end (&builder);
}

static GVariant *
write_date_time (XmlRpcMappings           *mappings,
                 GParamSpec               *pspec,
                 const GValue             *value,
                 const XmlRpcObjectPlace  *place,
                 GError                  **error)
{
  g_autoptr (XmlRpcDateTime) date_time = xml_rpc_date_time_new (g_value_get_boxed (value));

  return xml_rpc_special_form_new (XML_RPC_VALUE_DATE_TIME, xml_rpc_date_time_get_iso8601 (date_time));
}

static GVariant *
write_bytes (XmlRpcMappings           *mappings,
             GParamSpec               *pspec,
             const GValue             *value,
             const XmlRpcObjectPlace  *place,
             GError                  **error)
{
  return g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, g_value_get_boxed (value), TRUE);
}

static GVariant *
write_variant (XmlRpcMappings           *mappings,
               GParamSpec               *pspec,
               const GValue             *value,
               const XmlRpcObjectPlace  *place,
               GError                  **error)
{
  GError *problem = NULL;
  GVariant *natural = xml_rpc_natural_form_within (g_value_get_variant (value), "", &problem);

  if (natural == NULL)
    xml_rpc_object_place_propagate (place, error, problem);

  return natural;
}

static GVariant *
write_object (XmlRpcMappings           *mappings,
              GParamSpec               *pspec,
              const GValue             *value,
              const XmlRpcObjectPlace  *place,
              GError                  **error)
{
  return xml_rpc_object_writer_write_object (mappings, g_value_get_object (value), place, error);
}

static GVariant *
fail_unsupported (XmlRpcMappings           *mappings,
                  GParamSpec               *pspec,
                  const GValue             *value,
                  const XmlRpcObjectPlace  *place,
                  GError                  **error)
{
  xml_rpc_object_place_fail (place, XML_RPC_ERROR_UNSUPPORTED_TYPE, error,
                             "XML-RPC has no form for the property \"%s\" of the type %s",
                             pspec->name, g_type_name (pspec->value_type));
  return NULL;
}

static const Write writers[XML_RPC_N_PROPERTY_KINDS] = {
  [XML_RPC_PROPERTY_UNSUPPORTED] = fail_unsupported,
  [XML_RPC_PROPERTY_BOOLEAN]     = write_boolean,
  [XML_RPC_PROPERTY_INTEGER]     = write_integer,
  [XML_RPC_PROPERTY_DOUBLE]      = write_double,
  [XML_RPC_PROPERTY_STRING]      = write_string,
  [XML_RPC_PROPERTY_ENUM]        = write_enum,
  [XML_RPC_PROPERTY_FLAGS]       = write_flags,
  [XML_RPC_PROPERTY_STRV]        = write_strv,
  [XML_RPC_PROPERTY_DATE_TIME]   = write_date_time,
  [XML_RPC_PROPERTY_BYTES]       = write_bytes,
  [XML_RPC_PROPERTY_VARIANT]     = write_variant,
  [XML_RPC_PROPERTY_VALUE]       = write_object,
  [XML_RPC_PROPERTY_LIST]        = write_object,
  [XML_RPC_PROPERTY_OBJECT]      = write_object,
};

GVariant *
xml_rpc_object_writer_write_property (XmlRpcMappings           *mappings,
                                      const XmlRpcProperty     *property,
                                      const GValue             *value,
                                      const XmlRpcObjectPlace  *place,
                                      GError                  **error)
{
  GVariant *written = writers[property->kind] (mappings, property->pspec, value, place, error);

  return written != NULL ? g_variant_take_ref (written) : NULL;
}
