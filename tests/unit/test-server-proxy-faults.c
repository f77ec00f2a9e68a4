/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A server answers the first call in each wrong way there is. The call fails with
 * the right error, the next one gets its own answer, the server has seen both once,
 * and nothing is left of any of it: no descriptor, no thread, no object. */

#include <string.h>

#include "both-ways.h"
#include "census.h"
#include "compressed.h"
#include "fake-server.h"

/* Long enough for what does not wait, even on a slow machine. */
#define LONG_TIMEOUT (60 * 1000)
/* For what waits; more, if that was not enough to get there. */
#define SHORT_TIMEOUT 150

/* How much later than its timeout a call may end, on a machine with other work. */
#define MAX_DELAY (10 * G_USEC_PER_SEC)

#define MAX_RESPONSE_SIZE (4 * 1024 * 1024)

#define OK_HEAD "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"
#define BODY(number) "<methodResponse><params><param><value><int>" number "</int></value></param></params></methodResponse>"

/* One chunk, of 0x5c bytes with a value of twelve. */
#define CHUNK(value) "5c\r\n<methodResponse><params><param><value>" value "</value></param></params></methodResponse>\r\n"

typedef struct _Fault Fault;

struct _Fault
{
  const char  *name;
  void       (*misbehave) (FakeConnection *connection,
                           const Fault    *fault);
  const char  *text;             /* what is sent, for those that send one */
  GQuark     (*domain) (void);   /* NULL: it does not fail */
  int          code;
  guint        timeout;          /* at first; 0: LONG_TIMEOUT */
  /* With a newer libsoup it may be one of these, of GIO. 3.2 takes a broken chunk for
   * the end of the body, which the parser finds too short; 3.6 and 3.8 tell. */
  int          later[2];
};

static void
say (FakeConnection *connection,
     const Fault    *fault)
{
  fake_connection_write (connection, fault->text, -1);
}

static void
say_and_close (FakeConnection *connection,
               const Fault    *fault)
{
  if (fault->text != NULL)
    say (connection, fault);
  fake_connection_close (connection);
}

static void
say_and_wait (FakeConnection *connection,
              const Fault    *fault)
{
  if (fault->text != NULL)
    say (connection, fault);
  fake_connection_wait_for_close (connection);
}

static void
reset (FakeConnection *connection,
       const Fault    *fault)
{
  if (fault->text != NULL)
    say (connection, fault);
  fake_connection_reset (connection);
}

static void
trickle (FakeConnection *connection,
         const Fault    *fault)
{
  const char *byte = fault->text;

  while (fake_connection_write (connection, byte, 1))
    {
      g_usleep (10 * 1000);
      if (byte[1] != '\0')
        byte++;
    }
}

/* The text, and its last line again and again. */
static void
repeat_last_line (FakeConnection *connection,
                  const Fault    *fault)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  const char *last = g_strrstr_len (fault->text, strlen (fault->text) - strlen ("\n"), "\n") + strlen ("\n");

  for (guint i = 0; i < 1000; i++)
    g_string_append (lines, last);

  say (connection, fault);
  while (fake_connection_write (connection, lines->str, lines->len))
    continue;
}

static void
repeat (FakeConnection *connection,
        const Fault    *fault)
{
  while (fake_connection_write (connection, fault->text, -1))
    continue;
}

static void
send_endless_line (FakeConnection *connection,
                   const Fault    *fault)
{
  g_autofree char *piece = g_strnfill (64 * 1024, '1');

  say (connection, fault);
  while (fake_connection_write (connection, piece, -1))
    continue;
}

static void
send_many_headers (FakeConnection *connection,
                   const Fault    *fault)
{
  g_autoptr (GString) text = g_string_new (OK_HEAD);

  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (text, "X-Header-%u: %u\r\n", i, i);
  g_string_append (text, "Content-Length: 0\r\n\r\n");
  if (fake_connection_write (connection, text->str, text->len))
    fake_connection_wait_for_close (connection);
}

