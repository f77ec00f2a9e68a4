/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-request-private.h"

#include <string.h>

#include "../codec/xml-rpc-inflater-private.h"
#include "xml-rpc-call-private.h"
#include "xml-rpc-headers-private.h"

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

/* Whether the answer asks for a scheme of authentication, by its name: in a list of
 * challenges and of their parameters, only a challenge begins with a word and a space. */
static gboolean
is_asked_for (SoupMessage *message,
              const char  *scheme)
{
  const char *challenges = soup_message_headers_get_list (soup_message_get_response_headers (message),
                                                          "WWW-Authenticate");
  gboolean is_found = FALSE;
  GSList *list = challenges != NULL ? soup_header_parse_list (challenges) : NULL;
  const gsize length = strlen (scheme);

  for (GSList *item = list; item != NULL; item = item->next)
    {
      const char *text = item->data;

      is_found = is_found || (g_ascii_strncasecmp (text, scheme, length) == 0 &&
                              (text[length] == ' ' || text[length] == '\0'));
    }
  soup_header_free_list (list);

  return is_found;
}

/* A password that was refused must not come again in another form: servers count, and
 * lock accounts. So Basic once more is of no use, and nor is Digest with a server that
 * takes Basic, too. One that takes only Digest has not looked at it: it gets Basic no more. */
static void
learn_refusal (XmlRpcRequest *self)
{
  if (soup_message_get_status (self->message) == SOUP_STATUS_UNAUTHORIZED && self->has_basic &&
      is_asked_for (self->message, "Digest") && !is_asked_for (self->message, "Basic"))
    xml_rpc_credentials_refuse_basic (self->credentials);
}

gboolean
xml_rpc_request_has_password (const XmlRpcRequest *self)
{
  XmlRpcCredentials *credentials = self->credentials;

  if (credentials == NULL || self->has_authorization || xml_rpc_credentials_is_replaced (credentials))
    return FALSE;

  return !self->has_basic || xml_rpc_credentials_is_basic_refused (credentials);
}

static void
end_question (XmlRpcRequest *self,
              gboolean       is_answered)
{
  g_clear_pointer (&self->question, xml_rpc_question_free);
  if (!is_answered)
    xml_rpc_floor_refuse (xml_rpc_call_get_floor (self->call));
  if (self->call->floor != NULL)
    xml_rpc_floor_set_asking (self->call->floor, FALSE);
  xml_rpc_clock_go_on (&self->call->clock);
}

static void
on_answered (gboolean is_answered,
             gpointer user_data)
{
  end_question (user_data, is_answered);
}

/* The clock stands still while a person types the password. */
static void
begin_question (XmlRpcRequest *self,
                SoupAuth      *auth)
{
  g_clear_pointer (&self->question, xml_rpc_question_free);
  self->question = xml_rpc_question_new (auth, self->call->context, on_answered, self);
  xml_rpc_clock_stop (&self->call->clock);
  if (self->call->floor != NULL)
    xml_rpc_floor_set_asking (self->call->floor, TRUE);
}

void
xml_rpc_request_withdraw (XmlRpcRequest *self)
{
  XmlRpcQuestion *question = g_steal_pointer (&self->question);

  if (question == NULL)
    return;

  xml_rpc_question_withdraw (question);
  xml_rpc_question_free (question);
}

/* Whether the program has to be asked for a password; another call may be asking already. */
static void
let_program_answer (XmlRpcRequest *self,
                    SoupAuth      *auth)
{
  if (xml_rpc_call_take_floor (self->call))
    {
      begin_question (self, auth);
      return;
    }

  self->is_postponed = TRUE;
  g_signal_stop_emission_by_name (self->message, "authenticate");
}

/* The first handler. That an answer was wrong which libsoup remembered from an earlier call
 * is no reason not to try: the server may have forgotten what it was given. */
static gboolean
on_authenticate (SoupMessage   *message,
                 SoupAuth      *auth,
                 gboolean       is_retry,
                 XmlRpcRequest *self)
{
  /* libsoup may have sent the request again by itself, with what another call was told. */
  self->is_postponed = FALSE;

  if (!soup_auth_is_for_proxy (auth) && !self->has_answered && xml_rpc_request_has_password (self))
    {
      self->has_answered = TRUE;
      soup_auth_authenticate (auth, self->credentials->user, self->credentials->password);
      return TRUE;
    }

  if (g_cancellable_is_cancelled (self->call->cancellable))
    g_signal_stop_emission_by_name (message, "authenticate");
  else if (self->is_seen)
    let_program_answer (self, auth);
  return FALSE;
}

/* The last handler: nobody has answered, or somebody has and does not say so. */
static gboolean
on_unanswered (SoupMessage   *message,
               SoupAuth      *auth,
               gboolean       is_retry,
               XmlRpcRequest *self)
{
  end_question (self, soup_auth_is_authenticated (auth));
  return FALSE;
}

/* libsoup knows the names of codings in small letters only, and one member of gzip's. So
 * what we can decompress is left as it is. */
