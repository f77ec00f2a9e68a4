/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "object-checks.h"

#include <xmlrpc-glib/xmlrpc-glib.h>

GVariant *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  GVariant *value = g_variant_parse (NULL, text, NULL, NULL, &error);

  g_assert_no_error (error);
  return value;
}

GObject *
read_as (GType       type,
         const char *text)
{
  g_autoptr (GVariant) value = parse (text);
  g_autoptr (GError) error = NULL;
  GObject *object = xml_rpc_object_from_struct (type, value, &error);

  g_assert_no_error (error);
  g_assert_true (G_TYPE_CHECK_INSTANCE_TYPE (object, type));
  return object;
}

void
assert_fails (GType       type,
              const char *text,
              int         code,
              const char *message)
{
  g_autoptr (GVariant) value = parse (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (GObject) object = xml_rpc_object_from_struct (type, value, &error);

  g_assert_null (object);
  g_assert_cmpstr (error != NULL ? error->message : NULL, ==, message);
  g_assert_error (error, XML_RPC_ERROR, code);
}

void
assert_writes (GObject    *object,
               const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) written = xml_rpc_object_to_struct (object, &error);
  g_autofree char *text = written != NULL ? g_variant_print (written, TRUE) : NULL;

  g_assert_no_error (error);
  g_assert_false (g_variant_is_floating (written));
  g_assert_cmpstr (text, ==, expected);
}
