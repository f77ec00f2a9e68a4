/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Both ends in many threads. Whatever happens, each call has one outcome, no call is
 * executed twice, and nothing is left behind. */

#include "both-ways.h"
#include "census.h"

#define N_THREADS 16
#define N_CANCELLATIONS 5000
#define MAX_DELAY 300  /* microseconds, more than a call takes */
#define N_LEAVING 400  /* clients of a thread */

/* A server in a thread of its own, which answers in all ways in turn. */
typedef struct
{
  GMainLoop    *loop;
  GThread      *thread;
  GThreadPool  *pool;
  SoupServer   *soup_server;
  XmlRpcServer *server;
  char         *uri;
  gint          n_executed;   /* atomic */
  GAsyncQueue  *ready;        /* gets the server when it serves */
} Peer;

static void
answer (XmlRpcInvocation *invocation)
{
  g_autoptr (GVariant) param = g_variant_get_child_value (xml_rpc_invocation_get_params (invocation), 0);

  xml_rpc_invocation_return_value (invocation, param);
}

static void
answer_in_thread (gpointer invocation,
                  gpointer user_data)
{
  answer (invocation);
  g_object_unref (invocation);
}

static gboolean
answer_in_idle (gpointer invocation)
{
  answer (invocation);

  return G_SOURCE_REMOVE;
}

static void
answer_later (Peer             *self,
              XmlRpcInvocation *invocation)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, answer_in_idle, g_object_ref (invocation), g_object_unref);
  g_source_attach (source, g_main_loop_get_context (self->loop));
}

static void
echo (XmlRpcServer     *server,
      XmlRpcInvocation *invocation,
      gpointer          user_data)
{
  Peer *self = user_data;

  switch (g_atomic_int_add (&self->n_executed, 1) % 3)
    {
    case 0:
      answer (invocation);
      break;
    case 1:
      answer_later (self, invocation);
      break;
    default:
      g_thread_pool_push (self->pool, g_object_ref (invocation), NULL);
    }
}

static gboolean
tell_ready (gpointer data)
{
  Peer *self = data;

  g_async_queue_push (self->ready, self);

  return G_SOURCE_REMOVE;
}

/* With room for all who come at once. SoupServer itself lets only ten wait, and the
 * kernel resets some of the others. */
static char *
listen_to_many (SoupServer *soup_server)
{
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);
  g_socket_set_listen_backlog (socket, 1024);
  g_assert_true (g_socket_bind (socket, any, TRUE, NULL));
  g_assert_true (g_socket_listen (socket, NULL));
  soup_server_listen_socket (soup_server, socket, 0, &error);
  g_assert_no_error (error);
  address = g_socket_get_local_address (socket, &error);
  g_assert_no_error (error);

  return g_strdup_printf ("http://127.0.0.1:%u/RPC2",
                          g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
}

static gpointer
serve (gpointer data)
{
  Peer *self = data;
  GMainContext *context = g_main_loop_get_context (self->loop);
  g_autoptr (GSource) source = g_idle_source_new ();

  g_main_context_push_thread_default (context);
  self->soup_server = soup_server_new (NULL, NULL);
  self->server = xml_rpc_server_new ();
  xml_rpc_server_add_method (self->server, "echo", NULL, NULL, echo, self, NULL, NULL);
  xml_rpc_server_attach (self->server, self->soup_server, "/RPC2");
  self->uri = listen_to_many (self->soup_server);

  g_source_set_callback (source, tell_ready, self, NULL);
  g_source_attach (source, context);
  g_main_loop_run (self->loop);

  g_thread_pool_free (self->pool, FALSE, TRUE);
  while (g_main_context_iteration (context, FALSE))
    continue;
  xml_rpc_server_detach (self->server, self->soup_server);
  soup_server_disconnect (self->soup_server);
  while (g_main_context_iteration (context, FALSE))
    continue;
  g_object_unref (self->server);
  g_object_unref (self->soup_server);
  g_main_context_pop_thread_default (context);

  return NULL;
}

static Peer *
peer_new (void)
{
  Peer *self = g_new0 (Peer, 1);
  g_autoptr (GMainContext) context = g_main_context_new ();

  self->loop = g_main_loop_new (context, FALSE);
  self->pool = g_thread_pool_new (answer_in_thread, NULL, 4, FALSE, NULL);
  self->ready = g_async_queue_new ();
  self->thread = g_thread_new ("peer", serve, self);
  g_async_queue_pop (self->ready);

  return self;
}

