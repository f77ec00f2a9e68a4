/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Each source of values through each sink: what comes out depends on the value and on the
 * sink, not on where the value came from, and so does an error. */

#include <string.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "codec/xml-rpc-from-xml-private.h"
#include "codec/xml-rpc-parser-private.h"
#include "codec/xml-rpc-stream-private.h"
#include "codec/xml-rpc-to-variant-private.h"
#include "random-variant.h"

/* One value in all the forms that it can come in; NULL: in this one it cannot. */
typedef struct
{
  GVariant *variant;
  char     *json;
  char     *xml;
} Forms;

static void
forms_clear (Forms *self)
{
  g_clear_pointer (&self->variant, g_variant_unref);
  g_free (self->json);
  g_free (self->xml);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Forms, forms_clear)

typedef struct
{
  XmlRpcParser  parser;
  XmlRpcFromXml values;
} XmlSource;

static void
check_sink (XmlSource *self)
{
  if (self->values.sink->error != NULL)
    xml_rpc_parser_fail (&self->parser, g_error_copy (self->values.sink->error));
}

static void
on_start_element (gpointer    user_data,
                  const char *name,
                  gsize       length,
                  guint64     word)
{
  XmlSource *self = user_data;
  const XmlRpcElementName *found = xml_rpc_element_find (name, length, word);

  if (xml_rpc_from_xml_is_open (&self->values))
    xml_rpc_from_xml_start_element (&self->values, found->element);
  else if (found->element == XML_RPC_ELEMENT_VALUE)
    xml_rpc_from_xml_begin (&self->values);
  check_sink (self);
}

static void
on_end_element (gpointer user_data)
{
  XmlSource *self = user_data;

  if (xml_rpc_from_xml_is_open (&self->values))
    xml_rpc_from_xml_end_element (&self->values);
  check_sink (self);
}

static void
on_text (gpointer    user_data,
         const char *text,
         gsize       length)
{
  XmlSource *self = user_data;

  if (xml_rpc_from_xml_is_open (&self->values))
    xml_rpc_from_xml_add_text (&self->values, text, length);
  check_sink (self);
}

static gsize
on_raw_text (gpointer    user_data,
             const char *data,
             gsize       length)
{
  return 0;
}

/* Byte by byte, now and then. */
static void
tell_xml (const Forms *forms,
          XmlRpcSink  *sink)
{
  static const XmlRpcXmlEvents events = { on_start_element, on_end_element, on_text, on_raw_text };
  const gsize length = strlen (forms->xml);
  const gsize step = random_variant_chance (4) ? 1 : length;
  g_autofree XmlSource *self = g_new0 (XmlSource, 1);
  g_autoptr (GError) error = NULL;

  xml_rpc_element_init ();
  xml_rpc_parser_init (&self->parser, &events, self);
  xml_rpc_from_xml_init (&self->values);
  self->values.sink = sink;

  for (gsize i = 0; i < length && error == NULL; i += step)
    xml_rpc_parser_feed (&self->parser, forms->xml + i, step, &error);
  if (error == NULL)
    xml_rpc_parser_finish (&self->parser, &error);
  g_assert_true ((error != NULL) == (sink->error != NULL));

  xml_rpc_from_xml_clear (&self->values);
  xml_rpc_parser_clear (&self->parser);
}

static void
tell_json (const Forms *forms,
           XmlRpcSink  *sink)
{
  xml_rpc_from_json_tell_value (forms->json, -1, sink);
}

static void
tell_variant (const Forms *forms,
              XmlRpcSink  *sink)
{
  xml_rpc_from_variant_tell_value (forms->variant, sink);
}

typedef void (*TellFunc) (const Forms *forms,
                          XmlRpcSink  *sink);

/* These return what came out, as a text, or the error. */
static char *
make_xml (TellFunc      tell,
          const Forms  *forms,
          GError      **error)
{
  XmlRpcSink sink;
  char *xml = NULL;

  xml_rpc_sink_init (&sink, &xml_rpc_to_xml_ops);
  tell (forms, &sink);
  if (xml_rpc_sink_propagate (&sink, "value", error))
    xml = xml_rpc_buffer_steal_string (&sink.text);
  xml_rpc_sink_clear (&sink);

  return xml;
}

