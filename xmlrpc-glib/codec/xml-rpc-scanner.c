/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Nearly every message in the world is plain XML, and this reads it, in one loop over
 * its bytes:
 *
 *   document    = [declaration] around element around
 *   element     = "<" name { attribute } [" "] "/>"
 *               | "<" name { attribute } ">" content "</" name ">"
 *   content     = { text | reference | section | comment | element }
 *   around      = { blank, tab, line feed, carriage return, mark of the byte order, or comment }
 *   text        = characters of XML in UTF-8, but no "<", "&" and "]]>"
 *   reference   = "&amp;" | "&lt;" | "&gt;" | "&quot;" | "&apos;"
 *               | "&#" digits ";" | "&#x" digits ";"
 *   section     = "<![CDATA[" characters "]]>"
 *   comment     = "<!--" characters but no "--" and no carriage return "-->"
 *   name        = part [":" part]
 *   part        = letter of ASCII or "_", then those, digits, "." and "-"
 *   attribute   = " " name "=" value
 *   value       = ASCII but no "<" and "&", in quotation marks
 *   declaration = that of XML 1.0, with any encoding
 *
 * where all elements of a message that have a prefix have the same, and those that have
 * attributes have the same few, with the same values (there is a limit on how many names a
 * message may have), and no tag, reference or comment is longer than MAX_TOKEN.
 *
 * It judges nothing. At the first token that is anything else, such as an instruction, or
 * an end tag that does not match, it stops, and another parser takes the message from
 * there to its end. So it can do wrong in one way only: by taking for plain what is
 * not. To stop too early costs time and nothing else.
 *
 * If the end of what has come cuts a token, the token is held, and scanned again when
 * there is more. Text is not held: it is passed on as it comes, except for a last "]"
 * that may begin "]]>", a carriage return that may have a line feed behind it, and
 * part of a character. */

#include "xml-rpc-scanner-private.h"

#include "xml-rpc-declaration-private.h"
#include "xml-rpc-tag-private.h"
#include "xml-rpc-text-private.h"

#include <string.h>

#define MAX_TOKEN 255

/* "&#x10FFFF;", with two zeros to spare. */
#define MAX_REFERENCE 12

/* From here on it may be a large binary, which is not to be read twice. */
#define LONG_TEXT 128

/* What is scanned at a time: its lines are counted while it is at hand. */
#define PIECE (64 * 1024)

/* "</", and a word of what is behind it. */
#define SHORT_TAG (2 + (gssize) sizeof (guint64))

/* Letters of ASCII have it, and digits do not. */
#define LETTER_BIT 0x40

#define CDATA_START   "<![CDATA["
#define CDATA_END     "]]>"
#define COMMENT_START "<!--"
#define COMMENT_END   "-->"

void
xml_rpc_scanner_init (XmlRpcScanner *self,
                      XmlRpcXmlSink *sink)
{
  *self = (XmlRpcScanner) { .sink = sink, .is_plain = TRUE, .line = 1 };
}

void
xml_rpc_scanner_clear (XmlRpcScanner *self)
{
  xml_rpc_open_elements_clear (&self->open);
  xml_rpc_buffer_clear (&self->held);
  xml_rpc_buffer_clear (&self->prefix);
  xml_rpc_buffer_clear (&self->attributes);
}

/* The functions below take a token that begins at a place, and return where it ends:
 * at the same place if it is not whole, or not plain. */

static const char *
hand_over (XmlRpcScanner *self,
           const char    *token)
{
  self->is_plain = FALSE;
  return token;
}

/* A token that is not whole at the end of what has come. */
static const char *
wait_for_more (XmlRpcScanner *self,
               const char    *token,
               const char    *end)
{
  return end - token > MAX_TOKEN ? hand_over (self, token) : token;
}

static inline gboolean
is_going_on (const XmlRpcScanner *self)
{
  return self->is_plain && !xml_rpc_xml_sink_is_over (self->sink);
}

static inline void
emit_text (XmlRpcScanner *self,
           const char    *text,
           const char    *end)
{
  self->position = end;
  if (end > text)
    self->sink->events->text (self->sink->user_data, text, (gsize) (end - text));
}

