/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "barrier.h"
#include "both-ways.h"
#include "fake-server.h"

/* As many as the proxy has connections. */
#define N_CONNECTIONS 8

/* Answers with the first parameter. */
static void
echo (FakeConnection *connection,
      gpointer        user_data)
{
  Barrier *barrier = user_data;
  char *text;

  while ((text = fake_connection_read_request (connection)) != NULL)
    {
      if (barrier != NULL)
        barrier_wait (barrier);
      if (!fake_connection_echo (connection, text))
        return;
    }
}

static void
assert_echo (CallFunc           call,
             XmlRpcServerProxy *proxy,
             int                number)
{
  GError *error = NULL;
  g_autoptr (GVariant) value = call (proxy, "echo", g_variant_new ("(i)", number),
                                     G_VARIANT_TYPE_INT32, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (g_variant_get_int32 (value), ==, number);
}

typedef struct
{
  XmlRpcServerProxy *proxy;
  int                first;
  int                n;
} Series;

static gpointer
call_series (gpointer data)
{
  const Series *series = data;

  for (int i = 0; i < series->n; i++)
    assert_echo (xml_rpc_server_proxy_call, series->proxy, series->first + i);

  return NULL;
}

static void
run_series (FakeServer        *server,
            XmlRpcServerProxy *proxy,
            guint              n_threads,
            int                n_calls)
{
  g_autofree Series *series = g_new (Series, n_threads);
  g_autofree GThread **threads = g_new (GThread *, n_threads);

  for (guint i = 0; i < n_threads; i++)
    {
      series[i] = (Series) { proxy, (int) i * n_calls, n_calls };
      threads[i] = g_thread_new ("series", call_series, &series[i]);
    }
  for (guint i = 0; i < n_threads; i++)
    g_thread_join (threads[i]);

  g_assert_cmpuint (fake_server_get_n_requests (server), >=, n_threads * n_calls);
  g_assert_cmpuint (fake_server_get_n_connections (server), <=, N_CONNECTIONS);
}

static void
test_threads (void)
{
  g_autoptr (FakeServer) server = fake_server_new (echo, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);

  run_series (server, proxy, N_CONNECTIONS, 200);
}

static void
test_more_threads_than_connections (void)
{
  g_autoptr (FakeServer) server = fake_server_new (echo, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);

  run_series (server, proxy, 3 * N_CONNECTIONS, 50);
}

/* Answers numbers below zero when the barrier is open, and all others at once. */
static void
echo_positive (FakeConnection *connection,
               gpointer        user_data)
{
  char *text;

  while ((text = fake_connection_read_request (connection)) != NULL)
    {
      g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));
      g_autofree char *method_name = NULL;
      g_autoptr (GVariant) params = NULL;
      g_autoptr (GVariant) value = NULL;
      GError *error = NULL;

      xml_rpc_decode_call (body, NULL, &method_name, &params, &error);
      g_assert_no_error (error);
      value = g_variant_get_child_value (params, 0);
      if (g_variant_get_int32 (value) < 0)
        barrier_wait (user_data);
      if (!fake_connection_return (connection, value))
        return;
    }
}

/* No lock is held while a call reads or writes: the calls of one thread wait for their
 * answers, and all those of another get theirs meanwhile. */
static void
test_slow_beside_others (void)
{
  Barrier barrier = { .is_open = FALSE };
  g_autoptr (FakeServer) server = fake_server_new (echo_positive, &barrier);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);
  Series slow[N_CONNECTIONS - 1];
  GThread *threads[N_CONNECTIONS - 1];

  for (int i = 0; i < N_CONNECTIONS - 1; i++)
    {
      slow[i] = (Series) { proxy, -i - 1, 1 };
      threads[i] = g_thread_new ("slow", call_series, &slow[i]);
    }
  fake_server_wait_for_requests (server, N_CONNECTIONS - 1);

  for (int i = 0; i < 100; i++)
    assert_echo (xml_rpc_server_proxy_call, proxy, i);
  assert_echo (both_ways_call_async, proxy, 100);

  barrier_open (&barrier);
  for (int i = 0; i < N_CONNECTIONS - 1; i++)
    g_thread_join (threads[i]);
}

/* All connections are in use; one call waits for one, and is cancelled, or its
 * time is up. The others are answered. */
