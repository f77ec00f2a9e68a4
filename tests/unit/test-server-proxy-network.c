/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

#include "both-ways.h"
#include "fake-server.h"

/* Long enough for a slow machine, short enough for a test. */
#define SHORT_TIMEOUT 100

/* How a server lets its client down. */
typedef enum
{
  AT_ONCE,      /* before the request is read */
  NO_ANSWER,    /* after the request is read */
  IN_STATUS,    /* in the middle of the status line */
  IN_HEADERS,   /* in the middle of the headers */
  BEFORE_BODY,  /* after the headers */
  IN_BODY,      /* in the middle of the body */
  IN_CHUNK,     /* likewise, with chunked encoding */
  IN_REFUSAL,   /* in the middle of the body of a 401, which libsoup reads itself */
  N_STAGES
} Stage;

static const char * const stage_texts[N_STAGES] = {
  NULL,
  "",
  "HTTP/1.1 20",
  "HTTP/1.1 200 OK\r\nContent-Type: te",
  "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n",
  "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<methodResponse><par",
  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n100\r\n<methodResponse><par",
  "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 100\r\n\r\nNo",
};

typedef struct
{
  Stage    stage;
  guint    n_good; /* requests of a connection that are answered before */
  gboolean stall;  /* instead of closing */
} Misbehaviour;

static void
misbehave (FakeConnection *connection,
           gpointer        user_data)
{
  const Misbehaviour *how = user_data;

  for (guint i = 0; i < how->n_good; i++)
    {
      g_autofree char *request = fake_connection_read_request (connection);

      if (request == NULL || !fake_connection_return (connection, g_variant_new_int32 (1)))
        return;
    }

  if (how->stage != AT_ONCE)
    {
      g_autofree char *request = fake_connection_read_request (connection);

      if (request == NULL)
        return;
      fake_connection_write (connection, stage_texts[how->stage], -1);
    }

  if (how->stall)
    fake_connection_wait_for_close (connection);
}

static void
test_connection_refused (CallFunc call)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u/", port);
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (uri, NULL);
  g_autoptr (GError) error = NULL;

  g_socket_listener_close (listener);
  g_assert_null (call (proxy, "method", NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  g_assert_null (strstr (error->message, "executed"));
}

static gboolean
is_broken (const GError *error)
{
  return error->domain == G_IO_ERROR || error->domain == SOUP_SESSION_ERROR;
}

/* Newer versions of libsoup are content with the headers of a refusal. */
static gboolean
is_refused (Stage         stage,
            const GError *error)
{
  return stage == IN_REFUSAL && g_error_matches (error, XML_RPC_HTTP_ERROR, SOUP_STATUS_UNAUTHORIZED);
}

static void
test_closed (CallFunc call)
{
  for (Stage stage = AT_ONCE; stage < N_STAGES; stage++)
    {
      Misbehaviour how = { .stage = stage };
      g_autoptr (FakeServer) server = fake_server_new (misbehave, &how);
      g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);
      g_autoptr (GError) error = NULL;

      g_assert_null (call (proxy, "method", NULL, NULL, NULL, &error));
      g_assert_cmpuint (fake_server_get_n_connections (server), ==, 1);

      if (is_refused (stage, error))
        continue;
      g_assert_true (is_broken (error));

      if (stage >= BEFORE_BODY)
        both_ways_assert_says (error, "the response of 127.0.0.1 broke off: ");
      else if (stage >= NO_ANSWER)
        both_ways_assert_says (error, "; the call may or may not have been executed: ");
    }
}

static void
test_stalled (CallFunc call)
{
  for (Stage stage = AT_ONCE; stage < N_STAGES; stage++)
    {
      Misbehaviour how = { .stage = stage, .stall = TRUE };
      g_autoptr (FakeServer) server = fake_server_new (misbehave, &how);
      g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);
      g_autoptr (GError) error = NULL;
      gint64 start = g_get_monotonic_time ();
      gint64 elapsed;

      xml_rpc_server_proxy_set_timeout (proxy, SHORT_TIMEOUT);
      g_assert_null (call (proxy, "method", NULL, NULL, NULL, &error));
      elapsed = (g_get_monotonic_time () - start) / 1000;
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
      g_assert_cmpstr (error->message, ==, "the call to 127.0.0.1 took longer than 100 milliseconds");
      g_assert_cmpint (elapsed, >=, SHORT_TIMEOUT);
      g_assert_cmpint (elapsed, <, SHORT_TIMEOUT + 5000);
    }
}

