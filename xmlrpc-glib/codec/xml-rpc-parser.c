/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-parser-private.h"

#include "../variant/xml-rpc-buffer-private.h"
#include "../xml-rpc-error.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

#ifndef LIBXML_SAX1_ENABLED
#error "libxml2 has to have its first SAX interface, as it does by default (--with-sax1)"
#endif

/* libxml2 keeps what it has not parsed yet, and moves it with each piece. */
#define PIECE_SIZE (16 * 1024)

/* The same in a CDATA section, which libxml2 goes through often. */
#define CDATA_PIECE_SIZE (2 * 1024)

/* What is taken without libxml2; room is made for that much. */
#define RAW_PIECE_SIZE (256 * 1024)

/* A tag or a comment is parsed when its end is there, which takes memory, so it
 * has a limit. libxml2 2.9 compares each attribute with all others of its tag, so
 * that tags have a lower one; XML-RPC has no attributes. */
#define MAX_MARKUP_LENGTH (8 * 1024 * 1024)
#define MAX_TAG_LENGTH (8 * 1024)
#define MAX_ATTRIBUTES 64

#define SHOWN_LENGTH 40

/* How much of the names that it has seen may stay with a context for later. */
#define MAX_SPARE_NAMES (64 * 1024)

/* The largest that malloc() has at hand. */
#define SPARE_BUFFER_SIZE 1024

/* What error handlers get cannot be changed from libxml2 2.12 on. */
#if LIBXML_VERSION >= 21200
typedef const xmlError *ParserError;
#else
typedef xmlError *ParserError;
#endif

struct _XmlRpcParser
{
  const XmlRpcParserEvents *events;
  gpointer                  user_data;
  xmlParserCtxtPtr          context;
  GError                   *error;
  XmlRpcBuffer              held;            /* until it makes a piece */
  gboolean                  has_begun;
  gboolean                  is_finishing;    /* no more data is to come */
  gboolean                  is_over;         /* what libxml2 makes of it does not count */
};

/* The first error counts. */
static void
take_error (XmlRpcParser *self,
            GError       *error)
{
  if (self->error == NULL)
    self->error = error;
  else
    g_error_free (error);
  self->is_over = TRUE;
}

static gboolean
check_attributes (XmlRpcParser   *self,
                  const xmlChar **attributes)
{
  gsize n = 0;

  while (n <= MAX_ATTRIBUTES && attributes[2 * n] != NULL)
    n++;

  if (n <= MAX_ATTRIBUTES)
    return TRUE;

  xml_rpc_parser_fail (self, g_error_new (XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED,
                                          "an element with more than %d attributes (line %u)",
                                          MAX_ATTRIBUTES, xml_rpc_parser_get_line (self)));
  return FALSE;
}

static void
on_start_element (void           *user_data,
                  const xmlChar  *name,
                  const xmlChar **attributes)
{
  XmlRpcParser *self = user_data;

  if (self->is_over || (attributes != NULL && !check_attributes (self, attributes)))
    return;

  self->events->start_element (self->user_data, (const char *) name);
}

static void
on_end_element (void          *user_data,
                const xmlChar *name)
{
  XmlRpcParser *self = user_data;

  if (self->is_over)
    return;

  self->events->end_element (self->user_data);
}

static void
on_text (void          *user_data,
         const xmlChar *text,
         int            length)
{
  XmlRpcParser *self = user_data;

  if (self->is_over)
    return;

  self->events->text (self->user_data, (const char *) text, length);
}

/* Whether a line feed follows, that is in what libxml2 has, if not in the text. */
static gboolean
is_before_line_feed (XmlRpcParser  *self,
                     const xmlChar *at,
                     const xmlChar *end)
{
  const xmlParserInput *input = self->context->input;

  if (at + 1 == end && !(input->base <= at && at + 1 < input->end))
    return FALSE;

  return at[1] == '\n';
}

/* When it is fed in pieces, libxml2 2.9 leaves the ends of lines in a CDATA section
 * as they are; XML makes a line feed of each (section 2.11). */
