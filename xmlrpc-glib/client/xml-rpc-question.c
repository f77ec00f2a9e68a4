/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-question-private.h"

/* Another thread may be about to answer when the call ends: the handlers have a reference,
 * and only the thread of the call looks at its function. */
struct _XmlRpcQuestion
{
  SoupAuth           *auth;
  GMainContext       *context;
  GThread            *thread; /* of a call that blocks */
  XmlRpcQuestionFunc  func; /* NULL when it has been called, or must not be */
  gpointer            user_data;
};

static void
clear (gpointer data)
{
  XmlRpcQuestion *self = data;

  g_object_unref (self->auth);
  g_clear_pointer (&self->context, g_main_context_unref);
}

static void
release (gpointer question)
{
  g_atomic_rc_box_release_full (question, clear);
}

static gboolean
settle (gpointer data)
{
  XmlRpcQuestion *self = data;
  XmlRpcQuestionFunc func = g_steal_pointer (&self->func);

  if (func != NULL)
    func (soup_auth_is_authenticated (self->auth), self->user_data);

  return G_SOURCE_REMOVE;
}

/* libsoup tells it, too, when an answer is found to be wrong. */
static void
on_notify (SoupAuth       *auth,
           GParamSpec     *pspec,
           XmlRpcQuestion *self)
{
  g_autoptr (GSource) source = NULL;

  if (!soup_auth_is_authenticated (auth) && !soup_auth_is_cancelled (auth))
    return;

  if (self->context == NULL)
    {
      if (self->thread == g_thread_self ())
        settle (self);
      return;
    }

  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "[xmlrpc-glib] answer of the program");
  g_source_set_callback (source, settle, g_atomic_rc_box_acquire (self), release);
  g_source_attach (source, self->context);
}

static void
connect_notify (XmlRpcQuestion *self,
                const char     *signal)
{
  g_signal_connect_data (self->auth, signal, G_CALLBACK (on_notify), g_atomic_rc_box_acquire (self),
                         (GClosureNotify) (GCallback) release, 0);
}

XmlRpcQuestion *
xml_rpc_question_new (SoupAuth           *auth,
                      GMainContext       *context,
                      XmlRpcQuestionFunc  func,
                      gpointer            user_data)
{
  XmlRpcQuestion *self = g_atomic_rc_box_new0 (XmlRpcQuestion);

  self->auth = g_object_ref (auth);
  self->context = context != NULL ? g_main_context_ref (context) : NULL;
  self->thread = g_thread_self ();
  self->func = func;
  self->user_data = user_data;
  connect_notify (self, "notify::is-authenticated");
  connect_notify (self, "notify::is-cancelled");

  return self;
}

void
xml_rpc_question_free (XmlRpcQuestion *self)
{
  self->func = NULL;
  g_signal_handlers_disconnect_by_data (self->auth, self);
  release (self);
}

void
xml_rpc_question_withdraw (XmlRpcQuestion *self)
{
  self->func = NULL;
  soup_auth_cancel (self->auth);
}
