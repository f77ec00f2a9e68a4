/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A decimal number becomes the double nearest to it, exactly: up to 19 digits are one
 * integer, times a power of ten that has enough bits to tell how it is rounded, and where
 * it does not tell, strtod() decides. Back again it is the fewest digits that read as the
 * same double.
 *
 * XML-RPC has no exponents, but servers write them. Nothing here knows a locale. */

#include "xml-rpc-number-private.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "xml-rpc-powers-of-ten-private.h"
#include "xml-rpc-text-private.h"

/* As many digits as always fit into 64 bits. */
#define MAX_EXACT_DIGITS 19

/* Digits before the point of a number that people read without an exponent: from 0.0001 to
 * below 1e16, as in Python. */
#define MIN_PLAIN -3
#define MAX_PLAIN 16

typedef struct
{
  const char *position;
  const char *end;
} Text;

static gboolean
is_digit (char c)
{
  return c >= '0' && c <= '9';
}

static Text
trim (const char *text,
      gsize       length)
{
  Text trimmed = { text, text + length };

  while (trimmed.position < trimmed.end && xml_rpc_text_is_white (*trimmed.position))
    trimmed.position++;
  while (trimmed.position < trimmed.end && xml_rpc_text_is_white (trimmed.end[-1]))
    trimmed.end--;

  return trimmed;
}

static gboolean
skip_sign (Text *text)
{
  gboolean negative = FALSE;

  if (text->position < text->end && (*text->position == '-' || *text->position == '+'))
    negative = *text->position++ == '-';

  return negative;
}

static void
skip_zeros (Text *text)
{
  while (text->position < text->end && *text->position == '0')
    text->position++;
}

/* Appends digits to *value, which overflows in silence: the number of digits
 * tells. */
static gsize
read_digits (Text    *text,
             guint64 *value)
{
  const char *start = text->position;
  guint64 digits = *value;

  while (text->position < text->end && is_digit (*text->position))
    digits = 10 * digits + (guint64) (*text->position++ - '0');

  *value = digits;

  return text->position - start;
}

/* A minus and digits that fit, and nothing else, as most integers are. */
static inline gboolean
parse_plain_integer (const char *text,
                     gsize       length,
                     gint64     *value)
{
  const gboolean negative = length > 0 && *text == '-';
  guint64 magnitude = 0;

  if (length == (gsize) negative || length >= MAX_EXACT_DIGITS)
    return FALSE;

  for (gsize i = (gsize) negative; i < length; i++)
    {
      if (!is_digit (text[i]))
        return FALSE;
      magnitude = 10 * magnitude + (guint64) (text[i] - '0');
    }

  *value = (gint64) (negative ? -magnitude : magnitude);
  return TRUE;
}

gboolean
xml_rpc_parse_boolean (const char *text,
                       gsize       length,
                       gboolean   *value)
{
  static const char * const names[] = { "0", "1", "false", "true" };
  const Text word = trim (text, length);
  const gsize word_length = (gsize) (word.end - word.position);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (word_length == strlen (names[i]) && g_ascii_strncasecmp (word.position, names[i], word_length) == 0)
        {
          *value = i % 2 == 1;
          return TRUE;
        }
    }

  return FALSE;
}

static XmlRpcNumberResult
parse_any_integer (const char *text,
                   gsize       length,
                   gint64     *value)
{
  Text rest = trim (text, length);
  gboolean negative = skip_sign (&rest);
  const char *start = rest.position;
  guint64 magnitude = 0;
  gsize n_digits;

  skip_zeros (&rest);
  n_digits = read_digits (&rest, &magnitude);

  if (rest.position == start || rest.position < rest.end)
    return XML_RPC_NUMBER_MALFORMED;
  if (n_digits > MAX_EXACT_DIGITS || magnitude > (guint64) G_MAXINT64 + negative)
    return XML_RPC_NUMBER_OUT_OF_RANGE;

  /* Negated without a sign: -2^63 has no positive counterpart. */
  *value = (gint64) (negative ? -magnitude : magnitude);

  return XML_RPC_NUMBER_OK;
}

XmlRpcNumberResult
xml_rpc_parse_integer (const char *text,
                       gsize       length,
                       gint64     *value)
{
  if (G_LIKELY (parse_plain_integer (text, length, value)))
    return XML_RPC_NUMBER_OK;

  return parse_any_integer (text, length, value);
}

/* A number as it stands in the text: significand * 10^exponent. */
typedef struct
{
  gboolean negative;
  guint64  significand;
  gint64   exponent;
  gboolean is_exact;      /* or else the significand has overflowed */
} Decimal;

