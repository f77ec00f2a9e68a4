/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <math.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#define MAX_NESTING 40
#define MAX_VARIANTS 128

static GVariant *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) variant = g_variant_parse (NULL, text, NULL, NULL, &error);

  g_assert_no_error (error);
  return g_steal_pointer (&variant);
}

static XmlRpcValue *
new_value (GVariant *variant)
{
  g_autoptr (GError) error = NULL;
  XmlRpcValue *value = xml_rpc_value_new (variant, &error);

  g_assert_no_error (error);
  g_assert_true (XML_RPC_IS_VALUE (value));
  return value;
}

static XmlRpcValue *
new_parsed (const char *text)
{
  g_autoptr (GVariant) variant = parse (text);

  return new_value (variant);
}

/* Texts of g_variant_parse(): each row of the mapping table. */
static const struct
{
  const char      *given;
  const char      *natural;
  XmlRpcValueKind  kind;
} mapping[] = {
  { "-5",                          "-5",                               XML_RPC_VALUE_INT },
  { "byte 0xff",                   "255",                              XML_RPC_VALUE_INT },
  { "int16 -32768",                "-32768",                           XML_RPC_VALUE_INT },
  { "uint16 65535",                "65535",                            XML_RPC_VALUE_INT },
  { "int64 5",                     "int64 5",                          XML_RPC_VALUE_I8 },
  { "uint32 4294967295",           "int64 4294967295",                 XML_RPC_VALUE_I8 },
  { "uint64 9223372036854775807",  "int64 9223372036854775807",        XML_RPC_VALUE_I8 },
  { "true",                        "true",                             XML_RPC_VALUE_BOOLEAN },
  { "1.5",                         "1.5",                              XML_RPC_VALUE_DOUBLE },
  { "'text'",                      "'text'",                           XML_RPC_VALUE_STRING },
  { "objectpath '/a'",             "'/a'",                             XML_RPC_VALUE_STRING },
  { "signature 'ai'",              "'ai'",                             XML_RPC_VALUE_STRING },
  { "[byte 1, 2]",                 "[byte 1, 2]",                      XML_RPC_VALUE_BASE64 },
  { "b'bytes'",                    "b'bytes'",                         XML_RPC_VALUE_BASE64 },
  { "@ay []",                      "@ay []",                           XML_RPC_VALUE_BASE64 },
  { "[<1>, <'two'>]",              "[<1>, <'two'>]",                   XML_RPC_VALUE_ARRAY },
  { "@av []",                      "@av []",                           XML_RPC_VALUE_ARRAY },
  { "[1, 2]",                      "[<1>, <2>]",                       XML_RPC_VALUE_ARRAY },
  { "@as []",                      "@av []",                           XML_RPC_VALUE_ARRAY },
  { "[uint16 1, 2]",               "[<1>, <2>]",                       XML_RPC_VALUE_ARRAY },
  { "[[1], [2, 3]]",               "[<[<1>]>, <[<2>, <3>]>]",          XML_RPC_VALUE_ARRAY },
  { "[<<1>>]",                     "[<1>]",                            XML_RPC_VALUE_ARRAY },
  { "[<byte 1>]",                  "[<1>]",                            XML_RPC_VALUE_ARRAY },
  { "[b'a', b'b']",                "[<b'a'>, <b'b'>]",                 XML_RPC_VALUE_ARRAY },
  { "(1, 'two')",                  "[<1>, <'two'>]",                   XML_RPC_VALUE_ARRAY },
  { "()",                          "@av []",                           XML_RPC_VALUE_ARRAY },
  { "(objectpath '/a', 'b')",      "[<'/a'>, <'b'>]",                  XML_RPC_VALUE_ARRAY },
  { "('/xmlrpc/dateTime', 'b')",   "[<'/xmlrpc/dateTime'>, <'b'>]",    XML_RPC_VALUE_ARRAY },
  { "(objectpath '/xmlrpc/date', 'b')", "[<'/xmlrpc/date'>, <'b'>]",   XML_RPC_VALUE_ARRAY },
  { "{'a': <1>}",                  "{'a': <1>}",                       XML_RPC_VALUE_STRUCT },
  { "@a{sv} {}",                   "@a{sv} {}",                        XML_RPC_VALUE_STRUCT },
  { "{'a': 1, 'b': 2}",            "{'a': <1>, 'b': <2>}",             XML_RPC_VALUE_STRUCT },
  { "{'b': 1, 'a': 2, 'b': 3}",    "{'b': <1>, 'a': <2>, 'b': <3>}",   XML_RPC_VALUE_STRUCT },
  { "{objectpath '/a': 'b'}",      "{'/a': <'b'>}",                    XML_RPC_VALUE_STRUCT },
  { "{signature 's': <byte 1>}",   "{'s': <1>}",                       XML_RPC_VALUE_STRUCT },
  { "{'a', 1}",                    "{'a': <1>}",                       XML_RPC_VALUE_STRUCT },
  { "{objectpath '/a', 1}",        "{'/a': <1>}",                      XML_RPC_VALUE_STRUCT },
  { "{'a': {'b': (1, [2])}}",      "{'a': <{'b': <[<1>, <[<2>]>]>}>}", XML_RPC_VALUE_STRUCT },
  { "@mv nothing",                 "@mv nothing",                      XML_RPC_VALUE_NIL },
  { "@ms nothing",                 "@mv nothing",                      XML_RPC_VALUE_NIL },
  { "@mmi just nothing",           "@mv nothing",                      XML_RPC_VALUE_NIL },
  { "@mv just <5>",                "5",                                XML_RPC_VALUE_INT },
  { "@ms 'text'",                  "'text'",                           XML_RPC_VALUE_STRING },
  { "[@mi 1, nothing]",            "[<1>, <@mv nothing>]",             XML_RPC_VALUE_ARRAY },
  { "<<'text'>>",                  "'text'",                           XML_RPC_VALUE_STRING },
  { "<[1]>",                       "[<1>]",                            XML_RPC_VALUE_ARRAY },
  { "(objectpath '/xmlrpc/dateTime', '19980717T14:08:55')",
    "(objectpath '/xmlrpc/dateTime', '19980717T14:08:55')", XML_RPC_VALUE_DATE_TIME },
  { "(objectpath '/xmlrpc/biginteger', '123456789012345678901')",
    "(objectpath '/xmlrpc/biginteger', '123456789012345678901')", XML_RPC_VALUE_BIG_INTEGER },
  { "(objectpath '/xmlrpc/bigdecimal', '0.1')",
    "(objectpath '/xmlrpc/bigdecimal', '0.1')", XML_RPC_VALUE_BIG_DECIMAL },
  { "[(objectpath '/xmlrpc/bigdecimal', '0.1')]",
    "[<(objectpath '/xmlrpc/bigdecimal', '0.1')>]", XML_RPC_VALUE_ARRAY },
};

