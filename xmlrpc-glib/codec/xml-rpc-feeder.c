/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* libxml2 says neither where it is nor what it waits for. So this follows the document
 * for itself, as far as needed to know in what a byte stands: text, a tag, a comment, a
 * processing instruction, a CDATA section, or the first bytes of one of these. With that
 *
 * - a tag, a comment or an instruction is passed on when it is whole. Its length has a
 *   limit, for it takes memory until then; and libxml2 never has to look for an end
 *   again and again while it comes byte by byte.
 * - a CDATA section becomes text, in which "<", "&" and ">" are references: libxml2 2.9
 *   goes through it in quadratic time, and 2.14 begins none before its end is there. An
 *   empty comment before and behind keeps it apart from what it stands between, so that
 *   neither a reference nor the end of a line comes about.
 * - a document type, and bytes other than UTF-8, end the message before libxml2 sees them.
 * - a large binary is not passed on at all: the sink takes its text as it is.
 *
 * Everything goes through one buffer, and to libxml2 in pieces that bound what both
 * copy. Whether a tag or a comment is well-formed is not judged here. */

#include "xml-rpc-feeder-private.h"

#include <xmlrpc-glib/xml-rpc-error.h>

#include "../variant/xml-rpc-buffer-private.h"
#include "xml-rpc-libxml-private.h"
#include "xml-rpc-text-private.h"
#include "xml-rpc-window-private.h"

#define PIECE (16 * 1024)

/* What is less is gathered. */
#define SHORT 1024

/* libxml2 2.9 compares each attribute of a tag with all others. XML-RPC has none. */
#define MAX_TAG (8 * 1024)
#define MAX_ATTRIBUTES 64
#define MAX_MARKUP (8 * 1024 * 1024)

/* What is taken of a large binary at a time: room is made for it. */
#define RAW_PIECE (256 * 1024)

/* What a CDATA section begins and ends with as text. */
#define SEPARATOR "<!---->"

typedef enum
{
  IN_TEXT,
  IN_OPENING,      /* of what begins with "<" and may be several things */
  IN_TAG,
  IN_COMMENT,
  IN_INSTRUCTION,
  IN_CDATA,
} State;

struct _XmlRpcFeeder
{
  XmlRpcXmlSink *sink;
  XmlRpcLibxml  *libxml;
  State          state;
  XmlRpcBuffer   out;           /* what libxml2 gets next */
  gsize          token;         /* where in it the token begins that is not whole */
  guint          line;          /* at the beginning of out */
  char           quote;         /* in a tag: what ends the value of an attribute, or zero */
  gboolean       has_equals;    /* "=" is right before, but for blanks */
  guint          n_attributes;  /* of the tag, by their values */
  guint          n_brackets;    /* in a CDATA section: "]" that may belong to its end, up to two */
  gboolean       may_be_raw;    /* a start tag is right before */
  char           cut[4];        /* a character that is not whole */
  gsize          n_cut;
};

void
xml_rpc_feeder_free (XmlRpcFeeder *self)
{
  xml_rpc_libxml_free (self->libxml);
  xml_rpc_buffer_clear (&self->out);
  g_free (self);
}

guint
xml_rpc_feeder_get_line (XmlRpcFeeder *self)
{
  return xml_rpc_libxml_get_line (self->libxml);
}

static void
parse (XmlRpcFeeder *self,
       const char   *data,
       gsize         length)
{
  xml_rpc_libxml_parse (self->libxml, data, length);
  self->line += xml_rpc_text_count_lines (data, length);
}

static void
flush (XmlRpcFeeder *self,
       gsize         length)
{
  if (length == 0)
    return;

  parse (self, (const char *) self->out.data, length);
  self->out.length -= length;
  memmove (self->out.data, self->out.data + length, self->out.length);
}

static gboolean
is_over (XmlRpcFeeder *self)
{
  return xml_rpc_xml_sink_is_over (self->sink);
}

