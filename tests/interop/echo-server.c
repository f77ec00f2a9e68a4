/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A server for clients that others wrote. Prints its URL, and serves until it
 * gets SIGTERM. */

#include <stdlib.h>

#include <glib-unix.h>
#include <xmlrpc-glib/xmlrpc-glib.h>

#define MAX_REQUEST_SIZE (1024 * 1024)
#define REQUEST_TIMEOUT 1000

static guint n_connections;

static void
echo (XmlRpcServer     *server,
      XmlRpcInvocation *invocation,
      gpointer          user_data)
{
  g_autoptr (GVariant) param = g_variant_get_child_value (xml_rpc_invocation_get_params (invocation), 0);

  xml_rpc_invocation_return_value (invocation, param);
}

static void
add (XmlRpcServer     *server,
     XmlRpcInvocation *invocation,
     gpointer          user_data)
{
  gint64 a, b;

  g_variant_get (xml_rpc_invocation_get_params (invocation), "(xx)", &a, &b);
  xml_rpc_invocation_return_value (invocation, g_variant_new_int64 (a + b));
}

static void
fail (XmlRpcServer     *server,
      XmlRpcInvocation *invocation,
      gpointer          user_data)
{
  const char *message;
  int code;

  g_variant_get (xml_rpc_invocation_get_params (invocation), "(i&s)", &code, &message);
  xml_rpc_invocation_return_fault_literal (invocation, code, message);
}

static void
count_connections (XmlRpcServer     *server,
                   XmlRpcInvocation *invocation,
                   gpointer          user_data)
{
  xml_rpc_invocation_return_value (invocation, g_variant_new_int32 ((gint32) n_connections));
}

/* How the request that carries the call was compressed. */
static void
get_encoding (XmlRpcServer     *server,
              XmlRpcInvocation *invocation,
              gpointer          user_data)
{
  SoupServerMessage *message = xml_rpc_invocation_get_message (invocation);
  const char *encoding = soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                                       "Content-Encoding");

  xml_rpc_invocation_return_value (invocation, g_variant_new_string (encoding != NULL ? encoding : ""));
}

static const struct
{
  const char       *name;
  const char       *signature;
  const char       *help;
  XmlRpcMethodFunc  func;
} methods[] = {
  { "echo", "any,any", "Returns its parameter.", echo },
  { "add", "i8,i8,i8", "Adds <b>two</b> numbers.", add },
  { "fail", "nil,int,string", NULL, fail },
  { "connections", "int", NULL, count_connections },
  { "encoding", "string,string", NULL, get_encoding },
};

/* A connection is new when its first request comes. */
static void
on_request_started (SoupServer        *soup_server,
                    SoupServerMessage *message,
                    gpointer           user_data)
{
  GSocket *socket = soup_server_message_get_socket (message);

  if (g_object_get_data (G_OBJECT (socket), "is-counted") == NULL)
    n_connections++;
  g_object_set_data (G_OBJECT (socket), "is-counted", socket);
}

static gboolean
end_loop (gpointer loop)
{
  g_main_loop_quit (loop);

  return G_SOURCE_CONTINUE;
}

int
main (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (SoupServer) soup_server = soup_server_new (NULL, NULL);
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
  g_autoptr (GError) error = NULL;
  GSList *uris;

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      const char *signatures[] = { methods[i].signature, NULL };

      xml_rpc_server_add_method (server, methods[i].name, signatures, methods[i].help, methods[i].func, NULL, NULL, NULL);
    }
  xml_rpc_server_set_max_request_size (server, MAX_REQUEST_SIZE);
  xml_rpc_server_set_request_timeout (server, REQUEST_TIMEOUT);
  xml_rpc_server_attach (server, soup_server, "/RPC2");
  g_signal_connect (soup_server, "request-started", G_CALLBACK (on_request_started), NULL);

  soup_server_listen_local (soup_server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (soup_server);
  g_print ("http://127.0.0.1:%d/RPC2\n", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  g_unix_signal_add (SIGTERM, end_loop, loop);
  g_main_loop_run (loop);
  xml_rpc_server_detach (server, soup_server);

  return EXIT_SUCCESS;
}
