/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* significand * 10^exponent; the significand has at most 17 digits and does
 * not end in a zero unless it is zero. */
typedef struct
{
  guint64 significand;
  int     exponent;
} XmlRpcDecimal;

/* The decimal with the fewest digits that reads back to the very same double,
 * and of those the nearest to it. The value is finite, its sign is ignored. */
XmlRpcDecimal xml_rpc_shortest_double (double value);

G_END_DECLS
