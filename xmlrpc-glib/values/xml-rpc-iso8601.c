/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The dates that servers send, of which the specification shows one:
 *
 *   19980717T14:08:55                          the specification's
 *   1998-07-17T14:08:55.123456+02:00           the extended format, with what may follow
 *   19980717T140855Z                           the basic format
 *
 * Date and time each may be with or without separators, and a 'T' or blanks stand between
 * them. The time may be missing, and so may the zone: most servers mean their own. */

#include "xml-rpc-iso8601-private.h"

#include <string.h>

#include <xmlrpc-glib/xml-rpc-error.h>

#include "../codec/xml-rpc-text-private.h"

/* XML Schema part 2, section 3.2.7.3: no zone is further from UTC. */
#define MAX_OFFSET_MINUTES (14 * 60)

/* How much of a bad text an error message shows, in bytes. */
#define MAX_SHOWN 60

#define MICROSECOND_DIGITS 6

/* The functions that read a part return what is wrong with it, or NULL. Digits
 * are those of ASCII, whatever the locale. */

static gboolean
skip_one_of (const char **cursor,
             const char  *characters)
{
  if (**cursor == '\0' || strchr (characters, **cursor) == NULL)
    return FALSE;

  (*cursor)++;
  return TRUE;
}

static void
skip_space (const char **cursor)
{
  while (g_ascii_isspace (**cursor))
    (*cursor)++;
}

static gboolean
read_number (const char **cursor,
             int          n_digits,
             int         *number)
{
  int result = 0;

  for (int i = 0; i < n_digits; i++)
    {
      if (!g_ascii_isdigit ((*cursor)[i]))
        return FALSE;
      result = result * 10 + g_ascii_digit_value ((*cursor)[i]);
    }

  *cursor += n_digits;
  *number = result;
  return TRUE;
}

static const char *
read_date (const char    **cursor,
           XmlRpcIso8601  *fields)
{
  if (!read_number (cursor, 4, &fields->year))
    return "the year is not four digits";
  skip_one_of (cursor, "-");
  if (!read_number (cursor, 2, &fields->month))
    return "the month is not two digits";
  skip_one_of (cursor, "-");
  if (!read_number (cursor, 2, &fields->day))
    return "the day is not two digits";

  if (!g_date_valid_dmy (fields->day, fields->month, fields->year))
    return "there is no such day";

  return NULL;
}

static gboolean
read_fraction (const char **cursor,
               int         *microsecond)
{
  if (!g_ascii_isdigit (**cursor))
    return FALSE;

  *microsecond = 0;
  for (int i = 0; i < MICROSECOND_DIGITS; i++)
    *microsecond = *microsecond * 10
                   + (g_ascii_isdigit (**cursor) ? g_ascii_digit_value (*(*cursor)++) : 0);

  while (g_ascii_isdigit (**cursor))
    (*cursor)++;
  return TRUE;
}

static const char *
read_seconds (const char    **cursor,
              XmlRpcIso8601  *fields)
{
  gboolean has_colon = skip_one_of (cursor, ":");

  if (!read_number (cursor, 2, &fields->second))
    return has_colon ? "the seconds are not two digits" : NULL;

  if (skip_one_of (cursor, ".,") && !read_fraction (cursor, &fields->microsecond))
    return "the fraction has no digits";

  return NULL;
}

static const char *
go_to_next_day (XmlRpcIso8601 *fields)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, fields->day, fields->month, fields->year);
  g_date_add_days (&date, 1);
  if (g_date_get_year (&date) > 9999)
    return "it ends after the year 9999";

  fields->year = g_date_get_year (&date);
  fields->month = g_date_get_month (&date);
  fields->day = g_date_get_day (&date);
  fields->hour = 0;
  return NULL;
}

static const char *
read_time (const char    **cursor,
           XmlRpcIso8601  *fields)
{
  const char *wrong;

  if (!read_number (cursor, 2, &fields->hour))
    return "the hour is not two digits";
  skip_one_of (cursor, ":");
  if (!read_number (cursor, 2, &fields->minute))
    return "the minutes are not two digits";
  if ((wrong = read_seconds (cursor, fields)) != NULL)
    return wrong;

  if (fields->hour == 24 && fields->minute + fields->second + fields->microsecond == 0)
    return go_to_next_day (fields);
  if (fields->hour > 23 || fields->minute > 59 || fields->second > 60)
    return "there is no such time of day";

  /* GDateTime, as POSIX, knows no leap seconds and reads them so. */
  fields->second = MIN (fields->second, 59);
  return NULL;
}

static const char *
read_optional_time (const char    **cursor,
                    XmlRpcIso8601  *fields)
{
  if (skip_one_of (cursor, "Tt"))
    return read_time (cursor, fields);

  if (**cursor != '\0' && !g_ascii_isspace (**cursor))
    return "neither T nor a space follows the date";

  skip_space (cursor);
  return **cursor == '\0' ? NULL : read_time (cursor, fields);
}

