/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fake-server.h"

#include <gio/gunixsocketaddress.h>
#include <string.h>
#include <sys/socket.h>

struct _FakeServer
{
  GSocketListener *listener;
  GCancellable    *stop;
  GTlsCertificate *certificate;        /* NULL: without TLS */
  FakeScript       script;
  gpointer         user_data;
  char            *uri;
  GThread         *thread;
  GPtrArray       *connection_threads; /* only of the accepting thread, until it has ended */

  GMutex           mutex;
  GCond            cond;
  guint            n_connections;
  guint            n_requests;
  guint            n_closes;
};

struct _FakeConnection
{
  FakeServer        *server;
  GSocketConnection *socket;
  GIOStream         *stream;
  GDataInputStream  *input;
  GString           *head;
  guint              number;
};

static void
count (FakeServer *self,
       guint      *counter)
{
  g_mutex_lock (&self->mutex);
  (*counter)++;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

/* Without TLS there is nothing to do. */
static gboolean
shake_hands (FakeConnection *self)
{
  return self->server->certificate == NULL ||
         g_tls_connection_handshake (G_TLS_CONNECTION (self->stream), self->server->stop, NULL);
}

static gpointer
play (gpointer data)
{
  FakeConnection *self = data;

  if (shake_hands (self))
    self->server->script (self, self->server->user_data);

  g_io_stream_close (self->stream, NULL, NULL);
  g_string_free (self->head, TRUE);
  g_object_unref (self->input);
  g_object_unref (self->stream);
  g_object_unref (self->socket);
  g_free (self);

  return NULL;
}

static GIOStream *
create_stream (FakeServer        *self,
               GSocketConnection *socket)
{
  GIOStream *stream;
  GError *error = NULL;

  if (self->certificate == NULL)
    return G_IO_STREAM (g_object_ref (socket));

  stream = g_tls_server_connection_new (G_IO_STREAM (socket), self->certificate, &error);
  g_assert_no_error (error);

  return stream;
}

static gpointer
accept_connections (gpointer data)
{
  FakeServer *self = data;
  GSocketConnection *socket;

  while ((socket = g_socket_listener_accept (self->listener, NULL, self->stop, NULL)) != NULL)
    {
      FakeConnection *connection = g_new0 (FakeConnection, 1);

      connection->server = self;
      connection->socket = socket;
      connection->stream = create_stream (self, socket);
      connection->input = g_data_input_stream_new (g_io_stream_get_input_stream (connection->stream));
      connection->head = g_string_new (NULL);
      g_data_input_stream_set_newline_type (connection->input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
      count (self, &self->n_connections);
      g_ptr_array_add (self->connection_threads, g_thread_new ("fake-connection", play, connection));
    }

  return NULL;
}

static FakeServer *
create (FakeScript script,
        gpointer   user_data)
{
  FakeServer *self = g_new0 (FakeServer, 1);

  self->listener = g_socket_listener_new ();
  self->stop = g_cancellable_new ();
  self->script = script;
  self->user_data = user_data;
  self->connection_threads = g_ptr_array_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);

  return self;
}

static void
start (FakeServer *self,
       GSocketAddress *address)
{
  g_autoptr (GSocketAddress) effective = NULL;
  GError *error = NULL;

  g_socket_listener_add_address (self->listener, address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_DEFAULT, NULL, &effective, &error);
  g_assert_no_error (error);
  if (G_IS_INET_SOCKET_ADDRESS (effective))
    self->uri = g_strdup_printf ("%s://127.0.0.1:%u/RPC2", self->certificate != NULL ? "https" : "http",
                                 g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective)));
  self->thread = g_thread_new ("fake-server", accept_connections, self);
}

FakeServer *
fake_server_new (FakeScript script,
                 gpointer   user_data)
{
  FakeServer *self = create (script, user_data);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);

  start (self, address);
  return self;
}

FakeServer *
fake_server_new_tls (const char *certificate_path,
                     FakeScript  script,
                     gpointer    user_data)
{
  FakeServer *self = create (script, user_data);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  GError *error = NULL;

  self->certificate = g_tls_certificate_new_from_file (certificate_path, &error);
  g_assert_no_error (error);

  start (self, address);
  return self;
}

