/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <xmlrpc-glib/xml-rpc-server.h>

#include <xmlrpc-glib/xml-rpc-error.h>
#include <xmlrpc-glib/xml-rpc-message.h>

#include "xml-rpc-connection-private.h"
#include "xml-rpc-exchange-private.h"
#include "xml-rpc-invocation-private.h"
#include "xml-rpc-service-private.h"
#include "xml-rpc-system-methods-private.h"

#define DEFAULT_MAX_REQUEST_SIZE (8 * 1024 * 1024)
#define DEFAULT_REQUEST_TIMEOUT (30 * 1000)
#define DEFAULT_MAX_MULTICALL 1000

/**
 * XmlRpcServer:
 *
 * Methods that XML-RPC clients can call.
 *
 * Methods are added with [method@XmlRpc.Server.add_method], and the server is
 * attached to a path of a [class@Soup.Server] that the program has, beside
 * whatever else that serves:
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
 * xml_rpc_server_add_method (server, "sample.add", signatures, "Adds two numbers.", add, NULL, NULL);
 * xml_rpc_server_attach (server, soup_server, "/RPC2");
 * ```
 *
 * It has some methods by itself: `system.listMethods`, `system.methodSignature`
 * and `system.methodHelp` of "XML-RPC introspection" (unless
 * [property@XmlRpc.Server:introspection] is %FALSE), `system.getCapabilities`, and
 * `system.multicall` of the "system.multicall RFC" by Eric Kidd.
 *
 * All happens in the thread of the main context that the SoupServer was made to
 * listen in; methods are called there, and may answer from any thread. The
 * functions of the server are to be called in that thread, too.
 *
 * Faults of its own have the codes of [enum@XmlRpc.FaultCode]. A request that is
 * not XML-RPC at all is answered with an HTTP status: 405 if its method is not
 * POST, 415 if its content is not XML or compressed in an unknown way, 413 if
 * it is larger than [property@XmlRpc.Server:max-request-size], 408 if it takes
 * longer than [property@XmlRpc.Server:request-timeout], 411 if it has neither a
 * length nor chunks, and 400 if it has both, or several lengths: another reader of
 * the same bytes could see it end elsewhere.
 *
 * Since: 1.0
 */
struct _XmlRpcServer
{
  GObject        parent_instance;

  XmlRpcService  service;
  GPtrArray     *attachments;
  gboolean       introspection;
};

/* A path of a SoupServer. */
typedef struct
{
  XmlRpcServer   *server;
  SoupServer     *soup_server;
  char           *path;
  XmlRpcTimeouts *timeouts;
  gulong          handler;
} Attachment;

enum
{
  PROP_MAX_REQUEST_SIZE = 1,
  PROP_REQUEST_TIMEOUT,
  PROP_MAX_MULTICALL,
  PROP_INTROSPECTION,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (XmlRpcServer, xml_rpc_server, G_TYPE_OBJECT)

static void
attachment_free (Attachment *attachment)
{
  soup_server_remove_handler (attachment->soup_server, attachment->path);
  g_signal_handler_disconnect (attachment->soup_server, attachment->handler);
  g_object_unref (attachment->soup_server);
  xml_rpc_timeouts_unref (attachment->timeouts);
  g_free (attachment->path);
  g_free (attachment);
}

static void
xml_rpc_server_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  XmlRpcServer *self = XML_RPC_SERVER (object);

