/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-server-proxy-private.h"

#define DEFAULT_TIMEOUT (60 * 1000)
#define DEFAULT_MAX_RESPONSE_SIZE ((guint64) 256 * 1024 * 1024)
#define DEFAULT_MAX_VALUES (10 * 1000 * 1000)

/**
 * XmlRpcServerProxy:
 *
 * Represents an XML-RPC server, and calls its methods over HTTP.
 *
 * [method@XmlRpc.ServerProxy.call] makes a call,
 * [method@XmlRpc.ServerProxy.call_async] makes one without blocking.
 * [method@XmlRpc.ServerProxy.list_methods], [method@XmlRpc.ServerProxy.get_method_signature]
 * and [method@XmlRpc.ServerProxy.get_method_help] ask a server what it offers, if it
 * supports "XML-RPC introspection".
 *
 * ```c
 * g_autoptr (GError) error = NULL;
 * g_autoptr (XmlRpcServerProxy) proxy = NULL;
 * g_autoptr (GVariant) sum = NULL;
 *
 * proxy = xml_rpc_server_proxy_new ("http://localhost:8080/RPC2", &error);
 * if (proxy != NULL)
 *   sum = xml_rpc_server_proxy_call (proxy, "sample.add", g_variant_new ("(ii)", 2, 3),
 *                                    G_VARIANT_TYPE_INT32, NULL, &error);
 * ```
 *
 * ## Where the server is
 *
 * A URI is one of
 *
 * - `http://host:port/path` and `https://host:port/path`. A URI without any path
 *   stands for the path `/RPC2`; `http://host/` stays as it is.
 * - `http+unix:///run/server.sock:/path` or `http+unix://%2Frun%2Fserver.sock/path`,
 *   for a server at a Unix socket.
 * - `scgi://host:port/path` and `scgi+unix:///run/server.sock` for a server that speaks
 *   SCGI, as rTorrent does.
 *
 * Each of them may have `user:password@` before the host, with `%` escapes for the
 * characters that a URI reserves; [property@XmlRpc.ServerProxy:user] and
 * [property@XmlRpc.ServerProxy:password] take precedence, and tell how they are sent.
 * User and password are not sent as part of the URI, and no error message has any part of
 * a password.
 *
 * SCGI has no authentication, no redirects and no compression. Each call has a connection
 * of its own, and no `SoupMessage`: [signal@XmlRpc.ServerProxy::message] and
 * [signal@XmlRpc.ServerProxy::http-error] are not emitted, and a session cannot be used. A
 * user or a password is an error.
 * [property@XmlRpc.ServerProxy:headers] are sent as `HTTP_*`. The header `Status` of a
 * response is its HTTP status.
 *
 * ## Classes of your own
 *
 * A program can derive a class from this one. Create its objects by their properties, with
 * `g_object_new()`. `XmlRpcServerProxyClass` has the handlers of the class for the signals.
 * An error that a constructor would have reported comes with the first call, or from
 * [method@XmlRpc.ServerProxy.check_settings].
 *
 * ## Errors
 *
 * A call can fail with
 *
 * - `XML_RPC_FAULT`: the method failed; the code is the `faultCode`.
 *   [func@XmlRpc.fault_get_value] has the fault as the server sent it.
 * - `XML_RPC_HTTP_ERROR`: the HTTP status is outside 2xx; it is the code. A fault
 *   in the body of such a response takes precedence. Redirects are not followed, as HTTP
 *   would turn the call into a GET: the error message names the target.
 * - `XML_RPC_ERROR`: the parameters or the response are not valid XML-RPC, or the
 *   response is larger than [property@XmlRpc.ServerProxy:max-response-size]
 *   ([XML_RPC_ERROR_LIMIT_EXCEEDED][error@XmlRpc.Error]).
 * - `G_IO_ERROR`: [G_IO_ERROR_TIMED_OUT][error@Gio.IOErrorEnum] after
 *   [property@XmlRpc.ServerProxy:timeout],
 *   [G_IO_ERROR_CANCELLED][error@Gio.IOErrorEnum] when the program cancelled the
 *   call, and what the network reports.
 * - `G_TLS_ERROR`, `G_RESOLVER_ERROR`: unchanged from GIO.
 * - `G_URI_ERROR`: the URI is invalid. [ctor@XmlRpc.ServerProxy.new] fails with
 *   it. An object that was made by its properties reports it at the first call.
 * - [XML_RPC_ERROR_INVALID_VALUE][error@XmlRpc.Error], too, for headers or for a user
 *   that cannot be sent.
 *
 * ## At most once
 *
 * A call is sent once. It is sent again only if it was refused because a password was
 * missing (HTTP 401 or 407). When the connection breaks before the response, it is unknown
 * whether the server executed the method: the call fails, and the message says so.
 * [property@XmlRpc.ServerProxy:idempotent] changes that.
 * [method@XmlRpc.ServerProxy.call_full] sets it, and the timeout, for one call.
 *
 * ## Threads
 *
 * Synchronous calls, asynchronous calls and changes of the properties may come
 * from several threads at once. The callback of an asynchronous call runs in the
 * thread-default main context that the call was started in. libsoup requires that a session
 * is configured in the thread that created it, before it is used.
 *
 * At most 8 calls to the host are in progress at a time, or as many as the session of the
 * program allows connections. The others wait for their turn. The time they wait counts
 * for their timeout, and they can be cancelled. There is one exception, a session that is
 * shared with others. When they use all its connections, libsoup makes a call wait for
 * one, and neither the timeout nor a cancellation interrupts that.
 *
 * A child of `fork()` cannot use the proxies of its parent: every call fails there with
 * [G_IO_ERROR_NOT_SUPPORTED][error@Gio.IOErrorEnum]. Create a proxy after `fork()`.
 *
 * A synchronous call blocks the main loop of its thread. If that main loop has
 * 8 asynchronous calls of the same proxy in progress, none of them can end, and the
 * synchronous call fails after its timeout.
 *
 * Since: 1.0
 */

