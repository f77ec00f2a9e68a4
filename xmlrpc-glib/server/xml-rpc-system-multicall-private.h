/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-server.h"

G_BEGIN_DECLS

/* The method system.multicall; @user_data is the service. */
void xml_rpc_system_multicall (XmlRpcServer     *server,
                               XmlRpcInvocation *invocation,
                               gpointer          user_data);

G_END_DECLS
