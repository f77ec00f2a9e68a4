/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The least that is possible with libxml2's push parser: it parses, by the interface that
 * it recommends, and its callbacks do nothing. */

#include <stdio.h>
#include <string.h>

#include <libxml/parser.h>

#include "codec.h"

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

static void *
decode (const char *document,
        size_t      length,
        const char *type)
{
  static char parsed;
  xmlSAXHandler handler = {
    .initialized = XML_SAX2_MAGIC,
    .startElementNs = ignore_start,
    .endElementNs = ignore_end,
    .characters = ignore_text,
    .ignorableWhitespace = ignore_text,
  };
  xmlParserCtxt *parser = xmlCreatePushParserCtxt (&handler, NULL, NULL, 0, NULL);
  int result;

  xmlCtxtUseOptions (parser, PARSER_OPTIONS);

  while (length > 0)
    {
      size_t chunk = length < CHUNK_LENGTH ? length : CHUNK_LENGTH;

      xmlParseChunk (parser, document, (int) chunk, 0);
      document += chunk;
      length -= chunk;
    }

  result = xmlParseChunk (parser, NULL, 0, 1);
  xmlFreeParserCtxt (parser);
  if (result == XML_ERR_OK)
    return &parsed;

  codec_refuse ("not well-formed");
  return NULL;
}

static void
free_value (void *value)
{
}

static bool
encode (void      *value,
        CodecText *text)
{
  codec_refuse ("nothing to encode");
  return false;
}

static void
free_text (CodecText *text)
{
}

int
main (int   argc,
      char *argv[])
{
  static const Codec codec = { decode, free_value, encode, free_text };

  return codec_main (&codec, argc, argv);
}
