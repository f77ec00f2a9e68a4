/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-integer-property-private.h"

/* XML-RPC has no integers beyond 63 bits and a sign. */
static gint64
cut (guint64 limit)
{
  return (gint64) MIN (limit, (guint64) G_MAXINT64);
}

#define RANGE(TYPE, Type, least, most, cut) \
  case G_TYPE_##TYPE: \
    if (!G_IS_PARAM_SPEC_##TYPE (pspec)) \
      return (XmlRpcIntegerRange) { least, cut (most) }; \
    return (XmlRpcIntegerRange) { \
      cut (((GParamSpec##Type *) pspec)->minimum), cut (((GParamSpec##Type *) pspec)->maximum), \
    };

XmlRpcIntegerRange
xml_rpc_integer_property_get_range (GParamSpec *pspec)
{
  switch (G_TYPE_FUNDAMENTAL (pspec->value_type))
    {
    RANGE (CHAR, Char, G_MININT8, G_MAXINT8, (gint64))
    RANGE (UCHAR, UChar, 0, G_MAXUINT8, cut)
    RANGE (INT, Int, G_MININT, G_MAXINT, (gint64))
    RANGE (UINT, UInt, 0, G_MAXUINT, cut)
    RANGE (LONG, Long, G_MINLONG, G_MAXLONG, (gint64))
    RANGE (ULONG, ULong, 0, G_MAXULONG, cut)
    RANGE (INT64, Int64, G_MININT64, G_MAXINT64, (gint64))
    RANGE (UINT64, UInt64, 0, G_MAXUINT64, cut)
    default:
      g_assert_not_reached ();
    }
}

void
xml_rpc_integer_property_set (GValue *value,
                              gint64  number)
{
  switch (G_TYPE_FUNDAMENTAL (G_VALUE_TYPE (value)))
    {
    case G_TYPE_CHAR:
      g_value_set_schar (value, (gint8) number);
      break;
    case G_TYPE_UCHAR:
      g_value_set_uchar (value, (guchar) number);
      break;
    case G_TYPE_INT:
      g_value_set_int (value, (int) number);
      break;
    case G_TYPE_UINT:
      g_value_set_uint (value, (guint) number);
      break;
    case G_TYPE_LONG:
      g_value_set_long (value, (long) number);
      break;
    case G_TYPE_ULONG:
      g_value_set_ulong (value, (gulong) number);
      break;
    case G_TYPE_INT64:
      g_value_set_int64 (value, number);
      break;
    default:
      g_value_set_uint64 (value, (guint64) number);
      break;
    }
}

gboolean
xml_rpc_integer_property_get (const GValue *value,
                              gint64       *number)
{
  switch (G_TYPE_FUNDAMENTAL (G_VALUE_TYPE (value)))
    {
    case G_TYPE_CHAR:
      *number = g_value_get_schar (value);
      return TRUE;
    case G_TYPE_UCHAR:
      *number = g_value_get_uchar (value);
      return TRUE;
    case G_TYPE_INT:
      *number = g_value_get_int (value);
      return TRUE;
    case G_TYPE_UINT:
      *number = g_value_get_uint (value);
      return TRUE;
    case G_TYPE_LONG:
      *number = g_value_get_long (value);
      return TRUE;
    case G_TYPE_ULONG:
      *number = (gint64) g_value_get_ulong (value);
      return g_value_get_ulong (value) <= (guint64) G_MAXINT64;
    case G_TYPE_INT64:
      *number = g_value_get_int64 (value);
      return TRUE;
    default:
      *number = (gint64) g_value_get_uint64 (value);
      return g_value_get_uint64 (value) <= (guint64) G_MAXINT64;
    }
}
