/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-clock-private.h"
#include "xml-rpc-gate-private.h"

G_BEGIN_DECLS

/* The right to ask the program for a password: of calls that are made at the same time,
 * only one asks, and the others wait for what it gets. Calls that block and calls that do not
 * have a floor each: one that blocks would wait for ever for a dialog that its own thread has
 * to run. */
typedef struct
{
  XmlRpcGate *gate;
  GThread    *holder;     /* or NULL */
  int         n_refusals; /* how often the program had no answer */

  GMutex      mutex;
  GPtrArray  *waits;      /* of XmlRpcFloorWait */
  gboolean    is_asking;  /* the program has a question to answer */
} XmlRpcFloor;

/* A call that waits for the floor. Its clock stands still while the program is asked, but not
 * while the server takes its time with what the program has answered. */
typedef struct _XmlRpcFloorWait XmlRpcFloorWait;

void     xml_rpc_floor_init           (XmlRpcFloor    *self);
void     xml_rpc_floor_clear          (XmlRpcFloor    *self);

/* The rest is for any thread. */

gboolean xml_rpc_floor_try_take       (XmlRpcFloor    *self);
/* As xml_rpc_gate_enter(), but it does not wait for its own thread. */
gboolean xml_rpc_floor_take           (XmlRpcFloor    *self,
                                       GCancellable   *cancellable);
gboolean xml_rpc_floor_take_async     (XmlRpcFloor    *self,
                                       GCancellable   *cancellable,
                                       XmlRpcGateFunc  func,
                                       gpointer        user_data);
void     xml_rpc_floor_leave          (XmlRpcFloor    *self);

/* Whether the call that has the floor asks the program now. */
void     xml_rpc_floor_set_asking     (XmlRpcFloor    *self,
                                       gboolean        is_asking);
/* Both in the thread of the call that waits; @context is NULL if that blocks meanwhile. */
XmlRpcFloorWait *xml_rpc_floor_begin_wait (XmlRpcFloor     *self,
                                           XmlRpcClock     *clock,
                                           GMainContext    *context);
void             xml_rpc_floor_end_wait   (XmlRpcFloor     *self,
                                           XmlRpcFloorWait *wait);

/* The answer that there is none goes to all who wait. */
void     xml_rpc_floor_refuse         (XmlRpcFloor    *self);
int      xml_rpc_floor_get_n_refusals (XmlRpcFloor    *self);

G_END_DECLS
