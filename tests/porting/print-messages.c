/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Prints what libsoup 2.4's XML-RPC makes of many messages: the real one where
 * WITH_LIBSOUP_2_4 is defined, ours otherwise. Both have to print the same. It is
 * compiled as C and as C++. What is printed ends in a form feed. */

#ifdef WITH_LIBSOUP_2_4
#include <libsoup/soup.h>
#else
#include <xmlrpc-glib/xml-rpc-soup2.h>
#endif

static const char *
get_domain (const GError *error)
{
  if (error->domain == SOUP_XMLRPC_ERROR)
    return "error";
  return error->domain == SOUP_XMLRPC_FAULT ? "fault" : "other";
}

static void
print_text (char    *text,
            GError **error)
{
  if (text != NULL)
    g_print ("%s\f", text);
  else
    g_print ("%s %d\f", get_domain (*error), (*error)->code);

  g_free (text);
  g_clear_error (error);
}

static void
print_value (GVariant  *value,
             GError   **error)
{
  if (value != NULL)
    {
      char *text = g_variant_print (value, TRUE);

      g_print ("%s%s\f", text, g_variant_is_floating (value) ? " (floating)" : "");
      g_free (text);
      g_variant_unref (value);
    }
  else
    {
      g_print ("%s %d%s%s\f", get_domain (*error), (*error)->code,
               (*error)->domain == SOUP_XMLRPC_FAULT ? " " : "",
               (*error)->domain == SOUP_XMLRPC_FAULT ? (*error)->message : "");
      g_clear_error (error);
    }
}

static const char * const values[] = {
  "true", "false",
  "byte 42", "int16 -5", "uint16 65535", "-2147483648", "uint32 4294967295", "int64 9223372036854775807",
  "0.0", "1.5", "-0.25", "100000.0",
  "''", "'text'", "'<>&'", "'&amp; so is &lt;this&gt;'", "' a  b '", "'\\n\\tä€🐍'",
  "<5>", "<<'x'>>",
  "b'bytestring'", "@ay []", "[byte 0, 1, 255]",
  "[1, 2, 3]", "@ai []", "@as []", "['a', 'b']", "[<1>, <'a'>, <[<true>]>]", "[[1], [2, 3]]",
  "()", "(1, 'a')", "((1, 2), 3.5)", "('a',)",
  "@a{sv} {}", "{'one': 1}", "{'one': <1>, 'two': <'2'>}", "[{'one', 1}, {'two', 2}]", "{'a&b': <[<{'c': <5>}>]>}",
  "{'one', 1}", "[{'n': <1>}, {'n': <2>}]",
  "{1: 2}", "{byte 1: 's'}", "@h handle 0",
};

static void
print_encoded (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      GVariant *value = g_variant_parse (NULL, values[i], NULL, NULL, NULL);
      GError *error = NULL;

      g_assert (value != NULL);
      print_text (soup_xmlrpc_build_response (value, &error), &error);
      print_text (soup_xmlrpc_build_request ("MyMethod", g_variant_new ("(sv)", "first", value), &error), &error);
      g_variant_unref (value);
    }
}

#define PARAM(value) "<param><value>" value "</value></param>"
#define STRUCT "<struct><member><name>one</name><value><int>1</int></value></member>" \
               "<member><name>two</name><value><int>2</int></value></member></struct>"
#define ARRAY "<array><data><value><int>1</int></value><value><int>2</int></value></data></array>"

