/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-exchange-private.h"

#include <xmlrpc-glib/xml-rpc-error.h>

#include "../codec/xml-rpc-decoder-private.h"
#include "../codec/xml-rpc-inflater-private.h"
#include "xml-rpc-connection-private.h"
#include "xml-rpc-delivery-private.h"
#include "xml-rpc-documentation-private.h"
#include "xml-rpc-framing-private.h"
#include "xml-rpc-invocation-private.h"
#include "xml-rpc-ongoing-private.h"
#include "xml-rpc-refusal-private.h"
#include "xml-rpc-response-private.h"
#include "xml-rpc-turn-private.h"

/* A request that announces no more is looked at when all of it is there: that
 * is cheaper than to listen to its pieces. */
#define MAX_WHOLE_REQUEST (16 * 1024)

/* What a piece of a request takes, however short it is, in bytes that could be read. */
#define PIECE_COST 256

/* Compressed bytes at a time, which are up to a thousand times as many. */
#define COMPRESSED_SLICE 256

static G_DEFINE_QUARK (xml-rpc-exchange, exchange)
static G_DEFINE_QUARK (xml-rpc-time-limit, time_limit)

typedef struct
{
  XmlRpcService      *service;
  SoupServerMessage *message;      /* that this belongs to */
  XmlRpcDecoder     *decoder;
  XmlRpcInflater    *inflater;     /* NULL: the request is not compressed */
  guint64            n_received;   /* bytes of the body */
  guint64            n_decoded;    /* the same, decompressed */
  guint64            n_sent;
  GBytes            *compressed;   /* that wait for the next turn, from there on: */
  gsize              compressed_start;
  XmlRpcTurn         turn;
  XmlRpcTimeouts    *deliveries;   /* NULL until the request is there */
  XmlRpcOngoingCall  ongoing;
  GError            *error;        /* why the request cannot be read */
  gboolean           is_whole;     /* the body is looked at when all of it is there */
  gboolean           is_refused;   /* the connection is not ours any more */
  gboolean           is_finished;  /* the client has hung up */
  gboolean           is_called;
  gboolean           is_answered;
  gboolean           is_paused;
} Exchange;

static void
exchange_free (Exchange *self)
{
  xml_rpc_ongoing_call_end (&self->ongoing);
  xml_rpc_turn_clear (&self->turn);
  g_clear_pointer (&self->deliveries, xml_rpc_timeouts_unref);
  g_clear_pointer (&self->compressed, g_bytes_unref);
  g_object_unref (self->service->server);
  g_clear_pointer (&self->decoder, xml_rpc_decoder_free);
  g_clear_pointer (&self->inflater, xml_rpc_inflater_free);
  g_clear_error (&self->error);
  g_free (self);
}

static Exchange *
get_exchange (SoupServerMessage *message)
{
  return g_object_get_qdata (G_OBJECT (message), exchange_quark ());
}

/* For all of a request, from its first byte on. */
typedef struct
{
  XmlRpcTimeout timeout;
  gboolean      has_socket;   /* and then has none any more when the client has hung up */
} TimeLimit;

static void
time_limit_free (TimeLimit *self)
{
  xml_rpc_timeout_remove (&self->timeout);
  g_free (self);
}

static void
lift_time_limit (SoupServerMessage *message)
{
  g_object_set_qdata (G_OBJECT (message), time_limit_quark (), NULL);
}

static void
refuse (SoupServerMessage *message,
        guint              status)
{
  Exchange *self = get_exchange (message);

  if (self != NULL)
    {
      self->is_refused = TRUE;
      xml_rpc_turn_clear (&self->turn);
      xml_rpc_ongoing_call_end (&self->ongoing);
    }
  lift_time_limit (message);
  xml_rpc_refuse (message, status);
}

static void
on_timeout (gpointer user_data)
{
  SoupServerMessage *message = user_data;
  TimeLimit *limit = g_object_get_qdata (G_OBJECT (message), time_limit_quark ());

  if (limit->has_socket && soup_server_message_get_socket (message) == NULL)
    lift_time_limit (message);
  else
    refuse (message, SOUP_STATUS_REQUEST_TIMEOUT);
}

