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

static void
run (XmlRpcClock *self)
{
  if (self->end_time == 0)
    return;

  if (self->deadlines != NULL)
    xml_rpc_deadlines_add (self->deadlines, &self->deadline, self->end_time, self->cancellable);
  else
    xml_rpc_timer_start (&self->timer, self->context, self->end_time, self->func, self->user_data);
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
xml_rpc_clock_run (XmlRpcClock     *self,
                   GMainContext    *context,
                   XmlRpcTimerFunc  func,
                   gpointer         user_data)
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
    self->has_passed = xml_rpc_deadlines_remove (self->deadlines, &self->deadline);
  else
    xml_rpc_timer_stop (&self->timer);
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
