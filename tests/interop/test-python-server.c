/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Against the XML-RPC server of Python's own library. */

#include <float.h>
#include <math.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "caller.h"
#include "peer.h"

#define PATTERN "0123456789 abcdef <&> \303\251 \360\237\220\215\n"
#define TEN_MEGABYTES (10 * 1000 * 1000)

static Peer *server;

static XmlRpcServerProxy *
connect_to (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = g_uri_resolve_relative (peer_get_line (server), path,
                                                 G_URI_FLAGS_NONE, &error);
  XmlRpcServerProxy *proxy;

  g_assert_no_error (error);
  proxy = xml_rpc_server_proxy_new (uri, &error);
  g_assert_no_error (error);

  return proxy;
}

static void
assert_variant (GVariant   *variant,
                const char *expected)
{
  g_autofree char *text = g_variant_print (variant, TRUE);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_describes (XmlRpcServerProxy *proxy,
                  const Caller      *caller,
                  GVariant          *value,
                  const char        *expected)
{
  g_autoptr (GVariant) reply = caller_call_ok (caller, proxy, "describe",
                                               g_variant_new_tuple (&value, 1), "s");

  g_assert_cmpstr (g_variant_get_string (reply, NULL), ==, expected);
}

/* The same value as GVariant's text format and as Python write it. */
static const struct
{
  const char *variant;
  const char *python;
} values[] = {
  { "0", "0" },
  { "-1", "-1" },
  { "2147483647", "2147483647" },
  { "-2147483648", "-2147483648" },
  { "true", "True" },
  { "false", "False" },
  { "0.0", "0.0" },
  { "1.0", "1.0" },
  { "-0.10000000000000001", "-0.1" },
  { "3.1415926535897931", "3.141592653589793" },
  { "1.7976931348623157e+308", "1.7976931348623157e+308" },
  { "2.2250738585072014e-308", "2.2250738585072014e-308" },
  { "''", "''" },
  { "'  two  spaces  '", "'  two  spaces  '" },
  { "'<a href=\"x\">&amp;</a> ]]>'", "'<a href=\"x\">&amp;</a> ]]>'" },
  { "'Z\303\274rich \345\236\213 \360\237\220\215 \360\235\222\263'",
    "'Z\303\274rich \345\236\213 \360\237\220\215 \360\235\222\263'" },
  { "'line\\n\\ttab\\n'", "'line\\n\\ttab\\n'" },
  { "@ay []", "b''" },
  { "[byte 0x00, 0x01, 0x41, 0xff]", "b'\\x00\\x01A\\xff'" },
  { "@mv nothing", "None" },
  { "@av []", "[]" },
  { "[<1>, <'a'>, <2.5>, <true>]", "[1, 'a', 2.5, True]" },
  { "[<@av []>, <[<@av []>, <@mv nothing>]>]", "[[], [[], None]]" },
  { "@a{sv} {}", "{}" },
  { "{'': <1>, 'b c': <'<&>'>, '\360\237\220\215': <[byte 0xff]>}",
    "{'': 1, 'b c': '<&>', '\360\237\220\215': b'\\xff'}" },
  { "{'list': <[<{'name': <'x'>, 'empty': <@a{sv} {}>}>, <[<1>, <2>]>]>, 'nil': <@mv nothing>}",
    "{'list': [{'name': 'x', 'empty': {}}, [1, 2]], 'nil': None}" },
};

static void
test_values_to_python (gconstpointer data)
{
  g_autoptr (XmlRpcServerProxy) proxy = connect_to ("/RPC2");

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) value = g_variant_parse (NULL, values[i].variant, NULL, NULL, &error);

      g_assert_no_error (error);
      assert_describes (proxy, data, value, values[i].python);
    }
}

static void
test_values_from_python (gconstpointer data)
{
  g_autoptr (XmlRpcServerProxy) proxy = connect_to ("/RPC2");

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (GVariant) reply = caller_call_ok (data, proxy, "evaluate",
                                                   g_variant_new ("(s)", values[i].python), NULL);

      assert_variant (reply, values[i].variant);
    }
}

