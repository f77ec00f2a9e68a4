/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a call costs beyond the HTTP request that it is made of: calls through
 * one proxy against the same request and reply with libsoup alone. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "bench-documents.h"
#include "bench-empty-parse.h"
#include "bench-measure.h"

#define N_ROUNDS        21
#define CALLS_PER_BLOCK 500

#define METHOD_NAME "news.latest"

typedef enum
{
  BARE,
  BARE_AND_PARSE,
  PROXY,
  N_CLIENTS
} Client;

static const char * const client_names[N_CLIENTS] = {
  "libsoup alone",
  "and an empty parse",
  "proxy",
};

typedef struct
{
  SoupSession       *session;
  XmlRpcServerProxy *proxy;
  char              *uri;
  GBytes            *request;
  GVariant          *params;
} Fixture;

static GVariant *
create_number (void)
{
  return g_variant_ref_sink (g_variant_new_int32 (42));
}

static const struct {
  const char *path;
  const char *title;
  GVariant *(*create) (void);
} replies[] = {
  { "/number", "a reply of one number", create_number },
  { "/reply", "a reply of 6 KB", bench_create_reply },
};

static void
answer (SoupServer        *server,
        SoupServerMessage *message,
        const char        *path,
        GHashTable        *query,
        gpointer           reply)
{
  gsize length;
  const char *data = g_bytes_get_data (reply, &length);

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "text/xml", SOUP_MEMORY_STATIC, data, length);
}

static GBytes *
encode_reply (GVariant *(*create) (void))
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = create ();
  GBytes *reply = xml_rpc_encode_response (value, &error);

  g_assert_no_error (error);

  return reply;
}

/* Prints its port and answers until its standard input ends, that is until the
 * other process does. */
static gboolean
stop (GIOChannel   *channel,
      GIOCondition  condition,
      gpointer      loop)
{
  g_main_loop_quit (loop);

  return G_SOURCE_REMOVE;
}

static int
run_server (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (STDIN_FILENO);
  GSList *uris;

  for (gsize i = 0; i < G_N_ELEMENTS (replies); i++)
    soup_server_add_handler (server, replies[i].path, answer,
                             encode_reply (replies[i].create), (GDestroyNotify) g_bytes_unref);

  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);

  uris = soup_server_get_uris (server);
  printf ("%d\n", g_uri_get_port (uris->data));
  fflush (stdout);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  g_io_add_watch (input, G_IO_IN | G_IO_HUP, stop, loop);
  g_main_loop_run (loop);

  return EXIT_SUCCESS;
}

static int
start_server (const char   *program,
              GSubprocess **process)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *line = NULL;

  *process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                               program, "--server", NULL);
  g_assert_no_error (error);

  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (*process));
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);

  return atoi (line);
}

static GBytes *
send_bare (const Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_POST, fixture->uri);
  GBytes *reply;

  soup_message_set_request_body_from_bytes (message, "text/xml", fixture->request);
  /* Or else libsoup opens a connection for every request. */
  soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT);

  reply = soup_session_send_and_read (fixture->session, message, NULL, &error);
  g_assert_no_error (error);

  return reply;
}

static void
call_bare (const Fixture *fixture)
{
  g_bytes_unref (send_bare (fixture));
}

static void
call_bare_and_parse (const Fixture *fixture)
{
  g_autoptr (GBytes) reply = send_bare (fixture);

  bench_parse_emptily (reply);
}

static void
call_proxy (const Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = xml_rpc_server_proxy_call (fixture->proxy, METHOD_NAME, fixture->params,
                                                          NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (reply);
}

static void (* const calls[N_CLIENTS]) (const Fixture *fixture) = {
  call_bare,
  call_bare_and_parse,
  call_proxy,
};

/* The time on the wall, for the server is part of it: seconds a call. */
static double
time_block (Client         client,
            const Fixture *fixture)
{
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < CALLS_PER_BLOCK; i++)
    calls[client] (fixture);

  return (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC / CALLS_PER_BLOCK;
}

/* All take turns, and ratios are taken within a turn, so that a machine that
 * slows down does so for all of them. Returns the ratio of the proxy. */
static double
measure (const Fixture *fixture,
         const char    *title)
{
  double seconds[N_CLIENTS][N_ROUNDS];
  double ratio = 1;

  for (guint i = 0; i < N_CLIENTS; i++)
    time_block (i, fixture);

  for (guint round = 0; round < N_ROUNDS; round++)
    for (guint i = 0; i < N_CLIENTS; i++)
      {
        /* Each of them is the first as often. */
        Client client = (round + i) % N_CLIENTS;

        seconds[client][round] = time_block (client, fixture);
      }

  g_print ("%s\n", title);
  for (guint i = 0; i < N_CLIENTS; i++)
    {
      double ratios[N_ROUNDS];
      double sorted[N_ROUNDS];
      double median;

      for (guint round = 0; round < N_ROUNDS; round++)
        ratios[round] = seconds[i][round] / seconds[BARE][round];
      memcpy (sorted, seconds[i], sizeof sorted);
      median = bench_median (sorted, N_ROUNDS);
      ratio = bench_median (ratios, N_ROUNDS);

      g_print ("  %-18s %8.0f calls/s %8.1f us %6.2f x libsoup alone\n",
               client_names[i], 1 / median, median * 1e6, ratio);
    }
  g_print ("\n");

  return ratio;
}

static double
measure_path (int         port,
              const char *path,
              const char *title)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%d%s", port, path);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (uri, &error);
  g_autoptr (GVariant) params = g_variant_ref_sink (g_variant_new ("(si)", "XML-RPC", 7));
  g_autoptr (GBytes) request = xml_rpc_encode_call (METHOD_NAME, params, NULL);
  Fixture fixture = { session, proxy, uri, request, params };

  g_assert_no_error (error);

  return measure (&fixture, title);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GSubprocess) server = NULL;
  double ratios[G_N_ELEMENTS (replies)];
  int port;

  if (argc == 2 && strcmp (argv[1], "--server") == 0)
    return run_server ();

  port = start_server (argv[0], &server);

  for (gsize i = 0; i < G_N_ELEMENTS (replies); i++)
    ratios[i] = measure_path (port, replies[i].path, replies[i].title);

  /* Beyond a short reply it is XML that takes the time. */
  bench_print_goal ("a call with a short reply takes at most 1.15 times the bare request",
                    ratios[0], ratios[0] <= 1.15);

  g_output_stream_close (g_subprocess_get_stdin_pipe (server), NULL, NULL);
  g_subprocess_wait (server, NULL, NULL);

  return EXIT_SUCCESS;
}
