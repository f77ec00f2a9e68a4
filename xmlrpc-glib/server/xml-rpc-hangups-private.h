/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Looks at the idle connections of a SoupServer for those whose clients hang up. All share
 * one source of the main context. */
typedef struct _XmlRpcHangups XmlRpcHangups;

/* @is_taken: SoupServer has read something since, and may know of the end. */
typedef void (* XmlRpcHangupFunc) (gpointer user_data,
                                   gboolean is_taken);

/* One connection; the caller keeps it in place until it is cleared. All zeros is one that
 * nobody looks at. */
typedef struct
{
  /*< private >*/
  XmlRpcHangups    *owner;
  GPollFD           poll;       /* of the socket */
  guint             position;   /* among those that are polled */
  gboolean          is_polled;
  gboolean          is_idle;    /* between two requests */
  gboolean          has_ended;
  GList             ended;
  XmlRpcHangupFunc  func;
  gpointer          user_data;
} XmlRpcHangup;

/* Makes it one of the main context of this thread. */
void     xml_rpc_hangups_ensure   (XmlRpcHangups   **self);
void     xml_rpc_hangups_clear    (XmlRpcHangups   **self);

/* Nobody looks at it yet. */
void     xml_rpc_hangup_init      (XmlRpcHangup     *self,
                                   XmlRpcHangups    *owner,
                                   int               descriptor,
                                   XmlRpcHangupFunc  func,
                                   gpointer          user_data);
void     xml_rpc_hangup_clear     (XmlRpcHangup     *self);

/* A request is over. */
void     xml_rpc_hangup_look      (XmlRpcHangup     *self);
/* A request has begun. */
void     xml_rpc_hangup_look_away (XmlRpcHangup     *self);
gboolean xml_rpc_hangup_is_taken  (XmlRpcHangup     *self);

G_END_DECLS