  switch (property_id)
    {
    case PROP_MAX_REQUEST_SIZE:
      g_value_set_uint64 (value, self->service.max_request_size);
      break;
    case PROP_REQUEST_TIMEOUT:
      g_value_set_uint (value, self->service.request_timeout);
      break;
    case PROP_MAX_MULTICALL:
      g_value_set_uint (value, self->service.max_multicall);
      break;
    case PROP_INTROSPECTION:
      g_value_set_boolean (value, self->introspection);
      break;
    default:
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
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
xml_rpc_server_finalize (GObject *object)
{
  XmlRpcServer *self = XML_RPC_SERVER (object);

  g_ptr_array_unref (self->attachments);
  xml_rpc_service_clear (&self->service);

  G_OBJECT_CLASS (xml_rpc_server_parent_class)->finalize (object);
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
   * How large the body of a request may be, in bytes, both as it comes and
   * decompressed; 0 for no limit. The default is 8,388,608, 8 MiB. What is larger is
   * answered with the HTTP status 413.
   *
   * Since: 1.0
   */
  properties[PROP_MAX_REQUEST_SIZE] =
    g_param_spec_uint64 ("max-request-size", NULL, NULL, 0, G_MAXUINT64, DEFAULT_MAX_REQUEST_SIZE, flags);

  /**
   * XmlRpcServer:request-timeout: (attributes org.gtk.Property.get=xml_rpc_server_get_request_timeout org.gtk.Property.set=xml_rpc_server_set_request_timeout)
   *
   * How long a client may take for a request, from the first byte to the last,
   * in milliseconds; 0 for no limit. The default is 30,000, half a minute. What
   * takes longer is answered with the HTTP status 408.
   *
   * Since: 1.0
   */
  properties[PROP_REQUEST_TIMEOUT] =
    g_param_spec_uint ("request-timeout", NULL, NULL, 0, G_MAXUINT, DEFAULT_REQUEST_TIMEOUT, flags);

  /**
   * XmlRpcServer:max-multicall: (attributes org.gtk.Property.get=xml_rpc_server_get_max_multicall org.gtk.Property.set=xml_rpc_server_set_max_multicall)
   *
   * How many calls there may be in one `system.multicall`; 0 for no limit. The
   * default is 1,000. More are answered with the fault
   * [XML_RPC_FAULT_INVALID_PARAMS][enum@XmlRpc.FaultCode], and none of them is
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

  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
xml_rpc_server_init (XmlRpcServer *self)
{
  xml_rpc_service_init (&self->service, self);
  self->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) attachment_free);
  self->service.max_request_size = DEFAULT_MAX_REQUEST_SIZE;
  self->service.request_timeout = DEFAULT_REQUEST_TIMEOUT;
  self->service.max_multicall = DEFAULT_MAX_MULTICALL;
  self->introspection = TRUE;

  xml_rpc_system_methods_add_basics (&self->service);
  xml_rpc_system_methods_add_introspection (&self->service);
}

/**
 * xml_rpc_server_new:
 *
 * Makes a server that has no methods yet but those of its own.
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
 * xml_rpc_server_add_method:
 * @self: a server
 * @name: the name of the method, such as `sample.add`
 * @signatures: (nullable) (array zero-terminated=1): the signatures, each the
 *   types separated by commas with the return type first (`"int,int,int"`);
 *   %NULL to take any parameters
 * @help: (nullable): what the method does, as plain text or HTML
 * @func: (scope notified) (closure user_data) (destroy destroy): what answers
 *   the calls
 * @user_data: data for @func
 * @destroy: (nullable): what to do with @user_data when the method is removed
 *
 * Adds a method, in place of one that has that name.
 *
 * The types are those of XML-RPC: `int` (also `i4`), `boolean`, `double`, `string`,
 * `dateTime.iso8601`, `base64`, `array`, `struct`; beyond the specification `i1`, `i2`,
 * `i8`, `nil`, `biginteger` and `bigdecimal`, with or without Apache's `ex:`; and `any`
 * for whatever comes. If there are signatures, a call whose parameters fit none of them
 * is answered with the fault [XML_RPC_FAULT_INVALID_PARAMS][enum@XmlRpc.FaultCode], and
 * @func gets the parameters in exactly the types of the first that they fit: the natural
 * types that [class@XmlRpc.Value] lists. An `i1` and an `i2` are an `i` in their range.
 * An int fits where an i8 or a double is expected. A signature that names another type is a mistake of the program, and
 * the method is not added.
 *
 * Since: 1.0
 */
void
xml_rpc_server_add_method (XmlRpcServer       *self,
                           const char         *name,
                           const char * const *signatures,
                           const char         *help,
                           XmlRpcMethodFunc    func,
                           gpointer            user_data,
                           GDestroyNotify      destroy)
{
  g_return_if_fail (XML_RPC_IS_SERVER (self));
  g_return_if_fail (name != NULL && *name != '\0');
  g_return_if_fail (signatures == NULL || xml_rpc_method_check_signatures (signatures));
  g_return_if_fail (func != NULL);

  xml_rpc_service_add_method (&self->service, name, xml_rpc_method_new (signatures, help, func, user_data, destroy));
}

/**
 * xml_rpc_server_remove_method:
 * @self: a server
 * @name: the name of the method
 *
 * Removes a method. Calls of it that are not answered yet still can be.
 *
 * Returns: whether there was one
 *
 * Since: 1.0
 */
gboolean
xml_rpc_server_remove_method (XmlRpcServer *self,
                              const char   *name)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  return xml_rpc_service_remove_method (&self->service, name);
}

/* SoupServer also gives us all below the path, which is not ours: NULL. */
static const Attachment *
find_attachment (XmlRpcServer *self,
                 SoupServer   *soup_server,
                 const char   *path)
{
  for (guint i = 0; i < self->attachments->len; i++)
    {
      const Attachment *attachment = g_ptr_array_index (self->attachments, i);

      if (attachment->soup_server == soup_server &&
          (attachment->path == NULL || strcmp (attachment->path, path) == 0))
        return attachment;
    }

  return NULL;
}

static void
on_headers (SoupServer        *soup_server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  XmlRpcServer *self = user_data;
  const Attachment *attachment = find_attachment (self, soup_server, path);

  if (attachment != NULL)
    xml_rpc_exchange_begin (&self->service, attachment->timeouts, message);
  else
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
}

static void
on_request (SoupServer        *soup_server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  XmlRpcServer *self = user_data;

  if (find_attachment (self, soup_server, path) != NULL)
    xml_rpc_exchange_answer (&self->service, message);
  else if (soup_server_message_get_status (message) == 0)
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
}

static void
on_request_started (SoupServer        *soup_server,
                    SoupServerMessage *message,
                    Attachment        *attachment)
{
  xml_rpc_exchange_watch (&attachment->server->service, attachment->timeouts, message, attachment->path);
}

/**
 * xml_rpc_server_attach:
 * @self: a server
 * @soup_server: the HTTP server
 * @path: (nullable): the path to answer at, such as `/RPC2`; %NULL for all that
 *   nothing else of @soup_server answers
 *
 * Answers the requests to a path of an HTTP server, in place of what @soup_server
 * did with them before. Paths below it are not found.
 *
 * A server may be attached to several paths, and to several HTTP servers. They do
 * not keep it: when the program lets go of it, it is detached.
 *
 * Since: 1.0
 */
void
xml_rpc_server_attach (XmlRpcServer *self,
                       SoupServer   *soup_server,
                       const char   *path)
{
  Attachment *attachment;

  g_return_if_fail (XML_RPC_IS_SERVER (self));
  g_return_if_fail (SOUP_IS_SERVER (soup_server));
  g_return_if_fail (path == NULL || *path == '/');

  xml_rpc_connections_watch (soup_server);
  attachment = g_new (Attachment, 1);
  *attachment = (Attachment) {
    .server = self,
    .soup_server = g_object_ref (soup_server),
    .path = g_strdup (path),
    .timeouts = xml_rpc_timeouts_new (),
    .handler = g_signal_connect (soup_server, "request-started", G_CALLBACK (on_request_started), attachment),
  };
  g_ptr_array_add (self->attachments, attachment);

  soup_server_add_early_handler (soup_server, path, on_headers, self, NULL);
  soup_server_add_handler (soup_server, path, on_request, self, NULL);
}

/**
 * xml_rpc_server_detach:
 * @self: a server
 * @soup_server: the HTTP server
 *
 * Stops answering the requests to any path of an HTTP server. Requests that have
 * been read are still answered.
 *
 * Since: 1.0
 */
void
xml_rpc_server_detach (XmlRpcServer *self,
                       SoupServer   *soup_server)
{
  g_return_if_fail (XML_RPC_IS_SERVER (self));
  g_return_if_fail (SOUP_IS_SERVER (soup_server));

  for (guint i = self->attachments->len; i-- > 0;)
    {
      Attachment *attachment = g_ptr_array_index (self->attachments, i);

      if (attachment->soup_server == soup_server)
        g_ptr_array_remove_index (self->attachments, i);
    }
}

static void
on_answer (gpointer      user_data,
           GVariant     *value,
           const GError *fault)
{
  GTask *task = user_data;

  g_task_return_pointer (task, xml_rpc_answer_encode (value, fault), (GDestroyNotify) g_bytes_unref);
}

/**
 * xml_rpc_server_handle_async:
 * @self: a server
 * @request: the body of a request
 * @cancellable: (nullable): a [class@Gio.Cancellable]; that the caller does not want the
 *   answer any more is found when it is there
 * @callback: (scope async): called when the answer is there
 * @user_data: data for @callback
 *
 * Answers a request that came by other ways than HTTP, with the methods of @self.
 *
 * @callback runs in the thread-default main context of this call. The limits on size
 * and time of requests are those of HTTP, and not in force here.
 *
 * Since: 1.0
 */
void
xml_rpc_server_handle_async (XmlRpcServer        *self,
                             GBytes              *request,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *method_name = NULL;
  g_autoptr (GVariant) params = NULL;

  g_return_if_fail (XML_RPC_IS_SERVER (self));
  g_return_if_fail (request != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, xml_rpc_server_handle_async);

  if (xml_rpc_decode_call (request, NULL, &method_name, &params, &error))
    {
      xml_rpc_service_dispatch (&self->service, xml_rpc_invocation_new (method_name, params, NULL, on_answer,
                                                             g_object_ref (task), g_object_unref));
    }
  else
    {
      g_autoptr (GError) fault = xml_rpc_answer_fault_of_error (error);

      on_answer (task, NULL, fault);
    }
}

/**
 * xml_rpc_server_handle_finish:
 * @self: a server
 * @result: what the callback got
 * @error: return location for an error
 *
 * Gets the answer to a request.
 *
 * Whatever is wrong with the request is in the answer, as a fault. The only error
 * is [G_IO_ERROR_CANCELLED][error@Gio.IOErrorEnum].
 *
 * Returns: (transfer full): the body of the answer
 *
 * Since: 1.0
 */
GBytes *
xml_rpc_server_handle_finish (XmlRpcServer  *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * xml_rpc_server_get_max_request_size: (attributes org.gtk.Method.get_property=max-request-size)
 * @self: a server
 *
 * How large the body of a request may be.
 *
 * Returns: the largest size in bytes; 0 for no limit
 *
 * Since: 1.0
 */
guint64
xml_rpc_server_get_max_request_size (XmlRpcServer *self)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER (self), 0);

  return self->service.max_request_size;
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
  g_return_if_fail (XML_RPC_IS_SERVER (self));

  if (self->service.max_request_size == max_request_size)
    return;

  self->service.max_request_size = max_request_size;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MAX_REQUEST_SIZE]);
}

