/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-description.h"

#include "gxmlrpc-methods.h"
#include "gxmlrpc-paragraphs.h"
#include "gxmlrpc-params.h"

static void
add_string (GVariantBuilder *builder,
            const char      *name,
            const char      *string)
{
  if (string != NULL)
    g_variant_builder_add (builder, "{sv}", name, g_variant_new_string (string));
}

static GVariant *
create_param (const char *type,
              const char *name)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  add_string (&builder, "type", type);
  add_string (&builder, "name", name);
  return g_variant_builder_end (&builder);
}

/* "int,string": names belong to a signature only if the help has one for each. */
static GVariant *
create_signature (const char *signature,
                  GPtrArray  *params)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  g_auto (GVariantBuilder) list = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("av"));
  g_auto (GStrv) types = g_strsplit (signature, ",", -1);
  const guint n_params = MAX (g_strv_length (types), 1) - 1;

  for (guint i = 0; i < n_params; i++)
    {
      const GxmlrpcParam *param = n_params <= params->len ? g_ptr_array_index (params, i) : NULL;

      g_variant_builder_add (&list, "v", create_param (types[i + 1], param != NULL ? param->name : NULL));
    }

  add_string (&builder, "returns", *types);
  g_variant_builder_add (&builder, "{sv}", "parameters", g_variant_builder_end (&list));
  return g_variant_builder_end (&builder);
}

/* Without what a docstring is set in by; lines stay as long as they are. */
static char *
make_help (const char *help)
{
  return g_strchomp (gxmlrpc_paragraphs_set_in (help != NULL ? help : "", 0, G_MAXUINT16));
}

static GVariant *
create_method (const GxmlrpcMethod *method)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  g_auto (GVariantBuilder) signatures = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("av"));
  g_auto (GVariantBuilder) named = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("av"));
  g_autofree char *help = make_help (method->help);
  g_autoptr (GPtrArray) params = gxmlrpc_params_find (help, method->name);

  for (char **p = method->signatures; p != NULL && *p != NULL; p++)
    g_variant_builder_add (&signatures, "v", create_signature (*p, params));
  for (guint i = 0; i < params->len; i++)
    {
      const GxmlrpcParam *param = g_ptr_array_index (params, i);

      g_variant_builder_add (&named, "v", create_param (param->type, param->name));
    }

  add_string (&builder, "name", method->name);
  g_variant_builder_add (&builder, "{sv}", "signatures", g_variant_builder_end (&signatures));
  g_variant_builder_add (&builder, "{sv}", "parameters", g_variant_builder_end (&named));
  add_string (&builder, "help", help);
  return g_variant_builder_end (&builder);
}

GVariant *
gxmlrpc_description_create (GPtrArray *methods)
{
  g_auto (GVariantBuilder) list = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("av"));

  for (guint i = 0; i < methods->len; i++)
    g_variant_builder_add (&list, "v", create_method (g_ptr_array_index (methods, i)));

  return g_variant_ref_sink (g_variant_new_parsed ("{'methods': <%*>}", g_variant_builder_end (&list)));
}