static void
choose_decoder (XmlRpcRequest *self)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  const char *coding = soup_message_headers_get_list (headers, "Content-Encoding");
  g_autofree char *lower = NULL;

  if (coding == NULL)
    return;

  self->is_compressed = xml_rpc_inflater_knows (coding) || xml_rpc_request_may_be_repeated (self);
  lower = g_ascii_strdown (coding, -1);
  if (self->is_compressed)
    soup_message_disable_feature (self->message, SOUP_TYPE_CONTENT_DECODER);
  else if (strcmp (lower, coding) != 0)
    soup_message_headers_replace (headers, "Content-Encoding", lower);
}

/* When libsoup may have to repeat the request, it first reads the whole body of the answer
 * into memory. We cannot count these bytes as they come, but we can keep libsoup from
 * unpacking them, and refuse a Content-Length that is too large. */
static void
on_got_headers (SoupMessage   *message,
                XmlRpcRequest *self)
{
  XmlRpcCall *call = self->call;
  const guint64 max_size = call->options.max_response_size;
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  if (call->events != NULL)
    call->events->got_headers (call->event_data);
  learn_refusal (self);
  if (!xml_rpc_request_is_unauthorized (self))
    xml_rpc_call_leave_floor (call);
  choose_decoder (self);
  if (!xml_rpc_request_may_be_repeated (self))
    return;

  if (soup_message_get_status (message) == SOUP_STATUS_MISDIRECTED_REQUEST)
    prevent_repetition (message);

  if (max_size > 0 &&
      soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
      (guint64) soup_message_headers_get_content_length (headers) > max_size)
    {
      call->too_large = TRUE;
      g_cancellable_cancel (call->cancellable);
    }
}

static void
on_finished (SoupMessage   *message,
             XmlRpcRequest *self)
{
  XmlRpcCall *call = self->call;

  if (call != NULL && call->events != NULL)
    call->events->finished (call->event_data);
}

static void
on_got_informational (SoupMessage   *message,
                      XmlRpcRequest *self)
{
  XmlRpcCall *call = self->call;

  if (++call->n_interim_answers > XML_RPC_REQUEST_MAX_INTERIM_ANSWERS)
    g_cancellable_cancel (call->cancellable);
}

static void
set_body (XmlRpcRequest *self)
{
  const char *content_type = xml_rpc_headers_lookup (self->headers, "Content-Type");

  soup_message_set_request_body_from_bytes (self->message, content_type != NULL ? content_type : "text/xml",
                                            self->call->body);
}

/* To authenticate, libsoup repeats the request, but it drops the body first. */
static void
on_restarted (SoupMessage   *message,
              XmlRpcRequest *self)
{
  set_body (self);
  self->is_plain = FALSE;
  self->is_postponed = FALSE;
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
  self->n_written = 0;
  xml_rpc_sockets_cork (self->call->channel->sockets, message);
}

/* The session has put its own in this place when it took the message. */
static void
set_user_agent (SoupMessage   *message,
                XmlRpcRequest *self)
{
  soup_message_headers_replace (soup_message_get_request_headers (message), "User-Agent",
                                xml_rpc_headers_lookup (self->headers, "User-Agent"));
}

/* When "wrote-body" comes, libsoup is about to read, and would find nothing: to wait for a response
 * costs more system calls than the rest of an asynchronous call. Other calls come between this
 * and that. */
static void
on_wrote_body_data (SoupMessage   *message,
                    guint          size,
                    XmlRpcRequest *self)
{
  self->n_written += size;
  if (self->n_written >= soup_message_headers_get_content_length (soup_message_get_request_headers (message)))
    xml_rpc_sockets_uncork (self->call->channel->sockets, message);
}

static void
stop_authentication (XmlRpcRequest *self)
{
  soup_message_disable_feature (self->message, SOUP_TYPE_AUTH_MANAGER);
  self->authenticates = FALSE;
}

/* Whether the password goes with the request before the server has asked for it. Many
 * never ask, or let in anybody, or close the connection. */
static gboolean
wants_basic (const XmlRpcCallOptions *options)
{
  return options->credentials != NULL && !options->authenticates_on_demand &&
         xml_rpc_headers_lookup (options->headers, "Authorization") == NULL &&
         !xml_rpc_credentials_is_basic_refused (options->credentials);
}

static void
set_flags (XmlRpcRequest *self,
           XmlRpcChannel *channel)
{
  guint flags;

  /* Without IDEMPOTENT, libsoup opens a connection for each POST. It governs
   * nothing else: whether a request is repeated depends on its method. The
   * metrics say how far the call went when its connection breaks. */
  flags = SOUP_MESSAGE_IDEMPOTENT | SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_COLLECT_METRICS;
  /* In a program's session they would be used for all of the host. */
  if (self->credentials != NULL && !channel->has_own_session)
    flags |= SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE;

  soup_message_set_flags (self->message, flags);
}

