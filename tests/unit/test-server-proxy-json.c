/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "fake-server.h"
#include "server-caller.h"

typedef char *(*JsonCallFunc) (XmlRpcServerProxy  *proxy,
                               const char         *method_name,
                               const char         *params,
                               char              **fault,
                               GCancellable       *cancellable,
                               GError            **error);

static char *
call_async (XmlRpcServerProxy  *proxy,
            const char         *method_name,
            const char         *params,
            char              **fault,
            GCancellable       *cancellable,
            GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  xml_rpc_server_proxy_call_json_async (proxy, method_name, params, cancellable,
                                        server_caller_take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return xml_rpc_server_proxy_call_json_finish (proxy, result, fault, error);
}

/* Answers with the array of the parameters; the method "fail" with a fault, and
 * "http" with a status. */
static void
answer (FakeConnection *connection,
        gpointer        user_data)
{
  char *text;

  while ((text = fake_connection_read_request (connection)) != NULL)
    {
      g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));
      g_autoptr (GBytes) reply = NULL;
      g_autoptr (GVariant) params = NULL;
      g_autofree char *method_name = NULL;
      GError *error = NULL;

      xml_rpc_decode_call (body, NULL, &method_name, &params, &error);
      g_assert_no_error (error);
      reply = g_str_equal (method_name, "fail") ? xml_rpc_encode_fault (7, "No.", NULL)
                                                : xml_rpc_encode_response (params, NULL);
      fake_connection_reply (connection, g_str_equal (method_name, "http") ? "503 Busy" : "200 OK",
                             "Content-Type: text/xml\r\nRetry-After: 9\r\n", reply);
    }
}

