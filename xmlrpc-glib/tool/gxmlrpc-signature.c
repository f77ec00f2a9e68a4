/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-signature.h"

gsize
gxmlrpc_signature_count_params (const char *signature)
{
  gsize count = 0;

  for (; *signature != '\0'; signature++)
    count += *signature == ',';

  return count;
}

char *
gxmlrpc_signature_to_string (const char *method_name,
                             const char *signature)
{
  g_auto (GStrv) types = g_strsplit (signature, ",", -1);
  g_autofree char *params = *types != NULL ? g_strjoinv (", ", types + 1) : g_strdup ("");

  return g_strdup_printf ("%s (%s) -> %s", method_name, params, *types != NULL ? *types : "");
}
