/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The encoding of a document is told, in this order, by
 *
 * 1. a mark of the byte order (U+FEFF) at the beginning,
 * 2. the first bytes: "<" with zeros around it is UTF-16 or UTF-32; "<" without, where
 *    the header or the declaration tells one of these, is UTF-8,
 * 3. the charset of the Content-Type header, if it is known (RFC 7303, section 3),
 * 4. the encoding in the XML declaration,
 *
 * and is UTF-8 if none of them does. For the last of these the declaration is held until
 * it is whole. "us-ascii" as a charset is UTF-8: it was the default of text/xml
 * (RFC 3023), and is sent by servers that never thought of it.
 *
 * GLib's iconv converts all that is not UTF-8. UTF-16 is opened with its byte order, since
 * without one it is taken for the machine's by some C libraries. */

#include "xml-rpc-transcoder-private.h"

#include <xmlrpc-glib/xml-rpc-error.h>

#include "xml-rpc-declaration-private.h"
#include "xml-rpc-text-private.h"

#include <errno.h>

/* What a mark, or "<" in UTF-32, takes. */
#define N_FIRST_BYTES 4

#define MAX_DECLARATION (8 * 1024)
#define PIECE (8 * 1024)

/* More than any encoding has for one character, with what switches to it. */
#define MAX_CHARACTER 64

/* An encoding of Unicode whose units are so many bytes. */
typedef struct
{
  const char *name;
  gsize       unit;
  const char *little;  /* with its byte order, which may have to be found out */
  const char *big;
} Unicode;

static const Unicode *
find_unicode (const char *name,
              gsize       length)
{
  static const Unicode encodings[] = {
    { "utf-8", 1, NULL, NULL },
    { "utf8", 1, NULL, NULL },
    { "utf-16", 2, "UTF-16LE", "UTF-16BE" },
    { "utf-16le", 2, "UTF-16LE", "UTF-16LE" },
    { "utf-16be", 2, "UTF-16BE", "UTF-16BE" },
    { "iso-10646-ucs-2", 2, "UTF-16LE", "UTF-16BE" },
    { "ucs-2", 2, "UTF-16LE", "UTF-16BE" },
    { "utf-32", 4, "UTF-32LE", "UTF-32BE" },
    { "utf-32le", 4, "UTF-32LE", "UTF-32LE" },
    { "utf-32be", 4, "UTF-32BE", "UTF-32BE" },
    { "iso-10646-ucs-4", 4, "UTF-32LE", "UTF-32BE" },
    { "ucs-4", 4, "UTF-32LE", "UTF-32BE" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      if (strlen (encodings[i].name) == length && g_ascii_strncasecmp (name, encodings[i].name, length) == 0)
        return &encodings[i];
    }

  return NULL;
}

static gboolean
is_utf8 (const char *name)
{
  const Unicode *unicode = find_unicode (name, strlen (name));

  return unicode != NULL && unicode->unit == 1;
}

static gboolean
is_ascii (const char *charset)
{
  return g_ascii_strcasecmp (charset, "us-ascii") == 0 || g_ascii_strcasecmp (charset, "ascii") == 0;
}

/* The C library takes the empty name and what begins with "//" for its own encoding. */
static gboolean
is_name (const char *name)
{
  return g_ascii_isalpha (*name) &&
         strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._:+-") == strlen (name);
}

/* NULL: not known. */
static GIConv
open_converter (const char *name)
{
  GIConv converter = is_name (name) ? g_iconv_open ("UTF-8", name) : (GIConv) -1;

  return converter == (GIConv) -1 ? NULL : converter;
}

static gboolean
is_known (const char *name)
{
  GIConv converter = open_converter (name);

  if (converter == NULL)
    return FALSE;

  g_iconv_close (converter);
  return TRUE;
}

void
xml_rpc_transcoder_init (XmlRpcTranscoder     *self,
                         XmlRpcTranscoderFunc  func,
                         gpointer              user_data)
{
  *self = (XmlRpcTranscoder) { .func = func, .user_data = user_data };
}

void
xml_rpc_transcoder_clear (XmlRpcTranscoder *self)
{
  g_clear_pointer (&self->converter, g_iconv_close);
  g_clear_pointer (&self->charset, g_free);
  xml_rpc_buffer_clear (&self->held);
}

void
xml_rpc_transcoder_set_charset (XmlRpcTranscoder *self,
                                const char       *charset)
{
  g_assert (!self->is_decided && self->held.length == 0);

  g_clear_pointer (&self->charset, g_free);
  if (is_ascii (charset))
    self->charset = g_strdup ("UTF-8");
  else if (is_utf8 (charset) || is_known (charset))
    self->charset = g_strdup (charset);
}

static gboolean
refuse_bytes (GError **error)
{
  g_set_error_literal (error, XML_RPC_ERROR, XML_RPC_ERROR_NOT_WELL_FORMED,
                       "not well-formed XML: bytes that are not valid in its encoding");
  return FALSE;
}

static gboolean
decide (XmlRpcTranscoder  *self,
        const char        *name,
        GError           **error)
{
  self->is_decided = TRUE;
  if (is_utf8 (name))
    return TRUE;

  self->converter = open_converter (name);
  if (self->converter == NULL)
    {
      g_autofree char *shown = xml_rpc_text_show (name);

      /* With something before it, it is not a declaration to others. */
      self->flaw = self->has_blanks ? XML_RPC_FLAW_OTHER : XML_RPC_FLAW_ENCODING;
      g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_NOT_WELL_FORMED,
                   "not well-formed XML: unknown encoding \"%s\"", shown);
    }

  return self->converter != NULL;
}

