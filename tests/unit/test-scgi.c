/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Calls to servers that speak SCGI. */

#include <string.h>

#include <glib/gstdio.h>

#include "both-ways.h"
#include "fake-server.h"

#define VALUE "<?xml version=\"1.0\"?><methodResponse><params><param><value>" \
              "<string>known</string></value></param></params></methodResponse>"
#define TEN "0123456789"
#define LONG_NAME TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
#define FAULT "<?xml version=\"1.0\"?><methodResponse><fault><value><struct>" \
              "<member><name>faultCode</name><value><int>4</int></value></member>" \
              "<member><name>faultString</name><value>no</value></member></struct></value></fault></methodResponse>"

/* What a server writes, and what it does then. */
typedef struct
{
  const char *response;
  gboolean    in_pieces;   /* of one byte */
  gboolean    is_endless;  /* the last line again and again */
  gboolean    stays_open;  /* until the client closes */
  char       *head;        /* of the last request */
  char       *body;
} Script;

static void
write_in_pieces (FakeConnection *connection,
                 const char     *text)
{
  for (const char *p = text; *p != '\0' && fake_connection_write (connection, p, 1); p++)
    g_usleep (100);
}

static void
run_script (FakeConnection *connection,
            gpointer        user_data)
{
  Script *self = user_data;

  g_free (self->body);
  self->body = fake_connection_read_scgi (connection);
  if (self->body == NULL)
    return;

  g_free (self->head);
  self->head = g_strdup (fake_connection_get_head (connection));
  if (self->in_pieces)
    write_in_pieces (connection, self->response);
  else
    fake_connection_write (connection, self->response, -1);
  while (self->is_endless && fake_connection_write (connection, "X-Header: again\r\n", -1))
    continue;
  if (self->stays_open)
    fake_connection_wait_for_close (connection);
}

static char *
create_uri (FakeServer *server,
            const char *path)
{
  const char *uri = fake_server_get_uri (server);
  const char *authority = strstr (uri, "://");

  return g_strdup_printf ("scgi%.*s%s", (int) (strcspn (authority + 3, "/") + 3), authority, path);
}

static XmlRpcServerProxy *
create_proxy (FakeServer *server,
              const char *path)
{
  g_autofree char *uri = create_uri (server, path);
  GError *error = NULL;
  XmlRpcServerProxy *proxy = xml_rpc_server_proxy_new (uri, &error);

  g_assert_no_error (error);
  return proxy;
}

static void
script_clear (Script *self)
{
  g_free (self->head);
  g_free (self->body);
}

static void
assert_has (const char *text,
            const char *line)
{
  if (strstr (text, line) == NULL)
    g_error ("expected %s within %s", line, text);
}

static void
test_variables (CallFunc call)
{
  Script script = { .response = "Status: 200 OK\r\nContent-Type: text/xml\r\n\r\n" VALUE };
  g_autoptr (FakeServer) server = fake_server_new (run_script, &script);
  g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server, "/a%20b?c=%26");
  g_autoptr (GVariant) value = NULL;
  GError *error = NULL;

  g_assert_true (xml_rpc_server_proxy_set_header (proxy, "X-Token", "a", NULL));
  g_assert_true (xml_rpc_server_proxy_add_header (proxy, "x-token", "b", NULL));
  value = call (proxy, "m.n", g_variant_new ("(i)", 5), G_VARIANT_TYPE_STRING, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_variant_get_string (value, NULL), ==, "known");

  assert_has (script.body, "<methodName>m.n</methodName>");
  assert_has (script.head, "\nSCGI: 1\nREQUEST_METHOD: POST\n");
  assert_has (script.head, "\nREQUEST_URI: /a%20b?c=%26\n");
  assert_has (script.head, "\nPATH_INFO: /a b\n");
  assert_has (script.head, "\nQUERY_STRING: c=%26\n");
  assert_has (script.head, "\nCONTENT_TYPE: text/xml\n");
  assert_has (script.head, "\nHTTP_X_TOKEN: a, b\n");
  g_assert_null (strstr (script.head, "AUTHORIZATION"));
  script_clear (&script);
}

