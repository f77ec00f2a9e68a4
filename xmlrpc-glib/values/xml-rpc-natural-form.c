/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-natural-form-private.h"

#include "../codec/xml-rpc-to-variant-private.h"
#include "xml-rpc-iso8601-private.h"

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

GVariant *
xml_rpc_natural_form_within (GVariant    *variant,
                             const char  *root,
                             GError     **error)
{
  g_autoptr (GVariant) normal = g_variant_get_normal_form (variant);

  if (is_natural (normal, 0))
    return g_steal_pointer (&normal);

  return xml_rpc_to_variant_convert (normal, NULL, root, error);
}

GVariant *
xml_rpc_natural_form (GVariant  *variant,
                      GError   **error)
{
  return xml_rpc_natural_form_within (variant, "value", error);
}

GVariant *
xml_rpc_natural_form_convert (GVariant            *natural,
                              const GVariantType  *type,
                              GError             **error)
{
  if (type == NULL || g_variant_is_of_type (natural, type))
    return g_variant_ref (natural);

  return xml_rpc_to_variant_convert (natural, type, "", error);
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
  GVariant *special = g_variant_new ("(os)", xml_rpc_types[kind].path, text);

  /* Serialised now, it takes a third of the memory: a message may have very many. */
  g_variant_get_data (special);
  return special;
}

const char *
xml_rpc_special_form_get_text (GVariant *special)
{
  const char *text;

  g_variant_get_child (special, 1, "&s", &text);

  return text;
}

static gboolean
equal_date_time (GVariant *a,
                 GVariant *b)
{
  return xml_rpc_iso8601_equal (xml_rpc_special_form_get_text (a),
                                xml_rpc_special_form_get_text (b));
}

static gboolean
equal_double (GVariant *a,
              GVariant *b)
{
  double number_a = g_variant_get_double (a);
  double number_b = g_variant_get_double (b);

  return number_a == number_b || memcmp (&number_a, &number_b, sizeof number_a) == 0;
}

static gboolean
equal_base64 (GVariant *a,
              GVariant *b)
{
  gsize size = g_variant_get_size (a);

  /* An empty one has no data to compare. */
  return size == g_variant_get_size (b) &&
         (size == 0 || memcmp (g_variant_get_data (a), g_variant_get_data (b), size) == 0);
}

static gboolean
equal_array (GVariant *a,
             GVariant *b)
{
  gsize n_items = g_variant_n_children (a);
  gboolean equal = n_items == g_variant_n_children (b);

  for (gsize i = 0; equal && i < n_items; i++)
    {
      g_autoptr (GVariant) item_a = NULL;
      g_autoptr (GVariant) item_b = NULL;

      g_variant_get_child (a, i, "v", &item_a);
      g_variant_get_child (b, i, "v", &item_b);
      equal = xml_rpc_natural_form_equal (item_a, item_b);
    }

  return equal;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  GVariant *entry_a = *(GVariant *const *) a;
  GVariant *entry_b = *(GVariant *const *) b;
  g_autoptr (GVariant) name_a = g_variant_get_child_value (entry_a, 0);
  g_autoptr (GVariant) name_b = g_variant_get_child_value (entry_b, 0);

  return strcmp (g_variant_get_string (name_a, NULL), g_variant_get_string (name_b, NULL));
}

/* The sort is stable: members of the same name stay in their order. */
static GPtrArray *
sort_members (GVariant *structure)
{
  gsize n_members = g_variant_n_children (structure);
  GPtrArray *members = g_ptr_array_new_full (n_members, (GDestroyNotify) g_variant_unref);

  for (gsize i = 0; i < n_members; i++)
    g_ptr_array_add (members, g_variant_get_child_value (structure, i));
  g_ptr_array_sort (members, compare_names);

  return members;
}

static gboolean
equal_struct (GVariant *a,
              GVariant *b)
{
  g_autoptr (GPtrArray) members_a = NULL;
  g_autoptr (GPtrArray) members_b = NULL;
  gboolean equal = TRUE;

  if (g_variant_n_children (a) != g_variant_n_children (b))
    return FALSE;

  members_a = sort_members (a);
  members_b = sort_members (b);
  for (guint i = 0; equal && i < members_a->len; i++)
    {
      g_autofree char *name_a = NULL;
      g_autofree char *name_b = NULL;
      g_autoptr (GVariant) value_a = NULL;
      g_autoptr (GVariant) value_b = NULL;

      g_variant_get (members_a->pdata[i], "{sv}", &name_a, &value_a);
      g_variant_get (members_b->pdata[i], "{sv}", &name_b, &value_b);
      equal = g_str_equal (name_a, name_b) && xml_rpc_natural_form_equal (value_a, value_b);
    }

  return equal;
}

gboolean
xml_rpc_natural_form_equal (GVariant *a,
                            GVariant *b)
{
  const XmlRpcType *type = xml_rpc_type_of_natural (a);

  if (a == b)
    return TRUE;
  if (type != xml_rpc_type_of_natural (b))
    return FALSE;

  switch ((int) type->form)
    {
    case XML_RPC_FORM_DOUBLE:
      return equal_double (a, b);
    case XML_RPC_FORM_BYTES:
      return equal_base64 (a, b);
    case XML_RPC_FORM_ARRAY:
      return equal_array (a, b);
    case XML_RPC_FORM_STRUCT:
      return equal_struct (a, b);
    case XML_RPC_FORM_TEXT:
      return type->kind == XML_RPC_VALUE_DATE_TIME ? equal_date_time (a, b) : g_variant_equal (a, b);
    default:
      return g_variant_equal (a, b);
    }
}
