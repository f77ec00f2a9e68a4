/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#if !defined (XML_RPC_INSIDE) && !defined (XML_RPC_COMPILATION)
#error "Only <xmlrpc-glib/xmlrpc-glib.h> can be included directly."
#endif

#include <glib.h>

#include <xmlrpc-glib/xml-rpc-version.h>

G_BEGIN_DECLS

#ifndef _XML_RPC_EXTERN
#define _XML_RPC_EXTERN __attribute__ ((visibility ("default"))) extern
#endif

/**
 * XML_RPC_VERSION_1_0:
 *
 * Version 1.0, for `XML_RPC_VERSION_MAX_ALLOWED`.
 *
 * Since: 1.0
 */
#define XML_RPC_VERSION_1_0 (G_ENCODE_VERSION (1, 0))

/**
 * XML_RPC_VERSION_MAX_ALLOWED:
 *
 * The version of the newest API that the program may use. The compiler warns about the use
 * of later functions. Define it before you include the header; the default is no limit.
 *
 * Since: 1.0
 */
#ifndef XML_RPC_VERSION_MAX_ALLOWED
#define XML_RPC_VERSION_MAX_ALLOWED \
  (G_ENCODE_VERSION (XML_RPC_MAJOR_VERSION, XML_RPC_MINOR_VERSION))
#endif

#if XML_RPC_VERSION_MAX_ALLOWED < XML_RPC_VERSION_1_0
#define XML_RPC_AVAILABLE_IN_1_0 _XML_RPC_EXTERN G_UNAVAILABLE (1, 0)
#else
#define XML_RPC_AVAILABLE_IN_1_0 _XML_RPC_EXTERN
#endif

XML_RPC_AVAILABLE_IN_1_0
guint    xml_rpc_get_major_version (void);
XML_RPC_AVAILABLE_IN_1_0
guint    xml_rpc_get_minor_version (void);
XML_RPC_AVAILABLE_IN_1_0
guint    xml_rpc_get_micro_version (void);
XML_RPC_AVAILABLE_IN_1_0
gboolean xml_rpc_check_version     (guint major,
                                    guint minor,
                                    guint micro);

G_END_DECLS
