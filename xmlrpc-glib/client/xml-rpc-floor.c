/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-floor-private.h"

void
xml_rpc_floor_init (XmlRpcFloor *self)
{
  *self = (XmlRpcFloor) { .gate = xml_rpc_gate_new (1) };
}

void
xml_rpc_floor_clear (XmlRpcFloor *self)
{
  g_clear_pointer (&self->gate, xml_rpc_gate_free);
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
  g_atomic_pointer_set (&self->holder, NULL);
  xml_rpc_gate_leave (self->gate);
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
