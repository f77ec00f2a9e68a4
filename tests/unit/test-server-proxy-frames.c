/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A window keeps drawing beside calls: what it draws with has its turn again and again,
 * although it is less urgent than calls are. The time between two turns is counted by what
 * this thread computes, so that neither other programs nor the server are part of it. */

#include <string.h>
#include <time.h>

#include "compressed.h"
#include "fake-server.h"

#include <xmlrpc-glib/xmlrpc-glib.h>

/* GDK_PRIORITY_REDRAW, at which GTK's frame clock draws. */
#define PRIORITY_REDRAW (G_PRIORITY_HIGH_IDLE + 20)

/* In microseconds: half a frame of a screen with 60 Hz. */
#define MAX_GAP 8000

/* What decoding a megabyte takes at most, in microseconds, where that budget is meant to hold:
 * three times what it takes on the machine that the figures of the documentation are from. */
#define MAX_DECODING 12000

/* The best of some rounds counts: what the library causes is in each of them, what another
 * program does to the caches of the processor is not. */
#define N_ROUNDS 5

#define RESPONSE_SIZE (16 * 1024 * 1024)
#define N_SMALL_CALLS 1000

typedef struct
{
  GSource *source;
  gint64   last;    /* computed by then, in microseconds */
  gint64   gap;     /* the longest */
  guint    n;
} Frames;

static gint64
get_computed (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
count_gap (Frames *self)
{
  const gint64 now = get_computed ();

  self->gap = MAX (self->gap, now - self->last);
  self->last = now;
  self->n++;
}

static gboolean
draw (gpointer user_data)
{
  count_gap (user_data);

  return G_SOURCE_CONTINUE;
}

/* Each millisecond, so that no more than that has been computed when it is the window's
 * turn again. */
static void
frames_begin (Frames *self)
{
  *self = (Frames) { .source = g_timeout_source_new (1) };

  g_source_set_priority (self->source, PRIORITY_REDRAW);
  g_source_set_callback (self->source, draw, self, NULL);
  g_source_attach (self->source, NULL);
  self->last = get_computed ();
}

static void
frames_end (Frames *self)
{
  count_gap (self);
  g_source_destroy (self->source);
  g_source_unref (self->source);
}

/* Structs as a news reader gets them. */
static GBytes *
create_news (const char *begin,
             gsize       size)
{
  static const char item[] =
    "<value><struct><member><name>title</name><value><string>Reform &amp; peace</string></value></member>"
    "<member><name>number</name><value><int>12345</int></value></member>"
    "<member><name>content</name><value><string>A line of text that is longer than the others are, as the texts"
    " of news are, and that has an end somewhere, too.</string></value></member></struct></value>\n";
  GString *text = g_string_sized_new (size + 1024);

  g_string_append_printf (text, "%s<methodResponse><params><param><value><array><data>", begin);
  while (text->len < size)
    g_string_append_len (text, item, sizeof item - 1);
  g_string_append (text, "</data></array></value></param></params></methodResponse>");

  return g_string_free_to_bytes (text);
}

/* By a sanitizer or valgrind, or else. */
static gboolean
is_slow (void)
{
  g_autoptr (GBytes) news = create_news ("", 1024 * 1024);
  gint64 least = G_MAXINT64;

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      const gint64 before = get_computed ();
      g_autoptr (GVariant) value = xml_rpc_decode_response (news, NULL, NULL);

      g_assert_nonnull (value);
      least = MIN (least, get_computed () - before);
    }
  g_test_message ("a megabyte takes %" G_GINT64_FORMAT " microseconds", least);

  return least > MAX_DECODING;
}

static void
answer (FakeConnection *connection,
        gpointer        user_data)
{
  const char *headers = "Content-Type: text/xml\r\n";
  GBytes *body = user_data;
  const guint8 *data = g_bytes_get_data (body, NULL);
  char *request;

  if (data[0] == 0x1f)
    headers = "Content-Type: text/xml\r\nContent-Encoding: gzip\r\n";

  while ((request = fake_connection_read_request (connection)) != NULL)
    {
      g_free (request);
      if (!fake_connection_reply (connection, "200 OK", headers, body))
        return;
    }
}

typedef struct _Case Case;

typedef void (*StartFunc) (XmlRpcServerProxy   *proxy,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data);

struct _Case
{
  const char *name;
  GBytes   *(*create_body) (void);
  StartFunc   start;
  guint       n_calls;
};

typedef struct
{
  GMainLoop *loop;
  guint      n_left;
  GPtrArray *values;
} Run;

static void
on_answer (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Run *run = user_data;
  GError *error = NULL;
  GVariant *value = xml_rpc_server_proxy_call_finish (XML_RPC_SERVER_PROXY (object), result, &error);

  g_assert_no_error (error);
  g_ptr_array_add (run->values, value);
  if (--run->n_left == 0)
    g_main_loop_quit (run->loop);
}