static char *
make_json (TellFunc      tell,
           const Forms  *forms,
           GError      **error)
{
  XmlRpcSink sink;
  char *json = NULL;

  xml_rpc_sink_init (&sink, &xml_rpc_to_json_ops);
  tell (forms, &sink);
  if (xml_rpc_sink_propagate (&sink, "value", error))
    json = xml_rpc_to_json_end (&sink);
  xml_rpc_sink_clear (&sink);

  return json;
}

static char *
make_variant_of_type (TellFunc             tell,
                      const Forms         *forms,
                      const GVariantType  *type,
                      GError             **error)
{
  XmlRpcToVariant sink;
  g_autoptr (GVariant) value = NULL;

  xml_rpc_to_variant_init (&sink);
  if (xml_rpc_to_variant_expect (&sink, type))
    tell (forms, &sink.sink);
  if (xml_rpc_sink_propagate (&sink.sink, "value", error))
    value = xml_rpc_to_variant_end (&sink, error);
  xml_rpc_to_variant_clear (&sink);

  return value != NULL ? g_variant_print (value, TRUE) : NULL;
}

static char *
make_variant (TellFunc      tell,
              const Forms  *forms,
              GError      **error)
{
  return make_variant_of_type (tell, forms, NULL, error);
}

static Forms
forms_of (GVariant *value)
{
  Forms forms = { .variant = g_variant_ref_sink (value) };

  forms.json = make_json (tell_variant, &forms, NULL);
  forms.xml = make_xml (tell_variant, &forms, NULL);

  return forms;
}

static const char *
describe (const char   *made,
          const GError *error)
{
  return made != NULL ? made : error->message;
}

/* The three sources are asked the same, those that there are. */
static void
assert_alike (const Forms *forms,
              char      *(*make) (TellFunc tell, const Forms *forms, gconstpointer data, GError **error),
              gconstpointer data)
{
  g_autoptr (GError) expected_error = NULL;
  g_autofree char *expected = make (tell_variant, forms, data, &expected_error);
  const TellFunc others[] = { tell_json, tell_xml };
  const gboolean are_there[] = { forms->json != NULL, forms->xml != NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *made = NULL;

      if (!are_there[i])
        continue;

      made = make (others[i], forms, data, &error);
      g_assert_cmpstr (describe (made, error), ==, describe (expected, expected_error));
      if (expected == NULL)
        g_assert_error (error, expected_error->domain, expected_error->code);
    }
}

typedef char *(*MakeFunc) (TellFunc      tell,
                           const Forms  *forms,
                           GError      **error);

static char *
make_by_sink (TellFunc        tell,
              const Forms    *forms,
              gconstpointer   data,
              GError        **error)
{
  const MakeFunc *make = data;

  return (*make) (tell, forms, error);
}

static char *
make_by_type (TellFunc        tell,
              const Forms    *forms,
              gconstpointer   data,
              GError        **error)
{
  return make_variant_of_type (tell, forms, data, error);
}

static void
assert_square (const Forms *forms)
{
  static const MakeFunc sinks[] = { make_xml, make_json, make_variant };

  for (gsize i = 0; i < G_N_ELEMENTS (sinks); i++)
    assert_alike (forms, make_by_sink, &sinks[i]);
}

/* NaN has many bits, and JSON one name for it. */
static gboolean
has_nan (GVariant *value)
{
  g_autofree char *text = g_variant_print (value, FALSE);

  return strstr (text, "nan") != NULL;
}

static GVariant *
random_value (void)
{
  for (;;)
    {
      g_autoptr (GVariant) value = g_variant_ref_sink (random_variant_natural (random_variant_chance (2), 4));

      if (!has_nan (value))
        return g_steal_pointer (&value);
    }
}

static void
test_square (void)
{
  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr (GVariant) value = random_value ();
      g_auto (Forms) forms = forms_of (value);
      g_autofree char *expected = g_variant_print (value, TRUE);
      g_autofree char *made = make_variant (tell_variant, &forms, NULL);

      g_assert_cmpstr (made, ==, expected);
      g_assert_nonnull (forms.json);
      assert_square (&forms);
    }
}

