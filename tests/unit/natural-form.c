/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "natural-form.h"

static GVariant *
get_content (GVariant *value)
{
  return g_variant_n_children (value) > 0 ? g_variant_get_child_value (value, 0) : NULL;
}

static gboolean
is_wrapper (GVariant *value)
{
  return g_variant_is_of_type (value, G_VARIANT_TYPE_MAYBE) || g_variant_is_of_type (value, G_VARIANT_TYPE_VARIANT);
}

static gboolean
is_special (GVariant *value)
{
  g_autofree char *path = NULL;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE ("(os)")))
    return FALSE;

  g_variant_get_child (value, 0, "o", &path);
  return g_str_equal (path, "/xmlrpc/dateTime") || g_str_equal (path, "/xmlrpc/biginteger") ||
         g_str_equal (path, "/xmlrpc/bigdecimal");
}

static gboolean
is_nil (GVariant *value)
{
  g_autoptr (GVariant) content = NULL;

  if (!is_wrapper (value))
    return FALSE;

  content = get_content (value);
  return content == NULL || is_nil (content);
}

static void
add_member (GVariantBuilder *builder,
            GVariant        *entry)
{
  g_autoptr (GVariant) name = g_variant_get_child_value (entry, 0);
  g_autoptr (GVariant) value = g_variant_get_child_value (entry, 1);
  g_autoptr (GVariant) natural = natural_form (value);

  g_variant_builder_add (builder, "{sv}", g_variant_get_string (name, NULL), natural);
}

static GVariant *
natural_struct (GVariant *value)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_DICT_ENTRY))
    {
      add_member (&builder, value);
    }
  else
    {
      for (gsize i = 0; i < g_variant_n_children (value); i++)
        {
          g_autoptr (GVariant) entry = g_variant_get_child_value (value, i);

          add_member (&builder, entry);
        }
    }

  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

static GVariant *
natural_array (GVariant *value)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("av"));
  for (gsize i = 0; i < g_variant_n_children (value); i++)
    {
      g_autoptr (GVariant) item = g_variant_get_child_value (value, i);
      g_autoptr (GVariant) natural = natural_form (item);

      g_variant_builder_add (&builder, "v", natural);
    }

  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

static GVariant *
natural_content (GVariant *value)
{
  g_autoptr (GVariant) content = get_content (value);

  if (content == NULL)
    return g_variant_ref_sink (g_variant_new_maybe (G_VARIANT_TYPE_VARIANT, NULL));
  return natural_form (content);
}

static GVariant *
natural_basic (GVariant *value)
{
  switch ((int) g_variant_classify (value))
    {
    case G_VARIANT_CLASS_BYTE:
      return g_variant_new_int32 (g_variant_get_byte (value));
    case G_VARIANT_CLASS_INT16:
      return g_variant_new_int32 (g_variant_get_int16 (value));
    case G_VARIANT_CLASS_UINT16:
      return g_variant_new_int32 (g_variant_get_uint16 (value));
    case G_VARIANT_CLASS_UINT32:
      return g_variant_new_int64 (g_variant_get_uint32 (value));
    case G_VARIANT_CLASS_UINT64:
      return g_variant_new_int64 (g_variant_get_uint64 (value));
    case G_VARIANT_CLASS_OBJECT_PATH:
    case G_VARIANT_CLASS_SIGNATURE:
      return g_variant_new_string (g_variant_get_string (value, NULL));
    default:
      return g_variant_ref (value);
    }
}

GVariant *
natural_form (GVariant *value)
{
  if (is_wrapper (value))
    return natural_content (value);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_DICTIONARY) || g_variant_is_of_type (value, G_VARIANT_TYPE_DICT_ENTRY))
    return natural_struct (value);
  if (g_variant_is_container (value) && !g_variant_is_of_type (value, G_VARIANT_TYPE_BYTESTRING) && !is_special (value))
    return natural_array (value);
  return g_variant_take_ref (natural_basic (value));
}

static GVariant *
typed_container (GVariant *value)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, g_variant_get_type (value));
  for (gsize i = 0; i < g_variant_n_children (value); i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (value, i);
      g_autoptr (GVariant) typed = typed_form (child);

      g_variant_builder_add_value (&builder, typed);
    }

  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

GVariant *
typed_form (GVariant *value)
{
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_VARIANT))
    {
      g_autoptr (GVariant) natural = natural_form (value);

      return g_variant_ref_sink (g_variant_new_variant (natural));
    }

  if (g_variant_is_of_type (value, G_VARIANT_TYPE_MAYBE) && is_nil (value))
    {
      const GVariantType *type = g_variant_type_element (g_variant_get_type (value));

      return g_variant_ref_sink (g_variant_new_maybe (type, NULL));
    }

  if (g_variant_is_container (value))
    return typed_container (value);
  return g_variant_ref (value);
}