static void
test_turns_into_natural_form (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (mapping); i++)
    {
      g_autoptr (GVariant) expected = parse (mapping[i].natural);
      g_autoptr (XmlRpcValue) value = new_parsed (mapping[i].given);

      g_test_message ("%s", mapping[i].given);
      g_assert_cmpvariant (xml_rpc_value_get_variant (value), expected);
      g_assert_cmpint (xml_rpc_value_get_kind (value), ==, mapping[i].kind);
    }
}

static void
test_property_turns_into_natural_form (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (mapping); i++)
    {
      g_autoptr (GVariant) given = parse (mapping[i].given);
      g_autoptr (XmlRpcValue) by_function = new_value (given);
      g_autoptr (XmlRpcValue) by_property = g_object_new (XML_RPC_TYPE_VALUE, "variant", given, NULL);
      g_autoptr (GVariant) variant = NULL;
      XmlRpcValueKind kind;

      g_object_get (by_property, "variant", &variant, "kind", &kind, NULL);
      g_assert_cmpint (kind, ==, mapping[i].kind);
      g_assert_cmpvariant (variant, xml_rpc_value_get_variant (by_function));
    }
}

static void
test_natural_form_is_shared (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (mapping); i++)
    {
      g_autoptr (GVariant) natural = parse (mapping[i].natural);
      g_autoptr (XmlRpcValue) value = new_value (natural);

      g_assert_true (xml_rpc_value_get_variant (value) == natural);
    }
}

static void
test_what_is_in_a_variant_is_shared (void)
{
  g_autoptr (GVariant) natural = parse ("[<1>]");
  g_autoptr (GVariant) boxed = g_variant_ref_sink (g_variant_new_variant (natural));
  g_autoptr (XmlRpcValue) value = new_value (boxed);

  g_assert_cmpvariant (xml_rpc_value_get_variant (value), natural);
}