/* What Python reads but does not write: numbers above 32 bits, and a carriage
 * return, which it writes as it is, so that every XML parser takes it for a
 * line feed. */
static void
test_values_to_python_only (gconstpointer data)
{
  g_autoptr (XmlRpcServerProxy) proxy = connect_to ("/RPC2");

  assert_describes (proxy, data, g_variant_new_int64 (G_MAXINT64), "9223372036854775807");
  assert_describes (proxy, data, g_variant_new_int64 (G_MININT64), "-9223372036854775808");
  assert_describes (proxy, data, g_variant_new_uint32 (G_MAXUINT32), "4294967295");
  assert_describes (proxy, data, g_variant_new_string ("a\rb\r\nc"), "'a\\rb\\r\\nc'");
}

static void
test_double_extremes (gconstpointer data)
{
  static const double doubles[] = {
    DBL_MAX, -DBL_MAX, DBL_MIN, DBL_TRUE_MIN, DBL_EPSILON, 0.1, 1.0 / 3.0, 1e22, 123456789.0123456789, -0.0,
  };
  g_autoptr (XmlRpcServerProxy) proxy = connect_to ("/RPC2");

  for (gsize i = 0; i < G_N_ELEMENTS (doubles); i++)
    {
      g_autoptr (GVariant) reply = caller_call_ok (data, proxy, "echo",
                                                   g_variant_new ("(d)", doubles[i]), "d");
      double echoed = g_variant_get_double (reply);

      g_assert_cmpmem (&echoed, sizeof echoed, &doubles[i], sizeof doubles[i]);
    }
}

static void
test_every_byte (gconstpointer data)
{
  g_autoptr (XmlRpcServerProxy) proxy = connect_to ("/RPC2");
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GVariant) reply = NULL;
  guint8 bytes[256];

  for (guint i = 0; i < G_N_ELEMENTS (bytes); i++)
    bytes[i] = (guint8) i;

  value = g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, bytes, G_N_ELEMENTS (bytes), 1);
  g_variant_ref_sink (value);
  reply = caller_call_ok (data, proxy, "echo", g_variant_new_tuple (&value, 1), NULL);

  g_assert_cmpvariant (reply, value);
}

static void
test_date_time (gconstpointer data)
{
  g_autoptr (XmlRpcServerProxy) proxy = connect_to ("/RPC2");
  g_autoptr (XmlRpcDateTime) date_time = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;
  GVariant *value;

  date_time = xml_rpc_date_time_new_from_iso8601 ("19980717T14:08:55", &error);
  g_assert_no_error (error);

  value = xml_rpc_value_get_variant (XML_RPC_VALUE (date_time));
  assert_describes (proxy, data, value, "datetime.datetime(1998, 7, 17, 14, 8, 55)");

  reply = caller_call_ok (data, proxy, "echo", g_variant_new_tuple (&value, 1), NULL);
  g_assert_cmpvariant (reply, value);
}

static void
test_expected_types (gconstpointer data)
{
  static const char * const typed[] = {
    "@aa{sv} [{'title': <'<&>'>, 'n': <1>}, {}]",
    "@as ['a', '', '\360\237\220\215']",
    "@ai [1, -2, 2147483647]",
    "@ad [1.5, -2.0]",
    "@a{si} {'one': 1, 'two': 2}",
    "@a{sas} {'names': ['x', 'y'], 'none': []}",
    "@(isd) (1, 'two', 3.5)",
    "@a(sb) [('yes', true), ('no', false)]",
    "@aay [[byte 0x00], []]",
    "<'in a variant'>",
  };
  g_autoptr (XmlRpcServerProxy) proxy = connect_to ("/RPC2");

  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) value = g_variant_parse (NULL, typed[i], NULL, NULL, &error);
      g_autoptr (GVariant) reply = NULL;

      g_assert_no_error (error);
      reply = caller_call_ok (data, proxy, "echo", g_variant_new_tuple (&value, 1),
                              g_variant_get_type_string (value));
      g_assert_cmpvariant (reply, value);
    }
}

