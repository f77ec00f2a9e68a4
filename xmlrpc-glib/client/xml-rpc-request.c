/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-request-private.h"

#include "xml-rpc-call-private.h"

/* How large a body may be kept for nothing, until the next call. */
#define MAX_SPARE_BODY (16 * 1024)

gboolean
xml_rpc_request_is_unauthorized (const XmlRpcRequest *self)
{
  const guint status = soup_message_get_status (self->message);

  return status == SOUP_STATUS_UNAUTHORIZED || status == SOUP_STATUS_PROXY_UNAUTHORIZED;
}

gboolean
xml_rpc_request_may_be_repeated (const XmlRpcRequest *self)
{
  return (self->authenticates && xml_rpc_request_is_unauthorized (self)) ||
         soup_message_get_status (self->message) == SOUP_STATUS_MISDIRECTED_REQUEST;
}

/* After 421, a handler of libsoup's would send the request once more. */
static void
prevent_repetition (SoupMessage *message)
{
  const guint got_body = g_signal_lookup ("got-body", SOUP_TYPE_MESSAGE);
  const GSignalMatchType match = G_SIGNAL_MATCH_ID | G_SIGNAL_MATCH_UNBLOCKED;
  gulong handler;

  while ((handler = g_signal_handler_find (message, match, got_body, 0, NULL, NULL, NULL)) != 0)
    g_signal_handler_block (message, handler);
}

/* libsoup reads the body of an answer that it may repeat the request for into
 * memory, whatever its size. There is no way to count these bytes, but they need
 * not be unpacked, and a Content-Length can be believed. */
static void
on_got_headers (SoupMessage   *message,
                XmlRpcRequest *self)
{
  XmlRpcCall *call = self->call;
  const guint64 max_size = call->options.max_response_size;
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  if (!xml_rpc_request_may_be_repeated (self))
    return;

  if (soup_message_get_status (message) == SOUP_STATUS_MISDIRECTED_REQUEST)
    prevent_repetition (message);

  soup_message_headers_remove (headers, "Content-Encoding");

  if (max_size > 0 &&
      soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
      (guint64) soup_message_headers_get_content_length (headers) > max_size)
    {
      call->too_large = TRUE;
      g_cancellable_cancel (call->cancellable);
    }
}

static void
on_got_informational (SoupMessage   *message,
                      XmlRpcRequest *self)
{
  XmlRpcCall *call = self->call;

  if (++call->n_interim_answers > XML_RPC_REQUEST_MAX_INTERIM_ANSWERS)
    g_cancellable_cancel (call->cancellable);
}

/* To authenticate, libsoup repeats the request, but it drops the body first. */
static void
on_restarted (SoupMessage   *message,
              XmlRpcRequest *self)
{
  soup_message_set_request_body_from_bytes (message, "text/xml", self->call->body);
  self->is_plain = FALSE;
}

static void
on_network_event (SoupMessage        *message,
                  GSocketClientEvent  event,
                  GIOStream          *connection,
                  XmlRpcRequest      *self)
{
  if (event == G_SOCKET_CLIENT_COMPLETE)
    xml_rpc_sockets_add (self->call->channel->sockets, message, connection);
}

static void
on_starting (SoupMessage   *message,
             XmlRpcRequest *self)
{
  xml_rpc_sockets_cork (self->call->channel->sockets, message);
}

static void
on_wrote_body (SoupMessage   *message,
               XmlRpcRequest *self)
{
  xml_rpc_sockets_uncork (self->call->channel->sockets, message);
}

static void
stop_authentication (XmlRpcRequest *self)
{
  soup_message_disable_feature (self->message, SOUP_TYPE_AUTH_MANAGER);
  self->authenticates = FALSE;
}

XmlRpcRequest *
xml_rpc_request_new (XmlRpcChannel *channel)
{
  XmlRpcRequest *self = g_new0 (XmlRpcRequest, 1);

  self->message = soup_message_new_from_uri (SOUP_METHOD_POST, channel->uri->http);

  /* Without IDEMPOTENT, libsoup opens a connection for each POST. It governs
   * nothing else: whether a request is repeated depends on its method. The
   * metrics say how far the call went when its connection breaks. */
  soup_message_set_flags (self->message,
                          SOUP_MESSAGE_IDEMPOTENT |
                          SOUP_MESSAGE_NO_REDIRECT |
                          SOUP_MESSAGE_COLLECT_METRICS);
  g_signal_connect (self->message, "got-informational", G_CALLBACK (on_got_informational), self);
  g_signal_connect (self->message, "got-headers", G_CALLBACK (on_got_headers), self);
  g_signal_connect (self->message, "restarted", G_CALLBACK (on_restarted), self);
  g_signal_connect (self->message, "network-event", G_CALLBACK (on_network_event), self);
  if (channel->corks_sockets)
    {
      g_signal_connect (self->message, "starting", G_CALLBACK (on_starting), self);
      g_signal_connect (self->message, "wrote-body", G_CALLBACK (on_wrote_body), self);
    }

  self->authenticates = TRUE;
  if (!xml_rpc_channel_needs_authentication (channel))
    stop_authentication (self);

  return self;
}

/* libsoup may keep a message for longer than the call is there. */
void
xml_rpc_request_free (XmlRpcRequest *self)
{
  g_signal_handlers_disconnect_by_data (self->message, self);
  g_object_unref (self->message);
  g_free (self);
}

void
xml_rpc_request_attach (XmlRpcRequest *self,
                        XmlRpcCall    *call)
{
  self->call = call;
  soup_message_set_request_body_from_bytes (self->message, "text/xml", call->body);
  self->is_plain = !xml_rpc_channel_show_message (call->channel, self->message);
}

/* Whether nobody else has done anything with the message, nor still may. */
static gboolean
is_as_before (const XmlRpcRequest *self)
{
  return self->is_plain && self->call->n_interim_answers == 0 &&
         g_atomic_int_get (&G_OBJECT (self->message)->ref_count) == 1 &&
         self->call->channel->has_own_session;
}

gboolean
xml_rpc_request_detach (XmlRpcRequest *self)
{
  if (!is_as_before (self))
    return FALSE;

  if (g_bytes_get_size (self->call->body) > MAX_SPARE_BODY)
    soup_message_set_request_body (self->message, NULL, NULL, 0);
  if (self->authenticates && !xml_rpc_channel_needs_authentication (self->call->channel))
    stop_authentication (self);
  self->call = NULL;

  return TRUE;
}
