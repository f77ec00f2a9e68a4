/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-reply-private.h"

#include <xmlrpc-glib/xml-rpc-error.h>

#include <string.h>

#include "codec/xml-rpc-decoder-private.h"
#include "codec/xml-rpc-inflater-private.h"
#include "codec/xml-rpc-text-private.h"
#include "xml-rpc-excerpt-private.h"
#include "xml-rpc-headers-private.h"

/* It becomes a quarter of a megabyte at most. */
#define COMPRESSED_STEP 256

/* A header of gzip's makes a short body longer. */
#define MAX_COMPRESSION_OVERHEAD 1024

struct _XmlRpcReply
{
  XmlRpcHead       head;
  const XmlRpcUri *uri;
  XmlRpcDecoder   *decoder;
  XmlRpcInflater  *inflater;  /* NULL: it is not compressed, or libsoup has done it */
  gboolean         wants_json;
  gboolean         has_user;
  gboolean         has_authorization;
  GString         *begin;     /* of the body, to be quoted, or NULL */
  guint64          n_received;
  guint64          size;      /* decompressed */
  guint64          max_size;
  GError          *failure;   /* of the decoder, while what is to be quoted comes in */
  GError          *error;     /* why the body was not read to its end */
};

static void
set_charset (XmlRpcDecoder      *decoder,
             SoupMessageHeaders *headers)
{
  const char *content_type = soup_message_headers_get_one (headers, "Content-Type");
  g_autoptr (GHashTable) params = NULL;

  /* Most have no parameters, and then there is nothing to parse. */
  if (content_type == NULL || strchr (content_type, ';') == NULL)
    return;

  soup_message_headers_get_content_type (headers, &params);
  if (params != NULL)
    xml_rpc_decoder_set_charset (decoder, g_hash_table_lookup (params, "charset"));
}

static gboolean feed_decompressed (gpointer       user_data,
                                   const guint8  *data,
                                   gsize          length,
                                   GError       **error);

static void
set_compression (XmlRpcReply *self)
{
  const char *coding = soup_message_headers_get_list (self->head.headers, "Content-Encoding");

  if (coding != NULL && self->head.is_compressed)
    self->inflater = xml_rpc_inflater_new (coding, feed_decompressed, self);
}

XmlRpcReply *
xml_rpc_reply_new (const XmlRpcHead        *head,
                   const XmlRpcUri         *uri,
                   const GVariantType      *type,
                   gboolean                 wants_json,
                   const XmlRpcCallOptions *options)
{
  XmlRpcReply *self = g_new0 (XmlRpcReply, 1);

  self->head = *head;
  self->uri = uri;
  self->wants_json = wants_json;
  self->decoder = wants_json ? xml_rpc_decoder_new_response_to_json () : xml_rpc_decoder_new_response (type);
  xml_rpc_decoder_set_max_values (self->decoder, options->max_values);
  self->max_size = options->max_response_size;
  self->has_user = options->credentials != NULL;
  self->has_authorization = xml_rpc_headers_lookup (options->headers, "Authorization") != NULL;
  set_charset (self->decoder, head->headers);
  set_compression (self);

  return self;
}

void
xml_rpc_reply_free (XmlRpcReply *self)
{
  xml_rpc_decoder_free (self->decoder);
  g_clear_pointer (&self->inflater, xml_rpc_inflater_free);
  if (self->begin != NULL)
    g_string_free (self->begin, TRUE);
  g_clear_error (&self->failure);
  g_clear_error (&self->error);
  g_free (self);
}

static gboolean
is_success (XmlRpcReply *self)
{
  return SOUP_STATUS_IS_SUCCESSFUL (self->head.status);
}

static gboolean
is_xml (const char *content_type)
{
  const gsize length = strlen (content_type);

  return g_ascii_strcasecmp (content_type, "text/xml") == 0 ||
         g_ascii_strcasecmp (content_type, "application/xml") == 0 ||
         (length > strlen ("+xml") && g_ascii_strcasecmp (content_type + length - strlen ("+xml"), "+xml") == 0);
}

/* The Content-Type if it tells something else. */
static const char *
get_other_type (XmlRpcReply *self)
{
  const char *content_type = soup_message_headers_get_content_type (self->head.headers, NULL);

  return content_type != NULL && !is_xml (content_type) ? content_type : NULL;
}

