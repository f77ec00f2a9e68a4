/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The porting header in a client and a server, as libsoup 2.4's own test programs
 * use XML-RPC. That it makes the same of messages, print-messages.c shows. */

#include <xmlrpc-glib/xml-rpc-soup2.h>

#define PATH "/xmlrpc-server.php"

typedef struct
{
  SoupServer  *server;
  SoupSession *session;
  char        *uri;
} Fixture;

/* The server's methods. */

static GVariant *
parse_params (SoupServerMessage *message,
              SoupXMLRPCParams  *params,
              const char        *signature)
{
  g_autoptr (GError) error = NULL;
  GVariant *args = soup_xmlrpc_params_parse (params, signature, &error);

  if (args == NULL)
    soup_xmlrpc_message_set_fault (message, SOUP_XMLRPC_FAULT_SERVER_ERROR_INVALID_METHOD_PARAMETERS,
                                   "Wrong method signature: expected %s: %s", signature, error->message);

  return args;
}

static void
set_response (SoupServerMessage *message,
              GVariant          *value)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (soup_xmlrpc_message_set_response (message, value, &error));
  g_assert_no_error (error);
}

static void
do_sum (SoupServerMessage *message,
        SoupXMLRPCParams  *params)
{
  g_autoptr (GVariant) args = parse_params (message, params, "(ad)");
  g_autoptr (GVariantIter) iter = NULL;
  double sum = 0.0;
  double number;

  if (args == NULL)
    return;

  g_variant_get (args, "(ad)", &iter);
  while (g_variant_iter_next (iter, "d", &number))
    sum += number;

  set_response (message, g_variant_new_double (sum));
}

static void
do_count_bools (SoupServerMessage *message,
                SoupXMLRPCParams  *params)
{
  g_autoptr (GVariant) args = parse_params (message, params, "(ab)");
  g_autoptr (GVariantIter) iter = NULL;
  GVariantDict counts;
  int count[2] = { 0, 0 };
  gboolean value;

  if (args == NULL)
    return;

  g_variant_get (args, "(ab)", &iter);
  while (g_variant_iter_next (iter, "b", &value))
    count[value]++;

  g_variant_dict_init (&counts, NULL);
  g_variant_dict_insert (&counts, "false", "i", count[FALSE]);
  g_variant_dict_insert (&counts, "true", "i", count[TRUE]);
  set_response (message, g_variant_dict_end (&counts));
}

/* Returns a date with another year. */
static void
do_date_change (SoupServerMessage *message,
                SoupXMLRPCParams  *params)
{
  g_autoptr (GVariant) args = parse_params (message, params, "(va{si})");
  g_autoptr (GVariant) timestamp = NULL;
  g_autoptr (GVariant) changes = NULL;
  g_autoptr (GDateTime) date = NULL;
  g_autoptr (GDateTime) changed = NULL;
  g_autoptr (GError) error = NULL;
  int year;

  if (args == NULL)
    return;

  g_variant_get (args, "(v@a{si})", &timestamp, &changes);
  date = soup_xmlrpc_variant_get_datetime (timestamp, &error);
  if (date == NULL)
    {
      soup_xmlrpc_message_set_fault (message, SOUP_XMLRPC_FAULT_SERVER_ERROR_INVALID_METHOD_PARAMETERS,
                                     "%s", error->message);
      return;
    }

  g_assert_true (g_variant_lookup (changes, "tm_year", "i", &year));
  changed = g_date_time_add_years (date, year + 1900 - g_date_time_get_year (date));
  set_response (message, soup_xmlrpc_variant_new_datetime (changed));
}

static void
do_echo (SoupServerMessage *message,
         SoupXMLRPCParams  *params)
{
  g_autoptr (GVariant) args = parse_params (message, params, "(as)");
  g_autoptr (GVariant) strings = NULL;

  if (args == NULL)
    return;

  g_variant_get (args, "(@as)", &strings);
  set_response (message, strings);
}

static void
do_ping (SoupServerMessage *message,
         SoupXMLRPCParams  *params)
{
  g_autoptr (GVariant) args = parse_params (message, params, "()");

  if (args != NULL)
    set_response (message, g_variant_new_string ("pong"));
}

