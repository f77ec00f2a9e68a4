/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a server is doing for its clients: the calls from when their headers are there until
 * their responses are written. A server that is shut down takes no more of them, and waits
 * for the end of the others. */
typedef struct
{
  GQueue   calls;       /* of XmlRpcOngoingCall */
  GSList  *waiting;     /* sources of those who wait for the end of all */
  gboolean is_closed;   /* no call is added any more */
} XmlRpcOngoing;

/* Ends a call, whatever state it is in; it is not one of them any more. */
typedef void (*XmlRpcOngoingFunc) (gpointer user_data);

/* One of them, a part of the struct that has the rest of it. */
typedef struct
{
  GList             link;
  XmlRpcOngoing    *all;         /* NULL: not one of them, or not any more */
  XmlRpcOngoingFunc func;
  gpointer          user_data;
} XmlRpcOngoingCall;

void xml_rpc_ongoing_call_begin (XmlRpcOngoingCall *self,
                                 XmlRpcOngoing     *all,
                                 XmlRpcOngoingFunc  func,
                                 gpointer           user_data);
/* May be called again. */
void xml_rpc_ongoing_call_end   (XmlRpcOngoingCall *self);

/* Closes, and returns the task when all calls have ended, at the latest after so many
 * milliseconds, -1 for any number; then those that are left are ended. The task keeps
 * what this is a part of. */
void xml_rpc_ongoing_close      (XmlRpcOngoing     *self,
                                 GTask             *task,
                                 int                grace_msec);

G_END_DECLS
