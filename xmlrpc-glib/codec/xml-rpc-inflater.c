/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-inflater-private.h"

#include <xmlrpc-glib/xml-rpc-error.h>

#define PIECE_SIZE (16 * 1024)

struct _XmlRpcInflater
{
  GConverter         *converter;    /* NULL: "deflate", before the first byte */
  XmlRpcInflaterFunc  func;
  gpointer            user_data;
  gboolean            is_finished;
};

static gboolean
is_gzip (const char *content_encoding)
{
  return g_ascii_strcasecmp (content_encoding, "gzip") == 0 ||
         g_ascii_strcasecmp (content_encoding, "x-gzip") == 0;
}

gboolean
xml_rpc_inflater_knows (const char *content_encoding)
{
  return is_gzip (content_encoding) || g_ascii_strcasecmp (content_encoding, "deflate") == 0;
}

XmlRpcInflater *
xml_rpc_inflater_new (const char         *content_encoding,
                      XmlRpcInflaterFunc  func,
                      gpointer            user_data)
{
  XmlRpcInflater *self;

  if (!xml_rpc_inflater_knows (content_encoding))
    return NULL;

  self = g_new0 (XmlRpcInflater, 1);
  self->func = func;
  self->user_data = user_data;
  if (is_gzip (content_encoding))
    self->converter = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));

  return self;
}

void
xml_rpc_inflater_free (XmlRpcInflater *self)
{
  g_clear_object (&self->converter);
  g_free (self);
}

/* "deflate" means the zlib format (RFC 9110, section 8.4.1.2), but some send
 * the bare data. The zlib header begins with the method, 8, and a window size
 * of at most 7. */
static GZlibCompressorFormat
guess_deflate_format (guint8 first_byte)
{
  if ((first_byte & 0x0f) == 8 && first_byte >> 4 <= 7)
    return G_ZLIB_COMPRESSOR_FORMAT_ZLIB;

  return G_ZLIB_COMPRESSOR_FORMAT_RAW;
}

/* gzip data may have several members (RFC 1952, section 2.2), and some programs fill it
 * up with zeros. FALSE: there are only zeros. */
static gboolean
begin_next_member (XmlRpcInflater  *self,
                   const guint8   **data,
                   gsize           *length)
{
  while (*length > 0 && **data == 0)
    {
      (*data)++;
      (*length)--;
    }

  if (*length == 0)
    return FALSE;

  g_converter_reset (self->converter);
  self->is_finished = FALSE;
  return TRUE;
}

gboolean
xml_rpc_inflater_feed (XmlRpcInflater  *self,
                       const guint8    *data,
                       gsize            length,
                       GError         **error)
{
  guint8 piece[PIECE_SIZE];

  if (self->converter == NULL && length > 0)
    self->converter = G_CONVERTER (g_zlib_decompressor_new (guess_deflate_format (data[0])));

  while (length > 0)
    {
      g_autoptr (GError) conversion_error = NULL;
      gsize n_read = 0, n_written = 0;
      GConverterResult result;

      if (self->is_finished && !begin_next_member (self, &data, &length))
        return TRUE;

      result = g_converter_convert (self->converter, data, length, piece, sizeof piece,
                                    G_CONVERTER_NO_FLAGS, &n_read, &n_written, &conversion_error);
      if (result == G_CONVERTER_ERROR)
        {
          if (g_error_matches (conversion_error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
            return TRUE;

          g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_NOT_WELL_FORMED,
                       "expected compressed data, got other: %s", conversion_error->message);
          return FALSE;
        }

      self->is_finished = result == G_CONVERTER_FINISHED;
      data += n_read;
      length -= n_read;
      if (n_written > 0 && !self->func (self->user_data, piece, n_written, error))
        return FALSE;
    }

  return TRUE;
}

/* The output may end on a full piece, with more of it still to come. */
static gboolean
drain (XmlRpcInflater  *self,
       GError         **error)
{
  guint8 piece[PIECE_SIZE];

  while (!self->is_finished)
    {
      gsize n_read = 0, n_written = 0;
      GConverterResult result = g_converter_convert (self->converter, "", 0, piece, sizeof piece,
                                                     G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);

      if (result == G_CONVERTER_ERROR)
        return TRUE;
      self->is_finished = result == G_CONVERTER_FINISHED;
      if (n_written > 0 && !self->func (self->user_data, piece, n_written, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
xml_rpc_inflater_finish (XmlRpcInflater  *self,
                         GError         **error)
{
  if (self->converter != NULL && !drain (self, error))
    return FALSE;

  if (!self->is_finished)
    {
      g_set_error_literal (error, XML_RPC_ERROR, XML_RPC_ERROR_NOT_WELL_FORMED,
                           "the compressed data is cut off");
      return FALSE;
    }

  return TRUE;
}
