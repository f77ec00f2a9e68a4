/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-method-private.h"
#include "xml-rpc-server.h"

G_BEGIN_DECLS

/* Has the call answered by its method, or with the fault that there is none. */
void           xml_rpc_server_dispatch      (XmlRpcServer     *self,
                                             XmlRpcInvocation *invocation);

/* NULL if there is none. */
XmlRpcMethod  *xml_rpc_server_lookup        (XmlRpcServer     *self,
                                             const char       *name);
/* The names in alphabetical order, which stay the server's. */
const char   **xml_rpc_server_list          (XmlRpcServer     *self);

G_END_DECLS
