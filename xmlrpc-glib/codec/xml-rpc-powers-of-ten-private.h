/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 high;
  guint64 low;
} XmlRpcUint128;

static inline XmlRpcUint128
xml_rpc_uint128_from_product (guint64 a,
                              guint64 b)
{
#ifdef __SIZEOF_INT128__
  unsigned __int128 product = (unsigned __int128) a * b;

  return (XmlRpcUint128) { (guint64) (product >> 64), (guint64) product };
#else
  /* 32-bit machines: by halves, as on paper. */
  guint64 a_low = a & G_MAXUINT32;
  guint64 a_high = a >> 32;
  guint64 b_low = b & G_MAXUINT32;
  guint64 b_high = b >> 32;
  guint64 low = a_low * b_low;
  guint64 middle = a_high * b_low + (low >> 32);
  guint64 other_middle = a_low * b_high + (middle & G_MAXUINT32);

  return (XmlRpcUint128) {
    a_high * b_high + (middle >> 32) + (other_middle >> 32),
    (other_middle << 32) | (low & G_MAXUINT32)
  };
#endif
}

/* The product has 192 bits, of which the lowest 64 are dropped. */
static inline XmlRpcUint128
xml_rpc_uint128_multiply (const XmlRpcUint128 *a,
                          guint64              b)
{
  XmlRpcUint128 product = xml_rpc_uint128_from_product (a->high, b);
  guint64 carry = xml_rpc_uint128_from_product (a->low, b).high;

  product.low += carry;
  product.high += product.low < carry;

  return product;
}

/* From the exponent that scales the largest double down to 17 digits to the
 * one that scales the smallest up to one digit. generate-powers-of-ten.py
 * writes the table for the same range. */
#define XML_RPC_POWERS_OF_TEN_FIRST -292
#define XML_RPC_POWERS_OF_TEN_LAST   324

/* floor (log2 (10^exponent)) in fixed point; the factor is fine enough to be
 * right for the whole range. */
static inline int
xml_rpc_power_of_ten_log2 (int exponent)
{
  return (exponent * 1741647) >> 19;
}

/* The leading 128 bits of each power of ten, rounded up: 10^e lies in
 * (g - 1, g] * 2^(xml_rpc_power_of_ten_log2 (e) - 127), and g has its highest
 * bit set. */
G_GNUC_INTERNAL
extern const XmlRpcUint128 xml_rpc_powers_of_ten[XML_RPC_POWERS_OF_TEN_LAST
                                                 - XML_RPC_POWERS_OF_TEN_FIRST + 1];

static inline const XmlRpcUint128 *
xml_rpc_power_of_ten (int exponent)
{
  g_assert (exponent >= XML_RPC_POWERS_OF_TEN_FIRST);
  g_assert (exponent <= XML_RPC_POWERS_OF_TEN_LAST);

  return &xml_rpc_powers_of_ten[exponent - XML_RPC_POWERS_OF_TEN_FIRST];
}

G_END_DECLS
