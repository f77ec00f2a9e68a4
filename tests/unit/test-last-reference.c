/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A program drops the last reference to its proxy within a call: the call ends as if it
 * had not, and the proxy goes with it. */

#include "fake-server.h"

#include <xmlrpc-glib/xmlrpc-glib.h>

typedef struct
{
  XmlRpcServerProxy *proxy;     /* the only reference */
  XmlRpcMulticall   *multicall; /* likewise, or NULL */
  gpointer           watched;   /* NULL when the proxy is gone */
  const char        *signal;
  GError            *error;
  gboolean           has_returned;
} Owner;

typedef void (*CallFunc) (Owner *owner);

/* A method of this name gets 500, and who sends no password 401. */
static void
answer (FakeConnection *connection,
        gpointer        user_data)
{
  g_autofree char *request = NULL;
  g_autoptr (GBytes) page = g_bytes_new_static ("Sorry.", 6);

  while ((request = fake_connection_read_request (connection)) != NULL)
    {
      const char *head = fake_connection_get_head (connection);

      if (g_str_has_prefix (head, "POST /http-error "))
        fake_connection_reply (connection, "500 Broken", "Content-Type: text/plain\r\n", page);
      else if (g_str_has_prefix (head, "POST /authenticate ") && g_strrstr (head, "\nAuthorization:") == NULL)
        fake_connection_reply (connection, "401 Unauthorized", "WWW-Authenticate: Basic realm=\"a\"\r\n", page);
      else
        fake_connection_return (connection, g_variant_new_parsed ("[<['a']>]"));
      g_clear_pointer (&request, g_free);
    }
}

static void
drop (Owner *self)
{
  g_clear_object (&self->multicall);
  g_clear_object (&self->proxy);
}

static gboolean
on_authenticate (SoupMessage *message,
                 SoupAuth    *auth,
                 gboolean     is_retry,
                 Owner       *self)
{
  drop (self);
  soup_auth_authenticate (auth, "ada", "lovelace");

  return TRUE;
}

static void
on_message (XmlRpcServerProxy *proxy,
            SoupMessage       *message,
            Owner             *self)
{
  if (g_str_equal (self->signal, "authenticate"))
    g_signal_connect (message, "authenticate", G_CALLBACK (on_authenticate), self);
  else if (g_str_equal (self->signal, "message"))
    drop (self);
}

static void
on_http_error (XmlRpcServerProxy *proxy,
               SoupMessage       *message,
               Owner             *self)
{
  drop (self);
}

static void
call_sync (Owner *self)
{
  g_autoptr (GVariant) value = xml_rpc_server_proxy_call (self->proxy, "m", NULL, NULL, NULL, &self->error);

  g_assert_true ((value != NULL) != (self->error != NULL));
}

static void
call_json (Owner *self)
{
  g_autofree char *value = xml_rpc_server_proxy_call_json (self->proxy, "m", "[]", NULL, NULL, &self->error);

  g_assert_true ((value != NULL) != (self->error != NULL));
}

static void
ask (Owner *self)
{
  g_autoptr (GVariant) ignored = NULL;

  ignored = xml_rpc_server_proxy_get_capabilities (self->proxy, NULL, &self->error);
  /* That is no struct. */
  if (g_error_matches (self->error, XML_RPC_ERROR, XML_RPC_ERROR_TYPE_MISMATCH))
    g_clear_error (&self->error);
}

static void
call_many (Owner *self)
{
  self->multicall = xml_rpc_multicall_new (self->proxy);
  xml_rpc_multicall_add (self->multicall, "m", NULL, NULL);
  xml_rpc_multicall_execute (self->multicall, NULL, &self->error);
  g_clear_object (&self->multicall);
}

static void
on_called (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Owner *self = user_data;
  g_autoptr (GVariant) value = xml_rpc_server_proxy_call_finish (XML_RPC_SERVER_PROXY (source), result, &self->error);

  g_assert_true ((value != NULL) != (self->error != NULL));
  drop (self);
  self->has_returned = TRUE;
}

static void
on_many (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Owner *self = user_data;

  xml_rpc_multicall_execute_finish (XML_RPC_MULTICALL (source), result, &self->error);
  drop (self);
  self->has_returned = TRUE;
}

/* What libsoup still has to do with a message comes in later turns. */
static void
wait_until_gone (Owner *self)
{
  while (!self->has_returned || self->watched != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
call_async (Owner *self)
{
  xml_rpc_server_proxy_call_async (self->proxy, "m", NULL, NULL, NULL, on_called, self);
  wait_until_gone (self);
}

static void
call_many_async (Owner *self)
{
  self->multicall = xml_rpc_multicall_new (self->proxy);
  xml_rpc_multicall_add (self->multicall, "m", NULL, NULL);
  xml_rpc_multicall_execute_async (self->multicall, NULL, on_many, self);
  wait_until_gone (self);
}

static void
check (FakeServer *server,
       const char *signal,
       CallFunc    call)
{
  Owner self = { .signal = signal };
  g_autofree char *uri = NULL;
  g_autoptr (GUri) at = g_uri_parse (fake_server_get_uri (server), G_URI_FLAGS_NONE, NULL);

  uri = g_strdup_printf ("http://127.0.0.1:%d/%s", g_uri_get_port (at), signal);
  self.proxy = xml_rpc_server_proxy_new (uri, NULL);
  self.watched = self.proxy;
  g_object_add_weak_pointer (G_OBJECT (self.proxy), &self.watched);
  g_signal_connect (self.proxy, "message", G_CALLBACK (on_message), &self);
  g_signal_connect (self.proxy, "http-error", G_CALLBACK (on_http_error), &self);

  call (&self);

  if (g_str_equal (signal, "http-error"))
    g_assert_error (self.error, XML_RPC_HTTP_ERROR, 500);
  else
    g_assert_no_error (self.error);
  g_clear_error (&self.error);
  drop (&self);
  g_assert_null (self.watched);
}

static void
test_dropped (gconstpointer data)
{
  static const CallFunc calls[] = { call_sync, call_json, ask, call_many, call_async, call_many_async };
  g_autoptr (FakeServer) server = fake_server_new (answer, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    check (server, data, calls[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/last-reference/message", "message", test_dropped);
  g_test_add_data_func ("/last-reference/http-error", "http-error", test_dropped);
  g_test_add_data_func ("/last-reference/authenticate", "authenticate", test_dropped);
  g_test_add_data_func ("/last-reference/callback", "none", test_dropped);

  return g_test_run ();
}
