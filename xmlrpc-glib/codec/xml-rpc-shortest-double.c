/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-number-private.h"

#include <math.h>
#include <string.h>

#include "xml-rpc-powers-of-ten-private.h"

/* Raffaello Giulietti, "The Schubfach way to render doubles" (2021).
 *
 * All decimals between the midpoints to the two neighbours of a double v read
 * back as v. Let 10^k be the largest power of ten that is not wider than that
 * interval: by the pigeonhole principle ("Schubfachprinzip") at least one
 * multiple of 10^k lies inside, and at most one multiple of 10^(k+1). So only
 * four candidates need a look: the multiples of 10^(k+1) and of 10^k right
 * below and right above v. */

#define FRACTION_BITS   52
#define EXPONENT_BITS   11
#define HIDDEN_BIT      (G_GUINT64_CONSTANT (1) << FRACTION_BITS)
#define FRACTION_MASK   (HIDDEN_BIT - 1)
#define EXPONENT_MASK   ((1 << EXPONENT_BITS) - 1)
#define LOWEST_EXPONENT (-1074)

/* significand * 2^exponent */
typedef struct
{
  guint64  significand;
  int      exponent;
  /* At a power of two the neighbour below is only half as far away. */
  gboolean lower_is_nearer;
} Binary;

static Binary
take_apart (double value)
{
  guint64 bits;
  guint64 fraction;
  int biased;

  G_STATIC_ASSERT (sizeof bits == sizeof value);
  memcpy (&bits, &value, sizeof bits);

  fraction = bits & FRACTION_MASK;
  biased = (bits >> FRACTION_BITS) & EXPONENT_MASK;

  if (biased == 0)
    return (Binary) { fraction, LOWEST_EXPONENT, FALSE };

  return (Binary) { fraction | HIDDEN_BIT,
                    biased - 1 + LOWEST_EXPONENT,
                    fraction == 0 && biased > 1 };
}

/* The logarithms in fixed point; the factors are fine enough to be right for
 * every exponent that a double can have. */
static int
floor_log10_of_power_of_2 (int exponent)
{
  return (exponent * 1262611) >> 22;
}

static int
floor_log10_of_three_quarters_of_power_of_2 (int exponent)
{
  return (exponent * 1262611 - 524031) >> 22;
}

/* factor * power / 2^128 rounded to odd: where anything was cut off, the last
 * bit is set, so that comparisons with even numbers come out as if nothing had
 * been. The entry in the table is at most one too large, and so is the lower
 * word of the product: there, 1 stands for an exact 0. The paper proves that no
 * inexact product comes that near. */
static guint64
scale (const XmlRpcUint128 *power,
       guint64              factor)
{
  XmlRpcUint128 product = xml_rpc_uint128_multiply (power, factor);

  return product.high | (product.low > 1);
}

/* Whole numbers below 2^53 have no other integer in their interval. */
static gboolean
is_small_integer (const Binary *binary)
{
  if (binary->exponent > 0 || binary->exponent < -FRACTION_BITS)
    return FALSE;

  return (binary->significand & ((G_GUINT64_CONSTANT (1) << -binary->exponent) - 1)) == 0;
}

static XmlRpcDecimal
find_shortest (const Binary *binary)
{
  int k = binary->lower_is_nearer
        ? floor_log10_of_three_quarters_of_power_of_2 (binary->exponent)
        : floor_log10_of_power_of_2 (binary->exponent);
  int shift = binary->exponent + xml_rpc_power_of_ten_log2 (-k) + 1;
  const XmlRpcUint128 *power = xml_rpc_power_of_ten (-k);
  guint64 significand = 4 * binary->significand;
  /* v and the ends of its interval, in quarters of 10^k. The ends belong to it
   * when v is even, for readers round ties to even. */
  guint64 odd = binary->significand & 1;
  guint64 value = scale (power, significand << shift);
  guint64 lower = scale (power, (significand - 2 + binary->lower_is_nearer) << shift) + odd;
  guint64 upper = scale (power, (significand + 2) << shift) - odd;
  guint64 below = value / 4;
  guint64 tens = below / 10;
  gboolean below_fits, above_fits;

  if (tens > 0)
    {
      below_fits = lower <= 40 * tens;
      above_fits = 40 * (tens + 1) <= upper;

      if (below_fits != above_fits)
        return (XmlRpcDecimal) { tens + above_fits, k + 1 };
    }

  below_fits = lower <= 4 * below;
  above_fits = 4 * (below + 1) <= upper;

  if (below_fits == above_fits)
    {
      guint64 midpoint = 4 * below + 2;

      above_fits = value > midpoint || (value == midpoint && (below & 1));
    }

  return (XmlRpcDecimal) { below + above_fits, k };
}

static void
drop_trailing_zeros (XmlRpcDecimal *decimal)
{
  while (decimal->significand % 10 == 0)
    {
      decimal->significand /= 10;
      decimal->exponent++;
    }
}

XmlRpcDecimal
xml_rpc_shortest_double (double value)
{
  Binary binary = take_apart (value);
  XmlRpcDecimal decimal;

  g_assert (isfinite (value));

  if (binary.significand == 0)
    return (XmlRpcDecimal) { 0, 0 };

  if (is_small_integer (&binary))
    decimal = (XmlRpcDecimal) { binary.significand >> -binary.exponent, 0 };
  else
    decimal = find_shortest (&binary);

  drop_trailing_zeros (&decimal);

  return decimal;
}