static void
on_cdata (void          *user_data,
          const xmlChar *text,
          int            length)
{
  XmlRpcParser *self = user_data;
  const xmlChar *end = text + length;

  /* An error ends libxml2's input, and so the text. */
  while (text < end && !self->is_over)
    {
      const xmlChar *line_end = memchr (text, '\r', end - text);
      gboolean is_kept = line_end != NULL && !is_before_line_feed (self, line_end, end);

      if (line_end != text)
        on_text (self, text, (line_end != NULL ? line_end : end) - text);
      if (is_kept)
        on_text (self, (const xmlChar *) "\n", 1);
      text = line_end != NULL ? line_end + 1 : end;
    }
}

static void
on_document_type (void          *user_data,
                  const xmlChar *name,
                  const xmlChar *external_id,
                  const xmlChar *system_id)
{
  XmlRpcParser *self = user_data;

  xml_rpc_parser_fail (self,
                       g_error_new (XML_RPC_ERROR, XML_RPC_ERROR_NOT_WELL_FORMED,
                                    "a document type declaration, which XML-RPC does not allow (line %u)",
                                    xml_rpc_parser_get_line (self)));
}

/* libxml2 does not tell when it stops before a byte that its encoding does not
 * have. Less than the end of a message may be a part of a character. */
static gboolean
has_unconverted (XmlRpcParser *self)
{
  const xmlParserInput *input = self->context->input;

  return input != NULL && input->buf != NULL && input->buf->encoder != NULL && xmlBufUse (input->buf->raw) > 4;
}

/* Each version has other words and numbers for it. */
static gboolean
is_encoding_error (ParserError error)
{
  return error->code == XML_I18N_CONV_FAILED ||
         error->code == XML_ERR_INVALID_ENCODING ||
         (error->message != NULL && g_str_has_prefix (error->message, "Input is not proper UTF-8"));
}

/* libxml2 says that there is too much when there is too little. Bytes that it
 * could not convert it shows, but four even if there are fewer: the others are
 * anything from memory, and an error may go to the other side in a fault. */
static char *
describe_error (XmlRpcParser *self,
                ParserError   error)
{
  if (self->is_finishing && has_unconverted (self))
    return g_strdup ("bytes that are no characters in its encoding");
  if (self->is_finishing && self->context->instate != XML_PARSER_EPILOG)
    return g_strdup ("it ends too early");
  if (is_encoding_error (error))
    return g_strdup ("bytes that are no characters in its encoding");

  return g_strdelimit (g_strchomp (g_utf8_make_valid (error->message != NULL ? error->message : "unknown error", -1)),
                       "\n", ' ');
}

/* What is less than fatal, such as a language of no known form, is no error in
 * XML-RPC. The parser is not to be stopped here: an error in converting the encoding
 * comes from amidst the work on its buffers. */
static void
on_error (void        *user_data,
          ParserError  error)
{
  XmlRpcParser *self = user_data;
  g_autofree char *message = NULL;

  if (error->level < XML_ERR_FATAL)
    return;

  message = describe_error (self, error);
  take_error (self, g_error_new (XML_RPC_ERROR, XML_RPC_ERROR_NOT_WELL_FORMED,
                                 "not well-formed XML: %s (line %u)",
                                 message, xml_rpc_parser_get_line (self)));
}

static void
be_silent (void       *user_data,
           const char *format,
           ...)
{
}

static void
free_context (gpointer context)
{
  xmlFreeParserCtxt (context);
}

/* A context of each thread for the next parser: to set one up takes longer than
 * to parse a short message. */
static GPrivate spare_context = G_PRIVATE_INIT (free_context);

/* By itself libxml2 sets up its encodings without a lock when it is first used. */
static void
ensure_initialized (void)
{
  static gsize is_initialized;

  if (g_once_init_enter (&is_initialized))
    {
      xmlInitParser ();
      g_once_init_leave (&is_initialized, TRUE);
    }
}

/* By its first SAX interface libxml2 takes names as they are: without namespaces,
 * which XML-RPC does not have, it needs a tenth less of instructions. Errors come by
 * the handler of the thread then. */
static xmlParserCtxtPtr
new_context (void)
{
  xmlSAXHandler sax = {
    .initialized = 1,
    .internalSubset = on_document_type,
    .startElement = on_start_element,
    .endElement = on_end_element,
    .characters = on_text,
    .ignorableWhitespace = on_text,
    .cdataBlock = on_cdata,
  };
  xmlParserCtxtPtr context;

  ensure_initialized ();
  context = xmlCreatePushParserCtxt (&sax, NULL, NULL, 0, NULL);
  if (context == NULL)
    g_error ("no memory for an XML parser");

  return context;
}

