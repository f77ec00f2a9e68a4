/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-scgi-private.h"

#include <string.h>

#include <gio/gunixsocketaddress.h>

#include "xml-rpc-headers-private.h"
#include "xml-rpc-scgi-stream-private.h"

/* SCGI (https://python.ca/scgi/protocol.txt) is what web servers speak to the programs
 * behind them, and what rTorrent speaks to anybody. A request is its headers, as a
 * netstring of names and values that each end with NUL, and its body:
 *
 *   70:CONTENT_LENGTH NUL 27 NUL SCGI NUL 1 NUL REQUEST_METHOD NUL POST NUL ... ,BODY
 *
 * The headers are the variables of CGI (RFC 3875). The response is that of a CGI program,
 * headers, an empty line and a body, and ends with the connection. Its status is in a
 * header of the name Status; without that it is 200. Some programs begin with a line
 * of HTTP instead. */

/* The head of a response may be as long as libsoup lets that of HTTP be. */
#define MAX_HEAD (64 * 1024)
#define CHUNK 4096

struct _XmlRpcScgi
{
  const XmlRpcUri    *uri;
  GBytes             *head;
  GBytes             *body;
  GOutputVector       vectors[2];  /* both, while they are sent */

  GSocketConnection  *connection;
  GByteArray         *received;    /* until it has the whole head */
  gsize               n_searched;  /* for the end of that */
  char                chunk[CHUNK];

  gboolean            is_request_begun;
  GError             *write_error; /* of a server that takes no more */
  guint               status;
  char               *reason;
  SoupMessageHeaders *headers;
};

static void
add_variable (GString    *head,
              const char *name,
              const char *value)
{
  g_string_append (head, name);
  g_string_append_c (head, '\0');
  g_string_append (head, value);
  g_string_append_c (head, '\0');
}

/* Of the name of a header: X-Token is HTTP_X_TOKEN. */
static char *
create_variable_name (const char *header)
{
  char *name;

  if (g_ascii_strcasecmp (header, "Content-Type") == 0)
    return g_strdup ("CONTENT_TYPE");

  name = g_strconcat ("HTTP_", header, NULL);
  for (char *p = name; *p != '\0'; p++)
    *p = *p == '-' ? '_' : g_ascii_toupper (*p);

  return name;
}

/* No name may come twice: headers of the same name become one, as HTTP lets them. */
static GHashTable *
collect_headers (GVariant *headers)
{
  GHashTable *values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GVariantIter iter;
  const char *name, *value;

  g_hash_table_insert (values, g_strdup ("CONTENT_TYPE"), g_strdup ("text/xml"));
  if (headers == NULL)
    return values;

  g_variant_iter_init (&iter, headers);
  while (g_variant_iter_next (&iter, "(&s&s)", &name, &value))
    {
      char *variable = create_variable_name (name);
      const char *others = g_hash_table_lookup (values, variable);

      if (others != NULL && strcmp (variable, "CONTENT_TYPE") != 0)
        g_hash_table_insert (values, variable, g_strconcat (others, ", ", value, NULL));
      else
        g_hash_table_insert (values, variable, g_strdup (value));
    }

  return values;
}

static void
add_headers (GString  *head,
             GVariant *headers)
{
  g_autoptr (GHashTable) values = collect_headers (headers);
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &name, &value))
    add_variable (head, name, value);
}

static void
add_uri (GString         *head,
         const XmlRpcUri *uri)
{
  const char *path = g_uri_get_path (uri->http);
  const char *query = g_uri_get_query (uri->http);
  g_autofree char *target = g_strconcat (path, query != NULL ? "?" : NULL, query, NULL);
  g_autofree char *plain_path = g_uri_unescape_string (path, NULL);
  g_autofree char *port = g_strdup_printf ("%d", MAX (g_uri_get_port (uri->http), 0));

  add_variable (head, "REQUEST_URI", target);
  add_variable (head, "SCRIPT_NAME", "");
  add_variable (head, "PATH_INFO", plain_path != NULL ? plain_path : path);
  add_variable (head, "QUERY_STRING", query != NULL ? query : "");
  add_variable (head, "SERVER_NAME", g_uri_get_host (uri->http));
  add_variable (head, "SERVER_PORT", port);
}

