/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-call-private.h"

#include "server/xml-rpc-local-servers-private.h"
#include "xml-rpc-interrupt-private.h"

static gpointer
read_reply (XmlRpcCall    *self,
            GInputStream  *stream,
            GError       **error)
{
  g_autoptr (XmlRpcReply) reply = xml_rpc_call_create_reply (self);
  char buffer[XML_RPC_CALL_CHUNK];
  gssize n;

  do
    {
      n = g_input_stream_read (stream, buffer, sizeof buffer, self->cancellable, error);
      if (n < 0 && !xml_rpc_reply_has_failed (reply))
        {
          xml_rpc_call_abandon_stream (self, stream);
          return NULL;
        }
      if (n < 0 || (n > 0 && !xml_rpc_reply_feed (reply, buffer, n)))
        {
          g_clear_error (error);
          xml_rpc_call_abandon_stream (self, stream);
          return xml_rpc_reply_finish (reply, error);
        }
    }
  while (n > 0);

  /* Closed at its end, the stream gives the connection back. */
  g_input_stream_close (stream, self->cancellable, NULL);
  return xml_rpc_reply_finish (reply, error);
}

/* Whether there may be a password, when the call that asks for it has its answer. */
static gboolean
wait_for_password (XmlRpcCall *self)
{
  XmlRpcFloor *floor = xml_rpc_call_get_floor (self);
  XmlRpcFloorWait *wait = xml_rpc_floor_begin_wait (floor, &self->clock, NULL);

  if (xml_rpc_floor_take (floor, self->cancellable))
    self->floor = floor;
  xml_rpc_floor_end_wait (floor, wait);

  return self->floor != NULL && !xml_rpc_call_is_refused (self);
}

/* Whether to send the request once more, after an answer or an error. */
static gboolean
is_to_be_repeated (XmlRpcCall   *self,
                   GInputStream *stream)
{
  if (stream == NULL)
    return xml_rpc_call_take_retry (self);
  if (!xml_rpc_call_take_authentication (self))
    return FALSE;

  return !self->request->is_postponed || wait_for_password (self) ||
         g_cancellable_is_cancelled (self->cancellable);
}

static GInputStream *
send_request (XmlRpcCall  *self,
              GError     **error)
{
  xml_rpc_call_reuse_message (self);
  while (TRUE)
    {
      g_autoptr (GError) local_error = NULL;
      g_autoptr (GInputStream) stream = NULL;

      stream = soup_session_send (self->channel->session, self->message,
                                  self->cancellable, &local_error);
      xml_rpc_request_withdraw (self->request);
      xml_rpc_clock_go_on (&self->clock);
      if (!is_to_be_repeated (self, stream))
        {
          if (stream == NULL)
            g_propagate_error (error, g_steal_pointer (&local_error));
          return g_steal_pointer (&stream);
        }

      if (stream != NULL)
        g_input_stream_close (stream, self->cancellable, NULL);
      xml_rpc_call_renew_message (self);
    }
}

static GInputStream *
send_scgi (XmlRpcCall  *self,
           GError     **error)
{
  xml_rpc_call_renew_scgi (self);

  return xml_rpc_scgi_send (self->scgi, self->cancellable, error);
}

static gpointer
send_and_read (XmlRpcCall  *self,
               GError     **error)
{
  g_autoptr (GInputStream) stream = NULL;

  stream = self->channel->uri->is_scgi ? send_scgi (self, error) : send_request (self, error);

  return stream != NULL ? read_reply (self, stream, error) : NULL;
}

static gpointer
send_through_gate (XmlRpcCall  *self,
                   GError     **error)
{
  gpointer value;

  if (!xml_rpc_gate_enter (self->channel->gate, self->cancellable))
    {
      g_cancellable_set_error_if_cancelled (self->cancellable, error);
      return NULL;
    }

  value = send_and_read (self, error);
  xml_rpc_call_leave_floor (self);
  xml_rpc_gate_leave (self->channel->gate);

  return value;
}

static gpointer
send_before_deadline (XmlRpcCall  *self,
                      GError     **error)
{
  gpointer value;

  xml_rpc_clock_run_blocking (&self->clock, self->channel->deadlines, self->cancellable);
  value = send_through_gate (self, error);
  if (xml_rpc_clock_clear (&self->clock))
    self->timed_out = TRUE;

  return value;
}

/* A server that runs in this thread does not answer meanwhile. */
static gpointer
send_unless_in_vain (XmlRpcCall  *self,
                     GError     **error)
{
  if (!xml_rpc_local_servers_check (self->channel->uri, self->options.timeout, self->cancellable, error))
    return NULL;

  return send_before_deadline (self, error);
}

static void
cancel_call (GCancellable *user_cancellable,
             GCancellable *cancellable)
{
  g_cancellable_cancel (cancellable);
}

static gulong
connect_cancellable (XmlRpcCall *self)
{
  if (self->user_cancellable == NULL)
    return 0;

  return g_cancellable_connect (self->user_cancellable, G_CALLBACK (cancel_call),
                                g_object_ref (self->cancellable), g_object_unref);
}

/* Not g_cancellable_disconnect(): that one waits for a cancellation under way in
 * another thread, and it need not, as the handler has a reference to all it uses. */
static void
disconnect_cancellable (XmlRpcCall *self,
                        gulong      handler)
{
  if (handler != 0)
    g_signal_handler_disconnect (self->user_cancellable, handler);
}

/* For the next call: unless it is cancelled, or somebody who comes late may yet do
 * that. */
static void
leave_cancellable (XmlRpcCall *self)
{
  if (self->user_cancellable == NULL && !self->timed_out && !g_cancellable_is_cancelled (self->cancellable))
    xml_rpc_channel_leave_cancellable (self->channel, g_steal_pointer (&self->cancellable));
}

gpointer
xml_rpc_call_send (XmlRpcCall  *self,
                   GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  GCancellable *outer;
  gpointer value;
  gulong handler;

  if (!xml_rpc_call_begin (self, error))
    return NULL;

  self->cancellable = xml_rpc_channel_take_cancellable (self->channel);
  outer = xml_rpc_interrupt_begin (self->cancellable);
  handler = connect_cancellable (self);
  value = send_unless_in_vain (self, &local_error);
  disconnect_cancellable (self, handler);
  xml_rpc_interrupt_end (outer);

  if (local_error != NULL)
    {
      xml_rpc_call_explain_error (self, &local_error);
      xml_rpc_call_tell_error (self, local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
    }
  else
    {
      leave_cancellable (self);
      xml_rpc_call_learn_authentication (self);
      xml_rpc_call_leave_message (self);
    }

  return value;
}
