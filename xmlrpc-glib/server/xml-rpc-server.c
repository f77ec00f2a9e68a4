/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-server-private.h"

#include "xml-rpc-system-methods-private.h"

#define DEFAULT_MAX_REQUEST_SIZE (8 * 1024 * 1024)
#define DEFAULT_REQUEST_TIMEOUT (30 * 1000)
#define DEFAULT_MAX_MULTICALL 1000

/**
 * XmlRpcServer:
 *
 * An XML-RPC server, which has methods that clients can call.
 *
 * Methods are added with [method@XmlRpc.Server.add_method], and the server is attached to
 * a path of a [class@Soup.Server] of the program, which may serve other paths as well:
 *
 * ```c
 * static void
 * add (XmlRpcServer     *server,
 *      XmlRpcInvocation *invocation,
 *      gpointer          user_data)
 * {
 *   int a, b;
 *
 *   g_variant_get (xml_rpc_invocation_get_params (invocation), "(ii)", &a, &b);
 *   xml_rpc_invocation_return_value (invocation, g_variant_new_int32 (a + b));
 * }
 *
 * const char *signatures[] = { "int,int,int", NULL };
 *
 * xml_rpc_server_add_method (server, "sample.add", signatures, "Adds two numbers.",
 *                            add, NULL, NULL, NULL);
 * xml_rpc_server_attach (server, soup_server, "/RPC2");
 * ```
 *
 * A program may derive a class from this one, for data that its methods need.
 *
 * Each server has some methods by itself: `system.listMethods`, `system.methodSignature`
 * and `system.methodHelp` of "XML-RPC introspection" (unless
 * [property@XmlRpc.Server:introspection] is %FALSE), `system.getCapabilities`, and
 * `system.multicall` of the "system.multicall RFC" by Eric Kidd.
 *
 * Methods run in the thread where the SoupServer listens, and may respond from any thread.
 * Call the functions of the server in that thread, too.
 *
 * Faults of the server itself have the codes of [enum@XmlRpc.FaultCode]. Other requests get
 * an HTTP status, with a line of text that says why:
 *
 * - 400: it has a length and chunks, or several lengths, so that its end is not certain;
 * - 403: it comes from a web page that [property@XmlRpc.Server:allowed-origins] does not
 *   name, or asks for a name that [property@XmlRpc.Server:allowed-hosts] does not have;
 * - 405: its HTTP method is not POST;
 * - 408: it took longer than [property@XmlRpc.Server:request-timeout];
 * - 411: it has neither a length nor chunks;
 * - 413: it is larger than [property@XmlRpc.Server:max-request-size];
 * - 415: it is not XML, or is compressed in an unknown way;
 * - 503: there are too many connections ([property@XmlRpc.Server:max-connections]), too many
 *   responses wait for their clients ([property@XmlRpc.Server:max-response-backlog]), or the
 *   server is shutting down ([method@XmlRpc.Server.shutdown_async]).
 *
 * Since: 1.0
 */
G_DEFINE_TYPE_WITH_PRIVATE (XmlRpcServer, xml_rpc_server, G_TYPE_OBJECT)

enum
{
  PROP_MAX_REQUEST_SIZE = 1,
  PROP_REQUEST_TIMEOUT,
  PROP_MAX_MULTICALL,
  PROP_INTROSPECTION,
  PROP_ALLOWED_HOSTS,
  PROP_ALLOWED_ORIGINS,
  PROP_TRUSTED_PROXIES,
  N_PROPERTIES
};

enum
{
  AUTHORIZE_CALL,
  CALL_FINISHED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint       signals[N_SIGNALS];

XmlRpcServerPrivate *
xml_rpc_server_get_private (XmlRpcServer *self)
{
  return xml_rpc_server_get_instance_private (self);
}

static void
xml_rpc_server_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  XmlRpcServerPrivate *priv = xml_rpc_server_get_private (XML_RPC_SERVER (object));