static void
limit_time (XmlRpcService     *service,
            XmlRpcTimeouts    *timeouts,
            SoupServerMessage *message)
{
  TimeLimit *limit;

  /* Another XML-RPC server on the same SoupServer may have done it. */
  if (service->request_timeout == 0 || g_object_get_qdata (G_OBJECT (message), time_limit_quark ()) != NULL)
    return;

  limit = g_new0 (TimeLimit, 1);
  limit->has_socket = soup_server_message_get_socket (message) != NULL;
  if (!limit->has_socket)
    g_signal_connect (message, "disconnected", G_CALLBACK (lift_time_limit), NULL);
  xml_rpc_timeouts_add (timeouts, &limit->timeout, service->request_timeout, on_timeout, message);
  g_object_set_qdata_full (G_OBJECT (message), time_limit_quark (), limit, (GDestroyNotify) time_limit_free);
}

static gboolean
exceeds_limit (Exchange *self,
               guint64   size)
{
  guint64 limit = self->service->max_request_size;

  return limit > 0 && size > limit;
}

/* What the decompressor gives, or what came as it is. */
static gboolean
decode (gpointer       user_data,
        const guint8  *data,
        gsize          length,
        GError       **error)
{
  Exchange *self = user_data;

  self->n_decoded += length;
  if (exceeds_limit (self, self->n_decoded))
    {
      g_set_error_literal (error, XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED, "the request is too large");
      return FALSE;
    }

  return xml_rpc_decoder_feed (self->decoder, data, length, error);
}

static void
decode_slice (Exchange *self)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (self->compressed, &length);
  gsize slice_length = MIN (length - self->compressed_start, COMPRESSED_SLICE);

  xml_rpc_inflater_feed (self->inflater, data + self->compressed_start, slice_length, &self->error);
  self->compressed_start += slice_length;
  if (self->error != NULL || self->compressed_start == length)
    g_clear_pointer (&self->compressed, g_bytes_unref);
}

/* As much as this turn allows; TRUE if nothing is left. */
static gboolean
decode_compressed (gpointer user_data)
{
  Exchange *self = user_data;
  /* A refusal lets go of it. */
  G_GNUC_UNUSED g_autoptr (SoupServerMessage) message = g_object_ref (self->message);

  while (self->compressed != NULL && !self->is_refused)
    {
      guint64 n_before = self->n_decoded;

      decode_slice (self);
      if (exceeds_limit (self, self->n_decoded))
        refuse (self->message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE);
      else if (!xml_rpc_turn_spend (&self->turn, PIECE_COST + (gsize) (self->n_decoded - n_before)))
        break;
    }

  return self->compressed == NULL || self->is_refused;
}

static void
on_chunk (SoupServerMessage *message,
          GBytes            *chunk,
          Exchange          *self)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (chunk, &length);

  self->n_received += length;
  if (exceeds_limit (self, self->n_received))
    {
      refuse (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE);
      return;
    }

  /* What follows an error is read, so that the client takes the answer, but
   * not looked at. */
  if (self->error == NULL && self->decoder != NULL && self->inflater != NULL)
    {
      self->compressed = g_bytes_ref (chunk);
      self->compressed_start = 0;
      decode_compressed (self);
      return;
    }

  if (self->error == NULL && self->decoder != NULL)
    decode (self, data, length, &self->error);
  xml_rpc_turn_spend (&self->turn, PIECE_COST + length);
}

static void
on_finished (SoupServerMessage *message,
             Exchange          *self)
{
  self->is_finished = TRUE;
  xml_rpc_turn_clear (&self->turn);
}

/* Not of all messages, which would cost each something. */
static void
watch_end (Exchange *self)
{
  g_signal_connect (self->message, "finished", G_CALLBACK (on_finished), self);
  /* All that comes when the SoupServer is shut down. */
  g_signal_connect (self->message, "disconnected", G_CALLBACK (on_finished), self);
}

/* A connection of HTTP/2 has other messages, and ends with the SoupServer. */
static void
break_off (gpointer user_data)
{
  Exchange *self = user_data;
  g_autoptr (SoupServerMessage) message = g_object_ref (self->message);

  if (soup_server_message_get_http_version (message) > SOUP_HTTP_1_1)
    return;

  self->is_refused = TRUE;
  on_finished (message, self);
  lift_time_limit (message);
  xml_rpc_delivery_end (message);
  xml_rpc_connection_break (message);
}

/* Many clients of XML-RPC's first years do not tell. A web page need not tell either, but
 * its browser tells the origin. */
