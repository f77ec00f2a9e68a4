/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <xmlrpc-glib/xmlrpc-glib.h>

#define FIRST_SECOND G_GINT64_CONSTANT (-62135596800)
#define LAST_SECOND  G_GINT64_CONSTANT (253402300799)
#define HOUR         3600
#define DAY          G_GINT64_CONSTANT (86400)
#define N_RANDOM     20000

static XmlRpcDateTime *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  XmlRpcDateTime *date_time = xml_rpc_date_time_new_from_iso8601 (text, &error);

  g_assert_no_error (error);
  g_assert_true (XML_RPC_IS_DATE_TIME (date_time));
  return date_time;
}

static gint64
to_unix (XmlRpcDateTime *date_time,
         GTimeZone      *assumed)
{
  g_autoptr (GError) error = NULL;
  gint64 seconds = 0;
  gboolean converted = xml_rpc_date_time_to_unix (date_time, assumed, &seconds, &error);

  g_assert_no_error (error);
  g_assert_true (converted);
  return seconds;
}

static GTimeZone *
find_zone (const char *name)
{
  GTimeZone *zone = g_time_zone_new_identifier (name);

  if (zone == NULL)
    g_test_skip ("this system has no such time zone");
  return zone;
}

static const struct
{
  const char *text;
  const char *expected;  /* in UTC where there is no zone */
  gboolean    has_time_zone;
} forms[] = {
  { "19980717T14:08:55",                "1998-07-17T14:08:55Z",        FALSE },
  { "1998-07-17T14:08:55",              "1998-07-17T14:08:55Z",        FALSE },
  { "19980717T140855",                  "1998-07-17T14:08:55Z",        FALSE },
  { "1998-07-17T140855",                "1998-07-17T14:08:55Z",        FALSE },
  { "1998-0717T14:0855",                "1998-07-17T14:08:55Z",        FALSE },
  { "199807-17T1408:55",                "1998-07-17T14:08:55Z",        FALSE },
  { "19980717t14:08:55",                "1998-07-17T14:08:55Z",        FALSE },
  { "19980717 14:08:55",                "1998-07-17T14:08:55Z",        FALSE },
  { "1998-07-17  14:08:55",             "1998-07-17T14:08:55Z",        FALSE },
  { " \t\r\n19980717T14:08:55\n ",      "1998-07-17T14:08:55Z",        FALSE },
  { "19980717T14:08",                   "1998-07-17T14:08:00Z",        FALSE },
  { "19980717T1408",                    "1998-07-17T14:08:00Z",        FALSE },
  { "19980717",                         "1998-07-17T00:00:00Z",        FALSE },
  { "1998-07-17",                       "1998-07-17T00:00:00Z",        FALSE },
  { " 1998-07-17 ",                     "1998-07-17T00:00:00Z",        FALSE },
  { "19980717T14:08:55.1",              "1998-07-17T14:08:55.100000Z", FALSE },
  { "19980717T14:08:55.123",            "1998-07-17T14:08:55.123000Z", FALSE },
  { "19980717T14:08:55,123",            "1998-07-17T14:08:55.123000Z", FALSE },
  { "19980717T140855.000001",           "1998-07-17T14:08:55.000001Z", FALSE },
  { "19980717T14:08:55.9999999999",     "1998-07-17T14:08:55.999999Z", FALSE },
  { "19980717T14:08:55.0",              "1998-07-17T14:08:55Z",        FALSE },
  { "19980717T14:08:55Z",               "1998-07-17T14:08:55Z",        TRUE },
  { "19980717T14:08:55z",               "1998-07-17T14:08:55Z",        TRUE },
  { "1998-07-17T14:08:55.5Z",           "1998-07-17T14:08:55.500000Z", TRUE },
  { "19980717T14:08Z",                  "1998-07-17T14:08:00Z",        TRUE },
  { "19980717T14:08:55+02:00",          "1998-07-17T14:08:55+02",      TRUE },
  { "19980717T14:08:55+0200",           "1998-07-17T14:08:55+02",      TRUE },
  { "19980717T14:08:55+02",             "1998-07-17T14:08:55+02",      TRUE },
  { "19980717T140855-0530",             "1998-07-17T14:08:55-05:30",   TRUE },
  { "19980717T1408-05",                 "1998-07-17T14:08:00-05",      TRUE },
  { "1998-07-17 14:08:55 +0200",        "1998-07-17T14:08:55+02",      TRUE },
  { "1998-07-17T14:08:55.123456+14:00", "1998-07-17T14:08:55.123456+14", TRUE },
  { "19980717T14:08:55-14:00",          "1998-07-17T14:08:55-14",      TRUE },
  { "19980717T14:08:55-00:00",          "1998-07-17T14:08:55Z",        TRUE },
  { "19980717T24:00:00",                "1998-07-18T00:00:00Z",        FALSE },
  { "19981231T24:00",                   "1999-01-01T00:00:00Z",        FALSE },
  { "20000228T240000.000Z",             "2000-02-29T00:00:00Z",        TRUE },
  { "19981231T23:59:60Z",               "1998-12-31T23:59:59Z",        TRUE },
  { "19981231T23:59:60.25Z",            "1998-12-31T23:59:59.250000Z", TRUE },
  { "20000229T00:00:00",                "2000-02-29T00:00:00Z",        FALSE },
  { "00010101T00:00:00",                "0001-01-01T00:00:00Z",        FALSE },
  { "99991231T23:59:59.999999",         "9999-12-31T23:59:59.999999Z", FALSE },
};