static const char *
read_optional_zone (const char    **cursor,
                    XmlRpcIso8601  *fields)
{
  gboolean west = **cursor == '-';
  int hours = 0;
  int minutes = 0;

  fields->has_time_zone = TRUE;
  if (skip_one_of (cursor, "Zz"))
    return NULL;

  fields->has_time_zone = skip_one_of (cursor, "+-");
  if (!fields->has_time_zone)
    return NULL;

  if (!read_number (cursor, 2, &hours))
    return "the hours of the offset are not two digits";
  if (skip_one_of (cursor, ":") && !g_ascii_isdigit (**cursor))
    return "the minutes of the offset are not two digits";
  if (g_ascii_isdigit (**cursor) && !read_number (cursor, 2, &minutes))
    return "the minutes of the offset are not two digits";

  if (minutes > 59 || hours * 60 + minutes > MAX_OFFSET_MINUTES)
    return "there is no such offset from UTC";

  fields->utc_offset = (hours * 60 + minutes) * 60 * (west ? -1 : 1);
  return NULL;
}

static const char *
read_all (const char    *cursor,
          XmlRpcIso8601 *fields)
{
  const char *wrong;

  skip_space (&cursor);
  if ((wrong = read_date (&cursor, fields)) != NULL ||
      (wrong = read_optional_time (&cursor, fields)) != NULL)
    return wrong;

  skip_space (&cursor);
  if ((wrong = read_optional_zone (&cursor, fields)) != NULL)
    return wrong;

  skip_space (&cursor);
  return *cursor == '\0' ? NULL : "something follows that does not belong to it";
}

gboolean
xml_rpc_iso8601_parse (const char     *text,
                       XmlRpcIso8601  *fields,
                       GError        **error)
{
  g_autofree char *shown = NULL;
  const char *wrong;

  g_assert (text != NULL);
  g_assert (fields != NULL);

  *fields = (XmlRpcIso8601) { 0 };
  wrong = read_all (text, fields);
  if (wrong == NULL)
    return TRUE;

  shown = xml_rpc_text_make_printable (text, (gssize) strnlen (text, MAX_SHOWN));
  g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE,
               "expected a date such as 19980717T14:08:55, got \"%s\": %s", shown, wrong);
  return FALSE;
}

static GTimeZone *
get_time_zone (const XmlRpcIso8601 *fields,
               GTimeZone           *assumed)
{
  if (fields->has_time_zone)
    return g_time_zone_new_offset (fields->utc_offset);

  return assumed != NULL ? g_time_zone_ref (assumed) : g_time_zone_new_utc ();
}

GDateTime *
xml_rpc_iso8601_get_date_time (const char           *text,
                               const XmlRpcIso8601  *fields,
                               GTimeZone            *assumed,
                               GError              **error)
{
  g_autoptr (GTimeZone) zone = get_time_zone (fields, assumed);
  GDateTime *date_time = g_date_time_new (zone, fields->year, fields->month, fields->day,
                                          fields->hour, fields->minute, fields->second);

  if (date_time == NULL)
    g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE,
                 "expected a date of the time zone %s, got \"%s\"",
                 g_time_zone_get_identifier (zone), text);

  return date_time;
}

GDateTime *
xml_rpc_iso8601_to_date_time (const char  *text,
                              GTimeZone   *assumed,
                              GError     **error)
{
  g_autoptr (GDateTime) whole = NULL;
  XmlRpcIso8601 fields;

  if (!xml_rpc_iso8601_parse (text, &fields, error))
    return NULL;

  whole = xml_rpc_iso8601_get_date_time (text, &fields, assumed, error);

  /* Not as a part of g_date_time_new()'s seconds: they are a double. */
  return whole != NULL ? g_date_time_add (whole, fields.microsecond) : NULL;
}

static gint64
count_microseconds (const XmlRpcIso8601 *fields)
{
  GDate date;
  gint64 seconds;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, fields->day, fields->month, fields->year);
  seconds = (gint64) g_date_get_julian (&date) * 24 * 60 * 60
            + (fields->hour * 60 + fields->minute) * 60 + fields->second
            - fields->utc_offset;

  return seconds * G_USEC_PER_SEC + fields->microsecond;
}

gboolean
xml_rpc_iso8601_equal (const char *a,
                       const char *b)
{
  XmlRpcIso8601 fields_a;
  XmlRpcIso8601 fields_b;

  if (strcmp (a, b) == 0)
    return TRUE;

  return xml_rpc_iso8601_parse (a, &fields_a, NULL) &&
         xml_rpc_iso8601_parse (b, &fields_b, NULL) &&
         fields_a.has_time_zone == fields_b.has_time_zone &&
         count_microseconds (&fields_a) == count_microseconds (&fields_b);
}