static void
test_no_path (CallFunc call)
{
  Script script = { .response = "\n\n" };
  g_autoptr (FakeServer) server = fake_server_new (run_script, &script);
  g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server, "");

  g_assert_null (call (proxy, "m", NULL, NULL, NULL, NULL));
  assert_has (script.head, "\nREQUEST_URI: /RPC2\n");
  script_clear (&script);
}

/* What servers write, which all means the same. */
static const Script good[] = {
  { .response = "Status: 200 OK\r\nContent-Type: text/xml\r\n\r\n" VALUE },
  { .response = "Status: 200 OK\nContent-Type: text/xml\n\n" VALUE },
  { .response = "Status: 200\r\n\r\n" VALUE },
  { .response = "status:200 Fine\r\nX: y\r\n\r\n" VALUE },
  { .response = "Content-Type: text/xml\r\n\r\n" VALUE },
  { .response = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n" VALUE },
  { .response = "HTTP/1.0 200 OK\nContent-Type: text/xml\n\n" VALUE },
  { .response = "Status: 200 OK\r\nContent-Type: text/xml\r\n\r\n" VALUE, .in_pieces = TRUE },
};

static void
test_responses (CallFunc call)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      Script script = good[i];
      g_autoptr (FakeServer) server = fake_server_new (run_script, &script);
      g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server, "/RPC2");

      for (int j = 0; j < 2; j++)
        {
          GError *error = NULL;
          g_autoptr (GVariant) value = call (proxy, "m", NULL, NULL, NULL, &error);

          g_assert_no_error (error);
          g_assert_cmpstr (g_variant_get_string (value, NULL), ==, "known");
        }
      g_assert_cmpuint (fake_server_get_n_connections (server), ==, 2);
      script_clear (&script);
    }
}

/* It is at its end, whatever the connection does. */
static void
test_content_length (CallFunc call)
{
  g_autofree char *response = g_strdup_printf ("Status: 200 OK\r\nContent-Length: %zu\r\n\r\n" VALUE "garbage", strlen (VALUE));
  Script script = { .response = response, .stays_open = TRUE };
  g_autoptr (FakeServer) server = fake_server_new (run_script, &script);
  g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server, "/RPC2");
  GError *error = NULL;
  g_autoptr (GVariant) value = call (proxy, "m", NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (g_variant_get_string (value, NULL), ==, "known");
  script_clear (&script);
}

static void
test_large_response (CallFunc call)
{
  g_autofree char *text = g_strnfill (3000000, 'x');
  g_autofree char *response = g_strconcat ("Status: 200 OK\n\n<methodResponse><params><param><value>", text,
                                           "</value></param></params></methodResponse>", NULL);
  Script script = { .response = response };
  g_autoptr (FakeServer) server = fake_server_new (run_script, &script);
  g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server, "/RPC2");
  GError *error = NULL;
  g_autoptr (GVariant) value = call (proxy, "m", g_variant_new ("(s)", text), NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (g_variant_get_string (value, NULL), ==, text);
  g_assert_cmpuint (strlen (script.body), >, 3000000);

  xml_rpc_server_proxy_set_max_response_size (proxy, 1000000);
  g_assert_null (call (proxy, "m", NULL, NULL, NULL, &error));
  g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED);
  g_clear_error (&error);
  script_clear (&script);
}

