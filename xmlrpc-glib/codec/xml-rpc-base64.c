/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Base64 (RFC 4648, section 4): four characters of six bits each stand for three bytes, and
 * '=' fills up a last group of one byte or two. In XML it comes in pieces, with line breaks
 * anywhere, and many programs leave the padding out.
 *
 * Decoding takes whole groups from tables, as long as there is nothing but the alphabet,
 * and goes character by character around everything else. */

#include "xml-rpc-base64-private.h"

#include "xml-rpc-text-private.h"

#include <string.h>

/* Calls X (character, value) for the whole alphabet. */
#define ALPHABET(X) \
  X ('A', 0)  X ('B', 1)  X ('C', 2)  X ('D', 3)  X ('E', 4)  X ('F', 5)  X ('G', 6)  X ('H', 7)  \
  X ('I', 8)  X ('J', 9)  X ('K', 10) X ('L', 11) X ('M', 12) X ('N', 13) X ('O', 14) X ('P', 15) \
  X ('Q', 16) X ('R', 17) X ('S', 18) X ('T', 19) X ('U', 20) X ('V', 21) X ('W', 22) X ('X', 23) \
  X ('Y', 24) X ('Z', 25) X ('a', 26) X ('b', 27) X ('c', 28) X ('d', 29) X ('e', 30) X ('f', 31) \
  X ('g', 32) X ('h', 33) X ('i', 34) X ('j', 35) X ('k', 36) X ('l', 37) X ('m', 38) X ('n', 39) \
  X ('o', 40) X ('p', 41) X ('q', 42) X ('r', 43) X ('s', 44) X ('t', 45) X ('u', 46) X ('v', 47) \
  X ('w', 48) X ('x', 49) X ('y', 50) X ('z', 51) X ('0', 52) X ('1', 53) X ('2', 54) X ('3', 55) \
  X ('4', 56) X ('5', 57) X ('6', 58) X ('7', 59) X ('8', 60) X ('9', 61) X ('+', 62) X ('/', 63)

/* For each of the four places in a group a table that has the six bits where
 * they belong, and above the 24 bits one that says "valid". Four loads OR-ed
 * are a group's value and its check in one; what no table lists is 0 and lacks
 * the bit. */
#define VALID_IN_PLACE(place) (1u << (24 + (place)))
#define ALL_VALID             0xfu

#define PLACE_0(character, value) [character] = VALID_IN_PLACE (0) | (value) << 18,
#define PLACE_1(character, value) [character] = VALID_IN_PLACE (1) | (value) << 12,
#define PLACE_2(character, value) [character] = VALID_IN_PLACE (2) | (value) << 6,
#define PLACE_3(character, value) [character] = VALID_IN_PLACE (3) | (value),

static const guint32 decoding[4][256] = {
  { ALPHABET (PLACE_0) },
  { ALPHABET (PLACE_1) },
  { ALPHABET (PLACE_2) },
  { ALPHABET (PLACE_3) },
};

/* The two characters for each value of twelve bits, which halves the number of
 * loads and stores in encoding. */
#define PAIRS(first) \
  first "A" first "B" first "C" first "D" first "E" first "F" first "G" first "H" \
  first "I" first "J" first "K" first "L" first "M" first "N" first "O" first "P" \
  first "Q" first "R" first "S" first "T" first "U" first "V" first "W" first "X" \
  first "Y" first "Z" first "a" first "b" first "c" first "d" first "e" first "f" \
  first "g" first "h" first "i" first "j" first "k" first "l" first "m" first "n" \
  first "o" first "p" first "q" first "r" first "s" first "t" first "u" first "v" \
  first "w" first "x" first "y" first "z" first "0" first "1" first "2" first "3" \
  first "4" first "5" first "6" first "7" first "8" first "9" first "+" first "/"

static const char pairs[] =
  PAIRS ("A") PAIRS ("B") PAIRS ("C") PAIRS ("D") PAIRS ("E") PAIRS ("F") PAIRS ("G") PAIRS ("H")
  PAIRS ("I") PAIRS ("J") PAIRS ("K") PAIRS ("L") PAIRS ("M") PAIRS ("N") PAIRS ("O") PAIRS ("P")
  PAIRS ("Q") PAIRS ("R") PAIRS ("S") PAIRS ("T") PAIRS ("U") PAIRS ("V") PAIRS ("W") PAIRS ("X")
  PAIRS ("Y") PAIRS ("Z") PAIRS ("a") PAIRS ("b") PAIRS ("c") PAIRS ("d") PAIRS ("e") PAIRS ("f")
  PAIRS ("g") PAIRS ("h") PAIRS ("i") PAIRS ("j") PAIRS ("k") PAIRS ("l") PAIRS ("m") PAIRS ("n")
  PAIRS ("o") PAIRS ("p") PAIRS ("q") PAIRS ("r") PAIRS ("s") PAIRS ("t") PAIRS ("u") PAIRS ("v")
  PAIRS ("w") PAIRS ("x") PAIRS ("y") PAIRS ("z") PAIRS ("0") PAIRS ("1") PAIRS ("2") PAIRS ("3")
  PAIRS ("4") PAIRS ("5") PAIRS ("6") PAIRS ("7") PAIRS ("8") PAIRS ("9") PAIRS ("+") PAIRS ("/");

G_STATIC_ASSERT (sizeof pairs == 2 * 4096 + 1);

static guint8 *
write_group (guint8  *out,
             guint32  bits)
{
  out[0] = (guint8) (bits >> 16);
  out[1] = (guint8) (bits >> 8);
  out[2] = (guint8) bits;

  return out + 3;
}

static inline guint32
decode_group (const guint8 *in)
{
  return decoding[0][in[0]] | decoding[1][in[1]] | decoding[2][in[2]] | decoding[3][in[3]];
}

