/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include <glib.h>

#include "codec/xml-rpc-base64-private.h"

#define MAX_LENGTH 300

/* The buffers are no larger than the header asks for, so that a sanitizer sees
 * a byte written too many. */
static gboolean
feed (XmlRpcBase64Decoder *decoder,
      const char          *text,
      gsize                length,
      GByteArray          *decoded)
{
  g_autofree char *copy = length > 0 ? g_memdup2 (text, length) : g_strdup ("");
  g_autofree guint8 *out = g_malloc (XML_RPC_BASE64_DECODED_MAX (length));
  gsize n_written;
  gboolean valid = xml_rpc_base64_decoder_feed (decoder, copy, length, out, &n_written);

  g_assert_cmpuint (n_written, <=, XML_RPC_BASE64_DECODED_MAX (length));
  g_byte_array_append (decoded, out, n_written);

  return valid;
}

static gboolean
finish (XmlRpcBase64Decoder *decoder,
        GByteArray          *decoded)
{
  guint8 out[XML_RPC_BASE64_FINISH_MAX];
  gsize n_written;
  gboolean valid = xml_rpc_base64_decoder_finish (decoder, out, &n_written);

  g_byte_array_append (decoded, out, n_written);

  return valid;
}

/* NULL if the text is invalid. */
static GByteArray *
decode (const char *text,
        gsize       length)
{
  g_autoptr (GByteArray) decoded = g_byte_array_new ();
  XmlRpcBase64Decoder decoder;

  xml_rpc_base64_decoder_init (&decoder);

  if (!feed (&decoder, text, length, decoded) || !finish (&decoder, decoded))
    return NULL;

  return g_steal_pointer (&decoded);
}

static char *
encode (const guint8 *data,
        gsize         length)
{
  gsize room = XML_RPC_BASE64_ENCODED_LENGTH (length);
  /* NULL when there is none, as g_variant_get_fixed_array() has it. */
  g_autofree guint8 *copy = g_memdup2 (data, length);
  g_autofree char *out = g_malloc (room);

  g_assert_cmpuint (xml_rpc_base64_encode (copy, length, out), ==, room);

  return g_strndup (length > 0 ? out : "", room);
}

static void
assert_decodes_to (const char   *text,
                   const guint8 *data,
                   gsize         length)
{
  g_autoptr (GByteArray) decoded = decode (text, strlen (text));

  g_assert_nonnull (decoded);
  g_assert_cmpmem (decoded->data, decoded->len, data, length);
}

static void
assert_invalid (const char *text)
{
  g_autoptr (GByteArray) decoded = decode (text, strlen (text));

  g_test_message ("%s", text);
  g_assert_null (decoded);
}

static void
fill_with_random (guint8 *data,
                  gsize   length)
{
  for (gsize i = 0; i < length; i++)
    data[i] = (guint8) g_test_rand_int ();
}

