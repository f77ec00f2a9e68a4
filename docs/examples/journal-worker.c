/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A worker: one of several processes that serve the same methods.
 *
 *   journal-worker JOURNAL [PORT [TRUSTED-PROXY...]]
 *
 * It serves at the sockets that systemd hands over. Without any it listens at PORT of the
 * loopback interface, which it shares with other workers. journal.append() adds a line to the
 * file JOURNAL, which all of them share, too. */

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <glib-unix.h>
#include <xmlrpc-glib/xmlrpc-glib.h>

/* Where systemd's sockets begin, behind the three that every process has. */
#define FIRST_SOCKET 3
#define BACKLOG 128
#define GRACE_MSEC 10000

static void
append (XmlRpcServer     *server,
        XmlRpcInvocation *invocation,
        gpointer          journal)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;

  g_variant_get (xml_rpc_invocation_get_params (invocation), "(s)", &text);
  line = g_strconcat (text, "\n", NULL);

  /* In one piece: other workers write as well. */
  if (write (GPOINTER_TO_INT (journal), line, strlen (line)) == (gssize) strlen (line))
    xml_rpc_invocation_return_value (invocation, g_variant_new_int32 (getpid ()));
  else
    xml_rpc_invocation_return_fault (invocation, XML_RPC_FAULT_SYSTEM_ERROR, "cannot write: %s", g_strerror (errno));
}

static void
tell_client (XmlRpcServer     *server,
             XmlRpcInvocation *invocation,
             gpointer          user_data)
{
  GInetAddress *client = xml_rpc_invocation_get_client_address (invocation);
  g_autofree char *text = client != NULL ? g_inet_address_to_string (client) : g_strdup ("unknown");

  xml_rpc_invocation_return_value (invocation, g_variant_new_string (text));
}

/* How many sockets this process got from whoever started it. */
static int
count_sockets_of_systemd (void)
{
  const char *process = g_getenv ("LISTEN_PID");
  const char *count = g_getenv ("LISTEN_FDS");

  return process != NULL && count != NULL && atoi (process) == getpid () ? atoi (count) : 0;
}

static gboolean
take_socket (SoupServer  *soup_server,
             int          descriptor,
             GError     **error)
{
  g_autoptr (GSocket) socket = g_socket_new_from_fd (descriptor, error);

  if (socket == NULL)
    return FALSE;

  fcntl (descriptor, F_SETFD, FD_CLOEXEC);
  return soup_server_listen_socket (soup_server, socket, 0, error);
}

/* g_socket_bind() would undo SO_REUSEPORT. */
static gboolean
bind_shared (GSocket  *socket,
             guint16   port,
             GError  **error)
{
  struct sockaddr_in address = {
    .sin_family = AF_INET,
    .sin_port = g_htons (port),
    .sin_addr = { g_htonl (INADDR_LOOPBACK) },
  };

  if (!g_socket_set_option (socket, SOL_SOCKET, SO_REUSEADDR, TRUE, error) ||
      !g_socket_set_option (socket, SOL_SOCKET, SO_REUSEPORT, TRUE, error))
    return FALSE;
  if (bind (g_socket_get_fd (socket), (struct sockaddr *) &address, sizeof address) == 0)
    return TRUE;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "cannot bind to port %d: %s", port, g_strerror (errno));
  return FALSE;
}

/* The kernel gives each connection to one of the workers that share the port. */
static gboolean
share_port (SoupServer  *soup_server,
            guint16      port,
            GError     **error)
{
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (socket == NULL)
    return FALSE;

  g_socket_set_listen_backlog (socket, BACKLOG);
  return bind_shared (socket, port, error) &&
         g_socket_listen (socket, error) &&
         soup_server_listen_socket (soup_server, socket, 0, error);
}

static gboolean
listen_anywhere (SoupServer  *soup_server,
                 const char  *port,
                 GError     **error)
{
  int n_sockets = count_sockets_of_systemd ();

  if (n_sockets == 0)
    return share_port (soup_server, port != NULL ? (guint16) atoi (port) : 0, error);

  for (int i = 0; i < n_sockets; i++)
    {
      if (!take_socket (soup_server, FIRST_SOCKET + i, error))
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  XmlRpcServer *server;
  GMainLoop    *loop;
} Serving;

static void
on_shut_down (GObject      *server,
              GAsyncResult *result,
              gpointer      loop)
{
  xml_rpc_server_shutdown_finish (XML_RPC_SERVER (server), result, NULL);
  g_main_loop_quit (loop);
}

/* Calls in progress get their responses. A proxy finds out by the status 503 that it is to
 * send no more. */
static gboolean
on_signal (gpointer user_data)
{
  Serving *self = user_data;

  xml_rpc_server_shutdown_async (self->server, GRACE_MSEC, NULL, on_shut_down, self->loop);

  return G_SOURCE_REMOVE;
}

static void
serve (XmlRpcServer *server,
       SoupServer   *soup_server)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Serving serving = { server, loop };
  GSList *uris = soup_server_get_uris (soup_server);

  g_print ("http://127.0.0.1:%d/RPC2\n", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  g_unix_signal_add (SIGTERM, on_signal, &serving);
  g_unix_signal_add (SIGINT, on_signal, &serving);
  g_main_loop_run (loop);
}

int
main (int   argc,
      char *argv[])
{
  static const char * const append_signatures[] = { "int,string", NULL };
  static const char * const tell_signatures[] = { "string", NULL };
  g_autoptr (SoupServer) soup_server = soup_server_new (NULL, NULL);
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
  g_autoptr (GError) error = NULL;
  int journal = argc > 1 ? open (argv[1], O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644) : -1;

  if (journal < 0)
    {
      g_printerr ("usage: journal-worker JOURNAL [PORT [TRUSTED-PROXY...]]\n");
      return 2;
    }

  xml_rpc_server_add_method (server, "journal.append", append_signatures, "Adds a line. Returns who did it.",
                             append, GINT_TO_POINTER (journal), NULL, NULL);
  xml_rpc_server_add_method (server, "journal.whoami", tell_signatures, "Returns the address of the client.",
                             tell_client, NULL, NULL, NULL);
  if (argc > 3)
    xml_rpc_server_set_trusted_proxies (server, (const char * const *) argv + 3);
  xml_rpc_server_attach (server, soup_server, "/RPC2");

  if (!listen_anywhere (soup_server, argc > 2 ? argv[2] : NULL, &error))
    {
      g_printerr ("journal-worker: %s\n", error->message);
      return EXIT_FAILURE;
    }
  serve (server, soup_server);

  xml_rpc_server_detach (server, soup_server);
  close (journal);
  return EXIT_SUCCESS;
}