static void
test_reads_every_form (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (XmlRpcDateTime) date_time = parse (forms[i].text);
      g_autoptr (GError) error = NULL;
      g_autoptr (GDateTime) got = xml_rpc_date_time_to_date_time (date_time, NULL, &error);
      g_autoptr (GDateTime) expected = g_date_time_new_from_iso8601 (forms[i].expected, NULL);

      g_test_message ("%s", forms[i].text);
      g_assert_no_error (error);
      g_assert_cmpint (g_date_time_compare (got, expected), ==, 0);
      g_assert_cmpint (g_date_time_get_utc_offset (got), ==, g_date_time_get_utc_offset (expected));
      g_assert_cmpint (to_unix (date_time, NULL), ==, g_date_time_to_unix (expected));
      g_assert_cmpint (xml_rpc_date_time_has_time_zone (date_time), ==, forms[i].has_time_zone);
    }
}

static void
test_keeps_the_text (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (XmlRpcDateTime) date_time = parse (forms[i].text);
      g_autofree char *to_string = xml_rpc_value_to_string (XML_RPC_VALUE (date_time));
      g_autofree char *property = NULL;

      g_object_get (date_time, "iso8601", &property, NULL);
      g_assert_cmpstr (xml_rpc_date_time_get_iso8601 (date_time), ==, forms[i].text);
      g_assert_cmpstr (property, ==, forms[i].text);
      g_assert_cmpstr (to_string, ==, forms[i].text);
    }
}