static gboolean
is_xml (SoupMessageHeaders *headers)
{
  const char *content_type = soup_message_headers_get_content_type (headers, NULL);
  const char *all = soup_message_headers_get_list (headers, "Content-Type");

  /* libsoup gives the last of several. */
  if (all == NULL || content_type == NULL || strcmp (all, soup_message_headers_get_one (headers, "Content-Type")) != 0)
    return all == NULL;

  return g_ascii_strcasecmp (content_type, "text/xml") == 0 ||
         g_ascii_strcasecmp (content_type, "application/xml") == 0;
}

/* What is wrong by the headers alone: an HTTP status, or 0. */
static guint
check_headers (Exchange *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);
  SoupMessageHeaders *response_headers = soup_server_message_get_response_headers (self->message);
  const char *encoding = soup_message_headers_get_one (headers, "Content-Encoding");
  gboolean serves_pages = self->service->origins.serves_pages;
  guint status = xml_rpc_origins_check (&self->service->origins, self->message);

  if (status != 0)
    return status;

  if (serves_pages && xml_rpc_documentation_is_asked_for (self->message))
    {
      xml_rpc_documentation_answer (self->service, self->message);
      return SOUP_STATUS_OK;
    }

  if (soup_server_message_get_method (self->message) != SOUP_METHOD_POST)
    {
      soup_message_headers_replace (response_headers, "Allow", serves_pages ? "GET, HEAD, POST" : "POST");
      return SOUP_STATUS_METHOD_NOT_ALLOWED;
    }

  if (!is_xml (headers))
    return SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE;

  if (encoding != NULL && g_ascii_strcasecmp (encoding, "identity") != 0)
    {
      self->inflater = xml_rpc_inflater_new (encoding, decode, self);
      if (self->inflater == NULL)
        {
          soup_message_headers_replace (response_headers, "Accept-Encoding", "gzip, deflate");
          xml_rpc_explain (self->message, "expected the Content-Encoding gzip or deflate, or none");
          return SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE;
        }
    }

  return 0;
}

static gboolean
is_announced_short (SoupMessageHeaders *headers)
{
  return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
         soup_message_headers_get_content_length (headers) <= MAX_WHOLE_REQUEST &&
         soup_message_headers_get_one (headers, "Content-Encoding") == NULL;
}

static void
read_in_pieces (Exchange *self)
{
  soup_message_body_set_accumulate (soup_server_message_get_request_body (self->message), FALSE);
  xml_rpc_turn_init (&self->turn, self->message, decode_compressed, self);
  watch_end (self);
  g_signal_connect (self->message, "got-chunk", G_CALLBACK (on_chunk), self);
}

static Exchange *
exchange_new (XmlRpcService     *service,
              SoupServerMessage *message)
{
  Exchange *self = g_new0 (Exchange, 1);

  self->service = service;
  g_object_ref (service->server);
  self->message = message;
  g_object_set_qdata_full (G_OBJECT (message), exchange_quark (), self, (GDestroyNotify) exchange_free);

  return self;
}

static void
announce_close (SoupServerMessage *message)
{
  if (soup_server_message_get_http_version (message) <= SOUP_HTTP_1_1)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
}

/* Those that are short are read: closing a connection with unread bytes could lose the
 * response. */
static void
decline_at_end (Exchange *self)
{
  announce_close (self->message);
  xml_rpc_explain (self->message, "the server is shutting down; it takes no more calls");
  if (self->is_whole)
    xml_rpc_decline (self->message, SOUP_STATUS_SERVICE_UNAVAILABLE);
  else
    refuse (self->message, SOUP_STATUS_SERVICE_UNAVAILABLE);
}