static void
test_makes_the_fitting_class (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (mapping); i++)
    {
      g_autoptr (XmlRpcValue) value = new_parsed (mapping[i].given);

      g_assert_cmpint (XML_RPC_IS_BOOLEAN (value), ==, mapping[i].kind == XML_RPC_VALUE_BOOLEAN);
      g_assert_cmpint (XML_RPC_IS_BINARY (value), ==, mapping[i].kind == XML_RPC_VALUE_BASE64);
      g_assert_cmpint (XML_RPC_IS_DATE_TIME (value), ==, mapping[i].kind == XML_RPC_VALUE_DATE_TIME);
    }
}

static void
test_sinks_a_floating_reference (void)
{
  GVariant *variant = g_variant_new_string ("text");
  g_autoptr (GVariant) kept = NULL;
  g_autoptr (XmlRpcValue) value = new_value (variant);

  g_assert_true (xml_rpc_value_get_variant (value) == variant);
  g_assert_false (g_variant_is_floating (variant));
  kept = g_variant_ref (variant);
  g_clear_object (&value);
  g_assert_cmpstr (g_variant_get_string (kept, NULL), ==, "text");
}

static const struct
{
  const char  *given;
  XmlRpcError  code;
  const char  *message;
} refused[] = {
  { "handle 1", XML_RPC_ERROR_UNSUPPORTED_TYPE,
    "value: XML-RPC has no form for the type \"h\"" },
  { "(1, {'fd': handle 1})", XML_RPC_ERROR_UNSUPPORTED_TYPE,
    "value[1].fd: XML-RPC has no form for the type \"h\"" },
  { "[<1>, <[<@mh handle 1>]>]", XML_RPC_ERROR_UNSUPPORTED_TYPE,
    "value[1][0]: XML-RPC has no form for the type \"h\"" },
  { "{1: 'one'}", XML_RPC_ERROR_UNSUPPORTED_TYPE,
    "value: XML-RPC has no form for the type \"a{is}\"" },
  { "@a{is} {}", XML_RPC_ERROR_UNSUPPORTED_TYPE,
    "value: XML-RPC has no form for the type \"a{is}\"" },
  { "{true, 'one'}", XML_RPC_ERROR_UNSUPPORTED_TYPE,
    "value: XML-RPC has no form for the type \"{bs}\"" },
  { "{'names': <{uint64 1: 'one'}>}", XML_RPC_ERROR_UNSUPPORTED_TYPE,
    "value.names: XML-RPC has no form for the type \"a{ts}\"" },
  { "{'a b': {'': handle 1}}", XML_RPC_ERROR_UNSUPPORTED_TYPE,
    "value[\"a b\"][\"\"]: XML-RPC has no form for the type \"h\"" },
  { "{'a.b': [<handle 1>]}", XML_RPC_ERROR_UNSUPPORTED_TYPE,
    "value[\"a.b\"][0]: XML-RPC has no form for the type \"h\"" },
  { "uint64 9223372036854775808", XML_RPC_ERROR_INVALID_VALUE,
    "value: expected an integer up to 9223372036854775807, got 9223372036854775808" },
  { "{'a': [uint64 1, 18446744073709551615]}", XML_RPC_ERROR_INVALID_VALUE,
    "value.a[1]: expected an integer up to 9223372036854775807, got 18446744073709551615" },
};

static void
test_refuses_what_has_no_form (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GVariant) given = parse (refused[i].given);
      g_autoptr (GError) error = NULL;

      g_assert_null (xml_rpc_value_new (given, &error));
      g_assert_error (error, XML_RPC_ERROR, (int) refused[i].code);
      g_assert_cmpstr (error->message, ==, refused[i].message);
    }
}

static void
test_error_may_be_ignored (void)
{
  g_assert_null (xml_rpc_value_new (g_variant_new_handle (1), NULL));
}

static GVariant *
nest_array (GVariant *inner)
{
  return g_variant_new_array (G_VARIANT_TYPE_VARIANT, (GVariant *[]) { g_variant_new_variant (inner) }, 1);
}

static GVariant *
nest_tuple (GVariant *inner)
{
  return g_variant_new_tuple (&inner, 1);
}

static GVariant *
nest_struct (GVariant *inner)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  g_variant_builder_add (&builder, "{sv}", "a", inner);
  return g_variant_builder_end (&builder);
}

