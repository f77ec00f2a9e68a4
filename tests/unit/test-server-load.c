/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Many clients at once: each gets the answers to its own calls, all of them,
 * and nothing is left behind. */

#include <malloc.h>
#include <string.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "raw-client.h"
#include "server-caller.h"
#include "server-fixture.h"

#define N_CLIENTS 64
#define N_CALLS 20000

/* What is left of a call that leaks a single GObject is more. */
#define TOLERATED_BYTES_A_CALL 16

typedef struct _Load Load;

/* A connection that calls, compares, and calls again. */
typedef struct
{
  Load              *load;
  GSocketConnection *connection;
  guint              index;
  guint              n_calls;
  char              *request;
  char               reply[4096];
  gsize              n_received;
} Client;

struct _Load
{
  ServerFixture  fixture;
  GSocketClient *connector;
  Client         clients[N_CLIENTS];
  guint          n_connected;
  guint          n_wanted;
  guint          n_begun;
  guint          n_answered;
  guint          n_handled;
  gboolean       is_over;
};

/* The heap that is in use, as far as the C library knows. */
static gsize
get_memory (void)
{
#if defined __GLIBC__ && __GLIBC_PREREQ (2, 33)
  return mallinfo2 ().uordblks;
#else
  return 0;
#endif
}

static void
answer (XmlRpcInvocation *invocation)
{
  g_autoptr (GVariant) params = g_variant_ref (xml_rpc_invocation_get_params (invocation));

  xml_rpc_invocation_return_value (invocation, params);
}

static gpointer
answer_in_thread (gpointer invocation)
{
  answer (invocation);
  g_object_unref (invocation);

  return NULL;
}

static gboolean
answer_in_idle (gpointer invocation)
{
  answer (invocation);

  return G_SOURCE_REMOVE;
}

/* At once, later, and from another thread, in turn. */
static void
handle (XmlRpcServer     *server,
        XmlRpcInvocation *invocation,
        gpointer          user_data)
{
  Load *load = user_data;

  load->n_handled++;
  if (load->n_handled % 50 == 0)
    g_thread_unref (g_thread_new ("answer", answer_in_thread, g_object_ref (invocation)));
  else if (load->n_handled % 3 == 0)
    g_idle_add_full (G_PRIORITY_LOW, answer_in_idle, g_object_ref (invocation), g_object_unref);
  else
    answer (invocation);
}

static void call_next (Client *client);

/* Whether the whole reply is there, which must be that to the last call. */
static gboolean
check_reply (Client *client)
{
  g_autofree char *value = g_strdup_printf ("<int>%u</int></value><value><int>%u</int>", client->index, client->n_calls);
  const char *head_end;

  client->reply[client->n_received] = '\0';
  head_end = strstr (client->reply, "\r\n\r\n");
  if (head_end == NULL || strstr (head_end, "</methodResponse>\n") == NULL)
    return FALSE;

  g_assert_true (g_str_has_prefix (client->reply, "HTTP/1.1 200 "));
  g_assert_nonnull (strstr (head_end, value));

  return TRUE;
}

static void
received_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Client *client = user_data;
  g_autoptr (GError) error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  g_assert_no_error (error);
  g_assert_cmpint (n, >, 0);
  client->n_received += n;

  if (check_reply (client))
    {
      client->load->n_answered++;
      call_next (client);
    }
  else
    {
      g_input_stream_read_async (G_INPUT_STREAM (source), client->reply + client->n_received,
                                 sizeof client->reply - 1 - client->n_received,
                                 G_PRIORITY_DEFAULT, NULL, received_cb, client);
    }
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Client *client = user_data;
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error);
  g_assert_no_error (error);

  client->n_received = 0;
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (client->connection)),
                             client->reply, sizeof client->reply - 1, G_PRIORITY_DEFAULT, NULL, received_cb, client);
}

static void
call_next (Client *client)
{
  Load *load = client->load;
  g_autofree char *body = NULL;

  load->is_over = load->n_answered == load->n_wanted;
  if (load->n_begun == load->n_wanted)
    return;

  load->n_begun++;
  client->n_calls++;
  body = g_strdup_printf ("<methodCall><methodName>load</methodName><params><param><value><int>%u</int></value></param>"
                          "<param><value><int>%u</int></value></param></params></methodCall>",
                          client->index, client->n_calls);
  g_free (client->request);
  client->request = g_strdup_printf ("POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n"
                                     "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s", strlen (body), body);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (client->connection)),
                                   client->request, strlen (client->request),
                                   G_PRIORITY_DEFAULT, NULL, sent_cb, client);
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Client *client = user_data;
  g_autoptr (GError) error = NULL;

  client->connection = g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, &error);
  g_assert_no_error (error);
  client->load->n_connected++;
}

