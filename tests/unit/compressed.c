/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "compressed.h"

#include <string.h>

static GBytes *
convert (GConverter *converter,
         const void *data,
         gsize       length)
{
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, converter);
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (stream, data, length, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (stream, NULL, &error);
  g_assert_no_error (error);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

GBytes *
compressed_new (const void            *data,
                gsize                  length,
                GZlibCompressorFormat  format)
{
  g_autoptr (GConverter) compressor = G_CONVERTER (g_zlib_compressor_new (format, 9));

  return convert (compressor, data, length);
}

GBytes *
compressed_new_text (const char *text)
{
  return compressed_new (text, strlen (text), G_ZLIB_COMPRESSOR_FORMAT_GZIP);
}

char *
compressed_get_text (GBytes *self)
{
  g_autoptr (GConverter) decompressor = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GBytes) text = convert (decompressor, g_bytes_get_data (self, NULL), g_bytes_get_size (self));

  return g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
}
