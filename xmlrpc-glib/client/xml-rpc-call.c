/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-call-private.h"

#include <xmlrpc-glib/xml-rpc-error.h>

#include "xml-rpc-headers-private.h"
#include "xml-rpc-network-error-private.h"

/* How much of an answer that is of no use is still read, if it has arrived, so
 * that the connection can be used again. */
#define MAX_DRAIN (256 * 1024)
#define MAX_DRAIN_TIME (G_USEC_PER_SEC / 10)
/* In bytes; what is compressed is longer than the header says. */
#define MIN_BUFFER 4096

XmlRpcCall *
xml_rpc_call_new (GObject                 *owner,
                  XmlRpcChannel           *channel,
                  const XmlRpcCallOptions *options,
                  GBytes                  *body,
                  const GVariantType      *reply_type,
                  GCancellable            *cancellable)
{
  XmlRpcCall *self = g_new0 (XmlRpcCall, 1);

  self->owner = g_object_ref (owner);
  self->channel = channel;
  xml_rpc_call_options_copy (&self->options, options);
  self->body = g_bytes_ref (body);
  self->reply_type = reply_type != NULL ? g_variant_type_copy (reply_type) : NULL;
  g_set_object (&self->user_cancellable, cancellable);

  return self;
}

static void
clear_message (XmlRpcCall *self)
{
  self->message = NULL;
  g_clear_pointer (&self->request, xml_rpc_request_free);
  g_clear_pointer (&self->scgi, xml_rpc_scgi_free);
}

void
xml_rpc_call_free (XmlRpcCall *self)
{
  clear_message (self);
  xml_rpc_call_options_clear (&self->options);
  g_bytes_unref (self->body);
  g_clear_pointer (&self->reply_type, g_variant_type_free);
  g_clear_object (&self->user_cancellable);
  g_clear_object (&self->cancellable);
  g_object_unref (self->owner);
  g_free (self);
}

gboolean
xml_rpc_call_begin (XmlRpcCall  *self,
                    GError     **error)
{
  if (g_cancellable_set_error_if_cancelled (self->user_cancellable, error))
    return FALSE;

  xml_rpc_clock_init (&self->clock, self->options.timeout);
  return TRUE;
}

/* Takes the request. */
static void
set_request (XmlRpcCall    *self,
             XmlRpcRequest *request)
{
  clear_message (self);
  self->request = request;
  self->message = request->message;
  self->n_interim_answers = 0;

  xml_rpc_request_attach (request, self);
}

void
xml_rpc_call_renew_message (XmlRpcCall *self)
{
  set_request (self, xml_rpc_request_new (self->channel, &self->options));
}

void
xml_rpc_call_reuse_message (XmlRpcCall *self)
{
  XmlRpcRequest *request = xml_rpc_channel_take_request (self->channel);

  if (request != NULL && !xml_rpc_request_fits (request, &self->options))
    g_clear_pointer (&request, xml_rpc_request_free);

  set_request (self, request != NULL ? request : xml_rpc_request_new (self->channel, &self->options));
}

void
xml_rpc_call_renew_scgi (XmlRpcCall *self)
{
  clear_message (self);
  self->scgi = xml_rpc_scgi_new (self->channel->uri, self->options.headers, self->body);
}

void
xml_rpc_call_leave_message (XmlRpcCall *self)
{
  if (self->scgi != NULL || !xml_rpc_request_detach (self->request))
    return;

  self->message = NULL;
  xml_rpc_channel_leave_request (self->channel, g_steal_pointer (&self->request));
}

/* When the call was answered: whether the next one can do without what libsoup does
 * to authenticate, which is as much as a tenth of all its work. */
void
xml_rpc_call_learn_authentication (XmlRpcCall *self)
{
  SoupMessageHeaders *headers;

  if (self->scgi != NULL)
    return;

  headers = soup_message_get_request_headers (self->message);
  if (self->channel->has_own_session && self->request->is_plain &&
      (self->request->has_basic || soup_message_headers_get_one (headers, "Authorization") == NULL) &&
      soup_message_headers_get_one (headers, "Proxy-Authorization") == NULL)
    xml_rpc_channel_set_needs_authentication (self->channel, FALSE);
}

/* Whether a password can come from the proxy, or from a handler of "authenticate"; or,
 * for an HTTP proxy, from the session. */
static gboolean
may_authenticate (XmlRpcCall *self)
{
  const XmlRpcRequest *request = self->request;

  if (soup_message_get_status (self->message) == SOUP_STATUS_PROXY_UNAUTHORIZED)
    return TRUE;
  if (xml_rpc_request_has_password (request))
    return TRUE;

  return !request->is_plain && !request->has_basic && !request->has_authorization;
}

/* When there is an answer: whether it asks to authenticate, and the request is to be
 * sent once more because libsoup had been told not to do that. */
gboolean
xml_rpc_call_take_authentication (XmlRpcCall *self)
{
  if (self->scgi != NULL)
    return FALSE;
  if (self->request->is_postponed)
    return xml_rpc_request_is_unauthorized (self->request);
  if (self->request->authenticates || !xml_rpc_request_is_unauthorized (self->request))
    return FALSE;

  xml_rpc_channel_set_needs_authentication (self->channel, TRUE);
  return may_authenticate (self);
}