static GVariant *
nest_maybe (GVariant *inner)
{
  return g_variant_new_maybe (NULL, g_variant_new_variant (inner));
}

typedef GVariant *(*NestFunc) (GVariant *inner);

static const NestFunc nest_containers[] = { nest_array, nest_tuple, nest_struct };
static const struct
{
  NestFunc wrap;
  guint    n_levels;
} nest_wrappers[] = {
  { g_variant_new_variant, 1 },
  { nest_maybe,            2 },
};

static GVariant *
nest (NestFunc nest_func,
      guint    depth)
{
  GVariant *variant = g_variant_new_int32 (5);

  for (guint i = 0; i < depth; i++)
    variant = nest_func (variant);

  return variant;
}

static void
assert_too_deep (GVariant *variant)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (xml_rpc_value_new (variant, &error));
  g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED);
}

static void
test_nesting_has_a_limit (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (nest_containers); i++)
    {
      g_autoptr (XmlRpcValue) below = new_value (nest (nest_containers[i], MAX_NESTING - 1));
      g_autoptr (XmlRpcValue) at = new_value (nest (nest_containers[i], MAX_NESTING));

      g_assert_false (xml_rpc_value_equal (at, below));
      assert_too_deep (nest (nest_containers[i], MAX_NESTING + 1));
    }
}

static void
test_deepest_value_is_whole_when_serialised (void)
{
  g_autoptr (XmlRpcValue) value = new_value (nest (nest_struct, MAX_NESTING));
  g_autofree char *text = xml_rpc_value_to_string (value);
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (xml_rpc_value_get_variant (value));
  g_autoptr (GVariant) read = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_VARDICT, bytes, FALSE));
  g_autoptr (XmlRpcValue) again = new_value (read);
  g_autofree char *again_text = xml_rpc_value_to_string (again);

  g_assert_cmpstr (text, ==, again_text);
  g_assert_true (xml_rpc_value_equal (value, again));
}

static void
test_variants_in_variants_have_a_limit (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (nest_wrappers); i++)
    {
      guint limit = MAX_VARIANTS / nest_wrappers[i].n_levels;
      NestFunc wrap = nest_wrappers[i].wrap;
      g_autoptr (XmlRpcValue) below = new_value (nest (wrap, limit - 1));
      g_autoptr (XmlRpcValue) at = new_value (nest (wrap, limit));

      g_assert_cmpint (xml_rpc_value_get_kind (at), ==, XML_RPC_VALUE_INT);
      g_assert_true (xml_rpc_value_equal (at, below));
      assert_too_deep (nest (wrap, limit + 1));
      assert_too_deep (nest (wrap, 5000));
      assert_too_deep (nest_array (nest (wrap, 5000)));
    }
}