static const char *
find_by_first_bytes (const char *data,
                     gsize       length)
{
  static const struct
  {
    const char *bytes;
    gsize       length;
    const char *encoding;
  } starts[] = {
    { "\xef\xbb\xbf", 3, "UTF-8" },
    { "\xff\xfe\0\0", 4, "UTF-32LE" },
    { "\0\0\xfe\xff", 4, "UTF-32BE" },
    { "\xff\xfe", 2, "UTF-16LE" },
    { "\xfe\xff", 2, "UTF-16BE" },
    { "<\0\0\0", 4, "UTF-32LE" },
    { "\0\0\0<", 4, "UTF-32BE" },
    { "<\0", 2, "UTF-16LE" },
    { "\0<", 2, "UTF-16BE" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      if (length >= starts[i].length && memcmp (data, starts[i].bytes, starts[i].length) == 0)
        return starts[i].encoding;
    }

  return NULL;
}

/* Without a mark, and without "<" at the beginning, the byte order is the one in which
 * this could be ASCII; or else it is what RFC 2781 says. */
static const char *
add_byte_order (const Unicode *unicode,
                const char    *data)
{
  return data[0] != '\0' && data[unicode->unit - 1] == '\0' ? unicode->little : unicode->big;
}

/* NULL: the charset does not tell. */
static const char *
find_by_charset (XmlRpcTranscoder *self,
                 const char       *data)
{
  const Unicode *unicode;

  if (self->charset == NULL)
    return NULL;

  unicode = find_unicode (self->charset, strlen (self->charset));
  if (unicode == NULL || unicode->unit == 1)
    return self->charset;

  return *data != '<' ? add_byte_order (unicode, data) : NULL;
}

/* XML does not allow white space before the declaration, but servers send it. */
static gsize
count_blanks (const char *data,
              gsize       length)
{
  gsize n = 0;

  while (n < length && xml_rpc_text_is_white (data[n]))
    n++;

  return n;
}

static gboolean
decide_by_declaration (XmlRpcTranscoder   *self,
                       XmlRpcDeclaration  *declaration,
                       GError            **error)
{
  g_autofree char *name = NULL;

  if (declaration->encoding == NULL || find_unicode (declaration->encoding, declaration->encoding_length) != NULL)
    {
      self->is_decided = TRUE;
      return TRUE;
    }

  name = g_strndup (declaration->encoding, declaration->encoding_length);

  return decide (self, name, error);
}

/* By the first four bytes and by the charset; NULL if they do not tell. */
static const char *
find_at_beginning (XmlRpcTranscoder *self,
                   const char       *data,
                   gsize             length)
{
  const char *encoding = find_by_first_bytes (data, length);

  return encoding != NULL || length < N_FIRST_BYTES ? encoding : find_by_charset (self, data);
}

/* Looks at what is there; if that is not enough, is_decided stays FALSE. Blanks that are
 * certain to be some are passed on: *n_taken. */
static gboolean
find_encoding (XmlRpcTranscoder  *self,
               const char        *data,
               gsize              length,
               gboolean           is_last,
               gsize             *n_taken,
               GError           **error)
{
  XmlRpcDeclaration declaration = { 0 };
  const char *encoding;

  *n_taken = 0;
  if (length < N_FIRST_BYTES && !is_last && !self->has_begun)
    return TRUE;

  encoding = self->has_begun ? NULL : find_at_beginning (self, data, length);
  self->has_begun = TRUE;
  if (encoding != NULL)
    return decide (self, encoding, error);

  *n_taken = count_blanks (data, length);
  if (*n_taken > 0)
    {
      self->has_blanks = TRUE;
      self->func (self->user_data, data, *n_taken);
    }
  data += *n_taken;
  length -= *n_taken;

  if (is_last || xml_rpc_declaration_parse (&declaration, data, length) != XML_RPC_DECLARATION_IS_CUT)
    return decide_by_declaration (self, &declaration, error);
  if (length <= MAX_DECLARATION)
    return TRUE;

  g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED,
               "an XML declaration of more than %d bytes", MAX_DECLARATION);
  return FALSE;
}

