/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <xmlrpc-glib/xml-rpc-error.h>
#include <xmlrpc-glib/xml-rpc-message.h>

#include "documents.h"

#include <math.h>
#include <string.h>

#define DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define HEAD DECLARATION "<methodResponse><params><param><value>"
#define TAIL "</value></param></params></methodResponse>\n"
#define EX "xmlns:ex=\"http://ws.apache.org/xmlrpc/namespaces/extensions\""

/* A value as GVariant text, and what stands in its <value>. */
typedef struct
{
  const char *name;
  const char *value;
  const char *xml;
} Row;

static const Row rows[] = {
  { "int", "-5", "<int>-5</int>" },
  { "int-smallest", "-2147483648", "<int>-2147483648</int>" },
  { "byte", "byte 255", "<int>255</int>" },
  { "int16", "int16 -32768", "<int>-32768</int>" },
  { "uint16", "uint16 65535", "<int>65535</int>" },
  { "i8", "int64 -9223372036854775808", "<i8>-9223372036854775808</i8>" },
  { "uint32", "uint32 4294967295", "<i8>4294967295</i8>" },
  { "uint32-small", "uint32 1", "<i8>1</i8>" },
  { "uint64", "uint64 9223372036854775807", "<i8>9223372036854775807</i8>" },
  { "true", "true", "<boolean>1</boolean>" },
  { "false", "false", "<boolean>0</boolean>" },
  { "double", "0.1", "<double>0.1</double>" },
  { "double-whole", "3.0", "<double>3.0</double>" },
  { "double-without-exponent", "1e21", "<double>1000000000000000000000.0</double>" },
  { "double-negative-zero", "-0.0", "<double>-0.0</double>" },
  { "string", "'a'", "<string>a</string>" },
  { "string-empty", "''", "<string></string>" },
  { "string-markup", "'<a href=\"b\">&amp;</a> ]]>'",
    "<string>&lt;a href=\"b\"&gt;&amp;amp;&lt;/a&gt; ]]&gt;</string>" },
  { "string-white-space", "' \\t\\r\\n '", "<string> \t&#13;\n </string>" },
  { "string-beyond-ascii", "'\303\244\360\237\230\200\357\277\275'", "<string>\303\244\360\237\230\200\357\277\275</string>" },
  { "object-path", "objectpath '/a/b'", "<string>/a/b</string>" },
  { "signature", "signature 'a{sv}'", "<string>a{sv}</string>" },
  { "base64", "b'hello'", "<base64>aGVsbG8A</base64>" },
  { "base64-empty", "@ay []", "<base64></base64>" },
  { "nothing", "@mv nothing", "<nil/>" },
  { "nothing-of-nothing", "@mmi just nothing", "<nil/>" },
  { "just", "@mi 5", "<int>5</int>" },
  { "variant", "<<5>>", "<int>5</int>" },
  { "array", "[<1>, <'a'>]",
    "<array><data><value><int>1</int></value><value><string>a</string></value></data></array>" },
  { "array-of-ints", "[1, 2]", "<array><data><value><int>1</int></value><value><int>2</int></value></data></array>" },
  { "array-empty", "@av []", "<array><data></data></array>" },
  { "array-of-bytestrings", "[b'a', b'']",
    "<array><data><value><base64>YQA=</base64></value><value><base64>AA==</base64></value></data></array>" },
  { "tuple", "(1, true)",
    "<array><data><value><int>1</int></value><value><boolean>1</boolean></value></data></array>" },
  { "tuple-empty", "()", "<array><data></data></array>" },
  { "tuple-of-entries", "({'a', 1}, {'b', 2})",
    "<array><data><value><struct><member><name>a</name><value><int>1</int></value></member></struct></value>"
    "<value><struct><member><name>b</name><value><int>2</int></value></member></struct></value></data></array>" },
  { "struct", "{'a&b': <1>}", "<struct><member><name>a&amp;b</name><value><int>1</int></value></member></struct>" },
  { "struct-empty", "@a{sv} {}", "<struct></struct>" },
  { "struct-with-a-name-twice", "@a{sy} {'a': 1, 'a': 2}",
    "<struct><member><name>a</name><value><int>1</int></value></member><member><name>a</name><value><int>2</int></value>"
    "</member></struct>" },
  { "struct-of-object-paths", "{objectpath '/a': 1}",
    "<struct><member><name>/a</name><value><int>1</int></value></member></struct>" },
  { "struct-of-signatures", "{signature 'as': 'x'}",
    "<struct><member><name>as</name><value><string>x</string></value></member></struct>" },
  { "struct-of-one-entry", "{'a', 1}",
    "<struct><member><name>a</name><value><int>1</int></value></member></struct>" },
  { "date", "(objectpath '/xmlrpc/dateTime', '19980717T14:08:55')",
    "<dateTime.iso8601>19980717T14:08:55</dateTime.iso8601>" },
  { "date-escaped", "(objectpath '/xmlrpc/dateTime', '<')", "<dateTime.iso8601>&lt;</dateTime.iso8601>" },
  { "date-in-array", "[(objectpath '/xmlrpc/dateTime', '19980717T14:08:55')]",
    "<array><data><value><dateTime.iso8601>19980717T14:08:55</dateTime.iso8601></value></data></array>" },
  { "big-integer", "(objectpath '/xmlrpc/biginteger', '123456789012345678901')",
    "<ex:biginteger " EX ">123456789012345678901</ex:biginteger>" },
  { "big-decimal", "(objectpath '/xmlrpc/bigdecimal', '0.10')", "<ex:bigdecimal " EX ">0.10</ex:bigdecimal>" },
  { "other-path-and-string", "(objectpath '/other', 'a')",
    "<array><data><value><string>/other</string></value><value><string>a</string></value></data></array>" },
};