XmlRpcFloor *
xml_rpc_call_get_floor (XmlRpcCall *self)
{
  return self->context != NULL ? &self->channel->floor : &self->channel->blocking_floor;
}

gboolean
xml_rpc_call_take_floor (XmlRpcCall *self)
{
  XmlRpcFloor *floor = xml_rpc_call_get_floor (self);

  /* A call within a callback of a main loop asks by itself: the handler of the call that has
   * the floor may wait for this very loop. */
  if (self->floor != NULL || (self->context == NULL && g_main_depth () > 0))
    return TRUE;

  self->n_refusals = xml_rpc_floor_get_n_refusals (floor);
  if (!xml_rpc_floor_try_take (floor))
    return FALSE;

  self->floor = floor;
  return TRUE;
}

gboolean
xml_rpc_call_is_refused (XmlRpcCall *self)
{
  return xml_rpc_floor_get_n_refusals (xml_rpc_call_get_floor (self)) != self->n_refusals;
}

void
xml_rpc_call_leave_floor (XmlRpcCall *self)
{
  if (self->floor != NULL)
    xml_rpc_floor_leave (g_steal_pointer (&self->floor));
}

static gboolean
is_request_begun (XmlRpcCall *self)
{
  SoupMessageMetrics *metrics;

  if (self->scgi != NULL)
    return xml_rpc_scgi_is_request_begun (self->scgi);

  metrics = soup_message_get_metrics (self->message);
  return metrics != NULL && soup_message_metrics_get_request_header_bytes_sent (metrics) > 0;
}

static guint
get_status (XmlRpcCall *self)
{
  return self->scgi != NULL ? xml_rpc_scgi_get_status (self->scgi) : soup_message_get_status (self->message);
}

static gboolean
is_reply_begun (XmlRpcCall *self)
{
  SoupMessageMetrics *metrics;

  if (self->scgi != NULL)
    return xml_rpc_scgi_is_reply_begun (self->scgi);

  metrics = soup_message_get_metrics (self->message);
  return get_status (self) != SOUP_STATUS_NONE ||
         (metrics != NULL && soup_message_metrics_get_response_header_bytes_received (metrics) > 0);
}

static gboolean
is_connection_new (XmlRpcCall *self)
{
  SoupMessageMetrics *metrics = soup_message_get_metrics (self->message);

  return metrics == NULL || soup_message_metrics_get_connect_start (metrics) != 0;
}

/* After a failure to send: whether to send it once more. */
gboolean
xml_rpc_call_take_retry (XmlRpcCall *self)
{
  /* What may break is a connection that was kept. */
  if (self->scgi != NULL || !self->options.idempotent || self->retried || g_cancellable_is_cancelled (self->cancellable))
    return FALSE;
  if (is_connection_new (self) || is_reply_begun (self))
    return FALSE;

  self->retried = TRUE;
  return TRUE;
}

static XmlRpcHead
get_head (XmlRpcCall *self)
{
  SoupMessageHeaders *sent;

  if (self->scgi != NULL)
    return (XmlRpcHead) {
      .status = xml_rpc_scgi_get_status (self->scgi),
      .reason = xml_rpc_scgi_get_reason (self->scgi),
      .headers = xml_rpc_scgi_get_headers (self->scgi),
      .authorization = xml_rpc_headers_lookup (self->options.headers, "Authorization"),
      .is_compressed = TRUE,
    };

  sent = soup_message_get_request_headers (self->message);
  return (XmlRpcHead) {
    .status = soup_message_get_status (self->message),
    .reason = soup_message_get_reason_phrase (self->message),
    .headers = soup_message_get_response_headers (self->message),
    .authorization = soup_message_headers_get_one (sent, "Authorization"),
    .is_compressed = soup_message_is_feature_disabled (self->message, SOUP_TYPE_CONTENT_DECODER),
  };
}

XmlRpcReply *
xml_rpc_call_create_reply (XmlRpcCall *self)
{
  const XmlRpcHead head = get_head (self);

  return xml_rpc_reply_new (&head, self->channel->uri, self->reply_type, self->wants_json,
                            &self->options);
}

/* libsoup's own streams can be polled; what a feature of the program's session puts
 * in front of them need not. */
gboolean
xml_rpc_call_can_poll (GInputStream *stream)
{
  return G_IS_POLLABLE_INPUT_STREAM (stream) && g_pollable_input_stream_can_poll (G_POLLABLE_INPUT_STREAM (stream));
}

static gboolean
is_chunked (XmlRpcCall *self)
{
  return self->scgi == NULL &&
         soup_message_headers_get_encoding (soup_message_get_response_headers (self->message)) == SOUP_ENCODING_CHUNKED;
}

/* A short response needs little: of many calls at a time, each has a buffer, and the C library
 * would return the memory of them all to the kernel and ask for it again. */
