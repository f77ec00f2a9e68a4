/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-method-private.h"

G_BEGIN_DECLS

/* Threads in which methods are called, started when the first is. What a call needs is
 * kept until the method has returned, and released in the thread of the server. */
typedef GThreadPool XmlRpcWorkers;

XmlRpcWorkers *xml_rpc_workers_new  (void);
/* None of them is calling a method any more: each call keeps its server. */
void           xml_rpc_workers_free (XmlRpcWorkers    *self);

void           xml_rpc_workers_call (XmlRpcWorkers    *self,
                                     XmlRpcMethod     *method,
                                     XmlRpcServer     *server,
                                     XmlRpcInvocation *invocation);

G_END_DECLS
