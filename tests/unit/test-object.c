/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "object-checks.h"
#include "sample-object.h"

#define N_RANDOM 2000

static GType
get_author_type (void)
{
  static const SampleProperty properties[] = { { "name", 's' }, { "age", 'i' }, { NULL } };
  static GType type;

  if (type == 0)
    type = sample_object_register (G_TYPE_OBJECT, "Author", properties);

  return type;
}

static GType
get_post_type (void)
{
  static const SampleProperty properties[] = {
    { "post-title", 's' },
    { "author", 'O', 0, get_author_type },
    { "editors", 'A', 0, get_author_type },
    { "id", 'i', G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY },
    { "secret", 's', G_PARAM_WRITABLE },
    { "length", 'i', G_PARAM_READABLE },
    { "status", 'z' },
    { NULL }
  };
  static GType type;

  if (type == 0)
    type = sample_object_register (G_TYPE_OBJECT, "Post", properties);

  return type;
}

/* What is written of one value, read as a class with one property. */
static const struct
{
  guint       type;
  const char *value;
  const char *written;  /* NULL: the same */
} values[] = {
  { 0, "{'flag': <true>, 'other_flag': <false>}", NULL },
  { 1, "{'small': <-128>, 'small_unsigned': <255>}", NULL },
  { 1, "{'small': <byte 0x7f>, 'small_unsigned': <uint16 7>}", "{'small': <127>, 'small_unsigned': <7>}" },
  { 2, "{'number': <-2147483648>, 'unsigned_number': <int64 4294967295>}", NULL },
  { 2, "{'number': <int64 5>, 'unsigned_number': <@t 5>}", "{'number': <5>, 'unsigned_number': <5>}" },
  { 3, "{'long_number': <-1>, 'unsigned_long_number': <1>}", NULL },
  { 4, "{'large': <int64 -9223372036854775808>, 'large_unsigned': <int64 9223372036854775807>}", NULL },
  { 6, "{'single': <1.5>, 'twice': <-0.25>}", NULL },
  { 6, "{'single': <7>, 'twice': <int64 9007199254740992>}", "{'single': <7.0>, 'twice': <9007199254740992.0>}" },
  { 7, "{'name': <''>, 'post_title': <'\u00fc'>, 'with_default': <'x'>}", NULL },
  { 7, "{'name': <(objectpath '/xmlrpc/biginteger', '1')>, 'post_title': <(objectpath '/xmlrpc/dateTime', 'soon')>}",
    "{'name': <'1'>, 'post_title': <'soon'>, 'with_default': <'none'>}" },
  { 8, "{'kind': <'date-time'>, 'other_kind': <'i8'>}", NULL },
  { 8, "{'kind': <'date_time'>, 'other_kind': <'bigDecimal'>}", "{'kind': <'date-time'>, 'other_kind': <'big-decimal'>}" },
  { 8, "{'kind': <3>, 'other_kind': <int64 1>}", "{'kind': <'double'>, 'other_kind': <'i8'>}" },
  { 9, "{'flags': <[<'is-service'>, <'send-environment'>]>, 'other_flags': <@av []>}", NULL },
  { 9, "{'flags': <['send_environment']>, 'other_flags': <1>}",
    "{'flags': <[<'send-environment'>]>, 'other_flags': <[<'is-service'>]>}" },
  { 10, "{'tags': <[<'a'>, <'b'>]>, 'more_tags': <@av []>}", NULL },
  { 10, "{'tags': <('a', <'b'>)>, 'more_tags': <@as ['c']>}", "{'tags': <[<'a'>, <'b'>]>, 'more_tags': <[<'c'>]>}" },
  { 11, "{'date': <(objectpath '/xmlrpc/dateTime', '19980717T14:08:55')>}", NULL },
  { 11, "{'date': <'1998-07-17'>, 'dateModified': <(objectpath '/xmlrpc/dateTime', '1998-07-17T14:08:55.9+02:00')>}",
    "{'date': <(objectpath '/xmlrpc/dateTime', '19980717T00:00:00')>, "
    "'date_modified': <(objectpath '/xmlrpc/dateTime', '19980717T14:08:55')>}" },
  { 12, "{'data': <[byte 0x00, 0xff]>, 'more_data': <@ay []>}", NULL },
  { 13, "{'anything': <5>, 'another': <[<1>, <'x'>]>}", NULL },
  { 13, "{'anything': <['a']>, 'another': <<<5>>>}", "{'anything': <[<'a'>]>, 'another': <5>}" },
  { 14, "{'numbers': <{'a': <1>, 'b': <int64 2>}>}", "{'numbers': <{'a': <1>, 'b': <2>}>}" },
  { 15, "{'value': <[<1>]>, 'date': <(objectpath '/xmlrpc/dateTime', '19980717T14:08:55')>}", NULL },
  { 16, "{'child': <{'name': <'n'>, 'with_default': <'none'>}>, 'other_child': <{'number': <1>, 'unsigned_number': <2>}>}", NULL },
  { 17, "{'name': <'a'>, 'child': <{'name': <'b'>, 'child': <@a{sv} {}>}>}", NULL },
  { 18, "{'items': <[<{'number': <1>, 'unsigned_number': <0>}>, <{'number': <2>, 'unsigned_number': <0>}>]>}", NULL },
};