static void
storm_and_answer (FakeConnection *connection,
                  const Fault    *fault)
{
  for (guint i = 0; i < 900; i++)
    fake_connection_write (connection, fault->text, -1);
  fake_connection_return (connection, g_variant_new_int32 (1));
}

static void
cut_gzip_off (FakeConnection *connection,
              const Fault    *fault)
{
  g_autoptr (GBytes) whole = compressed_new_text (fault->text);
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) / 2);

  fake_connection_reply (connection, "200 OK", "Content-Type: text/xml\r\nContent-Encoding: gzip\r\n", part);
}

/* A megabyte of spaces after itself, compressed: it may be repeated at will. */
static GByteArray *
compress_spaces (GConverter *compressor)
{
  enum { SIZE = 1024 * 1024 };
  g_autofree char *spaces = g_strnfill (SIZE, ' ');
  GByteArray *compressed = g_byte_array_new ();
  gsize n_read_in_all = 0;
  GConverterResult result;

  do
    {
      guint8 piece[4096];
      gsize n_read, n_written;

      result = g_converter_convert (compressor, spaces + n_read_in_all, SIZE - n_read_in_all, piece, sizeof piece,
                                    G_CONVERTER_FLUSH, &n_read, &n_written, NULL);
      n_read_in_all += n_read;
      g_byte_array_append (compressed, piece, n_written);
    }
  while (result == G_CONVERTER_CONVERTED);
  g_assert_cmpint (result, ==, G_CONVERTER_FLUSHED);

  return compressed;
}

static void
send_bomb (FakeConnection *connection,
           const Fault    *fault)
{
  g_autoptr (GConverter) compressor = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GByteArray) first = compress_spaces (compressor);
  g_autoptr (GByteArray) next = compress_spaces (compressor);

  fake_connection_write (connection, OK_HEAD "Content-Encoding: gzip\r\n\r\n", -1);
  fake_connection_write (connection, first->data, first->len);
  for (guint i = 0; i < 10 * 1024 && fake_connection_write (connection, next->data, next->len); i++)
    continue;
  fake_connection_wait_for_close (connection);
}

/* Spaces without end, in chunks of 64 KiB. */
static void
send_endless_chunks (FakeConnection *connection,
                     const Fault    *fault)
{
  g_autofree char *piece = g_strnfill (0x10000, ' ');

  fake_connection_write (connection, OK_HEAD "Transfer-Encoding: chunked\r\n\r\n", -1);
  while (fake_connection_write (connection, "10000\r\n", -1) &&
         fake_connection_write (connection, piece, -1) &&
         fake_connection_write (connection, "\r\n", -1))
    continue;
}

static void
send_zero (FakeConnection *connection,
           const Fault    *fault)
{
  static const char text[] = "HTTP/1.1 200 OK\r\nX-Zero: \0\r\nContent-Length: 0\r\n\r\n";

  fake_connection_write (connection, text, sizeof text - 1);
  fake_connection_close (connection);
}

static void
answer (FakeConnection *connection,
        const Fault    *fault)
{
  fake_connection_return (connection, g_variant_new_int32 (1));
}

/* As it should be, but then the connection is closed, without a word. */
static void
answer_and_close (FakeConnection *connection,
                  const Fault    *fault)
{
  answer (connection, fault);
  fake_connection_close (connection);
}

/* As it should be, and one more that nobody asked for. */
static void
answer_twice (FakeConnection *connection,
              const Fault    *fault)
{
  g_autofree char *text = g_strdup_printf ("%sContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s"
                                           "%sContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                                           OK_HEAD, strlen (BODY ("1")), BODY ("1"),
                                           OK_HEAD, strlen (BODY ("666")), BODY ("666"));

  fake_connection_write (connection, text, -1);
  fake_connection_wait_for_close (connection);
}