static void
connect_handlers (XmlRpcRequest *self,
                  XmlRpcChannel *channel)
{
  g_signal_connect (self->message, "authenticate", G_CALLBACK (on_authenticate), self);
  g_signal_connect (self->message, "got-informational", G_CALLBACK (on_got_informational), self);
  g_signal_connect (self->message, "got-headers", G_CALLBACK (on_got_headers), self);
  g_signal_connect (self->message, "restarted", G_CALLBACK (on_restarted), self);
  g_signal_connect (self->message, "finished", G_CALLBACK (on_finished), self);
  g_signal_connect (self->message, "network-event", G_CALLBACK (on_network_event), self);
  if (xml_rpc_headers_lookup (self->headers, "User-Agent") != NULL)
    g_signal_connect (self->message, "starting", G_CALLBACK (set_user_agent), self);
  if (channel->corks_sockets)
    {
      g_signal_connect (self->message, "starting", G_CALLBACK (on_starting), self);
      g_signal_connect (self->message, "wrote-body-data", G_CALLBACK (on_wrote_body_data), self);
    }
}

XmlRpcRequest *
xml_rpc_request_new (XmlRpcChannel           *channel,
                     const XmlRpcCallOptions *options)
{
  XmlRpcRequest *self = g_new0 (XmlRpcRequest, 1);

  self->message = soup_message_new_from_uri (SOUP_METHOD_POST, channel->uri->http);
  self->headers = options->headers != NULL ? g_variant_ref (options->headers) : NULL;
  self->credentials = options->credentials != NULL ? xml_rpc_credentials_ref (options->credentials) : NULL;
  self->has_basic = wants_basic (options);

  set_flags (self, channel);
  /* It would wait for the body, between the headers and the answer. */
  soup_message_disable_feature (self->message, SOUP_TYPE_CONTENT_SNIFFER);
  connect_handlers (self, channel);
  xml_rpc_headers_apply (self->headers, self->message);
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
  g_clear_pointer (&self->question, xml_rpc_question_free);
  g_object_unref (self->message);
  g_clear_pointer (&self->headers, g_variant_unref);
  g_clear_pointer (&self->credentials, xml_rpc_credentials_unref);
  g_free (self);
}

gboolean
xml_rpc_request_fits (const XmlRpcRequest     *self,
                      const XmlRpcCallOptions *options)
{
  return self->headers == options->headers && self->credentials == options->credentials &&
         self->has_basic == wants_basic (options);
}

/* An earlier call has left what it was authorized with, which nobody is to see. */
static void
reset_header (XmlRpcRequest *self,
              const char    *name)
{
  if (xml_rpc_headers_lookup (self->headers, name) != NULL)
    xml_rpc_headers_apply (self->headers, self->message);
  else
    soup_message_headers_remove (soup_message_get_request_headers (self->message), name);
}

/* What a program has set itself, in the headers or when it saw the message, is left, and
 * libsoup must not put in its place what it remembers. */
static void
authorize (XmlRpcRequest *self)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (self->message);

  self->has_answered = FALSE;
  self->has_authorization = soup_message_headers_get_one (headers, "Authorization") != NULL;
  if (self->has_authorization)
    {
      self->has_basic = FALSE;
      soup_message_add_flags (self->message, SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
    }
  else if (self->has_basic)
    {
      soup_message_headers_append (headers, "Authorization", self->credentials->basic);
    }
}

/* Behind those of the program. A call that blocks has its answer by now, or gets none. */
static void
on_got_headers_last (SoupMessage   *message,
                     XmlRpcRequest *self)
{
  if (self->call->context == NULL)
    xml_rpc_clock_go_on (&self->call->clock);
}

static void
connect_last_handlers (XmlRpcRequest *self)
{
  g_signal_connect_after (self->message, "authenticate", G_CALLBACK (on_unanswered), self);
  g_signal_connect_after (self->message, "got-headers", G_CALLBACK (on_got_headers_last), self);
}

void
xml_rpc_request_attach (XmlRpcRequest *self,
                        XmlRpcCall    *call)
{
  self->call = call;
  set_body (self);
  if (self->is_plain)
    {
      reset_header (self, "Authorization");
      reset_header (self, "Cookie");
    }
  self->is_seen = xml_rpc_channel_show_message (call->channel, self->message);
  self->is_plain = !self->is_seen;
  if (self->is_seen)
    connect_last_handlers (self);
  authorize (self);
}

/* libsoup keeps with the message how it has authenticated that, for longer than it is to
 * remember the password. */
static gboolean
is_authenticated (const XmlRpcRequest *self)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (self->message);

  return soup_message_headers_get_one (headers, "Proxy-Authorization") != NULL ||
         (!self->has_basic && soup_message_headers_get_one (headers, "Authorization") != NULL &&
          xml_rpc_headers_lookup (self->headers, "Authorization") == NULL);
}

/* Whether nobody else has done anything with the message, nor still may. */
static gboolean
is_as_before (const XmlRpcRequest *self)
{
  return self->is_plain && !self->is_compressed && !is_authenticated (self) && self->call->n_interim_answers == 0 &&
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
