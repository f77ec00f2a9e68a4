/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The server of the soak: methods that answer in every way there is, and pages
 * that are no XML-RPC. Prints its URL, and serves until its standard input ends,
 * as it does when whoever started it is gone:
 *
 *   soak-server [MAX-CONNECTIONS] */

#define _GNU_SOURCE   /* RTLD_NEXT */

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib-unix.h>
#include <xmlrpc-glib/xmlrpc-glib.h>

#include "heap.h"

#define BACKLOG 128
#define N_OTHER_METHODS 100

/* Calls that a method was begun for. */
static gint64 n_executed;

static GThreadPool *pool;

static void
echo (XmlRpcServer     *server,
      XmlRpcInvocation *invocation,
      gpointer          user_data)
{
  g_autoptr (GVariant) param = g_variant_get_child_value (xml_rpc_invocation_get_params (invocation), 0);

  n_executed++;
  xml_rpc_invocation_return_value (invocation, param);
}

static void
fail (XmlRpcServer     *server,
      XmlRpcInvocation *invocation,
      gpointer          user_data)
{
  n_executed++;
  xml_rpc_invocation_return_fault (invocation, 4, "Too many parameters");
}

static gboolean
answer_later (gpointer invocation)
{
  xml_rpc_invocation_return_value (invocation, g_variant_new_string ("later"));

  return G_SOURCE_REMOVE;
}

static void
later (XmlRpcServer     *server,
       XmlRpcInvocation *invocation,
       gpointer          user_data)
{
  n_executed++;
  g_idle_add_full (G_PRIORITY_LOW, answer_later, g_object_ref (invocation), g_object_unref);
}

/* So long that its clients have hung up when it answers. */
static void
dawdle (XmlRpcServer     *server,
        XmlRpcInvocation *invocation,
        gpointer          user_data)
{
  n_executed++;
  g_timeout_add_full (G_PRIORITY_DEFAULT, 500, answer_later, g_object_ref (invocation), g_object_unref);
}

static void
answer_in_thread (gpointer invocation,
                  gpointer user_data)
{
  xml_rpc_invocation_return_value (invocation, g_variant_new_string ("from a thread"));
  g_object_unref (invocation);
}

static void
in_thread (XmlRpcServer     *server,
           XmlRpcInvocation *invocation,
           gpointer          user_data)
{
  n_executed++;
  g_thread_pool_push (pool, g_object_ref (invocation), NULL);
}

static void
forget (XmlRpcServer     *server,
        XmlRpcInvocation *invocation,
        gpointer          user_data)
{
  n_executed++;
}

static void
get_n_executed (XmlRpcServer     *server,
                XmlRpcInvocation *invocation,
                gpointer          user_data)
{
  xml_rpc_invocation_return_value (invocation, g_variant_new_int64 (n_executed));
}

static void
get_allocated (XmlRpcServer     *server,
               XmlRpcInvocation *invocation,
               gpointer          user_data)
{
  xml_rpc_invocation_return_value (invocation, g_variant_new_int64 ((gint64) heap_get_allocated ()));
}

static const struct
{
  const char       *name;
  XmlRpcMethodFunc  func;
} methods[] = {
  { "echo", echo },
  { "fail", fail },
  { "later", later },
  { "dawdle", dawdle },
  { "in-thread", in_thread },
  { "forget", forget },
  { "executed", get_n_executed },
  { "allocated", get_allocated },
};

static void
show_page (SoupServer        *soup_server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           page)
{
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "text/html", SOUP_MEMORY_STATIC, page, strlen (page));
}

/* All that were accepted, and not found closed yet. */
static GPtrArray *sockets;

/* SoupServer loses a reference to each socket it accepts (libsoup 3.2.3, not 3.6.5), and
 * would be all that one sees grow. So it is given back here: when the socket has been
 * closed, and nobody else has it but us and that lost one. No signal tells of clients that
 * send nothing, so this takes the place of GIO's function. */
GSocket *
g_socket_accept (GSocket       *listener,
                 GCancellable  *cancellable,
                 GError       **error)
{
  GSocket *(*accept_of_gio) (GSocket *, GCancellable *, GError **) = dlsym (RTLD_NEXT, "g_socket_accept");
  GSocket *socket = accept_of_gio (listener, cancellable, error);

  if (socket != NULL && !soup_check_version (3, 6, 5))
    g_ptr_array_add (sockets, g_object_ref (socket));
  return socket;
}

static gboolean
give_references_back (gpointer data)
{
  for (guint i = sockets->len; i-- > 0;)
    {
      GObject *socket = sockets->pdata[i];

      if (!g_socket_is_closed (G_SOCKET (socket)) || socket->ref_count > 2)
        continue;

      if (socket->ref_count == 2)
        g_object_unref (socket);
      g_ptr_array_remove_index_fast (sockets, i);
    }

  return G_SOURCE_CONTINUE;
}

/* For hostile clients, whose calls do not count. */
static void
do_nothing (XmlRpcServer     *server,
            XmlRpcInvocation *invocation,
            gpointer          user_data)
{
  xml_rpc_invocation_return_value (invocation, NULL);
}

/* So many that the response to a batch of system.listMethods is large. */
static void
add_methods (XmlRpcServer *server)
{
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    xml_rpc_server_add_method (server, methods[i].name, NULL, NULL, methods[i].func, NULL, NULL, NULL);
  for (guint i = 0; i < N_OTHER_METHODS; i++)
    {
      g_autofree char *name = g_strdup_printf ("other.method%u", i);

      xml_rpc_server_add_method (server, name, NULL, NULL, do_nothing, NULL, NULL, NULL);
    }
}

/* SoupServer's own socket has a backlog of ten. */
static void
listen_at_loopback (SoupServer *soup_server)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);
  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_bind (socket, address, TRUE, &error) || !g_socket_listen (socket, &error))
    g_error ("%s", error->message);
  soup_server_listen_socket (soup_server, socket, 0, &error);
  g_assert_no_error (error);
}

static gboolean
read_input (int           descriptor,
            GIOCondition  condition,
            gpointer      loop)
{
  char input[16];

  if (read (descriptor, input, sizeof input) > 0)
    return G_SOURCE_CONTINUE;

  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (SoupServer) soup_server = soup_server_new (NULL, NULL);
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
  GSList *uris;

  heap_share_arena ();
  sockets = g_ptr_array_new_with_free_func (g_object_unref);
  pool = g_thread_pool_new (answer_in_thread, NULL, 4, FALSE, NULL);
  add_methods (server);
  if (argc > 1)
    xml_rpc_server_set_max_connections (server, (guint) atoi (argv[1]));
  xml_rpc_server_attach (server, soup_server, "/RPC2");
  soup_server_add_handler (soup_server, "/page", show_page, (gpointer) "<html><p>Nothing & more", NULL);

  listen_at_loopback (soup_server);
  uris = soup_server_get_uris (soup_server);
  g_print ("http://127.0.0.1:%d/RPC2\n", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  g_timeout_add (500, give_references_back, NULL);

  g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP, read_input, loop);
  g_main_loop_run (loop);

  xml_rpc_server_detach (server, soup_server);
  g_thread_pool_free (pool, FALSE, TRUE);
  g_ptr_array_unref (sockets);

  return EXIT_SUCCESS;
}