/* Leaves a token that is not whole. */
static void
flush_whole (XmlRpcFeeder *self)
{
  const gboolean is_in_token = self->state != IN_TEXT && self->state != IN_CDATA;

  flush (self, is_in_token ? self->token : self->out.length);
  self->token = 0;
}

void
xml_rpc_feeder_flush (XmlRpcFeeder *self)
{
  flush_whole (self);
  xml_rpc_libxml_parse (self->libxml, SEPARATOR, strlen (SEPARATOR));
}

/* An error in what comes before counts, and this one does not then. */
static void fail (XmlRpcFeeder *self,
                  XmlRpcError   code,
                  const char   *format,
                  ...) G_GNUC_PRINTF (3, 4);

static void
fail (XmlRpcFeeder *self,
      XmlRpcError   code,
      const char   *format,
      ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  xml_rpc_feeder_flush (self);

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  xml_rpc_xml_sink_fail (self->sink, g_error_new (XML_RPC_ERROR, code, "%s (line %u)", message, self->line));
}

static void
append (XmlRpcFeeder *self,
        const char   *data,
        const char   *end)
{
  xml_rpc_buffer_append (&self->out, data, (gsize) (end - data));
}

static void
append_literal (XmlRpcFeeder *self,
                const char   *text)
{
  xml_rpc_buffer_append (&self->out, text, strlen (text));
}

XmlRpcFeeder *
xml_rpc_feeder_new (XmlRpcXmlSink *sink,
                    guint          line)
{
  XmlRpcFeeder *self = g_new0 (XmlRpcFeeder, 1);

  self->sink = sink;
  self->line = line;
  self->libxml = xml_rpc_libxml_new (sink, line);
  append_literal (self, XML_RPC_TEXT_MARK);

  return self;
}

static const char *
get_token (XmlRpcFeeder *self,
           gsize        *length)
{
  *length = self->out.length - self->token;
  return (const char *) self->out.data + self->token;
}

static void
end_token (XmlRpcFeeder *self)
{
  self->state = IN_TEXT;
  if (self->out.length >= PIECE)
    flush (self, self->out.length);
}

/* The functions below take what they can of the data, and return what is left. */

/* A long text right behind a start tag, which libxml2 has parsed then. */
static const char *
take_raw (XmlRpcFeeder *self,
          const char   *data,
          const char   *end)
{
  gsize n;

  flush (self, self->out.length);
  if (is_over (self))
    return end;

  n = self->sink->events->raw_text (self->sink->user_data, data, MIN ((gsize) (end - data), RAW_PIECE));
  xml_rpc_libxml_add_lines (self->libxml, xml_rpc_text_count_lines (data, n));
  self->line += xml_rpc_text_count_lines (data, n);
  self->may_be_raw = n > 0;

  return data + n;
}

/* Text and whole tags: what is long need not go through the buffer, unless something is
 * in it that would be a piece of its own. */
static void
pass_on (XmlRpcFeeder *self,
         const char   *data,
         const char   *end)
{
  if (self->out.length == 0 && end - data >= SHORT)
    {
      parse (self, data, (gsize) (end - data));
      return;
    }

  append (self, data, end);
  if (end - data >= SHORT || self->out.length >= PIECE)
    flush (self, self->out.length);
}

static const char *
begin_token (XmlRpcFeeder *self,
             const char   *data)
{
  self->may_be_raw = FALSE;
  self->token = self->out.length;
  self->state = IN_OPENING;
  xml_rpc_buffer_append_byte (&self->out, '<');

  return data + 1;
}

/* A mark of the byte order is left out around the root, and a character within it. Only a tag
 * changes where this is. */
static const char *
take_mark (XmlRpcFeeder *self,
           const char   *data)
{
  const char *end = data + strlen (XML_RPC_TEXT_MARK);

  self->may_be_raw = FALSE;
  if (self->out.length > 0 && memchr (self->out.data, '>', self->out.length) != NULL)
    flush (self, self->out.length);
  if (!is_over (self) && xml_rpc_libxml_is_in_root (self->libxml))
    pass_on (self, data, end);

  return end;
}

