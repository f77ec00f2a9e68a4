/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Structs become objects. The GVariant is read in place, in its serialised form, and each
 * object is made in one step, with all that its struct has for its properties: so those that
 * are only set at construction are nothing special.
 *
 * Lists come last. A GListStore property has no type for its items, and the store that the
 * object has made for itself tells it. */

#include "xml-rpc-object-reader-private.h"

#include <gio/gio.h>

#include "../values/xml-rpc-natural-form-private.h"

void
xml_rpc_object_reader_init (XmlRpcObjectReader *self,
                            GVariant           *value)
{
  xml_rpc_type_init ();
  xml_rpc_variant_reader_init (&self->reader, value);
  xml_rpc_mappings_init (&self->mappings);
}

void
xml_rpc_object_reader_clear (XmlRpcObjectReader *self)
{
  xml_rpc_mappings_clear (&self->mappings);
  xml_rpc_variant_reader_clear (&self->reader);
}

XmlRpcVariantSpan
xml_rpc_object_reader_open (XmlRpcObjectReader      *self,
                            const XmlRpcVariantSpan *value)
{
  XmlRpcVariantSpan span = *value;

  while (span.layout->kind == 'v' || span.layout->kind == 'm')
    {
      XmlRpcVariantSpan container = span;
      XmlRpcVariantSpanIter iter;

      xml_rpc_variant_span_iter_init (&iter, &self->reader, &container);
      if (!xml_rpc_variant_span_iter_next (&iter, &span))
        return container;
    }

  return span;
}

GVariant *
xml_rpc_object_reader_get_variant (XmlRpcObjectReader      *self,
                                   const XmlRpcVariantSpan *value)
{
  g_autofree char *type = g_strndup (value->layout->type, value->layout->type_length);
  GVariant *variant = g_variant_new_from_data (G_VARIANT_TYPE (type), value->data, value->size, TRUE,
                                               (GDestroyNotify) g_variant_unref,
                                               g_variant_ref (self->reader.value));

  return g_variant_ref_sink (variant);
}

gboolean
xml_rpc_object_reader_fail (XmlRpcObjectReader       *self,
                            const char               *expected,
                            const XmlRpcVariantSpan  *value,
                            const XmlRpcObjectPlace  *place,
                            GError                  **error)
{
  g_autoptr (GVariant) variant = xml_rpc_object_reader_get_variant (self, value);
  g_autoptr (GVariant) natural = NULL;
  GError *problem = NULL;

  natural = xml_rpc_natural_form_within (variant, "", &problem);
  if (natural == NULL)
    return xml_rpc_object_place_propagate (place, error, problem);

  return xml_rpc_object_place_fail (place, XML_RPC_ERROR_TYPE_MISMATCH, error, "expected %s, got %s",
                                    expected, xml_rpc_types[xml_rpc_natural_form_get_kind (natural)].name);
}

const XmlRpcType *
xml_rpc_object_reader_find_special (const XmlRpcVariantSpan  *value,
                                    const char              **text)
{
  XmlRpcVariantSpan path, content;

  *text = NULL;
  if (!xml_rpc_type_is_layout_special (value->layout))
    return NULL;

  xml_rpc_variant_span_open_pair (value, &path, &content);
  *text = (const char *) content.data;

  return xml_rpc_type_find_by_path ((const char *) path.data);
}

gboolean
xml_rpc_object_reader_is_array (const XmlRpcVariantSpan *value)
{
  const XmlRpcVariantLayout *layout = value->layout;
  const char *text;

  if (layout->kind == 'a')
    return layout[1].kind != 'y' && layout[1].kind != '{';

  return layout->kind == '(' && xml_rpc_object_reader_find_special (value, &text) == NULL;
}

/* The properties that one struct has values for. */
typedef struct
{
  guint        n;
  const char **names;
  GValue      *values;
} Settings;

static void
settings_init (Settings            *self,
               const XmlRpcMapping *mapping)
{
  self->n = 0;
  self->names = g_new (const char *, mapping->n_properties);
  self->values = g_new0 (GValue, mapping->n_properties);
}

static void
settings_clear (Settings *self)
{
  for (guint i = 0; i < self->n; i++)
    g_value_unset (&self->values[i]);
  g_free (self->values);
  g_free (self->names);
}

static gboolean
settings_have (const Settings *self,
               const char     *name)
{
  for (guint i = 0; i < self->n; i++)
    {
      if (self->names[i] == name)
        return TRUE;
    }

  return FALSE;
}

