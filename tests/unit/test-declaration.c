/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "codec/xml-rpc-declaration-private.h"

#include <string.h>

/* More than a declaration may be long, as a message has it behind. */
#define REST "<methodResponse><params/></methodResponse>"

typedef struct
{
  const char             *name;
  const char             *text;
  XmlRpcDeclarationStatus status;
  const char             *encoding;
  gboolean                is_plain;
} DeclarationTest;

static const DeclarationTest tests[] = {
  { "version", "<?xml version=\"1.0\"?>", XML_RPC_DECLARATION_IS_THERE, NULL, TRUE },
  { "version-in-single-quotes", "<?xml version='1.0'?>", XML_RPC_DECLARATION_IS_THERE, NULL, TRUE },
  { "utf-8", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", XML_RPC_DECLARATION_IS_THERE, "UTF-8", TRUE },
  { "small-utf-8", "<?xml version=\"1.0\" encoding=\"utf-8\"?>", XML_RPC_DECLARATION_IS_THERE, "utf-8", TRUE },
  { "mixed-utf-8", "<?xml version=\"1.0\" encoding=\"Utf-8\"?>", XML_RPC_DECLARATION_IS_THERE, "Utf-8", TRUE },
  { "utf-8-in-single-quotes", "<?xml version='1.0' encoding='utf-8'?>", XML_RPC_DECLARATION_IS_THERE, "utf-8", TRUE },
  { "utf-9", "<?xml version=\"1.0\" encoding=\"UTF-9\"?>", XML_RPC_DECLARATION_IS_THERE, "UTF-9", TRUE },
  { "longer-encoding", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>", XML_RPC_DECLARATION_IS_THERE, "ISO-8859-1",
    TRUE },
  { "standalone", "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>", XML_RPC_DECLARATION_IS_THERE, "UTF-8",
    TRUE },
  { "blank-at-end", "<?xml version=\"1.0\" ?>", XML_RPC_DECLARATION_IS_THERE, NULL, TRUE },
  { "blank-behind-encoding", "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>", XML_RPC_DECLARATION_IS_THERE, "UTF-8", TRUE },
  { "two-blanks", "<?xml version=\"1.0\"  encoding=\"UTF-8\"?>", XML_RPC_DECLARATION_IS_THERE, "UTF-8", TRUE },
  { "version-1.1", "<?xml version=\"1.1\" encoding=\"UTF-8\"?>", XML_RPC_DECLARATION_IS_THERE, "UTF-8", FALSE },
  { "question-mark-alone", "<?xml version=\"1.0\"? >", XML_RPC_DECLARATION_IS_BROKEN },
  { "question-mark-behind-encoding", "<?xml version=\"1.0\" encoding=\"UTF-8\"? >", XML_RPC_DECLARATION_IS_BROKEN },
  { "other-name", "<?xmlversion=\"1.0\"?>", XML_RPC_DECLARATION_IS_MISSING },
  { "none", "", XML_RPC_DECLARATION_IS_MISSING },
};

static void
check (const DeclarationTest *test,
       const char            *text)
{
  XmlRpcDeclaration declaration;
  XmlRpcDeclarationStatus status = xml_rpc_declaration_parse (&declaration, text, strlen (text));

  g_assert_cmpint (status, ==, test->status);
  if (status != XML_RPC_DECLARATION_IS_THERE)
    return;

  g_assert_cmpuint (declaration.length, ==, strlen (test->text));
  g_assert_cmpint (declaration.is_plain, ==, test->is_plain);
  if (test->encoding == NULL)
    g_assert_null (declaration.encoding);
  else
    g_assert_cmpmem (declaration.encoding, declaration.encoding_length, test->encoding, strlen (test->encoding));
}

static void
test_is_read (gconstpointer data)
{
  const DeclarationTest *test = data;
  g_autofree char *text = g_strconcat (test->text, REST, NULL);

  check (test, text);
  if (*test->text != '\0')
    check (test, test->text);
}

/* None is there before its end, however it is read. */
static void
test_is_cut (gconstpointer data)
{
  const DeclarationTest *test = data;
  XmlRpcDeclaration declaration;

  for (gsize n = 0; n < strlen (test->text); n++)
    {
      g_autofree char *text = g_strndup (test->text, n);

      g_assert_cmpint (xml_rpc_declaration_parse (&declaration, text, n), ==, XML_RPC_DECLARATION_IS_CUT);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *read = g_strdup_printf ("/declaration/is-read/%s", tests[i].name);
      g_autofree char *cut = g_strdup_printf ("/declaration/is-cut/%s", tests[i].name);

      g_test_add_data_func (read, &tests[i], test_is_read);
      if (tests[i].status == XML_RPC_DECLARATION_IS_THERE)
        g_test_add_data_func (cut, &tests[i], test_is_cut);
    }

  return g_test_run ();
}