static void
test_unexpected_type (gconstpointer data)
{
  g_autoptr (XmlRpcServerProxy) proxy = connect_to ("/RPC2");
  g_autoptr (GError) error = NULL;

  g_assert_null (caller_call (data, proxy, "echo", g_variant_new ("(s)", "text"), "ai", &error));
  g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_TYPE_MISMATCH);
}

static void
test_number_of_parameters (gconstpointer data)
{
  g_autoptr (XmlRpcServerProxy) proxy = connect_to ("/RPC2");
  g_autoptr (GVariant) none = caller_call_ok (data, proxy, "count_parameters", NULL, NULL);
  g_autoptr (GVariant) unit = caller_call_ok (data, proxy, "count_parameters",
                                              g_variant_new ("()"), NULL);
  g_autoptr (GVariant) three = caller_call_ok (data, proxy, "count_parameters",
                                               g_variant_new ("(iss)", 1, "", "x"), NULL);

  assert_variant (none, "0");
  assert_variant (unit, "0");
  assert_variant (three, "3");
}

/* The text PATTERN over and over: a length in bytes that is at least so large. */
static char *
repeat_pattern (gsize  length,
                int   *count)
{
  GString *text = g_string_sized_new (length + sizeof PATTERN);

  *count = 0;
  while (text->len < length)
    {
      g_string_append (text, PATTERN);
      *count += 1;
    }

  return g_string_free (text, FALSE);
}

static void
test_large_string (gconstpointer data)
{
  g_autoptr (XmlRpcServerProxy) proxy = connect_to ("/RPC2");
  int count;
  g_autofree char *text = repeat_pattern (TEN_MEGABYTES, &count);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autoptr (GVariant) sent = caller_call_ok (data, proxy, "digest",
                                              g_variant_new ("(s)", text), "s");
  g_autoptr (GVariant) received = caller_call_ok (data, proxy, "repeat",
                                                  g_variant_new ("(si)", PATTERN, count), NULL);

  g_assert_cmpstr (g_variant_get_string (sent, NULL), ==, digest);
  g_assert_true (g_variant_is_of_type (received, G_VARIANT_TYPE_STRING));
  g_assert_true (g_str_equal (g_variant_get_string (received, NULL), text));
}

static void
test_large_binary (gconstpointer data)
{
  g_autoptr (XmlRpcServerProxy) proxy = connect_to ("/RPC2");
  int count;
  char *text = repeat_pattern (TEN_MEGABYTES, &count);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));
  g_autoptr (GBytes) pattern = g_bytes_new_static (PATTERN, strlen (PATTERN));
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  GVariant *value = g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes, TRUE);
  GVariant *small = g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, pattern, TRUE);
  g_autoptr (GVariant) sent = caller_call_ok (data, proxy, "digest",
                                              g_variant_new_tuple (&value, 1), "s");
  g_autoptr (GVariant) received = caller_call_ok (data, proxy, "repeat",
                                                  g_variant_new ("(@ayi)", small, count), "ay");
  g_autoptr (GBytes) received_bytes = g_variant_get_data_as_bytes (received);

  g_assert_cmpstr (g_variant_get_string (sent, NULL), ==, digest);
  g_assert_true (g_bytes_equal (received_bytes, bytes));
}

static void
test_fault (gconstpointer data)
{
  static const int codes[] = { 0, 4, -1, -32601, G_MAXINT, G_MININT };
  g_autoptr (XmlRpcServerProxy) proxy = connect_to ("/RPC2");

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GError) error = NULL;
      GVariant *params = g_variant_new ("(is)", codes[i], "Too <many> parameters & \360\237\220\215");

      g_assert_null (caller_call (data, proxy, "fail", params, "as", &error));
      g_assert_error (error, XML_RPC_FAULT, codes[i]);
      g_assert_cmpstr (error->message, ==, "Too <many> parameters & \360\237\220\215");
    }
}

