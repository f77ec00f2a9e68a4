/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-base64-private.h"

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

#define CHARACTER(character, value) [value] = character,

static const char encoding[64] = { ALPHABET (CHARACTER) };

static guint8 *
write_group (guint8  *out,
             guint32  bits)
{
  out[0] = (guint8) (bits >> 16);
  out[1] = (guint8) (bits >> 8);
  out[2] = (guint8) bits;

  return out + 3;
}

/* Whole groups of four as long as there is nothing else. */
static const guint8 *
decode_groups (const guint8  *in,
               const guint8  *end,
               guint8       **out)
{
  guint8 *position = *out;

  for (; end - in >= 4; in += 4)
    {
      guint32 bits = decoding[0][in[0]] | decoding[1][in[1]]
                   | decoding[2][in[2]] | decoding[3][in[3]];

      if (bits >> 24 != ALL_VALID)
        break;

      position = write_group (position, bits);
    }

  *out = position;

  return in;
}

static gboolean
decode_character (XmlRpcBase64Decoder  *self,
                  guint8                character,
                  guint8              **out)
{
  guint32 bits;

  switch (character)
    {
    case ' ':
    case '\t':
    case '\r':
    case '\n':
      return TRUE;

    case '=':
      self->n_padding++;
      return self->n_characters >= 2 && self->n_characters + self->n_padding <= 4;

    default:
      break;
    }

  bits = decoding[self->n_characters][character];
  if (bits == 0 || self->n_padding > 0)
    return FALSE;

  self->bits |= bits;
  self->n_characters++;

  if (self->n_characters == 4)
    {
      *out = write_group (*out, self->bits);
      self->n_characters = 0;
      self->bits = 0;
    }

  return TRUE;
}

void
xml_rpc_base64_decoder_init (XmlRpcBase64Decoder *self)
{
  *self = (XmlRpcBase64Decoder) { 0 };
}

gboolean
xml_rpc_base64_decoder_feed (XmlRpcBase64Decoder *self,
                             const char          *text,
                             gsize                length,
                             guint8              *out,
                             gsize               *n_written)
{
  const guint8 *in = (const guint8 *) text;
  const guint8 *end = in + length;
  guint8 *position = out;
  gboolean valid = TRUE;

  while (valid && in < end)
    {
      if (self->n_characters == 0)
        in = decode_groups (in, end, &position);

      if (in < end)
        valid = decode_character (self, *in++, &position);
    }

  *n_written = position - out;

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

gsize
xml_rpc_base64_encode (const guint8 *data,
                       gsize         length,
                       char         *out)
{
  char *position = out;
  guint32 bits;

  for (; length >= 3; length -= 3, data += 3, position += 4)
    {
      bits = (guint32) data[0] << 16 | (guint32) data[1] << 8 | data[2];
      position[0] = encoding[bits >> 18];
      position[1] = encoding[bits >> 12 & 63];
      position[2] = encoding[bits >> 6 & 63];
      position[3] = encoding[bits & 63];
    }

  if (length > 0)
    {
      bits = (guint32) data[0] << 16 | (length == 2 ? (guint32) data[1] << 8 : 0);
      position[0] = encoding[bits >> 18];
      position[1] = encoding[bits >> 12 & 63];
      position[2] = length == 2 ? encoding[bits >> 6 & 63] : '=';
      position[3] = '=';
      position += 4;
    }

  return position - out;
}
