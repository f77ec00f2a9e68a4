/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The types of XML-RPC, a row for each. Nothing about a type is written down anywhere
 * else: a new one is a row here, and its kind in xml-rpc-value-kind.h. What is done with
 * its values follows from its form.
 *
 * The specification has int (or i4), boolean, double, string, dateTime.iso8601, base64,
 * array and struct. nil and i8 are extensions that most libraries have; i1, i2, biginteger,
 * bigdecimal and serializable, an object of Java in base64, are Apache's. "float" and "dateTime"
 * stand in no specification, but in messages of servers. */

#include "xml-rpc-type-private.h"

#include <string.h>

#define TAGS(start_tag, end_tag) \
  .start = "<value>" start_tag, .start_length = sizeof "<value>" start_tag - 1, \
  .end = end_tag "</value>", .end_length = sizeof end_tag "</value>" - 1

#define ELEMENT(element) .name = element, TAGS ("<" element ">", "</" element ">")

#define APACHE_ELEMENT(element) \
  .name = element, \
  TAGS ("<ex:" element " xmlns:ex=\"http://ws.apache.org/xmlrpc/namespaces/extensions\">", "</ex:" element ">")

#define JSON(object_name) .json_name = object_name, .json_start = "{\"" object_name "\":\""

#define ROW(row_kind, row_form) .kind = XML_RPC_VALUE_##row_kind, .form = XML_RPC_FORM_##row_form

/* What GVariant has no type for. */
#define SPECIAL(variant_path) .natural = xml_rpc_layout_special, .path = variant_path

const XmlRpcType xml_rpc_types[] = {
  [XML_RPC_VALUE_INT] = {
    ROW (INT, INTEGER), ELEMENT ("int"), .other_names = { "i4" },
    .natural = xml_rpc_layout_int32, .variants = "iynq", .min = G_MININT32, .max = G_MAXINT32,
  },
  [XML_RPC_VALUE_I8] = {
    ROW (I8, INTEGER), ELEMENT ("i8"), JSON ("$i8"),
    .natural = xml_rpc_layout_int64, .variants = "xut", .min = G_MININT64, .max = G_MAXINT64,
  },
  [XML_RPC_VALUE_BOOLEAN] = {
    ROW (BOOLEAN, BOOLEAN), ELEMENT ("boolean"),
    .natural = xml_rpc_layout_boolean, .variants = "b",
  },
  [XML_RPC_VALUE_DOUBLE] = {
    ROW (DOUBLE, DOUBLE), ELEMENT ("double"), .other_names = { "float" }, JSON ("$double"),
    .natural = xml_rpc_layout_double, .variants = "d",
  },
  [XML_RPC_VALUE_STRING] = {
    ROW (STRING, TEXT), ELEMENT ("string"),
    .natural = xml_rpc_layout_string, .variants = "sog",
  },
  [XML_RPC_VALUE_DATE_TIME] = {
    ROW (DATE_TIME, TEXT), ELEMENT ("dateTime.iso8601"), .other_names = { "dateTime" }, JSON ("$dateTime"),
    SPECIAL ("/xmlrpc/dateTime"),
  },
  [XML_RPC_VALUE_BASE64] = {
    ROW (BASE64, BYTES), ELEMENT ("base64"), .other_names = { "serializable" }, JSON ("$base64"),
    .natural = xml_rpc_layout_bytes,
  },
  [XML_RPC_VALUE_ARRAY] = {
    ROW (ARRAY, ARRAY), .name = "array", TAGS ("<array><data>", "</data></array>"),
    .natural = xml_rpc_layout_array,
  },
  [XML_RPC_VALUE_STRUCT] = {
    ROW (STRUCT, STRUCT), ELEMENT ("struct"), .json_name = "$struct", .json_start = "\"$struct\":{",
    .natural = xml_rpc_layout_struct,
  },
  [XML_RPC_VALUE_NIL] = {
    ROW (NIL, NIL), .name = "nil", TAGS ("<nil/>", ""),
    .natural = xml_rpc_layout_nothing,
  },
  [XML_RPC_VALUE_BIG_INTEGER] = {
    ROW (BIG_INTEGER, TEXT), APACHE_ELEMENT ("biginteger"), JSON ("$biginteger"),
    SPECIAL ("/xmlrpc/biginteger"),
  },
  [XML_RPC_VALUE_BIG_DECIMAL] = {
    ROW (BIG_DECIMAL, DECIMAL), APACHE_ELEMENT ("bigdecimal"), JSON ("$bigdecimal"),
    SPECIAL ("/xmlrpc/bigdecimal"),
  },

  /* Only read, and written as an int. */
  {
    ROW (INT, INTEGER), .name = "i1", TAGS ("<int>", "</int>"),
    .natural = xml_rpc_layout_int32, .min = G_MININT8, .max = G_MAXINT8,
  },
  {
    ROW (INT, INTEGER), .name = "i2", TAGS ("<int>", "</int>"),
    .natural = xml_rpc_layout_int32, .min = G_MININT16, .max = G_MAXINT16,
  },
};