  switch (property_id)
    {
    case PROP_MAX_REQUEST_SIZE:
      g_value_set_uint64 (value, priv->service.max_request_size);
      break;
    case PROP_REQUEST_TIMEOUT:
      g_value_set_uint (value, priv->service.request_timeout);
      break;
    case PROP_MAX_MULTICALL:
      g_value_set_uint (value, priv->service.max_multicall);
      break;
    case PROP_INTROSPECTION:
      g_value_set_boolean (value, priv->introspection);
      break;
    case PROP_ALLOWED_HOSTS:
      g_value_set_boxed (value, priv->service.origins.allowed_hosts);
      break;
    case PROP_ALLOWED_ORIGINS:
      g_value_set_boxed (value, priv->service.origins.allowed_origins);
      break;
    case PROP_TRUSTED_PROXIES:
      g_value_set_boxed (value, priv->service.proxies.names);
      break;
    default:
      if (!xml_rpc_server_get_limit (XML_RPC_SERVER (object), property_id, value) &&
          !xml_rpc_server_get_switch (XML_RPC_SERVER (object), property_id, value) &&
          !xml_rpc_server_get_text (XML_RPC_SERVER (object), property_id, value))
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
xml_rpc_server_set_property (GObject      *object,
                             guint         property_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  XmlRpcServer *self = XML_RPC_SERVER (object);

  switch (property_id)
    {
    case PROP_MAX_REQUEST_SIZE:
      xml_rpc_server_set_max_request_size (self, g_value_get_uint64 (value));
      break;
    case PROP_REQUEST_TIMEOUT:
      xml_rpc_server_set_request_timeout (self, g_value_get_uint (value));
      break;
    case PROP_MAX_MULTICALL:
      xml_rpc_server_set_max_multicall (self, g_value_get_uint (value));
      break;
    case PROP_INTROSPECTION:
      xml_rpc_server_set_introspection (self, g_value_get_boolean (value));
      break;
    case PROP_ALLOWED_HOSTS:
      xml_rpc_server_set_allowed_hosts (self, g_value_get_boxed (value));
      break;
    case PROP_ALLOWED_ORIGINS:
      xml_rpc_server_set_allowed_origins (self, g_value_get_boxed (value));
      break;
    case PROP_TRUSTED_PROXIES:
      xml_rpc_server_set_trusted_proxies (self, g_value_get_boxed (value));
      break;
    default:
      if (!xml_rpc_server_set_limit (self, property_id, value) &&
          !xml_rpc_server_set_switch (self, property_id, value) &&
          !xml_rpc_server_set_text (self, property_id, value))
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
xml_rpc_server_finalize (GObject *object)
{
  XmlRpcServerPrivate *priv = xml_rpc_server_get_private (XML_RPC_SERVER (object));

  g_ptr_array_unref (priv->attachments);
  xml_rpc_service_clear (&priv->service);

  G_OBJECT_CLASS (xml_rpc_server_parent_class)->finalize (object);
}

static gboolean
xml_rpc_server_real_authorize_call (XmlRpcServer     *self,
                                    XmlRpcInvocation *invocation)
{
  return TRUE;
}

static void
xml_rpc_server_real_call_finished (XmlRpcServer     *self,
                                   XmlRpcInvocation *invocation,
                                   guint64           microseconds)
{
}

/* Nobody else is asked once one has said no. */
static gboolean
continue_while_true (GSignalInvocationHint *hint,
                     GValue                *total,
                     const GValue          *returned,
                     gpointer               user_data)
{
  g_value_copy (returned, total);
  return g_value_get_boolean (returned);
}

static void
install_signals (XmlRpcServerClass *klass)
{
  klass->authorize_call = xml_rpc_server_real_authorize_call;
  klass->call_finished = xml_rpc_server_real_call_finished;

  /**
   * XmlRpcServer::authorize-call:
   * @self: the server
   * @invocation: the call
   *
   * Emitted before a method is called, to ask whether the client may call it.
   *
   * It is emitted in the thread of the server for every call of a method that exists,
   * those of `system.*` and each call within a `system.multicall` included, when the
   * parameters have been checked against the signatures. The first handler that returns
   * %FALSE refuses the call, and no other handler is asked. The handler that refuses may
   * return a fault of its own from @invocation before it returns. If it does not, the client
   * gets the fault [XML_RPC_FAULT_APPLICATION_ERROR][enum@XmlRpc.FaultCode] "not
   * authorized".
   *
   * A handler decides at once. If it would have to query something first, such as a database,
   * let the call pass, and decide in the method, which can respond later.
   *
   * Returns: %TRUE to call the method
   *
   * Since: 1.0
   */
  signals[AUTHORIZE_CALL] =
    g_signal_new ("authorize-call", XML_RPC_TYPE_SERVER, G_SIGNAL_RUN_LAST,
                  G_STRUCT_OFFSET (XmlRpcServerClass, authorize_call),
                  continue_while_true, NULL, NULL,
                  G_TYPE_BOOLEAN, 1, XML_RPC_TYPE_INVOCATION);

  /**
   * XmlRpcServer::call-finished:
   * @self: the server
   * @invocation: the call
   * @microseconds: the time from when the request had been read until now
   *
   * Emitted when the response to a call has been handed to the [class@Soup.Server], for
   * logs and statistics. [method@XmlRpc.Invocation.get_fault] tells how the call ended.
   *
   * It is emitted in the thread of the server, also for calls that were refused: of a
   * method that does not exist, or with wrong parameters, or because the client was not
   * authorized. For the calls within a `system.multicall` it is emitted when the response
   * to all of them has been handed over, and after them for `system.multicall` itself. If
   * the client has hung up in the meantime, it is emitted as well. A request that is not a
   * call at all is not reported.
   *
   * Since: 1.0
   */
  signals[CALL_FINISHED] =
    g_signal_new ("call-finished", XML_RPC_TYPE_SERVER, G_SIGNAL_RUN_LAST,
                  G_STRUCT_OFFSET (XmlRpcServerClass, call_finished),
                  NULL, NULL, NULL,
                  G_TYPE_NONE, 2, XML_RPC_TYPE_INVOCATION, G_TYPE_UINT64);
}

static void
xml_rpc_server_class_init (XmlRpcServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = xml_rpc_server_get_property;
  object_class->set_property = xml_rpc_server_set_property;
  object_class->finalize = xml_rpc_server_finalize;

  /**
   * XmlRpcServer:max-request-size: (attributes org.gtk.Property.get=xml_rpc_server_get_max_request_size org.gtk.Property.set=xml_rpc_server_set_max_request_size)
   *
   * The largest size of the body of a request, in bytes, both as it comes and
   * decompressed; 0 for no limit. The default is 8,388,608, 8 MiB. A larger request
   * gets the HTTP status 413.
   *
   * Since: 1.0
   */
  properties[PROP_MAX_REQUEST_SIZE] =
    g_param_spec_uint64 ("max-request-size", NULL, NULL, 0, G_MAXUINT64, DEFAULT_MAX_REQUEST_SIZE, flags);

  /**
   * XmlRpcServer:request-timeout: (attributes org.gtk.Property.get=xml_rpc_server_get_request_timeout org.gtk.Property.set=xml_rpc_server_set_request_timeout)
   *
   * The time that a client may take for a request, from the first byte to the last,
   * in milliseconds; 0 for no limit. The default is 30,000, half a minute. A request
   * that takes longer gets the HTTP status 408.
   *
   * Since: 1.0
   */
  properties[PROP_REQUEST_TIMEOUT] =
    g_param_spec_uint ("request-timeout", NULL, NULL, 0, G_MAXUINT, DEFAULT_REQUEST_TIMEOUT, flags);

  /**
   * XmlRpcServer:max-multicall: (attributes org.gtk.Property.get=xml_rpc_server_get_max_multicall org.gtk.Property.set=xml_rpc_server_set_max_multicall)
   *
   * The largest number of calls in one `system.multicall`; 0 for no limit. The
   * default is 1,000. A request with more gets the fault
   * [XML_RPC_FAULT_INVALID_PARAMS][enum@XmlRpc.FaultCode], and none of its calls is
   * executed.
   *
   * Since: 1.0
   */
  properties[PROP_MAX_MULTICALL] =
    g_param_spec_uint ("max-multicall", NULL, NULL, 0, G_MAXUINT, DEFAULT_MAX_MULTICALL, flags);

  /**
   * XmlRpcServer:introspection: (attributes org.gtk.Property.get=xml_rpc_server_get_introspection org.gtk.Property.set=xml_rpc_server_set_introspection)
   *
   * Whether clients can ask for the methods, with `system.listMethods`,
   * `system.methodSignature` and `system.methodHelp`. The default is %TRUE.
   *
   * Since: 1.0
   */
  properties[PROP_INTROSPECTION] =
    g_param_spec_boolean ("introspection", NULL, NULL, TRUE, flags);

  /**
   * XmlRpcServer:allowed-hosts: (attributes org.gtk.Property.get=xml_rpc_server_get_allowed_hosts org.gtk.Property.set=xml_rpc_server_set_allowed_hosts)
   *
   * The names by which clients may call the server at a loopback address. `localhost`, the
   * names below it, IP addresses and the name of the computer are always allowed.
   *
   * The name is the host of the URI that the client asks for, without the port; `*.example.org`
   * stands for all names below `example.org`, and `*` for all names. A request for another
   * name gets the HTTP status 403: it comes from a web page that made its name point to this
   * computer (DNS rebinding). A proxy on the same computer often passes on the name that it
   * was called by. Then list that name here.
   *
   * At other addresses and at Unix sockets, all names are allowed. By default the list is
   * empty.
   *
   * Since: 1.0
   */
  properties[PROP_ALLOWED_HOSTS] =
    g_param_spec_boxed ("allowed-hosts", NULL, NULL, G_TYPE_STRV, flags);

  /**
   * XmlRpcServer:allowed-origins: (attributes org.gtk.Property.get=xml_rpc_server_get_allowed_origins org.gtk.Property.set=xml_rpc_server_set_allowed_origins)
   *
   * The origins whose web pages may call the server, such as `https://app.example.org` or
   * `http://localhost:3000`: a scheme, a host, and the port if it is not that of the scheme.
   *
   * A browser says where the page that sends a request comes from. A request of any other
   * page gets the HTTP status 403, at any address, and is not executed.
   * Allowed pages get what they need to send requests and to read the responses
   * (CORS), but not the cookies and passwords that the browser has for the server.
   *
   * By default the list is empty. You cannot allow all origins.
   *
   * Since: 1.0
   */
  properties[PROP_ALLOWED_ORIGINS] =
    g_param_spec_boxed ("allowed-origins", NULL, NULL, G_TYPE_STRV, flags);

  /**
   * XmlRpcServer:trusted-proxies: (attributes org.gtk.Property.get=xml_rpc_server_get_trusted_proxies org.gtk.Property.set=xml_rpc_server_set_trusted_proxies)
   *
   * The proxies in front of the server that are trusted to say who the client is:
   * addresses such as `192.0.2.1`, networks such as `192.0.2.0/24` or `2001:db8::/32`, and
   * `unix` for all clients of a Unix socket.
   *
   * A proxy appends the address of its client to the header `X-Forwarded-For`. It is read
   * from the right, for as long as the address is in this list: the first address that is not
   * is the client's, see [method@XmlRpc.Invocation.get_client_address]. What clients write
   * there themselves is not trusted. The header `Forwarded` is ignored.
   *
   * An entry of any other form is ignored, with a warning. By default the list is empty.
   *
   * Since: 1.0
   */
  properties[PROP_TRUSTED_PROXIES] =
    g_param_spec_boxed ("trusted-proxies", NULL, NULL, G_TYPE_STRV, flags);

  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  xml_rpc_server_install_limits (object_class);
  xml_rpc_server_install_switches (object_class);
  xml_rpc_server_install_texts (object_class);
  install_signals (klass);
}

gboolean
xml_rpc_server_authorize (XmlRpcServer     *self,
                          XmlRpcInvocation *invocation)
{
  gboolean is_authorized = TRUE;

  if (XML_RPC_SERVER_GET_CLASS (self)->authorize_call != xml_rpc_server_real_authorize_call ||
      g_signal_has_handler_pending (self, signals[AUTHORIZE_CALL], 0, FALSE))
    g_signal_emit (self, signals[AUTHORIZE_CALL], 0, invocation, &is_authorized);

  return is_authorized;
}

gboolean
xml_rpc_server_has_watcher (XmlRpcServer *self)
{
  return xml_rpc_server_get_private (self)->switches[XML_RPC_SWITCH_ACCESS_LOG] ||
         XML_RPC_SERVER_GET_CLASS (self)->call_finished != xml_rpc_server_real_call_finished ||
         g_signal_has_handler_pending (self, signals[CALL_FINISHED], 0, FALSE);
}

void
xml_rpc_server_tell_finished (XmlRpcServer     *self,
                              XmlRpcInvocation *invocation,
                              guint64           microseconds)
{
  if (xml_rpc_server_get_private (self)->switches[XML_RPC_SWITCH_ACCESS_LOG])
    xml_rpc_server_log_call (invocation, microseconds);
  g_signal_emit (self, signals[CALL_FINISHED], 0, invocation, microseconds);
}

static void
xml_rpc_server_init (XmlRpcServer *self)
{
  XmlRpcServerPrivate *priv = xml_rpc_server_get_private (self);

  xml_rpc_service_init (&priv->service, self);
  priv->attachments = g_ptr_array_new_with_free_func (xml_rpc_server_attachment_free);
  priv->service.max_request_size = DEFAULT_MAX_REQUEST_SIZE;
  priv->service.request_timeout = DEFAULT_REQUEST_TIMEOUT;
  priv->service.max_multicall = DEFAULT_MAX_MULTICALL;
  priv->introspection = TRUE;
  xml_rpc_server_init_limits (self);

  xml_rpc_system_methods_add_basics (&priv->service);
  xml_rpc_system_methods_add_introspection (&priv->service);
}

/**
 * xml_rpc_server_new:
 *
 * Creates a server that has only the methods of its own.
 *
 * Returns: (transfer full): a new server
 *
 * Since: 1.0
 */
XmlRpcServer *
xml_rpc_server_new (void)
{
  return g_object_new (XML_RPC_TYPE_SERVER, NULL);
}

/**
 * xml_rpc_server_get_max_request_size: (attributes org.gtk.Method.get_property=max-request-size)
 * @self: a server
 *
 * Gets how large the body of a request may be.
 *
 * Returns: the largest size in bytes; 0 for no limit
 *
 * Since: 1.0
 */
guint64
xml_rpc_server_get_max_request_size (XmlRpcServer *self)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER (self), 0);

  return xml_rpc_server_get_private (self)->service.max_request_size;
}

/**
 * xml_rpc_server_set_max_request_size: (attributes org.gtk.Method.set_property=max-request-size)
 * @self: a server
 * @max_request_size: the largest size in bytes; 0 for no limit
 *
 * Sets how large the body of a request may be.
 *
 * Since: 1.0
 */
void
xml_rpc_server_set_max_request_size (XmlRpcServer *self,
                                     guint64       max_request_size)
{
  XmlRpcServerPrivate *priv;

  g_return_if_fail (XML_RPC_IS_SERVER (self));

  priv = xml_rpc_server_get_private (self);
  if (priv->service.max_request_size == max_request_size)
    return;

  priv->service.max_request_size = max_request_size;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MAX_REQUEST_SIZE]);
}