static void
wait_in_vain (GCancellable *cancellable,
              int           code)
{
  Barrier barrier = { .is_open = FALSE };
  g_autoptr (FakeServer) server = fake_server_new (echo, &barrier);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);
  g_autoptr (GError) error = NULL;
  Series series[N_CONNECTIONS];
  GThread *threads[N_CONNECTIONS];

  for (int i = 0; i < N_CONNECTIONS; i++)
    {
      series[i] = (Series) { proxy, i, 2 };
      threads[i] = g_thread_new ("series", call_series, &series[i]);
    }
  fake_server_wait_for_requests (server, N_CONNECTIONS);

  if (cancellable == NULL)
    xml_rpc_server_proxy_set_timeout (proxy, 100);
  g_assert_null (xml_rpc_server_proxy_call (proxy, "echo", g_variant_new ("(i)", 1), NULL,
                                            cancellable, &error));
  g_assert_error (error, G_IO_ERROR, code);
  g_assert_cmpuint (fake_server_get_n_requests (server), ==, N_CONNECTIONS);
  xml_rpc_server_proxy_set_timeout (proxy, 60 * 1000);

  barrier_open (&barrier);
  for (int i = 0; i < N_CONNECTIONS; i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (fake_server_get_n_requests (server), ==, 2 * N_CONNECTIONS);
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (50 * 1000);
  g_cancellable_cancel (data);

  return NULL;
}

static void
test_cancelled_while_waiting (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);

  wait_in_vain (cancellable, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
}

static void
test_timed_out_while_waiting (void)
{
  wait_in_vain (NULL, G_IO_ERROR_TIMED_OUT);
}

static void
take_echo (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GError *error = NULL;
  g_autoptr (GVariant) value = xml_rpc_server_proxy_call_finish (XML_RPC_SERVER_PROXY (object),
                                                                 result, &error);
  guint *n_answers = user_data;

  g_assert_no_error (error);
  g_assert_nonnull (value);
  (*n_answers)++;
}

static void
start_echoes (XmlRpcServerProxy *proxy,
              guint              n,
              guint             *n_answers)
{
  for (guint i = 0; i < n; i++)
    xml_rpc_server_proxy_call_async (proxy, "echo", g_variant_new ("(i)", i), NULL, NULL,
                                     take_echo, n_answers);
}

static void
wait_for_answers (guint *n_answers,
                  guint  n)
{
  while (*n_answers < n)
    g_main_context_iteration (g_main_context_get_thread_default (), TRUE);
}

static void
test_many_async (void)
{
  g_autoptr (FakeServer) server = fake_server_new (echo, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);
  guint n_answers = 0;

  start_echoes (proxy, 100, &n_answers);
  wait_for_answers (&n_answers, 100);
  g_assert_cmpuint (fake_server_get_n_connections (server), <=, N_CONNECTIONS);
}

/* A blocking call in the thread that has to go on with the asynchronous ones: it
 * cannot be answered before them, but it must not hang. */
static void
test_sync_behind_async (void)
{
  Barrier barrier = { .is_open = FALSE };
  g_autoptr (FakeServer) server = fake_server_new (echo, &barrier);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);
  g_autoptr (GError) error = NULL;
  guint n_answers = 0;

  start_echoes (proxy, 2 * N_CONNECTIONS, &n_answers);
  while (fake_server_get_n_requests (server) < N_CONNECTIONS)
    g_main_context_iteration (NULL, FALSE);

  xml_rpc_server_proxy_set_timeout (proxy, 100);
  g_assert_null (xml_rpc_server_proxy_call (proxy, "echo", g_variant_new ("(i)", 1), NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);

  barrier_open (&barrier);
  wait_for_answers (&n_answers, 2 * N_CONNECTIONS);
}

/* With the other ones in another thread it is a matter of waiting one's turn. */
static void
test_sync_beside_async (void)
{
  g_autoptr (FakeServer) server = fake_server_new (echo, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);
  Series series[2] = { { proxy, 0, 100 }, { proxy, 1000, 100 } };
  GThread *threads[2];
  guint n_answers = 0;

  start_echoes (proxy, 200, &n_answers);
  for (int i = 0; i < 2; i++)
    threads[i] = g_thread_new ("series", call_series, &series[i]);
  wait_for_answers (&n_answers, 200);
  for (int i = 0; i < 2; i++)
    g_thread_join (threads[i]);
}

/* What has been answered has given its connection back. */
static void
test_sync_after_async (void)
{
  g_autoptr (FakeServer) server = fake_server_new (echo, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);

  for (int i = 0; i < 50; i++)
    {
      guint n_answers = 0;

      start_echoes (proxy, N_CONNECTIONS, &n_answers);
      wait_for_answers (&n_answers, N_CONNECTIONS);
      assert_echo (xml_rpc_server_proxy_call, proxy, i);
    }
}

/* In a thread whose main loop has stopped with connections not given back, they
 * are missing, but nobody hangs for want of them. */