G_DEFINE_TYPE_WITH_PRIVATE (XmlRpcServerProxy, xml_rpc_server_proxy, G_TYPE_OBJECT)

XmlRpcServerProxyPrivate *
xml_rpc_server_proxy_get_private (XmlRpcServerProxy *self)
{
  return xml_rpc_server_proxy_get_instance_private (self);
}

enum
{
  PROP_0,
  PROP_URI,
  PROP_SESSION,
  PROP_TIMEOUT,
  PROP_MAX_RESPONSE_SIZE,
  PROP_MAX_VALUES,
  PROP_IDEMPOTENT,
  PROP_HEADERS,
  PROP_USER,
  PROP_PASSWORD,
  PROP_AUTHENTICATE_ON_DEMAND,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_MESSAGE,
  SIGNAL_HTTP_ERROR,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
xml_rpc_server_proxy_constructed (GObject *object)
{
  XmlRpcServerProxy *self = XML_RPC_SERVER_PROXY (object);
  XmlRpcServerProxyPrivate *priv = xml_rpc_server_proxy_get_private (self);

  G_OBJECT_CLASS (xml_rpc_server_proxy_parent_class)->constructed (object);

  if (xml_rpc_channel_open (&priv->channel, priv->uri, priv->session, &priv->uri_error))
    xml_rpc_server_proxy_update_credentials (self);   /* nobody else has it yet */
}

static void
clear_private (XmlRpcServerProxyPrivate *priv)
{
  xml_rpc_channel_clear (&priv->channel);
  xml_rpc_call_options_clear (&priv->options);
  g_clear_error (&priv->credentials_error);
  g_clear_error (&priv->headers_error);
  g_free (priv->user);
  g_free (priv->password);
  g_clear_object (&priv->session);
  g_clear_error (&priv->uri_error);
  g_free (priv->uri);
  g_mutex_clear (&priv->mutex);
}

static void
xml_rpc_server_proxy_finalize (GObject *object)
{
  XmlRpcServerProxyPrivate *priv = xml_rpc_server_proxy_get_private (XML_RPC_SERVER_PROXY (object));

  /* In a child, after fork(), all is left as it is: the connections belong to the parent, the
   * threads are not there, and a lock may be held for ever. */
  if (xml_rpc_channel_check_process (&priv->channel, NULL))
    clear_private (priv);

  G_OBJECT_CLASS (xml_rpc_server_proxy_parent_class)->finalize (object);
}

static void
xml_rpc_server_proxy_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  XmlRpcServerProxy *self = XML_RPC_SERVER_PROXY (object);
  XmlRpcServerProxyPrivate *priv = xml_rpc_server_proxy_get_private (self);

