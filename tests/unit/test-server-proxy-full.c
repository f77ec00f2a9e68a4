/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Calls with limits of their own, of all three kinds, and both ways. */

#include <string.h>

#include "fake-server.h"
#include "server-caller.h"

#include <xmlrpc-glib/xmlrpc-glib.h>

/* Long enough for a machine with other work. */
#define LONG_TIMEOUT (60 * 1000)
#define SHORT_TIMEOUT 100

/* How one kind of call is made; TRUE if there was a result. */
typedef gboolean (*FullFunc) (XmlRpcServerProxy  *proxy,
                              XmlRpcCallFlags     flags,
                              int                 timeout_msec,
                              GError            **error);

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
call_sync (XmlRpcServerProxy  *proxy,
           XmlRpcCallFlags     flags,
           int                 timeout_msec,
           GError            **error)
{
  g_autoptr (GVariant) value = xml_rpc_server_proxy_call_full (proxy, "m", g_variant_new ("(i)", 1), NULL,
                                                               flags, timeout_msec, NULL, error);

  return value != NULL;
}

static gboolean
call_async (XmlRpcServerProxy  *proxy,
            XmlRpcCallFlags     flags,
            int                 timeout_msec,
            GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) value = NULL;

  xml_rpc_server_proxy_call_full_async (proxy, "m", g_variant_new ("(i)", 1), NULL, flags, timeout_msec, NULL,
                                        server_caller_take_result, &result);
  wait_for (&result);
  value = xml_rpc_server_proxy_call_full_finish (proxy, result, error);

  return value != NULL;
}

static gboolean
json_sync (XmlRpcServerProxy  *proxy,
           XmlRpcCallFlags     flags,
           int                 timeout_msec,
           GError            **error)
{
  g_autofree char *fault = NULL;
  g_autofree char *json = xml_rpc_server_proxy_call_json_full (proxy, "m", "[1]", flags, timeout_msec, &fault,
                                                               NULL, error);

  return json != NULL;
}

static gboolean
json_async (XmlRpcServerProxy  *proxy,
            XmlRpcCallFlags     flags,
            int                 timeout_msec,
            GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *json = NULL;

  xml_rpc_server_proxy_call_json_full_async (proxy, "m", "[1]", flags, timeout_msec, NULL,
                                             server_caller_take_result, &result);
  wait_for (&result);
  json = xml_rpc_server_proxy_call_json_full_finish (proxy, result, NULL, error);

  return json != NULL;
}

static gboolean
multicall_sync (XmlRpcServerProxy  *proxy,
                XmlRpcCallFlags     flags,
                int                 timeout_msec,
                GError            **error)
{
  g_autoptr (XmlRpcMulticall) multicall = xml_rpc_multicall_new (proxy);

  xml_rpc_multicall_add (multicall, "m", NULL, NULL);

  return xml_rpc_multicall_execute_full (multicall, flags, timeout_msec, NULL, error);
}

static gboolean
multicall_async (XmlRpcServerProxy  *proxy,
                 XmlRpcCallFlags     flags,
                 int                 timeout_msec,
                 GError            **error)
{
  g_autoptr (XmlRpcMulticall) multicall = xml_rpc_multicall_new (proxy);
  g_autoptr (GAsyncResult) result = NULL;

  xml_rpc_multicall_add (multicall, "m", NULL, NULL);
  xml_rpc_multicall_execute_full_async (multicall, flags, timeout_msec, NULL, server_caller_take_result, &result);
  wait_for (&result);

  return xml_rpc_multicall_execute_full_finish (multicall, result, error);
}

static const struct
{
  const char *name;
  FullFunc    func;
} kinds[] = {
  { "call/sync", call_sync },
  { "call/async", call_async },
  { "json/sync", json_sync },
  { "json/async", json_async },
  { "multicall/sync", multicall_sync },
  { "multicall/async", multicall_async },
};

static void
never_answer (FakeConnection *connection,
              gpointer        user_data)
{
  g_free (fake_connection_read_request (connection));
  fake_connection_wait_for_close (connection);
}

