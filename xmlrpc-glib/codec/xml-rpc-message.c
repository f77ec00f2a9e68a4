/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-message-private.h"

#include "xml-rpc-decoder-private.h"
#include "xml-rpc-fault-private.h"
#include "xml-rpc-stream-private.h"

#define DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

/* The message if nothing failed; @root is what errors call the value. */
static GBytes *
finish_message (XmlRpcSink  *sink,
                const char   *root,
                GError      **error)
{
  GBytes *message = NULL;

  if (xml_rpc_sink_propagate (sink, root, error))
    message = xml_rpc_buffer_steal (&sink->text);
  xml_rpc_sink_clear (sink);

  return message;
}

static gboolean
add_method_name (XmlRpcSink *sink,
                 const char  *method_name)
{
  xml_rpc_sink_add_literal (sink, DECLARATION "<methodCall><methodName>");
  if (*method_name != '\0')
    xml_rpc_to_xml_add_string (sink, method_name);
  else
    xml_rpc_sink_fail (sink, XML_RPC_ERROR_INVALID_VALUE, "expected a name, got an empty string");
  xml_rpc_sink_add_literal (sink, "</methodName><params>");

  return !xml_rpc_sink_has_failed (sink);
}

/**
 * xml_rpc_encode_call:
 * @method_name: the name of the method, such as `meerkat.getItems`
 * @params: (nullable): the parameters, a tuple; %NULL for none
 * @error: return location for an error
 *
 * Creates the body of a request, a `<methodCall>` in UTF-8 ("Request format" of the XML-RPC
 * specification).
 *
 * Every child of the tuple is a parameter. If @params is floating, it is
 * consumed.
 *
 * Fails with `XML_RPC_ERROR`: [XML_RPC_ERROR_UNSUPPORTED_TYPE][error@XmlRpc.Error]
 * for a type that XML-RPC has no form for,
 * [XML_RPC_ERROR_TYPE_MISMATCH][error@XmlRpc.Error] if @params is not a tuple,
 * [XML_RPC_ERROR_INVALID_VALUE][error@XmlRpc.Error] for a string with a character
 * that XML cannot carry, a number that is not finite or above 2⁶³ - 1, an empty
 * method name, and [XML_RPC_ERROR_LIMIT_EXCEEDED][error@XmlRpc.Error] for arrays
 * and structs nested more than 40 deep. The message says where.
 *
 * Returns: (transfer full): the body
 *
 * Since: 1.0
 */
GBytes *
xml_rpc_encode_call (const char  *method_name,
                     GVariant    *params,
                     GError     **error)
{
  G_GNUC_UNUSED g_autoptr (GVariant) sunk = params != NULL ? g_variant_ref_sink (params) : NULL;
  XmlRpcSink sink;

  g_return_val_if_fail (method_name != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (params != NULL && !g_variant_is_of_type (params, G_VARIANT_TYPE_TUPLE))
    {
      g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_TYPE_MISMATCH,
                   "params: expected a tuple, with a child for each parameter, got the type \"%s\"",
                   g_variant_get_type_string (params));
      return NULL;
    }

  xml_rpc_sink_init (&sink, &xml_rpc_to_xml_ops);
  if (!add_method_name (&sink, method_name))
    return finish_message (&sink, "method name", error);

  if (params != NULL)
    xml_rpc_from_variant_tell_params (params, &sink);
  xml_rpc_sink_add_literal (&sink, "</params></methodCall>\n");

  return finish_message (&sink, "params", error);
}

GBytes *
xml_rpc_encode_call_from_json (const char  *method_name,
                               const char  *params,
                               GError     **error)
{
  XmlRpcSink sink;

  xml_rpc_sink_init (&sink, &xml_rpc_to_xml_ops);
  if (!add_method_name (&sink, method_name))
    return finish_message (&sink, "method name", error);

  if (params != NULL)
    xml_rpc_from_json_tell_params (params, &sink);
  xml_rpc_sink_add_literal (&sink, "</params></methodCall>\n");

  return finish_message (&sink, "params", error);
}

/**
 * xml_rpc_encode_response:
 * @value: the value that the method returns
 * @error: return location for an error
 *
 * Creates the body of a response, a `<methodResponse>` in UTF-8 ("Response format" of the
 * XML-RPC specification).
 *
 * If @value is floating, it is consumed. Fails as [func@XmlRpc.encode_call].
 *
 * Returns: (transfer full): the body
 *
 * Since: 1.0
 */
