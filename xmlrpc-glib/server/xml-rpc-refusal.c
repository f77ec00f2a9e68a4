/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-refusal-private.h"

/* Closing while the client is still sending makes the kernel reset the
 * connection, and many clients send all before they read the answer, which is
 * lost then. So more is read, but neither for long nor without end. */
#define LINGER_MILLISECONDS (10 * 1000)
#define LINGER_BYTES (64 * 1024 * 1024)

typedef struct
{
  GIOStream    *stream;
  GSocket      *socket;
  GCancellable *cancellable;
  GSource      *timer;
  char         *answer;
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
  g_free (self->answer);
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

void
xml_rpc_refuse (SoupServerMessage *message,
                guint              status)
{
  GSocket *socket = soup_server_message_get_socket (message);
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();
  Refusal *self;

  if (socket != NULL && is_reset (socket))
    return;

  self = g_new0 (Refusal, 1);
  g_set_object (&self->socket, socket);
  self->stream = soup_server_message_steal_connection (message);
  self->cancellable = g_cancellable_new ();
  self->answer = g_strdup_printf ("HTTP/1.1 %u %s\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
                                  status, soup_status_get_phrase (status));
  self->timer = g_timeout_source_new (LINGER_MILLISECONDS);
  g_source_set_callback (self->timer, on_timeout, g_object_ref (self->cancellable), g_object_unref);
  g_source_attach (self->timer, context);

  g_output_stream_write_all_async (g_io_stream_get_output_stream (self->stream),
                                   self->answer, strlen (self->answer),
                                   G_PRIORITY_DEFAULT, self->cancellable, on_written, self);
}
