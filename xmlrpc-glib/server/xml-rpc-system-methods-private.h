/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-service-private.h"

G_BEGIN_DECLS

/* The methods that a server has by itself. */

/* system.multicall and system.getCapabilities */
void xml_rpc_system_methods_add_basics           (XmlRpcService *service);

/* system.listMethods, system.methodSignature and system.methodHelp */
void xml_rpc_system_methods_add_introspection    (XmlRpcService *service);
void xml_rpc_system_methods_remove_introspection (XmlRpcService *service);

void xml_rpc_system_methods_set_status           (XmlRpcService *service,
                                                  gboolean       is_on);

G_END_DECLS
