/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-natural-form-private.h"

#include "../codec/xml-rpc-from-variant-private.h"
#include "../codec/xml-rpc-to-variant-private.h"

static gboolean
is_natural (GVariant *value,
            guint     nesting)
{
  const XmlRpcType *type = xml_rpc_type_of_natural (value);
  gboolean natural = nesting < XML_RPC_MAX_NESTING;
  gsize n_children;

  if (type == NULL)
    return FALSE;
  if (type->form == XML_RPC_FORM_NIL)
    return g_variant_n_children (value) == 0;
  if (type->form != XML_RPC_FORM_ARRAY && type->form != XML_RPC_FORM_STRUCT)
    return TRUE;

  n_children = g_variant_n_children (value);
  for (gsize i = 0; natural && i < n_children; i++)
    {
      g_autoptr (GVariant) content = NULL;

      if (type->form == XML_RPC_FORM_ARRAY)
        g_variant_get_child (value, i, "v", &content);
      else
        g_variant_get_child (value, i, "{sv}", NULL, &content);
      natural = is_natural (content, nesting + 1);
    }

  return natural;
}

/* @root is what errors call the outermost value. */
static GVariant *
convert (GVariant            *value,
         const GVariantType  *type,
         const char          *root,
         GError             **error)
{
  XmlRpcToVariant sink;
  GVariant *converted = NULL;

  xml_rpc_to_variant_init (&sink);
  if (xml_rpc_to_variant_expect (&sink, type))
    xml_rpc_from_variant_tell_value (value, &sink.sink);
  if (xml_rpc_sink_propagate (&sink.sink, root, error))
    converted = xml_rpc_to_variant_end (&sink);
  xml_rpc_to_variant_clear (&sink);

  return converted;
}

GVariant *
xml_rpc_natural_form (GVariant  *variant,
                      GError   **error)
{
  g_autoptr (GVariant) normal = g_variant_get_normal_form (variant);

  if (is_natural (normal, 0))
    return g_steal_pointer (&normal);

  return convert (normal, NULL, "value", error);
}

GVariant *
xml_rpc_natural_form_convert (GVariant            *natural,
                              const GVariantType  *type,
                              GError             **error)
{
  if (type == NULL || g_variant_is_of_type (natural, type))
    return g_variant_ref (natural);

  return convert (natural, type, "", error);
}

XmlRpcValueKind
xml_rpc_natural_form_get_kind (GVariant *natural)
{
  const XmlRpcType *type = xml_rpc_type_of_natural (natural);

  g_assert (type != NULL);

  return type->kind;
}

GVariant *
xml_rpc_special_form_new (XmlRpcValueKind  kind,
                          const char      *text)
{
  return g_variant_new ("(os)", xml_rpc_types[kind].path, text);
}

const char *
xml_rpc_special_form_get_text (GVariant *special)
{
  const char *text;

  g_variant_get_child (special, 1, "&s", &text);

  return text;
}