FakeServer *
fake_server_new_at_socket (const char *path,
                           FakeScript  script,
                           gpointer    user_data)
{
  FakeServer *self = create (script, user_data);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);

  start (self, address);
  return self;
}

void
fake_server_free (FakeServer *self)
{
  g_cancellable_cancel (self->stop);
  g_thread_join (self->thread);
  for (guint i = 0; i < self->connection_threads->len; i++)
    g_thread_join (self->connection_threads->pdata[i]);

  g_ptr_array_unref (self->connection_threads);
  g_socket_listener_close (self->listener);
  g_object_unref (self->listener);
  g_object_unref (self->stop);
  g_clear_object (&self->certificate);
  g_free (self->uri);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}

XmlRpcServerProxy *
fake_server_create_proxy (FakeServer *self)
{
  GError *error = NULL;
  XmlRpcServerProxy *proxy = xml_rpc_server_proxy_new (self->uri, &error);

  g_assert_no_error (error);

  return proxy;
}

const char *
fake_server_get_uri (FakeServer *self)
{
  return self->uri;
}

static guint
get_counter (FakeServer *self,
             guint      *counter)
{
  guint value;

  g_mutex_lock (&self->mutex);
  value = *counter;
  g_mutex_unlock (&self->mutex);

  return value;
}

guint
fake_server_get_n_connections (FakeServer *self)
{
  return get_counter (self, &self->n_connections);
}

guint
fake_server_get_n_requests (FakeServer *self)
{
  return get_counter (self, &self->n_requests);
}

static void
wait_for_counter (FakeServer *self,
                  guint      *counter,
                  guint       value)
{
  g_mutex_lock (&self->mutex);
  while (*counter < value)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

void
fake_server_wait_for_requests (FakeServer *self,
                               guint       n_requests)
{
  wait_for_counter (self, &self->n_requests, n_requests);
}

void
fake_server_wait_for_connections (FakeServer *self,
                                  guint       n_connections)
{
  wait_for_counter (self, &self->n_connections, n_connections);
}

void
fake_server_wait_for_closes (FakeServer *self,
                             guint       n_closes)
{
  wait_for_counter (self, &self->n_closes, n_closes);
}

static char *
read_line (FakeConnection *self)
{
  return g_data_input_stream_read_line (self->input, NULL, self->server->stop, NULL);
}

/* NULL if the connection ends before. */
static char *
read_bytes (FakeConnection *self,
            gsize           length)
{
  g_autofree char *bytes = g_malloc0 (length + 1);
  gsize n_read;

  /* read_all() does not report the end of the connection as an error. */
  if (!g_input_stream_read_all (G_INPUT_STREAM (self->input), bytes, length, &n_read,
                                self->server->stop, NULL) ||
      n_read < length)
    return NULL;

  return g_steal_pointer (&bytes);
}

/* NULL @body: there is no request any more. */
static char *
end_request (FakeConnection *self,
             char           *body)
{
  if (body != NULL)
    {
      self->number++;
      count (self->server, &self->server->n_requests);
    }

  return body;
}

char *
fake_connection_read_request (FakeConnection *self)
{
  gsize length = 0;

  g_string_truncate (self->head, 0);
  while (TRUE)
    {
      g_autofree char *line = read_line (self);

      if (line == NULL)
        return NULL;
      if (*line == '\0')
        break;
      if (g_ascii_strncasecmp (line, "Content-Length:", strlen ("Content-Length:")) == 0)
        length = g_ascii_strtoull (line + strlen ("Content-Length:"), NULL, 10);
      g_string_append_printf (self->head, "%s\n", line);
    }

  return end_request (self, read_bytes (self, length));
}

char *
fake_connection_read_scgi (FakeConnection *self)
{
  g_autofree char *length = g_data_input_stream_read_upto (self->input, ":", 1, NULL, self->server->stop, NULL);
  const gsize size = length != NULL ? g_ascii_strtoull (length, NULL, 10) : 0;
  g_autofree char *variables = size > 0 ? read_bytes (self, size + strlen (":,")) : NULL;
  const char *name;

  g_string_truncate (self->head, 0);
  if (variables == NULL)
    return NULL;

  g_assert_cmpint (variables[size + 1], ==, ',');
  for (name = variables + 1; name < variables + 1 + size; name += strlen (name) + 1)
    {
      const char *value = name + strlen (name) + 1;

      g_string_append_printf (self->head, "%s: %s\n", name, value);
      name = value;
    }

  g_assert_true (g_str_has_prefix (self->head->str, "CONTENT_LENGTH: "));
  return end_request (self, read_bytes (self, g_ascii_strtoull (self->head->str + strlen ("CONTENT_LENGTH: "), NULL, 10)));
}

guint
fake_connection_get_number (FakeConnection *self)
{
  return self->number;
}

const char *
fake_connection_get_head (FakeConnection *self)
{
  return self->head->str;
}

gboolean
fake_connection_write (FakeConnection *self,
                       const void     *data,
                       gssize          length)
{
  if (length < 0)
    length = strlen (data);

  return g_output_stream_write_all (g_io_stream_get_output_stream (self->stream),
                                    data, length, NULL, self->server->stop, NULL);
}

/* In one piece: two small writes in a row would wait for each other. */
gboolean
fake_connection_reply (FakeConnection *self,
                       const char     *status,
                       const char     *headers,
                       GBytes         *body)
{
  const gsize length = body != NULL ? g_bytes_get_size (body) : 0;
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "HTTP/1.1 %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n%s\r\n",
                          status, length, headers != NULL ? headers : "");
  if (body != NULL)
    g_string_append_len (text, g_bytes_get_data (body, NULL), (gssize) length);

  return fake_connection_write (self, text->str, (gssize) text->len);
}