static void
test_untrusted_data_is_made_normal (void)
{
  const guint8 not_a_boolean[] = { 5 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (not_a_boolean, sizeof not_a_boolean);
  g_autoptr (XmlRpcValue) value =
    new_value (g_variant_new_from_bytes (G_VARIANT_TYPE_BOOLEAN, bytes, FALSE));

  g_assert_true (g_variant_is_normal_form (xml_rpc_value_get_variant (value)));
}

static void
test_is_nil_by_default (void)
{
  g_autoptr (XmlRpcValue) value = g_object_new (XML_RPC_TYPE_VALUE, NULL);

  g_assert_cmpint (xml_rpc_value_get_kind (value), ==, XML_RPC_VALUE_NIL);
}

static void
test_nonsense_is_nil (void)
{
  g_autoptr (XmlRpcValue) value = NULL;

  g_test_expect_message ("xmlrpc-glib", G_LOG_LEVEL_CRITICAL,
                         "XmlRpcValue: value: XML-RPC has no form for the type \"h\"");
  value = g_object_new (XML_RPC_TYPE_VALUE, "variant", g_variant_new_handle (1), NULL);
  g_test_assert_expected_messages ();

  g_assert_cmpint (xml_rpc_value_get_kind (value), ==, XML_RPC_VALUE_NIL);
}

static const struct
{
  const char *a;
  const char *b;
  gboolean    equal;
} pairs[] = {
  { "5",                    "5",                      TRUE },
  { "5",                    "byte 5",                 TRUE },
  { "5",                    "6",                      FALSE },
  { "5",                    "int64 5",                FALSE },
  { "5",                    "5.0",                    FALSE },
  { "1",                    "true",                   FALSE },
  { "'5'",                  "5",                      FALSE },
  { "'a'",                  "'a'",                    TRUE },
  { "'a'",                  "b'a'",                   FALSE },
  { "0.0",                  "-0.0",                   TRUE },
  { "0.1",                  "0.1",                    TRUE },
  { "0.1",                  "0.2",                    FALSE },
  { "@mv nothing",          "@ms nothing",            TRUE },
  { "@mv nothing",          "@av []",                 FALSE },
  { "[1, 2]",               "(1, 2)",                 TRUE },
  { "[1, 2]",               "[2, 1]",                 FALSE },
  { "[1, 2]",               "[1]",                    FALSE },
  { "@av []",               "@a{sv} {}",              FALSE },
  { "[0.0]",                "[-0.0]",                 TRUE },
  { "{'a': 1, 'b': 2}",     "{'b': 2, 'a': 1}",       TRUE },
  { "{'a': 1, 'b': 2}",     "{'a': 1, 'b': 3}",       FALSE },
  { "{'a': 1, 'b': 2}",     "{'a': 1, 'c': 2}",       FALSE },
  { "{'a': 1, 'b': 2}",     "{'a': 1}",               FALSE },
  { "{'a': 1, 'a': 2, 'b': 3}", "{'b': 3, 'a': 1, 'a': 2}", TRUE },
  { "{'a': 1, 'a': 2}",     "{'a': 2, 'a': 1}",       FALSE },
  { "{'a': 1, 'a': 1, 'b': 2}", "{'a': 1, 'b': 2, 'b': 2}", FALSE },
  { "[{'a': [1], 'b': [2]}]",  "[{'b': [2], 'a': [1]}]",  TRUE },
  { "(objectpath '/xmlrpc/dateTime', '19980717')", "(objectpath '/xmlrpc/dateTime', '1998-07-17')", TRUE },
  { "[(objectpath '/xmlrpc/dateTime', '19980717')]", "[(objectpath '/xmlrpc/dateTime', '1998-07-17')]", TRUE },
  { "(objectpath '/xmlrpc/dateTime', '19980717')", "'19980717'", FALSE },
  { "(objectpath '/xmlrpc/biginteger', '1')", "(objectpath '/xmlrpc/biginteger', '1')", TRUE },
  { "(objectpath '/xmlrpc/biginteger', '1')", "(objectpath '/xmlrpc/biginteger', '2')", FALSE },
  { "(objectpath '/xmlrpc/biginteger', '1')", "(objectpath '/xmlrpc/bigdecimal', '1')", FALSE },
};

static void
test_equality (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (XmlRpcValue) a = new_parsed (pairs[i].a);
      g_autoptr (XmlRpcValue) b = new_parsed (pairs[i].b);

      g_test_message ("%s, %s", pairs[i].a, pairs[i].b);
      g_assert_cmpint (xml_rpc_value_equal (a, b), ==, pairs[i].equal);
      g_assert_cmpint (xml_rpc_value_equal (b, a), ==, pairs[i].equal);
      g_assert_true (xml_rpc_value_equal (a, a));
    }
}

static void
test_nan_equals_itself (void)
{
  g_autoptr (XmlRpcValue) a = new_value (g_variant_new_double ((double) NAN));
  g_autoptr (XmlRpcValue) b = new_value (g_variant_new_double ((double) NAN));
  g_autoptr (XmlRpcValue) other = new_value (g_variant_new_double ((double) INFINITY));

  g_assert_true (xml_rpc_value_equal (a, b));
  g_assert_false (xml_rpc_value_equal (a, other));
}

