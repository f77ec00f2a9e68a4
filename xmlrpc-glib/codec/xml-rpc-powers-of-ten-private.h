/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-uint128-private.h"

G_BEGIN_DECLS

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
