/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#if !defined (XML_RPC_INSIDE) && !defined (XML_RPC_COMPILATION)
#error "Only <xmlrpc-glib/xmlrpc-glib.h> can be included directly."
#endif

#include <libsoup/soup.h>

#include <xmlrpc-glib/xml-rpc-invocation.h>
#include <xmlrpc-glib/xml-rpc-version-macros.h>

G_BEGIN_DECLS

#define XML_RPC_TYPE_SERVER (xml_rpc_server_get_type ())

XML_RPC_AVAILABLE_IN_1_0
G_DECLARE_DERIVABLE_TYPE (XmlRpcServer, xml_rpc_server, XML_RPC, SERVER, GObject)

/**
 * XmlRpcServerClass:
 * @parent_class: the parent class
 * @authorize_call: Lets a subclass handle [signal@XmlRpc.Server::authorize-call]; returns
 *   %TRUE if it is not overridden
 * @call_finished: Lets a subclass handle [signal@XmlRpc.Server::call-finished]; does nothing
 *   if it is not overridden
 *
 * The class of [class@XmlRpc.Server], for classes that derive from it.
 *
 * Since: 1.0
 */
struct _XmlRpcServerClass
{
  GObjectClass parent_class;

  /*< public >*/
  gboolean (*authorize_call) (XmlRpcServer     *self,
                              XmlRpcInvocation *invocation);
  void     (*call_finished)  (XmlRpcServer     *self,
                              XmlRpcInvocation *invocation,
                              guint64           microseconds);

  /*< private >*/
  gpointer padding[8];
};

/**
 * XmlRpcMethodFlags:
 * @XML_RPC_METHOD_NONE: no flags
 * @XML_RPC_METHOD_IN_THREAD: the method is called in a thread of a pool of its server, for
 *   methods that take long or wait; see [property@XmlRpc.Server:max-threads]
 * @XML_RPC_METHOD_UNCHECKED_RESULT: the method may return other types than its signatures
 *   say
 *
 * Flags of a method, which say how it is called.
 *
 * Since: 1.0
 */
typedef enum
{
  XML_RPC_METHOD_NONE             = 0,
  XML_RPC_METHOD_IN_THREAD        = 1 << 0,
  XML_RPC_METHOD_UNCHECKED_RESULT = 1 << 1
} XmlRpcMethodFlags;

/**
 * XmlRpcMethodFunc:
 * @server: the server
 * @invocation: (transfer none): the call
 * @user_data: the data given with the method
 *
 * Responds to a call, at once or later. The function is called in the thread of @server, or
 * with [XML_RPC_METHOD_IN_THREAD][flags@XmlRpc.MethodFlags] in another one. There it may
 * respond to @invocation, but must not use @server or the message of @invocation.
 *
 * To respond later, take a reference to @invocation, and release it after the response. When
 * the last reference is released without a response, the client gets the fault
 * [XML_RPC_FAULT_INTERNAL_ERROR][enum@XmlRpc.FaultCode].
 *
 * Since: 1.0
 */
typedef void (*XmlRpcMethodFunc) (XmlRpcServer     *server,
                                  XmlRpcInvocation *invocation,
                                  gpointer          user_data);

XML_RPC_AVAILABLE_IN_1_0
XmlRpcServer *xml_rpc_server_new                  (void);

XML_RPC_AVAILABLE_IN_1_0
gboolean      xml_rpc_server_add_method           (XmlRpcServer         *self,
                                                   const char           *name,
                                                   const char * const   *signatures,
                                                   const char           *help,
                                                   XmlRpcMethodFunc      func,
                                                   gpointer              user_data,
                                                   GDestroyNotify        destroy,
                                                   GError              **error);
XML_RPC_AVAILABLE_IN_1_0
gboolean      xml_rpc_server_add_method_full      (XmlRpcServer         *self,
                                                   const char           *name,
                                                   const char * const   *signatures,
                                                   const char           *help,
                                                   XmlRpcMethodFlags     flags,
                                                   XmlRpcMethodFunc      func,
                                                   gpointer              user_data,
                                                   GDestroyNotify        destroy,
                                                   GError              **error);
