/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#if !defined (XML_RPC_INSIDE) && !defined (XML_RPC_COMPILATION)
#error "Only <xmlrpc-glib/xmlrpc-glib.h> can be included directly."
#endif

#include <glib.h>

#include <xmlrpc-glib/xml-rpc-version-macros.h>

G_BEGIN_DECLS

XML_RPC_AVAILABLE_IN_1_0
void  xml_rpc_interrupt_enable  (void);
XML_RPC_AVAILABLE_IN_1_0
void  xml_rpc_interrupt_calls   (void);

G_END_DECLS