static GBytes *
create_head (const XmlRpcUri *uri,
             GVariant        *headers,
             gsize            body_length)
{
  g_autoptr (GString) head = g_string_new (NULL);
  g_autofree char *length = g_strdup_printf ("%" G_GSIZE_FORMAT, body_length);
  g_autofree char *prefix = NULL;

  add_variable (head, "CONTENT_LENGTH", length);
  add_variable (head, "SCGI", "1");
  add_variable (head, "REQUEST_METHOD", "POST");
  add_variable (head, "SERVER_PROTOCOL", "HTTP/1.1");
  add_uri (head, uri);
  add_headers (head, headers);

  prefix = g_strdup_printf ("%" G_GSIZE_FORMAT ":", head->len);
  g_string_prepend (head, prefix);
  g_string_append_c (head, ',');

  return g_string_free_to_bytes (g_steal_pointer (&head));
}

static void
set_vector (GOutputVector *vector,
            GBytes        *bytes)
{
  vector->buffer = g_bytes_get_data (bytes, &vector->size);
}

XmlRpcScgi *
xml_rpc_scgi_new (const XmlRpcUri *uri,
                  GVariant        *headers,
                  GBytes          *body)
{
  XmlRpcScgi *self = g_new0 (XmlRpcScgi, 1);

  self->uri = uri;
  self->head = create_head (uri, headers, g_bytes_get_size (body));
  self->body = g_bytes_ref (body);
  self->received = g_byte_array_new ();
  set_vector (&self->vectors[0], self->head);
  set_vector (&self->vectors[1], self->body);

  return self;
}

void
xml_rpc_scgi_free (XmlRpcScgi *self)
{
  g_bytes_unref (self->head);
  g_bytes_unref (self->body);
  g_clear_object (&self->connection);
  g_byte_array_unref (self->received);
  g_clear_error (&self->write_error);
  g_free (self->reason);
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  g_free (self);
}

/* Where the body begins, or 0 if the head is not whole. Lines end with LF or CR LF. */
static gsize
find_body (XmlRpcScgi *self)
{
  const char *data = (const char *) self->received->data;
  const gsize length = self->received->len;

  for (gsize i = self->n_searched; i + 1 < length; i++)
    {
      if (data[i] == '\n' && data[i + 1] == '\n')
        return i + 2;
      if (data[i] == '\n' && data[i + 1] == '\r' && i + 2 < length && data[i + 2] == '\n')
        return i + 3;
    }

  self->n_searched = length > 2 ? length - 2 : 0;
  return 0;
}

/* "404 Not Found" */
static gboolean
set_status (XmlRpcScgi *self,
            const char *text)
{
  const gsize n_digits = strspn (text, "0123456789");

  if (n_digits != 3 || (text[n_digits] != ' ' && text[n_digits] != '\0'))
    return FALSE;

  g_free (self->reason);
  self->status = (guint) g_ascii_strtoull (text, NULL, 10);
  self->reason = g_strstrip (g_strdup (text + n_digits));
  return TRUE;
}

static gboolean
parse_head (XmlRpcScgi *self,
            gsize       length)
{
  const char *data = (const char *) self->received->data;
  const gboolean is_http = length > strlen ("HTTP/") && memcmp (data, "HTTP/", strlen ("HTTP/")) == 0;
  g_autoptr (GString) text = g_string_new (is_http ? NULL : "HTTP/1.1 200 OK\r\n");
  const char *status;

  while (length > 0 && (data[length - 1] == '\n' || data[length - 1] == '\r'))
    length--;
  g_string_append_len (text, data, (gssize) length);
  g_string_append (text, "\r\n");
  self->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  if (!soup_headers_parse_response (text->str, (int) text->len, self->headers, NULL, &self->status, &self->reason))
    return FALSE;

  status = soup_message_headers_get_one (self->headers, "Status");
  if (status != NULL && !set_status (self, status))
    return FALSE;

  return !SOUP_STATUS_IS_INFORMATIONAL (self->status) && self->status >= SOUP_STATUS_OK;
}

static goffset
get_content_length (const XmlRpcScgi *self)
{
  if (soup_message_headers_get_encoding (self->headers) != SOUP_ENCODING_CONTENT_LENGTH)
    return -1;

  return soup_message_headers_get_content_length (self->headers);
}

/* What came of a read; NULL without an error if more of the head has to come. */
static GInputStream *
take_chunk (XmlRpcScgi  *self,
            gssize       n,
            GError     **error)
{
  g_autoptr (GBytes) begin = NULL;
  gsize body;

  if (n < 0)
    return NULL;
  if (n == 0 && self->write_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->write_error));
      return NULL;
    }
  if (n == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT,
                           "the connection was closed within the headers");
      return NULL;
    }

  g_byte_array_append (self->received, (const guint8 *) self->chunk, (guint) n);
  body = find_body (self);
  if ((body == 0 && self->received->len > MAX_HEAD) || (body != 0 && !parse_head (self, body)))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           "expected the headers of a CGI response, got something else");
      return NULL;
    }
  if (body == 0)
    return NULL;

  begin = g_bytes_new (self->received->data + body, self->received->len - body);
  return xml_rpc_scgi_stream_new (G_IO_STREAM (self->connection), begin, get_content_length (self));
}