static xmlParserCtxtPtr
take_context (void)
{
  xmlParserCtxtPtr context = g_private_get (&spare_context);

  if (context == NULL)
    return new_context ();

  g_private_set (&spare_context, NULL);

  return context;
}

/* libxml2 makes a buffer for the next document, by default of 8 KB: malloc() tidies
 * up all of the heap for one of that size. The smaller one grows for a larger
 * document. The variable is of this thread; from libxml2 2.14 on it cannot be set. */
static gboolean
reset_context (xmlParserCtxtPtr context)
{
#if LIBXML_VERSION < 21400
  const int buffer_size = xmlDefaultBufferSize;
  int status;

  xmlDefaultBufferSize = SPARE_BUFFER_SIZE / 2;
  status = xmlCtxtResetPush (context, NULL, 0, NULL, NULL);
  xmlDefaultBufferSize = buffer_size;

  return status == 0;
#else
  return xmlCtxtResetPush (context, NULL, 0, NULL, NULL) == 0;
#endif
}

/* Only what has parsed a document to its end is in a state that is known; and
 * what a large document made grow is not kept. */
static void
release_context (XmlRpcParser *self)
{
  if (self->is_finishing && self->error == NULL && g_private_get (&spare_context) == NULL &&
      xmlDictGetUsage (self->context->dict) <= MAX_SPARE_NAMES &&
      reset_context (self->context))
    g_private_set (&spare_context, self->context);
  else
    free_context (self->context);
}

XmlRpcParser *
xml_rpc_parser_new (const XmlRpcParserEvents *events,
                    gpointer                  user_data)
{
  XmlRpcParser *self = g_new0 (XmlRpcParser, 1);

  self->events = events;
  self->user_data = user_data;
  self->context = take_context ();
  self->context->userData = self;
  self->context->options = 0;
  /* A context that is reset would not look at the first bytes for UTF-16. */
  self->context->charset = XML_CHAR_ENCODING_NONE;
  xmlCtxtUseOptions (self->context, XML_PARSE_NONET | XML_PARSE_HUGE);

  return self;
}

void
xml_rpc_parser_free (XmlRpcParser *self)
{
  release_context (self);
  xml_rpc_buffer_clear (&self->held);
  g_clear_error (&self->error);
  g_free (self);
}

/* Since it outranks the declaration, that one is not to be looked at. UTF-8,
 * and ASCII within it, needs no conversion; which UTF-16 it is tell the first
 * bytes, which libxml2 looks at by itself. */
void
xml_rpc_parser_set_charset (XmlRpcParser *self,
                            const char   *charset)
{
  static const char * const plain[] = { "utf-8", "utf8", "us-ascii", "ascii", "utf-16", NULL };
  g_autofree char *lower = g_ascii_strdown (charset, -1);
  xmlCharEncodingHandlerPtr handler;

  g_assert (!self->has_begun);

  xmlCtxtUseOptions (self->context, XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_IGNORE_ENC);
  if (g_strv_contains (plain, lower))
    return;

  handler = xmlFindCharEncodingHandler (charset);
  if (handler == NULL)
    {
      g_autofree char *name = g_utf8_make_valid (charset, -1);

      take_error (self, g_error_new (XML_RPC_ERROR, XML_RPC_ERROR_NOT_WELL_FORMED,
                                     "unknown charset \"%s\"", name));
      return;
    }
  xmlSwitchToEncoding (self->context, handler);
}

guint
xml_rpc_parser_get_line (XmlRpcParser *self)
{
  return MAX (1, xmlSAX2GetLineNumber (self->context));
}

void
xml_rpc_parser_fail (XmlRpcParser *self,
                     GError       *error)
{
  take_error (self, error);
  xmlStopParser (self->context);
}

static gboolean
is_in_cdata (XmlRpcParser *self)
{
  return self->context->instate == XML_PARSER_CDATA_SECTION;
}

/* Within a CDATA section libxml2 waits for a '>', and for the section's end, and
 * takes no more than 300 bytes at a time, going through all it has for each. A
 * piece of nothing makes it go on at once. */
