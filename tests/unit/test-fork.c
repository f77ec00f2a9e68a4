/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* In a child of fork() a proxy of the parent does nothing, and says so: whatever its threads
 * were doing, and whatever they had locked. */

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client/xml-rpc-server-proxy-private.h"
#include "fake-server.h"

#include <xmlrpc-glib/xmlrpc-glib.h>

/* Of a child that hangs. */
#define PATIENCE 60

typedef struct
{
  XmlRpcServerProxy *proxy;
  XmlRpcMulticall   *multicall;
  pid_t              parent;
} Fixture;

static void
answer (FakeConnection *connection,
        gpointer        user_data)
{
  g_autofree char *request = NULL;

  while ((request = fake_connection_read_request (connection)) != NULL)
    {
      fake_connection_return (connection, g_variant_new_int32 (5));
      g_clear_pointer (&request, g_free);
    }
}

/* Nothing of GTest's is for a child: it would end with the status of the test. */
static void
expect (gboolean    holds,
        const char *what)
{
  if (holds)
    return;

  g_printerr ("In the child: %s\n", what);
  _exit (1);
}

static void
expect_refused (Fixture    *fixture,
                GError     *error,
                const char *what)
{
  g_autofree char *process = g_strdup_printf ("made in process %d; create it after fork()", (int) fixture->parent);

  expect (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED), what);
  expect (strstr (error->message, process) != NULL, error->message);
  g_error_free (error);
}

static void
call_all (Fixture *fixture)
{
  GError *error = NULL;

  expect (xml_rpc_server_proxy_call (fixture->proxy, "m", NULL, NULL, NULL, &error) == NULL, "call");
  expect_refused (fixture, g_steal_pointer (&error), "call");
  expect (xml_rpc_server_proxy_call_json (fixture->proxy, "m", "[]", NULL, NULL, &error) == NULL, "json");
  expect_refused (fixture, g_steal_pointer (&error), "json");
  expect (xml_rpc_server_proxy_list_methods (fixture->proxy, NULL, &error) == NULL, "list_methods");
  expect_refused (fixture, g_steal_pointer (&error), "list_methods");
  expect (!xml_rpc_multicall_execute (fixture->multicall, NULL, &error), "multicall");
  expect_refused (fixture, g_steal_pointer (&error), "multicall");
  expect (!xml_rpc_server_proxy_set_header (fixture->proxy, "X-A", "b", &error), "header");
  expect_refused (fixture, g_steal_pointer (&error), "header");
  expect (!xml_rpc_server_proxy_check_settings (fixture->proxy, &error), "check");
  expect_refused (fixture, g_steal_pointer (&error), "check");
}

static void
on_called (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GError **error = user_data;

  xml_rpc_server_proxy_call_finish (XML_RPC_SERVER_PROXY (source), result, error);
}

static void
call_async (Fixture *fixture)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  GError *error = NULL;

  g_main_context_push_thread_default (context);
  xml_rpc_server_proxy_call_async (fixture->proxy, "m", NULL, NULL, NULL, on_called, &error);
  while (error == NULL)
    g_main_context_iteration (context, TRUE);
  expect_refused (fixture, error, "call_async");
  g_main_context_pop_thread_default (context);
}

/* A thread that is not there cannot be waited for. */
static void
let_go (Fixture *fixture)
{
  gpointer watched = fixture->proxy;

  g_object_add_weak_pointer (watched, &watched);
  g_object_unref (fixture->multicall);
  g_object_unref (fixture->proxy);
  expect (watched == NULL, "finalize");
}

static void
fork_and_check (Fixture *fixture)
{
  const pid_t child = fork ();
  int status;

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      alarm (PATIENCE);
      call_all (fixture);
      call_async (fixture);
      let_go (fixture);
      _exit (0);
    }

  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

static void
call_in_parent (Fixture *fixture)
{
  GError *error = NULL;
  g_autoptr (GVariant) value = xml_rpc_server_proxy_call (fixture->proxy, "m", NULL, G_VARIANT_TYPE_INT32, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (g_variant_get_int32 (value), ==, 5);
}

static void
set_up (Fixture    *fixture,
        const char *uri)
{
  GError *error = NULL;

  fixture->parent = getpid ();
  fixture->proxy = xml_rpc_server_proxy_new (uri, &error);
  g_assert_no_error (error);
  fixture->multicall = xml_rpc_multicall_new (fixture->proxy);
  xml_rpc_multicall_add (fixture->multicall, "m", NULL, NULL);
}

static void
tear_down (Fixture *fixture)
{
  g_object_unref (fixture->multicall);
  g_object_unref (fixture->proxy);
}

/* The connection and the thread of the timeout are there, and stay the parent's. */
static void
test_after_calls (void)
{
  g_autoptr (FakeServer) server = fake_server_new (answer, NULL);
  Fixture fixture;

  set_up (&fixture, fake_server_get_uri (server));
  for (int i = 0; i < 3; i++)
    {
      call_in_parent (&fixture);
      fork_and_check (&fixture);
    }
  call_in_parent (&fixture);
  g_assert_cmpuint (fake_server_get_n_connections (server), ==, 1);
  g_assert_cmpuint (fake_server_get_n_requests (server), ==, 4);
  tear_down (&fixture);
}

static void
test_before_calls (void)
{
  g_autoptr (FakeServer) server = fake_server_new (answer, NULL);
  Fixture fixture;

  set_up (&fixture, fake_server_get_uri (server));
  fork_and_check (&fixture);
  call_in_parent (&fixture);
  tear_down (&fixture);
}

/* As if another thread had been setting something. */
static void
test_locked (void)
{
  Fixture fixture;
  XmlRpcServerProxyPrivate *priv;

  set_up (&fixture, "http://localhost/");
  priv = xml_rpc_server_proxy_get_private (fixture.proxy);
  g_mutex_lock (&priv->mutex);
  fork_and_check (&fixture);
  g_mutex_unlock (&priv->mutex);
  tear_down (&fixture);
}

static void
test_scgi (void)
{
  Fixture fixture;

  set_up (&fixture, "scgi://localhost:1");
  fork_and_check (&fixture);
  tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fork/after-calls", test_after_calls);
  g_test_add_func ("/fork/before-calls", test_before_calls);
  g_test_add_func ("/fork/locked", test_locked);
  g_test_add_func ("/fork/scgi", test_scgi);

  return g_test_run ();
}