const guint xml_rpc_n_types = G_N_ELEMENTS (xml_rpc_types);

const XmlRpcType *xml_rpc_types_by_variant[128];

/* Those with a path, which are few. */
static const XmlRpcType *types_with_path[G_N_ELEMENTS (xml_rpc_types)];
static guint             n_types_with_path;

gsize xml_rpc_types_are_ready;

/* Once, by xml_rpc_type_init(). */
void
xml_rpc_type_prepare (void)
{
  for (guint i = 0; i < xml_rpc_n_types; i++)
    {
      for (const char *variant = xml_rpc_types[i].variants; variant != NULL && *variant != '\0'; variant++)
        xml_rpc_types_by_variant[(guint8) *variant] = &xml_rpc_types[i];
      if (xml_rpc_types[i].path != NULL)
        types_with_path[n_types_with_path++] = &xml_rpc_types[i];
    }

  g_once_init_leave (&xml_rpc_types_are_ready, TRUE);
}

static gboolean
has_name (const XmlRpcType *type,
          const char       *name)
{
  for (gsize i = 0; i < XML_RPC_TYPE_MAX_NAMES && type->other_names[i] != NULL; i++)
    {
      if (strcmp (type->other_names[i], name) == 0)
        return TRUE;
    }

  return strcmp (type->name, name) == 0;
}

const XmlRpcType *
xml_rpc_type_find_by_name (const char *name)
{
  for (guint i = 0; i < xml_rpc_n_types; i++)
    {
      if (has_name (&xml_rpc_types[i], name))
        return &xml_rpc_types[i];
    }

  return NULL;
}

const XmlRpcType *
xml_rpc_type_find_by_path (const char *path)
{
  for (guint i = 0; i < n_types_with_path; i++)
    {
      if (strcmp (types_with_path[i]->path, path) == 0)
        return types_with_path[i];
    }

  return NULL;
}

const XmlRpcType *
xml_rpc_type_find_by_json (const char *name,
                           gsize       length)
{
  for (guint i = 0; i < xml_rpc_n_types; i++)
    {
      const char *json_name = xml_rpc_types[i].json_name;

      if (json_name != NULL && strlen (json_name) == length && memcmp (json_name, name, length) == 0)
        return &xml_rpc_types[i];
    }

  return NULL;
}

static const XmlRpcType *
find_by_natural_type (const char *type)
{
  for (guint i = 0; i < xml_rpc_n_types; i++)
    {
      const XmlRpcType *found = &xml_rpc_types[i];

      if (found->path == NULL && strcmp (found->natural->type, type) == 0)
        return found;
    }

  return NULL;
}

/* Also for values that may not be natural, at their surface: what is in an array or a struct
 * is not looked at, nor in a maybe. */
const XmlRpcType *
xml_rpc_type_of_natural (GVariant *natural)
{
  const char *type = g_variant_get_type_string (natural);
  g_autoptr (GVariant) path = NULL;

  if (strcmp (type, xml_rpc_layout_special->type) != 0)
    return find_by_natural_type (type);

  xml_rpc_type_init ();
  path = g_variant_get_child_value (natural, 0);
  return xml_rpc_type_find_by_path (g_variant_get_string (path, NULL));
}
