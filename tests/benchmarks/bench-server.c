/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a call costs a server beyond the HTTP that carries it: the validator
 * server against a SoupServer that answers the same requests with the same
 * bytes without looking at them. */

#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "bench-measure.h"

#define N_ROUNDS        7
#define CALLS_PER_BLOCK 2000
#define MAX_CONNECTIONS 16
#define GOAL            0.8

typedef enum
{
  BARE,
  VALIDATOR,
  N_SERVERS
} Server;

static const char * const server_names[N_SERVERS] = { "SoupServer alone", "validator server" };

/* A call, and the answer to it. */
typedef struct
{
  const char *title;
  const char *method_name;
  const char *params;
  GBytes     *answer;    /* without them */
} Call;

static Call calls[] = {
  { "simpleStructReturnTest", "validator1.simpleStructReturnTest", "(7,)" },
  { "easyStructTest", "validator1.easyStructTest", "({'moe': <1>, 'larry': <2>, 'curly': <3>},)" },
};

static void
answer (SoupServer        *server,
        SoupServerMessage *message,
        const char        *path,
        GHashTable        *query,
        gpointer           user_data)
{
  const Call *call = &calls[atoi (path + 1)];
  gsize length;
  const char *data = g_bytes_get_data (call->answer, &length);

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "text/xml", SOUP_MEMORY_STATIC, data, length);
}

static GBytes *
encode_answer (guint index)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = g_variant_parse (NULL,
                                                index == 0 ? "{'times10': <70>, 'times100': <700>, 'times1000': <7000>}" : "6",
                                                NULL, NULL, &error);

  g_assert_no_error (error);

  return xml_rpc_encode_response (value, NULL);
}

/* At a path of its own for the bare server, which has one for each answer. */
static GBytes *
encode_request (const Call *call,
                const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) params = g_variant_parse (NULL, call->params, NULL, NULL, &error);
  g_autoptr (GBytes) body = NULL;
  GString *request = g_string_new (NULL);

  g_assert_no_error (error);
  body = xml_rpc_encode_call (call->method_name, params, &error);
  g_assert_no_error (error);
  g_string_printf (request, "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/xml\r\n"
                            "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n", path, g_bytes_get_size (body));
  g_string_append_len (request, g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  return g_string_free_to_bytes (request);
}

/* Prints its URL and answers until its standard input ends. */
static gboolean
stop (GIOChannel   *channel,
      GIOCondition  condition,
      gpointer      loop)
{
  g_main_loop_quit (loop);

  return G_SOURCE_REMOVE;
}

static int
run_bare_server (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (STDIN_FILENO);
  GSList *uris;

  soup_server_add_handler (server, NULL, answer, NULL, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);

  uris = soup_server_get_uris (server);
  printf ("http://127.0.0.1:%d/\n", g_uri_get_port (uris->data));
  fflush (stdout);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  g_io_add_watch (input, G_IO_IN | G_IO_HUP, stop, loop);
  g_main_loop_run (loop);

  return EXIT_SUCCESS;
}

static guint16
start_server (GSubprocess **process,
              const char   *program,
              const char   *argument)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autofree char *line = NULL;

  *process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                               program, argument, NULL);
  g_assert_no_error (error);

  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (*process));
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  uri = g_uri_parse (line, G_URI_FLAGS_NONE, &error);
  g_assert_no_error (error);

  return (guint16) g_uri_get_port (uri);
}

static int
connect_to (guint16 port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (port) };
  int fd = socket (AF_INET, SOCK_STREAM, 0);

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  g_assert_no_errno (fd);
  g_assert_no_errno (connect (fd, (struct sockaddr *) &address, sizeof address));

  return fd;
}

/* Plain sockets, lest the client hides what the server does. Each request and
 * each answer is short enough for one packet. */
static void
send_call (int     fd,
           GBytes *request)
{
  gsize length;
  const void *data = g_bytes_get_data (request, &length);

  g_assert_cmpint (write (fd, data, length), ==, (gssize) length);
}

static void
receive_answer (int fd)
{
  char reply[4096];
  gsize length = 0;

  do
    {
      gssize n = read (fd, reply + length, sizeof reply - 1 - length);

      g_assert_cmpint (n, >, 0);
      length += (gsize) n;
      reply[length] = '\0';
    }
  while (strstr (reply, "</methodResponse>\n") == NULL);

  g_assert_null (strstr (reply, "<fault>"));
}

