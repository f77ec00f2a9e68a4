/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fuzz.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include <xmlrpc-glib/xml-rpc-error.h>

#include "codec/xml-rpc-decoder-private.h"
#include "documents.h"

G_NORETURN static void
on_trap (int number)
{
  abort ();
}

/* GLib traps where a warning is fatal, and libFuzzer would not see that. */
FuzzInput
fuzz_input_begin (const guint8 *data,
                  gsize         size)
{
  signal (SIGTRAP, on_trap);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  return (FuzzInput) { data != NULL ? data : (const guint8 *) "", size };
}

static void
skip (FuzzInput *self,
      gsize      length)
{
  self->data += length;
  self->size -= length;
}

char *
fuzz_input_take_line (FuzzInput *self)
{
  const guint8 *end = self->size > 0 ? memchr (self->data, '\n', self->size) : NULL;
  gsize length = end != NULL ? (gsize) (end - self->data) : self->size;
  char *line = g_strndup ((const char *) self->data, length);

  skip (self, end != NULL ? length + 1 : length);

  return line;
}

GVariantType *
fuzz_input_take_type (FuzzInput *self,
                      gboolean (*check) (const GVariantType *type))
{
  g_autofree char *line = fuzz_input_take_line (self);

  if (!g_variant_type_string_is_valid (line) ||
      !g_variant_type_is_definite (G_VARIANT_TYPE (line)) ||
      (check != NULL && !check (G_VARIANT_TYPE (line))))
    return NULL;

  return g_variant_type_new (line);
}

GBytes *
fuzz_input_take_bytes (FuzzInput *self)
{
  GBytes *bytes = g_bytes_new (self->data, self->size);

  skip (self, self->size);

  return bytes;
}

char *
fuzz_input_take_text (FuzzInput *self)
{
  char *text = g_strndup ((const char *) self->data, self->size);

  skip (self, self->size);

  return text;
}

void
fuzz_assert_normal (GVariant *value)
{
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (value);
  g_autoptr (GVariant) untrusted = NULL;

  g_assert_false (g_variant_is_floating (value));
  untrusted = g_variant_ref_sink (g_variant_new_from_bytes (g_variant_get_type (value), bytes, FALSE));
  g_assert_true (g_variant_is_normal_form (untrusted));
}

void
fuzz_assert_error (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == XML_RPC_FAULT || error->domain == XML_RPC_ERROR);
  g_assert_true (error->domain == XML_RPC_FAULT || error->code <= XML_RPC_ERROR_LIMIT_EXCEEDED);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

void
fuzz_assert_same (GVariant *a,
                  GVariant *b)
{
  g_assert_cmpstr (g_variant_get_type_string (a), ==, g_variant_get_type_string (b));
  g_assert_cmpmem (g_variant_get_data (a), g_variant_get_size (a), g_variant_get_data (b), g_variant_get_size (b));
}

/* A line with the sizes of pieces, a line with a charset, and a body. */
FuzzMessage
fuzz_input_take_message (FuzzInput *self)
{
  FuzzMessage message = {
    .sizes = fuzz_input_take_line (self),
    .charset = fuzz_input_take_line (self),
    .body = fuzz_input_take_bytes (self),
  };
  const char *text = g_bytes_get_data (message.body, NULL);

  message.is_call = text != NULL && g_strstr_len (text, (gssize) g_bytes_get_size (message.body), "<methodCall") != NULL;

  return message;
}

void
fuzz_message_clear (FuzzMessage *self)
{
  g_clear_pointer (&self->sizes, g_free);
  g_clear_pointer (&self->charset, g_free);
  g_clear_pointer (&self->body, g_bytes_unref);
}

/* A character is a size: up to 31 bytes each, and from '@' on larger ones. */
static gsize
get_piece_size (guint8 character)
{
  return character < '@' ? (gsize) MAX (character % 32, 1) : (gsize) (character - '@' + 1) * 311;
}

/* A copy of its own, so that reading past its end is seen. */
static gboolean
feed_piece (XmlRpcDecoder  *decoder,
            const guint8  **data,
            gsize          *left,
            gsize           length,
            GError        **error)
{
  g_autofree guint8 *piece = g_memdup2 (*data, length);

  *data += length;
  *left -= length;

  return xml_rpc_decoder_feed (decoder, piece, length, error);
}

static gboolean
feed (XmlRpcDecoder  *decoder,
      GBytes         *body,
      gsize           first,
      const char     *sizes,
      GError        **error)
{
  gsize left;
  const guint8 *data = g_bytes_get_data (body, &left);
  const char *size = sizes;

  if (first > 0 && !feed_piece (decoder, &data, &left, MIN (left, first), error))
    return FALSE;

  while (left > 0)
    {
      if (*sizes == '\0')
        return feed_piece (decoder, &data, &left, left, error);
      if (!feed_piece (decoder, &data, &left, MIN (left, get_piece_size ((guint8) *size)), error))
        return FALSE;
      size = size[1] != '\0' ? size + 1 : sizes;
    }

  return TRUE;
}

GVariant *
fuzz_message_decode (const FuzzMessage  *self,
                     gsize               first,
                     const char         *sizes,
                     gboolean            scans,
                     GError            **error)
{
  g_autoptr (XmlRpcDecoder) decoder = self->is_call ? xml_rpc_decoder_new_call (NULL) : xml_rpc_decoder_new_response (NULL);

  if (!scans)
    xml_rpc_decoder_disable_scanner (decoder);
  xml_rpc_decoder_set_charset (decoder, *self->charset != '\0' ? self->charset : NULL);
  if (!feed (decoder, self->body, first, sizes, error))
    return NULL;

  return decoder_finish (decoder, self->is_call, error);
}
