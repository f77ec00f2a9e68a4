/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* xmlrpc-c's sample server, of Abyss, with connections that stay open as long
 * as there are calls. Prints its URL, and serves until its standard input ends. */

#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <xmlrpc-c/base.h>
#include <xmlrpc-c/server.h>
#include <xmlrpc-c/server_abyss.h>

static xmlrpc_value *
add (xmlrpc_env   *env,
     xmlrpc_value *params,
     void         *server_info,
     void         *channel_info)
{
  xmlrpc_int32 a, b;

  xmlrpc_decompose_value (env, params, "(ii)", &a, &b);
  if (env->fault_occurred)
    return NULL;

  return xmlrpc_build_value (env, "i", a + b);
}

static void
check (const xmlrpc_env *env)
{
  if (env->fault_occurred)
    {
      fprintf (stderr, "%s\n", env->fault_string);
      exit (EXIT_FAILURE);
    }
}

static int
open_socket (void)
{
  struct sockaddr_in address = { .sin_family = AF_INET };
  socklen_t length = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM, 0);

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  if (bind (fd, (struct sockaddr *) &address, length) < 0
      || getsockname (fd, (struct sockaddr *) &address, &length) < 0)
    {
      perror ("socket");
      exit (EXIT_FAILURE);
    }
  printf ("http://127.0.0.1:%d/RPC2\n", ntohs (address.sin_port));
  fflush (stdout);

  return fd;
}

static void *
wait_for_end_of_input (void *unused)
{
  char byte;

  while (read (STDIN_FILENO, &byte, 1) > 0)
    ;
  exit (EXIT_SUCCESS);
}

int
main (void)
{
  static const struct xmlrpc_method_info3 method = { .methodName = "sample.add", .methodFunction = add };
  xmlrpc_server_abyss_parms parms = { 0 };
  xmlrpc_env env;
  pthread_t thread;

  xmlrpc_env_init (&env);
  parms.registryP = xmlrpc_registry_new (&env);
  check (&env);
  xmlrpc_registry_add_method3 (&env, parms.registryP, &method);
  check (&env);

  parms.socket_bound = 1;
  parms.socket_handle = open_socket ();
  parms.keepalive_timeout = 60;
  parms.keepalive_max_conn = 1000000;
  parms.dont_advertise = 1;
  parms.max_conn = 300;
  parms.max_conn_backlog = 300;

  pthread_create (&thread, NULL, wait_for_end_of_input, NULL);
  xmlrpc_server_abyss (&env, &parms, XMLRPC_APSIZE (max_conn_backlog));
  check (&env);

  return EXIT_SUCCESS;
}