static const char *
find_mark (const char *data,
           const char *end)
{
  const gsize length = strlen (XML_RPC_TEXT_MARK);

  while ((gsize) (end - data) >= length && (data = memchr (data, *XML_RPC_TEXT_MARK, (gsize) (end - data))) != NULL)
    {
      if ((gsize) (end - data) >= length && memcmp (data, XML_RPC_TEXT_MARK, length) == 0)
        return data;
      data++;
    }

  return NULL;
}

/* Most of a document has nothing special in it, and is passed on as it is. */
static const char *
take_text (XmlRpcFeeder *self,
           const char   *data,
           const char   *end)
{
  const char *window_end = xml_rpc_window_find_end (data, end);
  const char *mark = find_mark (data, window_end);
  const char *tag, *text_end, *at;

  if (mark == data)
    return take_mark (self, data);
  if (mark != NULL)
    window_end = mark;

  tag = memchr (data, '<', (gsize) (window_end - data));
  text_end = tag != NULL ? tag : window_end;
  if (self->may_be_raw && text_end - data >= XML_RPC_WINDOW_LONG_TEXT)
    return take_raw (self, data, end);

  at = text_end;
  if (!xml_rpc_window_has_specials (data, window_end))
    at = xml_rpc_window_cut (data, window_end, &self->may_be_raw);
  else if (text_end > data)
    self->may_be_raw = FALSE;
  if (at == data)
    return begin_token (self, data);

  pass_on (self, data, at);
  return at;
}

/* What is before the token tells where it is. */
static void
parse_before_token (XmlRpcFeeder *self)
{
  flush (self, self->token);
  self->token = 0;
}

static void
begin_cdata (XmlRpcFeeder *self)
{
  parse_before_token (self);
  if (!xml_rpc_libxml_is_in_root (self->libxml))
    {
      self->state = IN_TAG;
      return;
    }

  self->state = IN_CDATA;
  self->n_brackets = 0;
  self->out.length = 0;
  append_literal (self, SEPARATOR);
}

static void
begin_document_type (XmlRpcFeeder *self)
{
  parse_before_token (self);
  if (xml_rpc_libxml_has_root (self->libxml))
    self->state = IN_TAG;
  else
    fail (self, XML_RPC_ERROR_NOT_WELL_FORMED, "a document type declaration, which XML-RPC does not allow");
}

static void
begin_comment (XmlRpcFeeder *self)
{
  self->state = IN_COMMENT;
}

/* What begins with "<!". A document type in small letters, as HTML has it, is none in XML,
 * but is refused by what it means. */
static void
open_declaration (XmlRpcFeeder *self,
                  const char   *token,
                  gsize         length)
{
  static const struct
  {
    const char *opening;
    int       (*compare) (const char *token, const char *opening, gsize length);
    void      (*begin)   (XmlRpcFeeder *self);
  } kinds[] = {
    { "<!--", strncmp, begin_comment },
    { "<![CDATA[", strncmp, begin_cdata },
    { "<!DOCTYPE", g_ascii_strncasecmp, begin_document_type },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (kinds[i].compare (token, kinds[i].opening, MIN (length, strlen (kinds[i].opening))) == 0)
        {
          if (length == strlen (kinds[i].opening))
            kinds[i].begin (self);
          return;
        }
    }

  self->state = IN_TAG;
}

static const char *
take_opening (XmlRpcFeeder *self,
              const char   *data,
              const char   *end)
{
  const char *token;
  gsize length;

  /* A tag that ends here is none. */
  if (*data == '>' || *data == '<')
    {
      self->state = IN_TAG;
      return data;
    }

  xml_rpc_buffer_append_byte (&self->out, (guint8) *data);
  token = get_token (self, &length);
  if (token[1] == '!')
    open_declaration (self, token, length);
  else
    self->state = token[1] == '?' ? IN_INSTRUCTION : IN_TAG;
  self->n_attributes = 0;

  return data + 1;
}

