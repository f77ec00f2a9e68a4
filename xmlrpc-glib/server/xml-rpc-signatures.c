/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-signatures-private.h"

#include <xmlrpc-glib/xml-rpc-error.h>

#include "../codec/xml-rpc-type-private.h"
#include "../values/xml-rpc-natural-form-private.h"

/* A type that a signature names: the value is of this kind, an integer within the range.
 * A row of which nothing is set but the name stands for all types. */
typedef const XmlRpcType *ParamType;

struct _XmlRpcSignatures
{
  char      **texts;
  GPtrArray  *types;   /* for each signature an array of ParamTypes, that of the result first */
  int         has_warned;   /* may be by any thread */
};

static const XmlRpcType any_type = { .name = "any" };

static ParamType
find_type (const char *name)
{
  if (strcmp (name, "any") == 0 || strcmp (name, "undefined") == 0)
    return &any_type;

  /* Apache's prefix says nothing, as in a message. */
  return xml_rpc_type_find_by_name (g_str_has_prefix (name, "ex:") ? name + strlen ("ex:") : name);
}

/* Without the white space that people put behind commas. */
static gboolean
add_signature (XmlRpcSignatures  *self,
               const char        *signature,
               gsize              index,
               GError           **error)
{
  g_auto (GStrv) names = g_strsplit (*signature != '\0' ? signature : " ", ",", -1);
  GPtrArray *types = g_ptr_array_new ();

  g_ptr_array_add (self->types, types);
  for (gsize i = 0; names[i] != NULL; i++)
    {
      ParamType type = find_type (g_strstrip (names[i]));

      if (type == NULL)
        {
          g_autofree char *valid_signature = g_utf8_make_valid (signature, -1);
          g_autofree char *valid_name = g_utf8_make_valid (names[i], -1);

          g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_UNSUPPORTED_TYPE,
                       "expected a type of XML-RPC in the signature \"%s\", got \"%s\"",
                       valid_signature, valid_name);
          return FALSE;
        }
      g_ptr_array_add (types, (gpointer) type);
    }

  self->texts[index] = g_strjoinv (",", names);
  return TRUE;
}

XmlRpcSignatures *
xml_rpc_signatures_new (const char * const  *signatures,
                        GError             **error)
{
  g_autoptr (XmlRpcSignatures) self = g_atomic_rc_box_new0 (XmlRpcSignatures);
  gsize n_signatures = signatures != NULL ? g_strv_length ((char **) signatures) : 0;

  self->texts = g_new0 (char *, n_signatures + 1);
  self->types = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (gsize i = 0; i < n_signatures; i++)
    {
      if (!add_signature (self, signatures[i], i, error))
        return NULL;
    }

  return g_steal_pointer (&self);
}

