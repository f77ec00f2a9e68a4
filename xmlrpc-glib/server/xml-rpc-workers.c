/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-workers-private.h"

#include <xmlrpc-glib/xml-rpc-error.h>

#include "xml-rpc-invocation-private.h"

struct _XmlRpcWorkers
{
  GThreadPool *pool;
  guint        max_threads;
  gint         n_calls;      /* atomic: their methods have not returned */
};

typedef struct
{
  XmlRpcMethod     *method;
  XmlRpcServer     *server;
  XmlRpcInvocation *invocation;
} Job;

static void
job_free (Job *self)
{
  xml_rpc_method_unref (self->method);
  g_object_unref (self->invocation);
  g_object_unref (self->server);
  g_free (self);
}

/* One that had to be answered because there was no thread is not executed any more. */
static void
run (gpointer data,
     gpointer user_data)
{
  XmlRpcWorkers *workers = user_data;
  Job *self = data;

  if (!xml_rpc_invocation_is_answered (self->invocation))
    xml_rpc_method_call (self->method, self->server, self->invocation);
  g_atomic_int_add (&workers->n_calls, -1);
  xml_rpc_invocation_hand_back (self->invocation, self, (GDestroyNotify) job_free);
}

static guint
count_threads (guint max_threads)
{
  return max_threads > 0 ? MIN (max_threads, G_MAXINT) : g_get_num_processors ();
}

XmlRpcWorkers *
xml_rpc_workers_new (guint max_threads)
{
  XmlRpcWorkers *self = g_new0 (XmlRpcWorkers, 1);

  self->max_threads = count_threads (max_threads);
  self->pool = g_thread_pool_new (run, self, (int) self->max_threads, FALSE, NULL);

  return self;
}

void
xml_rpc_workers_free (XmlRpcWorkers *self)
{
  g_thread_pool_free (self->pool, FALSE, FALSE);
  g_free (self);
}

void
xml_rpc_workers_set_max_threads (XmlRpcWorkers *self,
                                 guint          max_threads)
{
  self->max_threads = count_threads (max_threads);
  g_thread_pool_set_max_threads (self->pool, (int) self->max_threads, NULL);
}

guint
xml_rpc_workers_get_n_calls (XmlRpcWorkers *self)
{
  return (guint) g_atomic_int_get (&self->n_calls);
}

static gboolean
has_room (XmlRpcWorkers *self,
          guint          max_queued)
{
  return max_queued == 0 || xml_rpc_workers_get_n_calls (self) < (guint64) self->max_threads + max_queued;
}

void
xml_rpc_workers_call (XmlRpcWorkers    *self,
                      guint             max_queued,
                      XmlRpcMethod     *method,
                      XmlRpcServer     *server,
                      XmlRpcInvocation *invocation)
{
  Job *job;

  if (!has_room (self, max_queued))
    {
      xml_rpc_invocation_return_fault (invocation, XML_RPC_FAULT_SYSTEM_ERROR,
                                       "%u calls are waiting for a thread; try again later", max_queued);
      return;
    }

  job = g_new (Job, 1);
  *job = (Job) { xml_rpc_method_ref (method), g_object_ref (server), g_object_ref (invocation) };
  g_atomic_int_inc (&self->n_calls);
  /* If no thread can be started the call waits until one is free, unless there is none. */
  if (!g_thread_pool_push (self->pool, job, NULL) && g_thread_pool_get_num_threads (self->pool) == 0)
    xml_rpc_invocation_return_fault_literal (invocation, XML_RPC_FAULT_SYSTEM_ERROR,
                                             "no thread could be started; try again later");
}
