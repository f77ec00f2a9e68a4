/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-ongoing-private.h"

typedef struct
{
  XmlRpcOngoing *calls;
  GSource       *source;   /* that this belongs to */
  GTask         *task;
} Wait;

void
xml_rpc_ongoing_call_begin (XmlRpcOngoingCall *self,
                            XmlRpcOngoing     *all,
                            XmlRpcOngoingFunc  func,
                            gpointer           user_data)
{
  *self = (XmlRpcOngoingCall) { .link = { .data = self }, .all = all, .func = func, .user_data = user_data };
  g_queue_push_tail_link (&all->calls, &self->link);
}

/* Not at once: this may be in the midst of what libsoup does with a message. */
static void
wake (gpointer source,
      gpointer user_data)
{
  g_source_set_ready_time (source, 0);
}

void
xml_rpc_ongoing_call_end (XmlRpcOngoingCall *self)
{
  XmlRpcOngoing *all = g_steal_pointer (&self->all);

  if (all == NULL)
    return;

  g_queue_unlink (&all->calls, &self->link);
  if (all->calls.length == 0)
    g_slist_foreach (all->waiting, wake, NULL);
}

static void
end_all (XmlRpcOngoing *self)
{
  if (self->calls.length > 0)
    g_message ("Ended %u calls that were still in progress", self->calls.length);

  while (self->calls.length > 0)
    {
      XmlRpcOngoingCall *call = g_queue_peek_head (&self->calls);

      xml_rpc_ongoing_call_end (call);
      call->func (call->user_data);
    }
}

/* All calls have ended, or the time is over, or nobody wants to wait any more. */
static gboolean
conclude (gpointer user_data)
{
  Wait *self = user_data;

  self->calls->waiting = g_slist_remove (self->calls->waiting, self->source);
  if (g_task_return_error_if_cancelled (self->task))
    return G_SOURCE_REMOVE;

  end_all (self->calls);
  g_task_return_boolean (self->task, TRUE);
  return G_SOURCE_REMOVE;
}

static void
wait_free (gpointer data)
{
  Wait *self = data;

  g_object_unref (self->task);
  g_free (self);
}

static gboolean
dispatch (GSource     *source,
          GSourceFunc  callback,
          gpointer     user_data)
{
  return callback (user_data);
}

static gint64
get_end (XmlRpcOngoing *self,
         int            grace_msec)
{
  if (self->calls.length == 0)
    return 0;

  return grace_msec < 0 ? -1 : g_get_monotonic_time () + grace_msec * G_GINT64_CONSTANT (1000);
}

void
xml_rpc_ongoing_close (XmlRpcOngoing *self,
                       GTask         *task,
                       int            grace_msec)
{
  static GSourceFuncs funcs = { .dispatch = dispatch };
  g_autoptr (GSource) source = g_source_new (&funcs, sizeof (GSource));
  Wait *wait = g_new (Wait, 1);

  *wait = (Wait) { self, source, g_object_ref (task) };
  self->is_closed = TRUE;
  self->waiting = g_slist_prepend (self->waiting, source);

  if (g_task_get_cancellable (task) != NULL)
    {
      g_autoptr (GSource) cancelled = g_cancellable_source_new (g_task_get_cancellable (task));

      g_source_set_dummy_callback (cancelled);
      g_source_add_child_source (source, cancelled);
    }
  g_source_set_ready_time (source, get_end (self, grace_msec));
  g_source_set_callback (source, conclude, wait, wait_free);
  g_source_set_static_name (source, "[xmlrpc-glib] end of a server");
  g_source_attach (source, g_task_get_context (task));
}
