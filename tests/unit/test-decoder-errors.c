/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <xmlrpc-glib/xml-rpc-error.h>
#include <xmlrpc-glib/xml-rpc-message.h>

#include "documents.h"

#include <string.h>

#define HEAD "<methodResponse><params><param><value>"
#define TAIL "</value></param></params></methodResponse>"

static void
assert_fails (const char *xml,
              gsize       length,
              int         code,
              const char *message)
{
  g_autoptr (GBytes) body = g_bytes_new (xml, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = xml_rpc_decode_response (body, NULL, &error);

  g_assert_error (error, XML_RPC_ERROR, code);
  g_assert_null (value);
  if (message != NULL)
    g_assert_cmpstr (error->message, ==, message);
}

static gboolean
is_complete (const char *rest)
{
  return strspn (rest, " \n") == strlen (rest);
}

static void
test_truncated (gconstpointer data)
{
  const Document *document = data;

  for (gsize length = 0; !is_complete (document->xml + length); length++)
    {
      g_autofree char *start = g_strndup (document->xml, length);
      Document truncated = *document;
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) value = NULL;

      truncated.xml = start;
      value = document_decode (&truncated, G_MAXSIZE, 0, &error);
      g_assert_null (value);
      g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_NOT_WELL_FORMED);
      if (length > 0)
        g_assert_true (g_str_has_prefix (error->message, "not well-formed XML: it ends too early (line "));
    }
}

/* Arrays and structs in turn. */
static void
append_nested (GString *xml,
               guint    depth,
               guint    n_arrays,
               guint    n_structs)
{
  for (guint i = 0; i < depth; i++)
    g_string_append (xml, i % (n_arrays + n_structs) < n_arrays ? "<array><data><value>"
                                                                : "<struct><member><name>a</name><value>");
  for (guint i = depth; i-- > 0;)
    g_string_append (xml, i % (n_arrays + n_structs) < n_arrays ? "</value></data></array>"
                                                                : "</value></member></struct>");
}

static void
assert_nesting_ends (guint       n_arrays,
                     guint       n_structs,
                     const char *place)
{
  g_autofree char *message = g_strconcat (place, ": arrays and structs nested more than 40 deep (line 1)", NULL);
  g_autoptr (GString) below = g_string_new (HEAD);
  g_autoptr (GString) above = g_string_new (HEAD);
  g_autoptr (GVariant) value = NULL;

  append_nested (below, 40, n_arrays, n_structs);
  g_string_append (below, TAIL);
  value = decode_value (below->str, NULL);
  g_assert_nonnull (value);

  append_nested (above, 41, n_arrays, n_structs);
  g_string_append (above, TAIL);
  assert_fails (above->str, above->len, XML_RPC_ERROR_LIMIT_EXCEEDED, message);
}

static char *
repeat (const char *text,
        guint       times)
{
  GString *string = g_string_new ("params[0]");

  while (times-- > 0)
    g_string_append (string, text);

  return g_string_free (string, FALSE);
}

static void
test_nested_arrays (void)
{
  g_autofree char *place = repeat ("[0]", 40);

  assert_nesting_ends (1, 0, place);
}

static void
test_nested_structs (void)
{
  g_autofree char *place = repeat (".a", 40);

  assert_nesting_ends (0, 1, place);
}

static void
test_nested_arrays_and_structs (void)
{
  g_autofree char *place = repeat ("[0].a", 20);

  assert_nesting_ends (1, 1, place);
}

static void
test_nested_in_expected_type (void)
{
  g_autoptr (GString) xml = g_string_new (HEAD);
  g_autofree char *arrays = g_strnfill (41, 'a');
  g_autofree char *type = g_strconcat (arrays, "s", NULL);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  append_nested (xml, 41, 1, 0);
  g_string_append (xml, TAIL);
  body = g_bytes_new (xml->str, xml->len);

  g_assert_null (xml_rpc_decode_response (body, G_VARIANT_TYPE (type), &error));
  g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED);
}

/* Of two errors at one place the first counts. */
static void
test_maybes_of_another_type (void)
{
  static const char xml[] = HEAD "<string>text</string>" TAIL;
  g_autofree char *maybes = g_strnfill (126, 'm');
  g_autofree char *type = g_strconcat (maybes, "i", NULL);
  g_autoptr (GBytes) body = g_bytes_new_static (xml, strlen (xml));
  g_autoptr (GError) error = NULL;

  g_assert_null (xml_rpc_decode_response (body, G_VARIANT_TYPE (type), &error));
  g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED);
}

