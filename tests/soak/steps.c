/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "steps.h"

#include <string.h>

#include <sys/socket.h>

static void
assert_failed (Worker       *worker,
               GVariant     *value,
               const GError *error,
               GQuark        domain,
               int           code)
{
  g_assert_null (value);
  g_assert_error (error, domain, code);
  worker->n_answered++;
}

static void
echo (Worker            *worker,
      XmlRpcServerProxy *proxy,
      GVariant          *value)
{
  g_autoptr (GVariant) sent = g_variant_ref_sink (value);
  g_autoptr (GVariant) received = NULL;
  g_autoptr (GError) error = NULL;

  worker->n_sent++;
  received = worker->call (proxy, "echo", g_variant_new_tuple (&sent, 1), g_variant_get_type (sent), NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_variant_equal (received, sent));
  worker->n_answered++;
}

static void
echo_number (Worker *worker)
{
  Phase phase = g_atomic_int_get (worker->phase);
  gint64 begin = g_get_monotonic_time ();

  echo (worker, worker->proxy, g_variant_new_int32 (g_rand_int_range (worker->rand, 0, G_MAXINT32)));

  if (phase < N_TIMED_PHASES && (int) phase == g_atomic_int_get (worker->phase))
    latencies_add (&worker->latencies[phase], g_get_monotonic_time () - begin);
}

/* Up to 150 kB, as large as the answer. */
static void
echo_structs (Worker *worker)
{
  g_autoptr (GVariantBuilder) builder = g_variant_builder_new (G_VARIANT_TYPE ("aa{sv}"));
  int n = g_rand_int_range (worker->rand, 0, 1000);

  for (int i = 0; i < n; i++)
    g_variant_builder_add_parsed (builder, "{'id': <%i>, 'name': <%s>, 'ratio': <%d>}",
                                  i, "a name & <more>", g_rand_double (worker->rand));
  echo (worker, worker->proxy, g_variant_builder_end (builder));
}

static void
call_later (Worker *worker)
{
  static const char * const names[] = { "later", "in-thread" };
  const char *name = names[g_rand_int_range (worker->rand, 0, G_N_ELEMENTS (names))];
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GError) error = NULL;

  worker->n_sent++;
  value = worker->call (worker->proxy, name, NULL, G_VARIANT_TYPE_STRING, NULL, &error);
  g_assert_no_error (error);
  worker->n_answered++;
}

/* Calls that the server answers with a fault, or answers so that the client does
 * not take it. */
static const struct
{
  const char *method;
  const char *param;
  const char *type;
  GQuark    (*domain) (void);
  int         code;
} failures[] = {
  { "fail", "1", NULL, xml_rpc_fault_quark, 4 },
  { "forget", "1", NULL, xml_rpc_fault_quark, XML_RPC_FAULT_INTERNAL_ERROR },
  { "echo", "'text'", "i", xml_rpc_error_quark, XML_RPC_ERROR_TYPE_MISMATCH },
  { "echo", "[1, 2]", "as", xml_rpc_error_quark, XML_RPC_ERROR_TYPE_MISMATCH },
};

static void
call_failing (Worker *worker)
{
  gsize i = g_rand_int_range (worker->rand, 0, G_N_ELEMENTS (failures));
  GVariant *param = g_variant_new_parsed (failures[i].param);
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GError) error = NULL;

  worker->n_sent++;
  value = worker->call (worker->proxy, failures[i].method, g_variant_new_tuple (&param, 1),
                        (const GVariantType *) failures[i].type, NULL, &error);
  assert_failed (worker, value, error, failures[i].domain (), failures[i].code);
}

static void
call_missing_method (Worker *worker)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (worker->call (worker->proxy, "missing", NULL, NULL, NULL, &error));
  g_assert_error (error, XML_RPC_FAULT, XML_RPC_FAULT_METHOD_NOT_FOUND);
}

static void
call_too_large (Worker *worker)
{
  g_autofree char *text = g_strnfill (100000, 'x');
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GError) error = NULL;

  worker->n_sent++;
  xml_rpc_server_proxy_set_max_response_size (worker->own_proxy, 50000);
  value = worker->call (worker->own_proxy, "echo", g_variant_new ("(s)", text), NULL, NULL, &error);
  xml_rpc_server_proxy_set_max_response_size (worker->own_proxy, 0);
  assert_failed (worker, value, error, XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED);
}

static void
call_too_slow (Worker *worker)
{
  const gint64 start = g_get_monotonic_time ();
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GError) error = NULL;

  worker->n_sent++;
  xml_rpc_server_proxy_set_timeout (worker->own_proxy, 20);
  value = worker->call (worker->own_proxy, "dawdle", NULL, NULL, NULL, &error);
  if (value != NULL)
    {
      g_autofree char *text = g_variant_print (value, TRUE);

      g_error ("a call that was to end after 20 ms returned %s after %" G_GINT64_FORMAT " µs; meanwhile a processor"
               " stood still for up to %" G_GINT64_FORMAT " µs", text, g_get_monotonic_time () - start,
               stalls_get_longest (worker->stalls, start));
    }
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  xml_rpc_server_proxy_set_timeout (worker->own_proxy, 60 * 1000);
}