static inline void
start_element (XmlRpcScanner *self,
               const char    *name,
               gsize          length,
               guint64        word)
{
  xml_rpc_open_elements_push (&self->open, name, length, word);
  self->state = XML_RPC_SCANNER_CONTENT;
  self->sink->events->start_element (self->sink->user_data, name, length, word);
}

static inline void
end_element (XmlRpcScanner *self)
{
  xml_rpc_open_elements_pop (&self->open);
  if (xml_rpc_open_elements_is_empty (&self->open))
    self->state = XML_RPC_SCANNER_EPILOG;

  self->sink->events->end_element (self->sink->user_data);
}

/* Whether it is the one that the message has. */
static gboolean
is_only_one (XmlRpcBuffer *known,
             const char   *name,
             gsize         length)
{
  if (known->length == 0)
    xml_rpc_buffer_append (known, name, length);

  return known->length == length && memcmp (known->data, name, length) == 0;
}

static const char *
scan_start_tag (XmlRpcScanner *self,
                const char    *token,
                const char    *end)
{
  XmlRpcTag tag;
  const XmlRpcTagStatus status = xml_rpc_tag_parse (&tag, token, end);

  if (status == XML_RPC_TAG_IS_CUT)
    return wait_for_more (self, token, end);
  if (status == XML_RPC_TAG_IS_OTHER || tag.end - token > MAX_TOKEN ||
      (tag.prefix_length > 0 && !is_only_one (&self->prefix, tag.name, tag.prefix_length)) ||
      (tag.attributes_length > 0 && !is_only_one (&self->attributes, tag.attributes, tag.attributes_length)))
    return hand_over (self, token);

  self->position = tag.end - 1;
  start_element (self, tag.name, tag.length, xml_rpc_xml_name_to_word (tag.name, tag.length));
  if (tag.is_empty && !xml_rpc_xml_sink_is_over (self->sink))
    end_element (self);

  return tag.end;
}

static const char *
scan_end_tag (XmlRpcScanner *self,
              const char    *tag,
              const char    *end)
{
  const char *name = tag + 2;
  const gsize length = xml_rpc_open_elements_get_innermost (&self->open)->length;

  if ((gsize) (end - name) <= length)
    return wait_for_more (self, tag, end);
  if (!xml_rpc_open_elements_is_named (&self->open, name) || name[length] != '>')
    return hand_over (self, tag);

  self->position = name + length;
  end_element (self);

  return name + length + 1;
}

/* Most tags have a name of up to seven letters and digits, and nothing else: that is
 * eight bytes with the bracket. NULL: it is another. */
static inline const char *
scan_short_start_tag (XmlRpcScanner *self,
                      const char    *name)
{
  const guint64 bytes = xml_rpc_text_load (name);
  const guint64 others = bytes ^ XML_RPC_TEXT_EACH ('>');
  const guint64 bracket = (others - XML_RPC_TEXT_EACH (1)) & ~others & XML_RPC_TEXT_EACH (0x80);
  guint64 mask;
  gsize length;

  if (bracket == 0)
    return NULL;

  length = (gsize) __builtin_ctzll (bracket) / 8;
  mask = (G_GUINT64_CONSTANT (1) << 8 * length) - 1;
  if (length == 0 || (bytes & LETTER_BIT) == 0 || !xml_rpc_text_are_alphanumeric ((bytes & mask) | (XML_RPC_TEXT_EACH ('a') & ~mask)))
    return NULL;

  self->position = name + length;
  start_element (self, name, length, bytes & mask);

  return name + length + 1;
}

static inline const char *
scan_short_end_tag (XmlRpcScanner *self,
                    const char    *name)
{
  const XmlRpcOpenElement *open = xml_rpc_open_elements_get_innermost (&self->open);
  const guint64 expected = open->word | (guint64) '>' << 8 * (open->length % sizeof (guint64));
  const guint64 others = (xml_rpc_text_load (name) ^ expected) << 8 * (7 - open->length % sizeof (guint64));

  if (!xml_rpc_open_element_is_short (open) || others != 0)
    return NULL;

  name += open->length;
  self->position = name;
  end_element (self);

  return name + 1;
}

