/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-call-private.h"
#include "xml-rpc-pause-private.h"

/* A short call takes as long as decoding that many bytes, with what GLib and libsoup do for it. */
#define COST_OF_CALL (8 * 1024)

typedef struct _AsyncCall AsyncCall;

/* Takes a cancellation from any thread to that of the call. It may come too late:
 * then there is no call any more. */
typedef struct
{
  GMainContext *context;
  AsyncCall    *call; /* only for the thread of the context */
} Relay;

/* A call goes through these in their order, but from SENDING on again when its request is
 * to be repeated. */
typedef enum
{
  PHASE_WAITING,    /* for its turn at the gate */
  PHASE_SENDING,    /* until the headers of the response */
  PHASE_DELIVERING, /* libsoup has a response, but has not given it yet */
  PHASE_CANCELLING, /* the same, and the call is to be cancelled as soon as it has */
  PHASE_READING,
  PHASE_RETURNING   /* it is known what to return */
} Phase;

struct _AsyncCall
{
  XmlRpcCall   *call;
  GTask        *task;
  Phase         phase;
  gboolean      has_place;      /* behind the gate */
  gboolean      is_finished;    /* the message, which may be before or after the last byte is read */
  gpointer      value;          /* what to return */
  GError       *error;
  GSource      *return_source;
  XmlRpcFloorWait *floor_wait; /* or NULL */
  Relay        *relay;
  gulong        relay_handler;
  GInputStream *stream;
  GSource      *read_source;    /* until there is more to read */
  XmlRpcReply  *reply;
  char         *buffer;
  gsize         buffer_size;
  gsize         n_read;         /* into the buffer */
  gsize         n_fed;          /* of these, to the reply */
  XmlRpcPause   pause;
};

static void
relay_clear (gpointer data)
{
  Relay *relay = data;

  g_main_context_unref (relay->context);
}

static void
relay_release (gpointer relay)
{
  g_atomic_rc_box_release_full (relay, relay_clear);
}

static void
clear_relay (AsyncCall *self)
{
  if (self->relay == NULL)
    return;

  /* Not g_cancellable_disconnect(): that one waits for a cancellation under way
   * in another thread, and it need not. */
  if (self->relay_handler != 0)
    g_signal_handler_disconnect (self->call->user_cancellable, self->relay_handler);
  self->relay->call = NULL;
  g_clear_pointer (&self->relay, relay_release);
}

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
async_call_free (AsyncCall *self)
{
  clear_relay (self);
  clear_source (&self->return_source);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->reply, xml_rpc_reply_free);
  g_free (self->buffer);
  g_free (self);
}

/* Everything is put away before the callback of the program runs. */
static gboolean
return_result (gpointer user_data)
{
  AsyncCall *self = user_data;
  g_autoptr (GTask) task = self->task;
  gpointer value = self->value;
  GError *error = self->error;
  XmlRpcCall *call = self->call;

  if (self->has_place)
    xml_rpc_gate_leave (call->channel->gate);
  async_call_free (self);
  call->events = NULL;
  if (error == NULL)
    xml_rpc_call_leave_message (call);

  if (error != NULL)
    {
      xml_rpc_call_tell_error (call, error);
      g_task_return_error (task, error);
    }
  else
    g_task_return_pointer (task, value, call->wants_json ? (GDestroyNotify) g_bytes_unref : (GDestroyNotify) g_variant_unref);

  return G_SOURCE_REMOVE;
}

/* Not at once: libsoup is amidst its work on the message. */
static void
return_soon (AsyncCall *self)
{
  self->return_source = g_idle_source_new ();
  g_source_set_static_name (self->return_source, "[xmlrpc-glib] return of a call");
  g_source_set_priority (self->return_source, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->return_source, return_result, self, NULL);
  g_source_attach (self->return_source, g_task_get_context (self->task));
}

static void
on_finished (gpointer user_data)
{
  AsyncCall *self = user_data;

  self->is_finished = TRUE;
  if (self->phase == PHASE_RETURNING)
    return_soon (self);
}

/* libsoup has its connection back only when the message has finished, in a later
 * round of the main loop. Until then the call is not over: a blocking call, made
 * in the callback or in another thread, would wait within libsoup for that
 * connection, without end if this thread does not run its loop. */