/* Maybes nest in GVariant without nesting in XML: where it has no more levels
 * there has to be an error, since all below would be lost in silence. */
static void
test_nested_in_maybes (void)
{
  g_autoptr (GString) xml = g_string_new (HEAD);
  g_autoptr (GBytes) body = NULL;
  guint n_read = 0;

  append_nested (xml, 40, 0, 1);
  g_string_append (xml, TAIL);
  body = g_bytes_new (xml->str, xml->len);

  for (guint n_maybes = 0; n_maybes < 20; n_maybes++)
    {
      g_autofree char *maybes = g_strnfill (n_maybes, 'm');
      g_autofree char *type = g_strconcat (maybes, "v", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) value = xml_rpc_decode_response (body, G_VARIANT_TYPE (type), &error);
      g_autofree char *text = value != NULL ? g_variant_print (value, FALSE) : NULL;

      if (value == NULL)
        g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED);
      else
        g_assert_nonnull (strstr (text, "<''>"));
      n_read += value != NULL;
    }

  g_assert_cmpuint (n_read, >=, 1);
  g_assert_cmpuint (n_read, <, 20);
}

static void
test_nested_without_end (void)
{
  g_autoptr (GString) xml = g_string_new (HEAD);

  for (guint i = 0; i < 100000; i++)
    g_string_append (xml, "<array><data><value>");

  assert_fails (xml->str, xml->len, XML_RPC_ERROR_LIMIT_EXCEEDED, NULL);
}

static void
test_nested_unknown_elements (void)
{
  g_autoptr (GString) xml = g_string_new (HEAD);

  for (guint i = 0; i < 100000; i++)
    g_string_append (xml, "<a>");

  assert_fails (xml->str, xml->len, XML_RPC_ERROR_INVALID_MESSAGE,
                "params[0]: unexpected element <a> in <value> (line 1)");
}

/* The limit is on what is open, not on what was. */
static void
test_neighbours_are_not_nested (void)
{
  g_autoptr (GString) xml = g_string_new (HEAD "<array><data>");
  g_autoptr (GVariant) value = NULL;

  for (guint i = 0; i < 100; i++)
    g_string_append (xml, "<value><array><data><value><struct></struct></value></data></array></value>");
  g_string_append (xml, "</data></array>" TAIL);

  value = decode_value (xml->str, NULL);
  g_assert_cmpuint (g_variant_n_children (value), ==, 100);
}

static void
assert_long_markup_fails (const char *start,
                          gsize       length,
                          const char *end,
                          const char *message)
{
  g_autofree char *text = g_strnfill (length, 'x');
  g_autofree char *xml = g_strconcat (start, text, end, NULL);

  assert_fails (xml, strlen (xml), XML_RPC_ERROR_LIMIT_EXCEEDED, message);
}

static void
test_long_markup (void)
{
  static const char long_tag[] = "a tag of more than 8192 bytes (line 1)";
  static const char long_comment[] = "a comment or an instruction of more than 8388608 bytes (line 1)";

  assert_long_markup_fails ("<methodResponse a=\"", 9000000, "\"></methodResponse>", long_tag);
  assert_long_markup_fails ("<methodResponse a=\"", 30000, "\"></methodResponse>", long_tag);
  assert_long_markup_fails ("<methodResponse><", 30000, "/></methodResponse>", long_tag);
  assert_long_markup_fails ("<methodResponse><!--", 9000000, "--></methodResponse>", long_comment);
  assert_long_markup_fails ("<?a ", 9000000, "?><methodResponse/>", long_comment);
}

static char *
create_with_attributes (const char *prefix,
                        guint       n_attributes)
{
  g_autoptr (GString) xml = g_string_new ("<methodResponse");

  for (guint i = 0; i < n_attributes; i++)
    g_string_append_printf (xml, " %s%u=''", prefix, i);
  g_string_append (xml, "><params><param><value/></param></params></methodResponse>");

  return g_string_free (g_steal_pointer (&xml), FALSE);
}