  switch (prop_id)
    {
    case PROP_URI:
      g_value_set_string (value, priv->uri);
      break;

    case PROP_SESSION:
      g_value_set_object (value, xml_rpc_server_proxy_get_session (self));
      break;

    case PROP_TIMEOUT:
      g_value_set_uint (value, xml_rpc_server_proxy_get_timeout (self));
      break;

    case PROP_MAX_RESPONSE_SIZE:
      g_value_set_uint64 (value, xml_rpc_server_proxy_get_max_response_size (self));
      break;

    case PROP_MAX_VALUES:
      g_value_set_uint (value, xml_rpc_server_proxy_get_max_values (self));
      break;

    case PROP_IDEMPOTENT:
      g_value_set_boolean (value, xml_rpc_server_proxy_get_idempotent (self));
      break;

    case PROP_HEADERS:
      g_value_take_variant (value, xml_rpc_server_proxy_get_headers (self));
      break;

    case PROP_USER:
      g_value_take_string (value, xml_rpc_server_proxy_get_user (self));
      break;

    case PROP_AUTHENTICATE_ON_DEMAND:
      g_value_set_boolean (value, xml_rpc_server_proxy_get_authenticate_on_demand (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
xml_rpc_server_proxy_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  XmlRpcServerProxy *self = XML_RPC_SERVER_PROXY (object);
  XmlRpcServerProxyPrivate *priv = xml_rpc_server_proxy_get_private (self);

  switch (prop_id)
    {
    case PROP_URI:
      priv->uri = g_value_dup_string (value);
      break;

    case PROP_SESSION:
      priv->session = g_value_dup_object (value);
      break;

    case PROP_TIMEOUT:
      xml_rpc_server_proxy_set_timeout (self, g_value_get_uint (value));
      break;

    case PROP_MAX_RESPONSE_SIZE:
      xml_rpc_server_proxy_set_max_response_size (self, g_value_get_uint64 (value));
      break;

    case PROP_MAX_VALUES:
      xml_rpc_server_proxy_set_max_values (self, g_value_get_uint (value));
      break;

    case PROP_IDEMPOTENT:
      xml_rpc_server_proxy_set_idempotent (self, g_value_get_boolean (value));
      break;

    case PROP_HEADERS:
      xml_rpc_server_proxy_set_headers (self, g_value_get_variant (value));
      break;

    case PROP_USER:
      xml_rpc_server_proxy_set_user (self, g_value_get_string (value));
      break;

    case PROP_PASSWORD:
      xml_rpc_server_proxy_set_password (self, g_value_get_string (value));
      break;

    case PROP_AUTHENTICATE_ON_DEMAND:
      xml_rpc_server_proxy_set_authenticate_on_demand (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags options = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags fixed = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  /**
   * XmlRpcServerProxy:uri: (getter get_uri)
   *
   * The URI of the server, as the program wrote it. [class@XmlRpc.ServerProxy] lists the
   * forms of URIs.
   *
   * Since: 1.0
   */
  properties[PROP_URI] = g_param_spec_string ("uri", NULL, NULL, NULL, fixed);

  /**
   * XmlRpcServerProxy:session: (getter get_session)
   *
   * The session that sends the calls.
   *
   * The proxy uses a session of the program as it is: its HTTP proxy, cookies,
   * authentication, certificates, number of connections and timeouts. The timeouts then
   * apply in addition to [property@XmlRpc.ServerProxy:timeout]. Configure the session
   * before you create the proxy.
   *
   * Without a session of the program, the proxy makes one of its own, with at most 8
   * connections to the host. Otherwise it has the defaults of libsoup: certificates are
   * verified, compressed responses are decompressed.
   *
   * Since: 1.0
   */
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, SOUP_TYPE_SESSION, fixed);

  /**
   * XmlRpcServerProxy:timeout: (getter get_timeout) (setter set_timeout)
   *
   * The time that a call may take in all, from the connection to the last byte of the
   * response, in milliseconds; 0 for any time. The default is 60,000, a minute.
   *
   * The time stands still while the program is asked for a password: see
   * [signal@XmlRpc.ServerProxy::message].
   *
   * A change applies to the calls that begin after it.
   *
   * Since: 1.0
   */
  properties[PROP_TIMEOUT] = g_param_spec_uint ("timeout", NULL, NULL,
                                                0, G_MAXUINT, DEFAULT_TIMEOUT, options);

  /**
   * XmlRpcServerProxy:max-response-size: (getter get_max_response_size) (setter set_max_response_size)
   *
   * The largest size of a response, in bytes after decompression; 0 for any size. The
   * default is 268,435,456, 256 MiB.
   *
   * The transfer stops as soon as there are more. A change applies to the calls that
   * begin after it.
   *
   * Since: 1.0
   */
  properties[PROP_MAX_RESPONSE_SIZE] = g_param_spec_uint64 ("max-response-size", NULL, NULL,
                                                            0, G_MAXUINT64, DEFAULT_MAX_RESPONSE_SIZE,
                                                            options);

  /**
   * XmlRpcServerProxy:max-values: (getter get_max_values) (setter set_max_values)
   *
   * The largest number of values in a response, those within arrays and structs included; 0
   * for any number. The default is 10,000,000.
   *
   * Small values take much more memory in a program than in a message. A response with more
   * of them is an [XML_RPC_ERROR_LIMIT_EXCEEDED][error@XmlRpc.Error], and the transfer
   * stops. A change applies to the calls that begin after it.
   *
   * Since: 1.0
   */
  properties[PROP_MAX_VALUES] = g_param_spec_uint ("max-values", NULL, NULL,
                                                   0, G_MAXUINT, DEFAULT_MAX_VALUES, options);

  /**
   * XmlRpcServerProxy:idempotent: (getter get_idempotent) (setter set_idempotent)
   *
   * Whether it does no harm if the server executes a call twice.
   *
   * %FALSE, the default: a call is sent at most once. %TRUE: it is sent once more when a
   * connection that was kept from an earlier call turns out to be closed before
   * any byte of the response has come. A change applies to the calls that begin after
   * it.
   *
   * Since: 1.0
   */
  properties[PROP_IDEMPOTENT] = g_param_spec_boolean ("idempotent", NULL, NULL, FALSE, options);

  /**
   * XmlRpcServerProxy:headers: (getter get_headers) (setter set_headers)
   *
   * The HTTP headers that are sent with every call, pairs of a name and a value
   * (`a(ss)`), or %NULL for none.
   *
   * They replace those that would be sent otherwise, such as User-Agent. A name that is
   * there several times is sent several times. An Authorization header is sent instead of
   * [property@XmlRpc.ServerProxy:user] and its password.
   *
   * Host, Content-Length, Transfer-Encoding and Connection belong to HTTP itself: with
   * one of these, with an invalid name, or with a value of several lines, every
   * call fails with [XML_RPC_ERROR_INVALID_VALUE][error@XmlRpc.Error], as
   * [method@XmlRpc.ServerProxy.set_header] would have done at once.
   *
   * Since: 1.0
   */
  properties[PROP_HEADERS] = g_param_spec_variant ("headers", NULL, NULL,
                                                   G_VARIANT_TYPE ("a(ss)"), NULL, options);

  /**
   * XmlRpcServerProxy:user: (getter get_user) (setter set_user)
   *
   * The name of the user, or %NULL for the one in the URI, if any.
   *
   * It is sent together with its password from the first call on, using Basic
   * authentication (RFC 7617), so that it works with servers that do not ask for it.
   * [property@XmlRpc.ServerProxy:authenticate-on-demand] changes that. A server that
   * asks for Digest authentication (RFC 7616) instead is sent Digest from then on, and
   * Basic no longer. A password that a server has refused is not sent to it a second
   * time within a call.
   *
   * HTTP cannot carry a user name with a colon: every call fails with
   * [XML_RPC_ERROR_INVALID_VALUE][error@XmlRpc.Error] then. Use
   * [method@XmlRpc.ServerProxy.set_credentials] to change user and password while other
   * threads make calls.
   *
   * Since: 1.0
   */
  properties[PROP_USER] = g_param_spec_string ("user", NULL, NULL, NULL, options);

  /**
   * XmlRpcServerProxy:password: (setter set_password)
   *
   * The password of the user; %NULL for the one in the URI, if any, unless
   * [property@XmlRpc.ServerProxy:user] is set.
   *
   * Over `http` and without Digest authentication, it is sent practically in plain text.
   *
   * Since: 1.0
   */
  properties[PROP_PASSWORD] = g_param_spec_string ("password", NULL, NULL, NULL,
                                                   G_PARAM_WRITABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * XmlRpcServerProxy:authenticate-on-demand: (getter get_authenticate_on_demand) (setter set_authenticate_on_demand)
   *
   * Whether user and password wait until the server asks for them with the status
   * 401 and a challenge. %FALSE, the default: they are sent with the first call.
   *
   * If the server asks for Digest authentication, the password is then not sent in plain
   * text. The first call takes one request more.
   *
   * Since: 1.0
   */
  properties[PROP_AUTHENTICATE_ON_DEMAND] = g_param_spec_boolean ("authenticate-on-demand", NULL, NULL,
                                                                  FALSE, options);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
install_signals (void)
{
  /**
   * XmlRpcServerProxy::message:
   * @self: the proxy
   * @message: the request, with its body and headers
   *
   * Emitted before each request is sent, in the thread that makes the call.
   *
   * A program can set headers of @message here, and connect to its signals to
   * watch progress, to accept a certificate
   * ([signal@Soup.Message::accept-certificate]) or to authenticate
   * ([signal@Soup.Message::authenticate]).
   *
   * The time of the call stands still from the emission of
   * [signal@Soup.Message::authenticate] until the program has called
   * [method@Soup.Auth.authenticate] or [method@Soup.Auth.cancel]. Of calls that
   * are made at the same time, one emits it, and the others wait until it has ended.
   *
   * Since: 1.0
   */
  signals[SIGNAL_MESSAGE] = g_signal_new ("message",
                                          XML_RPC_TYPE_SERVER_PROXY,
                                          G_SIGNAL_RUN_LAST,
                                          G_STRUCT_OFFSET (XmlRpcServerProxyClass, message),
                                          NULL, NULL,
                                          NULL,
                                          G_TYPE_NONE, 1,
                                          SOUP_TYPE_MESSAGE);

  /**
   * XmlRpcServerProxy::http-error:
   * @self: the proxy
   * @message: the message, with the status and the headers of the response
   *
   * Emitted before a call returns an `XML_RPC_HTTP_ERROR`, in the thread that
   * makes the call, or where an asynchronous call returns.
   *
   * The error has the status. A handler also finds the headers of the response, such as
   * Retry-After.
   *
   * Since: 1.0
   */
  signals[SIGNAL_HTTP_ERROR] = g_signal_new ("http-error",
                                             XML_RPC_TYPE_SERVER_PROXY,
                                             G_SIGNAL_RUN_LAST,
                                             G_STRUCT_OFFSET (XmlRpcServerProxyClass, http_error),
                                             NULL, NULL,
                                             NULL,
                                             G_TYPE_NONE, 1,
                                             SOUP_TYPE_MESSAGE);
}

static void
xml_rpc_server_proxy_class_init (XmlRpcServerProxyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = xml_rpc_server_proxy_constructed;
  object_class->finalize = xml_rpc_server_proxy_finalize;
  object_class->get_property = xml_rpc_server_proxy_get_property;
  object_class->set_property = xml_rpc_server_proxy_set_property;

  install_properties (object_class);
  install_signals ();
}

static gboolean
emit_message (SoupMessage *message,
              gpointer     user_data)
{
  gboolean is_heard = XML_RPC_SERVER_PROXY_GET_CLASS (user_data)->message != NULL ||
                      g_signal_has_handler_pending (user_data, signals[SIGNAL_MESSAGE], 0, TRUE);

  g_signal_emit (user_data, signals[SIGNAL_MESSAGE], 0, message);

  return is_heard;
}

static void
emit_http_error (SoupMessage *message,
                 gpointer     user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_HTTP_ERROR], 0, message);
}

static void
xml_rpc_server_proxy_init (XmlRpcServerProxy *self)
{
  XmlRpcServerProxyPrivate *priv = xml_rpc_server_proxy_get_private (self);

  g_mutex_init (&priv->mutex);
  xml_rpc_channel_init (&priv->channel, emit_message, emit_http_error, self);
  priv->options = (XmlRpcCallOptions) {
    .timeout = DEFAULT_TIMEOUT,
    .max_response_size = DEFAULT_MAX_RESPONSE_SIZE,
    .max_values = DEFAULT_MAX_VALUES,
    .idempotent = FALSE,
  };
}

static XmlRpcServerProxy *
create_or_fail (const char   *uri,
                SoupSession  *session,
                GError      **error)
{
  g_autoptr (XmlRpcServerProxy) self = g_object_new (XML_RPC_TYPE_SERVER_PROXY,
                                                     "uri", uri,
                                                     "session", session,
                                                     NULL);

  return xml_rpc_server_proxy_check_settings (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * xml_rpc_server_proxy_new:
 * @uri: the URI of the server
 * @error: return location for an error, or %NULL
 *
 * Creates a proxy for the server at @uri. Nothing is sent yet.
 *
 * An invalid @uri is an error of the domain `G_URI_ERROR`.
 *
 * Returns: (transfer full): a new proxy, or %NULL on error
 *
 * Since: 1.0
 */
XmlRpcServerProxy *
xml_rpc_server_proxy_new (const char  *uri,
                          GError     **error)
{
  g_return_val_if_fail (uri != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return create_or_fail (uri, NULL, error);
}

/**
 * xml_rpc_server_proxy_new_with_session:
 * @uri: the URI of the server
 * @session: the session that sends the calls
 * @error: return location for an error, or %NULL
 *
 * Creates a proxy for the server at @uri which sends its calls with @session.
 * Nothing is sent yet.
 *
 * An invalid @uri is an error of the domain `G_URI_ERROR`. So is a `http+unix`
 * URI: set [property@Soup.Session:remote-connectable] of @session instead. A URI of SCGI
 * is an error, too, because SCGI does not use a session.
 *
 * Returns: (transfer full): a new proxy, or %NULL on error
 *
 * Since: 1.0
 */
XmlRpcServerProxy *
xml_rpc_server_proxy_new_with_session (const char   *uri,
                                       SoupSession  *session,
                                       GError      **error)
{
  g_return_val_if_fail (uri != NULL, NULL);
  g_return_val_if_fail (SOUP_IS_SESSION (session), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return create_or_fail (uri, session, error);
}
