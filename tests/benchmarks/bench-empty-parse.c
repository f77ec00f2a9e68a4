/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "bench-empty-parse.h"

#include <libxml/parser.h>

/* As in xml-rpc-parser.c, and so are the callbacks. */
#define PARSER_OPTIONS (XML_PARSE_NONET | XML_PARSE_HUGE)
#define CHUNK_LENGTH   (16 * 1024)

static void
ignore_start (void           *context,
              const xmlChar  *name,
              const xmlChar  *prefix,
              const xmlChar  *uri,
              int             n_namespaces,
              const xmlChar **namespaces,
              int             n_attributes,
              int             n_defaulted,
              const xmlChar **attributes)
{
}

static void
ignore_end (void          *context,
            const xmlChar *name,
            const xmlChar *prefix,
            const xmlChar *uri)
{
}

static void
ignore_text (void          *context,
             const xmlChar *text,
             int            length)
{
}

void
bench_parse_emptily (GBytes *document)
{
  xmlSAXHandler handler = {
    .initialized = XML_SAX2_MAGIC,
    .startElementNs = ignore_start,
    .endElementNs = ignore_end,
    .characters = ignore_text,
    .ignorableWhitespace = ignore_text,
  };
  xmlParserCtxt *parser = xmlCreatePushParserCtxt (&handler, NULL, NULL, 0, NULL);
  gsize length;
  const char *data = g_bytes_get_data (document, &length);

  xmlCtxtUseOptions (parser, PARSER_OPTIONS);

  while (length > 0)
    {
      gsize chunk = MIN (length, CHUNK_LENGTH);

      xmlParseChunk (parser, data, (int) chunk, FALSE);
      data += chunk;
      length -= chunk;
    }

  if (xmlParseChunk (parser, NULL, 0, TRUE) != XML_ERR_OK)
    g_error ("The document is not well-formed");

  xmlFreeParserCtxt (parser);
}