static const struct
{
  const char *text;
  const char *wrong;
} refused[] = {
  { "",                              "the year is not four digits" },
  { " ",                             "the year is not four digits" },
  { "tomorrow",                      "the year is not four digits" },
  { "998-07-17",                     "the year is not four digits" },
  { "+1998-07-17",                   "the year is not four digits" },
  { "\xd9\xa1\xd9\xa9\xd9\xa9\xd9\xa8-07-17", "the year is not four digits" },
  { "1998",                          "the month is not two digits" },
  { "1998-7-17",                     "the month is not two digits" },
  { "1998/07/17",                    "the month is not two digits" },
  { "1998--07-17",                   "the month is not two digits" },
  { "1998-W29-5",                    "the month is not two digits" },
  { "1998-07",                       "the day is not two digits" },
  { "1998198",                       "the day is not two digits" },
  { "1998-07-1",                     "the day is not two digits" },
  { "00000101T00:00:00",             "there is no such day" },
  { "19981317T14:08:55",             "there is no such day" },
  { "19980017T14:08:55",             "there is no such day" },
  { "19980700T14:08:55",             "there is no such day" },
  { "19980732T14:08:55",             "there is no such day" },
  { "19980431T14:08:55",             "there is no such day" },
  { "19980230T14:08:55",             "there is no such day" },
  { "19980229T14:08:55",             "there is no such day" },
  { "19000229T14:08:55",             "there is no such day" },
  { "19980717X14:08:55",             "neither T nor a space follows the date" },
  { "199807171408",                  "neither T nor a space follows the date" },
  { "19980717Z",                     "neither T nor a space follows the date" },
  { "19980717+02:00",                "neither T nor a space follows the date" },
  { "19980717T",                     "the hour is not two digits" },
  { "19980717T ",                    "the hour is not two digits" },
  { "19980717T4:08:55",              "the hour is not two digits" },
  { "19980717T14",                   "the minutes are not two digits" },
  { "19980717T14:8:55",              "the minutes are not two digits" },
  { "19980717T14:08:",               "the seconds are not two digits" },
  { "19980717T14:08:5",              "the seconds are not two digits" },
  { "19980717T14:08:55.",            "the fraction has no digits" },
  { "19980717T14:08:55.Z",           "the fraction has no digits" },
  { "19980717T14:08:55.-5",          "the fraction has no digits" },
  { "19980717T25:08:55",             "there is no such time of day" },
  { "19980717T24:00:01",             "there is no such time of day" },
  { "19980717T24:01:00",             "there is no such time of day" },
  { "19980717T24:00:00.1",           "there is no such time of day" },
  { "19980717T14:60:00",             "there is no such time of day" },
  { "19980717T14:08:61",             "there is no such time of day" },
  { "99991231T24:00:00",             "it ends after the year 9999" },
  { "19980717T14:08:55+",            "the hours of the offset are not two digits" },
  { "19980717T14:08:55+2",           "the hours of the offset are not two digits" },
  { "19980717T14:08:55+02:",         "the minutes of the offset are not two digits" },
  { "19980717T14:08:55+02:0",        "the minutes of the offset are not two digits" },
  { "19980717T14:08:55+020",         "the minutes of the offset are not two digits" },
  { "19980717T14:08:55+14:01",       "there is no such offset from UTC" },
  { "19980717T14:08:55-15:00",       "there is no such offset from UTC" },
  { "19980717T14:08:55+02:60",       "there is no such offset from UTC" },
  { "19980717T14:08:55+99",          "there is no such offset from UTC" },
  { "19980717T14:08.5",              "something follows that does not belong to it" },
  { "19980717T14:085",               "something follows that does not belong to it" },
  { "19980717T14:08:55:00",          "something follows that does not belong to it" },
  { "19980717T14:08:55Z+02:00",      "something follows that does not belong to it" },
  { "19980717T14:08:55ZZ",           "something follows that does not belong to it" },
  { "19980717T14:08:55 CEST",        "something follows that does not belong to it" },
  { "19980717T14:08:55 x",           "something follows that does not belong to it" },
  { "19980717T14:08:55\xc2\xa0",     "something follows that does not belong to it" },
};

static void
test_refuses_what_is_no_date (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *message =
        g_strdup_printf ("expected a date such as 19980717T14:08:55, got \"%s\": %s",
                         refused[i].text, refused[i].wrong);
      g_autoptr (GError) error = NULL;
      g_autoptr (XmlRpcDateTime) date_time =
        xml_rpc_date_time_new_from_iso8601 (refused[i].text, &error);

      g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE);
      g_assert_cmpstr (error->message, ==, message);
      g_assert_null (date_time);
    }
}

static void
test_message_is_short_and_utf8 (void)
{
  g_autofree char *text = g_strnfill (100000, '\xff');
  g_autoptr (GError) error = NULL;

  g_assert_null (xml_rpc_date_time_new_from_iso8601 (text, &error));
  g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (strlen (error->message), <, 400);
}

static void
test_reads_days_of_all_years (void)
{
  const guint n_days = 3652059;  /* from 0001-01-01 to 9999-12-31 */

  for (guint day = 1; day <= n_days; day += 11)
    {
      g_autofree char *text = NULL;
      g_autoptr (XmlRpcDateTime) date_time = NULL;
      GDate date;

      g_date_clear (&date, 1);
      g_date_set_julian (&date, day);
      text = g_strdup_printf ("%04d%02d%02dT12:00:00", g_date_get_year (&date),
                              g_date_get_month (&date), g_date_get_day (&date));
      date_time = parse (text);

      g_assert_cmpint (to_unix (date_time, NULL), ==, FIRST_SECOND + (day - 1) * DAY + 12 * HOUR);
    }
}