static GVariant *
parse (const char *text)
{
  GVariant *value = g_variant_parse (NULL, text, NULL, NULL, NULL);

  g_assert_nonnull (value);
  return value;
}

static void
assert_text (GBytes     *body,
             const char *expected)
{
  g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), expected, strlen (expected));
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GVariant) value = parse (row->value);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = xml_rpc_encode_response (value, &error);
  g_autofree char *expected = g_strconcat (HEAD, row->xml, TAIL, NULL);

  g_assert_no_error (error);
  assert_text (body, expected);
}

/* A value that cannot be written, and why. */
typedef struct
{
  const char  *name;
  const char  *value;
  XmlRpcError  code;
  const char  *message;
} Refusal;

static const Refusal refusals[] = {
  { "control-character", "'a\\u0001'", XML_RPC_ERROR_INVALID_VALUE,
    "value: a string with the character U+0001, which XML cannot carry" },
  { "escape-character", "'\\u001b[1m'", XML_RPC_ERROR_INVALID_VALUE,
    "value: a string with the character U+001B, which XML cannot carry" },
  { "non-character", "'\\uffff'", XML_RPC_ERROR_INVALID_VALUE,
    "value: a string with the character U+FFFF, which XML cannot carry" },
  { "control-character-in-name", "{'\\u0002': 1}", XML_RPC_ERROR_INVALID_VALUE,
    "value[\"\\u0002\"]: a string with the character U+0002, which XML cannot carry" },
  { "control-character-in-date", "(objectpath '/xmlrpc/dateTime', '\\u0003')", XML_RPC_ERROR_INVALID_VALUE,
    "value: a string with the character U+0003, which XML cannot carry" },
  { "other-non-character", "['', 'a\\ufffeb']", XML_RPC_ERROR_INVALID_VALUE,
    "value[1]: a string with the character U+FFFE, which XML cannot carry" },
  { "uint64-too-large", "uint64 9223372036854775808", XML_RPC_ERROR_INVALID_VALUE,
    "value: expected an integer up to 9223372036854775807, got 9223372036854775808" },
  { "handle", "handle 0", XML_RPC_ERROR_UNSUPPORTED_TYPE, "value: XML-RPC has no form for the type \"h\"" },
  { "handle-in-maybe", "(1, @mh just handle 1)", XML_RPC_ERROR_UNSUPPORTED_TYPE,
    "value[1]: XML-RPC has no form for the type \"h\"" },
  { "keys-that-are-ints-of-none", "@a{is} {}", XML_RPC_ERROR_UNSUPPORTED_TYPE,
    "value: XML-RPC has no form for the type \"a{is}\"" },
  { "entry-with-an-int", "{1, 'a'}", XML_RPC_ERROR_UNSUPPORTED_TYPE, "value: XML-RPC has no form for the type \"{is}\"" },
  { "keys-that-are-ints", "{1: 2}", XML_RPC_ERROR_UNSUPPORTED_TYPE,
    "value: XML-RPC has no form for the type \"a{ii}\"" },
  { "deep-within", "{'a': <[<1>, <handle 0>]>}", XML_RPC_ERROR_UNSUPPORTED_TYPE,
    "value.a[1]: XML-RPC has no form for the type \"h\"" },
};

