/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-method-private.h"

#include "../xml-rpc-error.h"

struct _XmlRpcMethod
{
  char             **signatures;
  GPtrArray         *param_types;    /* GVariantType: a tuple for each signature */
  char              *help;
  XmlRpcMethodFunc   func;
  gpointer           user_data;
  GDestroyNotify     destroy;
};

/* The types that a signature may name, and what they are as a GVariant. */
static const struct {
  const char *name;
  const char *type;
} types[] = {
  { "int", "i" },
  { "i4", "i" },
  { "i8", "x" },
  { "ex:i8", "x" },
  { "boolean", "b" },
  { "double", "d" },
  { "string", "s" },
  { "dateTime.iso8601", "(os)" },
  { "base64", "ay" },
  { "array", "av" },
  { "struct", "a{sv}" },
  { "nil", "mv" },
  { "ex:nil", "mv" },
  { "undefined", "*" },
  { "any", "*" },
};

static const GVariantType *
find_type (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (strcmp (types[i].name, name) == 0)
        return G_VARIANT_TYPE (types[i].type);
    }

  return NULL;
}

gboolean
xml_rpc_method_check_signatures (const char * const *signatures)
{
  for (; *signatures != NULL; signatures++)
    {
      g_auto (GStrv) names = g_strsplit (*signatures, ",", -1);

      if (names[0] == NULL)
        return FALSE;

      for (char **name = names; *name != NULL; name++)
        {
          if (find_type (g_strstrip (*name)) == NULL)
            return FALSE;
        }
    }

  return TRUE;
}

/* Without the white space that people put behind commas. */
static void
add_signature (XmlRpcMethod *self,
               const char   *signature,
               gsize         index)
{
  g_auto (GStrv) names = g_strsplit (signature, ",", -1);
  g_autoptr (GString) type = g_string_new ("(");

  for (gsize i = 0; names[i] != NULL; i++)
    {
      const GVariantType *param_type = find_type (g_strstrip (names[i]));

      if (i > 0)
        g_string_append_len (type, g_variant_type_peek_string (param_type),
                             g_variant_type_get_string_length (param_type));
    }
  g_string_append_c (type, ')');

  self->signatures[index] = g_strjoinv (",", names);
  g_ptr_array_add (self->param_types, g_variant_type_new (type->str));
}

XmlRpcMethod *
xml_rpc_method_new (const char * const *signatures,
                    const char         *help,
                    XmlRpcMethodFunc    func,
                    gpointer            user_data,
                    GDestroyNotify      destroy)
{
  XmlRpcMethod *self = g_rc_box_new0 (XmlRpcMethod);
  gsize n_signatures = signatures != NULL ? g_strv_length ((char **) signatures) : 0;

  self->signatures = g_new0 (char *, n_signatures + 1);
  self->param_types = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_type_free);
  for (gsize i = 0; i < n_signatures; i++)
    add_signature (self, signatures[i], i);
  self->help = g_strdup (help != NULL ? help : "");
  self->func = func;
  self->user_data = user_data;
  self->destroy = destroy;

  return self;
}

XmlRpcMethod *
xml_rpc_method_ref (XmlRpcMethod *self)
{
  return g_rc_box_acquire (self);
}

static void
clear_method (gpointer data)
{
  XmlRpcMethod *self = data;

  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_strfreev (self->signatures);
  g_ptr_array_unref (self->param_types);
  g_free (self->help);
}

void
xml_rpc_method_unref (XmlRpcMethod *self)
{
  g_rc_box_release_full (self, clear_method);
}

const char * const *
xml_rpc_method_get_signatures (XmlRpcMethod *self)
{
  return (const char * const *) self->signatures;
}

const char *
xml_rpc_method_get_help (XmlRpcMethod *self)
{
  return self->help;
}

/* An int fits an i8 and a double as well. Returns NULL if the parameter does
 * not fit; not floating. */
static GVariant *
fit_param (GVariant           *param,
           const GVariantType *type)
{
  if (g_variant_is_of_type (param, type))
    return g_variant_ref (param);

  if (g_variant_is_of_type (param, G_VARIANT_TYPE_INT32))
    {
      if (g_variant_type_equal (type, G_VARIANT_TYPE_INT64))
        return g_variant_ref_sink (g_variant_new_int64 (g_variant_get_int32 (param)));
      if (g_variant_type_equal (type, G_VARIANT_TYPE_DOUBLE))
        return g_variant_ref_sink (g_variant_new_double (g_variant_get_int32 (param)));
    }

  return NULL;
}

static GVariant *
fit_params (GVariant           *params,
            const GVariantType *tuple)
{
  g_autoptr (GPtrArray) fitting = NULL;
  const GVariantType *type = g_variant_type_first (tuple);
  gsize n_params = g_variant_n_children (params);

  if (g_variant_is_of_type (params, tuple))
    return g_variant_ref (params);
  if (g_variant_type_n_items (tuple) != n_params)
    return NULL;

  fitting = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  for (gsize i = 0; i < n_params; i++, type = g_variant_type_next (type))
    {
      g_autoptr (GVariant) param = g_variant_get_child_value (params, i);
      GVariant *fit = fit_param (param, type);

      if (fit == NULL)
        return NULL;
      g_ptr_array_add (fitting, fit);
    }

  return g_variant_ref_sink (g_variant_new_tuple ((GVariant * const *) fitting->pdata, fitting->len));
}

static const char *
name_type (GVariant *param)
{
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (g_variant_is_of_type (param, G_VARIANT_TYPE (types[i].type)))
        return types[i].name;
    }

  g_assert_not_reached ();
}

static char *
name_types (GVariant *params)
{
  GString *names = g_string_new (NULL);
  gsize n_params = g_variant_n_children (params);

  for (gsize i = 0; i < n_params; i++)
    {
      g_autoptr (GVariant) param = g_variant_get_child_value (params, i);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name_type (param));
    }

  return g_string_free (names, FALSE);
}

/* The signatures as people write them, "(int, string) or (int)". */
static char *
describe_signatures (XmlRpcMethod *self)
{
  GString *text = g_string_new (NULL);

  for (char **signature = self->signatures; *signature != NULL; signature++)
    {
      g_auto (GStrv) names = g_strsplit (*signature, ",", -1);
      g_autofree char *params = g_strjoinv (", ", names + 1);

      g_string_append_printf (text, "%s(%s)", text->len > 0 ? " or " : "", params);
    }

  return g_string_free (text, FALSE);
}

GVariant *
xml_rpc_method_check_params (XmlRpcMethod  *self,
                             GVariant      *params,
                             GError       **error)
{
  g_autofree char *expected = NULL;
  g_autofree char *got = NULL;

  if (self->signatures[0] == NULL)
    return g_variant_ref (params);

  for (guint i = 0; i < self->param_types->len; i++)
    {
      GVariant *fitting = fit_params (params, g_ptr_array_index (self->param_types, i));

      if (fitting != NULL)
        return fitting;
    }

  expected = describe_signatures (self);
  got = name_types (params);
  g_set_error (error, XML_RPC_FAULT, XML_RPC_FAULT_INVALID_PARAMS,
               "expected the parameters %s, got (%s)", expected, got);
  return NULL;
}

void
xml_rpc_method_call (XmlRpcMethod     *self,
                     XmlRpcServer     *server,
                     XmlRpcInvocation *invocation)
{
  self->func (server, invocation, self->user_data);
}
