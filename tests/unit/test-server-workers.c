/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Methods that are called in other threads than that of the server. */

#include <sys/resource.h>

#include "server/xml-rpc-server-private.h"

#include "raw-client.h"
#include "server-caller.h"
#include "server-fixture.h"

/* Sanitizers need all the memory that they could ever use. */
#ifdef __has_feature
#define HAS_SANITIZER (__has_feature (address_sanitizer) || __has_feature (thread_sanitizer))
#else
#define HAS_SANITIZER 0
#endif
#if HAS_SANITIZER || defined (__SANITIZE_ADDRESS__) || defined (__SANITIZE_THREAD__)
#define IS_SANITIZED TRUE
#else
#define IS_SANITIZED FALSE
#endif

#define CALL "<methodCall><methodName>%s</methodName></methodCall>"

/* What a method waits for. Those who enter count themselves. */
typedef struct
{
  GMutex   mutex;
  GCond    cond;
  guint    n_entered;
  gboolean is_open;
  GThread *released_in;
} Gate;

static Gate *
gate_new (void)
{
  Gate *self = g_new0 (Gate, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);

  return self;
}

static void
gate_free (Gate *self)
{
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Gate, gate_free)

static void
gate_pass (Gate *self)
{
  g_mutex_lock (&self->mutex);
  self->n_entered++;
  g_cond_broadcast (&self->cond);
  while (!self->is_open)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

static void
gate_wait_for (Gate  *self,
               guint  n)
{
  g_mutex_lock (&self->mutex);
  while (self->n_entered < n)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

static gboolean
gate_has_been_entered (Gate *self)
{
  gboolean has_been;

  g_mutex_lock (&self->mutex);
  has_been = self->n_entered > 0;
  g_mutex_unlock (&self->mutex);

  return has_been;
}

static void
gate_open (Gate *self)
{
  g_mutex_lock (&self->mutex);
  self->is_open = TRUE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

static void
note_release (gpointer user_data)
{
  Gate *gate = user_data;

  gate->released_in = g_thread_self ();
}

static void
pass (XmlRpcServer     *server,
      XmlRpcInvocation *invocation,
      gpointer          user_data)
{
  gate_pass (user_data);
  xml_rpc_invocation_return_value (invocation, g_variant_new_boolean (XML_RPC_IS_SERVER (server)));
}

static GThread *main_thread;

static void
tell_thread (XmlRpcServer     *server,
             XmlRpcInvocation *invocation,
             gpointer          user_data)
{
  xml_rpc_invocation_return_value (invocation, g_variant_new_boolean (g_thread_self () == main_thread));
}

static void
drop (XmlRpcServer     *server,
      XmlRpcInvocation *invocation,
      gpointer          user_data)
{
}

static void
fail (XmlRpcServer     *server,
      XmlRpcInvocation *invocation,
      gpointer          user_data)
{
  xml_rpc_invocation_return_fault (invocation, 7, "seven");
}

static void
add (XmlRpcServer     *server,
     const char       *name,
     XmlRpcMethodFunc  func,
     Gate             *gate)
{
  g_assert_true (xml_rpc_server_add_method_full (server, name, NULL, NULL, XML_RPC_METHOD_IN_THREAD,
                                                 func, gate, gate != NULL ? note_release : NULL, NULL));
}

static void
start (XmlRpcServer  *server,
       const char    *name,
       GAsyncResult **result)
{
  g_autoptr (GBytes) request = xml_rpc_encode_call (name, NULL, NULL);

  xml_rpc_server_handle_async (server, request, NULL, server_caller_take_result, result);
}

static void
wait_for_result (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (result);
}

static void
wait_for_release (Gate *gate)
{
  while (gate->released_in == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (gate->released_in == main_thread);
}

static void
test_answers (void)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();

  add (server, "tell", tell_thread, NULL);
  add (server, "drop", drop, NULL);
  add (server, "fail", fail, NULL);
  g_assert_true (xml_rpc_server_add_method_full (server, "here", NULL, NULL, XML_RPC_METHOD_NONE,
                                                 tell_thread, NULL, NULL, NULL));

  for (int i = 0; i < 100; i++)
    server_caller_assert_returns (server, "tell", NULL, "false");
  server_caller_assert_returns (server, "here", NULL, "true");
  server_caller_assert_fault (server, "drop", NULL, XML_RPC_FAULT_INTERNAL_ERROR, "The method drop did not respond");
  server_caller_assert_fault (server, "fail", NULL, 7, "seven");
}

/* And the main loop runs meanwhile. */
static void
test_many_at_once (void)
{
  g_autoptr (Gate) gate = gate_new ();
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
  guint n_threads = g_get_num_processors ();
  guint n_calls = 3 * n_threads;
  g_autofree GAsyncResult **results = g_new0 (GAsyncResult *, n_calls);

  add (server, "pass", pass, gate);
  for (guint i = 0; i < n_calls; i++)
    start (server, "pass", &results[i]);
  gate_wait_for (gate, n_threads);
  server_caller_assert_returns (server, "system.methodHelp", g_variant_new ("(s)", "pass"), "''");
  for (guint i = 0; i < n_calls; i++)
    g_assert_null (results[i]);

  gate_open (gate);
  for (guint i = 0; i < n_calls; i++)
    wait_for_result (&results[i]);
  g_assert_cmpuint (gate->n_entered, ==, n_calls);
  g_clear_object (&server);
  wait_for_release (gate);
}

static gboolean
wake_up (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Without waiting for threads in the main loop, which they do not wake. */
static void
wait_for_entries (Gate  *gate,
                  guint  n)
{
  gate_wait_for (gate, n);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpuint (gate->n_entered, ==, n);
}

static void
test_number_of_threads (void)
{
  g_autoptr (Gate) gate = gate_new ();
  g_autoptr (XmlRpcServer) server = g_object_new (XML_RPC_TYPE_SERVER, "max-threads", 1, NULL);
  GAsyncResult *results[5] = { NULL };

  add (server, "pass", pass, gate);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    start (server, "pass", &results[i]);
  wait_for_entries (gate, 1);

  /* Those that wait are called at once. */
  xml_rpc_server_set_max_threads (server, 4);
  wait_for_entries (gate, 4);

  gate_open (gate);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    wait_for_result (&results[i]);
  g_assert_cmpuint (gate->n_entered, ==, 5);
  g_clear_object (&server);
  wait_for_release (gate);
}

/* Whether a thread has taken a call from the queue already, or not. */
static void
test_queue_is_full (void)
{
  g_autoptr (Gate) gate = gate_new ();
  g_autoptr (XmlRpcServer) server = g_object_new (XML_RPC_TYPE_SERVER, "max-threads", 2, "max-queued-calls", 3, NULL);
  GAsyncResult *results[5] = { NULL };

  add (server, "pass", pass, gate);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    start (server, "pass", &results[i]);
  server_caller_assert_fault (server, "pass", NULL, XML_RPC_FAULT_SYSTEM_ERROR,
                              "3 calls are waiting for a thread; try again later");
  server_caller_assert_returns (server, "system.multicall", g_variant_new_parsed ("([{'methodName': <'pass'>}],)"),
                                "[<{'faultCode': <-32400>, "
                                "'faultString': <'3 calls are waiting for a thread; try again later'>}>]");
  server_caller_assert_returns (server, "system.methodHelp", g_variant_new ("(s)", "pass"), "''");

  gate_open (gate);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    wait_for_result (&results[i]);
  g_assert_cmpuint (gate->n_entered, ==, 5);
  /* There is room again. */
  server_caller_assert_returns (server, "pass", NULL, "true");
  g_clear_object (&server);
  wait_for_release (gate);
}

static void
test_queue_without_limit (void)
{
  g_autoptr (Gate) gate = gate_new ();
  g_autoptr (XmlRpcServer) server = g_object_new (XML_RPC_TYPE_SERVER, "max-queued-calls", 0, NULL);
  guint n_calls = 2000;
  g_autofree GAsyncResult **results = g_new0 (GAsyncResult *, n_calls);

  add (server, "pass", pass, gate);
  for (guint i = 0; i < n_calls; i++)
    start (server, "pass", &results[i]);
  gate_open (gate);
  for (guint i = 0; i < n_calls; i++)
    wait_for_result (&results[i]);
  g_assert_cmpuint (gate->n_entered, ==, n_calls);
  g_clear_object (&server);
  wait_for_release (gate);
}

static gsize
get_virtual_size (void)
{
  g_autofree char *statm = NULL;
  gsize n_pages;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &statm, NULL, NULL));
  n_pages = g_ascii_strtoull (statm, NULL, 10);

  return n_pages * sysconf (_SC_PAGESIZE);
}

static void
set_max_virtual_size (rlim_t size)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_AS, &limit), ==, 0);
  limit.rlim_cur = size;
  g_assert_cmpint (setrlimit (RLIMIT_AS, &limit), ==, 0);
}