static void
test_answer (gconstpointer data)
{
  const JsonCallFunc call = (JsonCallFunc) data;
  g_autoptr (FakeServer) server = fake_server_new (answer, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (fake_server_get_uri (server), NULL);
  static const char * const params[] = {
    "[]",
    "[1,\"\303\274\",2.5,null,[true],{\"a\":[1]}]",
    "[{\"$i8\":\"5\"},{\"$base64\":\"AP8=\"},{\"$dateTime\":\"19980717T14:08:55\"},{\"$struct\":{\"$a\":1}}]",
  };
  g_autofree char *none = NULL;
  GError *error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (params); i++)
    {
      g_autofree char *reply = call (proxy, "echo", params[i], NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (reply, ==, params[i]);
    }

  none = call (proxy, "echo", NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (none, ==, "[]");
}

static char *
nest (guint levels)
{
  GString *json = g_string_new ("[");

  for (guint i = 0; i < levels; i++)
    g_string_append_c (json, '[');
  for (guint i = 0; i < levels; i++)
    g_string_append_c (json, ']');

  return g_string_free (g_string_append_c (json, ']'), FALSE);
}

/* The array of the parameters is none of theirs. */
static void
test_nesting (gconstpointer data)
{
  const JsonCallFunc call = (JsonCallFunc) data;
  g_autoptr (FakeServer) server = fake_server_new (answer, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (fake_server_get_uri (server), NULL);
  g_autofree char *below = nest (39);
  g_autofree char *at = nest (40);
  g_autofree char *above = nest (41);
  g_autofree char *reply = NULL;
  g_autoptr (GError) error = NULL;

  reply = call (proxy, "echo", below, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (reply, ==, below);

  /* The array of the answer is a 41st level, so the answer is a fault. */
  g_free (call (proxy, "fail", at, NULL, NULL, &error));
  g_assert_error (error, XML_RPC_FAULT, 7);
  g_clear_error (&error);

  g_assert_null (call (proxy, "fail", above, NULL, NULL, &error));
  g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED);
}

static void
test_errors (gconstpointer data)
{
  const JsonCallFunc call = (JsonCallFunc) data;
  g_autoptr (FakeServer) server = fake_server_new (answer, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (fake_server_get_uri (server), NULL);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  static const struct
  {
    const char *params;
    int         code;
    const char *message;
  } cases[] = {
    { "[1,{\"a\":[\"\\u0000\"]}]", XML_RPC_ERROR_INVALID_VALUE, "params[1].a[0]: " },
    { "[\"\\u0001\"]", XML_RPC_ERROR_INVALID_VALUE, "params[0]: " },
    { "{\"a\":1}", XML_RPC_ERROR_TYPE_MISMATCH, "params: expected an array" },
    { "1", XML_RPC_ERROR_TYPE_MISMATCH, "params: expected an array" },
    { "[1", XML_RPC_ERROR_NOT_WELL_FORMED, "params" },
    { "[\"\377\"]", XML_RPC_ERROR_NOT_WELL_FORMED, "params: expected UTF-8" },
  };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_null (call (proxy, "echo", cases[i].params, NULL, NULL, &error));
      g_assert_error (error, XML_RPC_ERROR, cases[i].code);
      g_assert_true (g_str_has_prefix (error->message, cases[i].message));
      g_clear_error (&error);
    }
  g_assert_cmpuint (fake_server_get_n_requests (server), ==, 0);

  g_assert_null (call (proxy, "fail", "[]", NULL, NULL, &error));
  g_assert_error (error, XML_RPC_FAULT, 7);
  g_clear_error (&error);

  g_cancellable_cancel (cancelled);
  g_assert_null (call (proxy, "echo", "[]", NULL, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Where somebody asks for a fault it is no error. */
static void
test_fault (gconstpointer data)
{
  const JsonCallFunc call = (JsonCallFunc) data;
  g_autoptr (FakeServer) server = fake_server_new (answer, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (fake_server_get_uri (server), NULL);
  static const char * const methods[] = { "echo", "http", "fail" };
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  GError *error = NULL;
  char *fault;

  g_cancellable_cancel (cancelled);
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autofree char *json = NULL;

      fault = (char *) "unset";
      json = call (proxy, methods[i], NULL, &fault, NULL, &error);
      g_assert_cmpint (json != NULL, ==, i == 0);
      g_assert_cmpint (error != NULL, ==, i == 1);
      g_assert_cmpstr (fault, ==, i == 2 ? "{\"faultCode\":7,\"faultString\":\"No.\"}" : NULL);
      g_clear_error (&error);
    }
  g_free (fault);

  /* Neither of two things that never got so far. */
  fault = (char *) "unset";
  g_assert_null (call (proxy, "fail", "1", &fault, NULL, &error));
  g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_TYPE_MISMATCH);
  g_assert_null (fault);
  g_clear_error (&error);

  fault = (char *) "unset";
  g_assert_null (call (proxy, "fail", NULL, &fault, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (fault);
  g_clear_error (&error);
}

static void
take_header (XmlRpcServerProxy *proxy,
             SoupMessage       *message,
             GString           *headers)
{
  g_string_append_printf (headers, "%u %s;", soup_message_get_status (message),
                          soup_message_headers_get_one (soup_message_get_response_headers (message),
                                                        "Retry-After"));
}

static void
test_http_error (gconstpointer data)
{
  const JsonCallFunc call = (JsonCallFunc) data;
  g_autoptr (FakeServer) server = fake_server_new (answer, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (fake_server_get_uri (server), NULL);
  g_autoptr (GString) headers = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_signal_connect (proxy, "http-error", G_CALLBACK (take_header), headers);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_null (call (proxy, "http", NULL, NULL, NULL, &error));
      g_assert_error (error, XML_RPC_HTTP_ERROR, 503);
      g_clear_error (&error);
    }
  g_assert_cmpstr (headers->str, ==, "503 9;503 9;");

  /* Nothing else is one. */
  g_assert_null (call (proxy, "fail", NULL, NULL, NULL, &error));
  g_free (call (proxy, "echo", NULL, NULL, NULL, NULL));
  g_assert_cmpstr (headers->str, ==, "503 9;503 9;");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) \
  g_test_add_data_func ("/server-proxy-json/sync/" name, xml_rpc_server_proxy_call_json, func); \
  g_test_add_data_func ("/server-proxy-json/async/" name, call_async, func)

  ADD ("answer", test_answer);
  ADD ("nesting", test_nesting);
  ADD ("errors", test_errors);
  ADD ("fault", test_fault);
  ADD ("http-error", test_http_error);

  return g_test_run ();
}
