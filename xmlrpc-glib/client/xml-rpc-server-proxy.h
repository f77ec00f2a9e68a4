/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#if !defined (XML_RPC_INSIDE) && !defined (XML_RPC_COMPILATION)
#error "Only <xmlrpc-glib/xmlrpc-glib.h> can be included directly."
#endif

#include <libsoup/soup.h>

#include <xmlrpc-glib/xml-rpc-version-macros.h>

G_BEGIN_DECLS

/**
 * XmlRpcCallFlags:
 * @XML_RPC_CALL_FLAGS_NONE: no flags
 * @XML_RPC_CALL_FLAGS_IDEMPOTENT: it does no harm if the server executes this call twice,
 *   as [property@XmlRpc.ServerProxy:idempotent] says of all calls
 *
 * Flags of one call.
 *
 * Since: 1.0
 */
typedef enum /*< flags >*/
{
  XML_RPC_CALL_FLAGS_NONE       = 0,
  XML_RPC_CALL_FLAGS_IDEMPOTENT = 1 << 0,
} XmlRpcCallFlags;

#define XML_RPC_TYPE_SERVER_PROXY (xml_rpc_server_proxy_get_type ())

XML_RPC_AVAILABLE_IN_1_0
G_DECLARE_DERIVABLE_TYPE (XmlRpcServerProxy, xml_rpc_server_proxy, XML_RPC, SERVER_PROXY, GObject)

/**
 * XmlRpcServerProxyClass:
 * @message: Lets a subclass handle [signal@XmlRpc.ServerProxy::message]
 * @http_error: Lets a subclass handle [signal@XmlRpc.ServerProxy::http-error]
 *
 * The class of a proxy. A subclass that watches messages sets the handlers here. It
 * need not call those of its parent, which does not have any.
 *
 * Since: 1.0
 */
struct _XmlRpcServerProxyClass
{
  GObjectClass parent_class;

  void (*message)    (XmlRpcServerProxy *self,
                      SoupMessage       *message);
  void (*http_error) (XmlRpcServerProxy *self,
                      SoupMessage       *message);

  /*< private >*/
  gpointer padding[12];
};

XML_RPC_AVAILABLE_IN_1_0
XmlRpcServerProxy  *xml_rpc_server_proxy_new                         (const char           *uri,
                                                                      GError              **error);
XML_RPC_AVAILABLE_IN_1_0
XmlRpcServerProxy  *xml_rpc_server_proxy_new_with_session            (const char           *uri,
                                                                      SoupSession          *session,
                                                                      GError              **error);

XML_RPC_AVAILABLE_IN_1_0
gboolean            xml_rpc_server_proxy_check_settings              (XmlRpcServerProxy    *self,
                                                                      GError              **error);

XML_RPC_AVAILABLE_IN_1_0
const char         *xml_rpc_server_proxy_get_uri                     (XmlRpcServerProxy    *self);
XML_RPC_AVAILABLE_IN_1_0
SoupSession        *xml_rpc_server_proxy_get_session                 (XmlRpcServerProxy    *self);
XML_RPC_AVAILABLE_IN_1_0
guint               xml_rpc_server_proxy_get_timeout                 (XmlRpcServerProxy    *self);
XML_RPC_AVAILABLE_IN_1_0
void                xml_rpc_server_proxy_set_timeout                 (XmlRpcServerProxy    *self,
                                                                      guint                 timeout);
XML_RPC_AVAILABLE_IN_1_0
guint64             xml_rpc_server_proxy_get_max_response_size       (XmlRpcServerProxy    *self);
XML_RPC_AVAILABLE_IN_1_0
void                xml_rpc_server_proxy_set_max_response_size       (XmlRpcServerProxy    *self,
                                                                      guint64               max_response_size);
XML_RPC_AVAILABLE_IN_1_0
guint               xml_rpc_server_proxy_get_max_values              (XmlRpcServerProxy    *self);
XML_RPC_AVAILABLE_IN_1_0
void                xml_rpc_server_proxy_set_max_values              (XmlRpcServerProxy    *self,
                                                                      guint                 max_values);
XML_RPC_AVAILABLE_IN_1_0
gboolean            xml_rpc_server_proxy_get_idempotent              (XmlRpcServerProxy    *self);
XML_RPC_AVAILABLE_IN_1_0
void                xml_rpc_server_proxy_set_idempotent              (XmlRpcServerProxy    *self,
                                                                      gboolean              idempotent);

