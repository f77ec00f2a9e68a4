/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A line that is a Content-Type, and a page: what an error quotes of it is one short line
 * that is safe to show. */

#include "fuzz.h"

#include "client/xml-rpc-excerpt-private.h"

#define MAX_CHARACTERS 200

static void
check_excerpt (const char *excerpt)
{
  g_assert_true (g_utf8_validate (excerpt, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (excerpt, -1), <=, MAX_CHARACTERS);
  g_assert_true (*excerpt != '\0' && *excerpt != ' ');

  for (const char *p = excerpt; *p != '\0'; p = g_utf8_next_char (p))
    {
      g_assert_false (g_unichar_iscntrl (g_utf8_get_char (p)));
      g_assert_cmpint (g_unichar_type (g_utf8_get_char (p)), !=, G_UNICODE_FORMAT);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  FuzzInput input = fuzz_input_begin (data, size);
  g_autofree char *content_type = fuzz_input_take_line (&input);
  g_autoptr (GBytes) page = fuzz_input_take_bytes (&input);
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  const XmlRpcHead head = { .headers = headers };
  g_autofree char *excerpt = NULL;
  gsize length;
  const char *begin = g_bytes_get_data (page, &length);

  if (length == 0)
    return 0;

  /* No header has one in it. */
  g_strdelimit (content_type, "\r", ' ');
  soup_message_headers_replace (headers, "Content-Type", content_type);
  excerpt = xml_rpc_excerpt_create (&head, begin, MIN (length, XML_RPC_EXCERPT_MAX_HEAD));
  if (excerpt != NULL)
    check_excerpt (excerpt);

  return 0;
}