static void
test_leap_days_are_those_of_leap_years (void)
{
  for (int year = 1; year <= 9999; year++)
    {
      gboolean is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
      g_autofree char *text = g_strdup_printf ("%04d0229", year);
      g_autoptr (XmlRpcDateTime) date_time = xml_rpc_date_time_new_from_iso8601 (text, NULL);

      g_assert_cmpint (date_time != NULL, ==, is_leap);
    }
}

static void
test_takes_the_wall_clock (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (2 * HOUR);
  g_autoptr (GDateTime) clock = g_date_time_new (zone, 1998, 7, 17, 14, 8, 55.75);
  g_autoptr (XmlRpcDateTime) date_time = xml_rpc_date_time_new (clock);

  g_assert_cmpstr (xml_rpc_date_time_get_iso8601 (date_time), ==, "19980717T14:08:55");
  g_assert_false (xml_rpc_date_time_has_time_zone (date_time));
}

static void
test_pads_the_year (void)
{
  g_autoptr (GDateTime) clock = g_date_time_new_utc (7, 1, 2, 3, 4, 5);
  g_autoptr (XmlRpcDateTime) date_time = xml_rpc_date_time_new (clock);

  g_assert_cmpstr (xml_rpc_date_time_get_iso8601 (date_time), ==, "00070102T03:04:05");
}

static void
test_takes_the_first_and_the_last_second (void)
{
  g_autoptr (XmlRpcDateTime) first = xml_rpc_date_time_new_from_unix_utc (FIRST_SECOND);
  g_autoptr (XmlRpcDateTime) last = xml_rpc_date_time_new_from_unix_utc (LAST_SECOND);

  g_assert_cmpstr (xml_rpc_date_time_get_iso8601 (first), ==, "00010101T00:00:00");
  g_assert_cmpstr (xml_rpc_date_time_get_iso8601 (last), ==, "99991231T23:59:59");
  g_assert_cmpint (to_unix (first, NULL), ==, FIRST_SECOND);
  g_assert_cmpint (to_unix (last, NULL), ==, LAST_SECOND);
}

static void
test_seconds_outside_are_a_mistake (void)
{
  const gint64 outside[] = { FIRST_SECOND - 1, LAST_SECOND + 1, G_MININT64, G_MAXINT64 };

  for (guint i = 0; i < G_N_ELEMENTS (outside); i++)
    {
      g_test_expect_message ("xmlrpc-glib", G_LOG_LEVEL_CRITICAL, "*date_time != NULL*");
      g_assert_null (xml_rpc_date_time_new_from_unix_utc (outside[i]));
      g_test_expect_message ("xmlrpc-glib", G_LOG_LEVEL_CRITICAL, "*date_time != NULL*");
      g_assert_null (xml_rpc_date_time_new_from_unix_local (outside[i]));
    }

  g_test_assert_expected_messages ();
}

