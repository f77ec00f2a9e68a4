/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The text of a date, read by us and, where it knows the form, by GLib. */

#include "fuzz.h"

#include <string.h>
#include <xmlrpc-glib/xmlrpc-glib.h>

#include "values/xml-rpc-iso8601-private.h"

/* GLib reads hardly anything but what we read, too, and the same, but for its seconds: it
 * adds them up as a double, which may be the nearest to the next microsecond. */
static void
compare_with_glib (const char *text,
                   GDateTime  *read)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) other = g_date_time_new_from_iso8601 (text, utc);

  if (other != NULL)
    g_assert_cmpint (ABS (g_date_time_difference (read, other)), <=, 1);
}

/* A date that we write is read back, but for its fraction. */
static void
check_writing (GDateTime *date_time)
{
  g_autoptr (XmlRpcDateTime) written = xml_rpc_date_time_new (date_time);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (g_date_time_get_utc_offset (date_time) / G_USEC_PER_SEC);
  g_autoptr (GDateTime) again = xml_rpc_date_time_to_date_time (written, zone, &error);

  g_assert_no_error (error);
  g_assert_cmpint (g_date_time_to_unix (again), ==, g_date_time_to_unix (date_time));
}

static void
check_value (XmlRpcDateTime *date)
{
  g_autoptr (XmlRpcValue) value = NULL;
  g_autoptr (GError) error = NULL;

  value = xml_rpc_value_new (xml_rpc_value_get_variant (XML_RPC_VALUE (date)), &error);
  g_assert_no_error (error);
  g_assert_true (XML_RPC_IS_DATE_TIME (value));
  g_assert_true (xml_rpc_value_equal (value, XML_RPC_VALUE (date)));
}

static void
check_date (XmlRpcDateTime *date)
{
  const char *text = xml_rpc_date_time_get_iso8601 (date);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDateTime) date_time = xml_rpc_date_time_to_date_time (date, NULL, &error);
  gint64 seconds;

  /* An offset can lead out of the years that there are. */
  if (date_time == NULL)
    {
      g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE);
      g_assert_false (xml_rpc_date_time_to_unix (date, NULL, &seconds, NULL));
      return;
    }

  xml_rpc_date_time_to_unix (date, NULL, &seconds, &error);
  g_assert_no_error (error);
  g_assert_cmpint (seconds, ==, g_date_time_to_unix (date_time));
  compare_with_glib (text, date_time);
  check_writing (date_time);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  FuzzInput input = fuzz_input_begin (data, size);
  g_autofree char *text = fuzz_input_take_line (&input);
  g_autofree char *other = fuzz_input_take_text (&input);
  g_autoptr (GError) error = NULL;
  g_autoptr (XmlRpcDateTime) date = NULL;

  g_assert_cmpint (xml_rpc_iso8601_equal (text, other), ==, xml_rpc_iso8601_equal (other, text));

  date = xml_rpc_date_time_new_from_iso8601 (text, &error);
  if (date == NULL)
    {
      g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE);
      fuzz_assert_error (error);
      return 0;
    }

  g_assert_no_error (error);
  g_assert_cmpstr (xml_rpc_date_time_get_iso8601 (date), ==, text);
  check_value (date);
  check_date (date);

  return 0;
}
