/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "../variant/xml-rpc-buffer-private.h"

G_BEGIN_DECLS

/* The mark of the byte order, U+FEFF. */
#define XML_RPC_TEXT_MARK "\xef\xbb\xbf"

/* Nothing but XML's white space. */
gboolean xml_rpc_text_is_blank (const char *text,
                                gsize       length);

/* How many bytes from the beginning are UTF-8, whole characters each. */
gsize    xml_rpc_text_count_utf8  (const char *text,
                                   gsize       length);

/* Line feeds. */
guint    xml_rpc_text_count_lines (const char *text,
                                   gsize       length);

/* A member's name in the place that an error names: ".a", or "[\"a b\"]". Of a
 * long one the beginning. */
void     xml_rpc_text_append_member_name (GString    *place,
                                          const char *name,
                                          gsize       length);

/* What others have sent, as it stands in a message: a character that would not be seen, or
 * that moves the cursor or turns the order of letters, is escaped as in C. Backslashes stay
 * as they are. */
char    *xml_rpc_text_make_printable      (const char *text,
                                           gssize      length);
void     xml_rpc_text_append_printable    (GString    *text,
                                           gunichar    character);

/* A name that anybody may have sent, for people and logs: what would not be seen, or seen
 * as something else, is escaped as in C, and of a long one there is the beginning. */
char    *xml_rpc_text_show               (const char *name);
/* "name: " before the message. */
void     xml_rpc_text_prefix_error       (GError    **error,
                                          const char *name);

/* Appends text with references for what means something in XML. @text is UTF-8.
 * Returns NULL, or the first character that XML 1.0 cannot carry (section 2.2 of
 * its specification). */
const char *xml_rpc_text_escape (XmlRpcBuffer *out,
                                 const char   *text,
                                 gsize         length);

/* The character that a reference of XML stands for, "&amp;" or "&#38;", from its "&" up to
 * its @semicolon, a few bytes; 0 if there is none, or the name is not one of XML's own
 * five. */
gunichar xml_rpc_text_parse_reference (const char *reference,
                                       const char *semicolon);