static void
test_values (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (GObject) object = read_as (sample_object_get_type (values[i].type), values[i].value);

      assert_writes (object, values[i].written != NULL ? values[i].written : values[i].value);
    }
}

/* A struct may be of any type that is written as one. */
static void
test_structs (void)
{
  static const char * const texts[] = {
    "{'name': <'a'>}", "{'name': 'a'}", "{objectpath '/': <1>}", "<<{'name': 'a'}>>", "@ma{ss} {'name': 'a'}",
    "{'name', 'a'}", "@a{sms} {'name': 'a'}", "@a{sv} {}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_object_unref (read_as (get_author_type (), texts[i]));
}

static const struct
{
  guint       type;
  const char *value;
  int         code;
  const char *message;
} errors[] = {
  { 0, "5", XML_RPC_ERROR_TYPE_MISMATCH, "expected struct, got int" },
  { 0, "[<{'flag': <true>}>]", XML_RPC_ERROR_TYPE_MISMATCH, "expected struct, got array" },
  { 0, "@mv nothing", XML_RPC_ERROR_TYPE_MISMATCH, "expected struct, got nil" },
  { 0, "{1: 2}", XML_RPC_ERROR_UNSUPPORTED_TYPE, "XML-RPC has no form for the type \"a{ii}\"" },
  { 0, "{'flag': <1>}", XML_RPC_ERROR_TYPE_MISMATCH, "flag: expected boolean, got int" },
  { 0, "{'flag': <@mv nothing>}", XML_RPC_ERROR_TYPE_MISMATCH, "flag: expected boolean, got nil" },
  { 0, "{'flag': <handle 1>}", XML_RPC_ERROR_UNSUPPORTED_TYPE, "flag: XML-RPC has no form for the type \"h\"" },
  { 0, "{'flag': <{1: 2}>}", XML_RPC_ERROR_UNSUPPORTED_TYPE, "flag: XML-RPC has no form for the type \"a{ii}\"" },
  { 1, "{'small': <-129>}", XML_RPC_ERROR_TYPE_MISMATCH, "small: expected an integer from -128 to 127, got -129" },
  { 1, "{'small_unsigned': <256>}", XML_RPC_ERROR_TYPE_MISMATCH,
    "small_unsigned: expected an integer from 0 to 255, got 256" },
  { 2, "{'number': <'5'>}", XML_RPC_ERROR_TYPE_MISMATCH, "number: expected int, got string" },
  { 2, "{'number': <5.0>}", XML_RPC_ERROR_TYPE_MISMATCH, "number: expected int, got double" },
  { 2, "{'unsigned-number': <-1>}", XML_RPC_ERROR_TYPE_MISMATCH,
    "unsigned-number: expected an integer from 0 to 4294967295, got -1" },
  { 4, "{'largeUnsigned': <uint64 18446744073709551615>}", XML_RPC_ERROR_TYPE_MISMATCH,
    "largeUnsigned: expected an integer from 0 to 9223372036854775807, got 18446744073709551615" },
  { 5, "{'ranged': <11>}", XML_RPC_ERROR_TYPE_MISMATCH, "ranged: expected an integer from -10 to 10, got 11" },
  { 6, "{'single': <1e+39>}", XML_RPC_ERROR_TYPE_MISMATCH,
    "single: expected a value that the property \"single\" allows, got \"1e+39\"" },
  { 6, "{'twice': <'1'>}", XML_RPC_ERROR_TYPE_MISMATCH, "twice: expected double, got string" },
  { 6, "{'twice': <inf>}", XML_RPC_ERROR_TYPE_MISMATCH,
    "twice: expected a value that the property \"twice\" allows, got \"inf\"" },
  { 7, "{'name': <5>}", XML_RPC_ERROR_TYPE_MISMATCH, "name: expected string, got int" },
  { 8, "{'kind': <'word'>}", XML_RPC_ERROR_TYPE_MISMATCH, "kind: expected the nick of a XmlRpcValueKind, got \"word\"" },
  { 8, "{'kind': <99>}", XML_RPC_ERROR_TYPE_MISMATCH, "kind: expected a value of XmlRpcValueKind, got 99" },
  { 8, "{'kind': <int64 4294967296>}", XML_RPC_ERROR_TYPE_MISMATCH,
    "kind: expected a value of XmlRpcValueKind, got 4294967296" },
  { 8, "{'kind': <true>}", XML_RPC_ERROR_TYPE_MISMATCH, "kind: expected string, got boolean" },
  { 9, "{'flags': <['is-service', 'word']>}", XML_RPC_ERROR_TYPE_MISMATCH,
    "flags[1]: expected the nick of a GApplicationFlags, got \"word\"" },
  { 9, "{'flags': <[1]>}", XML_RPC_ERROR_TYPE_MISMATCH, "flags[0]: expected string, got int" },
  { 9, "{'flags': <0x40000000>}", XML_RPC_ERROR_TYPE_MISMATCH,
    "flags: expected a value of GApplicationFlags, got 1073741824" },
  { 9, "{'flags': <'is-service'>}", XML_RPC_ERROR_TYPE_MISMATCH, "flags: expected array, got string" },
  { 10, "{'tags': <[<'a'>, <1>]>}", XML_RPC_ERROR_TYPE_MISMATCH, "tags[1]: expected string, got int" },
  { 10, "{'tags': <'a'>}", XML_RPC_ERROR_TYPE_MISMATCH, "tags: expected array, got string" },
  { 11, "{'date': <5>}", XML_RPC_ERROR_TYPE_MISMATCH, "date: expected dateTime.iso8601, got int" },
  { 11, "{'date': <(objectpath '/xmlrpc/biginteger', '5')>}", XML_RPC_ERROR_TYPE_MISMATCH,
    "date: expected dateTime.iso8601, got biginteger" },
  { 12, "{'data': <'text'>}", XML_RPC_ERROR_TYPE_MISMATCH, "data: expected base64, got string" },
  { 14, "{'numbers': <{'a': <'b'>}>}", XML_RPC_ERROR_TYPE_MISMATCH, "numbers.a: expected int, got string" },
  { 15, "{'date': <5>}", XML_RPC_ERROR_TYPE_MISMATCH, "date: expected XmlRpcDateTime, got int" },
  { 15, "{'value': <[handle 5]>}", XML_RPC_ERROR_UNSUPPORTED_TYPE,
    "value[0]: XML-RPC has no form for the type \"h\"" },
  { 16, "{'child': <'a'>}", XML_RPC_ERROR_TYPE_MISMATCH, "child: expected struct, got string" },
  { 17, "{'child': <{'child': <{'name': <1>}>}>}", XML_RPC_ERROR_TYPE_MISMATCH,
    "child.child.name: expected string, got int" },
  { 18, "{'items': <[<{'number': <1>}>, <{'number': <true>}>]>}", XML_RPC_ERROR_TYPE_MISMATCH,
    "items[1].number: expected int, got boolean" },
  { 18, "{'items': <{'a': 1}>}", XML_RPC_ERROR_TYPE_MISMATCH, "items: expected array, got struct" },
  { 18, "{'items': <@mv nothing>}", XML_RPC_ERROR_TYPE_MISMATCH, "items: expected array, got nil" },
  { 7, "{'post_title': <'a'>, 'postTitle': <'b'>}", XML_RPC_ERROR_INVALID_VALUE,
    "postTitle: a second member for the property \"post-title\" of Sample7" },
  { 7, "{'name': <'a'>, 'name': <'b'>}", XML_RPC_ERROR_INVALID_VALUE,
    "name: a second member for the property \"name\" of Sample7" },
  { 18, "{'items': <@av []>, 'Items': <@av []>}", XML_RPC_ERROR_INVALID_VALUE,
    "Items: a second member for the property \"items\" of Sample18" },
};

static void
test_errors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    assert_fails (sample_object_get_type (errors[i].type), errors[i].value, errors[i].code, errors[i].message);

  assert_fails (sample_object_get_type (11), "{'date': <(objectpath '/xmlrpc/dateTime', '00000000T00:00:00Z')>}",
                XML_RPC_ERROR_INVALID_VALUE,
                "date: expected a date such as 19980717T14:08:55, got \"00000000T00:00:00Z\": there is no such day");
  assert_fails (sample_object_get_type (8),
                "{'kind': <'a word that is longer than what an error shows of it'>}", XML_RPC_ERROR_TYPE_MISMATCH,
                "kind: expected the nick of a XmlRpcValueKind, got \"a word that is longer than what an error\"...");
}

