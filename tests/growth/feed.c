/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* feed KIND SIZE [after]: decodes a response of about SIZE bytes that is awkward in one
 * way. After: an instruction at its beginning hands it over to libxml2, if nothing else does.
 * Without arguments it prints the kinds, and which are plain otherwise. */

#include <stdlib.h>
#include <string.h>

#include <xmlrpc-glib/xml-rpc-error.h>

#include "codec/xml-rpc-decoder-private.h"

#define HEAD "<?xml version=\"1.0\"?>\n<methodResponse>"
#define INSTRUCTION "<?a?>"
#define STRING_START "<params><param><value><string>"
#define STRING_END "</string></value></param></params></methodResponse>\n"
#define ARRAY_START "<params><param><value><array><data>"
#define ARRAY_END "</data></array></value></param></params></methodResponse>\n"

/* As it may come from the network. */
#define PIECE (64 * 1024)

typedef struct
{
  const char *name;
  const char *start;
  const char *unit;     /* repeated; its only %u is a number that counts on */
  const char *end;
  gboolean    is_array; /* or else it is within a string */
  gboolean    by_byte;
  gboolean    is_plain; /* or else it is handed over without that instruction */
  gboolean    fails;    /* by a limit, sooner or later */
} Kind;

static const Kind kinds[] = {
  { "references", "", "&amp;", "", .is_plain = TRUE },
  { "not-ascii", "", "größer als 東京 ", "", .is_plain = TRUE },
  { "brackets", "", "]] ", "", .is_plain = TRUE },
  { "cdata", "<![CDATA[", "as long as a line of text is ", "]]>", .is_plain = TRUE },
  { "cdata-with-greater-than", "<![CDATA[", "a >", "]]>", .is_plain = TRUE },
  { "cdata-with-brackets", "<![CDATA[", "]] ", "]]>", .is_plain = TRUE },
  { "cdata-sections", "", "<![CDATA[a]]>", "", .is_plain = TRUE },
  { "comments", "", "<!-- a comment -->", "", .is_plain = TRUE },
  { "comments-of-a-megabyte", "", NULL, "" },
  { "instructions", "", "<?an instruction?>", "" },
  { "instructions-of-distinct-names", "", "<?a%u?>", "", .fails = TRUE },
  { "blanks", "", " \n\t ", "", .is_array = TRUE, .is_plain = TRUE },
  { "values", "", "<value>a</value>", "", .is_array = TRUE, .is_plain = TRUE },
  { "attributes", "", "<value a='' b=\"c\"/>", "", .is_array = TRUE, .is_plain = TRUE },
  { "attributes-of-distinct-names", "", "<value a%u=''/>", "", .is_array = TRUE, .fails = TRUE },
  { "prefixes-of-distinct-names", "", "<a%u:value/>", "", .is_array = TRUE, .fails = TRUE },
  { "namespaces-of-distinct-names", "", "<value xmlns:a%u='b'/>", "", .is_array = TRUE, .fails = TRUE },
  { "byte-by-byte", "", "<value><int>1</int></value>", "", .is_array = TRUE, .by_byte = TRUE, .is_plain = TRUE },
  { "byte-by-byte-with-attributes", "", "<value a='' b=\"c\"/>", "", .is_array = TRUE, .by_byte = TRUE,
    .is_plain = TRUE },
  { "byte-by-byte-in-comments", "", NULL, "", .by_byte = TRUE },
};

static void
append_comment_of_a_megabyte (GString *xml)
{
  g_autofree char *text = g_strnfill (1024 * 1024, 'x');

  g_string_append_printf (xml, "<!-- %s -->", text);
}

static void
append_unit (GString    *xml,
             const Kind *kind,
             guint       number)
{
  const char *place = kind->unit != NULL ? strstr (kind->unit, "%u") : NULL;

  if (kind->unit == NULL)
    append_comment_of_a_megabyte (xml);
  else if (place == NULL)
    g_string_append (xml, kind->unit);
  else
    g_string_append_printf (xml, "%.*s%u%s", (int) (place - kind->unit), kind->unit, number, place + 2);
}

static GString *
create_document (const Kind *kind,
                 gsize       size,
                 gboolean    is_after)
{
  GString *xml = g_string_new (HEAD);

  g_string_append (xml, is_after ? INSTRUCTION : "");
  g_string_append (xml, kind->is_array ? ARRAY_START : STRING_START);
  g_string_append (xml, kind->start);
  for (guint i = 0; xml->len < size; i++)
    append_unit (xml, kind, i);
  g_string_append (xml, kind->end);
  g_string_append (xml, kind->is_array ? ARRAY_END : STRING_END);

  return xml;
}

static GVariant *
feed_document (const GString  *xml,
               gsize           piece,
               GError        **error)
{
  XmlRpcDecoder *decoder = xml_rpc_decoder_new_response (NULL);
  GVariant *value = NULL;
  gboolean is_good = TRUE;

  for (gsize i = 0; i < xml->len && is_good; i += piece)
    is_good = xml_rpc_decoder_feed (decoder, xml->str + i, MIN (piece, xml->len - i), error);
  if (is_good)
    value = xml_rpc_decoder_finish_response (decoder, error);
  xml_rpc_decoder_free (decoder);

  return value;
}

static void
run (const Kind *kind,
     gsize       size,
     gboolean    is_after)
{
  g_autoptr (GString) xml = create_document (kind, size, is_after);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = feed_document (xml, kind->by_byte ? 1 : PIECE, &error);

  if (kind->fails)
    g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED);
  else
    g_assert_no_error (error);
}

int
main (int   argc,
      char *argv[])
{
  if (argc < 3)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
        g_print ("%s%s\n", kinds[i].name, kinds[i].is_plain ? " plain" : "");
      return EXIT_SUCCESS;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (strcmp (kinds[i].name, argv[1]) == 0)
        {
          run (&kinds[i], (gsize) atol (argv[2]), argc > 3);
          return EXIT_SUCCESS;
        }
    }

  g_error ("unknown kind: %s", argv[1]);
}
