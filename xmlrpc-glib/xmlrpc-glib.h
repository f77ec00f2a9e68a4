/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <xmlrpc-glib/client/xml-rpc-multicall.h>
#include <xmlrpc-glib/client/xml-rpc-server-proxy.h>
#include <xmlrpc-glib/codec/xml-rpc-json.h>
#include <xmlrpc-glib/codec/xml-rpc-message.h>
#include <xmlrpc-glib/codec/xml-rpc-value-kind.h>
#include <xmlrpc-glib/server/xml-rpc-invocation.h>
#include <xmlrpc-glib/server/xml-rpc-server.h>
#include <xmlrpc-glib/values/xml-rpc-binary.h>
#include <xmlrpc-glib/values/xml-rpc-boolean.h>
#include <xmlrpc-glib/values/xml-rpc-date-time.h>
#include <xmlrpc-glib/values/xml-rpc-value.h>
#include <xmlrpc-glib/xml-rpc-enum-types.h>
#include <xmlrpc-glib/xml-rpc-error.h>
#include <xmlrpc-glib/xml-rpc-version-macros.h>
