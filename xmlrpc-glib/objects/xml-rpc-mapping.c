/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-mapping-private.h"

#include <string.h>

#include <gio/gio.h>
#include <xmlrpc-glib/xml-rpc-value.h>

#include "xml-rpc-member-name-private.h"

static XmlRpcPropertyKind
get_kind_of_boxed (GType type)
{
  if (type == G_TYPE_STRV)
    return XML_RPC_PROPERTY_STRV;
  if (type == G_TYPE_DATE_TIME)
    return XML_RPC_PROPERTY_DATE_TIME;
  if (type == G_TYPE_BYTES)
    return XML_RPC_PROPERTY_BYTES;

  return XML_RPC_PROPERTY_UNSUPPORTED;
}

static XmlRpcPropertyKind
get_kind_of_object (GType type)
{
  if (g_type_is_a (type, XML_RPC_TYPE_VALUE))
    return XML_RPC_PROPERTY_VALUE;
  if (g_type_is_a (type, G_TYPE_LIST_MODEL))
    return XML_RPC_PROPERTY_LIST;

  return XML_RPC_PROPERTY_OBJECT;
}

/* A program's own kind of GParamSpec does not say which values there are. */
static XmlRpcPropertyKind
get_kind (GParamSpec *pspec)
{
  const GType type = pspec->value_type;

  switch (G_TYPE_FUNDAMENTAL (type))
    {
    case G_TYPE_BOOLEAN:
      return XML_RPC_PROPERTY_BOOLEAN;
    case G_TYPE_CHAR:
    case G_TYPE_UCHAR:
    case G_TYPE_INT:
    case G_TYPE_UINT:
    case G_TYPE_LONG:
    case G_TYPE_ULONG:
    case G_TYPE_INT64:
    case G_TYPE_UINT64:
      return XML_RPC_PROPERTY_INTEGER;
    case G_TYPE_FLOAT:
    case G_TYPE_DOUBLE:
      return XML_RPC_PROPERTY_DOUBLE;
    case G_TYPE_STRING:
      return XML_RPC_PROPERTY_STRING;
    case G_TYPE_ENUM:
      return G_IS_PARAM_SPEC_ENUM (pspec) ? XML_RPC_PROPERTY_ENUM : XML_RPC_PROPERTY_UNSUPPORTED;
    case G_TYPE_FLAGS:
      return G_IS_PARAM_SPEC_FLAGS (pspec) ? XML_RPC_PROPERTY_FLAGS : XML_RPC_PROPERTY_UNSUPPORTED;
    case G_TYPE_VARIANT:
      return G_IS_PARAM_SPEC_VARIANT (pspec) ? XML_RPC_PROPERTY_VARIANT : XML_RPC_PROPERTY_UNSUPPORTED;
    case G_TYPE_BOXED:
      return get_kind_of_boxed (type);
    case G_TYPE_OBJECT:
    case G_TYPE_INTERFACE:
      return get_kind_of_object (type);
    default:
      return XML_RPC_PROPERTY_UNSUPPORTED;
    }
}

static void
list_properties (XmlRpcMapping *self)
{
  g_autofree GParamSpec **pspecs = g_object_class_list_properties (self->klass, &self->n_properties);

  self->properties = g_new0 (XmlRpcProperty, self->n_properties);
  for (guint i = 0; i < self->n_properties; i++)
    {
      GParamSpec *target = g_param_spec_get_redirect_target (pspecs[i]);
      XmlRpcProperty *property = &self->properties[i];

      property->name = pspecs[i]->name;
      property->pspec = target != NULL ? target : pspecs[i];
      property->kind = get_kind (property->pspec);
      property->flags = pspecs[i]->flags;
      self->has_lists |= property->kind == XML_RPC_PROPERTY_LIST;
    }
}

static XmlRpcMapping *
mapping_new (GType type)
{
  XmlRpcMapping *self = g_new0 (XmlRpcMapping, 1);

  self->klass = g_type_class_ref (type);
  self->by_member = g_hash_table_new (g_str_hash, g_str_equal);
  list_properties (self);

  return self;
}

static void
mapping_free (gpointer data)
{
  XmlRpcMapping *self = data;

  for (guint i = 0; i < self->n_properties; i++)
    g_free (self->properties[i].member_name);
  g_free (self->properties);
  g_hash_table_unref (self->by_member);
  g_clear_object (&self->model);
  g_type_class_unref (self->klass);
  g_free (self);
}

void
xml_rpc_mappings_init (XmlRpcMappings *self)
{
  self->by_type = g_hash_table_new_full (NULL, NULL, NULL, mapping_free);
}

void
xml_rpc_mappings_clear (XmlRpcMappings *self)
{
  g_clear_pointer (&self->by_type, g_hash_table_unref);
}

static XmlRpcMapping *
lookup (XmlRpcMappings *self,
        GType           type)
{
  return g_hash_table_lookup (self->by_type, GSIZE_TO_POINTER (type));
}

static XmlRpcMapping *
add (XmlRpcMappings *self,
     GType           type)
{
  XmlRpcMapping *mapping = mapping_new (type);

  g_hash_table_insert (self->by_type, GSIZE_TO_POINTER (type), mapping);

  return mapping;
}

