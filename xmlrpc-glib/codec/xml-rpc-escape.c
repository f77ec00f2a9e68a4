/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-escape-private.h"

/* References are copied with what is behind them, in one step. */
#define REFERENCE_SIZE 8
#define MAX_REFERENCE  5

/* So much text at a time has room for the worst of it. */
#define PIECE_LENGTH 1024

/* What becomes of a byte: itself where there is nothing else. */
typedef struct
{
  char     text[REFERENCE_SIZE];
  guint8   n_more;               /* than one character */
  guint8   hidden;               /* bits of the byte */
  gboolean is_doubtful;          /* if it is allowed at all */
} Escape;

#define REFERENCE(text) { text, sizeof (text) - 2, 0xff, FALSE }
#define DOUBTFUL        { .is_doubtful = TRUE }

static const Escape escapes[256] = {
  [0x00 ... 0x08] = DOUBTFUL,
  [0x0b ... 0x0c] = DOUBTFUL,
  ['\r'] = REFERENCE ("&#13;"),   /* a bare one would be read as a line feed */
  [0x0e ... 0x1f] = DOUBTFUL,
  ['&'] = REFERENCE ("&amp;"),
  ['<'] = REFERENCE ("&lt;"),
  ['>'] = REFERENCE ("&gt;"),
  [0xef] = DOUBTFUL,              /* U+F000 to U+FFFF, of which XML forbids the last two */
};

static gboolean
is_allowed (const char *text)
{
  return *text == '\xef' && !(text[1] == '\xbf' && (text[2] == '\xbe' || text[2] == '\xbf'));
}

/* Returns the new end of the output, or NULL. Text has plain bytes and others in
 * no order that the processor could guess, so there is no branch for them. */
static inline char *
escape_byte (char       *out,
             const char *text)
{
  const Escape *escape = &escapes[(guint8) *text];

  if (G_UNLIKELY (escape->is_doubtful) && !is_allowed (text))
    return NULL;

  memcpy (out, escape->text, REFERENCE_SIZE);
  out[0] |= *text & ~escape->hidden;
  return out + 1 + escape->n_more;
}

#define EACH_BYTE(byte) (G_GUINT64_CONSTANT (0x0101010101010101) * (byte))

/* The highest bit of a byte that is zero; of those above it maybe, too. */
static inline guint64
find_zero (guint64 bytes)
{
  return (bytes - EACH_BYTE (1)) & ~bytes & EACH_BYTE (0x80);
}

static inline guint64
find_control (guint64 bytes)
{
  return (bytes - EACH_BYTE (' ')) & ~bytes & EACH_BYTE (0x80);
}

/* How many of eight bytes can just be copied: there is none before that would
 * have to be looked at. '<' and '>' differ in one bit. */
static inline guint
count_plain (guint64 bytes)
{
  guint64 special = find_control (bytes)
                  | find_zero (bytes ^ EACH_BYTE ('&'))
                  | find_zero ((bytes | EACH_BYTE ('<' ^ '>')) ^ EACH_BYTE ('<' | '>'))
                  | find_zero (bytes ^ EACH_BYTE (0xef));

  return special != 0 ? (guint) __builtin_ctzll (special) / 8 : (guint) sizeof bytes;
}

/* There is room for all that may come. Returns where it stopped. */
static const char *
escape_piece (char       **out,
              const char  *text,
              const char  *end)
{
  char *position = *out;

  while (text < end)
    {
      char *next;

      /* Eight bytes are copied, plain or not, and the byte behind those that
       * are plain is looked at. */
      if (end - text > (gssize) sizeof (guint64))
        {
          guint64 bytes;
          guint n_plain;

          memcpy (&bytes, text, sizeof bytes);
          memcpy (position, &bytes, sizeof bytes);
          n_plain = count_plain (GUINT64_FROM_LE (bytes));
          text += n_plain;
          position += n_plain;
        }

      next = escape_byte (position, text);
      if (next == NULL)
        break;
      position = next;
      text++;
    }

  *out = position;
  return text;
}

const char *
xml_rpc_escape (XmlRpcBuffer *out,
                const char   *text,
                gsize         length)
{
  const char *end = text + length;

  while (text < end)
    {
      const char *piece_end = text + MIN (end - text, PIECE_LENGTH);
      char *start = (char *) xml_rpc_buffer_reserve (out, (piece_end - text) * MAX_REFERENCE + REFERENCE_SIZE);
      char *position = start;

      text = escape_piece (&position, text, piece_end);
      out->length += position - start;
      if (text < piece_end)
        return text;
    }

  return NULL;
}

const char *
xml_rpc_escape_slowly (XmlRpcBuffer *out,
                       const char   *text,
                       gsize         length)
{
  const char *end = text + length;

  for (; text < end; text++)
    {
      char *position = (char *) xml_rpc_buffer_reserve (out, REFERENCE_SIZE);
      char *next = escape_byte (position, text);

      if (next == NULL)
        return text;
      out->length += next - position;
    }

  return NULL;
}
