/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-clock-private.h"

void
xml_rpc_clock_init (XmlRpcClock *self,
                    guint        timeout_msec)
{
  *self = (XmlRpcClock) { .end_time = 0 };

  if (timeout_msec > 0)
    self->end_time = g_get_monotonic_time () + timeout_msec * (gint64) 1000;
}

static GSource *
create_timer (XmlRpcClock *self)
{
  gint64 left = MAX (self->end_time - g_get_monotonic_time (), 0);
  /* Rounded up: a call must not end before its time. */
  GSource *timer = g_timeout_source_new ((guint) ((left + 999) / 1000));

  g_source_set_static_name (timer, "[xmlrpc-glib] timeout of a call");
  g_source_set_callback (timer, self->func, self->user_data, NULL);
  g_source_attach (timer, self->context);

  return timer;
}

static void
run (XmlRpcClock *self)
{
  if (self->end_time == 0)
    return;

  if (self->deadlines != NULL)
    xml_rpc_deadlines_add (self->deadlines, &self->deadline, self->end_time, self->cancellable);
  else
    self->timer = create_timer (self);
  self->is_running = TRUE;
}

void
xml_rpc_clock_run_blocking (XmlRpcClock     *self,
                            XmlRpcDeadlines *deadlines,
                            GCancellable    *cancellable)
{
  self->deadlines = deadlines;
  self->cancellable = cancellable;
  run (self);
}

void
xml_rpc_clock_run (XmlRpcClock  *self,
                   GMainContext *context,
                   GSourceFunc   func,
                   gpointer      user_data)
{
  self->context = context;
  self->func = func;
  self->user_data = user_data;
  run (self);
}

void
xml_rpc_clock_stop (XmlRpcClock *self)
{
  if (!self->is_running)
    return;

  self->is_running = FALSE;
  self->left = MAX (self->end_time - g_get_monotonic_time (), 0);
  if (self->deadlines != NULL)
    {
      self->has_passed = xml_rpc_deadlines_remove (self->deadlines, &self->deadline);
    }
  else
    {
      g_source_destroy (self->timer);
      g_clear_pointer (&self->timer, g_source_unref);
    }
}

void
xml_rpc_clock_go_on (XmlRpcClock *self)
{
  if (self->is_running || self->has_passed || self->end_time == 0)
    return;

  self->end_time = g_get_monotonic_time () + self->left;
  run (self);
}

gboolean
xml_rpc_clock_clear (XmlRpcClock *self)
{
  xml_rpc_clock_stop (self);
  self->end_time = 0;

  return self->has_passed;
}