gsize
xml_rpc_call_get_buffer_size (XmlRpcCall *self)
{
  goffset length = 0;

  if (self->scgi == NULL)
    length = soup_message_headers_get_content_length (soup_message_get_response_headers (self->message));

  return length > 0 ? (gsize) CLAMP (length, MIN_BUFFER, XML_RPC_CALL_CHUNK) : XML_RPC_CALL_CHUNK;
}

/* libsoup 3.8 reads the trailer behind the chunks for as long as more of it arrives,
 * and looks at no cancellable. One without end, sent faster than it is read, would
 * keep the main loop, and so the timer of the call, from its turn for ever: then
 * another thread ends the connection. */
gssize
xml_rpc_call_read_nonblocking (XmlRpcCall    *self,
                               GInputStream  *stream,
                               char          *buffer,
                               gsize          size,
                               gint64         end_time,
                               GError       **error)
{
  g_autoptr (GSocket) socket = NULL;
  XmlRpcDeadline deadline;
  gssize n;

  if (end_time != 0 && is_chunked (self))
    socket = xml_rpc_sockets_dup (self->channel->sockets, self->message);

  if (socket != NULL)
    xml_rpc_deadlines_add_socket (self->channel->deadlines, &deadline, end_time, socket);
  n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (stream), buffer, size,
                                                self->cancellable, error);
  if (socket != NULL && xml_rpc_deadlines_remove (self->channel->deadlines, &deadline) && end_time == self->clock.end_time)
    self->timed_out = TRUE;

  return n;
}

/* Reads what is there without waiting; TRUE at the end of the body. */
static gboolean
drain (XmlRpcCall   *self,
       GInputStream *stream)
{
  const gint64 end_time = g_get_monotonic_time () + MAX_DRAIN_TIME;
  char buffer[XML_RPC_CALL_CHUNK];

  if (!xml_rpc_call_can_poll (stream))
    return FALSE;

  for (gsize total = 0; total < MAX_DRAIN;)
    {
      gssize n = xml_rpc_call_read_nonblocking (self, stream, buffer, sizeof buffer, end_time, NULL);

      if (n <= 0)
        return n == 0;
      total += n;
    }

  return FALSE;
}

/* Closes a stream whose rest nobody wants. Cancelled, libsoup waits for nothing
 * and drops the connection. */
void
xml_rpc_call_abandon_stream (XmlRpcCall   *self,
                             GInputStream *stream)
{
  if (!drain (self, stream))
    g_cancellable_cancel (self->cancellable);

  g_input_stream_close (stream, self->cancellable, NULL);
}

static GError *
create_timeout_error (XmlRpcCall *self)
{
  return g_error_new (G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                      "the call to %s took longer than %u milliseconds",
                      self->channel->uri->host, self->options.timeout);
}

static void
replace_error (GError **error,
               GError  *replacement)
{
  g_clear_error (error);
  *error = replacement;
}

/* Whether the server has answered: then it is too late for anything else. */
static gboolean
is_answer (const GError *error)
{
  return error->domain == XML_RPC_FAULT ||
         error->domain == XML_RPC_HTTP_ERROR ||
         error->domain == XML_RPC_ERROR;
}

/* Says what an error of GIO or libsoup means for the call. */
void
xml_rpc_call_explain_error (XmlRpcCall  *self,
                            GError     **error)
{
  if (is_answer (*error))
    return;

  if (g_cancellable_is_cancelled (self->user_cancellable))
    {
      g_clear_error (error);
      g_cancellable_set_error_if_cancelled (self->user_cancellable, error);
    }
  else if (self->timed_out)
    {
      replace_error (error, create_timeout_error (self));
    }
  else if (self->too_large)
    {
      replace_error (error, xml_rpc_reply_error_too_large (self->options.max_response_size));
    }
  else if (self->n_interim_answers > XML_RPC_REQUEST_MAX_INTERIM_ANSWERS)
    {
      replace_error (error, g_error_new (XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED,
                                         "%s sent more than %d interim responses (HTTP 1xx); "
                                         "the call may or may not have been executed",
                                         self->channel->uri->host, XML_RPC_REQUEST_MAX_INTERIM_ANSWERS));
    }
  else if (self->message == NULL && self->scgi == NULL)
    {
      return; /* Nothing has been sent, and the error says why. */
    }
  else if (self->message != NULL && xml_rpc_network_error_explain (error, self->message, self->channel->uri->host))
    {
      return;
    }
  else if (get_status (self) != SOUP_STATUS_NONE)
    {
      g_prefix_error (error, "the response of %s broke off: ", self->channel->uri->host);
    }
  else if (is_request_begun (self))
    {
      g_prefix_error (error,
                      "%s %s %s; the call may or may not have been executed: ",
                      is_reply_begun (self) ? "the response of" : "the connection to",
                      self->channel->uri->host,
                      is_reply_begun (self) ? "broke off in its headers" : "closed before the response");
    }
}

/* The last step of a call that failed, when it has nothing more to do. */
void
xml_rpc_call_tell_error (XmlRpcCall   *self,
                         const GError *error)
{
  if (error->domain == XML_RPC_HTTP_ERROR && self->message != NULL)
    xml_rpc_channel_tell_http_error (self->channel, self->message);
}