/* Four groups in one go, for one check and few writes. They write two bytes more
 * than they have, which is why there has to be another group. */
static const guint8 *
decode_many_groups (const guint8  *in,
                    const guint8  *end,
                    guint8       **out)
{
  guint8 *position = *out;

  for (; end - in >= 20; in += 16, position += 12)
    {
      guint32 a = decode_group (in), b = decode_group (in + 4);
      guint32 c = decode_group (in + 8), d = decode_group (in + 12);
      guint64 first, second;

      if ((a & b & c & d) >> 24 != ALL_VALID)
        break;

      first = GUINT64_TO_BE ((guint64) a << 40 | (guint64) (b & 0xffffff) << 16);
      second = GUINT64_TO_BE ((guint64) c << 40 | (guint64) (d & 0xffffff) << 16);
      memcpy (position, &first, sizeof first);
      memcpy (position + 6, &second, sizeof second);
    }

  *out = position;

  return in;
}

/* Whole groups of four as long as there is nothing else. */
static const guint8 *
decode_groups (const guint8  *in,
               const guint8  *end,
               guint8       **out)
{
  guint8 *position;

  in = decode_many_groups (in, end, out);
  position = *out;

  for (; end - in >= 4; in += 4)
    {
      guint32 bits = decode_group (in);

      if (bits >> 24 != ALL_VALID)
        break;

      position = write_group (position, bits);
    }

  *out = position;

  return in;
}

static void
add_bits (XmlRpcBase64Decoder  *self,
          guint32               bits,
          guint8              **out)
{
  self->bits |= bits;
  self->n_characters++;

  if (self->n_characters == 4)
    {
      *out = write_group (*out, self->bits);
      self->n_characters = 0;
      self->bits = 0;
    }
}

/* Up to the first character that is neither of the alphabet nor space. */
static const guint8 *
decode_plain (XmlRpcBase64Decoder  *self,
              const guint8         *in,
              const guint8         *end,
              guint8              **out)
{
  while (in < end && self->n_padding == 0)
    {
      guint32 bits;

      if (self->n_characters == 0)
        in = decode_groups (in, end, out);
      if (in == end)
        break;

      bits = decoding[self->n_characters][*in];
      if (bits != 0)
        add_bits (self, bits, out);
      else if (!xml_rpc_text_is_white ((char) *in))
        break;
      in++;
    }

  return in;
}

/* One that is not plain, or comes after the padding has begun. */
static gboolean
take_character (XmlRpcBase64Decoder *self,
                guint8               character)
{
  self->wrong = character;
  if (xml_rpc_text_is_white ((char) character))
    return TRUE;
  if (character != '=')
    return FALSE;

  self->n_padding++;
  return self->n_characters >= 2 && self->n_characters + self->n_padding <= 4;
}

void
xml_rpc_base64_decoder_init (XmlRpcBase64Decoder *self)
{
  *self = (XmlRpcBase64Decoder) { 0 };
}

gsize
xml_rpc_base64_decoder_feed_plain (XmlRpcBase64Decoder *self,
                                   const char          *text,
                                   gsize                length,
                                   guint8              *out,
                                   gsize               *n_written)
{
  const guint8 *start = (const guint8 *) text;
  guint8 *position = out;
  gsize n_read = length > 0 ? decode_plain (self, start, start + length, &position) - start : 0;

  *n_written = position - out;

  return n_read;
}

gboolean
xml_rpc_base64_decoder_feed (XmlRpcBase64Decoder *self,
                             const char          *text,
                             gsize                length,
                             guint8              *out,
                             gsize               *n_written)
{
  gsize n_read = xml_rpc_base64_decoder_feed_plain (self, text, length, out, n_written);
  gboolean valid = TRUE;

  /* After the padding nothing is written. */
  for (; valid && n_read < length; n_read++)
    valid = take_character (self, (guint8) text[n_read]);

  return valid;
}

gboolean
xml_rpc_base64_decoder_finish (XmlRpcBase64Decoder *self,
                               guint8              *out,
                               gsize               *n_written)
{
  *n_written = 0;

  if (self->n_characters == 0)
    return TRUE;
  if (self->n_characters == 1)
    return FALSE;
  if (self->n_padding > 0 && self->n_characters + self->n_padding != 4)
    return FALSE;

  /* Two characters have one whole byte, three have two. */
  *n_written = self->n_characters - 1;
  for (gsize i = 0; i < *n_written; i++)
    out[i] = (guint8) (self->bits >> (16 - 8 * i));

  return TRUE;
}

static char *
write_characters (char    *out,
                  guint32  bits)
{
  memcpy (out, &pairs[2 * (bits >> 12)], 2);
  memcpy (out + 2, &pairs[2 * (bits & 0xfff)], 2);

  return out + 4;
}

gsize
xml_rpc_base64_encode (const guint8 *data,
                       gsize         length,
                       char         *out)
{
  char *position = out;

  for (; length >= 3; length -= 3, data += 3)
    position = write_characters (position, (guint32) data[0] << 16 | (guint32) data[1] << 8 | data[2]);

  if (length == 1)
    {
      position = write_characters (position, (guint32) data[0] << 16);
      position[-2] = position[-1] = '=';
    }
  else if (length == 2)
    {
      position = write_characters (position, (guint32) data[0] << 16 | (guint32) data[1] << 8);
      position[-1] = '=';
    }

  return position - out;
}

void
xml_rpc_base64_encode_to_buffer (XmlRpcBuffer *out,
                                 const guint8 *data,
                                 gsize         length)
{
  char *position = (char *) xml_rpc_buffer_reserve (out, XML_RPC_BASE64_ENCODED_LENGTH (length));

  out->length += xml_rpc_base64_encode (data, length, position);
}