/* What has no form in XML-RPC is an error for the server. */
static void
do_fail (SoupServerMessage *message,
         SoupXMLRPCParams  *params)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (soup_xmlrpc_message_set_response (message, g_variant_new_handle (0), &error));
  g_assert_error (error, SOUP_XMLRPC_ERROR, SOUP_XMLRPC_ERROR_ARGUMENTS);
  soup_xmlrpc_message_set_fault (message, -7, "%s \x01", "not for XML:");
}

static const struct
{
  const char *name;
  void      (*answer) (SoupServerMessage *message,
                       SoupXMLRPCParams  *params);
} methods[] = {
  { "sum", do_sum },
  { "countBools", do_count_bools },
  { "dateChange", do_date_change },
  { "echo", do_echo },
  { "ping", do_ping },
  { "fail", do_fail },
};

static void
answer_request (SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (SoupXMLRPCParams) params = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *method_name = soup_xmlrpc_parse_request (body->data, (int) body->length, &params, &error);

  if (method_name == NULL)
    {
      soup_xmlrpc_message_set_fault (message, SOUP_XMLRPC_FAULT_PARSE_ERROR_NOT_WELL_FORMED,
                                     "Could not parse method call: %s", error->message);
      return;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      if (g_str_equal (methods[i].name, method_name))
        {
          methods[i].answer (message, params);
          return;
        }
    }

  soup_xmlrpc_message_set_fault (message, SOUP_XMLRPC_FAULT_SERVER_ERROR_REQUESTED_METHOD_NOT_FOUND,
                                 "Unknown method %s", method_name);
}

static void
server_callback (SoupServer        *server,
                 SoupServerMessage *message,
                 const char        *path,
                 GHashTable        *query,
                 gpointer           user_data)
{
  if (soup_server_message_get_method (message) == SOUP_METHOD_POST)
    answer_request (message);
  else
    soup_server_message_set_status (message, SOUP_STATUS_NOT_IMPLEMENTED, NULL);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  fixture->session = soup_session_new ();
  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, PATH, server_callback, NULL, NULL);
  soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);

  uris = soup_server_get_uris (fixture->server);
  fixture->uri = g_strdup_printf ("http://127.0.0.1:%d" PATH, g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  soup_session_abort (fixture->session);
  soup_server_disconnect (fixture->server);
  g_object_unref (fixture->session);
  g_object_unref (fixture->server);
  g_free (fixture->uri);
}

/* The client. */

static void
on_sent (GObject      *session,
         GAsyncResult *result,
         gpointer      user_data)
{
  GBytes **body = user_data;
  g_autoptr (GError) error = NULL;

  *body = soup_session_send_and_read_finish (SOUP_SESSION (session), result, &error);
  g_assert_no_error (error);
}