static void
test_unknown_method (gconstpointer data)
{
  g_autoptr (XmlRpcServerProxy) proxy = connect_to ("/RPC2");
  g_autoptr (GError) error = NULL;

  g_assert_null (caller_call (data, proxy, "no.such.method", NULL, NULL, &error));
  g_assert_error (error, XML_RPC_FAULT, 1);
  g_assert_nonnull (strstr (error->message, "no.such.method"));
}

static void
test_unknown_path (gconstpointer data)
{
  g_autoptr (XmlRpcServerProxy) proxy = connect_to ("/elsewhere");
  g_autoptr (GError) error = NULL;

  g_assert_null (caller_call (data, proxy, "echo", g_variant_new ("(i)", 1), NULL, &error));
  g_assert_error (error, XML_RPC_HTTP_ERROR, XML_RPC_HTTP_ERROR_NOT_FOUND);
}

static void
test_multicall (gconstpointer data)
{
  g_autoptr (XmlRpcServerProxy) proxy = connect_to ("/RPC2");
  g_autoptr (XmlRpcMulticall) multicall = xml_rpc_multicall_new (proxy);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) list = NULL;
  g_autoptr (GVariant) number = NULL;

  xml_rpc_multicall_add (multicall, "echo", g_variant_new_parsed ("(['a', 'b'],)"),
                         G_VARIANT_TYPE_STRING_ARRAY);
  xml_rpc_multicall_add (multicall, "fail", g_variant_new ("(is)", 4, "four"), NULL);
  xml_rpc_multicall_add (multicall, "count_parameters", NULL, NULL);
  caller_execute (data, multicall);

  list = xml_rpc_multicall_get_result (multicall, 0, &error);
  g_assert_no_error (error);
  assert_variant (list, "['a', 'b']");

  g_assert_null (xml_rpc_multicall_get_result (multicall, 1, &error));
  g_assert_error (error, XML_RPC_FAULT, 4);
  g_assert_cmpstr (error->message, ==, "four");
  g_clear_error (&error);

  number = xml_rpc_multicall_get_result (multicall, 2, &error);
  g_assert_no_error (error);
  assert_variant (number, "0");
}

static void
test_introspection (gconstpointer data)
{
  static const char * const repeat_signatures[] = { "string,string,int", "base64,base64,int", NULL };
  static const char * const none[] = { NULL };
  g_autoptr (XmlRpcServerProxy) proxy = connect_to ("/RPC2");
  g_auto (GStrv) methods = caller_list_methods (data, proxy);
  g_auto (GStrv) signatures = caller_method_signature (data, proxy, "repeat");
  g_auto (GStrv) no_signatures = caller_method_signature (data, proxy, "echo");
  g_autofree char *help = caller_method_help (data, proxy, "echo");
  g_autofree char *no_help = caller_method_help (data, proxy, "repeat");

  g_assert_true (g_strv_contains ((const char * const *) methods, "echo"));
  g_assert_true (g_strv_contains ((const char * const *) methods, "system.listMethods"));
  g_assert_false (g_strv_contains ((const char * const *) methods, "system.getCapabilities"));
  g_assert_cmpstrv (signatures, repeat_signatures);
  g_assert_cmpstrv (no_signatures, none);
  g_assert_cmpstr (help, ==, "Returns its parameter.");
  g_assert_cmpstr (no_help, ==, "");
}

static int
count_connections (XmlRpcServerProxy *proxy,
                   const Caller      *caller)
{
  g_autoptr (GVariant) reply = caller_call_ok (caller, proxy, "connections", NULL, "i");

  return g_variant_get_int32 (reply);
}

