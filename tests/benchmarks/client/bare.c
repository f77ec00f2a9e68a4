/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The same requests with libsoup 3 alone, which does not look at the replies. */

#include <string.h>

#include <libsoup/soup.h>

#include "client.h"

/* As many connections as XmlRpcServerProxy has. */
#define MAX_CONNECTIONS 8

#define REQUEST(method, params) \
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" \
  "<methodCall><methodName>" method "</methodName><params>" params "</params></methodCall>\n"

static const char add_request[] =
  REQUEST (CLIENT_ADD, "<param><value><int>2</int></value></param><param><value><int>3</int></value></param>");
static const char news_request[] = REQUEST (CLIENT_NEWS, "");
static const char nothing_request[] = REQUEST (CLIENT_NOTHING, "");

static const char *server_uri;
static SoupSession *sessions[CLIENT_MAX_THREADS];
static _Thread_local SoupSession *session;

static void
select_session (int number)
{
  if (sessions[number] == NULL)
    sessions[number] = soup_session_new_with_options ("max-conns-per-host", MAX_CONNECTIONS, NULL);
  session = sessions[number];
}

static void
open_session (const char *uri)
{
  server_uri = uri;
  select_session (0);
}

static const char *
find_request (const char *method)
{
  if (strcmp (method, CLIENT_ADD) == 0)
    return add_request;

  return strcmp (method, CLIENT_NEWS) == 0 ? news_request : nothing_request;
}

static SoupMessage *
create_message (const char *method)
{
  SoupMessage *message = soup_message_new (SOUP_METHOD_POST, server_uri);
  const char *request = find_request (method);
  g_autoptr (GBytes) body = g_bytes_new_static (request, strlen (request));

  soup_message_set_request_body_from_bytes (message, "text/xml", body);
  /* Or else libsoup opens a connection for every request. */
  soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT);

  return message;
}

static bool
check (GBytes *reply,
       GError *error)
{
  if (reply == NULL)
    client_refuse ("%s", error->message);

  return reply != NULL;
}

static bool
call (const char *method)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupMessage) message = create_message (method);
  g_autoptr (GBytes) reply = soup_session_send_and_read (session, message, NULL, &error);

  return check (reply, error);
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
on_reply (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Calls *calls = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) reply = soup_session_send_and_read_finish (session, result, &error);

  calls->is_good = check (reply, error) && calls->is_good;
  calls->n_to_end--;
  if (calls->n_to_start > 0)
    start_call (calls);
}

static void
start_call (Calls *calls)
{
  g_autoptr (SoupMessage) message = create_message (calls->method);

  calls->n_to_start--;
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, on_reply, calls);
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
  static const Client client = { open_session, call, call_many, select_session, true };

  return client_main (&client, argc, argv);
}