static const struct
{
  const char *given;
  const char *text;
} texts[] = {
  { "5",                               "5" },
  { "int64 -9223372036854775808",      "-9223372036854775808" },
  { "true",                            "true" },
  { "3.14",                            "3.14" },
  { "0.1",                             "0.1" },
  { "1.0",                             "1.0" },
  { "-2.0",                            "-2.0" },
  { "0.30000000000000004",             "0.30000000000000004" },
  { "'some \"text\"'",                 "some \"text\"" },
  { "''",                              "" },
  { "b'hello'",                        "<6 bytes>" },
  { "@ay []",                          "<0 bytes>" },
  { "[1, 2]",                          "[1, 2]" },
  { "', '",                            ", " },
  { "[', ']",                          "[\", \"]" },
  { "{', ': <@av []>}",                "{, : []}" },
  { "@av []",                          "[]" },
  { "{'a': 1}",                        "{a: 1}" },
  { "{'a': <1>, 'b': <'two'>}",        "{a: 1, b: \"two\"}" },
  { "@a{sv} {}",                       "{}" },
  { "(1, [2.5], {'a': @mi nothing})",  "[1, [2.5], {a: nil}]" },
  { "@mv nothing",                     "nil" },
  { "(objectpath '/xmlrpc/dateTime', '19980717T14:08:55')", "19980717T14:08:55" },
  { "[(objectpath '/xmlrpc/dateTime', '19980717T14:08:55')]", "[19980717T14:08:55]" },
  { "(objectpath '/xmlrpc/biginteger', '123456789012345678901')", "123456789012345678901" },
  { "(objectpath '/xmlrpc/bigdecimal', '0.10')", "0.10" },
};

static const struct
{
  double      number;
  const char *text;
} doubles[] = {
  { 1e300,                  "1e+300" },
  { -1.5e300,               "-1.5e+300" },
  { 1.7976931348623157e308, "1.7976931348623157e+308" },
  { 5e-324,                 "5e-324" },
  { 2e-323,                 "2e-323" },
  { 9007199254740992.0,     "9007199254740992.0" },
  { 1e15,                   "1000000000000000.0" },
  { 1e16,                   "1e+16" },
  { 0.0001,                 "0.0001" },
  { 0.00001,                "1e-05" },
  { -0.0,                   "-0.0" },
};

static void
test_doubles_read_well (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (doubles); i++)
    {
      g_autoptr (XmlRpcValue) value = new_value (g_variant_new_double (doubles[i].number));
      g_autofree char *text = xml_rpc_value_to_string (value);

      g_assert_cmpstr (text, ==, doubles[i].text);
    }
}

static void
test_reads_well (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (XmlRpcValue) value = new_parsed (texts[i].given);
      g_autofree char *text = xml_rpc_value_to_string (value);

      g_assert_cmpstr (text, ==, texts[i].text);
    }
}

static void
test_special_doubles_read_well (void)
{
  g_autoptr (XmlRpcValue) infinite = new_value (g_variant_new_double (-(double) INFINITY));
  g_autoptr (XmlRpcValue) nan_value = new_value (g_variant_new_double (-(double) NAN));
  g_autofree char *infinite_text = xml_rpc_value_to_string (infinite);
  g_autofree char *nan_text = xml_rpc_value_to_string (nan_value);

  g_assert_cmpstr (infinite_text, ==, "-inf");
  g_assert_cmpstr (nan_text, ==, "nan");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/value/turns-into-natural-form", test_turns_into_natural_form);
  g_test_add_func ("/value/property-turns-into-natural-form", test_property_turns_into_natural_form);
  g_test_add_func ("/value/natural-form-is-shared", test_natural_form_is_shared);
  g_test_add_func ("/value/what-is-in-a-variant-is-shared", test_what_is_in_a_variant_is_shared);
  g_test_add_func ("/value/makes-the-fitting-class", test_makes_the_fitting_class);
  g_test_add_func ("/value/sinks-a-floating-reference", test_sinks_a_floating_reference);
  g_test_add_func ("/value/refuses-what-has-no-form", test_refuses_what_has_no_form);
  g_test_add_func ("/value/error-may-be-ignored", test_error_may_be_ignored);
  g_test_add_func ("/value/nesting-has-a-limit", test_nesting_has_a_limit);
  g_test_add_func ("/value/deepest-value-is-whole-when-serialised", test_deepest_value_is_whole_when_serialised);
  g_test_add_func ("/value/variants-in-variants-have-a-limit", test_variants_in_variants_have_a_limit);
  g_test_add_func ("/value/untrusted-data-is-made-normal", test_untrusted_data_is_made_normal);
  g_test_add_func ("/value/is-nil-by-default", test_is_nil_by_default);
  g_test_add_func ("/value/nonsense-is-nil", test_nonsense_is_nil);
  g_test_add_func ("/value/equality", test_equality);
  g_test_add_func ("/value/nan-equals-itself", test_nan_equals_itself);
  g_test_add_func ("/value/reads-well", test_reads_well);
  g_test_add_func ("/value/doubles-read-well", test_doubles_read_well);
  g_test_add_func ("/value/special-doubles-read-well", test_special_doubles_read_well);

  return g_test_run ();
}
