/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* SoupServer alone: it answers with the same bytes each time, without looking at
 * the request but for the name of the method. */

#include <string.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "bench-documents.h"
#include "server.h"

static GBytes *
encode (GVariant *value)
{
  g_autoptr (GError) error = NULL;
  GBytes *body = xml_rpc_encode_response (value, &error);

  g_assert_no_error (error);

  return body;
}

typedef struct
{
  GBytes *sum;
  GBytes *news;
  GBytes *nothing;
} Answers;

/* One search for all, so that the server takes as little time as it can. */
static GBytes *
find_answer (const Answers         *self,
             const SoupMessageBody *request)
{
  const char *name = g_strstr_len (request->data, request->length, "sample.n");

  if (name == NULL)
    return self->sum;

  return g_str_has_prefix (name, "sample.news") ? self->news : self->nothing;
}

static void
answer (SoupServer        *server,
        SoupServerMessage *message,
        const char        *path,
        GHashTable        *query,
        gpointer           user_data)
{
  const Answers *answers = user_data;
  SoupMessageBody *request = soup_server_message_get_request_body (message);
  GBytes *body = find_answer (answers, request);
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "text/xml", SOUP_MEMORY_STATIC, data, length);
}

int
main (void)
{
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autoptr (GVariant) news = bench_create_news ();
  g_autoptr (GBytes) sum_body = encode (g_variant_new_int32 (5));
  g_autoptr (GBytes) news_body = encode (news);
  g_autoptr (GBytes) nothing_body = encode (g_variant_new_string (""));
  Answers answers = { sum_body, news_body, nothing_body };

  soup_server_add_handler (server, NULL, answer, &answers, NULL);

  return server_run (server);
}