static void
complete (AsyncCall *self,
          gpointer   value,
          GError    *error)
{
  if (error != NULL)
    xml_rpc_call_explain_error (self->call, &error);
  else
    xml_rpc_call_learn_authentication (self->call);
  self->value = value;
  self->error = error;
  self->phase = PHASE_RETURNING;

  clear_relay (self);
  if (self->call->request != NULL)
    xml_rpc_request_withdraw (self->call->request);
  xml_rpc_clock_clear (&self->call->clock);
  xml_rpc_call_leave_floor (self->call);
  if (self->stream == NULL)
    return_result (self);
  else if (self->is_finished)
    return_soon (self);
}

static void
finish_reply (AsyncCall *self)
{
  GError *error = NULL;
  gpointer value = xml_rpc_reply_finish (self->reply, &error);

  complete (self, value, error);
}

/* It is known what to return. */
static void
abandon_rest (AsyncCall *self)
{
  xml_rpc_call_abandon_stream (self->call, self->stream);
  finish_reply (self);
}

/* What came of one read; FALSE when the call is complete. */
static gboolean
take_chunk (AsyncCall *self,
            gssize     n,
            GError    *error)
{
  if (n < 0 && !xml_rpc_reply_has_failed (self->reply))
    {
      xml_rpc_call_abandon_stream (self->call, self->stream);
      complete (self, NULL, error);
      return FALSE;
    }
  if (n == 0)
    {
      /* Closed at its end, the stream gives the connection back; there is
       * nothing to wait for. */
      g_input_stream_close (self->stream, self->call->cancellable, NULL);
      finish_reply (self);
      return FALSE;
    }
  if (n < 0)
    {
      g_error_free (error);
      abandon_rest (self);
      return FALSE;
    }

  self->n_read = n;
  self->n_fed = 0;
  return TRUE;
}

typedef enum
{
  READ_COMPLETES,   /* and the call is gone */
  READ_HAS_TO_PAUSE,
  READ_HAS_TO_WAIT  /* for more */
} ReadOutcome;

/* Of a call that is cancelled the rest is dropped, and the next read tells why. */
static ReadOutcome
feed_chunk (AsyncCall *self)
{
  if (g_cancellable_is_cancelled (self->call->cancellable))
    self->n_fed = self->n_read;

  while (self->n_fed < self->n_read)
    {
      const gsize n = MIN (self->n_read - self->n_fed, xml_rpc_reply_get_step (self->reply));
      const guint64 size = xml_rpc_reply_get_size (self->reply);

      if (xml_rpc_pause_is_due ())
        return READ_HAS_TO_PAUSE;
      if (!xml_rpc_reply_feed (self->reply, self->buffer + self->n_fed, n))
        {
          abandon_rest (self);
          return READ_COMPLETES;
        }
      self->n_fed += n;
      xml_rpc_pause_spend (n + xml_rpc_reply_get_size (self->reply) - size);
    }

  return READ_HAS_TO_WAIT;
}

/* Reads what has arrived, without a trip through the main loop for each piece. */
static ReadOutcome
read_arrived (AsyncCall *self)
{
  while (TRUE)
    {
      GError *error = NULL;
      const ReadOutcome outcome = feed_chunk (self);
      gssize n;

      if (outcome != READ_HAS_TO_WAIT)
        return outcome;

      n = xml_rpc_call_read_nonblocking (self->call, self->stream, self->buffer, self->buffer_size,
                                         self->call->clock.end_time, &error);
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        {
          g_error_free (error);
          return READ_HAS_TO_WAIT;
        }
      if (!take_chunk (self, n, error))
        return READ_COMPLETES;
    }
}

static void read_on (gpointer user_data);

static gboolean
on_readable (GObject  *stream,
             gpointer  user_data)
{
  AsyncCall *self = user_data;

  g_clear_pointer (&self->read_source, g_source_unref);
  read_on (self);

  return G_SOURCE_REMOVE;
}

static void
on_read (GObject      *stream,
         GAsyncResult *result,
         gpointer      user_data)
{
  AsyncCall *self = user_data;
  GError *error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (stream), result, &error);

  if (take_chunk (self, n, error))
    read_on (self);
}