/* White space, as XML has it. */
static inline gboolean
xml_rpc_text_is_white (char byte)
{
  return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

static inline gboolean
xml_rpc_text_is_continuation (char byte)
{
  return (gint8) byte < -0x40;
}

/* Of a character in the shortest form, of Unicode, and no surrogate (table 3-7
 * of the Unicode standard); 0 if it is none. */
static inline gsize
xml_rpc_text_get_character_length (const char *text,
                                   gsize       available)
{
  const guint8 *bytes = (const guint8 *) text;
  guint8 lead = bytes[0];

  if (lead < 0x80)
    return 1;
  if (lead < 0xc2 || lead > 0xf4 || available < 2 || !xml_rpc_text_is_continuation (text[1]))
    return 0;
  if (lead < 0xe0)
    return 2;

  if (available < 3 || !xml_rpc_text_is_continuation (text[2]))
    return 0;
  if (lead < 0xf0)
    return (lead == 0xe0 && bytes[1] < 0xa0) || (lead == 0xed && bytes[1] >= 0xa0) ? 0 : 3;

  if (available < 4 || !xml_rpc_text_is_continuation (text[3]))
    return 0;
  return (lead == 0xf0 && bytes[1] < 0x90) || (lead == 0xf4 && bytes[1] >= 0x90) ? 0 : 4;
}

/* Whether a character of so many bytes at least may begin there. */
static inline gboolean
xml_rpc_text_is_cut (const char *text,
                     gsize       available)
{
  guint8 lead = (guint8) text[0];

  return available < (lead >= 0xf0 ? 4u : lead >= 0xe0 ? 3u : lead >= 0xc0 ? 2u : 1u);
}

/* U+FFFE and U+FFFF, which XML does not have, by their three bytes. */
static inline gboolean
xml_rpc_text_is_no_character (const char *text)
{
  return (guint8) text[0] == 0xef && (guint8) text[1] == 0xbf && (guint8) text[2] >= 0xbe;
}

#define XML_RPC_TEXT_EACH(byte) (G_MAXUINT64 / 0xff * (byte))

static inline guint64
xml_rpc_text_load (const char *text)
{
  guint64 bytes;

  memcpy (&bytes, text, sizeof bytes);
  return GUINT64_FROM_LE (bytes);
}

/* Whether all bytes are letters or digits of ASCII: adding to each what makes the first
 * of a range negative, and what makes the first behind it so, shows by their high bits
 * which are within. */
static inline gboolean
xml_rpc_text_are_alphanumeric (guint64 bytes)
{
  const guint64 lower = bytes | XML_RPC_TEXT_EACH ('a' ^ 'A');
  const guint64 letters = (lower + XML_RPC_TEXT_EACH (0x80 - 'a')) & ~(lower + XML_RPC_TEXT_EACH (0x7f - 'z'));
  const guint64 digits = (bytes + XML_RPC_TEXT_EACH (0x80 - '0')) & ~(bytes + XML_RPC_TEXT_EACH (0x7f - '9'));

  return ((letters | digits) & ~bytes & XML_RPC_TEXT_EACH (0x80)) == XML_RPC_TEXT_EACH (0x80);
}

/* Behind what is ASCII from blank on, but no "&", "<" or ">". That is eight bytes at
 * a time: taking away what makes the bytes in question negative shows them by their
 * high bits, up to the first of them. "<" and ">" differ in one bit. */
static inline const char *
xml_rpc_text_skip_plain (const char *text,
                         const char *end)
{
  while (end - text >= 8)
    {
      const guint64 bytes = xml_rpc_text_load (text);
      const guint64 brackets = (bytes | XML_RPC_TEXT_EACH ('<' ^ '>')) ^ XML_RPC_TEXT_EACH ('>');
      const guint64 ampersands = bytes ^ XML_RPC_TEXT_EACH ('&');
      guint64 special = bytes | (bytes - XML_RPC_TEXT_EACH (' ')) |
                        (brackets - XML_RPC_TEXT_EACH (1)) | (ampersands - XML_RPC_TEXT_EACH (1));

      special &= XML_RPC_TEXT_EACH (0x80);
      if (special != 0)
        return text + __builtin_ctzll (special) / 8;
      text += 8;
    }

  while (text < end && (guint8) *text >= ' ' && (guint8) *text < 0x80 && *text != '&' && *text != '<' && *text != '>')
    text++;

  return text;
}

/* The highest bit of a byte that is zero; of those above it maybe, too. */
static inline guint64
xml_rpc_text_find_zero (guint64 bytes)
{
  return (bytes - XML_RPC_TEXT_EACH (1)) & ~bytes & XML_RPC_TEXT_EACH (0x80);
}

/* The same of one that is a control character. */
static inline guint64
xml_rpc_text_find_control (guint64 bytes)
{
  return (bytes - XML_RPC_TEXT_EACH (' ')) & ~bytes & XML_RPC_TEXT_EACH (0x80);
}

/* Behind what stands for itself in a string of JSON: no control character, quotation mark
 * or backslash. */
static inline const char *
xml_rpc_text_skip_json_plain (const char *text,
                              const char *end)
{
  while (end - text >= 8)
    {
      const guint64 bytes = xml_rpc_text_load (text);
      const guint64 special = xml_rpc_text_find_control (bytes) |
                              xml_rpc_text_find_zero (bytes ^ XML_RPC_TEXT_EACH ('"')) |
                              xml_rpc_text_find_zero (bytes ^ XML_RPC_TEXT_EACH ('\\'));

      if (special != 0)
        return text + __builtin_ctzll (special) / 8;
      text += 8;
    }

  while (text < end && (guint8) *text >= ' ' && *text != '"' && *text != '\\')
    text++;

  return text;
}

G_END_DECLS
