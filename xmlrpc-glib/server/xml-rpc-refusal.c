/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-refusal-private.h"

/* Closing while the client is still sending makes the kernel reset the
 * connection, and many clients send all before they read the answer, which is
 * lost then. So more is read, but neither for long nor without end. */
#define LINGER_MILLISECONDS (10 * 1000)
#define LINGER_BYTES (64 * 1024 * 1024)

/* Where nothing better is known, as when an early handler of the program refuses. */
static const struct
{
  guint       status;
  const char *text;
} reasons[] = {
  { SOUP_STATUS_BAD_REQUEST, "this is not a valid request" },
  { SOUP_STATUS_FORBIDDEN, "this request is not allowed" },
  { SOUP_STATUS_METHOD_NOT_ALLOWED, "expected the HTTP method POST" },
  { SOUP_STATUS_REQUEST_TIMEOUT, "the request took longer than request-timeout" },
  { SOUP_STATUS_LENGTH_REQUIRED, "expected a Content-Length, or chunks" },
  { SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "the request is larger than max-request-size" },
  { SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE, "expected the Content-Type text/xml" },
  { SOUP_STATUS_SERVICE_UNAVAILABLE, "the server is busy; try again later" },
};

void
xml_rpc_explain (SoupServerMessage *message,
                 const char        *format,
                 ...)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  va_list args;

  /* libsoup would announce its length, and leave it out. */
  if (soup_server_message_get_method (message) == SOUP_METHOD_HEAD)
    return;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  line = g_strconcat (text, "\n", NULL);
  soup_server_message_set_response (message, "text/plain; charset=utf-8", SOUP_MEMORY_COPY, line, strlen (line));
}

static gboolean
is_explained (SoupServerMessage *message)
{
  return soup_server_message_get_response_body (message)->length > 0;
}

static void
explain_status (SoupServerMessage *message,
                guint              status)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      if (reasons[i].status == status)
        xml_rpc_explain (message, "%s", reasons[i].text);
    }
}

void
xml_rpc_decline (SoupServerMessage *message,
                 guint              status)
{
  if (!is_explained (message))
    explain_status (message, status);
  soup_server_message_set_status (message, status, NULL);
}

typedef struct
{
  GIOStream    *stream;
  GSocket      *socket;
  GCancellable *cancellable;
  GSource      *timer;
  GBytes       *answer;
  gsize         n_discarded;
  guint8        discarded[16 * 1024];
} Refusal;

static void
refusal_free (Refusal *self)
{
  g_source_destroy (self->timer);
  g_source_unref (self->timer);
  g_object_unref (self->cancellable);
  g_clear_object (&self->socket);
  g_io_stream_close (self->stream, NULL, NULL);
  g_object_unref (self->stream);
  g_bytes_unref (self->answer);
  g_free (self);
}

static void
discard_more (Refusal *self);

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Refusal *self = user_data;
  gssize n_read = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (n_read > 0)
    self->n_discarded += n_read;

  if (n_read <= 0 || self->n_discarded >= LINGER_BYTES)
    refusal_free (self);
  else
    discard_more (self);
}

static void
discard_more (Refusal *self)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (self->stream),
                             self->discarded, sizeof self->discarded,
                             G_PRIORITY_DEFAULT, self->cancellable, on_read, self);
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Refusal *self = user_data;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL))
    {
      refusal_free (self);
      return;
    }

  if (self->socket != NULL)
    g_socket_shutdown (self->socket, FALSE, TRUE, NULL);
  discard_more (self);
}

static gboolean
on_timeout (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

/* When the client has reset the connection. libsoup is about to find out, too, but
 * if the connection is taken from it before that, it warns that it cannot ask for
 * the address of the client. */
static gboolean
is_reset (GSocket *socket)
{
  g_autoptr (GSocketAddress) address = g_socket_get_remote_address (socket, NULL);

  return address == NULL;
}

/* With the headers and the body that the message has so far. */
static GBytes *
write_answer (SoupServerMessage *message,
              guint              status)
{
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_response_body (message));
  GString *text = g_string_new (NULL);
  SoupMessageHeadersIter iter;
  const char *name, *value;

  g_string_append_printf (text, "HTTP/1.1 %u %s\r\nConnection: close\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n",
                          status, soup_status_get_phrase (status), g_bytes_get_size (body));
  soup_message_headers_iter_init (&iter, soup_server_message_get_response_headers (message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    {
      if (g_ascii_strcasecmp (name, "Connection") != 0 && g_ascii_strcasecmp (name, "Content-Length") != 0)
        g_string_append_printf (text, "%s: %s\r\n", name, value);
    }
  g_string_append (text, "\r\n");
  g_string_append_len (text, g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  return g_string_free_to_bytes (text);
}

void
xml_rpc_refuse (SoupServerMessage *message,
                guint              status)
{
  GSocket *socket = soup_server_message_get_socket (message);
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();
  Refusal *self;

  if (socket != NULL && is_reset (socket))
    return;

  /* A body may be there for a status that was to be sent at the end of the request. */
  if (!is_explained (message) || soup_server_message_get_status (message) != 0)
    explain_status (message, status);
  self = g_new0 (Refusal, 1);
  self->answer = write_answer (message, status);
  g_set_object (&self->socket, socket);
  self->stream = soup_server_message_steal_connection (message);
  self->cancellable = g_cancellable_new ();
  self->timer = g_timeout_source_new (LINGER_MILLISECONDS);
  g_source_set_callback (self->timer, on_timeout, g_object_ref (self->cancellable), g_object_unref);
  g_source_attach (self->timer, context);

  g_output_stream_write_all_async (g_io_stream_get_output_stream (self->stream),
                                   g_bytes_get_data (self->answer, NULL), g_bytes_get_size (self->answer),
                                   G_PRIORITY_DEFAULT, self->cancellable, on_written, self);
}