/* Read-only properties are ignored, write-only ones not written, and defaults stay. */
static void
test_access (void)
{
  g_autoptr (GObject) post = read_as (get_post_type (), "{'id': <7>, 'secret': <'s'>, 'length': <true>, 'unknown': <1>}");

  assert_writes (post, "{'editors': <@av []>, 'id': <7>, 'length': <0>, 'status': <'none'>}");
}

static void
test_nil (void)
{
  g_autoptr (GObject) post = read_as (get_post_type (), "{'post_title': <@mv nothing>, 'author': <@ms nothing>, "
                                                        "'status': <<@mv nothing>>}");

  assert_writes (post, "{'editors': <@av []>, 'id': <0>, 'length': <0>, 'status': <@mv nothing>}");

  for (guint i = 10; i < 17; i++)
    g_object_unref (read_as (sample_object_get_type (i), "{'tags': <@mv nothing>, 'date': <@mv nothing>, 'data': <@mv nothing>, "
                                                         "'anything': <@mv nothing>, 'numbers': <@mv nothing>, "
                                                         "'value': <@mv nothing>, 'child': <@mv nothing>}"));
}

static void
test_date_time (void)
{
  g_autoptr (GObject) object = read_as (sample_object_get_type (11), "{'date': <'1998-07-17T14:08:55.5+02:00'>}");
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *text = NULL;

  g_object_get (object, "date", &date, NULL);
  text = g_date_time_format_iso8601 (date);
  g_assert_cmpstr (text, ==, "1998-07-17T14:08:55.500000+02");
}

