/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-workers-private.h"

#include "xml-rpc-invocation-private.h"

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

static void
run (gpointer data,
     gpointer user_data)
{
  Job *self = data;

  xml_rpc_method_call (self->method, self->server, self->invocation);
  xml_rpc_invocation_hand_back (self->invocation, self, (GDestroyNotify) job_free);
}

XmlRpcWorkers *
xml_rpc_workers_new (void)
{
  return g_thread_pool_new (run, NULL, g_get_num_processors (), FALSE, NULL);
}

void
xml_rpc_workers_free (XmlRpcWorkers *self)
{
  g_thread_pool_free (self, FALSE, FALSE);
}

void
xml_rpc_workers_call (XmlRpcWorkers    *self,
                      XmlRpcMethod     *method,
                      XmlRpcServer     *server,
                      XmlRpcInvocation *invocation)
{
  Job *job = g_new (Job, 1);

  *job = (Job) { xml_rpc_method_ref (method), g_object_ref (server), g_object_ref (invocation) };
  /* Where no thread can be started the call waits until one is free. */
  g_thread_pool_push (self, job, NULL);
}