/* Of those in which methods are called, not what makes them. */
static gboolean
has_pool_threads (void)
{
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  const char *task;
  gboolean found = FALSE;

  while (!found && (task = g_dir_read_name (tasks)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/task", task, "comm", NULL);
      g_autofree char *name = NULL;

      found = g_file_get_contents (path, &name, NULL, NULL) && g_str_has_prefix (name, "pool-") &&
              !g_str_has_prefix (name, "pool-spawner");
    }

  return found;
}

/* They wait for another call for a moment. */
static void
wait_for_end_of_threads (void)
{
  guint timer = g_timeout_add (10, wake_up, NULL);

  g_thread_pool_set_max_unused_threads (0);
  while (has_pool_threads ())
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
}

static gpointer
take_stack (gpointer gate)
{
  gate_pass (gate);

  return NULL;
}

/* All that the C library keeps of other threads, and no room for another one. */
static void
test_no_thread_can_be_started (void)
{
  g_autoptr (Gate) gate = gate_new ();
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
  GThread *threads[64];

  add (server, "tell", tell_thread, NULL);
  server_caller_assert_returns (server, "tell", NULL, "false");
  wait_for_end_of_threads ();
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("stack", take_stack, gate);
  gate_wait_for (gate, G_N_ELEMENTS (threads));

  set_max_virtual_size (get_virtual_size () + 1024 * 1024);
  server_caller_assert_fault (server, "tell", NULL, XML_RPC_FAULT_SYSTEM_ERROR,
                              "no thread could be started; try again later");
  set_max_virtual_size (RLIM_INFINITY);
  server_caller_assert_returns (server, "tell", NULL, "false");

  gate_open (gate);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static void
test_within_multicall (void)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();

  add (server, "tell", tell_thread, NULL);
  add (server, "fail", fail, NULL);
  server_caller_assert_returns (server, "system.multicall",
                                g_variant_new_parsed ("([{'methodName': <'tell'>}, {'methodName': <'fail'>}],)"),
                                "[<[<false>]>, <{'faultCode': <7>, 'faultString': <'seven'>}>]");
}

static void
test_removed_while_called (void)
{
  g_autoptr (Gate) gate = gate_new ();
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
  g_autoptr (GAsyncResult) result = NULL;

  add (server, "pass", pass, gate);
  start (server, "pass", &result);
  gate_wait_for (gate, 1);
  g_assert_true (xml_rpc_server_remove_method (server, "pass"));
  g_assert_null (gate->released_in);

  gate_open (gate);
  wait_for_result (&result);
  wait_for_release (gate);
}

/* All calls are executed, those that wait for a thread too. */
static void
test_server_goes_while_called (void)
{
  g_autoptr (Gate) gate = gate_new ();
  XmlRpcServer *server = xml_rpc_server_new ();
  guint n_calls = 2 * g_get_num_processors ();
  g_autofree GAsyncResult **results = g_new0 (GAsyncResult *, n_calls);

  add (server, "pass", pass, gate);
  for (guint i = 0; i < n_calls; i++)
    start (server, "pass", &results[i]);
  gate_wait_for (gate, 1);
  g_object_unref (server);

  gate_open (gate);
  for (guint i = 0; i < n_calls; i++)
    wait_for_result (&results[i]);
  wait_for_release (gate);
  g_assert_cmpuint (gate->n_entered, ==, n_calls);
}

static gboolean
authorize (XmlRpcServer     *server,
           XmlRpcInvocation *invocation,
           guint            *n_emissions)
{
  g_assert_true (g_thread_self () == main_thread);
  *n_emissions += 1;

  return strcmp (xml_rpc_invocation_get_method_name (invocation), "fail") != 0;
}

static void
finished (XmlRpcServer     *server,
          XmlRpcInvocation *invocation,
          guint64           microseconds,
          guint            *n_emissions)
{
  g_assert_true (g_thread_self () == main_thread);
  *n_emissions += 1;
}

static void
test_signals_are_not_in_threads (void)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
  guint n_emissions = 0;

  add (server, "tell", tell_thread, NULL);
  add (server, "fail", fail, NULL);
  g_signal_connect (server, "authorize-call", G_CALLBACK (authorize), &n_emissions);
  g_signal_connect (server, "call-finished", G_CALLBACK (finished), &n_emissions);
  server_caller_assert_returns (server, "tell", NULL, "false");
  server_caller_assert_fault (server, "fail", NULL, XML_RPC_FAULT_APPLICATION_ERROR, "not authorized");
  g_assert_cmpuint (n_emissions, ==, 4);
}