static void
test_types (void)
{
  static const SampleProperty properties[] = { { "data", 'p' }, { "secret", 'p', G_PARAM_READABLE }, { NULL } };
  const GType type = sample_object_register (G_TYPE_OBJECT, "Unsupported", properties);
  g_autoptr (GObject) object = read_as (type, "{'secret': <1>}");
  g_autoptr (GError) error = NULL;

  assert_fails (type, "{'data': <1>}", XML_RPC_ERROR_UNSUPPORTED_TYPE,
                "data: XML-RPC has no form for the property \"data\" of the type gpointer");
  g_assert_null (xml_rpc_object_to_struct (object, &error));
  g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_UNSUPPORTED_TYPE);
  g_assert_cmpstr (error->message, ==, "data: XML-RPC has no form for the property \"data\" of the type gpointer");
}

static void
test_classes (void)
{
  const struct { GType type; const char *message; } classes[] = {
    { G_TYPE_INT, "expected a class to make objects of, got gint, which is not derived from GObject" },
    { G_TYPE_INVALID, "expected a class to make objects of, got none, which is not derived from GObject" },
    { G_TYPE_LIST_MODEL, "expected a class to make objects of, got GListModel, which is not derived from GObject" },
    { G_TYPE_INPUT_STREAM, "expected a class to make objects of, got GInputStream, which is abstract" },
    { G_TYPE_OBJECT, "expected a class to make objects of, got GObject, which has no properties" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      g_autoptr (GVariant) array = parse ("@aa{sv} []");
      g_autoptr (GError) error = NULL;

      assert_fails (classes[i].type, "@a{sv} {}", XML_RPC_ERROR_UNSUPPORTED_TYPE, classes[i].message);
      g_assert_null (xml_rpc_list_store_new_from_array (classes[i].type, array, &error));
      g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_UNSUPPORTED_TYPE);
    }
}