static GVariant *
send_message (Fixture      *fixture,
              SoupMessage  *message,
              const char   *signature,
              GError      **error)
{
  g_autoptr (GBytes) body = NULL;

  soup_session_send_and_read_async (fixture->session, message, G_PRIORITY_DEFAULT, NULL, on_sent, &body);
  while (body == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpuint (soup_message_get_status (message), ==, SOUP_STATUS_OK);
  g_assert_cmpstr (soup_message_headers_get_one (soup_message_get_response_headers (message), "Content-Type"),
                   ==, "text/xml");

  return soup_xmlrpc_parse_response (g_bytes_get_data (body, NULL), (int) g_bytes_get_size (body), signature, error);
}

static GVariant *
try_call (Fixture     *fixture,
          const char  *method_name,
          GVariant    *params,
          const char  *signature,
          GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (SoupMessage) message = soup_xmlrpc_message_new (fixture->uri, method_name, params, &local_error);

  g_assert_no_error (local_error);
  return send_message (fixture, message, signature, error);
}

static GVariant *
call (Fixture    *fixture,
      const char *method_name,
      GVariant   *params,
      const char *signature)
{
  g_autoptr (GError) error = NULL;
  GVariant *value = try_call (fixture, method_name, params, signature, &error);

  g_assert_no_error (error);
  return value;
}

static void
test_sum (Fixture       *fixture,
          gconstpointer  user_data)
{
  g_autoptr (GVariant) sum = call (fixture, "sum", g_variant_new_parsed ("([1.5, 2.25, -0.75],)"), "d");

  g_assert_cmpfloat (g_variant_get_double (sum), ==, 3.0);
}

static void
test_count_bools (Fixture       *fixture,
                  gconstpointer  user_data)
{
  g_autoptr (GVariant) counts = call (fixture, "countBools", g_variant_new_parsed ("([true, false, true],)"), "a{si}");
  int n_true, n_false;

  g_assert_cmpuint (g_variant_n_children (counts), ==, 2);
  g_assert_true (g_variant_lookup (counts, "true", "i", &n_true));
  g_assert_true (g_variant_lookup (counts, "false", "i", &n_false));
  g_assert_cmpint (n_true, ==, 2);
  g_assert_cmpint (n_false, ==, 1);
}

static void
test_date_change (Fixture       *fixture,
                  gconstpointer  user_data)
{
  g_autoptr (GDateTime) date = g_date_time_new_local (2015, 6, 12, 22, 8, 29);
  g_autoptr (GVariant) value = call (fixture, "dateChange",
                                     g_variant_new ("(v@a{si})", soup_xmlrpc_variant_new_datetime (date),
                                                    g_variant_new_parsed ("{'tm_year': 99}")),
                                     NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDateTime) changed = soup_xmlrpc_variant_get_datetime (value, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = g_date_time_format (changed, "%Y-%m-%d %H:%M:%S%z");
  g_assert_cmpstr (text, ==, "1999-06-12 22:08:29+0000");
}

static void
test_echo (Fixture       *fixture,
           gconstpointer  user_data)
{
  static const char * const strings[] = {
    "This is a test", "& so is this", "and so is <this>", "&amp; so is &lt;this&gt;", NULL
  };
  g_autoptr (GVariant) value = call (fixture, "echo", g_variant_new ("(^as)", strings), "as");
  g_autofree const char **echoed = g_variant_get_strv (value, NULL);

  g_assert_cmpstrv (echoed, strings);
}

static void
test_ping (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_autoptr (GVariant) pong = call (fixture, "ping", g_variant_new ("()"), "s");

  g_assert_cmpstr (g_variant_get_string (pong, NULL), ==, "pong");
}

static void
test_faults (Fixture       *fixture,
             gconstpointer  user_data)
{
  static const struct
  {
    const char *method_name;
    const char *params;
    int         code;
    const char *message;
  } faults[] = {
    { "no_such_method", "(1,)", SOUP_XMLRPC_FAULT_SERVER_ERROR_REQUESTED_METHOD_NOT_FOUND,
      "Unknown method no_such_method" },
    { "sum", "(1,)", SOUP_XMLRPC_FAULT_SERVER_ERROR_INVALID_METHOD_PARAMETERS,
      "Wrong method signature: expected (ad): params[0]: expected array, got int (line 2)" },
    { "dateChange", "('1999', {'tm_year': 99})", SOUP_XMLRPC_FAULT_SERVER_ERROR_INVALID_METHOD_PARAMETERS,
      "expected a dateTime.iso8601, got a value of the type \"s\"" },
    { "fail", "()", -7, "(a message that XML cannot carry)" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;
      GVariant *params = g_variant_parse (NULL, faults[i].params, NULL, NULL, NULL);
      g_autoptr (GVariant) value = try_call (fixture, faults[i].method_name, params, NULL, &error);

      g_assert_null (value);
      g_assert_error (error, SOUP_XMLRPC_FAULT, faults[i].code);
      g_assert_error (error, XML_RPC_FAULT, faults[i].code);
      g_assert_cmpstr (error->message, ==, faults[i].message);
      g_variant_unref (params);
    }
}

static void
test_malformed (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_POST, fixture->uri);
  g_autoptr (GBytes) body = g_bytes_new_static ("<methodCall/>", 13);
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GError) error = NULL;

  soup_message_set_request_body_from_bytes (message, "text/xml", body);
  value = send_message (fixture, message, "()", &error);
  g_assert_null (value);
  g_assert_error (error, SOUP_XMLRPC_FAULT, SOUP_XMLRPC_FAULT_PARSE_ERROR_NOT_WELL_FORMED);
}

/* Messages. */

static void
test_message_errors (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (soup_xmlrpc_message_new ("no uri", "ping", g_variant_new ("()"), &error));
  g_assert_error (error, SOUP_XMLRPC_ERROR, SOUP_XMLRPC_ERROR_ARGUMENTS);
  g_clear_error (&error);

  g_assert_null (soup_xmlrpc_message_new ("http://localhost/", "ping", g_variant_new ("(h)", 0), &error));
  g_assert_error (error, SOUP_XMLRPC_ERROR, SOUP_XMLRPC_ERROR_ARGUMENTS);
}

/* The name alone, and a text that does not end in a zero byte. */
static void
test_parse_request_name (void)
{
  const char text[] = "<methodCall><methodName>ping</methodName></methodCall> and more";
  g_autoptr (GError) error = NULL;
  g_autofree char *method_name = soup_xmlrpc_parse_request (text, (int) strlen (text) - 9, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (method_name, ==, "ping");

  g_assert_null (soup_xmlrpc_parse_request (text, -1, NULL, &error));
  g_assert_error (error, SOUP_XMLRPC_ERROR, SOUP_XMLRPC_ERROR_ARGUMENTS);
}

static char *
parse_text (const char *value,
            const char *signature)
{
  g_autofree char *text = g_strdup_printf ("<methodCall><methodName>a</methodName><params><param><value>%s</value>"
                                           "</param></params></methodCall>", value);
  g_autoptr (SoupXMLRPCParams) params = NULL;
  g_autoptr (GVariant) parsed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *method_name = soup_xmlrpc_parse_request (text, -1, &params, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (method_name, ==, "a");
  parsed = soup_xmlrpc_params_parse (params, signature, &error);
  if (parsed != NULL)
    return g_variant_print (parsed, TRUE);

  g_assert_error (error, SOUP_XMLRPC_ERROR, SOUP_XMLRPC_ERROR_ARGUMENTS);
  return g_steal_pointer (&error->message);
}

/* Where the header differs from libsoup 2.4: it reads more, and refuses more that
 * is wrong. */
static void
test_differences (void)
{
  static const struct
  {
    const char *value;
    const char *signature;
    const char *printed;
  } differences[] = {
    { "untyped", NULL, "[<'untyped'>]" },
    { "<nil/>", "(v)", "(<@mv nothing>,)" },
    { "<int>5</int>", "(d)", "(5.0,)" },
    { "<int>5</int>", "(mi)", "(@mi 5,)" },
    { "<dateTime.iso8601>20150612T22:08:29</dateTime.iso8601>", "(s)", "('20150612T22:08:29',)" },
    { "<int>-1</int>", "(t)", "params[0]: expected an integer from 0 to 9223372036854775807, got -1 (line 1)" },
    { "<int>4294967296</int>", "(x)", "(int64 4294967296,)" },
    { "<base64>?</base64>", "(ay)", "params[0]: expected base64, got the character ? (line 1)" },
    { "<int>5</int>", "(*)", "expected the type of a value, got \"(*)\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (differences); i++)
    {
      g_autofree char *printed = parse_text (differences[i].value, differences[i].signature);

      g_assert_cmpstr (printed, ==, differences[i].printed);
    }
}

/* Types that libsoup 2.4 refused to write. */
static void
test_more_types (void)
{
  g_autoptr (GError) error = NULL;
  GVariant *params = g_variant_new_parsed ("(uint64 5, objectpath '/a', @mi nothing)");
  g_autofree char *text = soup_xmlrpc_build_request ("a", params, &error);

  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "<i8>5</i8>"));
  g_assert_nonnull (strstr (text, "<string>/a</string>"));
  g_assert_nonnull (strstr (text, "<nil/>"));
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void      (*func) (Fixture *, gconstpointer);
  } calls[] = {
    { "/soup2/call/sum", test_sum },
    { "/soup2/call/count-bools", test_count_bools },
    { "/soup2/call/date-change", test_date_change },
    { "/soup2/call/echo", test_echo },
    { "/soup2/call/ping", test_ping },
    { "/soup2/call/faults", test_faults },
    { "/soup2/call/malformed", test_malformed },
  };

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    g_test_add (calls[i].path, Fixture, NULL, set_up, calls[i].func, tear_down);
  g_test_add_func ("/soup2/message-errors", test_message_errors);
  g_test_add_func ("/soup2/parse-request/name", test_parse_request_name);
  g_test_add_func ("/soup2/differences", test_differences);
  g_test_add_func ("/soup2/more-types", test_more_types);

  return g_test_run ();
}
