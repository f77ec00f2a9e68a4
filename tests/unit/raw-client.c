/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "raw-client.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define PATIENCE_SECONDS 60

struct _RawClient
{
  GSocket *socket;
  GString *received;   /* and not handed over yet */
};

RawClient *
raw_client_new (guint port)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  RawClient *self = g_new0 (RawClient, 1);

  self->received = g_string_new (NULL);
  self->socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_connect (self->socket, address, NULL, &error);
  g_assert_no_error (error);
  g_socket_set_blocking (self->socket, FALSE);

  return self;
}

void
raw_client_free (RawClient *self)
{
  g_socket_close (self->socket, NULL);
  g_object_unref (self->socket);
  g_string_free (self->received, TRUE);
  g_free (self);
}

void
raw_client_reset (RawClient *self)
{
  struct linger linger = { 1, 0 };

  setsockopt (g_socket_get_fd (self->socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
}

static gboolean
ready_cb (GSocket      *socket,
          GIOCondition  condition,
          gpointer      user_data)
{
  gboolean *is_ready = user_data;

  *is_ready = TRUE;

  return G_SOURCE_REMOVE;
}

static gboolean
give_up (gpointer user_data)
{
  g_critical ("Waited for the server for %d seconds", PATIENCE_SECONDS);

  return G_SOURCE_CONTINUE;
}

static void
wait_for (RawClient    *self,
          GIOCondition  condition)
{
  g_autoptr (GSource) source = g_socket_create_source (self->socket, condition, NULL);
  guint patience = g_timeout_add_seconds (PATIENCE_SECONDS, give_up, NULL);
  gboolean is_ready = FALSE;

  g_source_set_callback (source, G_SOURCE_FUNC (ready_cb), &is_ready, NULL);
  g_source_attach (source, NULL);
  while (!is_ready)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (patience);
}

gsize
raw_client_send_what_goes (RawClient  *self,
                           const void *data,
                           gsize       length)
{
  gsize n_sent = 0;

  while (n_sent < length)
    {
      g_autoptr (GError) error = NULL;
      gssize n = g_socket_send (self->socket, (const char *) data + n_sent, length - n_sent, NULL, &error);

      if (n >= 0)
        n_sent += n;
      else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        wait_for (self, G_IO_OUT);
      else
        break;
    }

  return n_sent;
}

void
raw_client_send (RawClient  *self,
                 const void *data,
                 gssize      length)
{
  gsize size = length >= 0 ? (gsize) length : strlen (data);

  g_assert_cmpuint (raw_client_send_what_goes (self, data, size), ==, size);
}

void
raw_client_post (RawClient  *self,
                 const char *headers,
                 const void *body,
                 gssize      length)
{
  gsize size = length >= 0 ? (gsize) length : strlen (body);
  g_autofree char *head = g_strdup_printf ("POST /RPC2 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/xml\r\n"
                                           "Content-Length: %" G_GSIZE_FORMAT "\r\n%s\r\n", size, headers);

  raw_client_send (self, head, -1);
  raw_client_send (self, body, size);
}

/* FALSE when the connection is closed. */
static gboolean
receive_more (RawClient *self)
{
  char piece[16 * 1024];

  for (;;)
    {
      g_autoptr (GError) error = NULL;
      gssize n = g_socket_receive (self->socket, piece, sizeof piece, NULL, &error);

      if (n > 0)
        g_string_append_len (self->received, piece, n);
      if (n >= 0)
        return n > 0;
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return FALSE;
      wait_for (self, G_IO_IN);
    }
}

static gsize
get_body_length (RawReply *reply)
{
  g_autofree char *length = raw_reply_get_header (reply, "Content-Length");

  return length != NULL ? strtoul (length, NULL, 10) : 0;
}

static char *
receive_head (RawClient *self)
{
  const char *end;
  char *head;

  while ((end = g_strstr_len (self->received->str, self->received->len, "\r\n\r\n")) == NULL)
    {
      if (!receive_more (self))
        return NULL;
    }

  head = g_strndup (self->received->str, end + 4 - self->received->str);
  g_string_erase (self->received, 0, strlen (head));

  return head;
}

RawReply *
raw_client_receive (RawClient *self)
{
  g_autoptr (RawReply) reply = g_new0 (RawReply, 1);
  gsize length;

  reply->head = receive_head (self);
  if (reply->head == NULL)
    return NULL;

  g_assert_true (g_str_has_prefix (reply->head, "HTTP/1."));
  reply->status = strtoul (reply->head + strlen ("HTTP/1.1 "), NULL, 10);
  length = get_body_length (reply);
  while (self->received->len < length)
    {
      if (!receive_more (self))
        return NULL;
    }

  reply->body = g_bytes_new (self->received->str, length);
  g_string_erase (self->received, 0, length);

  return g_steal_pointer (&reply);
}

void
raw_client_read_some (RawClient *self,
                      gsize      length)
{
  gsize end = self->received->len + length;

  while (self->received->len < end && receive_more (self))
    continue;
}

gboolean
raw_client_has_data (RawClient *self)
{
  return self->received->len > 0 || g_socket_get_available_bytes (self->socket) > 0;
}

void
raw_client_wait_for_close (RawClient *self)
{
  while (receive_more (self))
    ;
}

/* The value of a header, NULL if there is none. */
char *
raw_reply_get_header (RawReply   *self,
                      const char *name)
{
  g_auto (GStrv) lines = g_strsplit (self->head, "\r\n", -1);
  gsize length = strlen (name);

  for (char **line = lines; *line != NULL; line++)
    {
      if (g_ascii_strncasecmp (*line, name, length) == 0 && (*line)[length] == ':')
        return g_strstrip (g_strdup (*line + length + 1));
    }

  return NULL;
}

void
raw_reply_assert_header (RawReply   *self,
                         const char *name,
                         const char *expected)
{
  g_autofree char *value = raw_reply_get_header (self, name);

  g_assert_cmpstr (value, ==, expected);
}

char *
raw_reply_get_text (RawReply *self)
{
  return g_strndup (g_bytes_get_data (self->body, NULL), g_bytes_get_size (self->body));
}

void
raw_reply_free (RawReply *self)
{
  g_free (self->head);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}