static void
hasten_cdata (XmlRpcParser *self)
{
  const xmlChar *before = NULL;

  while (is_in_cdata (self) && self->context->input->cur != before)
    {
      before = self->context->input->cur;
      xmlParseChunk (self->context, "", 0, FALSE);
    }
}

/* The handlers are a thread's, and somebody else may have set some. */
static int
parse_silently (XmlRpcParser *self,
                const char   *data,
                int           length,
                gboolean      is_last)
{
  xmlStructuredErrorFunc structured = xmlStructuredError;
  void *structured_context = xmlStructuredErrorContext;
  xmlGenericErrorFunc generic = xmlGenericError;
  void *generic_context = xmlGenericErrorContext;
  int result;

  xmlSetStructuredErrorFunc (self, on_error);
  xmlSetGenericErrorFunc (NULL, be_silent);

  result = xmlParseChunk (self->context, data, length, is_last);
  if (!is_last)
    hasten_cdata (self);

  xmlSetStructuredErrorFunc (structured_context, structured);
  xmlSetGenericErrorFunc (generic_context, generic);

  return result;
}

/* What libxml2 has got and could not parse yet. */
static gsize
get_unparsed_length (XmlRpcParser *self)
{
  const xmlParserInput *input = self->context->input;

  return input != NULL ? input->end - input->cur : 0;
}

/* After the outermost element, where nothing is left that could be wrong, to set
 * handlers for errors would take longer than the rest. */
static gboolean
is_plain_end (XmlRpcParser *self)
{
  return self->is_finishing && self->context->instate == XML_PARSER_EPILOG &&
         self->context->input->buf->encoder == NULL && get_unparsed_length (self) == 0;
}

static void
parse_piece (XmlRpcParser *self,
             const char   *data,
             int           length,
             gboolean      is_last)
{
  int result = is_plain_end (self)
             ? xmlParseChunk (self->context, data, length, is_last)
             : parse_silently (self, data, length, is_last);

  if (self->context->wellFormed == 0 && self->error == NULL)
    take_error (self, g_error_new (XML_RPC_ERROR, XML_RPC_ERROR_NOT_WELL_FORMED,
                                   "not well-formed XML: error %d of the parser (line %u)",
                                   result, xml_rpc_parser_get_line (self)));
}

static gboolean
report (XmlRpcParser  *self,
        GError       **error)
{
  if (self->error == NULL)
    return TRUE;

  g_propagate_error (error, g_error_copy (self->error));
  return FALSE;
}

/* XML forbids white space before its declaration; PHP scripts send it when
 * there is an empty line before their first tag. */
static void
skip_leading_space (const char **data,
                    gsize       *length)
{
  while (*length > 0 && strchr (" \t\r\n", **data) != NULL && **data != '\0')
    {
      (*data)++;
      (*length)--;
    }
}

/* A page of plain text or JSON is told from broken XML. Bytes beyond ASCII, and
 * zero, begin XML in other encodings. */
static void
check_beginning (XmlRpcParser *self,
                 const char   *data,
                 gsize         length)
{
  if (*data != '<' && g_ascii_isprint (*data) && self->context->input->buf->encoder == NULL)
    {
      g_autofree char *shown = g_utf8_make_valid (data, MIN (length, SHOWN_LENGTH));

      g_strdelimit (shown, "\r\n\t", ' ');
      take_error (self, g_error_new (XML_RPC_ERROR, XML_RPC_ERROR_NOT_WELL_FORMED,
                                     "expected XML, got \"%s\"%s", shown, length > SHOWN_LENGTH ? "..." : ""));
    }
}

static gboolean
is_unparsed_tag (XmlRpcParser *self)
{
  const xmlChar *unparsed = self->context->input->cur;

  return unparsed[0] == '<' && unparsed[1] != '!' && unparsed[1] != '?';
}

/* From libxml2 2.14 on a CDATA section does not begin before its end is there.
 * Until then it is unparsed, and yet text, which only the message's size bounds. */
static gboolean
is_unparsed_cdata (XmlRpcParser *self)
{
  static const char start[] = "<![CDATA[";

  return get_unparsed_length (self) >= strlen (start) &&
         memcmp (self->context->input->cur, start, strlen (start)) == 0;
}

