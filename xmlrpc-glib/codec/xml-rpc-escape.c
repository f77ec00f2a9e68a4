/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-escape-private.h"

#include "xml-rpc-text-private.h"

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

/* How many of eight bytes can just be copied: there is none before that would
 * have to be looked at. '<' and '>' differ in one bit. */
static inline guint
count_plain (guint64 bytes)
{
  guint64 special = xml_rpc_text_find_control (bytes)
                  | xml_rpc_text_find_zero (bytes ^ XML_RPC_TEXT_EACH ('&'))
                  | xml_rpc_text_find_zero ((bytes | XML_RPC_TEXT_EACH ('<' ^ '>')) ^ XML_RPC_TEXT_EACH ('<' | '>'))
                  | xml_rpc_text_find_zero (bytes ^ XML_RPC_TEXT_EACH (0xef));

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