static void
end_tag (XmlRpcFeeder *self)
{
  gsize length;
  const char *token = get_token (self, &length);

  self->may_be_raw = xml_rpc_window_is_start_tag (token, token + length - 1);
  self->quote = '\0';
  self->has_equals = FALSE;
  end_token (self);
}

static void
note_byte_of_tag (XmlRpcFeeder *self,
                  char          byte)
{
  if (self->has_equals && (byte == '"' || byte == '\''))
    {
      self->quote = byte;
      self->n_attributes++;
    }

  if (byte == '=')
    self->has_equals = TRUE;
  else if (!xml_rpc_text_is_white (byte))
    self->has_equals = FALSE;
}

/* Up to its bracket; or to that of another tag, which is not allowed in any place of
 * one. */
static const char *
find_end_of_tag (XmlRpcFeeder *self,
                 const char   *data,
                 const char   *end)
{
  const char *at;

  for (at = data; at < end && *at != '<' && (*at != '>' || self->quote != '\0'); at++)
    {
      if (self->quote == '\0')
        note_byte_of_tag (self, *at);
      else if (*at == self->quote)
        self->quote = '\0';
    }

  return at;
}

static const char *
take_tag (XmlRpcFeeder *self,
          const char   *data,
          const char   *end)
{
  const char *bracket = find_end_of_tag (self, data, end);
  const char *tag_end = bracket < end && *bracket == '>' ? bracket + 1 : bracket;

  append (self, data, tag_end);
  if (self->out.length - self->token > MAX_TAG)
    fail (self, XML_RPC_ERROR_LIMIT_EXCEEDED, "a tag of more than %d bytes", MAX_TAG);
  else if (bracket < end && self->n_attributes > MAX_ATTRIBUTES)
    fail (self, XML_RPC_ERROR_LIMIT_EXCEEDED, "an element with more than %d attributes", MAX_ATTRIBUTES);
  else if (bracket < end)
    end_tag (self);

  return tag_end;
}

/* Of a comment or an instruction, which end with something and ">". */
static gboolean
is_whole (XmlRpcFeeder *self)
{
  gsize length;
  const char *token = get_token (self, &length);

  if (self->state == IN_INSTRUCTION)
    return length >= strlen ("<?" "?>") && token[length - 2] == '?';

  return length >= strlen ("<!---->") && token[length - 2] == '-' && token[length - 3] == '-';
}

static const char *
take_markup (XmlRpcFeeder *self,
             const char   *data,
             const char   *end)
{
  const char *mark = memchr (data, '>', (gsize) (end - data));
  const char *piece_end = mark != NULL ? mark + 1 : end;

  append (self, data, piece_end);
  if (self->out.length - self->token > MAX_MARKUP)
    fail (self, XML_RPC_ERROR_LIMIT_EXCEEDED, "a comment or an instruction of more than %d bytes", MAX_MARKUP);
  else if (mark != NULL && is_whole (self))
    end_token (self);

  return piece_end;
}

static void
append_brackets (XmlRpcFeeder *self)
{
  for (; self->n_brackets > 0; self->n_brackets--)
    xml_rpc_buffer_append_byte (&self->out, ']');
}

/* A byte that is not text as it is. */
static void
take_special (XmlRpcFeeder *self,
              char          byte)
{
  if (byte == ']')
    {
      if (self->n_brackets == 2)
        xml_rpc_buffer_append_byte (&self->out, ']');
      else
        self->n_brackets++;
    }
  else if (byte == '>' && self->n_brackets == 2)
    {
      self->n_brackets = 0;
      append_literal (self, SEPARATOR);
      end_token (self);
    }
  else
    {
      append_brackets (self);
      append_literal (self, byte == '<' ? "&lt;" : byte == '>' ? "&gt;" : "&amp;");
    }
}

