/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "both-ways.h"
#include "fake-server.h"
#include "server-caller.h"

/* An asynchronous call gives the main loop a turn after so many reads, which may have
 * taken all but the end of the body. */
static void
test_lengths (CallFunc call)
{
  enum { READS = 16 * 16 * 1024 };
  g_autoptr (FakeServer) server = fake_server_new (fake_server_echo, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);

  xml_rpc_server_proxy_set_timeout (proxy, 20000);
  for (gsize length = READS - 20000; length < READS + 20000; length += 1000)
    {
      g_autofree char *text = g_strnfill (length, 'x');
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) value = call (proxy, "echo", g_variant_new ("(s)", text), NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (g_variant_get_string (value, NULL), ==, text);
    }
}

static void
test_answer (CallFunc call)
{
  g_autoptr (FakeServer) server = fake_server_new (fake_server_echo, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);
  g_autoptr (GVariant) natural = NULL;
  g_autoptr (GVariant) typed = NULL;
  g_autoptr (GVariant) none = NULL;
  GError *error = NULL;

  natural = call (proxy, "echo", g_variant_new ("(i)", 42), NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_variant_get_int32 (natural), ==, 42);

  typed = call (proxy, "echo", g_variant_new_parsed ("(['a', 'b'],)"), G_VARIANT_TYPE_STRING_ARRAY,
                NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_variant_get_type_string (typed), ==, "as");

  none = call (proxy, "echo", NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_variant_get_string (none, NULL), ==, "");
}

static void
test_keeps_connection (CallFunc call)
{
  g_autoptr (FakeServer) server = fake_server_new (fake_server_echo, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);

  for (int i = 0; i < 100; i++)
    {
      g_autoptr (GVariant) value = NULL;
      GError *error = NULL;

      value = call (proxy, "echo", g_variant_new ("(i)", i), NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (g_variant_get_int32 (value), ==, i);
    }

  g_assert_cmpuint (fake_server_get_n_requests (server), ==, 100);
  g_assert_cmpuint (fake_server_get_n_connections (server), ==, 1);
}

static void
test_large_answer (CallFunc call)
{
  g_autoptr (FakeServer) server = fake_server_new (fake_server_echo, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);
  g_autofree char *text = g_strnfill (3 * 1024 * 1024, 'x');
  g_autoptr (GVariant) value = NULL;
  GError *error = NULL;

  value = call (proxy, "echo", g_variant_new ("(s)", text), NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_variant_get_string (value, NULL), ==, text);
}

static void
test_early_error (CallFunc call)
{
  g_autoptr (FakeServer) server = fake_server_new (fake_server_echo, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);
  g_autoptr (GVariant) params = g_variant_ref (g_variant_new ("(s)", "\x01"));
  GError *error = NULL;

  /* Nothing is sent, and a floating reference is sunk all the same. */
  g_assert_null (call (proxy, "echo", params, NULL, NULL, &error));
  g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE);
  g_clear_error (&error);
  g_assert_false (g_variant_is_floating (params));

  g_assert_cmpuint (fake_server_get_n_connections (server), ==, 0);
}

static void
test_type_mismatch (CallFunc call)
{
  g_autoptr (FakeServer) server = fake_server_new (fake_server_echo, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);
  GError *error = NULL;

  for (int i = 0; i < 2; i++)
    {
      g_assert_null (call (proxy, "echo", g_variant_new ("(s)", "text"), G_VARIANT_TYPE_INT32, NULL, &error));
      g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_TYPE_MISMATCH);
      g_clear_error (&error);
    }

  g_assert_cmpuint (fake_server_get_n_connections (server), ==, 1);
}

static void
answer_with_head (FakeConnection *connection,
                  gpointer        user_data)
{
  char *request;

  while ((request = fake_connection_read_request (connection)) != NULL)
    {
      g_free (request);
      fake_connection_return (connection, g_variant_new_string (fake_connection_get_head (connection)));
    }
}

static void
set_header (XmlRpcServerProxy *proxy,
            SoupMessage       *message,
            gpointer           user_data)
{
  GThread **thread = user_data;

  *thread = g_thread_self ();
  soup_message_headers_append (soup_message_get_request_headers (message), "X-Test", "tea");
}

static void
test_request_head (CallFunc call)
{
  g_autoptr (FakeServer) server = fake_server_new (answer_with_head, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);
  g_autoptr (GVariant) value = NULL;
  const char *head;
  GThread *thread = NULL;
  GError *error = NULL;

  g_signal_connect (proxy, "message", G_CALLBACK (set_header), &thread);
  value = call (proxy, "head", NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (thread == g_thread_self ());

  head = g_variant_get_string (value, NULL);
  g_assert_true (g_str_has_prefix (head, "POST /RPC2 HTTP/1.1\n"));
  g_assert_nonnull (strstr (head, "Content-Type: text/xml\n"));
  g_assert_nonnull (strstr (head, "X-Test: tea\n"));
  g_assert_nonnull (strstr (head, "User-Agent: xmlrpc-glib/" XML_RPC_VERSION_S " libsoup/"));
}

static void
add_header (SoupSession *session,
            SoupMessage *message,
            gpointer     user_data)
{
  soup_message_headers_append (soup_message_get_request_headers (message), "X-Session", "tea");
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char * const *) a, *(char * const *) b);
}

