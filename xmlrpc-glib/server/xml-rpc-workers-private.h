/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-method-private.h"

G_BEGIN_DECLS

/* Threads in which methods are called, started when the first is. What a call needs is
 * kept until the method has returned, and released in the thread of the server. */
typedef struct _XmlRpcWorkers XmlRpcWorkers;

/* So many threads, 0 for as many as there are processors. */
XmlRpcWorkers *xml_rpc_workers_new             (guint             max_threads);
/* None of them is calling a method any more: each call keeps its server. */
void           xml_rpc_workers_free            (XmlRpcWorkers    *self);
void           xml_rpc_workers_set_max_threads (XmlRpcWorkers    *self,
                                                guint             max_threads);

/* The calls that have a thread or wait for one. */
guint          xml_rpc_workers_get_n_calls     (XmlRpcWorkers    *self);

/* Answers with a fault if there are neither threads nor room in the queue. @max_queued: 0
 * for any number. */
void           xml_rpc_workers_call            (XmlRpcWorkers    *self,
                                                guint             max_queued,
                                                XmlRpcMethod     *method,
                                                XmlRpcServer     *server,
                                                XmlRpcInvocation *invocation);

G_END_DECLS
