/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers, and booleans, as XML-RPC writes them. Nothing here depends on the locale, and no
 * text needs to end in a NUL or gets one. */

typedef enum
{
  XML_RPC_NUMBER_OK,
  XML_RPC_NUMBER_MALFORMED,
  XML_RPC_NUMBER_OUT_OF_RANGE
} XmlRpcNumberResult;

/* "-9223372036854775808" */
#define XML_RPC_INTEGER_MAX_LENGTH 20

/* "-0." and the 324 decimals of the smallest subnormal numbers; the largest
 * numbers have 309 digits before the point. */
#define XML_RPC_DOUBLE_MAX_LENGTH 327

/* Of a decimal number of any size, up or down: Python's limit on the digits of an integer. */
#define XML_RPC_MAX_EXPONENT 4300

/* XML white space around the digits and a leading '+' are read, too. The value
 * is set only when the result is XML_RPC_NUMBER_OK. */
XmlRpcNumberResult xml_rpc_parse_integer       (const char *text,
                                                gsize       length,
                                                gint64     *value);

/* "0" and "1", and as some servers write them "false" and "true" in any case. */
gboolean           xml_rpc_parse_boolean       (const char *text,
                                                gsize       length,
                                                gboolean   *value);

/* The double nearest to a decimal number of any length, with or without a
 * point and an exponent; "nan", "inf" and "infinity" in any case. */
XmlRpcNumberResult xml_rpc_parse_double        (const char *text,
                                                gsize       length,
                                                double     *value);

/* The same without the shortcut for up to 19 digits, for the tests to compare. */
XmlRpcNumberResult xml_rpc_parse_double_slowly (const char *text,
                                                gsize       length,
                                                double     *value);

/* Whether it is a decimal number that takes thousands of digits to write without its
 * exponent, such as "1e200000000". Nobody sends one; a program that works with it stands still. */
gboolean           xml_rpc_has_huge_exponent   (const char *text,
                                                gsize       length);

/* Both return the length of what they wrote. */
gsize              xml_rpc_format_integer      (char       *buffer,
                                                gint64      value);

/* A finite value in the shortest form that reads back to the same bits. Always
 * with a point and digits on both sides of it, never with an exponent: "-0.0",
 * "3.0", "0.001". */
gsize              xml_rpc_format_double       (char       *buffer,
                                                double      value);

/* The same digits for people: also of "nan", "inf" and "-inf", and with an exponent where
 * there would be many zeros, "1e+300", "5e-324". */
gsize              xml_rpc_format_double_briefly (char       *buffer,
                                                double      value);

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