/* The lines sorted: their order means nothing. */
static char *
call_for_head (CallFunc           call,
               XmlRpcServerProxy *proxy)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = call (proxy, "head", NULL, G_VARIANT_TYPE_STRING, NULL, &error);
  g_auto (GStrv) lines = NULL;

  g_assert_no_error (error);
  lines = g_strsplit (g_variant_get_string (value, NULL), "\n", -1);
  qsort (lines, g_strv_length (lines), sizeof *lines, compare_lines);

  return g_strjoinv ("\n", lines);
}

/* A call may have the message of the one before, but nothing that others did to it. */
static void
test_heads_of_several (CallFunc call)
{
  g_autoptr (FakeServer) server = fake_server_new (answer_with_head, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);
  SoupSession *session = xml_rpc_server_proxy_get_session (proxy);
  g_autofree char *plain = call_for_head (call, proxy);
  GThread *thread = NULL;

  for (guint i = 0; i < 4; i++)
    {
      gulong handler = 0, session_handler = 0;
      g_autofree char *changed = NULL;
      g_autofree char *again = NULL;
      g_autofree char *last = NULL;

      if ((i & 1) != 0)
        handler = g_signal_connect (proxy, "message", G_CALLBACK (set_header), &thread);
      if ((i & 2) != 0)
        session_handler = g_signal_connect (session, "request-queued", G_CALLBACK (add_header), NULL);
      changed = call_for_head (call, proxy);
      again = call_for_head (call, proxy);
      g_assert_true ((strstr (changed, "X-Test: tea") != NULL) == ((i & 1) != 0));
      g_assert_true ((strstr (changed, "X-Session: tea") != NULL) == ((i & 2) != 0));
      g_assert_cmpstr (again, ==, changed);

      g_clear_signal_handler (&handler, proxy);
      g_clear_signal_handler (&session_handler, session);
      last = call_for_head (call, proxy);
      g_assert_cmpstr (last, ==, plain);
    }
}

static void
test_path (CallFunc call)
{
  static const struct
  {
    const char *path;
    const char *request;
  } cases[] = {
    { "", "POST /RPC2 " },
    { "/", "POST / " },
    { "/a%20b/c", "POST /a%20b/c " },
    { "/x?y=1&z", "POST /x?y=1&z " },
    { "?y", "POST /RPC2?y " },
    { "/x#fragment", "POST /x " },
    { "/a b\r\nX: y", "POST /a%20b%0D%0AX:%20y " },
  };
  g_autoptr (FakeServer) server = fake_server_new (answer_with_head, NULL);
  const char *uri = fake_server_get_uri (server);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *base = g_strndup (uri, strlen (uri) - strlen ("/RPC2"));
      g_autofree char *text = g_strconcat (base, cases[i].path, NULL);
      GError *error = NULL;
      g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (text, &error);
      g_autoptr (GVariant) value = NULL;

      g_assert_no_error (error);
      value = call (proxy, "head", NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      if (!g_str_has_prefix (g_variant_get_string (value, NULL), cases[i].request))
        g_error ("%s: %s", cases[i].path, g_variant_get_string (value, NULL));
    }
}

static const struct
{
  const char *uri;
  int         code;
  const char *message;
} invalid_uris[] = {
  { "", G_URI_ERROR_BAD_SCHEME, "got no scheme" },
  { "localhost/RPC2", G_URI_ERROR_BAD_SCHEME, "got no scheme" },
  { "/RPC2", G_URI_ERROR_BAD_SCHEME, "got no scheme" },
  { "ftp://localhost/", G_URI_ERROR_BAD_SCHEME, "expected http, https, http+unix, scgi or scgi+unix, got \"ftp\"" },
  { "http://", G_URI_ERROR_BAD_HOST, "no host" },
  { "http:/path", G_URI_ERROR_BAD_HOST, "no host" },
  { "https:///path", G_URI_ERROR_BAD_HOST, "no host" },
  { "http://localhost:99999/", G_URI_ERROR_BAD_PORT, "99999" },
  { "http://localhost/%zz", G_URI_ERROR_BAD_PATH, "invalid URI" },
  { "http+unix://", G_URI_ERROR_BAD_HOST, "path of a socket" },
  { "http+unix://host/RPC2", G_URI_ERROR_BAD_HOST, "path of a socket" },
  { "http+unix:///:/RPC2", G_URI_ERROR_BAD_HOST, "path of a socket" },
};

