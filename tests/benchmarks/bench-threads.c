/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* How many calls a second a method in threads gets done that computes for 10 ms, with
 * one thread and with two. The calls come without HTTP: clients would take processor
 * time, too. */

#include <time.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "measure.h"

#define COMPUTING_SECONDS 0.010
#define N_CALLS 100
/* The best of some, as the machine has other things to do. */
#define N_TURNS 7
/* Always more than there are threads. */
#define N_AT_ONCE 16

typedef struct
{
  XmlRpcServer *server;
  GBytes       *request;
  guint         n_begun;
  guint         n_done;
} Bench;

static double
get_thread_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static void
compute (XmlRpcServer     *server,
         XmlRpcInvocation *invocation,
         gpointer          user_data)
{
  double begin = get_thread_seconds ();

  while (get_thread_seconds () - begin < COMPUTING_SECONDS)
    continue;
  xml_rpc_invocation_return_value (invocation, g_variant_new_boolean (TRUE));
}

static void on_done (GObject      *server,
                     GAsyncResult *result,
                     gpointer      user_data);

static void
begin_call (Bench *self)
{
  self->n_begun++;
  xml_rpc_server_handle_async (self->server, self->request, NULL, on_done, self);
}

static void
on_done (GObject      *server,
         GAsyncResult *result,
         gpointer      user_data)
{
  Bench *self = user_data;
  g_autoptr (GBytes) response = xml_rpc_server_handle_finish (self->server, result, NULL);

  g_assert_nonnull (response);
  self->n_done++;
  if (self->n_begun < N_CALLS)
    begin_call (self);
}

/* Calls a second. */
static double
measure (guint n_threads)
{
  g_autoptr (XmlRpcServer) server = g_object_new (XML_RPC_TYPE_SERVER, "max-threads", n_threads, NULL);
  g_autoptr (GBytes) request = xml_rpc_encode_call ("compute", NULL, NULL);
  Bench bench = { server, request, 0, 0 };
  double begin = measure_wall_seconds ();

  xml_rpc_server_add_method_full (server, "compute", NULL, NULL, XML_RPC_METHOD_IN_THREAD, compute, NULL, NULL, NULL);
  for (guint i = 0; i < N_AT_ONCE; i++)
    begin_call (&bench);
  while (bench.n_done < N_CALLS)
    g_main_context_iteration (NULL, TRUE);

  return N_CALLS / (measure_wall_seconds () - begin);
}

int
main (void)
{
  double one = 0, two = 0;

  for (guint i = 0; i < N_TURNS; i++)
    {
      one = MAX (one, measure (1));
      two = MAX (two, measure (2));
    }

  g_print ("a method that computes for 10 ms: %.1f calls a second with 1 thread, %.1f with 2, %.2f times as many\n",
           one, two, two / one);

  return 0;
}
