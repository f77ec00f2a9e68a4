/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "object-checks.h"
#include "sample-object.h"

static GType
get_post_type (void)
{
  static const SampleProperty properties[] = { { "post-title", 's' }, { NULL } };
  static GType type;

  if (type == 0)
    type = sample_object_register (G_TYPE_OBJECT, "Post", properties);

  return type;
}

static const char * const spellings[] = {
  "post_title", "post-title", "postTitle", "PostTitle", "POST_TITLE", "Post_Title",
};

static void
test_names (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      g_autofree char *text = g_strdup_printf ("{'%s': <'a'>, 'posttitle': <5>, '': <6>, 'author::name': <7>}", spellings[i]);
      g_autoptr (GObject) object = read_as (get_post_type (), text);
      g_autofree char *title = NULL;

      g_object_get (object, "post-title", &title, NULL);
      g_assert_cmpstr (title, ==, "a");
    }
}

static void
test_exact_name (void)
{
  static const SampleProperty properties[] = {
    { "postTitle", 's' }, { "post-title", 's' }, { "userID", 's' }, { "html-body", 's' }, { "mp3-url", 's' }, { NULL }
  };
  const GType type = sample_object_register (G_TYPE_OBJECT, "Exact", properties);
  g_autoptr (GObject) object = read_as (type, "{'post_title': <'a'>, 'postTitle': <'b'>, 'user_id': <'c'>, "
                                              "'HTMLBody': <'d'>, 'mp3Url': <'e'>}");

  assert_writes (object, "{'postTitle': <'b'>, 'post_title': <'a'>, 'userID': <'c'>, 'html_body': <'d'>, 'mp3_url': <'e'>}");
}

/* A class with other names: "ID" is post-id, and "secret" is not written. */
typedef struct { GObject parent_instance; } Named;
typedef struct { GObjectClass parent_class; } NamedClass;

static char *
named_find_property (XmlRpcSerializable *self,
                     const char         *member_name)
{
  if (g_str_equal (member_name, "post_id"))
    return g_strdup ("");

  return g_str_equal (member_name, "ID") ? g_strdup ("post_id") : NULL;
}

static char *
named_get_member_name (XmlRpcSerializable *self,
                       const char         *property_name)
{
  if (g_str_equal (property_name, "post-id"))
    return g_strdup ("ID");

  return g_str_equal (property_name, "secret") ? g_strdup ("") : NULL;
}

static void
named_iface_init (gpointer iface,
                  gpointer data)
{
  ((XmlRpcSerializableInterface *) iface)->find_property = named_find_property;
  ((XmlRpcSerializableInterface *) iface)->get_member_name = named_get_member_name;
}

static GType
get_named_type (void)
{
  static const SampleProperty properties[] = {
    { "post-id", 'i', G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY }, { "title", 's' }, { "secret", 's' }, { NULL }
  };
  static const GInterfaceInfo info = { .interface_init = named_iface_init };
  static GType type;

  if (type == 0)
    {
      type = sample_object_register (G_TYPE_OBJECT, "Named", properties);
      g_type_add_interface_static (type, XML_RPC_TYPE_SERIALIZABLE, &info);
    }

  return type;
}

static void
test_serializable (void)
{
  g_autoptr (GObject) object = read_as (get_named_type (), "{'ID': <5>, 'post_id': <6>, 'Title': <'a'>, 'secret': <'s'>}");
  XmlRpcSerializable *self = XML_RPC_SERIALIZABLE (object);
  g_autofree char *name = xml_rpc_serializable_get_member_name (self, "title");
  g_autofree char *property = xml_rpc_serializable_find_property (self, "TITLE");

  assert_writes (object, "{'ID': <5>, 'title': <'a'>}");
  g_assert_cmpstr (name, ==, "title");
  g_assert_cmpstr (property, ==, "title");
  g_assert_null (xml_rpc_serializable_find_property (self, "unknown"));

  assert_fails (get_named_type (), "{'ID': <5>, 'postId': <6>}", XML_RPC_ERROR_INVALID_VALUE,
                "postId: a second member for the property \"post-id\" of Named");
}

static char *
astray_find_property (XmlRpcSerializable *self,
                      const char         *member_name)
{
  return g_strdup ("nowhere");
}

static void
astray_iface_init (gpointer iface,
                   gpointer data)
{
  ((XmlRpcSerializableInterface *) iface)->find_property = astray_find_property;
}

/* What only a mistake of the program leads to. */
static void
test_astray (void)
{
  static const SampleProperty properties[] = { { "a", 'i' }, { NULL } };
  static const GInterfaceInfo info = { .interface_init = astray_iface_init };
  const GType type = sample_object_register (G_TYPE_OBJECT, "Astray", properties);
  g_autoptr (GObject) object = NULL;

  g_type_add_interface_static (type, XML_RPC_TYPE_SERIALIZABLE, &info);
  g_test_expect_message ("xmlrpc-glib", G_LOG_LEVEL_CRITICAL, "Astray says that the member \"a\" is its property \"nowhere\"*");
  object = read_as (type, "{'a': <1>}");
  g_test_assert_expected_messages ();
}

static char *
twin_get_member_name (XmlRpcSerializable *self,
                      const char         *property_name)
{
  return g_strdup ("twin");
}

static void
twin_iface_init (gpointer iface,
                 gpointer data)
{
  ((XmlRpcSerializableInterface *) iface)->get_member_name = twin_get_member_name;
}

static void
test_same_names (void)
{
  static const SampleProperty properties[] = { { "a", 'i' }, { "b", 'i' }, { NULL } };
  static const GInterfaceInfo info = { .interface_init = twin_iface_init };
  const GType type = sample_object_register (G_TYPE_OBJECT, "Twin", properties);
  g_autoptr (GObject) object = NULL;
  g_autoptr (GError) error = NULL;

  g_type_add_interface_static (type, XML_RPC_TYPE_SERIALIZABLE, &info);
  object = read_as (type, "{'a': <1>}");
  g_assert_null (xml_rpc_object_to_struct (object, &error));
  g_assert_cmpstr (error->message, ==, "two properties of Twin are the member \"twin\"");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/object-names/spellings", test_names);
  g_test_add_func ("/object-names/exact-name", test_exact_name);
  g_test_add_func ("/object-names/serializable", test_serializable);
  g_test_add_func ("/object-names/astray", test_astray);
  g_test_add_func ("/object-names/same-names", test_same_names);

  return g_test_run ();
}
