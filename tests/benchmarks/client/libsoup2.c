/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* libsoup 2.4, which cannot be in one process with libsoup 3. */

#include <string.h>

#include <libsoup/soup.h>

#include "client.h"

/* As many connections as XmlRpcServerProxy has. */
#define MAX_CONNECTIONS 8

static SoupSession *session;
static const char *server_uri;

static void
open_session (const char *uri)
{
  session = soup_session_new_with_options (SOUP_SESSION_MAX_CONNS_PER_HOST, MAX_CONNECTIONS, NULL);
  server_uri = uri;
}

static SoupMessage *
create_message (const char *method)
{
  g_autoptr (GError) error = NULL;
  GVariant *params = strcmp (method, CLIENT_ADD) == 0 ? g_variant_new ("(ii)", 2, 3) : g_variant_new ("()");
  SoupMessage *message = soup_xmlrpc_message_new (server_uri, method, params, &error);

  g_assert_no_error (error);
  /* Or else it opens a connection for every request. */
  soup_message_set_flags (message, soup_message_get_flags (message) | SOUP_MESSAGE_IDEMPOTENT);

  return message;
}

static bool
check (const char  *method,
       SoupMessage *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = NULL;

  reply = soup_xmlrpc_parse_response (message->response_body->data, (int) message->response_body->length, NULL, &error);
  if (reply == NULL)
    client_refuse ("%s", error->message);
  else if (strcmp (method, CLIENT_ADD) != 0 || g_variant_get_int32 (reply) == 5)
    return true;
  else
    client_refuse ("a wrong reply");

  return false;
}

static bool
call (const char *method)
{
  g_autoptr (SoupMessage) message = create_message (method);

  soup_session_send_message (session, message);

  return check (method, message);
}

typedef struct
{
  const char *method;
  long        n_to_start;
  long        n_to_end;
  bool        is_good;
} Calls;

static void start_call (Calls *calls);

static void
on_reply (SoupSession *from,
          SoupMessage *message,
          gpointer     user_data)
{
  Calls *calls = user_data;

  calls->is_good = check (calls->method, message) && calls->is_good;
  calls->n_to_end--;
  if (calls->n_to_start > 0)
    start_call (calls);
}

static void
start_call (Calls *calls)
{
  calls->n_to_start--;
  soup_session_queue_message (session, create_message (calls->method), on_reply, calls);
}

static bool
call_many (const char *method,
           long        n_calls,
           long        n_in_flight)
{
  Calls calls = { method, n_calls, n_calls, true };

  for (long i = 0; i < n_in_flight && calls.n_to_start > 0; i++)
    start_call (&calls);
  while (calls.n_to_end > 0)
    g_main_context_iteration (NULL, TRUE);

  return calls.is_good;
}

int
main (int   argc,
      char *argv[])
{
  static const Client client = { open_session, call, call_many };

  return client_main (&client, argc, argv);
}