/* Of a server: unlike the time on the wall it does not depend on what else the
 * machine has to do. */
static double
get_cpu_seconds (GSubprocess *process)
{
  struct timespec time;
  clockid_t clock;

  g_assert_cmpint (clock_getcpuclockid ((pid_t) atoi (g_subprocess_get_identifier (process)), &clock), ==, 0);
  g_assert_no_errno (clock_gettime (clock, &time));

  return (double) time.tv_sec + (double) time.tv_nsec * 1e-9;
}

/* As many calls at a time as there are connections. Returns the processor's
 * seconds a call. */
static double
time_block (GSubprocess *process,
            int         *fds,
            guint        n_connections,
            GBytes      *request)
{
  struct pollfd polled[MAX_CONNECTIONS];
  guint n_sent = 0, n_answered = 0;
  double start = get_cpu_seconds (process);

  for (guint i = 0; i < n_connections; i++, n_sent++)
    {
      polled[i] = (struct pollfd) { .fd = fds[i], .events = POLLIN };
      send_call (fds[i], request);
    }

  while (n_answered < CALLS_PER_BLOCK)
    {
      g_assert_no_errno (poll (polled, n_connections, -1));
      for (guint i = 0; i < n_connections; i++)
        {
          if (polled[i].revents == 0)
            continue;
          receive_answer (fds[i]);
          n_answered++;
          if (n_sent < CALLS_PER_BLOCK)
            {
              send_call (fds[i], request);
              n_sent++;
            }
        }
    }

  return (get_cpu_seconds (process) - start) / CALLS_PER_BLOCK;
}

/* The servers take turns, so that both get the same share of whatever else the
 * machine does. */
static double
compare (GSubprocess   **processes,
         const guint16  *ports,
         guint           index,
         guint           n_connections)
{
  g_autofree char *bare_path = g_strdup_printf ("/%u", index);
  const char *paths[N_SERVERS] = { bare_path, "/RPC2" };
  double seconds[N_SERVERS][N_ROUNDS];
  double medians[N_SERVERS];

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      for (Server server = 0; server < N_SERVERS; server++)
        {
          g_autoptr (GBytes) request = encode_request (&calls[index], paths[server]);
          int fds[MAX_CONNECTIONS];

          for (guint i = 0; i < n_connections; i++)
            fds[i] = connect_to (ports[server]);
          seconds[server][round] = time_block (processes[server], fds, n_connections, request);
          for (guint i = 0; i < n_connections; i++)
            close (fds[i]);
        }
    }

  printf ("%s, %u connection%s:\n", calls[index].title, n_connections, n_connections > 1 ? "s" : "");
  for (Server server = 0; server < N_SERVERS; server++)
    {
      medians[server] = bench_median (seconds[server], N_ROUNDS);
      printf ("  %-18s %8.0f calls a processor second\n", server_names[server], 1 / medians[server]);
    }

  printf ("  %-18s %8.2f\n", "ratio", medians[BARE] / medians[VALIDATOR]);

  return medians[BARE] / medians[VALIDATOR];
}

int
main (int   argc,
      char *argv[])
{
  static const guint n_connections[] = { 1, MAX_CONNECTIONS };
  GSubprocess *processes[N_SERVERS];
  guint16 ports[N_SERVERS];
  double least = G_MAXDOUBLE;

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    calls[i].answer = encode_answer (i);

  if (argc != 2)
    {
      fprintf (stderr, "Usage: bench-server VALIDATOR-SERVER\n");
      return 2;
    }
  if (strcmp (argv[1], "--bare") == 0)
    return run_bare_server ();

  ports[BARE] = start_server (&processes[BARE], argv[0], "--bare");
  ports[VALIDATOR] = start_server (&processes[VALIDATOR], argv[1], NULL);

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (n_connections); j++)
        {
          double ratio = compare (processes, ports, i, n_connections[j]);

          least = MIN (least, ratio);
        }
    }
  bench_print_goal ("calls of the validator server to answers of SoupServer alone, at least 0.80", least, least >= GOAL);

  for (Server server = 0; server < N_SERVERS; server++)
    {
      g_subprocess_force_exit (processes[server]);
      g_object_unref (processes[server]);
    }

  return EXIT_SUCCESS;
}