static Exchange *
begin (XmlRpcService     *service,
       SoupServerMessage *message,
       gboolean           is_whole)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  gboolean expects_continue = (soup_message_headers_get_expectations (headers) & SOUP_EXPECTATION_CONTINUE) != 0;
  g_autoptr (GHashTable) parameters = NULL;
  Exchange *self = exchange_new (service, message);
  const char *why;
  guint status;

  self->is_whole = is_whole;
  if (!is_whole)
    read_in_pieces (self);

  if (service->ongoing.is_closed)
    {
      decline_at_end (self);
      return self;
    }

  xml_rpc_ongoing_call_begin (&self->ongoing, &service->ongoing, break_off, self);
  status = xml_rpc_framing_check (message, &why);
  if (status == 0 && !xml_rpc_connection_is_admitted (message, (guint) service->limits[XML_RPC_LIMIT_CONNECTIONS]))
    {
      why = "too many connections; try again later";
      status = SOUP_STATUS_SERVICE_UNAVAILABLE;
    }
  if (status != 0)
    {
      xml_rpc_explain (message, "%s", why);
      refuse (message, status);
      return self;
    }

  status = check_headers (self);
  if (status == 0 && exceeds_limit (self, MAX (0, soup_message_headers_get_content_length (headers))))
    status = SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE;

  if (status == 0)
    {
      self->decoder = xml_rpc_decoder_new_call (NULL);
      xml_rpc_decoder_set_max_values (self->decoder, (guint) service->limits[XML_RPC_LIMIT_VALUES]);
      if (soup_message_headers_get_content_type (headers, &parameters) != NULL)
        xml_rpc_decoder_set_charset (self->decoder, g_hash_table_lookup (parameters, "charset"));
    }
  else if (status == SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE && !expects_continue)
    refuse (message, status);
  else
    xml_rpc_decline (message, status);

  return self;
}

void
xml_rpc_exchange_begin (XmlRpcService     *service,
                        XmlRpcTimeouts    *timeouts,
                        SoupServerMessage *message)
{
  limit_time (service, timeouts, message);
  begin (service, message, is_announced_short (soup_server_message_get_request_headers (message)));
}

/* A path of the server, for a message of which nobody knows yet where it goes. */
typedef struct
{
  XmlRpcService  *service;
  XmlRpcTimeouts *timeouts;
  char           *path;
} Watch;

static void
watch_free (gpointer  data,
            GClosure *closure)
{
  Watch *self = data;

  xml_rpc_timeouts_unref (self->timeouts);
  g_object_unref (self->service->server);
  g_free (self->path);
  g_free (self);
}

/* Those whom nobody has answered, and preflights, of which a SoupAuthDomain wants the
 * password that is not sent with them. */
static gboolean
is_to_be_begun (SoupServerMessage *message)
{
  guint status = soup_server_message_get_status (message);

  return status == 0 || (status == SOUP_STATUS_UNAUTHORIZED && xml_rpc_origins_is_preflight (message));
}

/* SoupServer does not call the early handler of a request that a SoupAuthDomain
 * let in. */
static void
on_headers_handled (SoupServerMessage *message,
                    Watch             *self)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));

  if (get_exchange (message) == NULL && is_to_be_begun (message) && g_strcmp0 (path, self->path) == 0)
    xml_rpc_exchange_begin (self->service, self->timeouts, message);

  if (get_exchange (message) == NULL)
    {
      xml_rpc_framing_guard (message);
      lift_time_limit (message);
    }
}

void
xml_rpc_exchange_watch (XmlRpcService     *service,
                        XmlRpcTimeouts    *timeouts,
                        SoupServerMessage *message,
                        const char        *path)
{
  Watch *watch = g_new (Watch, 1);

  limit_time (service, timeouts, message);

  *watch = (Watch) { service, xml_rpc_timeouts_ref (timeouts), g_strdup (path) };
  g_object_ref (service->server);
  g_signal_connect_data (message, "got-headers", G_CALLBACK (on_headers_handled), watch, watch_free, G_CONNECT_AFTER);
}

guint
xml_rpc_exchange_get_idle_timeout (SoupServerMessage *message)
{
  Exchange *self = get_exchange (message);

  return self != NULL ? (guint) self->service->limits[XML_RPC_LIMIT_IDLE_TIMEOUT] : 0;
}

void
xml_rpc_exchange_finish (SoupServerMessage *message)
{
  Exchange *self = get_exchange (message);

  /* A method that has not returned is in progress, although its client has gone. */
  if (self != NULL && (self->is_answered || !self->is_called))
    xml_rpc_ongoing_call_end (&self->ongoing);
}

void
xml_rpc_exchange_end (SoupServerMessage *message)
{
  Exchange *self = get_exchange (message);

  if (self != NULL)
    g_signal_handlers_disconnect_by_data (message, self);
  g_signal_handlers_disconnect_matched (message, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, on_headers_handled, NULL);
  g_object_set_qdata (G_OBJECT (message), exchange_quark (), NULL);
}