/* Behind the characters from a place in a text on that stand for themselves, there or
 * in a CDATA section. */
static inline const char *
skip_characters (const char *text,
                 const char *at,
                 const char *end,
                 gboolean    is_section)
{
  for (;;)
    {
      gsize n;

      at = xml_rpc_text_skip_plain (at, end);
      if (at == end)
        return at;

      if ((guint8) *at >= 0x80)
        {
          n = xml_rpc_text_get_character_length (at, (gsize) (end - at));
          if (n == 0 || (n == 3 && xml_rpc_text_is_no_character (at)))
            return at;
          at += n;
        }
      else if (*at == '\n' || *at == '\t' || (is_section && *at >= ' ') ||
               (*at == '>' && (at - text < 2 || at[-1] != ']' || at[-2] != ']')))
        {
          at++;
        }
      else
        {
          return at;
        }
    }
}

static gboolean
has_prefix (const char *text,
            const char *end,
            const char *prefix)
{
  return memcmp (text, prefix, MIN (strlen (prefix), (gsize) (end - text))) == 0;
}

static const char *
scan_section_start (XmlRpcScanner *self,
                    const char    *token,
                    const char    *end)
{
  if (end - token < (gssize) strlen (CDATA_START))
    return token;

  self->state = XML_RPC_SCANNER_CDATA;
  return token + strlen (CDATA_START);
}

/* Two hyphens end it, and cannot be anything else. */
static const char *
scan_comment (XmlRpcScanner *self,
              const char    *token,
              const char    *end)
{
  const gsize length = MIN ((gsize) (end - token), MAX_TOKEN);
  const char *text = token + strlen (COMMENT_START);
  const char *text_end = length > strlen (COMMENT_START) ? g_strstr_len (text, token + length - text, "--") : NULL;

  if (text_end == NULL || end - text_end < (gssize) strlen (COMMENT_END))
    return wait_for_more (self, token, end);
  if (!has_prefix (text_end, end, COMMENT_END) || skip_characters (text, text, text_end, TRUE) != text_end)
    return hand_over (self, token);

  /* No declaration can follow. */
  if (self->state == XML_RPC_SCANNER_START)
    self->state = XML_RPC_SCANNER_PROLOG;
  return text_end + strlen (COMMENT_END);
}

/* What begins with "<!". */
static const char *
scan_bang (XmlRpcScanner *self,
           const char    *token,
           const char    *end)
{
  if (has_prefix (token, end, COMMENT_START))
    return scan_comment (self, token, end);
  if (has_prefix (token, end, CDATA_START) && self->state == XML_RPC_SCANNER_CONTENT)
    return scan_section_start (self, token, end);

  return hand_over (self, token);
}

static inline const char *
scan_markup (XmlRpcScanner *self,
             const char    *token,
             const char    *end)
{
  if (G_LIKELY (end - token >= SHORT_TAG))
    {
      const char *at = token[1] == '/' ? scan_short_end_tag (self, token + 2) : scan_short_start_tag (self, token + 1);

      if (G_LIKELY (at != NULL))
        return at;
    }

  if (token + 1 == end)
    return token;
  if (token[1] == '/')
    return scan_end_tag (self, token, end);
  if (token[1] == '!')
    return scan_bang (self, token, end);

  return scan_start_tag (self, token, end);
}

static const char *
scan_reference (XmlRpcScanner *self,
                const char    *token,
                const char    *end)
{
  gsize available = MIN ((gsize) (end - token), MAX_REFERENCE);
  const char *semicolon = memchr (token, ';', available);
  gunichar character;
  char text[6];

  if (semicolon == NULL)
    return available < MAX_REFERENCE ? token : hand_over (self, token);

  character = xml_rpc_text_parse_reference (token, semicolon);
  if (character == 0)
    return hand_over (self, token);

  self->position = semicolon;
  self->sink->events->text (self->sink->user_data, text, (gsize) g_unichar_to_utf8 (character, text));

  return semicolon + 1;
}

