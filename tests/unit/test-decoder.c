/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <xmlrpc-glib/xml-rpc-error.h>
#include <xmlrpc-glib/xml-rpc-message.h>

#include "documents.h"

#include <math.h>
#include <string.h>

#define HEAD "<methodResponse><params><param><value>"
#define TAIL "</value></param></params></methodResponse>"

static void
test_not_a_number (void)
{
  g_autoptr (GVariant) value = decode_value (VALUE ("<double>NaN</double>"), NULL);

  g_assert_true (g_variant_is_of_type (value, G_VARIANT_TYPE_DOUBLE));
  g_assert_true (isnan (g_variant_get_double (value)));
}

static void
assert_long_text (const char *start,
                  const char *end)
{
  const gsize length = 10 * 1024 * 1024 + 1;
  g_autofree char *text = g_strnfill (length, 'x');
  g_autofree char *xml = g_strconcat (HEAD, start, text, end, TAIL, NULL);
  g_autoptr (GVariant) value = decode_value (xml, NULL);

  g_assert_true (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING));
  g_assert_cmpstr (g_variant_get_string (value, NULL), ==, text);
}

static void
test_long_string (void)
{
  assert_long_text ("<string>", "</string>");
}

static void
test_long_cdata (void)
{
  assert_long_text ("<string><![CDATA[", "]]></string>");
}

/* libxml2 gives a long section out 300 bytes at a time, whatever they end with. */
static void
test_long_cdata_line_ends (void)
{
  g_autofree char *end = g_strnfill (1000, 'y');

  for (guint length = 280; length < 620; length++)
    {
      g_autofree char *start = g_strnfill (length, 'x');
      g_autofree char *xml = g_strconcat (HEAD "<![CDATA[", start, "\r\n\r\r\n", end, "]]>" TAIL, NULL);
      g_autofree char *expected = g_strconcat (start, "\n\n\n", end, NULL);
      g_autoptr (GVariant) value = decode_value (xml, NULL);

      g_assert_cmpstr (g_variant_get_string (value, NULL), ==, expected);
    }
}

/* Read in pieces, which begin and end anywhere, but not within a character. */
static void
test_long_not_ascii (void)
{
  static const char * const starts[] = { "", "<?c?>", "<![CDATA[" };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 5000; i++)
    g_string_append (text, i % 4 == 0 ? "größer" : i % 4 == 1 ? "東京" : i % 4 == 2 ? "😀" : " a ");

  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      for (guint offset = 0; offset < 8; offset++)
        {
          g_autofree char *before = g_strnfill (offset, 'x');
          g_autofree char *xml = g_strconcat (HEAD, starts[i], before, text->str, i == 2 ? "]]>" : "", TAIL, NULL);
          g_autofree char *handed_over = g_strconcat ("<?a?>", xml, NULL);
          g_autoptr (GVariant) value = decode_value (xml, NULL);
          g_autoptr (GVariant) other = decode_value (handed_over, NULL);

          g_assert_cmpstr (g_variant_get_string (value, NULL) + offset, ==, text->str);
          g_assert_cmpvariant (value, other);
        }
    }
}

static void
test_long_untyped (void)
{
  assert_long_text ("", "");
}

static void
test_long_base64 (void)
{
  const gsize size = 8 * 1024 * 1024 + 1;
  g_autofree guchar *data = g_malloc0 (size);
  g_autofree char *base64 = NULL;
  g_autofree char *xml = NULL;
  g_autoptr (GVariant) value = NULL;

  data[size - 1] = 0xff;
  base64 = g_base64_encode (data, size);
  xml = g_strconcat (HEAD "<base64>", base64, "</base64>" TAIL, NULL);
  value = decode_value (xml, NULL);

  g_assert_true (g_variant_is_of_type (value, G_VARIANT_TYPE_BYTESTRING));
  g_assert_cmpmem (g_variant_get_data (value), g_variant_get_size (value), data, size);
}

/* 76 characters a line, with something in the middle. */
static char *
create_base64 (const char *declaration,
               const char *middle)
{
  g_autoptr (GString) xml = g_string_new (declaration);
  gint state = 0;
  gint save = 0;

  g_string_append (xml, HEAD "<base64>");
  for (guint i = 0; i < 2000; i++)
    {
      guchar line[57];
      char text[100];
      gsize length;

      for (gsize j = 0; j < sizeof line; j++)
        line[j] = (guchar) (i * 31 + j * 7);
      length = g_base64_encode_step (line, sizeof line, TRUE, text, &state, &save);
      g_string_append_len (xml, text, length);
      if (i == 1000)
        g_string_append (xml, middle);
    }
  g_string_append (xml, "</base64>" TAIL);

  return g_string_free (g_steal_pointer (&xml), FALSE);
}

