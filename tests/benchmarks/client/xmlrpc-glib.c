/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "client.h"

static const char *server_uri;
static XmlRpcServerProxy *proxies[CLIENT_MAX_THREADS];
static _Thread_local XmlRpcServerProxy *proxy;

static void
select_proxy (int number)
{
  g_autoptr (GError) error = NULL;

  if (proxies[number] == NULL)
    proxies[number] = xml_rpc_server_proxy_new (server_uri, &error);
  g_assert_no_error (error);
  proxy = proxies[number];
}

static void
open_proxy (const char *uri)
{
  server_uri = uri;
  select_proxy (0);
}

static GVariant *
create_params (const char *method)
{
  return strcmp (method, CLIENT_ADD) == 0 ? g_variant_new ("(ii)", 2, 3) : NULL;
}

static bool
check (const char *method,
       GVariant   *reply,
       GError     *error)
{
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
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = xml_rpc_server_proxy_call (proxy, method, create_params (method), NULL, NULL, &error);

  return check (method, reply, error);
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
  g_autoptr (GVariant) reply = xml_rpc_server_proxy_call_finish (proxy, result, &error);

  calls->is_good = check (calls->method, reply, error) && calls->is_good;
  calls->n_to_end--;
  if (calls->n_to_start > 0)
    start_call (calls);
}

static void
start_call (Calls *calls)
{
  calls->n_to_start--;
  xml_rpc_server_proxy_call_async (proxy, calls->method, create_params (calls->method), NULL, NULL, on_reply, calls);
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
  static const Client client = { open_proxy, call, call_many, select_proxy, true };

  return client_main (&client, argc, argv);
}