/* The time that libxml2 takes for attributes grows with their square. */
static void
test_attributes (void)
{
  static const char * const prefixes[] = { "a", "xmlns:a", "x:a" };

  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      g_autofree char *good = create_with_attributes (prefixes[i], 64);
      g_autofree char *bad = create_with_attributes (prefixes[i], 65);
      g_autofree char *worse = create_with_attributes (prefixes[i], 100000);
      g_autoptr (GVariant) value = decode_value (good, NULL);

      g_assert_nonnull (value);
      assert_fails (bad, strlen (bad), XML_RPC_ERROR_LIMIT_EXCEEDED,
                    "an element with more than 64 attributes (line 1)");
      assert_fails (worse, strlen (worse), XML_RPC_ERROR_LIMIT_EXCEEDED,
                    "a tag of more than 8192 bytes (line 1)");
    }
}

/* A response with so many items, in which a number stands for each "%u". */
static char *
create_with_items (const char *item,
                   guint       n_items)
{
  g_autoptr (GString) xml = g_string_new (HEAD "<array><data>");
  const char *place = strstr (item, "%u");

  for (guint i = 0; i < n_items; i++)
    g_string_append_printf (xml, "%.*s%u%s", (int) (place - item), item, i, place + strlen ("%u"));
  g_string_append (xml, "</data></array>" TAIL);

  return g_string_free (g_steal_pointer (&xml), FALSE);
}

/* libxml2 keeps each name, and takes longer for each. */
static void
test_names (void)
{
  static const char * const items[] = {
    "<value a%u=''/>", "<value ex:a%u=''/>", "<a%u:value/>", "<?a%u?>", "<value xmlns:a%u='b'/>", "<value xmlns='a%u'/>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autofree char *good = create_with_items (items[i], 9990);
      g_autofree char *bad = create_with_items (items[i], 10010);
      g_autoptr (GVariant) value = decode_value (good, NULL);

      g_assert_nonnull (value);
      assert_fails (bad, strlen (bad), XML_RPC_ERROR_LIMIT_EXCEEDED,
                    "a document with more than 10000 names of attributes, prefixes and instructions (line 1)");
    }
}

/* The same ones may come as often as they like. */
static void
test_names_again (void)
{
  g_autofree char *xml = create_with_items ("<value a='%u' xmlns:b='c' xmlns='d'/><?e?>", 20000);
  g_autoptr (GVariant) value = decode_value (xml, NULL);

  g_assert_cmpuint (g_variant_n_children (value), ==, 20000);
}

/* Each element within an array, with as many namespaces as it may have. */
static char *
create_with_scopes (guint n_arrays,
                    guint n_namespaces)
{
  g_autoptr (GString) xml = g_string_new (HEAD);

  for (guint i = 0; i < n_arrays; i++)
    {
      g_string_append (xml, "<array");
      for (guint j = 0; j < n_namespaces; j++)
        g_string_append_printf (xml, " xmlns:a%u='b'", j);
      g_string_append (xml, "><data><value>");
    }
  for (guint i = 0; i < n_arrays; i++)
    g_string_append (xml, "</value></data></array>");
  g_string_append (xml, TAIL);

  return g_string_free (g_steal_pointer (&xml), FALSE);
}

/* libxml2 compares each prefix with those of all elements around it. */
static void
test_namespaces (void)
{
  g_autofree char *good = create_with_scopes (4, 64);
  g_autofree char *bad = create_with_scopes (5, 64);
  g_autoptr (GVariant) value = decode_value (good, NULL);

  g_assert_nonnull (value);
  assert_fails (bad, strlen (bad), XML_RPC_ERROR_LIMIT_EXCEEDED,
                "an element with more than 256 namespaces declared around it (line 1)");
}

/* They end with their element. */
static void
test_namespaces_of_neighbours (void)
{
  g_autofree char *scopes = create_with_scopes (1, 64);
  g_autoptr (GString) xml = g_string_new (HEAD "<array><data>");
  g_autoptr (GVariant) value = NULL;

  for (guint i = 0; i < 10; i++)
    {
      g_string_append (xml, "<value>");
      g_string_append_len (xml, scopes + strlen (HEAD), (gssize) (strlen (scopes) - strlen (HEAD TAIL)));
      g_string_append (xml, "</value>");
    }
  g_string_append (xml, "</data></array>" TAIL);
  value = decode_value (xml->str, NULL);

  g_assert_cmpuint (g_variant_n_children (value), ==, 10);
}

/* Members and items, with an error in one and much after it. */
static void
test_nothing_counts_after_an_error (void)
{
  g_autofree char *text = g_strnfill (100000, 'x');
  g_autofree char *xml = g_strconcat (HEAD "<int>a</int>" TAIL, text, "<a><b></c>", NULL);

  assert_fails (xml, strlen (xml), XML_RPC_ERROR_INVALID_VALUE, "params[0]: expected an integer, got \"a\" (line 1)");
}