/* A type that the value mostly fits, with maybes and variants in between. */
static void append_fitting (GString  *type,
                            GVariant *value);

static void
append_tuple (GString  *type,
              GVariant *array)
{
  g_string_append_c (type, '(');
  for (gsize i = 0; i < g_variant_n_children (array); i++)
    {
      g_autoptr (GVariant) item = NULL;

      g_variant_get_child (array, i, "v", &item);
      append_fitting (type, item);
    }
  if (random_variant_chance (20))
    g_string_append_c (type, 'i');
  g_string_append_c (type, ')');
}

static void
append_dictionary (GString  *type,
                   GVariant *structure)
{
  static const char * const starts[] = { "a{s", "a{s", "a{o", "{s" };
  g_autoptr (GVariant) value = NULL;

  g_string_append (type, starts[g_test_rand_int_range (0, G_N_ELEMENTS (starts))]);
  if (g_variant_n_children (structure) > 0)
    g_variant_get_child (structure, 0, "{sv}", NULL, &value);
  if (value != NULL && random_variant_chance (2))
    append_fitting (type, value);
  else
    g_string_append_c (type, 'v');
  g_string_append_c (type, '}');
}

static void
append_one_of (GString    *type,
               const char *kinds)
{
  g_string_append_c (type, kinds[g_test_rand_int_range (0, (int) strlen (kinds))]);
}

static void
append_fitting (GString  *type,
                GVariant *value)
{
  const char *natural = g_variant_get_type_string (value);

  if (random_variant_chance (5))
    g_string_append_c (type, 'm');
  if (random_variant_chance (5))
    {
      g_string_append_c (type, 'v');
      return;
    }

  if (random_variant_chance (30))
    g_string_append (type, "as");
  else if (g_str_equal (natural, "i") || g_str_equal (natural, "x"))
    append_one_of (type, "iiiixxxxnqutyd");
  else if (g_str_equal (natural, "s"))
    append_one_of (type, "sssssog");
  else if (g_str_equal (natural, "av") && random_variant_chance (2))
    append_tuple (type, value);
  else if (g_str_equal (natural, "a{sv}"))
    append_dictionary (type, value);
  else if (g_str_equal (natural, "(os)") && random_variant_chance (3))
    g_string_append_c (type, 's');
  else
    g_string_append (type, natural);
}

static void
test_expected_types (void)
{
  guint n_fitting = 0;

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GVariant) value = random_value ();
      g_auto (Forms) forms = forms_of (value);
      g_autoptr (GString) type = g_string_new (NULL);
      g_autofree char *made = NULL;

      append_fitting (type, value);
      assert_alike (&forms, make_by_type, type->str);
      made = make_variant_of_type (tell_variant, &forms, G_VARIANT_TYPE (type->str), NULL);
      n_fitting += made != NULL;
    }

  /* Many of either. */
  g_assert_cmpuint (n_fitting, >, 4000);
  g_assert_cmpuint (n_fitting, <, 19000);
}

/* What no other form than a text has. */
static const struct
{
  const char *json;
  const char *xml;
  int         code;
  const char *message;
} wrong_texts[] = {
  { "{\"$i8\":\"x\"}", "<i8>x</i8>", XML_RPC_ERROR_INVALID_VALUE, "value: expected an integer, got \"x\"" },
  { "{\"$i8\":\"\"}", "<i8/>", XML_RPC_ERROR_INVALID_VALUE, "value: expected an integer, got \"\"" },
  { "[1,{\"$i8\":\"9223372036854775808\"}]",
    "<array><data><value>1</value><value><i8>9223372036854775808</i8></value></data></array>",
    XML_RPC_ERROR_INVALID_VALUE,
    "value[1]: expected an integer from -9223372036854775808 to 9223372036854775807, got \"9223372036854775808\"" },
  { "{\"a b\":{\"$double\":\"1e999\"}}",
    "<struct><member><name>a b</name><value><double>1e999</double></value></member></struct>",
    XML_RPC_ERROR_INVALID_VALUE, "value[\"a b\"]: expected a number that a double can hold, got \"1e999\"" },
  { "{\"a\\u0062\":[{\"$base64\":\"AA!A\"}]}",
    "<struct><member><name>ab</name><value><array><data><value><base64>AA!A</base64></value></data></array></value>"
    "</member></struct>",
    XML_RPC_ERROR_INVALID_VALUE, "value.ab[0]: expected base64, got the character !" },
  { "{\"$base64\":\"A\"}", "<base64>A</base64>",
    XML_RPC_ERROR_INVALID_VALUE, "value: expected base64, got text that ends within a group of characters" },
  { "{\"$base64\":\"AA==AA==\"}", "<base64>AA==AA==</base64>",
    XML_RPC_ERROR_INVALID_VALUE, "value: expected base64, got a = that does not end it" },
};

