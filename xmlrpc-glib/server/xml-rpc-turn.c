/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-turn-private.h"

/* Some tenths of a millisecond. */
#define BUDGET (64 * 1024)

void
xml_rpc_turn_init (XmlRpcTurn        *self,
                   SoupServerMessage *message,
                   XmlRpcTurnFunc     func,
                   gpointer           user_data)
{
  /* One connection of HTTP/2 has many messages, and pausing one stops none of them. */
  gboolean can_pause = soup_server_message_get_http_version (message) <= SOUP_HTTP_1_1;

  *self = (XmlRpcTurn) { .message = can_pause ? message : NULL, .func = func, .user_data = user_data };
}

void
xml_rpc_turn_clear (XmlRpcTurn *self)
{
  self->message = NULL;
  if (self->source != NULL)
    {
      g_source_destroy (self->source);
      g_clear_pointer (&self->source, g_source_unref);
    }
}

static gboolean
go_on (gpointer user_data)
{
  XmlRpcTurn *self = user_data;
  g_autoptr (GSource) source = g_source_ref (self->source);

  self->n_spent = 0;
  if (self->func != NULL && !self->func (self->user_data))
    return G_SOURCE_CONTINUE;

  /* That may have been the end of the message, and of this. */
  if (g_source_is_destroyed (source))
    return G_SOURCE_REMOVE;

  g_clear_pointer (&self->source, g_source_unref);
  soup_server_message_unpause (self->message);
  return G_SOURCE_REMOVE;
}

gboolean
xml_rpc_turn_spend (XmlRpcTurn *self,
                    gsize       cost)
{
  self->n_spent += cost;
  if (self->message == NULL || self->n_spent < BUDGET)
    return TRUE;

  if (self->source == NULL)
    {
      soup_server_message_pause (self->message);
      self->source = g_idle_source_new ();
      /* That of the sockets: who goes on after a turn is as urgent as who begins one. */
      g_source_set_priority (self->source, G_PRIORITY_DEFAULT);
      g_source_set_callback (self->source, go_on, self, NULL);
      g_source_set_static_name (self->source, "[xmlrpc-glib] next turn");
      g_source_attach (self->source, g_main_context_get_thread_default ());
    }

  return FALSE;
}