/* Domain and code of what the call fails with. */
#define BROKEN_OFF g_io_error_quark, G_IO_ERROR_PARTIAL_INPUT
#define RESET g_io_error_quark, G_IO_ERROR_CONNECTION_CLOSED
#define TIMED_OUT g_io_error_quark, G_IO_ERROR_TIMED_OUT, SHORT_TIMEOUT
#define NO_HTTP soup_session_error_quark, SOUP_SESSION_ERROR_PARSING
#define HTTP_STATUS xml_rpc_http_error_quark
#define NOT_WELL_FORMED xml_rpc_error_quark, XML_RPC_ERROR_NOT_WELL_FORMED
#define OTHER_TYPE xml_rpc_error_quark, XML_RPC_ERROR_TYPE_MISMATCH
#define TOO_LARGE xml_rpc_error_quark, XML_RPC_ERROR_LIMIT_EXCEEDED

static const Fault faults[] = {
  /* Nothing, or not all, or not in time. */
  { "close", say_and_close, NULL, BROKEN_OFF },
  { "close-in-status", say_and_close, "HTTP/1.1 20", NO_HTTP },
  { "close-in-header", say_and_close, "HTTP/1.1 200 OK\r\nContent-Ty", NO_HTTP },
  { "close-before-body", say_and_close, OK_HEAD "Content-Length: 100\r\n\r\n", BROKEN_OFF },
  { "length-too-long", say_and_close, OK_HEAD "Content-Length: 1000\r\n\r\n" BODY ("1"), BROKEN_OFF },
  { "close-in-chunk", say_and_close, OK_HEAD "Transfer-Encoding: chunked\r\n\r\n100\r\n<methodRes", BROKEN_OFF },
  { "close-before-last-chunk", say_and_close, OK_HEAD "Transfer-Encoding: chunked\r\n\r\n4\r\n<met\r\n", NOT_WELL_FORMED,
    .later = { G_IO_ERROR_PARTIAL_INPUT } },
  { "close-without-length", say_and_close, OK_HEAD "\r\n<methodResponse><params>", NOT_WELL_FORMED },
  { "reset", reset, NULL, RESET },
  { "reset-in-header", reset, "HTTP/1.1 200 OK\r\nContent-Ty", RESET },
  { "reset-in-body", reset, OK_HEAD "Content-Length: 1000\r\n\r\n<methodRes", RESET },
  { "silence", say_and_wait, NULL, TIMED_OUT },
  { "silence-in-status", say_and_wait, "HTTP/1.", TIMED_OUT },
  { "silence-in-header", say_and_wait, "HTTP/1.1 200 OK\r\nCon", TIMED_OUT },
  { "silence-in-body", say_and_wait, OK_HEAD "Content-Length: 100\r\n\r\n<meth", TIMED_OUT },
  { "silence-in-chunk", say_and_wait, OK_HEAD "Transfer-Encoding: chunked\r\n\r\n10\r\n<meth", TIMED_OUT },
  { "silence-after-interim", say_and_wait, "HTTP/1.1 100 Continue\r\n\r\n", TIMED_OUT },
  { "trickle-head", trickle, "HTTP/1.1 200 OK\r\nX-Slow: ", TIMED_OUT },
  { "trickle-body", trickle, OK_HEAD "\r\n<methodResponse> ", TIMED_OUT },
  { "body-of-3-gigabytes", say_and_wait, OK_HEAD "Content-Length: 3000000000\r\n\r\n<methodResponse>", TIMED_OUT },

  /* Wrong in itself. */
  { "length-too-short", say_and_wait, OK_HEAD "Content-Length: 40\r\n\r\n" BODY ("1"), NOT_WELL_FORMED },
  { "length-beyond-64-bits", say_and_close, OK_HEAD "Content-Length: 99999999999999999999999\r\n\r\n<met", BROKEN_OFF },
  { "chunk-size-not-a-number", say_and_close, OK_HEAD "Transfer-Encoding: chunked\r\n\r\nzz\r\n<methodResp", NOT_WELL_FORMED,
    .later = { G_IO_ERROR_PARTIAL_INPUT, G_IO_ERROR_INVALID_ARGUMENT } },
  { "chunk-size-negative", say_and_close, OK_HEAD "Transfer-Encoding: chunked\r\n\r\n-5\r\n<methodResp", NOT_WELL_FORMED,
    .later = { G_IO_ERROR_PARTIAL_INPUT, G_IO_ERROR_INVALID_ARGUMENT } },
  { "chunk-size-too-large", say_and_close, OK_HEAD "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n<met",
    NOT_WELL_FORMED, .later = { G_IO_ERROR_PARTIAL_INPUT, G_IO_ERROR_MESSAGE_TOO_LARGE } },
  { "chunk-without-end", say_and_wait, OK_HEAD "Transfer-Encoding: chunked\r\n\r\n4\r\n<metho", TIMED_OUT },
  { "no-http", say_and_close, "SSH-2.0-OpenSSH_9.2p1\r\n", NO_HTTP },
  { "no-http-but-an-empty-line", say_and_close, "220 mail.example.org\r\n\r\n", NO_HTTP },
  { "zero-in-header", send_zero, NULL, NO_HTTP },
  { "status-of-no-kind", say, "HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n", HTTP_STATUS, 999 },
  { "no-content", say, "HTTP/1.1 204 No Content\r\n\r\n", NOT_WELL_FORMED },
  { "not-modified", say, "HTTP/1.1 304 Not Modified\r\n\r\n", HTTP_STATUS, 304 },
  { "other-compression", say, OK_HEAD "Content-Encoding: rot13\r\nContent-Length: 4\r\n\r\nzrgu", NOT_WELL_FORMED },
  { "gzip-cut-off", cut_gzip_off, BODY ("1"), NOT_WELL_FORMED },
  { "not-gzip", say, OK_HEAD "Content-Encoding: gzip\r\nContent-Length: 8\r\n\r\n<methodR", NOT_WELL_FORMED },
  { "redirect-loop", say, "HTTP/1.1 302 Found\r\nLocation: /RPC2\r\nContent-Length: 0\r\n\r\n", HTTP_STATUS, 302 },
  { "permanent-redirect-loop", say, "HTTP/1.1 308 Permanent Redirect\r\nLocation: /RPC2\r\nContent-Length: 0\r\n\r\n",
    HTTP_STATUS, 308 },

  /* Too much. */
  { "endless-status", send_endless_line, "HTTP/1.1 200 ", BROKEN_OFF },
  { "endless-header", send_endless_line, "HTTP/1.1 200 OK\r\nX-Long: ", BROKEN_OFF },
  { "endless-headers", repeat_last_line, "HTTP/1.1 200 OK\r\nX-More: and more\r\n", BROKEN_OFF },
  { "ten-thousand-headers", send_many_headers, NULL, BROKEN_OFF },
  { "endless-chunk-size", send_endless_line, OK_HEAD "Transfer-Encoding: chunked\r\n\r\n", BROKEN_OFF },
  /* libsoup 3.2 reads one line of a trailer; 3.8 reads on until the time is up. */
  { "endless-trailer", repeat_last_line, OK_HEAD "Transfer-Encoding: chunked\r\n\r\n0\r\nX-More: and more\r\n",
    NOT_WELL_FORMED, SHORT_TIMEOUT, .later = { G_IO_ERROR_TIMED_OUT } },
  { "endless-trailer-of-response", repeat_last_line, OK_HEAD "Transfer-Encoding: chunked\r\n\r\n"
    CHUNK ("<int>1</int>") "0\r\nX-More: and more\r\n", NULL, 0, SHORT_TIMEOUT, .later = { G_IO_ERROR_TIMED_OUT } },
  { "endless-trailer-of-other-type", repeat_last_line, OK_HEAD "Transfer-Encoding: chunked\r\n\r\n"
    CHUNK ("twelve chars") "0\r\nX-More: and more\r\n", OTHER_TYPE, SHORT_TIMEOUT, .later = { G_IO_ERROR_TIMED_OUT } },
  { "endless-trailer-of-status", repeat_last_line, "HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\n"
    "0\r\nX-More: and more\r\n", HTTP_STATUS, 500, SHORT_TIMEOUT, .later = { G_IO_ERROR_TIMED_OUT } },
  { "endless-interim", repeat, "HTTP/1.1 102 Processing\r\n\r\n", TOO_LARGE },
  { "endless-text", send_endless_line, OK_HEAD "\r\n<methodResponse><params><param><value>", OTHER_TYPE },
  { "endless-chunks", send_endless_chunks, NULL, TOO_LARGE },
  { "bomb", send_bomb, NULL, TOO_LARGE },

  /* Right so far. */
  { "interim-storm", storm_and_answer, "HTTP/1.1 102 Processing\r\n\r\n", NULL },
  { "two-answers", answer_twice, NULL, NULL },
  { "close-between", answer_and_close, NULL, NULL },
};