static gboolean
read_member (XmlRpcObjectReader       *self,
             XmlRpcMapping            *mapping,
             const XmlRpcVariantSpan  *value,
             const XmlRpcObjectPlace  *place,
             Settings                 *settings,
             GError                  **error)
{
  const XmlRpcProperty *property = xml_rpc_mapping_find (mapping, place->name);
  GValue *result = &settings->values[settings->n];

  if (property == NULL || property->kind == XML_RPC_PROPERTY_LIST)
    return TRUE;

  if (settings_have (settings, property->name))
    return xml_rpc_object_place_fail (place, XML_RPC_ERROR_INVALID_VALUE, error,
                                      "a second member for the property \"%s\" of %s",
                                      property->name, G_OBJECT_CLASS_NAME (mapping->klass));

  settings->names[settings->n++] = property->name;
  g_value_init (result, property->pspec->value_type);

  return xml_rpc_object_reader_read_property (self, property, value, place, result, error);
}

static gboolean
is_struct (const XmlRpcVariantSpan *value)
{
  const XmlRpcVariantLayout *layout = value->layout;

  if (layout->kind == 'a' && layout[1].kind == '{')
    layout++;

  return layout->kind == '{' && xml_rpc_variant_layout_is_string (xml_rpc_variant_layout_first (layout));
}

/* The members of a struct, which may be a single entry. */
typedef struct
{
  gboolean              is_single;
  XmlRpcVariantSpan     single;
  XmlRpcVariantSpanIter iter;
} Members;

static void
members_init (Members                 *self,
              XmlRpcObjectReader      *reader,
              const XmlRpcVariantSpan *value)
{
  self->is_single = value->layout->kind == '{';
  self->single = *value;
  if (!self->is_single)
    xml_rpc_variant_span_iter_init (&self->iter, &reader->reader, value);
}

static gboolean
members_next (Members            *self,
              XmlRpcObjectPlace  *place,
              XmlRpcVariantSpan  *value)
{
  XmlRpcVariantSpan entry = self->single;
  XmlRpcVariantSpan name;

  if (self->single.layout == NULL || (!self->is_single && !xml_rpc_variant_span_iter_next (&self->iter, &entry)))
    return FALSE;
  if (self->is_single)
    self->single.layout = NULL;

  xml_rpc_variant_span_open_pair (&entry, &name, value);
  place->name = (const char *) name.data;

  return TRUE;
}

static gboolean
fill_list (XmlRpcObjectReader       *self,
           GObject                  *object,
           const XmlRpcProperty     *property,
           const XmlRpcVariantSpan  *value,
           const XmlRpcObjectPlace  *place,
           GError                  **error)
{
  g_autoptr (GObject) store = NULL;
  g_autoptr (GPtrArray) items = NULL;

  if ((property->flags & G_PARAM_READABLE) != 0)
    g_object_get (object, property->name, &store, NULL);
  if (!G_IS_LIST_STORE (store))
    return xml_rpc_object_place_fail (place, XML_RPC_ERROR_UNSUPPORTED_TYPE, error,
                                      "expected a GListStore that a new %s has made for its property \"%s\", got %s",
                                      G_OBJECT_TYPE_NAME (object), property->name,
                                      store != NULL ? G_OBJECT_TYPE_NAME (store) : "none");

  items = xml_rpc_object_reader_read_list (self, g_list_model_get_item_type (G_LIST_MODEL (store)), value, place, error);
  if (items == NULL)
    return FALSE;

  g_list_store_splice (G_LIST_STORE (store), 0, g_list_model_get_n_items (G_LIST_MODEL (store)),
                       items->pdata, items->len);
  return TRUE;
}

static gboolean
fill_lists (XmlRpcObjectReader       *self,
            XmlRpcMapping            *mapping,
            GObject                  *object,
            const XmlRpcVariantSpan  *value,
            const XmlRpcObjectPlace  *outer,
            GError                  **error)
{
  g_autoptr (GHashTable) filled = g_hash_table_new (NULL, NULL);
  XmlRpcObjectPlace place = { .outer = outer };
  XmlRpcVariantSpan member;
  Members members;

  members_init (&members, self, value);
  while (members_next (&members, &place, &member))
    {
      const XmlRpcProperty *property = xml_rpc_mapping_find (mapping, place.name);

      if (property == NULL || property->kind != XML_RPC_PROPERTY_LIST)
        continue;
      if (!g_hash_table_add (filled, (gpointer) property))
        return xml_rpc_object_place_fail (&place, XML_RPC_ERROR_INVALID_VALUE, error,
                                          "a second member for the property \"%s\" of %s",
                                          property->name, G_OBJECT_CLASS_NAME (mapping->klass));
      if (!fill_list (self, object, property, &member, &place, error))
        return FALSE;
    }

  return TRUE;
}

