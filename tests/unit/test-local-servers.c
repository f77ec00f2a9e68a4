/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Synchronous calls to servers of the same process: those that nobody can answer fail. */

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "server-fixture.h"

#define IN_THIS_THREAD "the server of this call runs in this thread's main loop"

static GVariant *
call_echo (const char  *uri,
           GError     **error)
{
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (uri, NULL);

  return xml_rpc_server_proxy_call (proxy, "echo", g_variant_new ("(s)", "x"), NULL, NULL, error);
}

static void
assert_refused (const char *uri)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (call_echo (uri, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
  g_assert_nonnull (strstr (error->message, IN_THIS_THREAD));
}

typedef struct
{
  GMainLoop *loop;
  char      *uri;
} Visit;

static gboolean
refuse_and_quit (gpointer user_data)
{
  Visit *visit = user_data;

  assert_refused (visit->uri);
  g_main_loop_quit (visit->loop);
  return G_SOURCE_REMOVE;
}

/* While the loop runs it is known at once, with any time-out. */
static void
test_in_the_loop (void)
{
  static const char * const hosts[] = { "127.0.0.1", "localhost", "LOCALHOST" };
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_auto (ServerFixture) fixture;

  server_fixture_init (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autofree char *uri = g_strdup_printf ("http://%s:%u/RPC2", hosts[i], fixture.port);
      Visit visit = { loop, uri };

      g_idle_add (refuse_and_quit, &visit);
      g_main_loop_run (loop);
    }
}

static void
test_any_address (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (SoupServer) soup_server = soup_server_new (NULL, NULL);
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;
  GSList *uris;

  xml_rpc_server_attach (server, soup_server, NULL);
  soup_server_listen_all (soup_server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (soup_server);
  uri = g_strdup_printf ("http://127.0.0.1:%d/", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  g_idle_add (refuse_and_quit, &(Visit) { loop, uri });
  g_main_loop_run (loop);
}

static void
test_unix_socket (void)
{
  g_autofree char *folder = g_dir_make_tmp ("xmlrpc-glib-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "socket", NULL);
  g_autofree char *uri = g_strdup_printf ("http+unix://%s:/RPC2", path);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (SoupServer) soup_server = soup_server_new (NULL, NULL);
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (g_socket_bind (socket, address, FALSE, &error) && g_socket_listen (socket, &error));
  g_assert_true (soup_server_listen_socket (soup_server, socket, 0, &error));
  xml_rpc_server_attach (server, soup_server, "/RPC2");

  g_idle_add (refuse_and_quit, &(Visit) { loop, uri });
  g_main_loop_run (loop);

  g_remove (path);
  g_rmdir (folder);
}

/* Without a loop the call waits for one, but not for long. */
static void
test_without_a_loop (void)
{
  g_auto (ServerFixture) fixture;
  const gint64 begin = g_get_monotonic_time ();

  server_fixture_init (&fixture);
  assert_refused (fixture.uri);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 30 * G_USEC_PER_SEC);
}

static void
test_cancelled (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (XmlRpcServerProxy) proxy = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  server_fixture_init (&fixture);
  proxy = xml_rpc_server_proxy_new (fixture.uri, NULL);
  g_cancellable_cancel (cancellable);
  g_assert_null (xml_rpc_server_proxy_call (proxy, "echo", NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gpointer
run_loop (gpointer loop)
{
  g_main_loop_run (loop);
  return NULL;
}

/* Another thread may run the loop of a server that this one has made, and may begin late. */
static void
test_loop_of_another_thread (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_auto (ServerFixture) fixture;
  GThread *thread;

  server_fixture_init (&fixture);
  thread = g_thread_new ("loop", run_loop, loop);
  for (int i = 0; i < 10; i++)
    {
      g_autoptr (GVariant) value = call_echo (fixture.uri, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (g_variant_get_string (value, NULL), ==, "x");
    }

  g_main_loop_quit (loop);
  g_thread_join (thread);
}

/* What is there no more is nobody's own. */
static void
test_detached (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;

  server_fixture_init (&fixture);
  uri = g_strdup (fixture.uri);
  xml_rpc_server_detach (fixture.server, fixture.soup_server);
  soup_server_disconnect (fixture.soup_server);
  g_assert_null (call_echo (uri, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/local-servers/in-the-loop", test_in_the_loop);
  g_test_add_func ("/local-servers/any-address", test_any_address);
  g_test_add_func ("/local-servers/unix-socket", test_unix_socket);
  g_test_add_func ("/local-servers/without-a-loop", test_without_a_loop);
  g_test_add_func ("/local-servers/cancelled", test_cancelled);
  g_test_add_func ("/local-servers/loop-of-another-thread", test_loop_of_another_thread);
  g_test_add_func ("/local-servers/detached", test_detached);

  return g_test_run ();
}