static void
wait_for_more (AsyncCall *self)
{
  if (!xml_rpc_call_can_poll (self->stream))
    {
      g_input_stream_read_async (self->stream, self->buffer, self->buffer_size, G_PRIORITY_DEFAULT,
                                 self->call->cancellable, on_read, self);
      return;
    }

  self->read_source = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (self->stream),
                                                             self->call->cancellable);
  g_source_set_static_name (self->read_source, "[xmlrpc-glib] more of a response");
  g_source_set_callback (self->read_source, G_SOURCE_FUNC (on_readable), self, NULL);
  g_source_attach (self->read_source, g_task_get_context (self->task));
}

static void
read_on (gpointer user_data)
{
  AsyncCall *self = user_data;
  const ReadOutcome outcome = xml_rpc_call_can_poll (self->stream) ? read_arrived (self) : feed_chunk (self);

  if (outcome == READ_HAS_TO_PAUSE)
    xml_rpc_pause_begin (&self->pause, g_task_get_context (self->task), read_on, self);
  else if (outcome == READ_HAS_TO_WAIT)
    wait_for_more (self);
}

/* A cancellable that is cancelled when libsoup has an answer, but has not given it
 * yet, makes soup_session_send_finish() put the message away and then close the
 * stream of that message, which is a crash. So a cancellation in that time has to
 * wait; it does not wait for the network. */
static void
cancel (AsyncCall *self)
{
  if (self->phase == PHASE_DELIVERING || self->phase == PHASE_CANCELLING)
    {
      self->phase = PHASE_CANCELLING;
      return;
    }

  g_cancellable_cancel (self->call->cancellable);
  if (self->call->request != NULL)
    xml_rpc_request_withdraw (self->call->request);
}

static void
on_got_headers (gpointer user_data)
{
  AsyncCall *self = user_data;

  if (!xml_rpc_request_may_be_repeated (self->call->request))
    self->phase = PHASE_DELIVERING;
}

static void
end_delivery (AsyncCall *self)
{
  const gboolean is_cancelled = self->phase == PHASE_CANCELLING;

  self->phase = PHASE_READING;
  if (is_cancelled)
    cancel (self);
}

static void send_request (AsyncCall *self);

static void
on_closed (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  AsyncCall *self = user_data;

  g_input_stream_close_finish (G_INPUT_STREAM (object), result, NULL);
  g_clear_object (&self->stream);
  send_request (self);
}

static void
read_reply (AsyncCall *self)
{
  self->reply = xml_rpc_call_create_reply (self->call);
  self->buffer_size = xml_rpc_call_get_buffer_size (self->call);
  self->buffer = g_malloc (self->buffer_size);
  read_on (self);
}

static void
close_and_send (AsyncCall *self)
{
  g_input_stream_close_async (self->stream, G_PRIORITY_DEFAULT, self->call->cancellable,
                              on_closed, self);
}

/* The call that asked for the password has its answer. Cancelled, this one ends by itself. */
static void
on_floor (gboolean entered,
          gpointer user_data)
{
  AsyncCall *self = user_data;

  XmlRpcFloor *floor = xml_rpc_call_get_floor (self->call);

  xml_rpc_floor_end_wait (floor, g_steal_pointer (&self->floor_wait));
  if (entered)
    self->call->floor = floor;

  if (entered && xml_rpc_call_is_refused (self->call))
    read_reply (self);
  else
    close_and_send (self);
}

static void
repeat (AsyncCall *self)
{
  XmlRpcFloor *floor;

  if (!self->call->request->is_postponed || self->call->floor != NULL)
    {
      close_and_send (self);
      return;
    }

  floor = xml_rpc_call_get_floor (self->call);
  self->floor_wait = xml_rpc_floor_begin_wait (floor, &self->call->clock, self->call->context);
  if (xml_rpc_floor_take_async (floor, self->call->cancellable, on_floor, self))
    on_floor (TRUE, self);
}