static void
test_edges_have_every_zone (void)
{
  g_autoptr (XmlRpcDateTime) first = parse ("0001-01-01T00:00:00.5+14:00");
  g_autoptr (XmlRpcDateTime) last = parse ("9999-12-31T23:59:59.5-14:00");
  g_autoptr (GError) error = NULL;
  g_autoptr (GDateTime) first_clock = xml_rpc_date_time_to_date_time (first, NULL, &error);
  g_autoptr (GDateTime) last_clock = xml_rpc_date_time_to_date_time (last, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (to_unix (first, NULL), ==, FIRST_SECOND - 14 * HOUR);
  g_assert_cmpint (to_unix (last, NULL), ==, LAST_SECOND + 14 * HOUR);
  g_assert_cmpint (g_date_time_get_year (first_clock), ==, 1);
  g_assert_cmpint (g_date_time_get_microsecond (first_clock), ==, 500000);
  g_assert_cmpint (g_date_time_get_year (last_clock), ==, 9999);
  g_assert_cmpint (g_date_time_get_microsecond (last_clock), ==, 500000);
}

static void
test_keeps_every_microsecond (void)
{
  for (int microsecond = 0; microsecond < 1000000; microsecond += 37)
    {
      g_autofree char *text = g_strdup_printf ("19980717T14:08:59.%06d", microsecond);
      g_autoptr (XmlRpcDateTime) date_time = parse (text);
      g_autoptr (GDateTime) clock = xml_rpc_date_time_to_date_time (date_time, NULL, NULL);

      g_assert_cmpint (g_date_time_get_microsecond (clock), ==, microsecond);
      g_assert_cmpint (g_date_time_get_second (clock), ==, 59);
    }
}

static void
test_seconds_are_rounded_down (void)
{
  g_autoptr (XmlRpcDateTime) after = parse ("1970-01-01T00:00:01.9Z");
  g_autoptr (XmlRpcDateTime) before = parse ("1969-12-31T23:59:58.1Z");

  g_assert_cmpint (to_unix (after, NULL), ==, 1);
  g_assert_cmpint (to_unix (before, NULL), ==, -2);
}

static void
test_the_zone_of_the_text_wins (void)
{
  g_autoptr (XmlRpcDateTime) bare = parse ("19700101T05:00:00");
  g_autoptr (XmlRpcDateTime) zoned = parse ("19700101T05:00:00+02:00");
  g_autoptr (GTimeZone) assumed = g_time_zone_new_offset (3 * HOUR);
  g_autoptr (GDateTime) bare_clock = xml_rpc_date_time_to_date_time (bare, assumed, NULL);
  g_autoptr (GDateTime) zoned_clock = xml_rpc_date_time_to_date_time (zoned, assumed, NULL);

  g_assert_cmpint (to_unix (bare, NULL), ==, 5 * HOUR);
  g_assert_cmpint (to_unix (bare, assumed), ==, 2 * HOUR);
  g_assert_cmpint (to_unix (zoned, NULL), ==, 3 * HOUR);
  g_assert_cmpint (to_unix (zoned, assumed), ==, 3 * HOUR);
  g_assert_cmpint (g_date_time_get_utc_offset (bare_clock), ==, 3 * G_TIME_SPAN_HOUR);
  g_assert_cmpint (g_date_time_get_utc_offset (zoned_clock), ==, 2 * G_TIME_SPAN_HOUR);
}

static void
test_round_trip_in_utc (void)
{
  for (guint i = 0; i < N_RANDOM; i++)
    {
      gint64 seconds = g_test_rand_double_range (FIRST_SECOND, LAST_SECOND);
      g_autoptr (XmlRpcDateTime) date_time = xml_rpc_date_time_new_from_unix_utc (seconds);

      g_assert_cmpint (to_unix (date_time, NULL), ==, seconds);
    }
}

/* There and back again is the same moment, unless the clock shows it twice: then
 * it is another one at which the clock shows the same. */
static gboolean
comes_back (XmlRpcDateTime *date_time,
            GTimeZone      *zone,
            gint64          seconds)
{
  gint64 back = to_unix (date_time, zone);
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) clock = NULL;
  g_autoptr (XmlRpcDateTime) again = NULL;

  if (back == seconds)
    return TRUE;

  utc = g_date_time_new_from_unix_utc (back);
  clock = g_date_time_to_timezone (utc, zone);
  again = xml_rpc_date_time_new (clock);
  g_assert_cmpstr (xml_rpc_date_time_get_iso8601 (again), ==,
                   xml_rpc_date_time_get_iso8601 (date_time));
  return FALSE;
}

static XmlRpcDateTime *
new_in_zone (gint64     seconds,
             GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (seconds);
  g_autoptr (GDateTime) clock = g_date_time_to_timezone (utc, zone);

  return xml_rpc_date_time_new (clock);
}

static void
test_round_trip_in_zone (gconstpointer name)
{
  g_autoptr (GTimeZone) zone = find_zone (name);

  for (guint i = 0; zone != NULL && i < N_RANDOM; i++)
    {
      gint64 seconds = g_test_rand_double_range (FIRST_SECOND + DAY, LAST_SECOND - DAY);
      g_autoptr (XmlRpcDateTime) date_time = new_in_zone (seconds, zone);

      comes_back (date_time, zone, seconds);
    }
}

