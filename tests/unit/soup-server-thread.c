/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "soup-server-thread.h"

#include <xmlrpc-glib/xmlrpc-glib.h>

struct _SoupServerThread
{
  SoupServer             *server;
  SoupServerListenOptions options;
  GMainLoop              *loop;
  GThread                *thread;
  GMutex                  mutex;
  GCond                   cond;
  guint                   port;
  gint                    n_answers;
};

static void
answer (SoupServer        *server,
        SoupServerMessage *message,
        const char        *path,
        GHashTable        *query,
        gpointer           user_data)
{
  SoupServerThread *self = user_data;
  const char *user = g_object_get_data (G_OBJECT (message), "user");
  SoupMessageBody *request = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) request_body = g_bytes_new (request->data, request->length);
  g_autofree char *method_name = NULL;
  g_autoptr (GVariant) params = NULL;
  GError *error = NULL;
  g_autoptr (GBytes) body = xml_rpc_encode_response (g_variant_new_string (user != NULL ? user : ""),
                                                     NULL);

  /* Whatever came before it, the call is whole. */
  xml_rpc_decode_call (request_body, NULL, &method_name, &params, &error);
  g_assert_no_error (error);

  g_atomic_int_inc (&self->n_answers);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "text/xml", SOUP_MEMORY_COPY,
                                    g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

static void
listen_at_free_port (SoupServerThread *self)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) effective = NULL;
  GSList *listeners;
  GError *error = NULL;

  soup_server_listen (self->server, address, self->options, &error);
  g_assert_no_error (error);

  listeners = soup_server_get_listeners (self->server);
  effective = g_socket_get_local_address (listeners->data, &error);
  g_assert_no_error (error);
  g_slist_free (listeners);

  g_mutex_lock (&self->mutex);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

static gpointer
run (gpointer data)
{
  SoupServerThread *self = data;
  GMainContext *context = g_main_loop_get_context (self->loop);

  g_main_context_push_thread_default (context);
  soup_server_add_handler (self->server, NULL, answer, self, NULL);
  listen_at_free_port (self);
  g_main_loop_run (self->loop);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  while (g_main_context_iteration (context, FALSE))
    continue;
  g_main_context_pop_thread_default (context);

  return NULL;
}

SoupServerThread *
soup_server_thread_new (SoupServer             *server,
                        SoupServerListenOptions options)
{
  SoupServerThread *self = g_new0 (SoupServerThread, 1);
  g_autoptr (GMainContext) context = g_main_context_new ();

  self->server = server;
  self->options = options;
  self->loop = g_main_loop_new (context, FALSE);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->thread = g_thread_new ("soup-server", run, self);

  g_mutex_lock (&self->mutex);
  while (self->port == 0)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);

  return self;
}

static gboolean
quit (gpointer data)
{
  g_main_loop_quit (data);

  return G_SOURCE_REMOVE;
}

void
soup_server_thread_free (SoupServerThread *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, quit, self->loop, NULL);
  g_source_attach (source, g_main_loop_get_context (self->loop));
  g_thread_join (self->thread);

  g_main_loop_unref (self->loop);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}

guint
soup_server_thread_get_port (SoupServerThread *self)
{
  return self->port;
}

guint
soup_server_thread_get_n_answers (SoupServerThread *self)
{
  return (guint) g_atomic_int_get (&self->n_answers);
}