static void
test_rfc_4648 (void)
{
  static const struct
  {
    const char *data;
    const char *text;
  } vectors[] = {
    { "", "" },
    { "f", "Zg==" },
    { "fo", "Zm8=" },
    { "foo", "Zm9v" },
    { "foob", "Zm9vYg==" },
    { "fooba", "Zm9vYmE=" },
    { "foobar", "Zm9vYmFy" },
    { "\x14\xfb\x9c\x03\xd9\x7e", "FPucA9l+" },
    { "\xff\xff\xff\xfb\xef\xbe", "////++++" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      const guint8 *data = (const guint8 *) vectors[i].data;
      gsize length = strlen (vectors[i].data);
      g_autofree char *text = encode (data, length);

      g_assert_cmpstr (text, ==, vectors[i].text);
      assert_decodes_to (text, data, length);
    }
}

/* There may be no text to point at, nor room for what it stands for. */
static void
test_no_text (void)
{
  XmlRpcBase64Decoder decoder;
  gsize n_written = 1;

  xml_rpc_base64_decoder_init (&decoder);
  g_assert_true (xml_rpc_base64_decoder_feed (&decoder, NULL, 0, NULL, &n_written));
  g_assert_cmpuint (n_written, ==, 0);
}

static void
test_every_length (void)
{
  guint8 data[MAX_LENGTH];

  for (gsize length = 0; length <= MAX_LENGTH; length++)
    {
      g_autofree char *expected = NULL;
      g_autofree char *text = NULL;

      fill_with_random (data, length);
      expected = g_base64_encode (data, length);
      text = encode (data, length);

      g_assert_cmpstr (text, ==, expected);
      assert_decodes_to (text, data, length);
    }
}

/* As MIME breaks lines, with the '=' of the end and without. */
static void
test_lines (void)
{
  guint8 data[MAX_LENGTH];

  for (gsize length = 0; length <= MAX_LENGTH; length++)
    {
      char text[2 * MAX_LENGTH];
      int state = 0, save = 0;
      gsize n;

      fill_with_random (data, length);
      n = g_base64_encode_step (data, length, TRUE, text, &state, &save);
      n += g_base64_encode_close (TRUE, text + n, &state, &save);
      text[n] = '\0';

      assert_decodes_to (text, data, length);
    }
}

static void
test_cut_anywhere (void)
{
  guint8 data[MAX_LENGTH];

  for (gsize length = 0; length <= 20; length++)
    {
      g_autofree char *text = NULL;
      gsize n;

      fill_with_random (data, length);
      text = g_base64_encode (data, length);
      n = strlen (text);

      for (gsize first = 0; first <= n; first++)
        for (gsize second = first; second <= n; second++)
          {
            g_autoptr (GByteArray) decoded = g_byte_array_new ();
            XmlRpcBase64Decoder decoder;

            xml_rpc_base64_decoder_init (&decoder);
            g_assert_true (feed (&decoder, text, first, decoded));
            g_assert_true (feed (&decoder, text + first, second - first, decoded));
            g_assert_true (feed (&decoder, text + second, n - second, decoded));
            g_assert_true (finish (&decoder, decoded));
            g_assert_cmpmem (decoded->data, decoded->len, data, length);
          }
    }
}

static void
test_white_space_anywhere (void)
{
  static const char white_space[] = " \t\r\n";
  guint8 data[MAX_LENGTH];

  for (guint i = 0; i < 2000; i++)
    {
      gsize length = g_test_rand_int_range (0, MAX_LENGTH);
      g_autofree char *text = NULL;
      g_autoptr (GString) spaced = g_string_new (NULL);
      gint odds = g_test_rand_int_range (1, 30);

      fill_with_random (data, length);
      text = g_base64_encode (data, length);

      for (const char *c = text; ; c++)
        {
          while (g_test_rand_int_range (0, odds + 1) == 0)
            g_string_append_c (spaced, white_space[g_test_rand_int_range (0, 4)]);
          if (*c == '\0')
            break;
          g_string_append_c (spaced, *c);
        }

      assert_decodes_to (spaced->str, data, length);
    }
}

static void
test_every_byte (void)
{
  static const char valid[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/ \t\r\n";

  for (gint byte = 0; byte <= G_MAXUINT8; byte++)
    for (gsize place = 0; place < 8; place++)
      {
        char text[] = "AAAAAAAA";
        g_autoptr (GByteArray) decoded = g_byte_array_new ();
        XmlRpcBase64Decoder decoder;
        gboolean expected = byte != 0 && strchr (valid, byte) != NULL;

        if (byte == '=')
          continue;

        text[place] = (char) byte;
        xml_rpc_base64_decoder_init (&decoder);
        g_assert_cmpint (feed (&decoder, text, 8, decoded), ==, expected);
      }
}

static void
test_padding (void)
{
  static const char * const invalid[] = {
    "=", "==", "====", "A", "A=", "A==", "A===", "AA=", "AA===", "AAA==", "AAAA=", "AAAA==",
    "AAAAA", "AA=A", "AA==A", "AA==AAAA", "AAA=A", "AAA=AAAA", "AA= A", "A=A=", "=AAA",
    "AAAA====", "AA\n=\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (invalid); i++)
    assert_invalid (invalid[i]);

  assert_decodes_to ("AA ==", (const guint8 *) "\0", 1);
  assert_decodes_to ("AA= \r\n =", (const guint8 *) "\0", 1);
  assert_decodes_to ("\nAAA\n=\n", (const guint8 *) "\0\0", 2);
}

static void
test_missing_padding (void)
{
  assert_decodes_to ("Zg", (const guint8 *) "f", 1);
  assert_decodes_to ("Zm8", (const guint8 *) "fo", 2);
  assert_decodes_to ("Zm9vYg \n", (const guint8 *) "foob", 4);
  assert_decodes_to ("Zm9vYmE", (const guint8 *) "fooba", 5);
}

static void
test_left_over_bits (void)
{
  assert_decodes_to ("Zv==", (const guint8 *) "f", 1);
  assert_decodes_to ("Zm//", (const guint8 *) "fo\xff", 3);
  assert_decodes_to ("Zm9=", (const guint8 *) "fo", 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base64/rfc-4648", test_rfc_4648);
  g_test_add_func ("/base64/no-text", test_no_text);
  g_test_add_func ("/base64/every-length", test_every_length);
  g_test_add_func ("/base64/lines", test_lines);
  g_test_add_func ("/base64/cut-anywhere", test_cut_anywhere);
  g_test_add_func ("/base64/white-space-anywhere", test_white_space_anywhere);
  g_test_add_func ("/base64/every-byte", test_every_byte);
  g_test_add_func ("/base64/padding", test_padding);
  g_test_add_func ("/base64/missing-padding", test_missing_padding);
  g_test_add_func ("/base64/left-over-bits", test_left_over_bits);

  return g_test_run ();
}
