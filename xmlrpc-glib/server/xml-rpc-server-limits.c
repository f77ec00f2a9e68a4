/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The limits of a server that are numbers. */

#include "xml-rpc-server-private.h"

/* Behind those of the other properties. */
#define FIRST_PROPERTY 100

/**
 * XmlRpcServer:max-values: (getter get_max_values) (setter set_max_values)
 *
 * The largest number of values in a request, those within arrays and structs included; 0
 * for no limit. The default is 250,000. A request with more gets a fault.
 *
 * Small values take much more memory in a program than in a message.
 *
 * Since: 1.0
 */
/**
 * XmlRpcServer:max-response-size: (getter get_max_response_size) (setter set_max_response_size)
 *
 * The largest size of the response to a `system.multicall`, in bytes before compression; 0
 * for no limit. The default is 8,388,608, 8 MiB.
 *
 * The result that would make it larger is replaced by a fault, and so are those of the calls
 * after it, which are not executed. Other calls have no such limit: their methods decide how
 * much they return.
 *
 * Since: 1.0
 */
/**
 * XmlRpcServer:max-response-backlog: (getter get_max_response_backlog) (setter set_max_response_backlog)
 *
 * The largest size of all responses that have not been written yet, in bytes as they are
 * sent; 0 for no limit. The default is 268,435,456, 256 MiB.
 *
 * A response for which no room is left becomes the HTTP status 503. While no room is left at
 * all, requests get this status before their methods are called.
 *
 * Since: 1.0
 */
/**
 * XmlRpcServer:write-timeout: (getter get_write_timeout) (setter set_write_timeout)
 *
 * The time for which a client may read nothing of a response, in milliseconds; 0 for no
 * limit. The default is 30,000, half a minute. Then the connection is closed. A response
 * below 64 KiB has to be read as a whole in that time.
 *
 * Since: 1.0
 */
/**
 * XmlRpcServer:idle-timeout: (getter get_idle_timeout) (setter set_idle_timeout)
 *
 * The time for which a connection may stay open after a response without another request,
 * in milliseconds; 0 for no limit. The default is 300,000, five minutes.
 *
 * Only connections whose last request was for this server are closed. Clients that keep
 * connections should close them sooner than the server does: what they send at the same
 * moment is lost.
 *
 * Since: 1.0
 */
/**
 * XmlRpcServer:max-connections: (getter get_max_connections) (setter set_max_connections)
 *
 * The largest number of connections to the [class@Soup.Server] at which one more may begin
 * to send calls; 0 for no limit. The default is 1,000.
 *
 * All connections count, those to other paths included. But only requests for this server
 * are refused, with the HTTP status 503, and their connection is closed. Requests on
 * connections that have sent calls before are never refused.
 *
 * Since: 1.0
 */
/**
 * XmlRpcServer:max-threads: (getter get_max_threads) (setter set_max_threads)
 *
 * The number of threads in which methods with the flag
 * [XML_RPC_METHOD_IN_THREAD][flags@XmlRpc.MethodFlags] are called at the same time; 0, the
 * default, for as many as there are processors.
 *
 * The default suits methods that compute. Set more for methods that wait for something, such
 * as a database.
 *
 * Since: 1.0
 */
/**
 * XmlRpcServer:max-queued-calls: (getter get_max_queued_calls) (setter set_max_queued_calls)
 *
 * The largest number of calls that wait for one of the [property@XmlRpc.Server:max-threads];
 * 0 for no limit. The default is 1,000.
 *
 * When so many are waiting, another call at once gets the fault
 * [XML_RPC_FAULT_SYSTEM_ERROR][enum@XmlRpc.FaultCode], and its method is not called.
 *
 * Since: 1.0
 */
static const struct
{
  const char *name;
  gboolean    is_size;
  guint64     default_value;
} limits[XML_RPC_N_LIMITS] = {
  [XML_RPC_LIMIT_VALUES] = { "max-values", FALSE, 250 * 1000 },
  [XML_RPC_LIMIT_RESPONSE_SIZE] = { "max-response-size", TRUE, 8 * 1024 * 1024 },
  [XML_RPC_LIMIT_RESPONSE_BACKLOG] = { "max-response-backlog", TRUE, 256 * 1024 * 1024 },
  [XML_RPC_LIMIT_WRITE_TIMEOUT] = { "write-timeout", FALSE, 30 * 1000 },
  [XML_RPC_LIMIT_IDLE_TIMEOUT] = { "idle-timeout", FALSE, 300 * 1000 },
  [XML_RPC_LIMIT_CONNECTIONS] = { "max-connections", FALSE, 1000 },
  [XML_RPC_LIMIT_THREADS] = { "max-threads", FALSE, 0 },
  [XML_RPC_LIMIT_QUEUED_CALLS] = { "max-queued-calls", FALSE, 1000 },
};

static GParamSpec *properties[XML_RPC_N_LIMITS];