static gboolean
read_exponent (Text   *text,
               gint64 *exponent)
{
  gboolean negative;
  const char *start;
  guint64 magnitude = 0;
  gsize n_digits;

  text->position++;
  negative = skip_sign (text);
  start = text->position;
  skip_zeros (text);
  n_digits = read_digits (text, &magnitude);

  if (text->position == start)
    return FALSE;

  /* Far beyond every double, and far from overflowing what is added to it. */
  if (n_digits >= MAX_EXACT_DIGITS)
    magnitude = G_MAXINT64 / 2;

  *exponent += negative ? -(gint64) magnitude : (gint64) magnitude;

  return TRUE;
}

static gboolean
read_decimal (Text    *text,
              Decimal *decimal)
{
  const char *start;
  gsize n_digits;
  gsize n_significant;

  decimal->negative = skip_sign (text);
  decimal->significand = 0;
  decimal->exponent = 0;

  start = text->position;
  skip_zeros (text);
  n_significant = read_digits (text, &decimal->significand);
  n_digits = text->position - start;

  if (text->position < text->end && *text->position == '.')
    {
      start = ++text->position;
      /* Zeros right behind the point are not part of the significand. */
      if (n_significant == 0)
        skip_zeros (text);
      n_significant += read_digits (text, &decimal->significand);
      n_digits += text->position - start;
      decimal->exponent = -(gint64) (text->position - start);
    }

  if (n_digits == 0)
    return FALSE;

  decimal->is_exact = n_significant <= MAX_EXACT_DIGITS;

  if (text->position < text->end && (*text->position == 'e' || *text->position == 'E')
      && !read_exponent (text, &decimal->exponent))
    return FALSE;

  return text->position == text->end;
}

/* As in Daniel Lemire, "Number parsing at a gigabyte per second" (2021): the
 * significand, shifted to have its highest bit set, times the leading 128 bits
 * of the power of ten has many more correct bits than a double holds. Those of
 * the power are rounded up, so that the product is too large by less than one
 * in its lower word. Only where that decides between rounding down and up,
 * which takes a number on or all but on the middle between two doubles, and for
 * the very large and very small numbers this gives up. */
static gboolean
convert_fast (const Decimal *decimal,
              double        *value)
{
  const int bias = 1 - DBL_MIN_EXP + DBL_MANT_DIG;
  XmlRpcUint128 product;
  guint64 mantissa, bits;
  guint64 dropped, half;
  int n_dropped, shift, exponent;

  if (decimal->is_exact && decimal->significand == 0)
    {
      *value = decimal->negative ? -0.0 : 0.0;
      return TRUE;
    }

  if (!decimal->is_exact
      || decimal->exponent < XML_RPC_POWERS_OF_TEN_FIRST
      || decimal->exponent > XML_RPC_POWERS_OF_TEN_LAST)
    return FALSE;

  shift = __builtin_clzll (decimal->significand);
  product = xml_rpc_uint128_multiply (xml_rpc_power_of_ten ((int) decimal->exponent),
                                      decimal->significand << shift);

  /* The product has 191 or 192 bits. */
  n_dropped = 63 - DBL_MANT_DIG + (int) (product.high >> 63);
  mantissa = product.high >> n_dropped;
  dropped = product.high - (mantissa << n_dropped);
  half = G_GUINT64_CONSTANT (1) << (n_dropped - 1);
  exponent = xml_rpc_power_of_ten_log2 ((int) decimal->exponent) + 1 - shift + n_dropped + bias;

  if (exponent <= 0 || exponent >= 2 * DBL_MAX_EXP - 2)
    return FALSE;
  if (dropped == half && product.low == 0)
    return FALSE;

  /* The mantissa's highest bit is not stored and adds one to the exponent; so
   * does, rightly, a carry when all its bits are set. */
  mantissa += dropped >= half;
  bits = ((guint64) (exponent - 1) << (DBL_MANT_DIG - 1)) + mantissa;
  bits |= (guint64) decimal->negative << 63;
  memcpy (value, &bits, sizeof bits);

  return TRUE;
}

static XmlRpcNumberResult
convert_slowly (const Text *text,
                double     *value)
{
  /* g_ascii_strtod() needs the NUL. */
  char on_stack[64];
  g_autofree char *on_heap = NULL;
  gsize length = text->end - text->position;
  char *copy = on_stack;
  double converted;

  if (length >= sizeof on_stack)
    copy = on_heap = g_malloc (length + 1);

  memcpy (copy, text->position, length);
  copy[length] = '\0';
  converted = g_ascii_strtod (copy, NULL);

  if (isinf (converted))
    return XML_RPC_NUMBER_OUT_OF_RANGE;

  *value = converted;

  return XML_RPC_NUMBER_OK;
}

