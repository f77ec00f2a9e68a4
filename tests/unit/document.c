/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "documents.h"

#include <xmlrpc-glib/xml-rpc-message.h>
#include <xmlrpc-glib/xml-rpc-error.h>

#include <string.h>

GBytes *
document_get_bytes (const Document *self)
{
  const char *encoding = self->encoding != NULL ? self->encoding : "UTF-8";
  gsize length = strlen (self->xml);
  char *bytes;

  if (self->encoding == NULL)
    return g_bytes_new_static (self->xml, length);

  bytes = g_convert (self->xml, length, encoding, "UTF-8", NULL, &length, NULL);
  g_assert_nonnull (bytes);
  return g_bytes_new_take (bytes, length);
}

XmlRpcDecoder *
document_new_decoder (const Document *self)
{
  const GVariantType *type = self->type != NULL ? G_VARIANT_TYPE (self->type) : NULL;
  XmlRpcDecoder *decoder;

  decoder = self->is_call ? xml_rpc_decoder_new_call (type) : xml_rpc_decoder_new_response (type);
  xml_rpc_decoder_set_charset (decoder, self->charset);

  return decoder;
}

GVariant *
decoder_finish (XmlRpcDecoder  *decoder,
                gboolean        is_call,
                GError        **error)
{
  g_autofree char *method_name = NULL;
  g_autoptr (GVariant) params = NULL;

  if (!is_call)
    return xml_rpc_decoder_finish_response (decoder, error);
  if (!xml_rpc_decoder_finish_call (decoder, &method_name, &params, error))
    return NULL;

  g_assert_false (g_variant_is_floating (params));
  return g_variant_ref_sink (g_variant_new ("(s@*)", method_name, params));
}

/* Takes the decoder. */
static GVariant *
decode_with (const Document  *self,
             XmlRpcDecoder   *new_decoder,
             gsize            first,
             gsize            others,
             GError         **error)
{
  g_autoptr (GBytes) bytes = document_get_bytes (self);
  g_autoptr (XmlRpcDecoder) decoder = new_decoder;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  gsize size = first;

  while (length > 0)
    {
      /* A copy of its own, so that reading past its end is seen. */
      g_autofree char *piece = g_memdup2 (data, MIN (size, length));

      if (!xml_rpc_decoder_feed (decoder, piece, MIN (size, length), error))
        return NULL;
      data += MIN (size, length);
      length -= MIN (size, length);
      size = others;
    }

  return decoder_finish (decoder, self->is_call, error);
}

GVariant *
document_decode (const Document  *self,
                 gsize            first,
                 gsize            others,
                 GError         **error)
{
  return decode_with (self, document_new_decoder (self), first, others, error);
}

GVariant *
document_decode_without_scanner (const Document  *self,
                                 gsize            first,
                                 gsize            others,
                                 GError         **error)
{
  XmlRpcDecoder *decoder = document_new_decoder (self);

  xml_rpc_decoder_disable_scanner (decoder);

  return decode_with (self, decoder, first, others, error);
}

/* Only * stands for others: paths have question marks. */
static gboolean
matches (const char *pattern,
         const char *text)
{
  for (; *pattern != '*'; pattern++, text++)
    {
      if (*pattern != *text)
        return FALSE;
      if (*pattern == '\0')
        return TRUE;
    }

  do
    {
      if (matches (pattern + 1, text))
        return TRUE;
    }
  while (*text++ != '\0');

  return FALSE;
}

static void
assert_error (const Document *self,
              const GError   *error)
{
  GQuark domain = self->is_fault ? XML_RPC_FAULT : XML_RPC_ERROR;

  g_assert_error (error, domain, self->code);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  if (!matches (self->message, error->message))
    g_error ("expected the message: %s\ngot: %s", self->message, error->message);
}

static void
assert_normal (GVariant *value)
{
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (value);
  g_autoptr (GVariant) untrusted = NULL;

  untrusted = g_variant_ref_sink (g_variant_new_from_bytes (g_variant_get_type (value), bytes, FALSE));
  g_assert_true (g_variant_is_normal_form (untrusted));
}

void
document_assert (const Document *self,
                 GVariant       *value,
                 const GError   *error)
{
  g_autoptr (GVariant) expected = NULL;

  if (self->value == NULL)
    {
      g_assert_null (value);
      assert_error (self, error);
      return;
    }

  g_assert_no_error (error);
  g_assert_nonnull (value);
  g_assert_false (g_variant_is_floating (value));
  assert_normal (value);

  expected = g_variant_ref_sink (g_variant_new_parsed (self->value));
  g_assert_cmpvariant (value, expected);
}

void
document_test (gconstpointer document)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = document_decode (document, G_MAXSIZE, 0, &error);

  document_assert (document, value, error);
}

void
documents_for_each (const Document *table,
                    const char     *path,
                    GTestDataFunc   func)
{
  for (const Document *document = table; document->name != NULL; document++)
    {
      g_autofree char *full_path = g_strconcat (path, "/", document->name, NULL);

      g_test_add_data_func (full_path, document, func);
    }
}

static GVariant *
decode_as (GBytes             *body,
           const GVariantType *type)
{
  g_autoptr (GError) error = NULL;
  GVariant *value = xml_rpc_decode_response (body, type, &error);

  g_assert_no_error (error);
  return value;
}

GVariant *
decode_value (const char *xml,
              const char *type)
{
  g_autoptr (GBytes) body = g_bytes_new (xml, strlen (xml));

  return decode_as (body, type != NULL ? G_VARIANT_TYPE (type) : NULL);
}

GVariant *
decode_naturally (GBytes *body)
{
  return decode_as (body, NULL);
}

GBytes *
encode_value (GVariant *value)
{
  g_autoptr (GError) error = NULL;
  GBytes *body = xml_rpc_encode_response (value, &error);

  g_assert_no_error (error);
  return body;
}