typedef struct
{
  const Fault *fault;
  gint         n_requests;   /* atomic */
} Play;

static gint64
parse_number (const char *request)
{
  g_autoptr (GBytes) body = g_bytes_new (request, strlen (request));
  g_autofree char *method_name = NULL;
  g_autoptr (GVariant) params = NULL;
  GError *error = NULL;
  int number;

  xml_rpc_decode_call (body, NULL, &method_name, &params, &error);
  g_assert_no_error (error);
  g_variant_get (params, "(i)", &number);

  return number;
}

/* The first request of all is answered wrongly, the others with their parameter.
 * A connection that was closed, by whomever, has no more requests. */
static void
play (FakeConnection *connection,
      gpointer        user_data)
{
  Play *self = user_data;
  char *request;

  while ((request = fake_connection_read_request (connection)) != NULL)
    {
      int number = (int) parse_number (request);

      g_free (request);
      if (g_atomic_int_add (&self->n_requests, 1) == 0)
        {
          self->fault->misbehave (connection, self->fault);
          continue;
        }
      if (!fake_connection_return (connection, g_variant_new_int32 (number)))
        return;
    }
}

/* All the objects of a call. */
typedef struct
{
  gint n_alive; /* atomic: they may end in other threads */
} Register;

static void
note_end (gpointer  data,
          GObject  *where_the_object_was)
{
  Register *self = data;

  g_atomic_int_add (&self->n_alive, -1);
}