static gboolean
begins_with (const guint8 *data,
             gsize         length,
             const char   *start)
{
  return length >= strlen (start) && memcmp (data, start, strlen (start)) == 0;
}

/* Whether the body is to be quoted if it turns out to be no XML-RPC. */
static gboolean
is_dubious (XmlRpcReply  *self,
            const guint8 *data,
            gsize         length)
{
  return !is_success (self) || get_other_type (self) != NULL ||
         (!begins_with (data, length, "<?xml") && !begins_with (data, length, "<methodResponse"));
}

static void
keep_begin (XmlRpcReply  *self,
           const guint8 *data,
           gsize         length)
{
  if (self->size == 0 && is_dubious (self, data, length))
    self->begin = g_string_new (NULL);
  if (self->begin != NULL && self->begin->len < XML_RPC_EXCERPT_MAX_HEAD)
    g_string_append_len (self->begin, (const char *) data,
                         (gssize) MIN (length, XML_RPC_EXCERPT_MAX_HEAD - self->begin->len));
}

static gboolean
check_size (XmlRpcReply  *self,
            guint64       size,
            GError      **error)
{
  if (self->max_size == 0 || size <= self->max_size)
    return TRUE;

  g_propagate_error (error, xml_rpc_reply_error_too_large (self->max_size));
  return FALSE;
}

static gboolean
is_not_xml_rpc (const GError *error)
{
  return g_error_matches (error, XML_RPC_ERROR, XML_RPC_ERROR_NOT_WELL_FORMED) ||
         g_error_matches (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_MESSAGE);
}

/* It goes on for what is to be quoted of a page, which need not come in one piece. */
static gboolean
wants_more_of_page (XmlRpcReply *self)
{
  return is_not_xml_rpc (self->failure) && self->begin != NULL && self->begin->len < XML_RPC_EXCERPT_MAX_HEAD;
}

static gboolean
feed_decompressed (gpointer       user_data,
                   const guint8  *data,
                   gsize          length,
                   GError       **error)
{
  XmlRpcReply *self = user_data;

  keep_begin (self, data, length);
  self->size += length;
  if (!check_size (self, self->size, error))
    return FALSE;
  if (self->failure == NULL && xml_rpc_decoder_feed (self->decoder, data, length, &self->failure))
    return TRUE;
  if (wants_more_of_page (self))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&self->failure));
  return FALSE;
}

static gboolean
feed_compressed (XmlRpcReply   *self,
                 const guint8  *data,
                 gsize          length,
                 GError       **error)
{
  /* What there is of it that decompresses to nothing has to have an end, too. */
  if (self->n_received > MAX_COMPRESSION_OVERHEAD &&
      !check_size (self, self->n_received - MAX_COMPRESSION_OVERHEAD, error))
    return FALSE;

  return xml_rpc_inflater_feed (self->inflater, data, length, error);
}

gboolean
xml_rpc_reply_feed (XmlRpcReply *self,
                    const void  *data,
                    gsize        length)
{
  if (self->error != NULL)
    return FALSE;

  /* Some servers, and proxies, have decompressed what they say is compressed. */
  if (self->n_received == 0 && *(const guint8 *) data == '<')
    g_clear_pointer (&self->inflater, xml_rpc_inflater_free);
  self->n_received += length;

  return self->inflater != NULL ? feed_compressed (self, data, length, &self->error)
                                : feed_decompressed (self, data, length, &self->error);
}

gsize
xml_rpc_reply_get_step (XmlRpcReply *self)
{
  return self->inflater != NULL ? COMPRESSED_STEP : G_MAXSIZE;
}

guint64
xml_rpc_reply_get_size (XmlRpcReply *self)
{
  return self->size;
}

gboolean
xml_rpc_reply_has_failed (XmlRpcReply *self)
{
  return self->failure != NULL;
}

GError *
xml_rpc_reply_error_too_large (guint64 max_size)
{
  return g_error_new (XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED,
                      "the response is larger than %" G_GUINT64_FORMAT " bytes", max_size);
}

static gboolean
is_password (const char *authorization)
{
  return g_ascii_strncasecmp (authorization, "Basic ", strlen ("Basic ")) == 0 ||
         g_ascii_strncasecmp (authorization, "Digest ", strlen ("Digest ")) == 0;
}