/* Byte by byte: no read takes long, but all of them do. */
static void
trickle (FakeConnection *connection,
         gpointer        user_data)
{
  g_free (fake_connection_read_request (connection));
  fake_connection_write (connection, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", -1);
  while (fake_connection_write (connection, " ", 1))
    g_usleep (20 * 1000);
}

static void
test_timeout_bounds_all (CallFunc call)
{
  g_autoptr (FakeServer) server = fake_server_new (trickle, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);
  g_autoptr (GError) error = NULL;

  xml_rpc_server_proxy_set_timeout (proxy, SHORT_TIMEOUT);
  g_assert_null (call (proxy, "method", NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

static void
test_works_after_timeout (CallFunc call)
{
  Misbehaviour how = { .stage = NO_ANSWER, .n_good = 1, .stall = TRUE };
  g_autoptr (FakeServer) server = fake_server_new (misbehave, &how);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);

  for (int i = 0; i < 3; i++)
    {
      g_autoptr (GVariant) value = NULL;
      g_autoptr (GError) error = NULL;

      /* This one has more time than the watch for the one before. */
      xml_rpc_server_proxy_set_timeout (proxy, 60 * 1000);
      value = call (proxy, "method", NULL, NULL, NULL, &error);
      g_assert_no_error (error);

      xml_rpc_server_proxy_set_timeout (proxy, 50);
      g_assert_null (call (proxy, "method", NULL, NULL, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
    }
}

static void
test_no_timeout (CallFunc call)
{
  Misbehaviour how = { .n_good = 1 };
  g_autoptr (FakeServer) server = fake_server_new (misbehave, &how);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);
  g_autoptr (GVariant) value = NULL;
  GError *error = NULL;

  xml_rpc_server_proxy_set_timeout (proxy, 0);
  value = call (proxy, "method", NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* At most once: whatever goes wrong, the server sees one request. */
static void
test_executed_once (CallFunc call)
{
  for (guint n_good = 0; n_good <= 1; n_good++)
    for (Stage stage = NO_ANSWER; stage < N_STAGES; stage++)
      {
        Misbehaviour how = { .stage = stage, .n_good = n_good };
        g_autoptr (FakeServer) server = fake_server_new (misbehave, &how);
        g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);
        g_autoptr (GError) error = NULL;

        if (n_good > 0)
          {
            g_autoptr (GVariant) value = call (proxy, "method", NULL, NULL, NULL, &error);

            g_assert_no_error (error);
            g_assert_nonnull (value);
          }
        g_assert_null (call (proxy, "method", NULL, NULL, NULL, &error));
        g_assert_true (is_broken (error) || is_refused (stage, error));
        g_assert_cmpuint (fake_server_get_n_requests (server), ==, n_good + 1);
        g_assert_cmpuint (fake_server_get_n_connections (server), ==, 1);
      }
}

/* Idempotent: a connection that was kept, and no byte of the answer. */
static void
test_idempotent (CallFunc call)
{
  for (guint n_good = 0; n_good <= 1; n_good++)
    for (Stage stage = NO_ANSWER; stage < N_STAGES; stage++)
      {
        Misbehaviour how = { .stage = stage, .n_good = n_good };
        g_autoptr (FakeServer) server = fake_server_new (misbehave, &how);
        g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);
        gboolean retried = n_good > 0 && stage == NO_ANSWER;
        g_autoptr (GVariant) value = NULL;
        g_autoptr (GError) error = NULL;

        xml_rpc_server_proxy_set_idempotent (proxy, TRUE);
        if (n_good > 0)
          {
            g_autoptr (GVariant) first = call (proxy, "method", NULL, NULL, NULL, &error);

            g_assert_no_error (error);
            g_assert_nonnull (first);
          }

        value = call (proxy, "method", NULL, NULL, NULL, &error);
        if (retried)
          g_assert_no_error (error);
        else
          g_assert_true (is_broken (error) || is_refused (stage, error));
        g_assert_cmpuint (fake_server_get_n_requests (server), ==, n_good + 1 + retried);
        g_assert_cmpuint (fake_server_get_n_connections (server), ==, 1 + retried);
      }
}

/* The second connection breaks as well: that is the end of it. */
static void
break_second (FakeConnection *connection,
              gpointer        user_data)
{
  gint *n_connections = user_data;
  gboolean first = g_atomic_int_add (n_connections, 1) == 0;
  char *request;

  while ((request = fake_connection_read_request (connection)) != NULL)
    {
      g_free (request);
      if (!first || fake_connection_get_number (connection) > 1)
        return;
      fake_connection_return (connection, g_variant_new_int32 (1));
    }
}

static void
test_idempotent_once (CallFunc call)
{
  gint n_connections = 0;
  g_autoptr (FakeServer) server = fake_server_new (break_second, &n_connections);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GError) error = NULL;

  xml_rpc_server_proxy_set_idempotent (proxy, TRUE);
  value = call (proxy, "method", NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (call (proxy, "method", NULL, NULL, NULL, &error));
  both_ways_assert_says (error, "may or may not have been executed");
  g_assert_cmpuint (fake_server_get_n_requests (server), ==, 3);
}

/* 421 invites the client to try another connection (RFC 9110, section 15.5.20),
 * and libsoup would. */
static void
misdirect (FakeConnection *connection,
           gpointer        user_data)
{
  char *request;

  while ((request = fake_connection_read_request (connection)) != NULL)
    {
      g_free (request);
      fake_connection_reply (connection, "421 Misdirected Request", NULL, NULL);
    }
}

static void
test_misdirected (CallFunc call)
{
  g_autoptr (FakeServer) server = fake_server_new (misdirect, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);
  g_autoptr (GError) error = NULL;

  xml_rpc_server_proxy_set_timeout (proxy, 5000);
  g_assert_null (call (proxy, "method", NULL, NULL, NULL, &error));
  g_assert_error (error, XML_RPC_HTTP_ERROR, 421);
  g_assert_cmpuint (fake_server_get_n_requests (server), ==, 1);
}

static gpointer
cancel_after_request (gpointer data)
{
  gpointer *args = data;

  fake_server_wait_for_requests (args[0], 1);
  g_cancellable_cancel (args[1]);

  return NULL;
}

static void
test_cancel_in_flight (CallFunc call)
{
  for (Stage stage = NO_ANSWER; stage < N_STAGES; stage++)
    {
      Misbehaviour how = { .stage = stage, .stall = TRUE };
      g_autoptr (FakeServer) server = fake_server_new (misbehave, &how);
      g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      gpointer args[] = { server, cancellable };
      GThread *thread = g_thread_new ("cancel", cancel_after_request, args);
      g_autoptr (GError) error = NULL;

      g_assert_null (call (proxy, "method", NULL, NULL, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_thread_join (thread);
    }
}

static void
test_cancel_before (CallFunc call)
{
  Misbehaviour how = { .stall = TRUE };
  g_autoptr (FakeServer) server = fake_server_new (misbehave, &how);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (call (proxy, "method", NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (fake_server_get_n_connections (server), ==, 0);
}

/* In the handler of the signal: after the call began, before the connection. */
static void
cancel_now (XmlRpcServerProxy *proxy,
            SoupMessage       *message,
            GCancellable      *cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
test_cancel_in_signal (CallFunc call)
{
  Misbehaviour how = { .stall = TRUE };
  g_autoptr (FakeServer) server = fake_server_new (misbehave, &how);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_signal_connect (proxy, "message", G_CALLBACK (cancel_now), cancellable);
  g_assert_null (call (proxy, "method", NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gpointer
cancel_after_delay (gpointer data)
{
  gpointer *args = data;

  g_usleep (GPOINTER_TO_UINT (args[1]));
  g_cancellable_cancel (args[0]);

  return NULL;
}

static void
test_cancel_racing (CallFunc call)
{
  Misbehaviour how = { .n_good = G_MAXUINT };
  g_autoptr (FakeServer) server = fake_server_new (misbehave, &how);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);

  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      gpointer args[] = { cancellable, GUINT_TO_POINTER (i * 5) };
      GThread *thread = g_thread_new ("cancel", cancel_after_delay, args);
      g_autoptr (GVariant) value = NULL;
      g_autoptr (GError) error = NULL;

      value = call (proxy, "method", NULL, NULL, cancellable, &error);
      if (value == NULL)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      else
        g_assert_no_error (error);
      g_thread_join (thread);
    }
}

/* A server within the thread of the call, which looks at what has come when libsoup
 * has written a head, and answers when it has written the body. */
typedef struct
{
  GSocket *listener;
  GSocket *socket;
  guint    n_held;   /* heads that had not come yet */
} Peeper;

static void
peep (SoupMessage *message,
      Peeper      *peeper)
{
  if (peeper->socket == NULL)
    peeper->socket = g_socket_accept (peeper->listener, NULL, NULL);

  g_usleep (20 * 1000);
  if (g_socket_get_available_bytes (peeper->socket) == 0)
    peeper->n_held++;
}

static void
receive_and_answer (SoupMessage *message,
                    Peeper      *peeper)
{
  static const char answer[] =
    "HTTP/1.1 200 OK\r\nContent-Length: 33\r\n\r\n<methodResponse></methodResponse>";
  g_autoptr (GString) request = g_string_new (NULL);
  char buffer[1024];

  while (strstr (request->str, "</methodCall>") == NULL)
    {
      gssize n = g_socket_receive (peeper->socket, buffer, sizeof buffer, NULL, NULL);

      g_assert_cmpint (n, >, 0);
      g_string_append_len (request, buffer, n);
    }
  g_assert_cmpint (g_socket_send (peeper->socket, answer, strlen (answer), NULL, NULL), ==, strlen (answer));
}

static void
watch_writing (XmlRpcServerProxy *proxy,
               SoupMessage       *message,
               Peeper            *peeper)
{
  g_signal_connect (message, "wrote-headers", G_CALLBACK (peep), peeper);
  g_signal_connect (message, "wrote-body", G_CALLBACK (receive_and_answer), peeper);
}

static GSocket *
listen_on_loopback (void)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  GError *error = NULL;
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, &error);

  g_assert_no_error (error);
  g_socket_bind (socket, address, TRUE, &error);
  g_assert_no_error (error);
  g_socket_listen (socket, &error);
  g_assert_no_error (error);

  return socket;
}

/* The head of a request waits for its body, on new connections and on kept ones. The
 * kernel does not hold it for longer than 200 ms, so once in ten must be enough. */
static void
test_one_packet (CallFunc call)
{
  g_autoptr (GSocket) listener = listen_on_loopback ();
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (listener, NULL);
  const guint16 port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u/", port);
  guint n_first = 0;
  guint n_later = 0;

  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (uri, NULL);
      Peeper peeper = { .listener = listener };

      g_signal_connect (proxy, "message", G_CALLBACK (watch_writing), &peeper);
      for (guint j = 0; j < 2; j++)
        {
          GError *error = NULL;
          g_autoptr (GVariant) value = call (proxy, "method", NULL, NULL, NULL, &error);

          g_assert_no_error (error);
          *(j == 0 ? &n_first : &n_later) += peeper.n_held;
          peeper.n_held = 0;
        }
      g_object_unref (peeper.socket);
    }

#ifdef TCP_CORK
  g_assert_cmpuint (n_first, >, 0);
  g_assert_cmpuint (n_later, >, 0);
#else
  g_test_skip ("sockets cannot be corked here");
#endif
}

static const BothWaysTest both_ways[] = {
  { "connection-refused", test_connection_refused },
  { "closed", test_closed },
  { "stalled", test_stalled },
  { "timeout-bounds-all", test_timeout_bounds_all },
  { "works-after-timeout", test_works_after_timeout },
  { "no-timeout", test_no_timeout },
  { "executed-once", test_executed_once },
  { "idempotent", test_idempotent },
  { "one-packet", test_one_packet },
  { "idempotent-once", test_idempotent_once },
  { "misdirected", test_misdirected },
  { "cancel-before", test_cancel_before },
  { "cancel-in-signal", test_cancel_in_signal },
  { "cancel-in-flight", test_cancel_in_flight },
  { "cancel-racing", test_cancel_racing },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  both_ways_add ("/server-proxy-network", both_ways, G_N_ELEMENTS (both_ways));

  return g_test_run ();
}
