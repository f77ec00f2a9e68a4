/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "codec/xml-rpc-scanner-private.h"

#include <string.h>

/* A document, the events that it gives as far as it is plain, and where that ends. */
typedef struct
{
  const char *name;
  const char *xml;
  const char *events;
  const char *rest;    /* what is handed over; NULL: nothing */
} ScannerTest;

static const ScannerTest tests[] = {
  { "element", "<a></a>", "<a></>" },
  { "empty-element", "<a/>", "<a></>" },
  { "text", "<a>b c\t\n</a>", "<a>b c\t\n</>" },
  { "long-names", "<methodResponse><dateTime.iso8601>x</dateTime.iso8601></methodResponse>",
    "<methodResponse><dateTime.iso8601>x</></>" },
  { "names-of-seven-and-eight", "<abcdefg><abcdefgh/></abcdefg>", "<abcdefg><abcdefgh></></>" },
  { "other-characters-in-names", "<a-b.c_d1/>", "<a-b.c_d1></>" },
  { "prefix", "<ex:i4><ex:nil/></ex:i4>", "<ex:i4><ex:nil></></>" },
  { "second-prefix", "<ex:i4><ey:nil/></ex:i4>", "<ex:i4>", "<ey:nil/></ex:i4>" },
  { "colon-first", "<:a/>", "", "<:a/>" },
  { "colon-last", "<a:/>", "", "<a:/>" },
  { "two-colons", "<a:b:c/>", "", "<a:b:c/>" },
  { "digit-first", "<a><1/></a>", "<a>", "<1/></a>" },
  { "digit-first-and-long", "<a><1abcdefghi/></a>", "<a>", "<1abcdefghi/></a>" },
  { "hyphen-first", "<a><-b></-b></a>", "<a>", "<-b></-b></a>" },
  { "letter-that-is-not-ascii", "<a><é/></a>", "<a>", "<é/></a>" },
  { "no-name", "<a><></a>", "<a>", "<></a>" },
  { "blank-in-start-tag", "<a><b ></b></a>", "<a>", "<b ></b></a>" },
  { "blank-in-end-tag", "<a><b></b ></a>", "<a><b>", "</b ></a>" },
  { "other-end-tag", "<a><b></a>", "<a><b>", "</a>" },
  { "other-end-tag-of-the-same-beginning", "<ab><abc></ab></ab>", "<ab><abc>", "</ab></ab>" },
  { "other-long-end-tag", "<methodResponse></methodResponsf>", "<methodResponse>", "</methodResponsf>" },
  { "attribute", "<a b=\"c'd\"><e b=\"c'd\"/></a>", "<a><e></></>" },
  { "attribute-of-another-value", "<a b='c'><e b='d'/></a>", "<a>", "<e b='d'/></a>" },
  { "attribute-with-greater-than", "<a b='>'/>", "<a></>" },
  { "attribute-with-prefix", "<a xmlns:ex='http://ws.apache.org/xmlrpc/namespaces/extensions'/>", "<a></>" },
  { "other-attribute", "<a b=''><c d=''/></a>", "<a>", "<c d=''/></a>" },
  { "attributes", "<a b='' c=\"\"><d b='' c=\"\"/><e/></a>", "<a><d></><e></></>" },
  { "fewer-attributes", "<a b='' c=''><d b=''/></a>", "<a>", "<d b=''/></a>" },
  { "attribute-twice", "<a b='' c='' b=''/>", "", "<a b='' c='' b=''/>" },
  { "four-attributes", "<a b='' c='' d='' e=''/>", "<a></>" },
  { "five-attributes", "<a b='' c='' d='' e='' f=''/>", "", "<a b='' c='' d='' e='' f=''/>" },
  { "no-blank-between-attributes", "<a b=''c=''/>", "", "<a b=''c=''/>" },
  { "attribute-and-blank", "<a b='' />", "<a></>" },
  { "blank-before-slash", "<a><nil /><methodResponse /></a>", "<a><nil></><methodResponse></></>" },
  { "two-blanks-before-slash", "<a><nil  /></a>", "<a>", "<nil  /></a>" },
  { "blank-behind-slash", "<a><nil/ ></a>", "<a>", "<nil/ ></a>" },
  { "line-feed-before-slash", "<a><nil\n/></a>", "<a>", "<nil\n/></a>" },
  { "blank-before-bracket", "<a b='' ></a>", "", "<a b='' ></a>" },
  { "five-attributes-and-blank", "<a b='' c='' d='' e='' f='' />", "", "<a b='' c='' d='' e='' f='' />" },
  { "two-blanks-before-attribute", "<a  b=''/>", "", "<a  b=''/>" },
  { "reference-in-attribute", "<a b='&amp;'/>", "", "<a b='&amp;'/>" },
  { "less-than-in-attribute", "<a b='<'/>", "", "<a b='<'/>" },
  { "line-feed-in-attribute", "<a b='\n'/>", "", "<a b='\n'/>" },
  { "not-ascii-in-attribute", "<a b='é'/>", "", "<a b='é'/>" },
  { "references", "<a>&amp;&lt;&gt;&quot;&apos;&#65;&#x1F600;&#xe9;</a>", "<a>&<>\"'A😀é</>" },
  { "unknown-reference", "<a>b&nbsp;</a>", "<a>b", "&nbsp;</a>" },
  { "reference-without-end", "<a>&amp b c d e f</a>", "<a>", "&amp b c d e f</a>" },
  { "reference-to-no-character", "<a>&#1;</a>", "<a>", "&#1;</a>" },
  { "reference-to-surrogate", "<a>&#xD800;</a>", "<a>", "&#xD800;</a>" },
  { "reference-beyond-unicode", "<a>&#x110000;</a>", "<a>", "&#x110000;</a>" },
  { "long-reference", "<a>&#000000000000065;</a>", "<a>", "&#000000000000065;</a>" },
  { "capital-x", "<a>&#X41;</a>", "<a>", "&#X41;</a>" },
  { "carriage-returns", "<a>b\r\nc\rd\r\r\n</a>", "<a>b\nc\nd\n\n</>" },
  { "brackets", "<a>]] ]>]</a>", "<a>]] ]>]</>" },
  { "end-of-section-in-text", "<a>b]]>c</a>", "<a>b", "]]>c</a>" },
  { "more-brackets", "<a>]]]]></a>", "<a>]]", "]]></a>" },
  { "section", "<a><![CDATA[<b>&]]]></a>", "<a><b>&]</>" },
  { "section-with-line-ends", "<a><![CDATA[\r\n\r]]>\n</a>", "<a>\n\n\n</>" },
  { "empty-section", "<a>b<![CDATA[]]>c</a>", "<a>bc</>" },
  { "control-character-in-section", "<a><![CDATA[b\001]]></a>", "<a>b", "\001]]></a>" },
  { "section-around-root", "<![CDATA[]]><a/>", "", "<![CDATA[]]><a/>" },
  { "control-character", "<a>b\001</a>", "<a>b", "\001</a>" },
  { "delete", "<a>\177</a>", "<a>\177</>" },
  { "not-utf-8", "<a>b\xff</a>", "<a>b", "\xff</a>" },
  { "overlong", "<a>b\xc0\xaf</a>", "<a>b", "\xc0\xaf</a>" },
  { "u+fffe", "<a>b\xef\xbf\xbe</a>", "<a>b", "\xef\xbf\xbe</a>" },
  { "u+fffd", "<a>\xef\xbf\xbd</a>", "<a>\xef\xbf\xbd</>" },
  { "comment", "<a>b<!-- c -> - é <d>&\n --></a>", "<a>b</>" },
  { "comments", "<a>b<!-- c --><!----><!-->--></a>", "<a>b</>" },
  { "comments-around-root", "<!-- a -->\n<a/><!-- b --> <!-- c -->\n", "<a></>" },
  { "comment-between-declaration-and-root", "<?xml version='1.0'?><!-- a --><a/>", "<a></>" },
  { "comment-before-declaration", "<!-- a --><?xml version='1.0'?><a/>", "", "<?xml version='1.0'?><a/>" },
  { "comment-within-end-of-section", "<a>]]<!-- a -->></a>", "<a>]]></>" },
  { "carriage-return-before-comment", "<a>\r<!-- a -->\n</a>", "<a>\n\n</>" },
  { "carriage-return-in-comment", "<a><!--\r\n--></a>", "<a>", "<!--\r\n--></a>" },
  { "control-character-in-comment", "<a><!--\001--></a>", "<a>", "<!--\001--></a>" },
  { "not-utf-8-in-comment", "<a><!--\xff--></a>", "<a>", "<!--\xff--></a>" },
  { "u+ffff-in-comment", "<a><!--\xef\xbf\xbf--></a>", "<a>", "<!--\xef\xbf\xbf--></a>" },
  { "two-hyphens-in-comment", "<a><!-- b -- c --></a>", "<a>", "<!-- b -- c --></a>" },
  { "three-hyphens-at-the-end", "<a><!-- b ---></a>", "<a>", "<!-- b ---></a>" },
  { "end-of-html-comment", "<a><!-- b --!></a>", "<a>", "<!-- b --!></a>" },
  { "other-declaration", "<a><!ELEMENT a></a>", "<a>", "<!ELEMENT a></a>" },
  { "instruction", "<a><?b?></a>", "<a>", "<?b?></a>" },
  { "document-type", "<!DOCTYPE a><a/>", "", "<!DOCTYPE a><a/>" },
  { "declaration", "<?xml version=\"1.0\"?>\n<a/>\n", "<a></>" },
  { "whole-declaration", "<?xml version='1.0' encoding = \"x-y\"\tstandalone='yes' ?><a/>", "<a></>" },
  { "declaration-of-another-version", "<?xml version='1.1'?><a/>", "", "<?xml version='1.1'?><a/>" },
  { "declaration-without-version", "<?xml encoding='a'?><a/>", "", "<?xml encoding='a'?><a/>" },
  { "declaration-in-another-order", "<?xml encoding='a' version='1.0'?><a/>", "", "<?xml encoding='a' version='1.0'?><a/>" },
  { "declaration-of-no-encoding", "<?xml version='1.0' encoding='1'?><a/>", "", "<?xml version='1.0' encoding='1'?><a/>" },
  { "second-declaration", "<?xml version='1.0'?><?xml version='1.0'?>", "", "<?xml version='1.0'?>" },
  { "instruction-with-that-beginning", "<?xml-stylesheet?><a/>", "", "<?xml-stylesheet?><a/>" },
  { "text-before-root", "<?xml version='1.0'?> a", "", "a" },
  { "text-behind-root", "<a/> b", "<a></>", "b" },
  { "element-behind-root", "<a/><b/>", "<a></>", "<b/>" },
  { "end-tag-only", "</a>", "", "</a>" },
};

