/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "codec/xml-rpc-message.h"
#include "natural-form.h"
#include "random-variant.h"
#include "xml-rpc-error.h"

#include <libxml/parser.h>
#include <math.h>
#include <string.h>

#define DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
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
  { "struct", "{'a&b': <1>}", "<struct><member><name>a&amp;b</name><value><int>1</int></value></member></struct>" },
  { "struct-empty", "@a{sv} {}", "<struct></struct>" },
  { "struct-of-object-paths", "{objectpath '/a': 1}",
    "<struct><member><name>/a</name><value><int>1</int></value></member></struct>" },
  { "struct-of-signatures", "{signature 'as': 'x'}",
    "<struct><member><name>as</name><value><string>x</string></value></member></struct>" },
  { "struct-of-one-entry", "{'a', 1}",
    "<struct><member><name>a</name><value><int>1</int></value></member></struct>" },
  { "date", "(objectpath '/xmlrpc/dateTime', '19980717T14:08:55')",
    "<dateTime.iso8601>19980717T14:08:55</dateTime.iso8601>" },
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
  g_autofree char *expected = g_strconcat (DECLARATION "<methodResponse><params><param><value>", row->xml,
                                           "</value></param></params></methodResponse>\n", NULL);

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
  { "control-character-in-name", "{'\\u0002': 1}", XML_RPC_ERROR_INVALID_VALUE, NULL },
  { "control-character-in-date", "(objectpath '/xmlrpc/dateTime', '\\u0003')", XML_RPC_ERROR_INVALID_VALUE, NULL },
  { "uint64-too-large", "uint64 9223372036854775808", XML_RPC_ERROR_INVALID_VALUE,
    "value: expected an integer up to 9223372036854775807, got 9223372036854775808" },
  { "handle", "handle 0", XML_RPC_ERROR_UNSUPPORTED_TYPE, "value: XML-RPC has no form for the type \"h\"" },
  { "keys-that-are-ints", "{1: 2}", XML_RPC_ERROR_UNSUPPORTED_TYPE,
    "value: XML-RPC has no form for the type \"a{ii}\"" },
  { "deep-within", "{'a': <[<1>, <handle 0>]>}", XML_RPC_ERROR_UNSUPPORTED_TYPE,
    "value.a[1]: XML-RPC has no form for the type \"h\"" },
};

static void
test_refusal (gconstpointer data)
{
  const Refusal *refusal = data;
  g_autoptr (GVariant) value = parse (refusal->value);
  g_autoptr (GError) error = NULL;

  g_assert_null (xml_rpc_encode_response (value, &error));
  g_assert_error (error, XML_RPC_ERROR, (int) refusal->code);
  if (refusal->message != NULL)
    g_assert_cmpstr (error->message, ==, refusal->message);
}

static void
test_numbers_that_are_not_finite (void)
{
  const double numbers[] = { (double) NAN, (double) INFINITY, (double) -INFINITY };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (xml_rpc_encode_response (g_variant_new_double (numbers[i]), &error));
      g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE);
    }
}

/* So many arrays in each other, in variants. */
static GVariant *
nest (guint n_arrays)
{
  GVariant *value = g_variant_new_array (G_VARIANT_TYPE_VARIANT, NULL, 0);

  while (--n_arrays > 0)
    {
      GVariant *child = g_variant_new_variant (value);

      value = g_variant_new_array (G_VARIANT_TYPE_VARIANT, &child, 1);
    }

  return value;
}

static void
test_nesting (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = xml_rpc_encode_response (nest (40), &error);

  g_assert_no_error (error);
  g_assert_nonnull (body);

  g_assert_null (xml_rpc_encode_response (nest (41), &error));
  g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED);
}

static void
test_variants_in_variants (void)
{
  GVariant *value = g_variant_new_int32 (1);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 1000; i++)
    value = g_variant_new_variant (value);

  g_assert_null (xml_rpc_encode_response (value, &error));
  g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED);
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

