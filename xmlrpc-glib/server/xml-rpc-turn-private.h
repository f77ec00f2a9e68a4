/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Does more of what was left when the last turn ended; TRUE when nothing is left. */
typedef gboolean (*XmlRpcTurnFunc) (gpointer user_data);

/* The share of the main loop that a message gets. SoupServer reads and writes one message
 * for as long as its client keeps up, and meanwhile nobody else is served. So the work for
 * each is counted: after a certain amount the message is paused, all others get their
 * turns, and then it goes on. */
typedef struct
{
  SoupServerMessage *message;   /* NULL: it cannot be paused, and has all the time it needs */
  XmlRpcTurnFunc     func;      /* or NULL */
  gpointer           user_data;
  gsize              n_spent;
  GSource           *source;    /* NULL: it is having its turn */
} XmlRpcTurn;

/* The message has to live longer. */
void      xml_rpc_turn_init  (XmlRpcTurn        *self,
                              SoupServerMessage *message,
                              XmlRpcTurnFunc     func,
                              gpointer           user_data);
/* When the message cannot be paused any more. */
void      xml_rpc_turn_clear (XmlRpcTurn        *self);

/* Counts work, in bytes that were read or something that takes as long. FALSE: the turn is
 * over, and what is left is to be done in @func. */
gboolean  xml_rpc_turn_spend (XmlRpcTurn        *self,
                              gsize              cost);

G_END_DECLS
