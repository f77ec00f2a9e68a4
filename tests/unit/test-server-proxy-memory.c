/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What there is a thousand of costs that many bytes apiece, by malloc's own count, and no
 * more. The budgets are a third above what was counted with GLib 2.74 and libsoup 3.2, most
 * of which is theirs. */

#include <malloc.h>

#include "barrier.h"
#include "fake-server.h"

#include <xmlrpc-glib/xmlrpc-glib.h>

#define N_PROXIES 1000
#define N_CALLS 1000
#define N_RESULTS 10000

/* In bytes. */
#define BUDGET_PROXY 5000
#define BUDGET_PROXY_WITH_CONNECTION 30000
#define BUDGET_CALL 2600
#define BUDGET_RESULT 220

static gsize
count_bytes (void)
{
  const struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
}

/* Checkers of memory have a malloc of their own. */
static gboolean
can_count (void)
{
  const gsize before = count_bytes ();
  g_autofree char *some = g_malloc (10000);

  if (some != NULL && count_bytes () >= before + 10000)
    return TRUE;

  g_test_skip ("malloc does not count");
  return FALSE;
}

static void
assert_budget (gsize before,
               gsize n,
               gsize budget)
{
  const gsize apiece = (count_bytes () - before) / n;

  g_test_message ("%" G_GSIZE_FORMAT " bytes apiece", apiece);
  g_assert_cmpuint (apiece, <=, budget);
}

/* Answers with a number, if there is a barrier when that is open. */
static void
answer (FakeConnection *connection,
        gpointer        barrier)
{
  char *request;

  while ((request = fake_connection_read_request (connection)) != NULL)
    {
      g_free (request);
      if (barrier != NULL)
        barrier_wait (barrier);
      if (!fake_connection_return (connection, g_variant_new_int32 (1)))
        return;
    }
}

static void
call (XmlRpcServerProxy *proxy)
{
  GError *error = NULL;
  g_autoptr (GVariant) value = xml_rpc_server_proxy_call (proxy, "a", NULL, G_VARIANT_TYPE_INT32, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (value);
}

static void
test_proxies (void)
{
  g_autoptr (FakeServer) server = fake_server_new (answer, NULL);
  g_autoptr (XmlRpcServerProxy) first = fake_server_create_proxy (server);
  g_autoptr (GPtrArray) proxies = g_ptr_array_new_full (N_PROXIES, g_object_unref);
  gsize before;

  if (!can_count ())
    return;

  call (first); /* makes what all share */
  before = count_bytes ();
  for (guint i = 0; i < N_PROXIES; i++)
    g_ptr_array_add (proxies, fake_server_create_proxy (server));
  assert_budget (before, N_PROXIES, BUDGET_PROXY);
}

/* Such a connection is kept for the next call; the server's end of it is in the same
 * process. */
static void
test_proxies_with_connection (void)
{
  g_autoptr (FakeServer) server = fake_server_new (answer, NULL);
  g_autoptr (XmlRpcServerProxy) first = fake_server_create_proxy (server);
  g_autoptr (GPtrArray) proxies = g_ptr_array_new_full (N_PROXIES / 10, g_object_unref);
  gsize before;

  if (!can_count ())
    return;

  call (first);
  before = count_bytes ();
  for (guint i = 0; i < N_PROXIES / 10; i++)
    {
      g_ptr_array_add (proxies, fake_server_create_proxy (server));
      call (g_ptr_array_index (proxies, i));
    }
  assert_budget (before, N_PROXIES / 10, BUDGET_PROXY_WITH_CONNECTION);
}

static void
on_answer (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  guint *n_left = user_data;
  GError *error = NULL;
  g_autoptr (GVariant) value = xml_rpc_server_proxy_call_finish (XML_RPC_SERVER_PROXY (object), result, &error);

  g_assert_no_error (error);
  g_assert_nonnull (value);
  (*n_left)--;
}

static void
test_calls (void)
{
  Barrier barrier = { .is_open = FALSE };
  g_autoptr (FakeServer) server = fake_server_new (answer, &barrier);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);
  guint n_left = N_CALLS;
  gsize before;

  if (!can_count ())
    return;

  before = count_bytes ();
  for (guint i = 0; i < N_CALLS; i++)
    xml_rpc_server_proxy_call_async (proxy, "sample.add", g_variant_new ("(ii)", 2, 3), G_VARIANT_TYPE_INT32,
                                     NULL, on_answer, &n_left);
  while (fake_server_get_n_requests (server) < 8)
    g_main_context_iteration (NULL, FALSE);
  assert_budget (before, N_CALLS, BUDGET_CALL);

  barrier_open (&barrier);
  while (n_left > 0)
    g_main_context_iteration (NULL, TRUE);
}

static GVariant *
create_results (void)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aav"));
  for (int i = 0; i < N_RESULTS; i++)
    {
      GVariant *result = g_variant_new_variant (g_variant_new_int32 (i));

      g_variant_builder_add_value (&builder, g_variant_new_array (NULL, &result, 1));
    }

  return g_variant_builder_end (&builder);
}

static void
answer_multicall (FakeConnection *connection,
                  gpointer        results)
{
  char *request;

  while ((request = fake_connection_read_request (connection)) != NULL)
    {
      g_free (request);
      if (!fake_connection_return (connection, results))
        return;
    }
}

/* The results, and the calls, which can be sent again. */
static void
test_results (void)
{
  g_autoptr (GVariant) results = g_variant_ref_sink (create_results ());
  g_autoptr (FakeServer) server = fake_server_new (answer_multicall, results);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);
  g_autoptr (XmlRpcMulticall) multicall = xml_rpc_multicall_new (proxy);
  GError *error = NULL;
  gsize before;

  if (!can_count ())
    return;

  before = count_bytes ();
  for (int i = 0; i < N_RESULTS; i++)
    xml_rpc_multicall_add (multicall, "sample.add", g_variant_new ("(ii)", i, 1), NULL);
  g_assert_true (xml_rpc_multicall_execute (multicall, NULL, &error));
  g_assert_no_error (error);
  malloc_trim (0);
  assert_budget (before, N_RESULTS, BUDGET_RESULT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/server-proxy-memory/proxies", test_proxies);
  g_test_add_func ("/server-proxy-memory/proxies-with-connection", test_proxies_with_connection);
  g_test_add_func ("/server-proxy-memory/calls", test_calls);
  g_test_add_func ("/server-proxy-memory/results", test_results);

  return g_test_run ();
}