static void
test_invalid_uri_property (CallFunc call)
{
  for (gsize i = 0; i <= G_N_ELEMENTS (invalid_uris); i++)
    {
      const gboolean none = i == G_N_ELEMENTS (invalid_uris);
      g_autoptr (XmlRpcServerProxy) proxy = g_object_new (XML_RPC_TYPE_SERVER_PROXY,
                                                          "uri", none ? NULL : invalid_uris[i].uri,
                                                          NULL);

      for (int n = 0; n < 2; n++)
        {
          g_autoptr (GError) error = NULL;

          g_assert_null (call (proxy, "method", g_variant_new ("(i)", 1), NULL, NULL, &error));
          g_assert_error (error, G_URI_ERROR, none ? G_URI_ERROR_FAILED : invalid_uris[i].code);
          both_ways_assert_says (error, none ? "none" : invalid_uris[i].message);
        }
    }
}

static void
test_invalid_uri (void)
{
  g_autoptr (SoupSession) session = soup_session_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (invalid_uris); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (xml_rpc_server_proxy_new (invalid_uris[i].uri, &error));
      g_assert_error (error, G_URI_ERROR, invalid_uris[i].code);
      both_ways_assert_says (error, invalid_uris[i].message);
      g_clear_error (&error);

      g_assert_null (xml_rpc_server_proxy_new_with_session (invalid_uris[i].uri, session, &error));
      g_assert_error (error, G_URI_ERROR, invalid_uris[i].code);
    }
}

static void
count_notify (GObject    *object,
              GParamSpec *pspec,
              guint      *n)
{
  (*n)++;
}

static void
test_properties (void)
{
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new ("http://user:pw@localhost", NULL);
  g_autoptr (SoupSession) session = NULL;
  g_autofree char *uri = NULL;
  guint timeout;
  guint64 max_response_size;
  gboolean idempotent;
  guint n = 0;

  g_object_get (proxy, "uri", &uri, "session", &session, "timeout", &timeout,
                "max-response-size", &max_response_size, "idempotent", &idempotent, NULL);
  g_assert_cmpstr (uri, ==, "http://user:pw@localhost");
  g_assert_cmpstr (xml_rpc_server_proxy_get_uri (proxy), ==, uri);
  g_assert_true (session == xml_rpc_server_proxy_get_session (proxy));
  g_assert_cmpuint (soup_session_get_max_conns_per_host (session), ==, 8);
  g_assert_cmpuint (timeout, ==, 60000);
  g_assert_cmpuint (max_response_size, ==, 256 * 1024 * 1024);
  g_assert_false (idempotent);

  g_signal_connect (proxy, "notify", G_CALLBACK (count_notify), &n);
  g_object_set (proxy, "timeout", 1, "max-response-size", G_MAXUINT64, "idempotent", TRUE, NULL);
  g_assert_cmpuint (n, ==, 3);
  g_object_set (proxy, "timeout", 1, "max-response-size", G_MAXUINT64, "idempotent", TRUE, NULL);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (xml_rpc_server_proxy_get_timeout (proxy), ==, 1);
  g_assert_cmpuint (xml_rpc_server_proxy_get_max_response_size (proxy), ==, G_MAXUINT64);
  g_assert_true (xml_rpc_server_proxy_get_idempotent (proxy));
}

static void
test_programming_errors (void)
{
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new ("http://localhost", NULL);
  g_autoptr (XmlRpcServerProxy) other = xml_rpc_server_proxy_new ("http://localhost", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  g_test_expect_message ("xmlrpc-glib", G_LOG_LEVEL_CRITICAL, "*uri != NULL*");
  g_assert_null (xml_rpc_server_proxy_new (NULL, NULL));

  g_test_expect_message ("xmlrpc-glib", G_LOG_LEVEL_CRITICAL, "*method_name != NULL*");
  g_assert_null (xml_rpc_server_proxy_call (proxy, NULL, NULL, NULL, NULL, NULL));

  g_cancellable_cancel (cancelled);
  xml_rpc_server_proxy_call_async (proxy, "m", NULL, NULL, cancelled, server_caller_take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_test_expect_message ("xmlrpc-glib", G_LOG_LEVEL_CRITICAL, "*g_task_is_valid*");
  g_assert_null (xml_rpc_server_proxy_call_finish (other, result, NULL));
  g_test_expect_message ("xmlrpc-glib", G_LOG_LEVEL_CRITICAL, "*g_async_result_is_tagged*");
  g_assert_null (xml_rpc_server_proxy_list_methods_finish (proxy, result, NULL));
  g_test_assert_expected_messages ();
}

static const BothWaysTest both_ways[] = {
  { "answer", test_answer },
  { "keeps-connection", test_keeps_connection },
  { "large-answer", test_large_answer },
  { "lengths", test_lengths },
  { "early-error", test_early_error },
  { "type-mismatch", test_type_mismatch },
  { "request-head", test_request_head },
  { "heads-of-several", test_heads_of_several },
  { "path", test_path },
  { "invalid-uri-property", test_invalid_uri_property },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  both_ways_add ("/server-proxy", both_ways, G_N_ELEMENTS (both_ways));
  g_test_add_func ("/server-proxy/invalid-uri", test_invalid_uri);
  g_test_add_func ("/server-proxy/properties", test_properties);
  g_test_add_func ("/server-proxy/programming-errors", test_programming_errors);

  return g_test_run ();
}