static void
test_method_names_that_are_none (void)
{
  static const char * const names[] = { "", "a\001", "\377" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (xml_rpc_encode_call (names[i], NULL, &error));
      g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE);
      g_assert_true (g_str_has_prefix (error->message, "method name: "));
    }
}

static void
test_params_say_where (void)
{
  g_autoptr (GVariant) params = parse ("(1, {'a': <(2, handle 0)>})");
  g_autoptr (GError) error = NULL;

  g_assert_null (xml_rpc_encode_call ("m", params, &error));
  g_assert_cmpstr (error->message, ==, "params[1].a[1]: XML-RPC has no form for the type \"h\"");
}

static void
test_fault (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) fault = NULL;
  g_autoptr (GBytes) body = xml_rpc_encode_fault (-32601, "no <method>", &error);

  g_assert_no_error (error);
  g_assert_null (xml_rpc_decode_response (body, NULL, &fault));
  g_assert_error (fault, XML_RPC_FAULT, XML_RPC_FAULT_METHOD_NOT_FOUND);
  g_assert_cmpstr (fault->message, ==, "no <method>");

  g_assert_null (xml_rpc_encode_fault (1, "\001", &error));
  g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE);
}

static void
assert_reads_back_naturally (GVariant *floating)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (floating);
  g_autoptr (GVariant) expected = natural_form (value);
  g_autoptr (GVariant) read = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = xml_rpc_encode_response (value, &error);
  xmlDocPtr document;

  g_assert_no_error (error);
  read = xml_rpc_decode_response (body, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpvariant (read, expected);

  /* Others can read it as well. */
  document = xmlReadMemory (g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL, NULL, XML_PARSE_PEDANTIC);
  g_assert_nonnull (document);
  xmlFreeDoc (document);
}

static void
test_random_values (void)
{
  for (guint i = 0; i < 3000; i++)
    assert_reads_back_naturally (random_variant (&random_variant_for_xml));
}

static void
test_random_doubles (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      union { guint32 halves[2]; double number; } bits = { .halves = { (guint32) g_test_rand_int (), (guint32) g_test_rand_int () } };

      if (isfinite (bits.number))
        {
          g_autoptr (GBytes) body = xml_rpc_encode_response (g_variant_new_double (bits.number), NULL);
          g_autoptr (GVariant) read = xml_rpc_decode_response (body, G_VARIANT_TYPE_DOUBLE, NULL);
          double number = g_variant_get_double (read);

          g_assert_cmpmem (&number, sizeof number, &bits.number, sizeof bits.number);
        }
    }
}

/* Bytes that are no value of their type are what GVariant takes them for. */
static void
test_values_not_in_normal_form (void)
{
  static const guint8 garbage[] = { 7, 'a', 0, 0xff, 0xfe, 3, 9, 200 };
  static const char * const types[] = { "as", "a{sv}", "v", "(sas)", "mas", "ab", "aas" };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_from_data (G_VARIANT_TYPE (types[i]), garbage,
                                                                                sizeof garbage, FALSE, NULL, NULL));
      g_autoptr (GVariant) normal = g_variant_get_normal_form (value);
      g_autoptr (GBytes) body = xml_rpc_encode_response (value, NULL);
      g_autoptr (GBytes) expected = xml_rpc_encode_response (normal, NULL);

      g_assert_true ((body == NULL && expected == NULL) || g_bytes_equal (body, expected));
    }
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
  g_test_add_func ("/encoder/nesting", test_nesting);
  g_test_add_func ("/encoder/variants-in-variants", test_variants_in_variants);
  g_test_add_func ("/encoder/call", test_call);
  g_test_add_func ("/encoder/call-without-params", test_call_without_params);
  g_test_add_func ("/encoder/method-names-that-are-none", test_method_names_that_are_none);
  g_test_add_func ("/encoder/params-say-where", test_params_say_where);
  g_test_add_func ("/encoder/fault", test_fault);
  g_test_add_func ("/encoder/random-values", test_random_values);
  g_test_add_func ("/encoder/random-doubles", test_random_doubles);
  g_test_add_func ("/encoder/values-not-in-normal-form", test_values_not_in_normal_form);

  return g_test_run ();
}
