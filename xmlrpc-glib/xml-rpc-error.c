/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <xmlrpc-glib/xml-rpc-error.h>

/**
 * xml_rpc_error_quark:
 *
 * Gets the error domain of messages that cannot be read or written.
 *
 * Returns: the quark of `XML_RPC_ERROR`
 *
 * Since: 1.0
 */
G_DEFINE_QUARK (xml-rpc-error-quark, xml_rpc_error)

/**
 * xml_rpc_http_error_quark:
 *
 * Gets the error domain of responses with an HTTP status outside 2xx.
 *
 * Returns: the quark of `XML_RPC_HTTP_ERROR`
 *
 * Since: 1.0
 */
G_DEFINE_QUARK (xml-rpc-http-error-quark, xml_rpc_http_error)
