/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-reply-private.h"

#include <xmlrpc-glib/xml-rpc-error.h>

#include "codec/xml-rpc-decoder-private.h"
#include "xml-rpc-headers-private.h"

struct _XmlRpcReply
{
  SoupMessage     *message;
  const XmlRpcUri *uri;
  XmlRpcDecoder   *decoder;
  gboolean         wants_json;
  gboolean         has_user;
  gboolean         has_authorization;
  guint64          size;
  guint64          max_size;
  GError          *error; /* why the body was not read to its end */
};

static void
set_charset (XmlRpcDecoder *decoder,
             SoupMessage   *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *content_type = soup_message_headers_get_one (headers, "Content-Type");
  g_autoptr (GHashTable) params = NULL;

  /* Most have no parameters, and then there is nothing to parse. */
  if (content_type == NULL || strchr (content_type, ';') == NULL)
    return;

  soup_message_headers_get_content_type (headers, &params);
  if (params != NULL)
    xml_rpc_decoder_set_charset (decoder, g_hash_table_lookup (params, "charset"));
}

XmlRpcReply *
xml_rpc_reply_new (SoupMessage             *message,
                   const XmlRpcUri         *uri,
                   const GVariantType      *type,
                   gboolean                 wants_json,
                   const XmlRpcCallOptions *options)
{
  XmlRpcReply *self = g_new0 (XmlRpcReply, 1);

  self->message = g_object_ref (message);
  self->uri = uri;
  self->wants_json = wants_json;
  self->decoder = wants_json ? xml_rpc_decoder_new_response_to_json () : xml_rpc_decoder_new_response (type);
  self->max_size = options->max_response_size;
  self->has_user = options->credentials != NULL;
  self->has_authorization = xml_rpc_headers_lookup (options->headers, "Authorization") != NULL;
  set_charset (self->decoder, message);

  return self;
}

void
xml_rpc_reply_free (XmlRpcReply *self)
{
  xml_rpc_decoder_free (self->decoder);
  g_object_unref (self->message);
  g_clear_error (&self->error);
  g_free (self);
}

gboolean
xml_rpc_reply_feed (XmlRpcReply *self,
                    const void  *data,
                    gsize        length)
{
  if (self->error != NULL)
    return FALSE;

  self->size += length;
  if (self->max_size > 0 && self->size > self->max_size)
    {
      self->error = xml_rpc_reply_error_too_large (self->max_size);
      return FALSE;
    }

  return xml_rpc_decoder_feed (self->decoder, data, length, &self->error);
}

GError *
xml_rpc_reply_error_too_large (guint64 max_size)
{
  return g_error_new (XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED,
                      "the answer is larger than %" G_GUINT64_FORMAT " bytes", max_size);
}

/* What the reader of the error can do about it, or NULL. */
static char *
get_advice (XmlRpcReply *self,
            guint        status)
{
  const char *location;

  if (status == SOUP_STATUS_UNAUTHORIZED && self->has_authorization)
    return g_strdup ("the server does not accept this Authorization");
  if (status == SOUP_STATUS_UNAUTHORIZED)
    return g_strdup (self->has_user
                     ? "the server does not accept this user name and password"
                     : "the server wants a user name and a password");

  location = soup_message_headers_get_one (soup_message_get_response_headers (self->message),
                                           "Location");
  if (SOUP_STATUS_IS_REDIRECTION (status) && location != NULL)
    {
      g_autofree char *target = xml_rpc_uri_resolve (self->uri, location);

      return g_strdup_printf ("redirected to %s", target);
    }

  return NULL;
}

static GError *
create_http_error (XmlRpcReply *self)
{
  guint status = soup_message_get_status (self->message);
  const char *reason = soup_message_get_reason_phrase (self->message);
  g_autofree char *phrase = NULL;
  g_autofree char *advice = get_advice (self, status);

  if (reason == NULL || *reason == '\0')
    reason = soup_status_get_phrase (status);
  phrase = g_utf8_make_valid (reason, -1);

  return g_error_new (XML_RPC_HTTP_ERROR, (int) status, "HTTP %u %s from %s%s%s",
                      status, phrase, self->uri->display,
                      advice != NULL ? ": " : "", advice != NULL ? advice : "");
}

static gboolean
is_xml (const char *content_type)
{
  static const char * const types[] = { "text/xml", "application/xml", NULL };
  g_autofree char *lower = g_ascii_strdown (content_type, -1);

  return g_strv_contains (types, lower) || g_str_has_suffix (lower, "+xml");
}

/* A decoder's error makes no sense to somebody whose server sent a web page. */
static void
explain_decoder_error (XmlRpcReply *self,
                       GError      *error)
{
  const char *content_type = NULL;

  if (error->domain != XML_RPC_ERROR || error->code == XML_RPC_ERROR_LIMIT_EXCEEDED)
    return;

  if (self->size == 0)
    {
      g_prefix_error_literal (&error, "the answer is empty: ");
      return;
    }

  content_type = soup_message_headers_get_content_type (soup_message_get_response_headers (self->message),
                                                        NULL);
  if (content_type != NULL && !is_xml (content_type))
    g_prefix_error (&error, "the answer is %s, not XML-RPC: ", content_type);
}

static gpointer
finish_value (XmlRpcReply  *self,
              GError      **error)
{
  if (self->wants_json)
    return xml_rpc_decoder_finish_response_to_json (self->decoder, error);

  return xml_rpc_decoder_finish_response (self->decoder, error);
}

static void
discard_value (XmlRpcReply *self,
               gpointer     value)
{
  if (self->wants_json)
    g_free (value);
  else if (value != NULL)
    g_variant_unref (value);
}

gpointer
xml_rpc_reply_finish (XmlRpcReply  *self,
                      GError      **error)
{
  gpointer value = NULL;
  g_autoptr (GError) local_error = g_steal_pointer (&self->error);

  if (local_error == NULL)
    value = finish_value (self, &local_error);

  if (local_error != NULL && local_error->domain == XML_RPC_FAULT)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  if (!SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (self->message)))
    {
      discard_value (self, value);
      g_propagate_error (error, create_http_error (self));
      return NULL;
    }

  if (local_error != NULL)
    {
      explain_decoder_error (self, local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return value;
}
