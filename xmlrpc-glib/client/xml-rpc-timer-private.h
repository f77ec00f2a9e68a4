/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Many timers, of which hardly any goes off, in one source of each main context: a main loop
 * looks at every source each time, and a thousand calls may have one. To start one and
 * to stop it allocates nothing in the common case and wakes nobody. */
typedef void (*XmlRpcTimerFunc) (gpointer user_data);

/* Stays in place until it has gone off or is stopped; all zeros is none. */
typedef struct
{
  /*< private >*/
  GList            link;
  gint64           time;
  GQueue          *queue;   /* NULL: it has gone off, or is stopped */
  XmlRpcTimerFunc  func;
  gpointer         user_data;
} XmlRpcTimer;

/* Calls @func in @context when it is @time, in monotonic microseconds. */
void xml_rpc_timer_start (XmlRpcTimer     *self,
                          GMainContext    *context,
                          gint64           time,
                          XmlRpcTimerFunc  func,
                          gpointer         user_data);
/* In @context: it does not go off any more. */
void xml_rpc_timer_stop  (XmlRpcTimer     *self);

G_END_DECLS