gboolean
fake_connection_return (FakeConnection *self,
                        GVariant       *value)
{
  GError *error = NULL;
  g_autoptr (GBytes) body = xml_rpc_encode_response (value, &error);

  g_assert_no_error (error);
  return fake_connection_reply (self, "200 OK", "Content-Type: text/xml\r\n", body);
}

gboolean
fake_connection_echo (FakeConnection *self,
                      char           *request)
{
  g_autoptr (GBytes) body = g_bytes_new_take (request, strlen (request));
  g_autofree char *method_name = NULL;
  g_autoptr (GVariant) params = NULL;
  g_autoptr (GVariant) value = NULL;
  GError *error = NULL;

  xml_rpc_decode_call (body, NULL, &method_name, &params, &error);
  g_assert_no_error (error);
  value = g_variant_n_children (params) > 0 ? g_variant_get_child_value (params, 0)
                                            : g_variant_ref_sink (g_variant_new_string (""));

  return fake_connection_return (self, value);
}

void
fake_server_echo (FakeConnection *connection,
                  gpointer        user_data)
{
  char *request;

  while ((request = fake_connection_read_request (connection)) != NULL && fake_connection_echo (connection, request))
    continue;
}

void
fake_server_answer (FakeConnection *connection,
                    gpointer        user_data)
{
  const FakeAnswer *answer = user_data;
  char *request;

  while ((request = fake_connection_read_request (connection)) != NULL)
    {
      g_free (request);
      if (!fake_connection_reply (connection, answer->status, answer->headers, answer->body))
        return;
    }
}

void
fake_connection_close (FakeConnection *self)
{
  g_io_stream_close (self->stream, NULL, NULL);
  count (self->server, &self->server->n_closes);
}

void
fake_connection_reset (FakeConnection *self)
{
  struct linger linger = { 1, 0 };

  setsockopt (g_socket_get_fd (g_socket_connection_get_socket (self->socket)), SOL_SOCKET, SO_LINGER,
              &linger, sizeof linger);
  g_io_stream_close (G_IO_STREAM (self->socket), NULL, NULL);
}

void
fake_connection_wait_for_close (FakeConnection *self)
{
  char buffer[4096];

  while (g_input_stream_read (G_INPUT_STREAM (self->input), buffer, sizeof buffer,
                              self->server->stop, NULL) > 0)
    continue;
}