/* The line is that at the end of a piece, which is not the same. */
static void
assert_same_error (const GError *error,
                   const GError *expected)
{
  const char *line = g_strrstr (expected->message, " (line ");

  g_assert_error (error, expected->domain, expected->code);
  g_assert_nonnull (line);
  g_assert_cmpint (strncmp (error->message, expected->message, line - expected->message), ==, 0);
}

/* Most of a binary is not taken through libxml2, unless it is to convert it. */
static void
test_raw_base64 (void)
{
  static const char * const middles[] = {
    "", "\r\n \t", "AA&#65;A", "&#65;AAA", "<![CDATA[AAAA]]>", "AA<!-- = -->AA", "<?a?>", "=", "QUE=", "QQ==",
    "*", "&amp;", "&lt;", "&a;", "<a/>", "</base64>", "]]>", "\001", "\303\251", "<![CDATA[*]]>", "-",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (middles); i++)
    {
      g_autofree char *raw = create_base64 ("", middles[i]);
      g_autofree char *converted = create_base64 ("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>", middles[i]);
      g_autoptr (GBytes) raw_body = g_bytes_new_static (raw, strlen (raw));
      g_autoptr (GBytes) converted_body = g_bytes_new_static (converted, strlen (converted));
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) expected_error = NULL;
      g_autoptr (GVariant) value = xml_rpc_decode_response (raw_body, NULL, &error);
      g_autoptr (GVariant) expected = xml_rpc_decode_response (converted_body, NULL, &expected_error);

      if (expected != NULL)
        {
          g_assert_no_error (error);
          g_assert_cmpvariant (value, expected);
        }
      else
        {
          assert_same_error (error, expected_error);
        }
    }
}

static void
test_many_members (void)
{
  const guint n_members = 100000;
  g_autoptr (GString) xml = g_string_new (HEAD "<struct>");
  g_autoptr (GVariant) value = NULL;
  GVariantIter iter;
  const char *name;
  int number;

  for (guint i = 0; i < n_members; i++)
    g_string_append_printf (xml, "<member><name>n%u</name><value><int>%u</int></value></member>\n", i, i);
  g_string_append (xml, "</struct>" TAIL);
  value = decode_value (xml->str, "a{si}");

  g_assert_cmpuint (g_variant_n_children (value), ==, n_members);
  g_variant_iter_init (&iter, value);
  for (guint i = 0; g_variant_iter_loop (&iter, "{&si}", &name, &number); i++)
    {
      g_assert_cmpuint (strtoul (name + 1, NULL, 10), ==, i);
      g_assert_cmpint (number, ==, i);
    }
}

static void
test_many_items (void)
{
  const guint n_items = 100000;
  g_autoptr (GString) xml = g_string_new (HEAD "<array><data>");
  g_autoptr (GVariant) value = NULL;
  GVariantIter iter;
  GVariant *item;

  for (guint i = 0; i < n_items; i++)
    g_string_append_printf (xml, i % 2 == 0 ? "<value><i8>%u</i8></value>" : "<value>%u</value>", i);
  g_string_append (xml, "</data></array>" TAIL);
  value = decode_value (xml->str, NULL);

  g_assert_cmpuint (g_variant_n_children (value), ==, n_items);
  g_variant_iter_init (&iter, value);
  for (guint i = 0; g_variant_iter_loop (&iter, "v", &item); i++)
    {
      if (i % 2 == 0)
        g_assert_cmpint (g_variant_get_int64 (item), ==, i);
      else
        g_assert_cmpuint (strtoul (g_variant_get_string (item, NULL), NULL, 10), ==, i);
    }
}

static void
test_many_params (void)
{
  const guint n_params = 5000;
  g_autoptr (GString) xml = g_string_new ("<methodCall><methodName>a</methodName><params>");
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GVariant) params = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *method_name = NULL;

  for (guint i = 0; i < n_params; i++)
    g_string_append (xml, "<param><value>a</value></param><param><value><int>1</int></value></param>");
  g_string_append (xml, "</params></methodCall>");
  body = g_bytes_new (xml->str, xml->len);

  xml_rpc_decode_call (body, NULL, &method_name, &params, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_variant_n_children (params), ==, 2 * n_params);
  g_assert_true (g_str_has_prefix (g_variant_get_type_string (params), "(sisi"));
}

static void
test_long_comment (void)
{
  for (gsize length = 1000; length < 8 * 1024 * 1024; length = length * 3 + 1)
    {
      g_autofree char *text = g_strnfill (length, 'x');
      g_autofree char *xml = g_strconcat (HEAD, "<!--", text, "-->a" TAIL, NULL);
      g_autoptr (GVariant) value = decode_value (xml, NULL);

      g_assert_cmpstr (g_variant_get_string (value, NULL), ==, "a");
    }
}