/* Section 2.11: a line feed stands for it, or follows. */
static const char *
scan_carriage_return (XmlRpcScanner *self,
                      const char    *token,
                      const char    *end)
{
  static const char line_feed[] = "\n";

  if (token + 1 == end)
    return token;

  self->position = token;
  if (token[1] != '\n')
    self->sink->events->text (self->sink->user_data, line_feed, 1);

  return token + 1;
}

/* What may begin "]]>", whose rest is not there. */
static const char *
leave_brackets (const char *text,
                const char *end)
{
  const char *at = end;

  while (at > text && end - at < 2 && at[-1] == ']')
    at--;

  return at;
}

static gboolean
is_cut_character (const char *at,
                  const char *end)
{
  return (guint8) *at >= 0x80 && xml_rpc_text_is_cut (at, (gsize) (end - at));
}

static inline const char *
scan_text (XmlRpcScanner *self,
           const char    *text,
           const char    *end)
{
  const char *at = skip_characters (text, text, end - text > LONG_TEXT ? text + LONG_TEXT : end, FALSE);

  if (at - text == LONG_TEXT)
    {
      gsize n = self->sink->events->raw_text (self->sink->user_data, text, (gsize) (end - text));

      if (n > 0)
        return text + n;
    }
  /* Or a character less, if it is cut there. */
  if (at - text >= LONG_TEXT - 3)
    at = skip_characters (text, at, end, FALSE);

  if (at == end)
    {
      at = leave_brackets (text, end);
    }
  else if (*at == '>')
    {
      self->is_plain = FALSE;
      at -= 2;
    }
  else if (*at != '<' && *at != '&' && *at != '\r' && !is_cut_character (at, end))
    {
      self->is_plain = FALSE;
    }

  emit_text (self, text, at);
  return at;
}

/* NULL: it is not there yet. */
static const char *
find_section_end (const char *text,
                  const char *end)
{
  const char *at = text;

  while ((at = memchr (at, ']', (gsize) (end - at))) != NULL && end - at >= (gssize) strlen (CDATA_END))
    {
      if (memcmp (at, CDATA_END, strlen (CDATA_END)) == 0)
        return at;
      at++;
    }

  return NULL;
}

static const char *
scan_section (XmlRpcScanner *self,
              const char    *text,
              const char    *end)
{
  const char *section_end = find_section_end (text, end);
  const char *limit = section_end != NULL ? section_end : leave_brackets (text, end);
  const char *at = skip_characters (text, text, limit, TRUE);

  emit_text (self, text, at);
  if (xml_rpc_xml_sink_is_over (self->sink))
    return at;

  if (at < limit)
    {
      if (*at == '\r')
        return scan_carriage_return (self, at, end);
      if (limit < end || !is_cut_character (at, end))
        self->is_plain = FALSE;
      return at;
    }
  if (section_end == NULL)
    return at;

  self->state = XML_RPC_SCANNER_CONTENT;
  return section_end + strlen (CDATA_END);
}

static inline const char *
scan_content (XmlRpcScanner *self,
              const char    *token,
              const char    *end)
{
  switch (*token)
    {
    case '<':
      return scan_markup (self, token, end);
    case '&':
      return scan_reference (self, token, end);
    case '\r':
      return scan_carriage_return (self, token, end);
    default:
      return scan_text (self, token, end);
    }
}

static const char *
scan_declaration (XmlRpcScanner *self,
                  const char    *token,
                  const char    *end)
{
  XmlRpcDeclaration declaration;

  switch (xml_rpc_declaration_parse (&declaration, token, (gsize) (end - token)))
    {
    case XML_RPC_DECLARATION_IS_CUT:
      return wait_for_more (self, token, end);
    case XML_RPC_DECLARATION_IS_THERE:
      if (!declaration.is_plain || declaration.length > MAX_TOKEN)
        return hand_over (self, token);
      self->state = XML_RPC_SCANNER_PROLOG;
      return token + declaration.length;
    case XML_RPC_DECLARATION_IS_BROKEN:
      return hand_over (self, token);
    case XML_RPC_DECLARATION_IS_MISSING:
    default:
      return scan_start_tag (self, token, end);
    }
}

