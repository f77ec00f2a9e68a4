/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-headers.h"

#include <string.h>

#include "gxmlrpc-error.h"

GVariant *
gxmlrpc_headers_parse (const char * const  *texts,
                       GError             **error)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ss)"));

  for (; texts != NULL && *texts != NULL; texts++)
    {
      const char *colon = strchr (*texts, ':');
      g_autofree char *name = colon != NULL ? g_strndup (*texts, (gsize) (colon - *texts)) : NULL;
      g_autofree char *value = colon != NULL ? g_strstrip (g_strdup (colon + 1)) : NULL;

      if (colon == NULL || !g_utf8_validate (*texts, -1, NULL))
        {
          g_autofree char *valid = g_utf8_make_valid (*texts, -1);

          gxmlrpc_error_usage (error, "--header: expected 'NAME: VALUE', got '%s'", valid);
          return NULL;
        }
      g_variant_builder_add (&builder, "(ss)", name, value);
    }

  return g_variant_ref_sink (g_variant_builder_end (&builder));
}
