/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "codec/xml-rpc-number-private.h"

#define N_RANDOM 300000

static double
from_bits (guint64 bits)
{
  double value;

  memcpy (&value, &bits, sizeof value);

  return value;
}

static guint64
to_bits (double value)
{
  guint64 bits;

  memcpy (&bits, &value, sizeof bits);

  return bits;
}

static guint64
random_bits (void)
{
  return (guint64) g_test_rand_int () << 32 | (guint32) g_test_rand_int ();
}

static double
random_finite (void)
{
  double value;

  do
    value = from_bits (random_bits ());
  while (!isfinite (value));

  return value;
}

/* Bit patterns that are likely to find a mistake: first every power of two with
 * its neighbours, subnormal ones included, then random ones. */
static double
nth_finite (guint n)
{
  if (n < 3 * 2046)
    return from_bits (((guint64) (n / 3 + 1) << 52) + n % 3 - 1);
  if (n < 3 * 2046 + 3 * 52)
    return from_bits ((G_GUINT64_CONSTANT (1) << (n / 3 - 2046)) + n % 3 - 1);

  return random_finite ();
}

/* Exactly as long as it says, so that a sanitizer sees a byte read too many. */
static XmlRpcNumberResult
parse_integer (const char *text,
               gint64     *value)
{
  gsize length = strlen (text);
  g_autofree char *copy = g_memdup2 (text, length);

  return xml_rpc_parse_integer (copy, length, value);
}

static XmlRpcNumberResult
parse_double (const char *text,
              double    *value)
{
  gsize length = strlen (text);
  g_autofree char *copy = g_memdup2 (text, length);

  return xml_rpc_parse_double (copy, length, value);
}

static char *
format_integer (gint64 value)
{
  char buffer[XML_RPC_INTEGER_MAX_LENGTH];
  gsize length = xml_rpc_format_integer (buffer, value);

  g_assert_cmpuint (length, <=, sizeof buffer);

  return g_strndup (buffer, length);
}

static char *
format_double (double value)
{
  char buffer[XML_RPC_DOUBLE_MAX_LENGTH];
  gsize length = xml_rpc_format_double (buffer, value);

  g_assert_cmpuint (length, <=, sizeof buffer);

  return g_strndup (buffer, length);
}