static void
test_round_trip_each_hour_of_a_year (gconstpointer name)
{
  const gint64 new_year = 1704067200;  /* 2024 */
  g_autoptr (GTimeZone) zone = find_zone (name);
  guint n_others = 0;

  if (zone == NULL)
    return;

  for (gint64 seconds = new_year; seconds < new_year + 366 * DAY; seconds += HOUR)
    {
      g_autoptr (XmlRpcDateTime) date_time = new_in_zone (seconds, zone);

      if (!comes_back (date_time, zone, seconds))
        {
          n_others++;
          g_assert_cmpint (to_unix (date_time, zone), ==, seconds + HOUR);
        }
    }

  g_assert_cmpuint (n_others, ==, 1);
}

static void
test_round_trip_in_local_time (gconstpointer name)
{
  g_autoptr (GTimeZone) zone = find_zone (name);

  if (zone == NULL)
    return;

  g_setenv ("TZ", name, TRUE);
  for (guint i = 0; i < N_RANDOM; i++)
    {
      gint64 seconds = g_test_rand_double_range (FIRST_SECOND + DAY, LAST_SECOND - DAY);
      g_autoptr (XmlRpcDateTime) date_time = xml_rpc_date_time_new_from_unix_local (seconds);
      g_autoptr (XmlRpcDateTime) same = new_in_zone (seconds, zone);

      g_assert_cmpstr (xml_rpc_date_time_get_iso8601 (date_time), ==,
                       xml_rpc_date_time_get_iso8601 (same));
      comes_back (date_time, zone, seconds);
    }

  g_unsetenv ("TZ");
}

static void
test_local_time_is_local (void)
{
  g_autoptr (GTimeZone) zone = find_zone ("America/New_York");
  g_autoptr (XmlRpcDateTime) date_time = NULL;

  if (zone == NULL)
    return;

  g_setenv ("TZ", "America/New_York", TRUE);
  date_time = xml_rpc_date_time_new_from_unix_local (900684535);
  g_assert_cmpstr (xml_rpc_date_time_get_iso8601 (date_time), ==, "19980717T10:08:55");
  g_unsetenv ("TZ");
}

static void
test_missing_hour_is_the_moment_of_the_change (void)
{
  g_autoptr (GTimeZone) zone = find_zone ("Europe/Berlin");
  g_autoptr (XmlRpcDateTime) date_time = parse ("20240331T02:30:00");

  if (zone != NULL)
    g_assert_cmpint (to_unix (date_time, zone), ==, 1711846800);
}

static void
test_doubled_hour_is_standard_time (void)
{
  g_autoptr (GTimeZone) zone = find_zone ("Europe/Berlin");
  g_autoptr (XmlRpcDateTime) date_time = parse ("20241027T02:30:00");

  if (zone != NULL)
    g_assert_cmpint (to_unix (date_time, zone), ==, 1729992600);
}

static const struct
{
  const char *a;
  const char *b;
  gboolean    equal;
} pairs[] = {
  { "19980717T14:08:55",         "19980717T14:08:55",         TRUE },
  { "19980717T14:08:55",         "1998-07-17 140855",         TRUE },
  { "19980717T24:00:00",         "19980718",                  TRUE },
  { "19980717T14:08:55",         "19980717T14:08:55.0",       TRUE },
  { "19980717T14:08:55.1234567", "19980717T14:08:55.1234569", TRUE },
  { "19980717T14:08:55Z",        "19980717T16:08:55+02:00",   TRUE },
  { "00010101T00:00:00+01:00",   "00010101T01:00:00+02:00",   TRUE },
  { "19980717T14:08:55",         "19980717T14:08:56",         FALSE },
  { "19980717T14:08:55",         "19980717T14:08:55.000001",  FALSE },
  { "19980717T14:08:55",         "19980717T14:08:55Z",        FALSE },
  { "19980717T14:08:55Z",        "19980717T14:08:55+02:00",   FALSE },
  { "tomorrow",                  "tomorrow",                  TRUE },
  { "tomorrow",                  "Tomorrow",                  FALSE },
  { "tomorrow",                  "19980717T14:08:55",         FALSE },
};