/* Converts what is held, and leaves part of a character. */
static gboolean
convert (XmlRpcTranscoder  *self,
         GError           **error)
{
  char *in = (char *) self->held.data;
  gsize n_left = self->held.length;

  while (n_left > 0)
    {
      const gsize n_before = n_left;
      char piece[PIECE];
      char *out = piece;
      gsize n_free = sizeof piece;
      gsize result = g_iconv (self->converter, &in, &n_left, &out, &n_free);
      const int reason = errno;

      if (out > piece)
        self->func (self->user_data, piece, (gsize) (out - piece));
      if (result != (gsize) -1 || (reason == EINVAL && n_left < MAX_CHARACTER))
        break;
      if (reason != E2BIG || (n_left == n_before && out == piece))
        {
          self->flaw = XML_RPC_FLAW_BYTES;
          return refuse_bytes (error);
        }
    }

  memmove (self->held.data, in, n_left);
  self->held.length = n_left;
  return TRUE;
}

static gboolean
pass_on (XmlRpcTranscoder  *self,
         const char        *data,
         gsize              length,
         GError           **error)
{
  if (length == 0)
    return TRUE;

  if (self->converter == NULL)
    {
      self->func (self->user_data, data, length);
      return TRUE;
    }

  /* In pieces, so that the copy is small, however long the data is. */
  while (length > 0)
    {
      const gsize n = MIN (length, PIECE);

      xml_rpc_buffer_append (&self->held, data, n);
      if (!convert (self, error))
        return FALSE;
      data += n;
      length -= n;
    }

  return TRUE;
}

/* What is held is looked at with what follows. */
static gboolean
feed_undecided (XmlRpcTranscoder  *self,
                const char        *data,
                gsize              length,
                gboolean           is_last,
                GError           **error)
{
  XmlRpcBuffer held = self->held;
  gboolean is_good;
  gsize n_taken;

  if (held.length > 0)
    {
      xml_rpc_buffer_append (&held, data, length);
      data = (const char *) held.data;
      length = held.length;
    }

  self->held = (XmlRpcBuffer) XML_RPC_BUFFER_INIT;
  is_good = find_encoding (self, data, length, is_last, &n_taken, error);
  if (is_good && self->is_decided)
    is_good = pass_on (self, data + n_taken, length - n_taken, error);
  else if (is_good)
    xml_rpc_buffer_append (&self->held, data + n_taken, length - n_taken);
  xml_rpc_buffer_clear (&held);

  return is_good;
}

gboolean
xml_rpc_transcoder_feed (XmlRpcTranscoder  *self,
                         const char        *data,
                         gsize              length,
                         GError           **error)
{
  while (G_UNLIKELY (!self->is_decided && length > 0))
    {
      /* What is added to what is held is copied, and this much is enough to decide. */
      const gsize n = self->held.length > 0 ? MIN (length, MAX_DECLARATION) : length;

      if (!feed_undecided (self, data, n, FALSE, error))
        return FALSE;
      data += n;
      length -= n;
    }

  return pass_on (self, data, length, error);
}

/* Some encodings keep their last character to see what follows. */
static void
flush_converter (XmlRpcTranscoder *self)
{
  char piece[MAX_CHARACTER];
  char *out = piece;
  gsize n_free = sizeof piece;

  g_iconv (self->converter, NULL, NULL, &out, &n_free);
  if (out > piece)
    self->func (self->user_data, piece, (gsize) (out - piece));
}

gboolean
xml_rpc_transcoder_finish (XmlRpcTranscoder  *self,
                           GError           **error)
{
  if (!self->is_decided && self->held.length > 0 && !feed_undecided (self, "", 0, TRUE, error))
    return FALSE;
  if (self->converter == NULL)
    return TRUE;

  /* A character that is cut may be one, in a message that is. */
  flush_converter (self);
  return self->held.length == 0 || refuse_bytes (error);
}
