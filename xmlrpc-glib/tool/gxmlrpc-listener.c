/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-listener.h"

#include <signal.h>
#include <string.h>

#include <glib-unix.h>
#include <xmlrpc-glib/xmlrpc-glib.h>

#include "gxmlrpc-error.h"
#include "gxmlrpc-output.h"

#define MAX_PORT 65535

struct _GxmlrpcListener
{
  int                 port; /* 0: any */
  GMainLoop          *loop;
  GxmlrpcListenerFunc func;
  gpointer            user_data;
};

struct _GxmlrpcRequest
{
  SoupServerMessage *message;
};

GxmlrpcListener *
gxmlrpc_listener_new (void)
{
  GxmlrpcListener *self = g_new0 (GxmlrpcListener, 1);

  self->loop = g_main_loop_new (NULL, FALSE);
  return self;
}

void
gxmlrpc_listener_free (GxmlrpcListener *self)
{
  g_main_loop_unref (self->loop);
  g_free (self);
}

void
gxmlrpc_listener_add_options (GxmlrpcListener *self,
                              GOptionContext  *context)
{
  const GOptionEntry entries[] = {
    { "port", 'p', 0, G_OPTION_ARG_INT, &self->port,
      "Listen at this port (default: any that is free)", "PORT" },
    { NULL }
  };

  g_option_context_add_main_entries (context, entries, NULL);
}

static void
respond (SoupServerMessage *message,
         guint              status,
         const char        *type,
         const void        *data,
         gsize              length)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, data, length);
}

static void
respond_text (SoupServerMessage *message,
              guint              status,
              const char        *text)
{
  g_autofree char *line = g_strconcat (text, "\n", NULL);

  respond (message, status, "text/plain; charset=utf-8", line, strlen (line));
}

/* NULL if a value cannot be sent, or the error is no fault. */
static GBytes *
encode (GVariant     *value,
        const GError *error)
{
  GVariant *fault;

  if (value != NULL)
    return xml_rpc_encode_response (value, NULL);

  if (error->domain != XML_RPC_FAULT)
    return NULL;

  fault = xml_rpc_fault_get_value (error);
  return fault != NULL ? xml_rpc_encode_fault_value (fault, NULL)
                       : xml_rpc_encode_fault (error->code, error->message, NULL);
}

static void
answer (SoupServerMessage *message,
        GVariant          *value,
        const GError      *error)
{
  g_autoptr (GBytes) body = encode (value, error);

  if (body != NULL)
    respond (message, SOUP_STATUS_OK, "text/xml", g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  else
    respond_text (message, SOUP_STATUS_BAD_GATEWAY, error != NULL ? error->message : "the result cannot be sent");
}

void
gxmlrpc_request_answer (GxmlrpcRequest *self,
                        GVariant       *value,
                        const GError   *error)
{
  answer (self->message, value, error);
  soup_server_message_unpause (self->message);
  g_object_unref (self->message);
  g_free (self);
}

/* Whether a request can be a call; if not, it is answered. A browser sends an Origin with
 * what a web page posts, which must not speak for the user. */
static gboolean
check (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if (soup_server_message_get_method (message) != SOUP_METHOD_POST)
    respond_text (message, SOUP_STATUS_METHOD_NOT_ALLOWED, "XML-RPC needs POST");
  else if (soup_message_headers_get_one (headers, "Origin") != NULL)
    respond_text (message, SOUP_STATUS_FORBIDDEN, "web pages may not call this server");
  else
    return TRUE;

  return FALSE;
}

static void
on_request (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  GxmlrpcListener *self = user_data;
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (GError) error = NULL;
  g_autofree char *method_name = NULL;
  g_autoptr (GVariant) params = NULL;
  GxmlrpcRequest *request;

  if (!check (message))
    return;

  if (!xml_rpc_decode_call (body, NULL, &method_name, &params, &error))
    {
      g_autoptr (GError) fault = g_error_new (XML_RPC_FAULT, XML_RPC_FAULT_INVALID_XML_RPC, "%s", error->message);

      answer (message, NULL, fault);
      return;
    }

  request = g_new0 (GxmlrpcRequest, 1);
  request->message = g_object_ref (message);
  soup_server_message_pause (message);
  self->func (request, method_name, params, self->user_data);
}

static gboolean
on_signal (gpointer user_data)
{
  GxmlrpcListener *self = user_data;

  g_main_loop_quit (self->loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
write_address (SoupServer  *server,
               GError     **error)
{
  GSList *uris = soup_server_get_uris (server);
  g_autofree char *text = g_strdup_printf ("http://127.0.0.1:%d/RPC2", g_uri_get_port (uris->data));

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return gxmlrpc_output_write_line (text, error);
}

gboolean
gxmlrpc_listener_run (GxmlrpcListener      *self,
                      GxmlrpcListenerFunc   func,
                      gpointer              user_data,
                      GError              **error)
{
  g_autoptr (SoupServer) server = soup_server_new ("server-header", "gxmlrpc", NULL);
  guint signals[2];
  gboolean is_listening;

  if (self->port < 0 || self->port > MAX_PORT)
    {
      gxmlrpc_error_usage (error, "--port: expected a number from 0 to %d, got %d", MAX_PORT, self->port);
      return FALSE;
    }

  self->func = func;
  self->user_data = user_data;
  soup_server_add_handler (server, NULL, on_request, self, NULL);
  /* Whoever reads the address may send one. */
  signals[0] = g_unix_signal_add (SIGINT, on_signal, self);
  signals[1] = g_unix_signal_add (SIGTERM, on_signal, self);
  is_listening = soup_server_listen_local (server, (guint) self->port, SOUP_SERVER_LISTEN_IPV4_ONLY, error) &&
                 write_address (server, error);
  if (is_listening)
    g_main_loop_run (self->loop);
  g_source_remove (signals[0]);
  g_source_remove (signals[1]);
  soup_server_disconnect (server);

  return is_listening;
}
