/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-method-private.h"
#include "xml-rpc-ongoing-private.h"
#include "xml-rpc-origins-private.h"
#include "xml-rpc-proxies-private.h"
#include "xml-rpc-workers-private.h"

G_BEGIN_DECLS

/* Limits that are in a file of their own, numbers all; 0: no limit. */
typedef enum
{
  XML_RPC_LIMIT_VALUES,            /* of a request */
  XML_RPC_LIMIT_RESPONSE_SIZE,     /* bytes, of the response to a system.multicall */
  XML_RPC_LIMIT_RESPONSE_BACKLOG,  /* bytes, of responses that wait for their clients */
  XML_RPC_LIMIT_WRITE_TIMEOUT,     /* milliseconds, like the next */
  XML_RPC_LIMIT_IDLE_TIMEOUT,
  XML_RPC_LIMIT_CONNECTIONS,
  XML_RPC_LIMIT_THREADS,           /* 0: as many as there are processors */
  XML_RPC_LIMIT_QUEUED_CALLS,      /* that wait for one of these threads */
  XML_RPC_N_LIMITS
} XmlRpcLimit;

/* What the page for people says besides the methods. */
typedef enum
{
  XML_RPC_TEXT_TITLE,
  XML_RPC_TEXT_INTRODUCTION,
  XML_RPC_N_TEXTS
} XmlRpcText;

/* Since the server was made. */
typedef struct
{
  gint64  begin;            /* monotonic time */
  guint64 n_calls;
  guint64 n_faults;
  guint64 bytes_received;   /* of bodies, like the next */
  guint64 bytes_sent;
  guint64 microseconds;     /* in which calls were executed */
} XmlRpcCounters;

/* What a server offers, and within which limits. */
typedef struct
{
  XmlRpcServer  *server;             /* that this is a part of */
  GHashTable    *methods;            /* name: XmlRpcMethod */
  XmlRpcWorkers *workers;            /* NULL: none was needed yet */
  guint64        max_request_size;   /* bytes; 0: no limit */
  guint          request_timeout;    /* milliseconds; 0: no limit */
  guint          max_multicall;      /* calls; 0: no limit */
  guint64        limits[XML_RPC_N_LIMITS];
  guint64        response_backlog;   /* bytes that wait for their clients now */
  XmlRpcOrigins  origins;
  XmlRpcOngoing  ongoing;
  XmlRpcProxies  proxies;
  XmlRpcCounters counters;
  char          *texts[XML_RPC_N_TEXTS];   /* NULL: none */
} XmlRpcService;

void           xml_rpc_service_init          (XmlRpcService    *self,
                                              XmlRpcServer     *server);
void           xml_rpc_service_clear         (XmlRpcService    *self);

void           xml_rpc_service_add_method    (XmlRpcService    *self,
                                              const char       *name,
                                              XmlRpcMethod     *method);
gboolean       xml_rpc_service_remove_method (XmlRpcService    *self,
                                              const char       *name);
/* NULL if there is none. */
XmlRpcMethod  *xml_rpc_service_lookup        (XmlRpcService    *self,
                                              const char       *name);
/* The names in alphabetical order, which stay the service's. */
const char   **xml_rpc_service_list          (XmlRpcService    *self);

/* Has the call, which is taken, answered by its method, or with the fault that
 * there is none. */
void           xml_rpc_service_dispatch      (XmlRpcService    *self,
                                              XmlRpcInvocation *invocation);

G_END_DECLS
