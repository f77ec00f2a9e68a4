/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-server.h"

G_BEGIN_DECLS

/* The methods that a server has by itself. */

/* system.multicall and system.getCapabilities */
void xml_rpc_introspection_add_basics (XmlRpcServer *server);

/* system.listMethods, system.methodSignature and system.methodHelp */
void xml_rpc_introspection_add        (XmlRpcServer *server);
void xml_rpc_introspection_remove     (XmlRpcServer *server);

G_END_DECLS