/* Not synchronously: SoupServer lets only ten wait for it to accept them. */
static void
load_begin (Load *load)
{
  static const char * const signatures[] = { "array,int,int", NULL };
  g_autoptr (GSocketAddress) address = NULL;

  server_fixture_init (&load->fixture);
  address = g_inet_socket_address_new_from_string ("127.0.0.1", load->fixture.port);
  xml_rpc_server_add_method (load->fixture.server, "load", signatures, NULL, handle, load, NULL, NULL);
  load->connector = g_socket_client_new ();

  for (guint i = 0; i < N_CLIENTS; i++)
    {
      Client *client = &load->clients[i];

      client->load = load;
      client->index = i;
      g_socket_client_connect_async (load->connector, G_SOCKET_CONNECTABLE (address), NULL, connected_cb, client);
    }

  while (load->n_connected < N_CLIENTS)
    g_main_context_iteration (NULL, TRUE);
}

/* Until there have been so many calls in all, and none is under way. */
static void
load_run (Load *load,
          guint n_calls)
{
  load->n_wanted = n_calls;
  load->is_over = FALSE;
  for (guint i = 0; i < N_CLIENTS; i++)
    call_next (&load->clients[i]);

  server_caller_wait_for (&load->is_over);
}

static void
load_end (Load *load)
{
  for (guint i = 0; i < N_CLIENTS; i++)
    {
      g_io_stream_close (G_IO_STREAM (load->clients[i].connection), NULL, NULL);
      g_object_unref (load->clients[i].connection);
      g_free (load->clients[i].request);
    }
  g_object_unref (load->connector);
  server_fixture_clear (&load->fixture);
}

static void
test_no_call_is_lost (void)
{
  g_autofree Load *load = g_new0 (Load, 1);
  gsize memory;

  load_begin (load);
  load_run (load, 1000);
  memory = get_memory ();

  load_run (load, N_CALLS);
  g_test_message ("%" G_GSIZE_FORMAT " bytes after 1000 calls, %" G_GSIZE_FORMAT " after %d",
                  memory, get_memory (), N_CALLS);
  g_assert_cmpuint (load->n_handled, ==, N_CALLS);
  g_assert_cmpuint (get_memory (), <, memory + TOLERATED_BYTES_A_CALL * (N_CALLS - 1000));

  load_end (load);
}

/* A method that sleeps, and for longer when the others take that long to be
 * answered: only who waits for the sleeper never is. */
static gboolean others_are_answered;

static gboolean
wake_up (gpointer invocation)
{
  if (!others_are_answered)
    return G_SOURCE_CONTINUE;

  xml_rpc_invocation_return_value (invocation, NULL);

  return G_SOURCE_REMOVE;
}

static void
sleep_two_seconds (XmlRpcServer     *server,
                   XmlRpcInvocation *invocation,
                   gpointer          user_data)
{
  g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, 2, wake_up, g_object_ref (invocation), g_object_unref);
}

static void
test_sleeper_delays_nobody (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) sleeper = NULL;
  g_autoptr (RawReply) reply = NULL;

  server_fixture_init (&fixture);
  xml_rpc_server_add_method (fixture.server, "sleep", NULL, NULL, sleep_two_seconds, NULL, NULL, NULL);
  sleeper = raw_client_new (fixture.port);
  raw_client_post (sleeper, "", "<methodCall><methodName>sleep</methodName></methodCall>", -1);

  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (RawClient) client = raw_client_new (fixture.port);
      g_autoptr (RawReply) quick = NULL;

      raw_client_post (client, "", "<methodCall><methodName>system.listMethods</methodName></methodCall>", -1);
      quick = raw_client_receive (client);
      g_assert_cmpuint (quick->status, ==, 200);
    }
  g_assert_false (raw_client_has_data (sleeper));
  others_are_answered = TRUE;

  reply = raw_client_receive (sleeper);
  g_assert_cmpuint (reply->status, ==, 200);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/server-load/no-call-is-lost", test_no_call_is_lost);
  g_test_add_func ("/server-load/sleeper-delays-nobody", test_sleeper_delays_nobody);

  return g_test_run ();
}
