/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the text of a dateTime.iso8601 says: a day and a time that exist, in the
 * years 1 to 9999. */
typedef struct
{
  int      year;
  int      month;
  int      day;
  int      hour;
  int      minute;
  int      second;
  int      microsecond;
  gboolean has_time_zone;
  int      utc_offset;      /* seconds, east of Greenwich above zero */
} XmlRpcIso8601;

gboolean xml_rpc_iso8601_parse (const char     *text,
                                XmlRpcIso8601  *fields,
                                GError        **error);
/* What a text says, in whole seconds. NULL @assumed: UTC. */
GDateTime *xml_rpc_iso8601_get_date_time (const char           *text,
                                          const XmlRpcIso8601  *fields,
                                          GTimeZone            *assumed,
                                          GError              **error);
/* The date of a text. */
GDateTime *xml_rpc_iso8601_to_date_time (const char  *text,
                                         GTimeZone   *assumed,
                                         GError     **error);
/* Whether both texts stand for the same instant, for the same wall clock where
 * neither has a zone, or are the same text. */
gboolean xml_rpc_iso8601_equal (const char     *a,
                                const char     *b);

G_END_DECLS
