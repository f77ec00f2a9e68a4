/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Ends calls whose time is up, from another thread. libsoup's blocking functions
 * know no deadline for a whole request, but they do look at a GCancellable: so one
 * thread, started when first needed, sleeps until the earliest deadline. A read that
 * does not block looks at none; what ends it is the end of its socket. To add a
 * deadline and to remove it wakes nobody in the common case. */
typedef struct _XmlRpcDeadlines XmlRpcDeadlines;

/* One deadline; the caller keeps it in place from add to remove. */
typedef struct
{
  /*< private >*/
  GList         link;
  gint64        time;
  GCancellable *cancellable;
  GSocket      *socket;
  gboolean      passed;
} XmlRpcDeadline;

XmlRpcDeadlines *xml_rpc_deadlines_new    (void);
void             xml_rpc_deadlines_free   (XmlRpcDeadlines  *self);

/* @time is in microseconds, as of g_get_monotonic_time(). */
void             xml_rpc_deadlines_add    (XmlRpcDeadlines  *self,
                                           XmlRpcDeadline   *deadline,
                                           gint64            time,
                                           GCancellable     *cancellable);
/* The same of a socket, which is shut down. */
void             xml_rpc_deadlines_add_socket (XmlRpcDeadlines  *self,
                                               XmlRpcDeadline   *deadline,
                                               gint64            time,
                                               GSocket          *socket);
/* Whether the time was up. */
gboolean         xml_rpc_deadlines_remove (XmlRpcDeadlines  *self,
                                           XmlRpcDeadline   *deadline);

G_END_DECLS