GBytes *
xml_rpc_encode_response (GVariant  *value,
                         GError   **error)
{
  G_GNUC_UNUSED g_autoptr (GVariant) sunk = value != NULL ? g_variant_ref_sink (value) : NULL;
  XmlRpcSink sink;

  g_return_val_if_fail (value != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  xml_rpc_sink_init (&sink, &xml_rpc_to_xml_ops);
  xml_rpc_sink_add_literal (&sink, DECLARATION "<methodResponse><params><param>");
  xml_rpc_from_variant_tell_value (value, &sink);
  xml_rpc_sink_add_literal (&sink, "</param></params></methodResponse>\n");

  return finish_message (&sink, "value", error);
}

/**
 * xml_rpc_encode_fault:
 * @code: the `faultCode`, one of [enum@XmlRpc.FaultCode] or any other
 * @message: the `faultString`, for people
 * @error: return location for an error
 *
 * Creates the body of a response that says that a call failed, a `<methodResponse>` with a
 * `<fault>` ("Fault example" of the XML-RPC specification).
 *
 * Fails with [XML_RPC_ERROR_INVALID_VALUE][error@XmlRpc.Error] if @message is not
 * UTF-8 or has a character that XML cannot carry.
 *
 * Returns: (transfer full): the body
 *
 * Since: 1.0
 */
GBytes *
xml_rpc_encode_fault (int          code,
                      const char  *message,
                      GError     **error)
{
  XmlRpcSink sink;

  g_return_val_if_fail (message != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  xml_rpc_sink_init (&sink, &xml_rpc_to_xml_ops);
  xml_rpc_sink_add_literal (&sink, DECLARATION
                              "<methodResponse><fault><value><struct><member><name>faultCode</name>");
  sink.ops->add_integer (&sink, &xml_rpc_types[XML_RPC_VALUE_INT], code);
  xml_rpc_sink_add_literal (&sink, "</member><member><name>faultString</name><value><string>");
  xml_rpc_to_xml_add_string (&sink, message);
  xml_rpc_sink_add_literal (&sink, "</string></value></member></struct></value></fault></methodResponse>\n");

  return finish_message (&sink, "fault message", error);
}

/**
 * xml_rpc_encode_fault_value:
 * @value: the fault: a struct with a `faultCode`, a `faultString`, and any other members. A
 *   floating reference is sunk
 * @error: return location for an error
 *
 * Creates the body of a response that says that a call failed, as
 * [func@XmlRpc.encode_fault] does, with a fault of any form. Clients expect at least a
 * `faultCode`, an `int`, and a `faultString`.
 *
 * Fails as [func@XmlRpc.encode_response].
 *
 * Returns: (transfer full): the body
 *
 * Since: 1.0
 */
GBytes *
xml_rpc_encode_fault_value (GVariant  *value,
                            GError   **error)
{
  G_GNUC_UNUSED g_autoptr (GVariant) sunk = value != NULL ? g_variant_ref_sink (value) : NULL;
  XmlRpcSink sink;

  g_return_val_if_fail (value != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  xml_rpc_sink_init (&sink, &xml_rpc_to_xml_ops);
  xml_rpc_sink_add_literal (&sink, DECLARATION "<methodResponse><fault>");
  xml_rpc_from_variant_tell_value (value, &sink);
  xml_rpc_sink_add_literal (&sink, "</fault></methodResponse>\n");

  return finish_message (&sink, "fault", error);
}

static gboolean
feed_bytes (XmlRpcDecoder  *decoder,
            GBytes         *body,
            GError        **error)
{
  gsize length;
  const void *data = g_bytes_get_data (body, &length);

  return xml_rpc_decoder_feed (decoder, data, length, error);
}

/**
 * xml_rpc_decode_call:
 * @body: the body of a request
 * @params_type: (nullable): the expected types of the parameters, a tuple; %NULL
 *   for the natural types of what came
 * @method_name: (out) (transfer full): the name of the method
 * @params: (out) (transfer full): the parameters, a tuple; `()` if there are
 *   none
 * @error: return location for an error
 *
 * Parses a `<methodCall>` ("Request format" of the XML-RPC specification).
 *
 * Fails with `XML_RPC_ERROR`: [XML_RPC_ERROR_NOT_WELL_FORMED][error@XmlRpc.Error]
 * if @body is not XML or has a document type declaration,
 * [XML_RPC_ERROR_INVALID_MESSAGE][error@XmlRpc.Error] if it is not a call,
 * [XML_RPC_ERROR_INVALID_VALUE][error@XmlRpc.Error] for a number out of range, bad
 * base64 and the like, [XML_RPC_ERROR_TYPE_MISMATCH][error@XmlRpc.Error] if the
 * parameters do not fit @params_type,
 * [XML_RPC_ERROR_UNSUPPORTED_TYPE][error@XmlRpc.Error] if no parameters could, and
 * [XML_RPC_ERROR_LIMIT_EXCEEDED][error@XmlRpc.Error] for arrays and structs nested
 * more than 40 deep. The message says where.
 *
 * Returns: %TRUE, or %FALSE with @error set
 *
 * Since: 1.0
 */
gboolean
xml_rpc_decode_call (GBytes              *body,
                     const GVariantType  *params_type,
                     char               **method_name,
                     GVariant           **params,
                     GError             **error)
{
  g_autoptr (XmlRpcDecoder) decoder = NULL;

  g_return_val_if_fail (body != NULL, FALSE);
  g_return_val_if_fail (params_type == NULL ||
                        g_variant_type_is_tuple (params_type), FALSE);
  g_return_val_if_fail (method_name != NULL && params != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  decoder = xml_rpc_decoder_new_call (params_type);

  return feed_bytes (decoder, body, error) &&
         xml_rpc_decoder_finish_call (decoder, method_name, params, error);
}

/**
 * xml_rpc_decode_response:
 * @body: the body of a response
 * @type: (nullable): the expected type of the value; %NULL for the natural type
 *   of what came
 * @error: return location for an error
 *
 * Parses a `<methodResponse>` ("Response format" of the XML-RPC specification).
 *
 * A @type that is not definite, such as `a{s*}`, is a pattern that the natural type of the
 * value has to match.
 *
 * Some servers send several values, such as a status and a text. Without a @type they become
 * a tuple of natural types, such as `(is)`. A @type that is a tuple reads them, or an array
 * that is the only value.
 *
 * A fault is an error of the domain `XML_RPC_FAULT`, with the fault's code and
 * message; [func@XmlRpc.fault_get_value] returns all of it. Otherwise fails as
 * [func@XmlRpc.decode_call].
 *
 * Returns: (transfer full): the value
 *
 * Since: 1.0
 */
GVariant *
xml_rpc_decode_response (GBytes              *body,
                         const GVariantType  *type,
                         GError             **error)
{
  g_autoptr (XmlRpcDecoder) decoder = NULL;

  g_return_val_if_fail (body != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  decoder = xml_rpc_decoder_new_response (type);

  if (!feed_bytes (decoder, body, error))
    return NULL;
  return xml_rpc_decoder_finish_response (decoder, error);
}

/**
 * xml_rpc_decode_response_json:
 * @body: the body of a response
 * @fault: (out) (optional) (nullable) (transfer full): return location for a fault as JSON,
 *   or %NULL to have it as an error
 * @error: return location for an error
 *
 * Parses a `<methodResponse>` as [func@XmlRpc.decode_response] does, and converts its value
 * to JSON as [func@XmlRpc.variant_to_json] does. Several values are `{"$params": [...]}`.
 *
 * If the response is a fault and @fault is not %NULL, then @fault becomes the fault as
 * [method@XmlRpc.ServerProxy.call_json] tells one, and the function returns %NULL without
 * setting @error. In all other cases @fault becomes %NULL.
 *
 * Returns: (transfer full) (nullable): the value, as JSON, or %NULL on error and for a fault
 *
 * Since: 1.0
 */
char *
xml_rpc_decode_response_json (GBytes  *body,
                              char   **fault,
                              GError **error)
{
  g_autoptr (XmlRpcDecoder) decoder = NULL;
  GError *failure = NULL;
  GBytes *json = NULL;
  gsize size;

  g_return_val_if_fail (body != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (fault != NULL)
    *fault = NULL;

  decoder = xml_rpc_decoder_new_response_to_json ();
  if (feed_bytes (decoder, body, &failure))
    json = xml_rpc_decoder_finish_response_to_json (decoder, &failure);
  if (json == NULL)
    xml_rpc_fault_propagate (failure, fault, error);

  return json != NULL ? g_bytes_unref_to_data (json, &size) : NULL;
}
