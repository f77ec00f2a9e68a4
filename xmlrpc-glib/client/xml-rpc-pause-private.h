/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long calls keep a main loop for themselves. Their sources are as urgent as all of
 * GIO's, and with a fast server one of them is always ready. Then nothing that is less
 * urgent has its turn, and a window is not drawn. So all calls of a thread count together
 * what they do. When it is enough, each goes on only after it has paused, until the main
 * loop has nothing else to do. */
typedef void (*XmlRpcPauseFunc) (gpointer user_data);

/* The pause of one call; all zeros is none. */
typedef struct
{
  /*< private >*/
  GSource         *idle;
  GSource         *limit;
  XmlRpcPauseFunc  func;
  gpointer         user_data;
} XmlRpcPause;

/* Counts work of this thread, in bytes that were decoded or something that takes as long. */
void     xml_rpc_pause_spend  (gsize            cost);
/* Whether it is enough, and a call of this thread has to pause before it does more. */
gboolean xml_rpc_pause_is_due (void);

/* Calls @func in @context, which this thread runs, when the pause is over. */
void     xml_rpc_pause_begin  (XmlRpcPause     *self,
                               GMainContext    *context,
                               XmlRpcPauseFunc  func,
                               gpointer         user_data);
/* Ends it without that, if there is one. */
void     xml_rpc_pause_clear  (XmlRpcPause     *self);

G_END_DECLS
