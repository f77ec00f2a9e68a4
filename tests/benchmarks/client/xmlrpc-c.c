/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <xmlrpc-c/base.h>
#include <xmlrpc-c/client.h>

#include "client.h"

static xmlrpc_client *clients[CLIENT_MAX_THREADS];
static _Thread_local xmlrpc_client *client;
static xmlrpc_server_info *server;

static void
select_client (int number)
{
  xmlrpc_env env;

  xmlrpc_env_init (&env);
  if (clients[number] == NULL)
    xmlrpc_client_create (&env, XMLRPC_CLIENT_NO_FLAGS, "benchmark", "1.0", NULL, 0, &clients[number]);
  if (env.fault_occurred)
    abort ();
  client = clients[number];
  xmlrpc_env_clean (&env);
}

static void
open_client (const char *uri)
{
  xmlrpc_env env;

  xmlrpc_env_init (&env);
  xmlrpc_limit_set (XMLRPC_XML_SIZE_LIMIT_ID, SIZE_MAX / 2);
  xmlrpc_client_setup_global_const (&env);
  server = xmlrpc_server_info_new (&env, uri);
  if (env.fault_occurred)
    abort ();
  xmlrpc_env_clean (&env);
  select_client (0);
}

static xmlrpc_value *
create_params (xmlrpc_env *env,
               const char *method)
{
  return strcmp (method, CLIENT_ADD) == 0 ? xmlrpc_build_value (env, "(ii)", 2, 3) : xmlrpc_array_new (env);
}

static bool
check (const char   *method,
       xmlrpc_env   *env,
       xmlrpc_value *reply)
{
  int sum = 5;

  if (!env->fault_occurred && strcmp (method, CLIENT_ADD) == 0)
    xmlrpc_read_int (env, reply, &sum);
  if (env->fault_occurred)
    client_refuse ("%s", env->fault_string);
  else if (sum != 5)
    client_refuse ("a wrong reply");

  return !env->fault_occurred && sum == 5;
}

static bool
call (const char *method)
{
  xmlrpc_env env;
  xmlrpc_value *params, *reply = NULL;
  bool is_good;

  xmlrpc_env_init (&env);
  params = create_params (&env, method);
  xmlrpc_client_call2 (&env, client, server, method, params, &reply);
  is_good = check (method, &env, reply);
  if (!env.fault_occurred)
    xmlrpc_DECREF (reply);
  xmlrpc_DECREF (params);
  xmlrpc_env_clean (&env);

  return is_good;
}

static void
on_reply (const char   *uri,
          const char   *method,
          xmlrpc_value *params,
          void         *is_good,
          xmlrpc_env   *env,
          xmlrpc_value *reply)
{
  if (!check (method, env, reply))
    *(bool *) is_good = false;
}

/* Its event loop ends when no call is left, so they come in groups. */
static bool
call_many (const char *method,
           long        n_calls,
           long        n_in_flight)
{
  bool is_good = true;

  while (n_calls > 0 && is_good)
    {
      for (long i = 0; i < n_in_flight && n_calls > 0; i++, n_calls--)
        {
          xmlrpc_env env;
          xmlrpc_value *params;

          xmlrpc_env_init (&env);
          params = create_params (&env, method);
          xmlrpc_client_start_rpc (&env, client, server, method, params, on_reply, &is_good);
          if (env.fault_occurred)
            {
              client_refuse ("%s", env.fault_string);
              is_good = false;
            }
          xmlrpc_DECREF (params);
          xmlrpc_env_clean (&env);
        }
      xmlrpc_client_event_loop_finish (client);
    }

  return is_good;
}

int
main (int   argc,
      char *argv[])
{
  /* Its documentation wants a client for each thread. */
  static const Client functions = { open_client, call, call_many, select_client, false };

  return client_main (&functions, argc, argv);
}