static void
check_unparsed (XmlRpcParser *self)
{
  const gsize length = get_unparsed_length (self);

  if (is_unparsed_cdata (self))
    return;

  if (length > MAX_TAG_LENGTH && is_unparsed_tag (self))
    take_error (self, g_error_new (XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED,
                                   "a tag of more than %d bytes (line %u)",
                                   MAX_TAG_LENGTH, xml_rpc_parser_get_line (self)));
  else if (length > MAX_MARKUP_LENGTH)
    take_error (self, g_error_new (XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED,
                                   "a comment or an instruction of more than %d bytes (line %u)",
                                   MAX_MARKUP_LENGTH, xml_rpc_parser_get_line (self)));
}

static void
parse_some (XmlRpcParser *self,
            const char   *data,
            gsize         size)
{
  parse_piece (self, data, size, FALSE);
  check_unparsed (self);
}

static void
parse_held (XmlRpcParser *self)
{
  parse_some (self, (const char *) self->held.data, self->held.length);
  self->held.length = 0;
}

/* While libxml2 waits for an end it goes through all it has with each piece.
 * Pieces as long as that keep the time linear. Returns how much was taken. */
static gsize
take_data (XmlRpcParser *self,
           const char   *data,
           gsize         length)
{
  gsize unparsed = get_unparsed_length (self);
  gsize piece_size = MAX (PIECE_SIZE, MIN (unparsed, MAX_MARKUP_LENGTH - unparsed));
  gsize size;

  if (is_in_cdata (self))
    piece_size = CDATA_PIECE_SIZE;
  size = MIN (length, piece_size - self->held.length);

  if (piece_size <= PIECE_SIZE)
    {
      parse_some (self, data, size);
    }
  else
    {
      xml_rpc_buffer_append (&self->held, data, size);
      if (self->held.length == piece_size)
        parse_held (self);
    }

  return size;
}

/* Whether libxml2 has parsed all before, is within an element, and would take bytes
 * of ASCII for the characters that they are. */
static gboolean
may_be_raw (XmlRpcParser *self)
{
  return self->held.length == 0 && self->context->instate == XML_PARSER_CONTENT &&
         get_unparsed_length (self) == 0 && self->context->input->buf->encoder == NULL;
}

static int
count_lines (const char *text,
             gsize       length)
{
  const char *end = text + length;
  int n = 0;

  while ((text = memchr (text, '\n', end - text)) != NULL)
    {
      text++;
      n++;
    }

  return n;
}

/* Binaries are not taken through libxml2, which goes over text twice, byte by byte. */
static gsize
take_raw (XmlRpcParser *self,
          const char   *data,
          gsize         length)
{
  gsize n = 0;

  if (may_be_raw (self))
    n = self->events->raw_text (self->user_data, data, MIN (length, RAW_PIECE_SIZE));
  self->context->input->line += count_lines (data, n);

  return n;
}

gboolean
xml_rpc_parser_feed (XmlRpcParser  *self,
                     const char    *data,
                     gsize          length,
                     GError       **error)
{
  /* A parser that was stopped has no input left to look at. */
  if (self->error != NULL)
    return report (self, error);

  if (!self->has_begun)
    {
      skip_leading_space (&data, &length);
      if (length > 0)
        check_beginning (self, data, length);
    }

  while (length > 0 && self->error == NULL)
    {
      gsize size = take_raw (self, data, length);

      if (size == 0)
        size = take_data (self, data, length);
      self->has_begun = TRUE;
      data += size;
      length -= size;
    }

  return report (self, error);
}

gboolean
xml_rpc_parser_finish (XmlRpcParser  *self,
                       GError       **error)
{
  if (!self->has_begun && self->error == NULL)
    take_error (self, g_error_new_literal (XML_RPC_ERROR, XML_RPC_ERROR_NOT_WELL_FORMED,
                                           "expected XML, got nothing"));
  if (self->held.length > 0 && self->error == NULL)
    parse_held (self);

  /* What libxml2 still makes of it is the part of a tag or a text that was cut off. */
  self->is_finishing = TRUE;
  self->is_over = TRUE;
  if (self->error == NULL)
    parse_piece (self, NULL, 0, TRUE);

  return report (self, error);
}