/* Nobody owns a floating reference that a caller does not see. */
static void
test_floating (void)
{
  static const SampleProperty properties[] = { { "name", 's' }, { NULL } };
  const GType type = sample_object_register (G_TYPE_INITIALLY_UNOWNED, "Unowned", properties);
  GObject *object = xml_rpc_object_from_struct (type, g_variant_new_parsed ("{'name': <'a'>}"), NULL);

  g_assert_false (g_object_is_floating (object));
  g_assert_finalize_object (object);
}

static void
test_xml_rpc_value (void)
{
  g_autoptr (GObject) value = read_as (XML_RPC_TYPE_VALUE, "[1, 2]");
  g_autoptr (GObject) date = read_as (XML_RPC_TYPE_DATE_TIME, "<(objectpath '/xmlrpc/dateTime', '19980717T14:08:55')>");

  assert_writes (value, "[<1>, <2>]");
  assert_writes (date, "(objectpath '/xmlrpc/dateTime', '19980717T14:08:55')");
  assert_fails (XML_RPC_TYPE_BINARY, "1", XML_RPC_ERROR_TYPE_MISMATCH, "expected XmlRpcBinary, got int");
}

static void
test_list_store (void)
{
  g_autoptr (GVariant) array = parse ("[{'post_title': <'a'>}, {'author': <{'name': <'b'>}>}]");
  g_autoptr (GError) error = NULL;
  g_autoptr (GListStore) store = xml_rpc_list_store_new_from_array (get_post_type (), array, &error);

  g_assert_no_error (error);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (store)) == get_post_type ());
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 2);
  assert_writes (G_OBJECT (store),
                 "[<{'post_title': <'a'>, 'editors': <@av []>, 'id': <0>, 'length': <0>, 'status': <'none'>}>, "
                 "<{'author': <{'name': <'b'>, 'age': <0>}>, 'editors': <@av []>, 'id': <0>, 'length': <0>, "
                 "'status': <'none'>}>]");
}

static const struct
{
  const char *array;
  const char *message;
} list_errors[] = {
  { "[@a{sv} {}, {}, {}, {'author': <{'name': <5>}>}]", "[3].author.name: expected string, got int" },
  { "[<{'id': <1>}>, <'x'>]", "[1]: expected struct, got string" },
  { "(<{'id': <1>}>, {'editors': [{'age': 'x'}]})", "[1].editors[0].age: expected int, got string" },
  { "[<{'author': <{'first name': <5>, 'name': <@av []>}>}>]", "[0].author.name: expected string, got array" },
  { "{'id': <1>}", "expected array, got struct" },
  { "(objectpath '/xmlrpc/dateTime', '19980717T14:08:55')", "expected array, got dateTime.iso8601" },
  { "b'abc'", "expected array, got base64" },
  { "'text'", "expected array, got string" },
};

static void
test_list_errors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (list_errors); i++)
    {
      g_autoptr (GVariant) array = parse (list_errors[i].array);
      g_autoptr (GError) error = NULL;

      g_assert_null (xml_rpc_list_store_new_from_array (get_post_type (), array, &error));
      g_assert_cmpstr (error->message, ==, list_errors[i].message);
      g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_TYPE_MISMATCH);
    }
}

