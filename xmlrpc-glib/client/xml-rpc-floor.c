/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-floor-private.h"

struct _XmlRpcFloorWait
{
  XmlRpcFloor  *floor;
  XmlRpcClock  *clock;    /* NULL when the wait is over */
  GMainContext *context;
};

void
xml_rpc_floor_init (XmlRpcFloor *self)
{
  *self = (XmlRpcFloor) { .gate = xml_rpc_gate_new (1) };
  self->waits = g_ptr_array_new ();
  g_mutex_init (&self->mutex);
}

void
xml_rpc_floor_clear (XmlRpcFloor *self)
{
  g_clear_pointer (&self->gate, xml_rpc_gate_free);
  g_ptr_array_unref (self->waits);
  g_mutex_clear (&self->mutex);
}

static gboolean
hold (XmlRpcFloor *self,
      gboolean     entered)
{
  if (entered)
    g_atomic_pointer_set (&self->holder, g_thread_self ());

  return entered;
}

gboolean
xml_rpc_floor_try_take (XmlRpcFloor *self)
{
  return hold (self, xml_rpc_gate_try_enter (self->gate));
}

gboolean
xml_rpc_floor_take (XmlRpcFloor  *self,
                    GCancellable *cancellable)
{
  /* A handler of the call that asks makes this one. */
  if (g_atomic_pointer_get (&self->holder) == g_thread_self ())
    return FALSE;

  return hold (self, xml_rpc_gate_enter (self->gate, cancellable));
}

gboolean
xml_rpc_floor_take_async (XmlRpcFloor    *self,
                          GCancellable   *cancellable,
                          XmlRpcGateFunc  func,
                          gpointer        user_data)
{
  return xml_rpc_gate_enter_async (self->gate, cancellable, func, user_data);
}

void
xml_rpc_floor_leave (XmlRpcFloor *self)
{
  xml_rpc_floor_set_asking (self, FALSE);
  g_atomic_pointer_set (&self->holder, NULL);
  xml_rpc_gate_leave (self->gate);
}

static void
clear_wait (gpointer data)
{
  XmlRpcFloorWait *wait = data;

  g_clear_pointer (&wait->context, g_main_context_unref);
}

static void
release_wait (gpointer wait)
{
  g_atomic_rc_box_release_full (wait, clear_wait);
}

/* With the mutex locked. */
static void
set_clock (XmlRpcFloor     *self,
           XmlRpcFloorWait *wait)
{
  if (self->is_asking)
    xml_rpc_clock_stop (wait->clock);
  else
    xml_rpc_clock_go_on (wait->clock);
}

/* Of a wait that is over the floor may have gone. */
static gboolean
on_asking_changed (gpointer data)
{
  XmlRpcFloorWait *wait = data;

  if (wait->clock != NULL)
    {
      g_mutex_lock (&wait->floor->mutex);
      set_clock (wait->floor, wait);
      g_mutex_unlock (&wait->floor->mutex);
    }

  return G_SOURCE_REMOVE;
}

/* A clock is for the thread of its call only, unless that thread is blocked. */
static void
tell_wait (XmlRpcFloor     *self,
           XmlRpcFloorWait *wait)
{
  g_autoptr (GSource) source = NULL;

  if (wait->context == NULL)
    {
      set_clock (self, wait);
      return;
    }

  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "[xmlrpc-glib] clock of a call that waits");
  g_source_set_callback (source, on_asking_changed, g_atomic_rc_box_acquire (wait), release_wait);
  g_source_attach (source, wait->context);
}

void
xml_rpc_floor_set_asking (XmlRpcFloor *self,
                          gboolean     is_asking)
{
  g_mutex_lock (&self->mutex);
  if (self->is_asking != is_asking)
    {
      self->is_asking = is_asking;
      for (guint i = 0; i < self->waits->len; i++)
        tell_wait (self, g_ptr_array_index (self->waits, i));
    }
  g_mutex_unlock (&self->mutex);
}

XmlRpcFloorWait *
xml_rpc_floor_begin_wait (XmlRpcFloor  *self,
                          XmlRpcClock  *clock,
                          GMainContext *context)
{
  XmlRpcFloorWait *wait = g_atomic_rc_box_new0 (XmlRpcFloorWait);

  wait->floor = self;
  wait->clock = clock;
  wait->context = context != NULL ? g_main_context_ref (context) : NULL;

  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->waits, wait);
  set_clock (self, wait);
  g_mutex_unlock (&self->mutex);

  return wait;
}

void
xml_rpc_floor_end_wait (XmlRpcFloor     *self,
                        XmlRpcFloorWait *wait)
{
  g_mutex_lock (&self->mutex);
  g_ptr_array_remove_fast (self->waits, wait);
  xml_rpc_clock_go_on (wait->clock);
  wait->clock = NULL;
  g_mutex_unlock (&self->mutex);

  release_wait (wait);
}

void
xml_rpc_floor_refuse (XmlRpcFloor *self)
{
  g_atomic_int_inc (&self->n_refusals);
}

int
xml_rpc_floor_get_n_refusals (XmlRpcFloor *self)
{
  return g_atomic_int_get (&self->n_refusals);
}