static void
on_start_element (gpointer    user_data,
                  const char *name,
                  gsize       length,
                  guint64     word)
{
  g_assert_cmpuint (word, ==, xml_rpc_xml_name_to_word (name, length));
  g_string_append_printf (user_data, "<%.*s>", (int) length, name);
}

static void
on_end_element (gpointer user_data)
{
  g_string_append (user_data, "</>");
}

static void
on_text (gpointer    user_data,
         const char *text,
         gsize       length)
{
  g_string_append_len (user_data, text, (gssize) length);
}

static gsize
on_raw_text (gpointer    user_data,
             const char *data,
             gsize       length)
{
  return 0;
}

static const XmlRpcXmlEvents events = { on_start_element, on_end_element, on_text, on_raw_text };

/* However it is cut. */
static void
run (const ScannerTest *test,
     gsize              first,
     gsize              others)
{
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (GString) rest = g_string_new (NULL);
  XmlRpcXmlSink sink = { &events, seen, NULL };
  XmlRpcScanner scanner;
  gsize size = first;

  xml_rpc_scanner_init (&scanner, &sink);
  for (gsize i = 0; i < strlen (test->xml) && scanner.is_plain; i += size, size = i == 0 ? first : others)
    {
      gsize length = MIN (size, strlen (test->xml) - i);
      g_autofree char *piece = g_memdup2 (test->xml + i, length);
      gsize n_taken = xml_rpc_scanner_feed (&scanner, piece, length);

      g_assert_cmpuint (n_taken, <=, length);
      if (!scanner.is_plain)
        g_string_append (rest, test->xml + i + n_taken);
      else
        g_assert_cmpuint (n_taken, ==, length);
    }

  g_string_prepend_len (rest, (const char *) scanner.held.data, (gssize) scanner.held.length);
  g_assert_cmpstr (seen->str, ==, test->events);
  g_assert_cmpstr (rest->str, ==, test->rest != NULL ? test->rest : "");
  g_assert_true (scanner.is_plain == (test->rest == NULL));
  g_assert_true (xml_rpc_scanner_is_complete (&scanner) || test->rest != NULL);
  xml_rpc_scanner_clear (&scanner);
}

static void
test_document (gconstpointer data)
{
  const ScannerTest *test = data;

  run (test, strlen (test->xml), 1);
  run (test, 1, 1);
  for (gsize first = 1; first < strlen (test->xml); first++)
    run (test, first, strlen (test->xml));
}

/* What is longer than a token may be is handed over, and no more is held. */
static void
test_long_tokens (void)
{
  g_autofree char *name = g_strnfill (300, 'a');
  g_autofree char *element = g_strdup_printf ("<%s/>", name);
  g_autofree char *attribute = g_strdup_printf ("<a b='%s'/>", name);
  g_autofree char *declaration = g_strdup_printf ("<?xml version='1.0' encoding='%s'?>", name);
  g_autofree char *comment = g_strdup_printf ("<!--%s-->", name);
  const char * const documents[] = { element, attribute, declaration, comment };

  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      const ScannerTest test = { "long", documents[i], "", documents[i] };

      test_document (&test);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/scanner/", tests[i].name, NULL);

      g_test_add_data_func (path, &tests[i], test_document);
    }
  g_test_add_func ("/scanner/long-tokens", test_long_tokens);

  return g_test_run ();
}
