/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-natural-form-private.h"

#include <string.h>

#include "xml-rpc-iso8601-private.h"

typedef gboolean (*EqualFunc) (GVariant *a,
                               GVariant *b);

static gboolean
equal_text (GVariant *a,
            GVariant *b)
{
  return g_str_equal (xml_rpc_special_form_get_text (a), xml_rpc_special_form_get_text (b));
}

static gboolean
equal_date_time (GVariant *a,
                 GVariant *b)
{
  return xml_rpc_iso8601_equal (xml_rpc_special_form_get_text (a),
                                xml_rpc_special_form_get_text (b));
}

static gboolean
equal_bits (double a,
            double b)
{
  return memcmp (&a, &b, sizeof a) == 0;
}

static gboolean
equal_double (GVariant *a,
              GVariant *b)
{
  double number_a = g_variant_get_double (a);
  double number_b = g_variant_get_double (b);

  return number_a == number_b || equal_bits (number_a, number_b);
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

static gboolean
equal_variant (GVariant *a,
               GVariant *b)
{
  return g_variant_equal (a, b);
}

static const EqualFunc equal_funcs[] = {
  [XML_RPC_VALUE_INT]         = equal_variant,
  [XML_RPC_VALUE_I8]          = equal_variant,
  [XML_RPC_VALUE_BOOLEAN]     = equal_variant,
  [XML_RPC_VALUE_DOUBLE]      = equal_double,
  [XML_RPC_VALUE_STRING]      = equal_variant,
  [XML_RPC_VALUE_DATE_TIME]   = equal_date_time,
  [XML_RPC_VALUE_BASE64]      = equal_base64,
  [XML_RPC_VALUE_ARRAY]       = equal_array,
  [XML_RPC_VALUE_STRUCT]      = equal_struct,
  [XML_RPC_VALUE_NIL]         = equal_variant,
  [XML_RPC_VALUE_BIG_INTEGER] = equal_text,
  [XML_RPC_VALUE_BIG_DECIMAL] = equal_text,
};

gboolean
xml_rpc_natural_form_equal (GVariant *a,
                            GVariant *b)
{
  XmlRpcValueKind kind = xml_rpc_natural_form_get_kind (a);

  return a == b ||
         (kind == xml_rpc_natural_form_get_kind (b) && equal_funcs[kind] (a, b));
}
