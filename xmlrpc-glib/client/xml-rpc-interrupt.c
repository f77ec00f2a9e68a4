/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* One thread of a process, which is its main thread, may have its synchronous calls ended
 * from outside. This costs a call next to nothing, and a GCancellable for each call a lot. */

#include "xml-rpc-interrupt-private.h"

static GThread *thread; /* atomic */
static GMutex mutex;
static GCancellable *current; /* of the innermost call of the thread */
static gboolean is_interrupted;

/**
 * xml_rpc_interrupt_enable:
 *
 * Lets [func@XmlRpc.interrupt_calls] end the synchronous calls of this thread, and forgets
 * an interrupt that has happened.
 *
 * This is for language bindings, which know when somebody presses Ctrl-C. In C, use a
 * [class@Gio.Cancellable].
 *
 * Only the thread that called this last can be interrupted.
 *
 * Since: 1.0
 */
void
xml_rpc_interrupt_enable (void)
{
  g_mutex_lock (&mutex);
  g_atomic_pointer_set (&thread, g_thread_self ());
  is_interrupted = FALSE;
  g_mutex_unlock (&mutex);
}

/**
 * xml_rpc_interrupt_calls:
 *
 * Cancels the synchronous call that the thread of [func@XmlRpc.interrupt_enable] waits for,
 * with %G_IO_ERROR_CANCELLED. If that call was made in a callback of another one, both end.
 * If no such call is in progress, the next one ends in this way when it begins,
 * unless the thread calls [func@XmlRpc.interrupt_enable] before.
 *
 * Call this in any thread, but not in a handler of a Unix signal.
 *
 * Since: 1.0
 */
void
xml_rpc_interrupt_calls (void)
{
  g_mutex_lock (&mutex);
  is_interrupted = TRUE;
  g_cancellable_cancel (current);
  g_mutex_unlock (&mutex);
}

static gboolean
is_of_this_thread (void)
{
  return g_atomic_pointer_get (&thread) == g_thread_self ();
}

GCancellable *
xml_rpc_interrupt_begin (GCancellable *cancellable)
{
  GCancellable *outer;

  if (!is_of_this_thread ())
    return NULL;

  g_mutex_lock (&mutex);
  outer = current;
  current = cancellable;
  if (is_interrupted)
    g_cancellable_cancel (cancellable);
  g_mutex_unlock (&mutex);

  return outer;
}

void
xml_rpc_interrupt_end (GCancellable *outer)
{
  if (!is_of_this_thread ())
    return;

  /* A call that was made within another one, in a handler, ends together with that. */
  g_mutex_lock (&mutex);
  current = outer;
  if (is_interrupted)
    g_cancellable_cancel (outer);
  g_mutex_unlock (&mutex);
}