/**
 * xml_rpc_server_get_request_timeout: (attributes org.gtk.Method.get_property=request-timeout)
 * @self: a server
 *
 * Gets how long a client may take for a request.
 *
 * Returns: the time in milliseconds; 0 for no limit
 *
 * Since: 1.0
 */
guint
xml_rpc_server_get_request_timeout (XmlRpcServer *self)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER (self), 0);

  return xml_rpc_server_get_private (self)->service.request_timeout;
}

/**
 * xml_rpc_server_set_request_timeout: (attributes org.gtk.Method.set_property=request-timeout)
 * @self: a server
 * @request_timeout: the time in milliseconds; 0 for no limit
 *
 * Sets how long a client may take for a request.
 *
 * Since: 1.0
 */
void
xml_rpc_server_set_request_timeout (XmlRpcServer *self,
                                    guint         request_timeout)
{
  XmlRpcServerPrivate *priv;

  g_return_if_fail (XML_RPC_IS_SERVER (self));

  priv = xml_rpc_server_get_private (self);
  if (priv->service.request_timeout == request_timeout)
    return;

  priv->service.request_timeout = request_timeout;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REQUEST_TIMEOUT]);
}

/**
 * xml_rpc_server_get_max_multicall: (attributes org.gtk.Method.get_property=max-multicall)
 * @self: a server
 *
 * Gets how many calls there may be in one `system.multicall`.
 *
 * Returns: the number; 0 for no limit
 *
 * Since: 1.0
 */
