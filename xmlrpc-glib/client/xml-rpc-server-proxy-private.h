/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <xmlrpc-glib/xml-rpc-server-proxy.h>

#include "xml-rpc-call-private.h"

G_BEGIN_DECLS

XmlRpcCall *xml_rpc_server_proxy_create_call (XmlRpcServerProxy   *self,
                                              GBytes              *body,
                                              const GVariantType  *reply_type,
                                              GCancellable        *cancellable,
                                              GError             **error);
void        xml_rpc_server_proxy_send_async  (GTask               *task,
                                              XmlRpcCall          *call,
                                              GError              *error);

G_END_DECLS