XML_RPC_AVAILABLE_IN_1_0
gboolean      xml_rpc_server_remove_method        (XmlRpcServer         *self,
                                                   const char           *name);

XML_RPC_AVAILABLE_IN_1_0
void          xml_rpc_server_attach               (XmlRpcServer         *self,
                                                   SoupServer           *soup_server,
                                                   const char           *path);
XML_RPC_AVAILABLE_IN_1_0
void          xml_rpc_server_detach               (XmlRpcServer         *self,
                                                   SoupServer           *soup_server);

XML_RPC_AVAILABLE_IN_1_0
void          xml_rpc_server_handle_async         (XmlRpcServer         *self,
                                                   GBytes               *request,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
XML_RPC_AVAILABLE_IN_1_0
GBytes       *xml_rpc_server_handle_finish        (XmlRpcServer         *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);

XML_RPC_AVAILABLE_IN_1_0
void          xml_rpc_server_shutdown_async       (XmlRpcServer         *self,
                                                   int                   grace_msec,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
XML_RPC_AVAILABLE_IN_1_0
gboolean      xml_rpc_server_shutdown_finish      (XmlRpcServer         *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);

XML_RPC_AVAILABLE_IN_1_0
guint64       xml_rpc_server_get_max_request_size (XmlRpcServer         *self);
XML_RPC_AVAILABLE_IN_1_0
void          xml_rpc_server_set_max_request_size (XmlRpcServer         *self,
                                                   guint64               max_request_size);
XML_RPC_AVAILABLE_IN_1_0
guint         xml_rpc_server_get_request_timeout  (XmlRpcServer         *self);
XML_RPC_AVAILABLE_IN_1_0
void          xml_rpc_server_set_request_timeout  (XmlRpcServer         *self,
                                                   guint                 request_timeout);
XML_RPC_AVAILABLE_IN_1_0
guint         xml_rpc_server_get_max_multicall    (XmlRpcServer         *self);
XML_RPC_AVAILABLE_IN_1_0
void          xml_rpc_server_set_max_multicall    (XmlRpcServer         *self,
                                                   guint                 max_multicall);
XML_RPC_AVAILABLE_IN_1_0
gboolean      xml_rpc_server_get_introspection    (XmlRpcServer         *self);
XML_RPC_AVAILABLE_IN_1_0
void          xml_rpc_server_set_introspection    (XmlRpcServer         *self,
                                                   gboolean              introspection);
XML_RPC_AVAILABLE_IN_1_0
gboolean      xml_rpc_server_get_access_log       (XmlRpcServer         *self);
XML_RPC_AVAILABLE_IN_1_0
void          xml_rpc_server_set_access_log       (XmlRpcServer         *self,
                                                   gboolean              access_log);
XML_RPC_AVAILABLE_IN_1_0
gboolean      xml_rpc_server_get_status_method    (XmlRpcServer         *self);
XML_RPC_AVAILABLE_IN_1_0
void          xml_rpc_server_set_status_method    (XmlRpcServer         *self,
                                                   gboolean              status_method);
XML_RPC_AVAILABLE_IN_1_0
gboolean      xml_rpc_server_get_documentation    (XmlRpcServer         *self);
XML_RPC_AVAILABLE_IN_1_0
void          xml_rpc_server_set_documentation    (XmlRpcServer         *self,
                                                   gboolean              documentation);
XML_RPC_AVAILABLE_IN_1_0
const char   *xml_rpc_server_get_documentation_title (XmlRpcServer      *self);
XML_RPC_AVAILABLE_IN_1_0
void          xml_rpc_server_set_documentation_title (XmlRpcServer      *self,
                                                      const char        *documentation_title);
XML_RPC_AVAILABLE_IN_1_0
const char   *xml_rpc_server_get_documentation_text  (XmlRpcServer      *self);
XML_RPC_AVAILABLE_IN_1_0
void          xml_rpc_server_set_documentation_text  (XmlRpcServer      *self,
                                                      const char        *documentation_text);
XML_RPC_AVAILABLE_IN_1_0
GVariant     *xml_rpc_server_get_status           (XmlRpcServer         *self);
XML_RPC_AVAILABLE_IN_1_0
const char * const *
              xml_rpc_server_get_allowed_hosts    (XmlRpcServer         *self);
XML_RPC_AVAILABLE_IN_1_0
void          xml_rpc_server_set_allowed_hosts    (XmlRpcServer         *self,
                                                   const char * const   *allowed_hosts);
XML_RPC_AVAILABLE_IN_1_0
const char * const *
              xml_rpc_server_get_allowed_origins  (XmlRpcServer         *self);
XML_RPC_AVAILABLE_IN_1_0
void          xml_rpc_server_set_allowed_origins  (XmlRpcServer         *self,
                                                   const char * const   *allowed_origins);
XML_RPC_AVAILABLE_IN_1_0
const char * const *
              xml_rpc_server_get_trusted_proxies  (XmlRpcServer         *self);
XML_RPC_AVAILABLE_IN_1_0
void          xml_rpc_server_set_trusted_proxies  (XmlRpcServer         *self,
                                                   const char * const   *trusted_proxies);

XML_RPC_AVAILABLE_IN_1_0
guint         xml_rpc_server_get_max_values           (XmlRpcServer         *self);
XML_RPC_AVAILABLE_IN_1_0
void          xml_rpc_server_set_max_values           (XmlRpcServer         *self,
                                                       guint                 max_values);
XML_RPC_AVAILABLE_IN_1_0
guint64       xml_rpc_server_get_max_response_size    (XmlRpcServer         *self);
XML_RPC_AVAILABLE_IN_1_0
void          xml_rpc_server_set_max_response_size    (XmlRpcServer         *self,
                                                       guint64               max_response_size);
XML_RPC_AVAILABLE_IN_1_0
guint64       xml_rpc_server_get_max_response_backlog (XmlRpcServer         *self);
XML_RPC_AVAILABLE_IN_1_0
void          xml_rpc_server_set_max_response_backlog (XmlRpcServer         *self,
                                                       guint64               max_response_backlog);
XML_RPC_AVAILABLE_IN_1_0
guint         xml_rpc_server_get_write_timeout        (XmlRpcServer         *self);
XML_RPC_AVAILABLE_IN_1_0
void          xml_rpc_server_set_write_timeout        (XmlRpcServer         *self,
                                                       guint                 write_timeout);
XML_RPC_AVAILABLE_IN_1_0
guint         xml_rpc_server_get_idle_timeout         (XmlRpcServer         *self);
XML_RPC_AVAILABLE_IN_1_0
void          xml_rpc_server_set_idle_timeout         (XmlRpcServer         *self,
                                                       guint                 idle_timeout);
XML_RPC_AVAILABLE_IN_1_0
guint         xml_rpc_server_get_max_connections      (XmlRpcServer         *self);
XML_RPC_AVAILABLE_IN_1_0
void          xml_rpc_server_set_max_connections      (XmlRpcServer         *self,
                                                       guint                 max_connections);
XML_RPC_AVAILABLE_IN_1_0
guint         xml_rpc_server_get_max_threads          (XmlRpcServer         *self);
XML_RPC_AVAILABLE_IN_1_0
void          xml_rpc_server_set_max_threads          (XmlRpcServer         *self,
                                                       guint                 max_threads);
XML_RPC_AVAILABLE_IN_1_0
guint         xml_rpc_server_get_max_queued_calls     (XmlRpcServer         *self);
XML_RPC_AVAILABLE_IN_1_0
void          xml_rpc_server_set_max_queued_calls     (XmlRpcServer         *self,
                                                       guint                 max_queued_calls);

G_END_DECLS