void
xml_rpc_server_install_limits (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  for (guint i = 0; i < XML_RPC_N_LIMITS; i++)
    {
      if (limits[i].is_size)
        properties[i] = g_param_spec_uint64 (limits[i].name, NULL, NULL, 0, G_MAXUINT64,
                                             limits[i].default_value, flags);
      else
        properties[i] = g_param_spec_uint (limits[i].name, NULL, NULL, 0, G_MAXUINT,
                                           (guint) limits[i].default_value, flags);
      g_object_class_install_property (object_class, FIRST_PROPERTY + i, properties[i]);
    }
}

void
xml_rpc_server_init_limits (XmlRpcServer *self)
{
  XmlRpcService *service = &xml_rpc_server_get_private (self)->service;

  for (guint i = 0; i < XML_RPC_N_LIMITS; i++)
    service->limits[i] = limits[i].default_value;
}

static guint64
get (XmlRpcServer *self,
     XmlRpcLimit   limit)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER (self), 0);

  return xml_rpc_server_get_private (self)->service.limits[limit];
}

static void
set (XmlRpcServer *self,
     XmlRpcLimit   limit,
     guint64       value)
{
  XmlRpcService *service;

  g_return_if_fail (XML_RPC_IS_SERVER (self));

  service = &xml_rpc_server_get_private (self)->service;
  if (service->limits[limit] == value)
    return;

  service->limits[limit] = value;
  if (limit == XML_RPC_LIMIT_THREADS && service->workers != NULL)
    xml_rpc_workers_set_max_threads (service->workers, (guint) value);
  g_object_notify_by_pspec (G_OBJECT (self), properties[limit]);
}

gboolean
xml_rpc_server_get_limit (XmlRpcServer *self,
                          guint         property_id,
                          GValue       *value)
{
  guint limit = property_id - FIRST_PROPERTY;

  if (limit >= XML_RPC_N_LIMITS)
    return FALSE;

  if (limits[limit].is_size)
    g_value_set_uint64 (value, get (self, limit));
  else
    g_value_set_uint (value, (guint) get (self, limit));
  return TRUE;
}

gboolean
xml_rpc_server_set_limit (XmlRpcServer *self,
                          guint         property_id,
                          const GValue *value)
{
  guint limit = property_id - FIRST_PROPERTY;

  if (limit >= XML_RPC_N_LIMITS)
    return FALSE;

  set (self, limit, limits[limit].is_size ? g_value_get_uint64 (value) : g_value_get_uint (value));
  return TRUE;
}

/**
 * xml_rpc_server_get_max_values: (get-property max-values)
 * @self: a server
 *
 * Gets how many values a request may have.
 *
 * Returns: the number; 0 for no limit
 *
 * Since: 1.0
 */
guint
xml_rpc_server_get_max_values (XmlRpcServer *self)
{
  return (guint) get (self, XML_RPC_LIMIT_VALUES);
}

/**
 * xml_rpc_server_set_max_values: (set-property max-values)
 * @self: a server
 * @max_values: the number; 0 for no limit
 *
 * Sets how many values a request may have.
 *
 * Since: 1.0
 */
void
xml_rpc_server_set_max_values (XmlRpcServer *self,
                               guint         max_values)
{
  set (self, XML_RPC_LIMIT_VALUES, max_values);
}

/**
 * xml_rpc_server_get_max_response_size: (get-property max-response-size)
 * @self: a server
 *
 * Gets how large the response to a `system.multicall` may be.
 *
 * Returns: the size in bytes; 0 for no limit
 *
 * Since: 1.0
 */
guint64
xml_rpc_server_get_max_response_size (XmlRpcServer *self)
{
  return get (self, XML_RPC_LIMIT_RESPONSE_SIZE);
}

/**
 * xml_rpc_server_set_max_response_size: (set-property max-response-size)
 * @self: a server
 * @max_response_size: the size in bytes; 0 for no limit
 *
 * Sets how large the response to a `system.multicall` may be.
 *
 * Since: 1.0
 */
void
xml_rpc_server_set_max_response_size (XmlRpcServer *self,
                                      guint64       max_response_size)
{
  set (self, XML_RPC_LIMIT_RESPONSE_SIZE, max_response_size);
}

/**
 * xml_rpc_server_get_max_response_backlog: (get-property max-response-backlog)
 * @self: a server
 *
 * Gets how large all responses may be that have not been written yet.
 *
 * Returns: the size in bytes; 0 for no limit
 *
 * Since: 1.0
 */
guint64
xml_rpc_server_get_max_response_backlog (XmlRpcServer *self)
{
  return get (self, XML_RPC_LIMIT_RESPONSE_BACKLOG);
}

/**
 * xml_rpc_server_set_max_response_backlog: (set-property max-response-backlog)
 * @self: a server
 * @max_response_backlog: the size in bytes; 0 for no limit
 *
 * Sets how large all responses may be that have not been written yet.
 *
 * Since: 1.0
 */