/* Whether a password was refused, or none was sent. */
static const char *
get_unauthorized_advice (XmlRpcReply *self)
{
  const char *sent = self->head.authorization;

  if (sent != NULL)
    return !self->has_authorization && is_password (sent)
           ? "the server does not accept this user name and password"
           : "the server does not accept this Authorization";
  if (self->has_user)
    return "the server wants a user name and a password, but has not asked for them as HTTP does, "
           "so they were not sent: authenticate-on-demand does not work with it";

  return "the server wants a user name and a password";
}

/* What the reader of the error can do about it, or NULL. */
static char *
get_advice (XmlRpcReply *self,
            guint        status)
{
  const char *location;

  if (status == SOUP_STATUS_UNAUTHORIZED)
    return g_strdup (get_unauthorized_advice (self));

  location = soup_message_headers_get_one (self->head.headers, "Location");
  if (SOUP_STATUS_IS_REDIRECTION (status) && location != NULL)
    {
      g_autofree char *target = xml_rpc_uri_resolve (self->uri, location);

      return g_strdup_printf ("redirected to %s", target);
    }

  return NULL;
}

/* What the server says, or NULL. */
static char *
get_excerpt (XmlRpcReply *self)
{
  return self->begin != NULL ? xml_rpc_excerpt_create (&self->head, self->begin->str, self->begin->len) : NULL;
}

static void
append_excerpt (GError     *error,
                const char *separator,
                const char *excerpt)
{
  g_autofree char *message = error->message;

  error->message = g_strdup_printf ("%s%sthe server says \"%s\"", message, separator, excerpt);
}

static GError *
create_http_error (XmlRpcReply *self,
                   const char  *excerpt)
{
  const guint status = self->head.status;
  const char *reason = self->head.reason;
  g_autofree char *phrase = NULL;
  g_autofree char *advice = get_advice (self, status);
  GError *error;

  if (reason == NULL || *reason == '\0')
    reason = soup_status_get_phrase (status);
  phrase = xml_rpc_text_show (reason);

  error = g_error_new (XML_RPC_HTTP_ERROR, (int) status, "HTTP %u %s from %s%s%s",
                       status, phrase, self->uri->display,
                       advice != NULL ? ": " : "", advice != NULL ? advice : "");
  if (excerpt != NULL)
    append_excerpt (error, advice != NULL ? "; " : ": ", excerpt);

  return error;
}

/* A decoder's error makes no sense to somebody whose server sent a web page. */
static void
explain_decoder_error (XmlRpcReply *self,
                       GError      *error)
{
  g_autofree char *excerpt = is_not_xml_rpc (error) ? get_excerpt (self) : NULL;
  const char *other_type = get_other_type (self);
  g_autofree char *shown_type = other_type != NULL ? xml_rpc_text_show (other_type) : NULL;

  if (error->domain != XML_RPC_ERROR || error->code == XML_RPC_ERROR_LIMIT_EXCEEDED)
    return;

  if (self->n_received == 0)
    g_prefix_error_literal (&error, "the response is empty: ");
  else if (shown_type != NULL)
    g_prefix_error (&error, "the response is %s, not XML-RPC: ", shown_type);
  if (excerpt != NULL)
    append_excerpt (error, "; ", excerpt);
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
  if (value == NULL)
    return;

  if (self->wants_json)
    g_bytes_unref (value);
  else
    g_variant_unref (value);
}

static gpointer
finish_body (XmlRpcReply  *self,
             GError      **error)
{
  if (self->inflater != NULL && self->n_received > 0 && !xml_rpc_inflater_finish (self->inflater, error))
    return NULL;

  return finish_value (self, error);
}

static GError *
take_error (XmlRpcReply *self)
{
  return self->failure != NULL ? g_steal_pointer (&self->failure) : g_steal_pointer (&self->error);
}

gpointer
xml_rpc_reply_finish (XmlRpcReply  *self,
                      GError      **error)
{
  gpointer value = NULL;
  g_autoptr (GError) local_error = take_error (self);

  if (local_error == NULL)
    value = finish_body (self, &local_error);

  if (local_error != NULL && local_error->domain == XML_RPC_FAULT)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  if (!is_success (self))
    {
      g_autofree char *excerpt = local_error != NULL ? get_excerpt (self) : NULL;

      discard_value (self, value);
      g_propagate_error (error, create_http_error (self, excerpt));
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