static void
start_typed (XmlRpcServerProxy   *proxy,
             GAsyncReadyCallback  callback,
             gpointer             user_data)
{
  xml_rpc_server_proxy_call_async (proxy, "a", NULL, G_VARIANT_TYPE ("aa{sv}"), NULL, callback, user_data);
}

static void
start_natural (XmlRpcServerProxy   *proxy,
               GAsyncReadyCallback  callback,
               gpointer             user_data)
{
  xml_rpc_server_proxy_call_async (proxy, "a", NULL, NULL, NULL, callback, user_data);
}

static gint64
measure_gap (const Case        *test_case,
             XmlRpcServerProxy *proxy)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  Run run = { loop, test_case->n_calls, values };
  Frames frames;

  for (guint i = 0; i < test_case->n_calls; i++)
    test_case->start (proxy, on_answer, &run);
  frames_begin (&frames);
  g_main_loop_run (loop);
  frames_end (&frames);

  return frames.gap;
}

static void
test_gap (gconstpointer data)
{
  const Case *test_case = data;
  g_autoptr (GBytes) body = test_case->create_body ();
  g_autoptr (FakeServer) server = fake_server_new (answer, body);
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (fake_server_get_uri (server), NULL);
  gint64 least = G_MAXINT64;

  if (is_slow ())
    {
      g_test_skip ("it takes too long here");
      return;
    }

  for (guint i = 0; i < N_ROUNDS && least >= MAX_GAP; i++)
    {
      const gint64 gap = measure_gap (test_case, proxy);

      g_test_message ("the longest gap is %" G_GINT64_FORMAT " microseconds", gap);
      least = MIN (least, gap);
    }

  g_assert_cmpint (least, <, MAX_GAP);
}

static GBytes *
create_plain (void)
{
  return create_news ("<?xml version=\"1.0\"?>", RESPONSE_SIZE);
}

/* Read by libxml2, which takes longer. */
static GBytes *
create_instructed (void)
{
  return create_news ("<?xml version=\"1.0\"?><?some instruction?>", RESPONSE_SIZE);
}

static GBytes *
create_number (void)
{
  static const char xml[] = "<methodResponse><params><param><value><int>1</int></value></param></params></methodResponse>";

  return g_bytes_new_static (xml, sizeof xml - 1);
}

/* A chunk of it is megabytes of XML. */
static GBytes *
create_compressed (void)
{
  g_autoptr (GBytes) plain = create_plain ();

  return compressed_new (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain), G_ZLIB_COMPRESSOR_FORMAT_GZIP);
}

typedef struct
{
  GMainLoop    *loop;
  GCancellable *cancellable;
  gint64        computed;   /* when it was cancelled */
} Cancellation;

static gboolean
on_decoding (gpointer user_data)
{
  Cancellation *self = user_data;

  g_cancellable_cancel (self->cancellable);
  self->computed = get_computed ();

  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  Cancellation *self = user_data;
  g_autoptr (GError) error = NULL;

  g_assert_null (xml_rpc_server_proxy_call_finish (XML_RPC_SERVER_PROXY (object), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  self->computed = get_computed () - self->computed;
  g_main_loop_quit (self->loop);
}

static gint64
measure_cancellation (XmlRpcServerProxy *proxy)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Cancellation cancellation = { loop, cancellable, 0 };

  xml_rpc_server_proxy_call_async (proxy, "a", NULL, NULL, cancellable, on_cancelled, &cancellation);
  g_timeout_add_full (PRIORITY_REDRAW, 10, on_decoding, &cancellation, NULL);
  g_main_loop_run (loop);

  return cancellation.computed;
}

/* Amidst a chunk that is megabytes when it is decompressed. */
static void
test_cancelled (void)
{
  g_autoptr (GBytes) body = create_compressed ();
  g_autoptr (FakeServer) server = fake_server_new (answer, body);
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (fake_server_get_uri (server), NULL);
  gint64 least = G_MAXINT64;

  if (is_slow ())
    {
      g_test_skip ("it takes too long here");
      return;
    }

  for (guint i = 0; i < N_ROUNDS; i++)
    least = MIN (least, measure_cancellation (proxy));
  g_test_message ("a cancelled call ends after %" G_GINT64_FORMAT " microseconds", least);
  g_assert_cmpint (least, <, MAX_GAP);
}

int
main (int   argc,
      char *argv[])
{
  static const Case cases[] = {
    { "small", create_number, start_natural, N_SMALL_CALLS },
    { "large", create_plain, start_natural, 1 },
    { "large-typed", create_plain, start_typed, 1 },
    { "large-for-libxml2", create_instructed, start_natural, 1 },
    { "large-compressed", create_compressed, start_natural, 1 },
    { "several-large", create_plain, start_natural, 8 },
  };

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/server-proxy-frames/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_gap);
    }

  g_test_add_func ("/server-proxy-frames/cancelled", test_cancelled);

  return g_test_run ();
}