static void
note (Register *self,
      gpointer  object)
{
  g_atomic_int_inc (&self->n_alive);
  g_object_weak_ref (object, note_end, self);
}

static gboolean
trust (SoupMessage          *message,
       GTlsCertificate      *certificate,
       GTlsCertificateFlags  errors,
       gpointer              user_data)
{
  return TRUE;
}

static void
prepare_message (XmlRpcServerProxy *proxy,
                 SoupMessage       *message,
                 Register          *objects)
{
  note (objects, message);
  g_signal_connect (message, "accept-certificate", G_CALLBACK (trust), NULL);
}

static XmlRpcServerProxy *
create_proxy (FakeServer *server,
              Register   *objects)
{
  GError *error = NULL;
  XmlRpcServerProxy *proxy = xml_rpc_server_proxy_new (fake_server_get_uri (server), &error);

  g_assert_no_error (error);
  note (objects, proxy);
  note (objects, xml_rpc_server_proxy_get_session (proxy));
  g_signal_connect (proxy, "message", G_CALLBACK (prepare_message), objects);
  xml_rpc_server_proxy_set_max_response_size (proxy, MAX_RESPONSE_SIZE);

  return proxy;
}

static gboolean
is_later_outcome (const Fault  *fault,
                  const GError *error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fault->later) && fault->later[i] != 0; i++)
    if (g_error_matches (error, G_IO_ERROR, fault->later[i]))
      return TRUE;

  return FALSE;
}

static void
assert_outcome (const Fault  *fault,
                GVariant     *value,
                const GError *error)
{
  if (is_later_outcome (fault, error))
    return;
  if (fault->domain == NULL)
    {
      g_assert_no_error (error);
      g_assert_cmpint (g_variant_get_int32 (value), ==, 1);
      return;
    }

  g_assert_null (value);
  g_assert_nonnull (error);
  g_test_message ("%s: %s, %d, %s", fault->name, g_quark_to_string (error->domain), error->code, error->message);
  g_assert_cmpstr (g_quark_to_string (error->domain), ==, g_quark_to_string (fault->domain ()));
  g_assert_cmpint (error->code, ==, fault->code);
}

/* Returns how many calls it made. After a trailer it may be two: libsoup 3.2.3
 * takes the first line for the end, and the others for the next answer. */