/* The store is the one that the object has made, and is filled anew. */
static void
test_list_property (void)
{
  static const SampleProperty properties[] = {
    { "items", 'O', 0, g_list_model_get_type }, { "hidden", 'A', G_PARAM_WRITABLE, get_author_type }, { NULL }
  };
  const GType type = sample_object_register (G_TYPE_OBJECT, "Holder", properties);

  assert_fails (type, "{'items': <[<{'name': <'a'>}>]>}", XML_RPC_ERROR_UNSUPPORTED_TYPE,
                "items: expected a GListStore that a new Holder has made for its property \"items\", got none");
  assert_fails (type, "{'hidden': <[<{'name': <'a'>}>]>}", XML_RPC_ERROR_UNSUPPORTED_TYPE,
                "hidden: expected a GListStore that a new Holder has made for its property \"hidden\", got none");
}

static GVariant *
nest (guint depth)
{
  GVariant *value = g_variant_new_parsed ("@a{sv} {}");

  for (guint i = 0; i < depth; i++)
    value = g_variant_new_parsed ("{'child': %v}", value);

  return value;
}

static void
test_nesting (void)
{
  const GType type = sample_object_get_type (17);
  g_autoptr (GError) error = NULL;
  g_autoptr (GObject) deep = xml_rpc_object_from_struct (type, nest (39), &error);
  g_autoptr (GVariant) written = NULL;
  g_autoptr (GObject) deeper = NULL;

  g_assert_no_error (error);
  written = xml_rpc_object_to_struct (deep, &error);
  g_assert_no_error (error);

  deeper = g_object_new (type, "child", deep, NULL);
  g_assert_null (xml_rpc_object_to_struct (deeper, &error));
  g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED);
  g_assert_true (g_str_has_suffix (error->message, ".child: arrays and structs nested more than 40 deep"));
  g_clear_error (&error);

  g_assert_null (xml_rpc_object_from_struct (type, nest (40), &error));
  g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED);
}

static void
test_cycles (void)
{
  g_autoptr (GObject) outer = g_object_new (sample_object_get_type (17), NULL);
  g_autoptr (GObject) inner = g_object_new (sample_object_get_type (17), "child", outer, NULL);
  g_autoptr (GError) error = NULL;

  g_object_set (outer, "child", inner, NULL);
  g_assert_null (xml_rpc_object_to_struct (outer, &error));
  g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE);
  g_assert_cmpstr (error->message, ==, "child.child: the Sample17 is within itself");
  g_object_set (outer, "child", NULL, NULL);
}

/* The same object twice is not within itself. */
static void
test_shared (void)
{
  g_autoptr (GObject) child = g_object_new (sample_object_get_type (2), NULL);
  g_autoptr (GListStore) store = g_list_store_new (sample_object_get_type (2));

  g_list_store_append (store, child);
  g_list_store_append (store, child);
  assert_writes (G_OBJECT (store), "[<{'number': <0>, 'unsigned_number': <0>}>, <{'number': <0>, 'unsigned_number': <0>}>]");
}

static void
assert_write_fails (guint       type,
                    const char *property,
                    GValue     *value,
                    const char *message)
{
  g_autoptr (GObject) object = g_object_new (sample_object_get_type (type), NULL);
  g_autoptr (GError) error = NULL;

  g_object_set_property (object, property, value);
  g_assert_null (xml_rpc_object_to_struct (object, &error));
  g_assert_cmpstr (error->message, ==, message);
  g_assert_true (error->domain == XML_RPC_ERROR);
  g_value_unset (value);
}