static const struct
{
  Script      script;
  GQuark    (*domain) (void);
  int         code;
  const char *message;
} bad[] = {
  { { .response = "Status: 200 OK\n\n" FAULT }, xml_rpc_fault_quark, 4, "no" },
  { { .response = "Status: 500 Broken\n\n" FAULT }, xml_rpc_fault_quark, 4, "no" },
  { { .response = "Status: 500 Broken\n\n" }, xml_rpc_http_error_quark, 500, "HTTP 500 Broken from scgi://127.0.0.1:*/RPC2" },
  { { .response = "Status: 403 Forbidden\nContent-Type: text/plain\n\nNot you.\n" }, xml_rpc_http_error_quark, 403,
    "*the server says \"Not you.\"" },
  { { .response = "HTTP/1.1 400 Bad Request\r\n\r\n" }, xml_rpc_http_error_quark, 400, "HTTP 400 Bad Request from *" },
  { { .response = "Status: 302 Found\nLocation: /there\n\n" }, xml_rpc_http_error_quark, 302, "*redirected to *" },
  { { .response = "" }, g_io_error_quark, G_IO_ERROR_PARTIAL_INPUT, "*may or may not have been executed*" },
  { { .response = "Status: 200 OK\n" }, g_io_error_quark, G_IO_ERROR_PARTIAL_INPUT, "*may or may not*within the headers" },
  { { .response = "Status: 200 OK\nContent-Length: 10\n\n<m" }, g_io_error_quark, G_IO_ERROR_PARTIAL_INPUT,
    "*broke off*8 bytes before the end" },
  { { .response = "Status: 200 OK\n\n" }, xml_rpc_error_quark, XML_RPC_ERROR_NOT_WELL_FORMED, "the response is empty*" },
  { { .response = "Status: fine\n\n" VALUE }, g_io_error_quark, G_IO_ERROR_INVALID_DATA, "*expected the headers of a CGI response*" },
  { { .response = "Status: -99\n\n" VALUE }, g_io_error_quark, G_IO_ERROR_INVALID_DATA, "*expected the headers of a CGI response*" },
  { { .response = "Status: 100 Continue\n\n" VALUE }, g_io_error_quark, G_IO_ERROR_INVALID_DATA, "*expected the headers of a CGI*" },
  { { .response = "HTTP/\n\n" VALUE }, g_io_error_quark, G_IO_ERROR_INVALID_DATA, "*expected the headers of a CGI response*" },
  { { .response = "X: y\r\n", .is_endless = TRUE }, g_io_error_quark, G_IO_ERROR_INVALID_DATA, "*expected the headers*" },
};

static void
test_bad_responses (CallFunc call)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      Script script = bad[i].script;
      g_autoptr (FakeServer) server = fake_server_new (run_script, &script);
      g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server, "/RPC2");
      g_autoptr (GError) error = NULL;

      g_assert_null (call (proxy, "m", NULL, NULL, NULL, &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, bad[i].domain (), bad[i].code);
      g_assert_true (g_pattern_match_simple (bad[i].message, error->message));
      g_assert_cmpuint (fake_server_get_n_requests (server), ==, 1);
      script_clear (&script);
    }
}

/* Says something without reading the request, and closes the connection. */
static void
refuse_early (FakeConnection *connection,
              gpointer        response)
{
  fake_connection_write (connection, response, -1);
}

static const struct
{
  const char *response;
  GQuark    (*domain) (void);
  int         code;
  const char *message;
} refusals[] = {
  { "Status: 413 Too Large\n\nnot so much", xml_rpc_http_error_quark, 413, "*the server says \"not so much\"" },
  { "Status: 200 OK\nContent-Length: 225\n\n" FAULT, xml_rpc_fault_quark, 4, "no" },
  { "", g_io_error_quark, G_IO_ERROR_CONNECTION_CLOSED, "*may or may not have been executed*" },
};

