/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#if !defined (XML_RPC_INSIDE) && !defined (XML_RPC_COMPILATION)
#error "Only <xmlrpc-glib/xmlrpc-glib.h> can be included directly."
#endif

#include <glib-object.h>

#include <xmlrpc-glib/xml-rpc-version-macros.h>

G_BEGIN_DECLS

/**
 * XML_RPC_ERROR:
 *
 * The error domain of messages that cannot be read or written; the codes are
 * [error@XmlRpc.Error].
 *
 * Since: 1.0
 */
#define XML_RPC_ERROR (xml_rpc_error_quark ())

/**
 * XML_RPC_FAULT:
 *
 * The error domain of faults, the errors that a server returns. The code is the
 * `faultCode` of the fault, any integer; the well-known ones are
 * [enum@XmlRpc.FaultCode]. The message is its `faultString`.
 *
 * The whole fault is in the error, too: see [func@XmlRpc.fault_get_value].
 *
 * Since: 1.0
 */
#define XML_RPC_FAULT (xml_rpc_fault_quark ())

/**
 * XML_RPC_HTTP_ERROR:
 *
 * The error domain of responses with an HTTP status outside 2xx. The code is the
 * HTTP status; the common ones are [error@XmlRpc.HttpError].
 *
 * Since: 1.0
 */
#define XML_RPC_HTTP_ERROR (xml_rpc_http_error_quark ())

/**
 * XmlRpcError:
 * @XML_RPC_ERROR_NOT_WELL_FORMED: the text is not XML, or it is XML with a
 *   document type declaration, which the library refuses (0)
 * @XML_RPC_ERROR_INVALID_MESSAGE: the text is XML, but not an XML-RPC message
 *   (1)
 * @XML_RPC_ERROR_INVALID_VALUE: a number is out of range, base64 is invalid, or
 *   a string has a character that XML cannot carry (2)
 * @XML_RPC_ERROR_TYPE_MISMATCH: the value is valid, but not of the type that
 *   was expected (3)
 * @XML_RPC_ERROR_UNSUPPORTED_TYPE: a [struct@GLib.Variant] of a type that
 *   XML-RPC has no form for (4)
 * @XML_RPC_ERROR_LIMIT_EXCEEDED: a size, the nesting or a number of calls is
 *   above its limit (5)
 *
 * The codes of errors in messages.
 *
 * Since: 1.0
 */
typedef enum
{
  XML_RPC_ERROR_NOT_WELL_FORMED,
  XML_RPC_ERROR_INVALID_MESSAGE,
  XML_RPC_ERROR_INVALID_VALUE,
  XML_RPC_ERROR_TYPE_MISMATCH,
  XML_RPC_ERROR_UNSUPPORTED_TYPE,
  XML_RPC_ERROR_LIMIT_EXCEEDED
} XmlRpcError;

/**
 * XmlRpcFaultCode:
 * @XML_RPC_FAULT_NOT_WELL_FORMED: the request is not well-formed XML (-32700)
 * @XML_RPC_FAULT_UNSUPPORTED_ENCODING: the XML declaration of the request names an
 *   encoding that the server does not know (-32701)
 * @XML_RPC_FAULT_INVALID_CHARACTER: the request has bytes that its encoding does not
 *   allow (-32702)
 * @XML_RPC_FAULT_INVALID_XML_RPC: the request is XML, but not XML-RPC (-32600)
 * @XML_RPC_FAULT_METHOD_NOT_FOUND: the server does not have this method (-32601)
 * @XML_RPC_FAULT_INVALID_PARAMS: the number or the types of the parameters are
 *   not those of the method (-32602)
 * @XML_RPC_FAULT_INTERNAL_ERROR: the server has a mistake: its method did not respond,
 *   or returned a value that cannot be sent or is not what its signature says (-32603)
 * @XML_RPC_FAULT_APPLICATION_ERROR: the method failed, or the client is not authorized
 *   (-32500)
 * @XML_RPC_FAULT_SYSTEM_ERROR: an error of the system (-32400)
 * @XML_RPC_FAULT_TRANSPORT_ERROR: an error of the transport (-32300)
 * @XML_RPC_FAULT_OTHER_CODE: the server sent a `faultCode` that is not an integer of 32
 *   bits, or none; this is %G_MININT (-2147483648)
 *
 * The fault codes that servers agree on, from the "Specification for Fault
 * Code Interoperability, version 20010516". A server is free to use any other
 * integer.
 *
 * `XML_RPC_FAULT_OTHER_CODE` is not one of them: servers do not send it.
 * [func@XmlRpc.fault_get_value] has what the server sent instead of an integer.
 *
 * Since: 1.0
 */