/* The limit on markup is for each. */
static void
test_many_comments (void)
{
  g_autoptr (GString) xml = g_string_new (HEAD);
  g_autoptr (GVariant) value = NULL;

  while (xml->len < 10 * 1024 * 1024)
    g_string_append (xml, "<!-- as long as a line of text is, more or less -->");
  g_string_append (xml, "a" TAIL);
  value = decode_value (xml->str, NULL);

  g_assert_cmpstr (g_variant_get_string (value, NULL), ==, "a");
}

/* GVariant shows defaults, silently, below 128 levels: the deepest value has
 * to be there. */
static void
assert_deepest_shows (const char *start,
                      const char *end,
                      guint       depth)
{
  g_autoptr (GString) xml = g_string_new (HEAD);
  g_autoptr (GVariant) value = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < depth; i++)
    g_string_append (xml, start);
  g_string_append (xml, "deepest");
  for (guint i = 0; i < depth; i++)
    g_string_append (xml, end);
  g_string_append (xml, TAIL);

  value = decode_value (xml->str, NULL);
  text = g_variant_print (value, FALSE);
  g_assert_nonnull (strstr (text, "'deepest'"));
}

static void
test_nested_arrays (void)
{
  assert_deepest_shows ("<array><data><value>", "</value></data></array>", 40);
}

static void
test_nested_structs (void)
{
  assert_deepest_shows ("<struct><member><name>a</name><value>", "</value></member></struct>", 40);
}

static void
test_nested_structs_with_names_last (void)
{
  assert_deepest_shows ("<struct><member><value>", "</value><name>a</name></member></struct>", 40);
}

static void
test_nested_arrays_of_structs (void)
{
  assert_deepest_shows ("<array><data><value/><value><struct><member><name>a</name><value>",
                        "</value></member></struct></value></data></array>", 20);
}

/* The specification's own examples. */
static void
test_examples_of_the_specification (void)
{
  static const Document request = {
    .xml = "<?xml version=\"1.0\"?>\n<methodCall>\n   <methodName>examples.getStateName</methodName>\n   <params>\n"
           "      <param>\n         <value><i4>41</i4></value>\n         </param>\n      </params>\n   </methodCall>\n",
    .is_call = TRUE,
    .value = "('examples.getStateName', (41,))",
  };
  static const Document fault = {
    .xml = "<?xml version=\"1.0\"?>\n<methodResponse>\n   <fault>\n      <value>\n         <struct>\n            <member>\n"
           "               <name>faultCode</name>\n               <value><int>4</int></value>\n"
           "               </member>\n            <member>\n               <name>faultString</name>\n"
           "               <value><string>Too many parameters.</string></value>\n               </member>\n"
           "            </struct>\n         </value>\n      </fault>\n   </methodResponse>\n",
    .is_fault = TRUE,
    .code = 4,
    .message = "Too many parameters.",
  };

  document_test (&request);
  document_test (&fault);
}

/* A parser is used again for the next message, which must not show. */
static void
test_after_each_other (void)
{
  const Document * const tables[] = { documents_natural, documents_liberal, documents_typed, documents_broken };
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      for (const Document *document = tables[i]; document->name != NULL; document++)
        g_ptr_array_add (all, (gpointer) document);
    }

  for (guint i = 0; i < 5000; i++)
    document_test (g_ptr_array_index (all, g_test_rand_int_range (0, (gint32) all->len)));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  documents_for_each (documents_natural, "/decoder/natural", document_test);
  documents_for_each (documents_liberal, "/decoder/liberal", document_test);
  g_test_add_func ("/decoder/not-a-number", test_not_a_number);
  g_test_add_func ("/decoder/long-string", test_long_string);
  g_test_add_func ("/decoder/long-cdata", test_long_cdata);
  g_test_add_func ("/decoder/long-cdata-line-ends", test_long_cdata_line_ends);
  g_test_add_func ("/decoder/long-not-ascii", test_long_not_ascii);
  g_test_add_func ("/decoder/long-untyped", test_long_untyped);
  g_test_add_func ("/decoder/long-base64", test_long_base64);
  g_test_add_func ("/decoder/raw-base64", test_raw_base64);
  g_test_add_func ("/decoder/many-members", test_many_members);
  g_test_add_func ("/decoder/many-items", test_many_items);
  g_test_add_func ("/decoder/many-params", test_many_params);
  g_test_add_func ("/decoder/long-comment", test_long_comment);
  g_test_add_func ("/decoder/many-comments", test_many_comments);
  g_test_add_func ("/decoder/nested-arrays", test_nested_arrays);
  g_test_add_func ("/decoder/nested-structs", test_nested_structs);
  g_test_add_func ("/decoder/nested-structs-with-names-last", test_nested_structs_with_names_last);
  g_test_add_func ("/decoder/nested-arrays-of-structs", test_nested_arrays_of_structs);
  g_test_add_func ("/decoder/after-each-other", test_after_each_other);
  g_test_add_func ("/decoder/examples-of-the-specification", test_examples_of_the_specification);

  return g_test_run ();
}
