/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* How much a server does for one client before the others have their turns: counted by
 * iterations of the main loop, not by time. */

#include <string.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "compressed.h"
#include "raw-client.h"
#include "raw-echo.h"
#include "server-fixture.h"
#include "test-table.h"

/* What may come of a client in one turn, with room for the last piece. */
#define MAX_PIECES 300
#define MAX_READ (128 * 1024)

/* Of the request that began last. */
typedef struct
{
  guint n_pieces;
  gsize n_read;
  gsize n_written;
  gsize last_written;
} Work;

static void
count_piece (SoupServerMessage *message,
             GBytes            *chunk,
             Work              *work)
{
  work->n_pieces++;
  work->n_read += g_bytes_get_size (chunk);
}

static void
count_written (SoupServerMessage *message,
               guint              n_written,
               Work              *work)
{
  work->n_written += n_written;
  work->last_written = n_written;
}

static void
count_work (SoupServer        *soup_server,
            SoupServerMessage *message,
            Work              *work)
{
  g_signal_connect (message, "got-chunk", G_CALLBACK (count_piece), work);
  g_signal_connect (message, "wrote-body-data", G_CALLBACK (count_written), work);
}

/* A connection that is not read from nor written to unless the test says so. */
static GSocket *
connect_to (ServerFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", fixture->port);
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);
  g_socket_connect (socket, address, NULL, &error);
  g_assert_no_error (error);
  g_socket_set_blocking (socket, FALSE);

  return socket;
}

/* Sends the same text over and over, as fast as the kernel takes it. */
typedef struct
{
  GSocket *socket;
  GString *text;
  gsize    n_sent;
} Sender;

