/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-parser-private.h"

#include <xmlrpc-glib/xml-rpc-error.h>

#include "xml-rpc-text-private.h"

#include <string.h>

#define SHOWN_LENGTH 40

static void take_text (gpointer    user_data,
                       const char *text,
                       gsize       length);

void
xml_rpc_parser_init (XmlRpcParser          *self,
                     const XmlRpcXmlEvents *events,
                     gpointer               user_data)
{
  *self = (XmlRpcParser) { .sink = { .events = events, .user_data = user_data } };
  xml_rpc_transcoder_init (&self->transcoder, take_text, self);
  xml_rpc_scanner_init (&self->scanner, &self->sink);
}

void
xml_rpc_parser_clear (XmlRpcParser *self)
{
  g_clear_pointer (&self->feeder, xml_rpc_feeder_free);
  xml_rpc_scanner_clear (&self->scanner);
  xml_rpc_transcoder_clear (&self->transcoder);
  g_clear_error (&self->sink.error);
}

void
xml_rpc_parser_set_charset (XmlRpcParser *self,
                            const char   *charset)
{
  xml_rpc_transcoder_set_charset (&self->transcoder, charset);
}

/* As if nothing were plain. */
void
xml_rpc_parser_disable_scanner (XmlRpcParser *self)
{
  g_assert (self->progress == XML_RPC_PARSER_HAS_NOTHING);

  self->scanner.is_plain = FALSE;
}

guint
xml_rpc_parser_get_line (XmlRpcParser *self)
{
  return self->feeder != NULL ? xml_rpc_feeder_get_line (self->feeder) : xml_rpc_scanner_get_line (&self->scanner);
}

void
xml_rpc_parser_fail (XmlRpcParser *self,
                     GError       *error)
{
  xml_rpc_xml_sink_fail (&self->sink, error);
}

/* Takes an error of the transcoder. One in what it has passed on before comes first. */
static void
fail_with_line (XmlRpcParser *self,
                GError       *error)
{
  if (self->feeder != NULL)
    xml_rpc_feeder_flush (self->feeder);

  xml_rpc_xml_sink_fail_for (&self->sink, self->transcoder.flaw,
                             g_error_new (error->domain, error->code, "%s (line %u)",
                                          error->message, xml_rpc_parser_get_line (self)));
  g_error_free (error);
}

static gboolean
report (XmlRpcParser  *self,
        GError       **error)
{
  if (self->sink.error == NULL)
    return TRUE;

  g_propagate_error (error, g_error_copy (self->sink.error));
  return FALSE;
}

/* XML that brings another parser to where the scanner is, but for CDATA sections, and
 * how many elements begin and end in it. */
static char *
describe_scanner (XmlRpcScanner *scanner,
                  guint         *n_starts,
                  guint         *n_ends)
{
  GString *xml = g_string_new (NULL);

  *n_starts = 0;
  *n_ends = 0;
  switch (scanner->state)
    {
    case XML_RPC_SCANNER_PROLOG:
      g_string_append (xml, "<?xml version=\"1.0\"?>");
      break;
    case XML_RPC_SCANNER_EPILOG:
      g_string_append (xml, "<root/>");
      *n_starts = 1;
      *n_ends = 1;
      break;
    case XML_RPC_SCANNER_CONTENT:
    case XML_RPC_SCANNER_CDATA:
      *n_starts = xml_rpc_open_elements_append_tags (&scanner->open, xml);
      break;
    case XML_RPC_SCANNER_START:
    default:
      break;
    }

  return g_string_free (xml, FALSE);
}

/* libxml2 takes the message from where the scanner has stopped. */
static void
hand_over (XmlRpcParser *self)
{
  XmlRpcScanner *scanner = &self->scanner;
  guint n_starts, n_ends;
  g_autofree char *before = describe_scanner (scanner, &n_starts, &n_ends);

  self->feeder = xml_rpc_feeder_new (&self->sink, scanner->line);
  xml_rpc_feeder_resume (self->feeder, before, n_starts, n_ends, scanner->state == XML_RPC_SCANNER_CDATA);
  if (scanner->held.length > 0)
    xml_rpc_feeder_feed (self->feeder, (const char *) scanner->held.data, scanner->held.length);
}

