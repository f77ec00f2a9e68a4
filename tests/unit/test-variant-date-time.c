/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <xmlrpc-glib/xmlrpc-glib.h>

static GVariant *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  GVariant *value = g_variant_parse (NULL, text, NULL, NULL, &error);

  g_assert_no_error (error);
  return value;
}

static const struct
{
  const char *value;
  const char *expected;
} dates[] = {
  { "(objectpath '/xmlrpc/dateTime', '19980717T14:08:55')", "1998-07-17T14:08:55+01" },
  { "<<(objectpath '/xmlrpc/dateTime', '19980717T14:08:55')>>", "1998-07-17T14:08:55+01" },
  { "@m(os) (objectpath '/xmlrpc/dateTime', '19980717T14:08:55')", "1998-07-17T14:08:55+01" },
  { "'1998-07-17'", "1998-07-17T00:00:00+01" },
  { "(objectpath '/xmlrpc/dateTime', '19980717T14:08:55.25Z')", "1998-07-17T14:08:55.250000Z" },
};

static void
test_get (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (3600);

  for (gsize i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autoptr (GVariant) value = parse (dates[i].value);
      g_autoptr (GError) error = NULL;
      g_autoptr (GDateTime) date = xml_rpc_variant_get_date_time (value, zone, &error);
      g_autofree char *text = date != NULL ? g_date_time_format_iso8601 (date) : NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, dates[i].expected);
    }
}

static void
test_floating (void)
{
  g_autoptr (GDateTime) date = xml_rpc_variant_get_date_time (g_variant_new_string ("19980717T14:08:55"), NULL, NULL);
  g_autoptr (GDateTime) member = xml_rpc_variant_lookup_date_time (g_variant_new_parsed ("{'date': '19980717T14:08:55'}"),
                                                                   "date", NULL, NULL);

  g_assert_true (g_date_time_equal (date, member));
}

static const struct
{
  const char *value;
  int         code;
  const char *message;
} errors[] = {
  { "5", XML_RPC_ERROR_TYPE_MISMATCH, "expected dateTime.iso8601, got int" },
  { "@mv nothing", XML_RPC_ERROR_TYPE_MISMATCH, "expected dateTime.iso8601, got nil" },
  { "(objectpath '/xmlrpc/biginteger', '5')", XML_RPC_ERROR_TYPE_MISMATCH, "expected dateTime.iso8601, got biginteger" },
  { "handle 1", XML_RPC_ERROR_UNSUPPORTED_TYPE, "value: XML-RPC has no form for the type \"h\"" },
  { "(objectpath '/xmlrpc/dateTime', '19980231T00:00:00')", XML_RPC_ERROR_INVALID_VALUE,
    "expected a date such as 19980717T14:08:55, got \"19980231T00:00:00\": there is no such day" },
};

static void
test_errors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autoptr (GVariant) value = parse (errors[i].value);
      g_autoptr (GError) error = NULL;

      g_assert_null (xml_rpc_variant_get_date_time (value, NULL, &error));
      g_assert_cmpstr (error->message, ==, errors[i].message);
      g_assert_error (error, XML_RPC_ERROR, errors[i].code);
    }
}

static void
test_lookup (void)
{
  static const char * const dicts[] = {
    "{'date': <(objectpath '/xmlrpc/dateTime', '19980717T14:08:55')>, 'date': <'19990101'>}",
    "{'date': '19980717T14:08:55'}",
    "<{'other': <1>, 'date': <<'19980717T14:08:55'>>}>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (dicts); i++)
    {
      g_autoptr (GVariant) dict = parse (dicts[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (GDateTime) date = xml_rpc_variant_lookup_date_time (dict, "date", NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpint (g_date_time_to_unix (date), ==, 900684535);
    }
}

static const struct
{
  const char *dict;
  const char *message;
} lookup_errors[] = {
  { "[1]", "expected struct, got array" },
  { "{'other': <1>}", "date: expected dateTime.iso8601, got a struct without this member" },
  { "{'date': <1>}", "date: expected dateTime.iso8601, got int" },
};

static void
test_lookup_errors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lookup_errors); i++)
    {
      g_autoptr (GVariant) dict = parse (lookup_errors[i].dict);
      g_autoptr (GError) error = NULL;

      g_assert_null (xml_rpc_variant_lookup_date_time (dict, "date", NULL, &error));
      g_assert_cmpstr (error->message, ==, lookup_errors[i].message);
      g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_TYPE_MISMATCH);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/variant-date-time/get", test_get);
  g_test_add_func ("/variant-date-time/floating", test_floating);
  g_test_add_func ("/variant-date-time/errors", test_errors);
  g_test_add_func ("/variant-date-time/lookup", test_lookup);
  g_test_add_func ("/variant-date-time/lookup-errors", test_lookup_errors);

  return g_test_run ();
}
