/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-object-place-private.h"

#include "../codec/xml-rpc-sink-private.h"
#include "../codec/xml-rpc-text-private.h"

static void
append (const XmlRpcObjectPlace *place,
        GString                 *path)
{
  if (place == NULL)
    return;

  append (place->outer, path);
  if (place->name != NULL)
    xml_rpc_text_append_member_name (path, place->name, strlen (place->name));
  else
    g_string_append_printf (path, "[%" G_GSIZE_FORMAT "]", place->index);
}

gboolean
xml_rpc_object_place_propagate (const XmlRpcObjectPlace  *place,
                                GError                  **error,
                                GError                   *problem)
{
  const char *message = problem->message;
  g_autoptr (GString) path = g_string_new (NULL);

  append (place, path);
  if (*message != '[' && *message != '.' && path->len > 0)
    g_string_append (path, ": ");
  g_string_append (path, message);

  /* The outermost struct has no name, and so nothing stands before the first point. */
  g_set_error_literal (error, problem->domain, problem->code, path->str + (path->str[0] == '.'));
  g_error_free (problem);

  return FALSE;
}

gboolean
xml_rpc_object_place_fail (const XmlRpcObjectPlace  *place,
                           XmlRpcError               code,
                           GError                  **error,
                           const char               *format,
                           ...)
{
  GError *problem;
  va_list arguments;

  va_start (arguments, format);
  problem = g_error_new_valist (XML_RPC_ERROR, code, format, arguments);
  va_end (arguments);

  return xml_rpc_object_place_propagate (place, error, problem);
}

gboolean
xml_rpc_object_place_check (const XmlRpcObjectPlace  *place,
                            GError                  **error)
{
  guint depth = 0;

  for (const XmlRpcObjectPlace *outer = place; outer != NULL; outer = outer->outer)
    depth++;

  if (depth < XML_RPC_MAX_NESTING)
    return TRUE;

  return xml_rpc_object_place_fail (place, XML_RPC_ERROR_LIMIT_EXCEEDED, error,
                                    "arrays and structs nested more than %d deep", XML_RPC_MAX_NESTING);
}
