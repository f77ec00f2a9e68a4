/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "replay-variant.h"
#include "random-variant.h"

static const XmlRpcVariantLayout *
layout_of (XmlRpcVariantLayouts *layouts,
           GVariant             *value)
{
  const char *type = g_variant_get_type_string (value);

  return xml_rpc_variant_layouts_lookup (layouts, type, strlen (type));
}

/* As text does that arrives in pieces. */
static void
replay_bit_by_bit (XmlRpcVariantWriter       *writer,
                   const XmlRpcVariantLayout *layout,
                   GVariant                  *value)
{
  const guint8 *data = g_variant_get_data (value);
  gsize size = g_variant_get_size (value);

  for (gsize i = 0; i < size; i++)
    xml_rpc_buffer_append_byte (&writer->buffer, data[i]);
  xml_rpc_variant_writer_end_bytes (writer, layout);
}

static void
replay_string (XmlRpcVariantWriter       *writer,
               const XmlRpcVariantLayout *layout,
               GVariant                  *value)
{
  gsize length;
  const char *string = g_variant_get_string (value, &length);

  xml_rpc_variant_writer_add_string (writer, layout, string, length);
}

void
replay_children (XmlRpcVariantWriter  *writer,
                 XmlRpcVariantLayouts *layouts,
                 GVariant             *value)
{
  GVariantIter iter;
  GVariant *child;

  g_variant_iter_init (&iter, value);
  while ((child = g_variant_iter_next_value (&iter)) != NULL)
    {
      replay_value (writer, layouts, child);
      g_variant_unref (child);
    }
}

void
replay_value (XmlRpcVariantWriter  *writer,
              XmlRpcVariantLayouts *layouts,
              GVariant             *value)
{
  const XmlRpcVariantLayout *layout = layout_of (layouts, value);
  gboolean is_bytes = g_variant_is_of_type (value, G_VARIANT_TYPE_BYTESTRING);
  gboolean is_text = strchr ("sog", layout->kind) != NULL;

  if ((is_bytes || is_text) && random_variant_chance (2))
    {
      replay_bit_by_bit (writer, layout, value);
    }
  else if (is_text)
    {
      replay_string (writer, layout, value);
    }
  else if (g_variant_is_container (value))
    {
      xml_rpc_variant_writer_open (writer, layout);
      replay_children (writer, layouts, value);
      xml_rpc_variant_writer_close (writer);
    }
  else
    {
      xml_rpc_variant_writer_add (writer, layout, g_variant_get_data (value));
    }
}

GVariant *
replay (GVariant *value)
{
  XmlRpcVariantLayouts layouts;
  XmlRpcVariantWriter writer;
  GVariant *written;

  xml_rpc_variant_layouts_init (&layouts);
  xml_rpc_variant_writer_init (&writer);

  replay_value (&writer, &layouts, value);
  written = xml_rpc_variant_writer_end (&writer, layout_of (&layouts, value));

  xml_rpc_variant_writer_clear (&writer);
  xml_rpc_variant_layouts_clear (&layouts);

  return written;
}

void
assert_written_alike (GVariant *expected,
                      GVariant *written)
{
  g_autoptr (GVariant) normal = g_variant_get_normal_form (expected);
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (written);
  g_autoptr (GVariant) untrusted = NULL;

  g_assert_cmpstr (g_variant_get_type_string (written), ==, g_variant_get_type_string (expected));

  untrusted = g_variant_ref_sink (g_variant_new_from_bytes (g_variant_get_type (written), bytes, FALSE));
  g_assert_true (g_variant_is_normal_form (untrusted));
  g_assert_cmpvariant (untrusted, expected);

  g_assert_cmpmem (g_variant_get_data (written), g_variant_get_size (written),
                   g_variant_get_data (normal), g_variant_get_size (normal));
}