static void
assert_refused (GVariant   *value,
                int         code,
                const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (xml_rpc_encode_response (value, &error));
  g_assert_error (error, XML_RPC_ERROR, code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_refusal (gconstpointer data)
{
  const Refusal *refusal = data;
  g_autoptr (GVariant) value = parse (refusal->value);

  assert_refused (value, refusal->code, refusal->message);
}

static void
test_numbers_that_are_not_finite (void)
{
  const struct
  {
    double      number;
    const char *message;
  } numbers[] = {
    { (double) NAN, "value: expected a finite number, got not-a-number" },
    { (double) INFINITY, "value: expected a finite number, got infinity" },
    { (double) -INFINITY, "value: expected a finite number, got infinity" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    assert_refused (g_variant_new_double (numbers[i].number), XML_RPC_ERROR_INVALID_VALUE, numbers[i].message);
}

static void
test_every_control_character_is_refused (void)
{
  for (char c = 1; c < ' '; c++)
    {
      char text[] = { 'a', c, 'b', '\0' };
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) body = xml_rpc_encode_response (g_variant_new_string (text), &error);

      if (c == '\t' || c == '\n' || c == '\r')
        g_assert_no_error (error);
      else
        g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE);
    }
}

typedef GVariant *(*WrapFunc) (GVariant *inner,
                               guint     depth);

static GVariant *
wrap_in_array (GVariant *inner,
               guint     depth)
{
  return g_variant_new_array (G_VARIANT_TYPE_VARIANT, (GVariant *[]) { g_variant_new_variant (inner) }, 1);
}

static GVariant *
wrap_in_tuple (GVariant *inner,
               guint     depth)
{
  return g_variant_new_tuple (&inner, 1);
}

static GVariant *
wrap_in_struct (GVariant *inner,
                guint     depth)
{
  return g_variant_new_parsed ("{'a': %v}", inner);
}

static GVariant *
wrap_in_entry (GVariant *inner,
               guint     depth)
{
  return g_variant_new_dict_entry (g_variant_new_string ("a"), inner);
}

static GVariant *
wrap_in_turn (GVariant *inner,
              guint     depth)
{
  return depth % 2 == 0 ? wrap_in_array (inner, depth) : wrap_in_struct (inner, depth);
}

static GVariant *
nest (WrapFunc wrap,
      guint    depth)
{
  GVariant *value = g_variant_new_string ("deepest");

  for (guint i = 0; i < depth; i++)
    value = wrap (value, i);

  return value;
}

static void
assert_nesting_ends (WrapFunc    wrap,
                     const char *step,
                     guint       n_steps)
{
  g_autoptr (GString) message = g_string_new ("value");
  g_autoptr (GBytes) body = encode_value (nest (wrap, 40));
  g_autoptr (GVariant) read = decode_naturally (body);
  g_autofree char *text = g_variant_print (read, FALSE);

  g_assert_nonnull (strstr (text, "'deepest'"));

  for (guint i = 0; i < n_steps; i++)
    g_string_append (message, step);
  g_string_append (message, ": arrays and structs nested more than 40 deep");
  assert_refused (nest (wrap, 41), XML_RPC_ERROR_LIMIT_EXCEEDED, message->str);
}

static void
test_nesting (void)
{
  assert_nesting_ends (wrap_in_array, "[0]", 40);
  assert_nesting_ends (wrap_in_tuple, "[0]", 40);
  assert_nesting_ends (wrap_in_struct, ".a", 40);
  assert_nesting_ends (wrap_in_entry, ".a", 40);
  assert_nesting_ends (wrap_in_turn, "[0].a", 20);
}

static GVariant *
wrap_in_variant (GVariant *inner,
                 guint     depth)
{
  return g_variant_new_variant (inner);
}

/* They make no element, but GVariant has a limit. */
static void
test_nested_variants (void)
{
  g_autoptr (GBytes) body = encode_value (nest (wrap_in_variant, 128));

  assert_text (body, HEAD "<string>deepest</string>" TAIL);
  assert_refused (nest (wrap_in_variant, 129), XML_RPC_ERROR_LIMIT_EXCEEDED,
                  "value: variants and maybes nested more than 128 deep");
}

static void
test_neighbours_are_not_nested (void)
{
  GVariantBuilder builder;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GVariant) read = NULL;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aaas"));
  for (guint i = 0; i < 200; i++)
    g_variant_builder_add_parsed (&builder, "@aas [[], []]");
  body = encode_value (g_variant_builder_end (&builder));
  read = decode_naturally (body);

  g_assert_cmpuint (g_variant_n_children (read), ==, 200);
}

static void
test_call (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = xml_rpc_encode_call ("a.b<c>", g_variant_new ("(is)", 1, "x"), &error);

  g_assert_no_error (error);
  assert_text (body, DECLARATION "<methodCall><methodName>a.b&lt;c&gt;</methodName><params>"
               "<param><value><int>1</int></value></param><param><value><string>x</string></value></param>"
               "</params></methodCall>\n");
}

static void
test_call_without_params (void)
{
  g_autoptr (GBytes) none = xml_rpc_encode_call ("m", NULL, NULL);
  g_autoptr (GBytes) empty = xml_rpc_encode_call ("m", g_variant_new ("()"), NULL);

  assert_text (none, DECLARATION "<methodCall><methodName>m</methodName><params></params></methodCall>\n");
  g_assert_true (g_bytes_equal (none, empty));
}

/* The parameters are not an array, even where they look like a date. */
static void
test_call_with_path_and_string (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = xml_rpc_encode_call ("a", g_variant_new ("(os)", "/xmlrpc/dateTime", "x"), &error);

  g_assert_no_error (error);
  assert_text (body, DECLARATION "<methodCall><methodName>a</methodName><params>"
               "<param><value><string>/xmlrpc/dateTime</string></value></param>"
               "<param><value><string>x</string></value></param></params></methodCall>\n");
}

static void
assert_call_comes_back (const char *method_name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = xml_rpc_encode_call (method_name, NULL, &error);
  g_autofree char *read_name = NULL;
  g_autoptr (GVariant) params = NULL;

  g_assert_no_error (error);
  xml_rpc_decode_call (body, NULL, &read_name, &params, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read_name, ==, method_name);
}

static void
test_method_names (void)
{
  static const char * const names[] = {
    "a", "system.listMethods", "a_b:c/d-e", "examples.getStateName", "a<b>&c", "żółć", "a b", "😀",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    assert_call_comes_back (names[i]);
}

static void
assert_call_refused (const char *method_name,
                     GVariant   *params,
                     int         code,
                     const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (xml_rpc_encode_call (method_name, params, &error));
  g_assert_error (error, XML_RPC_ERROR, code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_calls_refused (void)
{
  assert_call_refused ("", NULL, XML_RPC_ERROR_INVALID_VALUE, "method name: expected a name, got an empty string");
  assert_call_refused ("a\x01", NULL, XML_RPC_ERROR_INVALID_VALUE,
                       "method name: a string with the character U+0001, which XML cannot carry");
  assert_call_refused ("a\xff", NULL, XML_RPC_ERROR_INVALID_VALUE,
                       "method name: expected UTF-8, got bytes that are not");
  assert_call_refused ("a", g_variant_new_parsed ("(1, {'a': <handle 2>})"), XML_RPC_ERROR_UNSUPPORTED_TYPE,
                       "params[1].a: XML-RPC has no form for the type \"h\"");
}

static void
test_fault (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = xml_rpc_encode_fault (4, "Too <many>", &error);

  g_assert_no_error (error);
  assert_text (body, DECLARATION "<methodResponse><fault><value><struct>"
               "<member><name>faultCode</name><value><int>4</int></value></member>"
               "<member><name>faultString</name><value><string>Too &lt;many&gt;</string></value></member>"
               "</struct></value></fault></methodResponse>\n");
}

static void
assert_fault_comes_back (int         code,
                         const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) fault = NULL;
  g_autoptr (GBytes) body = xml_rpc_encode_fault (code, message, &error);

  g_assert_no_error (error);
  g_assert_null (xml_rpc_decode_response (body, G_VARIANT_TYPE ("as"), &fault));
  g_assert_error (fault, XML_RPC_FAULT, code);
  g_assert_cmpstr (fault->message, ==, message);
}

static void
test_faults_come_back (void)
{
  assert_fault_comes_back (0, "");
  assert_fault_comes_back (-32601, "no method \"a.b\"");
  assert_fault_comes_back (G_MAXINT, "%s & <żółć>\r\n");
  assert_fault_comes_back (G_MININT, " ");
}

static void
assert_fault_refused (const char *message,
                      const char *why)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (xml_rpc_encode_fault (1, message, &error));
  g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE);
  g_assert_cmpstr (error->message, ==, why);
}

static void
test_faults_refused (void)
{
  assert_fault_refused ("a\x1b[0m", "fault message: a string with the character U+001B, which XML cannot carry");
  assert_fault_refused ("caf\xe9", "fault message: expected UTF-8, got bytes that are not");
}

static void
test_floating_value_is_consumed (void)
{
  GVariant *floating = g_variant_new_string ("a");
  g_autoptr (GVariant) kept = g_variant_ref (floating);
  g_autoptr (GBytes) response = encode_value (floating);
  g_autoptr (GVariant) params = g_variant_ref_sink (g_variant_new ("(s)", "a"));
  g_autoptr (GBytes) call = xml_rpc_encode_call ("a", params, NULL);

  g_assert_nonnull (response);
  g_assert_nonnull (call);
  g_assert_false (g_variant_is_floating (kept));
  g_assert_cmpstr (g_variant_get_type_string (params), ==, "(s)");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/encoder/mapping/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strconcat ("/encoder/refusal/", refusals[i].name, NULL);

      g_test_add_data_func (path, &refusals[i], test_refusal);
    }
  g_test_add_func ("/encoder/refusal/numbers-that-are-not-finite", test_numbers_that_are_not_finite);
  g_test_add_func ("/encoder/refusal/every-control-character", test_every_control_character_is_refused);
  g_test_add_func ("/encoder/nesting", test_nesting);
  g_test_add_func ("/encoder/nested-variants", test_nested_variants);
  g_test_add_func ("/encoder/neighbours-are-not-nested", test_neighbours_are_not_nested);
  g_test_add_func ("/encoder/call", test_call);
  g_test_add_func ("/encoder/call-without-params", test_call_without_params);
  g_test_add_func ("/encoder/call-with-path-and-string", test_call_with_path_and_string);
  g_test_add_func ("/encoder/method-names", test_method_names);
  g_test_add_func ("/encoder/calls-refused", test_calls_refused);
  g_test_add_func ("/encoder/fault", test_fault);
  g_test_add_func ("/encoder/faults-come-back", test_faults_come_back);
  g_test_add_func ("/encoder/faults-refused", test_faults_refused);
  g_test_add_func ("/encoder/floating-value-is-consumed", test_floating_value_is_consumed);

  return g_test_run ();
}
