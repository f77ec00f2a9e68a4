/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <xmlrpc-glib/xml-rpc-server-proxy.h>

#include "xml-rpc-call-private.h"

G_BEGIN_DECLS

typedef struct
{
  char              *uri;
  SoupSession       *session;   /* the program's, or NULL */
  XmlRpcChannel      channel;
  GError            *uri_error; /* why there can be no calls */

  /* For what follows: calls begin in any thread. */
  GMutex             mutex;
  XmlRpcCallOptions  options;
  char              *user;              /* as the program has set them */
  char              *password;
  GError            *credentials_error; /* why there can be no calls, as with that of the URI */
  GError            *headers_error;
} XmlRpcServerProxyPrivate;

XmlRpcServerProxyPrivate *xml_rpc_server_proxy_get_private (XmlRpcServerProxy *self);
/* Makes them of what the program has set and of what is in the URI. */
void        xml_rpc_server_proxy_update_credentials (XmlRpcServerProxy *self);

XmlRpcCall *xml_rpc_server_proxy_create_call (XmlRpcServerProxy   *self,
                                              GBytes              *body,
                                              const GVariantType  *reply_type,
                                              XmlRpcCallFlags      flags,
                                              int                  timeout_msec,
                                              GCancellable        *cancellable,
                                              GError             **error);
void        xml_rpc_server_proxy_send_async  (GTask               *task,
                                              XmlRpcCall          *call,
                                              GError              *error);

G_END_DECLS