void
xml_rpc_server_set_max_response_backlog (XmlRpcServer *self,
                                         guint64       max_response_backlog)
{
  set (self, XML_RPC_LIMIT_RESPONSE_BACKLOG, max_response_backlog);
}

/**
 * xml_rpc_server_get_write_timeout: (get-property write-timeout)
 * @self: a server
 *
 * Gets how long a client may read nothing of a response.
 *
 * Returns: the time in milliseconds; 0 for no limit
 *
 * Since: 1.0
 */
guint
xml_rpc_server_get_write_timeout (XmlRpcServer *self)
{
  return (guint) get (self, XML_RPC_LIMIT_WRITE_TIMEOUT);
}

/**
 * xml_rpc_server_set_write_timeout: (set-property write-timeout)
 * @self: a server
 * @write_timeout: the time in milliseconds; 0 for no limit
 *
 * Sets how long a client may read nothing of a response.
 *
 * Since: 1.0
 */
void
xml_rpc_server_set_write_timeout (XmlRpcServer *self,
                                  guint         write_timeout)
{
  set (self, XML_RPC_LIMIT_WRITE_TIMEOUT, write_timeout);
}

/**
 * xml_rpc_server_get_idle_timeout: (get-property idle-timeout)
 * @self: a server
 *
 * Gets how long a connection may stay open without a request.
 *
 * Returns: the time in milliseconds; 0 for no limit
 *
 * Since: 1.0
 */
guint
xml_rpc_server_get_idle_timeout (XmlRpcServer *self)
{
  return (guint) get (self, XML_RPC_LIMIT_IDLE_TIMEOUT);
}

/**
 * xml_rpc_server_set_idle_timeout: (set-property idle-timeout)
 * @self: a server
 * @idle_timeout: the time in milliseconds; 0 for no limit
 *
 * Sets how long a connection may stay open without a request.
 *
 * Since: 1.0
 */
void
xml_rpc_server_set_idle_timeout (XmlRpcServer *self,
                                 guint         idle_timeout)
{
  set (self, XML_RPC_LIMIT_IDLE_TIMEOUT, idle_timeout);
}

/**
 * xml_rpc_server_get_max_connections: (get-property max-connections)
 * @self: a server
 *
 * Gets how many connections there may be to the SoupServer when one
 * more begins to send calls.
 *
 * Returns: the number; 0 for no limit
 *
 * Since: 1.0
 */
guint
xml_rpc_server_get_max_connections (XmlRpcServer *self)
{
  return (guint) get (self, XML_RPC_LIMIT_CONNECTIONS);
}

/**
 * xml_rpc_server_set_max_connections: (set-property max-connections)
 * @self: a server
 * @max_connections: the number; 0 for no limit
 *
 * Sets how many connections there may be to the SoupServer when one
 * more begins to send calls.
 *
 * Since: 1.0
 */
void
xml_rpc_server_set_max_connections (XmlRpcServer *self,
                                    guint         max_connections)
{
  set (self, XML_RPC_LIMIT_CONNECTIONS, max_connections);
}

/**
 * xml_rpc_server_get_max_threads: (get-property max-threads)
 * @self: a server
 *
 * Gets the number of threads in which methods are called at the same time.
 *
 * Returns: the number; 0 for as many as there are processors
 *
 * Since: 1.0
 */
guint
xml_rpc_server_get_max_threads (XmlRpcServer *self)
{
  return (guint) get (self, XML_RPC_LIMIT_THREADS);
}

/**
 * xml_rpc_server_set_max_threads: (set-property max-threads)
 * @self: a server
 * @max_threads: the number; 0 for as many as there are processors
 *
 * Sets the number of threads in which methods are called at the same time.
 *
 * Since: 1.0
 */
void
xml_rpc_server_set_max_threads (XmlRpcServer *self,
                                guint         max_threads)
{
  set (self, XML_RPC_LIMIT_THREADS, max_threads);
}

/**
 * xml_rpc_server_get_max_queued_calls: (get-property max-queued-calls)
 * @self: a server
 *
 * Gets how many calls may wait for a thread.
 *
 * Returns: the number; 0 for no limit
 *
 * Since: 1.0
 */
guint
xml_rpc_server_get_max_queued_calls (XmlRpcServer *self)
{
  return (guint) get (self, XML_RPC_LIMIT_QUEUED_CALLS);
}

/**
 * xml_rpc_server_set_max_queued_calls: (set-property max-queued-calls)
 * @self: a server
 * @max_queued_calls: the number; 0 for no limit
 *
 * Sets how many calls may wait for a thread.
 *
 * Since: 1.0
 */
void
xml_rpc_server_set_max_queued_calls (XmlRpcServer *self,
                                     guint         max_queued_calls)
{
  set (self, XML_RPC_LIMIT_QUEUED_CALLS, max_queued_calls);
}
