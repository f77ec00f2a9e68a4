/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "codec/xml-rpc-inflater-private.h"

#include <string.h>

#include <xmlrpc-glib/xml-rpc-error.h>

#include "compressed.h"

/* The inflater's own pieces; output that ends with one is what it may miss. */
#define PIECE_SIZE (16 * 1024)

static gboolean
append (gpointer       user_data,
        const guint8  *data,
        gsize          length,
        GError       **error)
{
  g_byte_array_append (user_data, data, length);

  return TRUE;
}

static gboolean
refuse (gpointer       user_data,
        const guint8  *data,
        gsize          length,
        GError       **error)
{
  g_set_error_literal (error, XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED, "enough");

  return FALSE;
}

static gboolean
feed (XmlRpcInflater  *inflater,
      GBytes          *compressed,
      gsize            piece,
      GError         **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (compressed, &length);

  for (gsize start = 0; start < length; start += piece)
    {
      if (!xml_rpc_inflater_feed (inflater, data + start, MIN (piece, length - start), error))
        return FALSE;
    }

  return xml_rpc_inflater_finish (inflater, error);
}

static void
assert_inflates (const char *encoding,
                 GBytes     *compressed,
                 gsize       piece,
                 gsize       length)
{
  g_autoptr (GByteArray) inflated = g_byte_array_new ();
  g_autoptr (XmlRpcInflater) inflater = xml_rpc_inflater_new (encoding, append, inflated);
  g_autoptr (GError) error = NULL;

  g_assert_true (feed (inflater, compressed, piece, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (inflated->len, ==, length);
  for (gsize i = 0; i < length; i++)
    g_assert_cmpuint (inflated->data[i], ==, (guint8) (i % 251));
}

static void
assert_fails (const char         *encoding,
              GBytes             *compressed,
              XmlRpcInflaterFunc  func,
              XmlRpcError         code,
              const char         *message)
{
  g_autoptr (GByteArray) inflated = g_byte_array_new ();
  g_autoptr (XmlRpcInflater) inflater = xml_rpc_inflater_new (encoding, func, inflated);
  g_autoptr (GError) error = NULL;

  g_assert_false (feed (inflater, compressed, G_MAXSIZE / 2, &error));
  g_assert_error (error, XML_RPC_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, message));
}

static guint8 *
create_data (gsize length)
{
  guint8 *data = g_malloc (MAX (length, 1));

  for (gsize i = 0; i < length; i++)
    data[i] = i % 251;

  return data;
}

static void
test_encodings (void)
{
  static const struct
  {
    const char            *encoding;
    GZlibCompressorFormat  format;
  } encodings[] = {
    { "gzip", G_ZLIB_COMPRESSOR_FORMAT_GZIP },
    { "X-GZip", G_ZLIB_COMPRESSOR_FORMAT_GZIP },
    { "deflate", G_ZLIB_COMPRESSOR_FORMAT_ZLIB },
    { "Deflate", G_ZLIB_COMPRESSOR_FORMAT_RAW },
  };
  static const gsize lengths[] = { 0, 1, 1000, PIECE_SIZE - 1, PIECE_SIZE, PIECE_SIZE + 1, 5 * PIECE_SIZE };

  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (lengths); j++)
        {
          g_autofree guint8 *data = create_data (lengths[j]);
          g_autoptr (GBytes) compressed = compressed_new (data, lengths[j], encodings[i].format);

          assert_inflates (encodings[i].encoding, compressed, 1, lengths[j]);
          assert_inflates (encodings[i].encoding, compressed, 7, lengths[j]);
          assert_inflates (encodings[i].encoding, compressed, G_MAXSIZE / 2, lengths[j]);
        }
    }

  g_assert_null (xml_rpc_inflater_new ("br", append, NULL));
  g_assert_null (xml_rpc_inflater_new ("", append, NULL));
}

/* RFC 1952, section 2.2. */
static void
test_gzip_of_several_members (void)
{
  g_autofree guint8 *data = create_data (2 * 251);
  g_autoptr (GBytes) member = compressed_new (data, 251, G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GByteArray) members = g_byte_array_new ();
  g_autoptr (GBytes) compressed = NULL;

  for (gsize i = 0; i < 3; i++)
    g_byte_array_append (members, g_bytes_get_data (member, NULL), g_bytes_get_size (member));
  compressed = g_bytes_new (members->data, members->len);

  assert_inflates ("gzip", compressed, 1, 3 * 251);
  assert_inflates ("gzip", compressed, G_MAXSIZE / 2, 3 * 251);
}

/* What fills a block of a tape or of a disk. */
static void
test_zeros_behind (void)
{
  g_autofree guint8 *data = create_data (251);
  g_autoptr (GBytes) member = compressed_new (data, 251, G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GByteArray) members = g_byte_array_new ();
  g_autoptr (GBytes) padded = NULL;
  static const guint8 zeros[512];

  g_byte_array_append (members, g_bytes_get_data (member, NULL), g_bytes_get_size (member));
  g_byte_array_append (members, zeros, sizeof zeros);
  padded = g_bytes_new (members->data, members->len);

  assert_inflates ("gzip", padded, 1, 251);
  assert_inflates ("gzip", padded, G_MAXSIZE / 2, 251);
}

static void
test_garbage_behind (void)
{
  g_autofree guint8 *data = create_data (251);
  g_autoptr (GBytes) member = compressed_new (data, 251, G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GByteArray) members = g_byte_array_new ();
  g_autoptr (GBytes) compressed = NULL;

  g_byte_array_append (members, g_bytes_get_data (member, NULL), g_bytes_get_size (member));
  g_byte_array_append (members, (const guint8 *) "garbage", 7);
  compressed = g_bytes_new (members->data, members->len);

  assert_fails ("gzip", compressed, append, XML_RPC_ERROR_NOT_WELL_FORMED, "expected compressed data, got other");
}

static void
test_cut_off (void)
{
  g_autofree guint8 *data = create_data (3 * PIECE_SIZE);
  g_autoptr (GBytes) compressed = compressed_new (data, 3 * PIECE_SIZE, G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  gsize length = g_bytes_get_size (compressed);

  for (gsize left = 0; left < length; left++)
    {
      g_autoptr (GBytes) start = g_bytes_new_from_bytes (compressed, 0, left);

      assert_fails ("gzip", start, append, XML_RPC_ERROR_NOT_WELL_FORMED, "the compressed data is cut off");
    }
}

static void
test_not_compressed (void)
{
  g_autoptr (GBytes) text = g_bytes_new_static ("<methodCall>", strlen ("<methodCall>"));

  assert_fails ("gzip", text, append, XML_RPC_ERROR_NOT_WELL_FORMED, "expected compressed data, got other");
}

static void
test_refused (void)
{
  g_autofree guint8 *data = create_data (PIECE_SIZE);
  g_autoptr (GBytes) compressed = compressed_new (data, PIECE_SIZE, G_ZLIB_COMPRESSOR_FORMAT_GZIP);

  assert_fails ("gzip", compressed, refuse, XML_RPC_ERROR_LIMIT_EXCEEDED, "enough");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/inflater/encodings", test_encodings);
  g_test_add_func ("/inflater/gzip-of-several-members", test_gzip_of_several_members);
  g_test_add_func ("/inflater/zeros-behind", test_zeros_behind);
  g_test_add_func ("/inflater/garbage-behind", test_garbage_behind);
  g_test_add_func ("/inflater/cut-off", test_cut_off);
  g_test_add_func ("/inflater/not-compressed", test_not_compressed);
  g_test_add_func ("/inflater/refused", test_refused);

  return g_test_run ();
}
