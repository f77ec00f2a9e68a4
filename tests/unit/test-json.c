/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <math.h>
#include <string.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "random-variant.h"

#define MAX_NESTING 40

static GVariant *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  GVariant *value = g_variant_parse (NULL, text, NULL, NULL, &error);

  g_assert_no_error (error);
  return value;
}

static GVariant *
from_json (const char *json)
{
  g_autoptr (GError) error = NULL;
  GVariant *value = xml_rpc_variant_from_json (json, -1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (value);
  g_assert_false (g_variant_is_floating (value));
  return value;
}

static void
assert_fails (const char *json,
              XmlRpcError code,
              const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (xml_rpc_variant_from_json (json, -1, &error));
  g_assert_error (error, XML_RPC_ERROR, (int) code);
  if (message != NULL)
    g_assert_cmpstr (error->message, ==, message);
}

/* To the byte, and in normal form without GLib's being told so. */
static void
assert_same (GVariant *value,
             GVariant *expected)
{
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (value);
  g_autoptr (GVariant) untrusted = g_variant_new_from_bytes (g_variant_get_type (value), bytes, FALSE);

  g_assert_cmpstr (g_variant_get_type_string (value), ==, g_variant_get_type_string (expected));
  g_assert_cmpmem (g_variant_get_data (value), g_variant_get_size (value),
                   g_variant_get_data (expected), g_variant_get_size (expected));
  g_variant_ref_sink (untrusted);
  g_assert_true (g_variant_is_normal_form (untrusted));
}

static void
assert_returns (GVariant *value)
{
  g_autofree char *json = xml_rpc_variant_to_json (value, NULL);
  g_autoptr (GVariant) returned = NULL;

  g_assert_nonnull (json);
  returned = from_json (json);
  assert_same (returned, value);
}

/* Both ways, of the texts of g_variant_parse(). */
static const struct
{
  const char *variant;
  const char *json;
} forms[] = {
  { "0", "0" },
  { "-5", "-5" },
  { "2147483647", "2147483647" },
  { "-2147483648", "-2147483648" },
  { "int64 5", "{\"$i8\":\"5\"}" },
  { "int64 2147483648", "{\"$i8\":\"2147483648\"}" },
  { "int64 9007199254740993", "{\"$i8\":\"9007199254740993\"}" },
  { "int64 9223372036854775807", "{\"$i8\":\"9223372036854775807\"}" },
  { "int64 -9223372036854775808", "{\"$i8\":\"-9223372036854775808\"}" },
  { "true", "true" },
  { "false", "false" },
  { "1.0", "1.0" },
  { "-0.0", "-0.0" },
  { "0.1", "0.1" },
  { "1e20", "100000000000000000000.0" },
  { "'text'", "\"text\"" },
  { "''", "\"\"" },
  { "'\"\\\\/\\b\\f\\n\\r\\t\\u001f\\u007f'", "\"\\\"\\\\/\\u0008\\u000c\\n\\r\\t\\u001f\x7f\"" },
  { "'\303\274\342\200\250\360\237\220\215'", "\"\303\274\342\200\250\360\237\220\215\"" },
  { "@ay []", "{\"$base64\":\"\"}" },
  { "[byte 0, 255, 128, 7]", "{\"$base64\":\"AP+ABw==\"}" },
  { "@av []", "[]" },
  { "[<1>, <'two'>, <[<3.0>]>]", "[1,\"two\",[3.0]]" },
  { "@a{sv} {}", "{}" },
  { "{'': <1>, 'b': <@mv nothing>}", "{\"\":1,\"b\":null}" },
  { "{'a': <1>, 'a': <'x'>}", "{\"a\":1,\"a\":\"x\"}" },
  { "@mv nothing", "null" },
  { "(objectpath '/xmlrpc/dateTime', '19980717T14:08:55')", "{\"$dateTime\":\"19980717T14:08:55\"}" },
  { "(objectpath '/xmlrpc/biginteger', '123456789012345678901')", "{\"$biginteger\":\"123456789012345678901\"}" },
  { "(objectpath '/xmlrpc/bigdecimal', '0.1')", "{\"$bigdecimal\":\"0.1\"}" },
  { "{'$': <1>}", "{\"$struct\":{\"$\":1}}" },
  { "{'$i8': <'5'>}", "{\"$struct\":{\"$i8\":\"5\"}}" },
  { "{'$struct': <{'$struct': <1>}>}", "{\"$struct\":{\"$struct\":{\"$struct\":{\"$struct\":1}}}}" },
  { "{'$struct': <@a{sv} {}>}", "{\"$struct\":{\"$struct\":{}}}" },
  { "{'$i8': <1>, '$i8': <2>}", "{\"$struct\":{\"$i8\":1,\"$i8\":2}}" },
  { "{'$i8': <1>, '$double': <2>}", "{\"$struct\":{\"$i8\":1,\"$double\":2}}" },
  { "{'$i8': <1>, 'a': <2>}", "{\"$struct\":{\"$i8\":1,\"a\":2}}" },
  { "[<{'$a': <{'b': <{'$c': <1>}>}>}>, <{'d': <2>}>]",
    "[{\"$struct\":{\"$a\":{\"b\":{\"$struct\":{\"$c\":1}}}}},{\"d\":2}]" },
  { "{'a': <1>, '$i8': <2>}", "{\"a\":1,\"$i8\":2}" },
  { "{'a$': <1>}", "{\"a$\":1}" },
};

static void
test_forms (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (GVariant) value = parse (forms[i].variant);
      g_autofree char *json = xml_rpc_variant_to_json (value, NULL);

      g_assert_cmpstr (json, ==, forms[i].json);
      assert_returns (value);
    }
}