static void
peer_free (Peer *self)
{
  g_main_loop_quit (self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_async_queue_unref (self->ready);
  g_free (self->uri);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Peer, peer_free)

static XmlRpcServerProxy *
create_proxy (Peer *peer)
{
  GError *error = NULL;
  XmlRpcServerProxy *proxy = xml_rpc_server_proxy_new (peer->uri, &error);

  g_assert_no_error (error);
  /* Under helgrind, which runs one thread at a time, a call can wait for minutes. */
  xml_rpc_server_proxy_set_timeout (proxy, 10 * 60 * 1000);

  return proxy;
}

static void
assert_echo (CallFunc           call,
             XmlRpcServerProxy *proxy,
             int                number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = call (proxy, "echo", g_variant_new ("(i)", number), G_VARIANT_TYPE_INT32, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (g_variant_get_int32 (value), ==, number);
}

/* What a thread does, and with what. */
typedef struct
{
  Peer              *peer;
  XmlRpcServerProxy *proxy;    /* NULL: one of its own */
  int                first;
  int                n;
} Work;

static gpointer
call_sync (gpointer data)
{
  const Work *work = data;
  g_autoptr (XmlRpcServerProxy) proxy = work->proxy != NULL ? g_object_ref (work->proxy) : create_proxy (work->peer);

  for (int i = 0; i < work->n; i++)
    assert_echo (xml_rpc_server_proxy_call, proxy, work->first + i);

  return NULL;
}

static void
take_echo (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = xml_rpc_server_proxy_call_finish (XML_RPC_SERVER_PROXY (object), result, &error);
  int *n_pending = user_data;

  g_assert_no_error (error);
  g_assert_nonnull (value);
  (*n_pending)--;
}

/* Many at a time, in a main context of the thread. */
static gpointer
call_async (gpointer data)
{
  const Work *work = data;
  g_autoptr (XmlRpcServerProxy) proxy = work->proxy != NULL ? g_object_ref (work->proxy) : create_proxy (work->peer);
  g_autoptr (GMainContext) context = g_main_context_new ();
  int n_pending = work->n;

  g_main_context_push_thread_default (context);
  for (int i = 0; i < work->n; i++)
    xml_rpc_server_proxy_call_async (proxy, "echo", g_variant_new ("(i)", work->first + i), G_VARIANT_TYPE_INT32,
                                     NULL, take_echo, &n_pending);
  while (n_pending > 0)
    g_main_context_iteration (context, TRUE);
  g_main_context_pop_thread_default (context);

  return NULL;
}

/* The proxy goes while its calls are under way. */
static gpointer
call_and_drop (gpointer data)
{
  const Work *work = data;
  g_autoptr (GMainContext) context = g_main_context_new ();

  g_main_context_push_thread_default (context);
  for (int i = 0; i < work->n; i++)
    {
      XmlRpcServerProxy *proxy = create_proxy (work->peer);
      int n_pending = 3;

      g_object_add_weak_pointer (G_OBJECT (proxy), (gpointer *) &proxy);
      for (int j = n_pending; j > 0; j--)
        xml_rpc_server_proxy_call_async (proxy, "echo", g_variant_new ("(i)", i), G_VARIANT_TYPE_INT32,
                                         NULL, take_echo, &n_pending);
      g_object_unref (proxy);
      while (n_pending > 0 || g_main_context_pending (context))
        g_main_context_iteration (context, TRUE);
      g_assert_null (proxy);
    }
  g_main_context_pop_thread_default (context);

  return NULL;
}

static void
run_threads (GThreadFunc func,
             gboolean    is_shared,
             int         n,
             int         calls_each)
{
  g_autoptr (Peer) peer = peer_new ();
  g_autoptr (XmlRpcServerProxy) proxy = is_shared ? create_proxy (peer) : NULL;
  Work work[N_THREADS];
  GThread *threads[N_THREADS];

  for (int i = 0; i < N_THREADS; i++)
    {
      work[i] = (Work) { peer, proxy, i * n, n };
      threads[i] = g_thread_new ("calls", func, &work[i]);
    }
  for (int i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);

  g_assert_cmpint (g_atomic_int_get (&peer->n_executed), ==, N_THREADS * n * calls_each);
}

static void
test_one_proxy (void)
{
  run_threads (call_sync, TRUE, 50, 1);
}

static void
test_sixteen_proxies (void)
{
  run_threads (call_sync, FALSE, 50, 1);
}

static void
test_contexts_and_one_proxy (void)
{
  run_threads (call_async, TRUE, 50, 1);
}

static void
test_contexts_and_sixteen_proxies (void)
{
  run_threads (call_async, FALSE, 50, 1);
}

static void
test_dropped_in_flight (void)
{
  run_threads (call_and_drop, FALSE, 5, 3);
}

/* Cancels what it is given, after a while. */
static gpointer
cancel (gpointer queue)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  gpointer next;

  while ((next = g_async_queue_pop (queue)) != queue)
    {
      g_autoptr (GCancellable) cancellable = next;

      g_usleep (g_rand_int_range (rand, 0, MAX_DELAY));
      g_cancellable_cancel (cancellable);
    }

  return NULL;
}

static void
cancel_racing (CallFunc call)
{
  g_autoptr (Peer) peer = peer_new ();
  g_autoptr (XmlRpcServerProxy) proxy = create_proxy (peer);
  g_autoptr (GAsyncQueue) queue = g_async_queue_new ();
  GThread *thread = g_thread_new ("cancel", cancel, queue);
  int n_answered = 0, n_executed;

  for (int i = 0; i < N_CANCELLATIONS; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) value = NULL;

      g_async_queue_push (queue, g_object_ref (cancellable));
      value = call (proxy, "echo", g_variant_new ("(i)", i), G_VARIANT_TYPE_INT32, cancellable, &error);
      if (value == NULL)
        {
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpint (g_variant_get_int32 (value), ==, i);
      n_answered++;
    }
  g_async_queue_push (queue, queue);
  g_thread_join (thread);
  assert_echo (call, proxy, 1);

  n_executed = g_atomic_int_get (&peer->n_executed) - 1;
  g_test_message ("%d calls, %d executed, %d answered", N_CANCELLATIONS, n_executed, n_answered);
  g_assert_cmpint (n_answered, <=, n_executed);
  g_assert_cmpint (n_executed, <=, N_CANCELLATIONS);
}

static void
test_cancel_racing_sync (void)
{
  cancel_racing (xml_rpc_server_proxy_call);
}

static void
test_cancel_racing_async (void)
{
  cancel_racing (both_ways_call_async);
}

/* Clients that call once and leave, without a word: where the kernel is about to note
 * that they did, it says for a moment that there is something to read. */
static gpointer
call_and_leave (gpointer data)
{
  static const char request[] =
    "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\nContent-Length: 123\r\n\r\n"
    "<?xml version=\"1.0\"?><methodCall><methodName>echo</methodName>"
    "<params><param><value>x</value></param></params></methodCall>";
  const Work *work = data;
  g_autoptr (GSocketClient) connector = g_socket_client_new ();
  const char *authority = strchr (work->peer->uri, '1');
  g_autofree char *address = g_strndup (authority, strcspn (authority, "/"));

  for (int i = 0; i < work->n; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (connector, address, 0, NULL, &error);
      GOutputStream *output;
      char answer[1024];

      g_assert_no_error (error);
      output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
      g_assert_true (g_output_stream_write_all (output, request, strlen (request), NULL, NULL, NULL));
      g_assert_cmpint (g_socket_receive (g_socket_connection_get_socket (connection), answer, sizeof answer, NULL, NULL),
                       >, 0);
    }

  return NULL;
}

static void
test_leaving (void)
{
  run_threads (call_and_leave, FALSE, N_LEAVING, 1);
}

static const struct
{
  const char *name;
  GTestFunc   func;
} tests[] = {
  { "one-proxy", test_one_proxy },
  { "sixteen-proxies", test_sixteen_proxies },
  { "contexts-and-one-proxy", test_contexts_and_one_proxy },
  { "contexts-and-sixteen-proxies", test_contexts_and_sixteen_proxies },
  { "dropped-in-flight", test_dropped_in_flight },
  { "leaving", test_leaving },
  { "cancel-racing/sync", test_cancel_racing_sync },
  { "cancel-racing/async", test_cancel_racing_async },
};

/* What GLib has once for all. */
static void
warm_up (void)
{
  g_autoptr (Peer) peer = peer_new ();
  g_autoptr (XmlRpcServerProxy) proxy = create_proxy (peer);

  assert_echo (xml_rpc_server_proxy_call, proxy, 1);
  assert_echo (both_ways_call_async, proxy, 2);
}

static void
run_and_count (gconstpointer func)
{
  Census before;

  warm_up ();
  before = census_take_own ();
  ((GTestFunc) func) ();
  census_assert_own (&before);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strdup_printf ("/threads/%s", tests[i].name);

      g_test_add_data_func (path, (gconstpointer) tests[i].func, run_and_count);
    }

  return g_test_run ();
}