static void
begin_delivery (Exchange *self)
{
  self->n_sent = (guint64) soup_server_message_get_response_body (self->message)->length;
  self->service->counters.bytes_sent += self->n_sent;
  if (self->service->ongoing.is_closed)
    announce_close (self->message);

  xml_rpc_delivery_begin (self->service, self->deliveries, self->message,
                          (gsize) self->n_sent);
}

static void
respond (Exchange  *self,
         GVariant  *value,
         GError   **fault)
{
  g_autoptr (GBytes) body = NULL;

  self->is_answered = TRUE;
  if (self->is_finished)
    {
      xml_rpc_ongoing_call_end (&self->ongoing);
      return;
    }

  body = xml_rpc_response_encode (self->message, xml_rpc_answer_encode (value, fault));
  if (xml_rpc_delivery_fits (self->service, g_bytes_get_size (body)))
    {
      xml_rpc_response_set (self->message, body);
    }
  else
    {
      if (*fault == NULL)
        *fault = g_error_new_literal (XML_RPC_FAULT, XML_RPC_FAULT_INTERNAL_ERROR,
                                      "The response was larger than the rest of max-response-backlog");
      xml_rpc_response_set_busy (self->message);
    }

  begin_delivery (self);
  if (self->is_paused)
    soup_server_message_unpause (self->message);
}

static void
on_answer (XmlRpcInvocation  *invocation,
           GVariant          *value,
           GError           **fault,
           gpointer           user_data)
{
  Exchange *self = get_exchange (user_data);

  respond (self, value, fault);
  xml_rpc_invocation_set_bytes (invocation, self->n_received, self->n_sent);
  xml_rpc_invocation_report (invocation);
}

/* The call that was read, or NULL with the error set. */
static XmlRpcInvocation *
finish_request (Exchange  *self,
                GError   **error)
{
  g_autofree char *method_name = NULL;
  g_autoptr (GVariant) params = NULL;

  if (self->error == NULL && self->inflater != NULL)
    xml_rpc_inflater_finish (self->inflater, &self->error);
  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return NULL;
    }
  if (!xml_rpc_decoder_finish_call (self->decoder, &method_name, &params, error))
    return NULL;

  g_clear_pointer (&self->decoder, xml_rpc_decoder_free);

  return xml_rpc_invocation_new (self->service->server, method_name, params, self->message,
                                 on_answer, g_object_ref (self->message), g_object_unref);
}

static void
read_whole (Exchange *self)
{
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (self->message));

  on_chunk (self->message, body, self);
}

/* An error that the headers showed is told when all has been read. */
static gboolean
is_decided (Exchange *self)
{
  if (soup_server_message_get_status (self->message) == 0 && xml_rpc_delivery_is_full (self->service))
    xml_rpc_response_set_busy (self->message);

  return soup_server_message_get_status (self->message) != 0;
}

void
xml_rpc_exchange_answer (XmlRpcService     *service,
                         XmlRpcTimeouts    *deliveries,
                         SoupServerMessage *message)
{
  g_autoptr (XmlRpcInvocation) invocation = NULL;
  g_autoptr (GError) error = NULL;
  Exchange *self;

  self = get_exchange (message);
  /* A request that began before the server was at its path, or that a
   * SoupAuthDomain let in to a server at any path, was read as a whole. */
  if (self == NULL && soup_server_message_get_status (message) == 0)
    self = begin (service, message, TRUE);

  /* Not only at the end of the body: the method may run the main loop. */
  lift_time_limit (message);

  if (self != NULL && self->is_whole && !self->is_refused)
    read_whole (self);
  if (self == NULL || self->is_refused)
    return;

  service->counters.bytes_received += self->n_received;
  self->deliveries = xml_rpc_timeouts_ref (deliveries);
  if (is_decided (self))
    {
      begin_delivery (self);
      return;
    }

  invocation = finish_request (self, &error);
  if (invocation == NULL)
    {
      g_autoptr (GError) fault = xml_rpc_answer_fault_of_error (error, xml_rpc_decoder_get_flaw (self->decoder));

      respond (self, NULL, &fault);
      return;
    }

  self->is_called = TRUE;
  xml_rpc_service_dispatch (self->service, g_steal_pointer (&invocation));
  if (!self->is_answered)
    {
      soup_server_message_pause (message);
      self->is_paused = TRUE;
      watch_end (self);
    }
}