/* Text of which nothing is left out at the beginning. */
static void
parse_text (XmlRpcParser *self,
            const char   *text,
            gsize         length)
{
  if (self->feeder == NULL)
    {
      gsize n_scanned = xml_rpc_scanner_feed (&self->scanner, text, length);

      if (self->scanner.is_plain || xml_rpc_xml_sink_is_over (&self->sink))
        return;

      hand_over (self);
      text += n_scanned;
      length -= n_scanned;
    }

  xml_rpc_feeder_feed (self->feeder, text, length);
}

/* A page of plain text or JSON is told from broken XML. */
static void
begin_text (XmlRpcParser *self,
            const char   *text,
            gsize         length)
{
  self->progress = XML_RPC_PARSER_HAS_BEGUN;
  if (*text != '<' && g_ascii_isprint (*text))
    {
      g_autofree char *line = g_strdelimit (g_strndup (text, MIN (length, SHOWN_LENGTH)), "\r\n\t", ' ');
      g_autofree char *shown = xml_rpc_text_make_printable (line, -1);

      xml_rpc_parser_fail (self, g_error_new (XML_RPC_ERROR, XML_RPC_ERROR_NOT_WELL_FORMED,
                                              "expected XML, got \"%s\"%s", shown, length > SHOWN_LENGTH ? "..." : ""));
    }
}

/* XML forbids white space before its declaration; PHP scripts send it when
 * there is an empty line before their first tag. They send marks of the byte order, too,
 * one of each file that has one. Returns what is left. */
static const char *
skip_beginning (XmlRpcParser *self,
                const char   *text,
                const char   *end)
{
  for (; text < end; text++)
    {
      if (*text == XML_RPC_TEXT_MARK[self->n_mark])
        {
          self->n_mark = (self->n_mark + 1) % strlen (XML_RPC_TEXT_MARK);
          self->progress = XML_RPC_PARSER_HAS_MARK;
        }
      else if (self->n_mark > 0 || !xml_rpc_text_is_white (*text))
        {
          return text;
        }
      else if (*text == '\n')
        {
          self->scanner.line++;
        }
    }

  return end;
}

/* From the transcoder. */
static void
take_text (gpointer    user_data,
           const char *text,
           gsize       length)
{
  XmlRpcParser *self = user_data;

  if (xml_rpc_xml_sink_is_over (&self->sink))
    return;

  if (G_UNLIKELY (self->progress != XML_RPC_PARSER_HAS_BEGUN))
    {
      const char *start = skip_beginning (self, text, text + length);

      length -= (gsize) (start - text);
      text = start;
      if (length == 0)
        return;

      begin_text (self, text, length);
      parse_text (self, XML_RPC_TEXT_MARK, self->n_mark);
      if (xml_rpc_xml_sink_is_over (&self->sink))
        return;
    }

  parse_text (self, text, length);
}

gboolean
xml_rpc_parser_feed (XmlRpcParser  *self,
                     const char    *data,
                     gsize          length,
                     GError       **error)
{
  GError *own_error = NULL;

  if (self->sink.error == NULL && length > 0 &&
      !xml_rpc_transcoder_feed (&self->transcoder, data, length, &own_error))
    fail_with_line (self, own_error);

  return report (self, error);
}

gboolean
xml_rpc_parser_finish (XmlRpcParser  *self,
                       GError       **error)
{
  GError *own_error = NULL;

  if (self->sink.error == NULL && !xml_rpc_transcoder_finish (&self->transcoder, &own_error))
    fail_with_line (self, own_error);
  if (self->progress == XML_RPC_PARSER_HAS_NOTHING)
    xml_rpc_parser_fail (self, g_error_new_literal (XML_RPC_ERROR, XML_RPC_ERROR_NOT_WELL_FORMED,
                                                    "expected XML, got nothing"));

  if (self->sink.error == NULL && self->feeder == NULL && !xml_rpc_scanner_is_complete (&self->scanner))
    hand_over (self);
  if (self->sink.error == NULL && self->feeder != NULL)
    xml_rpc_feeder_finish (self->feeder);

  return report (self, error);
}