static void
test_sync_beside_stopped_loop (void)
{
  Barrier barrier = { .is_open = FALSE };
  g_autoptr (FakeServer) server = fake_server_new (echo, &barrier);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);
  g_autoptr (GError) error = NULL;
  guint n_answers = 0;

  start_echoes (proxy, N_CONNECTIONS, &n_answers);
  while (fake_server_get_n_requests (server) < N_CONNECTIONS)
    g_main_context_iteration (NULL, FALSE);
  barrier_open (&barrier);

  xml_rpc_server_proxy_set_timeout (proxy, 100);
  g_assert_null (xml_rpc_server_proxy_call (proxy, "echo", g_variant_new ("(i)", 1), NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);

  wait_for_answers (&n_answers, N_CONNECTIONS);
}

static gpointer
call_in_own_context (gpointer data)
{
  XmlRpcServerProxy *proxy = data;
  g_autoptr (GMainContext) context = g_main_context_new ();

  /* Answered here: nobody else runs this context, and nobody runs the other. */
  g_main_context_push_thread_default (context);
  for (int i = 0; i < 20; i++)
    assert_echo (both_ways_call_async, proxy, i);
  g_main_context_pop_thread_default (context);

  return NULL;
}

static void
test_own_context (void)
{
  g_autoptr (FakeServer) server = fake_server_new (echo, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("context", call_in_own_context, proxy);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static void
test_dropped_in_flight (void)
{
  Barrier barrier = { .is_open = FALSE };
  g_autoptr (FakeServer) server = fake_server_new (echo, &barrier);
  XmlRpcServerProxy *proxy = fake_server_create_proxy (server);
  guint n_answers = 0;

  g_object_add_weak_pointer (G_OBJECT (proxy), (gpointer *) &proxy);
  start_echoes (proxy, 3, &n_answers);
  g_object_unref (proxy);
  g_assert_nonnull (proxy);

  barrier_open (&barrier);
  wait_for_answers (&n_answers, 3);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_null (proxy);
}

static gpointer
use_and_drop (gpointer data)
{
  g_autoptr (XmlRpcServerProxy) proxy = data;

  assert_echo (xml_rpc_server_proxy_call, proxy, 1);

  return NULL;
}

static void
test_dropped_in_thread (void)
{
  g_autoptr (FakeServer) server = fake_server_new (echo, NULL);

  for (int i = 0; i < 20; i++)
    {
      XmlRpcServerProxy *proxy = fake_server_create_proxy (server);

      assert_echo (both_ways_call_async, proxy, 0);
      g_thread_join (g_thread_new ("drop", use_and_drop, proxy));
    }
}

static gpointer
change_properties (gpointer data)
{
  gpointer *args = data;
  gint *stop = args[1];

  for (guint i = 0; !g_atomic_int_get (stop); i++)
    g_object_set (args[0], "timeout", 10000 + i % 2, "max-response-size", (guint64) 10000 + i % 3,
                  "idempotent", i % 2, NULL);

  return NULL;
}

static void
test_properties_in_flight (void)
{
  g_autoptr (FakeServer) server = fake_server_new (echo, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);
  gint stop = FALSE;
  gpointer args[] = { proxy, &stop };
  GThread *thread = g_thread_new ("properties", change_properties, args);

  run_series (server, proxy, 4, 50);
  g_atomic_int_set (&stop, TRUE);
  g_thread_join (thread);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/server-proxy-threads/threads", test_threads);
  g_test_add_func ("/server-proxy-threads/more-threads-than-connections", test_more_threads_than_connections);
  g_test_add_func ("/server-proxy-threads/slow-beside-others", test_slow_beside_others);
  g_test_add_func ("/server-proxy-threads/cancelled-while-waiting", test_cancelled_while_waiting);
  g_test_add_func ("/server-proxy-threads/timed-out-while-waiting", test_timed_out_while_waiting);
  g_test_add_func ("/server-proxy-threads/many-async", test_many_async);
  g_test_add_func ("/server-proxy-threads/sync-behind-async", test_sync_behind_async);
  g_test_add_func ("/server-proxy-threads/sync-beside-async", test_sync_beside_async);
  g_test_add_func ("/server-proxy-threads/sync-after-async", test_sync_after_async);
  g_test_add_func ("/server-proxy-threads/sync-beside-stopped-loop", test_sync_beside_stopped_loop);
  g_test_add_func ("/server-proxy-threads/own-context", test_own_context);
  g_test_add_func ("/server-proxy-threads/dropped-in-flight", test_dropped_in_flight);
  g_test_add_func ("/server-proxy-threads/dropped-in-thread", test_dropped_in_thread);
  g_test_add_func ("/server-proxy-threads/properties-in-flight", test_properties_in_flight);

  return g_test_run ();
}