static guint
assert_second_call (XmlRpcServerProxy *proxy,
                    CallFunc           call,
                    gboolean           has_trailer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = NULL;

  xml_rpc_server_proxy_set_timeout (proxy, LONG_TIMEOUT);
  value = call (proxy, "echo", g_variant_new ("(i)", 2), G_VARIANT_TYPE_INT32, NULL, &error);
  if (has_trailer && error != NULL)
    return 1 + assert_second_call (proxy, call, FALSE);

  g_assert_no_error (error);
  g_assert_cmpint (g_variant_get_int32 (value), ==, 2);

  return 1;
}

/* FALSE if the time was up before the server had read the first call. */
static gboolean
call_twice (const Fault *fault,
            FakeServer  *server,
            CallFunc     call,
            guint        timeout)
{
  Register objects = { 0 };
  XmlRpcServerProxy *proxy = create_proxy (server, &objects);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = NULL;
  const gint64 start_time = g_get_monotonic_time ();
  gboolean is_read;
  guint n_more;

  xml_rpc_server_proxy_set_timeout (proxy, timeout);
  value = call (proxy, "echo", g_variant_new ("(i)", 1), G_VARIANT_TYPE_INT32, NULL, &error);
  assert_outcome (fault, value, error);
  g_assert_cmpint (g_get_monotonic_time () - start_time, <, timeout * (gint64) 1000 + MAX_DELAY);
  is_read = fake_server_get_n_requests (server) > 0 || fault->timeout == 0;
  if (is_read)
    {
      g_assert_cmpuint (fake_server_get_n_requests (server), ==, 1);
      /* The client is not to blame if it calls before it could know. */
      if (fault->misbehave == answer_and_close)
        fake_server_wait_for_closes (server, 1);
      n_more = assert_second_call (proxy, call, g_str_has_prefix (fault->name, "endless-trailer"));
      g_assert_cmpuint (fake_server_get_n_requests (server), <=, 1 + n_more);
    }

  g_object_unref (proxy);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpint (g_atomic_int_get (&objects.n_alive), ==, 0);

  return is_read;
}

typedef struct
{
  const Fault *fault;
  gboolean     is_tls;
  CallFunc     call;
} Case;

static FakeServer *
create_server (const Case *self,
               Play       *script)
{
  g_autofree char *certificate = NULL;

  if (!self->is_tls)
    return fake_server_new (play, script);

  certificate = g_test_build_filename (G_TEST_DIST, "data", "tls", "server.pem", NULL);
  return fake_server_new_tls (certificate, play, script);
}

static void
run_case (const Case *self)
{
  guint timeout = self->fault->timeout > 0 ? self->fault->timeout : LONG_TIMEOUT;
  gboolean is_read;

  do
    {
      Play script = { self->fault };
      g_autoptr (FakeServer) server = create_server (self, &script);

      is_read = call_twice (self->fault, server, self->call, timeout);
      timeout *= 3;
    }
  while (!is_read);
}

/* What is there once for all: modules, certificates, threads. */
static void
warm_up (const Case *self)
{
  static const Fault none = { "none", answer };
  Case harmless = *self;

  harmless.fault = &none;
  run_case (&harmless);
}

static void
test_fault (gconstpointer data)
{
  Census before;

  warm_up (data);
  before = census_take_own ();
  run_case (data);
  census_assert_own (&before);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func (g_free);

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    for (int is_tls = FALSE; is_tls <= TRUE; is_tls++)
      for (int is_async = FALSE; is_async <= TRUE; is_async++)
        {
          g_autofree char *path = g_strdup_printf ("/server-proxy-faults/%s/%s/%s", is_tls ? "tls" : "plain",
                                                   is_async ? "async" : "sync", faults[i].name);
          Case *self = g_new (Case, 1);

          *self = (Case) { &faults[i], is_tls, is_async ? both_ways_call_async : xml_rpc_server_proxy_call };
          g_ptr_array_add (cases, self);
          g_test_add_data_func (path, self, test_fault);
        }

  return g_test_run ();
}