XML_RPC_AVAILABLE_IN_1_0
GVariant           *xml_rpc_server_proxy_get_headers                 (XmlRpcServerProxy    *self);
XML_RPC_AVAILABLE_IN_1_0
void                xml_rpc_server_proxy_set_headers                 (XmlRpcServerProxy    *self,
                                                                      GVariant             *headers);
XML_RPC_AVAILABLE_IN_1_0
gboolean            xml_rpc_server_proxy_set_header                  (XmlRpcServerProxy    *self,
                                                                      const char           *name,
                                                                      const char           *value,
                                                                      GError              **error);
XML_RPC_AVAILABLE_IN_1_0
gboolean            xml_rpc_server_proxy_add_header                  (XmlRpcServerProxy    *self,
                                                                      const char           *name,
                                                                      const char           *value,
                                                                      GError              **error);
XML_RPC_AVAILABLE_IN_1_0
char               *xml_rpc_server_proxy_get_user                    (XmlRpcServerProxy    *self);
XML_RPC_AVAILABLE_IN_1_0
void                xml_rpc_server_proxy_set_user                    (XmlRpcServerProxy    *self,
                                                                      const char           *user);
XML_RPC_AVAILABLE_IN_1_0
void                xml_rpc_server_proxy_set_password                (XmlRpcServerProxy    *self,
                                                                      const char           *password);
XML_RPC_AVAILABLE_IN_1_0
void                xml_rpc_server_proxy_set_credentials             (XmlRpcServerProxy    *self,
                                                                      const char           *user,
                                                                      const char           *password);
XML_RPC_AVAILABLE_IN_1_0
gboolean            xml_rpc_server_proxy_get_authenticate_on_demand  (XmlRpcServerProxy    *self);
XML_RPC_AVAILABLE_IN_1_0
void                xml_rpc_server_proxy_set_authenticate_on_demand  (XmlRpcServerProxy    *self,
                                                                      gboolean              authenticate_on_demand);

XML_RPC_AVAILABLE_IN_1_0
GVariant           *xml_rpc_server_proxy_call                        (XmlRpcServerProxy    *self,
                                                                      const char           *method_name,
                                                                      GVariant             *params,
                                                                      const GVariantType   *reply_type,
                                                                      GCancellable         *cancellable,
                                                                      GError              **error);
XML_RPC_AVAILABLE_IN_1_0
void                xml_rpc_server_proxy_call_async                  (XmlRpcServerProxy    *self,
                                                                      const char           *method_name,
                                                                      GVariant             *params,
                                                                      const GVariantType   *reply_type,
                                                                      GCancellable         *cancellable,
                                                                      GAsyncReadyCallback   callback,
                                                                      gpointer              user_data);
XML_RPC_AVAILABLE_IN_1_0
GVariant           *xml_rpc_server_proxy_call_finish                 (XmlRpcServerProxy    *self,
                                                                      GAsyncResult         *result,
                                                                      GError              **error);

XML_RPC_AVAILABLE_IN_1_0
char               *xml_rpc_server_proxy_call_json                   (XmlRpcServerProxy    *self,
                                                                      const char           *method_name,
                                                                      const char           *params,
                                                                      char                **fault,
                                                                      GCancellable         *cancellable,
                                                                      GError              **error);
XML_RPC_AVAILABLE_IN_1_0
void                xml_rpc_server_proxy_call_json_async             (XmlRpcServerProxy    *self,
                                                                      const char           *method_name,
                                                                      const char           *params,
                                                                      GCancellable         *cancellable,
                                                                      GAsyncReadyCallback   callback,
                                                                      gpointer              user_data);
XML_RPC_AVAILABLE_IN_1_0
char               *xml_rpc_server_proxy_call_json_finish            (XmlRpcServerProxy    *self,
                                                                      GAsyncResult         *result,
                                                                      char                **fault,
                                                                      GError              **error);

XML_RPC_AVAILABLE_IN_1_0
GVariant           *xml_rpc_server_proxy_call_full                   (XmlRpcServerProxy    *self,
                                                                      const char           *method_name,
                                                                      GVariant             *params,
                                                                      const GVariantType   *reply_type,
                                                                      XmlRpcCallFlags       flags,
                                                                      int                   timeout_msec,
                                                                      GCancellable         *cancellable,
                                                                      GError              **error);
XML_RPC_AVAILABLE_IN_1_0
void                xml_rpc_server_proxy_call_full_async             (XmlRpcServerProxy    *self,
                                                                      const char           *method_name,
                                                                      GVariant             *params,
                                                                      const GVariantType   *reply_type,
                                                                      XmlRpcCallFlags       flags,
                                                                      int                   timeout_msec,
                                                                      GCancellable         *cancellable,
                                                                      GAsyncReadyCallback   callback,
                                                                      gpointer              user_data);
