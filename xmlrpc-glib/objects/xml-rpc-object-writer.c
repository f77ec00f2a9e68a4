/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Objects become structs. Whatever is returned can be read again, and nearly all of it can
 * be sent: only what a message has no form for, such as a number that is infinite, is found
 * by the encoder. */

#include "xml-rpc-object-writer-private.h"

#include <gio/gio.h>
#include <xmlrpc-glib/xml-rpc-value.h>

static gboolean
is_null (const XmlRpcProperty *property,
         const GValue         *value)
{
  switch (G_TYPE_FUNDAMENTAL (G_VALUE_TYPE (value)))
    {
    case G_TYPE_STRING:
    case G_TYPE_VARIANT:
    case G_TYPE_BOXED:
    case G_TYPE_OBJECT:
    case G_TYPE_INTERFACE:
      return property->kind != XML_RPC_PROPERTY_UNSUPPORTED && g_value_peek_pointer (value) == NULL;
    default:
      return FALSE;
    }
}

/* What is NULL is left out, unless that is not what the property is by itself. */
static gboolean
write_member (XmlRpcMappings           *mappings,
              GObject                  *object,
              const XmlRpcProperty     *property,
              const XmlRpcObjectPlace  *place,
              GVariantBuilder          *builder,
              GError                  **error)
{
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (GVariant) written = NULL;

  g_value_init (&value, property->pspec->value_type);
  g_object_get_property (object, property->name, &value);

  if (!is_null (property, &value))
    written = xml_rpc_object_writer_write_property (mappings, property, &value, place, error);
  else if (g_param_value_defaults (property->pspec, &value))
    return TRUE;
  else
    written = g_variant_ref_sink (g_variant_new_maybe (G_VARIANT_TYPE_VARIANT, NULL));

  if (written == NULL)
    return FALSE;

  g_variant_builder_add (builder, "{sv}", property->member_name, written);
  return TRUE;
}

static GVariant *
write_struct (XmlRpcMappings           *mappings,
              GObject                  *object,
              const XmlRpcObjectPlace  *outer,
              GError                  **error)
{
  XmlRpcMapping *mapping = xml_rpc_mappings_get_for (mappings, object, outer, error);
  XmlRpcObjectPlace place = { .outer = outer, .holder = object };
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  if (mapping == NULL)
    return NULL;

  for (guint i = 0; i < mapping->n_properties; i++)
    {
      const XmlRpcProperty *property = &mapping->properties[i];

      if (property->member_name == NULL)
        continue;

      place.name = property->member_name;
      if (!write_member (mappings, object, property, &place, &builder, error))
        return NULL;
    }

  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

static GVariant *
write_list (XmlRpcMappings           *mappings,
            GListModel               *list,
            const XmlRpcObjectPlace  *outer,
            GError                  **error)
{
  XmlRpcObjectPlace place = { .outer = outer, .holder = G_OBJECT (list) };
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("av"));

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_object (list, i);
      g_autoptr (GVariant) written = NULL;

      place.index = i;
      written = xml_rpc_object_writer_write_object (mappings, item, &place, error);
      if (written == NULL)
        return NULL;
      g_variant_builder_add (&builder, "v", written);
    }

  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

static gboolean
check_holders (GObject                  *object,
               const XmlRpcObjectPlace  *place,
               GError                  **error)
{
  for (const XmlRpcObjectPlace *outer = place; outer != NULL; outer = outer->outer)
    {
      if (outer->holder == object)
        return xml_rpc_object_place_fail (place, XML_RPC_ERROR_INVALID_VALUE, error,
                                          "the %s is within itself", G_OBJECT_TYPE_NAME (object));
    }

  return xml_rpc_object_place_check (place, error);
}

GVariant *
xml_rpc_object_writer_write_object (XmlRpcMappings           *mappings,
                                    GObject                  *object,
                                    const XmlRpcObjectPlace  *place,
                                    GError                  **error)
{
  if (XML_RPC_IS_VALUE (object))
    return g_variant_ref (xml_rpc_value_get_variant (XML_RPC_VALUE (object)));
  if (!check_holders (object, place, error))
    return NULL;
  if (G_IS_LIST_MODEL (object))
    return write_list (mappings, G_LIST_MODEL (object), place, error);

  return write_struct (mappings, object, place, error);
}