/* Not before the timeout of the proxy is over. */
static void
answer_late (FakeConnection *connection,
             gpointer        user_data)
{
  char *request;

  while ((request = fake_connection_read_request (connection)) != NULL)
    {
      g_usleep (3 * SHORT_TIMEOUT * 1000);
      fake_connection_return (connection, g_variant_new_parsed ("[<[<1>]>]"));
      g_free (request);
    }
}

static void
assert_timed_out (FullFunc           func,
                  XmlRpcServerProxy *proxy,
                  int                timeout_msec)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *part = g_strdup_printf ("longer than %d milliseconds", SHORT_TIMEOUT);

  g_assert_false (func (proxy, XML_RPC_CALL_FLAGS_NONE, timeout_msec, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_nonnull (strstr (error->message, part));
}

static void
test_timeout (gconstpointer data)
{
  FullFunc func = *(const FullFunc *) data;
  g_autoptr (FakeServer) deaf = fake_server_new (never_answer, NULL);
  g_autoptr (FakeServer) slow = fake_server_new (answer_late, NULL);
  g_autoptr (XmlRpcServerProxy) patient = xml_rpc_server_proxy_new (fake_server_get_uri (deaf), NULL);
  g_autoptr (XmlRpcServerProxy) hasty = xml_rpc_server_proxy_new (fake_server_get_uri (slow), NULL);
  GError *error = NULL;

  xml_rpc_server_proxy_set_timeout (patient, LONG_TIMEOUT);
  assert_timed_out (func, patient, SHORT_TIMEOUT);
  g_assert_cmpuint (xml_rpc_server_proxy_get_timeout (patient), ==, LONG_TIMEOUT);

  xml_rpc_server_proxy_set_timeout (hasty, SHORT_TIMEOUT);
  assert_timed_out (func, hasty, -1);
  g_assert_true (func (hasty, XML_RPC_CALL_FLAGS_NONE, 0, &error));
  g_assert_no_error (error);
  g_assert_true (func (hasty, XML_RPC_CALL_FLAGS_NONE, LONG_TIMEOUT, &error));
  g_assert_no_error (error);
}

/* The first connection has one answer only. */
static void
answer_once (FakeConnection *connection,
             gpointer        user_data)
{
  const gboolean is_first = g_atomic_int_add ((int *) user_data, 1) == 0;
  char *request;

  while ((request = fake_connection_read_request (connection)) != NULL)
    {
      g_free (request);
      if (is_first && fake_connection_get_number (connection) > 1)
        return;
      fake_connection_return (connection, g_variant_new_parsed ("[<[<1>]>]"));
    }
}

static void
test_idempotent (gconstpointer data)
{
  FullFunc func = *(const FullFunc *) data;

  for (int is_idempotent = FALSE; is_idempotent <= TRUE; is_idempotent++)
    {
      const XmlRpcCallFlags flags = is_idempotent ? XML_RPC_CALL_FLAGS_IDEMPOTENT : XML_RPC_CALL_FLAGS_NONE;
      int n_connections = 0;
      g_autoptr (FakeServer) server = fake_server_new (answer_once, &n_connections);
      g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (fake_server_get_uri (server), NULL);
      g_autoptr (GError) error = NULL;

      g_assert_true (func (proxy, XML_RPC_CALL_FLAGS_NONE, -1, &error));
      g_assert_no_error (error);
      g_assert_cmpint (func (proxy, flags, -1, &error), ==, is_idempotent);
      g_assert_cmpuint (fake_server_get_n_requests (server), ==, is_idempotent ? 3 : 2);
      g_assert_false (xml_rpc_server_proxy_get_idempotent (proxy));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *timeout = g_strdup_printf ("/server-proxy-full/%s/timeout", kinds[i].name);
      g_autofree char *idempotent = g_strdup_printf ("/server-proxy-full/%s/idempotent", kinds[i].name);

      g_test_add_data_func (timeout, &kinds[i].func, test_timeout);
      g_test_add_data_func (idempotent, &kinds[i].func, test_idempotent);
    }

  return g_test_run ();
}