static const char *
scan_mark (XmlRpcScanner *self,
           const char    *token,
           const char    *end)
{
  const gssize length = (gssize) strlen (XML_RPC_TEXT_MARK);

  if (!has_prefix (token, end, XML_RPC_TEXT_MARK))
    return hand_over (self, token);

  return end - token < length ? token : token + length;
}

/* Around the root. */
static const char *
scan_outside (XmlRpcScanner *self,
              const char    *token,
              const char    *end)
{
  const char *at = token;

  while (at < end && xml_rpc_text_is_white (*at))
    at++;
  if (at > token)
    return at;
  if (*token != '<')
    return scan_mark (self, token, end);
  if (token + 1 == end)
    return token;
  if (token[1] == '!')
    return scan_bang (self, token, end);
  if (self->state == XML_RPC_SCANNER_EPILOG)
    return hand_over (self, token);

  return self->state == XML_RPC_SCANNER_START ? scan_declaration (self, token, end) : scan_start_tag (self, token, end);
}

/* Returns behind the last token that was whole. */
static const char *
scan (XmlRpcScanner *self,
      const char    *data,
      const char    *end)
{
  const char *at = data;
  const char *token = NULL;

  self->counted = data;
  self->position = data;

  while (at < end && at != token && is_going_on (self))
    {
      token = at;
      if (G_LIKELY (self->state == XML_RPC_SCANNER_CONTENT))
        at = scan_content (self, token, end);
      else if (self->state == XML_RPC_SCANNER_CDATA)
        at = scan_section (self, token, end);
      else
        at = scan_outside (self, token, end);
    }

  self->line += xml_rpc_text_count_lines (data, (gsize) (at - data));
  self->counted = NULL;

  return at;
}

static void
remove_held (XmlRpcScanner *self,
             gsize          n)
{
  self->held.length -= n;
  memmove (self->held.data, self->held.data + n, self->held.length);
}

/* Scans what is held with some of what follows. */
static gsize
feed_held (XmlRpcScanner *self,
           const char    *data,
           gsize          length)
{
  const gsize n_held = self->held.length;
  const gsize n_added = MIN (length, MAX_TOKEN);
  const char *start, *end;
  gsize n_scanned;

  xml_rpc_buffer_append (&self->held, data, n_added);
  start = (const char *) self->held.data;
  end = start + self->held.length;
  n_scanned = (gsize) (scan (self, start, end) - start);

  if (n_scanned >= n_held)
    {
      self->held.length = 0;
      return n_scanned - n_held;
    }

  /* The token that begins in what was held. If it is not plain, what was added is
   * not taken. */
  if (!self->is_plain)
    self->held.length = n_held;
  remove_held (self, n_scanned);

  return self->is_plain ? n_added : 0;
}

/* Scans what follows, with nothing held, and holds what is left of it. */
static gsize
feed_piece (XmlRpcScanner *self,
            const char    *data,
            gsize          length)
{
  gsize n_scanned = (gsize) (scan (self, data, data + length) - data);

  if (!is_going_on (self))
    return n_scanned;

  xml_rpc_buffer_append (&self->held, data + n_scanned, length - n_scanned);
  return length;
}

gsize
xml_rpc_scanner_feed (XmlRpcScanner *self,
                      const char    *data,
                      gsize          length)
{
  gsize n_taken = 0;

  while (n_taken < length && is_going_on (self))
    {
      const gsize n_left = length - n_taken;

      n_taken += self->held.length > 0 ? feed_held (self, data + n_taken, n_left)
                                       : feed_piece (self, data + n_taken, MIN (n_left, PIECE));
    }

  return n_taken;
}

guint
xml_rpc_scanner_get_line (XmlRpcScanner *self)
{
  if (self->counted == NULL)
    return self->line;

  return self->line + xml_rpc_text_count_lines (self->counted, (gsize) (self->position - self->counted));
}