/**
 * xml_rpc_server_get_request_timeout: (attributes org.gtk.Method.get_property=request-timeout)
 * @self: a server
 *
 * How long a client may take for a request.
 *
 * Returns: the time in milliseconds; 0 for no limit
 *
 * Since: 1.0
 */
guint
xml_rpc_server_get_request_timeout (XmlRpcServer *self)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER (self), 0);

  return self->service.request_timeout;
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
  g_return_if_fail (XML_RPC_IS_SERVER (self));

  if (self->service.request_timeout == request_timeout)
    return;

  self->service.request_timeout = request_timeout;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REQUEST_TIMEOUT]);
}

/**
 * xml_rpc_server_get_max_multicall: (attributes org.gtk.Method.get_property=max-multicall)
 * @self: a server
 *
 * How many calls there may be in one `system.multicall`.
 *
 * Returns: the number; 0 for no limit
 *
 * Since: 1.0
 */
guint
xml_rpc_server_get_max_multicall (XmlRpcServer *self)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER (self), 0);

  return self->service.max_multicall;
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
  g_return_if_fail (XML_RPC_IS_SERVER (self));

  if (self->service.max_multicall == max_multicall)
    return;

  self->service.max_multicall = max_multicall;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MAX_MULTICALL]);
}

/**
 * xml_rpc_server_get_introspection: (attributes org.gtk.Method.get_property=introspection)
 * @self: a server
 *
 * Whether clients can ask for the methods.
 *
 * Returns: %TRUE if they can
 *
 * Since: 1.0
 */
gboolean
xml_rpc_server_get_introspection (XmlRpcServer *self)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER (self), FALSE);

  return self->introspection;
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
  g_return_if_fail (XML_RPC_IS_SERVER (self));

  introspection = !!introspection;
  if (self->introspection == introspection)
    return;

  self->introspection = introspection;
  if (introspection)
    xml_rpc_system_methods_add_introspection (&self->service);
  else
    xml_rpc_system_methods_remove_introspection (&self->service);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INTROSPECTION]);
}
