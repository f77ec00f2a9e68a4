/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* ThreadSanitizer does not see into a GLib that was built without it, and helgrind
 * does not know GLib's locks, which are no pthreads'. These stand before GLib's
 * functions, call them, and tell what they order: linked into a test that is built
 * with ThreadSanitizer, loaded before one that runs in helgrind. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <glib-object.h>

/* As gcc says it, and clang. */
#ifdef __has_feature
#if __has_feature (thread_sanitizer) && !defined (__SANITIZE_THREAD__)
#define __SANITIZE_THREAD__
#endif
#endif

#ifdef __SANITIZE_THREAD__
void __tsan_acquire (void *address);
void __tsan_release (void *address);
#define ACQUIRE(address) __tsan_acquire (address)
#define RELEASE(address) __tsan_release (address)
#else
#include <valgrind/helgrind.h>
#define ACQUIRE(address) ANNOTATE_HAPPENS_AFTER (address)
#define RELEASE(address) ANNOTATE_HAPPENS_BEFORE (address)
#endif

#define REAL(function) ((__typeof__ (&(function))) dlsym (RTLD_NEXT, #function))

void
g_mutex_lock (GMutex *mutex)
{
  REAL (g_mutex_lock) (mutex);
  ACQUIRE (mutex);
}

void
g_mutex_unlock (GMutex *mutex)
{
  RELEASE (mutex);
  REAL (g_mutex_unlock) (mutex);
}

void
g_cond_wait (GCond  *cond,
             GMutex *mutex)
{
  RELEASE (mutex);
  REAL (g_cond_wait) (cond, mutex);
  ACQUIRE (mutex);
}

gboolean
g_cond_wait_until (GCond  *cond,
                   GMutex *mutex,
                   gint64  end_time)
{
  gboolean was_signalled;

  RELEASE (mutex);
  was_signalled = REAL (g_cond_wait_until) (cond, mutex, end_time);
  ACQUIRE (mutex);

  return was_signalled;
}

/* The atomic read of g_once_init_enter() acquires. */
void
(g_once_init_leave) (volatile void *location,
                     gsize          result)
{
  RELEASE ((void *) location);
  REAL (g_once_init_leave) (location, result);
}

/* The count orders each use before the end. */
void
(g_object_unref) (gpointer object)
{
  RELEASE (object);
  ACQUIRE (object);
  REAL (g_object_unref) (object);
}

void
g_bytes_unref (GBytes *bytes)
{
  if (bytes != NULL)
    {
      RELEASE (bytes);
      ACQUIRE (bytes);
    }
  REAL (g_bytes_unref) (bytes);
}

void
g_variant_unref (GVariant *variant)
{
  RELEASE (variant);
  ACQUIRE (variant);
  REAL (g_variant_unref) (variant);
}

/* What is given to a queue or to a pool is there for who takes it. */
void
g_async_queue_push (GAsyncQueue *queue,
                    gpointer     data)
{
  RELEASE (data);
  REAL (g_async_queue_push) (queue, data);
}

gpointer
g_async_queue_pop (GAsyncQueue *queue)
{
  gpointer data = REAL (g_async_queue_pop) (queue);

  ACQUIRE (data);

  return data;
}

/* A source is attached before it is dispatched. */
guint
g_source_attach (GSource      *source,
                 GMainContext *context)
{
  RELEASE (source);

  return REAL (g_source_attach) (source, context);
}

typedef struct
{
  GSourceFunc    func;
  gpointer       data;
  GDestroyNotify notify;
} Callback;

static gboolean
dispatch (gpointer user_data)
{
  Callback *self = user_data;

  ACQUIRE (self);
  ACQUIRE (g_main_current_source ());
  return self->func (self->data);
}

static void
destroy (gpointer user_data)
{
  Callback *self = user_data;

  ACQUIRE (self);
  if (self->notify != NULL)
    self->notify (self->data);
  g_free (self);
}

/* Other sources call back with other arguments. */
static gboolean
calls_back_with_data (GSource *source)
{
  return source->source_funcs == &g_idle_funcs || source->source_funcs == &g_timeout_funcs;
}

void
g_source_set_callback (GSource        *source,
                       GSourceFunc     func,
                       gpointer        data,
                       GDestroyNotify  notify)
{
  Callback *callback;

  if (func == NULL || !calls_back_with_data (source))
    {
      REAL (g_source_set_callback) (source, func, data, notify);
      return;
    }

  callback = g_new (Callback, 1);
  *callback = (Callback) { func, data, notify };
  RELEASE (callback);
  REAL (g_source_set_callback) (source, dispatch, callback, destroy);
}

/* A pool's function and its data; it stays. */
typedef struct
{
  GFunc    func;
  gpointer user_data;
} PoolFunc;

static void
run_in_pool (gpointer data,
             gpointer user_data)
{
  PoolFunc *self = user_data;

  ACQUIRE (data);
  self->func (data, self->user_data);
}

GThreadPool *
g_thread_pool_new (GFunc      func,
                   gpointer   user_data,
                   gint       max_threads,
                   gboolean   exclusive,
                   GError   **error)
{
  PoolFunc *self = g_new (PoolFunc, 1);

  *self = (PoolFunc) { func, user_data };

  return REAL (g_thread_pool_new) (run_in_pool, self, max_threads, exclusive, error);
}

gboolean
g_thread_pool_push (GThreadPool  *pool,
                    gpointer      data,
                    GError      **error)
{
  RELEASE (data);

  return REAL (g_thread_pool_push) (pool, data, error);
}