static XmlRpcNumberResult
parse_special (Text    text,
               double *value)
{
  static const struct
  {
    const char *name;
    double      value;
  } specials[] = {
    { "nan", (double) NAN },
    { "inf", (double) INFINITY },
    { "infinity", (double) INFINITY },
  };
  double sign = skip_sign (&text) ? -1.0 : 1.0;
  gsize length = text.end - text.position;

  for (gsize i = 0; i < G_N_ELEMENTS (specials); i++)
    {
      if (strlen (specials[i].name) == length
          && g_ascii_strncasecmp (specials[i].name, text.position, length) == 0)
        {
          /* A NaN has a sign, but none that would be seen again. */
          *value = isnan (specials[i].value) ? specials[i].value : copysign (specials[i].value, sign);
          return XML_RPC_NUMBER_OK;
        }
    }

  return XML_RPC_NUMBER_MALFORMED;
}

XmlRpcNumberResult
xml_rpc_parse_double (const char *text,
                      gsize       length,
                      double     *value)
{
  Text trimmed = trim (text, length);
  Text rest = trimmed;
  Decimal decimal;

  if (!read_decimal (&rest, &decimal))
    return parse_special (trimmed, value);
  if (convert_fast (&decimal, value))
    return XML_RPC_NUMBER_OK;

  return convert_slowly (&trimmed, value);
}

XmlRpcNumberResult
xml_rpc_parse_double_slowly (const char *text,
                             gsize       length,
                             double     *value)
{
  Text trimmed = trim (text, length);
  Text rest = trimmed;
  Decimal decimal;

  if (!read_decimal (&rest, &decimal))
    return parse_special (trimmed, value);

  return convert_slowly (&trimmed, value);
}

gboolean
xml_rpc_has_huge_exponent (const char *text,
                           gsize       length)
{
  const Text trimmed = trim (text, length);
  Text rest = trimmed;
  Decimal decimal;
  gint64 exponent = 0;

  if (!read_decimal (&rest, &decimal))
    return FALSE;

  rest = trimmed;
  while (rest.position < rest.end && *rest.position != 'e' && *rest.position != 'E')
    rest.position++;
  if (rest.position < rest.end)
    read_exponent (&rest, &exponent);

  return exponent < -XML_RPC_MAX_EXPONENT || exponent > XML_RPC_MAX_EXPONENT;
}

/* Writes the digits so that they end before @end, and returns where they
 * start. Two at a time halve the number of divisions. */
static char *
write_digits (char    *end,
              guint64  value)
{
  static const char pairs[] =
    "00010203040506070809" "10111213141516171819"
    "20212223242526272829" "30313233343536373839"
    "40414243444546474849" "50515253545556575859"
    "60616263646566676869" "70717273747576777879"
    "80818283848586878889" "90919293949596979899";

  while (value >= 100)
    {
      end -= 2;
      memcpy (end, &pairs[2 * (value % 100)], 2);
      value /= 100;
    }

  if (value < 10)
    {
      *--end = (char) ('0' + value);
      return end;
    }

  end -= 2;
  memcpy (end, &pairs[2 * value], 2);

  return end;
}

static gsize
count_digits (guint64 value)
{
  static const guint64 powers[] = {
    G_GUINT64_CONSTANT (0), G_GUINT64_CONSTANT (10), G_GUINT64_CONSTANT (100), G_GUINT64_CONSTANT (1000),
    G_GUINT64_CONSTANT (10000), G_GUINT64_CONSTANT (100000), G_GUINT64_CONSTANT (1000000),
    G_GUINT64_CONSTANT (10000000), G_GUINT64_CONSTANT (100000000), G_GUINT64_CONSTANT (1000000000),
    G_GUINT64_CONSTANT (10000000000), G_GUINT64_CONSTANT (100000000000), G_GUINT64_CONSTANT (1000000000000),
    G_GUINT64_CONSTANT (10000000000000), G_GUINT64_CONSTANT (100000000000000),
    G_GUINT64_CONSTANT (1000000000000000), G_GUINT64_CONSTANT (10000000000000000),
    G_GUINT64_CONSTANT (100000000000000000), G_GUINT64_CONSTANT (1000000000000000000),
    G_GUINT64_CONSTANT (10000000000000000000),
  };
  guint n_bits = 64 - (guint) __builtin_clzll (value | 1);
  /* 1233 / 4096 is the logarithm of 2 to the base 10, near enough. */
  guint log10 = n_bits * 1233 / 4096;

  return log10 + (value >= powers[log10]);
}