XML_RPC_AVAILABLE_IN_1_0
GVariant           *xml_rpc_server_proxy_call_full_finish            (XmlRpcServerProxy    *self,
                                                                      GAsyncResult         *result,
                                                                      GError              **error);

XML_RPC_AVAILABLE_IN_1_0
char               *xml_rpc_server_proxy_call_json_full              (XmlRpcServerProxy    *self,
                                                                      const char           *method_name,
                                                                      const char           *params,
                                                                      XmlRpcCallFlags       flags,
                                                                      int                   timeout_msec,
                                                                      char                **fault,
                                                                      GCancellable         *cancellable,
                                                                      GError              **error);
XML_RPC_AVAILABLE_IN_1_0
void                xml_rpc_server_proxy_call_json_full_async        (XmlRpcServerProxy    *self,
                                                                      const char           *method_name,
                                                                      const char           *params,
                                                                      XmlRpcCallFlags       flags,
                                                                      int                   timeout_msec,
                                                                      GCancellable         *cancellable,
                                                                      GAsyncReadyCallback   callback,
                                                                      gpointer              user_data);
XML_RPC_AVAILABLE_IN_1_0
char               *xml_rpc_server_proxy_call_json_full_finish       (XmlRpcServerProxy    *self,
                                                                      GAsyncResult         *result,
                                                                      char                **fault,
                                                                      GError              **error);

XML_RPC_AVAILABLE_IN_1_0
char              **xml_rpc_server_proxy_list_methods                (XmlRpcServerProxy    *self,
                                                                      GCancellable         *cancellable,
                                                                      GError              **error);
XML_RPC_AVAILABLE_IN_1_0
void                xml_rpc_server_proxy_list_methods_async          (XmlRpcServerProxy    *self,
                                                                      GCancellable         *cancellable,
                                                                      GAsyncReadyCallback   callback,
                                                                      gpointer              user_data);
XML_RPC_AVAILABLE_IN_1_0
char              **xml_rpc_server_proxy_list_methods_finish         (XmlRpcServerProxy    *self,
                                                                      GAsyncResult         *result,
                                                                      GError              **error);
XML_RPC_AVAILABLE_IN_1_0
char              **xml_rpc_server_proxy_get_method_signature        (XmlRpcServerProxy    *self,
                                                                      const char           *method_name,
                                                                      GCancellable         *cancellable,
                                                                      GError              **error);
XML_RPC_AVAILABLE_IN_1_0
void                xml_rpc_server_proxy_get_method_signature_async  (XmlRpcServerProxy    *self,
                                                                      const char           *method_name,
                                                                      GCancellable         *cancellable,
                                                                      GAsyncReadyCallback   callback,
                                                                      gpointer              user_data);
XML_RPC_AVAILABLE_IN_1_0
char              **xml_rpc_server_proxy_get_method_signature_finish (XmlRpcServerProxy    *self,
                                                                      GAsyncResult         *result,
                                                                      GError              **error);
XML_RPC_AVAILABLE_IN_1_0
char               *xml_rpc_server_proxy_get_method_help             (XmlRpcServerProxy    *self,
                                                                      const char           *method_name,
                                                                      GCancellable         *cancellable,
                                                                      GError              **error);
XML_RPC_AVAILABLE_IN_1_0
void                xml_rpc_server_proxy_get_method_help_async       (XmlRpcServerProxy    *self,
                                                                      const char           *method_name,
                                                                      GCancellable         *cancellable,
                                                                      GAsyncReadyCallback   callback,
                                                                      gpointer              user_data);
XML_RPC_AVAILABLE_IN_1_0
char               *xml_rpc_server_proxy_get_method_help_finish      (XmlRpcServerProxy    *self,
                                                                      GAsyncResult         *result,
                                                                      GError              **error);
XML_RPC_AVAILABLE_IN_1_0
GVariant           *xml_rpc_server_proxy_get_capabilities            (XmlRpcServerProxy    *self,
                                                                      GCancellable         *cancellable,
                                                                      GError              **error);
XML_RPC_AVAILABLE_IN_1_0
void                xml_rpc_server_proxy_get_capabilities_async      (XmlRpcServerProxy    *self,
                                                                      GCancellable         *cancellable,
                                                                      GAsyncReadyCallback   callback,
                                                                      gpointer              user_data);
XML_RPC_AVAILABLE_IN_1_0
GVariant           *xml_rpc_server_proxy_get_capabilities_finish     (XmlRpcServerProxy    *self,
                                                                      GAsyncResult         *result,
                                                                      GError              **error);

G_END_DECLS
