/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Connections that stay open between two requests: what they cost the main loop, and who
 * closes them when their clients leave. */

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "census.h"
#include "raw-client.h"
#include "raw-echo.h"
#include "server-fixture.h"

#define N_CLIENTS 30

static gboolean
do_nothing (gpointer user_data)
{
  return G_SOURCE_REMOVE;
}

/* Those of the library in the default main context. */
static guint
count_own_sources (void)
{
  guint last = g_idle_add (do_nothing, NULL);
  guint n = 0;

  for (guint id = 1; id < last; id++)
    {
      GSource *source = g_main_context_find_source_by_id (NULL, id);
      const char *name = source != NULL ? g_source_get_name (source) : NULL;

      n += name != NULL && (g_str_has_prefix (name, "[xmlrpc-glib]") || g_str_has_prefix (name, "xml-rpc"));
    }
  g_source_remove (last);

  return n;
}

static void
call (RawClient *client)
{
  g_autofree char *body = raw_echo_body ("a");

  raw_client_post (client, "", body, -1);
  raw_echo_assert_echoed (client, "a");
}

static void
test_share_sources (void)
{
  g_auto (ServerFixture) fixture = { 0 };
  g_autoptr (GPtrArray) clients = g_ptr_array_new_with_free_func ((GDestroyNotify) raw_client_free);
  guint n_sources = 0;

  server_fixture_init (&fixture);
  for (guint i = 0; i < N_CLIENTS; i++)
    {
      RawClient *client = raw_client_new (fixture.port);

      g_ptr_array_add (clients, client);
      call (client);
      /* The second call leaves all there is for one connection. */
      call (client);
      if (i == 0)
        n_sources = count_own_sources ();
    }

  g_assert_cmpuint (count_own_sources (), ==, n_sources);
}

static gboolean
iterate (gpointer user_data)
{
  GMainContext *context = user_data;

  g_main_context_push_thread_default (context);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);

  return G_SOURCE_CONTINUE;
}

/* Returns the port. */
static guint
listen_in (GMainContext *context,
           SoupServer   *soup_server)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);
  g_assert_true (g_socket_bind (socket, any, TRUE, &error));
  g_assert_true (g_socket_listen (socket, &error));
  address = g_socket_get_local_address (socket, &error);
  g_assert_no_error (error);

  g_main_context_push_thread_default (context);
  soup_server_listen_socket (soup_server, socket, 0, &error);
  g_assert_no_error (error);
  g_main_context_pop_thread_default (context);

  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
}

/* A SoupServer may listen in more than one main context, one after another at least. */
static void
test_leave_in_other_context (void)
{
  g_auto (ServerFixture) fixture = { 0 };
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (RawClient) first = NULL;
  Census before;
  guint port;
  guint source;

  server_fixture_init (&fixture);
  port = listen_in (context, fixture.soup_server);
  first = raw_client_new (fixture.port);
  call (first);
  source = g_timeout_add (1, iterate, context);
  before = census_take_own ();

  for (guint i = 0; i < N_CLIENTS; i++)
    {
      RawClient *client = raw_client_new (port);

      call (client);
      raw_client_free (client);
      call (first);
    }

  census_assert_own (&before);
  g_source_remove (source);
}

static void
test_outlive_context (void)
{
  g_auto (ServerFixture) fixture = { 0 };
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (RawClient) client = NULL;
  guint source = g_timeout_add (1, iterate, context);

  server_fixture_init (&fixture);
  client = raw_client_new (listen_in (context, fixture.soup_server));
  call (client);

  g_source_remove (source);
  g_clear_pointer (&context, g_main_context_unref);
  soup_server_disconnect (fixture.soup_server);
  raw_client_wait_for_close (client);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/server-idle/share-sources", test_share_sources);
  g_test_add_func ("/server-idle/leave-in-other-context", test_leave_in_other_context);
  g_test_add_func ("/server-idle/outlive-context", test_outlive_context);

  return g_test_run ();
}
