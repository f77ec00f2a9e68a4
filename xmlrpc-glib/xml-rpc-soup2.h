/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* libsoup 2.4's XML-RPC, for programs that move to libsoup 3 and want to keep
 * what they have: its names and its GVariant conventions, on top of xmlrpc-glib.
 * docs/migrating-from-libsoup-2.4.md says what differs, and what else there is.
 *
 * Everything is static, so that nothing is added to the library, and no two
 * programs can clash. xmlrpc-glib.h does not include this header. */

#pragma once

#include <string.h>

#include <libsoup/soup.h>
#include <xmlrpc-glib/xmlrpc-glib.h>

G_BEGIN_DECLS

/* Errors: libsoup's domain for what is not XML-RPC; a fault has our domain under
 * libsoup's name. */

#define SOUP_XMLRPC_ERROR (soup_xmlrpc_error_quark ())
#define SOUP_XMLRPC_FAULT (soup_xmlrpc_fault_quark ())

typedef enum
{
  SOUP_XMLRPC_ERROR_ARGUMENTS,
  SOUP_XMLRPC_ERROR_RETVAL
} SoupXMLRPCError;

typedef enum
{
  SOUP_XMLRPC_FAULT_PARSE_ERROR_NOT_WELL_FORMED = -32700,
  SOUP_XMLRPC_FAULT_PARSE_ERROR_UNSUPPORTED_ENCODING = -32701,
  SOUP_XMLRPC_FAULT_PARSE_ERROR_INVALID_CHARACTER_FOR_ENCODING = -32702,
  SOUP_XMLRPC_FAULT_SERVER_ERROR_INVALID_XML_RPC = -32600,
  SOUP_XMLRPC_FAULT_SERVER_ERROR_REQUESTED_METHOD_NOT_FOUND = -32601,
  SOUP_XMLRPC_FAULT_SERVER_ERROR_INVALID_METHOD_PARAMETERS = -32602,
  SOUP_XMLRPC_FAULT_SERVER_ERROR_INTERNAL_XML_RPC_ERROR = -32603,
  SOUP_XMLRPC_FAULT_APPLICATION_ERROR = -32500,
  SOUP_XMLRPC_FAULT_SYSTEM_ERROR = -32400,
  SOUP_XMLRPC_FAULT_TRANSPORT_ERROR = -32300
} SoupXMLRPCFault;

static inline GQuark
soup_xmlrpc_error_quark (void)
{
  return g_quark_from_static_string ("soup_xmlrpc_error_quark");
}

static inline GQuark
soup_xmlrpc_fault_quark (void)
{
  return xml_rpc_fault_quark ();
}

/* Hands on an error of xmlrpc-glib's as libsoup would have reported it. */
static inline void
xml_rpc_soup2_propagate_error (GError **error,
                               GError  *ours)
{
  if (ours->domain == XML_RPC_ERROR)
    {
      ours->domain = SOUP_XMLRPC_ERROR;
      ours->code = SOUP_XMLRPC_ERROR_ARGUMENTS;
    }

  g_propagate_error (error, ours);
}

