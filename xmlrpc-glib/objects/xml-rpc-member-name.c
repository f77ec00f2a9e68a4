/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-member-name-private.h"

#include <string.h>

/* A word begins at the upper-case letter in "postTitle", and at the last one of several in
 * "HTMLBody". */
static gboolean
begins_word (const char *name,
             gsize       i)
{
  if (i == 0 || !g_ascii_isupper (name[i]))
    return FALSE;

  return g_ascii_islower (name[i - 1]) || g_ascii_isdigit (name[i - 1]) ||
         (g_ascii_isupper (name[i - 1]) && g_ascii_islower (name[i + 1]));
}

char *
xml_rpc_member_name_fold (const char *name)
{
  GString *folded = g_string_sized_new (strlen (name) + 4);

  for (gsize i = 0; name[i] != '\0'; i++)
    {
      if (begins_word (name, i))
        g_string_append_c (folded, '-');
      g_string_append_c (folded, name[i] == '_' ? '-' : g_ascii_tolower (name[i]));
    }

  return g_string_free (folded, FALSE);
}

static gboolean
is_folded (const char *name)
{
  while (*name != '\0' && !g_ascii_isupper (*name))
    name++;

  return *name == '\0';
}

/* Of properties that are not in lower case themselves. */
static GParamSpec *
find_folded (GObjectClass *klass,
             const char   *folded)
{
  guint n_properties;
  g_autofree GParamSpec **properties = g_object_class_list_properties (klass, &n_properties);

  for (guint i = 0; i < n_properties; i++)
    {
      g_autofree char *name = NULL;

      if (is_folded (properties[i]->name))
        continue;

      name = xml_rpc_member_name_fold (properties[i]->name);
      if (strcmp (name, folded) == 0)
        return properties[i];
    }

  return NULL;
}

GParamSpec *
xml_rpc_member_name_find_property (GObjectClass *klass,
                                   const char   *member_name)
{
  GParamSpec *pspec = g_object_class_find_property (klass, member_name);
  g_autofree char *folded = NULL;

  if (pspec != NULL)
    return pspec;

  folded = xml_rpc_member_name_fold (member_name);
  pspec = g_object_class_find_property (klass, folded);

  return pspec != NULL ? pspec : find_folded (klass, folded);
}

char *
xml_rpc_member_name_from_property (const char *property_name)
{
  return g_strdelimit (g_strdup (property_name), "-", '_');
}