static gboolean
check_type (GType                     type,
            const XmlRpcObjectPlace  *place,
            GError                  **error)
{
  const char *wrong = NULL;

  if (G_TYPE_FUNDAMENTAL (type) != G_TYPE_OBJECT)
    wrong = "which is not derived from GObject";
  else if (G_TYPE_IS_ABSTRACT (type))
    wrong = "which is abstract";
  else if (type == G_TYPE_OBJECT)
    wrong = "which has no properties";

  return wrong == NULL ||
         xml_rpc_object_place_fail (place, XML_RPC_ERROR_UNSUPPORTED_TYPE, error,
                                    "expected a class to make objects of, got %s, %s",
                                    type != G_TYPE_INVALID ? g_type_name (type) : "none", wrong);
}

GObject *
xml_rpc_mapping_create (XmlRpcMapping *self,
                        guint          n_properties,
                        const char    *names[],
                        const GValue  *values)
{
  GObject *object = g_object_new_with_properties (G_OBJECT_CLASS_TYPE (self->klass), n_properties, names, values);

  return g_object_is_floating (object) ? g_object_ref_sink (object) : object;
}

XmlRpcMapping *
xml_rpc_mappings_get (XmlRpcMappings           *self,
                      GType                     type,
                      const XmlRpcObjectPlace  *place,
                      GError                  **error)
{
  XmlRpcMapping *mapping = lookup (self, type);

  if (mapping != NULL)
    return mapping;
  if (!check_type (type, place, error))
    return NULL;

  mapping = add (self, type);
  if (g_type_is_a (type, XML_RPC_TYPE_SERIALIZABLE))
    mapping->model = xml_rpc_mapping_create (mapping, 0, NULL, NULL);

  return mapping;
}

static char *
get_member_name (XmlRpcMapping        *self,
                 const XmlRpcProperty *property)
{
  g_autofree char *name = NULL;

  if (self->model == NULL)
    return xml_rpc_member_name_from_property (property->name);

  name = xml_rpc_serializable_get_member_name (XML_RPC_SERIALIZABLE (self->model), property->name);

  return *name != '\0' ? g_steal_pointer (&name) : NULL;
}

/* What would not be read again is not written. */
static gboolean
name_members (XmlRpcMapping            *self,
              const XmlRpcObjectPlace  *place,
              GError                  **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->n_properties; i++)
    {
      XmlRpcProperty *property = &self->properties[i];

      if ((property->flags & G_PARAM_READABLE) == 0)
        continue;

      property->member_name = get_member_name (self, property);
      if (property->member_name == NULL || g_hash_table_add (names, property->member_name))
        continue;

      return xml_rpc_object_place_fail (place, XML_RPC_ERROR_INVALID_VALUE, error,
                                        "two properties of %s are the member \"%s\"",
                                        G_OBJECT_CLASS_NAME (self->klass), property->member_name);
    }

  return TRUE;
}

XmlRpcMapping *
xml_rpc_mappings_get_for (XmlRpcMappings           *self,
                          GObject                  *object,
                          const XmlRpcObjectPlace  *place,
                          GError                  **error)
{
  XmlRpcMapping *mapping = lookup (self, G_OBJECT_TYPE (object));

  if (mapping != NULL)
    return mapping;

  mapping = add (self, G_OBJECT_TYPE (object));
  if (XML_RPC_IS_SERIALIZABLE (object))
    mapping->model = g_object_ref (object);

  return name_members (mapping, place, error) ? mapping : NULL;
}

/* NULL where the class has none, and where it wants none. */
static GParamSpec *
find_pspec (XmlRpcMapping *self,
            const char    *member_name)
{
  g_autofree char *name = NULL;
  GParamSpec *pspec;

  if (self->model == NULL)
    return xml_rpc_member_name_find_property (self->klass, member_name);

  name = xml_rpc_serializable_find_property (XML_RPC_SERIALIZABLE (self->model), member_name);
  if (name == NULL || *name == '\0')
    return NULL;

  pspec = g_object_class_find_property (self->klass, name);
  if (pspec == NULL)
    g_critical ("%s says that the member \"%s\" is its property \"%s\", which it does not have",
                G_OBJECT_CLASS_NAME (self->klass), member_name, name);

  return pspec;
}

static const XmlRpcProperty *
find (XmlRpcMapping *self,
      const char    *member_name)
{
  const GParamSpec *pspec = find_pspec (self, member_name);

  for (guint i = 0; pspec != NULL && i < self->n_properties; i++)
    {
      const XmlRpcProperty *property = &self->properties[i];

      if (strcmp (property->name, pspec->name) == 0)
        return (property->flags & G_PARAM_WRITABLE) != 0 || property->kind == XML_RPC_PROPERTY_LIST ? property : NULL;
    }

  return NULL;
}

const XmlRpcProperty *
xml_rpc_mapping_find (XmlRpcMapping *self,
                      const char    *member_name)
{
  gpointer property;

  if (g_hash_table_lookup_extended (self->by_member, member_name, NULL, &property))
    return property;

  property = (gpointer) find (self, member_name);
  g_hash_table_insert (self->by_member, (gpointer) member_name, property);

  return property;
}