/* A message as text; NULL where there is an error of xmlrpc-glib's instead. */
static inline char *
xml_rpc_soup2_convert_body (GBytes  *body,
                            GError  *ours,
                            GError **error)
{
  if (body != NULL)
    return g_strndup ((const char *) g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  xml_rpc_soup2_propagate_error (error, ours);
  return NULL;
}

static inline GBytes *
xml_rpc_soup2_copy_text (const char *text,
                         int         length)
{
  return g_bytes_new (text, length == -1 ? strlen (text) : (gsize) length);
}

/* FALSE for a type that no value has, such as "a*". */
static inline gboolean
xml_rpc_soup2_check_signature (const char  *signature,
                               GError     **error)
{
  if (signature == NULL || g_variant_type_is_definite (G_VARIANT_TYPE (signature)))
    return TRUE;

  g_set_error (error, SOUP_XMLRPC_ERROR, SOUP_XMLRPC_ERROR_ARGUMENTS,
               "expected the type of a value, got \"%s\"", signature);
  return FALSE;
}

/* Client */

/* The text of a methodCall; @params is a tuple. */
static inline char *
soup_xmlrpc_build_request (const char  *method_name,
                           GVariant    *params,
                           GError     **error)
{
  GError *ours = NULL;
  g_autoptr (GBytes) body = xml_rpc_encode_call (method_name, params, &ours);

  return xml_rpc_soup2_convert_body (body, ours, error);
}

/* The message of a methodCall, for soup_session_send_and_read(). */
static inline SoupMessage *
soup_xmlrpc_message_new (const char  *uri,
                         const char  *method_name,
                         GVariant    *params,
                         GError     **error)
{
  GError *ours = NULL;
  g_autoptr (GBytes) body = xml_rpc_encode_call (method_name, params, &ours);
  SoupMessage *message;

  if (body == NULL)
    {
      xml_rpc_soup2_propagate_error (error, ours);
      return NULL;
    }

  message = soup_message_new (SOUP_METHOD_POST, uri);
  if (message != NULL)
    soup_message_set_request_body_from_bytes (message, "text/xml", body);
  else
    g_set_error (error, SOUP_XMLRPC_ERROR, SOUP_XMLRPC_ERROR_ARGUMENTS, "invalid URI \"%s\"", uri);

  return message;
}

/* The value of a methodResponse, as the type @signature, or as its natural type
 * if that is NULL. A fault is an error of the domain SOUP_XMLRPC_FAULT. */
static inline GVariant *
soup_xmlrpc_parse_response (const char  *method_response,
                            int          length,
                            const char  *signature,
                            GError     **error)
{
  g_autoptr (GBytes) body = NULL;
  GError *ours = NULL;
  GVariant *value;

  g_return_val_if_fail (signature == NULL || g_variant_type_string_is_valid (signature), NULL);

  if (!xml_rpc_soup2_check_signature (signature, error))
    return NULL;

  body = xml_rpc_soup2_copy_text (method_response, length);
  value = xml_rpc_decode_response (body, (const GVariantType *) signature, &ours);
  if (value == NULL)
    xml_rpc_soup2_propagate_error (error, ours);

  return value;
}

/* Server */

/* The parameters of a call, until the method says of which types they are. */
typedef struct
{
  /*< private >*/
  GBytes   *body;
  GVariant *natural; /* a tuple; NULL if there is a value that has no natural type */
} SoupXMLRPCParams;

static inline void
soup_xmlrpc_params_free (SoupXMLRPCParams *self)
{
  g_return_if_fail (self != NULL);

  g_bytes_unref (self->body);
  g_clear_pointer (&self->natural, g_variant_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SoupXMLRPCParams, soup_xmlrpc_params_free)

/* The parameters as the tuple @type, or as natural types if that is NULL. */
static inline GVariant *
xml_rpc_soup2_decode_tuple (SoupXMLRPCParams    *self,
                            const GVariantType  *type,
                            GError             **error)
{
  g_autofree char *method_name = NULL;
  GVariant *params = NULL;
  GError *ours = NULL;

  if (!xml_rpc_decode_call (self->body, type, &method_name, &params, &ours))
    xml_rpc_soup2_propagate_error (error, ours);

  return params;
}

/* The type of a tuple of @n_items. */
static inline GVariantType *
xml_rpc_soup2_repeat_type (const GVariantType *item_type,
                           gsize               n_items)
{
  g_autoptr (GString) text = g_string_new ("(");
  gsize i;

  for (i = 0; i < n_items; i++)
    g_string_append_len (text, (const char *) item_type, (gssize) g_variant_type_get_string_length (item_type));
  g_string_append_c (text, ')');

  return g_variant_type_new (text->str);
}

/* The parameters as an array, read as a tuple of as many items. */
static inline GVariant *
xml_rpc_soup2_decode_array (SoupXMLRPCParams    *self,
                            const GVariantType  *item_type,
                            GError             **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  g_autoptr (GVariantType) type = NULL;
  g_autoptr (GVariant) tuple = NULL;
  gsize i;

  if (self->natural == NULL)
    return xml_rpc_soup2_decode_tuple (self, NULL, error);

  type = xml_rpc_soup2_repeat_type (item_type, g_variant_n_children (self->natural));
  tuple = xml_rpc_soup2_decode_tuple (self, type, error);
  if (tuple == NULL)
    return NULL;

  for (i = 0; i < g_variant_n_children (tuple); i++)
    g_ptr_array_add (items, g_variant_get_child_value (tuple, i));

  return g_variant_ref_sink (g_variant_new_array (item_type, (GVariant **) items->pdata, items->len));
}

/* The parameters as the type @signature, which is a tuple, or an array, or "v";
 * as "av" if it is NULL. */
static inline GVariant *
soup_xmlrpc_params_parse (SoupXMLRPCParams  *self,
                          const char        *signature,
                          GError           **error)
{
  const GVariantType *type = (const GVariantType *) (signature != NULL ? signature : "av");

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (signature == NULL || g_variant_type_string_is_valid (signature), NULL);

  if (!xml_rpc_soup2_check_signature (signature, error))
    return NULL;

  if (g_variant_type_is_tuple (type))
    return xml_rpc_soup2_decode_tuple (self, type, error);
  if (g_variant_type_is_array (type))
    return xml_rpc_soup2_decode_array (self, g_variant_type_element (type), error);

  if (g_variant_type_is_variant (type))
    {
      g_autoptr (GVariant) array = xml_rpc_soup2_decode_array (self, G_VARIANT_TYPE_VARIANT, error);

      return array != NULL ? g_variant_ref_sink (g_variant_new_variant (array)) : NULL;
    }

  g_set_error (error, SOUP_XMLRPC_ERROR, SOUP_XMLRPC_ERROR_ARGUMENTS,
               "expected a tuple or an array as the type of the parameters, got \"%s\"", signature);
  return NULL;
}

/* The name of a method whose parameters cannot be read: that of the call without
 * them. */
static inline char *
xml_rpc_soup2_decode_method_name (GBytes *body)
{
  static const char tag[] = "</methodName>";
  g_autofree char *text = g_strndup ((const char *) g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  char *end = strstr (text, tag);
  g_autofree char *call = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GVariant) params = NULL;
  char *method_name = NULL;

  if (end == NULL)
    return NULL;

  *end = '\0';
  call = g_strconcat (text, tag, "</methodCall>", NULL);
  bytes = g_bytes_new_static (call, strlen (call));
  xml_rpc_decode_call (bytes, NULL, &method_name, &params, NULL);

  return method_name;
}

/* The name of the method, and its parameters, if they are wanted, to be read by
 * soup_xmlrpc_params_parse(). */
static inline char *
soup_xmlrpc_parse_request (const char        *method_call,
                           int                length,
                           SoupXMLRPCParams **params,
                           GError           **error)
{
  g_autoptr (GBytes) body = xml_rpc_soup2_copy_text (method_call, length);
  g_autoptr (GVariant) natural = NULL;
  GError *ours = NULL;
  char *method_name = NULL;

  /* A wrong value is for soup_xmlrpc_params_parse() to report. */
  if (!xml_rpc_decode_call (body, NULL, &method_name, &natural, &ours) &&
      g_error_matches (ours, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE))
    method_name = xml_rpc_soup2_decode_method_name (body);

  if (method_name == NULL)
    {
      xml_rpc_soup2_propagate_error (error, ours);
      return NULL;
    }
  g_clear_error (&ours);

  if (params != NULL)
    {
      *params = g_new0 (SoupXMLRPCParams, 1);
      (*params)->body = g_steal_pointer (&body);
      (*params)->natural = g_steal_pointer (&natural);
    }

  return method_name;
}

/* The text of a methodResponse. */
static inline char *
soup_xmlrpc_build_response (GVariant  *value,
                            GError   **error)
{
  GError *ours = NULL;
  g_autoptr (GBytes) body = xml_rpc_encode_response (value, &ours);

  return xml_rpc_soup2_convert_body (body, ours, error);
}

static inline char * xml_rpc_soup2_build_faultv (int         fault_code,
                                                 const char *fault_format,
                                                 va_list     args) G_GNUC_PRINTF (2, 0);

static inline char *
xml_rpc_soup2_build_faultv (int         fault_code,
                            const char *fault_format,
                            va_list     args)
{
  g_autofree char *message = g_strdup_vprintf (fault_format, args);
  g_autoptr (GBytes) body = xml_rpc_encode_fault (fault_code, message, NULL);

  if (body == NULL)
    body = xml_rpc_encode_fault (fault_code, "(a message that XML cannot carry)", NULL);

  return xml_rpc_soup2_convert_body (body, NULL, NULL);
}

/* The text of a methodResponse that is a fault. */
static inline char * soup_xmlrpc_build_fault (int         fault_code,
                                              const char *fault_format,
                                              ...) G_GNUC_PRINTF (2, 3);

static inline char *
soup_xmlrpc_build_fault (int         fault_code,
                         const char *fault_format,
                         ...)
{
  va_list args;
  char *body;

  va_start (args, fault_format);
  body = xml_rpc_soup2_build_faultv (fault_code, fault_format, args);
  va_end (args);

  return body;
}

static inline void
xml_rpc_soup2_take_response (SoupServerMessage *message,
                             char              *body)
{
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "text/xml", SOUP_MEMORY_TAKE, body, strlen (body));
}

/* Answers a call with a value. */
static inline gboolean
soup_xmlrpc_message_set_response (SoupServerMessage  *message,
                                  GVariant           *value,
                                  GError            **error)
{
  char *body = soup_xmlrpc_build_response (value, error);

  if (body == NULL)
    return FALSE;

  xml_rpc_soup2_take_response (message, body);
  return TRUE;
}

/* Answers a call with a fault. */
static inline void soup_xmlrpc_message_set_fault (SoupServerMessage *message,
                                                  int                fault_code,
                                                  const char        *fault_format,
                                                  ...) G_GNUC_PRINTF (3, 4);

static inline void
soup_xmlrpc_message_set_fault (SoupServerMessage *message,
                               int                fault_code,
                               const char        *fault_format,
                               ...)
{
  va_list args;

  va_start (args, fault_format);
  xml_rpc_soup2_take_response (message, xml_rpc_soup2_build_faultv (fault_code, fault_format, args));
  va_end (args);
}

/* Dates. Their GVariant has a type that only "v" and "*" should be used for, as
 * in g_variant_new ("(v)", soup_xmlrpc_variant_new_datetime (date)). */

/* A date by its wall clock: XML-RPC's have no time zone. Returns a floating
 * reference. */
static inline GVariant *
soup_xmlrpc_variant_new_datetime (GDateTime *date)
{
  g_autoptr (XmlRpcDateTime) value = xml_rpc_date_time_new (date);
  GVariant *variant = xml_rpc_value_get_variant ((XmlRpcValue *) value);
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (variant);

  return g_variant_new_from_bytes (g_variant_get_type (variant), bytes, TRUE);
}

/* The date in a value of a message; in UTC where the text has no time zone. */
static inline GDateTime *
soup_xmlrpc_variant_get_datetime (GVariant  *variant,
                                  GError   **error)
{
  GError *ours = NULL;
  g_autoptr (XmlRpcValue) value = xml_rpc_value_new (variant, &ours);
  GDateTime *date = NULL;

  if (value != NULL && XML_RPC_IS_DATE_TIME (value))
    date = xml_rpc_date_time_to_date_time ((XmlRpcDateTime *) value, NULL, &ours);
  else if (value != NULL)
    g_set_error (&ours, XML_RPC_ERROR, XML_RPC_ERROR_TYPE_MISMATCH,
                 "expected a dateTime.iso8601, got a value of the type \"%s\"",
                 g_variant_get_type_string (variant));

  if (date == NULL)
    xml_rpc_soup2_propagate_error (error, ours);

  return date;
}

G_END_DECLS