static void
test_integer_parse (void)
{
  static const struct
  {
    const char *text;
    gint64      value;
  } cases[] = {
    { "0", 0 },
    { "-0", 0 },
    { "+0", 0 },
    { "7", 7 },
    { "+7", 7 },
    { "-7", -7 },
    { "007", 7 },
    { "-0000000000000000000000000000000000042", -42 },
    { " \t\r\n41\n\r\t ", 41 },
    { "127", G_MAXINT8 },
    { "-128", G_MININT8 },
    { "255", G_MAXUINT8 },
    { "32767", G_MAXINT16 },
    { "-32768", G_MININT16 },
    { "65535", G_MAXUINT16 },
    { "2147483647", G_MAXINT32 },
    { "-2147483648", G_MININT32 },
    { "2147483648", G_MAXINT32 + G_GINT64_CONSTANT (1) },
    { "-2147483649", G_MININT32 - G_GINT64_CONSTANT (1) },
    { "4294967295", G_MAXUINT32 },
    { "999999999999999999", 999999999999999999 },
    { "1000000000000000000", 1000000000000000000 },
    { "9223372036854775807", G_MAXINT64 },
    { "-9223372036854775807", -G_MAXINT64 },
    { "-9223372036854775808", G_MININT64 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 value = 99;

      g_assert_cmpint (parse_integer (cases[i].text, &value), ==, XML_RPC_NUMBER_OK);
      g_assert_cmpint (value, ==, cases[i].value);
    }
}

static void
test_integer_out_of_range (void)
{
  static const char * const texts[] = {
    "9223372036854775808",
    "-9223372036854775809",
    "9999999999999999999",
    "10000000000000000000",
    "18446744073709551615",
    "18446744073709551616",
    "18446744073709551617",
    "-18446744073709551616",
    "184467440737095516170000000000000000000000000000",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gint64 value = 99;

      g_assert_cmpint (parse_integer (texts[i], &value), ==, XML_RPC_NUMBER_OUT_OF_RANGE);
      g_assert_cmpint (value, ==, 99);
    }
}

static void
test_integer_malformed (void)
{
  static const char * const texts[] = {
    "", " ", "+", "-", "+-1", "-+1", "--1", "++1", "- 1", "1 2", "1.", "1.0", ".", "1e3", "0x10",
    "1a", "a1", "1,000", "1_000", "1\v", "\f1", "1\xc2\xa0", "\xd9\xa1", "\xef\xbc\x91", "nan",
    "99999999999999999999x", "1+", "1-", "\xe2\x88\x92",
  };
  gint64 value = 99;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpint (parse_integer (texts[i], &value), ==, XML_RPC_NUMBER_MALFORMED);

  g_assert_cmpint (xml_rpc_parse_integer ("1\0", 2, &value), ==, XML_RPC_NUMBER_MALFORMED);
  g_assert_cmpint (value, ==, 99);
}

static void
test_integer_format (void)
{
  static const gint64 edges[] = {
    0, 1, -1, 9, 10, 99, 100, -100, 101, 999, 1000, 9999, 10000,
    G_MININT8, G_MAXUINT16, G_MININT32, G_MAXUINT32, G_MAXINT64, G_MININT64
  };

  for (guint i = 0; i < N_RANDOM; i++)
    {
      gint64 value = i < G_N_ELEMENTS (edges)
                   ? edges[i]
                   : (gint64) random_bits () >> g_test_rand_int_range (0, 64);
      g_autofree char *expected = g_strdup_printf ("%" G_GINT64_FORMAT, value);
      g_autofree char *text = format_integer (value);
      gint64 parsed;

      g_assert_cmpstr (text, ==, expected);
      g_assert_cmpint (parse_integer (text, &parsed), ==, XML_RPC_NUMBER_OK);
      g_assert_cmpint (parsed, ==, value);
    }
}

/* Each four digits, in each place: they are made apart from each other. */
static void
test_integer_format_digits (void)
{
  for (gint64 i = 0; i < 10000; i++)
    {
      gint64 value = ((i * 10000 + (9999 - i)) * 10000 + i) * 10000 + (9999 - i);
      g_autofree char *expected = g_strdup_printf ("%" G_GINT64_FORMAT, value);
      g_autofree char *text = format_integer (value);

      g_assert_cmpstr (text, ==, expected);
    }
}

static void
test_double_parse (void)
{
  static const struct
  {
    const char *text;
    double     value;
  } cases[] = {
    { "0", 0.0 },
    { "-0", -0.0 },
    { "-0.0e999", -0.0 },
    { "0e99999999999999999999999999", 0.0 },
    { "1", 1.0 },
    { "+1.5", 1.5 },
    { "-1.5", -1.5 },
    { ".5", 0.5 },
    { "5.", 5.0 },
    { "-.5e1", -5.0 },
    { "1e5", 1e5 },
    { "1E+05", 1e5 },
    { "1e-5", 1e-5 },
    { " \t\r\n3.25\n ", 3.25 },
    { "0000000000000000000000000000000000000000000000000000000000000000000000000000001.50", 1.5 },
    { "0.00000000000000000000000000000000000000000000000000000000000000000000000000001e77", 1.0 },
    { "1.7976931348623157e308", G_MAXDOUBLE },
    { "1.7976931348623158e308", G_MAXDOUBLE },
    { "2.2250738585072014e-308", G_MINDOUBLE },
    { "2.2250738585072011e-308", 2.2250738585072011e-308 },
    { "4.9406564584124654e-324", 4.9406564584124654e-324 },
    { "3e-324", 4.9406564584124654e-324 },
    { "2e-324", 0.0 },
    { "-1e-400", -0.0 },
    { "1e-99999999999999999999999999", 0.0 },
    { "9007199254740992", 9007199254740992.0 },
    { "9007199254740993", 9007199254740992.0 },
    { "9007199254740993.0000000000000000000000000000001", 9007199254740994.0 },
    { "9007199254740995", 9007199254740996.0 },
    { "1e22", 1e22 },
    { "1e23", 1e23 },
    { "8.5e22", 8.5e22 },
    { "18446744073709551616", 18446744073709551616.0 },
    { "28446744073709551616", 28446744073709551616.0 },
    { "6929495644600919.5", 6929495644600920.0 },
    { "3.518437208883201171875E13", 3.518437208883201171875e13 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double value = 99;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (parse_double (cases[i].text, &value), ==, XML_RPC_NUMBER_OK);
      g_assert_cmphex (to_bits (value), ==, to_bits (cases[i].value));
    }
}

static void
test_double_special (void)
{
  static const struct
  {
    const char *text;
    double     value;
  } cases[] = {
    { "nan", (double) NAN },
    { "NaN", (double) NAN },
    { "-NAN", (double) NAN },
    { "inf", (double) INFINITY },
    { "+Inf", (double) INFINITY },
    { "-INF", -(double) INFINITY },
    { " Infinity ", (double) INFINITY },
    { "-infinity", -(double) INFINITY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double value = 99;

      g_assert_cmpint (parse_double (cases[i].text, &value), ==, XML_RPC_NUMBER_OK);
      if (isnan (cases[i].value))
        g_assert_true (isnan (value));
      else
        g_assert_cmpfloat (value, ==, cases[i].value);
    }
}

static void
test_double_out_of_range (void)
{
  static const char * const texts[] = {
    "1e309", "-1e309", "1e999", "1e99999999999999999999", "1.7976931348623159e308",
    "2e308", "1000000000000000000000e290",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      double value = 99;

      g_assert_cmpint (parse_double (texts[i], &value), ==, XML_RPC_NUMBER_OUT_OF_RANGE);
      g_assert_cmpfloat (value, ==, 99);
    }
}

static void
test_double_malformed (void)
{
  static const char * const texts[] = {
    "", " ", ".", "+", "-", "-.", "e5", ".e5", "1e", "1e+", "1e-", "1e5.", "1e5.0", "1.2.3", "1..2",
    "+-1", "--1", "- 1", "1 2", "1,5", "0x10", "0x1p3", "1p3", "1f", "1d", "1_0", "nanx", "nan(1)",
    "na", "in", "infi", "infinit", "infinityy", "--inf", "i", "\xd9\xa1", "1\v", "\f1", "1e5 5",
  };
  double value = 99;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpint (parse_double (texts[i], &value), ==, XML_RPC_NUMBER_MALFORMED);

  g_assert_cmpint (xml_rpc_parse_double ("1\0", 2, &value), ==, XML_RPC_NUMBER_MALFORMED);
  g_assert_cmpint (xml_rpc_parse_double ("nan\0", 4, &value), ==, XML_RPC_NUMBER_MALFORMED);
  g_assert_cmpfloat (value, ==, 99);
}

/* Random digits with the point and the exponent anywhere, in particular where
 * the shortcut begins and ends. */
static GString *
random_decimal (void)
{
  GString *text = g_string_new (g_test_rand_bit () ? "-" : "");
  gint n_whole = g_test_rand_int_range (0, g_test_rand_bit () ? 20 : 4);
  gint n_fraction = g_test_rand_int_range (n_whole == 0, 22);

  for (gint i = 0; i < n_whole; i++)
    g_string_append_c (text, (char) g_test_rand_int_range ('0', '9' + 1));
  if (n_fraction > 0)
    g_string_append_c (text, '.');
  for (gint i = 0; i < n_fraction; i++)
    g_string_append_c (text, (char) g_test_rand_int_range ('0', '9' + 1));

  if (g_test_rand_bit ())
    g_string_append_printf (text, "e%d", g_test_rand_int_range (-30, 60));
  else if (g_test_rand_bit ())
    g_string_append_printf (text, "e%d", g_test_rand_int_range (-360, 330));

  return text;
}

static GString *
random_digits_of_a_double (guint n)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%.*e", g_test_rand_int_range (10, 19), nth_finite (n));

  return text;
}

static void
test_double_parse_fast_and_slowly (void)
{
  for (guint i = 0; i < 2 * N_RANDOM; i++)
    {
      g_autoptr (GString) text = i % 2 == 0
                               ? random_decimal ()
                               : random_digits_of_a_double (i / 2);
      double fast = 1, slow = 1;
      XmlRpcNumberResult result = xml_rpc_parse_double (text->str, text->len, &fast);

      g_assert_cmpint (result, ==, xml_rpc_parse_double_slowly (text->str, text->len, &slow));
      if (to_bits (fast) != to_bits (slow))
        g_error ("%s: %a fast, %a slowly", text->str, fast, slow);
    }
}

/* All decimals of significand / 2^n_fraction_bits. */
static GString *
exact_decimal (guint64 significand,
               guint   n_fraction_bits)
{
  guint64 mask = (G_GUINT64_CONSTANT (1) << n_fraction_bits) - 1;
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%" G_GUINT64_FORMAT ".", significand >> n_fraction_bits);

  for (guint64 rest = (significand & mask) * 10; rest != 0; rest = (rest & mask) * 10)
    g_string_append_c (text, (char) ('0' + (rest >> n_fraction_bits)));

  return text;
}

/* The exact middle between two doubles goes to the even one, and a hair beyond
 * it to the upper one. A middle has 54 bits with the last one set. */
static void
test_double_parse_midpoints (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      guint64 middle = (random_bits () >> 10) | (G_GUINT64_CONSTANT (1) << 53) | 1;
      guint n_fraction_bits = (guint) g_test_rand_int_range (0, 54);
      g_autoptr (GString) text = exact_decimal (middle, n_fraction_bits);
      double upper = ldexp ((double) (middle / 2 + 1), 1 - (int) n_fraction_bits);
      double lower = ldexp ((double) (middle / 2), 1 - (int) n_fraction_bits);
      double value;

      g_assert_cmpint (parse_double (text->str, &value), ==, XML_RPC_NUMBER_OK);
      g_assert_cmphex (to_bits (value), ==, to_bits (middle / 2 % 2 == 0 ? lower : upper));

      g_string_append (text, "0000000001");
      g_assert_cmpint (parse_double (text->str, &value), ==, XML_RPC_NUMBER_OK);
      g_assert_cmphex (to_bits (value), ==, to_bits (upper));
    }
}

static void
test_double_long_text (void)
{
  g_autoptr (GString) text = g_string_new ("0.");
  double value = 99;

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (text, '0');
  g_string_append (text, "123e100003");

  g_assert_cmpint (xml_rpc_parse_double (text->str, text->len, &value), ==, XML_RPC_NUMBER_OK);
  g_assert_cmpfloat (value, ==, 123);

  g_string_append_c (text, 'x');
  g_assert_cmpint (xml_rpc_parse_double (text->str, text->len, &value), ==, XML_RPC_NUMBER_MALFORMED);
}

/* The digits are those of Python's repr(). */
static void
test_double_format (void)
{
  static const struct
  {
    double     value;
    const char *text;
  } cases[] = {
    { 0.0, "0.0" },
    { -0.0, "-0.0" },
    { 1.0, "1.0" },
    { -3.0, "-3.0" },
    { 10.0, "10.0" },
    { 0.1, "0.1" },
    { 0.3, "0.3" },
    { 0.1 + 0.2, "0.30000000000000004" },
    { 1.0 / 3.0, "0.3333333333333333" },
    { 2.0 / 3.0, "0.6666666666666666" },
    { 3.141592653589793, "3.141592653589793" },
    { -2.718281828459045, "-2.718281828459045" },
    { 100.5, "100.5" },
    { 123456.789, "123456.789" },
    { 1e-7, "0.0000001" },
    { 5.684341886080802e-14, "0.00000000000005684341886080802" },
    { 9007199254740991.0, "9007199254740991.0" },
    { 9007199254740992.0, "9007199254740992.0" },
    { 9007199254740993.0, "9007199254740992.0" },
    { 9007199254740994.0, "9007199254740994.0" },
    { 1e15, "1000000000000000.0" },
    { 1e21, "1000000000000000000000.0" },
    { 1e22, "10000000000000000000000.0" },
    { 1e23, "100000000000000000000000.0" },
    { 9.5e-3, "0.0095" },
    { 2e-3, "0.002" },
    { 4503599627370495.5, "4503599627370495.5" },
    { 2199023255552.25, "2199023255552.25" },
    { 1234567890123456789.0, "1234567890123456800.0" },
    { 299792458.0, "299792458.0" },
    { 6.02214076e23, "602214076000000000000000.0" },
    { 1.616255e-35, "0.00000000000000000000000000000000001616255" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = format_double (cases[i].value);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* Digits and exponent apart, as Python's repr() has them. */
static void
test_double_format_extremes (void)
{
  static const struct
  {
    double     value;
    const char *digits;
    gsize       length;
  } cases[] = {
    { 4.9406564584124654e-324, "5", 326 },
    { -4.9406564584124654e-324, "5", 327 },
    { 2.2250738585072009e-308, "2225073858507201", 325 },
    { G_MINDOUBLE, "22250738585072014", 326 },
    { G_MAXDOUBLE, "17976931348623157", 311 },
    { -G_MAXDOUBLE, "17976931348623157", 312 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = format_double (cases[i].value);
      gsize skipped = strspn (text, "-0.");

      g_assert_cmpuint (strlen (text), ==, cases[i].length);
      g_assert_true (g_str_has_prefix (text + skipped, cases[i].digits));
      skipped += strlen (cases[i].digits);
      g_assert_cmpuint (strspn (text + skipped, "0."), ==, strlen (text + skipped));
    }
}

static gsize
longest_form (double value)
{
  g_autofree char *text = format_double (value);

  return strlen (text);
}

static void
test_double_longest (void)
{
  gsize longest = 0;

  for (guint i = 0; i < N_RANDOM; i++)
    {
      /* Only the smallest numbers come near. */
      guint64 bits = random_bits () >> g_test_rand_int_range (1, 32);

      bits &= (G_GUINT64_CONSTANT (1) << 55) - 1;
      longest = MAX (longest, longest_form (-from_bits (bits)));
    }

  g_assert_cmpuint (longest, ==, XML_RPC_DOUBLE_MAX_LENGTH);
}

static void
test_double_round_trip (void)
{
  for (guint i = 0; i < N_RANDOM; i++)
    {
      double value = nth_finite (i);
      g_autofree char *text = format_double (value);
      double parsed;

      g_assert_null (strpbrk (text, "eE"));
      g_assert_cmphex (to_bits (g_ascii_strtod (text, NULL)), ==, to_bits (value));
      g_assert_cmpint (parse_double (text, &parsed), ==, XML_RPC_NUMBER_OK);
      g_assert_cmphex (to_bits (parsed), ==, to_bits (value));
    }
}

/* The significant digits alone. */
static char *
significant_digits (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (; *text != '\0' && *text != 'e'; text++)
    {
      if (g_ascii_isdigit (*text) && (digits->len > 0 || *text != '0'))
        g_string_append_c (digits, *text);
    }
  while (digits->len > 0 && digits->str[digits->len - 1] == '0')
    g_string_truncate (digits, digits->len - 1);

  return g_string_free (g_steal_pointer (&digits), FALSE);
}

/* The candidates with n digits are the two around the value: what printf()
 * rounds to, and its neighbours on both sides. */
static gboolean
any_form_reads_back (double value,
                     gint    n_digits)
{
  g_autofree char *nearest = g_strdup_printf ("%.*e", n_digits - 1, value);
  char *e = strchr (nearest, 'e');
  g_autofree char *digits = significant_digits (nearest);
  gint64 significand = g_ascii_strtoll (digits, NULL, 10);
  gint exponent = atoi (e + 1) - (n_digits - 1);

  for (gsize i = strlen (digits); i < (gsize) n_digits; i++)
    significand *= 10;

  for (gint step = -1; step <= 1; step++)
    {
      g_autofree char *candidate = g_strdup_printf ("%" G_GINT64_FORMAT "e%d", significand + step, exponent);

      if (g_ascii_strtod (candidate, NULL) == value)
        return TRUE;
    }

  return FALSE;
}

static void
test_double_format_is_shortest (void)
{
  static const double edges[] = {
    4.9406564584124654e-324, G_MINDOUBLE, G_MAXDOUBLE, 0x1p-44, 9007199254740993.0, 1e23,
    5e-324, 1e-323, 2e-44, 0x1p-1022, 0x1p1023, 9.5367431640625e-07, 2.98023223876953125e-8,
  };

  for (guint i = 0; i < 60000; i++)
    {
      double value = fabs (i < G_N_ELEMENTS (edges) ? edges[i] : nth_finite (i - G_N_ELEMENTS (edges)));
      g_autofree char *text = NULL;
      g_autofree char *digits = NULL;
      g_autofree char *nearest = NULL;
      g_autofree char *nearest_digits = NULL;
      gint n_digits;

      if (value == 0)
        continue;

      text = format_double (value);
      digits = significant_digits (text);
      n_digits = (gint) strlen (digits);
      g_assert_cmpint (n_digits, <=, 17);

      if (n_digits > 1 && any_form_reads_back (value, n_digits - 1))
        g_error ("%a has a shorter form than %s", value, text);

      /* And the nearest of its length, unless that one belongs to a neighbour. */
      nearest = g_strdup_printf ("%.*e", n_digits - 1, value);
      nearest_digits = significant_digits (nearest);
      if (g_ascii_strtod (nearest, NULL) == value && strcmp (digits, nearest_digits) != 0)
        g_error ("%a has a nearer form than %s: %s", value, text, nearest);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/number/integer/parse", test_integer_parse);
  g_test_add_func ("/number/integer/out-of-range", test_integer_out_of_range);
  g_test_add_func ("/number/integer/malformed", test_integer_malformed);
  g_test_add_func ("/number/integer/format", test_integer_format);
  g_test_add_func ("/number/integer/format-digits", test_integer_format_digits);
  g_test_add_func ("/number/double/parse", test_double_parse);
  g_test_add_func ("/number/double/special", test_double_special);
  g_test_add_func ("/number/double/out-of-range", test_double_out_of_range);
  g_test_add_func ("/number/double/malformed", test_double_malformed);
  g_test_add_func ("/number/double/parse-fast-and-slowly", test_double_parse_fast_and_slowly);
  g_test_add_func ("/number/double/parse-midpoints", test_double_parse_midpoints);
  g_test_add_func ("/number/double/long-text", test_double_long_text);
  g_test_add_func ("/number/double/format", test_double_format);
  g_test_add_func ("/number/double/format-extremes", test_double_format_extremes);
  g_test_add_func ("/number/double/longest", test_double_longest);
  g_test_add_func ("/number/double/round-trip", test_double_round_trip);
  g_test_add_func ("/number/double/format-is-shortest", test_double_format_is_shortest);

  return g_test_run ();
}