XmlRpcSignatures *
xml_rpc_signatures_ref (XmlRpcSignatures *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_signatures (gpointer data)
{
  XmlRpcSignatures *self = data;

  g_strfreev (self->texts);
  g_ptr_array_unref (self->types);
}

void
xml_rpc_signatures_unref (XmlRpcSignatures *self)
{
  g_atomic_rc_box_release_full (self, clear_signatures);
}

const char * const *
xml_rpc_signatures_get_texts (XmlRpcSignatures *self)
{
  return (const char * const *) self->texts;
}

static gboolean
is_in_range (gint64    value,
             ParamType type)
{
  return value >= type->min && value <= type->max;
}

/* An int fits an i8 and a double as well, and an i8 fits a double that can hold it: it may be
 * an int that was too large for one. Returns NULL if the parameter does not fit; not floating. */
static GVariant *
fit_param (GVariant  *param,
           ParamType  type)
{
  const XmlRpcType *got = xml_rpc_type_of_natural (param);

  if (type == &any_type)
    return g_variant_ref (param);

  if (got->form == XML_RPC_FORM_INTEGER && type->kind == XML_RPC_VALUE_DOUBLE)
    return xml_rpc_natural_form_convert (param, G_VARIANT_TYPE_DOUBLE, NULL);

  if (got->kind == XML_RPC_VALUE_INT)
    {
      gint32 number = g_variant_get_int32 (param);

      if (type->kind == XML_RPC_VALUE_INT)
        return is_in_range (number, type) ? g_variant_ref (param) : NULL;
      if (type->kind == XML_RPC_VALUE_I8)
        return g_variant_ref_sink (g_variant_new_int64 (number));
    }

  return got->kind == type->kind ? g_variant_ref (param) : NULL;
}

/* Most parameters are of the types that the signature names. Their GVariant type says so, and
 * none has to be looked at. */
static gboolean
has_types (GVariant        *params,
           const GPtrArray *types)
{
  const char *rest = g_variant_get_type_string (params) + 1;

  for (guint i = 1; i < types->len; i++)
    {
      ParamType type = types->pdata[i];

      /* Those with a range of their own are read as another type, those with a path as one
       * that they share. */
      if (type == &any_type || type != &xml_rpc_types[type->kind] || type->path != NULL ||
          strncmp (rest, type->natural->type, type->natural->type_length) != 0)
        return FALSE;
      rest += type->natural->type_length;
    }

  return strcmp (rest, ")") == 0;
}

static GVariant *
fit_params (GVariant        *params,
            const GPtrArray *types)
{
  g_autoptr (GPtrArray) fitting = NULL;
  const gsize n_params = g_variant_n_children (params);
  gboolean is_same = TRUE;

  if (types->len != n_params + 1)
    return NULL;
  if (has_types (params, types))
    return g_variant_ref (params);

  fitting = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  for (guint i = 0; i < n_params; i++)
    {
      g_autoptr (GVariant) param = g_variant_get_child_value (params, i);
      GVariant *fit = fit_param (param, types->pdata[i + 1]);

      if (fit == NULL)
        return NULL;
      g_ptr_array_add (fitting, fit);
      is_same = is_same && fit == param;
    }

  if (is_same)
    return g_variant_ref (params);

  return g_variant_ref_sink (g_variant_new_tuple ((GVariant * const *) fitting->pdata, fitting->len));
}

/* A client may send very many, but need not read so many. */
#define MAX_SHOWN_PARAMS 32

static char *
name_types (GVariant *params)
{
  GString *names = g_string_new (NULL);
  gsize n_params = g_variant_n_children (params);

  for (gsize i = 0; i < MIN (n_params, MAX_SHOWN_PARAMS); i++)
    {
      g_autoptr (GVariant) param = g_variant_get_child_value (params, i);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", xml_rpc_type_of_natural (param)->name);
    }
  if (n_params > MAX_SHOWN_PARAMS)
    g_string_append_printf (names, ", and %" G_GSIZE_FORMAT " more", n_params - MAX_SHOWN_PARAMS);

  return g_string_free (names, FALSE);
}

/* The signatures as people write them, "(int, string) or (int)". */
static char *
describe_signatures (XmlRpcSignatures *self)
{
  GString *text = g_string_new (NULL);

  for (char **signature = self->texts; *signature != NULL; signature++)
    {
      g_auto (GStrv) names = g_strsplit (*signature, ",", -1);
      g_autofree char *params = g_strjoinv (", ", names + 1);

      g_string_append_printf (text, "%s(%s)", text->len > 0 ? " or " : "", params);
    }

  return g_string_free (text, FALSE);
}

GVariant *
xml_rpc_signatures_check_params (XmlRpcSignatures  *self,
                                 GVariant          *params,
                                 GError           **error)
{
  g_autofree char *expected = NULL;
  g_autofree char *got = NULL;

  if (self->types->len == 0)
    return g_variant_ref (params);

  for (guint i = 0; i < self->types->len; i++)
    {
      GVariant *fitting = fit_params (params, g_ptr_array_index (self->types, i));

      if (fitting != NULL)
        return fitting;
    }

  expected = describe_signatures (self);
  got = name_types (params);
  g_set_error (error, XML_RPC_FAULT, XML_RPC_FAULT_INVALID_PARAMS,
               "expected the parameters %s, got (%s)", expected, got);
  return NULL;
}

static gint64
get_integer (GVariant *value)
{
  switch ((int) g_variant_classify (value))
    {
    case G_VARIANT_CLASS_BYTE:
      return g_variant_get_byte (value);
    case G_VARIANT_CLASS_INT16:
      return g_variant_get_int16 (value);
    case G_VARIANT_CLASS_UINT16:
      return g_variant_get_uint16 (value);
    case G_VARIANT_CLASS_INT32:
      return g_variant_get_int32 (value);
    case G_VARIANT_CLASS_UINT32:
      return g_variant_get_uint32 (value);
    case G_VARIANT_CLASS_UINT64:
      return MIN (g_variant_get_uint64 (value), G_MAXINT64);
    default:
      return g_variant_get_int64 (value);
    }
}

static const XmlRpcType *
type_of_container (GVariant *value)
{
  const char *type = g_variant_get_type_string (value);
  const XmlRpcType *special = strcmp (type, "(os)") == 0 ? xml_rpc_type_of_natural (value) : NULL;

  if (special != NULL)
    return special;
  if (g_str_has_prefix (type, "ay"))
    return &xml_rpc_types[XML_RPC_VALUE_BASE64];

  return &xml_rpc_types[g_str_has_prefix (type, "a{") || *type == '{' ? XML_RPC_VALUE_STRUCT : XML_RPC_VALUE_ARRAY];
}

/* What any value, not only a natural one, is written as. What is inside of a variant or a
 * maybe takes its place. NULL if it cannot be written. */
static const XmlRpcType *
type_of_value (GVariant **value)
{
  xml_rpc_type_init ();

  while (g_variant_is_of_type (*value, G_VARIANT_TYPE_VARIANT) || g_variant_is_of_type (*value, G_VARIANT_TYPE_MAYBE))
    {
      GVariant *content;

      if (g_variant_n_children (*value) == 0)
        return &xml_rpc_types[XML_RPC_VALUE_NIL];

      content = g_variant_get_child_value (*value, 0);
      g_variant_unref (*value);
      *value = content;
    }

  if (g_variant_is_container (*value))
    return type_of_container (*value);

  return xml_rpc_types_by_variant[(guint8) *g_variant_get_type_string (*value)];
}

/* As parameters do, an int fits an i8 and a double as well; and an i8 that is small fits an
 * int. What cannot be written is somebody else's to complain about. */
static gboolean
fits_result (GVariant         *value,
             const XmlRpcType *got,
             ParamType         type)
{
  gint64 number;

  if (type == &any_type || got == NULL)
    return TRUE;
  if (got->form != XML_RPC_FORM_INTEGER)
    return got->kind == type->kind;

  number = get_integer (value);
  if (type->kind == XML_RPC_VALUE_DOUBLE)
    return number == (gint32) number;
  return (type->kind == XML_RPC_VALUE_INT || type->kind == XML_RPC_VALUE_I8) && is_in_range (number, type);
}

static gboolean
admits_params (XmlRpcSignatures *self,
               guint             index,
               GVariant         *params)
{
  g_autoptr (GVariant) fitting = NULL;

  /* It was called, so they fit. */
  if (self->types->len == 1)
    return TRUE;

  fitting = fit_params (params, g_ptr_array_index (self->types, index));
  return fitting != NULL;
}

static char *
name_results (XmlRpcSignatures *self,
              GVariant         *params)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < self->types->len; i++)
    {
      ParamType type = g_ptr_array_index ((GPtrArray *) g_ptr_array_index (self->types, i), 0);

      if (admits_params (self, i, params))
        g_string_append_printf (names, "%s%s", names->len > 0 ? " or " : "", type->name);
    }

  return g_string_free (names, FALSE);
}

gboolean
xml_rpc_signatures_check_result (XmlRpcSignatures  *self,
                                 GVariant          *params,
                                 GVariant          *value,
                                 GError           **error)
{
  g_autoptr (GVariant) content = g_variant_ref (value);
  const XmlRpcType *got = type_of_value (&content);
  g_autofree char *expected = NULL;

  for (guint i = 0; i < self->types->len; i++)
    {
      ParamType type = g_ptr_array_index ((GPtrArray *) g_ptr_array_index (self->types, i), 0);

      if (fits_result (content, got, type) && admits_params (self, i, params))
        return TRUE;
    }

  expected = name_results (self, params);
  g_set_error (error, XML_RPC_FAULT, XML_RPC_FAULT_INTERNAL_ERROR,
               "expected the method to return %s, got %s", expected, got->name);
  return FALSE;
}

gboolean
xml_rpc_signatures_warn_once (XmlRpcSignatures *self)
{
  return g_atomic_int_compare_and_exchange (&self->has_warned, FALSE, TRUE);
}