guint
xml_rpc_server_get_max_multicall (XmlRpcServer *self)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER (self), 0);

  return xml_rpc_server_get_private (self)->service.max_multicall;
}

/**
 * xml_rpc_server_set_max_multicall: (attributes org.gtk.Method.set_property=max-multicall)
 * @self: a server
 * @max_multicall: the number; 0 for no limit
 *
 * Sets how many calls there may be in one `system.multicall`.
 *
 * Since: 1.0
 */
void
xml_rpc_server_set_max_multicall (XmlRpcServer *self,
                                  guint         max_multicall)
{
  XmlRpcServerPrivate *priv;

  g_return_if_fail (XML_RPC_IS_SERVER (self));

  priv = xml_rpc_server_get_private (self);
  if (priv->service.max_multicall == max_multicall)
    return;

  priv->service.max_multicall = max_multicall;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MAX_MULTICALL]);
}

/**
 * xml_rpc_server_get_introspection: (attributes org.gtk.Method.get_property=introspection)
 * @self: a server
 *
 * Gets whether clients can ask for the methods.
 *
 * Returns: %TRUE if they can
 *
 * Since: 1.0
 */
gboolean
xml_rpc_server_get_introspection (XmlRpcServer *self)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER (self), FALSE);

  return xml_rpc_server_get_private (self)->introspection;
}

/**
 * xml_rpc_server_set_introspection: (attributes org.gtk.Method.set_property=introspection)
 * @self: a server
 * @introspection: %TRUE if they can
 *
 * Sets whether clients can ask for the methods.
 *
 * Since: 1.0
 */
void
xml_rpc_server_set_introspection (XmlRpcServer *self,
                                  gboolean      introspection)
{
  XmlRpcServerPrivate *priv;

  g_return_if_fail (XML_RPC_IS_SERVER (self));

  priv = xml_rpc_server_get_private (self);
  introspection = !!introspection;
  if (priv->introspection == introspection)
    return;

  priv->introspection = introspection;
  if (introspection)
    xml_rpc_system_methods_add_introspection (&priv->service);
  else
    xml_rpc_system_methods_remove_introspection (&priv->service);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INTROSPECTION]);
}
