/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The text of a number, read by us and by the C library; and, the other way,
 * numbers with these bytes. */

#include "fuzz.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codec/xml-rpc-number-private.h"

static gboolean
is_same_double (double a,
                double b)
{
  return memcmp (&a, &b, sizeof a) == 0;
}

static gboolean
is_decimal (const char *text)
{
  return strspn (text, "0123456789+- \t\r\n") == strlen (text);
}

static void
check_integer (const char *text,
               gsize       length)
{
  gint64 value = 0;
  XmlRpcNumberResult result = xml_rpc_parse_integer (text, length, &value);
  char formatted[XML_RPC_INTEGER_MAX_LENGTH];
  gint64 again = 0;

  if (result == XML_RPC_NUMBER_MALFORMED)
    return;

  g_assert_true (is_decimal (text));
  errno = 0;
  g_assert_cmpint (g_ascii_strtoll (text, NULL, 10), ==,
                   result == XML_RPC_NUMBER_OK ? value : strchr (text, '-') != NULL ? G_MININT64 : G_MAXINT64);
  g_assert_cmpint (errno, ==, result == XML_RPC_NUMBER_OK ? 0 : ERANGE);
  if (result != XML_RPC_NUMBER_OK)
    return;

  g_assert_cmpint (xml_rpc_parse_integer (formatted, xml_rpc_format_integer (formatted, value), &again), ==,
                   XML_RPC_NUMBER_OK);
  g_assert_cmpint (again, ==, value);
}

/* No text with fewer digits reads as the same double. */
static void
check_shortest (const char *formatted,
                gsize       length,
                double      value)
{
  g_autofree char *digits = g_malloc (length + 1);
  char shorter[64];
  gsize n_digits = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (g_ascii_isdigit (formatted[i]) && (n_digits > 0 || formatted[i] != '0'))
        digits[n_digits++] = formatted[i];
    }
  while (n_digits > 0 && digits[n_digits - 1] == '0')
    n_digits--;

  g_assert_cmpuint (n_digits, <=, 17);
  if (n_digits < 2)
    return;
  snprintf (shorter, sizeof shorter, "%.*e", (int) n_digits - 2, value);
  g_assert_false (is_same_double (g_ascii_strtod (shorter, NULL), value));
}

static void
check_formatting (double value)
{
  char formatted[XML_RPC_DOUBLE_MAX_LENGTH];
  double again = 0;
  gsize length;

  if (!isfinite (value))
    return;

  length = xml_rpc_format_double (formatted, value);
  g_assert_cmpuint (length, <=, sizeof formatted);
  g_assert_cmpint (xml_rpc_parse_double (formatted, length, &again), ==, XML_RPC_NUMBER_OK);
  g_assert_true (is_same_double (again, value));
  check_shortest (formatted, length, value);
}

static void
check_double (const char *text,
              gsize       length)
{
  double value = 0;
  double slowly = 0;
  XmlRpcNumberResult result = xml_rpc_parse_double (text, length, &value);

  g_assert_cmpint (result, ==, xml_rpc_parse_double_slowly (text, length, &slowly));
  if (result != XML_RPC_NUMBER_OK)
    return;

  g_assert_true (is_same_double (value, slowly));
  g_assert_true (isnan (value) || is_same_double (value, g_ascii_strtod (text, NULL)));
  check_formatting (value);
}

static void
check_bytes (const guint8 *data,
             gsize         size)
{
  char formatted[XML_RPC_INTEGER_MAX_LENGTH];
  gint64 integer = 0;
  gint64 again = 0;
  double number;

  memcpy (&integer, data, MIN (size, sizeof integer));
  memcpy (&number, &integer, sizeof number);
  check_formatting (number);

  g_assert_cmpint (xml_rpc_parse_integer (formatted, xml_rpc_format_integer (formatted, integer), &again), ==,
                   XML_RPC_NUMBER_OK);
  g_assert_cmpint (again, ==, integer);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  FuzzInput input = fuzz_input_begin (data, size);
  g_autofree char *text = NULL;

  if (size > 0)
    check_bytes (data, size);

  /* The C library ends at a NUL. */
  text = fuzz_input_take_text (&input);
  if (strlen (text) == size)
    {
      check_integer (text, size);
      check_double (text, size);
    }

  return 0;
}