static void
test_over_http (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = g_strdup_printf (CALL, "tell");

  server_fixture_init (&fixture);
  add (fixture.server, "tell", tell_thread, NULL);
  client = raw_client_new (fixture.port);

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (RawReply) reply = NULL;
      g_autoptr (GVariant) value = NULL;

      raw_client_post (client, "", body, -1);
      reply = raw_client_receive (client);
      value = xml_rpc_decode_response (reply->body, G_VARIANT_TYPE_BOOLEAN, NULL);
      g_assert_false (g_variant_get_boolean (value));
    }
}

static void
test_client_hangs_up (void)
{
  g_autoptr (Gate) gate = gate_new ();
  g_auto (ServerFixture) fixture;
  g_autofree char *body = g_strdup_printf (CALL, "pass");
  RawClient *client;
  guint n_emissions = 0;

  server_fixture_init (&fixture);
  add (fixture.server, "pass", pass, gate);
  g_signal_connect (fixture.server, "call-finished", G_CALLBACK (finished), &n_emissions);
  client = raw_client_new (fixture.port);
  raw_client_post (client, "", body, -1);
  while (!gate_has_been_entered (gate))
    g_main_context_iteration (NULL, FALSE);

  raw_client_free (client);
  gate_open (gate);
  while (n_emissions == 0)
    g_main_context_iteration (NULL, TRUE);
  xml_rpc_server_remove_method (fixture.server, "pass");
  wait_for_release (gate);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  main_thread = g_thread_self ();

  g_test_add_func ("/server-workers/answers", test_answers);
  g_test_add_func ("/server-workers/many-at-once", test_many_at_once);
  g_test_add_func ("/server-workers/number-of-threads", test_number_of_threads);
  g_test_add_func ("/server-workers/queue-is-full", test_queue_is_full);
  g_test_add_func ("/server-workers/queue-without-limit", test_queue_without_limit);
  if (!IS_SANITIZED)
    g_test_add_func ("/server-workers/no-thread-can-be-started", test_no_thread_can_be_started);
  g_test_add_func ("/server-workers/within-multicall", test_within_multicall);
  g_test_add_func ("/server-workers/removed-while-called", test_removed_while_called);
  g_test_add_func ("/server-workers/server-goes-while-called", test_server_goes_while_called);
  g_test_add_func ("/server-workers/signals-are-not-in-threads", test_signals_are_not_in_threads);
  g_test_add_func ("/server-workers/over-http", test_over_http);
  g_test_add_func ("/server-workers/client-hangs-up", test_client_hangs_up);

  return g_test_run ();
}