static const struct
{
  const char *params;
  const char *signatures[12];
} requests[] = {
  { "", { NULL, "av", "()", "(i)" } },
  { "<params/>", { NULL, "av", "()", "v", "(i)", "as", "i" } },
  { "<params>" PARAM ("<int>1</int>") "</params>",
    { NULL, "av", "v", "(i)", "(y)", "(n)", "(q)", "(u)", "(x)", "(t)", "(v)", "(s)" } },
  { "<params>" PARAM ("<i4>-1</i4>") "</params>", { NULL, "(i)", "(y)", "(n)", "(q)", "(u)", "(x)" } },
  { "<params>" PARAM ("<i8>5000000000</i8>") "</params>", { NULL, "(i)", "(x)", "(t)", "(u)", "(v)" } },
  { "<params>" PARAM ("<int>255</int>") PARAM ("<int>256</int>") "</params>",
    { NULL, "(ii)", "(yy)", "(yn)", "(i)", "(iii)", "ai", "aq", "ay", "as", "(ss)", "(i(i))" } },
  { "<params>" PARAM ("<boolean>1</boolean>") PARAM ("<boolean>0</boolean>") "</params>",
    { NULL, "(bb)", "ab", "(ib)", "(vv)", "(bs)" } },
  { "<params>" PARAM ("<boolean>2</boolean>") "</params>", { NULL, "(b)", "(v)", "ab" } },
  { "<params>" PARAM ("<int>99999999999999999999</int>") "</params>", { NULL, "(i)", "(v)", "ai" } },
  { "<params>" PARAM ("<int>five</int>") "</params>", { NULL, "(i)" } },
  { "<params>" PARAM ("<double>1.5</double>") PARAM ("<double>-2e3</double>") "</params>",
    { NULL, "(dd)", "ad", "(di)", "(vd)" } },
  { "<params>" PARAM ("<string>text</string>") PARAM ("<string>&lt;&gt;&amp;</string>") PARAM ("<string/>") PARAM ("")
    "</params>",
    { NULL, "(ssss)", "as", "(sssv)", "(sssi)" } },
  { "<params>" PARAM ("<base64>Ynl0ZXN0cmluZwA=</base64>") "</params>", { NULL, "(ay)", "(v)", "aay", "(s)", "(ai)" } },
  { "<params>" PARAM (STRUCT) "</params>",
    { NULL, "(a{sv})", "(a{si})", "(a{sx})", "(v)", "(a{ss})", "(a{iv})", "(as)", "(i)", "aa{sv}", "aa{sy}" } },
  { "<params>" PARAM (ARRAY) "</params>",
    { NULL, "(av)", "(ai)", "((ii))", "((iy))", "(v)", "(as)", "((i))", "((iii))", "(a{sv})", "aai", "(x)" } },
  { "<params>" PARAM ("<array><data/></array>") "</params>",
    { NULL, "(av)", "(ai)", "(aa{sv})", "(())", "(v)", "(as)" } },
  { "<params>" PARAM ("<dateTime.iso8601>20150612T22:08:29</dateTime.iso8601>") "</params>", { "(i)", "(a{sv})" } },
  { "<params>" PARAM (ARRAY) PARAM (STRUCT) PARAM ("<string>a</string>") "</params>",
    { NULL, "(aia{si}s)", "(vvv)", "(vvs)", "(ava{sv}s)", "(aia{si})" } },
};

static void
print_request (const char *params,
               const char *signature)
{
  char *text = g_strdup_printf ("<?xml version=\"1.0\"?>\n<methodCall><methodName>a.b</methodName>%s</methodCall>",
                                params);
  SoupXMLRPCParams *parsed = NULL;
  GError *error = NULL;
  char *method_name = soup_xmlrpc_parse_request (text, -1, &parsed, &error);
  GVariant *value;

  g_assert (method_name != NULL);
  value = soup_xmlrpc_params_parse (parsed, signature, &error);
  g_print ("%s %s: ", method_name, signature != NULL ? signature : "any");
  print_value (value, &error);

  soup_xmlrpc_params_free (parsed);
  g_free (method_name);
  g_free (text);
}

static void
print_requests (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      const char * const *signatures = requests[i].signatures;

      for (gsize j = 0; j == 0 || (j < G_N_ELEMENTS (requests[i].signatures) && signatures[j] != NULL); j++)
        print_request (requests[i].params, signatures[j]);
    }
}

static const char * const broken_requests[] = {
  "", "text", "<methodCall>", "<methodCall/>", "<methodCall><params/></methodCall>", "<methodResponse/>",
  "<methodCall><methodName>a</methodName><x/></methodCall>",
};

static void
print_broken_requests (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (broken_requests); i++)
    {
      SoupXMLRPCParams *params = NULL;
      GError *error = NULL;

      print_text (soup_xmlrpc_parse_request (broken_requests[i], (int) strlen (broken_requests[i]), &params, &error),
                  &error);
      g_assert (params == NULL);
    }
}

#define RESPONSE(value) "<methodResponse><params>" PARAM (value) "</params></methodResponse>"
#define FAULT(members) "<methodResponse><fault><value><struct>" members "</struct></value></fault></methodResponse>"
#define CODE "<member><name>faultCode</name><value><int>4</int></value></member>"
#define STRING "<member><name>faultString</name><value><string>Too many &lt;params&gt;.</string></value></member>"

