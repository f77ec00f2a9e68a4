/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What conversion gives is what decoding with the expected type gives. */

#include <math.h>
#include <xmlrpc-glib/xmlrpc-glib.h>

#include "values/xml-rpc-natural-form-private.h"

static const char * const values[] = {
  "0", "-1", "255", "256", "2147483647", "int64 2147483648", "int64 -1", "int64 9223372036854775807",
  "int64 9007199254740993", "true", "false", "0.0", "-0.0", "0.1", "1e308", "2.5e-308", "''", "'text'",
  "'/path'", "'ai'", "'Z\303\274rich \360\237\220\215'",
  "'x\303\251\303\251\303\251\303\251\303\251\303\251\303\251\303\251\303\251\303\251\303\251\303\251\303\251\303\251"
  "\303\251\303\251\303\251\303\251\303\251\303\251\303\251\303\251\303\251\303\251\303\251\303\251\303\251\303\251\303\251"
  "\303\251\303\251\303\251\303\251\303\251\303\251'",
  "@ay []", "[byte 0, 1, 255]", "b'four'",
  "@av []", "[<1>, <2>]", "[<1>, <int64 2>]", "[<1>, <'two'>]", "[<1>, <'two'>, <3.0>]",
  "[<'a'>, <@mv nothing>]", "[<[<1>]>, <@av []>]", "[<{'a': <1>}>, <{'b': <@av []>}>]",
  "@a{sv} {}", "{'a': <1>}", "{'a': <1>, 'b': <2>}", "{'a': <1>, 'a': <'x'>}", "{'/a': <1>}",
  "{'a b': <{'c': <[<1>, <{'d': <true>}>]>}>}", "@mv nothing",
  "(objectpath '/xmlrpc/dateTime', '19980717T14:08:55')",
  "(objectpath '/xmlrpc/biginteger', '123456789012345678901')",
  "(objectpath '/xmlrpc/bigdecimal', '0.1')",
};

static const char * const types[] = {
  "b", "y", "n", "q", "i", "u", "x", "t", "d", "s", "o", "g", "v", "ay", "av", "ai", "ax", "ad", "as", "aay",
  "aai", "a(ii)", "()", "(i)", "(ix)", "(is)", "(isd)", "(dv)", "mi", "ms", "mmi", "mv", "amv", "ams",
  "a{sv}", "a{si}", "a{oi}", "{si}", "{sv}", "aa{sv}", "a{sa{sv}}", "a{sa{sav}}", "(os)", "(ss)", "h", "a{is}", "(ih)",
};

static GVariant *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  GVariant *value = g_variant_parse (NULL, text, NULL, NULL, &error);

  g_assert_no_error (error);

  return value;
}

static GVariant *
decode (GVariant            *value,
        const GVariantType  *type,
        GError             **error)
{
  g_autoptr (GError) encode_error = NULL;
  g_autoptr (GBytes) body = xml_rpc_encode_response (value, &encode_error);

  g_assert_no_error (encode_error);

  return xml_rpc_decode_response (body, type, error);
}

/* The decoder's place begins with the parameter and ends with the line, and
 * the expected type is at fault wherever it is. A tuple whose first member may be an array has
 * no line: it is converted in the end. */
static void
assert_same_message (const char *converted,
                     const char *decoded)
{
  const char *place = g_str_has_prefix (decoded, "params[0]") ? decoded + strlen ("params[0]") : decoded;
  const char *line = g_strrstr (place, " (line");
  g_autofree char *text = NULL;

  place += g_str_has_prefix (place, ": ") ? 2 : 0;
  text = g_strndup (place, line != NULL ? (gsize) (line - place) : strlen (place));
  g_assert_cmpstr (converted, ==, text);
}

/* Of a response this would be the first of several values. */
static gboolean
may_be_several (GVariant           *value,
                const GVariantType *type)
{
  return g_variant_type_is_tuple (type) && g_variant_type_n_items (type) > 1 &&
         !g_variant_is_of_type (value, G_VARIANT_TYPE ("av"));
}

static void
check (GVariant           *value,
       const GVariantType *type)
{
  g_autoptr (GError) convert_error = NULL;
  g_autoptr (GError) decode_error = NULL;
  g_autoptr (GVariant) converted = xml_rpc_natural_form_convert (value, type, &convert_error);
  g_autoptr (GVariant) decoded = decode (value, type, &decode_error);

  if (decoded != NULL)
    {
      g_assert_no_error (convert_error);
      g_assert_cmpvariant (converted, decoded);
      g_assert_true (g_variant_is_normal_form (converted));
      return;
    }

  g_assert_null (converted);
  g_assert_error (convert_error, decode_error->domain, decode_error->code);
  if (!may_be_several (value, type))
    assert_same_message (convert_error->message, decode_error->message);
}

static void
test_same_as_decoding (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (GVariant) value = parse (values[i]);

      for (gsize j = 0; j < G_N_ELEMENTS (types); j++)
        check (value, G_VARIANT_TYPE (types[j]));
    }
}

static void
test_no_type (void)
{
  g_autoptr (GVariant) value = parse ("[<1>, <{'a': <2.5>}>]");
  g_autoptr (GVariant) converted = xml_rpc_natural_form_convert (value, NULL, NULL);

  g_assert_true (converted == value);
}

static void
test_not_finite (void)
{
  static const double numbers[] = { (double) NAN, (double) INFINITY, (double) -INFINITY };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_parsed ("[<%d>]", numbers[i]));
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) converted = xml_rpc_natural_form_convert (value, G_VARIANT_TYPE ("ad"), &error);
      double number;

      g_assert_no_error (error);
      g_variant_get_child (converted, 0, "d", &number);
      g_assert_cmpint (isnan (number), ==, isnan (numbers[i]));
      g_assert_true (isnan (number) || (number > 0) == (numbers[i] > 0));
      g_assert_false (isfinite (number));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/conversion/same-as-decoding", test_same_as_decoding);
  g_test_add_func ("/conversion/no-type", test_no_type);
  g_test_add_func ("/conversion/not-finite", test_not_finite);

  return g_test_run ();
}