static void
test_keep_alive (gconstpointer data)
{
  g_autoptr (XmlRpcServerProxy) proxy = connect_to ("/RPC2");
  int connections = count_connections (proxy, data);

  for (int i = 0; i < 100; i++)
    {
      g_autoptr (GVariant) reply = caller_call_ok (data, proxy, "echo",
                                                   g_variant_new ("(i)", i), "i");

      g_assert_cmpint (g_variant_get_int32 (reply), ==, i);
    }

  g_assert_cmpint (count_connections (proxy, data), ==, connections);
}

static void
count_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = NULL;
  int *pending = user_data;

  reply = xml_rpc_server_proxy_call_finish (XML_RPC_SERVER_PROXY (source), result, &error);
  g_assert_no_error (error);
  *pending -= 1;
}

static void
test_concurrent_calls (void)
{
  g_autoptr (XmlRpcServerProxy) proxy = connect_to ("/RPC2");
  const Caller *caller = &callers[0];
  int connections = count_connections (proxy, caller);
  int pending = 100;

  for (int i = pending; i > 0; i--)
    xml_rpc_server_proxy_call_async (proxy, "echo", g_variant_new ("(i)", i),
                                     G_VARIANT_TYPE_INT32, NULL, count_cb, &pending);
  while (pending > 0)
    g_main_context_iteration (NULL, TRUE);

  /* At most eight at a time, one of which was there before. */
  g_assert_cmpint (count_connections (proxy, caller) - connections, <=, 7);
}

static void
got_headers_cb (SoupMessage *message,
                gpointer     user_data)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  char **encoding = user_data;

  g_free (*encoding);
  *encoding = g_strdup (soup_message_headers_get_one (headers, "Content-Encoding"));
}

static void
message_cb (XmlRpcServerProxy *proxy,
            SoupMessage       *message,
            gpointer           user_data)
{
  g_signal_connect (message, "got-headers", G_CALLBACK (got_headers_cb), user_data);
}

static void
test_gzip_reply (gconstpointer data)
{
  g_autoptr (XmlRpcServerProxy) proxy = connect_to ("/gzip");
  g_autoptr (GVariant) reply = NULL;
  g_autofree char *encoding = NULL;

  g_signal_connect (proxy, "message", G_CALLBACK (message_cb), &encoding);
  reply = caller_call_ok (data, proxy, "repeat", g_variant_new ("(si)", "x", 100000), "s");

  g_assert_cmpstr (encoding, ==, "gzip");
  g_assert_cmpuint (strlen (g_variant_get_string (reply, NULL)), ==, 100000);
}

static void
add_test (const char    *name,
          GTestDataFunc  func)
{
  for (gsize i = 0; i < N_CALLERS; i++)
    {
      g_autofree char *path = g_strdup_printf ("/python-server/%s/%s", name, callers[i].name);

      g_test_add_data_func (path, &callers[i], func);
    }
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);

  add_test ("values-to-python", test_values_to_python);
  add_test ("values-from-python", test_values_from_python);
  add_test ("values-to-python-only", test_values_to_python_only);
  add_test ("double-extremes", test_double_extremes);
  add_test ("every-byte", test_every_byte);
  add_test ("date-time", test_date_time);
  add_test ("expected-types", test_expected_types);
  add_test ("unexpected-type", test_unexpected_type);
  add_test ("number-of-parameters", test_number_of_parameters);
  add_test ("large-string", test_large_string);
  add_test ("large-binary", test_large_binary);
  add_test ("fault", test_fault);
  add_test ("unknown-method", test_unknown_method);
  add_test ("unknown-path", test_unknown_path);
  add_test ("multicall", test_multicall);
  add_test ("introspection", test_introspection);
  add_test ("keep-alive", test_keep_alive);
  add_test ("gzip-reply", test_gzip_reply);
  g_test_add_func ("/python-server/concurrent-calls", test_concurrent_calls);

  server = peer_start ("interop/echo-server.py", NULL);
  status = g_test_run ();
  peer_stop (server);

  return status;
}