static const struct
{
  const char *text;
  const char *signature;
} responses[] = {
  { RESPONSE ("<int>5</int>"), NULL },
  { RESPONSE ("<int>5</int>"), "i" },
  { RESPONSE ("<int>5</int>"), "x" },
  { RESPONSE ("<int>5</int>"), "y" },
  { RESPONSE ("<int>5</int>"), "v" },
  { RESPONSE ("<int>5</int>"), "s" },
  { RESPONSE ("<int>5</int>"), "()" },
  { RESPONSE ("<int>5</int>"), "b" },
  { RESPONSE ("<string>text</string>"), NULL },
  { RESPONSE ("<string>text</string>"), "s" },
  { RESPONSE (STRUCT), NULL },
  { RESPONSE (STRUCT), "a{si}" },
  { RESPONSE (STRUCT), "a{ss}" },
  { RESPONSE (ARRAY), NULL },
  { RESPONSE (ARRAY), "ai" },
  { RESPONSE (ARRAY), "(ii)" },
  { RESPONSE (ARRAY), "(iii)" },
  { RESPONSE (ARRAY), "as" },
  { RESPONSE ("<base64>AAEC/w==</base64>"), NULL },
  { RESPONSE ("<base64>AAEC/w==</base64>"), "ay" },
  { RESPONSE ("<double>0.1</double>"), "d" },
  { RESPONSE ("<boolean>1</boolean>"), "b" },
  { RESPONSE ("<i8>-9223372036854775808</i8>"), NULL },
  { RESPONSE ("<i8>-9223372036854775808</i8>"), "i" },
  { RESPONSE ("<what/>"), NULL },
  { FAULT (CODE STRING), NULL },
  { FAULT (CODE STRING), "a{sv}" },
  { "<methodCall/>", NULL },
  { "<html", NULL },
};

static void
print_responses (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (responses); i++)
    {
      GError *error = NULL;

      print_value (soup_xmlrpc_parse_response (responses[i].text, (int) strlen (responses[i].text),
                                               responses[i].signature, &error), &error);
      print_value (soup_xmlrpc_parse_response (responses[i].text, -1, responses[i].signature, &error), &error);
    }
}

static void
print_faults (void)
{
  char *text = soup_xmlrpc_build_fault (SOUP_XMLRPC_FAULT_SERVER_ERROR_INVALID_METHOD_PARAMETERS,
                                        "%s: <%d> & %s", "error", 5, "ä");
  GError *error = NULL;

  print_value (soup_xmlrpc_parse_response (text, -1, NULL, &error), &error);
  print_text (text, NULL);
}

#ifdef WITH_LIBSOUP_2_4
typedef SoupDate Date;

static Date *
create_date (void)
{
  return soup_date_new (2015, 6, 12, 22, 8, 29);
}

static char *
format_date (Date *date)
{
  return soup_date_to_string (date, SOUP_DATE_ISO8601_XMLRPC);
}

static void
free_date (Date *date)
{
  soup_date_free (date);
}
#else
typedef GDateTime Date;

static Date *
create_date (void)
{
  return g_date_time_new_utc (2015, 6, 12, 22, 8, 29);
}

static char *
format_date (Date *date)
{
  return g_date_time_format (date, "%Y%m%dT%H:%M:%S");
}

static void
free_date (Date *date)
{
  g_date_time_unref (date);
}
#endif

static void
print_date (GVariant *variant)
{
  GError *error = NULL;
  Date *date = soup_xmlrpc_variant_get_datetime (variant, &error);

  if (date != NULL)
    {
      print_text (format_date (date), NULL);
      free_date (date);
    }
  else
    {
      print_text (NULL, &error);
    }
}

static void
print_dates (void)
{
  static const char * const texts[] = {
    "20150612T22:08:29", "2015-06-12T22:08:29", "20150612T220829", "20150612T22:08:29Z", "20150612T22:08:29+0200",
    "20151312T22:08:29", "yesterday", "",
  };
  Date *date = create_date ();
  GVariant *variant = soup_xmlrpc_variant_new_datetime (date);
  GError *error = NULL;

  g_assert (g_variant_is_floating (variant));
  g_variant_ref_sink (variant);
  print_date (variant);
  print_text (soup_xmlrpc_build_request ("a.b", g_variant_new ("(vs@*)", variant, "", variant), &error), &error);
  g_variant_unref (variant);
  free_date (date);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      char *text = g_strdup_printf (RESPONSE ("<dateTime.iso8601>%s</dateTime.iso8601>"), texts[i]);

      variant = soup_xmlrpc_parse_response (text, -1, NULL, &error);
      g_assert_no_error (error);
      print_date (variant);
      g_variant_unref (variant);
      g_free (text);
    }

  variant = g_variant_ref_sink (g_variant_new_string ("20150612T22:08:29"));
  print_date (variant);
  g_variant_unref (variant);
}

int
main (void)
{
  print_encoded ();
  print_requests ();
  print_broken_requests ();
  print_responses ();
  print_faults ();
  print_dates ();

  return 0;
}
