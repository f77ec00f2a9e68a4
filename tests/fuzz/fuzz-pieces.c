/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A line with the sizes of the pieces, a line with the charset of the
 * Content-Type header, or an empty one, and a message: however it is cut, the
 * same comes out. */

#include "fuzz.h"

#include <string.h>

#include "codec/xml-rpc-decoder-private.h"
#include "xml-rpc-error.h"

/* A character is a size: up to 31 bytes each, and from '@' on larger ones. */
static gsize
get_piece_size (guint8 character)
{
  return character < '@' ? MAX (character % 32, 1) : (gsize) (character - '@' + 1) * 311;
}

static gboolean
feed (XmlRpcDecoder  *decoder,
      GBytes         *body,
      const char     *sizes,
      GError        **error)
{
  gsize left;
  const guint8 *data = g_bytes_get_data (body, &left);

  if (*sizes == '\0')
    return xml_rpc_decoder_feed (decoder, data, left, error);

  for (const char *size = sizes; left > 0; size = size[1] != '\0' ? size + 1 : sizes)
    {
      gsize length = MIN (left, get_piece_size (*size));
      g_autofree guint8 *piece = g_memdup2 (data, length);

      if (!xml_rpc_decoder_feed (decoder, piece, length, error))
        return FALSE;
      data += length;
      left -= length;
    }

  return TRUE;
}

static GVariant *
finish_call (XmlRpcDecoder  *decoder,
             GError        **error)
{
  g_autofree char *method_name = NULL;
  g_autoptr (GVariant) params = NULL;

  if (!xml_rpc_decoder_finish_call (decoder, &method_name, &params, error))
    return NULL;

  return g_variant_ref_sink (g_variant_new ("(s@*)", method_name, params));
}

static GVariant *
decode (gboolean     is_call,
        const char  *charset,
        GBytes      *body,
        const char  *sizes,
        GError     **error)
{
  g_autoptr (XmlRpcDecoder) decoder = is_call ? xml_rpc_decoder_new_call (NULL) : xml_rpc_decoder_new_response (NULL);

  xml_rpc_decoder_set_charset (decoder, *charset != '\0' ? charset : NULL);
  if (!feed (decoder, body, sizes, error))
    return NULL;

  return is_call ? finish_call (decoder, error) : xml_rpc_decoder_finish_response (decoder, error);
}

/* Of two errors in a document either may be found first, if one of them is in
 * its XML. */
static void
assert_same_error (const GError *error,
                   const GError *whole)
{
  fuzz_assert_error (whole);
  fuzz_assert_error (error);
  g_assert_cmpint (error->domain, ==, whole->domain);
  if (error->code != XML_RPC_ERROR_NOT_WELL_FORMED && whole->code != XML_RPC_ERROR_NOT_WELL_FORMED)
    g_assert_cmpint (error->code, ==, whole->code);
}

static void
compare (gboolean    is_call,
         const char *charset,
         GBytes     *body,
         const char *sizes)
{
  g_autoptr (GError) whole_error = NULL;
  g_autoptr (GVariant) whole = decode (is_call, charset, body, "", &whole_error);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = decode (is_call, charset, body, sizes, &error);

  if (whole == NULL)
    {
      g_assert_null (value);
      assert_same_error (error, whole_error);
      return;
    }

  g_assert_no_error (error);
  fuzz_assert_normal (value);
  fuzz_assert_same (value, whole);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  FuzzInput input = fuzz_input_begin (data, size);
  g_autofree char *sizes = fuzz_input_take_line (&input);
  g_autofree char *charset = fuzz_input_take_line (&input);
  g_autoptr (GBytes) body = fuzz_input_take_bytes (&input);
  const char *text = g_bytes_get_data (body, NULL);

  compare (text != NULL && g_strstr_len (text, g_bytes_get_size (body), "<methodCall") != NULL, charset, body, sizes);

  return 0;
}
