/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The methods of a server. */

#include "xml-rpc-server-private.h"

/**
 * xml_rpc_server_add_method:
 * @self: a server
 * @name: the name of the method, such as `sample.add`
 * @signatures: (nullable) (array zero-terminated=1): the signatures, each the
 *   types separated by commas with the return type first (`"int,int,int"`);
 *   %NULL to take any parameters
 * @help: (nullable): what the method does, as plain text or HTML
 * @func: (scope notified) (closure user_data) (destroy destroy): what responds
 *   to the calls
 * @user_data: data for @func
 * @destroy: (nullable): what to do with @user_data when the method is removed, or cannot be
 *   added
 * @error: return location for an error
 *
 * Adds a method, or replaces the one that has that name.
 *
 * The types are those of XML-RPC: `int` (also `i4`), `boolean`, `double`, `string`,
 * `dateTime.iso8601`, `base64`, `array`, `struct`; beyond the specification `i1`, `i2`,
 * `i8`, `nil`, `biginteger` and `bigdecimal`, with or without the `ex:` of Apache; and
 * `any` for a value of any type. If there are signatures, a call whose parameters fit none
 * of them gets the fault [XML_RPC_FAULT_INVALID_PARAMS][enum@XmlRpc.FaultCode]. Otherwise
 * @func gets the parameters in exactly the types of the first that they fit: the natural
 * types that [class@XmlRpc.Value] lists. An `i1` and an `i2` are an `i` in their range.
 * An int fits where an i8 or a double is expected.
 *
 * A value that @func returns must have the type of the result of one of the signatures that
 * the parameters fit. An int may be returned as an i8 or a double, and any integer that is
 * in its range as an int. Otherwise the client gets the fault
 * [XML_RPC_FAULT_INTERNAL_ERROR][enum@XmlRpc.FaultCode], and a warning is logged the first
 * time. [XML_RPC_METHOD_UNCHECKED_RESULT][flags@XmlRpc.MethodFlags] turns the check off.
 *
 * Fails with `XML_RPC_ERROR`, and adds nothing:
 * [XML_RPC_ERROR_UNSUPPORTED_TYPE][error@XmlRpc.Error] if a signature names another type,
 * [XML_RPC_ERROR_INVALID_VALUE][error@XmlRpc.Error] if @name is empty, or if @name or @help
 * is not UTF-8 or has a character that XML cannot carry. In Python this is a ValueError, in
 * JavaScript a TypeError.
 *
 * Returns: %TRUE if the method was added
 *
 * Since: 1.0
 */
gboolean
xml_rpc_server_add_method (XmlRpcServer        *self,
                           const char          *name,
                           const char * const  *signatures,
                           const char          *help,
                           XmlRpcMethodFunc     func,
                           gpointer             user_data,
                           GDestroyNotify       destroy,
                           GError             **error)
{
  return xml_rpc_server_add_method_full (self, name, signatures, help, XML_RPC_METHOD_NONE,
                                         func, user_data, destroy, error);
}

/**
 * xml_rpc_server_add_method_full:
 * @self: a server
 * @name: the name of the method, such as `sample.add`
 * @signatures: (nullable) (array zero-terminated=1): the signatures; %NULL to take any
 *   parameters
 * @help: (nullable): what the method does, as plain text or HTML
 * @flags: how the method is called
 * @func: (scope notified) (closure user_data) (destroy destroy): what responds
 *   to the calls
 * @user_data: data for @func
 * @destroy: (nullable): what to do with @user_data when the method is removed, or cannot be
 *   added
 * @error: return location for an error
 *
 * Adds a method as [method@XmlRpc.Server.add_method] does, with flags.
 *
 * With [XML_RPC_METHOD_IN_THREAD][flags@XmlRpc.MethodFlags] @func is called in other threads,
 * several calls at once. It may still be running there when the method is removed or the
 * program releases @self; @user_data and @self are then released in the thread of the
 * server when it has returned. In JavaScript, which cannot be called in other threads, the
 * flag is a TypeError.
 *
 * Fails as [method@XmlRpc.Server.add_method].
 *
 * Returns: %TRUE if the method was added
 *
 * Since: 1.0
 */
gboolean
xml_rpc_server_add_method_full (XmlRpcServer        *self,
                                const char          *name,
                                const char * const  *signatures,
                                const char          *help,
                                XmlRpcMethodFlags    flags,
                                XmlRpcMethodFunc     func,
                                gpointer             user_data,
                                GDestroyNotify       destroy,
                                GError             **error)
{
  XmlRpcMethod *method;

  g_return_val_if_fail (XML_RPC_IS_SERVER (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (func != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  method = xml_rpc_method_new (name, signatures, help, flags, func, user_data, destroy, error);
  if (method == NULL)
    return FALSE;

  xml_rpc_service_add_method (&xml_rpc_server_get_private (self)->service, name, method);
  return TRUE;
}

/**
 * xml_rpc_server_remove_method:
 * @self: a server
 * @name: the name of the method
 *
 * Removes a method. Calls of it that are in progress can still get their responses.
 *
 * Returns: whether there was one
 *
 * Since: 1.0
 */
gboolean
xml_rpc_server_remove_method (XmlRpcServer *self,
                              const char   *name)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  return xml_rpc_service_remove_method (&xml_rpc_server_get_private (self)->service, name);
}