static void
test_fails_in_the_same_way_again (void)
{
  static const Document document = { .xml = HEAD "<int>a</int>" };
  g_autoptr (XmlRpcDecoder) decoder = document_new_decoder (&document);
  g_autoptr (GError) first = NULL;
  g_autoptr (GError) second = NULL;
  g_autoptr (GError) third = NULL;

  g_assert_false (xml_rpc_decoder_feed (decoder, document.xml, strlen (document.xml), &first));
  g_assert_error (first, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE);

  g_assert_false (xml_rpc_decoder_feed (decoder, "<more/>", 7, &second));
  g_assert_error (second, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE);
  g_assert_cmpstr (second->message, ==, first->message);

  g_assert_null (xml_rpc_decoder_finish_response (decoder, &third));
  g_assert_error (third, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE);
  g_assert_cmpstr (third->message, ==, first->message);
}

static void
test_finish_before_any_data (void)
{
  g_autoptr (XmlRpcDecoder) decoder = xml_rpc_decoder_new_call (NULL);
  g_autofree char *method_name = NULL;
  g_autoptr (GVariant) params = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (xml_rpc_decoder_finish_call (decoder, &method_name, &params, &error));
  g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_NOT_WELL_FORMED);
  g_assert_null (method_name);
  g_assert_null (params);
}

static void
test_errors_may_be_ignored (void)
{
  for (const Document *document = documents_broken; document->name != NULL; document++)
    {
      g_assert_null (document_decode (document, G_MAXSIZE, 0, NULL));
      g_assert_null (document_decode (document, 1, 1, NULL));
      g_assert_null (document_decode (document, 100, G_MAXSIZE, NULL));
    }
}

static void
test_freed_in_the_middle (void)
{
  for (const Document *document = documents_natural; document->name != NULL; document++)
    {
      g_autoptr (XmlRpcDecoder) decoder = document_new_decoder (document);

      g_assert_true (xml_rpc_decoder_feed (decoder, document->xml, strlen (document->xml) / 2, NULL));
    }
}

static void
test_prints_nothing (void)
{
  if (g_test_subprocess ())
    {
      test_errors_may_be_ignored ();
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  documents_for_each (documents_broken, "/decoder-errors", document_test);
  documents_for_each (documents_natural, "/decoder-errors/truncated", test_truncated);
  g_test_add_func ("/decoder-errors/nested-arrays", test_nested_arrays);
  g_test_add_func ("/decoder-errors/nested-structs", test_nested_structs);
  g_test_add_func ("/decoder-errors/nested-arrays-and-structs", test_nested_arrays_and_structs);
  g_test_add_func ("/decoder-errors/nested-in-expected-type", test_nested_in_expected_type);
  g_test_add_func ("/decoder-errors/nested-in-maybes", test_nested_in_maybes);
  g_test_add_func ("/decoder-errors/maybes-of-another-type", test_maybes_of_another_type);
  g_test_add_func ("/decoder-errors/nested-without-end", test_nested_without_end);
  g_test_add_func ("/decoder-errors/nested-unknown-elements", test_nested_unknown_elements);
  g_test_add_func ("/decoder-errors/neighbours-are-not-nested", test_neighbours_are_not_nested);
  g_test_add_func ("/decoder-errors/long-markup", test_long_markup);
  g_test_add_func ("/decoder-errors/attributes", test_attributes);
  g_test_add_func ("/decoder-errors/names", test_names);
  g_test_add_func ("/decoder-errors/names-again", test_names_again);
  g_test_add_func ("/decoder-errors/namespaces", test_namespaces);
  g_test_add_func ("/decoder-errors/namespaces-of-neighbours", test_namespaces_of_neighbours);
  g_test_add_func ("/decoder-errors/nothing-counts-after-an-error", test_nothing_counts_after_an_error);
  g_test_add_func ("/decoder-errors/fails-in-the-same-way-again", test_fails_in_the_same_way_again);
  g_test_add_func ("/decoder-errors/finish-before-any-data", test_finish_before_any_data);
  g_test_add_func ("/decoder-errors/errors-may-be-ignored", test_errors_may_be_ignored);
  g_test_add_func ("/decoder-errors/freed-in-the-middle", test_freed_in_the_middle);
  g_test_add_func ("/decoder-errors/prints-nothing", test_prints_nothing);

  return g_test_run ();
}
