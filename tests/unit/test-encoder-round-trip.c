/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <xmlrpc-glib/xml-rpc-message.h>

#include "documents.h"
#include "natural-form.h"
#include "random-variant.h"

#include <float.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

/* The content of all elements of that name, as libxml2's tree has it. */
static char *
read_with_libxml2 (GBytes     *body,
                   const char *element)
{
  gsize length;
  const char *text = g_bytes_get_data (body, &length);
  xmlDocPtr document = xmlReadMemory (text, length, NULL, NULL, XML_PARSE_NONET | XML_PARSE_HUGE);
  xmlNodePtr node;
  xmlChar *content;
  char *copy;

  g_assert_nonnull (document);
  node = xmlDocGetRootElement (document);
  while (node != NULL && strcmp ((const char *) node->name, element) != 0)
    node = node->children;
  g_assert_nonnull (node);

  content = xmlNodeGetContent (node);
  copy = g_strdup ((const char *) content);
  xmlFree (content);
  xmlFreeDoc (document);

  return copy;
}

static void
append_text (GMarkupParseContext  *context,
             const char           *text,
             gsize                 length,
             gpointer              user_data,
             GError              **error)
{
  const char *element = g_markup_parse_context_get_element (context);

  if (element != NULL && strcmp (element, "string") == 0)
    g_string_append_len (user_data, text, length);
}

static char *
read_with_gmarkup (GBytes *body)
{
  static const GMarkupParser parser = { .text = append_text };
  GString *text = g_string_new (NULL);
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, text, NULL);
  g_autoptr (GError) error = NULL;

  g_markup_parse_context_parse (context, g_bytes_get_data (body, NULL), g_bytes_get_size (body), &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);

  return g_string_free (text, FALSE);
}

static void
assert_others_read (const char *text)
{
  g_autoptr (GBytes) body = encode_value (g_variant_new_string (text));
  g_autofree char *libxml2 = read_with_libxml2 (body, "string");
  g_autofree char *gmarkup = read_with_gmarkup (body);

  g_assert_cmpstr (libxml2, ==, text);
  g_assert_cmpstr (gmarkup, ==, text);
}

static void
test_others_read_strings (void)
{
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *text = random_variant_string (&random_variant_for_xml);

      assert_others_read (text);
    }
}

static void
test_others_read_every_character (void)
{
  g_autoptr (GString) text = g_string_new ("\t\n\r");
  g_autofree char *content = NULL;
  g_autoptr (GBytes) body = NULL;

  for (gunichar c = ' '; c <= 0x10FFFF; c++)
    {
      if (g_unichar_validate (c) && c != 0xFFFE && c != 0xFFFF)
        g_string_append_unichar (text, c);
    }

  body = encode_value (g_variant_new_string (text->str));
  content = read_with_libxml2 (body, "string");
  g_assert_true (strcmp (content, text->str) == 0);
}

static void
assert_reads_back_naturally (GVariant *floating)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (floating);
  g_autoptr (GVariant) expected = natural_form (value);
  g_autoptr (GBytes) body = encode_value (value);
  g_autoptr (GVariant) read = decode_naturally (body);
  g_autofree char *content = read_with_libxml2 (body, "value");

  g_assert_nonnull (content);
  g_assert_cmpvariant (read, expected);
}

static void
test_random_values (void)
{
  for (guint i = 0; i < 3000; i++)
    assert_reads_back_naturally (random_variant (&random_variant_for_xml));
}

static void
test_big_random_values (void)
{
  const RandomVariantLimits limits = { .depth = 3, .max_children = 60, .max_length = 600, .is_for_xml = TRUE };

  for (guint i = 0; i < 50; i++)
    assert_reads_back_naturally (random_variant (&limits));
}

static void
assert_double_comes_back (double number)
{
  g_autoptr (GBytes) body = encode_value (g_variant_new_double (number));
  g_autoptr (GVariant) read = decode_naturally (body);
  g_autofree char *text = read_with_libxml2 (body, "double");
  double back = g_variant_get_double (read);

  g_assert_cmpmem (&back, sizeof back, &number, sizeof number);
  g_assert_cmpuint (strspn (text, "-0123456789."), ==, strlen (text));
  g_assert_nonnull (strchr (text, '.'));
}

static void
test_doubles_come_back_to_the_bit (void)
{
  static const double numbers[] = {
    0.0, -0.0, 1.0, 0.1, 0.3, 1.0 / 3, 1e15, 1e16, 1e17, 123456789012345680.0, 5e-324, 2.2250738585072011e-308,
    DBL_MIN, DBL_MAX, -DBL_MAX, DBL_EPSILON, 9007199254740993.0, 1e-5, 1e23, 8.41e21, 2.0e-3,
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    assert_double_comes_back (numbers[i]);

  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (GVariant) value = g_variant_ref_sink (random_variant_of_type (&random_variant_for_xml, G_VARIANT_TYPE ("d")));

      assert_double_comes_back (g_variant_get_double (value));
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

/* The same, of any type, and what is read back is what GLib shows. */
static void
test_garbage (void)
{
  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (GVariantType) type = random_variant_type (&random_variant_for_xml);
      g_autoptr (GVariant) value = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GBytes) body = NULL;
      guint8 garbage[64];
      gsize length = g_test_rand_int_range (0, sizeof garbage / 2);

      for (guint j = 0; j < sizeof garbage; j++)
        garbage[j] = j < length ? g_test_rand_int_range (0, length + 1) : 0;
      bytes = g_bytes_new_static (garbage, length);
      value = g_variant_ref_sink (g_variant_new_from_bytes (type, bytes, FALSE));

      body = xml_rpc_encode_response (value, NULL);
      if (body != NULL)
        {
          g_autoptr (GVariant) expected = natural_form (value);
          g_autoptr (GVariant) read = decode_naturally (body);
          g_autofree char *expected_text = g_variant_print (expected, TRUE);
          g_autofree char *text = g_variant_print (read, TRUE);

          g_assert_cmpstr (text, ==, expected_text);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/encoder-round-trip/others-read-strings", test_others_read_strings);
  g_test_add_func ("/encoder-round-trip/others-read-every-character", test_others_read_every_character);
  g_test_add_func ("/encoder-round-trip/random-values", test_random_values);
  g_test_add_func ("/encoder-round-trip/big-random-values", test_big_random_values);
  g_test_add_func ("/encoder-round-trip/doubles-come-back-to-the-bit", test_doubles_come_back_to_the_bit);
  g_test_add_func ("/encoder-round-trip/values-not-in-normal-form", test_values_not_in_normal_form);
  g_test_add_func ("/encoder-round-trip/garbage", test_garbage);

  return g_test_run ();
}