static void
test_write_errors (void)
{
  static const char * const strings[] = { "a", "\xff", NULL };
  GValue value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_UINT64);
  g_value_set_uint64 (&value, G_MAXUINT64);
  assert_write_fails (4, "large-unsigned", &value,
                      "large_unsigned: expected an integer up to 9223372036854775807, got 18446744073709551615");

  g_value_init (&value, G_TYPE_STRING);
  g_value_set_static_string (&value, "\xff");
  assert_write_fails (7, "post-title", &value, "post_title: a string that is not UTF-8");

  g_value_init (&value, G_TYPE_STRV);
  g_value_set_static_boxed (&value, strings);
  assert_write_fails (10, "tags", &value, "tags[1]: a string that is not UTF-8");

  g_value_init (&value, G_TYPE_VARIANT);
  g_value_set_variant (&value, g_variant_new_parsed ("[handle 1]"));
  assert_write_fails (13, "anything", &value, "anything[0]: XML-RPC has no form for the type \"h\"");
}

/* No property gets lost that is not NULL. */
static void
assert_is_complete (GObject  *object,
                    GVariant *structure)
{
  guint n;
  g_autofree GParamSpec **pspecs = g_object_class_list_properties (G_OBJECT_GET_CLASS (object), &n);
  gsize n_members = 0;

  for (guint i = 0; i < n; i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      g_value_init (&value, pspecs[i]->value_type);
      g_object_get_property (object, pspecs[i]->name, &value);
      n_members += !g_value_fits_pointer (&value) || g_value_peek_pointer (&value) != NULL;
    }

  g_assert_cmpuint (g_variant_n_children (structure), >=, n_members);
}

static char *
respell (const char *name)
{
  g_auto (GStrv) words = g_strsplit (name, "_", -1);

  for (guint i = 1; words[i] != NULL && g_test_rand_bit (); i++)
    words[i][0] = g_ascii_toupper (words[i][0]);

  return g_strjoinv (g_ascii_isupper (words[g_strv_length (words) - 1][0]) ? "" : "-", words);
}

/* The same members with other names, in another order. */
static GVariant *
shuffle (GVariant *structure)
{
  const gsize n = g_variant_n_children (structure);
  const gsize first = n > 0 ? g_test_rand_int_range (0, n) : 0;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GVariant) value = NULL;
      g_autofree char *name = NULL;
      g_autofree char *spelling = NULL;

      g_variant_get_child (structure, (first + i) % n, "{sv}", &name, &value);
      spelling = respell (name);
      g_variant_builder_add (&builder, "{sv}", spelling, value);
    }

  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

static void
test_random (void)
{
  for (guint i = 0; i < N_RANDOM; i++)
    {
      const guint index = i % SAMPLE_N_TYPES;
      g_autoptr (GObject) object = sample_object_new_random (index, 3);
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) written = xml_rpc_object_to_struct (object, &error);
      g_autoptr (GVariant) shuffled = NULL;
      g_autoptr (GObject) read = NULL;
      g_autoptr (GVariant) again = NULL;

      g_assert_no_error (error);
      assert_is_complete (object, written);
      shuffled = shuffle (written);
      read = xml_rpc_object_from_struct (sample_object_get_type (index), shuffled, &error);
      g_assert_no_error (error);
      again = xml_rpc_object_to_struct (read, &error);
      g_assert_no_error (error);
      g_assert_cmpvariant (again, written);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/object/values", test_values);
  g_test_add_func ("/object/structs", test_structs);
  g_test_add_func ("/object/errors", test_errors);
  g_test_add_func ("/object/access", test_access);
  g_test_add_func ("/object/nil", test_nil);
  g_test_add_func ("/object/date-time", test_date_time);
  g_test_add_func ("/object/types", test_types);
  g_test_add_func ("/object/classes", test_classes);
  g_test_add_func ("/object/floating", test_floating);
  g_test_add_func ("/object/xml-rpc-value", test_xml_rpc_value);
  g_test_add_func ("/object/list-store", test_list_store);
  g_test_add_func ("/object/list-errors", test_list_errors);
  g_test_add_func ("/object/list-property", test_list_property);
  g_test_add_func ("/object/nesting", test_nesting);
  g_test_add_func ("/object/cycles", test_cycles);
  g_test_add_func ("/object/shared", test_shared);
  g_test_add_func ("/object/write-errors", test_write_errors);
  g_test_add_func ("/object/random", test_random);

  return g_test_run ();
}