static const char *
take_cdata (XmlRpcFeeder *self,
            const char   *data,
            const char   *end)
{
  const char *at = data;

  end = data + MIN (end - data, PIECE);
  while (at < end && *at != ']' && *at != '<' && *at != '>' && *at != '&')
    at++;

  if (at > data)
    {
      append_brackets (self);
      append (self, data, at);
    }
  if (at < end)
    take_special (self, *at++);
  if (self->out.length >= PIECE)
    flush (self, self->out.length);

  return at;
}

static void
take_characters (XmlRpcFeeder *self,
                 const char   *data,
                 const char   *end)
{
  static const char *(* const takers[]) (XmlRpcFeeder *, const char *, const char *) = {
    [IN_TEXT] = take_text,
    [IN_OPENING] = take_opening,
    [IN_TAG] = take_tag,
    [IN_COMMENT] = take_markup,
    [IN_INSTRUCTION] = take_markup,
    [IN_CDATA] = take_cdata,
  };

  while (data < end && !is_over (self))
    data = takers[self->state] (self, data, end);
}

static void
fail_for_bytes (XmlRpcFeeder *self)
{
  xml_rpc_feeder_flush (self);
  if (is_over (self))
    return;

  fail (self, XML_RPC_ERROR_NOT_WELL_FORMED, "not well-formed XML: bytes that are not valid in its encoding");
  self->sink->flaw = XML_RPC_FLAW_BYTES;
}

/* The rest of the character that was cut; more than that if it is none. */
static gsize
complete_character (XmlRpcFeeder *self,
                    const char   *data,
                    gsize         length)
{
  gsize n = 0;

  while (self->n_cut > 0 && n < length && xml_rpc_text_is_cut (self->cut, self->n_cut))
    self->cut[self->n_cut++] = data[n++];

  if (self->n_cut > 0 && !xml_rpc_text_is_cut (self->cut, self->n_cut))
    {
      if (xml_rpc_text_count_utf8 (self->cut, self->n_cut) == self->n_cut)
        take_characters (self, self->cut, self->cut + self->n_cut);
      else
        fail_for_bytes (self);
      self->n_cut = 0;
    }

  return n;
}

void
xml_rpc_feeder_resume (XmlRpcFeeder *self,
                       const char   *xml,
                       guint         n_starts,
                       guint         n_ends,
                       gboolean      is_cdata)
{
  xml_rpc_libxml_mute (self->libxml, n_starts, n_ends);
  take_characters (self, xml, xml + strlen (xml));
  self->may_be_raw = FALSE;
  if (is_cdata)
    self->state = IN_CDATA;
}

static void
feed_piece (XmlRpcFeeder *self,
            const char   *data,
            gsize         length)
{
  gsize n_completed = complete_character (self, data, length);
  gsize n_good, n_bad;

  if (n_completed == length)
    return;

  data += n_completed;
  length -= n_completed;
  n_good = xml_rpc_text_count_utf8 (data, length);
  take_characters (self, data, data + n_good);

  n_bad = length - n_good;
  if (n_bad == 0 || is_over (self))
    return;

  if (xml_rpc_text_is_cut (data + n_good, n_bad))
    {
      memcpy (self->cut, data + n_good, n_bad);
      self->n_cut = n_bad;
    }
  else
    {
      fail_for_bytes (self);
    }
}

void
xml_rpc_feeder_feed (XmlRpcFeeder *self,
                     const char   *data,
                     gsize         length)
{
  for (gsize n_fed = 0; n_fed < length && !is_over (self); n_fed += PIECE)
    feed_piece (self, data + n_fed, MIN (PIECE, length - n_fed));
}

void
xml_rpc_feeder_finish (XmlRpcFeeder *self)
{
  if (is_over (self))
    return;

  flush_whole (self);
  xml_rpc_libxml_begin_end (self->libxml);
  if (xml_rpc_libxml_is_in_root (self->libxml))
    xml_rpc_feeder_flush (self);
  flush (self, self->out.length);
  if (self->n_cut > 0)
    fail (self, XML_RPC_ERROR_NOT_WELL_FORMED, "not well-formed XML: it ends too early");
  xml_rpc_libxml_finish (self->libxml);
}