/* What is written as the natural type of its element. */
static void
test_other_types (void)
{
  static const struct
  {
    const char *variant;
    const char *json;
  } others[] = {
    { "[byte 7, 8]", "{\"$base64\":\"Bwg=\"}" },
    { "(byte 7, int16 -8, uint16 9)", "[7,-8,9]" },
    { "uint32 10", "{\"$i8\":\"10\"}" },
    { "uint64 9223372036854775807", "{\"$i8\":\"9223372036854775807\"}" },
    { "objectpath '/a'", "\"/a\"" },
    { "signature 'ai'", "\"ai\"" },
    { "[1, 2]", "[1,2]" },
    { "()", "[]" },
    { "(objectpath '/xmlrpc/other', 'x')", "[\"/xmlrpc/other\",\"x\"]" },
    { "('/xmlrpc/dateTime', 'x')", "[\"/xmlrpc/dateTime\",\"x\"]" },
    { "{'a': 1}", "{\"a\":1}" },
    { "{objectpath '/a': true}", "{\"/a\":true}" },
    { "@{sv} {'a', <1>}", "{\"a\":1}" },
    { "@{si} {'$a', 1}", "{\"$struct\":{\"$a\":1}}" },
    { "@mi 5", "5" },
    { "@mmi just nothing", "null" },
    { "<<5>>", "5" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (GVariant) value = parse (others[i].variant);
      g_autofree char *json = xml_rpc_variant_to_json (value, NULL);

      g_assert_cmpstr (json, ==, others[i].json);
    }
}

static void
test_no_form (void)
{
  static const struct
  {
    const char  *variant;
    XmlRpcError  code;
    const char  *message;
  } refused[] = {
    { "handle 0", XML_RPC_ERROR_UNSUPPORTED_TYPE, "value: XML-RPC has no form for the type \"h\"" },
    { "[handle 0]", XML_RPC_ERROR_UNSUPPORTED_TYPE, "value[0]: XML-RPC has no form for the type \"h\"" },
    { "{1: 2}", XML_RPC_ERROR_UNSUPPORTED_TYPE, "value: XML-RPC has no form for the type \"a{ii}\"" },
    { "@a{is} {}", XML_RPC_ERROR_UNSUPPORTED_TYPE, "value: XML-RPC has no form for the type \"a{is}\"" },
    { "@{is} {1, 'a'}", XML_RPC_ERROR_UNSUPPORTED_TYPE, "value: XML-RPC has no form for the type \"{is}\"" },
    { "uint64 9223372036854775808", XML_RPC_ERROR_INVALID_VALUE,
      "value: expected an integer up to 9223372036854775807, got 9223372036854775808" },
    { "{'a': <[<handle 1>]>}", XML_RPC_ERROR_UNSUPPORTED_TYPE, "value.a[0]: XML-RPC has no form for the type \"h\"" },
    { "{'a b': (1, handle 0)}", XML_RPC_ERROR_UNSUPPORTED_TYPE,
      "value[\"a b\"][1]: XML-RPC has no form for the type \"h\"" },
    { "@mh 3", XML_RPC_ERROR_UNSUPPORTED_TYPE, "value: XML-RPC has no form for the type \"h\"" },
    { "<handle 1>", XML_RPC_ERROR_UNSUPPORTED_TYPE, "value: XML-RPC has no form for the type \"h\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GVariant) value = parse (refused[i].variant);
      g_autoptr (GError) error = NULL;

      g_assert_null (xml_rpc_variant_to_json (value, &error));
      g_assert_error (error, XML_RPC_ERROR, (int) refused[i].code);
      g_assert_cmpstr (error->message, ==, refused[i].message);
      g_assert_null (xml_rpc_variant_to_json (value, NULL));
    }
}

static void
test_not_finite (void)
{
  static const struct
  {
    double      value;
    const char *json;
  } numbers[] = {
    { INFINITY, "{\"$double\":\"Infinity\"}" },
    { -INFINITY, "{\"$double\":\"-Infinity\"}" },
    { NAN, "{\"$double\":\"NaN\"}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *json = xml_rpc_variant_to_json (g_variant_new_double (numbers[i].value), NULL);
      g_autoptr (GVariant) value = NULL;

      g_assert_cmpstr (json, ==, numbers[i].json);
      value = from_json (json);
      if (isnan (numbers[i].value))
        g_assert_true (isnan (g_variant_get_double (value)));
      else
        g_assert_cmpfloat (g_variant_get_double (value), ==, numbers[i].value);
    }
}

/* What other programs write. */
static void
test_other_texts (void)
{
  static const struct
  {
    const char *json;
    const char *variant;
  } texts[] = {
    { " \t\r\n[ 1 , 2 ] \n", "[<1>, <2>]" },
    { "{ \"a\" : { } }", "{'a': <@a{sv} {}>}" },
    { "{ \"$i8\" : 5 }", "int64 5" },
    { "{\"\\u0024i8\":5}", "int64 5" },
    { "{\"$i8\":-9223372036854775808}", "int64 -9223372036854775808" },
    { "2147483648", "int64 2147483648" },
    { "-2147483649", "int64 -2147483649" },
    { "9223372036854775807", "int64 9223372036854775807" },
    { "-9223372036854775808", "int64 -9223372036854775808" },
    { "-0", "0" },
    { "{\"$double\":1}", "1.0" },
    { "{\"$double\":\"1\"}", "1.0" },
    { "{\"$double\":-1.5e3}", "-1500.0" },
    { "{\"$double\":123456789012345678901234567890}", "123456789012345678901234567890.0" },
    { "1e5", "100000.0" },
    { "1E-05", "0.00001" },
    { "1.5e+2", "150.0" },
    { "1.7976931348623157e308", "1.7976931348623157e308" },
    { "\"\\u00fc\\ud83d\\udc0d\\/\\b\\f\"", "'\303\274\360\237\220\215/\\b\\f'" },
    { "{\"$base64\":\"\\/\\/8=\"}", "[byte 255, 255]" },
    { "{\"$struct\":{\"a\":1,\"b\":2}}", "{'a': <1>, 'b': <2>}" },
    { "{\"$x\":[{\"a\":1},\"]},\\\"\",2],\"b\":2}", "{'$x': <[<{'a': <1>}>, <']},\"'>, <2>]>, 'b': <2>}" },
    { "{\"$struct\":{\"$a\":1,\"b\":2}}", "{'$a': <1>, 'b': <2>}" },
    { "{\"a\\u0062\":{\"\\u0063\":1},\"d\":2}", "{'ab': <{'c': <1>}>, 'd': <2>}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GVariant) value = from_json (texts[i].json);
      g_autoptr (GVariant) expected = parse (texts[i].variant);

      assert_same (value, expected);
    }
}

static void
test_length (void)
{
  g_autoptr (GVariant) value = xml_rpc_variant_from_json ("[1,2]3", 5, NULL);
  g_autoptr (GVariant) expected = parse ("[<1>, <2>]");
  g_autoptr (GError) error = NULL;

  assert_same (value, expected);
  g_assert_null (xml_rpc_variant_from_json ("1\0", 2, &error));
  g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_NOT_WELL_FORMED);
}

/* Each in memory that ends with it, so that reading on is seen. */
static void
test_cut_off (void)
{
  static const char text[] = "{\"$x\":{\"$base64\":\"AP8=\"},\"b\\n\":[true,null,-1.5e+3,\"\\ud83d\\udc0d\"]}";

  for (gsize length = 0; length < sizeof text - 1; length++)
    {
      g_autofree char *copy = length > 0 ? g_memdup2 (text, length) : g_malloc (1);
      g_autoptr (GError) error = NULL;

      g_assert_null (xml_rpc_variant_from_json (copy, length, &error));
      /* Half of a surrogate pair is the one thing that is wrong by itself. */
      if (!g_error_matches (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE))
        g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_NOT_WELL_FORMED);
    }
}

static void
test_not_json (void)
{
  static const char * const texts[] = {
    "", " ", "nul", "True", "nan", "Infinity", "'a'", "[1,]", "[,1]", "[1", "[1 2]", "1 2", "{\"a\":1,}", "{\"a\" 1}",
    "{a:1}", "{1:1}", "{\"a\":}", "{\"a\":1", "01", "+1", ".5", "5.", "-", "1e", "0x10", "1.e5", "\"", "\"a", "\"\\x\"",
    "\"\\u12\"", "\"\\u12g4\"", "\"a\nb\"", "\"\x01\"", "// c\n1", "/* c */ 1", "1 // c", "\"\xff\"", "\xff",
    "{\"$i8\":5", "{\"$i8\":5]", "{\"$struct\":1}", "{\"$base64\":5}", "{\"$dateTime\":null}", "\357\273\2771",
    "{\"$i8\" 5}", "truefalse", "[}", "{]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_fails (texts[i], XML_RPC_ERROR_NOT_WELL_FORMED, NULL);
}

static void
test_invalid_values (void)
{
  static const char * const texts[] = {
    "9223372036854775808", "-9223372036854775809", "18446744073709551616", "1e400", "-1e309",
    "{\"$i8\":9223372036854775808}", "{\"$i8\":\"\"}", "{\"$i8\":1.5}", "{\"$double\":\"one\"}", "{\"$double\":\"\"}",
    "{\"$base64\":\"!\"}", "{\"$base64\":\"A\"}", "{\"$int\":1}", "{\"$\":1}", "\"\\u0000\"", "{\"a\\u0000b\":1}",
    "\"\\ud83d\"", "\"\\ude00x\"", "\"\\ud83d\\u0041\"", "\"\\ud83d\\ud83d\"",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_fails (texts[i], XML_RPC_ERROR_INVALID_VALUE, NULL);
}

static void
test_messages (void)
{
  assert_fails ("{\"a\":[1,{\"b\":1e400}]}", XML_RPC_ERROR_INVALID_VALUE,
                "value.a[1].b: expected a number that a double can hold, got \"1e400\"");
  assert_fails ("[1,9223372036854775808]", XML_RPC_ERROR_INVALID_VALUE,
                "value[1]: expected an integer from -9223372036854775808 to 9223372036854775807, "
                "got \"9223372036854775808\"");
  assert_fails ("[[],{\"\303\274\":{\"$i16\":1}}]", XML_RPC_ERROR_INVALID_VALUE,
                "value[1][\"\303\274\"]: expected one of the names that stand for a type, got \"$i16\"");
  assert_fails ("{\"a\":\"\\u0000\"}", XML_RPC_ERROR_INVALID_VALUE,
                "value.a: a string with U+0000, which XML cannot carry");
  assert_fails ("{\"a b\":{\"\\u0063\":[0,{\"\\\"\":1,\"d\":x}]}}", XML_RPC_ERROR_NOT_WELL_FORMED,
                "value[\"a b\"].c[1].d: expected a value, got U+0078 (byte 32 of the text)");
  assert_fails ("{\"a\":1, b", XML_RPC_ERROR_NOT_WELL_FORMED,
                "value: expected a string, got U+0062 (byte 8 of the text)");
  assert_fails ("[1 2]", XML_RPC_ERROR_NOT_WELL_FORMED,
                "value[0]: expected ',' or ']', got U+0032 (byte 3 of the text)");
  assert_fails ("{\"a\":", XML_RPC_ERROR_NOT_WELL_FORMED,
                "value.a: expected a value, got the end of the text");
}

/* An error repeats no more than a part of a long value, and no half of a
 * character. */
static void
test_long_value_in_message (void)
{
  g_autoptr (GString) json = g_string_new ("{\"$base64\":\"!");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append (json, "\303\274");
  g_string_append (json, "\"}");

  g_assert_null (xml_rpc_variant_from_json (json->str, json->len, &error));
  g_assert_cmpuint (strlen (error->message), <, 200);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static char *
nest (guint       depth,
      const char *open,
      const char *content,
      const char *close)
{
  GString *json = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (json, open);
  g_string_append (json, content);
  for (guint i = 0; i < depth; i++)
    g_string_append (json, close);

  return g_string_free (json, FALSE);
}

static void
test_nesting (void)
{
  static const struct
  {
    const char *open;
    const char *close;
  } brackets[] = {
    { "[", "]" },
    { "{\"a\":", "}" },
    { "{\"$struct\":{\"$a\":", "}}" },
    { "{\"$a\":", ",\"b\":1}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (brackets); i++)
    {
      g_autofree char *within = nest (MAX_NESTING, brackets[i].open, "{\"$i8\":\"1\"}", brackets[i].close);
      g_autofree char *above = nest (MAX_NESTING + 1, brackets[i].open, "1", brackets[i].close);
      g_autofree char *far_above = nest (100000, brackets[i].open, "1", brackets[i].close);
      g_autofree char *never_closed = nest (100000, brackets[i].open, "", "");
      g_autoptr (GVariant) value = from_json (within);

      assert_returns (value);
      assert_fails (above, XML_RPC_ERROR_LIMIT_EXCEEDED, NULL);
      assert_fails (far_above, XML_RPC_ERROR_LIMIT_EXCEEDED, NULL);
      assert_fails (never_closed, XML_RPC_ERROR_LIMIT_EXCEEDED, NULL);
    }
}

static GVariant *
nest_variants (guint    depth,
               gboolean in_arrays)
{
  GVariant *value = g_variant_new_int32 (1);

  for (guint i = 0; i < depth; i++)
    {
      value = g_variant_new_variant (value);
      if (in_arrays)
        value = g_variant_new_array (NULL, &value, 1);
    }

  return value;
}

static void
test_nesting_to_json (void)
{
  g_autofree char *arrays = xml_rpc_variant_to_json (nest_variants (MAX_NESTING, TRUE), NULL);
  g_autofree char *variants = xml_rpc_variant_to_json (nest_variants (100, FALSE), NULL);

  g_assert_nonnull (arrays);
  g_assert_cmpstr (variants, ==, "1");
  g_assert_null (xml_rpc_variant_to_json (nest_variants (MAX_NESTING + 1, TRUE), NULL));
  g_assert_null (xml_rpc_variant_to_json (nest_variants (129, FALSE), NULL));
}

static void
test_all_characters (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GVariant) value = NULL;

  for (gunichar c = 1; c <= 0x10ffff; c++)
    {
      if (g_unichar_validate (c))
        g_string_append_unichar (text, c);
    }

  value = g_variant_ref_sink (g_variant_new_string (text->str));
  assert_returns (value);
}

/* As \u escapes, in the pairs of UTF-16 above the basic plane. */
static void
test_all_escapes (void)
{
  for (gunichar c = 1; c <= 0x10ffff; c++)
    {
      g_autofree char *json = NULL;
      g_autoptr (GVariant) value = NULL;

      if (!g_unichar_validate (c))
        continue;
      if (c >= 0x10000)
        json = g_strdup_printf ("\"\\u%04x\\u%04X\"", 0xd800 + ((c - 0x10000) >> 10), 0xdc00 + (c & 0x3ff));
      else
        json = g_strdup_printf ("\"\\u%04x\"", c);

      value = from_json (json);
      g_assert_cmpuint (g_utf8_get_char (g_variant_get_string (value, NULL)), ==, c);
    }
}

static gboolean
has_nan (GVariant *value)
{
  g_autofree char *text = g_variant_print (value, FALSE);

  return strstr (text, "nan") != NULL;
}

static void
test_random (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GVariant) value = g_variant_ref_sink (random_variant_natural (FALSE, 4));

      /* There are many, and one comes back. */
      if (!has_nan (value))
        assert_returns (value);
    }
}

/* What the encoder refuses has no JSON, and what it takes has the JSON of what
 * is read back. */
static void
test_as_encoded (void)
{
  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr (GVariant) value = g_variant_ref_sink (random_variant (&random_variant_for_xml));
      g_autoptr (GBytes) body = xml_rpc_encode_response (value, NULL);
      g_autofree char *json = xml_rpc_variant_to_json (value, NULL);
      g_autoptr (GVariant) decoded = NULL;
      g_autofree char *expected = NULL;

      if (body == NULL)
        {
          g_assert_null (json);
          continue;
        }

      decoded = xml_rpc_decode_response (body, NULL, NULL);
      expected = xml_rpc_variant_to_json (decoded, NULL);
      g_assert_cmpstr (json, ==, expected);
    }
}

static void
test_random_doubles (void)
{
  for (guint i = 0; i < 100000; i++)
    {
      guint64 bits = (guint64) g_test_rand_int () << 32 | (guint32) g_test_rand_int ();
      g_autoptr (GVariant) value = NULL;
      double number;

      memcpy (&number, &bits, sizeof number);
      if (isnan (number))
        continue;

      value = g_variant_ref_sink (g_variant_new_double (number));
      assert_returns (value);
    }
}

/* Whatever is done to a text, it is read or refused. */
static void
test_mutated (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GVariant) value = g_variant_ref_sink (random_variant_natural (FALSE, 3));
      g_autofree char *json = xml_rpc_variant_to_json (value, NULL);
      g_autoptr (GVariant) read = NULL;
      g_autoptr (GError) error = NULL;
      gsize length = strlen (json);

      for (guint n = g_test_rand_int_range (1, 4); n > 0; n--)
        json[g_test_rand_int_range (0, length)] = "{}[]\",:$\\u0-.e1 \xc3"[g_test_rand_int_range (0, 18)];

      read = xml_rpc_variant_from_json (json, length, &error);
      if (read == NULL)
        g_assert_nonnull (error);
      else if (!has_nan (read))
        assert_returns (read);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/forms", test_forms);
  g_test_add_func ("/json/other-types", test_other_types);
  g_test_add_func ("/json/no-form", test_no_form);
  g_test_add_func ("/json/not-finite", test_not_finite);
  g_test_add_func ("/json/other-texts", test_other_texts);
  g_test_add_func ("/json/length", test_length);
  g_test_add_func ("/json/cut-off", test_cut_off);
  g_test_add_func ("/json/not-json", test_not_json);
  g_test_add_func ("/json/invalid-values", test_invalid_values);
  g_test_add_func ("/json/messages", test_messages);
  g_test_add_func ("/json/long-value-in-message", test_long_value_in_message);
  g_test_add_func ("/json/nesting", test_nesting);
  g_test_add_func ("/json/nesting-to-json", test_nesting_to_json);
  g_test_add_func ("/json/all-characters", test_all_characters);
  g_test_add_func ("/json/all-escapes", test_all_escapes);
  g_test_add_func ("/json/random", test_random);
  g_test_add_func ("/json/as-encoded", test_as_encoded);
  g_test_add_func ("/json/random-doubles", test_random_doubles);
  g_test_add_func ("/json/mutated", test_mutated);

  return g_test_run ();
}