static void
test_equality_is_that_of_the_moment (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (XmlRpcValue) a = g_object_new (XML_RPC_TYPE_DATE_TIME, "iso8601", pairs[i].a, NULL);
      g_autoptr (XmlRpcValue) b = g_object_new (XML_RPC_TYPE_DATE_TIME, "iso8601", pairs[i].b, NULL);

      g_test_message ("%s, %s", pairs[i].a, pairs[i].b);
      g_assert_cmpint (xml_rpc_value_equal (a, b), ==, pairs[i].equal);
      g_assert_cmpint (xml_rpc_value_equal (b, a), ==, pairs[i].equal);
    }
}

static void
test_is_a_value (void)
{
  g_autoptr (XmlRpcDateTime) date_time = parse ("19980717T14:08:55");
  g_autoptr (GVariant) expected =
    g_variant_ref_sink (g_variant_new ("(os)", "/xmlrpc/dateTime", "19980717T14:08:55"));

  g_assert_cmpint (xml_rpc_value_get_kind (XML_RPC_VALUE (date_time)), ==, XML_RPC_VALUE_DATE_TIME);
  g_assert_cmpvariant (xml_rpc_value_get_variant (XML_RPC_VALUE (date_time)), expected);
}

static void
test_unknown_form_is_kept (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XmlRpcValue) value =
    xml_rpc_value_new (g_variant_new ("(os)", "/xmlrpc/dateTime", "next Friday"), &error);
  XmlRpcDateTime *date_time = XML_RPC_DATE_TIME (value);
  gint64 seconds = 42;

  g_assert_no_error (error);
  g_assert_cmpstr (xml_rpc_date_time_get_iso8601 (date_time), ==, "next Friday");
  g_assert_false (xml_rpc_date_time_has_time_zone (date_time));

  g_assert_null (xml_rpc_date_time_to_date_time (date_time, NULL, &error));
  g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE);
  g_clear_error (&error);

  g_assert_false (xml_rpc_date_time_to_unix (date_time, NULL, &seconds, &error));
  g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE);
  g_assert_cmpint (seconds, ==, 42);
}

static void
test_is_the_epoch_by_default (void)
{
  g_autoptr (XmlRpcDateTime) date_time = g_object_new (XML_RPC_TYPE_DATE_TIME, NULL);

  g_assert_cmpint (to_unix (date_time, NULL), ==, 0);
}

static void
test_nonsense_is_the_default (void)
{
  g_autoptr (XmlRpcDateTime) of_bytes = NULL;
  g_autoptr (XmlRpcDateTime) of_number = NULL;

  g_test_expect_message ("xmlrpc-glib", G_LOG_LEVEL_CRITICAL, "*is not UTF-8");
  of_bytes = g_object_new (XML_RPC_TYPE_DATE_TIME, "iso8601", "\xff\xfe", NULL);
  g_test_expect_message ("xmlrpc-glib", G_LOG_LEVEL_CRITICAL,
                         "XmlRpcDateTime cannot hold a GVariant of type i");
  of_number = g_object_new (XML_RPC_TYPE_DATE_TIME, "variant", g_variant_new_int32 (5), NULL);
  g_test_assert_expected_messages ();

  g_assert_cmpint (to_unix (of_bytes, NULL), ==, 0);
  g_assert_cmpint (to_unix (of_number, NULL), ==, 0);
}

static void
assert_normalized (const char *text,
                   const char *zone_name,
                   const char *expected)
{
  g_autoptr (GTimeZone) zone = zone_name != NULL ? g_time_zone_new_identifier (zone_name) : NULL;
  g_autofree char *normal = xml_rpc_date_time_normalize (text, zone);

  g_assert_cmpstr (normal, ==, expected);
}