static void
on_sent (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  AsyncCall *self = user_data;
  GError *error = NULL;

  self->stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  end_delivery (self);
  xml_rpc_clock_go_on (&self->call->clock);
  if (self->stream != NULL && xml_rpc_call_take_authentication (self->call))
    {
      repeat (self);
    }
  else if (self->stream != NULL)
    {
      read_reply (self);
    }
  else if (xml_rpc_call_take_retry (self->call))
    {
      g_error_free (error);
      send_request (self);
    }
  else
    {
      complete (self, NULL, error);
    }
}

static void
send_request (AsyncCall *self)
{
  if (self->call->message == NULL)
    xml_rpc_call_reuse_message (self->call);
  else
    xml_rpc_call_renew_message (self->call);
  self->phase = PHASE_SENDING;
  self->is_finished = FALSE;
  soup_session_send_async (self->call->channel->session, self->call->message, G_PRIORITY_DEFAULT,
                           self->call->cancellable, on_sent, self);
}

static void
on_scgi_sent (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  AsyncCall *self = user_data;
  GError *error = NULL;

  self->stream = xml_rpc_scgi_send_finish (self->call->scgi, result, &error);
  if (self->stream != NULL)
    read_reply (self);
  else
    complete (self, NULL, error);
}

/* No message has to finish. */
static void
send_scgi (AsyncCall *self)
{
  self->phase = PHASE_SENDING;
  self->is_finished = TRUE;
  xml_rpc_call_renew_scgi (self->call);
  xml_rpc_scgi_send_async (self->call->scgi, self->call->cancellable, on_scgi_sent, self);
}

static void
on_deadline (gpointer user_data)
{
  AsyncCall *self = user_data;

  self->call->timed_out = TRUE;
  cancel (self);
}

static gboolean
on_relayed (gpointer user_data)
{
  Relay *relay = user_data;

  if (relay->call != NULL)
    cancel (relay->call);

  return G_SOURCE_REMOVE;
}

static void
on_user_cancelled (GCancellable *cancellable,
                   Relay        *relay)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "[xmlrpc-glib] cancellation of a call");
  g_source_set_callback (source, on_relayed, g_atomic_rc_box_acquire (relay), relay_release);
  g_source_attach (source, relay->context);
}

/* Not a GCancellable source: one that goes while its cancellable is cancelled in
 * another thread leaks. */
static void
connect_cancellable (AsyncCall *self)
{
  self->relay = g_atomic_rc_box_new0 (Relay);
  self->relay->context = g_main_context_ref (g_task_get_context (self->task));
  self->relay->call = self;
  self->relay_handler = g_cancellable_connect (self->call->user_cancellable,
                                               G_CALLBACK (on_user_cancelled),
                                               g_atomic_rc_box_acquire (self->relay),
                                               relay_release);
}

static void
begin (gpointer user_data)
{
  AsyncCall *self = user_data;
  GError *error = NULL;

  xml_rpc_pause_spend (COST_OF_CALL);
  if (g_cancellable_set_error_if_cancelled (self->call->cancellable, &error))
    complete (self, NULL, error);
  else if (self->call->channel->uri->is_scgi)
    send_scgi (self);
  else
    send_request (self);
}

/* Not entered, the call is cancelled. */
static void
on_turn (gboolean entered,
         gpointer user_data)
{
  AsyncCall *self = user_data;

  self->has_place = entered;
  if (entered && xml_rpc_pause_is_due ())
    xml_rpc_pause_begin (&self->pause, self->call->context, begin, self);
  else
    begin (self);
}

static const XmlRpcCallEvents events = { on_got_headers, on_finished };

void
xml_rpc_call_send_async (XmlRpcCall *call,
                         GTask      *task)
{
  AsyncCall *self;
  GError *error = NULL;

  if (!xml_rpc_call_begin (call, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  call->cancellable = g_cancellable_new ();
  self = g_new0 (AsyncCall, 1);
  self->call = call;
  self->task = task;
  call->events = &events;
  call->event_data = self;
  call->context = g_task_get_context (task);
  xml_rpc_clock_run (&call->clock, call->context, on_deadline, self);
  if (call->user_cancellable != NULL)
    connect_cancellable (self);

  if (xml_rpc_gate_enter_async (call->channel->gate, call->cancellable, on_turn, self))
    on_turn (TRUE, self);
}