static GObject *
read_struct (XmlRpcObjectReader       *self,
             XmlRpcMapping            *mapping,
             const XmlRpcVariantSpan  *value,
             const XmlRpcObjectPlace  *outer,
             GError                  **error)
{
  XmlRpcObjectPlace place = { .outer = outer };
  g_autoptr (GObject) object = NULL;
  gboolean is_read = TRUE;
  XmlRpcVariantSpan member;
  Settings settings;
  Members members;

  settings_init (&settings, mapping);
  members_init (&members, self, value);
  while (is_read && members_next (&members, &place, &member))
    is_read = read_member (self, mapping, &member, &place, &settings, error);
  if (is_read)
    object = xml_rpc_mapping_create (mapping, settings.n, settings.names, settings.values);
  settings_clear (&settings);

  if (object == NULL || (mapping->has_lists && !fill_lists (self, mapping, object, value, outer, error)))
    return NULL;

  return g_steal_pointer (&object);
}

/* An XmlRpcValue is any value. */
static GObject *
read_value (XmlRpcObjectReader       *self,
            GType                     type,
            const XmlRpcVariantSpan  *value,
            const XmlRpcObjectPlace  *place,
            GError                  **error)
{
  g_autoptr (GVariant) variant = xml_rpc_object_reader_get_variant (self, value);
  g_autoptr (XmlRpcValue) object = NULL;
  g_autoptr (GVariant) natural = NULL;
  GError *problem = NULL;

  natural = xml_rpc_natural_form_within (variant, "", &problem);
  if (natural == NULL)
    {
      xml_rpc_object_place_propagate (place, error, problem);
      return NULL;
    }

  object = xml_rpc_value_new (natural, NULL);
  if (g_type_is_a (G_OBJECT_TYPE (object), type))
    return G_OBJECT (g_steal_pointer (&object));

  xml_rpc_object_reader_fail (self, g_type_name (type), value, place, error);
  return NULL;
}

GObject *
xml_rpc_object_reader_read_object (XmlRpcObjectReader       *self,
                                   GType                     type,
                                   const XmlRpcVariantSpan  *value,
                                   const XmlRpcObjectPlace  *place,
                                   GError                  **error)
{
  const XmlRpcVariantSpan content = xml_rpc_object_reader_open (self, value);
  XmlRpcMapping *mapping;

  if (g_type_is_a (type, XML_RPC_TYPE_VALUE))
    return read_value (self, type, &content, place, error);

  mapping = xml_rpc_mappings_get (&self->mappings, type, place, error);
  if (mapping == NULL)
    return NULL;
  if (is_struct (&content))
    return xml_rpc_object_place_check (place, error) ? read_struct (self, mapping, &content, place, error) : NULL;

  xml_rpc_object_reader_fail (self, xml_rpc_types[XML_RPC_VALUE_STRUCT].name, &content, place, error);
  return NULL;
}

GPtrArray *
xml_rpc_object_reader_read_list (XmlRpcObjectReader       *self,
                                 GType                     item_type,
                                 const XmlRpcVariantSpan  *value,
                                 const XmlRpcObjectPlace  *outer,
                                 GError                  **error)
{
  const XmlRpcVariantSpan content = xml_rpc_object_reader_open (self, value);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  XmlRpcObjectPlace place = { .outer = outer };
  XmlRpcVariantSpanIter iter;
  XmlRpcVariantSpan item;

  if (!g_type_is_a (item_type, XML_RPC_TYPE_VALUE) &&
      xml_rpc_mappings_get (&self->mappings, item_type, outer, error) == NULL)
    return NULL;
  if (!xml_rpc_object_reader_is_array (&content))
    {
      xml_rpc_object_reader_fail (self, xml_rpc_types[XML_RPC_VALUE_ARRAY].name, &content, outer, error);
      return NULL;
    }
  if (!xml_rpc_object_place_check (outer, error))
    return NULL;

  xml_rpc_variant_span_iter_init (&iter, &self->reader, &content);
  for (; xml_rpc_variant_span_iter_next (&iter, &item); place.index++)
    {
      GObject *object = xml_rpc_object_reader_read_object (self, item_type, &item, &place, error);

      if (object == NULL)
        return NULL;
      g_ptr_array_add (items, object);
    }

  return g_steal_pointer (&items);
}
