/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-text-private.h"

#include <string.h>

#define SHOWN_CHARACTERS 64

/* Of a method. */
#define MAX_SHOWN_NAME 200

gboolean
xml_rpc_text_is_blank (const char *text,
                       gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (!xml_rpc_text_is_white (text[i]))
        return FALSE;
    }

  return TRUE;
}

#define HIGH_BITS XML_RPC_TEXT_EACH (0x80)

/* Behind ASCII, several words at a time where it is long. */
static inline gsize
skip_ascii (const char *text,
            gsize       start,
            gsize       length)
{
  gsize i = start;

  for (; length - i >= 32; i += 32)
    {
      const guint64 all = xml_rpc_text_load (text + i) | xml_rpc_text_load (text + i + 8) |
                          xml_rpc_text_load (text + i + 16) | xml_rpc_text_load (text + i + 24);

      if ((all & HIGH_BITS) != 0)
        break;
    }

  for (; length - i >= 8; i += 8)
    {
      const guint64 high_bits = xml_rpc_text_load (text + i) & HIGH_BITS;

      if (high_bits != 0)
        return i + (gsize) __builtin_ctzll (high_bits) / 8;
    }

  while (i < length && (guint8) text[i] < 0x80)
    i++;

  return i;
}

/* What is not ASCII comes in words, between which it is. */
gsize
xml_rpc_text_count_utf8 (const char *text,
                         gsize       length)
{
  gsize i = 0;

  while ((i = skip_ascii (text, i, length)) < length)
    {
      do
        {
          gsize n = xml_rpc_text_get_character_length (text + i, length - i);

          if (n == 0)
            return i;
          i += n;
        }
      while (i < length && (guint8) text[i] >= 0x80);
    }

  return length;
}

guint
xml_rpc_text_count_lines (const char *text,
                          gsize       length)
{
  const char *end = text + length;
  guint n = 0;

  while (text < end && (text = memchr (text, '\n', (gsize) (end - text))) != NULL)
    {
      text++;
      n++;
    }

  return n;
}

static gboolean
is_plain_name (const char *name,
               gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isalnum (name[i]) && name[i] != '_' && name[i] != '-')
        return FALSE;
    }

  return length > 0;
}

void
xml_rpc_text_append_member_name (GString    *place,
                                 const char *name,
                                 gsize       length)
{
  const char *end = name;

  for (guint n = 0; n < SHOWN_CHARACTERS && end < name + length; n++)
    end = g_utf8_next_char (end);

  if (is_plain_name (name, length))
    g_string_append_printf (place, ".%.*s", (int) (end - name), name);
  else
    g_string_append_printf (place, "[\"%.*s\"]", (int) (end - name), name);
}

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
xml_rpc_text_escape (XmlRpcBuffer *out,
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

/* A character of XML: section 2.2. */
static gboolean
is_character (gunichar character)
{
  if (character < 0x20)
    return character == '\t' || character == '\n' || character == '\r';

  return character < 0xd800 || (character > 0xdfff && character < 0xfffe) ||
         (character > 0xffff && character < 0x110000);
}

/* Parses the few bytes between "&#" and ";". Returns 0 if they are not a
 * number, or one beyond Unicode. */
static gunichar
parse_number (const char *digits,
              const char *end)
{
  const gboolean is_hexadecimal = *digits == 'x';
  guint64 number = 0;

  digits += is_hexadecimal;
  if (digits == end)
    return 0;

  for (; digits < end; digits++)
    {
      const int digit = is_hexadecimal ? g_ascii_xdigit_value (*digits) : g_ascii_digit_value (*digits);

      if (digit < 0)
        return 0;
      number = number * (is_hexadecimal ? 16 : 10) + (guint64) digit;
    }

  return number < 0x110000 ? (gunichar) number : 0;
}

/* Of what stands between "&" and ";"; 0 if it is not known. */
static gunichar
parse_entity (const char *name,
              const char *end)
{
  static const struct
  {
    const char *name;
    gunichar    character;
  } entities[] = {
    { "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "quot", '"' }, { "apos", '\'' },
  };
  gsize length = (gsize) (end - name);

  for (gsize i = 0; i < G_N_ELEMENTS (entities); i++)
    {
      if (strlen (entities[i].name) == length && memcmp (entities[i].name, name, length) == 0)
        return entities[i].character;
    }

  return 0;
}

gunichar
xml_rpc_text_parse_reference (const char *reference,
                              const char *semicolon)
{
  const gunichar character = reference[1] == '#' ? parse_number (reference + 2, semicolon)
                                                 : parse_entity (reference + 1, semicolon);

  return is_character (character) ? character : 0;
}

/* What changes how a line looks, or is not seen in it. */
static gboolean
is_odd (gunichar character)
{
  switch ((int) g_unichar_type (character))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_UNASSIGNED:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
append_escape (GString  *text,
               gunichar  character)
{
  static const struct
  {
    gunichar    character;
    const char *escape;
  } special[] = {
    { '\\', "\\\\" }, { '\n', "\\n" }, { '\r', "\\r" }, { '\t', "\\t" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (special); i++)
    {
      if (character == special[i].character)
        {
          g_string_append (text, special[i].escape);
          return;
        }
    }

  g_string_append_printf (text, character < 0x10000 ? "\\u%04x" : "\\U%08x", character);
}

void
xml_rpc_text_append_printable (GString  *text,
                               gunichar  character)
{
  if (is_odd (character))
    append_escape (text, character);
  else
    g_string_append_unichar (text, character);
}

char *
xml_rpc_text_make_printable (const char *text,
                             gssize      length)
{
  g_autofree char *valid = g_utf8_make_valid (text, length);
  GString *out = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    xml_rpc_text_append_printable (out, g_utf8_get_char (at));

  return g_string_free (out, FALSE);
}

char *
xml_rpc_text_show (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  GString *text = g_string_new (NULL);
  const char *at = valid;

  for (gsize n = 0; *at != '\0' && n < MAX_SHOWN_NAME; n++, at = g_utf8_next_char (at))
    {
      if (*at == '\\')
        append_escape (text, '\\');
      else
        xml_rpc_text_append_printable (text, g_utf8_get_char (at));
    }

  if (*at != '\0')
    g_string_append (text, "...");
  return g_string_free (text, FALSE);
}

void
xml_rpc_text_prefix_error (GError    **error,
                           const char *name)
{
  g_autofree char *shown = xml_rpc_text_show (name);

  g_prefix_error (error, "%s: ", shown);
}