/* The kernel resets such a connection, but what has been written before can still be read. */
static void
test_refused_early (CallFunc call)
{
  g_autofree char *text = g_strnfill (3000000, 'x');
  g_autofree char *directory = g_dir_make_tmp ("scgi-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "server.sock", NULL);
  g_autofree char *uri = g_strconcat ("scgi+unix://", path, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (FakeServer) server = fake_server_new_at_socket (path, refuse_early, (gpointer) refusals[i].response);
      g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (uri, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (call (proxy, "m", g_variant_new ("(s)", text), NULL, NULL, &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, refusals[i].domain (), refusals[i].code);
      g_assert_true (g_pattern_match_simple (refusals[i].message, error->message));
      g_unlink (path);
    }
  g_rmdir (directory);
}

/* Nobody sees what is no message, and nothing is sent twice. */
static void
count_signal (XmlRpcServerProxy *proxy,
              SoupMessage       *message,
              int               *n_signals)
{
  (*n_signals)++;
}

static void
test_no_signals (CallFunc call)
{
  Script script = { .response = "Status: 500 Broken\n\n" };
  g_autoptr (FakeServer) server = fake_server_new (run_script, &script);
  g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server, "/RPC2");
  g_autoptr (GError) error = NULL;
  int n_signals = 0;

  g_signal_connect (proxy, "message", G_CALLBACK (count_signal), &n_signals);
  g_signal_connect (proxy, "http-error", G_CALLBACK (count_signal), &n_signals);
  xml_rpc_server_proxy_set_idempotent (proxy, TRUE);
  g_assert_null (call (proxy, "m", NULL, NULL, NULL, &error));
  g_assert_error (error, XML_RPC_HTTP_ERROR, 500);
  g_assert_cmpint (n_signals, ==, 0);
  g_assert_cmpuint (fake_server_get_n_requests (server), ==, 1);
  script_clear (&script);
}

static const char * const silences[] = { "", "Status: 200 OK\n", "Status: 200 OK\n\n<methodResponse>" };

static void
test_timeout (CallFunc call)
{
  for (gsize i = 0; i < G_N_ELEMENTS (silences); i++)
    {
      Script script = { .response = silences[i], .stays_open = TRUE };
      g_autoptr (FakeServer) server = fake_server_new (run_script, &script);
      g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server, "/RPC2");
      g_autoptr (GError) error = NULL;

      xml_rpc_server_proxy_set_timeout (proxy, 300);
      g_assert_null (call (proxy, "m", NULL, NULL, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
      script_clear (&script);
    }
}

typedef struct
{
  FakeServer   *server;
  GCancellable *cancellable;
} Cancellation;

static gpointer
cancel_request (gpointer user_data)
{
  Cancellation *self = user_data;

  fake_server_wait_for_requests (self->server, 1);
  g_usleep (50000);
  g_cancellable_cancel (self->cancellable);
  return NULL;
}

static void
test_cancel (CallFunc call)
{
  for (gsize i = 0; i < G_N_ELEMENTS (silences); i++)
    {
      Script script = { .response = silences[i], .stays_open = TRUE };
      g_autoptr (FakeServer) server = fake_server_new (run_script, &script);
      g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server, "/RPC2");
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Cancellation cancellation = { server, cancellable };
      GThread *thread = g_thread_new ("cancel", cancel_request, &cancellation);
      g_autoptr (GError) error = NULL;

      g_assert_null (call (proxy, "m", NULL, NULL, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_thread_join (thread);
      script_clear (&script);
    }
}

static void
test_refused (CallFunc call)
{
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new ("scgi+unix:///nowhere/at/all.sock", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (call (proxy, "m", NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_null (strstr (error->message, "may or may not"));
}

static void
test_unix_socket (CallFunc call)
{
  Script script = { .response = "Status: 200 OK\n\n" VALUE };
  g_autofree char *directory = g_dir_make_tmp ("scgi-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "server.sock", NULL);
  g_autoptr (FakeServer) server = fake_server_new_at_socket (path, run_script, &script);
  const char * const paths[] = { "", ":/RPC2", ":/x" };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *uri = g_strconcat ("scgi+unix://", path, paths[i], NULL);
      g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (uri, NULL);
      GError *error = NULL;
      g_autoptr (GVariant) value = call (proxy, "m", NULL, NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (g_variant_get_string (value, NULL), ==, "known");
      assert_has (script.head, i == 2 ? "\nREQUEST_URI: /x\n" : "\nREQUEST_URI: /RPC2\n");
    }

  script_clear (&script);
  g_unlink (path);
  g_rmdir (directory);
}

static void
test_many_at_once (CallFunc call)
{
  Script script = { .response = "Status: 200 OK\n\n<methodResponse><params><param><value><array><data>"
                                "<value><array><data><value>a</value></data></array></value>"
                                "<value><array><data><value>b</value></data></array></value>"
                                "</data></array></value></param></params></methodResponse>" };
  g_autoptr (FakeServer) server = fake_server_new (run_script, &script);
  g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server, "/RPC2");
  g_autoptr (XmlRpcMulticall) multicall = xml_rpc_multicall_new (proxy);
  g_autoptr (GVariant) value = NULL;
  GError *error = NULL;

  xml_rpc_multicall_add (multicall, "a", NULL, NULL);
  xml_rpc_multicall_add (multicall, "b", NULL, NULL);
  g_assert_true (xml_rpc_multicall_execute (multicall, NULL, &error));
  g_assert_no_error (error);
  value = xml_rpc_multicall_get_result (multicall, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_variant_get_string (value, NULL), ==, "b");
  script_clear (&script);
}

static const struct
{
  const char *uri;
  const char *user;
  const char *password;
  GQuark    (*domain) (void);
  const char *message;
} wrong_settings[] = {
  { "scgi://localhost", NULL, NULL, g_uri_error_quark, "*expected the port of the SCGI server, as in scgi://localhost:5000" },
  { "scgi://:5000", NULL, NULL, g_uri_error_quark, "*no host*" },
  { "scgi+unix://", NULL, NULL, g_uri_error_quark, "*as in scgi+unix:///run/server.sock:/RPC2" },
  { "scgi+unix:///" LONG_NAME, NULL, NULL, g_uri_error_quark, "*the path of the socket has more than * bytes" },
  { "http+unix:///" LONG_NAME ":/RPC2", NULL, NULL, g_uri_error_quark, "*the path of the socket has more than * bytes" },
  { "scgi://ada:lovelace@localhost:5000", NULL, NULL, xml_rpc_error_quark, "*SCGI has no authentication*" },
  { "scgi://localhost:5000", "ada", NULL, xml_rpc_error_quark, "*SCGI has no authentication*" },
  { "scgi+unix:///run/a.sock", NULL, "lovelace", xml_rpc_error_quark, "*SCGI has no authentication*" },
};

static void
test_settings (void)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong_settings); i++)
    {
      g_autoptr (GError) found = NULL;
      g_autoptr (XmlRpcServerProxy) proxy = g_object_new (XML_RPC_TYPE_SERVER_PROXY,
                                                          "uri", wrong_settings[i].uri,
                                                          "user", wrong_settings[i].user,
                                                          "password", wrong_settings[i].password, NULL);

      g_assert_false (xml_rpc_server_proxy_check_settings (proxy, &found));
      g_assert_true (found->domain == wrong_settings[i].domain ());
      g_assert_true (g_pattern_match_simple (wrong_settings[i].message, found->message));
      g_assert_null (strstr (found->message, "lovelace"));
    }

  g_assert_null (xml_rpc_server_proxy_new_with_session ("scgi://localhost:5000", session, &error));
  g_assert_error (error, G_URI_ERROR, G_URI_ERROR_BAD_SCHEME);
}

static const BothWaysTest tests[] = {
  { "variables", test_variables },
  { "no-path", test_no_path },
  { "responses", test_responses },
  { "content-length", test_content_length },
  { "large-response", test_large_response },
  { "bad-responses", test_bad_responses },
  { "refused-early", test_refused_early },
  { "no-signals", test_no_signals },
  { "timeout", test_timeout },
  { "cancel", test_cancel },
  { "refused", test_refused },
  { "unix-socket", test_unix_socket },
  { "many-at-once", test_many_at_once },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  both_ways_add ("/scgi", tests, G_N_ELEMENTS (tests));
  g_test_add_func ("/scgi/settings", test_settings);

  return g_test_run ();
}