static void
test_wrong_texts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrong_texts); i++)
    {
      static const MakeFunc sinks[] = { make_xml, make_json, make_variant };
      g_auto (Forms) forms = { .json = g_strdup (wrong_texts[i].json) };

      forms.xml = g_strconcat ("<value>", wrong_texts[i].xml, "</value>", NULL);
      for (gsize j = 0; j < G_N_ELEMENTS (sinks); j++)
        {
          g_autoptr (GError) json_error = NULL;
          g_autoptr (GError) xml_error = NULL;

          g_assert_null (sinks[j] (tell_json, &forms, &json_error));
          g_assert_error (json_error, XML_RPC_ERROR, wrong_texts[i].code);
          g_assert_cmpstr (json_error->message, ==, wrong_texts[i].message);
          g_assert_null (sinks[j] (tell_xml, &forms, &xml_error));
          g_assert_error (xml_error, XML_RPC_ERROR, wrong_texts[i].code);
          g_assert_cmpstr (xml_error->message, ==, wrong_texts[i].message);
        }
    }
}

/* Arrays and structs in turn, one more than there may be. */
static void
test_nesting (void)
{
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GString) xml = g_string_new (NULL);
  GVariant *value = g_variant_new_int32 (5);
  Forms forms;

  for (guint i = 0; i <= XML_RPC_MAX_NESTING; i++)
    {
      const gboolean is_array = i % 2 == 0;

      value = g_variant_new_variant (value);
      if (is_array)
        value = g_variant_new_array (NULL, &value, 1);
      else
        value = g_variant_new_array (NULL, (GVariant *[]) { g_variant_new_dict_entry (g_variant_new_string ("a"), value) }, 1);
      g_string_prepend (json, is_array ? "[" : "{\"a\":");
      g_string_prepend (xml, is_array ? "<value><array><data>" : "<value><struct><member><name>a</name>");
      if (i == 0)
        {
          g_string_append (json, "5");
          g_string_append (xml, "<value><int>5</int></value>");
        }
      g_string_append (json, is_array ? "]" : "}");
      g_string_append (xml, is_array ? "</data></array></value>" : "</member></struct></value>");
    }

  forms = (Forms) { g_variant_ref_sink (value), g_string_free (g_steal_pointer (&json), FALSE),
                    g_string_free (g_steal_pointer (&xml), FALSE) };
  g_assert_null (make_variant (tell_variant, &forms, NULL));
  assert_square (&forms);
  forms_clear (&forms);
}

/* A member may have its name behind its value. */
static void
test_name_behind_value (void)
{
  g_auto (Forms) forms = {
    .xml = g_strdup ("<value><struct>"
                     "<member><value><array><data><value><i8>1</i8></value></data></array></value><name>$a</name></member>"
                     "<member><name>b</name><value>x</value></member>"
                     "<member><value><struct><member><value>y</value><name>c &amp; d</name></member></struct></value>"
                     "<name>\"</name></member>"
                     "</struct></value>"),
    .variant = g_variant_ref_sink (g_variant_new_parsed ("{'$a': <[<int64 1>]>, 'b': <'x'>, '\"': <{'c & d': <'y'>}>}")),
  };

  assert_square (&forms);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/stream/square", test_square);
  g_test_add_func ("/stream/expected-types", test_expected_types);
  g_test_add_func ("/stream/wrong-texts", test_wrong_texts);
  g_test_add_func ("/stream/nesting", test_nesting);
  g_test_add_func ("/stream/name-behind-value", test_name_behind_value);

  return g_test_run ();
}