static GSocketClient *
create_client (void)
{
  GSocketClient *client = g_socket_client_new ();

  g_socket_client_set_enable_proxy (client, FALSE);
  return client;
}

static GSocketConnectable *
create_connectable (const XmlRpcUri *uri)
{
  if (uri->socket_path != NULL)
    return G_SOCKET_CONNECTABLE (g_unix_socket_address_new (uri->socket_path));

  return g_network_address_new (g_uri_get_host (uri->http), (guint16) g_uri_get_port (uri->http));
}

static GOutputStream *
begin_request (XmlRpcScgi *self)
{
  self->is_request_begun = TRUE;

  return g_io_stream_get_output_stream (G_IO_STREAM (self->connection));
}

/* Takes the error, if so. A server that refuses a request, as too large for one, may close the
 * connection before it has read all: then what it said is there to be read. */
static gboolean
is_refused_early (XmlRpcScgi *self,
                  GError     *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
    return FALSE;

  self->write_error = error;
  return TRUE;
}

static GInputStream *
get_input (XmlRpcScgi *self)
{
  return g_io_stream_get_input_stream (G_IO_STREAM (self->connection));
}

GInputStream *
xml_rpc_scgi_send (XmlRpcScgi    *self,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr (GSocketClient) client = create_client ();
  g_autoptr (GSocketConnectable) connectable = create_connectable (self->uri);
  g_autoptr (GError) local_error = NULL;
  GInputStream *stream = NULL;

  self->connection = g_socket_client_connect (client, connectable, cancellable, error);
  if (self->connection == NULL)
    return NULL;
  if (!g_output_stream_writev_all (begin_request (self), self->vectors, G_N_ELEMENTS (self->vectors), NULL,
                                   cancellable, &local_error) && is_refused_early (self, local_error))
    local_error = NULL;

  while (stream == NULL && local_error == NULL)
    {
      gssize n = g_input_stream_read (get_input (self), self->chunk, CHUNK, cancellable, &local_error);

      stream = take_chunk (self, n, n < 0 ? NULL : &local_error);
    }
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return stream;
}

static void read_on (GTask *task);

/* Takes the task. */
static void
on_read (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  XmlRpcScgi *self = g_task_get_task_data (task);
  GError *error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (object), result, &error);
  GInputStream *stream = take_chunk (self, n, n < 0 ? NULL : &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else if (stream != NULL)
    g_task_return_pointer (task, stream, g_object_unref);
  else
    read_on (g_steal_pointer (&task));
}

static void
read_on (GTask *task)
{
  XmlRpcScgi *self = g_task_get_task_data (task);

  g_input_stream_read_async (get_input (self), self->chunk, CHUNK, G_PRIORITY_DEFAULT,
                             g_task_get_cancellable (task), on_read, task);
}

static void
on_written (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  XmlRpcScgi *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_output_stream_writev_all_finish (G_OUTPUT_STREAM (object), result, NULL, &error) &&
      !is_refused_early (self, error))
    g_task_return_error (task, error);
  else
    read_on (g_steal_pointer (&task));
}

static void
on_connected (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  XmlRpcScgi *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->connection = g_socket_client_connect_finish (G_SOCKET_CLIENT (object), result, &error);
  if (self->connection == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_output_stream_writev_all_async (begin_request (self), self->vectors, G_N_ELEMENTS (self->vectors),
                                    G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_written,
                                    g_object_ref (task));
}

void
xml_rpc_scgi_send_async (XmlRpcScgi          *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GSocketClient) client = create_client ();
  g_autoptr (GSocketConnectable) connectable = create_connectable (self->uri);
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, xml_rpc_scgi_send_async);
  g_task_set_task_data (task, self, NULL);
  g_socket_client_connect_async (client, connectable, cancellable, on_connected, task);
}

GInputStream *
xml_rpc_scgi_send_finish (XmlRpcScgi    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
xml_rpc_scgi_is_request_begun (const XmlRpcScgi *self)
{
  return self->is_request_begun;
}

gboolean
xml_rpc_scgi_is_reply_begun (const XmlRpcScgi *self)
{
  return self->received->len > 0;
}

guint
xml_rpc_scgi_get_status (const XmlRpcScgi *self)
{
  return self->status;
}

const char *
xml_rpc_scgi_get_reason (const XmlRpcScgi *self)
{
  return self->reason;
}

SoupMessageHeaders *
xml_rpc_scgi_get_headers (const XmlRpcScgi *self)
{
  return self->headers;
}