static void
test_normalize (void)
{
  static const char * const others[] = { "", "yesterday", "2013-04-05+02:00", "20240101T14", "20240101T14:08.5", "2024-W01-1" };

  assert_normalized ("19980717T14:08:55", NULL, "1998-07-17T14:08:55");
  assert_normalized ("\n 1998-07-17   140855,5z ", NULL, "1998-07-17T14:08:55.500000+00:00");
  assert_normalized ("19980717t14:08-03", "Europe/Berlin", "1998-07-17T14:08:00-03:00");
  assert_normalized ("20231231T24:00:00", "Europe/Berlin", "2024-01-01T00:00:00+01:00");
  assert_normalized ("20161231T23:59:60", "UTC", "2016-12-31T23:59:59+00:00");
  assert_normalized ("20240331T02:30:00", "Europe/Berlin", "2024-03-31T03:00:00+02:00");
  /* Local time was off by seconds. */
  assert_normalized ("18000101T00:00:00", "Europe/Berlin", "1799-12-31T23:06:32+00:00");
  assert_normalized ("00010101T00:00:00", "Europe/Berlin", "0001-01-01T00:00:00+00:53");

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_null (xml_rpc_date_time_normalize (others[i], NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/date-time/reads-every-form", test_reads_every_form);
  g_test_add_func ("/date-time/keeps-the-text", test_keeps_the_text);
  g_test_add_func ("/date-time/refuses-what-is-no-date", test_refuses_what_is_no_date);
  g_test_add_func ("/date-time/message-is-short-and-utf8", test_message_is_short_and_utf8);
  g_test_add_func ("/date-time/reads-days-of-all-years", test_reads_days_of_all_years);
  g_test_add_func ("/date-time/leap-days-are-those-of-leap-years", test_leap_days_are_those_of_leap_years);
  g_test_add_func ("/date-time/takes-the-wall-clock", test_takes_the_wall_clock);
  g_test_add_func ("/date-time/pads-the-year", test_pads_the_year);
  g_test_add_func ("/date-time/takes-the-first-and-the-last-second", test_takes_the_first_and_the_last_second);
  g_test_add_func ("/date-time/seconds-outside-are-a-mistake", test_seconds_outside_are_a_mistake);
  g_test_add_func ("/date-time/edges-have-every-zone", test_edges_have_every_zone);
  g_test_add_func ("/date-time/keeps-every-microsecond", test_keeps_every_microsecond);
  g_test_add_func ("/date-time/seconds-are-rounded-down", test_seconds_are_rounded_down);
  g_test_add_func ("/date-time/the-zone-of-the-text-wins", test_the_zone_of_the_text_wins);
  g_test_add_func ("/date-time/round-trip/utc", test_round_trip_in_utc);
  g_test_add_data_func ("/date-time/round-trip/berlin", "Europe/Berlin", test_round_trip_in_zone);
  g_test_add_data_func ("/date-time/round-trip/new-york", "America/New_York", test_round_trip_in_zone);
  g_test_add_data_func ("/date-time/round-trip/each-hour/berlin", "Europe/Berlin",
                        test_round_trip_each_hour_of_a_year);
  g_test_add_data_func ("/date-time/round-trip/each-hour/new-york", "America/New_York",
                        test_round_trip_each_hour_of_a_year);
  g_test_add_data_func ("/date-time/round-trip/local/berlin", "Europe/Berlin",
                        test_round_trip_in_local_time);
  g_test_add_data_func ("/date-time/round-trip/local/new-york", "America/New_York",
                        test_round_trip_in_local_time);
  g_test_add_func ("/date-time/local-time-is-local", test_local_time_is_local);
  g_test_add_func ("/date-time/missing-hour-is-the-moment-of-the-change",
                   test_missing_hour_is_the_moment_of_the_change);
  g_test_add_func ("/date-time/doubled-hour-is-standard-time", test_doubled_hour_is_standard_time);
  g_test_add_func ("/date-time/equality-is-that-of-the-moment", test_equality_is_that_of_the_moment);
  g_test_add_func ("/date-time/is-a-value", test_is_a_value);
  g_test_add_func ("/date-time/unknown-form-is-kept", test_unknown_form_is_kept);
  g_test_add_func ("/date-time/is-the-epoch-by-default", test_is_the_epoch_by_default);
  g_test_add_func ("/date-time/nonsense-is-the-default", test_nonsense_is_the_default);
  g_test_add_func ("/date-time/normalize", test_normalize);

  return g_test_run ();
}
