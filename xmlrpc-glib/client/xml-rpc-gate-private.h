/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Keeps calls from waiting inside libsoup. When all connections to a host are in
 * use, a message waits for one, and nothing interrupts that: soup_session_send()
 * waits with a g_cond_wait(), and soup_session_send_async() looks at its
 * GCancellable only when it has a connection. So no more calls enter than there
 * are connections. The others wait here, and the first come is the first served. */
typedef struct _XmlRpcGate XmlRpcGate;

/* @entered is FALSE when the wait was cancelled. */
typedef void (*XmlRpcGateFunc) (gboolean entered,
                                gpointer user_data);

XmlRpcGate *xml_rpc_gate_new         (guint            n_places);
void        xml_rpc_gate_free        (XmlRpcGate      *self);

/* Only if there is a place at once. */
gboolean    xml_rpc_gate_try_enter   (XmlRpcGate      *self);
/* Waits for a place; FALSE when cancelled. */
gboolean    xml_rpc_gate_enter       (XmlRpcGate      *self,
                                      GCancellable    *cancellable);
/* TRUE when there is a place at once; otherwise @func tells, later, in the
 * thread-default main context. */
gboolean    xml_rpc_gate_enter_async (XmlRpcGate      *self,
                                      GCancellable    *cancellable,
                                      XmlRpcGateFunc   func,
                                      gpointer         user_data);
/* Whoever has entered has to leave. */
void        xml_rpc_gate_leave       (XmlRpcGate      *self);

G_END_DECLS
