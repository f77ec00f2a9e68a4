/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-method-private.h"

#include <xmlrpc-glib/xml-rpc-error.h>

#include "../codec/xml-rpc-type-private.h"

/* A type that a signature names: the value is of this kind, an integer within the range.
 * A row of which nothing is set but the name stands for all types. */
typedef const XmlRpcType *ParamType;

struct _XmlRpcMethod
{
  char             **signatures;
  GPtrArray         *param_types;    /* for each signature an array of ParamTypes */
  char              *help;
  XmlRpcMethodFunc   func;
  gpointer           user_data;
  GDestroyNotify     destroy;
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
  GPtrArray *types = g_ptr_array_new ();

  g_strstrip (names[0]);
  for (gsize i = 1; names[i] != NULL; i++)
    g_ptr_array_add (types, (gpointer) find_type (g_strstrip (names[i])));

  self->signatures[index] = g_strjoinv (",", names);
  g_ptr_array_add (self->param_types, types);
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
  self->param_types = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
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

static gboolean
is_in_range (gint64    value,
             ParamType type)
{
  return value >= type->min && value <= type->max;
}

/* An int fits an i8 and a double as well. Returns NULL if the parameter does
 * not fit; not floating. */
static GVariant *
fit_param (GVariant  *param,
           ParamType  type)
{
  const XmlRpcType *got = xml_rpc_type_of_natural (param);

  if (type == &any_type)
    return g_variant_ref (param);

  if (got->kind == XML_RPC_VALUE_INT)
    {
      gint32 number = g_variant_get_int32 (param);

      if (type->kind == XML_RPC_VALUE_INT)
        return is_in_range (number, type) ? g_variant_ref (param) : NULL;
      if (type->kind == XML_RPC_VALUE_I8)
        return g_variant_ref_sink (g_variant_new_int64 (number));
      if (type->kind == XML_RPC_VALUE_DOUBLE)
        return g_variant_ref_sink (g_variant_new_double (number));
    }

  return got->kind == type->kind ? g_variant_ref (param) : NULL;
}

static GVariant *
fit_params (GVariant        *params,
            const GPtrArray *types)
{
  g_autoptr (GPtrArray) fitting = NULL;
  const gsize n_params = g_variant_n_children (params);
  gboolean is_same = TRUE;

  if (types->len != n_params)
    return NULL;

  fitting = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  for (guint i = 0; i < n_params; i++)
    {
      g_autoptr (GVariant) param = g_variant_get_child_value (params, i);
      GVariant *fit = fit_param (param, types->pdata[i]);

      if (fit == NULL)
        return NULL;
      g_ptr_array_add (fitting, fit);
      is_same = is_same && fit == param;
    }

  if (is_same)
    return g_variant_ref (params);

  return g_variant_ref_sink (g_variant_new_tuple ((GVariant * const *) fitting->pdata, fitting->len));
}

static char *
name_types (GVariant *params)
{
  GString *names = g_string_new (NULL);
  gsize n_params = g_variant_n_children (params);

  for (gsize i = 0; i < n_params; i++)
    {
      g_autoptr (GVariant) param = g_variant_get_child_value (params, i);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", xml_rpc_type_of_natural (param)->name);
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