/* Eight digits, with zeros in front, as the bytes of a word. It is halved three times
 * over, all parts at once: into two numbers of four digits, four of two, eight of one.
 * Division is by multiplying and shifting, which is exact for numbers this small. */
static inline guint64
spread_digits (guint32 value)
{
  guint64 fours = value / 10000 | (guint64) (value % 10000) << 32;
  guint64 hundreds = (fours * 10486 >> 20) & G_GUINT64_CONSTANT (0x0000007f0000007f);
  guint64 twos = hundreds + ((fours - 100 * hundreds) << 16);
  guint64 tens = (twos * 103 >> 10) & G_GUINT64_CONSTANT (0x000f000f000f000f);
  guint64 ones = tens + ((twos - 10 * tens) << 8);

  return GUINT64_TO_LE (ones + G_GUINT64_CONSTANT (0x3030303030303030));
}

/* A number of at most 16 digits, without a branch that would depend on how many.
 * There is room for 16 bytes. */
static inline void
write_up_to_16_digits (char    *start,
                       guint64  value,
                       gsize    n_digits)
{
  guint64 digits[] = { spread_digits (value / 100000000), spread_digits (value % 100000000), 0, 0 };

  memcpy (start, (const char *) digits + 16 - n_digits, 16);
}

gsize
xml_rpc_format_integer (char   *buffer,
                        gint64  value)
{
  guint64 magnitude = value < 0 ? -(guint64) value : (guint64) value;
  gsize is_negative = value < 0;
  gsize n_digits = count_digits (magnitude);
  gsize length = is_negative + n_digits;

  if (G_LIKELY (n_digits <= 16))
    write_up_to_16_digits (buffer + is_negative, magnitude, n_digits);
  else
    write_digits (buffer + length, magnitude);
  if (is_negative)
    *buffer = '-';

  return length;
}

static char *
append (char       *position,
        const char *text,
        gsize       length)
{
  memcpy (position, text, length);

  return position + length;
}

static char *
append_zeros (char *position,
              int   n_zeros)
{
  memset (position, '0', n_zeros);

  return position + n_zeros;
}

/* The shortest digits of a number, and how many of them stand before the point: more than
 * there are, or less than none, if zeros are missing. */
typedef struct
{
  char        digits[XML_RPC_INTEGER_MAX_LENGTH];
  const char *start;
  int         n_digits;
  int         n_whole;
} Shortest;

static inline void
find_shortest (Shortest *self,
               double    value)
{
  XmlRpcDecimal decimal = xml_rpc_shortest_double (value);
  char *end = self->digits + sizeof self->digits;

  self->start = write_digits (end, decimal.significand);
  self->n_digits = (int) (end - self->start);
  self->n_whole = self->n_digits + decimal.exponent;
}

static inline char *
write_plainly (char           *position,
               const Shortest *number)
{
  const int n_whole = number->n_whole;

  if (n_whole <= 0)
    {
      position = append (position, "0.", 2);
      position = append_zeros (position, -n_whole);
      position = append (position, number->start, number->n_digits);
    }
  else if (n_whole < number->n_digits)
    {
      position = append (position, number->start, n_whole);
      *position++ = '.';
      position = append (position, number->start + n_whole, number->n_digits - n_whole);
    }
  else
    {
      position = append (position, number->start, number->n_digits);
      position = append_zeros (position, n_whole - number->n_digits);
      position = append (position, ".0", 2);
    }

  return position;
}

static char *
write_with_exponent (char           *position,
                     const Shortest *number)
{
  *position++ = number->start[0];
  if (number->n_digits > 1)
    {
      *position++ = '.';
      position = append (position, number->start + 1, number->n_digits - 1);
    }

  return position + g_snprintf (position, XML_RPC_INTEGER_MAX_LENGTH, "e%+03d", number->n_whole - 1);
}

gsize
xml_rpc_format_double (char   *buffer,
                       double  value)
{
  char *position = buffer;
  Shortest number;

  find_shortest (&number, value);
  if (signbit (value))
    *position++ = '-';

  return (gsize) (write_plainly (position, &number) - buffer);
}

gsize
xml_rpc_format_double_briefly (char   *buffer,
                               double  value)
{
  char *position = buffer;
  Shortest number;

  if (isnan (value))
    return (gsize) (append (position, "nan", 3) - buffer);

  if (signbit (value))
    *position++ = '-';
  if (isinf (value))
    return (gsize) (append (position, "inf", 3) - buffer);

  find_shortest (&number, value);
  if (number.n_whole < MIN_PLAIN || number.n_whole > MAX_PLAIN)
    return (gsize) (write_with_exponent (position, &number) - buffer);

  return (gsize) (write_plainly (position, &number) - buffer);
}