static void
sender_clear (Sender *self)
{
  g_socket_close (self->socket, NULL);
  g_object_unref (self->socket);
  g_string_free (self->text, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sender, sender_clear)

static void
sender_init (Sender        *self,
             ServerFixture *fixture,
             const char    *headers,
             const char    *text)
{
  g_autofree char *head = g_strdup_printf ("POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n"
                                           "Transfer-Encoding: chunked\r\n%s\r\n", headers);

  self->n_sent = 0;
  self->text = g_string_new (NULL);
  self->socket = connect_to (fixture);
  for (guint i = 0; i < 1000; i++)
    g_string_append (self->text, text);
  g_assert_cmpint (g_socket_send (self->socket, head, strlen (head), NULL, NULL), ==, strlen (head));
}

static void
sender_pump (Sender *self)
{
  gssize n;

  do
    {
      gsize start = self->n_sent % self->text->len;

      n = g_socket_send (self->socket, self->text->str + start, self->text->len - start, NULL, NULL);
      self->n_sent += MAX (n, 0);
    }
  while (n > 0);
}

/* Returns how much of it had more than one piece. */
static guint
iterate (ServerFixture *fixture,
         Sender        *sender,
         Work          *work)
{
  Work before = *work;

  sender_pump (sender);
  g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (work->n_pieces - before.n_pieces, <, MAX_PIECES);
  g_assert_cmpuint (work->n_read - before.n_read, <, MAX_READ);

  return work->n_pieces - before.n_pieces > 1;
}

/* For a client that always has more to read. */
static void
assert_reading_is_shared (const char *headers,
                          const char *chunk)
{
  g_auto (ServerFixture) fixture;
  g_auto (Sender) sender;
  Work work = { 0 };
  guint n_turns = 0;

  server_fixture_init (&fixture);
  xml_rpc_server_set_max_request_size (fixture.server, 0);
  g_signal_connect (fixture.soup_server, "request-started", G_CALLBACK (count_work), &work);
  sender_init (&sender, &fixture, headers, chunk);
  while (n_turns < 20)
    n_turns += iterate (&fixture, &sender, &work);
}

static void
test_bytes (void)
{
  assert_reading_is_shared ("", "1\r\n \r\n");
}

/* What is wrong is read to its end, but not at the cost of others. */
static void
test_wrong_bytes (void)
{
  assert_reading_is_shared ("", "1\r\n>\r\n");
}

static void
test_bytes_of_unknown_coding (void)
{
  assert_reading_is_shared ("Content-Encoding: br\r\n", "1\r\n \r\n");
}

static void
test_pieces (void)
{
  g_autofree char *blanks = g_strnfill (8000, ' ');
  g_autofree char *chunk = g_strdup_printf ("1f40\r\n%s\r\n", blanks);

  assert_reading_is_shared ("", chunk);
}

/* Others are served meanwhile, soon. */
static void
test_others (void)
{
  g_auto (ServerFixture) fixture;
  g_auto (Sender) sender;
  g_autoptr (RawClient) client = NULL;
  g_autofree char *body = raw_echo_body ("x");
  Work work = { 0 };

  server_fixture_init (&fixture);
  xml_rpc_server_set_max_request_size (fixture.server, 0);
  g_signal_connect (fixture.soup_server, "request-started", G_CALLBACK (count_work), &work);
  sender_init (&sender, &fixture, "", "1\r\n \r\n");
  while (work.n_pieces == 0)
    iterate (&fixture, &sender, &work);

  client = raw_client_new (fixture.port);
  raw_client_post (client, "", body, -1);
  for (guint i = 0; i < 50 && !raw_client_has_data (client); i++)
    {
      sender_pump (&sender);
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_true (raw_client_has_data (client));
  raw_echo_assert_status (client, 200);
}

/* Some kilobytes that become megabytes, however they are announced. */
static void
test_compressed (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (RawClient) client = NULL;
  g_autoptr (RawReply) reply = NULL;
  g_autofree char *body = raw_echo_body_of_size (8 * 1024 * 1024);
  g_autoptr (GBytes) compressed = compressed_new_text (body);
  guint n_iterations = 0;

  server_fixture_init (&fixture);
  client = raw_client_new (fixture.port);
  g_assert_cmpuint (g_bytes_get_size (compressed), <, 16 * 1024);
  raw_client_post (client, "Content-Encoding: gzip\r\nAccept-Encoding: gzip\r\n",
                   g_bytes_get_data (compressed, NULL), g_bytes_get_size (compressed));
  for (; !raw_client_has_data (client); n_iterations++)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n_iterations, >, 20);
  reply = raw_client_receive (client);
  g_assert_cmpuint (reply->status, ==, 200);
}

static gpointer
read_all (gpointer data)
{
  GSocket *socket = data;
  char piece[64 * 1024];

  g_socket_set_blocking (socket, TRUE);
  while (g_socket_receive (socket, piece, sizeof piece, NULL, NULL) > 0)
    continue;

  return NULL;
}

static void
return_much (XmlRpcServer     *server,
             XmlRpcInvocation *invocation,
             gpointer          user_data)
{
  g_autofree char *text = g_strnfill (64 * 1024 * 1024, 'x');

  xml_rpc_invocation_return_value (invocation, g_variant_new_string (text));
}

#define CALL_MUCH "<methodCall><methodName>much</methodName></methodCall>"

/* To somebody who takes it as fast as it comes. */
static void
test_writing (void)
{
  static const char request[] = "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n"
                                "Connection: close\r\nContent-Length: 54\r\n\r\n" CALL_MUCH;
  g_auto (ServerFixture) fixture;
  g_autoptr (GSocket) socket = NULL;
  GThread *reader;
  Work work = { 0 };

  G_STATIC_ASSERT (sizeof CALL_MUCH - 1 == 54);

  server_fixture_init (&fixture);
  xml_rpc_server_add_method (fixture.server, "much", NULL, NULL, return_much, NULL, NULL, NULL);
  g_signal_connect (fixture.soup_server, "request-started", G_CALLBACK (count_work), &work);
  socket = connect_to (&fixture);
  g_socket_send (socket, request, sizeof request - 1, NULL, NULL);
  reader = g_thread_new ("reader", read_all, socket);
  while (work.n_written < 64 * 1024 * 1024)
    {
      Work before = work;

      g_main_context_iteration (NULL, TRUE);
      if (work.n_written > before.n_written)
        g_assert_cmpuint (work.n_written - work.last_written - before.n_written, <=, 1024 * 1024);
    }
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_socket_shutdown (socket, TRUE, TRUE, NULL);
  g_thread_join (reader);
}

/* What can happen to a request between two turns. */
static void
hang_up (ServerFixture *fixture,
         Sender        *sender)
{
  g_socket_close (sender->socket, NULL);
}

static void
disconnect (ServerFixture *fixture,
            Sender        *sender)
{
  soup_server_disconnect (fixture->soup_server);
}

static void
detach (ServerFixture *fixture,
        Sender        *sender)
{
  xml_rpc_server_detach (fixture->server, fixture->soup_server);
}

static gboolean
set_true (gpointer user_data)
{
  gboolean *is_set = user_data;

  *is_set = TRUE;
  return G_SOURCE_REMOVE;
}

/* The timeout has passed when a later one has. */
static void
time_out (ServerFixture *fixture,
          Sender        *sender)
{
  gboolean is_over = FALSE;

  g_timeout_add (150, set_true, &is_over);
  while (!is_over)
    {
      sender_pump (sender);
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
test_ends (void)
{
  static void (* const ends[]) (ServerFixture *, Sender *) = { hang_up, disconnect, detach, time_out };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_auto (ServerFixture) fixture;
      g_auto (Sender) sender;
      Work work = { 0 };

      server_fixture_init (&fixture);
      xml_rpc_server_set_max_request_size (fixture.server, 0);
      xml_rpc_server_set_request_timeout (fixture.server, 100);
      g_signal_connect (fixture.soup_server, "request-started", G_CALLBACK (count_work), &work);
      sender_init (&sender, &fixture, "", "1\r\n \r\n");
      while (work.n_pieces == 0)
        iterate (&fixture, &sender, &work);
      ends[i] (&fixture, &sender);
      for (guint j = 0; j < 100; j++)
        g_main_context_iteration (NULL, FALSE);
    }
}

static const TestRow tests[] = {
  { "bytes", test_bytes },
  { "wrong-bytes", test_wrong_bytes },
  { "bytes-of-unknown-coding", test_bytes_of_unknown_coding },
  { "pieces", test_pieces },
  { "others", test_others },
  { "compressed", test_compressed },
  { "writing", test_writing },
  { "ends", test_ends },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  TEST_TABLE_ADD ("/server-fairness", tests);

  return g_test_run ();
}
