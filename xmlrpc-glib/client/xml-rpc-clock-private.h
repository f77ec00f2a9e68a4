/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-deadlines-private.h"
#include "xml-rpc-timer-private.h"

G_BEGIN_DECLS

/* The time that a call may take. It can stand still, while a person types a password.
 * All functions are for the thread of the call. */
typedef struct
{
  gint64           end_time;   /* in monotonic microseconds, 0 for never */
  gint64           left;       /* while it stands still */
  gboolean         is_running;

  /* Of a call that blocks: another thread cancels it. */
  XmlRpcDeadlines *deadlines;  /* or NULL */
  XmlRpcDeadline   deadline;
  GCancellable    *cancellable;
  gboolean         has_passed;

  /* Of one that does not. */
  GMainContext    *context;
  XmlRpcTimerFunc  func;
  gpointer         user_data;
  XmlRpcTimer      timer;
} XmlRpcClock;

/* From now on; 0 for a call that has all the time. */
void     xml_rpc_clock_init         (XmlRpcClock     *self,
                                     guint            timeout_msec);
/* One of these two says what happens at the end. Both borrow what they get. */
void     xml_rpc_clock_run_blocking (XmlRpcClock     *self,
                                     XmlRpcDeadlines *deadlines,
                                     GCancellable    *cancellable);
void     xml_rpc_clock_run          (XmlRpcClock     *self,
                                     GMainContext    *context,
                                     XmlRpcTimerFunc  func,
                                     gpointer         user_data);

/* Both may be called at any time, and more than once. */
void     xml_rpc_clock_stop         (XmlRpcClock     *self);
void     xml_rpc_clock_go_on        (XmlRpcClock     *self);

/* The end of the call: the clock does not go on any more. Whether it has cancelled the call. */
gboolean xml_rpc_clock_clear        (XmlRpcClock     *self);

G_END_DECLS
