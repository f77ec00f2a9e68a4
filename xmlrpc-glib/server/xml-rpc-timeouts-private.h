/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Many timeouts, of which hardly any passes, in one source of the main context
 * that adds the first: to add one and to remove it wakes nobody and allocates
 * nothing. */
typedef struct _XmlRpcTimeouts XmlRpcTimeouts;

typedef void (* XmlRpcTimeoutFunc) (gpointer user_data);

/* One of them; the caller keeps it in place until it has passed or is removed.
 * All zeros is one that was never added. */
typedef struct
{
  /*< private >*/
  GList              link;
  gint64             time;
  XmlRpcTimeouts    *owner;      /* NULL: passed, or removed */
  XmlRpcTimeoutFunc  func;
  gpointer           user_data;
} XmlRpcTimeout;

XmlRpcTimeouts *xml_rpc_timeouts_new    (void);
XmlRpcTimeouts *xml_rpc_timeouts_ref    (XmlRpcTimeouts    *self);
/* Those that are still to pass do. */
void            xml_rpc_timeouts_unref  (XmlRpcTimeouts    *self);

void            xml_rpc_timeouts_add    (XmlRpcTimeouts    *self,
                                         XmlRpcTimeout     *timeout,
                                         guint              milliseconds,
                                         XmlRpcTimeoutFunc  func,
                                         gpointer           user_data);
void            xml_rpc_timeout_remove  (XmlRpcTimeout     *timeout);

G_END_DECLS