typedef enum
{
  XML_RPC_FAULT_NOT_WELL_FORMED      = -32700,
  XML_RPC_FAULT_UNSUPPORTED_ENCODING = -32701,
  XML_RPC_FAULT_INVALID_CHARACTER    = -32702,
  XML_RPC_FAULT_INVALID_XML_RPC      = -32600,
  XML_RPC_FAULT_METHOD_NOT_FOUND     = -32601,
  XML_RPC_FAULT_INVALID_PARAMS       = -32602,
  XML_RPC_FAULT_INTERNAL_ERROR       = -32603,
  XML_RPC_FAULT_APPLICATION_ERROR    = -32500,
  XML_RPC_FAULT_SYSTEM_ERROR         = -32400,
  XML_RPC_FAULT_TRANSPORT_ERROR      = -32300,
  XML_RPC_FAULT_OTHER_CODE           = G_MININT
} XmlRpcFaultCode;

/**
 * XmlRpcHttpError:
 * @XML_RPC_HTTP_ERROR_MOVED_PERMANENTLY: the server is at another address (301)
 * @XML_RPC_HTTP_ERROR_FOUND: the server is at another address for now (302)
 * @XML_RPC_HTTP_ERROR_TEMPORARY_REDIRECT: the server is at another address for
 *   now (307)
 * @XML_RPC_HTTP_ERROR_PERMANENT_REDIRECT: the server is at another address
 *   (308)
 * @XML_RPC_HTTP_ERROR_BAD_REQUEST: the server does not understand the request
 *   (400)
 * @XML_RPC_HTTP_ERROR_UNAUTHORIZED: user name and password are missing or wrong
 *   (401)
 * @XML_RPC_HTTP_ERROR_FORBIDDEN: the user may not do this (403)
 * @XML_RPC_HTTP_ERROR_NOT_FOUND: there is nothing at this path (404)
 * @XML_RPC_HTTP_ERROR_METHOD_NOT_ALLOWED: this path does not take POST (405)
 * @XML_RPC_HTTP_ERROR_PROXY_AUTHENTICATION_REQUIRED: the HTTP proxy wants a
 *   user name and a password (407)
 * @XML_RPC_HTTP_ERROR_CONTENT_TOO_LARGE: the request is too large for the
 *   server (413)
 * @XML_RPC_HTTP_ERROR_TOO_MANY_REQUESTS: the server wants fewer requests (429)
 * @XML_RPC_HTTP_ERROR_INTERNAL_SERVER_ERROR: the server failed (500)
 * @XML_RPC_HTTP_ERROR_BAD_GATEWAY: the server behind a gateway failed (502)
 * @XML_RPC_HTTP_ERROR_SERVICE_UNAVAILABLE: the server cannot respond now (503)
 * @XML_RPC_HTTP_ERROR_GATEWAY_TIMEOUT: the server behind a gateway is too slow
 *   (504)
 *
 * The HTTP statuses that a program is likely to tell apart (RFC 9110, section
 * 15). An error of this domain can have any other status as its code.
 *
 * Since: 1.0
 */
typedef enum
{
  XML_RPC_HTTP_ERROR_MOVED_PERMANENTLY             = 301,
  XML_RPC_HTTP_ERROR_FOUND                         = 302,
  XML_RPC_HTTP_ERROR_TEMPORARY_REDIRECT            = 307,
  XML_RPC_HTTP_ERROR_PERMANENT_REDIRECT            = 308,
  XML_RPC_HTTP_ERROR_BAD_REQUEST                   = 400,
  XML_RPC_HTTP_ERROR_UNAUTHORIZED                  = 401,
  XML_RPC_HTTP_ERROR_FORBIDDEN                     = 403,
  XML_RPC_HTTP_ERROR_NOT_FOUND                     = 404,
  XML_RPC_HTTP_ERROR_METHOD_NOT_ALLOWED            = 405,
  XML_RPC_HTTP_ERROR_PROXY_AUTHENTICATION_REQUIRED = 407,
  XML_RPC_HTTP_ERROR_CONTENT_TOO_LARGE             = 413,
  XML_RPC_HTTP_ERROR_TOO_MANY_REQUESTS             = 429,
  XML_RPC_HTTP_ERROR_INTERNAL_SERVER_ERROR         = 500,
  XML_RPC_HTTP_ERROR_BAD_GATEWAY                   = 502,
  XML_RPC_HTTP_ERROR_SERVICE_UNAVAILABLE           = 503,
  XML_RPC_HTTP_ERROR_GATEWAY_TIMEOUT               = 504
} XmlRpcHttpError;

XML_RPC_AVAILABLE_IN_1_0
GQuark    xml_rpc_error_quark           (void);
XML_RPC_AVAILABLE_IN_1_0
GQuark    xml_rpc_fault_quark           (void);
XML_RPC_AVAILABLE_IN_1_0
GQuark    xml_rpc_http_error_quark      (void);

XML_RPC_AVAILABLE_IN_1_0
GError   *xml_rpc_fault_new_from_value  (GVariant     *value);
XML_RPC_AVAILABLE_IN_1_0
GVariant *xml_rpc_fault_get_value       (const GError *fault);
XML_RPC_AVAILABLE_IN_1_0
GVariant *xml_rpc_fault_take_last_value (void);

G_END_DECLS
