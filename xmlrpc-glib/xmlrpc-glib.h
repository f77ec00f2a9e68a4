/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#define XML_RPC_INSIDE

#include <xmlrpc-glib/xml-rpc-binary.h>
#include <xmlrpc-glib/xml-rpc-boolean.h>
#include <xmlrpc-glib/xml-rpc-date-time.h>
#include <xmlrpc-glib/xml-rpc-enum-types.h>
#include <xmlrpc-glib/xml-rpc-error.h>
#include <xmlrpc-glib/xml-rpc-interrupt.h>
#include <xmlrpc-glib/xml-rpc-invocation.h>
#include <xmlrpc-glib/xml-rpc-json.h>
#include <xmlrpc-glib/xml-rpc-message.h>
#include <xmlrpc-glib/xml-rpc-multicall.h>
#include <xmlrpc-glib/xml-rpc-object.h>
#include <xmlrpc-glib/xml-rpc-serializable.h>
#include <xmlrpc-glib/xml-rpc-server-proxy.h>
#include <xmlrpc-glib/xml-rpc-server.h>
#include <xmlrpc-glib/xml-rpc-value-kind.h>
#include <xmlrpc-glib/xml-rpc-value.h>
#include <xmlrpc-glib/xml-rpc-version-macros.h>

#undef XML_RPC_INSIDE