typedef struct
{
  GCancellable *cancellable;
  gulong        delay;
} Cancellation;

static gpointer
cancel_after_delay (gpointer data)
{
  Cancellation *cancellation = data;

  g_usleep (cancellation->delay);
  g_cancellable_cancel (cancellation->cancellable);

  return NULL;
}

/* Before, amidst or after the call. */
static void
call_cancelled (Worker *worker)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Cancellation cancellation = { cancellable, g_rand_int_range (worker->rand, 0, 3000) };
  GThread *thread = g_thread_new ("cancel", cancel_after_delay, &cancellation);
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GError) error = NULL;

  worker->n_sent++;
  value = worker->call (worker->proxy, "later", NULL, NULL, cancellable, &error);
  if (value == NULL)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  else
    worker->n_answered++;
  g_thread_join (thread);
}

static void
call_many (Worker *worker)
{
  g_autoptr (XmlRpcMulticall) calls = xml_rpc_multicall_new (worker->own_proxy);
  g_autoptr (GError) error = NULL;
  guint n = g_rand_int_range (worker->rand, 1, 100);

  for (guint i = 0; i < n; i++)
    xml_rpc_multicall_add (calls, "echo", g_variant_new ("(u)", i), G_VARIANT_TYPE_UINT32);
  worker->n_sent += n;
  xml_rpc_multicall_execute (calls, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GVariant) value = xml_rpc_multicall_get_result (calls, i, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (g_variant_get_uint32 (value), ==, i);
    }
  worker->n_answered += n;
}

static void
ask_for_methods (Worker *worker)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = xml_rpc_server_proxy_list_methods (worker->proxy, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (g_strv_contains ((const char * const *) names, "in-thread"));
}

/* Pages beside the server's. */
static void
call_elsewhere (Worker *worker)
{
  gboolean is_page = g_rand_boolean (worker->rand);
  g_autofree char *uri = g_uri_resolve_relative (worker->uri, is_page ? "/page" : "/none", G_URI_FLAGS_NONE, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (uri, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (worker->call (proxy, "echo", NULL, NULL, NULL, &error));
  if (is_page)
    g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_MESSAGE);
  else
    g_assert_error (error, XML_RPC_HTTP_ERROR, XML_RPC_HTTP_ERROR_NOT_FOUND);
}

static void
renew_proxy (Worker *worker)
{
  g_clear_object (&worker->own_proxy);
  worker->own_proxy = xml_rpc_server_proxy_new (worker->uri, NULL);
  echo (worker, worker->own_proxy, g_variant_new_string ("new"));
}

static const char * const beginnings[] = {
  "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n<methodCall><methodName>echo</methodName><params>",
  "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nc\r\n<methodCall>\r\n5\r\n<meth",
  "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000000000\r\n\r\n<methodCall>",
  "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Encoding: gzip\r\nContent-Length: 100\r\n\r\nnot compressed",
  "\001\002\003 nothing like HTTP\r\n\r\n",
};

/* A client that begins a request, and hangs up or resets the connection. */
static void
hang_up (Worker *worker)
{
  const char *text = beginnings[g_rand_int_range (worker->rand, 0, G_N_ELEMENTS (beginnings))];
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_uri (client, worker->uri, 80, NULL, &error);
  int length = g_rand_int_range (worker->rand, 0, (int) strlen (text) + 1);
  struct linger linger = { 1, 0 };

  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text, length, NULL, NULL, NULL);
  if (g_rand_boolean (worker->rand))
    setsockopt (g_socket_get_fd (g_socket_connection_get_socket (connection)), SOL_SOCKET, SO_LINGER,
                &linger, sizeof linger);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
}

/* How often, of all. */
static const struct
{
  guint   weight;
  void  (*func) (Worker *worker);
} steps[] = {
  { 30, echo_number },
  { 10, echo_structs },
  { 15, call_later },
  { 15, call_failing },
  { 3, call_missing_method },
  { 5, call_too_large },
  { 3, call_too_slow },
  { 15, call_cancelled },
  { 5, call_many },
  { 5, ask_for_methods },
  { 3, call_elsewhere },
  { 3, renew_proxy },
  { 6, hang_up },
};

void
steps_do_any (Worker *worker)
{
  guint total = 0;
  guint choice;

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    total += steps[i].weight;

  choice = g_rand_int_range (worker->rand, 0, total);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      if (choice < steps[i].weight)
        {
          steps[i].func (worker);
          return;
        }
      choice -= steps[i].weight;
    }
}
